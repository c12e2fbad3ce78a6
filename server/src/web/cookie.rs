//! Cookies of people who sign in. Citizens get none.
//!
//! Over TLS their names begin with `__Host-`, by which a browser refuses them to other hosts and paths
//! and without TLS. On the machine itself, where there is none, they go without that prefix.

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use super::access::is_local_request;

/// What is kept in a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cookie {
    /// The token of a session; gone when the browser is closed.
    Session,
    /// What the browser is known by.
    Device,
    /// A secret on its way to the page that shows it once.
    Once,
    /// The secret of a sign-in that has gone to another provider, and where to go after it.
    Way,
}

impl Cookie {
    const ALL: [Self; 4] = [Self::Session, Self::Device, Self::Once, Self::Way];

    fn name(self) -> &'static str {
        match self {
            Self::Session => "hailong",
            Self::Device => "hailong-device",
            Self::Once => "hailong-once",
            Self::Way => "hailong-way",
        }
    }

    /// Seconds; none for as long as the browser is open.
    fn lasts(self) -> Option<u32> {
        match self {
            Self::Session => None,
            Self::Device => Some(180 * 24 * 60 * 60),
            Self::Once => Some(60),
            Self::Way => Some(10 * 60),
        }
    }
}

/// The cookies of a request, and in which form they are set.
#[derive(Clone, Debug)]
pub(super) struct Jar {
    found: [Option<String>; 4],
    pub(super) secure: bool,
}

impl Jar {
    pub(super) fn of(parts: &Parts) -> Self {
        let secure = !is_local_request(parts);
        let found = Cookie::ALL.map(|cookie| find(&parts.headers, cookie, secure));
        Self { found, secure }
    }

    pub(super) fn get(&self, cookie: Cookie) -> Option<&str> {
        let at = Cookie::ALL.iter().position(|other| *other == cookie)?;
        self.found[at].as_deref()
    }

    /// Sets a cookie on an answer; `None` takes it away.
    pub(super) fn set(&self, response: &mut Response, cookie: Cookie, value: Option<&str>) {
        let (prefix, secure) = if self.secure { ("__Host-", "; Secure") } else { ("", "") };
        let age = match (value, cookie.lasts()) {
            (None, _) => "; Max-Age=0".to_owned(),
            (Some(_), Some(seconds)) => format!("; Max-Age={seconds}"),
            (Some(_), None) => String::new(),
        };
        let (name, value) = (cookie.name(), value.unwrap_or_default());
        let text = format!("{prefix}{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        // Values are of our own making: digits, letters and a few signs.
        if let Ok(text) = HeaderValue::from_str(&text) {
            response.headers_mut().append(header::SET_COOKIE, text);
        }
    }
}

fn find(headers: &HeaderMap, cookie: Cookie, secure: bool) -> Option<String> {
    let prefix = if secure { "__Host-" } else { "" };
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mine = |name: &str| name.strip_prefix(prefix) == Some(cookie.name());
    let mut values = pairs.filter(|(name, _)| mine(name)).map(|(_, value)| value.to_owned());
    values.next().filter(|value| !value.is_empty())
}

/// What the browser of a request is known by, in either form.
pub(super) fn device(headers: &HeaderMap) -> Option<String> {
    [true, false].into_iter().find_map(|secure| find(headers, Cookie::Device, secure))
}

/// A request carries the cookie of a session in either form.
pub(super) fn has_session(headers: &HeaderMap) -> bool {
    [true, false].into_iter().any(|secure| find(headers, Cookie::Session, secure).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_form_that_belongs_to_the_connection_is_read() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            HeaderValue::from_static("a=b; hailong=plain; hailong-device="),
        );
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-hailong=safe"));
        assert_eq!(find(&headers, Cookie::Session, true).as_deref(), Some("safe"));
        assert_eq!(find(&headers, Cookie::Session, false).as_deref(), Some("plain"));
        assert_eq!(find(&headers, Cookie::Device, false), None);
        assert_eq!(find(&headers, Cookie::Once, true), None);
    }
}
