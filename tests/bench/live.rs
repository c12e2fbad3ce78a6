//! Live boards: how soon an answer is seen, what watching takes from answering, and what it costs to be
//! watched by many.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::Bench;
use crate::http::{self, Connection};
use crate::load::{Door, Template, run, templates};
use crate::program::Program;
use crate::sample::{Sample, Size};
use crate::table::{Bound, median, number};

/// Boards that are watched, each of a commune.
const BOARDS: u64 = 20;
const WATCHERS: usize = 200;
const IDLE: usize = 2_000;
/// Answers a second, sent by so many citizens.
const RATE: u64 = 1_000;
const CITIZENS: u64 = 16;
/// Milliseconds from an acknowledgement to its event, for ninety-nine of a hundred.
const P99: f64 = 300.0;
/// What is left of the throughput, in per cent.
const SHARE: f64 = 80.0;
/// Megabytes that the idle may cost.
const MEMORY: f64 = 60.0;

/// Answers of a board in the order in which they were acknowledged.
type Acknowledged = Arc<Vec<Mutex<Vec<Instant>>>>;

pub(crate) async fn live(bench: &mut Bench) -> anyhow::Result<()> {
    let size = Size { communes: BOARDS, points: 3, days: 30, responses: bench.sizes.watched };
    delays(bench, &size).await?;
    throughput(bench, &size).await?;
    idle(bench, &size).await
}

async fn filled(bench: &Bench, name: &str, size: &Size) -> anyhow::Result<Sample> {
    let sample = Sample::sqlite(bench.folder(), name, size).await?;
    sample.fill(size).await?;
    Ok(sample)
}

/// From the acknowledgement of an answer to the event that counts it, at each watcher.
async fn delays(bench: &mut Bench, size: &Size) -> anyhow::Result<()> {
    eprintln!("bench: delays of live boards");
    let sample = filled(bench, "delays", size).await?;
    let program = Program::serve(&bench.binary, &sample.url).await?;
    let acknowledged: Acknowledged = Arc::new((0..BOARDS).map(|_| Mutex::default()).collect());
    let mut watchers = JoinSet::new();
    for n in 0..WATCHERS {
        let board = n % BOARDS as usize;
        let watching = Watching::open(program.address, board).await?;
        watchers.spawn(watching.measure(acknowledged.clone(), board));
    }
    let end = Instant::now() + bench.sizes.load + bench.sizes.warm_up;
    let mut citizens = JoinSet::new();
    for citizen in 0..CITIZENS {
        let points = sample.points.clone();
        citizens.spawn(answer(program.address, points, acknowledged.clone(), citizen, end));
    }
    let mut sent = 0;
    while let Some(answered) = citizens.join_next().await {
        sent += answered??;
    }
    // The last of them are seen too.
    tokio::time::sleep(Duration::from_secs(1)).await;
    program.stop().await?;
    let (mut waits, mut seen) = (vec![], 0u64);
    while let Some(watched) = watchers.join_next().await {
        let (delays, last) = watched??;
        seen += u64::from(last);
        waits.extend(delays);
    }
    waits.sort_unstable_by(f64::total_cmp);
    let part = |part: f64| waits.get((waits.len() as f64 * part) as usize).copied();
    let seconds = (bench.sizes.load + bench.sizes.warm_up).as_secs_f64();
    let (p50, p99) = (part(0.5).unwrap_or(f64::NAN), part(0.99).unwrap_or(f64::NAN));
    let beside = format!(
        "p50 {} ms; {} answers/s, {WATCHERS} watchers on {BOARDS} boards",
        number(p50),
        number(sent as f64 / seconds)
    );
    bench.table.judge(
        "answer acknowledged to count event, p99",
        Bound::AtMost(P99),
        p99,
        "ms",
        &beside,
    );
    let all = sent * (WATCHERS as u64 / BOARDS);
    let measured = format!("{} of {}", number(seen as f64), number(all as f64));
    bench.table.check("answers that every watcher saw", "all", &measured, seen == all);
    Ok(())
}

async fn answer(
    address: SocketAddr,
    points: Vec<String>,
    acknowledged: Acknowledged,
    citizen: u64,
    end: Instant,
) -> anyhow::Result<u64> {
    let per_board = points.len() / BOARDS as usize;
    let own: HashMap<usize, Vec<Template>> = (0..BOARDS as usize)
        .map(|board| {
            let points = &points[board * per_board..(board + 1) * per_board];
            Ok((board, templates(Door::Json, points)?))
        })
        .collect::<anyhow::Result<_>>()?;
    let mut rng = ChaCha8Rng::seed_from_u64(citizen ^ rand::random::<u64>());
    let mut connection = Connection::open(address).await?;
    let mut pace = tokio::time::interval(Duration::from_micros(1_000_000 * CITIZENS / RATE));
    let (mut request, mut sent) = (vec![], 0);
    while Instant::now() < end {
        pace.tick().await;
        let board = (sent + citizen) as usize % BOARDS as usize;
        let forms = &own[&board];
        forms[sent as usize % forms.len()].write(&mut request, &mut rng);
        let answer = connection.ask(&request).await?;
        anyhow::ensure!(answer.status == 201, "an answer got {}", answer.status);
        let mut acknowledged = acknowledged[board].lock().unwrap_or_else(PoisonError::into_inner);
        acknowledged.push(Instant::now());
        sent += 1;
    }
    Ok(sent)
}

/// One who watches the board of a commune as its page does.
struct Watching {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// Responses of the first event.
    first: u64,
}

impl Watching {
    /// Opens a stream and reads its first event.
    async fn open(address: SocketAddr, board: usize) -> anyhow::Result<Self> {
        let mut stream = TcpStream::connect(address).await?;
        let path = format!("/api/v1/units/xa-{}/live?view=board", board + 1);
        stream.write_all(&http::get(&path)).await?;
        let mut watching = Self { stream, buffer: vec![], first: 0 };
        watching.first = watching.next().await?.context("no first event")?;
        Ok(watching)
    }

    /// The number of responses in the next event; `None` at the end.
    async fn next(&mut self) -> anyhow::Result<Option<u64>> {
        loop {
            if let Some(end) = find(&self.buffer, b"\n\n\r\n") {
                let event: Vec<u8> = self.buffer.drain(..end + 4).collect();
                if let Some(n) = responses(&event) {
                    return Ok(Some(n));
                }
                continue;
            }
            let mut more = [0; 16 << 10];
            match self.stream.read(&mut more).await {
                Ok(read) if read > 0 => self.buffer.extend_from_slice(&more[..read]),
                _ => return Ok(None),
            }
        }
    }

    /// Milliseconds from each acknowledgement to its event, until the stream ends; and how many there were.
    async fn measure(
        mut self,
        acknowledged: Acknowledged,
        board: usize,
    ) -> anyhow::Result<(Vec<f64>, u32)> {
        let (mut delays, mut seen) = (vec![], 0usize);
        while let Some(n) = self.next().await? {
            let now = Instant::now();
            let n = (n - self.first) as usize;
            let acknowledged = acknowledged[board].lock().unwrap_or_else(PoisonError::into_inner);
            for at in seen..n.min(acknowledged.len()) {
                delays.push(1e3 * now.saturating_duration_since(acknowledged[at]).as_secs_f64());
            }
            // An event may overtake the acknowledgement: that answer was seen at once.
            delays.extend((acknowledged.len().max(seen)..n).map(|_| 0.0));
            seen = seen.max(n);
        }
        Ok((delays, u32::try_from(seen)?))
    }
}

/// Where a few bytes begin in others.
fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// The responses of the period, which stand first in an event that counts.
fn responses(event: &[u8]) -> Option<u64> {
    let at = find(event, b"<dd>")? + 4;
    let digits = event[at..].iter().take_while(|byte| **byte != b'<');
    let text: String =
        digits.filter(|byte| byte.is_ascii_digit()).map(|b| char::from(*b)).collect();
    text.parse().ok()
}

/// Answers at full speed, with watchers and without, in turns.
async fn throughput(bench: &mut Bench, size: &Size) -> anyhow::Result<()> {
    let (mut with, mut without) = (vec![], vec![]);
    for round in 0..bench.sizes.rounds {
        eprintln!("bench: answers while boards are watched, round {}", round + 1);
        for watchers in [0, WATCHERS] {
            let name = format!("watched-{round}-{watchers}");
            let sample = filled(bench, &name, size).await?;
            let program = Program::serve(&bench.binary, &sample.url).await?;
            let mut watching = JoinSet::new();
            for n in 0..watchers {
                let mut one = Watching::open(program.address, n % BOARDS as usize).await?;
                watching.spawn(async move { while let Ok(Some(_)) = one.next().await {} });
            }
            let (points, sizes) = (&sample.points, &bench.sizes);
            let seen = run(program.address, Door::Form, points, sizes.warm_up, sizes.load).await?;
            anyhow::ensure!(seen.wrong == 0, "refused: {}", seen.first_wrong);
            let rates = if watchers == 0 { &mut without } else { &mut with };
            rates.push(seen.rate);
            program.stop().await?;
            watching.join_all().await;
        }
    }
    let share = median(with.iter().zip(&without).map(|(with, without)| 100.0 * with / without));
    let beside = format!(
        "{}/s of {}/s without",
        number(median(with.iter().copied())),
        number(median(without.iter().copied()))
    );
    let title = format!("answers by form with {WATCHERS} watchers");
    bench.table.judge(&title, Bound::AtLeast(SHARE), share, "% of without", &beside);
    Ok(())
}

/// What watchers cost to whom nothing happens.
async fn idle(bench: &mut Bench, size: &Size) -> anyhow::Result<()> {
    eprintln!("bench: idle watchers");
    let sample = filled(bench, "idle", size).await?;
    let program = Program::serve(&bench.binary, &sample.url).await?;
    let mut watching = vec![];
    // What is read once for all boards is no cost of the many.
    for board in 0..BOARDS as usize {
        watching.push(Watching::open(program.address, board).await?);
    }
    let (_, before) = program.memory()?;
    for n in 0..IDLE {
        watching.push(Watching::open(program.address, n % BOARDS as usize).await?);
    }
    let (_, after) = program.memory()?;
    let beside = format!("{} MB with {BOARDS}", number(before));
    let title = format!("memory of {IDLE} idle watchers");
    bench.table.judge(&title, Bound::AtMost(MEMORY), after - before, "MB", &beside);
    drop(watching);
    program.stop().await
}
