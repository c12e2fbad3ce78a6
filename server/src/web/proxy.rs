//! What reverse proxies say of a request: from where it comes, and whether it came by TLS. They are
//! believed as far as they are trusted, by their number: whatever stands further to the left in a header
//! may have been written by anybody.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};

use super::Shared;
use crate::service::limits::Client;

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// How many reverse proxies stand in front of the service, each of which adds to `X-Forwarded-For`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proxies(pub u8);

impl Proxies {
    /// From where it is asked. The address is for limits alone and is kept nowhere.
    fn client(self, headers: &HeaderMap, peer: Option<IpAddr>) -> Option<Client> {
        self.told(headers).and_then(|hops| address(hops.first()?)).or(peer).map(Client::new)
    }

    /// Whether it came by TLS, where a trusted proxy says so.
    pub(super) fn tls(self, headers: &HeaderMap) -> Option<bool> {
        self.told(headers)?;
        // Each may add its word or write its own in place of what it was told.
        let said = self.last(&list(headers, &PROTO));
        match said.first()?.to_ascii_lowercase().as_str() {
            "https" => Some(true),
            "http" => Some(false),
            _ => None,
        }
    }

    /// What the trusted proxies wrote down, the outermost first; nothing where the request has not come
    /// by all of them.
    fn told(self, headers: &HeaderMap) -> Option<Vec<&str>> {
        if self.0 == 0 {
            return None;
        }
        let hops = self.last(&list(headers, &FOR));
        (hops.len() == usize::from(self.0)).then_some(hops)
    }

    fn last<'h>(self, all: &[&'h str]) -> Vec<&'h str> {
        all[all.len().saturating_sub(usize::from(self.0))..].to_vec()
    }
}

/// The members of a list that may stand in several lines.
fn list<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Vec<&'h str> {
    let lines = headers.get_all(name).iter().map(|line| line.to_str().unwrap_or_default());
    lines.flat_map(|line| line.split(',')).map(str::trim).collect()
}

/// An address as proxies write it, some with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    let with_port = || text.parse::<SocketAddr>().ok().map(|address| address.ip());
    bare.parse().ok().or_else(with_port)
}

/// Where a request comes from.
pub(super) struct Origin {
    /// Unknown in tests alone, which have no connection.
    pub(super) client: Option<Client>,
    /// Where a trusted proxy says so.
    pub(super) tls: Option<bool>,
}

impl FromRequestParts<Shared> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Shared) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let (headers, proxies) = (&parts.headers, web.proxies);
        Ok(Self { client: proxies.client(headers, peer), tls: proxies.tls(headers) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEER: &str = "10.0.0.9";

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, line) in lines {
            headers.append(*name, line.parse().unwrap());
        }
        headers
    }

    #[test]
    fn whoever_writes_the_header_is_believed_no_further_than_the_proxies() {
        let ip = |text: &str| Client::new(text.parse().unwrap());
        for (proxies, lines, expected) in [
            // Nobody is trusted: the peer, whatever is said.
            (0, &[][..], PEER),
            (0, &["203.0.113.7"], PEER),
            (0, &["127.0.0.1, 203.0.113.7"], PEER),
            // One: what it has added, not what it was sent.
            (1, &["203.0.113.7"], "203.0.113.7"),
            (1, &["127.0.0.1, 203.0.113.7"], "203.0.113.7"),
            (1, &["127.0.0.1", "203.0.113.7"], "203.0.113.7"),
            (1, &["6.6.6.6,,203.0.113.7"], "203.0.113.7"),
            (1, &["203.0.113.7:4711"], "203.0.113.7"),
            (1, &["[2001:db8::1]:4711"], "2001:db8::1"),
            (1, &["[2001:db8::1]"], "2001:db8::1"),
            (1, &["::ffff:203.0.113.7"], "203.0.113.7"),
            // Two: what the outer one has added.
            (2, &["203.0.113.7, 192.0.2.1"], "203.0.113.7"),
            (2, &["127.0.0.1, 203.0.113.7, 192.0.2.1"], "203.0.113.7"),
            (2, &["127.0.0.1, 203.0.113.7", "192.0.2.1"], "203.0.113.7"),
            // Not by all of them, or with something that is no address: the peer.
            (1, &[], PEER),
            (2, &["203.0.113.7"], PEER),
            (1, &["unknown"], PEER),
            (1, &["203.0.113.7, "], PEER),
            (1, &["203.0.113.7, _hidden"], PEER),
            (1, &["203.0.113.7 192.0.2.1"], PEER),
        ] {
            let lines: Vec<_> = lines.iter().map(|line| ("x-forwarded-for", *line)).collect();
            let seen = Proxies(proxies).client(&headers(&lines), PEER.parse().ok());
            assert_eq!(seen, Some(ip(expected)), "{proxies} {lines:?}");
        }
        assert_eq!(Proxies(1).client(&headers(&[]), None), None);
        // Another header is nobody's word.
        let other = headers(&[("forwarded", "for=203.0.113.7"), ("x-real-ip", "203.0.113.7")]);
        assert_eq!(Proxies(1).client(&other, PEER.parse().ok()), Some(ip(PEER)));
    }

    #[test]
    fn tls_is_what_a_trusted_proxy_says() {
        for (proxies, hops, lines, expected) in [
            (0, "1.1.1.1", &["https"][..], None),
            (1, "", &["https"], None),
            (1, "1.1.1.1", &["https"], Some(true)),
            (1, "1.1.1.1", &["HTTPS"], Some(true)),
            (1, "1.1.1.1", &["http"], Some(false)),
            // Forged, and added to by the proxy.
            (1, "1.1.1.1", &["https, http"], Some(false)),
            (1, "1.1.1.1", &["https", "http"], Some(false)),
            (2, "1.1.1.1, 2.2.2.2", &["https, http"], Some(true)),
            (2, "1.1.1.1, 2.2.2.2", &["http, https, http"], Some(true)),
            // The inner one has left the word of the outer one as it was.
            (2, "1.1.1.1, 2.2.2.2", &["https"], Some(true)),
            (2, "1.1.1.1", &["https"], None),
            (1, "1.1.1.1", &[], None),
            (1, "1.1.1.1", &["wss"], None),
        ] {
            let mut all = vec![];
            if !hops.is_empty() {
                all.push(("x-forwarded-for", hops));
            }
            all.extend(lines.iter().map(|line| ("x-forwarded-proto", *line)));
            assert_eq!(Proxies(proxies).tls(&headers(&all)), expected, "{proxies} {all:?}");
        }
    }
}
