//! Links of screens, kept as hashes.

use domain::unit::Key;
use serde_json::json;
use uuid::Uuid;

use super::audit::{By, Told, record};
use super::{Error, Result, Store, changes, on};

/// A link as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Display {
    pub id: Uuid,
    /// Code of the unit.
    pub unit: String,
    pub name: String,
    /// Unix milliseconds.
    pub made_at: i64,
    /// Number of the last day on which it was used.
    pub used_on: Option<i32>,
    /// Unix milliseconds.
    pub revoked_at: Option<i64>,
}

impl Store {
    /// Writes a link for the unit with this code.
    ///
    /// # Errors
    /// Where there is no such unit, or the database fails.
    pub async fn insert_display(
        &self,
        id: Uuid,
        name: &str,
        unit: &str,
        hash: &[u8],
        by: &By,
    ) -> Result<()> {
        let told = Told::new("display.make", id, Some(json!({"name": name, "unit": unit})));
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            let written = sqlx::query(
                "insert into display (id, unit, name, hash, made_at)
                 select $1, key, $2, $3, $4 from unit where code = $5",
            )
            .bind(id)
            .bind(name)
            .bind(hash)
            .bind(by.at)
            .bind(unit)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if written == 0 {
                return Err(Error::Missing(unit.to_owned()));
            }
            record!(tx, by, vec![told]);
            tx.commit().await?;
        });
        Ok(())
    }

    /// The link with this hash, if it is in force: its id and unit. Notes the day on which it was used.
    pub async fn use_display(&self, hash: &[u8], today: i32) -> Result<Option<(Uuid, Key)>> {
        let row: Option<(Uuid, Key, Option<i32>)> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select id, unit, used_on from display where hash = $1 and revoked_at is null",
            )
            .bind(hash)
            .fetch_optional(db)
            .await?
        });
        let Some((id, unit, used_on)) = row else { return Ok(None) };
        if used_on != Some(today) {
            on!(&self.pool, |db| {
                sqlx::query("update display set used_on = $1 where id = $2")
                    .bind(today)
                    .bind(id)
                    .execute(db)
                    .await?;
            });
        }
        Ok(Some((id, unit)))
    }

    /// All links, the newest first.
    pub async fn displays(&self) -> Result<Vec<Display>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select d.id, u.code as unit, d.name, d.made_at, d.used_on, d.revoked_at
                 from display d join unit u on u.key = d.unit order by d.made_at desc, d.id",
            )
            .fetch_all(db)
            .await?
        }))
    }

    /// Ends a link. What watches the organisation hears of it.
    ///
    /// # Errors
    /// Where there is none in force with this id, or the database fails.
    pub async fn revoke_display(&self, id: Uuid, by: &By) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("organisation", tx);
            let found: Option<(String, String)> = sqlx::query_as(
                "select d.name, u.code from display d join unit u on u.key = d.unit
                 where d.id = $1 and d.revoked_at is null",
            )
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
            let Some((name, unit)) = found else {
                return Err(Error::Missing(id.to_string()));
            };
            sqlx::query("update display set revoked_at = $1 where id = $2")
                .bind(by.at)
                .bind(id)
                .execute(&mut *tx)
                .await?;
            let before = json!({"name": name, "unit": unit});
            record!(tx, by, vec![Told::changed("display.revoke", id, before, None)]);
            tx.commit().await?;
        });
        Ok(())
    }
}
