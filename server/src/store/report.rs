//! Sealed reports, and what else a report reads.

use std::collections::{BTreeSet, HashMap};

use domain::audit::hex;
use domain::day;
use domain::form::Form;
use domain::report::{ClosedBy, Month};
use domain::unit::Key;
use futures_util::TryStreamExt;
use jiff::civil::Date;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::audit::{Told, record};
use super::counts::MarginalRow;
use super::{By, Result, Store, on};

/// A report to be sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    pub id: Uuid,
    pub unit: Key,
    /// See [`day::month_number`].
    pub month: i32,
    pub json: Vec<u8>,
    /// SHA-256 of the JSON.
    pub hash: Vec<u8>,
    pub responses: i64,
    /// Version of the program.
    pub program: String,
    pub closed_by: ClosedBy,
    /// Those whose answers it is about: the unit and all below it.
    pub units: BTreeSet<Key>,
}

/// A sealed report as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SealedReport {
    pub json: Vec<u8>,
    pub hash: Vec<u8>,
    pub responses: i64,
    pub program: String,
    pub closed_by: String,
    pub closed_at: i64,
    units: Option<String>,
}

/// A sealed report with its unit's code and its month.
#[derive(sqlx::FromRow)]
struct EachSealed {
    code: String,
    month: i32,
    #[sqlx(flatten)]
    report: SealedReport,
}

/// What a list says of a sealed report.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SealedMonth {
    pub month: i32,
    pub hash: Vec<u8>,
    pub responses: i64,
    pub closed_by: String,
    pub closed_at: i64,
    units: Option<String>,
}

impl SealedReport {
    /// The units that it is about; `None` where that was not yet noted.
    pub fn units(&self) -> Option<BTreeSet<Key>> {
        self.units.as_deref().map(units)
    }

    /// What the trail tells of them.
    pub fn units_hash(&self) -> Option<String> {
        self.units.as_deref().map(units_hash)
    }
}

impl SealedMonth {
    /// The same of a line of the list.
    pub fn units(&self) -> Option<BTreeSet<Key>> {
        self.units.as_deref().map(units)
    }
}

/// SHA-256 of the numbers of units.
fn units_hash(units: &str) -> String {
    hex(&Sha256::digest(units))
}

fn units(text: &str) -> BTreeSet<Key> {
    text.split(',').filter_map(|key| key.parse().ok()).collect()
}

/// What the trail calls a report.
pub(super) fn about(unit: &str, month: Month) -> String {
    format!("{unit} {month}")
}

impl Store {
    /// Keeps a sealed report for ever; `false` where its unit and month have one, which stands.
    pub async fn seal_report(&self, report: &NewReport, by: &By) -> Result<bool> {
        let month = Month::from_number(report.month);
        let units: Vec<String> = report.units.iter().map(Key::to_string).collect();
        let units = units.join(",");
        let after = json!({"hash": hex(&report.hash), "responses": report.responses, "program": report.program, "units": units_hash(&units)});
        let written = on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            let unit: String = sqlx::query_scalar("select code from unit where key = $1")
                .bind(report.unit)
                .fetch_one(&mut *tx)
                .await?;
            let written = sqlx::query(
                "insert into report (id, unit, month, json, hash, responses, program, closed_by,
                                     closed_at, units)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (unit, month) do nothing",
            )
            .bind(report.id)
            .bind(report.unit)
            .bind(report.month)
            .bind(&report.json)
            .bind(&report.hash)
            .bind(report.responses)
            .bind(&report.program)
            .bind(report.closed_by.name())
            .bind(by.at)
            .bind(&units)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            let told = (written > 0).then(|| Told {
                act: "report.seal",
                about: about(&unit, month),
                before: None,
                after: Some(after.to_string()),
            });
            record!(tx, by, Vec::from_iter(told));
            tx.commit().await?;
            written
        });
        Ok(written > 0)
    }

    /// The sealed report of a unit and month.
    pub async fn sealed_report(&self, unit: Key, month: i32) -> Result<Option<SealedReport>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select json, hash, responses, program, closed_by, closed_at, units
                 from report where unit = $1 and month = $2",
            )
            .bind(unit)
            .bind(month)
            .fetch_optional(db)
            .await?
        }))
    }

    /// The months of a unit that are sealed, the newest first.
    pub async fn sealed_months(&self, unit: Key) -> Result<Vec<SealedMonth>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select month, hash, responses, closed_by, closed_at, units from report where unit = $1
                 order by month desc",
            )
            .bind(unit)
            .fetch_all(db)
            .await?
        }))
    }

    /// Reads what the trail calls every sealed report, and the report, in constant memory.
    pub async fn each_sealed(&self, mut visit: impl FnMut(String, SealedReport)) -> Result<()> {
        on!(&self.pool, |db| {
            let mut rows = sqlx::query_as::<Db, EachSealed>(
                "select u.code, r.month, r.json, r.hash, r.responses, r.program, r.closed_by,
                        r.closed_at, r.units
                 from report r join unit u on u.key = r.unit order by r.month, r.unit",
            )
            .fetch(db);
            while let Some(EachSealed { code, month, report }) = rows.try_next().await? {
                visit(about(&code, Month::from_number(month)), report);
            }
        });
        Ok(())
    }

    /// When, and what the trail says of the seal of a report, as JSON; of the first where there are more.
    pub async fn told_seal(&self, unit: &str, month: Month) -> Result<Option<(i64, String)>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select at, coalesce(after, '') from audit where about = $1 and act = 'report.seal' order by seq limit 1",
            )
            .bind(about(unit, month))
            .fetch_optional(db)
            .await?
        }))
    }

    /// The units whose report of a month is sealed.
    pub async fn units_sealed(&self, month: i32) -> Result<BTreeSet<Key>> {
        let units: Vec<(Key,)> = on!(&self.pool, |db| {
            sqlx::query_as("select unit from report where month = $1")
                .bind(month)
                .fetch_all(db)
                .await?
        });
        Ok(units.into_iter().map(|(unit,)| unit).collect())
    }

    /// Counts of a month by stage and by field of service.
    pub async fn marginals(&self, month: i32) -> Result<Vec<MarginalRow>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select month, unit, questionnaire, dimension, value, quality, simulated, counts
                 from marginal where month = $1 order by unit, questionnaire, dimension, value",
            )
            .bind(month)
            .fetch_all(db)
            .await?
        }))
    }

    /// The months in which anybody answered.
    pub async fn counted_months(&self) -> Result<BTreeSet<i32>> {
        let months: Vec<(i32,)> = on!(&self.pool, |db| {
            sqlx::query_as("select distinct month from marginal").fetch_all(db).await?
        });
        Ok(months.into_iter().map(|(month,)| month).collect())
    }

    /// How many responses of the days from `from` to `to`, both inclusive, have a comment, by unit.
    /// Costs as much as there are comments in these days, whatever the responses.
    pub async fn comments_between(&self, from: Date, to: Date) -> Result<HashMap<Key, u64>> {
        let rows: Vec<(Key, i64)> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select unit, count(*) from comment where day between $1 and $2
                 group by unit",
            )
            .bind(day::number(from))
            .bind(day::number(to))
            .fetch_all(db)
            .await?
        });
        Ok(rows.into_iter().map(|(unit, n)| (unit, u64::try_from(n).unwrap_or(0))).collect())
    }

    /// Reads unit, questionnaire, form and packed answers of all sound responses of the days from
    /// `from` to `to`, both inclusive, in constant memory; in no order.
    pub async fn each_answers_of_all(
        &self,
        (from, to): (Date, Date),
        mut visit: impl FnMut(Key, i16, Option<Form>, &[u8]),
    ) -> Result<()> {
        on!(&self.pool, |db| {
            let mut rows = sqlx::query_as::<Db, (Key, i16, Option<i16>, Vec<u8>)>(
                "select unit, questionnaire, form, answers from response
                 where quality = 0 and day between $1 and $2",
            )
            .bind(day::number(from))
            .bind(day::number(to))
            .fetch(db);
            while let Some((unit, version, form, answers)) = rows.try_next().await? {
                visit(unit, version, form.map(|n| Form::from_number(n as u16)), &answers);
            }
        });
        Ok(())
    }
}
