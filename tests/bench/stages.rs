//! What an answer is spent on, stage by stage: the functions themselves, called one after the other.

use std::hint::black_box;
use std::time::Instant;

use anyhow::Context;
use domain::response::{Draft, Value};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use server::clock::Clock;
use server::demo::draw;
use server::run::Base;
use server::store::Arrival;

use crate::Bench;
use crate::bare;
use crate::sample::Sample;
use crate::table::{median, number};

/// Answers of one transaction, as they come at this many connections.
const BATCH: usize = 64;

pub(crate) async fn stages(bench: &mut Bench) -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(bench.folder())?;
    let sample = Sample::sqlite(folder.path(), "stages", &bench.sizes.few).await?;
    let base = Base::open(&sample.url, Clock::system()?).await?;
    let parse = parse(&base)?;
    let title = "of an answer: parse and validate";
    bench.table.show(title, parse, "µs", "Draft::parse");
    let bare_pool = bare::open(&folder.path().join("bare.db")).await?;
    for size in [1, BATCH] {
        let (ours, rows) = insert(&base, &bare_pool, size, bench.sizes.batches).await?;
        let title = format!("of an answer: its share of a transaction of {size}");
        let beside = format!("bare {} µs; waiting for the disk included", number(rows));
        bench.table.show(&title, ours, "µs", &beside);
    }
    bare_pool.close().await;
    base.store.close().await;
    Ok(())
}

/// Microseconds of one draft.
fn parse(base: &Base) -> anyhow::Result<f64> {
    let instrument = base.instruments.on(base.clock.today()).context("no questionnaire")?;
    let codes: Vec<&str> =
        instrument.questionnaire.items().map(|item| item.code.as_str()).collect();
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut draft = || {
        let form = instrument.design.draw(rng.next_u64());
        let asked = instrument.design.asked(form);
        let mut mark = |position: &usize| {
            (codes[*position].to_owned(), Value::Mark(rng.random_range(1..=5).to_string()))
        };
        Draft {
            answers: asked.iter().map(&mut mark).collect(),
            id: uuid::Uuid::new_v4().to_string(),
            form: Some(format!("{}:{form}", instrument.code())),
            stage: Some("result".to_owned()),
            field: Some(String::new()),
            comment: Some(String::new()),
            lang: Some("vi".to_owned()),
            ..Draft::default()
        }
    };
    let mut times = vec![];
    for _ in 0..20 {
        let drafts: Vec<Draft> = (0..500).map(|_| draft()).collect();
        let start = Instant::now();
        for draft in drafts {
            let parsed = draft.parse(&base.instruments, instrument);
            anyhow::ensure!(black_box(parsed).is_ok(), "a draft is not valid");
        }
        times.push(1e6 * start.elapsed().as_secs_f64() / 500.0);
    }
    Ok(median(times))
}

/// Microseconds an answer in transactions of a size: with its counts, and as a bare row; in turns.
async fn insert(
    base: &Base,
    bare_pool: &sqlx::SqlitePool,
    size: usize,
    batches: usize,
) -> anyhow::Result<(f64, f64)> {
    let today = base.clock.today();
    let instrument = base.instruments.on(today).context("no questionnaire")?;
    let (_, organisation) = base.store.organisation().await?;
    let points: Vec<_> = organisation.points().collect();
    let fields = base.instruments.fields();
    let mut rng = ChaCha8Rng::from_rng(&mut rand::rng());
    let (mut ours, mut bare) = (vec![], vec![]);
    for _ in 0..batches {
        let mut arrival = || {
            let point = points[rng.random_range(0..points.len())];
            let mut response = draw::response(instrument, fields, &draw::Mood::default(), &mut rng);
            response.comment = None;
            response.field = None;
            let (point, unit, channel) = (point.key, point.unit, point.channel);
            Arrival { response, point, unit, channel, day: today, simulated: false, entered: None }
        };
        let batch: Vec<Arrival> = (0..size).map(|_| arrival()).collect();
        let rows: Vec<bare::Row> =
            batch.iter().map(|arrival| (arrival.response.id, [7; _])).collect();
        let each = |start: Instant| 1e6 * start.elapsed().as_secs_f64() / size as f64;
        let start = Instant::now();
        base.store.insert_responses(&batch, &base.instruments, today).await?;
        ours.push(each(start));
        let start = Instant::now();
        bare::commit(bare_pool, &rows).await?;
        bare.push(each(start));
    }
    Ok((median(ours), median(bare)))
}
