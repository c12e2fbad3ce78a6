//! Counts and marginals: packed rows, written with their responses and read by everything else.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::counts::Counts;
use domain::day;
use domain::instrument::{Instrument, Instruments};
use domain::release::Ledger;
use domain::response::Answers;
use domain::unit::Key;
use futures_util::TryStreamExt;
use jiff::civil::Date;
use uuid::Uuid;

use super::answers::{RESPONSES, ResponseRow, StoredResponse};
use super::{Error, Result, Store, on};

/// What a row of counts is about. The order is that of the primary key, and of all writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::FromRow)]
pub struct CountKey {
    pub day: i32,
    pub point: Key,
    pub unit: Key,
    pub questionnaire: i16,
    pub channel: i16,
    pub quality: i16,
    pub simulated: bool,
}

/// A row of counts as stored; see [`Counts::pack`].
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CountRow {
    #[sqlx(flatten)]
    pub key: CountKey,
    pub counts: Vec<u8>,
    pub released: Vec<u8>,
    pub change: i64,
}

/// What a marginal row is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::FromRow)]
pub struct MarginalKey {
    pub month: i32,
    pub unit: Key,
    pub questionnaire: i16,
    /// `stage` or `field`.
    pub dimension: String,
    /// Name of the stage, listed field of service, or empty where it was not said.
    pub value: String,
    pub quality: i16,
    pub simulated: bool,
}

/// A marginal row as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MarginalRow {
    #[sqlx(flatten)]
    pub key: MarginalKey,
    pub counts: Vec<u8>,
}

/// What newly inserted responses add to the counts.
#[derive(Default)]
pub(super) struct Added {
    counts: BTreeMap<CountKey, Part>,
    marginals: BTreeMap<MarginalKey, Counts>,
}

/// Rows to be written, in the order of their keys.
type Ledgers = Vec<(CountKey, Ledger)>;
type Marginals = Vec<(MarginalKey, Counts)>;

/// What they add to one row: in the order of arrival where the day still runs, since blocks are
/// released in that order; summed up where it is over.
struct Part {
    over: Counts,
    running: Vec<Answers>,
}

impl Added {
    /// Counts one response; `today` is the day that still runs.
    pub(super) fn add(
        &mut self,
        row: &StoredResponse,
        instrument: &Instrument,
        instruments: &Instruments,
        today: i32,
    ) {
        let part = self
            .counts
            .entry(row.count_key())
            .or_insert_with(|| Part { over: Counts::empty(instrument), running: vec![] });
        if row.day < today {
            part.over.add(&row.answers, instrument);
        } else {
            part.running.push(row.answers.clone());
        }
        for key in row.marginal_keys(instruments) {
            let counts = self.marginals.entry(key).or_insert_with(|| Counts::empty(instrument));
            counts.add(&row.answers, instrument);
        }
    }

    pub(super) fn count_keys(&self) -> Vec<CountKey> {
        self.counts.keys().copied().collect()
    }

    pub(super) fn marginal_keys(&self) -> Vec<MarginalKey> {
        self.marginals.keys().cloned().collect()
    }

    /// The new ledgers, given those that are stored.
    pub(super) fn ledgers(
        self,
        stored: &[CountRow],
        stored_marginals: &[MarginalRow],
        instruments: &Instruments,
    ) -> Result<(Ledgers, Marginals)> {
        let stored: HashMap<CountKey, &CountRow> =
            stored.iter().map(|row| (row.key, row)).collect();
        let mut ledgers = Vec::with_capacity(self.counts.len());
        for (key, part) in self.counts {
            let instrument = instrument(instruments, key.questionnaire)?;
            let mut ledger = Ledger::empty(instrument);
            if let Some(row) = stored.get(&key) {
                ledger.all = unpack(&row.counts, instrument)?;
                ledger.released = unpack(&row.released, instrument)?;
            }
            ledger.all.merge(&part.over);
            part.running.iter().for_each(|answers| ledger.add(answers, instrument));
            ledgers.push((key, ledger));
        }
        let stored: HashMap<&MarginalKey, &MarginalRow> =
            stored_marginals.iter().map(|row| (&row.key, row)).collect();
        let mut marginals = Vec::with_capacity(self.marginals.len());
        for (key, mut counts) in self.marginals {
            if let Some(row) = stored.get(&key) {
                let instrument = instrument(instruments, key.questionnaire)?;
                counts.merge(&unpack(&row.counts, instrument)?);
            }
            marginals.push((key, counts));
        }
        Ok((ledgers, marginals))
    }
}

/// The questionnaire of a number in a stored row.
pub(super) fn instrument(instruments: &Instruments, key: i16) -> Result<&Arc<Instrument>> {
    instruments.by_key(key).ok_or_else(|| Error::Corrupt(format!("questionnaire {key} is unknown")))
}

fn unpack(packed: &[u8], instrument: &Instrument) -> Result<Counts> {
    Counts::unpack(packed, instrument).ok_or_else(|| Error::Corrupt("counts".to_owned()))
}

/// Rows of one statement; well under the number of parameters that either database takes.
pub(super) const ROWS: usize = 500;

/// Adds to the stored counts within a transaction that holds the change number `$change`.
///
/// A macro, since a function over both databases would need a bound for every bound type.
macro_rules! write_counts {
    ($tx:expr, $added:expr, $instruments:expr, $change:expr) => {{
        let mut stored: Vec<CountRow> = vec![];
        for keys in $added.count_keys().chunks(ROWS) {
            let mut query = QueryBuilder::<Db>::new(
                "with k (day, point, unit, questionnaire, channel, quality, simulated) as (",
            );
            query.push_values(keys, |mut row, key| {
                row.push_bind(key.day).push_bind(key.point).push_bind(key.unit);
                row.push_bind(key.questionnaire).push_bind(key.channel);
                row.push_bind(key.quality).push_bind(key.simulated);
            });
            query.push(
                ") select c.day, c.point, c.unit, c.questionnaire, c.channel, c.quality, c.simulated,
                          c.counts, c.released, c.change
                   from k join counts c on c.day = k.day and c.point = k.point and c.unit = k.unit
                     and c.questionnaire = k.questionnaire and c.channel = k.channel
                     and c.quality = k.quality and c.simulated = k.simulated",
            );
            stored.extend(query.build_query_as::<CountRow>().fetch_all(&mut *$tx).await?);
        }
        let mut stored_marginals: Vec<MarginalRow> = vec![];
        for keys in $added.marginal_keys().chunks(ROWS) {
            let mut query = QueryBuilder::<Db>::new(
                "with k (month, unit, questionnaire, dimension, value, quality, simulated) as (",
            );
            query.push_values(keys, |mut row, key| {
                row.push_bind(key.month).push_bind(key.unit).push_bind(key.questionnaire);
                row.push_bind(key.dimension.clone()).push_bind(key.value.clone());
                row.push_bind(key.quality).push_bind(key.simulated);
            });
            query.push(
                ") select m.month, m.unit, m.questionnaire, m.dimension, m.value, m.quality,
                          m.simulated, m.counts
                   from k join marginal m on m.month = k.month and m.unit = k.unit
                     and m.questionnaire = k.questionnaire and m.dimension = k.dimension
                     and m.value = k.value and m.quality = k.quality and m.simulated = k.simulated",
            );
            stored_marginals.extend(query.build_query_as::<MarginalRow>().fetch_all(&mut *$tx).await?);
        }
        let (ledgers, marginals) = $added.ledgers(&stored, &stored_marginals, $instruments)?;
        for some in ledgers.chunks(ROWS) {
            let mut query = QueryBuilder::<Db>::new(
                "insert into counts (day, point, unit, questionnaire, channel, quality, simulated,
                                     counts, released, change) ",
            );
            query.push_values(some, |mut row, (key, ledger)| {
                row.push_bind(key.day).push_bind(key.point).push_bind(key.unit);
                row.push_bind(key.questionnaire).push_bind(key.channel);
                row.push_bind(key.quality).push_bind(key.simulated);
                row.push_bind(ledger.all.pack()).push_bind(ledger.released.pack()).push_bind($change);
            });
            query.push(
                " on conflict (day, point, unit, questionnaire, channel, quality, simulated)
                  do update set counts = excluded.counts, released = excluded.released,
                                change = excluded.change",
            );
            query.build().execute(&mut *$tx).await?;
        }
        for some in marginals.chunks(ROWS) {
            let mut query = QueryBuilder::<Db>::new(
                "insert into marginal (month, unit, questionnaire, dimension, value, quality,
                                       simulated, counts) ",
            );
            query.push_values(some, |mut row, (key, counts)| {
                row.push_bind(key.month).push_bind(key.unit).push_bind(key.questionnaire);
                row.push_bind(key.dimension.clone()).push_bind(key.value.clone());
                row.push_bind(key.quality).push_bind(key.simulated).push_bind(counts.pack());
            });
            query.push(
                " on conflict (month, unit, questionnaire, dimension, value, quality, simulated)
                  do update set counts = excluded.counts",
            );
            query.build().execute(&mut *$tx).await?;
        }
    }};
}
pub(super) use write_counts;

impl Store {
    /// Count rows of the days from `from` to `to`, both inclusive, that changed after `since`.
    pub async fn counts_between(&self, from: i32, to: i32, since: i64) -> Result<Vec<CountRow>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select day, point, unit, questionnaire, channel, quality, simulated,
                        counts, released, change
                 from counts where day between $1 and $2 and change > $3",
            )
            .bind(from)
            .bind(to)
            .bind(since)
            .fetch_all(db)
            .await?
        }))
    }

    /// Count rows that changed after `since`.
    pub async fn counts_since(&self, since: i64) -> Result<Vec<CountRow>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select day, point, unit, questionnaire, channel, quality, simulated,
                        counts, released, change
                 from counts where change > $1",
            )
            .bind(since)
            .fetch_all(db)
            .await?
        }))
    }

    /// The first and the last day on which something was counted.
    pub async fn counted_days(&self) -> Result<Option<(i32, i32)>> {
        let (first, last): (Option<i32>, Option<i32>) = on!(&self.pool, |db| {
            sqlx::query_as("select (select min(day) from counts), (select max(day) from counts)")
                .fetch_one(db)
                .await?
        });
        Ok(first.zip(last))
    }

    /// The last day on which each unit has answers of its own.
    pub async fn last_answered(&self) -> Result<HashMap<Key, Date>> {
        let rows: Vec<(Key, i32)> = on!(&self.pool, |db| {
            sqlx::query_as("select unit, max(day) from counts group by unit").fetch_all(db).await?
        });
        Ok(rows.into_iter().map(|(unit, last)| (unit, day::from_number(last))).collect())
    }

    /// Reads responses, counts, marginals and misfiled comments as of one moment, each row once.
    pub async fn snapshot(&self, mut visit: impl FnMut(Snapshot)) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(SNAPSHOT).await?;
            let mut rows = sqlx::query_as(RESPONSES).fetch(&mut *tx);
            while let Some(row) = rows.try_next().await? {
                visit(Snapshot::Response(row));
            }
            drop(rows);
            let mut rows = sqlx::query_as(
                "select day, point, unit, questionnaire, channel, quality, simulated,
                        counts, released, change
                 from counts",
            )
            .fetch(&mut *tx);
            while let Some(row) = rows.try_next().await? {
                visit(Snapshot::Counts(row));
            }
            drop(rows);
            let mut rows = sqlx::query_as(
                "select month, unit, questionnaire, dimension, value, quality, simulated, counts
                 from marginal",
            )
            .fetch(&mut *tx);
            while let Some(row) = rows.try_next().await? {
                visit(Snapshot::Marginal(row));
            }
            drop(rows);
            let mut rows = sqlx::query_as(MISFILED).fetch(&mut *tx);
            while let Some((id,)) = rows.try_next().await? {
                visit(Snapshot::Misfiled(id));
            }
        });
        Ok(())
    }
}

/// Comments whose unit or day is not that of their response.
const MISFILED: &str = "select c.response from comment c left join response r on r.id = c.response
    where r.id is null or c.unit is distinct from r.unit or c.day is distinct from r.day";

/// One row of [`Store::snapshot`].
pub enum Snapshot {
    Response(ResponseRow),
    Counts(CountRow),
    Marginal(MarginalRow),
    /// A comment that does not stand where its response does.
    Misfiled(Uuid),
}
