//! Signing in: links, passwords, sessions, the second step, and what strangers learn.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::StatusCode;
use domain::access::Role;
use http_body_util::BodyExt;
use server::service::sign_in::Browser;
use server::service::totp;
use server::web::Proxies;
use tower::ServiceExt;

use crate::house::{Engine, House, NOON, both, request};
use crate::visitor::{PASSWORD, Visitor, add, between, form, invited};

const OTHER: &str = "đò ngang qua bến cũ";

/// Seconds after noon.
fn after(house: &House, seconds: i64) {
    let noon: jiff::Timestamp = NOON.parse().unwrap();
    let moment = jiff::Timestamp::from_second(noon.as_second() + seconds).unwrap();
    house.hands.set(&moment.to_string());
}

both! {
    async fn a_link_sets_the_password_once(engine: Engine) {
        let house = House::new(engine).await;
        let link = invited(&house, "An@Tây-Sơn", Role::Viewer, "c1").await;
        let path = format!("/link/{link}");
        let mut an = Visitor::new(&house);
        let page = an.get(&path).await;
        assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
        assert!(page.body.contains("An@Tây-Sơn"));
        for (new, again, said) in [
            ("ngắn quá", "ngắn quá", "Mật khẩu ngắn quá"),
            ("password1234", "password1234", "quá phổ biến"),
            (PASSWORD, OTHER, "Hai lần nhập không giống nhau"),
        ] {
            let refused = an.post(&path, &[("new", new), ("again", again)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
            assert!(refused.body.contains(said), "{new}: {}", refused.body);
        }
    }

    async fn a_link_is_void_once_used_or_old(engine: Engine) {
        let house = House::new(engine).await;
        let link = invited(&house, "an@tayson", Role::Viewer, "c1").await;
        let path = format!("/link/{link}");
        let mut an = Visitor::new(&house);
        let set = an.post(&path, &[("new", PASSWORD), ("again", PASSWORD)]).await;
        assert_eq!((set.status, set.header("location")), (StatusCode::SEE_OTHER, "/sign-in?after=link"));
        for again in [an.get(&path).await, an.post(&path, &[("new", OTHER), ("again", OTHER)]).await] {
            assert_eq!(again.status, StatusCode::GONE);
        }
        let old = invited(&house, "cũ@tayson", Role::Viewer, "c1").await;
        after(&house, 3 * 86_400 - 1);
        assert_eq!(an.get(&format!("/link/{old}")).await.status, StatusCode::OK);
        after(&house, 3 * 86_400);
        assert_eq!(an.get(&format!("/link/{old}")).await.status, StatusCode::GONE);
        // In by the one, in any writing of the name; not by the other.
        assert_eq!(an.sign_in("AN@TaySon", OTHER).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(an.sign_in(" AN@TaySon ", PASSWORD).await.status, StatusCode::SEE_OTHER);
        let page = an.get("/account").await;
        assert!(page.body.contains("an@tayson") && page.body.contains("Firefox, Linux"), "{}", page.body);
        assert_eq!(an.get("/boards/c1").await.status, StatusCode::OK);
        assert_eq!(an.get("/boards/c2").await.status, StatusCode::FORBIDDEN);
    }

    async fn nobody_learns_who_has_an_account(engine: Engine) {
        let house = House::new(engine).await;
        add(&house, "có@tayson", Role::Viewer, "p").await;
        invited(&house, "mời@tayson", Role::Viewer, "p").await;
        add(&house, "khóa@tayson", Role::Viewer, "p").await;
        let id = house.base.store.account_of("khóa@tayson").await.unwrap().unwrap();
        house.base.store.set_disabled(id, true, &house.by()).await.unwrap();
        let mut bodies = vec![];
        for name in ["có@tayson", "mời@tayson", "khóa@tayson", "ai@tayson"] {
            let password = if name.starts_with('k') { PASSWORD } else { OTHER };
            let mut waits = vec![];
            for _ in 0..6 {
                let mut stranger = Visitor::new(&house);
                let answer = stranger.sign_in(name, password).await;
                waits.push((answer.status.as_u16(), answer.header("retry-after").to_owned()));
                bodies.push(answer.body.replace(name, "NAME"));
            }
            let statuses: Vec<u16> = waits.iter().map(|wait| wait.0).collect();
            assert_eq!(statuses, [422, 422, 422, 422, 422, 429], "{name}");
            assert_eq!(waits[5].1, "3", "{name}");
        }
        for n in 0..6 {
            let same = (0..4).all(|name| bodies[name * 6 + n] == bodies[n]);
            assert!(same, "try {n} tells accounts apart");
        }
    }

    async fn strangers_wait_and_the_known_browser_does_not(engine: Engine) {
        let house = House::new(engine).await;
        let mut an = Visitor::with_role(&house, "an@tayson", Role::Viewer, "c1").await;
        an.post("/sign-out", &[]).await;
        for _ in 0..5 {
            let answer = Visitor::new(&house).sign_in("an@tayson", OTHER).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        // Also with the right password; a try that was not made counts for nothing.
        let mut away = Visitor::new(&house);
        for _ in 0..3 {
            let answer = away.sign_in("an@tayson", PASSWORD).await;
            assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "3"));
        }
        assert_eq!(an.sign_in("an@tayson", PASSWORD).await.status, StatusCode::SEE_OTHER);
        after(&house, 2);
        assert_eq!(away.sign_in("an@tayson", PASSWORD).await.status, StatusCode::SEE_OTHER);
        // The known browser has a count of its own, which grows too.
        an.post("/sign-out", &[]).await;
        for n in 0..6 {
            let answer = an.sign_in("an@tayson", OTHER).await;
            let expected = if n < 5 { 422 } else { 429 };
            assert_eq!(answer.status.as_u16(), expected, "{n}");
        }
        // Many at once are no way around the count.
        let tries = (0..20).map(|_| {
            let service = house.service.clone();
            tokio::spawn(async move { service.sign_in("khác@tayson", "x", Browser::default()).await.is_err() })
        });
        let tries: Vec<_> = tries.collect();
        for one in tries { assert!(one.await.unwrap()); }
        let last = Visitor::new(&house).sign_in("khác@tayson", "x").await;
        assert_eq!((last.status, last.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "3"));
    }

    async fn a_session_is_new_with_each_sign_in_and_ends(engine: Engine) {
        let house = House::new(engine).await;
        let mut an = Visitor::with_role(&house, "an@tayson", Role::Viewer, "c1").await;
        let first = an.session().to_owned();
        assert_eq!(first.len(), 64);
        // A token that somebody else has planted is not taken over.
        an.cookies.insert("hailong".to_owned(), "0".repeat(64));
        assert_eq!(an.get("/account").await.status, StatusCode::SEE_OTHER);
        an.sign_in("an@tayson", PASSWORD).await;
        assert!(an.session() != "0".repeat(64) && an.session() != first);
        let mut other = Visitor::new(&house);
        other.cookies.insert("hailong".to_owned(), first.clone());
        let page = other.get("/account").await.body;
        assert_eq!(page.matches("Firefox, Linux").count(), 4, "two rows and their buttons");
        // One session is ended from the other.
        let id = between(&page, "name=\"session\" value=\"", "\"").to_owned();
        let ended = other.post("/account/sessions", &[("session", &id)]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER);
        let left = [an.get("/account").await.status, other.get("/account").await.status];
        assert_eq!(left.iter().filter(|status| **status == StatusCode::OK).count(), 1);
        // All are.
        let mut third = Visitor::new(&house);
        third.sign_in("an@tayson", PASSWORD).await;
        third.post("/account/sessions", &[("session", "all")]).await;
        for visitor in [&mut an, &mut other, &mut third] {
            assert_eq!(visitor.get("/boards/c1").await.status, StatusCode::SEE_OTHER);
        }
    }

    async fn a_session_ends_without_use_and_after_a_week(engine: Engine) {
        let house = House::new(engine).await;
        let mut an = Visitor::with_role(&house, "an@tayson", Role::Viewer, "c1").await;
        const HOUR: i64 = 3600;
        for hours in (11..7 * 24).step_by(11) {
            after(&house, hours * HOUR);
            assert_eq!(an.get("/account").await.status, StatusCode::OK, "{hours}");
        }
        after(&house, 7 * 24 * HOUR);
        assert_eq!(an.get("/account").await.status, StatusCode::SEE_OTHER);
        an.sign_in("an@tayson", PASSWORD).await;
        after(&house, (7 * 24 + 12) * HOUR - 1);
        assert_eq!(an.get("/method").await.status, StatusCode::OK);
        after(&house, (7 * 24 + 12) * HOUR);
        assert_eq!(an.get("/account").await.status, StatusCode::SEE_OTHER);
    }

    async fn the_second_step_is_asked_for_and_no_code_counts_twice(engine: Engine) {
        let house = House::new(engine).await;
        let mut an = Visitor::with_role(&house, "an@tayson", Role::Viewer, "c1").await;
        let page = an.get("/account/second").await;
        let secret = between(&page.body, "name=\"secret\" value=\"", "\"").to_owned();
        let bytes = totp::parse_base32(&secret).unwrap();
        let code = |steps: i64| totp::code(&bytes, totp::step(house.base.clock.now().as_millisecond()) + steps);
        let enrol = |code: String, current: &'static str| {
            [("secret", secret.clone()), ("code", code), ("current", current.to_owned())]
        };
        for (code, current) in [("000000".to_owned(), PASSWORD), (code(0), OTHER), (code(2), PASSWORD)] {
            let fields = enrol(code, current);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
            assert_eq!(an.post("/account/second", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let fields = enrol(code(0), PASSWORD);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
        assert_eq!(an.post("/account/second", &fields).await.status, StatusCode::SEE_OTHER);
        let page = an.get("/account/second").await.body;
        let codes: Vec<&str> = page.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert_eq!(codes.len(), 10);
        assert!(!an.get("/account/second").await.body.contains(codes[0]), "shown once");

        let mut away = Visitor::new(&house);
        let answer = away.sign_in("an@tayson", PASSWORD).await;
        assert_eq!(answer.header("location"), "/sign-in/code?next=%2F");
        assert_eq!(away.get("/boards/c1").await.status, StatusCode::SEE_OTHER, "half a sign-in is none");
        assert_eq!(away.get("/sign-in/code").await.status, StatusCode::OK);
        // The code by which it was set up is used up; the next one works, once.
        let wrong = away.post("/sign-in/code", &[("code", &code(0))]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        after(&house, 30);
        let fresh = code(0);
        let half = away.session().to_owned();
        let right = away.post("/sign-in/code", &[("code", &fresh)]).await;
        assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, "/"));
        assert!(away.session() != half);
        assert_eq!(away.get("/boards/c1").await.status, StatusCode::OK);
        let mut third = Visitor::new(&house);
        third.sign_in("an@tayson", PASSWORD).await;
        let again = third.post("/sign-in/code", &[("code", &fresh)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        // A recovery code, typed as people type, works once too.
        let typed = codes[3].to_lowercase().replace('-', " ");
        assert_eq!(third.post("/sign-in/code", &[("code", &typed)]).await.status, StatusCode::SEE_OTHER);
        assert!(third.get("/account").await.body.contains("Còn 9 mã dự phòng"));
        let mut fourth = Visitor::new(&house);
        fourth.sign_in("an@tayson", PASSWORD).await;
        let again = fourth.post("/sign-in/code", &[("code", codes[3])]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        // Ten minutes later nobody signs in there any more.
        after(&house, 30 + 600);
        let late = fourth.post("/sign-in/code", &[("code", codes[4])]).await;
        assert_eq!((late.status, late.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
        // It is taken away with the password, unless it is required.
        let id = house.base.store.account_of("an@tayson").await.unwrap().unwrap();
        house.base.store.require_second(id, true, &house.by()).await.unwrap();
        let kept = an.post("/account/second/remove", &[("current", PASSWORD)]).await;
        assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(kept.body.contains("không tự tắt được"));
        house.base.store.require_second(id, false, &house.by()).await.unwrap();
        let wrong = an.post("/account/second/remove", &[("current", OTHER)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = an.post("/account/second/remove", &[("current", PASSWORD)]).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER);
        let answer = Visitor::new(&house).sign_in("an@tayson", PASSWORD).await;
        assert_eq!(answer.header("location"), "/");
    }

    async fn a_new_password_ends_all_other_sessions(engine: Engine) {
        let house = House::new(engine).await;
        let mut an = Visitor::with_role(&house, "an@tayson", Role::Viewer, "c1").await;
        let mut away = Visitor::new(&house);
        away.sign_in("an@tayson", PASSWORD).await;
        let change = [("current", PASSWORD), ("new", OTHER), ("again", OTHER)];
        let wrong = [("current", OTHER), ("new", OTHER), ("again", OTHER)];
        assert_eq!(an.post("/account/password", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(an.post("/account/password", &change).await.status, StatusCode::SEE_OTHER);
        assert_eq!(an.get("/account").await.status, StatusCode::OK);
        assert_eq!(away.get("/account").await.status, StatusCode::SEE_OTHER);
        assert_eq!(away.sign_in("an@tayson", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(away.sign_in("an@tayson", OTHER).await.status, StatusCode::SEE_OTHER);
    }

    async fn one_is_led_back_to_where_one_wanted_to_go_and_nowhere_else(engine: Engine) {
        let house = House::new(engine).await;
        add(&house, "an@tayson", Role::Viewer, "c1").await;
        let mut an = Visitor::new(&house);
        let first = an.get("/boards/c1?rule=top2").await;
        let sign_in = first.header("location").to_owned();
        let page = an.get(&sign_in).await.body;
        assert_eq!(between(&page, "name=\"next\" value=\"", "\""), "/boards/c1?rule=top2");
        for (next, leads) in [
            ("/boards/c1?rule=top2", "/boards/c1?rule=top2"),
            ("//evil.example", "/"), ("https://evil.example/", "/"), ("/\\evil.example", "/"),
            ("/a\r\nset-cookie: x=1", "/"), ("javascript:alert(1)", "/"), ("", "/"),
        ] {
            let mut visitor = Visitor::new(&house);
            let fields = [("name", "an@tayson"), ("password", PASSWORD), ("next", next)];
            let answer = visitor.post("/sign-in", &fields).await;
            assert_eq!(answer.header("location"), leads, "{next:?}");
            let shown = visitor.get(&format!("/sign-in?{}", form(&[("next", next)]))).await;
            assert!(!shown.body.contains("evil"), "{next}");
        }
    }

    async fn another_site_sends_no_form(engine: Engine) {
        let house = House::new(engine).await;
        let an = Visitor::with_role(&house, "an@tayson", Role::Administrator, "p").await;
        let send = async |headers: &[(&str, &str)]| {
            let mut builder = request("POST", "/sign-out")
                .header("cookie", format!("hailong={}", an.session()))
                .header("content-type", "application/x-www-form-urlencoded");
            for (name, value) in headers {
                builder = builder.header(*name, *value);
            }
            house.ask(builder.body(Body::empty()).unwrap()).await.status
        };
        for foreign in [
            &[][..],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site"), ("origin", "https://other.example")],
        ] {
            assert_eq!(send(foreign).await, StatusCode::FORBIDDEN, "{foreign:?}");
        }
        assert_eq!(send(&[("sec-fetch-site", "same-origin")]).await, StatusCode::SEE_OTHER);
    }

    async fn over_tls_the_cookie_belongs_to_this_host_alone(engine: Engine) {
        let house = House::new(engine).await;
        add(&house, "an@tayson", Role::Viewer, "c1").await;
        let ask = async |path: &str, cookie: &str, body: String| {
            let method = if body.is_empty() { "GET" } else { "POST" };
            let request = axum::http::Request::builder().method(method).uri(path)
                .header("host", "hailong.example").header("origin", "https://hailong.example")
                .header("cookie", cookie)
                .header("content-type", "application/x-www-form-urlencoded");
            house.ask(request.body(Body::from(body)).unwrap()).await
        };
        let fields = form(&[("name", "an@tayson"), ("password", PASSWORD)]);
        let answer = ask("/sign-in", "", fields).await;
        let lines: Vec<&str> =
            answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
        assert_eq!(lines.len(), 2);
        for line in &lines {
            assert!(line.starts_with("__Host-hailong"), "{line}");
            assert!(line.contains("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{line}");
        }
        let cookie = lines[0].split(';').next().unwrap();
        assert_eq!(ask("/account", cookie, String::new()).await.status, StatusCode::OK);
        let plain = cookie.trim_start_matches("__Host-");
        assert_eq!(ask("/account", plain, String::new()).await.status, StatusCode::SEE_OTHER);
    }

    async fn without_tls_nobody_signs_in_but_on_the_machine_itself(engine: Engine) {
        let house = House::new(engine).await;
        add(&house, "an@tayson", Role::Viewer, "c1").await;
        let plain = server::web::router(house.service.clone(), "http://10.0.0.2:3000", Proxies(0));
        let sign_in = async |host: &str, password: &str| {
            let request = axum::http::Request::builder().method("POST").uri("/sign-in")
                .header("host", host).header("origin", format!("http://{host}"))
                .header("content-type", "application/x-www-form-urlencoded");
            let fields = form(&[("name", "an@tayson"), ("password", password)]);
            plain.clone().oneshot(request.body(Body::from(fields)).unwrap()).await.unwrap()
        };
        // The right password and a wrong one are answered alike.
        for password in [PASSWORD, "sai hoàn toàn"] {
            let answer = sign_in("10.0.0.2:3000", password).await;
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{password}");
            assert!(!answer.headers().contains_key("set-cookie"));
            let body = answer.into_body().collect().await.unwrap().to_bytes();
            assert!(String::from_utf8_lossy(&body).contains("không có HTTPS nên không đăng nhập được"));
        }
        assert_eq!(sign_in("127.0.0.1:3000", PASSWORD).await.status(), StatusCode::SEE_OTHER);
    }
}

/// An account that exists and one that does not take the same time: a hash is computed for both, which
/// takes twenty times as long as all the rest.
#[tokio::test]
async fn the_time_does_not_tell_who_has_an_account() {
    let house = House::new(Engine::Sqlite).await;
    add(&house, "có@tayson", Role::Viewer, "p").await;
    let mut fastest = [Duration::MAX; 2];
    for round in 0..10 {
        // A day later all tries are forgotten.
        after(&house, round * 86_400);
        for (name, fastest) in ["có@tayson", "không@tayson"].iter().zip(&mut fastest) {
            let began = Instant::now();
            assert!(
                house.service.sign_in(name, "sai hoàn toàn", Browser::default()).await.is_err()
            );
            *fastest = began.elapsed().min(*fastest);
        }
    }
    let ratio = fastest[0].as_secs_f64() / fastest[1].as_secs_f64();
    assert!((0.25..4.0).contains(&ratio), "{fastest:?}");
}
