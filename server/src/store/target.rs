//! Targets and dossiers, as entered.

use std::str::FromStr;

use domain::day;
use domain::target::{Dossiers, IndexName, Target};
use domain::unit::Key;
use jiff::civil::Date;
use rust_decimal::Decimal;
use sqlx::QueryBuilder;

use super::audit::By;
use super::steps::{Step, Steps, Write, finish};
use super::{Error, Result, Store, on};

#[derive(sqlx::FromRow, serde::Serialize)]
struct TargetRow {
    unit: String,
    year: i16,
    index_name: String,
    code: String,
    name: String,
    max: Option<String>,
    baseline: Option<String>,
    baseline_rank: Option<i16>,
    rank_of: Option<i16>,
    target: Option<String>,
    actual: Option<String>,
    actual_date: Option<i32>,
    source: Option<String>,
    goal: Option<String>,
    goal_text: Option<String>,
}

/// The columns of [`TargetRow`].
const TARGETS: &str =
    "select u.code as unit, t.year, t.index_name, t.code, t.name, t.max, t.baseline,
        t.baseline_rank, t.rank_of, t.target, t.actual, t.actual_date, t.source, t.goal, t.goal_text
    from target t join unit u on u.key = t.unit";

/// A row of a table as it is within a transaction, in JSON, for the trail.
macro_rules! target_now {
    ($tx:expr, $row:expr) => {{
        let mut query = QueryBuilder::<Db>::new(TARGETS);
        query.push(" where u.code = ").push_bind(&$row.unit).push(" and t.year = ");
        query.push_bind($row.year).push(" and t.index_name = ").push_bind($row.index.name());
        query.push(" and t.code = ").push_bind(&$row.code);
        let row: Option<TargetRow> = query.build_query_as().fetch_optional(&mut *$tx).await?;
        row.and_then(|row| serde_json::to_string(&row).ok())
    }};
}

/// Begins what must see the last change of others before it replaces something: like appends to the
/// trail, such transactions follow one another on every server.
macro_rules! after_others {
    ($tx:expr) => {
        sqlx::query("update audit_head set seq = seq").execute(&mut *$tx).await?
    };
}

impl Store {
    /// Writes rows of published tables, all or none; the order of a table is that of its first import.
    /// Tells what becomes of each.
    pub async fn write_targets(
        &self,
        targets: &[Target],
        how: Write<'_>,
        by: &By,
    ) -> Result<Steps> {
        let text = |number: &Option<Decimal>| number.map(|number| number.to_string());
        Ok(on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            after_others!(tx);
            let mut steps = vec![];
            for row in targets {
                let before = target_now!(tx, row);
                let written = sqlx::query(
                    "insert into target (unit, year, index_name, code, position, name, max, baseline,
                        baseline_rank, rank_of, target, actual, actual_date, source, goal, goal_text)
                     select u.key, $2, $3, $4,
                        (select cast(coalesce(max(t.position), 0) + 1 as smallint) from target t
                         where t.unit = u.key and t.year = $2 and t.index_name = $3),
                        $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
                     from unit u where u.code = $1
                     on conflict (unit, year, index_name, code) do update set name = excluded.name,
                        max = excluded.max, baseline = excluded.baseline,
                        baseline_rank = excluded.baseline_rank, rank_of = excluded.rank_of,
                        target = excluded.target, actual = excluded.actual,
                        actual_date = excluded.actual_date, source = excluded.source,
                        goal = excluded.goal, goal_text = excluded.goal_text",
                )
                .bind(&row.unit)
                .bind(row.year)
                .bind(row.index.name())
                .bind(&row.code)
                .bind(&row.name)
                .bind(text(&row.max))
                .bind(text(&row.baseline))
                .bind(row.baseline_rank)
                .bind(row.rank_of)
                .bind(text(&row.target))
                .bind(text(&row.actual))
                .bind(row.actual_date.map(day::number))
                .bind(&row.source)
                .bind(text(&row.goal))
                .bind(&row.goal_text)
                .execute(&mut *tx)
                .await?;
                if written.rows_affected() == 0 {
                    return Err(Error::Missing(row.unit.clone()));
                }
                let after = target_now!(tx, row);
                let about = format!("{}/{}/{}/{}", row.unit, row.year, row.index.name(), row.code);
                steps.push(Step { about, before, after });
            }
            finish!(tx, how, by, "target.write", steps)
        }))
    }

    /// All rows of all published tables.
    pub async fn targets(&self) -> Result<Vec<Target>> {
        self.read_targets(None).await
    }

    /// The rows of one unit's published tables, of all years.
    pub async fn targets_of(&self, unit: Key) -> Result<Vec<Target>> {
        self.read_targets(Some(unit)).await
    }

    async fn read_targets(&self, unit: Option<Key>) -> Result<Vec<Target>> {
        let rows: Vec<TargetRow> = on!(&self.pool, |db| {
            let mut query = QueryBuilder::<Db>::new(TARGETS);
            if let Some(unit) = unit {
                query.push(" where t.unit = ").push_bind(unit);
            }
            query.push(" order by u.key, t.year, t.index_name, t.position");
            query.build_query_as().fetch_all(db).await?
        });
        rows.into_iter().map(understand).collect()
    }

    /// Dossiers by unit and month, of the months that begin on the days from `from` to `to`.
    pub async fn dossiers_between(&self, from: Date, to: Date) -> Result<Vec<(Key, Date, u64)>> {
        let rows: Vec<(Key, i32, i64)> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select unit, month, handled from dossiers where month between $1 and $2
                 order by month, unit",
            )
            .bind(day::number(from))
            .bind(day::number(to))
            .fetch_all(db)
            .await?
        });
        let row = |(unit, month, handled): (Key, i32, i64)| {
            (unit, day::from_number(month), u64::try_from(handled).unwrap_or(0))
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Writes numbers of dossiers, all or none; tells what becomes of each.
    pub async fn write_dossiers(
        &self,
        dossiers: &[Dossiers],
        how: Write<'_>,
        by: &By,
    ) -> Result<Steps> {
        Ok(on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            after_others!(tx);
            let mut steps = vec![];
            for row in dossiers {
                let before: Option<i64> = sqlx::query_scalar(
                    "select d.handled from dossiers d join unit u on u.key = d.unit
                     where u.code = $1 and d.month = $2",
                )
                .bind(&row.unit)
                .bind(day::number(row.month))
                .fetch_optional(&mut *tx)
                .await?;
                let written = sqlx::query(
                    "insert into dossiers (unit, month, handled)
                     select key, $2, $3 from unit where code = $1
                     on conflict (unit, month) do update set handled = excluded.handled",
                )
                .bind(&row.unit)
                .bind(day::number(row.month))
                .bind(row.handled)
                .execute(&mut *tx)
                .await?;
                if written.rows_affected() == 0 {
                    return Err(Error::Missing(row.unit.clone()));
                }
                let about = format!("{}/{}", row.unit, row.month.strftime("%Y-%m"));
                let (before, after) =
                    (before.map(|n| n.to_string()), Some(row.handled.to_string()));
                steps.push(Step { about, before, after });
            }
            finish!(tx, how, by, "dossiers.write", steps)
        }))
    }

    /// All numbers of dossiers.
    pub async fn dossiers(&self) -> Result<Vec<Dossiers>> {
        let rows: Vec<(String, i32, i64)> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select u.code, d.month, d.handled from dossiers d join unit u on u.key = d.unit
                 order by u.key, d.month",
            )
            .fetch_all(db)
            .await?
        });
        let row =
            |(unit, month, handled)| Dossiers { unit, month: day::from_number(month), handled };
        Ok(rows.into_iter().map(row).collect())
    }
}

impl Steps {
    /// What rows of targets replace that are written over these: to be compared by [`Write::Seen`].
    pub fn over_targets<'a>(rows: impl IntoIterator<Item = &'a Target>) -> Self {
        let step = |row: &Target| {
            let before = serde_json::to_string(&TargetRow::of(row)).ok();
            Step { about: String::new(), before, after: None }
        };
        Self(rows.into_iter().map(step).collect())
    }

    /// The same of numbers of dossiers; nothing where there was none.
    pub fn over_dossiers(numbers: impl IntoIterator<Item = Option<i64>>) -> Self {
        let step = |number: Option<i64>| {
            let before = number.map(|number| number.to_string());
            Step { about: String::new(), before, after: None }
        };
        Self(numbers.into_iter().map(step).collect())
    }
}

impl TargetRow {
    fn of(row: &Target) -> Self {
        let text = |number: Option<Decimal>| number.map(|number| number.to_string());
        Self {
            unit: row.unit.clone(),
            year: row.year,
            index_name: row.index.name().to_owned(),
            code: row.code.clone(),
            name: row.name.clone(),
            max: text(row.max),
            baseline: text(row.baseline),
            baseline_rank: row.baseline_rank,
            rank_of: row.rank_of,
            target: text(row.target),
            actual: text(row.actual),
            actual_date: row.actual_date.map(day::number),
            source: row.source.clone(),
            goal: text(row.goal),
            goal_text: row.goal_text.clone(),
        }
    }
}

fn understand(row: TargetRow) -> Result<Target> {
    let number = |text: Option<String>| {
        let parse = |text: String| Decimal::from_str(&text).map_err(|_| Error::Corrupt(text));
        text.map(parse).transpose()
    };
    Ok(Target {
        index: IndexName::parse(&row.index_name).ok_or(Error::Corrupt(row.index_name))?,
        unit: row.unit,
        year: row.year,
        code: row.code,
        name: row.name,
        max: number(row.max)?,
        baseline: number(row.baseline)?,
        baseline_rank: row.baseline_rank,
        rank_of: row.rank_of,
        target: number(row.target)?,
        actual: number(row.actual)?,
        actual_date: row.actual_date.map(day::from_number),
        source: row.source,
        goal: number(row.goal)?,
        goal_text: row.goal_text,
    })
}
