//! The one error type of the doors: a page for people, `application/problem+json` for programs.
//! A 5xx never shows its cause; the cause is logged once, here.

use app::pages::notice::Notice;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::questionnaire::Lang;
use domain::response::{Problem, Reason};
use serde_json::json;

use super::{Shared, Web};
use crate::service::access::{Denied, NotReadable};
use crate::service::limits::Wait;
use crate::service::organisation;
use crate::service::people::Refusal;
use crate::service::respond::NoPlace;
use crate::store;

/// What can go wrong at a door.
#[derive(Clone, Debug)]
pub enum Error {
    UnknownPoint,
    ClosedPoint {
        point: String,
        unit: String,
    },
    /// The code was taken back, and the point has another one.
    RevokedCode {
        point: String,
        unit: String,
    },
    NotFound,
    MethodNotAllowed,
    Unauthorized,
    /// The link of a screen was taken back, or never given.
    RevokedDisplay,
    Forbidden,
    /// The second factor has to be set up before anything else.
    EnrolFirst,
    LoopbackOnly,
    CrossSite,
    BadRequest,
    /// The link that sets a password was used, or has expired.
    NoLink,
    UnsupportedMedia,
    TooLarge,
    /// The same of a file, whose sender cannot write less.
    FileTooLarge,
    /// Fields with their problems; for programs alone, people get their page back.
    Invalid(Vec<Problem>),
    Busy,
    /// Seconds until it may be done again.
    TooOften(i64),
    /// The body did not come in time.
    Slow,
    /// A stored report is not the one that was sealed.
    NotAsSealed,
    Internal,
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        tracing::error!(%error, cause = ?error, "the database failed");
        Self::Internal
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Unknown => Self::Unauthorized,
            Denied::Forbidden => Self::Forbidden,
        }
    }
}

impl From<NotReadable> for Error {
    fn from(not: NotReadable) -> Self {
        match not {
            NotReadable::Missing => Self::NotFound,
            NotReadable::Denied(denied) => denied.into(),
        }
    }
}

/// Problems of fields are shown on the page; these are not about a field.
impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Denied(denied) => denied.into(),
            Refusal::Missing => Self::NotFound,
            Refusal::Store(error) => error.into(),
            _ => Self::BadRequest,
        }
    }
}

impl From<Wait> for Error {
    fn from(Wait(seconds): Wait) -> Self {
        Self::TooOften(seconds)
    }
}

/// The same of units and points.
impl From<organisation::Refusal> for Error {
    fn from(refusal: organisation::Refusal) -> Self {
        match refusal {
            organisation::Refusal::Denied(denied) => denied.into(),
            organisation::Refusal::Missing => Self::NotFound,
            organisation::Refusal::Wrong(_) => Self::BadRequest,
            // Others were faster each time.
            organisation::Refusal::Store(store::Error::Stale) => Self::Busy,
            organisation::Refusal::Store(error) => error.into(),
        }
    }
}

impl From<NoPlace> for Error {
    fn from(no: NoPlace) -> Self {
        match no {
            NoPlace::Unknown => Self::UnknownPoint,
            NoPlace::Closed { point, unit } => Self::ClosedPoint { point, unit },
            NoPlace::Revoked { point, unit } => Self::RevokedCode { point, unit },
        }
    }
}

impl Error {
    /// The same error where a file was sent.
    pub(super) fn of_a_file(self) -> Self {
        if matches!(self, Self::TooLarge) { Self::FileTooLarge } else { self }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::UnknownPoint | Self::NotFound => StatusCode::NOT_FOUND,
            Self::ClosedPoint { .. } | Self::RevokedCode { .. } | Self::NoLink => StatusCode::GONE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorized | Self::RevokedDisplay => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::EnrolFirst | Self::LoopbackOnly | Self::CrossSite => {
                StatusCode::FORBIDDEN
            }
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge | Self::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::NotAsSealed | Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is said of it to who sent something, or asked for an address.
    fn notice(&self, asked: bool) -> Notice {
        match self {
            Self::Invalid(problems) if asked && turned(problems) => Notice::EndBeforeStart,
            Self::BadRequest | Self::Invalid(_) if asked => Notice::BadAddress,
            Self::UnknownPoint => Notice::UnknownPoint,
            Self::ClosedPoint { point, unit } => {
                Notice::ClosedPoint { point: point.clone(), unit: unit.clone() }
            }
            Self::RevokedCode { point, unit } => {
                Notice::RevokedCode { point: point.clone(), unit: unit.clone() }
            }
            Self::NotFound => Notice::NotFound,
            Self::MethodNotAllowed => Notice::MethodNotAllowed,
            Self::Unauthorized => Notice::Unauthorized,
            Self::RevokedDisplay => Notice::RevokedDisplay,
            Self::Forbidden | Self::EnrolFirst => Notice::Forbidden,
            Self::LoopbackOnly => Notice::LoopbackOnly,
            Self::CrossSite => Notice::CrossSite,
            Self::BadRequest | Self::UnsupportedMedia | Self::Invalid(_) => Notice::BadRequest,
            Self::NoLink => Notice::NoLink,
            Self::TooLarge => Notice::TooLarge,
            Self::FileTooLarge => Notice::FileTooLarge,
            Self::Busy => Notice::Busy,
            Self::TooOften(_) => Notice::TooOften,
            Self::Slow => Notice::Slow,
            Self::NotAsSealed => Notice::NotAsSealed,
            Self::Internal => Notice::Internal,
        }
    }

    /// The whole answer, in the reader's language and form.
    pub(super) fn answer(self, web: &Web, reader: &Reader, empty: Response) -> Response {
        match (&self, &reader.back) {
            (Self::Unauthorized, Some(path)) => return super::sign_in::first(path, reader.lang),
            (Self::EnrolFirst, Some(_)) => return super::see_other("/account/second", reader.lang),
            _ => {}
        }
        let status = self.status();
        let mut response = match reader.program {
            true => self.problem(reader),
            false => {
                let notice = self.notice(reader.asked);
                super::page(app::pages::notice::notice(reader.lang, &web.assets, &notice))
            }
        };
        for (name, value) in empty.headers() {
            if name == header::ALLOW {
                response.headers_mut().insert(name, value.clone());
            }
        }
        let headers = response.headers_mut();
        match self {
            Self::Busy => headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5")),
            Self::TooOften(seconds) => headers.insert(header::RETRY_AFTER, seconds.into()),
            // What is still to come of the body is not waited for.
            Self::Slow => headers.insert(header::CONNECTION, HeaderValue::from_static("close")),
            Self::Unauthorized | Self::RevokedDisplay => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
            }
            _ => None,
        };
        *response.status_mut() = status;
        response
    }

    fn problem(&self, reader: &Reader) -> Response {
        let lang = reader.lang;
        let status = self.status();
        let (title, detail) = app::pages::notice::words(lang, &self.notice(reader.asked));
        let mut body = json!({
            "type": "about:blank",
            "title": title,
            "status": status.as_u16(),
            "detail": detail,
        });
        if let Self::Invalid(problems) = self {
            let text = |problem: &Problem| {
                app::text::t(lang, &format!("problem-{}", problem.reason.key()))
            };
            body["errors"] = problems
                .iter()
                .map(|p| json!({"field": p.field, "reason": p.reason.key(), "text": text(p)}))
                .collect();
        }
        ([(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
    }
}

/// Days from a later one to an earlier one were asked for.
fn turned(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.reason == Reason::EndBeforeStart)
}

/// The status alone; the body is made where the reader is known.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Who reads the answer: a person or a program, in which language.
pub(super) struct Reader {
    program: bool,
    lang: Lang,
    /// An address was asked for, and nothing sent. Citizens only ever send.
    asked: bool,
    /// The page that was asked for, to which one may come back after signing in; where a key or the
    /// link of a screen was shown there is none.
    back: Option<String>,
}

impl Reader {
    pub(super) fn of(request: &Request) -> Self {
        let uri = request.extensions().get::<OriginalUri>().map_or(request.uri(), |uri| &uri.0);
        let path = uri.path();
        let program = path.starts_with("/api/") || matches!(path, "/healthz" | "/readyz");
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let asked = reads && path != "/s" && !path.starts_with("/s/");
        let shown = request.headers().contains_key(header::AUTHORIZATION)
            || uri.query().is_some_and(|query| query.contains("display="));
        let back = (reads && !program && !shown).then(|| match uri.path_and_query() {
            Some(path) => path.as_str().to_owned(),
            None => "/".to_owned(),
        });
        Self { program, lang: spoken(uri, request.headers()), asked, back }
    }
}

/// The language asked for in the address, otherwise English where the browser wants it before
/// Vietnamese, otherwise Vietnamese.
pub(super) fn spoken(uri: &Uri, headers: &HeaderMap) -> Lang {
    if uri.query().is_some_and(|query| query.contains("lang=")) {
        return super::lang(uri.query());
    }
    if !uri.path().starts_with("/api/") {
        return Lang::Vi;
    }
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut tags = accepted.unwrap_or_default().split(',').map(|tag| tag.trim());
    match tags.find(|tag| tag.starts_with("vi") || tag.starts_with("en")) {
        Some(tag) if tag.starts_with("en") => Lang::En,
        _ => Lang::Vi,
    }
}

pub(super) async fn not_found(State(_): State<Shared>) -> Error {
    Error::NotFound
}

pub(super) async fn method_not_allowed() -> Error {
    Error::MethodNotAllowed
}
