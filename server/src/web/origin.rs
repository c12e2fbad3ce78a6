//! No other site may send a form in somebody's name.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Error, Shared, Web, cookie};

/// Refuses a form of a citizen that says that it comes from another site. A browser says so by
/// `Sec-Fetch-Site`, an older one by `Origin`; a program says nothing and is let through, since it
/// carries no cookie that could be misused.
pub(super) async fn same_site(State(web): State<Shared>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if request.method() == Method::POST && (is_foreign(headers, &web, true) || is_silent(headers)) {
        return Error::CrossSite.into_response();
    }
    next.run(request).await
}

/// The same for officials, and stricter: another address of the same site, which another office may
/// run, is another one.
pub(super) async fn same_origin(
    State(web): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    if request.method() == Method::POST && (is_foreign(headers, &web, false) || is_silent(headers))
    {
        return Error::CrossSite.into_response();
    }
    next.run(request).await
}

/// Carries a session and does not say where it comes from: no browser does that.
fn is_silent(headers: &HeaderMap) -> bool {
    let silent = !headers.contains_key("sec-fetch-site") && !headers.contains_key(header::ORIGIN);
    silent && cookie::has_session(headers)
}

fn is_foreign(headers: &HeaderMap, web: &Web, siblings: bool) -> bool {
    comes_from_another(headers, &web.base_url, web.proxies.tls(headers), siblings)
}

/// `tls` is what a trusted proxy says: without it either kind of the own address is taken.
fn comes_from_another(
    headers: &HeaderMap,
    base_url: &str,
    tls: Option<bool>,
    siblings: bool,
) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin" | "none") => return false,
        Some("same-site") => return !siblings,
        Some(_) => return true,
        None => {}
    }
    let Some(origin) = text(header::ORIGIN) else { return false };
    let host = text(header::HOST).unwrap_or_default();
    let same = origin.split_once("://").is_some_and(|(scheme, rest)| {
        let kind =
            tls.is_none_or(|tls| scheme.eq_ignore_ascii_case(if tls { "https" } else { "http" }));
        kind && rest.eq_ignore_ascii_case(host)
    });
    !same && !origin.eq_ignore_ascii_case(base_url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_says_that_it_is_cross_site_is_refused() {
        let check = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            comes_from_another(&headers, "https://hailong.example", None, true)
        };
        assert!(!check(&[]));
        assert!(!check(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!check(&[("sec-fetch-site", "none")]));
        assert!(check(&[("sec-fetch-site", "cross-site")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
        assert!(!check(&[("host", "10.0.0.2:3000"), ("origin", "http://10.0.0.2:3000")]));
        assert!(check(&[("host", "10.0.0.2:3000"), ("origin", "http://10.0.0.2:4000")]));
        assert!(!check(&[("host", "inner:3000"), ("origin", "https://hailong.example")]));
        assert!(check(&[("host", "h"), ("origin", "null")]));
        assert!(check(&[("host", "h"), ("origin", "https://evil.example")]));
        let mut sibling = HeaderMap::new();
        sibling.insert("sec-fetch-site", "same-site".parse().unwrap());
        assert!(comes_from_another(&sibling, "https://hailong.example", None, false));
    }

    #[test]
    fn where_a_proxy_says_so_the_own_address_is_of_one_kind() {
        let check = |origin: &str, tls| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "hailong.example".parse().unwrap());
            headers.insert(header::ORIGIN, origin.parse().unwrap());
            comes_from_another(&headers, "https://other.example", tls, false)
        };
        assert!(!check("https://hailong.example", Some(true)));
        assert!(check("http://hailong.example", Some(true)));
        assert!(!check("http://hailong.example", Some(false)));
        assert!(check("https://hailong.example", Some(false)));
        assert!(!check("https://other.example", Some(true)));
    }

    #[test]
    fn a_session_says_where_it_comes_from() {
        let mut headers = HeaderMap::new();
        assert!(!is_silent(&headers));
        headers.insert(header::COOKIE, "hailong=0a".parse().unwrap());
        assert!(is_silent(&headers));
        headers.insert(header::ORIGIN, "https://hailong.example".parse().unwrap());
        assert!(!is_silent(&headers));
    }
}
