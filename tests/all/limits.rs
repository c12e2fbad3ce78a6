//! How many answers are taken: from a browser that is known, at one point, and from an office behind one
//! address.

use axum::body::Body;
use axum::http::StatusCode;
use uuid::Uuid;

use crate::house::{Answer, House, both, full, request};

async fn post(house: &House, point: &str, cookie: &str, body: &str) -> Answer {
    let request = request("POST", &format!("/s/{point}"))
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()));
    house.ask(request.unwrap()).await
}

fn sheet(id: Uuid) -> String {
    format!("id={id}&form=sipas-2023:7&A2=4&comment=gi%E1%BB%AF&lang=en")
}

both! {
    async fn a_known_browser_sends_a_few_at_once_and_others_are_not_touched(engine: Engine) {
        let house = House::new(engine).await;
        let point = &house.points[0];
        let (one, other) = ("hailong-device=0a", "__Host-hailong-device=0b");
        for _ in 0..20 {
            assert_eq!(post(&house, point, one, &sheet(Uuid::new_v4())).await.status, StatusCode::SEE_OTHER);
        }
        let id = Uuid::new_v4();
        let refused = post(&house, point, one, &sheet(id)).await;
        assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "3"));
        // The page says how long to wait, in the language of the citizen, with the answers and the id kept.
        assert!(refused.body.contains("Please wait 3 seconds"), "{}", refused.body);
        let checked = refused.body.split("name=\"A2\" value=\"4\"").nth(1).unwrap().split('>').next().unwrap();
        assert!(checked.contains("checked") && refused.body.contains("giữ"));
        assert!(refused.body.contains(&id.to_string()));
        // By the other door too.
        let builder = request("POST", &format!("/api/v1/points/{point}/responses"))
            .header("cookie", one)
            .header("origin", "https://hailong.example")
            .header("content-type", "application/json");
        let refused = house.ask(builder.body(Body::from(full(5).to_string())).unwrap()).await;
        assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "3"));
        assert_eq!(refused.header("content-type"), "application/problem+json");
        // Another browser, and phones, which have no cookie: the whole office behind one address.
        assert_eq!(post(&house, point, other, &sheet(Uuid::new_v4())).await.status, StatusCode::SEE_OTHER);
        house.answer_all(point, 100, 5).await;
        // Three seconds later the same answers are taken.
        house.hands.set("2026-10-10T05:00:03Z");
        assert_eq!(post(&house, point, one, &sheet(id)).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.base.store.count_responses().await.unwrap(), 122);
    }

    async fn a_point_takes_so_many_a_minute_and_other_points_go_on(engine: Engine) {
        let house = House::new(engine).await;
        house.service.limit_points(30);
        let point = &house.points[0];
        house.answer_all(point, 30, 5).await;
        let refused = house.send(point, &full(5)).await;
        assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "2"));
        let refused = post(&house, point, "", &sheet(Uuid::new_v4())).await;
        assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "2"));
        // What is wrong by itself is said as ever, and does not count.
        let wrong = post(&house, point, "", "id=none").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        house.answer_all(&house.points[1], 30, 5).await;
        house.hands.set("2026-10-10T05:00:02Z");
        house.answer_all(point, 1, 5).await;
        assert_eq!(house.send(point, &full(5)).await.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(house.base.store.count_responses().await.unwrap(), 61);
        assert_eq!(house.differences().await, [""; 0]);
    }
}
