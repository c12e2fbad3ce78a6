//! Who is sent monthly reports, and what became of each mail.

mod recipient;

use domain::delivery::{Attachment, State};
use domain::questionnaire::Lang;
use domain::report::Month;
use domain::unit::Key;
use serde_json::json;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::audit::{By, Told, record};
use super::report::about;
use super::{Error, Result, Store, on};

/// Somebody who is sent the reports of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub id: Uuid,
    /// Code of the unit.
    pub unit: String,
    pub address: String,
    pub lang: Lang,
    pub files: Vec<Attachment>,
    /// Unix milliseconds; reports sealed before are not sent.
    pub added_at: i64,
}

/// The mail of one report to one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub recipient: Recipient,
    pub month: Month,
    pub state: State,
    /// How often it was tried, with the try that is under way.
    pub tries: u16,
    /// When it is tried next, or was tried last where it was given up; Unix milliseconds.
    pub due_at: i64,
    /// Why the last try failed.
    pub problem: Option<String>,
    /// Unix milliseconds.
    pub sent_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct RecipientRow {
    id: Uuid,
    unit: String,
    address: String,
    language: String,
    files: String,
    added_at: i64,
}

#[derive(sqlx::FromRow)]
struct DeliveryRow {
    #[sqlx(flatten)]
    recipient: RecipientRow,
    month: i32,
    state: String,
    tries: i16,
    due_at: i64,
    problem: Option<String>,
    sent_at: Option<i64>,
}

/// The columns of [`DeliveryRow`].
const DELIVERIES: &str = "select r.id, u.code as unit, r.address, r.language, r.files, r.added_at,
        d.month, d.state, d.tries, d.due_at, d.problem, d.sent_at
     from delivery d join recipient r on r.id = d.recipient join unit u on u.key = r.unit";

impl TryFrom<RecipientRow> for Recipient {
    type Error = Error;

    fn try_from(row: RecipientRow) -> Result<Self> {
        let corrupt = || Error::Corrupt(format!("recipient {}", row.id));
        let files: Option<_> = row.files.split_terminator(' ').map(Attachment::parse).collect();
        Ok(Self {
            id: row.id,
            lang: Lang::parse(&row.language).ok_or_else(corrupt)?,
            files: files.ok_or_else(corrupt)?,
            added_at: row.added_at,
            unit: row.unit,
            address: row.address,
        })
    }
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = Error;

    fn try_from(row: DeliveryRow) -> Result<Self> {
        let corrupt = || Error::Corrupt(format!("delivery to {}", row.recipient.id));
        Ok(Self {
            state: State::parse(&row.state).ok_or_else(corrupt)?,
            month: Month::from_number(row.month),
            tries: u16::try_from(row.tries).unwrap_or(0),
            due_at: row.due_at,
            problem: row.problem,
            sent_at: row.sent_at,
            recipient: row.recipient.try_into()?,
        })
    }
}

impl Store {
    /// Queues every sealed report of the month `since` and later ones for everybody who is sent those of
    /// its unit and was so when it was sealed; what is queued already stays as it is. Returns how many
    /// were added.
    pub async fn queue_deliveries(&self, since: Month, now: i64) -> Result<u64> {
        Ok(on!(&self.pool, |db| {
            sqlx::query(
                "insert into delivery (recipient, month, state, tries, due_at)
                 select r.id, p.month, 'queued', 0, $2 from recipient r
                 join report p on p.unit = r.unit and p.closed_at >= r.added_at
                 where r.removed_at is null and p.month >= $1 and not exists
                    (select 1 from delivery d where d.recipient = r.id and d.month = p.month)
                 on conflict (recipient, month) do nothing",
            )
            .bind(since.number())
            .bind(now)
            .execute(db)
            .await?
            .rows_affected()
        }))
    }

    /// Recipient and month of what is due, what waits longest first, at most a hundred.
    pub async fn due_deliveries(&self, now: i64) -> Result<Vec<(Uuid, Month)>> {
        let rows: Vec<(Uuid, i32)> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select recipient, month from delivery where state = 'queued' and due_at <= $1
                 order by due_at, month, recipient limit 100",
            )
            .bind(now)
            .fetch_all(db)
            .await?
        });
        Ok(rows
            .into_iter()
            .map(|(recipient, month)| (recipient, Month::from_number(month)))
            .collect())
    }

    /// Takes a delivery that is due, so that nobody else does until `until`; `None` where somebody was
    /// faster. The try counts from now on.
    pub async fn claim_delivery(
        &self,
        (recipient, month): (Uuid, Month),
        now: i64,
        until: i64,
    ) -> Result<Option<Delivery>> {
        let row: Option<DeliveryRow> = on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            let taken = sqlx::query(
                "update delivery set tries = tries + 1, due_at = $4
                 where recipient = $1 and month = $2 and state = 'queued' and due_at <= $3",
            )
            .bind(recipient)
            .bind(month.number())
            .bind(now)
            .bind(until)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            let mut query = QueryBuilder::<Db>::new(DELIVERIES);
            query.push(" where d.recipient = ").push_bind(recipient);
            query.push(" and d.month = ").push_bind(month.number());
            let row = match taken {
                0 => None,
                _ => Some(query.build_query_as().fetch_one(&mut *tx).await?),
            };
            tx.commit().await?;
            row
        });
        row.map(Delivery::try_from).transpose()
    }

    /// Notes that the mail server took a delivery.
    pub async fn note_sent(&self, delivery: &Delivery, now: i64) -> Result<()> {
        on!(&self.pool, |db| {
            sqlx::query(
                "update delivery set state = 'sent', sent_at = $3, problem = null
                 where recipient = $1 and month = $2",
            )
            .bind(delivery.recipient.id)
            .bind(delivery.month.number())
            .bind(now)
            .execute(db)
            .await?;
        });
        Ok(())
    }

    /// Notes why a try failed, and when the next is due; without one it is given up now. A try that
    /// somebody else has begun since is left alone.
    pub async fn note_refused(
        &self,
        delivery: &Delivery,
        problem: &str,
        due_at: Option<i64>,
        now: i64,
    ) -> Result<()> {
        let state = if due_at.is_some() { State::Queued } else { State::Failed };
        on!(&self.pool, |db| {
            sqlx::query(
                "update delivery set state = $4, problem = $5, due_at = $6
                 where recipient = $1 and month = $2 and state = 'queued' and tries = $3",
            )
            .bind(delivery.recipient.id)
            .bind(delivery.month.number())
            .bind(i16::try_from(delivery.tries).unwrap_or(i16::MAX))
            .bind(state.name())
            .bind(problem)
            .bind(due_at.unwrap_or(now))
            .execute(db)
            .await?;
        });
        Ok(())
    }

    /// Queues anew what was given up for a unit and month, to one address or to all. Returns how many
    /// those were.
    pub async fn retry_deliveries(
        &self,
        (unit, month): (&str, Month),
        address: Option<&str>,
        by: &By,
    ) -> Result<u64> {
        Ok(on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            let queued = sqlx::query(
                "update delivery set state = 'queued', tries = 0, due_at = $3
                 where month = $2 and state = 'failed' and recipient in
                    (select r.id from recipient r join unit u on u.key = r.unit
                     where u.code = $1 and r.address = coalesce($4, r.address)
                        and r.removed_at is null)",
            )
            .bind(unit)
            .bind(month.number())
            .bind(by.at)
            .bind(address)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            let told = (queued > 0).then(|| Told {
                act: "recipient.retry",
                about: about(unit, month),
                before: None,
                after: Some(json!({"mails": queued}).to_string()),
            });
            record!(tx, by, Vec::from_iter(told));
            tx.commit().await?;
            queued
        }))
    }

    /// Deliveries of a unit by month and state, the newest month first.
    pub async fn delivery_counts(&self, unit: Key) -> Result<Vec<(Month, State, u64)>> {
        let rows: Vec<(i32, String, i64)> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select d.month, d.state, count(*) from delivery d
                 join recipient r on r.id = d.recipient where r.unit = $1
                 group by d.month, d.state order by d.month desc, d.state",
            )
            .bind(unit)
            .fetch_all(db)
            .await?
        });
        let row = |(month, state, n): (i32, String, i64)| {
            let state = State::parse(&state)
                .ok_or_else(|| Error::Corrupt(format!("a delivery that is {state}")))?;
            Ok((Month::from_number(month), state, u64::try_from(n).unwrap_or(0)))
        };
        rows.into_iter().map(row).collect()
    }

    /// All deliveries of a unit, or of all units, the newest month first.
    pub async fn deliveries(&self, unit: Option<&str>) -> Result<Vec<Delivery>> {
        let rows: Vec<DeliveryRow> = on!(&self.pool, |db| {
            let mut query = QueryBuilder::<Db>::new(DELIVERIES);
            if let Some(unit) = unit {
                query.push(" where u.code = ").push_bind(unit);
            }
            query.push(" order by d.month desc, u.code, r.address");
            query.build_query_as().fetch_all(db).await?
        });
        rows.into_iter().map(Delivery::try_from).collect()
    }
}
