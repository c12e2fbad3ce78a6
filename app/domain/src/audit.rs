//! The head of the trail of changes, as it is written on paper and typed again.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Number and hash of an entry: whoever has noted both can tell later whether the trail up to there is
/// still the same. Written `NUMBER:HASH`, the hash in 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Head {
    /// Number of the entry, zero where there is none yet.
    pub seq: i64,
    /// SHA-256.
    pub hash: Vec<u8>,
}

/// Bytes in hexadecimal digits, two each, in small letters.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Not `NUMBER:HASH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be NUMBER:HASH, the hash in 64 hexadecimal digits")]
pub struct NotAHead;

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, hex(&self.hash))
    }
}

impl FromStr for Head {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let (seq, hex) = text.trim().split_once(':').ok_or(NotAHead)?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 0).ok_or(NotAHead)?;
        if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAHead);
        }
        let byte = |at| u8::from_str_radix(&hex[at..at + 2], 16).map_err(|_| NotAHead);
        Ok(Self { seq, hash: (0..64).step_by(2).map(byte).collect::<Result<_, _>>()? })
    }
}

impl From<Head> for String {
    fn from(head: Head) -> Self {
        head.to_string()
    }
}

impl TryFrom<String> for Head {
    type Error = NotAHead;

    fn try_from(text: String) -> Result<Self, NotAHead> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_is_written() {
        let head = Head { seq: 7, hash: (0..32).collect() };
        assert_eq!(head.to_string().parse(), Ok(head));
        for wrong in ["", "7", "7:", "-1:00", "x:00", "7:zz", &format!("7:{}", "+1".repeat(32))] {
            assert_eq!(wrong.parse::<Head>(), Err(NotAHead), "{wrong}");
        }
    }
}
