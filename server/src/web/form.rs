//! `application/x-www-form-urlencoded`, decoded strictly: what is not well-formed is refused, not mended.

use axum::http::{HeaderMap, header};

/// The body says that it is of this media type; parameters do not matter.
pub(super) fn is_kind(headers: &HeaderMap, kind: &str) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let said = said.unwrap_or_default().split(';').next().unwrap_or_default();
    said.trim().eq_ignore_ascii_case(kind)
}

/// The pairs of a body in their order; `None` where percent-encoding or UTF-8 is broken.
pub(super) fn decode(body: &[u8]) -> Option<Vec<(String, String)>> {
    let pairs = body.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let split = pair.iter().position(|&byte| byte == b'=').unwrap_or(pair.len());
            let value = pair.get(split + 1..).unwrap_or_default();
            Some((part(&pair[..split])?, part(value)?))
        })
        .collect()
}

fn part(bytes: &[u8]) -> Option<String> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(&byte) = rest.next() {
        plain.push(match byte {
            b'+' => b' ',
            b'%' => hex(*rest.next()?)? << 4 | hex(*rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(plain).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_pairs_and_nothing_else() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            decode("A1=5&comment=t%E1%BB%91t+l%E1%BA%AFm%21&empty=&bare".as_bytes()),
            Some(vec![
                pair("A1", "5"),
                pair("comment", "tốt lắm!"),
                pair("empty", ""),
                pair("bare", "")
            ])
        );
        assert_eq!(decode(b""), Some(vec![]));
        for bad in [&b"a=%"[..], b"a=%4", b"a=%zz", b"a=%ff", b"a=\xff", b"%=1", b"a=%+1"] {
            assert_eq!(decode(bad), None, "{bad:?}");
        }
    }
}
