//! The first steps.

use app::pages::start::StartPage;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::access::Asks;
use super::units::desk;
use super::{Error, Shared, unkept};

/// `GET /admin/start`.
pub(super) async fn show(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let start = web.service.start(&actor).await?;
    Ok(unkept(app::pages::start::start(&StartPage {
        lang: super::lang(query.as_deref()),
        assets: &web.assets,
        desk: desk(&web, &actor),
        done: start.is_done(),
        administrators: start.administrators,
        invited: start.invited,
        unprotected: start.unprotected,
        own_second: start.own_second,
        units: start.units,
        has_units: start.has_units(),
        points: start.points,
        sheet: start.sheet,
        dossiers: start.dossiers,
        targets: start.targets,
        recipients: start.recipients,
        top: start.top.as_deref(),
    })))
}
