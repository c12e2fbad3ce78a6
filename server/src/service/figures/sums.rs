//! Sums of count rows by unit, and those that are kept: days that are over change only where somebody
//! enters or imports an answer of such a day, so their sums are made once and not for every reader.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use domain::counts::{Counts, packed_responses};
use domain::instrument::{Instrument, Instruments};
use domain::questionnaire::Rule;
use domain::statistics::Sample;
use domain::unit::Key;

use crate::live::Print;
use crate::store::CountRow;

/// Sums of one subject that are kept at most; each takes some six kilobytes.
const MONTHS: usize = 4000;
const STEPS: usize = 1500;

/// What was summed up for one subject and questionnaire.
#[derive(Clone)]
pub(super) struct Sum {
    pub(super) counts: Counts,
    pub(super) responses: u64,
    pub(super) sample: Sample,
    /// Day and point of the last row: rows of one cluster stand together.
    last: Option<(i32, Key)>,
    pub(super) simulated: bool,
}

/// Sums by questionnaire and the unit that the rows name.
pub(super) type Sums = BTreeMap<(i16, Key), Sum>;

impl Sum {
    pub(super) fn new(instrument: &Instrument, rule: Rule) -> Self {
        let (counts, sample) = (Counts::empty(instrument), Sample::new(instrument, rule));
        Self { counts, responses: 0, sample, last: None, simulated: false }
    }

    /// Adds a row, of which so much may be shown.
    pub(super) fn add(&mut self, row: &CountRow, shown: &[u8]) {
        self.responses += packed_responses(&row.counts);
        self.simulated |= row.key.simulated;
        if self.counts.merge_packed(shown).is_none() {
            tracing::error!(day = row.key.day, point = row.key.point, "a row of counts is corrupt");
        }
        let cluster = Some((row.key.day, row.key.point));
        self.sample.add(self.last != cluster, shown);
        self.last = cluster;
    }

    /// Adds counts of which points and days are not known: figures, but nothing of how sure they are.
    pub(super) fn add_marginal(&mut self, packed: &[u8], simulated: bool) {
        self.responses += packed_responses(packed);
        self.simulated |= simulated;
        if self.counts.merge_packed(packed).is_none() {
            tracing::error!("a marginal row is corrupt");
        }
    }

    /// Adds the sum of other points or days.
    pub(super) fn merge(&mut self, other: &Self) {
        self.counts.merge(&other.counts);
        self.responses += other.responses;
        self.sample.merge(&other.sample);
        self.simulated |= other.simulated;
    }
}

/// The packed counts of a row that may be shown: everything once its day is over.
pub(super) fn shown(row: &CountRow, today: i32) -> &[u8] {
    if row.key.day < today { &row.counts } else { &row.released }
}

/// Sums up rows without a finding about their integrity.
pub(super) fn sum_up(rows: &[CountRow], today: i32, instruments: &Instruments, rule: Rule) -> Sums {
    let mut sums = Sums::new();
    for row in rows.iter().filter(|row| row.key.quality == 0) {
        let Some(instrument) = instruments.by_key(row.key.questionnaire) else { continue };
        let sum = sums
            .entry((row.key.questionnaire, row.key.unit))
            .or_insert_with(|| Sum::new(instrument, rule));
        sum.add(row, shown(row, today));
    }
    sums.values_mut().for_each(|sum| sum.sample.close());
    sums
}

/// One subject of a step: questionnaire, sum, and the components withheld beside others.
pub(super) type Stepped = Vec<(i16, Sum, Vec<bool>)>;

/// Sums of days that are over.
pub struct Kept {
    /// By month.
    pub(super) months: Shelf<(i32, Rule), Print, Sums>,
    /// By unit, first and last day; also a matter of the organisation's last change.
    pub(super) steps: Shelf<(Key, i32, i32, Rule), (Print, i64), Stepped>,
}

impl Default for Kept {
    fn default() -> Self {
        Self { months: Shelf::new(MONTHS, Sums::len), steps: Shelf::new(STEPS, Stepped::len) }
    }
}

/// What is kept under a name as long as its print is the same; the longest unread goes first.
pub(in crate::service) struct Shelf<K, P, V> {
    room: usize,
    size: fn(&V) -> usize,
    places: Mutex<Places<K, P, V>>,
}

/// The number of readings so far, and what is kept.
type Places<K, P, V> = (u64, HashMap<K, Place<P, V>>);

struct Place<P, V> {
    print: P,
    read: u64,
    value: Arc<V>,
}

impl<K: Hash + Eq + Copy, P: PartialEq, V> Shelf<K, P, V> {
    pub(in crate::service) fn new(room: usize, size: fn(&V) -> usize) -> Self {
        Self { room, size, places: Mutex::default() }
    }

    pub(in crate::service) fn get(&self, name: K, print: P, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(value) = self.known(&name, &print) {
            return value;
        }
        self.put(name, print, Arc::new(make()))
    }

    /// Keeps a value that was made elsewhere.
    pub(in crate::service) fn put(&self, name: K, print: P, value: Arc<V>) -> Arc<V> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let (reading, places) = &mut *places;
        *reading += 1;
        places.insert(name, Place { print, read: *reading, value: value.clone() });
        let mut total: usize = places.values().map(|place| (self.size)(&place.value)).sum();
        while total > self.room {
            let oldest = places.iter().min_by_key(|(_, place)| place.read).map(|(name, _)| *name);
            let Some(gone) = oldest.and_then(|name| places.remove(&name)) else { break };
            total -= (self.size)(&gone.value);
        }
        value
    }

    /// The value, if its print is still the same.
    pub(in crate::service) fn known(&self, name: &K, print: &P) -> Option<Arc<V>> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let (reading, places) = &mut *places;
        let place = places.get_mut(name).filter(|place| place.print == *print)?;
        *reading += 1;
        place.read = *reading;
        Some(place.value.clone())
    }
}
