//! People as another provider of identities knows them, and sign-ins that have gone there.

use serde_json::json;
use uuid::Uuid;

use super::audit::{By, Told, record};
use super::{Error, Result, Store, changes, on};

/// Whose identity it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Known {
    pub account: Uuid,
    /// The name in the form in which names are compared.
    pub name_key: String,
    /// Has a second factor.
    pub enrolled: bool,
}

impl Store {
    /// The account with this identity, in the form in which it is kept, unless it is disabled.
    pub async fn account_with_identity(&self, identity: &str) -> Result<Option<Known>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select id as account, name_key, second_secret is not null as enrolled from account
                 where identity = $1 and disabled_at is null",
            )
            .bind(identity)
            .fetch_optional(db)
            .await?
        }))
    }

    /// Whether some account has this identity, also one that is disabled.
    pub async fn has_identity(&self, identity: &str) -> Result<bool> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_scalar("select exists (select 1 from account where identity = $1)")
                .bind(identity)
                .fetch_one(db)
                .await?
        }))
    }

    /// Says by what identity an account is recognised; nothing takes it away. Sessions end where it was
    /// another one before, since somebody else may have opened them.
    ///
    /// # Errors
    /// `Conflict` where another account has it, `Missing` where there is no such account.
    pub async fn set_identity(&self, account: Uuid, new: Option<&str>, by: &By) -> Result<()> {
        let (found, taken) = on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let taken: bool = sqlx::query_scalar(
                "select exists (select 1 from account where identity = $1 and id <> $2)",
            )
            .bind(new)
            .bind(account)
            .fetch_one(&mut *tx)
            .await?;
            let before: Option<Option<String>> =
                sqlx::query_scalar("select identity from account where id = $1")
                    .bind(account)
                    .fetch_optional(&mut *tx)
                    .await?;
            if let Some(before) = before.clone().filter(|_| !taken) {
                sqlx::query("update account set identity = $1 where id = $2")
                    .bind(new)
                    .bind(account)
                    .execute(&mut *tx)
                    .await?;
                if before.is_some() && before.as_deref() != new {
                    sqlx::query("delete from session where account = $1")
                        .bind(account)
                        .execute(&mut *tx)
                        .await?;
                }
                let told = |identity: Option<&str>| {
                    identity.map(|identity| json!({"identity": identity}).to_string())
                };
                let id = account.to_string();
                let (before, after) = (told(before.as_deref()), told(new));
                let told = Told::written("account.identity", &id, before, after);
                record!(tx, by, told.into_iter().collect());
                tx.commit().await?;
            }
            (before.is_some(), taken)
        });
        match (found, taken) {
            (false, _) => Err(Error::Missing(account.to_string())),
            (_, true) => Err(Error::Conflict("the identity is taken".to_owned())),
            _ => Ok(()),
        }
    }

    /// Notes that a sign-in has gone to the provider, by the hash of what it comes back with; forgets
    /// those that did not come back in time. Moments in Unix milliseconds.
    pub async fn note_request(&self, hash: &[u8], now: i64, expires_at: i64) -> Result<()> {
        on!(&self.pool, |db| {
            sqlx::query("delete from sign_in_request where expires_at <= $1")
                .bind(now)
                .execute(db)
                .await?;
            sqlx::query("insert into sign_in_request (hash, expires_at) values ($1, $2)")
                .bind(hash)
                .bind(expires_at)
                .execute(db)
                .await?;
        });
        Ok(())
    }

    /// Takes a sign-in that has come back: `false` where none with this hash is out, or not any more.
    pub async fn take_request(&self, hash: &[u8], now: i64) -> Result<bool> {
        let taken = on!(&self.pool, |db| {
            sqlx::query("delete from sign_in_request where hash = $1 and expires_at > $2")
                .bind(hash)
                .bind(now)
                .execute(db)
                .await?
                .rows_affected()
        });
        Ok(taken > 0)
    }
}
