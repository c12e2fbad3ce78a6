//! Signed tokens, RFC 7515, with public keys as in RFC 7517: which key signed, and whether it did. The
//! cryptography is that of `ring`, which TLS uses too. Only signatures by a private key count: no shared
//! secret and no `none`, so nobody can sign by what is public.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;

/// Longer tokens are none.
const LONGEST: usize = 64 << 10;

/// How a token may be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

impl Algorithm {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "PS256" => Some(Self::Ps256),
            "ES256" => Some(Self::Es256),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<serde_json::Value>,
}

/// A token that was taken apart, and not believed.
#[derive(Debug)]
pub(super) struct Token<'a> {
    algorithm: Algorithm,
    kid: Option<String>,
    /// What was signed.
    message: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl<'a> Token<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, &'static str> {
        const SHAPE: &str = "not a signed token";
        if text.len() > LONGEST {
            return Err("the token is too long");
        }
        let (message, signature) = text.rsplit_once('.').ok_or(SHAPE)?;
        let (header, payload) = message.split_once('.').ok_or(SHAPE)?;
        let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| SHAPE);
        let header: Header = serde_json::from_slice(&bytes(header)?).map_err(|_| SHAPE)?;
        let algorithm = Algorithm::parse(&header.alg).ok_or("signed in a way that is not taken")?;
        if header.crit.is_some() {
            return Err("the token asks for what is not known");
        }
        if header.typ.is_some_and(|typ| !typ.eq_ignore_ascii_case("JWT")) {
            return Err("a token of another kind");
        }
        let (payload, signature) = (bytes(payload)?, bytes(signature)?);
        Ok(Self { algorithm, kid: header.kid, message, payload, signature })
    }

    /// What the token says, where one of the keys has signed it.
    pub(super) fn verified(&self, keys: &Keys) -> Result<&[u8], &'static str> {
        let mut fitting = keys.fitting(self).peekable();
        if fitting.peek().is_none() {
            return Err("signed by a key that is not known");
        }
        match fitting.any(|key| key.has_signed(self)) {
            true => Ok(&self.payload),
            false => Err("the signature is wrong"),
        }
    }
}

/// The public keys of a provider.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Keys {
    /// Those that cannot be read are as if they were not there.
    keys: Vec<serde_json::Value>,
}

/// A public key, its numbers in base64.
#[derive(Debug, Deserialize)]
struct Key {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl Keys {
    fn fitting(&self, token: &Token<'_>) -> impl Iterator<Item = Key> {
        let keys = self.keys.iter().filter_map(|key| Key::deserialize(key).ok());
        keys.filter(|key| key.fits(token))
    }

    /// Holds a key that the token may have been signed by.
    pub(super) fn has(&self, token: &Token<'_>) -> bool {
        self.fitting(token).next().is_some()
    }
}

impl Key {
    fn fits(&self, token: &Token<'_>) -> bool {
        let kind = match token.algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => self.kty == "RSA",
            Algorithm::Es256 => self.kty == "EC" && self.crv.as_deref() == Some("P-256"),
            Algorithm::EdDsa => self.kty == "OKP" && self.crv.as_deref() == Some("Ed25519"),
        };
        let way =
            self.alg.as_deref().is_none_or(|alg| Algorithm::parse(alg) == Some(token.algorithm));
        let signs = self.purpose.as_deref().is_none_or(|purpose| purpose == "sig");
        let named = token.kid.is_none() || self.kid == token.kid;
        kind && way && signs && named
    }

    fn has_signed(&self, token: &Token<'_>) -> bool {
        let number = |text: &Option<String>| {
            text.as_deref().and_then(|text| URL_SAFE_NO_PAD.decode(text).ok()).unwrap_or_default()
        };
        let (message, signed) = (token.message.as_bytes(), &token.signature);
        let checked = match token.algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => {
                let way = match token.algorithm {
                    Algorithm::Ps256 => &signature::RSA_PSS_2048_8192_SHA256,
                    _ => &signature::RSA_PKCS1_2048_8192_SHA256,
                };
                let key = RsaPublicKeyComponents { n: number(&self.n), e: number(&self.e) };
                key.verify(way, message, signed)
            }
            Algorithm::Es256 => {
                let point = [vec![4], number(&self.x), number(&self.y)].concat();
                let key = UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point);
                key.verify(message, signed)
            }
            Algorithm::EdDsa => {
                let key = UnparsedPublicKey::new(&signature::ED25519, number(&self.x));
                key.verify(message, signed)
            }
        };
        checked.is_ok()
    }
}
