//! Keys of programs and links of screens, in the part of an administrator.

use domain::access::Role;
use jiff::civil::Date;
use uuid::Uuid;

use super::Service;
use super::access::{Actor, make_key};
use super::display::make_display;
use super::organisation::is_same_name;
use super::people::{NAME, Refusal};
use crate::store::{Display, KeyRow};

impl Service {
    /// The keys of the actor's part.
    ///
    /// # Errors
    /// Where the actor administers nothing, or the database fails.
    pub async fn keys(&self, actor: &Actor) -> Result<Vec<KeyRow>, Refusal> {
        self.administered(actor)?;
        let all = self.store.keys().await?.into_iter();
        Ok(all.filter(|key| self.administers(actor, key.unit)).collect())
    }

    /// Makes a key that ends with a day, where one is given, and returns it.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn new_key(
        &self,
        actor: &Actor,
        name: &str,
        (role, unit): (&str, &str),
        last: Option<Date>,
    ) -> Result<String, Refusal> {
        self.administered(actor)?;
        let name = label(name)?;
        let role = Role::parse(role).ok_or(Refusal::NoRole)?;
        let unit = self.place_for(actor, unit)?;
        let now = self.clock.now();
        let end = match last {
            None => None,
            Some(last) => {
                let end = self.clock.end_of(last).filter(|end| *end > now);
                Some(end.ok_or(Refusal::NotADay)?)
            }
        };
        Ok(make_key(&self.store, name, (role, &unit.code), end, &self.by(actor)).await?)
    }

    /// Ends a key, at once and on every server; its name is typed to say that this one is meant.
    ///
    /// # Errors
    /// `Mistyped`, or as named by `Refusal`.
    pub async fn revoke_key(&self, actor: &Actor, id: Uuid, typed: &str) -> Result<(), Refusal> {
        let keys = self.keys(actor).await?;
        let key = keys.iter().find(|key| key.id == id).ok_or(Refusal::Missing)?;
        if !is_same_name(typed, &key.name) {
            return Err(Refusal::Mistyped);
        }
        Ok(self.store.revoke_key(id, &self.by(actor)).await?)
    }

    /// The screens of the actor's part.
    ///
    /// # Errors
    /// Where the actor administers nothing, or the database fails.
    pub async fn displays(&self, actor: &Actor) -> Result<Vec<Display>, Refusal> {
        let units = self.administered(actor)?;
        let within = |code: &str| units.iter().any(|unit| unit.code == code);
        let all = self.store.displays().await?.into_iter();
        Ok(all.filter(|display| within(&display.unit)).collect())
    }

    /// Makes the link of a screen and returns what stands in it.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn new_display(
        &self,
        actor: &Actor,
        name: &str,
        unit: &str,
    ) -> Result<String, Refusal> {
        self.administered(actor)?;
        let name = label(name)?;
        let unit = self.place_for(actor, unit)?;
        Ok(make_display(&self.store, name, &unit.code, &self.by(actor)).await?)
    }

    /// Ends the link of a screen, at once and on every server; its name is typed likewise.
    ///
    /// # Errors
    /// `Mistyped`, or as named by `Refusal`.
    pub async fn revoke_display(
        &self,
        actor: &Actor,
        id: Uuid,
        typed: &str,
    ) -> Result<(), Refusal> {
        let displays = self.displays(actor).await?;
        let display = displays.iter().find(|one| one.id == id).ok_or(Refusal::Missing)?;
        if !is_same_name(typed, &display.name) {
            return Err(Refusal::Mistyped);
        }
        Ok(self.store.revoke_display(id, &self.by(actor)).await?)
    }
}

/// What a key or a screen is called.
fn label(name: &str) -> Result<&str, Refusal> {
    let name = name.trim();
    let fits = (1..=*NAME.end()).contains(&name.chars().count());
    if fits && !name.chars().any(char::is_control) { Ok(name) } else { Err(Refusal::BadName) }
}
