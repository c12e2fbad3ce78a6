//! Databases to measure on: an organisation, and answers drawn as in the demo, spread evenly over all
//! points and days up to today.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use clap::Args;
use domain::day;
use domain::unit::{Channel, Kind};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use server::clock::Clock;
use server::demo::draw;
use server::run::Base;
use server::service::reconcile;
use server::store::{Arrival, By, NewPoint, NewUnit, Staged};
use uuid::Uuid;

/// The unit above all others.
pub(crate) const TOP: &str = "tinh";

/// How large a database is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) communes: u64,
    /// Points of each commune's centre.
    pub(crate) points: u64,
    pub(crate) days: u64,
    pub(crate) responses: u64,
}

/// A database with its organisation.
pub(crate) struct Sample {
    pub(crate) url: String,
    /// The file, on SQLite.
    pub(crate) file: PathBuf,
    pub(crate) points: Vec<String>,
}

/// What is stored, and whether the counts agree with it.
pub(crate) struct Stored {
    pub(crate) responses: u64,
    pub(crate) differences: usize,
}

impl Sample {
    /// A fresh SQLite file with an organisation and no answer.
    pub(crate) async fn sqlite(folder: &Path, name: &str, size: &Size) -> anyhow::Result<Self> {
        let file = folder.join(format!("{name}.db"));
        let url = format!("sqlite://{}", file.display());
        let points = organise(&url, size).await?;
        Ok(Self { url, file, points })
    }

    /// A fresh database of the cluster that `tests/postgres.sh` started; `None` without one.
    pub(crate) async fn postgres(size: &Size) -> anyhow::Result<Option<Self>> {
        let Ok(cluster) = std::env::var("HAILONG_TEST_POSTGRES") else { return Ok(None) };
        let name = format!("bench_{}", Uuid::new_v4().simple());
        let pool = sqlx::PgPool::connect(&cluster).await?;
        let mut create = sqlx::QueryBuilder::<sqlx::Postgres>::new("create database ");
        create.push(&name);
        create.build().execute(&pool).await?;
        pool.close().await;
        let (start, _) = cluster.rsplit_once('/').unwrap_or((&cluster, ""));
        let url = format!("{start}/{name}");
        let points = organise(&url, size).await?;
        Ok(Some(Self { url, file: PathBuf::new(), points }))
    }

    /// Imports answers in a process of its own; returns rows a second.
    pub(crate) async fn fill(&self, size: &Size) -> anyhow::Result<f64> {
        let output = tokio::process::Command::new(std::env::current_exe()?)
            .args(["fill", "--database", &self.url])
            .args(["--days", &size.days.to_string(), "--responses", &size.responses.to_string()])
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .output()
            .await?;
        anyhow::ensure!(output.status.success(), "the import failed");
        let done: Value = serde_json::from_slice(&output.stdout)?;
        Ok(done["rate"].as_f64().unwrap_or(f64::NAN))
    }

    /// Counts what is stored and compares the counts with it.
    pub(crate) async fn stored(&self) -> anyhow::Result<Stored> {
        let base = Base::open(&self.url, Clock::system()?).await?;
        let (_, organisation) = base.store.organisation().await?;
        let found = reconcile::reconcile(&base.store, &base.instruments, &organisation).await?;
        let responses = base.store.count_responses().await?;
        base.store.close().await;
        for difference in found.differences.iter().take(3) {
            eprintln!("bench: {difference}");
        }
        Ok(Stored { responses: u64::try_from(responses)?, differences: found.differences.len() })
    }
}

/// Units and points; returns the points' codes.
async fn organise(url: &str, size: &Size) -> anyhow::Result<Vec<String>> {
    let base = Base::open(url, Clock::system()?).await?;
    let unit = |code: &str, parent: Option<&str>, kind, name: &str| NewUnit {
        code: code.to_owned(),
        parent: parent.map(str::to_owned),
        kind,
        name: name.to_owned(),
        valid_from: None,
        valid_to: None,
        predecessors: vec![],
        public: None,
    };
    let mut units = vec![unit(TOP, None, Kind::Province, "Tỉnh Đo Thử")];
    let mut points = vec![];
    for commune in 1..=size.communes {
        let (code, centre) = (format!("xa-{commune}"), format!("trung-tam-{commune}"));
        units.push(unit(&code, Some(TOP), Kind::Commune, &format!("Xã {commune}")));
        let name = format!("Trung tâm Phục vụ hành chính công xã {commune}");
        units.push(unit(&centre, Some(&code), Kind::Centre, &name));
        for number in 1..=size.points {
            points.push(NewPoint {
                code: domain::code::make((commune * 1000 + number) * 7_919_777),
                unit: centre.clone(),
                name: format!("Quầy {number}"),
                channel: Channel::Qr,
                open_from: None,
                open_to: None,
            });
        }
    }
    let by = By::command(base.clock.now());
    base.store.upsert_units(&units, &by).await?;
    base.store.upsert_points(&points, &by).await?;
    base.store.close().await;
    Ok(points.into_iter().map(|point| point.code).collect())
}

/// What the importing process is told.
#[derive(Clone, Debug, Args)]
pub(crate) struct Order {
    #[arg(long)]
    database: String,
    #[arg(long)]
    days: u64,
    #[arg(long)]
    responses: u64,
}

/// Imports answers, every day of every point with equally many, or one more; prints how fast.
pub(crate) async fn fill(order: Order) -> anyhow::Result<()> {
    let base = Base::open(&order.database, Clock::system()?).await?;
    let (_, organisation) = base.store.organisation().await?;
    let points: Vec<_> = organisation.points().cloned().collect();
    let places = order.days * points.len() as u64;
    let (each, more) = (order.responses / places, order.responses % places);
    let today = base.clock.today();
    let mut rng = ChaCha8Rng::seed_from_u64(order.responses);
    let (mut place, mut line) = (0, 0);
    let start = Instant::now();
    let next = || -> Result<Option<Vec<Staged>>, std::convert::Infallible> {
        if place == places {
            return Ok(None);
        }
        let mut staged = vec![];
        let ago = order.days - 1 - place / points.len() as u64;
        let day = day::from_number(day::number(today) - ago as i32);
        let Some(instrument) = base.instruments.on(day) else { return Ok(None) };
        for (at, point) in points.iter().enumerate() {
            let mood = draw::Mood::of(at, &mut rng);
            for _ in 0..each + u64::from(place < more) {
                let response =
                    draw::response(instrument, base.instruments.fields(), &mood, &mut rng);
                let comment = response.comment.clone();
                let (point, unit, channel) = (point.key, point.unit, point.channel);
                let arrival = Arrival {
                    response,
                    point,
                    unit,
                    channel,
                    day,
                    simulated: false,
                    entered: None,
                };
                line += 1;
                staged.push(Staged { line, row: arrival.stored(), comment });
            }
            place += 1;
        }
        Ok(Some(staged))
    };
    let imported = base
        .store
        .import_responses(next, &base.instruments, today, &By::command(base.clock.now()))
        .await?;
    let rate = imported.stored as f64 / start.elapsed().as_secs_f64();
    base.store.close().await;
    println!("{}", json!({"rate": rate}));
    Ok(())
}
