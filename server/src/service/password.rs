//! Passwords: what is taken for one (after NIST SP 800-63B), and how they are kept (argon2id).

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use rand::Rng;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// In characters.
pub const SHORTEST: usize = 12;
/// In characters.
pub const LONGEST: usize = 128;
/// Each holds 19 MiB while it is computed.
const AT_ONCE: usize = 2;
/// Who comes when so many wait is told to come again.
const WAITING: usize = 30;
/// The letters that must be left where a name stands in a password.
const BESIDE_NAME: usize = 8;

/// Is compared with where there is no account, so that it takes the same time.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$aGFpIGxvbmcgaGFpIGxvbg$aGFpIGxvbmcgaGFpIGxvbmcgaGFpIGxvbmcgaGFpIGw";

static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("password/common.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

/// Why something is not taken for a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    #[error("fewer than twelve characters")]
    Short,
    #[error("more than 128 characters")]
    Long,
    #[error("one of the first that anybody would try")]
    Common,
    #[error("hardly more than the name")]
    LikeName,
    #[error("the two entries differ")]
    Differ,
}

impl Weak {
    /// The last part of the key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Common => "common",
            Self::LikeName => "like-name",
            Self::Differ => "differ",
        }
    }
}

/// The form in which passwords are hashed: the same letters, however a keyboard composed them.
pub fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// Looks whether this may be a password of the person with this name. No kinds of characters are asked
/// for: they make passwords hard to remember, and no better.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(password: &str, again: &str, name: &str) -> Result<(), Weak> {
    let (password, again) = (normal(password), normal(again));
    match password.chars().count() {
        n if n < SHORTEST => return Err(Weak::Short),
        n if n > LONGEST => return Err(Weak::Long),
        _ => {}
    }
    if is_common(&password) {
        return Err(Weak::Common);
    }
    let (plain, name) = (plain(&password), plain(name));
    let own = name.split('@').next().unwrap_or_default();
    if own.chars().count() >= 4 && plain.contains(own) {
        let rest = plain.replace(own, "");
        if rest.chars().count() < BESIDE_NAME {
            return Err(Weak::LikeName);
        }
    }
    if password == again { Ok(()) } else { Err(Weak::Differ) }
}

/// Small letters without marks and blanks: `Mật khẩu` is `matkhau`.
fn plain(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c) && !c.is_whitespace());
    letters.flat_map(char::to_lowercase).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// A common password, alone, repeated, or with nothing but digits and signs added; a short piece that is
/// repeated; or a row of neighbours such as 1234567890.
fn is_common(password: &str) -> bool {
    let plain = plain(password);
    let word: String = plain.chars().filter(|c| c.is_alphabetic()).collect();
    let all: Vec<char> = plain.chars().collect();
    let repeats =
        |step: usize| all.len() > step && all.iter().zip(&all[step..]).all(|(a, b)| a == b);
    let neighbours =
        all.windows(2).filter(|two| (two[0] as i32 - two[1] as i32).abs() <= 1).count();
    COMMON.contains(plain.as_str())
        || COMMON.contains(word.as_str())
        || (3..=word.len() / 2).any(|len| {
            let part = word.get(..len).unwrap_or_default();
            COMMON.contains(part) && word.replace(part, "").is_empty()
        })
        || (1..=6).any(repeats)
        || neighbours + 4 >= all.len()
}

/// Too many passwords are being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many at once")]
pub struct Busy;

/// Computes hashes, a few at once, away from the threads that answer.
pub struct Hasher {
    queue: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

/// A place in the queue.
pub struct Place {
    running: Arc<Semaphore>,
    _queued: OwnedSemaphorePermit,
}

impl Default for Hasher {
    fn default() -> Self {
        let room = |places| Arc::new(Semaphore::new(places));
        Self { queue: room(AT_ONCE + WAITING), running: room(AT_ONCE) }
    }
}

impl Hasher {
    /// A place in the queue.
    ///
    /// # Errors
    /// Where it is full.
    pub fn enter(&self) -> Result<Place, Busy> {
        let queued = self.queue.clone().try_acquire_owned().map_err(|_| Busy)?;
        Ok(Place { running: self.running.clone(), _queued: queued })
    }
}

impl Place {
    /// The hash of a password, to be stored.
    ///
    /// # Errors
    /// Where the program is ending.
    pub async fn hash(&self, password: &str) -> Result<String, Busy> {
        let password = password.to_owned();
        self.run(move || hash(&password)).await
    }

    /// Whether the password belongs to the hash; without one it takes as long, and does not.
    ///
    /// # Errors
    /// Where the program is ending.
    pub async fn verify(&self, password: &str, stored: Option<String>) -> Result<bool, Busy> {
        let password = password.to_owned();
        self.run(move || verify(&password, stored.as_deref())).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let _running = self.running.acquire().await.map_err(|_| Busy)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Busy)
    }
}

/// The hash of a password in the form of PHC strings, with a salt of its own. Takes some ten
/// milliseconds and 19 MiB.
pub fn hash(password: &str) -> String {
    let mut salt = [0; 16];
    rand::rng().fill_bytes(&mut salt);
    let made = Argon2::default().hash_password_with_salt(normal(password).as_bytes(), &salt);
    // It fails for passwords of gigabytes and wrong parameters alone. The empty text is no hash.
    made.map(|hash| hash.to_string()).unwrap_or_default()
}

fn verify(password: &str, stored: Option<&str>) -> bool {
    let Ok(hash) = PasswordHash::new(stored.unwrap_or(DUMMY)) else { return false };
    let right = Argon2::default().verify_password(normal(password).as_bytes(), &hash).is_ok();
    right && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        let stored = hash("đường dài hun hút");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("đường dài hun hút", Some(&stored)));
        // Composed otherwise by another keyboard.
        let apart: String = "đường dài hun hút".nfd().collect();
        assert!(verify(&apart, Some(&stored)));
        assert!(!verify("đường dài hun hut", Some(&stored)));
        assert!(!verify("đường dài hun hút", None));
        assert!(!verify("", Some("")) && !verify("x", Some("nonsense")));
        assert_ne!(stored, hash("đường dài hun hút"));
    }

    #[test]
    fn the_dummy_takes_as_long() {
        let cost = |text: &str| text.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(cost(DUMMY), cost(&hash("x")));
        assert!(PasswordHash::new(DUMMY).is_ok());
    }

    #[test]
    fn length_and_not_kinds_of_characters() {
        let ok = |text: &str| check(text, text, "nguyen.van.an");
        assert_eq!(ok("chiều nay mưa"), Ok(()));
        assert_eq!(ok("ruộng lúa ven sông Côn"), Ok(()));
        assert_eq!(ok("mười một c"), Err(Weak::Short));
        assert_eq!(ok(&"ab c".repeat(33)), Err(Weak::Long));
        assert_eq!(check("chiều nay mưa", "chiều nay nắng", "an"), Err(Weak::Differ));
    }

    #[test]
    fn what_anybody_would_try_is_refused() {
        for common in [
            "password1234",
            "Mật khẩu 2026!",
            "matkhau@12345",
            "123456789012",
            "qwertyuiop123",
            "aaaaaaaaaaaaa",
            "abcabcabcabc",
            "123456123456",
            "abcdefghijklm",
            "HailongHailong1",
            "administrator",
            "Việt Nam 1975!!",
            "987654321098",
        ] {
            assert_eq!(check(common, common, "an"), Err(Weak::Common), "{common}");
        }
        for like in ["nguyenvanan12", "Nguyễn Văn An 1", "nguyenvanan!!!!"] {
            assert_eq!(check(like, like, "nguyenvanan@tayson.vn"), Err(Weak::LikeName), "{like}");
        }
        assert_eq!(
            check("nguyenvanan đi chợ sớm", "nguyenvanan đi chợ sớm", "nguyenvanan"),
            Ok(())
        );
    }

    #[tokio::test]
    async fn who_comes_when_the_queue_is_full_is_sent_away() {
        let hasher = Hasher::default();
        let places: Vec<_> = (0..AT_ONCE + WAITING).map(|_| hasher.enter().unwrap()).collect();
        assert!(hasher.enter().is_err());
        drop(places);
        assert!(hasher.enter().unwrap().verify("x", None).await == Ok(false));
    }
}
