//! The events of a unit: the same figures as everywhere, at once, from whichever process they come.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use domain::access::{Grant, Role};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use server::service::access::make_key;
use server::service::display::make_display;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use uuid::Uuid;

use crate::house::{Engine, House, both, full, request};
use crate::program::{Caller, Program, run};
use crate::visitor::Visitor;

/// What the contract promises between two servers.
const PROMPT: Duration = Duration::from_secs(2);
/// Nothing takes so long that goes well.
const LONG: Duration = Duration::from_secs(20);

/// One who watches.
struct Watching {
    body: Body,
    /// What came and is not a whole event yet; a letter may be cut in two.
    came: Vec<u8>,
}

impl Watching {
    /// Through the router of a house, as a local person would.
    async fn house(house: &House, path: &str) -> Self {
        Self::with(house, path, ("accept", "text/event-stream")).await
    }

    /// The same with a header, by which somebody shows who asks.
    async fn with(house: &House, path: &str, (name, value): (&str, &str)) -> Self {
        let request = request("GET", path).header(name, value).body(Body::empty()).unwrap();
        let response = house.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { body: response.into_body(), came: vec![] }
    }

    /// Through a connection to a program.
    async fn program(address: SocketAddr, path: &str) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        let (mut door, connection) = handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let request = hyper::Request::get(path).header("host", address.to_string());
        let request = request.body(Full::new(Bytes::new())).unwrap();
        let response = door.send_request(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        Self { body: Body::new(response.into_body()), came: vec![] }
    }

    /// The data of the next event; `None` where the stream ends.
    async fn next(&mut self) -> Option<Value> {
        tokio::time::timeout(LONG, async {
            loop {
                let end = self.came.windows(2).position(|pair| pair == b"\n\n");
                if let Some(end) = end {
                    let block: Vec<u8> = self.came.drain(..end + 2).collect();
                    let block = String::from_utf8(block).unwrap();
                    let data = block.lines().find_map(|line| line.strip_prefix("data: "));
                    let data = data.map(|data| serde_json::from_str(data).unwrap());
                    if data.is_some() {
                        return data;
                    }
                    continue;
                }
                let frame = self.body.frame().await?.ok()?.into_data().ok()?;
                self.came.extend_from_slice(&frame);
            }
        })
        .await
        .expect("an event, or an end")
    }

    /// Waits until so many responses are said to be of today; what was said then.
    async fn until(&mut self, responses: u64) -> Value {
        loop {
            let event = self.next().await.expect("the stream goes on");
            if event["today"]["responses"] == json!(responses) {
                return event;
            }
        }
    }
}

async fn answer(address: SocketAddr, point: &str) {
    let mut caller = Caller::new(address).await.unwrap();
    let path = format!("/api/v1/points/{point}/responses");
    let told = caller.ask("POST", &path, "application/json", full(5).to_string()).await;
    assert_eq!(told.unwrap().0, 201);
}

both! {
    async fn events_say_what_the_api_says(engine: Engine) {
        let house = House::new(engine).await;
        let mut watching = Watching::house(&house, "/api/v1/units/p/live").await;
        let first = watching.next().await.unwrap();
        assert_eq!(first["today"]["responses"], json!(0));
        for n in 1..=6 {
            house.answer_all(&house.points[0], 1, 4).await;
            let event = watching.until(n).await;
            let score = &event["today"]["groups"][1]["score"];
            assert_eq!(score.is_null(), n < 5, "scores move in blocks of five: {score}");
            let (today, month) = ("?from=2026-10-10&to=2026-10-10", "?from=2026-10-01&to=2026-10-10");
            assert_eq!(event["today"], house.index("p", today).await);
            assert_eq!(event["month"], house.index("p", month).await);
        }
    }

    async fn only_who_watches_the_unit_or_one_above_hears_of_an_answer(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[0], 1, 4).await;
        let mut other = Watching::house(&house, "/api/v1/units/c2/live").await;
        let mut above = Watching::house(&house, "/api/v1/units/p/live").await;
        assert_eq!(other.next().await.unwrap()["today"]["responses"], json!(0));
        above.until(1).await;
        house.answer_all(&house.points[0], 1, 4).await;
        above.until(2).await;
        house.answer_all(&house.points[4], 1, 4).await;
        // Nothing was said to it of the answer before.
        assert_eq!(other.next().await.unwrap()["today"]["responses"], json!(1));
        above.until(3).await;
    }

    async fn who_lags_is_sent_the_newest_whole(engine: Engine) {
        let house = House::new(engine).await;
        let path = "/api/v1/units/c1/live?view=board";
        let (mut quick, mut slow) =
            (Watching::house(&house, path).await, Watching::house(&house, path).await);
        let ids = |event: &Value| -> Vec<String> {
            let parts = event["parts"].as_array().unwrap().iter();
            parts.map(|part| part[0].as_str().unwrap().to_owned()).collect()
        };
        let whole = ids(&slow.next().await.unwrap());
        quick.next().await;
        let mut steps = vec![];
        for _ in 0..7 {
            house.answer_all(&house.points[0], 1, 4).await;
            steps.push(ids(&quick.next().await.unwrap()));
        }
        // Between blocks of five the figures of components stay, and are not sent.
        assert!(steps.iter().any(|ids| !ids.contains(&"components".to_owned())), "{steps:?}");
        let newest = slow.next().await.unwrap();
        assert!(ids(&newest).len() >= whole.len(), "{:?}", ids(&newest));
        let summary = newest["parts"][0][1].as_str().unwrap();
        assert!(summary.contains("100,00") && summary.contains("<dd>7</dd>"), "{summary}");
    }

    async fn a_day_that_ends_releases_what_was_held_back(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[0], 7, 4).await;
        let mut watching = Watching::house(&house, "/api/v1/units/p/live").await;
        let event = watching.until(7).await;
        let counts = |event: &Value, of: &str| {
            event[of]["groups"][1]["components"][0]["items"][0]["counts"][3].clone()
        };
        assert_eq!(counts(&event, "month"), json!(5));
        house.hands.set("2026-10-10T17:00:01Z");
        house.service.pulse().beat();
        let event = watching.until(0).await;
        assert_eq!(event["today"]["from"], json!("2026-10-11"));
        assert_eq!(counts(&event, "month"), json!(7));
    }

    async fn an_answer_through_one_server_reaches_the_boards_of_another(engine: Engine) {
        let house = House::new(engine).await;
        let points = house.points.clone();
        let database = house.close().await;
        let (a, b) = (Program::serve(&database.url).await, Program::serve(&database.url).await);
        let mut watching = Watching::program(b.address, "/api/v1/units/p/live").await;
        watching.until(0).await;
        for n in 1..=3 {
            answer(a.address, &points[0]).await;
            tokio::time::timeout(PROMPT, watching.until(n)).await.expect("within two seconds");
        }
        // Nothing that is open holds up the end.
        assert_eq!(b.stop().await, Some(0));
        while watching.next().await.is_some() {}
        assert_eq!(a.stop().await, Some(0));
    }

    async fn the_link_of_a_screen_shows_its_board_until_it_is_ended(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        let token = make_display(store, "Sảnh", "c1", &house.by()).await.unwrap();
        let from_outside = |path: String| {
            let request = axum::http::Request::get(path).header("host", "hailong.example");
            house.ask(request.body(Body::empty()).unwrap())
        };
        let shown = from_outside(format!("/boards/c1?tv=1&display={token}")).await;
        assert_eq!(shown.status, StatusCode::OK);
        for (path, status) in [
            (format!("/boards/c1?tv=1&display={token}0"), StatusCode::FORBIDDEN),
            ("/boards/c1?tv=1".to_owned(), StatusCode::FORBIDDEN),
            (format!("/boards/p?display={token}"), StatusCode::FORBIDDEN),
            (format!("/boards/t1?display={token}"), StatusCode::FORBIDDEN),
            (format!("/targets/c1/2026?display={token}"), StatusCode::UNPROCESSABLE_ENTITY),
            (format!("/api/v1/units/c1/index?display={token}"), StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            let answer = from_outside(path.clone()).await;
            let refused = answer.status == status || answer.status == StatusCode::BAD_REQUEST;
            assert!(refused, "{path}: {}", answer.status);
        }
        let path = format!("/api/v1/units/c1/live?view=board&display={token}");
        let mut watching = Watching::house(&house, &path).await;
        assert!(watching.next().await.is_some());

        let [link] = &store.displays().await.unwrap()[..] else { panic!("one link") };
        assert_eq!((link.unit.as_str(), link.used_on.is_some()), ("c1", true));
        store.revoke_display(link.id, &house.by()).await.unwrap();
        assert!(store.revoke_display(link.id, &house.by()).await.is_err(), "it is ended once");
        house.service.look().await.unwrap();
        while watching.next().await.is_some() {}
        let gone = from_outside(format!("/boards/c1?tv=1&display={token}")).await;
        assert_eq!(gone.status, StatusCode::FORBIDDEN);
        let gone = house.get(&format!("/boards/c1?display={token}")).await;
        assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
        assert!(gone.body.contains("Đường dẫn màn hình này đã bị thu hồi"), "{}", gone.body);
    }

    async fn who_may_not_any_more_stops_watching(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        let path = "/api/v1/units/c1/live?view=board";
        let an = Visitor::with_role(&house, "an@c1", Role::Viewer, "c1").await;
        let ba = Visitor::with_role(&house, "ba@c1", Role::Viewer, "c1").await;
        let cookie = |visitor: &Visitor<'_>| format!("hailong={}", visitor.session());
        let key = make_key(store, "k", (Role::Viewer, "c1"), None, &house.by()).await.unwrap();
        let bearer = format!("Bearer {key}");
        let mut by_an = Watching::with(&house, path, ("cookie", &cookie(&an))).await;
        let mut by_ba = Watching::with(&house, path, ("cookie", &cookie(&ba))).await;
        let mut by_key = Watching::with(&house, path, ("authorization", &bearer)).await;
        for watching in [&mut by_an, &mut by_ba, &mut by_key] {
            assert!(watching.next().await.is_some());
        }
        let an = store.account_of("an@c1").await.unwrap().unwrap();
        let unit = house.service.organisation().unit("c1").unwrap().key;
        store.remove_grant(an, Grant { role: Role::Viewer, unit }, &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        assert_eq!(by_an.next().await, None);
        let [key] = &store.keys().await.unwrap()[..] else { panic!("one key") };
        store.revoke_key(key.id, &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        assert_eq!(by_key.next().await, None);
        // The other one still watches, until signed out.
        house.answer_all(&house.points[0], 5, 4).await;
        assert!(by_ba.next().await.is_some());
        let ba = store.account_of("ba@c1").await.unwrap().unwrap();
        store.end_sessions(ba, &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        while by_ba.next().await.is_some() {}
    }
}

/// Stands between a server and its database, and can be cut.
struct Wire {
    url: String,
    cut: tokio::sync::watch::Sender<CancellationToken>,
}

impl Wire {
    async fn to(url: &str) -> Self {
        let (start, name) = url.rsplit_once('/').unwrap();
        let (user, there) = start.split_once('@').unwrap();
        let there = there.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{user}@{}/{name}", listener.local_addr().unwrap());
        let (cut, state) = tokio::sync::watch::channel(CancellationToken::new());
        tokio::spawn(async move {
            while let Ok((mut here, _)) = listener.accept().await {
                let state = state.borrow().clone();
                let there = there.clone();
                tokio::spawn(async move {
                    if state.is_cancelled() {
                        return;
                    }
                    let Ok(mut there) = TcpStream::connect(there).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut here, &mut there) => {}
                        () = state.cancelled() => {}
                    }
                });
            }
        });
        Self { url, cut }
    }

    fn cut(&self) {
        self.cut.borrow().cancel();
    }

    fn mend(&self) {
        self.cut.send_replace(CancellationToken::new());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_database_was_out_of_reach_catches_up() {
    let house = House::new(Engine::Postgres).await;
    let points = house.points.clone();
    let database = house.close().await;
    let wire = Wire::to(&database.url).await;
    let (a, b) = (Program::serve(&database.url).await, Program::serve(&wire.url).await);
    let mut watching = Watching::program(b.address, "/api/v1/units/p/live").await;
    watching.until(0).await;
    answer(a.address, &points[0]).await;
    watching.until(1).await;
    wire.cut();
    answer(a.address, &points[0]).await;
    answer(a.address, &points[3]).await;
    wire.mend();
    // What was committed in between is shown, on the stream that was open all the time.
    watching.until(3).await;
    answer(b.address, &points[3]).await;
    tokio::time::timeout(PROMPT, watching.until(4)).await.expect("it hears again");
    assert_eq!((a.stop().await, b.stop().await), (Some(0), Some(0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_board_of_the_server_that_stays_is_right_when_the_other_is_killed() {
    let house = House::new(Engine::Postgres).await;
    let points = house.points.clone();
    let database = house.close().await;
    let (a, b) = (Program::serve(&database.url).await, Program::serve(&database.url).await);
    let mut watching = Watching::program(b.address, "/api/v1/units/p/live").await;
    let mut callers = JoinSet::new();
    for n in 0..10 {
        let (address, point) =
            (if n % 2 == 0 { a.address } else { b.address }, points[n % 5].clone());
        callers.spawn(async move {
            let mut acknowledged = vec![];
            let mut caller = Caller::new(address).await.unwrap();
            let path = format!("/api/v1/points/{point}/responses");
            for _ in 0..60 {
                let id = Uuid::new_v4();
                let body = json!({"id": id, "answers": {"A1": 5, "B2": 3, "C1": 4}}).to_string();
                match caller.ask("POST", &path, "application/json", body).await {
                    Some((201, _)) => acknowledged.push(id),
                    Some((status, body)) => panic!("{status} {body}"),
                    None => break,
                }
            }
            acknowledged
        });
    }
    // In the middle of it.
    loop {
        let event = watching.next().await.unwrap();
        if event["today"]["responses"].as_u64().unwrap() >= 40 {
            break;
        }
    }
    a.kill().await;
    let mut acknowledged: Vec<Uuid> = vec![];
    while let Some(told) = callers.join_next().await {
        acknowledged.extend(told.unwrap());
    }
    assert!(acknowledged.len() >= 300, "the other server went on: {}", acknowledged.len());
    let days = ["--from", "2000-01-01", "--to", "2100-01-01", "--format", "jsonl"];
    let (code, out, err) =
        run(&database.url, &[&["export", "responses"][..], &days].concat()).await;
    assert_eq!(code, 0, "{err}");
    for id in &acknowledged {
        assert!(out.contains(&id.to_string()), "{id} was acknowledged and is gone");
    }
    watching.until(out.lines().count() as u64).await;
    let (code, out, err) = run(&database.url, &["reconcile"]).await;
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(b.stop().await, Some(0));
}
