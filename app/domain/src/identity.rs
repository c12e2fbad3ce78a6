//! By what another provider of identities says who somebody is, and the one form in which it is kept and
//! compared.

/// The longest e-mail address, RFC 5321.
const EMAIL_MAX: usize = 254;
/// The longest subject, OpenID Connect Core 1.0, section 2.
const SUBJECT_MAX: usize = 255;

/// A claim by which people are recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Claim {
    /// The e-mail address, where the provider says that it has verified it.
    #[default]
    Email,
    /// What the provider calls the person, never given to another.
    Sub,
}

impl Claim {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Email, Self::Sub];

    /// The name of the claim.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sub => "sub",
        }
    }

    /// The claim of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|claim| claim.name() == name)
    }

    /// The form of a value that is kept and compared, or nothing where it cannot be one: a subject as it
    /// is, an address in small letters. Of letters beyond ASCII the case is kept: some of them would
    /// become a letter of somebody else's address (the Kelvin sign becomes k).
    pub fn key(self, value: &str) -> Option<String> {
        let plain =
            !value.is_empty() && !value.chars().any(|c| c.is_control() || c.is_whitespace());
        let value = match self {
            Self::Email if plain && is_address(value) => value.to_ascii_lowercase(),
            Self::Sub if plain && value.len() <= SUBJECT_MAX => value.to_owned(),
            Self::Email | Self::Sub => return None,
        };
        Some(format!("{}:{value}", self.name()))
    }
}

fn is_address(value: &str) -> bool {
    let parts = value.split_once('@');
    let whole = parts
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
    whole && value.len() <= EMAIL_MAX
}

/// What a provider has said of somebody, and proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// In the form in which it is kept.
    pub identity: String,
    /// It has asked for a second factor.
    pub second: bool,
}

/// Claim and value of a kept form.
pub fn parts(key: &str) -> Option<(Claim, &str)> {
    let (name, value) = key.split_once(':')?;
    Some((Claim::parse(name)?, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_compared_exactly_and_an_address_without_regard_to_case() {
        let key = |claim: Claim, value: &str| claim.key(value);
        let an = Some("email:an@tayson.gov.vn".to_owned());
        assert_eq!(key(Claim::Email, "An@TaySon.gov.vn"), an);
        assert_eq!(key(Claim::Sub, "aB:c"), Some("sub:aB:c".to_owned()));
        assert_ne!(key(Claim::Sub, "ab"), key(Claim::Sub, "aB"));
        // The Kelvin sign is not k, and no other letter becomes one of ASCII.
        assert_ne!(key(Claim::Email, "\u{212a}im@x.vn"), key(Claim::Email, "kim@x.vn"));
        // What is one claim is never the other.
        assert_ne!(key(Claim::Sub, "an@tayson.gov.vn"), an);
    }

    #[test]
    fn what_cannot_be_one_is_none() {
        for bad in ["", "an", "@x.vn", "an@", "a@b@c", "a n@x.vn", "an@x.vn\n", "an@x.vn "] {
            assert_eq!(Claim::Email.key(bad), None, "{bad:?}");
        }
        assert_eq!(Claim::Email.key(&format!("{}@x.vn", "a".repeat(250))), None);
        for bad in ["", "a b", "a\0", &"a".repeat(256)] {
            assert_eq!(Claim::Sub.key(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_kept_form_says_what_it_is() {
        assert_eq!(parts("sub:a:b"), Some((Claim::Sub, "a:b")));
        assert_eq!(parts("email:an@x.vn"), Some((Claim::Email, "an@x.vn")));
        assert_eq!((parts("an@x.vn"), parts("phone:1")), (None, None));
        for claim in Claim::ALL {
            assert_eq!(Claim::parse(claim.name()), Some(claim));
        }
    }
}
