//! One sign-in on its way to the provider and back.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::audit::hex;
use sha2::{Digest, Sha256};

/// Everything about one sign-in, from the secret that the browser keeps. The parts are hashes of it, so
/// none tells another: the state is seen in addresses, the nonce by the provider, the verifier by
/// neither before it is used.
pub struct Way(String);

impl Way {
    /// The way of a secret: 32 random bytes in hexadecimal digits.
    pub fn of(secret: &str) -> Self {
        Self(secret.to_owned())
    }

    fn part(&self, name: &str) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(b"hailong oidc 1 ");
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(self.0.as_bytes());
        hash.finalize().to_vec()
    }

    /// By which the answer is known to belong to the browser.
    pub fn state(&self) -> String {
        hex(&self.part("state"))
    }

    /// By which the token is known to belong to this sign-in.
    pub(super) fn nonce(&self) -> String {
        hex(&self.part("nonce"))
    }

    /// By which the code is known to be asked for by whom it is redeemed, RFC 7636.
    pub(super) fn verifier(&self) -> String {
        hex(&self.part("verifier"))
    }

    pub(super) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier()))
    }
}

/// With what the browser comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub code: Option<String>,
    /// The issuer, RFC 9207.
    pub iss: Option<String>,
    /// Some error was named.
    pub error: bool,
}

/// A value in an address or a form.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            // Writing into a text does not fail.
            other => drop(write!(out, "%{other:02X}")),
        }
    }
    out
}

pub(super) fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_way_differ_and_come_again() {
        let (one, other) = (Way::of("0a"), Way::of("0b"));
        assert_eq!(one.state(), Way::of("0a").state());
        let parts = [one.state(), one.nonce(), one.verifier(), other.state()];
        for (at, part) in parts.iter().enumerate() {
            assert_eq!(part.len(), 64);
            assert!(!parts[..at].contains(part));
        }
        assert_eq!(one.challenge(), URL_SAFE_NO_PAD.encode(Sha256::digest(one.verifier())));
        assert_eq!(one.challenge().len(), 43);
    }

    #[test]
    fn values_are_escaped() {
        assert_eq!(
            form(&[("a", "x y&z=1"), ("b", "https://é")]),
            "a=x%20y%26z%3D1&b=https%3A%2F%2F%C3%A9"
        );
    }
}
