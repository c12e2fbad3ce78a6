//! From an empty database to the first answer: what is there, and what is still missing.

use std::sync::atomic::Ordering;

use domain::access::{Act, Role};
use domain::unit::{Key, Unit};

use super::Service;
use super::access::{Actor, Denied};
use super::people::Refusal;
use crate::store;

/// The name under which the database keeps the first day on which somebody had a print sheet.
const SHEET: &str = "sheet";

/// What is there, in the part of whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// Administrators who can sign in, and those who have not used their link yet.
    pub administrators: usize,
    pub invited: usize,
    /// Of those who can sign in: who has no second factor, and need not have one.
    pub unprotected: usize,
    /// The reader has a second factor.
    pub own_second: bool,
    /// Units that exist today, and points that are open.
    pub units: usize,
    pub points: usize,
    /// Somebody has had a print sheet.
    pub sheet: bool,
    pub dossiers: bool,
    pub targets: bool,
    pub recipients: bool,
    /// Code of a unit whose sheet has all of the part: the highest.
    pub top: Option<String>,
}

impl Start {
    /// Nothing is missing but what may be left out.
    pub fn is_done(&self) -> bool {
        self.administrators > 0
            && self.unprotected == 0
            && self.has_units()
            && self.points > 0
            && self.sheet
            && self.dossiers
            && self.targets
    }

    /// The one unit that the first account needs is no organisation yet, unless it serves citizens itself.
    pub fn has_units(&self) -> bool {
        self.units > 1 || self.points > 0
    }
}

impl Service {
    /// What is there and what is missing, for an administrator, and for who sits at the machine before
    /// there is one.
    ///
    /// # Errors
    /// Where the actor is neither, or the database fails.
    pub async fn start(&self, actor: &Actor) -> Result<Start, Refusal> {
        let organisation = self.organisation();
        let part: Vec<Unit> = match actor {
            Actor::Local => organisation.units().cloned().collect(),
            _ => self.administered(actor)?,
        };
        let today = self.clock.today();
        let part: Vec<Unit> = part.into_iter().filter(|unit| unit.valid_on(today)).collect();
        let within = |key: &Key| part.iter().any(|unit| unit.key == *key);
        let open = organisation.points().filter(|point| within(&point.unit));
        let entered = self.store.entered().await?;
        let mut start = Start {
            units: part.len(),
            points: open.filter(|point| point.open_on(today)).count(),
            sheet: self.store.about(SHEET).await?.is_some(),
            dossiers: entered.dossiers.iter().any(within),
            targets: entered.targets.iter().any(within),
            recipients: entered.recipients.iter().any(within),
            top: part
                .iter()
                .find(|unit| unit.parent.is_none_or(|above| !within(&above)))
                .map(|unit| unit.code.clone()),
            ..Start::default()
        };
        let people = match actor {
            // There is nobody before the first account.
            Actor::Local => vec![],
            _ => self.people(actor).await?,
        };
        for account in people.into_iter().map(|person| person.account) {
            let mut roles = account.grants.iter().map(|grant| grant.role);
            if account.disabled_at.is_some() || !roles.any(|role| role == Role::Administrator) {
                continue;
            }
            match account.has_password {
                false => start.invited += 1,
                true => {
                    start.administrators += 1;
                    let protected = account.enrolled || account.second_required;
                    start.unprotected += usize::from(!protected);
                }
            }
            let own = matches!(actor, Actor::Person { account: id, .. } if *id == account.id);
            start.own_second |= own && account.enrolled;
        }
        Ok(start)
    }

    /// Whether the reader is to be told that something is missing: an administrator, or whoever sits at
    /// the machine before there is one. The codes are of use once their address reaches others.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn is_unfinished(&self, actor: &Actor, reaches: bool) -> store::Result<bool> {
        if self.demo {
            return Ok(false);
        }
        match self.start(actor).await {
            Ok(start) => Ok(!(start.is_done() && reaches)),
            Err(Refusal::Store(error)) => Err(error),
            Err(_) => Ok(false),
        }
    }

    /// Notes that somebody has a print sheet before him, once for all times.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_sheet(&self) -> store::Result<()> {
        if !self.sheet_opened.swap(true, Ordering::Relaxed) {
            note_sheet(&self.store, self.clock.today()).await?;
        }
        Ok(())
    }

    /// What somebody may do of what the pages of administration offer.
    pub fn desk(&self, actor: &Actor) -> Desk {
        let units: Result<_, Denied> = self.administered(actor);
        Desk {
            administers: units.is_ok(),
            everything: units.is_ok() && self.is_at_the_top(actor),
            manages: self.units_for(actor, Act::Manage).is_ok(),
            reports: self.units_for(actor, Act::Report).is_ok(),
        }
    }
}

/// What somebody may do in some part of the organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// Decides on people, keys, screens and units.
    pub administers: bool,
    /// The same for all there is.
    pub everything: bool,
    /// Opens and closes points.
    pub manages: bool,
    /// Closes months and delivers reports.
    pub reports: bool,
}

/// Notes that there is a print sheet, unless that was noted before.
///
/// # Errors
/// Where the database fails.
pub async fn note_sheet(store: &store::Store, today: jiff::civil::Date) -> store::Result<()> {
    match store.about(SHEET).await? {
        Some(_) => Ok(()),
        None => store.set_about(SHEET, &today.to_string()).await,
    }
}
