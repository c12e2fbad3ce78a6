//! No other site may send a form in a citizen's name.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Error, Shared};

/// Refuses a POST that says that it comes from elsewhere. A browser says so by `Sec-Fetch-Site`, an
/// older one by `Origin`; a program says nothing and is let through, since it carries no cookie that
/// could be misused.
pub(super) async fn same_site(State(web): State<Shared>, request: Request, next: Next) -> Response {
    if request.method() == Method::POST && is_cross_site(request.headers(), &web.base_url) {
        return Error::CrossSite.into_response();
    }
    next.run(request).await
}

fn is_cross_site(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin" | "same-site" | "none") => return false,
        Some(_) => return true,
        None => {}
    }
    let Some(origin) = text(header::ORIGIN) else { return false };
    let host = text(header::HOST).unwrap_or_default();
    let same = origin.split_once("://").is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(host));
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
            is_cross_site(&headers, "https://hailong.example")
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
    }
}
