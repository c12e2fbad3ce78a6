//! What people do about their own account: password, second factor, sessions, and the link by which the
//! password is set.

use uuid::Uuid;

use super::Service;
use super::access::{hash, token};
use super::sign_in::{IDLE, Refused, SignedIn, name_key, recovery_code};
use super::{password, totp};
use crate::store::{self, By, Link, LinkUse, SessionRow};

const RECOVERY_CODES: usize = 10;

impl Service {
    fn by_own(&self, own: &SignedIn) -> By {
        By { who: By::person(own.account), at: self.now() }
    }

    /// The sessions of a person.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn own_sessions(&self, own: &SignedIn) -> store::Result<Vec<SessionRow>> {
        let now = self.now();
        self.store.sessions(own.account, now, now - IDLE).await
    }

    /// Ends one of one's sessions.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn end_own_session(&self, own: &SignedIn, session: Uuid) -> store::Result<()> {
        self.store.end_session(own.account, session).await
    }

    /// Signs out everywhere, and makes strangers of all browsers.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn end_own_sessions(&self, own: &SignedIn) -> store::Result<()> {
        self.store.end_sessions(own.account, &self.by_own(own)).await
    }

    /// Whom a link is for, if it can be used.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn link(&self, link: &str) -> store::Result<Option<Link>> {
        self.store.link(&hash(link), self.now()).await
    }

    /// Sets the password by a link, once. Returns what the browser is known by from now on.
    ///
    /// # Errors
    /// `NoLink`, `Weak` or `Busy`, or where the database fails.
    pub async fn use_link(
        &self,
        link: &str,
        password: &str,
        again: &str,
    ) -> Result<String, Refused> {
        let found = self.link(link).await?.ok_or(Refused::NoLink)?;
        password::check(password, again, &found.name)?;
        let place = self.hasher.enter()?;
        let password = place.hash(password).await?;
        let device = token::<32>();
        let used = LinkUse {
            hash: &hash(link),
            password: &password,
            device: &hash(&device),
            now: self.now(),
        };
        if self.store.use_link(&used).await? { Ok(device) } else { Err(Refused::NoLink) }
    }

    /// Changes one's password and ends all other sessions.
    ///
    /// # Errors
    /// `Wrong`, `Weak`, `Wait` or `Busy`, or where the database fails.
    pub async fn change_password(
        &self,
        own: &SignedIn,
        device: Option<&str>,
        current: &str,
        (password, again): (&str, &str),
    ) -> Result<(), Refused> {
        self.prove(own, device, current).await?;
        password::check(password, again, &own.name)?;
        let hash = self.hasher.enter()?.hash(password).await?;
        Ok(self.store.set_password(own.account, &hash, own.session, &self.by_own(own)).await?)
    }

    /// The password is asked for once more before something that a passer-by must not do.
    async fn prove(
        &self,
        own: &SignedIn,
        device: Option<&str>,
        password: &str,
    ) -> Result<(), Refused> {
        let place = self.hasher.enter()?;
        let key = name_key(&own.name);
        let tries = self.begin_try(&key, device, None).await?;
        let stored = self.store.credentials(&key).await?.and_then(|found| found.password);
        if !place.verify(password, stored).await? {
            return Err(Refused::Wrong);
        }
        Ok(self.store.forget_tries(&tries.name, &tries.device).await?)
    }

    /// Sets up the second factor with a secret in base32, proved by a code of it. Returns the recovery
    /// codes, which are shown once.
    ///
    /// # Errors
    /// `Wrong` for the password, `WrongCode`, `Wait` or `Busy`, or where the database fails.
    pub async fn enrol(
        &self,
        own: &SignedIn,
        device: Option<&str>,
        password: &str,
        (secret, typed): (&str, &str),
    ) -> Result<Vec<String>, Refused> {
        self.prove(own, device, password).await?;
        let secret = totp::parse_base32(secret).ok_or(Refused::WrongCode)?;
        let step = totp::matching(&secret, typed, self.now()).ok_or(Refused::WrongCode)?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| new_recovery_code()).collect();
        let hashes: Vec<Vec<u8>> = codes.iter().map(|code| hash(&recovery_code(code))).collect();
        let by = self.by_own(own);
        self.store.set_second(own.account, Some(&secret), Some(step), &hashes, &by).await?;
        Ok(codes)
    }

    /// Takes one's second factor away.
    ///
    /// # Errors
    /// `Required` where an administrator asks for it; `Wrong`, `Wait` or `Busy`, or where the database
    /// fails.
    pub async fn unenrol(
        &self,
        own: &SignedIn,
        device: Option<&str>,
        password: &str,
    ) -> Result<(), Refused> {
        if own.second_required {
            return Err(Refused::Required);
        }
        self.prove(own, device, password).await?;
        Ok(self.store.set_second(own.account, None, None, &[], &self.by_own(own)).await?)
    }

    /// How many recovery codes one has left.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn own_recovery_codes(&self, own: &SignedIn) -> store::Result<i64> {
        self.store.recovery_codes(own.account).await
    }
}

/// Eighty bits in four groups: a hash of it cannot be searched for.
fn new_recovery_code() -> String {
    let letters = totp::base32(&totp::secret()).chars().take(16).collect::<Vec<_>>();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_long_and_forgiving() {
        let code = new_recovery_code();
        assert_eq!(code.len(), 19);
        let typed = code.to_lowercase().replace('-', " ");
        assert_eq!(recovery_code(&typed), recovery_code(&code));
        assert_ne!(new_recovery_code(), code);
    }
}
