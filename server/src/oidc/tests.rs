//! Tokens that are true, and all ways in which they are not.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

use super::jws::{Keys, Token};
use super::*;

/// A modulus of 2048 bits, and two tokens signed by the key that was thrown away after it.
const N: &str = "rE1bGj0yOol2iHKWEqxa8WDC72TEHcO-JF085DFpJDnt2g0g2vwvJe5eyRCWTVz4KCn8yF7i9vh98N-zFG-VjqeK\
    O-U10DVSMoGy7u_MTHToBZCllpdfAAhoyEGjRnuqJuMoy0-lhPYovTurWw3N0w1eKMRCw3o3XHVBqzrBCDcXsADu\
    a5nj1DaLkACTaiWBiVfxthIS2sSyQGLNSAvCgCoO2voXHTmRMXNXyzEvIGpoH_DA9fw3fQSn7DHigKPlyxG0NU07\
    7jfCHJEuXdkYrlfIXPnsa_tJlaetvldG26MdqAS0eNaGWIJDtKOC5RRNwDMojHM2l-Iz4eWlk1sOiQ";
const RS256: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJzdWIiOiJzMSJ9.arob-8XdpUKQHDZw6CnriEB_0Wi-K0Rroi8y\
    nesQCHo1zPNYLVvWL66rVl9xeHropYElVIuS6qXtQ3J5npCwVOmEShcmrB0qr3Cy674_KUxthf8SIfRTGlicpjDt\
    KTzjai5lx5_vuQLPyFNG9v6TaCg8BAswkXrO2UgrRUCWvCuYc0R8Ye491UA3agPMwJ5HMXxSIiNtBzjYcTLWIiNX\
    U1dBHC0zH3tB1jJnl2ja5eYS61UY5R-t-PR2qtf7dUSS7CS01Yijg8K2sJy19f9aG856EFxmXJ5mbe9jBm4B4WPf\
    YDNWZ-mcT2gr13I3-ObXaqq82jvXLM-zhwAQdBKFbw";
const PS256: &str = "eyJhbGciOiJQUzI1NiIsImtpZCI6InIifQ.eyJzdWIiOiJzMSJ9.fVwnMuSZ0NxvW-cEbwvRR0EwYO40jer_Zvzb\
    DmYCoyoheX68_H3xT_YiQQQPkbW8y1FsA3MonqJlKCIYwer3GBaJjiZxLEwDEB_i649lg7iUXe6v9HxovwEYHH31\
    WtFcr-RPhs31pHWkJaf_HnuzJJetJiTBU8_NRacKNqV85mYZuzx732vUNHE2dGu7gICw9n0EApoFgG2i1DRKtpsQ\
    bgWGGs3KHXNKFHKlFsgyPqtDNsU52NhLwc_xakOAFzuQJILiHwcrLkOfGULQ7UNdLkgO88R9IJrmM3RcLJMKFOX3\
    bJwjMQe_tUnrXaIRrZhMf-rlayeORVWPLRn1fD9bIQ";

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn keys(all: &[Value]) -> Keys {
    serde_json::from_value(json!({"keys": all})).unwrap()
}

fn rsa() -> Value {
    json!({"kty": "RSA", "kid": "r", "use": "sig", "n": N, "e": "AQAB"})
}

/// What the token says, or why it is not taken.
fn read(token: &str, keys: &Keys) -> Result<Value, &'static str> {
    let token = Token::parse(token)?;
    Ok(serde_json::from_slice(token.verified(keys)?).unwrap())
}

#[test]
fn each_way_of_signing_is_read() {
    let random = SystemRandom::new();
    let message = |alg: &str| {
        format!(
            "{}.{}",
            encoded(&json!({"alg": alg, "typ": "JWT"})),
            encoded(&json!({"sub": "s1"}))
        )
    };
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    let ec = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random)
        .unwrap();
    let (x, y) = ec.public_key().as_ref()[1..].split_at(32);
    let public = json!({
        "kty": "EC", "crv": "P-256", "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
    });
    let es256 = message("ES256");
    let signed = ec.sign(&random, es256.as_bytes()).unwrap();
    let es256 = format!("{es256}.{}", URL_SAFE_NO_PAD.encode(signed.as_ref()));
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
    let ed = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap();
    let x = URL_SAFE_NO_PAD.encode(ed.public_key().as_ref());
    let eddsa = message("EdDSA");
    let signed = URL_SAFE_NO_PAD.encode(ed.sign(eddsa.as_bytes()).as_ref());
    let eddsa = format!("{eddsa}.{signed}");
    let all = keys(&[rsa(), public, json!({"kty": "OKP", "crv": "Ed25519", "x": x}), json!(7)]);
    for token in [RS256, PS256, es256.as_str(), eddsa.as_str()] {
        assert_eq!(read(token, &all), Ok(json!({"sub": "s1"})), "{token}");
        // One letter of what was signed, or of the signature, is another one.
        let (begin, signature) = token.rsplit_once('.').unwrap();
        let changed = format!("{begin}.{}", signature.chars().rev().collect::<String>());
        assert!(read(&changed, &all).is_err(), "{token}");
        let (head, _) = begin.split_once('.').unwrap();
        let other = format!("{head}.{}.{signature}", encoded(&json!({"sub": "s2"})));
        assert_eq!(read(&other, &all), Err("the signature is wrong"), "{token}");
    }
}

#[test]
fn nobody_signs_by_what_is_public() {
    let all = keys(&[rsa()]);
    let payload = encoded(&json!({"sub": "s1"}));
    let not_taken = Err("signed in a way that is not taken");
    for alg in ["none", "None", "", "HS256", "HS512", "RS1", "rs256"] {
        let message = format!("{}.{payload}", encoded(&json!({"alg": alg, "kid": "r"})));
        assert_eq!(read(&format!("{message}."), &all), not_taken, "{alg}");
        // The public key as a shared secret.
        for secret in [N.as_bytes(), &URL_SAFE_NO_PAD.decode(N).unwrap()] {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
            let signed = URL_SAFE_NO_PAD.encode(hmac::sign(&key, message.as_bytes()));
            assert_eq!(read(&format!("{message}.{signed}"), &all), not_taken, "{alg}");
        }
    }
    // A key in the token itself is not looked at.
    let (_, rest) = RS256.split_once('.').unwrap();
    let own = encoded(&json!({"alg": "RS256", "jwk": rsa(), "jku": "https://evil.example"}));
    assert_eq!(
        read(&format!("{own}.{rest}"), &keys(&[])),
        Err("signed by a key that is not known")
    );
}

#[test]
fn a_key_is_taken_for_what_it_is_for() {
    let with = |name: &str, value: Value| {
        let mut key = rsa();
        key[name] = value;
        read(RS256, &keys(&[key]))
    };
    let unknown = Err("signed by a key that is not known");
    assert!(with("alg", json!("RS256")).is_ok() && with("use", Value::Null).is_ok());
    assert_eq!(with("alg", json!("PS256")), unknown);
    assert_eq!(with("alg", json!("RS512")), unknown);
    assert_eq!(with("use", json!("enc")), unknown);
    assert_eq!(with("kid", json!("q")), unknown);
    assert_eq!(with("kty", json!("EC")), unknown);
    let wrong = Err("the signature is wrong");
    assert_eq!(with("e", json!("Aw")), wrong);
    // Too short a key is as a wrong one.
    assert_eq!(with("n", json!(URL_SAFE_NO_PAD.encode([255; 128]))), wrong);
    assert_eq!(with("n", Value::Null), wrong);
}

#[test]
fn what_is_no_token_is_refused() {
    let all = keys(&[rsa()]);
    let (head, rest) = RS256.split_once('.').unwrap();
    for bad in
        ["", ".", "..", "a.b.c", head, &format!("{RS256}.{rest}"), &format!("{RS256}="), "e30.e30."]
    {
        assert!(read(bad, &all).is_err(), "{bad}");
    }
    assert_eq!(read(&format!("{RS256}{}", "A".repeat(70_000)), &all), Err("the token is too long"));
    let header = |header: Value| read(&format!("{}.{rest}", encoded(&header)), &all);
    let strange = header(json!({"alg": "RS256", "crit": ["b64"], "b64": false}));
    assert_eq!(strange, Err("the token asks for what is not known"));
    let other = header(json!({"alg": "RS256", "typ": "at+jwt"}));
    assert_eq!(other, Err("a token of another kind"));
}

fn config(issuer: &str) -> Oidc {
    Oidc {
        oidc_issuer: Some(issuer.to_owned()),
        oidc_client_id: Some("hailong".to_owned()),
        oidc_client_secret: Some(Secret("s3cret".to_owned())),
        ..Oidc::default()
    }
}

#[test]
fn a_provider_that_could_not_be_trusted_is_refused_at_the_start() {
    let new =
        |config: &Oidc| Provider::new(config, "https://hailong.example").map(|one| one.is_some());
    assert_eq!(new(&Oidc::default()), Ok(false));
    assert_eq!(new(&config("")), Ok(false));
    for good in [
        "https://id.example.gov.vn",
        "https://id.example.gov.vn/realms/x/",
        "http://127.0.0.1:4000",
    ] {
        assert_eq!(new(&config(good)), Ok(true), "{good}");
    }
    for bad in
        ["http://id.example.gov.vn", "id.example.gov.vn", "https://", "https://a?b", "https://u@a"]
    {
        assert_eq!(new(&config(bad)), Err(Misconfigured::Issuer), "{bad}");
    }
    let nameless = Oidc { oidc_client_id: None, ..config("https://id.example") };
    assert_eq!(new(&nameless), Err(Misconfigured::Client));
    let provider =
        Provider::new(&config("https://id.example:8443/x"), "https://h").unwrap().unwrap();
    assert_eq!(
        (provider.name(), provider.back.as_str()),
        ("id.example", "https://h/sign-in/oidc/back")
    );
}

#[test]
fn what_a_provider_says_of_itself_is_about_itself_and_over_tls() {
    let good = json!({
        "issuer": "https://id.example", "authorization_endpoint": "https://id.example/a",
        "token_endpoint": "https://id.example/t", "jwks_uri": "https://keys.example/k",
    });
    let sound = |name: &str, value: Value| {
        let mut all = good.clone();
        all[name] = value;
        let metadata: Metadata = serde_json::from_value(all).unwrap();
        metadata.is_sound("https://id.example")
    };
    assert!(sound("issuer", json!("https://id.example")));
    assert!(!sound("issuer", json!("https://id.example/")));
    for name in ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"] {
        assert!(!sound(name, json!("http://id.example/x")), "{name}");
        assert!(!sound(name, json!("http://127.0.0.1/x")), "{name}");
    }
}
