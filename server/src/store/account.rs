//! Accounts and what they may.
//!
//! Each method that changes something is one transaction, which begins with the number of the change.

use std::collections::HashMap;

use domain::access::{Grant, Role};
use domain::unit::Key;
use serde_json::{Value, json};
use uuid::Uuid;

use super::audit::{By, Told, record};
use super::link::NewLink;
use super::{Error, Result, Store, changes, on};

/// An account to be written, with its first grant.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub id: Uuid,
    /// The name to sign in with, as typed.
    pub name: String,
    /// The form in which names are compared.
    pub name_key: String,
    pub display_name: Option<String>,
    /// By which another provider knows the person, in the form in which it is kept.
    pub identity: Option<String>,
    pub role: Role,
    /// Code of the unit.
    pub unit: String,
}

/// An account as listed; all moments in Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Account {
    pub id: Uuid,
    pub name: String,
    pub display_name: Option<String>,
    /// By which another provider knows the person, in the form in which it is kept.
    pub identity: Option<String>,
    pub has_password: bool,
    pub second_required: bool,
    /// Has a second factor.
    pub enrolled: bool,
    pub created_at: i64,
    pub disabled_at: Option<i64>,
    /// Number of the last day on which it was used.
    pub used_on: Option<i32>,
    #[sqlx(skip)]
    pub grants: Vec<Grant>,
}

/// A grant for the trail, with the code of its unit.
macro_rules! granted {
    ($tx:expr, $grant:expr) => {{
        let unit: Option<String> = sqlx::query_scalar("select code from unit where key = $1")
            .bind($grant.unit)
            .fetch_optional(&mut *$tx)
            .await?;
        let granted: Value = json!({"role": $grant.role.name(), "unit": unit});
        granted
    }};
}

impl Store {
    /// Writes an account with its grant and the link that sets its password.
    ///
    /// # Errors
    /// `Conflict` where the name or the identity is taken, `Missing` where there is no such unit.
    pub async fn insert_account(&self, new: &NewAccount, link: &NewLink, by: &By) -> Result<()> {
        let mut after = json!({"name": new.name, "role": new.role.name(), "unit": new.unit});
        if let Some(identity) = &new.identity {
            after["identity"] = json!(identity);
        }
        let told = Told::new("account.add", new.id, Some(after));
        let (accounts, grants) = on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let accounts = sqlx::query(
                "insert into account (id, name, name_key, display_name, second_required, created_at,
                   identity)
                 values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            )
            .bind(new.id)
            .bind(&new.name)
            .bind(&new.name_key)
            .bind(&new.display_name)
            .bind(false)
            .bind(by.at)
            .bind(&new.identity)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            let mut grants = 0;
            if accounts > 0 {
                grants = sqlx::query(
                    "insert into account_grant (account, unit, role, granted_at)
                     select $1, key, $2, $3 from unit where code = $4",
                )
                .bind(new.id)
                .bind(new.role.name())
                .bind(by.at)
                .bind(&new.unit)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            }
            if grants > 0 {
                sqlx::query(
                    "insert into account_link (hash, account, purpose, made_at, expires_at)
                     values ($1, $2, $3, $4, $5)",
                )
                .bind(&link.hash)
                .bind(new.id)
                .bind(link.purpose.name())
                .bind(link.made_at)
                .bind(link.expires_at)
                .execute(&mut *tx)
                .await?;
                record!(tx, by, vec![told]);
                tx.commit().await?;
            }
            (accounts, grants)
        });
        match (accounts, grants) {
            (0, _) => Err(Error::Conflict(format!("the name {} is taken", new.name))),
            (_, 0) => Err(Error::Missing(new.unit.clone())),
            _ => Ok(()),
        }
    }

    /// All accounts with their grants, by name.
    pub async fn accounts(&self) -> Result<Vec<Account>> {
        let (mut accounts, grants) = on!(&self.pool, |db| {
            let mut tx = db.begin_with(SNAPSHOT).await?;
            let accounts: Vec<Account> = sqlx::query_as(
                "select id, name, display_name, identity, password is not null as has_password,
                   second_required, second_secret is not null as enrolled, created_at, disabled_at,
                   used_on
                 from account order by name_key",
            )
            .fetch_all(&mut *tx)
            .await?;
            let grants: Vec<(Uuid, Key, String)> = sqlx::query_as(
                "select account, unit, role from account_grant order by granted_at, unit, role",
            )
            .fetch_all(&mut *tx)
            .await?;
            (accounts, grants)
        });
        let mut by_account: HashMap<Uuid, Vec<Grant>> = HashMap::new();
        for (account, unit, role) in grants {
            by_account.entry(account).or_default().push(grant(unit, &role)?);
        }
        for account in &mut accounts {
            account.grants = by_account.remove(&account.id).unwrap_or_default();
        }
        Ok(accounts)
    }

    /// The id of the account with this name, in the form in which names are compared.
    pub async fn account_of(&self, name_key: &str) -> Result<Option<Uuid>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_scalar("select id from account where name_key = $1")
                .bind(name_key)
                .fetch_optional(db)
                .await?
        }))
    }

    /// Gives an account a role on a unit; one that it has already stays.
    pub async fn add_grant(&self, account: Uuid, grant: Grant, by: &By) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let written = sqlx::query(
                "insert into account_grant (account, unit, role, granted_at)
                 values ($1, $2, $3, $4) on conflict do nothing",
            )
            .bind(account)
            .bind(grant.unit)
            .bind(grant.role.name())
            .bind(by.at)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if written > 0 {
                let after = granted!(tx, grant);
                record!(tx, by, vec![Told::new("account.grant", account, Some(after))]);
            }
            tx.commit().await?;
        });
        Ok(())
    }

    /// Takes a role on a unit away.
    pub async fn remove_grant(&self, account: Uuid, grant: Grant, by: &By) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let removed = sqlx::query(
                "delete from account_grant where account = $1 and unit = $2 and role = $3",
            )
            .bind(account)
            .bind(grant.unit)
            .bind(grant.role.name())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if removed > 0 {
                let before = Some(granted!(tx, grant).to_string());
                let told = Told::new("account.ungrant", account, None);
                record!(tx, by, vec![Told { before, ..told }]);
            }
            tx.commit().await?;
        });
        Ok(())
    }

    /// Takes the password and all sessions away and writes a link that sets a new password. Links that
    /// were made before are void.
    ///
    /// # Errors
    /// `Missing` where there is no such account.
    pub async fn reset(&self, account: Uuid, link: &NewLink, by: &By) -> Result<()> {
        let found = on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let had: Option<bool> =
                sqlx::query_scalar("select password is not null from account where id = $1")
                    .bind(account)
                    .fetch_optional(&mut *tx)
                    .await?;
            let found = sqlx::query("update account set password = null where id = $1")
                .bind(account)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            sqlx::query("delete from session where account = $1")
                .bind(account)
                .execute(&mut *tx)
                .await?;
            sqlx::query("delete from account_link where account = $1 and used_at is null")
                .bind(account)
                .execute(&mut *tx)
                .await?;
            if found > 0 {
                sqlx::query(
                    "insert into account_link (hash, account, purpose, made_at, expires_at)
                     values ($1, $2, $3, $4, $5)",
                )
                .bind(&link.hash)
                .bind(account)
                .bind(link.purpose.name())
                .bind(link.made_at)
                .bind(link.expires_at)
                .execute(&mut *tx)
                .await?;
                let (before, after) = (json!({"password": had}), json!({"password": false}));
                let told = Told::changed("account.reset", account, before, Some(after));
                record!(tx, by, vec![told]);
                tx.commit().await?;
            }
            found
        });
        if found == 0 { Err(Error::Missing(account.to_string())) } else { Ok(()) }
    }

    /// Closes an account to sign-in and ends its sessions, or opens it again.
    ///
    /// # Errors
    /// `Missing` where there is no such account.
    pub async fn set_disabled(&self, account: Uuid, disabled: bool, by: &By) -> Result<()> {
        let act = if disabled { "account.disable" } else { "account.enable" };
        let found = on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            let was: Option<bool> =
                sqlx::query_scalar("select disabled_at is not null from account where id = $1")
                    .bind(account)
                    .fetch_optional(&mut *tx)
                    .await?;
            let found = sqlx::query("update account set disabled_at = $1 where id = $2")
                .bind(disabled.then_some(by.at))
                .bind(account)
                .execute(&mut *tx)
                .await?
                .rows_affected();
            sqlx::query("delete from session where account = $1")
                .bind(account)
                .execute(&mut *tx)
                .await?;
            if found > 0 {
                let (before, after) = (json!({"disabled": was}), json!({"disabled": disabled}));
                record!(tx, by, vec![Told::changed(act, account, before, Some(after))]);
            }
            tx.commit().await?;
            found
        });
        if found == 0 { Err(Error::Missing(account.to_string())) } else { Ok(()) }
    }

    /// Sets a password and ends all sessions but one.
    pub async fn set_password(
        &self,
        account: Uuid,
        password: &str,
        but: Uuid,
        by: &By,
    ) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            changes!("people", tx);
            sqlx::query("update account set password = $1 where id = $2")
                .bind(password)
                .bind(account)
                .execute(&mut *tx)
                .await?;
            sqlx::query("delete from session where account = $1 and id <> $2")
                .bind(account)
                .bind(but)
                .execute(&mut *tx)
                .await?;
            record!(tx, by, vec![Told::new("account.password", account, None)]);
            tx.commit().await?;
        });
        Ok(())
    }
}

/// A grant of a row.
pub(super) fn grant(unit: Key, role: &str) -> Result<Grant> {
    let role = Role::parse(role).ok_or_else(|| Error::Corrupt(format!("the role {role}")))?;
    Ok(Grant { role, unit })
}
