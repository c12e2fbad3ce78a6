//! Who is sent the reports of a unit.

use domain::unit::Key;
use serde_json::json;
use uuid::Uuid;

use super::{Recipient, RecipientRow};
use crate::store::audit::{By, Told, record};
use crate::store::{Error, Result, Store, on};

/// A recipient that a unit has or had.
#[derive(sqlx::FromRow)]
struct Held {
    id: Uuid,
    address: String,
    language: String,
    files: String,
    removed_at: Option<i64>,
}

/// The rows of [`Held`] of a unit.
const HELD: &str = "select r.id, r.address, r.language, r.files, r.removed_at
     from recipient r join unit u on u.key = r.unit where u.code = $1";

/// The one with an address, whatever its case: mail servers tell no two persons apart by it. Compared
/// here, since the databases do not agree on the case of letters. Should several differ in case alone,
/// it is the one that is written just so, or else one that is sent reports still.
fn same<'a>(held: &'a [Held], address: &str) -> Option<&'a Held> {
    let alike = held.iter().filter(|held| held.address.eq_ignore_ascii_case(address));
    alike.max_by_key(|held| (held.address == address, held.removed_at.is_none()))
}

impl Store {
    /// Writes a recipient. An address that the unit has already, or had, is written again with this
    /// language and these files, in whatever case it was typed.
    ///
    /// # Errors
    /// Where there is no such unit, or the database fails.
    pub async fn upsert_recipient(&self, new: &Recipient, by: &By) -> Result<()> {
        let files: Vec<_> = new.files.iter().map(|file| file.name()).collect();
        let files = files.join(" ");
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            // Takes the row of the unit, so that two who write one address at once follow one another.
            let unit: Option<Key> =
                sqlx::query_scalar("update unit set name = name where code = $1 returning key")
                    .bind(&new.unit)
                    .fetch_optional(&mut *tx)
                    .await?;
            let unit = unit.ok_or_else(|| Error::Missing(new.unit.clone()))?;
            let held: Vec<Held> = sqlx::query_as(HELD).bind(&new.unit).fetch_all(&mut *tx).await?;
            let held = same(&held, &new.address);
            let id = held.map_or(new.id, |held| held.id);
            sqlx::query(
                "insert into recipient (id, unit, address, language, files, added_at)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (id) do update set address = excluded.address,
                    language = excluded.language, files = excluded.files,
                    added_at = excluded.added_at, removed_at = null",
            )
            .bind(id)
            .bind(unit)
            .bind(&new.address)
            .bind(new.lang.tag())
            .bind(&files)
            .bind(new.added_at)
            .execute(&mut *tx)
            .await?;
            let before = held.filter(|held| held.removed_at.is_none());
            let before = before.map(|held| told(&new.unit, &held.language, &held.files));
            let after = Some(told(&new.unit, new.lang.tag(), &files));
            let written = Told::written("recipient.write", &id.to_string(), before, after);
            record!(tx, by, written.into_iter().collect::<Vec<_>>());
            tx.commit().await?;
        });
        Ok(())
    }

    /// Ends a recipient, and what is not sent yet; the address may be typed in any case.
    ///
    /// # Errors
    /// Where the unit has no such recipient, or the database fails.
    pub async fn remove_recipient(&self, unit: &str, address: &str, by: &By) -> Result<()> {
        let missing = || Error::Missing(address.to_owned());
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            let mut held: Vec<Held> = sqlx::query_as(HELD).bind(unit).fetch_all(&mut *tx).await?;
            held.retain(|held| held.removed_at.is_none());
            let id = same(&held, address).ok_or_else(missing)?.id;
            let removed: Option<(String, String)> = sqlx::query_as(
                "update recipient set removed_at = $1 where id = $2 and removed_at is null
                 returning language, files",
            )
            .bind(by.at)
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
            let (language, files) = removed.ok_or_else(missing)?;
            sqlx::query("delete from delivery where recipient = $1 and state = 'queued'")
                .bind(id)
                .execute(&mut *tx)
                .await?;
            let before = Some(told(unit, &language, &files));
            let about = id.to_string();
            record!(tx, by, vec![Told { act: "recipient.remove", about, before, after: None }]);
            tx.commit().await?;
        });
        Ok(())
    }

    /// All recipients, by unit and address.
    pub async fn recipients(&self) -> Result<Vec<Recipient>> {
        let rows: Vec<RecipientRow> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select r.id, u.code as unit, r.address, r.language, r.files, r.added_at
                 from recipient r join unit u on u.key = r.unit where r.removed_at is null
                 order by u.code, r.address",
            )
            .fetch_all(db)
            .await?
        });
        rows.into_iter().map(Recipient::try_from).collect()
    }
}

/// What the trail tells of a recipient: not the address, since the trail is never changed and an
/// address is a person's.
fn told(unit: &str, language: &str, files: &str) -> String {
    json!({"unit": unit, "language": language, "files": files}).to_string()
}
