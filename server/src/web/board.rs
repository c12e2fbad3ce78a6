//! The board and the front page.

mod load;
mod parts;
mod view;

use app::pages::Desk;
use app::pages::board::BoardPage;
use app::pages::home::{HomePage, Listed};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::unit::Unit;

pub(super) use load::Loaded;
pub(super) use view::View;

use super::access::{Asks, Name};
use super::api::Query;
use super::{Error, Shared, page};

/// `GET /`.
pub(super) async fn home(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let today = web.service.clock.today();
    let listed = |unit: &Unit| Listed {
        code: unit.code.clone(),
        name: unit.name.clone(),
        ended: unit.valid_to.is_some_and(|last| last < today),
    };
    Ok(page(app::pages::home::home(&HomePage {
        lang: super::lang(query.as_deref()),
        assets: &web.assets,
        simulated: web.service.is_demo(),
        start: super::start::is_unfinished(&web, &actor).await?,
        // The page itself says what is missing.
        desk: Desk { unfinished: false, ..super::units::desk(&web, &actor) },
        boards: web.service.all_readable(&actor).iter().map(|unit| listed(unit)).collect(),
    })))
}

/// `GET /boards/{unit}`.
pub(super) async fn board(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable(&actor, &unit)?;
    let known = ["from", "to", "rule", "lang", "sort", "tv", super::access::DISPLAY];
    let query = Query::parse(query, &known)?;
    let view = View::of(&query)?;
    let nonce = super::nonce();
    let loaded = Loaded::load(&web, &unit, &view).await?;
    let stream = loaded.moves().then(|| view.stream(&unit.code, query.get(super::access::DISPLAY)));
    let path = super::path_to(&web, &actor, unit.key);
    let page =
        BoardPage { stream: stream.as_deref(), path: &path, ..loaded.page(&web, &view, &nonce) };
    let mut response = super::page(app::pages::board::board(&page));
    if web.assets.islands_root.is_some() {
        let scripts = format!("script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'");
        super::allow(&mut response, &format!("connect-src 'self'; {scripts}"))?;
    }
    Ok(response)
}
