//! Reliability reads single responses: how fast and in how much memory, against a bare loop over the
//! same columns, per database.

use std::process::Stdio;
use std::time::Instant;

use anyhow::Context;
use clap::{Args, ValueEnum};
use domain::questionnaire::Rule;
use domain::statistics::reliability::Responses;
use futures_util::TryStreamExt;
use serde_json::{Value, json};
use server::clock::Clock;
use server::run::Base;

use crate::Bench;
use crate::sample::{Sample, TOP};
use crate::table::{Bound, median, number};

/// Of the bare loop.
const SPEED: f64 = 50.0;
/// Megabytes.
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
    /// Alpha and correlations of all items and components.
    Reliability,
}

/// Reads all responses once; prints how fast, and the memory of the process.
pub(crate) async fn read(order: Order) -> anyhow::Result<()> {
    let (rows, seconds) = match order.how {
        How::Bare => bare(&order.database).await?,
        How::Reliability => reliability(&order.database).await?,
    };
    tell(rows, seconds)
}

/// Prints what [`told`] reads: rows, rows a second, and the most memory of this process.
pub(crate) fn tell(rows: u64, seconds: f64) -> anyhow::Result<()> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let most = most.and_then(|line| line.split_whitespace().next()).context("no memory figure")?;
    let memory = most.parse::<f64>()? * 1024.0 / 1e6;
    println!("{}", json!({"rows": rows, "rate": rows as f64 / seconds, "memory": memory}));
    Ok(())
}

async fn bare(url: &str) -> anyhow::Result<(u64, f64)> {
    const QUERY: &str = "select form, answers from response";
    let (mut rows, mut bytes) = (0, 0usize);
    let mut touch = |(form, answers): (Option<i16>, Vec<u8>)| {
        rows += 1;
        bytes += answers.len() + usize::from(form.is_some());
    };
    let start;
    if url.starts_with("sqlite") {
        let pool = sqlx::SqlitePool::connect(url).await?;
        start = Instant::now();
        let mut all = sqlx::query_as(QUERY).fetch(&pool);
        while let Some(row) = all.try_next().await? {
            touch(row);
        }
    } else {
        let pool = sqlx::PgPool::connect(url).await?;
        start = Instant::now();
        let mut all = sqlx::query_as(QUERY).fetch(&pool);
        while let Some(row) = all.try_next().await? {
            touch(row);
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    anyhow::ensure!(bytes > 0, "nothing was read");
    Ok((rows, seconds))
}

async fn reliability(url: &str) -> anyhow::Result<(u64, f64)> {
    let base = Base::open(url, Clock::system()?).await?;
    let (_, organisation) = base.store.organisation().await?;
    let units = organisation.subtree(organisation.unit(TOP).context("no unit")?.key);
    let today = base.clock.today();
    let instrument = base.instruments.on(today).context("no questionnaire")?;
    let first = domain::day::from_number(domain::day::number(today) - 4000);
    let start = Instant::now();
    let mut responses = Responses::new(instrument, Rule::Top2);
    let add = |form, packed: &[u8]| responses.add(form, packed);
    base.store.each_answers((first, today), instrument.key, &units, add).await?;
    let found = responses.reliability();
    let seconds = start.elapsed().as_secs_f64();
    base.store.close().await;
    anyhow::ensure!(found.between.alpha.is_some(), "no alpha");
    Ok((found.responses, seconds))
}

/// Both in turns, on both databases.
pub(crate) async fn reading(bench: &mut Bench) -> anyhow::Result<()> {
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
            bench.table.note("reliability, PostgreSQL", "no server: use `make bench`");
            Ok(())
        }
    }
}

async fn measure(bench: &mut Bench, engine: &str, url: &str) -> anyhow::Result<()> {
    let rounds = bench.sizes.rounds.max(3);
    let beside = Beside::measure("read", url, "reliability", rounds).await?;
    let name = format!("reliability from {} responses, {engine}", number(beside.rows));
    beside.judge(bench, &name, SPEED, (&format!("memory of that, {engine}"), MEMORY));
    Ok(())
}

/// A way of reading all responses, measured in turns with a bare loop over the same columns.
pub(crate) struct Beside {
    pub(crate) rows: f64,
    /// Rows a second, in per cent of the bare loop.
    share: f64,
    rate: f64,
    /// Megabytes, at the most.
    memory: f64,
}

impl Beside {
    /// Each reading in a process of its own.
    pub(crate) async fn measure(
        role: &str,
        url: &str,
        how: &str,
        rounds: usize,
    ) -> anyhow::Result<Self> {
        let (mut shares, mut rates, mut memory) = (vec![], vec![], 0.0f64);
        let mut rows = 0.0;
        for _ in 0..rounds {
            let bare = told(role, url, "bare").await?;
            let mine = told(role, url, how).await?;
            let number = |value: &Value, name: &str| value[name].as_f64().unwrap_or(f64::NAN);
            anyhow::ensure!(number(&bare, "rows") == number(&mine, "rows"), "rows were left out");
            shares.push(100.0 * number(&mine, "rate") / number(&bare, "rate"));
            rates.push(number(&mine, "rate"));
            memory = memory.max(number(&mine, "memory"));
            rows = number(&mine, "rows");
        }
        Ok(Self { rows, share: median(shares), rate: median(rates), memory })
    }

    /// Two rows of the table.
    pub(crate) fn judge(
        &self,
        bench: &mut Bench,
        name: &str,
        least: f64,
        (of_memory, most): (&str, f64),
    ) {
        let beside = format!("{} rows/s", number(self.rate));
        bench.table.judge(name, Bound::AtLeast(least), self.share, "% of bare", &beside);
        let beside = "the whole process";
        bench.table.judge(of_memory, Bound::AtMost(most), self.memory, "MB", beside);
    }
}

async fn told(role: &str, url: &str, how: &str) -> anyhow::Result<Value> {
    let output = tokio::process::Command::new(std::env::current_exe()?)
        .args([role, "--database", url, "--how", how])
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .output()
        .await?;
    anyhow::ensure!(output.status.success(), "the reading failed");
    Ok(serde_json::from_slice(&output.stdout)?)
}
