//! Who asks, and what they may.

use domain::access::{Act, Role};
use domain::unit::{Key, Unit};
use rand::Rng;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Service;
use crate::store::{self, NewKey, Store};

/// Somebody who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Showed nothing.
    Anyone,
    /// Sits at the machine, before the first account or key exists.
    Local,
    /// Showed a valid key.
    Key { role: Role, unit: Key },
    /// A screen in a hall, by its link: reads the board of this unit alone.
    Display { unit: Key },
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
        !self.demo && !self.seen().keys
    }

    /// The actor that an API key stands for.
    pub async fn actor_of_key(&self, key: &str) -> store::Result<Option<Actor>> {
        let now = self.clock.now().as_millisecond();
        let key = self.store.find_key(&hash(key), now).await?;
        Ok(key.map(|key| Actor::Key { role: key.role, unit: key.unit }))
    }

    /// Whether the actor may do this to the unit.
    pub fn allow(&self, actor: &Actor, act: Act, unit: &Unit) -> Result<(), Denied> {
        let public = act == Act::Read && (self.demo || unit.public);
        match actor {
            _ if public => Ok(()),
            Actor::Local => Ok(()),
            Actor::Anyone => Err(Denied::Unknown),
            Actor::Key { role, unit: part } => {
                let inside = self.organisation().contains(*part, unit.key);
                if inside && role.may(act) { Ok(()) } else { Err(Denied::Forbidden) }
            }
            Actor::Display { unit: only } => match act {
                Act::Read if *only == unit.key => Ok(()),
                _ => Err(Denied::Forbidden),
            },
        }
    }
}

/// Makes an API key and returns it; the database keeps its hash alone.
///
/// # Errors
/// Where the unit does not exist or the database fails.
pub async fn make_key(
    store: &Store,
    name: &str,
    role: Role,
    unit: &str,
    now: jiff::Timestamp,
) -> store::Result<String> {
    let mut secret = [0u8; 32];
    rand::rng().fill_bytes(&mut secret);
    let key = format!("hl_{}", secret.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let new = NewKey {
        id: Uuid::now_v7(),
        name: name.to_owned(),
        role,
        unit: unit.to_owned(),
        hash: hash(&key),
        created_at: now.as_millisecond(),
    };
    store.insert_key(&new).await?;
    Ok(key)
}

/// What the database keeps of a secret.
pub(super) fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}
