//! Accounts as the command line and the pages make them, and the links by which a password is set.

use domain::access::{Grant, Role};
use domain::unit::Unit;
use uuid::Uuid;

use super::{Invitation, LINK, NAME, Refusal};
use crate::service::access::{hash, token};
use crate::service::password;
use crate::service::sign_in::name_key;
use crate::store::{By, LinkUse, NewAccount, NewLink, Purpose, Store};

/// Makes an account with one role and returns what stands in the link that sets its password.
///
/// # Errors
/// `BadName`, `Taken` or `Missing` where there is no such unit, or where the database fails.
pub async fn add_account(
    store: &Store,
    invited: &Invitation<'_>,
    role: Role,
    by: &By,
) -> Result<(Uuid, String), Refusal> {
    add_known_account(store, invited, role, None, by).await
}

/// The same for somebody whom another provider knows by this identity, in the form in which it is kept.
///
/// # Errors
/// Also `IdentityTaken`.
pub async fn add_known_account(
    store: &Store,
    invited: &Invitation<'_>,
    role: Role,
    identity: Option<&str>,
    by: &By,
) -> Result<(Uuid, String), Refusal> {
    let name = invited.name.trim();
    if !NAME.contains(&name.chars().count()) || name.chars().any(char::is_control) {
        return Err(Refusal::BadName);
    }
    let display = invited.display_name.trim();
    if display.chars().count() > *NAME.end() || display.chars().any(char::is_control) {
        return Err(Refusal::BadName);
    }
    if let Some(identity) = identity
        && store.has_identity(identity).await?
    {
        return Err(Refusal::IdentityTaken);
    }
    let new = NewAccount {
        id: Uuid::now_v7(),
        name: name.to_owned(),
        name_key: name_key(name),
        display_name: (!display.is_empty()).then(|| display.to_owned()),
        identity: identity.map(str::to_owned),
        role,
        unit: invited.unit.to_owned(),
    };
    let (link, text) = new_link(Purpose::Invite, by.at);
    store.insert_account(&new, &link, by).await?;
    Ok((new.id, text))
}

/// Takes a password away and returns what stands in the link that sets a new one.
///
/// # Errors
/// `Missing` where there is no such account, or where the database fails.
pub async fn reset_account(store: &Store, account: Uuid, by: &By) -> Result<String, Refusal> {
    let (link, text) = new_link(Purpose::Reset, by.at);
    store.reset(account, &link, by).await?;
    Ok(text)
}

/// Makes an administrator of some units with a password that is given, or gives an old one a new
/// password; for a demo, where nobody is invited.
///
/// # Errors
/// Where the database fails.
pub async fn set_up(
    store: &Store,
    name: &str,
    password: &str,
    units: impl Iterator<Item = &Unit>,
    by: &By,
) -> Result<(), Refusal> {
    let role = Role::Administrator;
    let mut account = store.account_of(&name_key(name)).await?;
    for unit in units {
        let grant = Grant { role, unit: unit.key };
        match account {
            Some(id) => store.add_grant(id, grant, by).await?,
            None => {
                let invited =
                    Invitation { name, display_name: "", role: role.name(), unit: &unit.code };
                account = Some(add_account(store, &invited, role, by).await?.0);
            }
        }
    }
    let id = account.ok_or(Refusal::NoUnit)?;
    let link = reset_account(store, id, by).await?;
    let used = LinkUse {
        hash: &hash(&link),
        password: &password::hash(password),
        device: &hash(&token::<32>()),
        now: by.at,
    };
    store.use_link(&used).await?;
    Ok(())
}

fn new_link(purpose: Purpose, made_at: i64) -> (NewLink, String) {
    let text = token::<32>();
    (NewLink { hash: hash(&text), purpose, made_at, expires_at: made_at + LINK }, text)
}
