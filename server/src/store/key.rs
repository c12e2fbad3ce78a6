//! API keys, kept as hashes.

use domain::access::Role;
use domain::unit::Key;
use uuid::Uuid;

use super::{Error, Result, Store, on};

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
    /// Unix milliseconds.
    pub created_at: i64,
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
    pub async fn insert_key(&self, key: &NewKey) -> Result<()> {
        let written = on!(&self.pool, |db| {
            sqlx::query(
                "insert into api_key (id, name, role, unit, hash, created_at)
                 select $1, $2, $3, key, $5, $6 from unit where code = $4",
            )
            .bind(key.id)
            .bind(&key.name)
            .bind(key.role.name())
            .bind(&key.unit)
            .bind(&key.hash)
            .bind(key.created_at)
            .execute(db)
            .await?
            .rows_affected()
        });
        if written == 0 { Err(Error::Missing(key.unit.clone())) } else { Ok(()) }
    }

    /// The key with this hash, if it is in force now (unix milliseconds).
    pub async fn find_key(&self, hash: &[u8], now: i64) -> Result<Option<ApiKey>> {
        let row: Option<(Uuid, String, Key)> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select id, role, unit from api_key
                 where hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)",
            )
            .bind(hash)
            .bind(now)
            .fetch_optional(db)
            .await?
        });
        row.map(|(id, role, unit)| {
            let role = Role::parse(&role).ok_or_else(|| Error::Corrupt(format!("key {id}")))?;
            Ok(ApiKey { id, role, unit })
        })
        .transpose()
    }

    /// At least one key was ever made.
    pub async fn has_keys(&self) -> Result<bool> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_scalar("select exists (select 1 from api_key)").fetch_one(db).await?
        }))
    }
}
