//! The citizen's page against a bare handler that returns the same bytes, in turns.

use std::time::Instant;

use crate::Bench;
use crate::http::{self, Connection};
use crate::load::{CONNECTIONS, Door, Seen};
use crate::program::Program;
use crate::sample::Sample;
use crate::submissions::load;
use crate::table::{Bound, median, number};

/// Required in per cent of the baseline.
const SHARE: f64 = 50.0;
/// Requests a point until, but for a chance of one in a thousand, each of its thirty-six forms has
/// been drawn, rendered and kept.
const WARM_UP: usize = 500;

pub(crate) async fn page(bench: &mut Bench) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(bench.folder())?;
    let sample = Sample::sqlite(folder.path(), "page", &bench.sizes.few).await?;
    let ours = Program::serve(&bench.binary, &sample.url).await?;
    let mut connection = Connection::open(ours.address).await?;
    let request = http::get(&format!("/s/{}", sample.points[0]));
    let start = Instant::now();
    let answer = connection.ask(&request).await?;
    let first = 1e3 * start.elapsed().as_secs_f64();
    anyhow::ensure!(answer.status == 200, "the page answered {}", answer.status);
    let size = answer.body.len();
    let body = folder.path().join("page.br");
    std::fs::write(&body, answer.body)?;
    drop(connection);
    let bare = Program::bare(&folder.path().join("bare.db"), Some(&body)).await?;
    let mut connection = Connection::open(ours.address).await?;
    for point in &sample.points {
        let request = http::get(&format!("/s/{point}"));
        for _ in 0..WARM_UP {
            connection.ask(&request).await?;
        }
    }
    drop(connection);
    let (mut mine, mut theirs) = (vec![], vec![]);
    for round in 0..bench.sizes.rounds {
        eprintln!("bench: the citizen's page, round {} of {}", round + 1, bench.sizes.rounds);
        mine.push(load(bench, &ours, &sample.points, Door::Page).await?);
        theirs.push(load(bench, &bare, &sample.points, Door::Page).await?);
    }
    let together = |runs: &[(Seen, f64)]| {
        Seen::together(&runs.iter().map(|run| run.0.clone()).collect::<Vec<_>>())
    };
    let (seen, base) = (together(&mine), together(&theirs));
    let wrong = [&seen, &base].into_iter().find(|seen| seen.wrong > 0);
    anyhow::ensure!(wrong.is_none(), "wrong answers: {wrong:?}");
    let share = median(mine.iter().zip(&theirs).map(|(a, b)| 100.0 * a.0.rate / b.0.rate));
    let beside = format!("{}/s of {}/s bare, {size} bytes", number(seen.rate), number(base.rate));
    let title = "GET /s/{code}, brotli";
    let title_at = format!("{title}, {CONNECTIONS} connections");
    bench.table.judge(&title_at, Bound::AtLeast(SHARE), share, "% of bare", &beside);
    let processor = median(mine.iter().map(|run| run.1));
    let beside = format!("bare {} µs", number(median(theirs.iter().map(|run| run.1))));
    bench.table.show(&format!("{title}, processor time a page"), processor, "µs", &beside);
    bench.table.show(
        &format!("{title}, rendered and compressed anew"),
        first,
        "ms",
        "once a point, form and language",
    );
    ours.stop().await?;
    bare.stop().await
}
