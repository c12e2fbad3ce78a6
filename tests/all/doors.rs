//! Both doors: what is taken, what is refused and in which words, and that nothing is written by halves.

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::house::{Answer, Engine, House, SERVICE, both, full, request};

/// The value of a hidden field on a page.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name}"));
    page[at..].split("value=\"").nth(1).unwrap().split('"').next().unwrap()
}

async fn stored(house: &House) -> i64 {
    house.base.store.count_responses().await.unwrap()
}

/// The reasons of a problem document, by field.
fn reasons(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let body = answer.json();
    assert_eq!(body["status"], answer.status.as_u16());
    let errors = body["errors"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    errors.iter().map(|e| (text(&e["field"]), text(&e["reason"]))).collect()
}

both! {
    async fn a_citizen_answers_by_the_form(engine: Engine) {
        let house = House::new(engine).await;
        let path = format!("/s/{}", house.points[0]);
        let page = house.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.header("cache-control"), "private, no-cache");
        assert!(page.header("etag").is_empty() && page.header("last-modified").is_empty());
        assert!(!page.header("content-security-policy").contains("script-src"));
        assert!(!page.body.contains("<script"));
        let (id, form) = (hidden(&page.body, "id"), hidden(&page.body, "form"));
        let body = format!("id={id}&form={}&A1=5&B1=4&C1=na&lang=vi&comment=T%E1%BB%91t", form.replace(':', "%3A"));
        let sent = house.post(&path, &body).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        assert_eq!(sent.header("location"), format!("{path}/thanks"));
        assert_eq!(house.get(sent.header("location")).await.status, StatusCode::OK);
        // Reload, double tap, back: thanked again, counted once.
        let again = house.post(&path, &body).await;
        assert_eq!((again.status, again.header("location")), (StatusCode::SEE_OTHER, sent.header("location")));
        let other = house.post(&path, &body.replace("A1=5", "A1=1")).await;
        assert_eq!(other.header("location"), format!("{path}/thanks?kept=1"));
        assert_ne!(
            house.get(other.header("location")).await.body,
            house.get(sent.header("location")).await.body
        );
        assert_eq!(stored(&house).await, 1);
        assert_eq!(house.differences().await, [""; 0]);
    }

    async fn every_page_has_an_id_of_its_own_and_forms_rotate(engine: Engine) {
        let house = House::new(engine).await;
        let path = format!("/s/{}", house.points[0].to_lowercase());
        let mut ids = std::collections::BTreeSet::new();
        let mut forms = std::collections::BTreeSet::new();
        for _ in 0..80 {
            let page = house.get(&path).await.body;
            ids.insert(hidden(&page, "id").to_owned());
            forms.insert(hidden(&page, "form").to_owned());
        }
        assert_eq!(ids.len(), 80);
        assert!(forms.len() > 20, "{forms:?}");
        let full = house.get(&format!("{path}?form=full&lang=en")).await.body;
        assert_eq!(hidden(&full, "form"), "sipas-2023:full");
        assert!(full.contains("lang=\"en\""));
    }

    async fn a_form_with_problems_comes_back_as_it_was(engine: Engine) {
        let house = House::new(engine).await;
        let path = format!("/s/{}", house.points[0]);
        let id = Uuid::new_v4();
        let long = "x".repeat(1001);
        let body = format!("id={id}&form=sipas-2023:7&A2=4&B1=9&comment={long}&stage=result");
        let back = house.post(&path, &body).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(hidden(&back.body, "id"), id.to_string());
        assert_eq!(hidden(&back.body, "form"), "sipas-2023:7");
        assert!(back.body.contains(&long));
        assert!(back.body.contains("href=\"#B1\"") && back.body.contains("href=\"#comment\""));
        let kept = |name: &str, value: &str| {
            let at = back.body.find(&format!("name=\"{name}\" value=\"{value}\"")).unwrap();
            back.body[at..].split('>').next().unwrap().contains("checked")
        };
        assert!(kept("A2", "4") && kept("stage", "result") && !kept("A2", "5"));
        // Nothing answered at all.
        let empty = house.post(&path, &format!("id={id}&form=sipas-2023:7")).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        // Only the result, which there cannot be while filing.
        let early = house.post(&path, &format!("id={id}&form=sipas-2023:7&D1=5&stage=filing")).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(stored(&house).await, 0);
    }

    async fn the_language_is_switched_with_the_answers_kept(engine: Engine) {
        let house = House::new(engine).await;
        let path = format!("/s/{}", house.points[0]);
        let id = Uuid::new_v4();
        let body = format!("id={id}&form=sipas-2023:7&A2=2&lang=vi&comment=gi%E1%BB%AF&switch=en");
        let page = house.post(&path, &body).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("<html lang=\"en\""));
        assert_eq!((hidden(&page.body, "id"), hidden(&page.body, "form")), (id.to_string().as_str(), "sipas-2023:7"));
        assert!(page.body.contains("giữ"));
        assert_eq!(stored(&house).await, 0);
    }

    async fn a_program_answers_by_json(engine: Engine) {
        let house = House::new(engine).await;
        let id = Uuid::new_v4();
        let body = json!({
            "id": id, "questionnaire": "sipas-2023", "form": "sipas-2023:7", "stage": "result",
            "answers": {"A1": 5, "D1": "na", "B2": null}, "field": "Hộ tịch", "agency": "so-noi-vu",
            "comment": "được", "lang": "en", "seconds": 20, "ticket": null
        });
        let first = house.send(&house.points[0], &body).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        let again = house.send(&house.points[0], &body).await;
        assert_eq!((again.status, &again.body), (StatusCode::OK, &first.body));
        let other = house.send(&house.points[0], &json!({"id": id, "answers": {"A1": 1}})).await;
        assert_eq!((other.status, &other.body), (StatusCode::OK, &first.body));
        // At another point the first still stands.
        let elsewhere = house.send(&house.points[1], &json!({"id": id, "answers": {"A1": 1}})).await;
        assert_eq!((elsewhere.status, &elsewhere.body), (StatusCode::OK, &first.body));
        assert_eq!(stored(&house).await, 1);
        let index = house.index("c1", "").await;
        assert_eq!(index["responses"], 1);
        assert_eq!(house.differences().await, [""; 0]);
    }

    async fn every_problem_is_named_at_once(engine: Engine) {
        let house = House::new(engine).await;
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let bad = json!({
            "id": "x", "answers": {"A1": 0, "A2": 6, "A3": "５", "B1": "5", "B2": 4.5, "B3": true,
            "B4": [1], "Z9": 3, "C1": 5}, "stage": "later", "lang": "fr", "seconds": -1,
            "comment": "nul\u{0}"
        });
        let answer = house.send(&house.points[0], &bad).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let found = reasons(&answer);
        for field in ["A1", "A2", "A3", "B1", "B2", "B3", "B4"] {
            assert!(found.contains(&pair(field, "not-an-answer")), "{field}: {found:?}");
        }
        for (field, reason) in [
            ("id", "not-a-uuid"), ("Z9", "unknown-item"), ("stage", "unknown-stage"),
            ("lang", "unknown-language"), ("seconds", "not-seconds"), ("comment", "control-character"),
        ] {
            assert!(found.contains(&pair(field, reason)), "{field}: {found:?}");
        }
        let bad = json!({"answers": 5, "form": true, "extra": 1, "stage": 3});
        let found = reasons(&house.send(&house.points[0], &bad).await);
        assert_eq!(found, [
            pair("answers", "wrong-type"), pair("extra", "unknown-field"), pair("form", "wrong-type"),
            pair("id", "not-a-uuid"), pair("stage", "wrong-type"),
        ]);
        assert_eq!(stored(&house).await, 0);
    }

    async fn hostile_bodies_are_refused_and_write_nothing(engine: Engine) {
        let house = House::new(engine).await;
        let path = format!("/s/{}", house.points[0]);
        let id = Uuid::new_v4();
        let start = format!("id={id}&form=sipas-2023:7");
        for (body, status) in [
            (format!("{start}&A1=%"), 400),
            (format!("{start}&A1=%zz"), 400),
            (format!("{start}&A1=5&comment=%ff%fe"), 400),
            (format!("{start}&A1=5&comment=%00"), 422),
            (format!("{start}&A1=0"), 422),
            (format!("{start}&A1=6"), 422),
            (format!("{start}&A1=%EF%BC%95"), 422),
            (format!("{start}&A1=5&A1=1"), 422),
            (format!("{start}&A1=5&id={id}"), 422),
            (format!("{start}&A1=5&Z1=5"), 422),
            (format!("{start}&A1=5&<script>=5"), 422),
            (format!("id={id}&form=sipas-2023:999&A1=5"), 422),
            (format!("id={id}&form=nope:1&A1=5"), 422),
            (format!("id={}&form=sipas-2023:7&A1=5", Uuid::nil()), 422),
            (format!("{start}&A1=5&comment={}", "x".repeat(10_000_000)), 413),
            (String::new(), 422),
        ] {
            let answer = house.post(&path, &body).await;
            assert_eq!(answer.status.as_u16(), status, "{}", &body[..body.len().min(120)]);
            assert!(answer.body.contains("<html lang=\"vi\""), "{body:.60}");
            assert!(!answer.body.contains("<script>"), "{body:.60}");
        }
        let comment = "%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        let answer = house.post(&path, &format!("{start}&comment={comment}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!answer.body.contains("<script>") && answer.body.contains("&lt;/textarea&gt;&lt;script&gt;"));
        for (kind, body, status) in [
            ("text/plain", "{}".to_owned(), 415),
            ("application/x-www-form-urlencoded", "a=b".to_owned(), 415),
            ("application/json", "{".to_owned(), 400),
            ("application/json", "[]".to_owned(), 400),
            ("application/json", "\u{0}".to_owned(), 400),
            ("application/json", format!("{{\"id\":\"{id}\",\"id\":\"{id}\",\"answers\":{{\"A1\":5}}}}"), 422),
            ("application/json", format!("{{\"id\":\"{id}\",\"answers\":{{\"A1\":5,\"A1\":1}}}}"), 422),
            ("application/json", json!({"id": id, "answers": {"A1": 5}, "comment": "x".repeat(20_000)}).to_string(), 413),
            ("application/json", "x".repeat(10_000_000), 413),
            ("application/json", "[".repeat(16_000), 400),
        ] {
            let request = request("POST", &format!("/api/v1/points/{}/responses", house.points[0]))
                .header("content-type", kind)
                .body(Body::from(body.clone()))
                .unwrap();
            let answer = house.ask(request).await;
            assert_eq!(answer.status.as_u16(), status, "{kind} {body:.80}");
            reasons(&answer);
        }
        assert_eq!(stored(&house).await, 0);
        assert_eq!(house.differences().await, [""; 0]);
    }

    async fn unknown_and_closed_points_are_told_apart(engine: Engine) {
        let house = House::new(engine).await;
        let mut organisation = house.base.store.organisation().await.unwrap().1;
        let unknown = domain::code::make(999);
        for code in [unknown.as_str(), "XXXXXXXXXX", "..%2f..%2fetc", "%00", "%ff"] {
            let page = house.get(&format!("/s/{code}")).await;
            assert!(matches!(page.status.as_u16(), 400 | 404), "{code} {}", page.status);
            assert_eq!(house.post(&format!("/s/{code}"), "A1=5").await.status, page.status);
        }
        let answer = house.send(&unknown, &full(5)).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::NOT_FOUND, "application/problem+json"));
        let point = organisation.point(&house.points[4]).unwrap().clone();
        house.base.store.upsert_points(&[server::store::NewPoint {
            code: point.code.clone(), unit: "t2".to_owned(), name: point.name.clone(),
            channel: point.channel, open_from: None, open_to: Some("2026-10-09".parse().unwrap()),
        }], &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        organisation = (*house.service.organisation()).clone();
        assert!(organisation.point(&point.code).is_some());
        let page = house.get(&format!("/s/{}", point.code)).await;
        assert_eq!(page.status, StatusCode::GONE);
        assert!(page.body.contains("Quầy 5"));
        assert_eq!(house.send(&point.code, &full(5)).await.status, StatusCode::GONE);
        assert_eq!(house.post(&format!("/s/{}", point.code), "A1=5").await.status, StatusCode::GONE);
        // The thanks of one who answered just before it closed.
        assert_eq!(house.get(&format!("/s/{}/thanks", point.code)).await.status, StatusCode::OK);
        assert_eq!(stored(&house).await, 0);
    }

    async fn a_kiosk_returns_to_the_start_by_itself(engine: Engine) {
        let house = House::new(engine).await;
        let thanks = house.get(&format!("/s/{}/thanks", house.points[2])).await;
        assert_eq!(thanks.header("refresh"), format!("8; url=/s/{}", house.points[2]));
        let thanks = house.get(&format!("/s/{}/thanks", house.points[0])).await;
        assert_eq!(thanks.header("refresh"), "");
    }

    async fn other_sites_may_not_send(engine: Engine) {
        let house = House::new(engine).await;
        let path = format!("/s/{}", house.points[0]);
        let body = format!("id={}&form=sipas-2023:7&A1=5", Uuid::new_v4());
        for (name, value, status) in [
            ("sec-fetch-site", "cross-site", 403),
            ("origin", "https://evil.example", 403),
            ("origin", "null", 403),
            ("origin", "https://hailong.example", 303),
        ] {
            let request = request("POST", &path)
                .header("content-type", "application/x-www-form-urlencoded")
                .header(name, value)
                .body(Body::from(body.clone()))
                .unwrap();
            assert_eq!(house.ask(request).await.status.as_u16(), status, "{name} {value}");
        }
        assert_eq!(stored(&house).await, 1);
    }

    async fn a_full_queue_gives_the_answers_back(engine: Engine) {
        let house = House::with_room(engine, 1).await;
        // Somebody else holds the database, so the writer cannot empty its queue.
        let release = crate::house::hold(&house).await;
        let path = format!("/s/{}", house.points[0]);
        // The writer takes the first and waits for the database, the second stays in the queue.
        let first = house.send_aside(1);
        house.until(0, 1).await;
        let second = house.send_aside(1);
        house.until(1, 2).await;
        let body = format!("id={}&form=sipas-2023:7&A2=2&comment=gi%E1%BB%AF", Uuid::new_v4());
        let busy = house.post(&path, &body).await;
        assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(busy.header("retry-after"), "5");
        assert!(busy.body.contains("giữ") && busy.body.contains("value=\"2\" checked"));
        let refused = house.send(&house.points[0], &full(4)).await;
        assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
        release.await;
        assert_eq!(first.await.unwrap(), StatusCode::CREATED);
        assert_eq!(second.await.unwrap(), StatusCode::CREATED);
        assert_eq!(house.post(&path, &body).await.status, StatusCode::SEE_OTHER);
        assert_eq!(stored(&house).await, 3);
    }

    async fn a_stop_empties_the_queue(engine: Engine) {
        let house = House::new(engine).await;
        let release = crate::house::hold(&house).await;
        let mut waiting = vec![house.send_aside(1)];
        house.until(0, 1).await;
        waiting.extend((0..49).map(|n| house.send_aside(n % 5)));
        house.until(49, 50).await;
        release.await;
        for status in waiting {
            assert_eq!(status.await.unwrap(), StatusCode::CREATED);
        }
        let database = house.close().await;
        let base = server::run::Base::open(&database.url, server::clock::Clock::system().unwrap()).await.unwrap();
        assert_eq!(base.store.count_responses().await.unwrap(), 50);
    }
}

#[tokio::test]
async fn wrong_methods_and_paths_answer_in_the_readers_form() {
    let house = House::new(Engine::Sqlite).await;
    let wrong = house.ask(request("DELETE", "/boards/p").body(Body::empty()).unwrap()).await;
    assert_eq!((wrong.status, wrong.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
    assert!(wrong.body.contains("<html lang=\"vi\""));
    let missing = house.get("/api/v1/nothing").await;
    assert_eq!(
        (missing.status, missing.header("content-type")),
        (StatusCode::NOT_FOUND, "application/problem+json")
    );
    let missing = house.get("/nothing?lang=en").await;
    assert!(missing.status == StatusCode::NOT_FOUND && missing.body.contains("<html lang=\"en\""));
    assert_eq!(missing.header("strict-transport-security"), "max-age=31536000");
    for name in
        ["x-content-type-options", "x-frame-options", "referrer-policy", "content-security-policy"]
    {
        assert!(!missing.header(name).is_empty(), "{name}");
    }
    assert_eq!(SERVICE.len(), 16);
}
