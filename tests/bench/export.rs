//! The export of single responses as CSV: how fast and in how much memory, against a bare loop over the
//! same columns, per database.

use std::time::Instant;

use clap::{Args, ValueEnum};
use domain::day;
use futures_util::TryStreamExt;
use server::clock::Clock;
use server::export::csv::{self, Format};
use server::run::Base;

use crate::Bench;
use crate::reading::{Beside, tell};
use crate::sample::Sample;
use crate::table::number;

/// Of the bare loop.
const SPEED: f64 = 50.0;
/// Megabytes, whatever the number of responses.
const MEMORY: f64 = 64.0;

/// What the process is told.
#[derive(Clone, Debug, Args)]
pub(crate) struct Order {
    #[arg(long)]
    database: String,
    #[arg(long, value_enum)]
    how: How,
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum How {
    /// A loop that touches each row and no more.
    Bare,
    /// The file of `hailong export responses`.
    Csv,
}

/// Reads all responses once; prints how fast, and the memory of the process.
pub(crate) async fn read(order: Order) -> anyhow::Result<()> {
    let (rows, seconds) = match order.how {
        How::Bare => bare(&order.database).await?,
        How::Csv => file(&order.database).await?,
    };
    tell(rows, seconds)
}

/// The columns of the file, as the database keeps them.
type Row = (
    Vec<u8>,
    i32,
    i32,
    i16,
    Option<i16>,
    Option<String>,
    i16,
    Option<String>,
    Vec<u8>,
    Option<String>,
    bool,
);

async fn bare(url: &str) -> anyhow::Result<(u64, f64)> {
    const COLUMNS: &str = "r.point, r.day, r.questionnaire, r.stage, r.field, r.channel, c.text, \
         r.answers, r.agency, r.simulated from response r left join comment c on c.response = r.id";
    let (mut rows, mut bytes) = (0, 0usize);
    let mut touch = |row: Row| {
        rows += 1;
        bytes += row.0.len() + row.8.len() + row.7.map_or(0, |text| text.len());
    };
    let start;
    if url.starts_with("sqlite") {
        let pool = sqlx::SqlitePool::connect(url).await?;
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new("select r.id, ");
        start = Instant::now();
        let mut all = query.push(COLUMNS).build_query_as().fetch(&pool);
        while let Some(row) = all.try_next().await? {
            touch(row);
        }
    } else {
        let pool = sqlx::PgPool::connect(url).await?;
        let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new("select uuid_send(r.id), ");
        start = Instant::now();
        let mut all = query.push(COLUMNS).build_query_as().fetch(&pool);
        while let Some(row) = all.try_next().await? {
            touch(row);
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    anyhow::ensure!(bytes > 0, "nothing was read");
    Ok((rows, seconds))
}

async fn file(url: &str) -> anyhow::Result<(u64, f64)> {
    let base = Base::open(url, Clock::system()?).await?;
    let today = base.clock.today();
    let first = day::from_number(day::number(today) - 4000);
    let out = tempfile::tempfile()?;
    let start = Instant::now();
    let rows =
        csv::responses(&base.store, &base.instruments, (first, today), Format::Csv, out).await?;
    let seconds = start.elapsed().as_secs_f64();
    base.store.close().await;
    Ok((rows, seconds))
}

/// Both in turns, on both databases.
pub(crate) async fn export(bench: &mut Bench) -> anyhow::Result<()> {
    let url = bench.many().await?.url.clone();
    measure(bench, "SQLite", &url).await?;
    let size = bench.sizes.stream;
    match Sample::postgres(&size).await? {
        Some(sample) => {
            eprintln!("bench: importing {} responses into PostgreSQL", size.responses);
            sample.fill(&size).await?;
            measure(bench, "PostgreSQL", &sample.url).await
        }
        None => {
            bench.table.note("export, PostgreSQL", "no server: use `make bench`");
            Ok(())
        }
    }
}

async fn measure(bench: &mut Bench, engine: &str, url: &str) -> anyhow::Result<()> {
    let rounds = bench.sizes.rounds.max(3);
    let beside = Beside::measure("export", url, "csv", rounds).await?;
    let name = format!("export of {} responses as CSV, {engine}", number(beside.rows));
    beside.judge(bench, &name, SPEED, (&format!("memory of that, {engine}"), MEMORY));
    Ok(())
}
