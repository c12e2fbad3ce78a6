//! Who decides about whom, on pages and the command line; and what a stolen copy of the database opens.

use axum::body::Body;
use axum::http::StatusCode;
use domain::access::{Act, Role};
use server::service::access::{Actor, Denied};
use server::service::people::{Invitation, Refusal};
use server::service::sign_in::Browser;
use server::store::NewUnit;

use crate::house::{Engine, House, NOON, both, request};
use crate::visitor::{PASSWORD, Visitor, add, between, invited};

const OTHER: &str = "đò ngang qua bến cũ";

both! {
    async fn an_administrator_decides_within_the_own_part(engine: Engine) {
        let house = House::new(engine).await;
        let mut chief = Visitor::with_role(&house, "trưởng@c1", Role::Administrator, "c1").await;
        add(&house, "tỉnh@p", Role::Administrator, "p").await;
        add(&house, "ngoài@c2", Role::Viewer, "c2").await;
        // Invited from the page; the link is shown once.
        let fields = [("name", "mới@t1"), ("full", "Người Mới"), ("role", "manager"), ("unit", "t1")];
        let made = chief.post("/admin/people", &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let path = made.header("location").to_owned();
        let shown = chief.get(&path).await;
        let link = between(&shown.body, "https://hailong.example/link/", "<").to_owned();
        assert!(!chief.get(&path).await.body.contains("/link/"), "shown once");
        let mut new = Visitor::new(&house);
        new.post(&format!("/link/{link}"), &[("new", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!(new.sign_in("MỚI@T1", PASSWORD).await.status, StatusCode::SEE_OTHER);
        assert_eq!(new.get("/boards/t1").await.status, StatusCode::OK);
        assert_eq!(new.get("/admin/people").await.status, StatusCode::FORBIDDEN);
        let account = new.get("/account").await.body;
        assert!(account.contains("/admin/points"), "a manager sees the way to the points");
        assert!(!account.contains("/admin/people") && !account.contains("/admin/units"), "what one may not do is not shown");
        // What is wrong is said, and what was typed is kept.
        for (name, role, unit, said) in [
            ("Mới@T1", "viewer", "t1", "Tên này đã có người dùng"), ("x", "viewer", "t1", "từ 3 đến 80"),
            ("khác@t1", "king", "t1", "chọn một vai trò"), ("khác@t1", "viewer", "c2", "trong phạm vi"),
            ("khác@t1", "viewer", "", "trong phạm vi"), ("khác@t1", "viewer", "p", "trong phạm vi"),
        ] {
            let answer = chief.post("/admin/people", &[("name", name), ("role", role), ("unit", unit)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {role} {unit}");
            assert!(answer.body.contains(said), "{said}");
            assert!(answer.body.contains(&format!("value=\"{name}\"")), "{name}");
        }
        let people = chief.get("/admin/people").await.body;
        assert!(people.contains("mới@t1") && !people.contains("ngoài@c2") && !people.contains("tỉnh@p"));
        // Roles come and go.
        let role = [("do", "give"), ("role", "reporter"), ("unit", "c1")];
        assert_eq!(chief.post(&path, &role).await.status, StatusCode::SEE_OTHER);
        assert_eq!(new.get("/boards/c1").await.status, StatusCode::OK);
        let role = [("do", "take"), ("role", "reporter"), ("unit", "c1")];
        assert_eq!(chief.post(&path, &role).await.status, StatusCode::SEE_OTHER);
        assert_eq!(new.get("/boards/c1").await.status, StatusCode::FORBIDDEN);
        // A link ends the sessions and the password.
        let mistyped = chief.post(&path, &[("do", "reset"), ("typed", "mới")]).await;
        assert_eq!(mistyped.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(between(&mistyped.body, "id=\"reset-typed\"", "</div>").contains("không trùng"), "{}", mistyped.body);
        assert_eq!(new.get("/boards/t1").await.status, StatusCode::OK, "nothing has changed");
        chief.post(&path, &[("do", "reset"), ("typed", "mới@t1")]).await;
        assert_eq!(new.get("/boards/t1").await.status, StatusCode::SEE_OTHER);
        assert_eq!(new.sign_in("mới@t1", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let link = between(&chief.get(&path).await.body, "https://hailong.example/link/", "<").to_owned();
        new.post(&format!("/link/{link}"), &[("new", OTHER), ("again", OTHER)]).await;
        assert_eq!(new.sign_in("mới@t1", OTHER).await.status, StatusCode::SEE_OTHER);
        // The second step is required; then nothing else is open.
        chief.post(&path, &[("do", "require")]).await;
        assert_eq!(new.get("/boards/t1").await.header("location"), "/account/second");
        chief.post(&path, &[("do", "release")]).await;
        // Disabled by name.
        let wrong = chief.post(&path, &[("do", "disable"), ("typed", "mới")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(new.get("/boards/t1").await.status, StatusCode::OK);
        assert_eq!(chief.post(&path, &[("do", "disable"), ("typed", "mới@t1")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(new.get("/boards/t1").await.status, StatusCode::SEE_OTHER);
        assert_eq!(new.sign_in("mới@t1", OTHER).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        chief.post(&path, &[("do", "enable")]).await;
        assert_eq!(new.sign_in("mới@t1", OTHER).await.status, StatusCode::SEE_OTHER);
        // Nobody shuts himself out.
        let own = house.base.store.account_of("trưởng@c1").await.unwrap().unwrap();
        let own = format!("/admin/people/{own}");
        for fields in [
            &[("do", "disable"), ("typed", "trưởng@c1")][..],
            &[("do", "take"), ("role", "administrator"), ("unit", "c1")],
            &[("do", "reset"), ("typed", "trưởng@c1")],
            &[("do", "remove-second"), ("typed", "trưởng@c1")],
            &[("do", "identity"), ("claim", "email"), ("identity", "khác@nơi.vn")],
        ] {
            let answer = chief.post(&own, fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
            assert!(answer.body.contains("Không tự khóa") && !answer.body.contains("/link/"));
        }
        assert_eq!(chief.get("/admin/people").await.status, StatusCode::OK, "the session goes on");
        let page = chief.get(&own).await.body;
        assert!(page.contains("Đây là tài khoản của Ông/Bà") && !page.contains("value=\"reset\""), "{page}");
    }

    async fn nobody_decides_about_who_is_nowhere(engine: Engine) {
        let house = House::new(engine).await;
        let chief = Visitor::with_role(&house, "trưởng@c1", Role::Administrator, "c1").await;
        add(&house, "xem@c2", Role::Viewer, "c2").await;
        // Two communes that continue each other, from before the import refused it: the grant stands
        // nowhere.
        let unit = |code: &str, before: &str| NewUnit {
            code: code.to_owned(), parent: Some("p".to_owned()), kind: domain::unit::Kind::Commune,
            name: format!("Xã {code}"), valid_from: None, valid_to: "2026-10-09".parse().ok(),
            predecessors: vec![before.to_owned()], public: None,
        };
        let circle = [unit("c2", "c3"), unit("c3", "c2")];
        house.base.store.upsert_units(&circle, &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        let actor = house.service.signed_in(chief.session(), false).await.unwrap().unwrap().actor();
        let id = house.base.store.account_of("xem@c2").await.unwrap().unwrap();
        assert!(matches!(house.service.person(&actor, id).await, Err(Refusal::Missing)));
        assert!(matches!(house.service.reset(&actor, id, "xem@c2").await, Err(Refusal::Missing)));
    }

    async fn who_acts_outside_too_is_not_for_one_part_to_decide(engine: Engine) {
        let house = House::new(engine).await;
        let (service, store) = (&house.service, &house.base.store);
        let chief = Visitor::with_role(&house, "trưởng@c1", Role::Administrator, "c1").await;
        let chief = service.signed_in(chief.session(), false).await.unwrap().unwrap().actor();
        let top = Visitor::with_role(&house, "tỉnh@p", Role::Administrator, "p").await;
        let top = service.signed_in(top.session(), false).await.unwrap().unwrap().actor();
        add(&house, "hai@nơi", Role::Viewer, "c1").await;
        let id = store.account_of("hai@nơi").await.unwrap().unwrap();
        service.give(&top, id, ("administrator", "c2")).await.unwrap();
        assert!(!service.person(&chief, id).await.unwrap().decides);
        let denied = |answer: Result<(), Refusal>| {
            assert!(matches!(answer, Err(Refusal::Denied(Denied::Forbidden))), "{answer:?}");
        };
        denied(service.reset(&chief, id, "hai@nơi").await.map(|_| ()));
        denied(service.disable(&chief, id, "hai@nơi").await);
        denied(service.enable(&chief, id).await);
        denied(service.require_second(&chief, id, true).await);
        denied(service.remove_second(&chief, id, "hai@nơi").await);
        denied(service.end_sessions_of(&chief, id).await);
        denied(service.take(&chief, id, ("administrator", "c2")).await);
        // Within the part one may.
        service.give(&chief, id, ("manager", "t1")).await.unwrap();
        service.take(&chief, id, ("viewer", "c1")).await.unwrap();
        // Without a role there, the person is out of sight.
        service.take(&chief, id, ("manager", "t1")).await.unwrap();
        assert!(matches!(service.person(&chief, id).await, Err(Refusal::Missing)));
        // Who has no role at all is for the top alone.
        service.take(&top, id, ("administrator", "c2")).await.unwrap();
        assert!(service.person(&top, id).await.unwrap().decides);
        assert!(matches!(service.person(&chief, id).await, Err(Refusal::Missing)));
        let invitation = Invitation { name: "ai@đó", display_name: "", role: "viewer", unit: "c1" };
        for nobody in [Actor::Anyone, Actor::Display { unit: 1 }] {
            assert!(matches!(service.invite(&nobody, &invitation).await, Err(Refusal::Denied(_))));
            assert!(matches!(service.people(&nobody).await, Err(Refusal::Denied(_))));
            assert!(matches!(service.keys(&nobody).await, Err(Refusal::Denied(_))));
        }
        assert!(service.units_for(&chief, Act::Administer).unwrap().len() == 2);
    }

    async fn keys_and_screens_are_made_and_ended_on_their_pages(engine: Engine) {
        let house = House::new(engine).await;
        let mut chief = Visitor::with_role(&house, "trưởng@c1", Role::Administrator, "c1").await;
        let fields = [("name", "Cổng tỉnh"), ("role", "viewer"), ("unit", "c1"), ("last", "2026-10-11")];
        let made = chief.post("/admin/keys", &fields).await;
        assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/admin/keys"));
        let page = chief.get("/admin/keys").await.body;
        let key = format!("hl_{}", between(&page, "<code>hl_", "<"));
        assert!(page.contains("11/10/2026") && page.contains("chưa dùng"));
        assert!(!chief.get("/admin/keys").await.body.contains(&key), "shown once");
        let read = async || {
            let builder = request("GET", "/api/v1/units/t1/index").header("authorization", format!("Bearer {key}"));
            house.ask(builder.body(Body::empty()).unwrap()).await.status
        };
        assert_eq!(read().await, StatusCode::OK);
        assert!(chief.get("/admin/keys").await.body.contains("10/10/2026"), "the day of its use");
        house.hands.set("2026-10-11T16:59:59Z");
        assert_eq!(read().await, StatusCode::OK);
        house.hands.set("2026-10-11T17:00:00Z");
        assert_eq!(read().await, StatusCode::UNAUTHORIZED);
        house.hands.set(NOON);
        let revoke = format!("/admin/keys/{}", between(&page, "href=\"/admin/keys/", "\""));
        let mut other = Visitor::with_role(&house, "trưởng@c2", Role::Administrator, "c2").await;
        assert_eq!(other.get(&revoke).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&revoke, &[("typed", "Cổng tỉnh")]).await.status, StatusCode::NOT_FOUND);
        // The page says what it will do, and wants the name.
        assert!(chief.get(&revoke).await.body.contains("không đọc được số liệu"));
        let mistyped = chief.post(&revoke, &[("typed", "Cổng xã")]).await;
        assert_eq!(mistyped.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(mistyped.body.contains("không trùng") && mistyped.body.contains("value=\"Cổng xã\""));
        assert_eq!(read().await, StatusCode::OK);
        assert_eq!(chief.post(&revoke, &[("typed", "cổng tỉnh")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(read().await, StatusCode::UNAUTHORIZED);
        assert_eq!(chief.get(&revoke).await.status, StatusCode::NOT_FOUND);
        assert_eq!(chief.post(&revoke, &[("typed", "cổng tỉnh")]).await.status, StatusCode::NOT_FOUND);
        for last in ["2026-10-09", "mai", "2026-13-01"] {
            let fields = [("name", "k"), ("role", "viewer"), ("unit", "c1"), ("last", last)];
            assert_eq!(chief.post("/admin/keys", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let made = chief.post("/admin/displays", &[("name", "Sảnh"), ("unit", "t1")]).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER);
        let page = chief.get("/admin/displays").await.body;
        let address = between(&page, "<code>https://hailong.example", "<").replace("&amp;", "&");
        let mut screen = Visitor::new(&house);
        assert_eq!(screen.get(&address).await.status, StatusCode::OK);
        let revoke = format!("/admin/displays/{}", between(&page, "href=\"/admin/displays/", "\""));
        assert_eq!(chief.post(&revoke, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(screen.get(&address).await.status, StatusCode::OK);
        assert!(chief.get(&revoke).await.body.contains("không hiện bảng kết quả nữa"));
        assert_eq!(chief.post(&revoke, &[("typed", "Sảnh")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(screen.get(&address).await.status, StatusCode::UNAUTHORIZED);
    }

    async fn the_database_holds_no_secret_that_opens_anything(engine: Engine) {
        let house = House::new(engine).await;
        let open = invited(&house, "mời@c1", Role::Viewer, "c1").await;
        let mut chief = Visitor::with_role(&house, "trưởng@c1", Role::Administrator, "c1").await;
        chief.post("/admin/keys", &[("name", "k"), ("role", "viewer"), ("unit", "c1")]).await;
        let page = chief.get("/admin/keys").await.body;
        let key = between(&page, "<code>hl_", "<").to_owned();
        let device = chief.cookies["hailong-device"].clone();
        let all = everything(&house).await;
        assert!(all.contains("trưởng@c1"));
        for secret in [PASSWORD, &open, &key, &device, chief.session()] {
            assert!(!all.contains(secret), "{secret}");
        }
    }

    async fn a_grant_follows_its_unit(engine: Engine) {
        let house = House::new(engine).await;
        let mut an = Visitor::with_role(&house, "an@tayson", Role::Viewer, "c1").await;
        let day = |text: &str| Some(text.parse().unwrap());
        let unit = |code: &str, kind, last: Option<jiff::civil::Date>, before: &[&str]| NewUnit {
            code: code.to_owned(), parent: Some("p".to_owned()), kind, name: format!("Xã {code}"),
            valid_from: None, valid_to: last,
            predecessors: before.iter().map(|code| (*code).to_owned()).collect(), public: None,
        };
        let kind = domain::unit::Kind::Commune;
        let merged = [
            unit("c1", kind, day("2026-10-09"), &[]), unit("c2", kind, day("2026-10-09"), &[]),
            unit("c3", kind, None, &["c1", "c2"]),
        ];
        house.base.store.upsert_units(&merged, &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        for (unit, status) in [("c1", 200), ("c3", 200), ("c2", 403), ("p", 403)] {
            assert_eq!(an.get(&format!("/boards/{unit}")).await.status.as_u16(), status, "{unit}");
        }
        let page = an.get("/account").await.body;
        assert!(page.contains("quyền được chuyển sang: Xã c3"), "{page}");
        // Whoever administers the new unit sees who may act in it, and decides about them.
        let mut chief = Visitor::with_role(&house, "trưởng@tayson", Role::Administrator, "c3").await;
        let people = chief.get("/admin/people").await.body;
        assert!(people.contains("an@tayson") && people.contains("chuyển sang: Xã c3"), "{people}");
    }
}

/// All text and bytes of the tables of people, as one text.
async fn everything(house: &House) -> String {
    let url = &house.database.url;
    let mut all = String::new();
    for table in [
        "account",
        "account_link",
        "session",
        "known_device",
        "sign_in_try",
        "api_key",
        "recovery_code",
    ] {
        let rows: Vec<String> = if url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(url).await.unwrap();
            let columns: Vec<String> = sqlx::query_scalar("select name from pragma_table_info($1)")
                .bind(table)
                .fetch_all(&pool)
                .await
                .unwrap();
            let cells = columns.iter().map(|name| {
                format!(
                    "case typeof({name}) when 'blob' then hex({name}) else coalesce({name}, '') end"
                )
            });
            let cells: Vec<String> = cells.collect();
            let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new("select ");
            query.push(cells.join(" || ',' || ")).push(" from ").push(table);
            query.build_query_scalar().fetch_all(&pool).await.unwrap()
        } else {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new("select t::text from ");
            query.push(table).push(" t");
            query.build_query_scalar().fetch_all(&pool).await.unwrap()
        };
        all.push_str(&rows.join("\n"));
    }
    all
}

#[tokio::test]
async fn people_from_the_command_line() {
    let house = House::new(Engine::Sqlite).await;
    let url = house.database.url.clone();
    let run = async |arguments: &[&str]| crate::program::run(&url, arguments).await;
    let add = ["account", "add", "--name", "an@tayson", "--role", "administrator", "--unit", "p"];
    let (code, out, _) = run(&add).await;
    assert_eq!(code, 0);
    let link = out.trim().strip_prefix("http://127.0.0.1:0/link/").unwrap().to_owned();
    assert_eq!(link.len(), 64);
    let (code, out, error) = run(&add).await;
    assert!(code == 1 && out.is_empty() && error.contains("taken"), "{error}");
    let wrong = ["account", "add", "--name", "ba@tayson", "--role", "viewer", "--unit", "nowhere"];
    assert_eq!(run(&wrong).await.0, 1);
    let (_, listed, _) = run(&["account", "list"]).await;
    assert_eq!(listed, "invited\t-\t-\tadministrator@p\tan@tayson\n");
    house.service.use_link(&link, PASSWORD, PASSWORD).await.unwrap();
    let entered = house.service.sign_in("an@tayson", PASSWORD, Browser::default()).await.unwrap();
    let (code, out, _) = run(&["account", "reset", "--name", "AN@tayson"]).await;
    assert!(code == 0 && out.contains("/link/"));
    assert_eq!(house.service.signed_in(&entered.token, false).await.unwrap(), None);
    assert_eq!(run(&["account", "disable", "--name", "an@tayson"]).await.0, 0);
    assert_eq!(run(&["account", "disable", "--name", "ai@tayson"]).await.0, 1);
    let (_, listed, _) = run(&["account", "list"]).await;
    assert!(listed.starts_with("disabled\t"), "{listed}");
    let key = [
        "account",
        "key",
        "--name",
        "k",
        "--role",
        "viewer",
        "--unit",
        "p",
        "--until",
        "2099-12-31",
    ];
    let (code, out, _) = run(&key).await;
    assert!(code == 0 && out.starts_with("hl_"));
    let (_, listed, _) = run(&["account", "keys"]).await;
    let cells: Vec<&str> = listed.trim().split('\t').collect();
    assert_eq!(cells[1..], ["viewer@p", "valid", "2099-12-31", "-", "k"]);
    assert_eq!(run(&["account", "revoke-key", cells[0]]).await.0, 0);
    assert_eq!(run(&["account", "revoke-key", cells[0]]).await.0, 1);
    assert!(run(&["account", "keys"]).await.1.contains("revoked"));
}

/// Whatever is logged, nothing of it opens anything.
#[tokio::test]
async fn no_secret_is_logged() {
    use std::process::Stdio;
    use tokio::io::{AsyncBufReadExt, BufReader};

    let house = House::new(Engine::Sqlite).await;
    // By the real clock, as the program has it.
    let add = ["account", "add", "--name", "an@tayson", "--role", "administrator", "--unit", "p"];
    let (_, link, _) = crate::program::run(&house.database.url, &add).await;
    let link = link.trim().rsplit('/').next().unwrap().to_owned();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let mut child = crate::program::command(&house.database.url, &["serve"])
        .env("HAILONG_LOG", "debug")
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&path).unwrap())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().unwrap();
    let address = line.trim_start_matches("http://").parse().unwrap();
    let mut caller = crate::program::Caller::new(address).await.unwrap();
    let kind = "application/x-www-form-urlencoded";
    let set = crate::visitor::form(&[("new", PASSWORD), ("again", PASSWORD)]);
    let answer = caller.ask("POST", &format!("/link/{link}"), kind, set.clone()).await.unwrap();
    assert_eq!(answer.0, 303, "{}", answer.1);
    let fields = crate::visitor::form(&[("name", "an@tayson"), ("password", PASSWORD)]);
    let answer = caller.ask("POST", "/sign-in?next=/", kind, fields.clone()).await.unwrap();
    assert_eq!(answer.0, 303, "{}", answer.1);
    let wrong = crate::visitor::form(&[("name", "an@tayson"), ("password", OTHER)]);
    assert_eq!(caller.ask("POST", "/sign-in", kind, wrong).await.unwrap().0, 422);
    child.kill().await.unwrap();
    let log = std::fs::read_to_string(&path).unwrap();
    assert!(log.len() > 100, "something is logged: {log}");
    for secret in [PASSWORD, OTHER, &link, &set, &fields, "$argon2id$"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
