//! Links by which a screen in a hall shows the board of one unit: read-only, without a person to sign
//! in, in force until somebody ends them.

use rand::Rng;
use uuid::Uuid;

use super::Service;
use super::access::{Actor, hash};
use crate::store::{self, Store};

/// Makes a link for a unit and returns what stands in it; the database keeps its hash alone.
///
/// # Errors
/// Where the unit does not exist or the database fails.
pub async fn make_display(
    store: &Store,
    name: &str,
    unit: &str,
    now: jiff::Timestamp,
) -> store::Result<String> {
    let mut secret = [0u8; 16];
    rand::rng().fill_bytes(&mut secret);
    let token: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let made_at = now.as_millisecond();
    store.insert_display(Uuid::now_v7(), name, unit, &hash(&token), made_at).await?;
    Ok(token)
}

impl Service {
    /// The screen that a link stands for, if it is in force.
    pub async fn actor_of_display(&self, token: &str) -> store::Result<Option<Actor>> {
        let today = domain::day::number(self.clock.today());
        let found = self.store.use_display(&hash(token), today).await?;
        Ok(found.map(|(_, unit)| Actor::Display { unit }))
    }
}
