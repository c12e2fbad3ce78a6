//! The links that set passwords, each used once and kept as a hash.

use uuid::Uuid;

use super::audit::{By, Told, record};
use super::{Result, Store, changes, on};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Invite,
    Reset,
}

impl Purpose {
    /// The name that is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Reset => "reset",
        }
    }
}

/// A link to be written; moments in Unix milliseconds.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// SHA-256 of what stands in the address.
    pub hash: Vec<u8>,
    pub purpose: Purpose,
    pub made_at: i64,
    pub expires_at: i64,
}

/// A link that can be used, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Link {
    pub account: Uuid,
    pub name: String,
    pub display_name: Option<String>,
}

/// What is written when a link is used.
#[derive(Clone, Debug)]
pub struct LinkUse<'a> {
    pub hash: &'a [u8],
    /// The hash of the new password.
    pub password: &'a str,
    /// SHA-256 of what the browser will be known by.
    pub device: &'a [u8],
    pub now: i64,
}

impl Store {
    /// The link with this hash, if it was not used, is in force (`now` in Unix milliseconds), and its
    /// account is not disabled.
    pub async fn link(&self, hash: &[u8], now: i64) -> Result<Option<Link>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select a.id as account, a.name, a.display_name
                 from account_link l join account a on a.id = l.account
                 where l.hash = $1 and l.used_at is null and l.expires_at > $2
                   and a.disabled_at is null",
            )
            .bind(hash)
            .bind(now)
            .fetch_optional(db)
            .await?
        }))
    }

    /// Uses a link: sets the password, ends all sessions, and knows the browser from now on. `false`
    /// where it cannot be used (any more).
    pub async fn use_link(&self, link: &LinkUse<'_>) -> Result<bool> {
        let account: Option<Uuid> = on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let account: Option<Uuid> = sqlx::query_scalar(
                "update account_link set used_at = $2
                 where hash = $1 and used_at is null and expires_at > $2
                   and account in (select id from account where disabled_at is null)
                 returning account",
            )
            .bind(link.hash)
            .bind(link.now)
            .fetch_optional(&mut *tx)
            .await?;
            sqlx::query("update account set password = $1 where id = $2")
                .bind(link.password)
                .bind(account)
                .execute(&mut *tx)
                .await?;
            sqlx::query("delete from session where account = $1")
                .bind(account)
                .execute(&mut *tx)
                .await?;
            if let Some(account) = account {
                sqlx::query(
                    "insert into known_device (account, hash, seen_at) values ($1, $2, $3)
                     on conflict (account, hash) do update set seen_at = excluded.seen_at",
                )
                .bind(account)
                .bind(link.device)
                .bind(link.now)
                .execute(&mut *tx)
                .await?;
                let by = By { who: By::person(account), at: link.now };
                record!(tx, &by, vec![Told::new("account.password", account, None)]);
                tx.commit().await?;
            }
            account
        });
        Ok(account.is_some())
    }
}
