//! API keys, kept as hashes.

use domain::access::Role;
use domain::unit::Key;
use serde_json::json;
use uuid::Uuid;

use super::audit::{By, Told, record};
use super::{Error, Result, Store, changes, on};

/// A key to be written.
#[derive(Clone, Debug)]
pub struct NewKey {
    pub id: Uuid,
    pub name: String,
    pub role: Role,
    /// Code of the unit.
    pub unit: String,
    /// SHA-256 of the key.
    pub hash: Vec<u8>,
    /// Unix milliseconds; without an end where there is none.
    pub expires_at: Option<i64>,
}

/// A key as listed; moments in Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyRow {
    pub id: Uuid,
    pub name: String,
    pub role: String,
    pub unit: Key,
    pub created_at: i64,
    pub expires_at: Option<i64>,
    pub revoked_at: Option<i64>,
    /// Number of the last day on which it was used.
    pub used_day: Option<i32>,
}

/// A key that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub id: Uuid,
    pub role: Role,
    pub unit: Key,
}

impl Store {
    /// Writes a key.
    ///
    /// # Errors
    /// `Missing` where there is no such unit.
    pub async fn insert_key(&self, key: &NewKey, by: &By) -> Result<()> {
        let after = json!({"name": key.name, "role": key.role.name(), "unit": key.unit,
            "expires_at": key.expires_at});
        let told = Told::new("key.make", key.id, Some(after));
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let written = sqlx::query(
                "insert into api_key (id, name, role, unit, hash, created_at, expires_at)
                 select $1, $2, $3, key, $5, $6, $7 from unit where code = $4",
            )
            .bind(key.id)
            .bind(&key.name)
            .bind(key.role.name())
            .bind(&key.unit)
            .bind(&key.hash)
            .bind(by.at)
            .bind(key.expires_at)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if written == 0 {
                return Err(Error::Missing(key.unit.clone()));
            }
            record!(tx, by, vec![told]);
            tx.commit().await?;
        });
        Ok(())
    }

    /// The key with this hash, if it is in force now (unix milliseconds). Notes the day on which it was
    /// used.
    pub async fn use_key(&self, hash: &[u8], now: i64, today: i32) -> Result<Option<ApiKey>> {
        let row: Option<(Uuid, String, Key, Option<i32>)> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select id, role, unit, used_day from api_key
                 where hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)",
            )
            .bind(hash)
            .bind(now)
            .fetch_optional(db)
            .await?
        });
        let Some((id, role, unit, used_day)) = row else { return Ok(None) };
        if used_day != Some(today) {
            on!(&self.pool, |db| {
                sqlx::query("update api_key set used_day = $1 where id = $2")
                    .bind(today)
                    .bind(id)
                    .execute(db)
                    .await?;
            });
        }
        let role = Role::parse(&role).ok_or_else(|| Error::Corrupt(format!("key {id}")))?;
        Ok(Some(ApiKey { id, role, unit }))
    }

    /// All keys, the newest first.
    pub async fn keys(&self) -> Result<Vec<KeyRow>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select id, name, role, unit, created_at, expires_at, revoked_at, used_day
                 from api_key order by created_at desc, id",
            )
            .fetch_all(db)
            .await?
        }))
    }

    /// Ends a key.
    ///
    /// # Errors
    /// `Missing` where there is none with this id that was not ended.
    pub async fn revoke_key(&self, id: Uuid, by: &By) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let found: Option<(String, String, String, Option<i64>)> = sqlx::query_as(
                "select k.name, k.role, u.code, k.expires_at
                 from api_key k join unit u on u.key = k.unit
                 where k.id = $1 and k.revoked_at is null",
            )
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
            let Some((name, role, unit, expires_at)) = found else {
                return Err(Error::Missing(id.to_string()));
            };
            sqlx::query("update api_key set revoked_at = $1 where id = $2")
                .bind(by.at)
                .bind(id)
                .execute(&mut *tx)
                .await?;
            let before =
                json!({"name": name, "role": role, "unit": unit, "expires_at": expires_at});
            record!(tx, by, vec![Told::changed("key.revoke", id, before, None)]);
            tx.commit().await?;
        });
        Ok(())
    }

    /// At least one account or key was ever made.
    pub async fn has_people_or_keys(&self) -> Result<bool> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_scalar(
                "select exists (select 1 from api_key) or exists (select 1 from account)",
            )
            .fetch_one(db)
            .await?
        }))
    }
}
