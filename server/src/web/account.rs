//! Pages about oneself.

use app::pages::account::{AccountPage, GrantRow, SecondPage, SessionLine};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::access::{Grant, continued};
use domain::questionnaire::Lang;
use uuid::Uuid;

use super::access::Signed;
use super::cookie::Cookie;
use super::form::Fields;
use super::{Error, Shared, see_other, unkept};
use crate::qr;
use crate::service::sign_in::{Refused, SignedIn};
use crate::service::totp;

/// What is wrong with the fields of a page.
#[derive(Default)]
struct Wrong {
    current: bool,
    code: bool,
    weak: Option<&'static str>,
    /// Seconds to wait.
    wait: Option<i64>,
    removing: bool,
}

impl Wrong {
    /// What can be said at a field; everything else is an error of its own.
    fn of(refused: Refused) -> Result<Self, Error> {
        let none = Self::default();
        match refused {
            Refused::Wrong => Ok(Self { current: true, ..none }),
            Refused::WrongCode => Ok(Self { code: true, ..none }),
            Refused::Weak(weak) => Ok(Self { weak: Some(weak.key()), ..none }),
            Refused::Wait(seconds) => Ok(Self { wait: Some(seconds), ..none }),
            Refused::Busy(_) => Err(Error::Busy),
            Refused::Store(error) => Err(error.into()),
            // The page says itself that it is required.
            Refused::Required => Ok(none),
            Refused::Expired | Refused::NoLink | Refused::Unknown => Err(Error::BadRequest),
        }
    }

    /// What is said at the field of the current password.
    fn words(&self, lang: Lang) -> Option<String> {
        let seconds = |seconds: i64| [("seconds", seconds.to_string())];
        match self.wait {
            Some(wait) => Some(app::text::t_args(lang, "signin-wait", &seconds(wait))),
            None => self.current.then(|| app::text::t(lang, "password-wrong")),
        }
    }

    fn answer(&self, page: Response) -> Response {
        match self.wait {
            Some(seconds) => {
                let mut response = (StatusCode::TOO_MANY_REQUESTS, page).into_response();
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                response
            }
            None => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
        }
    }
}

/// A grant as pages show it; `removable` where the reader may take it away.
pub(super) fn grant_row(web: &Shared, grant: Grant, removable: bool) -> Option<GrantRow> {
    let organisation = web.service.organisation();
    let unit = organisation.unit_by_key(grant.unit)?;
    let places = continued(&organisation, grant.unit, web.service.clock.today());
    let followed = places.into_iter().filter(|place| *place != grant.unit);
    let followed = followed.filter_map(|place| organisation.unit_by_key(place));
    Some(GrantRow {
        role: grant.role.name(),
        unit: unit.code.clone(),
        unit_name: unit.name.clone(),
        followed: followed.map(|unit| unit.name.clone()).collect(),
        removable,
    })
}

async fn page(
    web: &Shared,
    own: &SignedIn,
    lang: Lang,
    done: Option<&str>,
    wrong: &Wrong,
) -> Result<Response, Error> {
    let service = &web.service;
    let sessions = service.own_sessions(own).await?;
    let at = |moment| service.clock.at(moment);
    let sessions: Vec<SessionLine> = sessions
        .into_iter()
        .map(|row| SessionLine {
            here: row.id == own.session,
            id: row.id.to_string(),
            device: row.device,
            began: at(row.created_at),
            seen: at(row.seen_at),
        })
        .collect();
    let second = match own.enrolled {
        true => Some(service.own_recovery_codes(own).await?),
        false => None,
    };
    let grants: Vec<GrantRow> =
        own.grants.iter().filter_map(|grant| grant_row(web, *grant, false)).collect();
    Ok(unkept(app::pages::account::account(&AccountPage {
        lang,
        assets: &web.assets,
        name: &own.name,
        display_name: own.display_name.as_deref(),
        grants: &grants,
        sessions: &sessions,
        second,
        desk: super::units::desk(web, &own.actor()),
        done,
        wrong: wrong.words(lang),
        weak: wrong.weak,
    })))
}

/// `GET /account`.
pub(super) async fn show(
    State(web): State<Shared>,
    Signed { own, .. }: Signed,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let done = match super::asked(query.as_deref(), "done") {
        Some("password") => Some("account-password-done"),
        Some("sessions") => Some("account-sessions-done"),
        Some("second") => Some("account-second-removed"),
        _ => None,
    };
    page(&web, &own, super::lang(query.as_deref()), done, &Wrong::default()).await
}

/// `POST /account/password`.
pub(super) async fn password(
    State(web): State<Shared>,
    Signed { own, jar }: Signed,
    fields: Fields,
) -> Result<Response, Error> {
    let new = (fields.get("new"), fields.get("again"));
    let device = jar.get(Cookie::Device);
    match web.service.change_password(&own, device, fields.get("current"), new).await {
        Ok(()) => Ok(see_other("/account?done=password", fields.lang())),
        Err(refused) => {
            let wrong = Wrong::of(refused)?;
            Ok(wrong.answer(page(&web, &own, fields.lang(), None, &wrong).await?))
        }
    }
}

/// `POST /account/sessions`: ends one, or all.
pub(super) async fn sessions(
    State(web): State<Shared>,
    Signed { own, jar }: Signed,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    let mut response = match fields.get("session") {
        "all" => {
            web.service.end_own_sessions(&own).await?;
            see_other("/sign-in?after=out", lang)
        }
        id => {
            let id: Uuid = id.parse().map_err(|_| Error::BadRequest)?;
            web.service.end_own_session(&own, id).await?;
            if id != own.session {
                return Ok(see_other("/account?done=sessions", lang));
            }
            see_other("/sign-in?after=out", lang)
        }
    };
    jar.set(&mut response, Cookie::Session, None);
    Ok(response)
}

/// How a list of recovery codes travels to the page that shows them.
const CODES: &str = "codes.";

fn second_page(
    web: &Shared,
    own: &SignedIn,
    lang: Lang,
    (secret, codes): (&str, &[String]),
    wrong: &Wrong,
) -> Result<Response, Error> {
    let bytes = totp::parse_base32(secret).unwrap_or_default();
    let issuer = app::text::t(Lang::Vi, "app-name");
    let qr = qr::symbol(&totp::address(&issuer, &own.name, &bytes)).map_err(|_| Error::Internal)?;
    Ok(unkept(app::pages::account::second_step(&SecondPage {
        lang,
        assets: &web.assets,
        name: &own.name,
        enrolled: own.enrolled,
        required: own.second_required,
        secret,
        qr: &qr,
        codes,
        wrong: wrong.words(lang),
        wrong_code: wrong.code,
        removing: wrong.removing,
    })))
}

/// `GET /account/second`: a new secret with each look, which nothing keeps before it is proved.
pub(super) async fn second(
    State(web): State<Shared>,
    Signed { own, jar }: Signed,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let codes = jar.get(Cookie::Once).and_then(|once| once.strip_prefix(CODES));
    let codes: Vec<String> =
        codes.iter().flat_map(|codes| codes.split('.')).map(str::to_owned).collect();
    let secret = totp::base32(&totp::secret());
    let lang = super::lang(query.as_deref());
    let mut response = second_page(&web, &own, lang, (&secret, &codes), &Wrong::default())?;
    if !codes.is_empty() {
        jar.set(&mut response, Cookie::Once, None);
    }
    Ok(response)
}

/// `POST /account/second`.
pub(super) async fn enrol(
    State(web): State<Shared>,
    Signed { own, jar }: Signed,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    let (secret, code) = (fields.get("secret"), fields.get("code"));
    let device = jar.get(Cookie::Device);
    match web.service.enrol(&own, device, fields.get("current"), (secret, code)).await {
        Ok(codes) => {
            let mut response = see_other("/account/second", lang);
            jar.set(&mut response, Cookie::Once, Some(&format!("{CODES}{}", codes.join("."))));
            Ok(response)
        }
        Err(refused) => {
            let wrong = Wrong::of(refused)?;
            Ok(wrong.answer(second_page(&web, &own, lang, (secret, &[]), &wrong)?))
        }
    }
}

/// `POST /account/second/remove`.
pub(super) async fn unenrol(
    State(web): State<Shared>,
    Signed { own, jar }: Signed,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    match web.service.unenrol(&own, jar.get(Cookie::Device), fields.get("current")).await {
        Ok(()) => Ok(see_other("/account?done=second", lang)),
        Err(refused) => {
            let wrong = Wrong { removing: true, ..Wrong::of(refused)? };
            let secret = totp::base32(&totp::secret());
            Ok(wrong.answer(second_page(&web, &own, lang, (&secret, &[]), &wrong)?))
        }
    }
}
