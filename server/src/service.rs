//! Use cases: who acts, on what, by which rule.
//!
//! A service method checks access itself, whatever the page or API call in front of it has checked.
//! It does not know HTTP.

pub mod access;
pub mod analysis;
pub mod figures;
pub mod import;
pub mod reconcile;
pub mod respond;
pub mod review;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use domain::instrument::Instruments;
use domain::unit::Organisation;

use crate::clock::Clock;
use crate::ingest::{Ingest, Load};
use crate::live::Live;
use crate::store::{self, Store};

/// How often changes of the organisation and of keys, made by other processes, are looked for.
const LOOK: Duration = Duration::from_millis(500);

/// Everything that use cases need.
pub struct Service {
    pub store: Store,
    pub instruments: Arc<Instruments>,
    pub live: Live,
    pub clock: Clock,
    kept: figures::Kept,
    readings: analysis::Readings,
    ingest: Ingest,
    seen: RwLock<Seen>,
    /// The database holds the sample: everything may be read.
    demo: bool,
}

/// What was seen of the slowly changing part of the database.
#[derive(Clone, Default)]
struct Seen {
    change: i64,
    organisation: Arc<Organisation>,
    keys: bool,
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
            readings: analysis::Readings::default(),
            ingest,
            seen,
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

    /// How much the writer has to do.
    pub fn load(&self) -> Load {
        self.ingest.load()
    }

    /// The database holds the sample.
    pub fn is_demo(&self) -> bool {
        self.demo
    }

    /// Looks for what other processes changed.
    pub async fn look(&self) -> store::Result<()> {
        let change = self.store.changes().await?.organisation;
        let mut seen = self.seen();
        if change != seen.change || change == 0 {
            let (change, organisation) = self.store.organisation().await?;
            (seen.change, seen.organisation) = (change, Arc::new(organisation));
        }
        if !seen.keys {
            seen.keys = self.store.has_keys().await?;
        }
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = seen;
        Ok(())
    }

    /// Keeps looking until the service is let go of.
    pub async fn keep_looking(service: std::sync::Weak<Self>) {
        let mut tick = tokio::time::interval(LOOK);
        loop {
            tick.tick().await;
            let Some(service) = service.upgrade() else { return };
            if let Err(error) = service.look().await {
                tracing::warn!(%error, "changes of other processes could not be looked for");
            }
        }
    }

    fn seen(&self) -> Seen {
        self.seen.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
