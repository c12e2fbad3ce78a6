//! The one writer: a bounded queue, and a task that commits whatever has queued in one transaction
//! and only then answers its callers. Acknowledged means committed. Who watches is told of it at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::instrument::Instruments;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::live::Pulse;
use crate::store::{Arrival, Outcome, Store};

/// Responses that may wait; one more is refused, never dropped.
pub const QUEUE: usize = 8192;
/// Responses of one transaction.
const BATCH: usize = 512;

/// Why a response was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the queue is full")]
    Full,
    #[error("the service is stopping")]
    Stopping,
    #[error("the database did not take it")]
    Failed,
}

struct Job {
    arrival: Arrival,
    caller: oneshot::Sender<Result<Outcome, Refused>>,
}

/// The way to the writer.
#[derive(Clone)]
pub struct Ingest {
    queue: mpsc::Sender<Job>,
    unanswered: Arc<AtomicUsize>,
    pulse: Pulse,
}

/// How much the writer has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Responses that wait in the queue.
    pub queued: usize,
    /// Those, and the ones that are being committed.
    pub unanswered: usize,
}

impl Ingest {
    /// Starts the writer with room for `room` waiting responses.
    pub fn start(
        store: Store,
        instruments: Arc<Instruments>,
        clock: Clock,
        room: usize,
    ) -> (Self, Writer) {
        let (queue, jobs) = mpsc::channel(room);
        let unanswered = Arc::default();
        let stop = CancellationToken::new();
        let pulse = Pulse::default();
        let jobs = Jobs { waiting: jobs, stop: stop.clone() };
        let task = tokio::spawn(write(store, instruments, clock, jobs, pulse.clone()));
        (Self { queue, unanswered, pulse }, Writer { stop, task })
    }

    /// Beats with every commit.
    pub fn pulse(&self) -> &Pulse {
        &self.pulse
    }

    /// How much there is to do.
    pub fn load(&self) -> Load {
        Load {
            queued: self.queue.max_capacity() - self.queue.capacity(),
            unanswered: self.unanswered.load(Ordering::Relaxed),
        }
    }

    /// Queues a response and waits until it is committed.
    pub async fn submit(&self, arrival: Arrival) -> Result<Outcome, Refused> {
        let (caller, answer) = oneshot::channel();
        self.queue.try_send(Job { arrival, caller }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Refused::Full,
            mpsc::error::TrySendError::Closed(_) => Refused::Stopping,
        })?;
        let _counted = Counted::new(&self.unanswered);
        answer.await.unwrap_or(Err(Refused::Failed))
    }
}

/// Counted as long as somebody waits for it, also when the waiting is given up.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(counter: &'a AtomicUsize) -> Self {
        counter.fetch_add(1, Ordering::Relaxed);
        Self(counter)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The writer's task.
pub struct Writer {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Writer {
    /// Takes nothing new, commits what has queued, answers its callers and ends.
    pub async fn finish(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the writer ended badly");
        }
    }
}

/// The writer's end of the queue.
struct Jobs {
    waiting: mpsc::Receiver<Job>,
    stop: CancellationToken,
}

impl Jobs {
    /// Waits for jobs and takes up to a batch of them; false where the queue is closed and empty.
    async fn take(&mut self, batch: &mut Vec<Job>) -> bool {
        loop {
            tokio::select! {
                biased;
                taken = self.waiting.recv_many(batch, BATCH) => return taken > 0,
                () = self.stop.cancelled(), if !self.waiting.is_closed() => self.waiting.close(),
            }
        }
    }
}

async fn write(
    store: Store,
    instruments: Arc<Instruments>,
    clock: Clock,
    mut jobs: Jobs,
    pulse: Pulse,
) {
    let mut waiting = Vec::with_capacity(BATCH);
    while jobs.take(&mut waiting).await {
        let (batch, callers): (Vec<_>, Vec<_>) =
            waiting.drain(..).map(|job| (job.arrival, job.caller)).unzip();
        let outcomes = commit(&store, &instruments, &clock, &batch).await;
        pulse.beat();
        for (caller, outcome) in callers.into_iter().zip(outcomes) {
            // A caller that has gone away does not undo what is committed.
            let _ = caller.send(outcome);
        }
    }
}

/// Commits the batch. Where one response spoils it, each is tried alone; where the database does not
/// answer, nobody is made to wait for it again.
async fn commit(
    store: &Store,
    instruments: &Instruments,
    clock: &Clock,
    batch: &[Arrival],
) -> Vec<Result<Outcome, Refused>> {
    let error = match store.insert_responses(batch, instruments, clock.today()).await {
        Ok((_, outcomes)) => return outcomes.into_iter().map(Ok).collect(),
        Err(error) => error,
    };
    tracing::error!(%error, cause = ?error, "a batch of responses was not stored");
    if batch.len() == 1 || !error.is_about_a_row() {
        return vec![Err(Refused::Failed); batch.len()];
    }
    let mut outcomes = Vec::with_capacity(batch.len());
    for arrival in batch {
        let alone = std::slice::from_ref(arrival);
        let stored = store.insert_responses(alone, instruments, clock.today()).await;
        let outcome = stored.ok().and_then(|(_, outcomes)| outcomes.into_iter().next());
        outcomes.push(outcome.ok_or(Refused::Failed));
    }
    outcomes
}
