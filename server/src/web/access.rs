//! Who asks: read from the request by type, so that no handler can forget it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::cookie::{Cookie, Jar};
use super::{Error, Shared};
use crate::service::access::{Actor, Credential};
use crate::service::sign_in::SignedIn;

/// A code in a path; one that is not UTF-8 names nothing.
pub(super) struct Name(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(name)| Self(name)).map_err(|_| Error::NotFound)
    }
}

/// The parameter of an address that holds the link of a screen. Only the board and its events know it.
pub(super) const DISPLAY: &str = "display";

/// The actor of a request. A key or link that is wrong is refused, not ignored; a session that has ended
/// is as none.
pub(super) struct Asks(pub(super) Actor);

/// The same with what was shown, for what goes on after the answer.
pub(super) struct Shows(pub(super) Actor, pub(super) Credential);

impl FromRequestParts<Shared> for Asks {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, web: &Shared) -> Result<Self, Error> {
        Ok(Self(Shows::from_request_parts(parts, web).await?.0))
    }
}

impl FromRequestParts<Shared> for Shows {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, web: &Shared) -> Result<Self, Error> {
        let service = &web.service;
        if let Some(shown) = shown(parts)? {
            let refused = match shown {
                Credential::Display(_) => Error::RevokedDisplay,
                _ => Error::Unauthorized,
            };
            let actor = service.actor_of(&shown, true).await?.ok_or(refused)?;
            return Ok(Self(actor, shown));
        }
        let jar = Jar::of(parts);
        if let Some(token) = jar.get(Cookie::Session)
            && let Some(signed_in) = service.signed_in(token, true).await?
        {
            return match signed_in.must_enrol() {
                true => Err(Error::EnrolFirst),
                false => Ok(Self(signed_in.actor(), Credential::Session(token.to_owned()))),
            };
        }
        let nothing = if is_local_request(parts) { Credential::Here } else { Credential::None };
        let actor = service.actor_of(&nothing, true).await?.ok_or(Error::Unauthorized)?;
        Ok(Self(actor, nothing))
    }
}

/// A key or the link of a screen.
fn shown(parts: &Parts) -> Result<Option<Credential>, Error> {
    if let Some(value) = parts.headers.get(header::AUTHORIZATION) {
        let value = value.to_str().map_err(|_| Error::Unauthorized)?;
        let (scheme, key) = value.split_once(' ').ok_or(Error::Unauthorized)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Error::Unauthorized);
        }
        return Ok(Some(Credential::Key(key.trim().to_owned())));
    }
    Ok(display(parts.uri.query()).map(Credential::Display))
}

/// Whoever is signed in, also who still has to set up the second factor; for pages about oneself.
pub(super) struct Signed {
    pub(super) own: SignedIn,
    pub(super) jar: Jar,
}

impl FromRequestParts<Shared> for Signed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, web: &Shared) -> Result<Self, Error> {
        let jar = Jar::of(parts);
        let token = jar.get(Cookie::Session).ok_or(Error::Unauthorized)?;
        let own = web.service.signed_in(token, true).await?.ok_or(Error::Unauthorized)?;
        Ok(Self { own, jar })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Jar {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        Ok(Self::of(parts))
    }
}

/// Asked for from the machine itself.
pub(super) fn is_local_request(parts: &Parts) -> bool {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    is_local(&parts.headers, peer)
}

/// Before the first account or key exists, answers the machine itself alone.
pub(super) async fn loopback_only(
    State(web): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let closed = web.service.is_closed_to_others() && !is_local(request.headers(), peer);
    if closed && !is_screen(&web, request.uri().query()).await {
        return Error::LoopbackOnly.into_response();
    }
    next.run(request).await
}

/// Whether the link of a screen stands in the address: it opens the board of its unit and nothing else.
async fn is_screen(web: &Shared, query: Option<&str>) -> bool {
    let Some(token) = display(query) else { return false };
    matches!(web.service.actor_of(&Credential::Display(token), true).await, Ok(Some(_)))
}

fn display(query: Option<&str>) -> Option<String> {
    let pairs = super::form::decode(query?.as_bytes())?;
    pairs.into_iter().find(|(name, _)| name == DISPLAY).map(|(_, value)| value)
}

/// A loopback `Host`, asked for by a loopback peer, with nothing forwarded.
fn is_local(headers: &HeaderMap, peer: Option<IpAddr>) -> bool {
    let forwarded = headers
        .keys()
        .any(|name| name == header::FORWARDED || name.as_str().starts_with("x-forwarded-"));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.and_then(|host| host.parse::<Authority>().ok());
    let loopback = host.is_some_and(|host| is_loopback(host.host()));
    !forwarded && loopback && peer.is_none_or(|peer| peer.to_canonical().is_loopback())
}

/// A host that means the machine itself, on whichever machine it is read.
pub(super) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| address.to_canonical().is_loopback())
}
