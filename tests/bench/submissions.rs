//! Answers through both doors at many connections, against the bare baseline, in turns.

use std::path::Path;

use crate::Bench;
use crate::load::{self, CONNECTIONS, Door, Seen};
use crate::program::Program;
use crate::sample::{Sample, Stored};
use crate::table::{Bound, median, number};
use crate::{bare, load::run};

/// Required of the doors, in per cent of the baseline.
const SHARE: f64 = 40.0;
/// Milliseconds within which ninety-nine of a hundred are answered.
const P99: f64 = 15.0;

/// One run of a server.
struct Run {
    seen: Seen,
    /// Microseconds of the server's processor time a request.
    processor: f64,
    stored: Stored,
}

/// SQLite: each door and the baseline in turns, each run on a fresh database.
pub(crate) async fn sqlite(bench: &mut Bench) -> anyhow::Result<()> {
    for (door, name) in [(Door::Form, "form"), (Door::Json, "JSON")] {
        let (mut ours, mut bare) = (vec![], vec![]);
        for round in 0..bench.sizes.rounds {
            eprintln!(
                "bench: submissions by {name}, round {} of {}",
                round + 1,
                bench.sizes.rounds
            );
            let folder = tempfile::tempdir_in(bench.folder())?;
            let sample = Sample::sqlite(folder.path(), "ours", &bench.sizes.few).await?;
            ours.push(serve(bench, &sample, door).await?);
            bare.push(baseline(bench, &sample.points, door, folder.path()).await?);
        }
        let share = ours.iter().zip(&bare).map(|(a, b)| 100.0 * a.seen.rate / b.seen.rate);
        let share = median(share);
        let base = Seen::together(&bare.iter().map(|run| run.seen.clone()).collect::<Vec<_>>());
        anyhow::ensure!(base.wrong == 0, "the baseline failed: {}", base.first_wrong);
        let lost = bare.iter().any(|run| run.stored.responses != run.seen.right);
        anyhow::ensure!(!lost, "the baseline lost rows");
        let of = |runs: &[Run]| median(runs.iter().map(|run| run.processor));
        let title = format!("answers by {name}, SQLite");
        let seen = Seen::together(&ours.iter().map(|run| run.seen.clone()).collect::<Vec<_>>());
        let beside = format!("{}/s of {}/s bare", number(seen.rate), number(base.rate));
        let title_at = format!("{title}, {CONNECTIONS} connections");
        bench.table.judge(&title_at, Bound::AtLeast(SHARE), share, "% of bare", &beside);
        let beside = format!(
            "p50 {} ms; bare {} and {} ms",
            number(seen.p50),
            number(base.p50),
            number(base.p99)
        );
        bench.table.judge(&format!("{title}, p99"), Bound::AtMost(P99), seen.p99, "ms", &beside);
        agreement(bench, &title, &ours);
        let beside = format!("bare {} µs", number(of(&bare)));
        bench.table.show(&format!("{title}, processor time an answer"), of(&ours), "µs", &beside);
    }
    Ok(())
}

/// PostgreSQL beside it, where there is one.
pub(crate) async fn postgres(bench: &mut Bench) -> anyhow::Result<()> {
    for (door, name) in [(Door::Form, "form"), (Door::Json, "JSON")] {
        let title = format!("answers by {name}, PostgreSQL");
        let mut runs = vec![];
        for _ in 0..bench.sizes.rounds.div_ceil(2) {
            let Some(sample) = Sample::postgres(&bench.sizes.few).await? else {
                bench.table.note(&title, "not measured: run it by tests/postgres.sh");
                return Ok(());
            };
            runs.push(serve(bench, &sample, door).await?);
        }
        let seen = Seen::together(&runs.iter().map(|run| run.seen.clone()).collect::<Vec<_>>());
        let beside = format!("p50 {} ms, p99 {} ms", number(seen.p50), number(seen.p99));
        let title_at = format!("{title}, {CONNECTIONS} connections");
        bench.table.show(&title_at, seen.rate, "/s", &beside);
        agreement(bench, &title, &runs);
    }
    Ok(())
}

/// Acknowledged means stored, and counted.
fn agreement(bench: &mut Bench, title: &str, runs: &[Run]) {
    let acknowledged: u64 = runs.iter().map(|run| run.seen.right).sum();
    let stored: u64 = runs.iter().map(|run| run.stored.responses).sum();
    let wrong: u64 = runs.iter().map(|run| run.seen.wrong).sum();
    let differences: usize = runs.iter().map(|run| run.stored.differences).sum();
    if let Some(run) = runs.iter().find(|run| run.seen.wrong > 0) {
        eprintln!("bench: {}", run.seen.first_wrong);
    }
    let each = runs.iter().all(|run| run.stored.responses == run.seen.right);
    let measured = format!(
        "{} and {} stored; {wrong} refused, {differences} differences",
        number(acknowledged as f64),
        number(stored as f64)
    );
    let met = each && wrong == 0 && differences == 0;
    bench.table.check(
        &format!("{title}, acknowledged"),
        "all stored, counts agree",
        &measured,
        met,
    );
}

async fn serve(bench: &Bench, sample: &Sample, door: Door) -> anyhow::Result<Run> {
    let program = Program::serve(&bench.binary, &sample.url).await?;
    let (seen, processor) = load(bench, &program, &sample.points, door).await?;
    program.stop().await?;
    Ok(Run { seen, processor, stored: sample.stored().await? })
}

async fn baseline(
    bench: &Bench,
    points: &[String],
    door: Door,
    folder: &Path,
) -> anyhow::Result<Run> {
    let file = folder.join("bare.db");
    let program = Program::bare(&file, None).await?;
    let (seen, processor) = load(bench, &program, points, door).await?;
    program.stop().await?;
    let stored = Stored { responses: bare::count(&file).await?, differences: 0 };
    Ok(Run { seen, processor, stored })
}

/// What the load saw, and the server's processor time for each of its requests in microseconds.
pub(crate) async fn load(
    bench: &Bench,
    program: &Program,
    points: &[String],
    door: load::Door,
) -> anyhow::Result<(Seen, f64)> {
    let before = program.processor()?;
    let seen = run(program.address, door, points, bench.sizes.warm_up, bench.sizes.load).await?;
    let spent = program.processor()? - before;
    let each = 1e6 * spent / (seen.right + seen.wrong) as f64;
    Ok((seen, each))
}
