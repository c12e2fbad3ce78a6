//! Nothing is readable from outside without a key, from the first day.

use axum::body::Body;
use axum::http::StatusCode;
use domain::access::Role;
use serde_json::json;
use server::service::access::make_key;
use uuid::Uuid;

use crate::house::{Answer, House, both, full, request};
use crate::visitor::{Visitor, between};

const GUARDED: [&str; 28] = [
    "/",
    "/boards/p",
    "/api/v1/units/p/index",
    "/targets/p/2026",
    "/analysis/p",
    "/method",
    "/reports/p",
    "/reports/p/2026-10",
    "/reports/p/compare?a=2026-10&b=2026-10",
    "/sheets/p",
    "/sheets/p/file",
    "/api/v1/units/p/series",
    "/api/v1/units/p/live?turns=1",
    "/api/v1/units/p/targets/2026",
    "/api/v1/units/p/analysis",
    "/api/v1/units/p/instrument",
    "/api/v1/openapi.json",
    "/healthz",
    "/readyz",
    "/sign-in",
    "/admin/start",
    "/admin/points",
    "/admin/points/t1",
    "/admin/points/POINT/entry",
    "/admin/reports",
    "/admin/import",
    "/admin/targets/p/2026",
    "/admin/dossiers/p",
];

async fn from_outside(house: &House, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut builder = axum::http::Request::builder().method("GET").uri(path);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    house.ask(builder.body(Body::empty()).unwrap()).await
}

async fn with_key(house: &House, path: &str, key: &str) -> StatusCode {
    let bearer = format!("Bearer {key}");
    from_outside(house, path, &[("host", "hailong.example"), ("authorization", &bearer)])
        .await
        .status
}

both! {
    async fn before_the_first_account_or_key_only_the_machine_itself_is_answered(engine: Engine) {
        let house = House::new(engine).await;
        for path in GUARDED {
            let path = &path.replace("POINT", &house.points[0]);
            for host in ["127.0.0.1:3000", "localhost", "[::1]:3000", "127.9.9.9"] {
                let answer = from_outside(&house, path, &[("host", host)]).await;
                assert_eq!(answer.status, StatusCode::OK, "{path} {host}");
            }
            for headers in [
                &[("host", "hailong.example")][..],
                &[("host", "localhost.evil.example")],
                &[("host", "10.0.0.1")],
                &[],
                &[("host", "127.0.0.1"), ("x-forwarded-for", "1.2.3.4")],
                &[("host", "127.0.0.1"), ("x-forwarded-proto", "https")],
                &[("host", "127.0.0.1"), ("forwarded", "for=1.2.3.4")],
            ] {
                let answer = from_outside(&house, path, headers).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            }
        }
        // Nobody signs in, sets a password or looks at an account from outside either.
        for path in ["/link/0a", "/account", "/account/second", "/sign-in/code", "/sign-in/oidc", "/admin/people/0"] {
            let answer = from_outside(&house, path, &[("host", "hailong.example")]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
        // The first account comes from the command line, which the machine itself is told.
        for path in ["/admin/people", "/admin/keys", "/admin/displays", "/admin/units"] {
            let led = house.get(path).await;
            assert_eq!(led.status, StatusCode::SEE_OTHER, "{path}");
            assert!(house.get(led.header("location")).await.body.contains("hailong account add"));
        }
        // The citizen's door is open to all.
        let point = format!("/s/{}", house.points[0]);
        assert_eq!(from_outside(&house, &point, &[("host", "hailong.example")]).await.status, StatusCode::OK);
    }

    async fn the_way_up_leads_no_further_than_one_may_read(engine: Engine) {
        let house = House::new(engine).await;
        let mut below = Visitor::with_role(&house, "xem@t1", Role::Viewer, "t1").await;
        let mut above = Visitor::with_role(&house, "xem@p", Role::Viewer, "p").await;
        for path in ["/boards/t1", "/targets/t1/2026", "/analysis/t1", "/reports/t1", "/sheets/t1"] {
            let page = below.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.body.contains("class=\"path\""), "{path}: {}", page.body);
            let page = above.get(path).await.body;
            let way = between(&page, "class=\"path\"", "</nav>");
            assert!(way.contains("/boards/p") && way.contains("/boards/c1"), "{path}: {way}");
        }
    }

    async fn the_first_account_opens_the_service_to_those_who_sign_in(engine: Engine) {
        let house = House::new(engine).await;
        assert!(house.service.is_closed_to_others());
        crate::visitor::invited(&house, "đầu@tiên", Role::Administrator, "p").await;
        assert!(!house.service.is_closed_to_others());
        let outside = from_outside(&house, "/boards/p", &[("host", "hailong.example")]).await;
        assert_eq!(outside.header("location"), "/sign-in?next=%2Fboards%2Fp");
        // The machine itself is no exception any more.
        assert_eq!(house.get("/boards/p").await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.get("/api/v1/units/p/index").await.status, StatusCode::UNAUTHORIZED);
    }

    async fn a_key_opens_its_part_and_nothing_else(engine: Engine) {
        let house = House::new(engine).await;
        let key = make_key(&house.base.store, "c1", (Role::Viewer, "c1"), None, &house.by()).await.unwrap();
        let top = make_key(&house.base.store, "top", (Role::Administrator, "p"), None, &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        for path in ["/boards/c1", "/boards/t1", "/api/v1/units/c1/index", "/api/v1/units/t1/series"] {
            assert_eq!(with_key(&house, path, &key).await, StatusCode::OK, "{path}");
            assert_eq!(with_key(&house, path, &top).await, StatusCode::OK, "{path}");
            assert_eq!(with_key(&house, path, "hl_wrong").await, StatusCode::UNAUTHORIZED, "{path}");
            let without = from_outside(&house, path, &[("host", "127.0.0.1")]).await;
            // A program is told what is missing, a person is led to the sign-in.
            if path.starts_with("/api/") {
                assert_eq!(without.status, StatusCode::UNAUTHORIZED, "{path}");
                assert_eq!(without.header("www-authenticate"), "Bearer");
            } else {
                let next = format!("/sign-in?next={}", path.replace('/', "%2F"));
                assert_eq!((without.status, without.header("location")), (StatusCode::SEE_OTHER, &next[..]));
            }
        }
        for path in ["/boards/p", "/boards/c2", "/api/v1/units/t2/index", "/api/v1/units/p/series"] {
            assert_eq!(with_key(&house, path, &key).await, StatusCode::FORBIDDEN, "{path}");
        }
        // Who shows nothing does not learn which units there are.
        let nobody = from_outside(&house, "/api/v1/units/nowhere/index", &[("host", "h")]).await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
        assert_eq!(with_key(&house, "/api/v1/units/nowhere/index", &key).await, StatusCode::NOT_FOUND);
        let home = from_outside(&house, "/", &[("host", "h")]).await;
        assert!(!home.body.contains("Xã Một"));
    }

    async fn a_public_unit_is_read_by_anyone(engine: Engine) {
        let house = House::new(engine).await;
        make_key(&house.base.store, "k", (Role::Viewer, "p"), None, &house.by()).await.unwrap();
        let csv = "code,parent,kind,name,valid_from,valid_to,predecessors,public\nc2,p,commune,Xã Hai,,,,true\n";
        crate::files::import(&house, server::service::import::Kind::Units, csv).await.unwrap();
        house.service.look().await.unwrap();
        let anyone = [("host", "hailong.example")];
        assert_eq!(from_outside(&house, "/boards/c2", &anyone).await.status, StatusCode::OK);
        assert_eq!(from_outside(&house, "/api/v1/units/c2/index", &anyone).await.status, StatusCode::OK);
        assert_eq!(from_outside(&house, "/boards/c1", &anyone).await.status, StatusCode::SEE_OTHER);
        assert_eq!(from_outside(&house, "/api/v1/units/c2/targets/2026", &anyone).await.status, StatusCode::OK);
        // What is meant for officials is not public with the board.
        for path in ["/targets/c2", "/targets/c2/2026", "/analysis/c2", "/sheets/c2", "/sheets/c2/file",
            "/api/v1/units/c2/analysis", "/api/v1/units/c2/instrument"] {
            let refused = if path.starts_with("/api/") { StatusCode::UNAUTHORIZED } else { StatusCode::SEE_OTHER };
            assert_eq!(from_outside(&house, path, &anyone).await.status, refused, "{path}");
        }
    }

    async fn only_managers_enter_answers_of_other_days_and_channels(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        let manager = make_key(store, "m", (Role::Manager, "c1"), None, &house.by()).await.unwrap();
        let viewer = make_key(store, "v", (Role::Viewer, "c1"), None, &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        let send = async |key: Option<&str>, point: usize, day: &str| {
            let mut body = full(4);
            body["answered_at"] = json!(day);
            body["channel"] = json!("paper");
            let mut builder = request("POST", &format!("/api/v1/points/{}/responses", house.points[point]))
                .header("content-type", "application/json");
            if let Some(key) = key {
                builder = builder.header("authorization", format!("Bearer {key}"));
            }
            house.ask(builder.body(Body::from(body.to_string())).unwrap()).await
        };
        assert_eq!(send(None, 0, "2026-10-01").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(send(Some(&viewer), 0, "2026-10-01").await.status, StatusCode::FORBIDDEN);
        assert_eq!(send(Some(&manager), 3, "2026-10-01").await.status, StatusCode::FORBIDDEN);
        for _ in 0..5 {
            let stored = send(Some(&manager), 0, "2026-10-01T23:30:00Z").await;
            assert_eq!((stored.status, &stored.json()["day"]), (StatusCode::CREATED, &json!("2026-10-02")));
        }
        for bad in ["2026-10-11", "01/10/2026", ""] {
            let answer = send(Some(&manager), 0, bad).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
            assert_eq!(answer.json()["errors"][0]["field"], "answered_at");
        }
        assert_eq!(with_key(&house, "/api/v1/units/c1/index?from=2026-10-02&to=2026-10-02", &viewer).await, StatusCode::OK);
        assert_eq!(house.differences().await, [""; 0]);
        assert_eq!(store.count_responses().await.unwrap(), 5);
        let unknown = json!({"id": Uuid::new_v4(), "answers": {"A1": 1}, "channel": "fax"});
        let builder = request("POST", &format!("/api/v1/points/{}/responses", house.points[0]))
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {manager}"));
        let answer = house.ask(builder.body(Body::from(unknown.to_string())).unwrap()).await;
        assert_eq!(answer.json()["errors"][0], json!({
            "field": "channel", "reason": "unknown-channel", "text": answer.json()["errors"][0]["text"]
        }));
    }
}
