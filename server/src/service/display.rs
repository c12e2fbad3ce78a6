//! Links by which a screen in a hall shows the board of one unit: read-only, without a person to sign
//! in, in force until somebody ends them.

use uuid::Uuid;

use super::Service;
use super::access::{Actor, hash, token};
use crate::store::{self, By, Store};

/// Makes a link for a unit and returns what stands in it; the database keeps its hash alone.
///
/// # Errors
/// Where the unit does not exist or the database fails.
pub async fn make_display(store: &Store, name: &str, unit: &str, by: &By) -> store::Result<String> {
    let token = token::<16>();
    store.insert_display(Uuid::now_v7(), name, unit, &hash(&token), by).await?;
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
