//! Who is slow at a door: cut off where nothing comes, let be where something goes on.

use std::time::Duration;

use domain::access::Role;
use server::service::access::make_key;
use server::web::{Limits, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use crate::house::{House, both, full};
use crate::program::Program;

/// Longer than anything here may take.
const ENOUGH: Duration = Duration::from_secs(20);
/// The shortest of the limits, and how long the others are.
const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(60);

fn limits() -> Limits {
    Limits { head: LONG, body: LONG, take: LONG, connections: 100 }
}

/// A house behind a real listener.
struct Served {
    house: House,
    address: std::net::SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Served {
    async fn new(engine: crate::house::Engine, limits: Limits) -> Self {
        let house = House::new(engine).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let task = tokio::spawn(serve(listener, house.router.clone(), limits, stop.clone()));
        Self { house, address, stop, task }
    }

    async fn open(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Stops, and waits until every connection has ended.
    async fn end(self) {
        self.stop.cancel();
        timeout(ENOUGH, self.task).await.unwrap().unwrap().unwrap();
    }

    fn head_of_post(&self, length: usize) -> String {
        let point = &self.house.points[0];
        format!(
            "POST /api/v1/points/{point}/responses HTTP/1.1\r\nhost: 127.0.0.1\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        )
    }
}

const PING: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";

/// Reads one small answer.
async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 8192];
    let read = timeout(ENOUGH, stream.read(&mut bytes)).await.unwrap().unwrap();
    String::from_utf8_lossy(&bytes[..read]).into_owned()
}

/// Reads to the end of the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = vec![];
    // A connection that is reset has ended as well.
    let _ = timeout(ENOUGH, stream.read_to_end(&mut bytes)).await.unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends byte after byte, as soon as the one before has gone, until the other side hangs up.
async fn dribble(stream: &mut TcpStream, bytes: &[u8], pause: Duration) {
    let (mut read, mut write) = stream.split();
    let mut nothing = [0];
    for byte in bytes.iter().cycle() {
        tokio::select! {
            ended = read.read(&mut nothing) => {
                let _ = ended;
                return;
            }
            () = tokio::time::sleep(pause) => {}
        }
        if write.write_all(&[*byte]).await.is_err() {
            return;
        }
    }
}

both! {
    async fn a_head_that_dribbles_in_is_cut_off(engine: Engine) {
        let served = Served::new(engine, Limits { head: SHORT, ..limits() }).await;
        let mut slow = served.open().await;
        slow.write_all(b"GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ").await.unwrap();
        let began = Instant::now();
        timeout(ENOUGH, dribble(&mut slow, b"x", SHORT / 10)).await.unwrap();
        assert!(began.elapsed() >= SHORT / 2, "not at once");
        assert_eq!(rest(&mut slow).await, "", "and without an answer");
        // So is one who says nothing at all, and one who rests for too long after a request.
        let mut silent = served.open().await;
        assert_eq!(rest(&mut silent).await, "");
        let mut resting = served.open().await;
        for _ in 0..3 {
            resting.write_all(PING).await.unwrap();
            assert!(answer(&mut resting).await.starts_with("HTTP/1.1 200"));
        }
        assert_eq!(rest(&mut resting).await, "");
        served.end().await;
    }

    async fn a_body_that_dribbles_in_is_told_so_and_cut_off(engine: Engine) {
        let served = Served::new(engine, Limits { body: SHORT, ..limits() }).await;
        let mut slow = served.open().await;
        slow.write_all(served.head_of_post(5000).as_bytes()).await.unwrap();
        // Each byte is in time, the whole is not.
        let (mut read, mut write) = slow.into_split();
        let sending = tokio::spawn(async move {
            while write.write_all(b" ").await.is_ok() {
                tokio::time::sleep(SHORT / 10).await;
            }
        });
        let mut said = String::new();
        timeout(ENOUGH, read.read_to_string(&mut said)).await.unwrap().unwrap();
        assert!(said.starts_with("HTTP/1.1 408"), "{said}");
        assert!(said.to_ascii_lowercase().contains("connection: close"), "{said}");
        assert!(said.contains("application/problem+json"), "{said}");
        timeout(ENOUGH, sending).await.unwrap().unwrap();
        // A body in two pieces is no trouble.
        let body = full(5).to_string();
        let (one, two) = body.split_at(40);
        let mut quick = served.open().await;
        quick.write_all(served.head_of_post(body.len()).as_bytes()).await.unwrap();
        quick.write_all(one.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
        quick.write_all(two.as_bytes()).await.unwrap();
        assert!(answer(&mut quick).await.starts_with("HTTP/1.1 201"));
        assert_eq!(served.house.base.store.count_responses().await.unwrap(), 1);
        drop(quick);
        served.end().await;
    }

    async fn heads_and_bodies_have_a_largest_size(engine: Engine) {
        let served = Served::new(engine, limits()).await;
        let long = "x".repeat(40 << 10);
        let mut one = served.open().await;
        let head = format!("GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\nx: {long}\r\n\r\n");
        let _ = one.write_all(head.as_bytes()).await;
        assert!(rest(&mut one).await.starts_with("HTTP/1.1 431"));
        // Said beforehand, a body that is too large is not waited for.
        let mut two = served.open().await;
        two.write_all(served.head_of_post(1 << 30).as_bytes()).await.unwrap();
        assert!(answer(&mut two).await.starts_with("HTTP/1.1 413"));
        // In pieces of which nobody knows how many come, it is read up to the limit.
        let mut three = served.open().await;
        let head = served.head_of_post(0).replace("content-length: 0", "transfer-encoding: chunked");
        three.write_all(head.as_bytes()).await.unwrap();
        let piece = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
        for _ in 0..17 {
            let _ = three.write_all(piece.as_bytes()).await;
        }
        assert!(answer(&mut three).await.starts_with("HTTP/1.1 413"));
        drop((one, two, three));
        served.end().await;
    }

    async fn events_go_on_beyond_every_limit(engine: Engine) {
        let all = Limits { head: SHORT, body: SHORT, take: SHORT, connections: 100 };
        let served = Served::new(engine, all).await;
        let mut watcher = served.open().await;
        watcher.write_all(b"GET /api/v1/units/p/live HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n").await.unwrap();
        let mut seen = String::new();
        while !seen.contains("event: index") {
            seen.push_str(&answer(&mut watcher).await);
        }
        tokio::time::sleep(SHORT * 3).await;
        served.house.answer_all(&served.house.points[0], 1, 5).await;
        let mut more = String::new();
        while !more.contains("\"responses\":1") {
            let read = answer(&mut watcher).await;
            assert!(!read.is_empty(), "cut off after {more}");
            more.push_str(&read);
        }
        // They end with the service.
        served.house.service.stop().cancel();
        rest(&mut watcher).await;
        served.end().await;
    }

    async fn who_takes_nothing_of_a_long_answer_is_given_up(engine: Engine) {
        let served = Served::new(engine, Limits { take: SHORT, connections: 1, ..limits() }).await;
        let mut deaf = served.open().await;
        // More answers than the buffers of both sides hold.
        let (mut read, mut write) = deaf.split();
        let flood = async {
            let page = format!("GET /s/{}?form=full HTTP/1.1\r\nhost: h\r\n\r\n", served.house.points[0]);
            while write.write_all(page.as_bytes()).await.is_ok() {}
        };
        timeout(ENOUGH, flood).await.expect("the other side hangs up");
        let _ = read.read(&mut [0]).await;
        // It held the only place, which is free again.
        let mut next = served.open().await;
        next.write_all(PING).await.unwrap();
        assert!(answer(&mut next).await.starts_with("HTTP/1.1 200"));
        drop(next);
        served.end().await;
    }

    async fn connections_beyond_the_limit_wait_for_a_place(engine: Engine) {
        let served = Served::new(engine, Limits { connections: 2, ..limits() }).await;
        let mut first = [served.open().await, served.open().await];
        for one in &mut first {
            one.write_all(PING).await.unwrap();
            assert!(answer(one).await.starts_with("HTTP/1.1 200"));
        }
        let mut third = served.open().await;
        third.write_all(PING).await.unwrap();
        assert!(timeout(SHORT, third.read(&mut [0])).await.is_err(), "it waits");
        drop(first);
        assert!(answer(&mut third).await.starts_with("HTTP/1.1 200"));
        drop(third);
        served.end().await;
    }

    async fn more_connections_are_taken_than_files_were_given_at_first(engine: Engine) {
        let house = House::new(engine).await;
        let program = Program::serve_with_files(&house.database.url, 64).await;
        let mut open = vec![];
        for _ in 0..100 {
            let mut one = TcpStream::connect(program.address).await.unwrap();
            one.write_all(PING).await.unwrap();
            assert!(answer(&mut one).await.starts_with("HTTP/1.1 200"));
            open.push(one);
        }
        drop(open);
        assert_eq!(program.stop().await, Some(0));
    }

    async fn what_is_under_way_is_answered_before_the_end(engine: Engine) {
        let served = Served::new(engine, limits()).await;
        let body = full(4).to_string();
        let mut one = served.open().await;
        one.write_all(served.head_of_post(body.len()).as_bytes()).await.unwrap();
        // The request is there, and waits for its body.
        one.write_all(&body.as_bytes()[..10]).await.unwrap();
        let mut idle = served.open().await;
        idle.write_all(PING).await.unwrap();
        assert!(answer(&mut idle).await.starts_with("HTTP/1.1 200"));
        served.stop.cancel();
        assert_eq!(rest(&mut idle).await, "");
        one.write_all(&body.as_bytes()[10..]).await.unwrap();
        assert!(rest(&mut one).await.starts_with("HTTP/1.1 201"));
        served.end().await;
    }
}

/// A network is asked to wait by its own failures alone, as a trusted proxy names it.
mod networks {
    use axum::body::Body;
    use axum::extract::ConnectInfo;
    use axum::http::{Request, StatusCode};
    use server::web::{Proxies, router};
    use std::net::SocketAddr;
    use tower::ServiceExt;

    use super::*;
    use crate::visitor::{PASSWORD, add, form};

    both! {
        async fn one_network_that_tries_many_names_waits_alone(engine: Engine) {
            let house = House::new(engine).await;
            add(&house, "an@tayson", Role::Viewer, "p").await;
            let key = make_key(&house.base.store, "k", (Role::Viewer, "p"), None, &house.by()).await.unwrap();
            house.service.look().await.unwrap();
            let doors = router(house.service.clone(), "https://hailong.example", Proxies(1));
            let try_in = async |forwarded: &str, name: &str, password: &str, cookie: &str| {
                let peer: SocketAddr = "10.0.0.9:4711".parse().unwrap();
                let request = Request::post("/sign-in")
                    .header("host", "hailong.example")
                    .header("origin", "https://hailong.example")
                    .header("cookie", cookie)
                    .header("x-forwarded-for", forwarded)
                    .header("x-forwarded-proto", "https")
                    .header("content-type", "application/x-www-form-urlencoded")
                    .extension(ConnectInfo(peer))
                    .body(Body::from(form(&[("name", name), ("password", password)])));
                doors.clone().oneshot(request.unwrap()).await.unwrap()
            };
            // People who sign in do not use up what their network may fail.
            let mut device = String::new();
            for _ in 0..3 {
                let entered = try_in("203.0.113.7", "an@tayson", PASSWORD, "").await;
                assert_eq!(entered.status(), StatusCode::SEE_OTHER);
                let cookies = entered.headers().get_all("set-cookie").iter();
                let lines = cookies.map(|line| line.to_str().unwrap());
                device = lines.filter(|line| line.starts_with("__Host-hailong-device")).collect();
            }
            let device = device.split(';').next().unwrap().to_owned();
            for n in 0..100 {
                let forged = format!("198.51.100.{n}, 203.0.113.7");
                let answer = try_in(&forged, &format!("không-có-{n}"), "sai hoàn toàn", "").await;
                assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{n}");
            }
            let refused = try_in("198.51.100.200, 203.0.113.7", "một-tên-khác", "sai hoàn toàn", "").await;
            assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(refused.headers()["retry-after"], "6");
            assert_eq!(try_in("203.0.113.7", "an@tayson", PASSWORD, "").await.status(), StatusCode::TOO_MANY_REQUESTS);
            // A browser that is known, and other networks, do not wait.
            assert_eq!(try_in("203.0.113.7", "an@tayson", PASSWORD, &device).await.status(), StatusCode::SEE_OTHER);
            assert_eq!(try_in("203.0.113.8", "an@tayson", PASSWORD, "").await.status(), StatusCode::SEE_OTHER);
            drop(key);
        }
    }
}
