//! What a token says: whether it was said here, now and to us, and of whom. OpenID Connect Core 1.0,
//! sections 3.1.3.7 and 5.3.2.

use domain::identity::Claim;
use serde::Deserialize;
use serde_json::Value;

use super::Trouble;

/// By how many seconds two clocks may differ.
const LEEWAY: f64 = 60.0;

/// What the token must be an answer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) nonce: &'a str,
    /// Unix seconds.
    pub(super) now: i64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// The claims that are used; moments in Unix seconds.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    nonce: Option<String>,
    pub(super) email: Option<String>,
    email_verified: Option<Value>,
    amr: Option<Value>,
}

/// What the provider says of the person at an address of its own.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct About {
    sub: String,
    email: Option<String>,
    email_verified: Option<Value>,
}

impl Claims {
    /// The claims of a token whose signature is right.
    pub(super) fn checked(payload: &[u8], asked: &Asked<'_>) -> Result<Self, &'static str> {
        let claims: Self =
            serde_json::from_slice(payload).map_err(|_| "a claim is missing or of another kind")?;
        let now = asked.now as f64;
        let (mine, more) = match &claims.aud {
            Audience::One(one) => (one == asked.client, false),
            Audience::Many(all) => (all.iter().any(|one| one == asked.client), all.len() > 1),
        };
        let party = claims.azp.as_deref();
        let problem = if claims.iss != asked.issuer {
            "another issuer"
        } else if !mine || (more && party.is_none()) || party.is_some_and(|one| one != asked.client)
        {
            "meant for another client"
        } else if claims.exp <= now - LEEWAY {
            "expired"
        } else if claims.iat > now + LEEWAY || claims.nbf.is_some_and(|from| from > now + LEEWAY) {
            "from the future"
        } else if claims.nonce.as_deref() != Some(asked.nonce) {
            "an answer to another sign-in"
        } else {
            return Ok(claims);
        };
        Err(problem)
    }

    /// Takes the address from what was said elsewhere, if it is about the same person.
    pub(super) fn add_email(&mut self, about: About) -> Result<(), &'static str> {
        if about.sub != self.sub {
            return Err("about another person");
        }
        (self.email, self.email_verified) = (about.email, about.email_verified);
        Ok(())
    }

    /// The identity in the form in which it is kept. An address that is not verified is nobody's: who may
    /// choose any address at the provider would be whoever he likes.
    pub(super) fn identity(&self, claim: Claim) -> Result<String, Trouble> {
        let value = match claim {
            Claim::Sub => &self.sub,
            Claim::Email => {
                let email = self.email.as_ref();
                let email = email.ok_or(Trouble::Refused("no e-mail address was told"))?;
                if self.email_verified != Some(Value::Bool(true)) {
                    return Err(Trouble::Unverified);
                }
                email
            }
        };
        claim.key(value).ok_or(Trouble::Refused("the claim cannot be an identity"))
    }

    /// The provider has asked for a second factor, RFC 8176.
    pub(super) fn second(&self) -> bool {
        let methods = self.amr.as_ref().and_then(Value::as_array);
        methods.is_some_and(|all| all.iter().any(|one| one == "mfa"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_800_000_000;
    const ASKED: Asked<'_> =
        Asked { issuer: "https://id.example", client: "hailong", nonce: "n", now: NOW };

    fn good() -> Value {
        json!({
            "iss": "https://id.example", "sub": "s1", "aud": "hailong", "exp": NOW + 300, "iat": NOW,
            "nonce": "n", "email": "An@TaySon.gov.vn", "email_verified": true,
        })
    }

    /// The good claims with one set, or taken away where it is null.
    fn with(name: &str, value: Value) -> Result<Claims, &'static str> {
        let mut claims = good();
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value,
        }
        Claims::checked(claims.to_string().as_bytes(), &ASKED)
    }

    #[test]
    fn a_token_counts_for_us_now_and_once() {
        let missing = Some("a claim is missing or of another kind");
        for (name, value, problem) in [
            ("iss", json!("https://id.example"), None),
            ("iss", json!("https://id.example/"), Some("another issuer")),
            ("iss", json!("https://evil.example"), Some("another issuer")),
            ("iss", Value::Null, missing),
            ("sub", Value::Null, missing),
            ("sub", json!(7), missing),
            ("aud", json!(["hailong"]), None),
            ("aud", json!("other"), Some("meant for another client")),
            ("aud", json!(["hailong", "other"]), Some("meant for another client")),
            ("aud", json!([]), Some("meant for another client")),
            ("aud", Value::Null, missing),
            ("azp", json!("hailong"), None),
            ("azp", json!("other"), Some("meant for another client")),
            ("exp", json!(NOW - 59), None),
            ("exp", json!(NOW - 60), Some("expired")),
            ("exp", json!(0), Some("expired")),
            ("exp", json!("never"), missing),
            ("exp", Value::Null, missing),
            ("iat", json!(NOW as f64 + 59.5), None),
            ("iat", json!(NOW + 61), Some("from the future")),
            ("iat", Value::Null, missing),
            ("nbf", json!(NOW + 61), Some("from the future")),
            ("nbf", json!("later"), missing),
            ("nonce", json!("m"), Some("an answer to another sign-in")),
            ("nonce", Value::Null, Some("an answer to another sign-in")),
        ] {
            assert_eq!(with(name, value.clone()).err(), problem, "{name}: {value}");
        }
        let mut both = good();
        (both["aud"], both["azp"]) = (json!(["other", "hailong"]), json!("hailong"));
        assert!(Claims::checked(both.to_string().as_bytes(), &ASKED).is_ok());
        // A claim that stands twice is not chosen from.
        let twice = good().to_string().replacen('{', r#"{"iss":"https://evil.example","#, 1);
        assert_eq!(Claims::checked(twice.as_bytes(), &ASKED).err(), missing);
    }

    #[test]
    fn only_a_verified_address_names_somebody() {
        let email =
            |verified: Value| with("email_verified", verified).unwrap().identity(Claim::Email);
        assert_eq!(email(json!(true)), Ok("email:an@tayson.gov.vn".to_owned()));
        for not in [json!(false), json!("true"), json!(1), Value::Null] {
            assert_eq!(email(not.clone()), Err(Trouble::Unverified), "{not}");
        }
        let none = with("email", Value::Null).unwrap().identity(Claim::Email);
        assert!(matches!(none, Err(Trouble::Refused(_))));
        let strange = with("email", json!("an")).unwrap().identity(Claim::Email);
        assert!(matches!(strange, Err(Trouble::Refused(_))));
        // The subject needs no address.
        let sub = with("email_verified", json!(false)).unwrap().identity(Claim::Sub);
        assert_eq!(sub, Ok("sub:s1".to_owned()));
    }

    #[test]
    fn what_is_said_elsewhere_is_about_the_same_person() {
        let about = |sub: &str| About {
            sub: sub.to_owned(),
            email: Some("an@x.vn".to_owned()),
            email_verified: Some(json!(true)),
        };
        let mut claims = with("email", Value::Null).unwrap();
        assert_eq!(claims.add_email(about("s2")), Err("about another person"));
        assert_eq!(claims.add_email(about("s1")), Ok(()));
        assert_eq!(claims.identity(Claim::Email), Ok("email:an@x.vn".to_owned()));
    }

    #[test]
    fn a_second_factor_is_one_that_is_called_so() {
        for (amr, second) in [
            (Value::Null, false),
            (json!(["pwd"]), false),
            (json!(["pwd", "mfa"]), true),
            (json!("mfa"), false),
            (json!([["mfa"]]), false),
        ] {
            assert_eq!(with("amr", amr.clone()).unwrap().second(), second, "{amr}");
        }
    }
}
