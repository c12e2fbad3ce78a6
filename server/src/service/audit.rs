//! Whether the trail of changes is still the one that was written.

use std::collections::HashMap;
use std::fmt;

use domain::audit::Head;
use uuid::Uuid;

use super::access::{Actor, Denied};
use super::people::Refusal;
use crate::store::{self, By, Entry, Filter, Store};

/// The first entry that is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub seq: i64,
    pub how: How,
}

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Its content does not give its hash.
    Changed,
    /// Another one stands in its place, or none.
    Missing,
    /// It does not follow from the one before it.
    Reordered,
    /// The trail ends before the head that is known.
    CutOff,
    /// The entry of a head that was noted elsewhere is another one.
    NotNoted,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.how {
            How::Changed => "nội dung đã bị sửa (changed)",
            How::Missing => "bị thiếu (missing)",
            How::Reordered => "không nối tiếp mục trước (does not follow the one before)",
            How::CutOff => "nhật ký bị cắt từ đây (cut off)",
            How::NotNoted => "khác với dấu đã ghi (not the one that was noted)",
        };
        write!(f, "mục {} (entry {}): {how}", self.seq, self.seq)
    }
}

/// Reads the whole trail and checks its chain, up to its head, and that it contains the heads that were
/// noted elsewhere. Returns the head, or the first bad entry.
///
/// # Errors
/// Where the database fails.
pub async fn verify<'a>(
    store: &Store,
    noted: impl IntoIterator<Item = &'a Head>,
) -> store::Result<Result<Head, Broken>> {
    let noted: Vec<&Head> = noted.into_iter().collect();
    let mut last = Head { seq: 0, hash: vec![0; 32] };
    let mut broken = None;
    let (seq, hash) = store
        .each_entry(|entry| {
            if broken.is_none() {
                broken = check(&last, &entry, &noted);
                last = Head { seq: entry.seq, hash: entry.hash };
            }
        })
        .await?;
    let end = Head { seq, hash };
    let later = noted.iter().find(|head| head.seq > last.seq).map(|_| How::CutOff);
    let cut = (end != last).then_some(How::CutOff).or(later);
    let at_the_end = cut.map(|how| Broken { seq: last.seq + 1, how });
    Ok(broken.or(at_the_end).map_or(Ok(last), Err))
}

/// What is wrong with an entry that stands after `last`.
fn check(last: &Head, entry: &Entry, noted: &[&Head]) -> Option<Broken> {
    let broken = |seq, how| Some(Broken { seq, how });
    if entry.seq != last.seq + 1 {
        return broken(last.seq + 1, How::Missing);
    }
    if entry.previous != last.hash {
        return broken(entry.seq, How::Reordered);
    }
    if entry.computed_hash() != entry.hash {
        return broken(entry.seq, How::Changed);
    }
    if noted.iter().any(|head| head.seq == entry.seq && head.hash != entry.hash) {
        return broken(entry.seq, How::NotNoted);
    }
    None
}

impl super::Service {
    /// Who acts, and when, for the trail.
    pub(super) fn by(&self, actor: &Actor) -> By {
        let who = match actor {
            Actor::Person { account, .. } => By::person(*account),
            Actor::Key { id, .. } => By::key(*id),
            Actor::Display { .. } => "display".to_owned(),
            Actor::Local | Actor::Anyone => "local".to_owned(),
        };
        By { who, at: self.clock.now().as_millisecond() }
    }

    /// The newest entries that a filter lets through, for who administers everything: an entry may be
    /// about any part.
    ///
    /// # Errors
    /// Where the actor does not, or the database fails.
    pub async fn trail(
        &self,
        actor: &Actor,
        filter: &Filter,
        limit: i64,
    ) -> Result<Vec<Entry>, Refusal> {
        self.administered(actor)?;
        if !self.is_at_the_top(actor) {
            return Err(Denied::Forbidden.into());
        }
        Ok(self.store.audit_entries(filter, limit).await?)
    }

    /// The name of each account.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn account_names(&self) -> store::Result<HashMap<Uuid, String>> {
        let all = self.store.accounts().await?.into_iter();
        Ok(all.map(|account| (account.id, account.name)).collect())
    }

    /// The name of each key, also of those that were ended.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn key_names(&self) -> store::Result<HashMap<Uuid, String>> {
        let all = self.store.keys().await?.into_iter();
        Ok(all.map(|key| (key.id, key.name)).collect())
    }

    /// The head of the trail, to be noted where it cannot be changed any more.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn audit_head(&self) -> store::Result<Head> {
        let (seq, hash) = self.store.audit_head().await?;
        Ok(Head { seq, hash })
    }
}
