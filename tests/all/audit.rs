//! The trail of changes: nothing is changed without an entry, and no entry is changed unseen.

use axum::body::Body;
use axum::http::StatusCode;
use domain::access::Role;
use domain::audit::Head;
use serde_json::{Value, json};
use server::service::access::make_key;
use server::service::audit::{Broken, How, verify};
use server::service::display::make_display;
use server::service::import::Kind;
use server::store::{By, Entry, Filter, Store, Told};

use crate::files::import;
use crate::house::{Database, Engine, House, both, full, request};
use crate::program::run;
use crate::visitor::{Visitor, add, form};

async fn entries(store: &Store, filter: Filter) -> Vec<Entry> {
    store.audit_entries(&filter, 1000).await.unwrap()
}

fn about(about: &str) -> Filter {
    Filter { about: Some(about.to_owned()), ..Filter::default() }
}

fn json(text: &Option<String>) -> Value {
    serde_json::from_str(text.as_deref().unwrap()).unwrap()
}

/// What somebody who owns the database does first.
async fn disarm(database: &Database) {
    let sql = match database.url.starts_with("sqlite") {
        true => {
            "drop trigger audit_no_update; drop trigger audit_no_delete; drop trigger audit_no_replace"
        }
        false => "drop trigger audit_append_only on audit",
    };
    database.tamper(sql).await.unwrap();
}

both! {
    async fn each_change_says_who_what_before_and_after(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        let [first] = &entries(store, about("c2")).await[..] else { panic!("one entry") };
        assert_eq!((first.act.as_str(), first.who.as_str(), &first.before), ("unit.write", "command", &None));
        assert_eq!(first.at, house.base.clock.now().as_millisecond());

        let csv = "code,parent,kind,name,valid_from,valid_to,predecessors,public\n\
            c2,p,commune,Xã Hai Mới,,2027-06-30,c1,true\nc1,p,commune,Xã Một,,,,\n";
        import(&house, Kind::Units, csv).await.unwrap();
        let changed = entries(store, about("c2")).await;
        assert_eq!(changed.len(), 2, "one more");
        let (before, after) = (json(&changed[0].before), json(&changed[0].after));
        assert_eq!(before, json(&first.after));
        assert_eq!(after, json!({"code": "c2", "kind": "commune", "name": "Xã Hai Mới", "parent": "p",
            "predecessors": ["c1"], "public": true, "valid_from": null, "valid_to": "2027-06-30"}));
        // What was written as it was is no change.
        import(&house, Kind::Units, csv).await.unwrap();
        assert_eq!(entries(store, about("c2")).await, changed);
        assert_eq!(entries(store, about("c1")).await.len(), 1);

        import(&house, Kind::Dossiers, "unit,month,handled\nc1,2026-09,120\n").await.unwrap();
        import(&house, Kind::Dossiers, "unit,month,handled\nc1,2026-09,130\n").await.unwrap();
        let dossiers = entries(store, about("c1/2026-09")).await;
        let said = |entry: &Entry| (entry.before.clone(), entry.after.clone());
        let text = |number: &str| Some(number.to_owned());
        assert_eq!(dossiers.iter().map(said).collect::<Vec<_>>(),
            [(text("120"), text("130")), (None, text("120"))]);

        let header = "unit,year,index,code,name,max,baseline,baseline_rank,rank_of,target\n";
        for target in ["80,5", "81"] {
            let row = format!("{header}c1,2026,sipas,total,Chỉ số,,,,,\"{target}\"\n").replace("80,5", "80.5");
            import(&house, Kind::Targets, &row).await.unwrap();
        }
        let [last, _] = &entries(store, about("c1/2026/sipas/total")).await[..] else { panic!() };
        assert_eq!((json(&last.before)["target"].clone(), json(&last.after)["target"].clone()), (json!("80.5"), json!("81")));

        let key = make_key(store, "Văn phòng", (Role::Manager, "c1"), None, &house.by()).await.unwrap();
        let link = make_display(store, "Sảnh", "c1", &house.by()).await.unwrap();
        let id = store.displays().await.unwrap()[0].id;
        store.revoke_display(id, &house.by()).await.unwrap();
        let kept = entries(store, Filter { act: Some("key".to_owned()), ..Filter::default() }).await;
        assert_eq!(json(&kept[0].after), json!({"name": "Văn phòng", "role": "manager", "unit": "c1", "expires_at": null}));
        let acts: Vec<String> = entries(store, about(&id.to_string())).await.into_iter().map(|e| e.act).collect();
        assert_eq!(acts, ["display.revoke", "display.make"]);
        // No secret is written down.
        let all = format!("{:?}", entries(store, Filter::default()).await);
        assert!(!all.contains(&key) && !all.contains(&link));
        assert!(verify(store, []).await.unwrap().is_ok());
    }

    async fn what_ends_says_what_it_was_and_is_found_by_who_did_it(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        let mut chief = Visitor::with_role(&house, "trưởng@p", Role::Administrator, "p").await;
        add(&house, "mới@c1", Role::Viewer, "c1").await;
        let id = store.account_of("mới@c1").await.unwrap().unwrap();
        make_key(store, "Văn phòng", (Role::Manager, "c1"), None, &house.by()).await.unwrap();
        make_display(store, "Sảnh", "c1", &house.by()).await.unwrap();
        let (key, screen) = (store.keys().await.unwrap()[0].id, store.displays().await.unwrap()[0].id);
        store.revoke_key(key, &house.by()).await.unwrap();
        store.revoke_display(screen, &house.by()).await.unwrap();
        for act in ["require", "reset", "disable"] {
            let done = chief.post(&format!("/admin/people/{id}"), &[("do", act), ("typed", "mới@c1")]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{act}: {}", done.body);
        }
        for (act, before) in [
            ("key.revoke", json!({"name": "Văn phòng", "role": "manager", "unit": "c1", "expires_at": null})),
            ("display.revoke", json!({"name": "Sảnh", "unit": "c1"})),
            ("account.require-second", json!({"second_factor_required": false})),
            ("account.reset", json!({"password": true})),
            ("account.disable", json!({"disabled": false})),
        ] {
            let found = entries(store, Filter { act: Some(act.to_owned()), ..Filter::default() }).await;
            assert_eq!(json(&found[0].before), before, "{act}");
        }
        // By the name of an account, also in other letters, and by the words for the program itself.
        for (who, found, not) in [
            ("TRƯỞNG@p", "Khóa tài khoản", "Tạo khóa truy cập"),
            ("Dòng lệnh trên máy chủ", "Tạo khóa truy cập", "Khóa tài khoản"),
            ("command", "Tạo khóa truy cập", "Khóa tài khoản"),
            ("Hệ thống tự làm", "Không có mục nào khớp", "Khóa tài khoản"),
            ("không ai", "Không có mục nào khớp", "Khóa tài khoản"),
        ] {
            let page = chief.get(&format!("/admin/audit?{}", form(&[("who", who)]))).await.body;
            let list = page.split("</form>").last().unwrap();
            assert!(list.contains(found) && !list.contains(not), "{who}: {list}");
        }
    }

    async fn what_is_refused_leaves_no_entry(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        let before = store.audit_head().await.unwrap();
        assert!(make_key(store, "k", (Role::Viewer, "nowhere"), None, &house.by()).await.is_err());
        let bad = "code,unit,name,channel,open_from,open_to\n,c1,Quầy mới,qr,,\n,nowhere,Quầy,qr,,\n";
        assert!(import(&house, Kind::Points, bad).await.is_err());
        assert_eq!(store.audit_head().await.unwrap(), before);
        // An answer of a citizen is not an act of an official.
        house.answer_all(&house.points[0], 2, 5).await;
        assert_eq!(store.audit_head().await.unwrap(), before);
    }

    async fn answers_on_paper_are_told_by_who_and_how_many_and_nothing_else(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        let key = make_key(store, "Văn phòng <1>", (Role::Manager, "c1"), None, &house.by()).await.unwrap();
        let id = store.keys().await.unwrap()[0].id;
        house.service.look().await.unwrap();
        let send = async |point: usize, body: Value, key: Option<&str>| {
            let path = format!("/api/v1/points/{}/responses", house.points[point]);
            let mut builder = request("POST", &path).header("content-type", "application/json");
            if let Some(key) = key {
                builder = builder.header("authorization", format!("Bearer {key}"));
            }
            house.ask(builder.body(Body::from(body.to_string())).unwrap()).await.status
        };
        let mut on_paper = full(2);
        on_paper["answered_at"] = json!("2026-10-09");
        on_paper["channel"] = json!("paper");
        on_paper["comment"] = json!("chữ viết tay");
        assert_eq!(send(0, on_paper.clone(), Some(&key)).await, StatusCode::CREATED);
        let entered = Filter { act: Some("responses.enter".to_owned()), ..Filter::default() };
        let [entry] = &entries(store, entered.clone()).await[..] else { panic!("one entry") };
        assert_eq!((&entry.who, &entry.about, &entry.before), (&format!("key:{id}"), &house.points[0], &None));
        // Neither an answer, nor a comment, nor what the response is known by.
        assert_eq!(json(&entry.after), json!({"answers": 1, "day": "2026-10-09", "channel": "paper"}));
        // What was there before, what is refused, and what citizens and programs send is not told.
        assert_eq!(send(0, on_paper.clone(), Some(&key)).await, StatusCode::OK);
        on_paper["id"] = full(1)["id"].clone();
        assert_eq!(send(3, on_paper.clone(), Some(&key)).await, StatusCode::FORBIDDEN);
        assert_eq!(send(0, full(5), None).await, StatusCode::CREATED);
        assert_eq!(send(0, full(5), Some(&key)).await, StatusCode::CREATED);
        assert_eq!(entries(store, entered.clone()).await.len(), 1);
        // Many at once are told in as few entries as they are written in transactions, and all are told.
        let bodies = (0..20).map(|_| {
            let mut body = full(3);
            body["channel"] = json!("phone");
            send(1, body, Some(&key))
        });
        let all = futures_util::future::join_all(bodies).await;
        assert!(all.iter().all(|status| *status == StatusCode::CREATED), "{all:?}");
        let told = entries(store, entered).await;
        let by_phone = told.iter().map(|entry| json(&entry.after)).filter(|after| after["channel"] == "phone");
        assert_eq!(by_phone.map(|after| after["answers"].as_u64().unwrap()).sum::<u64>(), 20);
        assert!(verify(store, []).await.unwrap().is_ok());
        assert_eq!(house.differences().await, [""; 0]);
        // The page names the key and never shows it.
        let top = make_key(store, "top", (Role::Administrator, "p"), None, &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        let page = request("GET", "/admin/audit?act=responses").header("authorization", format!("Bearer {top}"));
        let page = house.ask(page.body(Body::empty()).unwrap()).await.body;
        let end = &id.to_string()[28..];
        assert!(page.contains(&format!("Khóa truy cập “Văn phòng &lt;1&gt;” (…{end})")), "{page}");
        assert!(page.contains("Nhập phiếu giấy") && !page.contains(&key));
    }

    async fn a_changed_missing_or_reordered_entry_is_found(engine: Engine) {
        let broken = |seq, how| Err(Broken { seq, how });
        for (sql, found) in [
            ("update audit set who = 'service' where seq = 3", broken(3, How::Changed)),
            ("update audit set at = at + 1 where seq = 3", broken(3, How::Changed)),
            ("update audit set after = null where seq = 4", broken(4, How::Changed)),
            ("update audit set hash = previous where seq = 4", broken(4, How::Changed)),
            ("delete from audit where seq = 2", broken(2, How::Missing)),
            ("delete from audit where seq = 1", broken(1, How::Missing)),
            ("delete from audit", broken(1, How::CutOff)),
            ("update audit set seq = 100 where seq = 2; update audit set seq = 2 where seq = 3;
              update audit set seq = 3 where seq = 100", broken(2, How::Reordered)),
            ("delete from audit where seq = (select max(seq) from audit)", broken(10, How::CutOff)),
            ("update audit_head set seq = 9, hash = (select hash from audit where seq = 9)", broken(10, How::CutOff)),
        ] {
            let house = House::new(engine).await;
            for _ in house.base.store.audit_head().await.unwrap().0..10 {
                let told = Told { act: "responses.export", about: "responses".to_owned(), before: None, after: None };
                house.base.store.tell(&house.by(), told).await.unwrap();
            }
            assert_eq!(verify(&house.base.store, []).await.unwrap().unwrap().seq, 10);
            assert!(house.database.tamper(sql).await.is_err() || sql.contains("audit_head"), "the table refuses: {sql}");
            disarm(&house.database).await;
            house.database.tamper(sql).await.unwrap();
            let found = match sql.contains("audit_head") {
                // The head alone was set back: the entry that is left over is found.
                true => broken(11, How::CutOff),
                false => found,
            };
            assert_eq!(verify(&house.base.store, []).await.unwrap(), found, "{sql}");
        }
    }

    async fn no_entry_is_written_over(engine: Engine) {
        let house = House::new(engine).await;
        let before = entries(&house.base.store, Filter::default()).await;
        let mut tries = vec![
            "insert into audit select seq, at, 'service', act, about, before, after, previous, hash
             from audit where seq = 3",
            "insert into audit select seq, at, 'service', act, about, before, after, previous, hash
             from audit where seq = 3 on conflict (seq) do update set who = excluded.who",
        ];
        if house.database.url.starts_with("sqlite") {
            tries.push("insert or replace into audit select seq, at, 'service', act, about, before, after, previous, hash
                from audit where seq = 3");
            tries.push("replace into audit select seq, at, 'service', act, about, before, after, previous, hash
                from audit where seq = 3");
        }
        for sql in tries {
            assert!(house.database.tamper(sql).await.is_err(), "{sql}");
        }
        assert_eq!(entries(&house.base.store, Filter::default()).await, before);
        assert!(verify(&house.base.store, []).await.unwrap().is_ok());
    }

    async fn a_head_noted_on_paper_finds_a_trail_written_anew(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        let noted = house.service.audit_head().await.unwrap();
        assert_eq!(verify(store, [&noted]).await.unwrap(), Ok(noted.clone()));
        // Somebody who owns the database and this program cuts the end off and goes on from there.
        disarm(&house.database).await;
        house.database.tamper("delete from audit where seq = (select max(seq) from audit);
            update audit_head set seq = seq - 1, hash = (select hash from audit order by seq desc limit 1)").await.unwrap();
        let cut = Broken { seq: noted.seq, how: How::CutOff };
        assert_eq!(verify(store, []).await.unwrap().unwrap().seq, noted.seq - 1, "the chain by itself holds");
        assert_eq!(verify(store, [&noted]).await.unwrap(), Err(cut));
        let told = Told { act: "unit.write", about: "p".to_owned(), before: None, after: None };
        store.tell(&house.by(), told).await.unwrap();
        let anew = Broken { seq: noted.seq, how: How::NotNoted };
        assert_eq!(verify(store, [&noted]).await.unwrap(), Err(anew));
    }

    async fn appends_of_many_at_once_make_one_chain(engine: Engine) {
        let house = House::new(engine).await;
        let before = house.base.store.audit_head().await.unwrap().0;
        let mut tasks = tokio::task::JoinSet::new();
        for task in 0..8 {
            // Each with connections of its own, like servers.
            let store = Store::open(&house.database.url).await.unwrap();
            let by = By { who: format!("service {task}"), at: task };
            tasks.spawn(async move {
                for n in 0..25 {
                    let after = Some(n.to_string());
                    let told = Told { act: "responses.export", about: "responses".to_owned(), before: None, after };
                    store.tell(&by, told).await.unwrap();
                }
                store.close().await;
            });
        }
        while tasks.join_next().await.transpose().unwrap().is_some() {}
        let end = verify(&house.base.store, []).await.unwrap().unwrap();
        assert_eq!(end.seq, before + 200);
    }

    async fn commands_verify_the_trail_and_exports_stand_in_it(engine: Engine) {
        let house = House::new(engine).await;
        let days = ["--from", "2026-10-01", "--to", "2026-10-10", "--format", "csv"];
        let (code, _, err) = run(&house.database.url, &[&["export", "responses"][..], &days].concat()).await;
        assert_eq!(code, 0, "{err}");
        let exports = entries(&house.base.store, Filter { act: Some("responses.export".to_owned()), ..Filter::default() }).await;
        assert_eq!(exports.len(), 1);
        assert_eq!(json(&exports[0].after), json!({"from": "2026-10-01", "to": "2026-10-10", "format": "csv"}));

        let (code, out, _) = run(&house.database.url, &["audit", "verify"]).await;
        assert_eq!(code, 0);
        let head: Head = out.trim().parse().unwrap();
        assert_eq!(head, house.service.audit_head().await.unwrap());
        let noted = head.to_string();
        let (code, _, _) = run(&house.database.url, &["audit", "verify", "--head", &noted]).await;
        assert_eq!(code, 0);
        let (code, _, _) = run(&house.database.url, &["audit", "verify", "--head", "nonsense"]).await;
        assert_eq!(code, 2);

        disarm(&house.database).await;
        house.database.tamper("update audit set about = 'x' where seq = 2").await.unwrap();
        let (code, out, _) = run(&house.database.url, &["audit", "verify"]).await;
        assert_eq!(code, 1);
        assert!(out.starts_with("mục 2 (entry 2): nội dung đã bị sửa"), "{out}");
    }
}

/// The service works as a role that may only append; the database itself refuses the rest.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_of_postgres_may_only_append() {
    let house = House::new(Engine::Postgres).await;
    let role = format!("r_{}", uuid::Uuid::new_v4().simple());
    let pool = sqlx::PgPool::connect(&house.database.url).await.unwrap();
    let mut create = sqlx::QueryBuilder::<sqlx::Postgres>::new("create role ");
    create.push(&role).push(" login password 'p'").build().execute(&pool).await.unwrap();
    let (code, _, err) = run(&house.database.url, &["audit", "protect", "--role", &role]).await;
    assert_eq!(code, 0, "{err}");

    let (scheme, rest) = house.database.url.split_once("://").unwrap();
    let (_, host) = rest.rsplit_once('@').unwrap_or(("", rest));
    let as_role = format!("{scheme}://{role}:p@{host}");
    let base = server::run::Base::open(&as_role, house.base.clock.clone()).await.unwrap();
    let (service, writer) = base.start().await.unwrap();
    make_key(&base.store, "k", (Role::Viewer, "c1"), None, &house.by()).await.unwrap();
    import_as(&base, "unit,month,handled\nc1,2026-09,120\n").await;
    assert!(verify(&base.store, []).await.unwrap().is_ok());

    let pool = sqlx::PgPool::connect(&as_role).await.unwrap();
    for sql in [
        "update audit set who = 'x'",
        "delete from audit",
        "truncate audit",
        "drop trigger audit_append_only on audit",
        "alter table audit disable trigger all",
        "drop table audit",
        "delete from audit_head",
        "insert into audit_head (only_row, seq, hash) values (1, 0, 'x')",
        "update report set json = 'x'",
        "delete from report",
        "truncate report",
    ] {
        let error = sqlx::query(sql).execute(&pool).await.unwrap_err();
        let code = error.as_database_error().and_then(|error| error.code()).unwrap().into_owned();
        assert_eq!(code, "42501", "{sql}: {error}");
    }
    drop(service);
    writer.finish().await;

    let (code, _, err) =
        run(&house.database.url, &["audit", "protect", "--role", "no such role"]).await;
    assert!(code == 1 && err.contains("không có vai trò này"), "{err}");
    // Who owns the tables, may take the role of the owner, or may do everything is not protected from.
    let owner: String = {
        let pool = sqlx::PgPool::connect(&house.database.url).await.unwrap();
        let (member, mighty) = (format!("{role}_member"), format!("{role}_super"));
        let owner: String =
            sqlx::query_scalar("select current_user::text").fetch_one(&pool).await.unwrap();
        for (name, how) in [(&member, ""), (&mighty, " superuser")] {
            let mut create = sqlx::QueryBuilder::<sqlx::Postgres>::new("create role ");
            create.push(name).push(how).build().execute(&pool).await.unwrap();
        }
        let mut grant = sqlx::QueryBuilder::<sqlx::Postgres>::new("grant pg_write_all_data to ");
        grant.push(&member).build().execute(&pool).await.unwrap();
        for name in [&member, &mighty] {
            let protect = ["audit", "protect", "--role", name];
            let (code, _, err) = run(&house.database.url, &protect).await;
            assert!(code == 1 && err.contains("vẫn sửa được"), "{name}: {err}");
        }
        owner
    };
    let (code, _, err) = run(&house.database.url, &["audit", "protect", "--role", &owner]).await;
    assert!(code == 1 && err.contains("vẫn sửa được"), "{err}");
    let sqlite = House::new(Engine::Sqlite).await;
    let (code, _, err) = run(&sqlite.database.url, &["audit", "protect", "--role", "x"]).await;
    assert_eq!(code, 1, "{err}");
}

async fn import_as(base: &server::run::Base, csv: &str) {
    let importer = server::service::import::Importer {
        store: base.store.clone(),
        instruments: base.instruments.clone(),
        clock: base.clock.clone(),
        by: By::command(base.clock.now()),
    };
    importer.import(Kind::Dossiers, csv.as_bytes()).await.unwrap();
}
