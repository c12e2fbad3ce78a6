//! The Tây Sơn sample: its organisation, the published tables of 2023 and 2024, and simulated answers.
//!
//! The units, points and tables are files of the import, in `server/sample`. Answers are drawn so
//! that the expected score of each component is that of the district in 2023; the same start date
//! gives the same answers. Everything simulated is marked so.

pub mod citizens;
pub mod draw;

use domain::day;
use domain::target::{Dossiers, IndexName, Target};
use domain::unit::Organisation;
use jiff::civil::Date;
use rand::RngExt;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;

use crate::run::Base;
use crate::service::import::{Importer, Kind};
use crate::service::{access, people};
use crate::store::{Arrival, By, Refused, Staged, Write};

const UNITS: &str = include_str!("../sample/units.csv");
const POINTS: &str = include_str!("../sample/points.csv");
const TARGETS: &str = include_str!("../sample/targets.csv");

/// The unit whose board is named at the start.
pub const UNIT: &str = "tay-son";
/// What the database says of itself once the sample is in it.
const LOADED: &str = "tay-son";
/// Months of simulated answers, the running one included.
const MONTHS: i32 = 13;

/// Loads the sample into an empty database; a database that holds it is left as it is.
///
/// # Errors
/// Where the database holds something else.
pub async fn load(base: &Base) -> anyhow::Result<()> {
    let state = base.store.about("demo").await?;
    if state.as_deref() == Some(LOADED) {
        return Ok(());
    }
    let (_, organisation) = base.store.organisation().await?;
    if state.is_none() && organisation.units().next().is_some() {
        anyhow::bail!(
            "cơ sở dữ liệu đã có dữ liệu thật; bản dùng thử cần một cơ sở dữ liệu trống \
             (the database is not empty and not a demo)"
        );
    }
    let Base { store, instruments, clock } = base;
    let by = By { who: "demo".to_owned(), ..By::command(clock.now()) };
    // Everything below can be done again, so a load that was cut off is completed the next time.
    store.set_about("demo", "loading").await?;
    let importer = Importer {
        store: store.clone(),
        instruments: instruments.clone(),
        clock: clock.clone(),
        by: by.clone(),
    };
    importer.import(Kind::Units, UNITS.as_bytes()).await?;
    importer.import(Kind::Points, POINTS.as_bytes()).await?;
    importer.import(Kind::Targets, TARGETS.as_bytes()).await?;
    let (_, organisation) = store.organisation().await?;
    let today = clock.today();
    store.write_dossiers(&dossiers(&organisation, today), Write::Now, &by).await?;
    store.write_targets(&targets(today.year()), Write::Now, &by).await?;
    let mut days = days(today).into_iter();
    let next = || -> Result<Option<Vec<Staged>>, std::convert::Infallible> {
        Ok(days.next().map(|day| staged(base, &organisation, day)))
    };
    match store.import_responses(next, instruments, today, &by).await {
        Ok(_) => Ok(store.set_about("demo", LOADED).await?),
        Err(Refused::Store(error)) => Err(error.into()),
        Err(error) => anyhow::bail!("the sample does not load: {error}"),
    }
}

/// The name by which one signs in to the demo.
pub const ADMINISTRATOR: &str = "quan-tri";

/// Makes somebody who may change everything, and returns a password that is new with each start.
///
/// # Errors
/// Where the database fails.
pub async fn administrator(base: &Base) -> anyhow::Result<String> {
    let (_, organisation) = base.store.organisation().await?;
    let roots = organisation.units().filter(|unit| unit.parent.is_none());
    let password = access::password();
    let by = By { who: "demo".to_owned(), ..By::command(base.clock.now()) };
    people::set_up(&base.store, ADMINISTRATOR, &password, roots, &by).await?;
    Ok(password)
}

/// The days of the running month and the twelve before.
fn days(today: Date) -> Vec<Date> {
    let last_year = day::month_number(today) - (MONTHS - 1);
    let first = Date::new(last_year.div_euclid(12) as i16, last_year.rem_euclid(12) as i8 + 1, 1);
    let first = first.map_or(day::number(today), day::number);
    (first..=day::number(today)).map(day::from_number).collect()
}

/// The random numbers of a day: the same day draws the same.
fn rng(day: Date) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(day::number(day) as u64)
}

fn staged(base: &Base, organisation: &Organisation, day: Date) -> Vec<Staged> {
    let mut rng = rng(day);
    let Some(instrument) = base.instruments.on(day) else { return vec![] };
    let mut staged = vec![];
    for (at, point) in organisation.points().enumerate() {
        let Some(unit) = organisation.unit_on(point, day) else { continue };
        let mood = draw::Mood::of(at, &mut rng);
        for _ in 0..draw::visitors(at, day, &mut rng) {
            let response = draw::response(instrument, base.instruments.fields(), &mood, &mut rng);
            let comment = response.comment.clone();
            let arrival = Arrival {
                response,
                point: point.key,
                unit,
                channel: point.channel,
                day,
                simulated: true,
                entered: None,
            };
            let line = i64::from(day::number(day)) * 1_000_000 + staged.len() as i64;
            staged.push(Staged { line, row: arrival.stored(), comment });
        }
    }
    staged
}

/// Made-up targets of the running year, so that there is something to be measured against.
fn targets(year: i16) -> Vec<Target> {
    const ROWS: [(&str, &str, i64); 6] = [
        ("II", "Việc cung ứng dịch vụ hành chính công", 7530),
        ("II.1", "Tiếp cận dịch vụ", 7400),
        ("II.2", "Thủ tục hành chính", 7400),
        ("II.3", "Công chức trực tiếp giải quyết công việc", 7550),
        ("II.4", "Kết quả dịch vụ", 8000),
        ("II.5", "Tiếp nhận, xử lý phản ánh, kiến nghị", 7300),
    ];
    let row = |(code, name, target): (&str, &str, i64)| Target {
        target: Some(Decimal::new(target, 2)),
        source: Some("Số mô phỏng để dùng thử".to_owned()),
        ..Target::blank(UNIT, year, IndexName::Sipas, code, name)
    };
    ROWS.map(row).into()
}

/// Made-up numbers of dossiers for the communes, a few for each simulated answer; of the running month
/// as many as would have been handled by now.
fn dossiers(organisation: &Organisation, today: Date) -> Vec<Dossiers> {
    let mut months: Vec<Date> = days(today).into_iter().map(day::month_start).collect();
    months.dedup();
    let mut all = vec![];
    for unit in organisation.units().filter(|unit| unit.kind == domain::unit::Kind::Commune) {
        for month in months.iter().filter(|month| unit.valid_on(**month)) {
            let mut rng =
                ChaCha8Rng::seed_from_u64(day::number(*month) as u64 ^ (unit.key as u64) << 32);
            let handled: i64 = rng.random_range(900..1500);
            let days = i64::from(month.last_of_month().min(today).day());
            let handled = handled * days / i64::from(month.last_of_month().day());
            all.push(Dossiers { unit: unit.code.clone(), month: *month, handled });
        }
    }
    all
}
