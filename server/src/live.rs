//! The counts in memory, month by month, kept level with the database whoever writes to it.
//!
//! Before every reading the number of the last change is compared, and rows that changed since are
//! read again: so a figure is never older than the moment at which it was asked for, also when an
//! import or another server wrote. Only the months that are asked for are held, and no more of them
//! than fit the bound. Who watches is told that something was committed, and from [`Hub`] what came of
//! it. This module does not know names, people or pages.

mod hub;
mod pulse;

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};
use std::sync::{Arc, PoisonError, RwLock};

use domain::day;
use domain::unit::Key;
use jiff::civil::Date;

pub use hub::{Hub, Topic};
pub use pulse::Pulse;

use crate::store::{CountRow, Result, Store};

/// Bytes of packed counts that are kept between readings.
const BOUND: usize = 48 << 20;

/// Count rows of one month.
#[derive(Clone)]
pub struct Month {
    /// See [`day::month_number`].
    pub number: i32,
    /// In the order of their keys.
    pub rows: Vec<CountRow>,
    /// The last change of each day, the first one first.
    changes: [i64; 31],
}

impl Month {
    fn new(number: i32, mut rows: Vec<CountRow>) -> Self {
        rows.sort_unstable_by_key(|row| row.key);
        rows.shrink_to_fit();
        let mut month = Self { number, rows: vec![], changes: [0; 31] };
        rows.iter().for_each(|row| month.note(row));
        month.rows = rows;
        month
    }

    fn put(&mut self, row: CountRow) {
        self.note(&row);
        match self.rows.binary_search_by_key(&row.key, |row| row.key) {
            Ok(at) => self.rows[at] = row,
            Err(at) => self.rows.insert(at, row),
        }
    }

    fn note(&mut self, row: &CountRow) {
        let change = &mut self.changes[day::from_number(row.key.day).day() as usize - 1];
        *change = row.change.max(*change);
    }

    /// The print of some of the rows, whole days.
    pub fn print(&self, range: Range<usize>) -> Print {
        let rows = &self.rows[range];
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return (0, 0) };
        let day = |row: &CountRow| day::from_number(row.key.day).day() as usize;
        let changes = &self.changes[day(first) - 1..day(last)];
        (rows.len(), changes.iter().copied().max().unwrap_or(0))
    }

    /// Where the rows of the days from `from` to `to` stand.
    fn range(&self, (from, to): (i32, i32)) -> Range<usize> {
        let start = self.rows.partition_point(|row| row.key.day < from);
        start..self.rows.partition_point(|row| row.key.day <= to).max(start)
    }
}

/// What rows are as of some moment: their number and the last change of their days. Rows that changed
/// have another print.
pub type Print = (usize, i64);

/// Counts in memory.
pub struct Live {
    store: Store,
    state: RwLock<State>,
    /// Held while the state is brought up to date, so that it is done once at a time.
    refresh: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    /// The change up to which all months are known.
    seen: i64,
    months: HashMap<i32, (u64, Arc<Month>)>,
    readings: u64,
    /// The last change of each unit that rows name, as far as it was heard of.
    units: HashMap<Key, i64>,
    /// The last change that was not looked into: it may have been one of any unit.
    unread: i64,
}

/// Count rows of some days, as of one moment.
#[derive(Clone, Default)]
pub struct Rows {
    days: Option<(i32, i32)>,
    months: Vec<Arc<Month>>,
}

impl Rows {
    /// Those of some of the days.
    pub fn between(&self, from: Date, to: Date) -> Self {
        let days =
            self.days.map(|days| (days.0.max(day::number(from)), days.1.min(day::number(to))));
        Self { days, months: self.months.clone() }
    }

    /// The rows in the order of day and point.
    pub fn iter(&self) -> impl Iterator<Item = &CountRow> {
        self.months().flat_map(|(month, range)| &month.rows[range])
    }

    /// Month by month, and which rows of it are meant.
    pub fn months(&self) -> impl Iterator<Item = (&Month, Range<usize>)> {
        let days = self.days.unwrap_or((0, -1));
        self.months.iter().map(move |month| (&**month, month.range(days)))
    }

    /// The print of the rows.
    pub fn print(&self) -> Print {
        let prints = self.months().map(|(month, range)| month.print(range));
        prints.fold((0, 0), |all, month| (all.0 + month.0, all.1.max(month.1)))
    }
}

impl Live {
    /// Nothing in memory yet.
    pub fn new(store: Store) -> Self {
        Self { store, state: RwLock::default(), refresh: tokio::sync::Mutex::default() }
    }

    /// All count rows of the days from `from` to `to`, both inclusive, as committed by now.
    pub async fn rows(&self, from: Date, to: Date) -> Result<Rows> {
        let days = (day::number(from), day::number(to));
        let now = self.store.changes().await?.answers;
        if let Some(rows) = self.known(days, now) {
            return Ok(rows);
        }
        let _one_at_a_time = self.refresh.lock().await;
        self.catch_up(now).await?;
        let Some((first, last)) = self.store.counted_days().await? else {
            return Ok(Rows::default());
        };
        let days = (days.0.max(first), days.1.min(last));
        if days.0 > days.1 {
            return Ok(Rows::default());
        }
        for month in months(days) {
            if !self.read_state(|state| state.months.contains_key(&month)) {
                self.load(month).await?;
            }
        }
        let rows = self.known(days, i64::MIN).unwrap_or_default();
        self.forget(months(days));
        Ok(rows)
    }

    /// The last change of any of the units, or one that may have been.
    pub async fn change_of(&self, units: impl Iterator<Item = Key>) -> Result<i64> {
        let now = self.store.changes().await?.answers;
        if self.read_state(|state| state.seen < now) {
            let _one_at_a_time = self.refresh.lock().await;
            self.catch_up(now).await?;
        }
        Ok(self.read_state(|state| {
            let heard = units.filter_map(|unit| state.units.get(&unit)).copied();
            heard.fold(state.unread, i64::max)
        }))
    }

    /// The rows, if everything asked for is in memory and as new as change `now`.
    fn known(&self, days: (i32, i32), now: i64) -> Option<Rows> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let span = months(days);
        if state.seen < now || span.clone().count() > state.months.len() {
            return None;
        }
        state.readings += 1;
        let reading = state.readings;
        let months: Option<Vec<_>> = span
            .map(|month| {
                let (used, rows) = state.months.get_mut(&month)?;
                *used = reading;
                Some(rows.clone())
            })
            .collect();
        Some(Rows { days: Some(days), months: months? })
    }

    async fn catch_up(&self, now: i64) -> Result<()> {
        let (seen, empty) = self.read_state(|state| (state.seen, state.months.is_empty()));
        if seen >= now {
            return Ok(());
        }
        let rows = if empty { vec![] } else { self.store.counts_since(seen).await? };
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.seen = rows.iter().map(|row| row.change).max().unwrap_or(now).max(now);
        if empty {
            state.unread = now;
        }
        for row in rows {
            state.units.insert(row.key.unit, row.change);
            let month = day::month_number(day::from_number(row.key.day));
            if let Some((_, rows)) = state.months.get_mut(&month) {
                Arc::make_mut(rows).put(row);
            }
        }
        Ok(())
    }

    async fn load(&self, month: i32) -> Result<()> {
        let first = Date::new((month.div_euclid(12)) as i16, (month.rem_euclid(12) + 1) as i8, 1)
            .unwrap_or(Date::MIN);
        let rows = self
            .store
            .counts_between(day::number(first), day::number(first.last_of_month()), 0)
            .await?;
        let rows = Month::new(month, rows);
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let reading = state.readings;
        state.months.insert(month, (reading, Arc::new(rows)));
        Ok(())
    }

    /// Drops the months that were not read for longest while there are too many.
    fn forget(&self, keep: impl Iterator<Item = i32> + Clone) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let mut total: usize = state.months.values().map(|(_, rows)| size(rows)).sum();
        while total > BOUND {
            let old = state.months.iter().filter(|(month, _)| !keep.clone().any(|k| k == **month));
            let Some(oldest) = old.min_by_key(|(_, (used, _))| *used).map(|(month, _)| *month)
            else {
                break;
            };
            if let Some((_, rows)) = state.months.remove(&oldest) {
                total -= size(&rows);
            }
        }
    }

    fn read_state<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Bytes that a month takes.
fn size(month: &Month) -> usize {
    month.rows.iter().map(|row| 128 + row.counts.len() + row.released.len()).sum()
}

/// The months of the days.
fn months(days: (i32, i32)) -> RangeInclusive<i32> {
    let month = |number| day::month_number(day::from_number(number));
    month(days.0)..=month(days.1)
}
