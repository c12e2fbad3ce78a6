//! `application/x-www-form-urlencoded`, decoded strictly: what is not well-formed is refused, not mended.

use std::error::Error as _;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use domain::questionnaire::Lang;

use super::Error;
use super::serve::Slow;

/// The body says that it is of this media type; parameters do not matter.
pub(super) fn is_kind(headers: &HeaderMap, kind: &str) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let said = said.unwrap_or_default().split(';').next().unwrap_or_default();
    said.trim().eq_ignore_ascii_case(kind)
}

/// Why a body could not be read.
pub(super) fn unread(rejection: BytesRejection) -> Error {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Error::TooLarge;
    }
    let mut cause = rejection.source();
    while let Some(error) = cause {
        if error.is::<Slow>() {
            return Error::Slow;
        }
        cause = error.source();
    }
    Error::BadRequest
}

/// The fields of a form.
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// The first value of a field, empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    pub(super) fn lang(&self) -> Lang {
        Lang::parse(self.get("lang")).unwrap_or_default()
    }

    /// What was typed, without passwords and codes: to be shown again.
    pub(super) fn kept(&self, names: &[&str]) -> Vec<(String, String)> {
        self.0.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        if !is_kind(request.headers(), "application/x-www-form-urlencoded") {
            return Err(Error::UnsupportedMedia);
        }
        let body = Bytes::from_request(request, state).await.map_err(unread)?;
        decode(&body).map(Self).ok_or(Error::BadRequest)
    }
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
