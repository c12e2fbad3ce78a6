//! What a sign-in reads and writes: passwords as hashes, tries that failed, browsers that are known.

use serde_json::Value;
use uuid::Uuid;

use super::audit::{By, Told, record};
use super::{NewSession, Result, Store, on};

/// What an account is recognised by.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Credentials {
    pub account: Uuid,
    /// The hash; none before the first link was used.
    pub password: Option<String>,
    pub second_secret: Option<Vec<u8>>,
}

/// A sign-in that succeeded, wholly or up to the second factor.
#[derive(Clone, Debug)]
pub struct SignIn<'a> {
    pub session: NewSession,
    /// The session that waited for the second factor.
    pub replaces: Option<Uuid>,
    /// SHA-256 of what the browser is known by.
    pub device: &'a [u8],
    /// SHA-256 of the name, and the device under which its tries were counted.
    pub tries: (&'a [u8], &'a [u8]),
    /// Devices not seen since then are forgotten; Unix milliseconds.
    pub devices_since: i64,
    /// The day that runs.
    pub today: i32,
    /// What the trail says of it: how, where it was not by name and password.
    pub told: Option<Value>,
}

impl Store {
    /// The account with this name, in the form in which names are compared, unless it is disabled.
    pub async fn credentials(&self, name_key: &str) -> Result<Option<Credentials>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select id as account, password, second_secret from account
                 where name_key = $1 and disabled_at is null",
            )
            .bind(name_key)
            .fetch_optional(db)
            .await?
        }))
    }

    /// Counts a try before it is made, so that many at once are no way around the count. Returns until
    /// when to wait (Unix milliseconds) where the time has not come. After so many failures, `pause`
    /// says when the next try may be made, and when all of them are forgotten.
    pub async fn begin_try(
        &self,
        name: &[u8],
        device: &[u8],
        now: i64,
        pause: impl Fn(i32) -> (i64, i64),
    ) -> Result<Option<i64>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query("delete from sign_in_try where forget_at <= $1")
                .bind(now)
                .execute(db)
                .await?;
            let mut tx = db.begin_with(BEGIN).await?;
            let failures: Option<i32> = sqlx::query_scalar(
                "insert into sign_in_try (name, device, failures, next_at, forget_at)
                 values ($1, $2, 1, $3, $3)
                 on conflict (name, device) do update set failures = sign_in_try.failures + 1
                   where sign_in_try.next_at <= $3
                 returning failures",
            )
            .bind(name)
            .bind(device)
            .bind(now)
            .fetch_optional(&mut *tx)
            .await?;
            let wait = match failures {
                Some(failures) => {
                    let (next, forget) = pause(failures);
                    sqlx::query(
                        "update sign_in_try set next_at = $1, forget_at = $2
                         where name = $3 and device = $4",
                    )
                    .bind(next)
                    .bind(forget)
                    .bind(name)
                    .bind(device)
                    .execute(&mut *tx)
                    .await?;
                    None
                }
                None => {
                    sqlx::query_scalar(
                        "select next_at from sign_in_try where name = $1 and device = $2",
                    )
                    .bind(name)
                    .bind(device)
                    .fetch_optional(&mut *tx)
                    .await?
                }
            };
            tx.commit().await?;
            wait
        }))
    }

    /// Forgets the failed tries of a name from a device.
    pub async fn forget_tries(&self, name: &[u8], device: &[u8]) -> Result<()> {
        on!(&self.pool, |db| {
            sqlx::query("delete from sign_in_try where name = $1 and device = $2")
                .bind(name)
                .bind(device)
                .execute(db)
                .await?;
        });
        Ok(())
    }

    /// Somebody has signed in to the account with this name from the device before.
    pub async fn knows_device(&self, name_key: &str, device: &[u8]) -> Result<bool> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_scalar(
                "select exists (select 1 from known_device d join account a on a.id = d.account
                 where a.name_key = $1 and d.hash = $2)",
            )
            .bind(name_key)
            .bind(device)
            .fetch_one(db)
            .await?
        }))
    }

    /// Begins a session. One that is complete forgets the failed tries, and knows the device from now
    /// on; sessions that have expired are cleared away.
    pub async fn begin_session(&self, entry: &SignIn<'_>) -> Result<()> {
        let session = &entry.session;
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            sqlx::query("delete from session where id = $1 or (account = $2 and expires_at <= $3)")
                .bind(entry.replaces)
                .bind(session.account)
                .bind(session.created_at)
                .execute(&mut *tx)
                .await?;
            sqlx::query(
                "insert into session
                   (id, account, hash, device, complete, created_at, seen_at, expires_at, proved)
                 values ($1, $2, $3, $4, $5, $6, $6, $7, $8)",
            )
            .bind(session.id)
            .bind(session.account)
            .bind(&session.hash)
            .bind(&session.device)
            .bind(session.complete)
            .bind(session.created_at)
            .bind(session.expires_at)
            .bind(session.proved)
            .execute(&mut *tx)
            .await?;
            if session.complete {
                sqlx::query("delete from known_device where account = $1 and seen_at < $2")
                    .bind(session.account)
                    .bind(entry.devices_since)
                    .execute(&mut *tx)
                    .await?;
                sqlx::query(
                    "insert into known_device (account, hash, seen_at) values ($1, $2, $3)
                     on conflict (account, hash) do update set seen_at = excluded.seen_at",
                )
                .bind(session.account)
                .bind(entry.device)
                .bind(session.created_at)
                .execute(&mut *tx)
                .await?;
                sqlx::query("delete from sign_in_try where name = $1 and device = $2")
                    .bind(entry.tries.0)
                    .bind(entry.tries.1)
                    .execute(&mut *tx)
                    .await?;
                sqlx::query("update account set used_on = $1 where id = $2")
                    .bind(entry.today)
                    .bind(session.account)
                    .execute(&mut *tx)
                    .await?;
            }
            if let Some(told) = &entry.told {
                let by = By { who: By::person(session.account), at: session.created_at };
                let told = Told::new("account.sign-in", session.account, Some(told.clone()));
                record!(tx, &by, vec![told]);
            }
            tx.commit().await?;
        });
        Ok(())
    }
}
