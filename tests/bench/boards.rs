//! Boards and `/index`: what they cost over many responses and over few, and over many points.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use domain::day;
use jiff::civil::Date;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use server::clock::Clock;

use crate::Bench;
use crate::http::{self, Connection};
use crate::load::{Door, templates};
use crate::program::Program;
use crate::sample::{Sample, Size, TOP};
use crate::table::{Bound, median, number};
use crate::timed::Timed;

/// What many responses may cost of what few cost.
const RATIO: f64 = 1.2;
/// Milliseconds of a board of many points, and of its document with intervals.
const BOARD: f64 = 50.0;
const INDEX: f64 = 60.0;
/// A citizen answers this often while an import runs.
const PACE: Duration = Duration::from_millis(20);

/// The days of a database, as a query.
pub(crate) fn all_days(size: &Size) -> anyhow::Result<String> {
    let today = Clock::system()?.today();
    let first: Date = day::from_number(day::number(today) - size.days as i32 + 1);
    Ok(format!("?from={first}&to={today}"))
}

/// Imports the large database while citizens answer at the program that serves it.
pub(crate) async fn import(bench: &mut Bench) -> anyhow::Result<Sample> {
    let size = bench.sizes.many;
    eprintln!("bench: importing {} responses", size.responses);
    let sample = Sample::sqlite(bench.folder(), "many", &size).await?;
    let program = Program::serve(&bench.binary, &sample.url).await?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let citizen = tokio::spawn(answer_on(program.address, sample.points.clone(), stopped));
    let rate = sample.fill(&size).await?;
    stop.send(true)?;
    let (waits, refused) = citizen.await??;
    program.stop().await?;
    let beside = format!("{} rows beside a serving process", number(size.responses as f64));
    bench.table.show("import of responses, SQLite", rate, "rows/s", &beside);
    let longest = waits.iter().copied().max().unwrap_or_default().as_secs_f64();
    let usual = 1e3 * median(waits.iter().map(Duration::as_secs_f64));
    let measured = format!("{refused} of {} refused", waits.len());
    bench.table.check(
        "citizens' answers during the import",
        "none refused",
        &measured,
        refused == 0,
    );
    let beside = format!("usual wait {} ms", number(usual));
    bench.table.show("the longest wait of a citizen during the import", longest, "s", &beside);
    Ok(sample)
}

/// One citizen after the other; returns how long each waited, and how many were refused.
async fn answer_on(
    address: SocketAddr,
    points: Vec<String>,
    stopped: tokio::sync::watch::Receiver<bool>,
) -> anyhow::Result<(Vec<Duration>, usize)> {
    let templates = templates(Door::Form, &points)?;
    let mut rng = ChaCha8Rng::from_rng(&mut rand::rng());
    let mut connection = Connection::open(address).await?;
    let (mut waits, mut refused, mut request) = (vec![], 0, vec![]);
    let mut pace = tokio::time::interval(PACE);
    pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !*stopped.borrow() {
        pace.tick().await;
        templates[waits.len() % templates.len()].write(&mut request, &mut rng);
        let start = Instant::now();
        let status = connection.ask(&request).await?.status;
        waits.push(start.elapsed());
        refused += usize::from(status != 303);
    }
    Ok((waits, refused))
}

/// The same requests to a database with many responses and to one with few, in turns.
pub(crate) async fn ratio(bench: &mut Bench) -> anyhow::Result<()> {
    let (few, many) = (bench.sizes.few, bench.sizes.many);
    let small = Sample::sqlite(bench.folder(), "few", &few).await?;
    small.fill(&few).await?;
    let large = bench.many().await?.url.clone();
    let small = Program::serve(&bench.binary, &small.url).await?;
    let large = Program::serve(&bench.binary, &large).await?;
    let days = all_days(&many)?;
    let requests = [
        ("board, this month", format!("/boards/{TOP}")),
        ("board, all days", format!("/boards/{TOP}{days}")),
        ("/index, all days", format!("/api/v1/units/{TOP}/index{days}")),
    ];
    for (name, path) in requests {
        let mut small = Timed::open(&small, http::get(&path)).await?;
        let mut large = Timed::open(&large, http::get(&path)).await?;
        let end = Instant::now() + 2 * bench.sizes.load;
        while Instant::now() < end || large.waits.len() < 20 {
            small.ask().await?;
            large.ask().await?;
        }
        // In pairs, so that what else the machine does meets both alike.
        let pairs = large.waits.iter().zip(&small.waits);
        let ratio = median(pairs.map(|(large, small)| large / small));
        let beside = format!("{} ms of {} ms", number(large.median()), number(small.median()));
        let title = format!(
            "{name}: {} responses of {}",
            number(many.responses as f64),
            number(few.responses as f64)
        );
        bench.table.judge(&title, Bound::AtMost(RATIO), ratio, "times", &beside);
    }
    small.stop().await?;
    large.stop().await
}

/// Many points, each with answers on every day.
pub(crate) async fn province(bench: &mut Bench) -> anyhow::Result<()> {
    let size = bench.sizes.province;
    let sample = Sample::sqlite(bench.folder(), "province", &size).await?;
    eprintln!("bench: importing {} responses", size.responses);
    sample.fill(&size).await?;
    let program = Program::serve(&bench.binary, &sample.url).await?;
    let days = all_days(&size)?;
    let title = format!("{} points × {} days", sample.points.len(), size.days);
    let year = Clock::system()?.today().year();
    let requests = [
        ("board", format!("/boards/{TOP}{days}"), Some(BOARD)),
        ("/index with intervals", format!("/api/v1/units/{TOP}/index{days}"), Some(INDEX)),
        ("board of a commune", format!("/boards/xa-1{days}"), None),
        ("target review", format!("/targets/{TOP}/{year}"), None),
        ("target review of a commune, ranked", format!("/targets/xa-1/{year}"), None),
        ("analysis", format!("/analysis/{TOP}{days}"), None),
    ];
    for (name, path, required) in requests {
        let mut timed = Timed::open(&program, http::get(&path)).await?;
        let end = Instant::now() + 2 * bench.sizes.load;
        while Instant::now() < end || timed.waits.len() < 10 {
            timed.ask().await?;
        }
        let name = format!("{name}, {title}");
        match required {
            Some(bound) => {
                let beside = format!("{} ms the first after the start", number(timed.first));
                bench.table.judge(&name, Bound::AtMost(bound), timed.median(), "ms", &beside);
            }
            None => bench.table.show(&name, timed.median(), "ms", ""),
        }
    }
    let (most, now) = program.memory()?;
    let beside = format!("{} MB in the end", number(now));
    bench.table.show(&format!("memory, {title}"), most, "MB", &beside);
    program.stop().await
}
