//! Rows that are written, tried, or written only where nothing has changed since somebody looked.

use sha2::{Digest, Sha256};

use super::audit::Told;

/// How rows are written.
#[derive(Clone, Copy, Debug)]
pub enum Write<'a> {
    /// As they are.
    Now,
    /// Only where the organisation has not changed since it was read as of this change.
    Since(i64),
    /// Not at all: the same is done, told and taken back.
    Try,
    /// Only where they replace what was seen: [`Steps::seen`] of the time when it was tried.
    Seen(&'a [u8]),
}

/// What becomes of a row: before and after are JSON, as in the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What the trail calls it.
    pub about: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What becomes of rows, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(pub Vec<Step>);

impl Steps {
    /// SHA-256 of all that the rows replace.
    pub fn seen(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        for step in &self.0 {
            let before = step.before.as_deref();
            hash.update([u8::from(before.is_some())]);
            hash.update((before.map_or(0, str::len) as u64).to_be_bytes());
            hash.update(before.unwrap_or_default());
        }
        hash.finalize().to_vec()
    }

    /// What the trail is told: rows that are as before are no change.
    pub(super) fn told(&self, act: &'static str) -> Vec<Told> {
        let told =
            |step: &Step| Told::written(act, &step.about, step.before.clone(), step.after.clone());
        self.0.iter().filter_map(told).collect()
    }
}

/// Ends a transaction that has written rows, as `how` says; gives back its steps.
macro_rules! finish {
    ($tx:expr, $how:expr, $by:expr, $act:literal, $steps:expr) => {{
        let steps = $crate::store::Steps($steps);
        match $how {
            $crate::store::Write::Try => $tx.rollback().await?,
            $crate::store::Write::Seen(seen) if steps.seen() != seen => {
                $tx.rollback().await?;
                return Err($crate::store::Error::Moved);
            }
            _ => {
                $crate::store::audit::record!($tx, $by, steps.told($act));
                $tx.commit().await?;
            }
        }
        steps
    }};
}
pub(super) use finish;
