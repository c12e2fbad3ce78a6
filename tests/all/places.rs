//! Units and points as people change them: who may, what becomes of answers and codes, and what the trail
//! says of it. And the way from an empty database to the first label.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::access::{Grant, Role};
use serde_json::{Value, json};
use server::service::access::{Actor, Credential};
use server::service::import::Kind;
use server::service::organisation::{Refusal, Wrong};
use server::service::points::PointForm;
use server::service::units::{Closing, UnitForm};
use server::store::{Entry, Filter, Write};

use crate::house::{Engine, House, both};
use crate::program::run;
use crate::visitor::{PASSWORD, Visitor, between};

async fn trail(house: &House, act: &str) -> Vec<Entry> {
    let filter = Filter { act: Some(act.to_owned()), ..Filter::default() };
    house.base.store.audit_entries(&filter, 100).await.unwrap()
}

fn json(text: &Option<String>) -> Value {
    serde_json::from_str(text.as_deref().unwrap()).unwrap()
}

/// What was wrong, where something was.
fn wrong<T: std::fmt::Debug>(result: Result<T, Refusal>) -> Wrong {
    match result.unwrap_err() {
        Refusal::Wrong(wrong) => wrong,
        other => panic!("{other}"),
    }
}

/// Somebody who may do everything.
async fn chief(house: &House) -> (Visitor<'_>, Actor) {
    let visitor = Visitor::with_role(house, "trưởng@p", Role::Administrator, "p").await;
    let actor = signed_in(house, &visitor).await;
    (visitor, actor)
}

async fn signed_in(house: &House, visitor: &Visitor<'_>) -> Actor {
    let session = Credential::Session(visitor.session().to_owned());
    house.service.actor_of(&session, false).await.unwrap().unwrap()
}

both! {
    async fn another_code_keeps_the_history_of_its_point(engine: Engine) {
        let house = House::new(engine).await;
        let old = house.points[0].clone();
        house.answer_all(&old, 6, 5).await;
        house.answer_all(&house.points[1], 6, 3).await;
        let mut manager = Visitor::with_role(&house, "quầy@t1", Role::Manager, "t1").await;
        let path = format!("/admin/points/t1/{old}");
        let page = manager.get(&format!("{path}/revoke")).await;
        assert!(page.body.contains(&old) && page.body.contains("không bao giờ dùng lại"), "{}", page.body);
        let mistyped = manager.post(&format!("{path}/revoke"), &[("typed", "Quầy 2")]).await;
        assert_eq!(mistyped.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(mistyped.body.contains("value=\"Quầy 2\"") && mistyped.body.contains("không trùng"));
        let done = manager.post(&format!("{path}/revoke"), &[("typed", " quầy  1 ")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let place = done.header("location").to_owned();
        let new = between(&place, "/admin/points/t1/", "?").to_owned();
        assert_ne!(new, old);
        let page = manager.get(&place).await.body;
        assert!(page.contains(&format!("Mã mới là {new}")) && page.contains(&format!("/sheets/t1?point={new}")), "{page}");
        assert!(page.contains(&format!("Mã cũ {old}, thu hồi ngày 10/10/2026")));

        // The old code says so to citizens, at each door; the new one takes answers.
        let gone = house.get(&format!("/s/{old}")).await;
        assert_eq!(gone.status, StatusCode::GONE);
        assert!(gone.body.contains("được thay bằng mã mới") && gone.body.contains("Quầy 1"), "{}", gone.body);
        assert_eq!(house.send(&old, &crate::house::full(5)).await.status, StatusCode::GONE);
        assert_eq!(house.get(&format!("/s/{old}/thanks")).await.status, StatusCode::OK, "who has just sent");
        house.answer_all(&new, 5, 5).await;

        // The point is one, before and after.
        let board = manager.get("/boards/t1").await.body;
        assert_eq!(board.matches("Quầy 1").count(), board.matches("Quầy 2").count(), "{board}");
        let organisation = house.service.organisation();
        let point = organisation.point(&new).unwrap();
        assert_eq!(organisation.point_ever(&old), Some(point));
        assert_eq!(counted(&house).await.get(&point.key), Some(&11));
        assert_eq!(house.differences().await, [""; 0]);

        // A sheet of the one point, with the new code alone.
        let sheet = manager.get(&format!("/sheets/t1?point={new}")).await.body;
        assert!(sheet.contains(&new) && !sheet.contains(&house.points[1]), "one label");
        assert_eq!(manager.get(&format!("/sheets/t1?point={old}")).await.status, StatusCode::NOT_FOUND);
        assert!(!manager.get("/sheets/t1").await.body.contains(&old));
        // The old address leads on; nobody takes a code back twice.
        assert_eq!(manager.get(&path).await.header("location"), format!("/admin/points/t1/{new}"));
        let again = manager.post(&format!("{path}/revoke"), &[("typed", "Quầy 1")]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);

        // The trail has it under both codes.
        let [revoked] = &trail(&house, "point.revoke").await[..] else { panic!("one entry") };
        let [issued] = &trail(&house, "point.reissue").await[..] else { panic!("one entry") };
        assert_eq!((revoked.about.as_str(), issued.about.as_str()), (old.as_str(), new.as_str()));
        assert!(revoked.who.starts_with("person:"));
        for entry in [revoked, issued] {
            assert_eq!(json(&entry.before)["code"], old);
            assert_eq!(json(&entry.after)["code"], new);
        }
        assert!(server::service::audit::verify(&house.base.store, []).await.unwrap().is_ok());
    }

    async fn a_revoked_code_is_never_a_point_again(engine: Engine) {
        let house = House::new(engine).await;
        let (_, actor) = chief(&house).await;
        let old = house.points[0].clone();
        let new = house.service.replace_code(&actor, &old, "Quầy 1").await.unwrap();
        // Answers that were exported with the old code are found by it again.
        let header = "id,point,answered_at,questionnaire,stage,field,channel,comment,A1\n";
        let row = format!("{header}{},{old},2026-10-01,,,,,,4\n", uuid::Uuid::new_v4());
        crate::files::import(&house, Kind::Responses, &row).await.unwrap();
        let point = house.service.organisation().point(&new).unwrap().key;
        assert_eq!(counted(&house).await.get(&point), Some(&1));
        let points = format!("code,unit,name,channel,open_from,open_to\n{old},t2,Quầy lạ,qr,,\n");
        let refused = crate::files::import(&house, Kind::Points, &points).await;
        assert!(refused.unwrap_err().to_string().contains("revoked"));
        let stored = server::store::NewPoint {
            code: old.clone(), unit: "t2".to_owned(), name: "Quầy lạ".to_owned(),
            channel: domain::unit::Channel::Qr, open_from: None, open_to: None,
        };
        assert!(house.base.store.upsert_points(&[stored], &house.by()).await.is_err());
        assert_eq!(house.get(&format!("/s/{old}")).await.status, StatusCode::GONE);
        // Where the point is closed as well, there is no other code to be scanned.
        house.service.close_point(&actor, &new, ("2026-10-09", "Quầy 1")).await.unwrap();
        let closed = house.get(&format!("/s/{old}")).await.body;
        assert!(closed.contains("không còn nhận ý kiến"), "{closed}");
        let twice = house.service.replace_code(&actor, &new, "Quầy 1").await.unwrap();
        let codes: Vec<String> =
            house.service.organisation().revoked_of(point).map(|old| old.code.clone()).collect();
        assert_eq!(codes.len(), 2);
        assert!(codes.contains(&old) && codes.contains(&new) && !codes.contains(&twice));
    }

    async fn points_are_opened_changed_closed_and_opened_again(engine: Engine) {
        let house = House::new(engine).await;
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let places = manager.get("/admin/points").await.body;
        assert!(places.contains("/admin/points/t1") && !places.contains("/admin/points/t2"), "{places}");
        assert!(!places.contains("/admin/people") && !places.contains("/admin/audit"), "what one may not do");
        assert!(manager.get("/").await.body.contains("/admin/points"));
        let open = [("name", "Quầy 9 – Đất đai"), ("channel", "qr"), ("from", "2026-10-12")];
        let made = manager.post("/admin/points/t1", &open).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let place = made.header("location").to_owned();
        let code = between(&place, "/admin/points/t1/", "?").to_owned();
        assert_eq!(domain::code::parse(&code), Some(code.clone()));
        assert!(manager.get("/admin/points/t1").await.body.contains("Chưa mở, mở từ 12/10/2026"));
        assert_eq!(house.get(&format!("/s/{code}")).await.status, StatusCode::GONE);
        house.hands.set("2026-10-12T05:00:00Z");
        manager.sign_in("quản lý@c1", PASSWORD).await;
        assert_eq!(house.get(&format!("/s/{code}")).await.status, StatusCode::OK);
        let path = format!("/admin/points/t1/{code}");
        for (fields, said) in [
            ([("do", "close"), ("last", "mai"), ("", "")], "đúng dạng"),
            ([("do", "close"), ("last", "2026-10-11"), ("", "")], "không được trước"),
            ([("do", "close"), ("last", "2026-10-12"), ("typed", "Quầy 8")], "không trùng"),
            ([("do", "change"), ("name", " "), ("channel", "qr")], "không được để trống"),
            ([("do", "change"), ("name", "Quầy"), ("channel", "fax")], "chọn cách nhận"),
        ] {
            let refused = manager.post(&path, &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert!(refused.body.contains(said), "{said}: {}", refused.body);
        }
        let saved = manager.post(&path, &[("do", "close"), ("last", "2026-10-12"), ("typed", "quầy 9 - đất đai")]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        assert!(manager.get(&path).await.body.contains("đến hết 12/10/2026"));
        assert_eq!(house.get(&format!("/s/{code}")).await.status, StatusCode::OK, "the last day is over at its end");
        house.hands.set("2026-10-12T17:00:00Z");
        manager.sign_in("quản lý@c1", PASSWORD).await;
        let closed = house.get(&format!("/s/{code}")).await;
        assert_eq!(closed.status, StatusCode::GONE);
        assert!(closed.body.contains("không còn nhận ý kiến"));
        assert_eq!(manager.post(&path, &[("do", "reopen")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.get(&format!("/s/{code}")).await.status, StatusCode::OK);
        // Renamed, and moved within the own part alone; answers stay where they were given.
        house.answer_all(&code, 5, 4).await;
        let change = |unit| [("do", "change"), ("name", "Quầy 10"), ("channel", "kiosk"), ("unit", unit)];
        let outside = manager.post(&path, &change("t2")).await;
        assert_eq!(outside.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(outside.body.contains("value=\"Quầy 10\""), "what was typed is kept");
        let moved = manager.post(&path, &change("c1")).await;
        assert_eq!(moved.header("location"), format!("/admin/points/c1/{code}?done=saved"));
        assert!(house.get(&format!("/s/{code}")).await.body.contains("Quầy 10"));
        assert_eq!(house.differences().await, [""; 0]);
        // Each change is an entry with before and after.
        let entries = trail(&house, "point.write").await;
        let about: Vec<&Entry> = entries.iter().filter(|entry| entry.about == code).collect();
        let last = |entry: &Entry| json(&entry.after)["open_to"].clone();
        assert_eq!(about.iter().map(|entry| last(entry)).collect::<Vec<_>>(),
            [Value::Null, Value::Null, json!("2026-10-12"), Value::Null]);
        assert_eq!(about[3].before, None);
        assert_eq!((json(&about[0].before)["unit"].clone(), json(&about[0].after)["unit"].clone()), (json!("t1"), json!("c1")));
    }

    async fn nobody_changes_what_lies_outside_of_the_own_part(engine: Engine) {
        let house = House::new(engine).await;
        let form = PointForm { name: "Quầy", channel: "qr", open_from: "", unit: "t2" };
        for (role, unit) in [(Role::Manager, "c1"), (Role::Administrator, "c1"), (Role::Viewer, "p"), (Role::Reporter, "p")] {
            let name = format!("{}@{unit}", role.name());
            let visitor = Visitor::with_role(&house, &name, role, unit).await;
            let actor = signed_in(&house, &visitor).await;
            let service = &house.service;
            let before = house.base.store.audit_head().await.unwrap();
            assert!(matches!(service.open_point(&actor, "t2", form).await, Err(Refusal::Denied(_))), "{name}");
            assert!(matches!(service.change_point(&actor, &house.points[3], form).await, Err(Refusal::Denied(_))));
            assert!(matches!(service.close_point(&actor, &house.points[3], ("2026-10-10", "Quầy 4")).await, Err(Refusal::Denied(_))));
            assert!(matches!(service.reopen_point(&actor, &house.points[3]).await, Err(Refusal::Denied(_))));
            assert!(matches!(service.replace_code(&actor, &house.points[3], "Quầy 4").await, Err(Refusal::Denied(_))));
            let unit = UnitForm { name: "Xã", kind: "commune", parent: "p", ..UnitForm::default() };
            assert!(service.change_unit(&actor, "c2", &unit).await.is_err());
            assert!(service.add_unit(&actor, &unit).await.is_err());
            assert!(service.set_predecessors(&actor, "c2", &["c1"]).await.is_err());
            let closing = Closing { last: "2026-10-10", typed: "Xã Hai", ..Closing::default() };
            assert!(service.close_unit(&actor, "c2", &closing).await.is_err());
            assert!(service.reopen_unit(&actor, "c2").await.is_err());
            assert_eq!(house.base.store.audit_head().await.unwrap(), before, "{name}: nothing is written");
        }
    }

    async fn units_are_added_changed_merged_and_ended(engine: Engine) {
        let house = House::new(engine).await;
        let (mut chief, actor) = chief(&house).await;
        let add = [("name", "Xã Đông Hòa"), ("kind", "commune"), ("parent", "p"), ("from", "2026-10-10")];
        let made = chief.post("/admin/units", &add).await;
        assert_eq!(made.header("location"), "/admin/units/xa-dong-hoa?done=1", "{}", made.body);
        assert_eq!(chief.post("/admin/units", &add).await.header("location"), "/admin/units/xa-dong-hoa-2?done=1");
        for (name, kind, parent, code, said) in [
            ("", "commune", "p", "", "không được để trống"), ("Xã", "king", "p", "", "loại đơn vị"),
            ("Xã", "commune", "", "", "còn hoạt động"), ("Xã", "commune", "p", "c1", "đã có đơn vị dùng"),
            ("Xã", "commune", "p", "xã mới", "không dấu"),
        ] {
            let fields = [("name", name), ("kind", kind), ("parent", parent), ("code", code)];
            let refused = chief.post("/admin/units", &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert!(refused.body.contains(said), "{said}");
        }
        let change = [("do", "change"), ("name", "Xã Một Mới"), ("kind", "commune"), ("public", "1")];
        assert_eq!(chief.post("/admin/units/c1", &change).await.status, StatusCode::SEE_OTHER);
        let [entry, _] = &trail(&house, "unit.write").await.into_iter().filter(|e| e.about == "c1").collect::<Vec<_>>()[..]
            else { panic!("two entries") };
        assert_eq!((json(&entry.before)["public"].clone(), json(&entry.after)["public"].clone()), (json!(false), json!(true)));
        assert_eq!(house.service.organisation().unit("c1").unwrap().name, "Xã Một Mới");

        // A page of its own says what the end will do, and wants the name.
        let page = chief.get("/admin/units/c2/close").await.body;
        assert!(page.contains("Trung tâm Phục vụ hành chính công xã Hai") && page.contains("Xã Đông Hòa"), "{page}");
        let closing = Closing {
            last: "2026-10-10", below: true, successors: vec!["xa-dong-hoa"], typed: "xã hai",
        };
        let service = &house.service;
        let differently = async |change: Closing<'static>| wrong(service.close_unit(&actor, "c2", &change).await);
        assert_eq!(differently(Closing { typed: "Xã Ba", ..closing.clone() }).await, Wrong::Mistyped);
        assert_eq!(differently(Closing { last: "", ..closing.clone() }).await, Wrong::Day("last"));
        assert_eq!(differently(Closing { successors: vec!["t2"], ..closing.clone() }).await, Wrong::Kin("successor"));
        assert_eq!(differently(Closing { successors: vec!["nowhere"], ..closing.clone() }).await, Wrong::Kin("successor"));
        let mut follower = Visitor::with_role(&house, "xem@c2", Role::Viewer, "c2").await;
        assert_eq!(follower.get("/boards/xa-dong-hoa").await.status, StatusCode::FORBIDDEN);
        service.close_unit(&actor, "c2", &closing).await.unwrap();
        let organisation = service.organisation();
        let last = |code: &str| organisation.unit(code).unwrap().valid_to.map(|day| day.to_string());
        assert_eq!((last("c2"), last("t2"), last("c1")), (Some("2026-10-10".to_owned()), Some("2026-10-10".to_owned()), None));
        assert_eq!(house.get(&format!("/s/{}", house.points[3])).await.status, StatusCode::OK, "today is the last day");
        house.hands.set("2026-10-11T05:00:00Z");
        follower.sign_in("xem@c2", PASSWORD).await;
        chief.sign_in("trưởng@p", PASSWORD).await;
        assert_eq!(house.get(&format!("/s/{}", house.points[3])).await.status, StatusCode::GONE);
        assert_eq!(follower.get("/boards/xa-dong-hoa").await.status, StatusCode::OK, "a role follows its unit");
        assert!(chief.get("/admin/points/t2").await.body.contains("Đóng theo đơn vị"));
        let form = PointForm { name: "Quầy", channel: "qr", ..PointForm::default() };
        assert_eq!(wrong(service.open_point(&actor, "t2", form).await), Wrong::Unit("unit"));

        // No circle, and those outside stay; the unit goes on where that was a mistake.
        assert_eq!(wrong(service.set_predecessors(&actor, "c2", &["xa-dong-hoa"]).await), Wrong::Kin("predecessor"));
        assert_eq!(wrong(service.set_predecessors(&actor, "c2", &["c2"]).await), Wrong::Kin("predecessor"));
        service.set_predecessors(&actor, "xa-dong-hoa-2", &["c2", "c1"]).await.unwrap();
        assert_eq!(service.organisation().unit("xa-dong-hoa-2").unwrap().predecessors.len(), 2);
        service.reopen_unit(&actor, "t2").await.unwrap();
        service.reopen_unit(&actor, "c2").await.unwrap();
        assert_eq!(house.get(&format!("/s/{}", house.points[3])).await.status, StatusCode::OK);
        assert!(server::service::audit::verify(&house.base.store, []).await.unwrap().is_ok());
    }

    async fn two_who_change_at_once_both_have_their_way(engine: Engine) {
        let house = House::new(engine).await;
        let (_, actor) = chief(&house).await;
        let (store, by) = (&house.base.store, house.by());
        let (seen, organisation) = store.organisation().await.unwrap();
        house.service.reopen_point(&actor, &house.points[0]).await.unwrap();
        // What was decided by the older state is refused by the store.
        let unit = organisation.unit("c1").unwrap();
        let stale = server::store::NewUnit {
            code: unit.code.clone(), parent: Some("p".to_owned()), kind: unit.kind, name: "Xã Cũ".to_owned(),
            valid_from: None, valid_to: None, predecessors: vec![], public: None,
        };
        let refused = store.write_units(&[stale], Write::Since(seen), &by).await;
        assert!(matches!(refused, Err(server::store::Error::Stale)));
        let closing = ["2026-10-10", "2026-10-11"].map(|last| house.service.close_point(&actor, &house.points[0], (last, "Quầy 1")));
        let [first, second] = closing;
        let opening = house.service.open_point(&actor, "t1", PointForm { name: "Quầy 7", channel: "qr", ..PointForm::default() });
        let (first, second, third) = tokio::join!(first, second, opening);
        first.unwrap();
        second.unwrap();
        assert!(house.service.organisation().point(&third.unwrap()).is_some());
    }

    async fn the_first_steps_say_what_is_missing(engine: Engine) {
        let database = crate::house::Database::new(engine).await;
        let run = async |arguments: &[&str]| run(&database.url, arguments).await;
        let add = ["account", "add", "--name", "an@gialai", "--role", "administrator", "--unit", "gia-lai"];
        let (code, _, error) = run(&add).await;
        assert!(code == 1 && error.contains("--unit-name"), "{error}");
        let (code, link, error) = run(&[&add[..], &["--unit-name", "Tỉnh Gia Lai"]].concat()).await;
        assert_eq!((code, error.as_str()), (0, ""));
        let other = ["account", "add", "--name", "ba@gialai", "--role", "viewer", "--unit", "dak-lak"];
        let (code, _, error) = run(&[&other[..], &["--unit-name", "Tỉnh Đắk Lắk"]].concat()).await;
        assert!(code == 1 && error.contains("đơn vị đầu tiên"), "{error}");

        let house = House::on(database).await;
        let link = link.trim().rsplit('/').next().unwrap();
        house.service.use_link(link, PASSWORD, PASSWORD).await.unwrap();
        let mut chief = Visitor::new(&house);
        chief.sign_in("an@gialai", PASSWORD).await;
        let missing = async |chief: &mut Visitor<'_>| {
            let page = chief.get("/admin/start").await.body;
            page.matches("state-missing").count()
        };
        assert_eq!(missing(&mut chief).await, 6, "all but the first administrator");
        assert!(chief.get("/").await.body.contains("/admin/start"));
        let unit = [("name", "Xã Ia Grai"), ("kind", "commune"), ("parent", "gia-lai")];
        assert_eq!(chief.post("/admin/units", &unit).await.status, StatusCode::SEE_OTHER);
        assert_eq!(missing(&mut chief).await, 5);
        let made = chief.post("/admin/points/xa-ia-grai", &[("name", "Quầy 1"), ("channel", "qr")]).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        assert_eq!(missing(&mut chief).await, 4);
        assert_eq!(chief.get("/sheets/xa-ia-grai").await.status, StatusCode::OK);
        assert_eq!(missing(&mut chief).await, 3);
        crate::files::import(&house, Kind::Dossiers, "unit,month,handled\nxa-ia-grai,2026-09,120\n").await.unwrap();
        let header = "unit,year,index,code,name,max,baseline,baseline_rank,rank_of,target\n";
        let row = format!("{header}gia-lai,2026,sipas,total,Chỉ số,,,,,81\n");
        crate::files::import(&house, Kind::Targets, &row).await.unwrap();
        assert_eq!(missing(&mut chief).await, 1);
        assert!(chief.get("/").await.body.contains("/admin/start"));
        let id = house.base.store.account_of("an@gialai").await.unwrap().unwrap();
        chief.post(&format!("/admin/people/{id}"), &[("do", "require")]).await;
        let actor = actor_of(&house, "an@gialai", "gia-lai").await;
        assert!(house.service.start(&actor).await.unwrap().is_done());
        assert!(!house.service.is_unfinished(&actor, true).await.unwrap());
        assert!(house.service.is_unfinished(&actor, false).await.unwrap(), "codes lead nowhere");
    }
}

/// An administrator who is known, without a session.
async fn actor_of(house: &House, name: &str, unit: &str) -> Actor {
    let account = house.base.store.account_of(name).await.unwrap().unwrap();
    let unit = house.service.organisation().unit(unit).unwrap().key;
    Actor::Person { account, grants: vec![Grant { role: Role::Administrator, unit }] }
}

/// The number of responses by point, of all days.
async fn counted(house: &House) -> BTreeMap<i32, u64> {
    let mut rows = BTreeMap::new();
    let count = |row| {
        let server::store::Snapshot::Response(row) = row else { return };
        let (row, _) = row.understand(&house.base.instruments).unwrap();
        *rows.entry(row.point).or_default() += 1;
    };
    house.base.store.snapshot(count).await.unwrap();
    rows
}

/// Before anybody can sign in, the page leads whoever sits at the machine to the command line.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_machine_itself_is_told_how_to_begin() {
    let house = House::on(crate::house::Database::new(Engine::Sqlite).await).await;
    let home = house.get("/").await;
    assert!(home.body.contains("/admin/start"), "{}", home.body);
    let page = house.get("/admin/start").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("hailong account add") && page.body.contains("--unit-name"));
    assert!(!page.body.contains("/admin/people"), "what one may not do");
    assert!(house.get("/admin/units").await.header("location").starts_with("/sign-in"));
    assert!(house.get("/sign-in").await.body.contains("/admin/start"));
}
