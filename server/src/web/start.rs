//! The first steps.

use std::sync::atomic::Ordering;

use app::pages::start::StartPage;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::access::Asks;
use super::units::desk;
use super::{Error, Shared, Web, unkept};
use crate::service::access::Actor;

/// Whether the reader is to be told that something is missing. What is so for all there is, is remembered
/// for the menu.
pub(super) async fn is_unfinished(web: &Web, actor: &Actor) -> Result<bool, Error> {
    let unfinished = web.service.is_unfinished(actor, web.reaches_others()).await?;
    if web.service.desk(actor).everything {
        web.finished.store(!unfinished, Ordering::Relaxed);
    }
    Ok(unfinished)
}

/// `GET /admin/start`.
pub(super) async fn show(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let start = web.service.start(&actor).await?;
    is_unfinished(&web, &actor).await?;
    let address = web.reaches_others();
    Ok(unkept(app::pages::start::start(&StartPage {
        lang: super::lang(query.as_deref()),
        assets: &web.assets,
        desk: desk(&web, &actor),
        done: start.is_done() && address,
        administrators: start.administrators,
        invited: start.invited,
        unprotected: start.unprotected,
        own_second: start.own_second,
        units: start.units,
        has_units: start.has_units(),
        points: start.points,
        address,
        sheet: start.sheet,
        dossiers: start.dossiers,
        targets: start.targets,
        recipients: start.recipients,
        top: start.top.as_deref(),
    })))
}
