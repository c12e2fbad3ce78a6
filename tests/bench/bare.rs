//! What everything is measured against: an axum handler that does nothing but what cannot be left
//! out. It commits a row of the same size in groups, with the same database settings and the same
//! durability, and answers after the commit; and it returns the bytes of a page.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use clap::Args;
use sqlx::QueryBuilder;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// Bytes of a row beside its id.
const ROW: usize = 60;
/// Rows of one transaction at most, as in the service.
const BATCH: usize = 512;
/// Rows that may wait, as in the service.
const QUEUE: usize = 8192;

/// What the process is told.
#[derive(Clone, Debug, Args)]
pub(crate) struct Order {
    /// Database to write to
    #[arg(long)]
    database: PathBuf,
    /// Body of the page to show, compressed with brotli
    #[arg(long)]
    page: Option<PathBuf>,
}

/// A row: the id and as many bytes as a response has.
pub(crate) type Row = (Uuid, [u8; ROW]);

struct Job {
    row: Row,
    caller: oneshot::Sender<bool>,
}

#[derive(Clone)]
struct Bare {
    queue: mpsc::Sender<Job>,
    page: Bytes,
}

/// Serves until it is asked to stop; prints its address.
pub(crate) async fn serve(order: Order) -> anyhow::Result<()> {
    let page = match &order.page {
        Some(path) => std::fs::read(path)?.into(),
        None => Bytes::new(),
    };
    let pool = open(&order.database).await?;
    let (queue, jobs) = mpsc::channel(QUEUE);
    let writer = tokio::spawn(write(pool.clone(), jobs));
    let router = Router::new()
        .route("/s/{code}", get(show).post(send))
        .route("/api/v1/points/{code}/responses", post(send_json))
        .route("/readyz", get(async || "ok\n"))
        .with_state(Bare { queue, page });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, router).with_graceful_shutdown(server::run::asked_to_stop()).await?;
    writer.await?;
    pool.close().await;
    Ok(())
}

/// Opens the database with the settings of the service.
pub(crate) async fn open(path: &std::path::Path) -> anyhow::Result<SqlitePool> {
    let url = format!("sqlite://{}", path.display());
    let options = SqliteConnectOptions::from_str(&url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(30))
        .statement_cache_capacity(512)
        .foreign_keys(true);
    let pool = SqlitePoolOptions::new()
        .max_connections(8)
        .min_connections(1)
        .connect_with(options)
        .await?;
    sqlx::query(
        "create table bare (id blob primary key not null, row blob not null) without rowid",
    )
    .execute(&pool)
    .await?;
    Ok(pool)
}

/// Commits rows in one transaction.
pub(crate) async fn commit(pool: &SqlitePool, rows: &[Row]) -> sqlx::Result<()> {
    let mut tx = pool.begin_with("begin immediate").await?;
    let mut query = QueryBuilder::<sqlx::Sqlite>::new("insert into bare (id, row) ");
    query.push_values(rows, |mut values, (id, row)| {
        values.push_bind(*id).push_bind(row.to_vec());
    });
    query.build().execute(&mut *tx).await?;
    tx.commit().await
}

async fn write(pool: SqlitePool, mut jobs: mpsc::Receiver<Job>) {
    let mut waiting = Vec::with_capacity(BATCH);
    while jobs.recv_many(&mut waiting, BATCH).await > 0 {
        let (rows, callers): (Vec<_>, Vec<_>) =
            waiting.drain(..).map(|job| (job.row, job.caller)).unzip();
        let done = commit(&pool, &rows).await.is_ok();
        for caller in callers {
            let _ = caller.send(done);
        }
    }
}

async fn show(State(bare): State<Bare>, Path(_): Path<String>) -> Response {
    let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8");
    ([kind, (header::CONTENT_ENCODING, "br")], bare.page).into_response()
}

async fn send(State(bare): State<Bare>, Path(code): Path<String>, body: Bytes) -> Response {
    match take(&bare, &body, "id=".len()).await {
        Some(_) => (StatusCode::SEE_OTHER, [(header::LOCATION, format!("/s/{code}/thanks"))])
            .into_response(),
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn send_json(State(bare): State<Bare>, Path(code): Path<String>, body: Bytes) -> Response {
    match take(&bare, &body, r#"{"id":""#.len()).await {
        Some(id) => {
            let body = format!(r#"{{"day":"0000-00-00","id":"{id}","point":"{code}"}}"#);
            (StatusCode::CREATED, [(header::CONTENT_TYPE, "application/json")], body)
                .into_response()
        }
        None => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn take(bare: &Bare, body: &[u8], start: usize) -> Option<Uuid> {
    let id = Uuid::try_parse_ascii(body.get(start..start + 36)?).ok()?;
    let row = body.first_chunk::<ROW>()?;
    let (caller, answer) = oneshot::channel();
    bare.queue.try_send(Job { row: (id, *row), caller }).ok()?;
    answer.await.ok().filter(|done| *done).map(|_| id)
}

/// How many rows the database holds.
pub(crate) async fn count(path: &std::path::Path) -> anyhow::Result<u64> {
    let options = SqliteConnectOptions::new().filename(path);
    let pool = SqlitePool::connect_with(options).await?;
    let rows: i64 = sqlx::query_scalar("select count(*) from bare").fetch_one(&pool).await?;
    pool.close().await;
    u64::try_from(rows).context("a negative count")
}
