//! The monthly report: all its files over many responses and over few of the same points and days, of a
//! unit with many units below it.

use std::process::Stdio;
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use domain::questionnaire::Lang;
use domain::report::Month;
use serde_json::{Value, json};
use server::clock::Clock;
use server::export::report::{Format, file, note};
use server::run::Base;
use server::service::access::Actor;

use crate::Bench;
use crate::sample::{Sample, TOP};
use crate::table::{Bound, median, number};

/// Seconds of all files, the first since the start of the process.
const SECONDS: f64 = 2.0;
/// What many responses may cost of what few cost.
const RATIO: f64 = 1.3;

/// What the process is told.
#[derive(Clone, Debug, Args)]
pub(crate) struct Order {
    #[arg(long)]
    database: String,
}

/// Makes all files of the last whole month, each from the counts, as whoever asks for it; twice. Prints the
/// seconds of both times, and the units below.
pub(crate) async fn make(order: Order) -> anyhow::Result<()> {
    let base = Base::open(&order.database, Clock::system()?).await?;
    let month = Month::of(base.clock.today()).plus(-1);
    let start = Instant::now();
    let (service, writer) = base.start().await?;
    let unit = service.readable(&Actor::Local, TOP)?;
    let (mut times, mut below) = (vec![], 0);
    for _ in 0..2 {
        let since = if times.is_empty() { start } else { Instant::now() };
        for format in Format::ALL {
            let issued = service.report(&Actor::Local, &unit, month, note).await?;
            let file = file(&issued, format, Lang::Vi)?;
            anyhow::ensure!(file.len() > 1000, "{} is empty", format.name());
            below = issued.edition.report.parts[0].below.len();
        }
        times.push(since.elapsed().as_secs_f64());
    }
    drop(service);
    writer.finish().await;
    base.store.close().await;
    println!("{}", json!({"first": times[0], "again": times[1], "below": below}));
    Ok(())
}

/// In turns over few responses and over many.
pub(crate) async fn report(bench: &mut Bench) -> anyhow::Result<()> {
    let (few, many) = (bench.sizes.report_few, bench.sizes.report_many);
    let mut samples = vec![];
    for (name, size) in [("report-few", few), ("report-many", many)] {
        eprintln!("bench: importing {} responses", size.responses);
        let sample = Sample::sqlite(bench.folder(), name, &size).await?;
        sample.fill(&size).await?;
        samples.push(sample);
    }
    let (mut firsts, mut again, mut ratios, mut below) = (vec![], vec![], vec![], 0.0);
    for _ in 0..bench.sizes.rounds.max(3) {
        let small = told(&samples[0].url).await?;
        let large = told(&samples[1].url).await?;
        let number = |value: &Value, name: &str| value[name].as_f64().unwrap_or(f64::NAN);
        ratios.push(number(&large, "first") / number(&small, "first"));
        firsts.push(number(&large, "first"));
        again.push(number(&large, "again"));
        below = number(&large, "below");
    }
    let responses = number(many.responses as f64);
    let beside = format!("{} s once more; {below} units below", number(median(again)));
    let name = format!("report in all formats, {responses} responses");
    bench.table.judge(&name, Bound::AtMost(SECONDS), median(firsts), "s", &beside);
    let name = format!("the same, of {} responses", number(few.responses as f64));
    bench.table.judge(&name, Bound::AtMost(RATIO), median(ratios), "times", "same points and days");
    Ok(())
}

async fn told(url: &str) -> anyhow::Result<Value> {
    let output = tokio::process::Command::new(std::env::current_exe()?)
        .args(["report", "--database", url])
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .output()
        .await?;
    anyhow::ensure!(output.status.success(), "the report failed");
    serde_json::from_slice(&output.stdout).context("no figures of the report")
}
