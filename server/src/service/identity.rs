//! People who come by another provider of identities: who they are here, and who says so.
//!
//! Nobody gets an account by that way: the provider says who somebody is, an administrator has said
//! before whether that is somebody here.

use domain::identity::{Claim, Proved};
use serde_json::json;
use uuid::Uuid;

use super::Service;
use super::access::{Actor, hash};
use super::people::Refusal;
use super::sign_in::{Entered, Refused};
use crate::store;

/// How long a sign-in may take at the provider, in milliseconds.
pub const REQUEST: i64 = 10 * 60 * 1000;

impl Service {
    /// Notes that a sign-in goes to the provider, by what it has to come back with.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn note_request(&self, state: &str) -> store::Result<()> {
        let now = self.now();
        self.store.note_request(&hash(state), now, now + REQUEST).await
    }

    /// Takes a sign-in that has come back: `false` where it did before, or is too late.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn take_request(&self, state: &str) -> store::Result<bool> {
        self.store.take_request(&hash(state), self.now()).await
    }

    /// Signs in whom the provider has named. Who has a second factor here is asked for it, unless the
    /// provider has asked for one.
    ///
    /// # Errors
    /// `Unknown` where nobody here has this identity, or the account is disabled; or where the database
    /// fails.
    pub async fn sign_in_as(
        &self,
        proved: &Proved,
        device: Option<&str>,
        browser: &str,
    ) -> Result<Entered, Refused> {
        let found = self.store.account_with_identity(&proved.identity).await?;
        let found = found.ok_or(Refused::Unknown)?;
        let tries = self.tries(&found.name_key, device).await?;
        let mut session = self.session(found.account, browser, proved.second || !found.enrolled);
        session.proved = proved.second;
        let second = match (proved.second, found.enrolled) {
            (true, _) => "provider",
            (false, true) => "asked",
            (false, false) => "none",
        };
        let told = json!({"by": "oidc", "second_factor": second});
        self.begin(session, None, (&tries, device), Some(told)).await
    }

    /// Says by what the provider knows somebody else; an empty value takes it away.
    ///
    /// # Errors
    /// `Own`, `BadIdentity`, `IdentityTaken`, or as named by `Refusal`.
    pub async fn set_identity(
        &self,
        actor: &Actor,
        id: Uuid,
        (claim, typed): (Claim, &str),
    ) -> Result<(), Refusal> {
        self.other(actor, id).await?;
        let typed = typed.trim();
        let identity = match typed.is_empty() {
            true => None,
            false => Some(claim.key(typed).ok_or(Refusal::BadIdentity)?),
        };
        match self.store.set_identity(id, identity.as_deref(), &self.by(actor)).await {
            Err(store::Error::Conflict(_)) => Err(Refusal::IdentityTaken),
            other => Ok(other?),
        }
    }
}
