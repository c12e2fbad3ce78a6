//! Figures: what the API and the board show of what was answered, and when.

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::{House, both, full};

fn group<'a>(index: &'a Value, code: &str) -> &'a Value {
    index["groups"].as_array().unwrap().iter().find(|group| group["code"] == code).unwrap()
}

fn component<'a>(index: &'a Value, code: &str) -> &'a Value {
    let components = group(index, "II")["components"].as_array().unwrap();
    components.iter().find(|component| component["code"] == code).unwrap()
}

fn note(index: &Value, about: &str) -> Vec<String> {
    let notes = index["notes"].as_array().unwrap().iter().filter(|note| note["about"] == about);
    notes.map(|note| note["reason"].as_str().unwrap().to_owned()).collect()
}

both! {
    async fn the_score_moves_with_the_fifth_answer(engine: Engine) {
        let house = House::new(engine).await;
        for n in 1..=11u64 {
            house.answer_all(&house.points[0], 1, if n <= 5 { 5 } else { 1 }).await;
            for unit in ["t1", "c1", "p"] {
                let index = house.index(unit, "").await;
                assert_eq!(index["responses"], n);
                let expected = match n {
                    0..5 => Value::Null,
                    5..10 => json!(100.0),
                    _ => json!(50.0),
                };
                assert_eq!(group(&index, "II")["score"], expected, "{unit} after {n}");
                assert_eq!(component(&index, "II.2")["score"], expected);
                let item = &component(&index, "II.2")["items"][3];
                assert_eq!((&item["code"], &item["score"]), (&json!("B4"), &expected));
                assert_eq!(item["counts"].is_null(), n < 5);
                assert_eq!(index["clusters"], u64::from(n >= 5));
            }
        }
        assert_eq!(house.index("c2", "").await["responses"], 0);
        // Over midnight the remainder comes out; the new day begins with nothing.
        house.hands.set("2026-10-10T17:00:00Z");
        let index = house.index("p", "").await;
        assert_eq!(component(&index, "II.1")["items"][0]["counts"], json!([6, 0, 0, 0, 5]));
        let today = house.index("p", "?from=2026-10-11&to=2026-10-11").await;
        assert_eq!((&today["responses"], &group(&today, "II")["score"]), (&json!(0), &Value::Null));
        assert_eq!(note(&today, "II"), ["no-answers"]);
    }

    async fn every_null_has_a_note(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[0], 5, 4).await;
        for _ in 0..5 {
            let body = json!({"id": Uuid::new_v4(), "answers": {"A1": 2, "E1": "na"}});
            assert_eq!(house.send(&house.points[0], &body).await.status, StatusCode::CREATED);
        }
        let index = house.index("p", "").await;
        assert_eq!(index["index"], json!({"score": null, "low": null, "high": null}));
        assert_eq!(note(&index, "index"), ["not-measured"]);
        assert_eq!(note(&index, "I"), ["not-measured"]);
        assert_eq!(note(&index, "II.1"), ["few", "no-interval"]);
        assert_eq!(component(&index, "II.1")["items"][0]["counts"], json!([0, 5, 0, 5, 0]));
        let mut nulls = vec![];
        for group in index["groups"].as_array().unwrap() {
            let components = group["components"].as_array().unwrap();
            let items = components.iter().flat_map(|c| c["items"].as_array().unwrap());
            let all = std::iter::once(group).chain(components).chain(items);
            nulls.extend(all.filter(|f| f["score"].is_null()).map(|f| f["code"].as_str().unwrap()));
        }
        assert!(nulls.len() > 25);
        for code in nulls {
            assert!(!note(&index, code).is_empty(), "{code}");
        }
        let mean = house.index("p", "?rule=mean5").await;
        assert_eq!(mean["rule"], "mean5");
        assert_eq!(component(&mean, "II.2")["score"], json!(80.0));
        assert_eq!(component(&mean, "II.1")["items"][0]["score"], json!(60.0));
    }

    async fn a_small_part_takes_another_with_it(engine: Engine) {
        let house = House::new(engine).await;
        // Two answers in the second commune, yesterday, beside many in the first.
        house.hands.set("2026-10-09T05:00:00Z");
        house.answer_all(&house.points[0], 12, 4).await;
        house.answer_all(&house.points[3], 2, 1).await;
        house.hands.set("2026-10-10T05:00:00Z");
        let province = house.index("p", "").await;
        assert_eq!(province["responses"], 14);
        assert!(group(&province, "II")["score"].is_number());
        // The province minus the first commune would be the two answers of the second.
        for unit in ["c1", "t1", "c2", "t2"] {
            let index = house.index(unit, "").await;
            assert_eq!(component(&index, "II.1")["score"], Value::Null, "{unit}");
            assert_eq!(component(&index, "II.1")["items"][0]["counts"], Value::Null);
            assert_eq!(note(&index, "II.1"), ["withheld"]);
        }
        house.hands.set("2026-10-11T05:00:00Z");
        house.answer_all(&house.points[4], 5, 1).await;
        let index = house.index("c1", "").await;
        assert_eq!(component(&index, "II.1")["score"], json!(100.0));
        // Within the centre, the point with two answers stays covered by its neighbour.
        let board = house.get("/boards/t2").await;
        assert_eq!(board.status, StatusCode::OK);
        assert!(board.body.contains("Quầy 4"));
    }

    async fn two_questionnaires_are_never_mixed(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[0], 5, 5).await;
        for _ in 0..6 {
            let body = json!({"id": Uuid::new_v4(), "questionnaire": "sipas-2022", "answers": {"C5": 1}});
            assert_eq!(house.send(&house.points[0], &body).await.status, StatusCode::CREATED);
        }
        let both = house.index("c1", "").await;
        let both = both.as_array().unwrap();
        assert_eq!(both.len(), 2);
        assert_eq!((&both[0]["questionnaire"], &both[0]["responses"]), (&json!("sipas-2023"), &json!(5)));
        assert_eq!((&both[1]["questionnaire"], &both[1]["responses"]), (&json!("sipas-2022"), &json!(6)));
        assert_eq!(component(&both[1], "II.3")["score"], json!(0.0));
        assert_eq!(group(&both[1], "I")["components"], json!([]));
    }

    async fn series_say_the_same_as_the_index(engine: Engine) {
        let house = House::new(engine).await;
        for (day, n, score) in [("08", 6, 5), ("09", 7, 1), ("10", 5, 4)] {
            house.hands.set(&format!("2026-10-{day}T05:00:00Z"));
            house.answer_all(&house.points[0], n, score).await;
        }
        let series = house.get("/api/v1/units/c1/series?by=day&from=2026-10-01&to=2026-10-31").await.json();
        assert_eq!((&series["unit"], &series["by"], &series["rule"]), (&json!("c1"), &json!("day"), &json!("top2")));
        let points = series["points"].as_array().unwrap();
        assert_eq!(points.len(), 3);
        for point in points {
            let day = point["from"].as_str().unwrap();
            let index = house.index("c1", &format!("?from={day}&to={day}")).await;
            assert_eq!(point["responses"], index["responses"]);
            assert_eq!(point["groups"][1]["score"], group(&index, "II")["score"]);
            assert!(point["groups"][1]["score"].is_number());
        }
        let week = house.get("/api/v1/units/c1/series?by=week&from=2026-10-01&to=2026-10-31").await.json();
        assert_eq!(week["points"][0]["from"], "2026-10-05");
        assert_eq!(week["points"][0]["to"], "2026-10-11");
        assert_eq!(week["points"][0]["responses"], 18);
        let month = house.get("/api/v1/units/c1/series?by=month&from=2026-10-01&to=2026-10-31").await.json();
        assert_eq!(month["points"][0]["to"], "2026-10-31");
        assert_eq!(month["points"].as_array().unwrap().len(), 1);
    }

    async fn figures_follow_what_another_process_writes(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[0], 5, 5).await;
        assert_eq!(house.index("c1", "").await["responses"], 5);
        let clock = server::clock::Clock::new(|| crate::house::NOON.parse().unwrap()).unwrap();
        let other = server::run::Base::open(&house.database.url, clock).await.unwrap();
        let (service, writer) = other.start().await.unwrap();
        let router = server::web::router(service, "http://other", server::web::Proxies(0));
        for _ in 0..5 {
            let request = crate::house::request("POST", &format!("/api/v1/points/{}/responses", house.points[1]))
                .header("content-type", "application/json")
                .body(axum::body::Body::from(full(1).to_string()))
                .unwrap();
            let answer = tower::ServiceExt::oneshot(router.clone(), request).await.unwrap();
            assert_eq!(answer.status(), StatusCode::CREATED);
        }
        let index = house.index("c1", "").await;
        assert_eq!((&index["responses"], &component(&index, "II.3")["score"]), (&json!(10), &json!(50.0)));
        drop(router);
        writer.finish().await;
        assert_eq!(house.differences().await, [""; 0]);
    }

    async fn bad_parameters_are_named(engine: Engine) {
        let house = House::new(engine).await;
        for (query, field) in [
            ("?from=2026-13-01", "from"), ("?to=gestern", "to"), ("?from=2026-02-01&to=2026-01-01", "to"),
            ("?rule=top3", "rule"), ("?form=2026-01-01", "form"), ("?from=2026-01-01&from=2026-01-01", "from"),
        ] {
            let answer = house.get(&format!("/api/v1/units/p/index{query}")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            assert_eq!(answer.json()["errors"][0]["field"], field, "{query}");
        }
        assert_eq!(house.get("/api/v1/units/p/series?by=year").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(house.get("/api/v1/units/nowhere/index").await.status, StatusCode::NOT_FOUND);
        assert_eq!(house.get("/boards/nowhere").await.status, StatusCode::NOT_FOUND);
        let turned = house.get("/boards/p?from=2026-02-02&to=2026-02-01").await;
        assert_eq!(turned.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(turned.body.contains("Ngày bắt đầu phải trước hoặc trùng ngày kết thúc") && turned.body.contains("main.css"));
        let long = house.get("/api/v1/units/p/index?from=0001-01-01&to=9999-12-31").await;
        assert_eq!(long.status, StatusCode::OK);
    }
}
