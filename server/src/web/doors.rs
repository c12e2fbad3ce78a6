//! All routes, in one table: what answers, and, for the tests, what there is.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::{get, post};

use super::{
    Shared, account, analysis, api, audit, board, delivery, entry, import, keys, live, people,
    points, report, respond, review, sheet, sign_in, site, start, units,
};

/// The largest body of a request that carries no file.
pub(super) const BODY_MAX: usize = 64 << 10;

/// Where files are sent, and how large the bodies are.
const FILES: [(&str, usize); 2] =
    [("/admin/import", import::UPLOAD_MAX), ("/admin/import/confirm", import::CONFIRM_MAX)];

/// The largest body that is read at a path.
pub(super) fn body_max(path: &str) -> usize {
    FILES.iter().find(|(door, _)| *door == path).map_or(BODY_MAX, |(_, most)| *most)
}

/// A method and a path that is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Door {
    pub method: &'static str,
    pub path: &'static str,
}

/// Routes with their list.
#[derive(Default)]
pub(super) struct Doors {
    pub(super) router: Router<Shared>,
    list: Vec<Door>,
}

impl Doors {
    fn get<H: Handler<T, Shared>, T: 'static>(mut self, path: &'static str, handler: H) -> Self {
        self.list.push(Door { method: "GET", path });
        self.router = self.router.route(path, get(handler));
        self
    }

    fn post<H: Handler<T, Shared>, T: 'static>(mut self, path: &'static str, handler: H) -> Self {
        self.list.push(Door { method: "POST", path });
        let limited = post(handler).layer(DefaultBodyLimit::max(body_max(path)));
        self.router = self.router.route(path, limited);
        self
    }
}

/// Every door there is.
pub fn doors() -> Vec<Door> {
    [guarded().list, citizens().list].concat()
}

/// What is for officials: before the first account or key exists, for the machine itself alone.
pub(super) fn guarded() -> Doors {
    let doors = Doors::default()
        .get("/", board::home)
        .get("/boards/{unit}", board::board)
        .get("/api/v1/units/{unit}/index", api::index)
        .get("/api/v1/units/{unit}/series", api::series)
        .get("/api/v1/units/{unit}/live", live::live)
        .get("/targets/{unit}", review::newest)
        .get("/targets/{unit}/{year}", review::targets)
        .get("/analysis/{unit}", analysis::analysis)
        .get("/reports/{unit}", report::list)
        .get("/reports/{unit}/compare", report::compare)
        .get("/reports/{unit}/{month}", report::report)
        .get("/sheets/{unit}", sheet::show)
        .get("/sheets/{unit}/file", sheet::file)
        .get("/method", analysis::method)
        .get("/api/v1/units/{unit}/targets/{year}", review::json)
        .get("/api/v1/units/{unit}/analysis", analysis::analysis_json)
        .get("/api/v1/units/{unit}/instrument", analysis::instrument_json)
        .get("/api/v1/openapi.json", api::openapi)
        .get("/healthz", api::healthz)
        .get("/readyz", api::readyz)
        .get("/sign-in", sign_in::show)
        .post("/sign-in", sign_in::send)
        .get("/sign-in/code", sign_in::code)
        .post("/sign-in/code", sign_in::confirm)
        .post("/sign-out", sign_in::out)
        .get("/link/{token}", sign_in::link)
        .post("/link/{token}", sign_in::use_link)
        .get("/account", account::show)
        .post("/account/password", account::password)
        .post("/account/sessions", account::sessions)
        .get("/account/second", account::second)
        .post("/account/second", account::enrol)
        .post("/account/second/remove", account::unenrol)
        .get("/admin/people", people::list)
        .post("/admin/people", people::invite)
        .get("/admin/people/{id}", people::person)
        .post("/admin/people/{id}", people::change)
        .get("/admin/keys", keys::keys)
        .post("/admin/keys", keys::make)
        .get("/admin/keys/{id}", keys::ending)
        .post("/admin/keys/{id}", keys::revoke)
        .get("/admin/displays", keys::displays)
        .post("/admin/displays", keys::make_display)
        .get("/admin/displays/{id}", keys::ending_display)
        .post("/admin/displays/{id}", keys::revoke_display)
        .get("/admin/audit", audit::show)
        .get("/admin/import", import::show)
        .post("/admin/import", import::look)
        .post("/admin/import/confirm", import::confirm)
        .get("/admin/import/{file}", import::download)
        .get("/admin/targets", entry::target_units)
        .get("/admin/targets/{unit}/{year}", entry::targets)
        .post("/admin/targets/{unit}/{year}", entry::save_targets)
        .get("/admin/dossiers", entry::dossier_units)
        .get("/admin/dossiers/{unit}", entry::dossiers)
        .post("/admin/dossiers/{unit}", entry::save_dossiers)
        .get("/admin/reports", delivery::show)
        .post("/admin/reports", delivery::change)
        .get("/admin/reports/{id}", delivery::stopping)
        .post("/admin/reports/{id}", delivery::stop)
        .get("/admin/start", start::show)
        .get("/admin/units", units::list)
        .post("/admin/units", units::add)
        .get("/admin/units/{unit}", units::unit)
        .post("/admin/units/{unit}", units::change)
        .get("/admin/units/{unit}/close", units::closing)
        .post("/admin/units/{unit}/close", units::close)
        .get("/admin/points", points::places)
        .get("/admin/points/{unit}", points::list)
        .post("/admin/points/{unit}", points::open)
        .get("/admin/points/{code}/entry", entry::answers)
        .post("/admin/points/{code}/entry", entry::enter_answers)
        .get("/admin/points/{unit}/{point}", points::point)
        .post("/admin/points/{unit}/{point}", points::change)
        .get("/admin/points/{unit}/{point}/revoke", points::revoking)
        .post("/admin/points/{unit}/{point}/revoke", points::revoke);
    #[cfg(feature = "oidc")]
    let doors =
        doors.get("/sign-in/oidc", super::oidc::begin).get(crate::oidc::BACK, super::oidc::back);
    doors
}

/// What citizens need, and what their pages are made of.
pub(super) fn citizens() -> Doors {
    Doors::default()
        .get("/s", respond::find)
        .get("/s/{code}", respond::show)
        .post("/s/{code}", respond::send)
        .get("/s/{code}/thanks", respond::thanks)
        .post("/api/v1/points/{code}/responses", api::respond)
        .get("/assets/{hash}/{*path}", site::asset)
}
