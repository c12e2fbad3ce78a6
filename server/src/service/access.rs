//! Who asks, and what they may.

use domain::access::{Act, Grant, Role};
use domain::audit::hex;
use domain::unit::{Key, Unit};
use rand::Rng;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Service;
use crate::store::{self, By, NewKey, Store};

/// Somebody who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Showed nothing.
    Anyone,
    /// Sits at the machine, before the first account or key exists.
    Local,
    /// Signed in.
    Person { account: Uuid, grants: Vec<Grant> },
    /// Showed a valid key, known by its id.
    Key { id: Uuid, role: Role, unit: Key },
    /// A screen in a hall, by its link: reads the board of this unit alone.
    Display { unit: Key },
}

/// What somebody shows to be told from others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Credential {
    #[default]
    None,
    /// Nothing, but asks from the machine itself.
    Here,
    /// The token of a session.
    Session(String),
    /// An API key.
    Key(String),
    /// What stands in the link of a screen.
    Display(String),
}

/// Why somebody may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    #[error("no credentials")]
    Unknown,
    #[error("outside one's part of the organisation, or not by this role")]
    Forbidden,
}

/// A unit that the actor may read. Figures are had for such a unit alone, so no caller can forget to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readable(Unit);

impl std::ops::Deref for Readable {
    type Target = Unit;

    fn deref(&self) -> &Unit {
        &self.0
    }
}

/// Why a unit cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotReadable {
    #[error("no such unit")]
    Missing,
    #[error(transparent)]
    Denied(#[from] Denied),
}

impl Service {
    /// The unit with this code, if the actor may read it. Who shows nothing does not learn whether it
    /// exists.
    pub fn readable(&self, actor: &Actor, code: &str) -> Result<Readable, NotReadable> {
        match self.organisation().unit(code) {
            Some(unit) => {
                self.allow(actor, Act::Read, unit)?;
                Ok(Readable(unit.clone()))
            }
            None if *actor == Actor::Anyone && !self.is_demo() => Err(Denied::Unknown.into()),
            None => Err(NotReadable::Missing),
        }
    }

    /// The same for what is meant for officials alone, also of a unit whose board is public.
    pub fn readable_by_officials(
        &self,
        actor: &Actor,
        code: &str,
    ) -> Result<Readable, NotReadable> {
        match actor {
            Actor::Anyone if !self.demo => Err(Denied::Unknown.into()),
            _ => self.readable(actor, code),
        }
    }

    /// A unit that could be read, as it is by now.
    pub fn renewed(&self, unit: &Readable) -> Readable {
        let now = self.organisation().unit_by_key(unit.key).cloned();
        Readable(now.unwrap_or_else(|| unit.0.clone()))
    }

    /// All units that the actor may read.
    pub fn all_readable(&self, actor: &Actor) -> Vec<Readable> {
        let organisation = self.organisation();
        let units = organisation.units().filter(|unit| self.allow(actor, Act::Read, unit).is_ok());
        units.cloned().map(Readable).collect()
    }

    /// Before the first account or key exists, only the machine itself is answered.
    pub fn is_closed_to_others(&self) -> bool {
        !self.demo && !self.seen().opened
    }

    /// Who shows this by now: asked anew with each request, so that what was ended has ended on every
    /// server. `None` where it is not in force; whoever shows nothing is anyone. A session counts as
    /// used where `touch`.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn actor_of(
        &self,
        credential: &Credential,
        touch: bool,
    ) -> store::Result<Option<Actor>> {
        match credential {
            Credential::Here if self.is_closed_to_others() => Ok(Some(Actor::Local)),
            Credential::None | Credential::Here => Ok(Some(Actor::Anyone)),
            Credential::Display(link) => self.actor_of_display(link).await,
            Credential::Key(key) => {
                let today = domain::day::number(self.clock.today());
                let now = self.clock.now().as_millisecond();
                let key = self.store.use_key(&hash(key), now, today).await?;
                Ok(key.map(|key| Actor::Key { id: key.id, role: key.role, unit: key.unit }))
            }
            Credential::Session(token) => {
                let found = self.signed_in(token, touch).await?;
                Ok(found.filter(|found| !found.must_enrol()).map(|found| found.actor()))
            }
        }
    }

    /// Whether the actor may do this to the unit.
    pub fn allow(&self, actor: &Actor, act: Act, unit: &Unit) -> Result<(), Denied> {
        let public = act == Act::Read && (self.demo || unit.public);
        match actor {
            _ if public => Ok(()),
            // The first account is made on the command line: with it the machine is no exception any
            // more, and a page could not show what it has made.
            Actor::Local if act == Act::Administer => Err(Denied::Unknown),
            Actor::Local => Ok(()),
            Actor::Anyone => Err(Denied::Unknown),
            Actor::Key { role, unit: part, .. } => {
                self.granted(&[Grant { role: *role, unit: *part }], act, unit)
            }
            Actor::Person { grants, .. } => self.granted(grants, act, unit),
            Actor::Display { unit: only } => match act {
                Act::Read if *only == unit.key => Ok(()),
                _ => Err(Denied::Forbidden),
            },
        }
    }

    fn granted(&self, grants: &[Grant], act: Act, unit: &Unit) -> Result<(), Denied> {
        let (organisation, today) = (self.organisation(), self.clock.today());
        let allows = |grant: &Grant| grant.allows(act, unit.key, &organisation, today);
        if grants.iter().any(allows) { Ok(()) } else { Err(Denied::Forbidden) }
    }

    /// The units to which the actor may do this.
    ///
    /// # Errors
    /// Where there are none.
    pub fn units_for(&self, actor: &Actor, act: Act) -> Result<Vec<Unit>, Denied> {
        let organisation = self.organisation();
        let all = organisation.units().filter(|unit| self.allow(actor, act, unit).is_ok());
        let all: Vec<Unit> = all.cloned().collect();
        match actor {
            Actor::Anyone | Actor::Local if all.is_empty() => Err(Denied::Unknown),
            _ if all.is_empty() => Err(Denied::Forbidden),
            _ => Ok(all),
        }
    }
}

/// Makes an API key and returns it; the database keeps its hash alone. It ends at `expires_at`, where
/// that is given.
///
/// # Errors
/// Where the unit does not exist or the database fails.
pub async fn make_key(
    store: &Store,
    name: &str,
    (role, unit): (Role, &str),
    expires_at: Option<jiff::Timestamp>,
    by: &By,
) -> store::Result<String> {
    let key = format!("hl_{}", token::<32>());
    let new = NewKey {
        id: Uuid::now_v7(),
        name: name.to_owned(),
        role,
        unit: unit.to_owned(),
        hash: hash(&key),
        expires_at: expires_at.map(|end| end.as_millisecond()),
    };
    store.insert_key(&new, by).await?;
    Ok(key)
}

/// A secret of so many random bytes, in hexadecimal digits.
pub(super) fn token<const BYTES: usize>() -> String {
    let mut secret = [0u8; BYTES];
    rand::rng().fill_bytes(&mut secret);
    hex(&secret)
}

/// A password that can be typed, of eighty random bits.
pub fn password() -> String {
    token::<10>()
}

/// What the database keeps of a secret.
pub(super) fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}
