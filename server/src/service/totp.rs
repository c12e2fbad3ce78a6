//! One-time passwords by time: RFC 6238 with SHA-1, steps of thirty seconds, six digits, which is what
//! every authenticator program knows.

use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha1::Sha1;

/// Seconds of a step.
const STEP: i64 = 30;
/// Bytes of a secret, as long as the hash (RFC 4226, section 4).
const SECRET: usize = 20;
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new secret.
pub fn secret() -> Vec<u8> {
    let mut secret = vec![0; SECRET];
    rand::rng().fill_bytes(&mut secret);
    secret
}

/// The step of a moment in Unix milliseconds.
pub fn step(now: i64) -> i64 {
    now.div_euclid(1000 * STEP)
}

/// The six digits of a step.
pub fn code(secret: &[u8], step: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        unreachable!("a key of any length is one")
    };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let word = hash[at..at + 4].iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

/// The step to which a typed code belongs: the running one, the one before or the one after, since
/// clocks differ.
pub fn matching(secret: &[u8], typed: &str, now: i64) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let steps = [step(now), step(now) - 1, step(now) + 1];
    // All are computed, so that the time does not tell which one it was.
    let found = steps.map(|step| (step, same(code(secret, step).as_bytes(), typed.as_bytes())));
    found.into_iter().find(|(_, same)| *same).map(|(step, _)| step)
}

/// Compares in a time that does not depend on where two texts differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// A secret in base32 (RFC 4648, without padding), as people type it.
pub fn base32(secret: &[u8]) -> String {
    let bits: Vec<u8> =
        secret.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1)).collect();
    let letter = |bits: &[u8]| {
        let value = bits.iter().fold(0, |value, bit| value << 1 | bit) << (5 - bits.len());
        char::from(LETTERS[usize::from(value)])
    };
    bits.chunks(5).map(letter).collect()
}

/// The secret of a text in base32; `None` where it is none of the length that we make.
pub fn parse_base32(text: &str) -> Option<Vec<u8>> {
    let mut bits = vec![];
    for letter in text.bytes() {
        let value = LETTERS.iter().position(|&known| known == letter)?;
        bits.extend((0..5).rev().map(|at| (value >> at & 1) as u8));
    }
    let bytes: Vec<u8> =
        bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit)).collect();
    (bytes.len() == SECRET && base32(&bytes) == text).then_some(bytes)
}

/// What an authenticator program reads from a QR code.
pub fn address(issuer: &str, name: &str, secret: &[u8]) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    format!(
        "otpauth://totp/{}:{}?secret={}&issuer={}",
        encode(issuer),
        encode(name),
        base32(secret),
        encode(issuer)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"12345678901234567890";

    #[test]
    fn the_vectors_of_rfc_6238_and_4226() {
        // RFC 6238, appendix B: eight digits there, of which ours are the last six.
        let at = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        for (seconds, eight) in at {
            assert_eq!(code(KEY, step(seconds * 1000)), eight[2..], "{seconds}");
        }
        // RFC 4226, appendix D.
        let counted = ["755224", "287082", "359152", "969429", "338314", "254676", "287922"];
        for (count, expected) in counted.into_iter().enumerate() {
            assert_eq!(code(KEY, count as i64), expected);
        }
    }

    #[test]
    fn one_step_before_and_after_is_taken_and_no_more() {
        let now = 1_111_111_109_000;
        for (away, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let typed = code(KEY, step(now) + away);
            let expected = taken.then_some(step(now) + away);
            assert_eq!(matching(KEY, &typed, now), expected, "{away}");
        }
        assert_eq!(matching(KEY, &format!(" {} ", code(KEY, step(now))), now), Some(step(now)));
        assert_eq!(matching(KEY, "", now), None);
        assert_eq!(matching(KEY, "94287082", 59_000), None);
    }

    #[test]
    fn base32_as_in_rfc_4648_and_back() {
        assert_eq!(base32(b"foobar"), "MZXW6YTBOI");
        assert_eq!(base32(KEY), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(parse_base32(&base32(KEY)).as_deref(), Some(KEY));
        for wrong in [
            "",
            "MZXW6YTBOI",
            "gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
            "0EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        ] {
            assert_eq!(parse_base32(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_is_escaped() {
        let address = address("Hài lòng", "an@tây sơn?&", KEY);
        assert!(address.starts_with(
            "otpauth://totp/H%C3%A0i%20l%C3%B2ng:an%40t%C3%A2y%20s%C6%A1n%3F%26?secret=GEZ"
        ));
        assert!(address.ends_with("&issuer=H%C3%A0i%20l%C3%B2ng"));
    }
}
