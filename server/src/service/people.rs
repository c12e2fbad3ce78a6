//! People: who decides about them, and each change in one place.
//!
//! An administrator decides within the own part of the organisation. Whoever may also act outside of it
//! is shown there, and only those decide about whose part holds all of it: a link that sets the password
//! of somebody with more power would be a way to have it.

mod accounts;

use domain::access::{Act, Grant, Role, continued};
use domain::unit::{Key, Unit};
use uuid::Uuid;

pub use accounts::{add_account, add_known_account, reset_account, set_up};

use super::Service;
use super::access::{Actor, Denied};
use super::sign_in::name_key;
use crate::store::{self, Account};

/// How long a link can be used, in milliseconds.
pub const LINK: i64 = 3 * 24 * 60 * 60 * 1000;
/// Of a name to sign in with, in characters.
pub(super) const NAME: std::ops::RangeInclusive<usize> = 3..=80;

/// Why a change was refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("no such person, key or screen")]
    Missing,
    #[error("a name has 3 to 80 characters")]
    BadName,
    #[error("the name is taken")]
    Taken,
    #[error("another person has this identity")]
    IdentityTaken,
    #[error("not a claim of this kind")]
    BadIdentity,
    #[error("no such unit in one's part")]
    NoUnit,
    #[error("no such role")]
    NoRole,
    #[error("the name typed is another one")]
    Mistyped,
    #[error("nobody does this to himself")]
    Own,
    #[error("the day is over")]
    NotADay,
    #[error(transparent)]
    Store(store::Error),
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Conflict(_) => Self::Taken,
            store::Error::Missing(_) => Self::Missing,
            other => Self::Store(other),
        }
    }
}

/// A person as an administrator sees it.
#[derive(Clone, Debug)]
pub struct Person {
    pub account: Account,
    /// The administrator decides about all that the person may.
    pub decides: bool,
    /// It is the administrator's own account.
    pub own: bool,
}

/// Somebody to be invited.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    pub name: &'a str,
    pub display_name: &'a str,
    pub role: &'a str,
    /// Code of the unit.
    pub unit: &'a str,
}

impl Service {
    /// The units that the actor administers, of which there is at least one.
    ///
    /// # Errors
    /// Where there is none.
    pub fn administered(&self, actor: &Actor) -> Result<Vec<Unit>, Denied> {
        self.units_for(actor, Act::Administer)
    }

    /// Administers all that is at the top.
    pub(super) fn is_at_the_top(&self, actor: &Actor) -> bool {
        let (organisation, today) = (self.organisation(), self.clock.today());
        let exists = |key| organisation.unit_by_key(key).is_some_and(|unit| unit.valid_on(today));
        let mut highest = organisation
            .units()
            .filter(|unit| unit.valid_on(today) && !unit.parent.is_some_and(exists))
            .peekable();
        // Of nothing it could be said that all of it is administered.
        highest.peek().is_some()
            && highest.all(|unit| self.allow(actor, Act::Administer, unit).is_ok())
    }

    /// Administers every place where the grant stands by now, of which there is at least one.
    fn decides_about(&self, actor: &Actor, grant: Grant) -> bool {
        let places = continued(&self.organisation(), grant.unit, self.clock.today());
        !places.is_empty() && places.iter().all(|place| self.administers(actor, *place))
    }

    pub(super) fn administers(&self, actor: &Actor, unit: Key) -> bool {
        let organisation = self.organisation();
        let unit = organisation.unit_by_key(unit);
        unit.is_some_and(|unit| self.allow(actor, Act::Administer, unit).is_ok())
    }

    fn seen_by(&self, actor: &Actor, account: Account) -> Option<Person> {
        let (organisation, today) = (self.organisation(), self.clock.today());
        let decides = match account.grants.is_empty() {
            true => self.is_at_the_top(actor),
            false => account.grants.iter().all(|grant| self.decides_about(actor, *grant)),
        };
        let within = |grant: &Grant| {
            let places = continued(&organisation, grant.unit, today);
            places.into_iter().any(|place| self.administers(actor, place))
        };
        let seen = decides || account.grants.iter().any(within);
        let own = is_own(actor, account.id);
        seen.then_some(Person { account, decides, own })
    }

    /// Everybody who may do something in the actor's part.
    ///
    /// # Errors
    /// Where the actor administers nothing, or the database fails.
    pub async fn people(&self, actor: &Actor) -> Result<Vec<Person>, Refusal> {
        self.administered(actor)?;
        let all = self.store.accounts().await?.into_iter();
        Ok(all.filter_map(|account| self.seen_by(actor, account)).collect())
    }

    /// One of them.
    ///
    /// # Errors
    /// `Missing` where the actor sees no such person.
    pub async fn person(&self, actor: &Actor, id: Uuid) -> Result<Person, Refusal> {
        let all = self.people(actor).await?;
        all.into_iter().find(|person| person.account.id == id).ok_or(Refusal::Missing)
    }

    pub(super) async fn decided(&self, actor: &Actor, id: Uuid) -> Result<Person, Refusal> {
        let person = self.person(actor, id).await?;
        if person.decides { Ok(person) } else { Err(Denied::Forbidden.into()) }
    }

    /// Somebody else about whom the actor decides. Whoever comes upon an open session must not make the
    /// account his own: about oneself the page of one's account asks for the password first.
    pub(super) async fn other(&self, actor: &Actor, id: Uuid) -> Result<Person, Refusal> {
        let person = self.decided(actor, id).await?;
        if person.own { Err(Refusal::Own) } else { Ok(person) }
    }

    /// The same where the name was typed to say that this account is meant.
    async fn meant(&self, actor: &Actor, id: Uuid, typed: &str) -> Result<(), Refusal> {
        let person = self.other(actor, id).await?;
        match name_key(typed) == name_key(&person.account.name) {
            true => Ok(()),
            false => Err(Refusal::Mistyped),
        }
    }

    /// The unit with this code, if the actor administers it.
    pub(super) fn place_for(&self, actor: &Actor, code: &str) -> Result<Unit, Refusal> {
        let organisation = self.organisation();
        let unit = organisation.unit(code).ok_or(Refusal::NoUnit)?;
        self.allow(actor, Act::Administer, unit).map_err(|_| Refusal::NoUnit)?;
        Ok(unit.clone())
    }

    /// Invites somebody; returns the account and what stands in the link.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn invite(
        &self,
        actor: &Actor,
        invited: &Invitation<'_>,
    ) -> Result<(Uuid, String), Refusal> {
        self.administered(actor)?;
        let role = Role::parse(invited.role).ok_or(Refusal::NoRole)?;
        self.place_for(actor, invited.unit)?;
        add_account(&self.store, invited, role, &self.by(actor)).await
    }

    /// Gives somebody one more role.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn give(
        &self,
        actor: &Actor,
        id: Uuid,
        (role, unit): (&str, &str),
    ) -> Result<(), Refusal> {
        let person = self.person(actor, id).await?;
        let role = Role::parse(role).ok_or(Refusal::NoRole)?;
        let unit = self.place_for(actor, unit)?.key;
        let grant = Grant { role, unit };
        Ok(self.store.add_grant(person.account.id, grant, &self.by(actor)).await?)
    }

    /// Whether the actor may take this role away from somebody: nobody takes the one by which he decides.
    pub fn may_take(&self, actor: &Actor, id: Uuid, grant: Grant) -> bool {
        let own = is_own(actor, id) && grant.role == Role::Administrator;
        !own && self.decides_about(actor, grant)
    }

    /// Takes a role away.
    ///
    /// # Errors
    /// `Own` for the role by which the actor decides; else as named by `Refusal`.
    pub async fn take(
        &self,
        actor: &Actor,
        id: Uuid,
        (role, unit): (&str, &str),
    ) -> Result<(), Refusal> {
        let person = self.person(actor, id).await?;
        let role = Role::parse(role).ok_or(Refusal::NoRole)?;
        let unit = self.organisation().unit(unit).map(|unit| unit.key).ok_or(Refusal::NoUnit)?;
        let grant = Grant { role, unit };
        if !person.account.grants.contains(&grant) {
            return Err(Refusal::Missing);
        }
        if !self.decides_about(actor, grant) {
            return Err(Denied::Forbidden.into());
        }
        if is_own(actor, id) && role == Role::Administrator {
            return Err(Refusal::Own);
        }
        Ok(self.store.remove_grant(id, grant, &self.by(actor)).await?)
    }

    /// Takes the password of somebody else away, ends all sessions, and returns what stands in the link
    /// that sets a new one.
    ///
    /// # Errors
    /// `Mistyped`, `Own`, or as named by `Refusal`.
    pub async fn reset(&self, actor: &Actor, id: Uuid, typed: &str) -> Result<String, Refusal> {
        self.meant(actor, id, typed).await?;
        reset_account(&self.store, id, &self.by(actor)).await
    }

    /// Closes the account of somebody else to sign-in.
    ///
    /// # Errors
    /// `Mistyped`, `Own`, or as named by `Refusal`.
    pub async fn disable(&self, actor: &Actor, id: Uuid, typed: &str) -> Result<(), Refusal> {
        self.meant(actor, id, typed).await?;
        Ok(self.store.set_disabled(id, true, &self.by(actor)).await?)
    }

    /// Opens an account again.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn enable(&self, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
        self.decided(actor, id).await?;
        Ok(self.store.set_disabled(id, false, &self.by(actor)).await?)
    }

    /// Ends all sessions of somebody.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn end_sessions_of(&self, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
        self.decided(actor, id).await?;
        Ok(self.store.end_sessions(id, &self.by(actor)).await?)
    }

    /// Whether somebody must have a second factor.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn require_second(
        &self,
        actor: &Actor,
        id: Uuid,
        required: bool,
    ) -> Result<(), Refusal> {
        self.decided(actor, id).await?;
        Ok(self.store.require_second(id, required, &self.by(actor)).await?)
    }

    /// Takes the second factor of somebody else away who has lost it.
    ///
    /// # Errors
    /// `Mistyped`, `Own`, or as named by `Refusal`.
    pub async fn remove_second(&self, actor: &Actor, id: Uuid, typed: &str) -> Result<(), Refusal> {
        self.meant(actor, id, typed).await?;
        Ok(self.store.set_second(id, None, None, &[], &self.by(actor)).await?)
    }
}

fn is_own(actor: &Actor, id: Uuid) -> bool {
    matches!(actor, Actor::Person { account, .. } if *account == id)
}
