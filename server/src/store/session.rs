//! Sessions of people, kept as hashes, and their second factors.

use domain::access::Grant;
use domain::unit::Key;
use serde_json::json;
use uuid::Uuid;

use super::account::grant;
use super::audit::{By, Told, record};
use super::{Result, Store, changes, on};

/// A session to be written; moments in Unix milliseconds.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub id: Uuid,
    pub account: Uuid,
    /// SHA-256 of the token in the cookie.
    pub hash: Vec<u8>,
    /// What kind of browser it is.
    pub device: String,
    /// Nothing more is asked for.
    pub complete: bool,
    /// Another provider has asked for a second factor.
    pub proved: bool,
    pub created_at: i64,
    pub expires_at: i64,
}

/// A session in force, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSession {
    pub id: Uuid,
    pub account: Uuid,
    pub name: String,
    pub display_name: Option<String>,
    pub complete: bool,
    pub second_required: bool,
    /// Has a second factor.
    pub enrolled: bool,
    /// Another provider has asked for a second factor.
    pub proved: bool,
    /// Unix milliseconds.
    pub seen_at: i64,
    pub grants: Vec<Grant>,
}

/// A session as listed; moments in Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRow {
    pub id: Uuid,
    pub device: String,
    pub created_at: i64,
    pub seen_at: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    account: Uuid,
    name: String,
    display_name: Option<String>,
    complete: bool,
    second_required: bool,
    enrolled: bool,
    proved: bool,
    seen_at: i64,
    unit: Option<Key>,
    role: Option<String>,
}

impl Store {
    /// The session with this hash, with all that its person may: not expired at `now`, and seen after
    /// `seen_after` (Unix milliseconds).
    pub async fn find_session(
        &self,
        hash: &[u8],
        now: i64,
        seen_after: i64,
    ) -> Result<Option<FoundSession>> {
        let rows: Vec<Row> = on!(&self.pool, |db| {
            sqlx::query_as(
                "select s.id, s.account, a.name, a.display_name, s.complete, a.second_required,
                   a.second_secret is not null as enrolled, s.proved, s.seen_at, g.unit, g.role
                 from session s join account a on a.id = s.account
                   left join account_grant g on g.account = a.id
                 where s.hash = $1 and s.expires_at > $2 and s.seen_at > $3
                   and a.disabled_at is null
                 order by g.unit, g.role",
            )
            .bind(hash)
            .bind(now)
            .bind(seen_after)
            .fetch_all(db)
            .await?
        });
        let grants = rows.iter().filter_map(|row| Some((row.unit?, row.role.as_deref()?)));
        let grants = grants.map(|(unit, role)| grant(unit, role)).collect::<Result<Vec<_>>>()?;
        Ok(rows.into_iter().next().map(|row| FoundSession {
            id: row.id,
            account: row.account,
            name: row.name,
            display_name: row.display_name,
            complete: row.complete,
            second_required: row.second_required,
            enrolled: row.enrolled,
            proved: row.proved,
            seen_at: row.seen_at,
            grants,
        }))
    }

    /// Notes that a session was used at `now` (Unix milliseconds), and its account on that day.
    pub async fn touch_session(&self, id: Uuid, account: Uuid, now: i64, today: i32) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            sqlx::query("update session set seen_at = $1 where id = $2")
                .bind(now)
                .bind(id)
                .execute(&mut *tx)
                .await?;
            sqlx::query("update account set used_on = $1 where id = $2 and used_on <> $1")
                .bind(today)
                .bind(account)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
        });
        Ok(())
    }

    /// The complete sessions of an account that are in force, as in `find_session`, newest first.
    pub async fn sessions(
        &self,
        account: Uuid,
        now: i64,
        seen_after: i64,
    ) -> Result<Vec<SessionRow>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as(
                "select id, device, created_at, seen_at from session
                 where account = $1 and expires_at > $2 and seen_at > $3 and complete
                 order by seen_at desc, id",
            )
            .bind(account)
            .bind(now)
            .bind(seen_after)
            .fetch_all(db)
            .await?
        }))
    }

    /// Ends one session of an account.
    pub async fn end_session(&self, account: Uuid, id: Uuid) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            sqlx::query("delete from session where account = $1 and id = $2")
                .bind(account)
                .bind(id)
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
        });
        Ok(())
    }

    /// Ends all sessions of an account, and forgets the browsers that it signed in from.
    pub async fn end_sessions(&self, account: Uuid, by: &By) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            sqlx::query("delete from session where account = $1")
                .bind(account)
                .execute(&mut *tx)
                .await?;
            sqlx::query("delete from known_device where account = $1")
                .bind(account)
                .execute(&mut *tx)
                .await?;
            record!(tx, by, vec![Told::new("account.sign-out", account, None)]);
            tx.commit().await?;
        });
        Ok(())
    }

    /// Gives an account a second factor, or takes it away with all its recovery codes. `step` is the
    /// one by which it was proved.
    pub async fn set_second(
        &self,
        account: Uuid,
        secret: Option<&[u8]>,
        step: Option<i64>,
        codes: &[Vec<u8>],
        by: &By,
    ) -> Result<()> {
        let after = json!({"second_factor": secret.is_some()});
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let had: Option<bool> =
                sqlx::query_scalar("select second_secret is not null from account where id = $1")
                    .bind(account)
                    .fetch_optional(&mut *tx)
                    .await?;
            sqlx::query("update account set second_secret = $1, second_step = $2 where id = $3")
                .bind(secret)
                .bind(step)
                .bind(account)
                .execute(&mut *tx)
                .await?;
            sqlx::query("delete from recovery_code where account = $1")
                .bind(account)
                .execute(&mut *tx)
                .await?;
            for hash in codes {
                sqlx::query("insert into recovery_code (account, hash) values ($1, $2)")
                    .bind(account)
                    .bind(hash)
                    .execute(&mut *tx)
                    .await?;
            }
            let before = json!({"second_factor": had});
            record!(tx, by, vec![Told::changed("account.second", account, before, Some(after))]);
            tx.commit().await?;
        });
        Ok(())
    }

    /// Whether an account must have a second factor.
    pub async fn require_second(&self, account: Uuid, required: bool, by: &By) -> Result<()> {
        let after = json!({"second_factor_required": required});
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let was: Option<bool> =
                sqlx::query_scalar("select second_required from account where id = $1")
                    .bind(account)
                    .fetch_optional(&mut *tx)
                    .await?;
            sqlx::query("update account set second_required = $1 where id = $2")
                .bind(required)
                .bind(account)
                .execute(&mut *tx)
                .await?;
            let (act, before) = ("account.require-second", json!({"second_factor_required": was}));
            record!(tx, by, vec![Told::changed(act, account, before, Some(after))]);
            tx.commit().await?;
        });
        Ok(())
    }

    /// Takes a step of the second factor as used: `false` where it, or a later one, was before.
    pub async fn take_step(&self, account: Uuid, step: i64) -> Result<bool> {
        let taken = on!(&self.pool, |db| {
            sqlx::query(
                "update account set second_step = $1
                 where id = $2 and second_secret is not null
                   and (second_step is null or second_step < $1)",
            )
            .bind(step)
            .bind(account)
            .execute(db)
            .await?
            .rows_affected()
        });
        Ok(taken > 0)
    }

    /// Takes a recovery code as used, by its hash: `false` where there is none that was not.
    pub async fn take_recovery_code(&self, account: Uuid, hash: &[u8], now: i64) -> Result<bool> {
        let taken = on!(&self.pool, |db| {
            sqlx::query(
                "update recovery_code set used_at = $1
                 where account = $2 and hash = $3 and used_at is null",
            )
            .bind(now)
            .bind(account)
            .bind(hash)
            .execute(db)
            .await?
            .rows_affected()
        });
        Ok(taken > 0)
    }

    /// How many recovery codes of an account are left.
    pub async fn recovery_codes(&self, account: Uuid) -> Result<i64> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_scalar(
                "select count(*) from recovery_code where account = $1 and used_at is null",
            )
            .bind(account)
            .fetch_one(db)
            .await?
        }))
    }
}
