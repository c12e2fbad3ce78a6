//! Who somebody is: sign-in, second factor and sessions.
//!
//! A try is counted before it is made, under the name and the browser: a browser from which the person
//! has signed in before has tries of its own, so a stranger who fails again and again makes other
//! strangers wait, and not the person. Nothing is ever locked.

use domain::access::Grant;
use domain::day;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::Service;
use super::access::{Actor, hash, token};
use super::limits::{Client, Wait};
use super::password::{Busy, Weak};
use super::totp;
use crate::store::{self, NewSession, SignIn};

const SECOND: i64 = 1000;
const HOUR: i64 = 3600 * SECOND;
const DAY: i64 = 24 * HOUR;
/// A session that is not used for so long has ended.
pub(super) const IDLE: i64 = 12 * HOUR;
/// A session ends after so long, however much it is used.
const ABSOLUTE: i64 = 7 * DAY;
/// How long the second factor may take.
const WAITS: i64 = 10 * 60 * SECOND;
/// A browser that was not seen for so long is a stranger again.
const DEVICE: i64 = 180 * DAY;
/// The moment of the last use is written down after so long, not with every request.
const TOUCH: i64 = 5 * 60 * SECOND;
/// Failures that cost no wait.
const FREE: i32 = 4;
/// The longest wait, in seconds.
const LONGEST: i64 = 900;

/// Why something about a sign-in was refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error("name or password is wrong")]
    Wrong,
    #[error("the code is wrong or was used before")]
    WrongCode,
    #[error("the link was used, has expired, or never was")]
    NoLink,
    #[error("nobody is signing in here any more")]
    Expired,
    #[error("nobody here is known by this identity")]
    Unknown,
    #[error("a second factor is required")]
    Required,
    #[error(transparent)]
    Weak(#[from] Weak),
    /// Seconds until the next try.
    #[error("too many tries; the next in {0} s")]
    Wait(i64),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<Wait> for Refused {
    fn from(Wait(seconds): Wait) -> Self {
        Self::Wait(seconds)
    }
}

/// In what somebody signs in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    /// What it is known by.
    pub device: Option<&'a str>,
    /// What kind it is, in words.
    pub kind: &'a str,
    /// From where it asks.
    pub client: Option<Client>,
}

/// What a browser is given after a sign-in.
#[derive(Clone, Debug)]
pub struct Entered {
    /// Of the session.
    pub token: String,
    /// By which the browser is known from now on.
    pub device: String,
    /// The second factor is still to come.
    pub waits: bool,
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub session: Uuid,
    pub account: Uuid,
    pub name: String,
    pub display_name: Option<String>,
    pub grants: Vec<Grant>,
    /// Has a second factor.
    pub enrolled: bool,
    pub second_required: bool,
    /// Another provider has asked for a second factor.
    pub proved: bool,
}

impl SignedIn {
    /// Has to set up the second factor before anything else.
    pub fn must_enrol(&self) -> bool {
        self.second_required && !self.enrolled && !self.proved
    }

    /// What the person may.
    pub fn actor(&self) -> Actor {
        Actor::Person { account: self.account, grants: self.grants.clone() }
    }
}

/// Under what tries are counted.
pub(super) struct Tries {
    pub(super) name: Vec<u8>,
    /// Empty for all browsers that are not known.
    pub(super) device: Vec<u8>,
    /// Where browsers are that are not known.
    pub(super) client: Option<Client>,
}

/// The form in which names are compared.
pub fn name_key(name: &str) -> String {
    name.trim().nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// When the next try may be made after so many failures, and when they are forgotten.
fn pause(now: i64, failures: i32) -> (i64, i64) {
    let doublings = (failures - FREE).clamp(0, 20);
    let wait = if doublings == 0 { 0 } else { (1i64 << doublings).min(LONGEST) };
    (now + wait * SECOND, now + i64::from(failures.clamp(1, 24)) * HOUR)
}

impl Service {
    pub(super) fn now(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    /// Signs in by name and password. An account that does not exist, is disabled or has no password yet is answered the same, in
    /// the same time.
    ///
    /// # Errors
    /// `Wrong`, `Wait` or `Busy`, or where the database fails.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        browser: Browser<'_>,
    ) -> Result<Entered, Refused> {
        let place = self.hasher.enter()?;
        let key = name_key(name);
        let tries = self.begin_try(&key, browser.device, browser.client).await?;
        let found = self.store.credentials(&key).await?;
        let stored = found.as_ref().and_then(|found| found.password.clone());
        let right = place.verify(password, stored).await?;
        let Some(found) = found.filter(|_| right) else { return Err(Refused::Wrong) };
        let session = self.session(found.account, browser.kind, found.second_secret.is_none());
        self.begin(session, None, (&tries, browser.device), None).await
    }

    /// The second factor: a code by time, or a recovery code, of the session that waits for it.
    ///
    /// # Errors
    /// `WrongCode`, `Wait`, or `Expired` where no session waits; or where the database fails.
    pub async fn confirm(
        &self,
        waiting: &str,
        typed: &str,
        browser: Browser<'_>,
    ) -> Result<Entered, Refused> {
        let now = self.now();
        let found = self.store.find_session(&hash(waiting), now, now - IDLE).await?;
        let found = found.filter(|found| !found.complete).ok_or(Refused::Expired)?;
        let key = name_key(&found.name);
        let tries = self.begin_try(&key, browser.device, browser.client).await?;
        let credentials = self.store.credentials(&key).await?.ok_or(Refused::Expired)?;
        let by_time = match credentials.second_secret {
            Some(secret) => self.take_code(found.account, &secret, typed).await?,
            None => false,
        };
        let code = hash(&recovery_code(typed));
        if !by_time && !self.store.take_recovery_code(found.account, &code, now).await? {
            return Err(Refused::WrongCode);
        }
        let session = self.session(found.account, browser.kind, true);
        self.begin(session, Some(found.id), (&tries, browser.device), None).await
    }

    /// Somebody waits for the second factor with this token.
    pub async fn waits_for_code(&self, token: &str) -> store::Result<bool> {
        let now = self.now();
        let found = self.store.find_session(&hash(token), now, now - IDLE).await?;
        Ok(found.is_some_and(|found| !found.complete))
    }

    async fn take_code(&self, account: Uuid, secret: &[u8], typed: &str) -> store::Result<bool> {
        match totp::matching(secret, typed, self.now()) {
            Some(step) => self.store.take_step(account, step).await,
            None => Ok(false),
        }
    }

    /// Counts a try before it is made: of the name, and where the browser is not known, of the network that
    /// it is in, which may try one password on many names.
    pub(super) async fn begin_try(
        &self,
        name_key: &str,
        device: Option<&str>,
        client: Option<Client>,
    ) -> Result<Tries, Refused> {
        let mut tries = self.tries(name_key, device).await?;
        if tries.device.is_empty()
            && let Some(client) = client
        {
            self.count_stranger(client)?;
            tries.client = Some(client);
        }
        let now = self.now();
        let wait = self.store.begin_try(&tries.name, &tries.device, now, |n| pause(now, n)).await?;
        match wait {
            None => Ok(tries),
            Some(next) => Err(Refused::Wait((next - now).max(0) / SECOND + 1)),
        }
    }

    /// Under what the tries of a name from a browser are counted.
    pub(super) async fn tries(&self, name_key: &str, device: Option<&str>) -> store::Result<Tries> {
        let mut tries = Tries { name: hash(name_key), device: vec![], client: None };
        if let Some(device) = device.map(hash)
            && self.store.knows_device(name_key, &device).await?
        {
            tries.device = device;
        }
        Ok(tries)
    }

    pub(super) fn session(&self, account: Uuid, browser: &str, complete: bool) -> NewSession {
        let now = self.now();
        let browser = browser.to_owned();
        let expires_at = now + if complete { ABSOLUTE } else { WAITS };
        NewSession {
            id: Uuid::now_v7(),
            account,
            hash: vec![],
            device: browser,
            complete,
            proved: false,
            created_at: now,
            expires_at,
        }
    }

    /// Begins a session; `told` is what the trail says of it.
    pub(super) async fn begin(
        &self,
        mut session: NewSession,
        replaces: Option<Uuid>,
        (tries, device): (&Tries, Option<&str>),
        told: Option<Value>,
    ) -> Result<Entered, Refused> {
        let new = token::<32>();
        session.hash = hash(&new);
        // A browser that is known keeps what it is known by; a stranger's is never taken over.
        let device = match device {
            Some(known) if !tries.device.is_empty() => known.to_owned(),
            _ => token::<32>(),
        };
        let waits = !session.complete;
        let entry = SignIn {
            devices_since: session.created_at - DEVICE,
            session,
            replaces,
            device: &hash(&device),
            tries: (&tries.name, &tries.device),
            today: day::number(self.clock.today()),
            told,
        };
        self.store.begin_session(&entry).await?;
        if let Some(client) = tries.client {
            self.forgive(client);
        }
        Ok(Entered { token: new, device, waits })
    }

    /// Who is signed in by this token; notes that the session was used where `touch`.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn signed_in(&self, token: &str, touch: bool) -> store::Result<Option<SignedIn>> {
        let now = self.now();
        let found = self.store.find_session(&hash(token), now, now - IDLE).await?;
        let Some(found) = found.filter(|found| found.complete) else { return Ok(None) };
        if touch && now - found.seen_at >= TOUCH {
            let today = day::number(self.clock.today());
            self.store.touch_session(found.id, found.account, now, today).await?;
        }
        Ok(Some(SignedIn {
            session: found.id,
            account: found.account,
            name: found.name,
            display_name: found.display_name,
            grants: found.grants,
            enrolled: found.enrolled,
            second_required: found.second_required,
            proved: found.proved,
        }))
    }

    /// Ends the session of a token, also one that waits.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn sign_out(&self, token: &str) -> store::Result<()> {
        let now = self.now();
        match self.store.find_session(&hash(token), now, now - IDLE).await? {
            Some(found) => self.store.end_session(found.account, found.id).await,
            None => Ok(()),
        }
    }
}

/// The form of a recovery code that is hashed: as typed, without blanks and hyphens, in capitals.
pub(super) fn recovery_code(typed: &str) -> String {
    typed.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let wait = |failures| pause(0, failures).0 / SECOND;
        let waits: Vec<i64> = (1..=16).map(wait).collect();
        assert_eq!(waits, [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
        assert_eq!(wait(i32::MAX), LONGEST);
        assert_eq!((pause(0, 1).1, pause(0, 1000).1), (HOUR, 24 * HOUR));
    }

    #[test]
    fn names_are_compared_without_regard_to_case_and_composition() {
        let apart: String = "Ánh".nfd().collect();
        assert_eq!(name_key(&format!(" {apart}@Tây-Sơn ")), "ánh@tây-sơn");
        assert_ne!(name_key("an"), name_key("án"));
    }
}
