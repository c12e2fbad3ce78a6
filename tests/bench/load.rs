//! Many citizens at once, in a process of their own: kept connections, requests built beforehand,
//! each with a fresh id and answers drawn at random.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Args, ValueEnum};
use domain::instrument::Instrument;
use domain::response::Stage;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use server::clock::Clock;
use tokio::task::JoinSet;

use crate::http::{self, Connection};
use crate::table::median;

/// Citizens at the same time.
pub(crate) const CONNECTIONS: usize = 64;

/// Which door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Door {
    /// `POST /s/{code}`
    Form,
    /// `POST /api/v1/points/{code}/responses`
    Json,
    /// `GET /s/{code}`
    Page,
}

/// What the process is told.
#[derive(Clone, Debug, Args)]
pub(crate) struct Order {
    #[arg(long)]
    address: SocketAddr,
    #[arg(long, value_enum)]
    door: Door,
    #[arg(long, value_delimiter = ',')]
    points: Vec<String>,
    #[arg(long)]
    warm_up: f64,
    #[arg(long)]
    seconds: f64,
}

/// What the process saw.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Requests answered as they should be, the warm-up included.
    pub(crate) right: u64,
    /// All others.
    pub(crate) wrong: u64,
    pub(crate) first_wrong: String,
    /// Right answers a second, without the warm-up.
    pub(crate) rate: f64,
    /// Milliseconds.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

impl Seen {
    /// Several runs as one: sums, and medians of what was measured.
    pub(crate) fn together(all: &[Self]) -> Self {
        let middle = |of: fn(&Self) -> f64| median(all.iter().map(of));
        let wrong = all.iter().find(|seen| seen.wrong > 0);
        Self {
            right: all.iter().map(|seen| seen.right).sum(),
            wrong: all.iter().map(|seen| seen.wrong).sum(),
            first_wrong: wrong.map(|seen| seen.first_wrong.clone()).unwrap_or_default(),
            rate: middle(|seen| seen.rate),
            p50: middle(|seen| seen.p50),
            p99: middle(|seen| seen.p99),
        }
    }
}

/// Lets the process run and reads what it saw.
pub(crate) async fn run(
    address: SocketAddr,
    door: Door,
    points: &[String],
    warm_up: Duration,
    time: Duration,
) -> anyhow::Result<Seen> {
    let door = door.to_possible_value().context("a door without a name")?;
    let output = tokio::process::Command::new(std::env::current_exe()?)
        .args(["load", "--address", &address.to_string(), "--door", door.get_name()])
        .args(["--points", &points.join(",")])
        .args(["--warm-up", &warm_up.as_secs_f64().to_string()])
        .args(["--seconds", &time.as_secs_f64().to_string()])
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .output()
        .await?;
    anyhow::ensure!(output.status.success(), "the load generator failed");
    let seen: Value = serde_json::from_slice(&output.stdout)?;
    let number = |name: &str| seen[name].as_f64().unwrap_or(f64::NAN);
    Ok(Seen {
        right: seen["right"].as_u64().unwrap_or_default(),
        wrong: seen["wrong"].as_u64().unwrap_or_default(),
        first_wrong: seen["first_wrong"].as_str().unwrap_or_default().to_owned(),
        rate: number("rate"),
        p50: number("p50"),
        p99: number("p99"),
    })
}

/// The process itself.
pub(crate) async fn work(order: Order) -> anyhow::Result<()> {
    let templates = templates(order.door, &order.points)?;
    let warm = Instant::now() + Duration::from_secs_f64(order.warm_up);
    let end = warm + Duration::from_secs_f64(order.seconds);
    let templates = std::sync::Arc::new(templates);
    let mut citizens = JoinSet::new();
    for _ in 0..CONNECTIONS {
        citizens.spawn(visit(order.address, order.door, templates.clone(), warm, end));
    }
    let (mut waits, mut right, mut wrong, mut first_wrong) = (vec![], 0, 0, String::new());
    while let Some(citizen) = citizens.join_next().await {
        let visits = citizen??;
        waits.extend(visits.waits);
        right += visits.right;
        wrong += visits.wrong;
        if first_wrong.is_empty() {
            first_wrong = visits.first_wrong;
        }
    }
    let seconds = warm.elapsed().as_secs_f64();
    waits.sort_unstable();
    let part = |part: f64| {
        let at = (waits.len() as f64 * part) as usize;
        waits.get(at.min(waits.len().saturating_sub(1))).map(|micros| f64::from(*micros) / 1e3)
    };
    let rate = waits.len() as f64 / seconds;
    println!(
        "{}",
        json!({"right": right, "wrong": wrong, "first_wrong": first_wrong, "rate": rate,
               "p50": part(0.5), "p99": part(0.99)})
    );
    Ok(())
}

#[derive(Default)]
struct Visits {
    /// Microseconds of each right answer after the warm-up.
    waits: Vec<u32>,
    right: u64,
    wrong: u64,
    first_wrong: String,
}

async fn visit(
    address: SocketAddr,
    door: Door,
    templates: std::sync::Arc<Vec<Template>>,
    warm: Instant,
    end: Instant,
) -> anyhow::Result<Visits> {
    let expected = match door {
        Door::Form => 303,
        Door::Json => 201,
        Door::Page => 200,
    };
    let mut rng = ChaCha8Rng::from_rng(&mut rand::rng());
    let mut connection = Connection::open(address).await?;
    let mut visits = Visits { waits: Vec::with_capacity(1 << 14), ..Visits::default() };
    let mut request = vec![];
    loop {
        templates[rng.random_range(0..templates.len())].write(&mut request, &mut rng);
        let start = Instant::now();
        if start >= end {
            return Ok(visits);
        }
        let answer = connection.ask(&request).await?;
        if answer.status != expected {
            visits.wrong += 1;
            if visits.first_wrong.is_empty() {
                let body = String::from_utf8_lossy(answer.body);
                visits.first_wrong = format!("{} {}", answer.status, body);
            }
            continue;
        }
        visits.right += 1;
        if start >= warm {
            visits.waits.push(start.elapsed().as_micros() as u32);
        }
    }
}

/// A request but for its id and its answers.
pub(crate) struct Template {
    bytes: Vec<u8>,
    id: Option<usize>,
    marks: Vec<usize>,
}

/// Stands for the id until one is written.
const NO_ID: &str = "00000000-0000-0000-0000-000000000000";
/// Stands for an answer.
const MARK: char = '#';

impl Template {
    fn new(request: Vec<u8>) -> Self {
        let id = request.windows(NO_ID.len()).position(|text| text == NO_ID.as_bytes());
        let marks = (0..request.len()).filter(|&at| request[at] == MARK as u8).collect();
        Self { bytes: request, id, marks }
    }

    /// The request with a fresh id and other answers.
    pub(crate) fn write(&self, request: &mut Vec<u8>, rng: &mut ChaCha8Rng) {
        request.clear();
        request.extend_from_slice(&self.bytes);
        if let Some(at) = self.id {
            let mut id = [0; 16];
            rng.fill_bytes(&mut id);
            let id = uuid::Builder::from_random_bytes(id).into_uuid();
            id.hyphenated().encode_lower(&mut request[at..at + NO_ID.len()]);
        }
        for &at in &self.marks {
            request[at] = b'1' + rng.random_range(0..5);
        }
    }
}

/// The requests of a door: for each point, all short forms of the questionnaire of today.
pub(crate) fn templates(door: Door, points: &[String]) -> anyhow::Result<Vec<Template>> {
    let today = Clock::system()?.today();
    let known = app::catalogue::questionnaires()?.into_iter();
    let all = known.map(|questionnaire| Instrument::new(0, questionnaire)).collect();
    let instruments = domain::instrument::Instruments::new(all, vec![]);
    let instrument = instruments.on(today).context("no questionnaire")?;
    let codes: Vec<&str> =
        instrument.questionnaire.items().map(|item| item.code.as_str()).collect();
    let mut templates = vec![];
    for point in points {
        for number in 0..u64::from(instrument.design.len()) {
            let form = instrument.design.draw(number);
            let asked = instrument.design.asked(form).iter().map(|&position| codes[position]);
            let name = instrument.code();
            let stage = Stage::ALL[number as usize % Stage::ALL.len()].name();
            let request = match door {
                Door::Page => http::get(&format!("/s/{point}")),
                Door::Form => {
                    let answers: String = asked.map(|code| format!("&{code}={MARK}")).collect();
                    let rest = format!("{answers}&field=&comment=&lang=vi");
                    let body = format!("id={NO_ID}&form={name}%3A{form}&stage={stage}{rest}");
                    http::post(&format!("/s/{point}"), "application/x-www-form-urlencoded", &body)
                }
                Door::Json => {
                    let answers: Vec<String> =
                        asked.map(|code| format!("\"{code}\":{MARK}")).collect();
                    let answers = answers.join(",");
                    let rest = format!(
                        r#""form":"{name}:{form}","stage":"{stage}","answers":{{{answers}}}"#
                    );
                    let body = format!(r#"{{"id":"{NO_ID}",{rest}}}"#);
                    http::post(
                        &format!("/api/v1/points/{point}/responses"),
                        "application/json",
                        &body,
                    )
                }
            };
            templates.push(Template::new(request));
        }
    }
    Ok(templates)
}
