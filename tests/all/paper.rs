//! Sheets of paper as they are entered on their page: stored once, on their day, by whoever may.

use axum::http::StatusCode;
use domain::access::Role;
use serde_json::json;
use server::service::import::Kind;
use server::store::{Entry, Filter};

use crate::files::import;
use crate::house::{House, both};
use crate::visitor::{Visitor, between};

const ID: &str = "3b241101-e2bb-4255-8caf-4136c566a962";
const OTHER: &str = "5c1a8f6e-9d3b-4c57-8a21-0f2e7d6b9c10";

/// A sheet that says a little.
fn sheet<'a>(id: &'a str, day: &'a str, channel: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("id", id),
        ("form", "sipas-2023:full"),
        ("entered", "2"),
        ("day", day),
        ("channel", channel),
        ("A1", "4"),
        ("A2", ""),
        ("B1", "na"),
        ("E3", "2"),
        ("stage", "result"),
        ("field", "Hộ tịch"),
        ("comment", "chữ viết tay"),
    ]
}

async fn trail(house: &House) -> Vec<Entry> {
    let filter = Filter { act: Some("responses.enter".to_owned()), ..Filter::default() };
    house.base.store.audit_entries(&filter, 100).await.unwrap()
}

both! {
    async fn a_sheet_is_stored_once_with_its_day_and_channel(engine: Engine) {
        let house = House::new(engine).await;
        let mut manager = Visitor::with_role(&house, "quầy@t1", Role::Manager, "t1").await;
        let code = house.points[0].clone();
        let path = format!("/admin/points/{code}/entry");
        for page in ["/admin/points/t1".to_owned(), format!("/admin/points/t1/{code}")] {
            assert!(manager.get(&page).await.body.contains(&path), "{page}");
        }
        let page = manager.get(&path).await.body;
        // Every item with seven marks, of which none is chosen.
        assert_eq!(page.matches("role=\"radiogroup\"").count(), 16, "{page}");
        assert_eq!(page.matches("name=\"A1\"").count(), 7);
        let ids = [between(&page, "name=\"id\" value=\"", "\"").to_owned(),
            between(&manager.get(&path).await.body, "name=\"id\" value=\"", "\"").to_owned()];
        assert_ne!(ids[0], ids[1]);

        let sent = manager.post(&path, &sheet(ID, "05/10/2026", "paper")).await;
        let next = format!("{path}?done=stored&day=2026-10-05&channel=paper&entered=3");
        assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, next.as_str()), "{}", sent.body);
        let page = manager.get(&next).await.body;
        for words in ["Đã lưu phiếu.", "Đã nhập 3 phiếu", "value=\"2026-10-05\"", "name=\"entered\" value=\"3\""] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains(ID) && !page.contains("chữ viết tay"), "a new sheet");
        let [told] = &trail(&house).await[..] else { panic!("one entry") };
        let after: serde_json::Value = serde_json::from_str(told.after.as_deref().unwrap()).unwrap();
        assert!(told.who.starts_with("person:") && told.about == code);
        assert_eq!(after, json!({"answers": 1, "day": "2026-10-05", "channel": "paper"}));

        // Sent twice it is stored once, and does not count again.
        let again = manager.post(&path, &sheet(ID, "05/10/2026", "paper")).await;
        let known = format!("{path}?done=known&day=2026-10-05&channel=paper&entered=2");
        assert_eq!(again.header("location"), known, "{}", again.body);
        assert_eq!(house.base.store.count_responses().await.unwrap(), 1);
        // Another sheet on an old page is not lost: it gets an id of its own.
        let mut other = sheet(ID, "2026-10-06", "phone");
        other.retain(|(name, _)| *name != "E3");
        let differs = manager.post(&path, &other).await;
        assert_eq!(differs.status, StatusCode::CONFLICT);
        assert!(differs.body.contains("ngày 05/10/2026") && differs.body.contains("chữ viết tay"), "{}", differs.body);
        let id = between(&differs.body, "name=\"id\" value=\"", "\"").to_owned();
        assert_ne!(id, ID);
        other[0].1 = &id;
        assert_eq!(manager.post(&path, &other).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.base.store.count_responses().await.unwrap(), 2);
        assert_eq!(trail(&house).await.len(), 2);
        assert_eq!(house.differences().await, [""; 0]);
        assert!(server::service::audit::verify(&house.base.store, []).await.unwrap().is_ok());
    }

    async fn what_is_wrong_is_named_and_nothing_typed_is_lost(engine: Engine) {
        let house = House::new(engine).await;
        let mut manager = Visitor::with_role(&house, "quầy@t1", Role::Manager, "t1").await;
        let path = format!("/admin/points/{}/entry", house.points[0]);
        for day in ["11/10/2026", "2026-10-11", "hôm qua", "31/02/2026", ""] {
            let refused = manager.post(&path, &sheet(ID, day, "paper")).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
            for words in ["href=\"#day\"", "id=\"day-wrong\"", "chữ viết tay", ID, "name=\"entered\" value=\"2\""] {
                assert!(refused.body.contains(words), "{day} {words}: {}", refused.body);
            }
            assert!(day.is_empty() || refused.body.contains(&format!("value=\"{day}\"")), "{day}");
            assert!(refused.body.contains("name=\"A1\" value=\"4\" checked"), "{}", refused.body);
        }
        for channel in ["", "qr", "kiosk", "fax"] {
            let refused = manager.post(&path, &sheet(ID, "2026-10-05", channel)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{channel}");
            assert!(refused.body.contains("href=\"#channel\"") && !refused.body.contains("href=\"#day\""), "{}", refused.body);
        }
        // All that is wrong is said at once.
        let mut empty = sheet(ID, "mai", "");
        empty.retain(|(name, _)| !matches!(*name, "A1" | "B1" | "E3"));
        empty.push(("A1", "6"));
        let refused = manager.post(&path, &empty).await.body;
        for words in ["href=\"#day\"", "href=\"#channel\"", "href=\"#A1\"", "id=\"A1-problem\""] {
            assert!(refused.contains(words), "{words}: {refused}");
        }
        assert_eq!(house.base.store.count_responses().await.unwrap(), 0);
    }

    async fn a_point_takes_paper_of_the_days_on_which_it_was_open(engine: Engine) {
        let house = House::new(engine).await;
        let code = house.points[0].clone();
        let points = format!("code,unit,name,channel,open_from,open_to\n{code},t1,Quầy 1,qr,2026-10-02,2026-10-06\n");
        import(&house, Kind::Points, &points).await.unwrap();
        house.service.look().await.unwrap();
        let mut manager = Visitor::with_role(&house, "quầy@t1", Role::Manager, "t1").await;
        let path = format!("/admin/points/{code}/entry");
        assert!(manager.get(&format!("/admin/points/t1/{code}")).await.body.contains(&path));
        for (day, status) in [("2026-10-01", 422), ("2026-10-06", 303), ("2026-10-07", 422), ("mai", 422)] {
            let id = if day == "2026-10-06" { ID } else { OTHER };
            let answer = manager.post(&path, &sheet(id, day, "phone")).await;
            assert_eq!(answer.status.as_u16(), status, "{day}: {}", answer.body);
            let said = answer.body.contains("điểm không nhận phiếu vào ngày này");
            assert_eq!(said, status == 422 && day != "mai", "{day}");
        }
        let [told] = &trail(&house).await[..] else { panic!("one entry") };
        let after = told.after.as_deref().unwrap();
        assert!(after.contains("2026-10-06") && after.contains("phone"), "{after}");
    }

    async fn only_who_enters_answers_finds_the_page(engine: Engine) {
        let house = House::new(engine).await;
        let path = format!("/admin/points/{}/entry", house.points[0]);
        for role in [Role::Viewer, Role::Reporter] {
            let mut visitor = Visitor::with_role(&house, role.name(), role, "c1").await;
            assert_eq!(visitor.get(&path).await.status, StatusCode::FORBIDDEN);
            assert_eq!(visitor.post(&path, &sheet(ID, "2026-10-05", "paper")).await.status, StatusCode::FORBIDDEN);
        }
        let mut elsewhere = Visitor::with_role(&house, "quản lý@c2", Role::Manager, "c2").await;
        assert_eq!(elsewhere.post(&path, &sheet(ID, "2026-10-05", "paper")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(elsewhere.get("/admin/points/0000000000/entry").await.status, StatusCode::NOT_FOUND);
        assert_eq!(house.base.store.count_responses().await.unwrap(), 0);
        // Who had the old code is led to the new one.
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let revoke = format!("/admin/points/t1/{}/revoke", house.points[0]);
        let new = manager.post(&revoke, &[("typed", "Quầy 1")]).await;
        let new = between(new.header("location"), "/admin/points/t1/", "?").to_owned();
        assert_eq!(manager.get(&path).await.header("location"), format!("/admin/points/{new}/entry"));
        let sent = manager.post(&path, &sheet(ID, "2026-10-05", "paper")).await;
        assert!(sent.header("location").starts_with(&format!("/admin/points/{new}/entry?done=stored")), "{}", sent.body);
    }
}
