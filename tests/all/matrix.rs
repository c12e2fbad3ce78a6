//! Every door, asked by everybody: each role inside and outside its part, by session and by key, ended
//! in every way, and without anything. A door without a row fails.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::access::Role;
use domain::questionnaire::Lang;
use server::service::access::make_key;
use server::service::delivery::add_recipient;

use crate::house::{Answer, House, both, full, request};
use crate::visitor::{Visitor, form};

/// Who may pass a door about unit `c1`, and what a passer sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Anyone, whatever is shown: this status.
    All(u16),
    /// Anyone, but a key that is wrong is refused, and who must set up the second factor is led there.
    Any(u16),
    /// Whoever may read the unit: this status.
    Read(u16),
    /// Whoever is signed in, and no key: this status.
    Own(u16),
    /// An administrator of any part: this status.
    Administer(u16),
    /// An administrator of this part: this status; one of another part does not find it.
    AdministerThis(u16),
    /// An administrator of this part: this status; one of another part may not.
    AdministerUnit(u16),
    /// Who manages any part: this status.
    Manage(u16),
    /// Who manages this part: this status.
    ManageUnit(u16),
    /// Who manages this point, which is one of a unit within this part: this status.
    ManagePoint(u16),
    /// Who reports on any part: this status.
    Report(u16),
    /// Who reports on this part: this status; who reports on another part does not find it.
    ReportThis(u16),
    /// An administrator of everything, which a key of a part is not: this status.
    AdministerAll(u16),
    /// Who manages any part, where a unit is chosen: this status; whoever has one unit is led to it.
    Choose(u16),
}

use Rule::{
    Administer, AdministerAll, AdministerThis, AdministerUnit, All, Any, Choose, Manage,
    ManagePoint, ManageUnit, Own, Read, Report, ReportThis,
};

/// Method, path as in the table of the routes, the path that is asked, a body, and the rule. `POINT`,
/// `PERSON`, `KEY`, `SCREEN` and `RECIPIENT` stand for those of `c1`.
const ROWS: [(&str, &str, &str, &str, Rule); 84] = [
    ("GET", "/", "/", "", Any(200)),
    ("GET", "/boards/{unit}", "/boards/c1", "", Read(200)),
    ("GET", "/api/v1/units/{unit}/index", "/api/v1/units/c1/index", "", Read(200)),
    ("GET", "/api/v1/units/{unit}/series", "/api/v1/units/c1/series", "", Read(200)),
    ("GET", "/api/v1/units/{unit}/live", "/api/v1/units/c1/live?turns=1", "", Read(200)),
    ("GET", "/targets/{unit}", "/targets/c1", "", Read(303)),
    ("GET", "/targets/{unit}/{year}", "/targets/c1/2026", "", Read(200)),
    ("GET", "/analysis/{unit}", "/analysis/c1", "", Read(200)),
    ("GET", "/reports/{unit}", "/reports/c1", "", Read(200)),
    ("GET", "/reports/{unit}/compare", "/reports/c1/compare?a=2026-10&b=2026-10", "", Read(200)),
    ("GET", "/reports/{unit}/{month}", "/reports/c1/2026-10", "", Read(200)),
    ("GET", "/sheets/{unit}", "/sheets/c1", "", Read(200)),
    ("GET", "/sheets/{unit}/file", "/sheets/c1/file", "", Read(200)),
    ("GET", "/method", "/method", "", All(200)),
    ("GET", "/api/v1/units/{unit}/targets/{year}", "/api/v1/units/c1/targets/2026", "", Read(200)),
    ("GET", "/api/v1/units/{unit}/analysis", "/api/v1/units/c1/analysis", "", Read(200)),
    ("GET", "/api/v1/units/{unit}/instrument", "/api/v1/units/c1/instrument", "", Read(200)),
    ("GET", "/api/v1/openapi.json", "/api/v1/openapi.json", "", All(200)),
    ("GET", "/healthz", "/healthz", "", All(200)),
    ("GET", "/readyz", "/readyz", "", All(200)),
    ("GET", "/sign-in", "/sign-in", "", All(200)),
    ("POST", "/sign-in", "/sign-in", "NAME", All(422)),
    ("GET", "/sign-in/code", "/sign-in/code", "", All(303)),
    ("POST", "/sign-in/code", "/sign-in/code", "code=1", All(303)),
    // Nobody has named a provider.
    ("GET", "/sign-in/oidc", "/sign-in/oidc", "", All(404)),
    ("GET", "/sign-in/oidc/back", "/sign-in/oidc/back?code=1&state=1", "", All(404)),
    ("GET", "/link/{token}", "/link/0a", "", All(410)),
    ("POST", "/link/{token}", "/link/0a", "new=1", All(410)),
    ("GET", "/account", "/account", "", Own(200)),
    ("POST", "/account/password", "/account/password", "current=wrong", Own(422)),
    ("POST", "/account/sessions", "/account/sessions", "session=none", Own(400)),
    ("GET", "/account/second", "/account/second", "", Own(200)),
    ("POST", "/account/second", "/account/second", "current=wrong", Own(422)),
    ("POST", "/account/second/remove", "/account/second/remove", "current=wrong", Own(422)),
    ("GET", "/admin/people", "/admin/people", "", Administer(200)),
    ("POST", "/admin/people", "/admin/people", "", Administer(422)),
    ("GET", "/admin/people/{id}", "/admin/people/PERSON", "", AdministerThis(200)),
    ("POST", "/admin/people/{id}", "/admin/people/PERSON", "do=disable", AdministerThis(422)),
    ("GET", "/admin/keys", "/admin/keys", "", Administer(200)),
    ("POST", "/admin/keys", "/admin/keys", "", Administer(422)),
    ("GET", "/admin/keys/{id}", "/admin/keys/KEY", "", AdministerThis(200)),
    ("POST", "/admin/keys/{id}", "/admin/keys/KEY", "", AdministerThis(422)),
    ("GET", "/admin/displays", "/admin/displays", "", Administer(200)),
    ("POST", "/admin/displays", "/admin/displays", "", Administer(422)),
    ("GET", "/admin/displays/{id}", "/admin/displays/SCREEN", "", AdministerThis(200)),
    ("POST", "/admin/displays/{id}", "/admin/displays/SCREEN", "", AdministerThis(422)),
    ("GET", "/admin/audit", "/admin/audit", "", AdministerAll(200)),
    ("GET", "/admin/import", "/admin/import", "", Manage(200)),
    ("POST", "/admin/import", "/admin/import", "", Manage(415)),
    ("POST", "/admin/import/confirm", "/admin/import/confirm", "", Manage(400)),
    ("GET", "/admin/import/{file}", "/admin/import/targets.csv", "", Manage(200)),
    ("GET", "/admin/targets", "/admin/targets", "", Choose(200)),
    ("GET", "/admin/targets/{unit}/{year}", "/admin/targets/c1/2026", "", ManageUnit(200)),
    ("POST", "/admin/targets/{unit}/{year}", "/admin/targets/c1/2026", "do=add", ManageUnit(422)),
    ("GET", "/admin/dossiers", "/admin/dossiers", "", Choose(200)),
    ("GET", "/admin/dossiers/{unit}", "/admin/dossiers/c1", "", ManageUnit(200)),
    (
        "POST",
        "/admin/dossiers/{unit}",
        "/admin/dossiers/c1",
        "year=2026&2026-01=x",
        ManageUnit(422),
    ),
    ("GET", "/admin/reports", "/admin/reports", "", Report(200)),
    ("POST", "/admin/reports", "/admin/reports", "do=add", Report(422)),
    ("GET", "/admin/reports/{id}", "/admin/reports/RECIPIENT", "", ReportThis(200)),
    ("POST", "/admin/reports/{id}", "/admin/reports/RECIPIENT", "typed=", ReportThis(422)),
    ("GET", "/admin/start", "/admin/start", "", Administer(200)),
    ("GET", "/admin/units", "/admin/units", "", Administer(200)),
    ("POST", "/admin/units", "/admin/units", "name=", Administer(422)),
    ("GET", "/admin/units/{unit}", "/admin/units/c1", "", AdministerUnit(200)),
    ("POST", "/admin/units/{unit}", "/admin/units/c1", "do=change", AdministerUnit(422)),
    ("GET", "/admin/units/{unit}/close", "/admin/units/c1/close", "", AdministerUnit(200)),
    ("POST", "/admin/units/{unit}/close", "/admin/units/c1/close", "last=", AdministerUnit(422)),
    ("GET", "/admin/points", "/admin/points", "", Manage(200)),
    ("GET", "/admin/points/{unit}", "/admin/points/c1", "", ManageUnit(200)),
    ("POST", "/admin/points/{unit}", "/admin/points/c1", "name=", ManageUnit(422)),
    ("GET", "/admin/points/{unit}/{point}", "/admin/points/t1/POINT", "", ManagePoint(200)),
    (
        "POST",
        "/admin/points/{unit}/{point}",
        "/admin/points/t1/POINT",
        "do=close",
        ManagePoint(422),
    ),
    (
        "GET",
        "/admin/points/{unit}/{point}/revoke",
        "/admin/points/t1/POINT/revoke",
        "",
        ManagePoint(200),
    ),
    (
        "POST",
        "/admin/points/{unit}/{point}/revoke",
        "/admin/points/t1/POINT/revoke",
        "typed=",
        ManagePoint(422),
    ),
    ("GET", "/admin/points/{code}/entry", "/admin/points/POINT/entry", "", ManagePoint(200)),
    (
        "POST",
        "/admin/points/{code}/entry",
        "/admin/points/POINT/entry",
        "id=none",
        ManagePoint(422),
    ),
    ("GET", "/s", "/s?code=POINT", "", All(303)),
    ("GET", "/s/{code}", "/s/POINT", "", All(200)),
    ("POST", "/s/{code}", "/s/POINT", "id=none", All(422)),
    ("GET", "/s/{code}/thanks", "/s/POINT/thanks", "", All(200)),
    ("POST", "/api/v1/points/{code}/responses", "/api/v1/points/POINT/responses", "JSON", Any(201)),
    ("GET", "/assets/{hash}/{*path}", "/assets/0a/none.css", "", All(404)),
    // Last, since it ends the session.
    ("POST", "/sign-out", "/sign-out", "", All(303)),
];

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// Shows nothing, or a session that has ended.
    Nobody,
    /// Shows a key that is not in force.
    DeadKey,
    /// In force; `inside` is the part that holds `c1`.
    Alive { role: Role, inside: bool, key: bool },
    /// Signed in, and has to set up the second factor first.
    MustEnrol,
}

struct Subject {
    name: String,
    header: Option<(&'static str, String)>,
    state: State,
}

/// The status that the rule gives a subject, and where a redirect of it leads.
fn expected(rule: Rule, subject: &Subject, method: &str, path: &str) -> (u16, Option<String>) {
    let program = path.starts_with("/api/");
    let unknown = match (method, program, &subject.state) {
        ("GET", false, State::Nobody) => {
            let next = path.split('?').next().unwrap_or_default().replace('/', "%2F");
            (303, Some(format!("/sign-in?next={next}")))
        }
        _ => (401, None),
    };
    let enrol = match (method, program) {
        ("GET", false) => (303, Some("/account/second".to_owned())),
        _ => (403, None),
    };
    let ok = |status| (status, None);
    let State::Alive { role, inside, key } = subject.state else {
        return match (rule, &subject.state) {
            (All(status), _) | (Any(status), State::Nobody) => ok(status),
            (Own(status), State::MustEnrol) => ok(status),
            (_, State::MustEnrol) => enrol,
            _ => unknown,
        };
    };
    let administrator = role == Role::Administrator;
    let manages = administrator || role == Role::Manager;
    let reports = administrator || role == Role::Reporter;
    match rule {
        All(status) | Any(status) => ok(status),
        Read(status) if inside => ok(status),
        Own(status) if !key => ok(status),
        Own(_) => (401, None),
        Administer(status) if administrator => ok(status),
        AdministerThis(status) if administrator && inside => ok(status),
        AdministerThis(_) if administrator => (404, None),
        AdministerUnit(status) if administrator && inside => ok(status),
        Manage(status) if manages => ok(status),
        ManageUnit(status) if manages && inside => ok(status),
        ManagePoint(status) if manages && (inside || subject.name.ends_with(" t1")) => ok(status),
        Report(status) if reports => ok(status),
        ReportThis(status) if reports && inside => ok(status),
        ReportThis(_) if reports => (404, None),
        AdministerAll(status) if administrator && subject.name.ends_with(" p") => ok(status),
        Choose(_) if manages && subject.name.ends_with(" t1") => ok(303),
        Choose(status) if manages => ok(status),
        _ => (403, None),
    }
}

async fn subjects(house: &House) -> Vec<Subject> {
    let store = &house.base.store;
    let cookie = |visitor: &Visitor<'_>| Some(("cookie", format!("hailong={}", visitor.session())));
    let mut all = vec![Subject { name: "nobody".into(), header: None, state: State::Nobody }];
    // What has ended by itself began long ago.
    house.hands.set("2026-10-01T05:00:00Z");
    let old = Visitor::with_role(house, "hết hạn", Role::Administrator, "p").await;
    all.push(Subject {
        name: "expired session".into(),
        header: cookie(&old),
        state: State::Nobody,
    });
    house.hands.set("2026-10-09T16:00:00Z");
    let idle = Visitor::with_role(house, "bỏ quên", Role::Administrator, "p").await;
    all.push(Subject { name: "idle session".into(), header: cookie(&idle), state: State::Nobody });
    house.hands.set(crate::house::NOON);
    let bearer = |key: String| Some(("authorization", format!("Bearer {key}")));
    for role in Role::ALL {
        for (unit, inside) in [("c1", true), ("p", true), ("c2", false), ("t1", false)] {
            let name = format!("{} {unit}", role.name());
            let visitor = Visitor::with_role(house, &name, role, unit).await;
            let state = |key| State::Alive { role, inside, key };
            let (of_session, of_key) = (format!("session {name}"), format!("key {name}"));
            all.push(Subject { name: of_session, header: cookie(&visitor), state: state(false) });
            let key = make_key(store, &name, (role, unit), None, &house.by()).await.unwrap();
            all.push(Subject { name: of_key, header: bearer(key), state: state(true) });
        }
    }
    let mut ended = Visitor::with_role(house, "đã ra", Role::Administrator, "p").await;
    let header = cookie(&ended);
    ended.post("/sign-out", &[]).await;
    all.push(Subject { name: "session signed out".into(), header, state: State::Nobody });
    let disabled = Visitor::with_role(house, "bị khóa", Role::Administrator, "p").await;
    let id = store.account_of("bị khóa").await.unwrap().unwrap();
    store.set_disabled(id, true, &house.by()).await.unwrap();
    let header = cookie(&disabled);
    all.push(Subject { name: "disabled account".into(), header, state: State::Nobody });
    let enrol = Visitor::with_role(house, "chưa bật", Role::Administrator, "p").await;
    let id = store.account_of("chưa bật").await.unwrap().unwrap();
    store.require_second(id, true, &house.by()).await.unwrap();
    all.push(Subject {
        name: "must enrol".into(),
        header: cookie(&enrol),
        state: State::MustEnrol,
    });
    let past = Some("2026-10-10T04:59:59Z".parse().unwrap());
    let key = make_key(store, "old", (Role::Administrator, "p"), past, &house.by()).await.unwrap();
    all.push(Subject { name: "expired key".into(), header: bearer(key), state: State::DeadKey });
    let key = make_key(store, "gone", (Role::Administrator, "p"), None, &house.by()).await.unwrap();
    let gone = store.keys().await.unwrap().into_iter().find(|key| key.name == "gone").unwrap();
    store.revoke_key(gone.id, &house.by()).await.unwrap();
    all.push(Subject { name: "revoked key".into(), header: bearer(key), state: State::DeadKey });
    house.service.look().await.unwrap();
    all
}

async fn ask(house: &House, subject: &Subject, row: usize, at: usize) -> Answer {
    let (method, _, path, body, _) = ROWS[row];
    let id =
        async |name: &str| house.base.store.account_of(name).await.unwrap().unwrap().to_string();
    let path = match path {
        _ if path.contains("PERSON") => path.replace("PERSON", &id("viewer c1").await),
        _ if path.contains("KEY") => {
            // A new one each time, since the row before may have ended it.
            make_key(&house.base.store, &format!("k{at}"), (Role::Viewer, "c1"), None, &house.by())
                .await
                .unwrap();
            let keys = house.base.store.keys().await.unwrap();
            let key = keys.iter().find(|key| key.name == format!("k{at}")).unwrap();
            path.replace("KEY", &key.id.to_string())
        }
        _ if path.contains("SCREEN") => {
            let store = &house.base.store;
            server::service::display::make_display(store, &format!("d{at}"), "c1", &house.by())
                .await
                .unwrap();
            let displays = store.displays().await.unwrap();
            let display = displays.iter().find(|one| one.name == format!("d{at}")).unwrap();
            path.replace("SCREEN", &display.id.to_string())
        }
        _ if path.contains("RECIPIENT") => {
            let store = &house.base.store;
            add_recipient(store, "c1", "a@example.vn", Lang::Vi, &[], &house.by()).await.unwrap();
            let recipients = store.recipients().await.unwrap();
            path.replace("RECIPIENT", &recipients[0].id.to_string())
        }
        _ => path.replace("POINT", &house.points[0]),
    };
    let (kind, body) = match body {
        "JSON" => ("application/json", full(4).to_string()),
        "NAME" => (FORM, form(&[("name", &format!("không ai {at}"))])),
        other => (FORM, other.to_owned()),
    };
    let mut builder: axum::http::request::Builder = request(method, &path)
        .header("content-type", kind)
        .header("origin", "http://127.0.0.1:3000");
    if let Some((name, value)) = &subject.header {
        builder = builder.header(*name, value);
    }
    let request: Request<Body> = builder.body(Body::from(body)).unwrap();
    let answer = house.ask(request).await;
    let (status, leads) = expected(ROWS[row].4, subject, method, &path);
    let says = format!("{method} {path} by {}", subject.name);
    assert_eq!(answer.status, StatusCode::from_u16(status).unwrap(), "{says}: {}", answer.body);
    if let Some(leads) = leads {
        let location = answer.header("location").split("%3F").next().unwrap();
        let unescaped = location.replace("%2D", "-").replace("%2E", ".");
        assert_eq!(unescaped, leads, "{says}");
    }
    answer
}

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn every_door_has_a_row() {
    let rows: BTreeSet<(&str, &str)> = ROWS.iter().map(|row| (row.0, row.1)).collect();
    let doors: BTreeSet<(&str, &str)> =
        server::web::doors().iter().map(|door| (door.method, door.path)).collect();
    assert_eq!(rows, doors);
    assert_eq!(rows.len(), ROWS.len());
}

both! {
    async fn each_door_opens_to_those_who_may(engine: Engine) {
        let house = House::new(engine).await;
        let subjects = subjects(&house).await;
        assert_eq!(subjects.len(), 1 + 2 + 2 * 4 * 4 + 3 + 2);
        for (row, (method, _, path, _, rule)) in ROWS.iter().enumerate() {
            for (at, subject) in subjects.iter().enumerate() {
                let answer = ask(&house, subject, row, row * 1000 + at).await;
                if answer.status == StatusCode::UNAUTHORIZED || answer.status == StatusCode::FORBIDDEN {
                    assert!(!answer.body.contains("viewer c1"), "{method} {path} {rule:?}");
                    let problem = answer.header("content-type") == "application/problem+json";
                    assert_eq!(problem, path.starts_with("/api/"), "{method} {path}");
                }
                assert!(answer.header("content-security-policy").contains("default-src 'none'"));
                assert_eq!(answer.header("x-frame-options"), "DENY");
            }
        }
    }
}
