//! Units and points.

use std::collections::HashMap;

use domain::day;
use domain::unit::{Channel, Key, Kind, Organisation, Point, RevokedCode, Unit};
use jiff::civil::Date;
use serde_json::json;

use super::audit::By;
use super::steps::{Step, Steps, Write, finish};
use super::{Error, Result, Store, on};

/// A unit to be written; parent and predecessors by code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUnit {
    pub code: String,
    pub parent: Option<String>,
    pub kind: Kind,
    pub name: String,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub predecessors: Vec<String>,
    /// `None` keeps what is stored.
    pub public: Option<bool>,
}

/// A point to be written; its unit by code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPoint {
    pub code: String,
    pub unit: String,
    pub name: String,
    pub channel: Channel,
    pub open_from: Option<Date>,
    pub open_to: Option<Date>,
}

#[derive(sqlx::FromRow)]
struct UnitRow {
    key: Key,
    code: String,
    parent: Option<Key>,
    kind: String,
    name: String,
    valid_from: Option<i32>,
    valid_to: Option<i32>,
    public: bool,
}

#[derive(sqlx::FromRow)]
struct PointRow {
    key: Key,
    code: String,
    unit: Key,
    name: String,
    channel: String,
    open_from: Option<i32>,
    open_to: Option<i32>,
}

/// Numbers the change of a transaction, unless there was another one since the change that was seen.
macro_rules! organisation_since {
    ($tx:expr, $how:expr) => {
        let number: i64 = sqlx::query_scalar(
            "update change set number = number + 1 where kind = 'organisation' returning number",
        )
        .fetch_one(&mut *$tx)
        .await?;
        if let Write::Since(seen) = $how
            && seen + 1 != number
        {
            return Err(Error::Stale);
        }
    };
}

/// A unit as it is within a transaction, in JSON, for the trail.
macro_rules! unit_now {
    ($tx:expr, $code:expr) => {{
        let row: Option<UnitToTell> = sqlx::query_as(
            "select u.code, p.code as parent, u.kind, u.name, u.valid_from, u.valid_to, u.public
             from unit u left join unit p on p.key = u.parent where u.code = $1",
        )
        .bind($code)
        .fetch_optional(&mut *$tx)
        .await?;
        let predecessors: Vec<String> = sqlx::query_scalar(
            "select b.code from unit_predecessor p join unit u on u.key = p.unit
             join unit b on b.key = p.predecessor where u.code = $1 order by b.code",
        )
        .bind($code)
        .fetch_all(&mut *$tx)
        .await?;
        row.map(|row| row.json(&predecessors))
    }};
}

/// The same of a point.
macro_rules! point_now {
    ($tx:expr, $code:expr) => {{
        let row: Option<$crate::store::organisation::PointToTell> = sqlx::query_as(
            "select p.code, u.code as unit, p.name, p.channel, p.open_from, p.open_to
             from point p join unit u on u.key = p.unit where p.code = $1",
        )
        .bind($code)
        .fetch_optional(&mut *$tx)
        .await?;
        row.map(|row| row.json())
    }};
}
pub(super) use {organisation_since, point_now};

#[derive(sqlx::FromRow)]
struct UnitToTell {
    code: String,
    parent: Option<String>,
    kind: String,
    name: String,
    valid_from: Option<i32>,
    valid_to: Option<i32>,
    public: bool,
}

impl UnitToTell {
    fn json(&self, predecessors: &[String]) -> String {
        json!({"code": self.code, "parent": self.parent, "kind": self.kind, "name": self.name,
            "valid_from": self.valid_from.map(day::from_number),
            "valid_to": self.valid_to.map(day::from_number), "predecessors": predecessors,
            "public": self.public})
        .to_string()
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct PointToTell {
    code: String,
    unit: String,
    name: String,
    channel: String,
    open_from: Option<i32>,
    open_to: Option<i32>,
}

impl PointToTell {
    pub(super) fn json(&self) -> String {
        json!({"code": self.code, "unit": self.unit, "name": self.name, "channel": self.channel,
            "open_from": self.open_from.map(day::from_number),
            "open_to": self.open_to.map(day::from_number)})
        .to_string()
    }
}

impl Store {
    /// The whole organisation and the number of the change that it belongs to.
    pub async fn organisation(&self) -> Result<(i64, Organisation)> {
        let (change, units, points, predecessors, revoked) = on!(&self.pool, |db| {
            let mut tx = db.begin_with(SNAPSHOT).await?;
            let change: i64 =
                sqlx::query_scalar("select number from change where kind = 'organisation'")
                    .fetch_one(&mut *tx)
                    .await?;
            let units: Vec<UnitRow> = sqlx::query_as(
                "select key, code, parent, kind, name, valid_from, valid_to, public
                 from unit order by key",
            )
            .fetch_all(&mut *tx)
            .await?;
            let points: Vec<PointRow> = sqlx::query_as(
                "select key, code, unit, name, channel, open_from, open_to from point order by key",
            )
            .fetch_all(&mut *tx)
            .await?;
            let predecessors: Vec<(Key, Key)> = sqlx::query_as(
                "select unit, predecessor from unit_predecessor order by unit, predecessor",
            )
            .fetch_all(&mut *tx)
            .await?;
            let revoked: Vec<(String, Key, i32)> =
                sqlx::query_as("select code, point, revoked_on from revoked_code order by code")
                    .fetch_all(&mut *tx)
                    .await?;
            (change, units, points, predecessors, revoked)
        });
        let mut before: HashMap<Key, Vec<Key>> = HashMap::new();
        for (unit, predecessor) in predecessors {
            before.entry(unit).or_default().push(predecessor);
        }
        let units = units.into_iter().map(|row| {
            Ok(Unit {
                kind: Kind::parse(&row.kind).ok_or_else(|| Error::Corrupt(row.code.clone()))?,
                predecessors: before.remove(&row.key).unwrap_or_default(),
                key: row.key,
                code: row.code,
                parent: row.parent,
                name: row.name,
                valid_from: row.valid_from.map(day::from_number),
                valid_to: row.valid_to.map(day::from_number),
                public: row.public,
            })
        });
        let points = points.into_iter().map(|row| {
            Ok(Point {
                channel: Channel::parse(&row.channel)
                    .ok_or_else(|| Error::Corrupt(row.code.clone()))?,
                key: row.key,
                code: row.code,
                unit: row.unit,
                name: row.name,
                open_from: row.open_from.map(day::from_number),
                open_to: row.open_to.map(day::from_number),
            })
        });
        let units = units.collect::<Result<Vec<_>>>()?;
        let organisation = Organisation::new(units, points.collect::<Result<Vec<_>>>()?);
        let revoked = revoked.into_iter().map(|(code, point, on)| RevokedCode {
            code,
            point,
            revoked_on: day::from_number(on),
        });
        Ok((change, organisation.with_revoked(revoked.collect())))
    }

    /// Writes units by code, all or none. Parents and predecessors may stand anywhere in the list.
    pub async fn upsert_units(&self, units: &[NewUnit], by: &By) -> Result<()> {
        self.write_units(units, Write::Now, by).await.map(|_| ())
    }

    /// The same as `how` says; tells what becomes of each.
    ///
    /// # Errors
    /// `Stale` where the organisation has changed since it was read; `Moved` where what is replaced has.
    pub async fn write_units(&self, units: &[NewUnit], how: Write<'_>, by: &By) -> Result<Steps> {
        Ok(on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            organisation_since!(tx, how);
            let mut told: Vec<(&str, Option<String>)> = vec![];
            for unit in units {
                told.push((&unit.code, unit_now!(tx, &unit.code)));
            }
            for unit in units {
                sqlx::query(
                    "insert into unit (key, code, kind, name, valid_from, valid_to, public)
                     select coalesce(max(key), 0) + 1, $1, $2, $3, $4, $5, coalesce($6, false) from unit
                     where true
                     on conflict (code) do update set kind = excluded.kind, name = excluded.name,
                       valid_from = excluded.valid_from, valid_to = excluded.valid_to,
                       public = coalesce($6, unit.public)",
                )
                .bind(&unit.code)
                .bind(unit.kind.name())
                .bind(&unit.name)
                .bind(unit.valid_from.map(day::number))
                .bind(unit.valid_to.map(day::number))
                .bind(unit.public)
                .execute(&mut *tx)
                .await?;
            }
            for unit in units {
                sqlx::query(
                    "update unit set parent = (select key from unit above where above.code = $2)
                     where code = $1",
                )
                .bind(&unit.code)
                .bind(&unit.parent)
                .execute(&mut *tx)
                .await?;
                sqlx::query(
                    "delete from unit_predecessor where unit = (select key from unit where code = $1)",
                )
                .bind(&unit.code)
                .execute(&mut *tx)
                .await?;
                for predecessor in &unit.predecessors {
                    sqlx::query(
                        "insert into unit_predecessor (unit, predecessor)
                         select u.key, p.key from unit u, unit p where u.code = $1 and p.code = $2
                         on conflict do nothing",
                    )
                    .bind(&unit.code)
                    .bind(predecessor)
                    .execute(&mut *tx)
                    .await?;
                }
            }
            let mut steps = vec![];
            for (code, before) in told {
                let after = unit_now!(tx, code);
                steps.push(Step { about: code.to_owned(), before, after });
            }
            finish!(tx, how, by, "unit.write", steps)
        }))
    }

    /// Writes points by code, all or none.
    pub async fn upsert_points(&self, points: &[NewPoint], by: &By) -> Result<()> {
        self.write_points(points, Write::Now, by).await.map(|_| ())
    }

    /// The same as `how` says; tells what becomes of each.
    ///
    /// # Errors
    /// As for units; `Conflict` where a code was taken back.
    pub async fn write_points(
        &self,
        points: &[NewPoint],
        how: Write<'_>,
        by: &By,
    ) -> Result<Steps> {
        Ok(on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            organisation_since!(tx, how);
            let mut steps = vec![];
            for point in points {
                let revoked: Option<i32> =
                    sqlx::query_scalar("select revoked_on from revoked_code where code = $1")
                        .bind(&point.code)
                        .fetch_optional(&mut *tx)
                        .await?;
                if revoked.is_some() {
                    let code = &point.code;
                    return Err(Error::Conflict(format!("{code} was taken back")));
                }
                let before = point_now!(tx, &point.code);
                let written = sqlx::query(
                    "insert into point (key, code, unit, name, channel, open_from, open_to)
                     select (select coalesce(max(key), 0) + 1 from point), $1, key, $3, $4, $5, $6
                     from unit where code = $2
                     on conflict (code) do update set unit = excluded.unit, name = excluded.name,
                       channel = excluded.channel, open_from = excluded.open_from,
                       open_to = excluded.open_to",
                )
                .bind(&point.code)
                .bind(&point.unit)
                .bind(&point.name)
                .bind(point.channel.name())
                .bind(point.open_from.map(day::number))
                .bind(point.open_to.map(day::number))
                .execute(&mut *tx)
                .await?;
                if written.rows_affected() == 0 {
                    return Err(Error::Missing(point.unit.clone()));
                }
                let after = point_now!(tx, &point.code);
                steps.push(Step { about: point.code.clone(), before, after });
            }
            finish!(tx, how, by, "point.write", steps)
        }))
    }
}
