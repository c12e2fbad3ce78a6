//! Whether the trail of changes is still the one that was written.

use std::collections::{HashMap, HashSet};
use std::fmt;

use domain::audit::Head;
use uuid::Uuid;

use super::access::{Actor, Denied};
use super::people::Refusal;
use super::report::{Kept, Told, told};
use crate::store::{self, By, Entry, Filter, Store};

/// The first entry that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub seq: i64,
    pub how: How,
}

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The report of which it tells that it was sealed is another one by now, or gone.
    NotAsSealed(String),
    /// A report is there of which no entry up to it tells that it was sealed.
    NeverSealed(String),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report;
        let how = match &self.how {
            How::Changed => "nội dung đã bị sửa (changed)",
            How::Missing => "bị thiếu (missing)",
            How::Reordered => "không nối tiếp mục trước (does not follow the one before)",
            How::CutOff => "nhật ký bị cắt từ đây (cut off)",
            How::NotNoted => "khác với dấu đã ghi (not the one that was noted)",
            How::NotAsSealed(about) => {
                report = format!(
                    "báo cáo {about} không còn như khi khóa sổ (the report is not as it was sealed)"
                );
                &report
            }
            How::NeverSealed(about) => {
                report = format!(
                    "chưa có mục nào ghi việc khóa sổ báo cáo {about} (nothing tells of its seal)"
                );
                &report
            }
        };
        write!(f, "mục {} (entry {}): {how}", self.seq, self.seq)
    }
}

/// Hashes that were noted, by the number of their entry.
type Marks = HashMap<i64, Vec<Vec<u8>>>;

/// Reads the whole trail and checks its chain, up to its head; that it contains the heads that were noted,
/// elsewhere or on sealed reports; and that each report is the one of whose seal it tells. Returns the
/// head, or the first bad entry.
///
/// # Errors
/// Where the database fails.
pub async fn verify<'a>(
    store: &Store,
    noted: impl IntoIterator<Item = &'a Head>,
) -> store::Result<Result<Head, Broken>> {
    let (known, _) = store.audit_head().await?;
    let kept = Kept::read(store).await?;
    let mut marks = Marks::new();
    for Head { seq, hash } in noted.into_iter().cloned().chain(kept.heads) {
        marks.entry(seq).or_default().push(hash);
    }
    let mut seals = Seals { known, kept: &kept.told, told: HashSet::new() };
    let mut last = Head { seq: 0, hash: vec![0; 32] };
    let mut broken = None;
    let (seq, hash) = store
        .each_entry(|entry| {
            if broken.is_none() {
                broken = check(&last, &entry, &marks).or_else(|| seals.check(&entry));
                last = Head { seq: entry.seq, hash: entry.hash };
            }
        })
        .await?;
    let end = Head { seq, hash };
    let later = marks.keys().any(|seq| *seq > last.seq).then_some(How::CutOff);
    let cut = (end != last).then_some(How::CutOff).or(later);
    let at_the_end = cut.map(|how| Broken { seq: last.seq + 1, how });
    let broken = broken.or(at_the_end).or_else(|| seals.untold(last.seq));
    Ok(broken.map_or(Ok(last), Err))
}

/// The seals of reports, in the order of the trail.
struct Seals<'a> {
    /// The last entry before the reports were read: what is sealed later is not among them.
    known: i64,
    kept: &'a HashMap<String, Option<Told>>,
    told: HashSet<String>,
}

impl Seals<'_> {
    /// What is wrong with the report of whose seal an entry tells. A report is sealed once: who takes it
    /// away has another one sealed in its place.
    fn check(&mut self, entry: &Entry) -> Option<Broken> {
        if entry.act != "report.seal" || !self.told.insert(entry.about.clone()) {
            return None;
        }
        let told = entry.after.as_deref().and_then(|after| told(entry.at, after));
        let kept = self.kept.get(&entry.about);
        let later = kept.is_none() && entry.seq > self.known;
        let broken = || Broken { seq: entry.seq, how: How::NotAsSealed(entry.about.clone()) };
        (told.is_none() || kept != Some(&told)).then(broken).filter(|_| !later)
    }

    /// A report of which no entry tells.
    fn untold(&self, seq: i64) -> Option<Broken> {
        let about = self.kept.keys().filter(|about| !self.told.contains(*about)).min()?;
        Some(Broken { seq, how: How::NeverSealed(about.clone()) })
    }
}

/// What is wrong with an entry that stands after `last`.
fn check(last: &Head, entry: &Entry, marks: &Marks) -> Option<Broken> {
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
    let mark = marks.get(&entry.seq);
    if mark.is_some_and(|hashes| hashes.iter().any(|hash| *hash != entry.hash)) {
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
