//! The whole program on a large database: how soon it is ready, how much it needs on disk and in
//! memory.

use std::time::{Duration, Instant};

use server::clock::Clock;
use server::run::Base;

use crate::Bench;
use crate::boards::all_days;
use crate::http::{self, Connection};
use crate::load::{Door, run};
use crate::program::Program;
use crate::sample::TOP;
use crate::table::{Bound, median, number};

/// Milliseconds from the start to the first `/readyz` that says so.
const READY: f64 = 300.0;
/// Bytes a response on disk, with everything.
const BYTES: f64 = 150.0;
/// Megabytes of memory.
const MEMORY: f64 = 120.0;
/// Starts that are measured.
const STARTS: usize = 5;

/// From the start to ready.
pub(crate) async fn start(bench: &mut Bench) -> anyhow::Result<()> {
    let url = bench.many().await?.url.clone();
    let mut waits = vec![];
    for _ in 0..STARTS {
        let program = Program::serve(&bench.binary, &url).await?;
        waits.push(1e3 * program.ready.as_secs_f64());
        program.stop().await?;
    }
    let longest = waits.iter().copied().fold(0.0, f64::max);
    let beside = format!("the longest of {STARTS}: {} ms", number(longest));
    bench.table.judge("start to ready", Bound::AtMost(READY), median(waits), "ms", &beside);
    Ok(())
}

/// Bytes of the database file, its journal emptied into it.
pub(crate) async fn disk(bench: &mut Bench) -> anyhow::Result<()> {
    let sample = bench.many().await?;
    let base = Base::open(&sample.url, Clock::system()?).await?;
    base.store.settle().await?;
    let responses = base.store.count_responses().await? as f64;
    let bytes = std::fs::metadata(&sample.file)?.len() as f64;
    base.store.close().await;
    let beside = format!("{} MB, {} responses", number(bytes / 1e6), number(responses));
    bench.table.judge(
        "disk, SQLite",
        Bound::AtMost(BYTES),
        bytes / responses,
        "bytes a response",
        &beside,
    );
    Ok(())
}

/// Memory under answers, pages and boards at the same time.
pub(crate) async fn memory(bench: &mut Bench) -> anyhow::Result<()> {
    let sample = bench.many().await?;
    let (url, points) = (sample.url.clone(), sample.points.clone());
    let program = Program::serve(&bench.binary, &url).await?;
    // Long enough for the pages to be rendered and the answers to come in between.
    let time = 4 * bench.sizes.load;
    let end = Instant::now() + time;
    let boards = async {
        let days = all_days(&bench.sizes.many)?;
        let mut connection = Connection::open(program.address).await?;
        let mut seen = 0;
        while Instant::now() < end {
            let path = match seen % 3 {
                0 => format!("/boards/{TOP}"),
                1 => format!("/boards/{TOP}{days}"),
                _ => format!("/api/v1/units/{TOP}/index{days}"),
            };
            let answer = connection.ask(&http::get(&path)).await?;
            anyhow::ensure!(answer.status == 200, "{path} answered {}", answer.status);
            seen += 1;
        }
        Ok(seen)
    };
    let (answers, pages, boards) = tokio::try_join!(
        run(program.address, Door::Form, &points, Duration::ZERO, time),
        run(program.address, Door::Page, &points, Duration::ZERO, time),
        boards,
    )?;
    anyhow::ensure!(answers.wrong + pages.wrong == 0, "{answers:?} {pages:?}");
    let (most, now) = program.memory()?;
    let [answers, pages] = [answers, pages].map(|seen| number(seen.right as f64));
    let beside =
        format!("{} MB in the end; {answers} answers, {pages} pages, {boards} boards", number(now));
    bench.table.judge(
        "memory at the most, all at once",
        Bound::AtMost(MEMORY),
        most,
        "MB",
        &beside,
    );
    program.stop().await
}
