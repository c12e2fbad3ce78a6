//! Use cases: who acts, on what, by which rule.
//!
//! A service method checks access itself, whatever the page or API call in front of it has checked.
//! It does not know HTTP.

pub mod access;
pub mod analysis;
pub mod arrivals;
pub mod audit;
pub mod close;
pub mod delivery;
pub mod display;
pub mod entry;
pub mod figures;
pub mod identity;
pub mod import;
pub mod keys;
pub mod limits;
pub mod organisation;
pub mod own;
pub mod password;
pub mod people;
pub mod points;
pub mod reconcile;
pub mod report;
pub mod respond;
pub mod review;
pub mod sign_in;
pub mod start;
pub mod totp;
pub mod units;
pub mod usual;

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use domain::instrument::Instruments;
use domain::unit::Organisation;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::ingest::{Ingest, Load};
use crate::live::{Live, Pulse};
use crate::store::{self, Store};

/// How often changes by other processes are looked for, also where no word of one came.
const LOOK: Duration = Duration::from_millis(500);
/// How long the next look waits, however many changes there are.
const REST: Duration = Duration::from_millis(50);

/// Everything that use cases need.
pub struct Service {
    pub store: Store,
    pub instruments: Arc<Instruments>,
    pub live: Live,
    pub clock: Clock,
    kept: figures::Kept,
    besides: report::Besides,
    readings: analysis::Readings,
    arrivals: arrivals::Arrivals,
    usuals: usual::Usuals,
    hasher: password::Hasher,
    limits: limits::Limits,
    /// Beats when people, keys or sessions have changed.
    people: Pulse,
    /// Cancelled when the service is asked to stop: what would go on without end does not.
    stop: CancellationToken,
    /// Told when reports were sealed by this process, or are to be sent again.
    sealed: Arc<Notify>,
    /// This process sends sealed reports.
    sends: AtomicBool,
    ingest: Ingest,
    seen: RwLock<Seen>,
    /// One look after the other, so that an older one never takes the place of a newer.
    looking: tokio::sync::Mutex<()>,
    /// Somebody has had a print sheet before him.
    sheet_opened: AtomicBool,
    /// The database holds the sample: everything may be read.
    demo: bool,
}

/// What was seen of the slowly changing part of the database.
#[derive(Clone, Default)]
struct Seen {
    change: i64,
    /// The last change of answers.
    answers: i64,
    /// The last change of people, keys and sessions.
    people: i64,
    organisation: Arc<Organisation>,
    /// An account or a key was made.
    opened: bool,
}

impl Service {
    /// Brings the service up on an open store.
    pub async fn new(
        store: Store,
        instruments: Arc<Instruments>,
        ingest: Ingest,
        clock: Clock,
    ) -> store::Result<Arc<Self>> {
        let demo = store.about("demo").await?.is_some();
        let live = Live::new(store.clone());
        let seen = RwLock::default();
        let service = Arc::new(Self {
            store,
            instruments,
            live,
            clock,
            kept: figures::Kept::default(),
            besides: report::Besides::default(),
            readings: analysis::Readings::default(),
            arrivals: arrivals::Arrivals::default(),
            usuals: usual::Usuals::default(),
            hasher: password::Hasher::default(),
            limits: limits::Limits::default(),
            people: Pulse::default(),
            stop: CancellationToken::new(),
            sealed: Arc::default(),
            sends: AtomicBool::default(),
            ingest,
            seen,
            looking: tokio::sync::Mutex::default(),
            sheet_opened: AtomicBool::default(),
            demo,
        });
        service.look().await?;
        Ok(service)
    }

    /// The organisation as last seen, at most two seconds old.
    pub fn organisation(&self) -> Arc<Organisation> {
        self.seen().organisation
    }

    /// The same with the number of its last change, for what is kept of it elsewhere.
    pub fn organisation_and_change(&self) -> (i64, Arc<Organisation>) {
        let seen = self.seen();
        (seen.change, seen.organisation)
    }

    /// The numbers of the last changes of the organisation, and of people, keys and sessions: what
    /// somebody may is asked anew when they move.
    pub fn last_changes(&self) -> (i64, i64) {
        let seen = self.seen();
        (seen.change, seen.people)
    }

    /// How much the writer has to do.
    pub fn load(&self) -> Load {
        self.ingest.load()
    }

    /// The database holds the sample.
    pub fn is_demo(&self) -> bool {
        self.demo
    }

    /// Beats whenever something was committed, by this process or another.
    pub fn pulse(&self) -> &Pulse {
        self.ingest.pulse()
    }

    /// Beats when people, keys or sessions have changed: what somebody may is asked anew then.
    pub fn people_changed(&self) -> &Pulse {
        &self.people
    }

    /// Cancelled when the service is asked to stop.
    pub fn stop(&self) -> &CancellationToken {
        &self.stop
    }

    /// Told when reports were sealed by this process, or are to be sent again.
    pub fn sealed(&self) -> Arc<Notify> {
        self.sealed.clone()
    }

    /// Looks for what other processes changed, and tells whoever watches.
    pub async fn look(&self) -> store::Result<()> {
        let _turn = self.looking.lock().await;
        let changes = self.store.changes().await?;
        let mut seen = self.seen();
        let moved = (changes.answers, changes.organisation, changes.people)
            != (seen.answers, seen.change, seen.people);
        let others = changes.people != seen.people;
        (seen.answers, seen.people) = (changes.answers, changes.people);
        if changes.organisation != seen.change || seen.change == 0 {
            let (change, organisation) = self.store.organisation().await?;
            (seen.change, seen.organisation) = (change, Arc::new(organisation));
        }
        if !seen.opened {
            seen.opened = self.store.has_people_or_keys().await?;
        }
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = seen;
        if moved {
            self.pulse().beat();
        }
        if others {
            self.people.beat();
        }
        Ok(())
    }

    /// Keeps looking until the service is let go of: whenever word of a change comes, and every half
    /// second in case that one was lost.
    pub async fn keep_looking(service: std::sync::Weak<Self>) {
        let mut watcher = None;
        loop {
            let Some(service) = service.upgrade() else { return };
            let mut looked = service.look().await;
            if looked.is_ok() {
                looked = service.see_arrivals().await;
            }
            if let Err(error) = &looked {
                tracing::warn!(%error, "changes of other processes could not be looked for");
            }
            if watcher.is_none() && looked.is_ok() {
                watcher = service.store.watcher().await.ok();
            }
            drop(service);
            let word = async {
                match &mut watcher {
                    Some(watcher) => watcher.changed().await,
                    None => std::future::pending().await,
                }
            };
            if let Ok(Err(error)) = tokio::time::timeout(LOOK, word).await {
                tracing::warn!(%error, "the connection that hears of changes was lost");
                watcher = None;
                tokio::time::sleep(LOOK).await;
            }
            tokio::time::sleep(REST).await;
        }
    }

    fn seen(&self) -> Seen {
        self.seen.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
