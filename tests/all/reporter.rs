//! What who reports on units does on the page of monthly reports: recipients, mails and the month close.

use axum::http::StatusCode;
use domain::access::Role;
use domain::delivery::State;
use server::mail::Round;
use server::store::{By, Entry, Filter};

use crate::delivery::{post, sealed};
use crate::house::{House, both};
use crate::post::MailServer;
use crate::report::{month, words};
use crate::review::{days, past};
use crate::visitor::Visitor;

const PAGE: &str = "/admin/reports";

async fn trail(house: &House, act: &str) -> Vec<Entry> {
    let filter = Filter { act: Some(act.to_owned()), ..Filter::default() };
    house.base.store.audit_entries(&filter, 100).await.unwrap()
}

async fn reporter<'a>(house: &'a House, unit: &str) -> Visitor<'a> {
    Visitor::with_role(house, &format!("báo cáo@{unit}"), Role::Reporter, unit).await
}

both! {
    async fn recipients_are_added_and_taken_off_within_ones_part(engine: Engine) {
        let house = sealed(engine).await;
        let mut visitor = reporter(&house, "c1").await;
        assert!(visitor.get("/").await.body.contains("href=\"/admin/reports\""));
        let page = visitor.get(PAGE).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in ["office@tay-son.example", "chanh.van.phong@tay-son.example", "Chưa đặt máy chủ thư", "10/10/2026"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        // Nothing of another part, and no page that the role does not open.
        assert!(!page.body.contains("xa-hai@example.vn") && !page.body.contains("value=\"c2\""));
        assert!(!page.body.contains("/admin/people") && !page.body.contains("/admin/points"));
        let typed = [("do", "add"), ("unit", "c1"), ("address", "không có"), ("language", "en"), ("file", "csv")];
        let refused = visitor.post(PAGE, &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["value=\"không có\"", "id=\"address-wrong\"", "aria-invalid=\"true\"", "Địa chỉ thư không đúng"] {
            assert!(refused.body.contains(words), "{words}: {}", refused.body);
        }
        let outside = [("do", "add"), ("unit", "c2"), ("address", "moi@example.vn"), ("language", "vi")];
        let refused = visitor.post(PAGE, &outside).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("id=\"unit-wrong\"") && refused.body.contains("value=\"moi@example.vn\""));
        let before = house.base.store.recipients().await.unwrap().len();
        let new = [("do", "add"), ("unit", "t1"), ("address", " moi@example.vn "), ("language", "en"), ("file", "csv"), ("file", "docx")];
        let added = visitor.post(PAGE, &new).await;
        assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, "/admin/reports?done=added"), "{}", added.body);
        let all = house.base.store.recipients().await.unwrap();
        assert_eq!(all.len(), before + 1);
        let one = all.iter().find(|one| one.unit == "t1").unwrap();
        let files: Vec<_> = one.files.iter().map(|file| file.name()).collect();
        assert_eq!((one.address.as_str(), one.lang.tag(), files), ("moi@example.vn", "en", vec!["csv", "docx"]));
        let told = &trail(&house, "recipient.write").await[0];
        assert!(told.who.starts_with("person:") && !told.after.as_deref().unwrap().contains("moi@"), "{told:?}");

        // One unit alone.
        let page = visitor.get("/admin/reports?unit=t1").await.body;
        assert!(page.contains("moi@example.vn") && !page.contains("office@tay-son.example"), "{page}");
        assert_eq!(visitor.get("/admin/reports?unit=c2").await.status, StatusCode::FORBIDDEN);

        // Taking off asks for the address.
        let path = format!("{PAGE}/{}", one.id);
        assert!(visitor.get(&path).await.body.contains("moi@example.vn"));
        let mistyped = visitor.post(&path, &[("typed", "khac@example.vn")]).await;
        assert_eq!(mistyped.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(mistyped.body.contains("value=\"khac@example.vn\""), "{}", mistyped.body);
        assert_eq!(visitor.post(&path, &[("typed", "MOI@example.vn ")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.base.store.recipients().await.unwrap().len(), before);
        assert!(trail(&house, "recipient.remove").await[0].who.starts_with("person:"));
        assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND);
        let other = all.iter().find(|one| one.unit == "c2").unwrap();
        let path = format!("{PAGE}/{}", other.id);
        assert_eq!(visitor.post(&path, &[("typed", "xa-hai@example.vn")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(house.base.store.recipients().await.unwrap().len(), before);
        house.service.begin_sending();
        assert!(!visitor.get(PAGE).await.body.contains("Chưa đặt máy chủ thư"));
    }

    async fn a_mail_that_was_given_up_is_tried_again(engine: Engine) {
        let house = sealed(engine).await;
        let store = &house.base.store;
        let by = By::command(house.base.clock.now());
        store.remove_recipient("c1", "office@tay-son.example", &by).await.unwrap();
        store.remove_recipient("c2", "xa-hai@example.vn", &by).await.unwrap();
        let server = MailServer::start().await;
        let post = post(&server);
        server.refuse("550 5.7.1 We do not take this");
        assert_eq!(post.send_due(&house.service).await.unwrap(), Round { given_up: 1, ..Round::default() });
        let mut visitor = reporter(&house, "c1").await;
        let page = visitor.get(PAGE).await.body;
        for words in ["Không gửi được, đã ngừng", "từ chối (mã 550)", "09/2026", "value=\"again\""] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let id = store.recipients().await.unwrap()[0].id.to_string();
        let again = [("do", "again"), ("recipient", id.as_str()), ("month", "2026-09")];
        let mut elsewhere = reporter(&house, "c2").await;
        assert_eq!(elsewhere.post(PAGE, &again).await.status, StatusCode::NOT_FOUND);
        let queued = visitor.post(PAGE, &again).await;
        assert_eq!(queued.header("location"), "/admin/reports?done=again", "{}", queued.body);
        let [told] = &trail(&house, "recipient.retry").await[..] else { panic!("one entry") };
        assert_eq!((told.about.as_str(), told.after.as_deref()), ("c1 2026-09", Some("{\"mails\":1}")));
        assert!(told.who.starts_with("person:"));
        // What waits already is left alone, and nothing is told of it.
        assert_eq!(visitor.post(PAGE, &again).await.status, StatusCode::SEE_OTHER);
        assert_eq!(trail(&house, "recipient.retry").await.len(), 1);
        assert_eq!(post.send_due(&house.service).await.unwrap(), Round { sent: 1, ..Round::default() });
        let all = store.deliveries(Some("c1")).await.unwrap();
        assert!(all.iter().any(|one| one.month == month("2026-09") && one.state == State::Sent));
        assert!(visitor.get(PAGE).await.body.contains("Đã gửi lúc 10/10/2026 12:00"));
        assert_eq!(visitor.post(PAGE, &[("do", "nothing")]).await.status, StatusCode::BAD_REQUEST);
    }

    async fn months_that_are_over_are_sealed_by_hand_within_ones_part(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 20), 5, |_, _| 4).await;
        house.answer_all(&house.points[0], 5, 4).await;
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        assert_eq!(manager.post(PAGE, &[("do", "close")]).await.status, StatusCode::FORBIDDEN);
        assert!(!manager.get("/").await.body.contains("/admin/reports"));
        let mut visitor = reporter(&house, "c1").await;
        let page = visitor.get(PAGE).await.body;
        // The commune and its centre; the running month waits for its end.
        assert!(page.contains("Tháng 09/2026: 2 báo cáo") && !page.contains("Tháng 10/2026"), "{page}");
        assert!(page.contains("không mở lại được"), "what it does is said before");
        let closed = visitor.post(PAGE, &[("do", "close")]).await;
        assert_eq!(closed.header("location"), "/admin/reports?done=closed&n=2", "{}", closed.body);
        assert!(visitor.get(closed.header("location")).await.body.contains("Đã khóa sổ 2 báo cáo."));
        let store = &house.base.store;
        assert_eq!(store.units_sealed(month("2026-09").number()).await.unwrap().len(), 2);
        let told = trail(&house, "report.seal").await;
        let about: std::collections::BTreeSet<_> = told.iter().map(|one| one.about.as_str()).collect();
        assert_eq!(about, ["c1 2026-09", "t1 2026-09"].into());
        assert!(told.iter().all(|one| one.who.starts_with("person:")), "{told:?}");
        // Once; and the service seals the others by itself.
        assert_eq!(visitor.post(PAGE, &[("do", "close")]).await.header("location"), "/admin/reports?done=closed&n=0");
        assert_eq!(house.service.close_due(1, words).await.unwrap(), 3);
        assert!(server::service::audit::verify(store, []).await.unwrap().is_ok());
    }
}
