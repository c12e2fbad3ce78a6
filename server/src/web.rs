//! The doors: pages and JSON API. Handlers read a request, ask one service, and hand plain values to
//! a view; they hold no rule of their own.

mod access;
mod account;
mod analysis;
mod api;
mod audit;
mod board;
mod cookie;
mod delivery;
mod doors;
mod entry;
mod error;
mod form;
pub mod import;
mod json;
mod keys;
mod live;
#[cfg(feature = "oidc")]
mod oidc;
mod origin;
mod paper;
mod people;
mod points;
mod proxy;
mod report;
mod respond;
mod review;
mod serve;
pub mod sheet;
mod sign_in;
mod site;
mod start;
mod units;
mod ways;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use domain::access::Act;
use domain::questionnaire::Lang;
use domain::unit::Key;
use rand::RngExt;

pub use doors::{Door, doors};
pub use error::Error;
pub use proxy::Proxies;
pub use serve::{Limits, serve};
pub use site::assets;
pub use ways::WaysIn;

use crate::service::Service;
use crate::service::access::Actor;

/// What handlers share.
pub struct Web {
    pub(crate) service: Arc<Service>,
    pub(crate) assets: app::shell::Assets,
    papers: paper::Papers,
    live: live::Topics,
    ways_in: WaysIn,
    base_url: String,
    proxies: Proxies,
    /// Nothing is missing of the first steps, as far as was seen: the menu leads to them until then.
    finished: AtomicBool,
}

pub(crate) type Shared = Arc<Web>;

impl Web {
    /// Whether a request came by TLS: as a trusted proxy says, or as the address of the site is.
    pub(crate) fn is_tls(&self, told: Option<bool>) -> bool {
        told.unwrap_or_else(|| self.base_url.starts_with("https://"))
    }

    /// Whether the address that the codes carry leads anywhere but to the machine that reads it.
    pub(crate) fn reaches_others(&self) -> bool {
        let address = self.base_url.parse::<Uri>().ok();
        !address.is_some_and(|address| address.host().is_some_and(access::is_loopback))
    }
}

/// All routes. `base_url` is what the QR codes carry; a form sent from there is the site's own.
/// `proxies` stand in front of it.
pub fn router(service: Arc<Service>, base_url: &str, proxies: Proxies) -> Router {
    router_with(service, base_url, proxies, WaysIn::default())
}

/// The same with more ways in.
pub fn router_with(
    service: Arc<Service>,
    base_url: &str,
    proxies: Proxies,
    ways_in: WaysIn,
) -> Router {
    let finished = AtomicBool::new(service.is_demo());
    let web = Arc::new(Web {
        service,
        finished,
        assets: assets(),
        papers: paper::Papers::default(),
        live: live::Topics::default(),
        ways_in,
        base_url: base_url.trim_end_matches('/').to_owned(),
        proxies,
    });
    let guarded = doors::guarded()
        .router
        .layer(middleware::from_fn_with_state(web.clone(), access::loopback_only))
        .layer(middleware::from_fn_with_state(web.clone(), origin::same_origin));
    let citizens = doors::citizens()
        .router
        .layer(middleware::from_fn_with_state(web.clone(), origin::same_site));
    guarded
        .merge(citizens)
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(middleware::from_fn_with_state(web.clone(), finish))
        .with_state(web)
}

/// The request says beforehand that its body is larger than this: it is not waited for.
fn is_larger(headers: &HeaderMap, most: usize) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse().ok()).is_some_and(|length: u64| length > most as u64)
}

/// Headers that every answer carries, and the body of those that are errors.
async fn finish(State(web): State<Shared>, request: Request, next: Next) -> Response {
    let reader = error::Reader::of(&request);
    let tls = web.is_tls(web.proxies.tls(request.headers()));
    let most = doors::body_max(request.uri().path());
    let mut response = match is_larger(request.headers(), most) {
        true => Error::TooLarge.into_response(),
        false => next.run(request).await,
    };
    if let Some(error) = response.extensions_mut().remove::<Error>() {
        let error = if most > doors::BODY_MAX { error.of_a_file() } else { error };
        response = error.answer(&web, &reader, response);
    }
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    );
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    if tls {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NO_SCRIPT));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

/// The policy of pages without script.
const NO_SCRIPT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Code and name of each unit above one that the actor may read, from the top down.
pub(crate) fn path_to(web: &Web, actor: &Actor, unit: Key) -> Vec<(String, String)> {
    let organisation = web.service.organisation();
    let above = organisation.upward(unit).into_iter().skip(1);
    let above = above.filter(|above| web.service.allow(actor, Act::Read, above).is_ok());
    let mut path: Vec<_> = above.map(|unit| (unit.code.clone(), unit.name.clone())).collect();
    path.reverse();
    path
}

/// A number for one page alone, by which its own scripts are told from others.
pub(crate) fn nonce() -> String {
    format!("{:032x}", rand::rng().random::<u128>())
}

/// Allows a page, beside what every page may, what these directives say.
pub(crate) fn allow(response: &mut Response, directives: &str) -> Result<(), Error> {
    let policy = HeaderValue::from_str(&format!("{NO_SCRIPT}; {directives}"));
    let policy = policy.map_err(|_| Error::Internal)?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(())
}

/// A whole HTML document.
pub(crate) fn page(html: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// A document with a secret or about people: kept nowhere.
pub(crate) fn unkept(html: String) -> Response {
    let mut response = page(html);
    let nowhere = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, nowhere);
    response
}

/// Leads on after a form was taken, in the same language.
pub(crate) fn see_other(path: &str, lang: Lang) -> Response {
    let sign = if path.contains('?') { '&' } else { '?' };
    let path = match lang {
        Lang::Vi => path.to_owned(),
        other => format!("{path}{sign}lang={}", other.tag()),
    };
    let location = HeaderValue::from_str(&path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// A parameter of an address as it stands there, the last of that name; others are not looked at.
pub(crate) fn asked<'q>(query: Option<&'q str>, name: &str) -> Option<&'q str> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(other, _)| *other == name).map(|(_, value)| value).next_back()
}

/// The language of a `lang=` parameter, Vietnamese where there is none.
pub(crate) fn lang(query: Option<&str>) -> Lang {
    asked(query, "lang").and_then(Lang::parse).unwrap_or_default()
}
