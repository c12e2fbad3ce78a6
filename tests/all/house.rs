//! A house for each test: a database of its own, the service on it, and its doors.
//!
//! PostgreSQL is a real server, started once a run by `tests/postgres.sh`, which names it in
//! `HAILONG_TEST_POSTGRES`.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use domain::unit::{Channel, Kind};
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::{Value, json};
use server::clock::Clock;
use server::ingest::{Ingest, Load, QUEUE, Writer};
use server::run::Base;
use server::service::Service;
use server::store::{By, NewPoint, NewUnit};
use server::web::Proxies;
use tokio::task::JoinHandle;
use tower::ServiceExt;
use uuid::Uuid;

/// Makes two tests of one: on SQLite and on PostgreSQL.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: Engine) $body:block)*) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn test($db: crate::house::Engine) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                test(crate::house::Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                test(crate::house::Engine::Postgres).await;
            }
        }
    )*};
}
pub(crate) use both;

/// Which database.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// A fresh, empty database, gone with the test.
pub(crate) struct Database {
    pub(crate) url: String,
    _folder: tempfile::TempDir,
}

impl Database {
    pub(crate) async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}/test.db", folder.path().display()),
            Engine::Postgres => fresh_postgres().await,
        };
        Self { url, _folder: folder }
    }

    /// SQL by a way around the program; how many rows it changed.
    pub(crate) async fn tamper(&self, sql: &'static str) -> sqlx::Result<u64> {
        if self.url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(&self.url).await?;
            Ok(sqlx::raw_sql(sql).execute(&pool).await?.rows_affected())
        } else {
            let pool = sqlx::PgPool::connect(&self.url).await?;
            Ok(sqlx::raw_sql(sql).execute(&pool).await?.rows_affected())
        }
    }
}

async fn fresh_postgres() -> String {
    let server = std::env::var("HAILONG_TEST_POSTGRES").expect(
        "PostgreSQL for tests is not running: use `make test`, or `tests/postgres.sh cargo test`",
    );
    let name = format!("t_{}", Uuid::new_v4().simple());
    let pool = sqlx::PgPool::connect(&server).await.unwrap();
    let mut create = sqlx::QueryBuilder::<sqlx::Postgres>::new("create database ");
    create.push(&name);
    create.build().execute(&pool).await.unwrap();
    pool.close().await;
    let (start, _) = server.rsplit_once('/').unwrap();
    format!("{start}/{name}")
}

/// A clock that a test can set.
#[derive(Clone)]
pub(crate) struct Hands(Arc<AtomicI64>);

impl Hands {
    fn at_noon() -> Self {
        let hands = Self(Arc::new(AtomicI64::new(0)));
        hands.set(NOON);
        hands
    }

    pub(crate) fn set(&self, moment: &str) {
        let moment: Timestamp = moment.parse().unwrap();
        self.0.store(moment.as_second(), Ordering::SeqCst);
    }

    fn clock(&self) -> Clock {
        let hands = self.0.clone();
        Clock::new(move || Timestamp::from_second(hands.load(Ordering::SeqCst)).unwrap()).unwrap()
    }
}

/// The moment at which every test begins: noon of 10 October 2026 in Viet Nam.
pub(crate) const NOON: &str = "2026-10-10T05:00:00Z";

/// A service with a small organisation: one province, two communes with a centre each, five points.
pub(crate) struct House {
    pub(crate) service: Arc<Service>,
    pub(crate) base: Base,
    pub(crate) database: Database,
    pub(crate) hands: Hands,
    pub(crate) router: Router,
    /// Codes of the points: three of the first centre, two of the second.
    pub(crate) points: Vec<String>,
    writer: Mutex<Option<Writer>>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl House {
    pub(crate) async fn new(engine: Engine) -> Self {
        Self::with_room(engine, QUEUE).await
    }

    /// A house whose queue holds `room` responses.
    pub(crate) async fn with_room(engine: Engine, room: usize) -> Self {
        let (database, hands) = (Database::new(engine).await, Hands::at_noon());
        let base = Base::open(&database.url, hands.clock()).await.unwrap();
        let by = By::command(base.clock.now());
        base.store.upsert_units(&units(), &by).await.unwrap();
        let points: Vec<NewPoint> = (0..5).map(point).collect();
        base.store.upsert_points(&points, &by).await.unwrap();
        let points = points.into_iter().map(|point| point.code).collect();
        Self::start(database, (hands, base), room, points).await
    }

    /// A house on what a database holds, which may be nothing.
    pub(crate) async fn on(database: Database) -> Self {
        let hands = Hands::at_noon();
        let base = Base::open(&database.url, hands.clock()).await.unwrap();
        Self::start(database, (hands, base), QUEUE, vec![]).await
    }

    async fn start(
        database: Database,
        (hands, base): (Hands, Base),
        room: usize,
        points: Vec<String>,
    ) -> Self {
        let (ingest, writer) =
            Ingest::start(base.store.clone(), base.instruments.clone(), base.clock.clone(), room);
        let service =
            Service::new(base.store.clone(), base.instruments.clone(), ingest, base.clock.clone());
        let service = service.await.unwrap();
        let router = server::web::router(service.clone(), "https://hailong.example", Proxies(0));
        let writer = Mutex::new(Some(writer));
        Self { service, base, database, hands, router, points, writer }
    }

    /// Somebody at the command line, now.
    pub(crate) fn by(&self) -> By {
        By::command(self.base.clock.now())
    }

    /// Sends a request as a local person would.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Posts a form.
    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        let request = request("POST", path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body.to_owned()));
        self.ask(request.unwrap()).await
    }

    /// Posts JSON to a point.
    pub(crate) async fn send(&self, point: &str, body: &Value) -> Answer {
        let request = request("POST", &format!("/api/v1/points/{point}/responses"))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()));
        self.ask(request.unwrap()).await
    }

    /// Sends `n` responses in which every service item has the same answer.
    pub(crate) async fn answer_all(&self, point: &str, n: usize, score: u8) {
        for _ in 0..n {
            let answer = self.send(point, &full(score)).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        }
    }

    /// The index document of a unit.
    pub(crate) async fn index(&self, unit: &str, query: &str) -> Value {
        let answer = self.get(&format!("/api/v1/units/{unit}/index{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.json()
    }

    /// Everything that `reconcile` finds.
    pub(crate) async fn differences(&self) -> Vec<String> {
        let (_, organisation) = self.base.store.organisation().await.unwrap();
        let found = server::service::reconcile::reconcile(
            &self.base.store,
            &self.base.instruments,
            &organisation,
        );
        found.await.unwrap().differences
    }

    /// Lets go of the service and waits until the writer has emptied its queue.
    pub(crate) async fn close(self) -> Database {
        let writer = self.writer.lock().unwrap().take();
        drop(self.router);
        drop(self.service);
        writer.unwrap().finish().await;
        self.base.store.close().await;
        self.database
    }
}

/// A request from the machine itself.
pub(crate) fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header("host", "127.0.0.1:3000")
}

/// A response to all sixteen service items.
pub(crate) fn full(score: u8) -> Value {
    let answers: serde_json::Map<String, Value> =
        SERVICE.iter().map(|code| ((*code).to_owned(), json!(score))).collect();
    json!({"id": Uuid::new_v4(), "answers": answers})
}

pub(crate) const SERVICE: [&str; 16] = [
    "A1", "A2", "A3", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "D1", "D2", "D3", "E1", "E2", "E3",
];

fn units() -> Vec<NewUnit> {
    let unit = |code: &str, parent: Option<&str>, kind, name: &str| NewUnit {
        code: code.to_owned(),
        parent: parent.map(str::to_owned),
        kind,
        name: name.to_owned(),
        valid_from: None,
        valid_to: None,
        predecessors: vec![],
        public: None,
    };
    vec![
        unit("p", None, Kind::Province, "Tỉnh Thử Nghiệm"),
        unit("c1", Some("p"), Kind::Commune, "Xã Một"),
        unit("c2", Some("p"), Kind::Commune, "Xã Hai"),
        unit("t1", Some("c1"), Kind::Centre, "Trung tâm Phục vụ hành chính công xã Một"),
        unit("t2", Some("c2"), Kind::Centre, "Trung tâm Phục vụ hành chính công xã Hai"),
    ]
}

fn point(number: u64) -> NewPoint {
    NewPoint {
        code: domain::code::make(number + 1),
        unit: if number < 3 { "t1" } else { "t2" }.to_owned(),
        name: format!("Quầy {}", number + 1),
        channel: if number == 2 { Channel::Kiosk } else { Channel::Qr },
        open_from: None,
        open_to: None,
    }
}

/// Holds the lock that every writing transaction takes first; the returned future lets go of it.
pub(crate) async fn hold(house: &House) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
    let url = house.database.url.clone();
    if url.starts_with("sqlite") {
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        let transaction = pool.begin_with("begin immediate").await.unwrap();
        Box::pin(async move { transaction.rollback().await.unwrap() })
    } else {
        let pool = sqlx::PgPool::connect(&url).await.unwrap();
        let mut transaction = pool.begin().await.unwrap();
        sqlx::query("update change set number = number where kind = 'answers'")
            .execute(&mut *transaction)
            .await
            .unwrap();
        Box::pin(async move { transaction.rollback().await.unwrap() })
    }
}

impl House {
    /// Returns when exactly so many responses wait in the queue, and so many are not answered.
    pub(crate) async fn until(&self, queued: usize, unanswered: usize) {
        while self.service.load() != (Load { queued, unanswered }) {
            tokio::task::yield_now().await;
        }
    }

    /// Sends a full response from a task of its own.
    pub(crate) fn send_aside(&self, point: usize) -> JoinHandle<StatusCode> {
        let (router, point) = (self.router.clone(), self.points[point].clone());
        tokio::spawn(async move {
            let request = request("POST", &format!("/api/v1/points/{point}/responses"))
                .header("content-type", "application/json")
                .body(Body::from(full(5).to_string()))
                .unwrap();
            router.oneshot(request).await.unwrap().status()
        })
    }
}
