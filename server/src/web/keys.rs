//! Keys of programs and links of screens, in an administrator's part.

use app::pages::keys::{EndingPage, KeyLine, KeysPage, Kind, State as Standing};
use app::pages::people::Problem;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::access::Role;
use domain::day;
use domain::questionnaire::Lang;
use uuid::Uuid;

use super::access::{Asks, Name};
use super::cookie::{Cookie, Jar};
use super::form::Fields;
use super::people::{choices, problem};
use super::units::{desk, unprocessable};
use super::{Error, Shared, see_other, unkept};
use crate::service::access::Actor;
use crate::service::people::Refusal;

/// How a new secret travels to the page that shows it.
const KEY: &str = "key.";
const DISPLAY: &str = "display.";

async fn lines(web: &Shared, actor: &Actor, kind: Kind) -> Result<Vec<KeyLine>, Error> {
    let service = &web.service;
    let organisation = service.organisation();
    let now = service.clock.now().as_millisecond();
    if kind == Kind::Display {
        let all = service.displays(actor).await?.into_iter();
        let name = |code: &str| organisation.unit(code).map(|unit| unit.name.clone());
        return Ok(all
            .map(|display| KeyLine {
                id: display.id.to_string(),
                unit_name: name(&display.unit).unwrap_or(display.unit),
                name: display.name,
                role: None,
                state: if display.revoked_at.is_some() {
                    Standing::Revoked
                } else {
                    Standing::Valid
                },
                last: None,
                used_on: display.used_on.map(day::from_number),
            })
            .collect());
    }
    let all = service.keys(actor).await?.into_iter();
    Ok(all
        .map(|key| KeyLine {
            id: key.id.to_string(),
            unit_name: organisation
                .unit_by_key(key.unit)
                .map_or_else(String::new, |u| u.name.clone()),
            role: Role::parse(&key.role).map(Role::name),
            state: match (key.revoked_at, key.expires_at) {
                (Some(_), _) => Standing::Revoked,
                (None, Some(end)) if end <= now => Standing::Expired,
                _ => Standing::Valid,
            },
            // It ends when the day after begins.
            last: key.expires_at.map(|end| service.clock.at(end - 1).date()),
            used_on: key.used_day.map(day::from_number),
            name: key.name,
        })
        .collect())
}

async fn page(
    web: &Shared,
    (actor, kind): (&Actor, Kind),
    lang: Lang,
    new: Option<&str>,
    (given, problem): (&[(String, String)], Option<Problem>),
) -> Result<Response, Error> {
    Ok(unkept(app::pages::keys::keys(&KeysPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        kind,
        lines: &lines(web, actor, kind).await?,
        units: &choices(web, actor)?,
        new,
        given,
        problem,
    })))
}

/// Shows the list, with the secret that was just made; it is forgotten with that.
async fn shown(
    web: &Shared,
    (actor, kind): (&Actor, Kind),
    jar: &Jar,
    query: Option<&str>,
) -> Result<Response, Error> {
    let begin = if kind == Kind::Key { KEY } else { DISPLAY };
    let new = jar.get(Cookie::Once).and_then(|once| once.strip_prefix(begin));
    let new = new.map(|new| match (kind, new.rsplit_once('.')) {
        (Kind::Display, Some((unit, token))) => {
            format!("{}/boards/{unit}?tv=1&display={token}", web.base_url)
        }
        _ => new.to_owned(),
    });
    let lang = super::lang(query);
    let mut response = page(web, (actor, kind), lang, new.as_deref(), (&[], None)).await?;
    if new.is_some() {
        jar.set(&mut response, Cookie::Once, None);
    }
    Ok(response)
}

async fn refused(
    web: &Shared,
    (actor, kind): (&Actor, Kind),
    fields: &Fields,
    refusal: Refusal,
) -> Result<Response, Error> {
    let problem = problem(refusal)?;
    let given = fields.kept(&["name", "role", "unit", "last"]);
    let page = page(web, (actor, kind), fields.lang(), None, (&given, Some(problem))).await?;
    Ok(unprocessable(page))
}

/// `GET /admin/keys`.
pub(super) async fn keys(
    State(web): State<Shared>,
    Asks(actor): Asks,
    jar: Jar,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    shown(&web, (&actor, Kind::Key), &jar, query.as_deref()).await
}

/// `POST /admin/keys`.
pub(super) async fn make(
    State(web): State<Shared>,
    Asks(actor): Asks,
    jar: Jar,
    fields: Fields,
) -> Result<Response, Error> {
    web.service.administered(&actor)?;
    let last = match fields.get("last") {
        "" => Ok(None),
        text => day::parse(text).map(Some).ok_or(Refusal::NotADay),
    };
    let place = (fields.get("role"), fields.get("unit"));
    let made = match last {
        Ok(last) => web.service.new_key(&actor, fields.get("name"), place, last).await,
        Err(refusal) => Err(refusal),
    };
    match made {
        Ok(key) => {
            let mut response = see_other("/admin/keys", fields.lang());
            jar.set(&mut response, Cookie::Once, Some(&format!("{KEY}{key}")));
            Ok(response)
        }
        Err(refusal) => refused(&web, (&actor, Kind::Key), &fields, refusal).await,
    }
}

/// The page that says what the end of a key or a screen will do; there is none of what has been ended.
async fn ending_page(
    web: &Shared,
    (actor, kind): (&Actor, Kind),
    lang: Lang,
    id: &str,
    (given, problem): (&[(String, String)], Option<Problem>),
) -> Result<Response, Error> {
    let lines = lines(web, actor, kind).await?;
    let line = lines.iter().find(|line| line.id == id && line.state != Standing::Revoked);
    Ok(unkept(app::pages::keys::ending(&EndingPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        kind,
        line: line.ok_or(Error::NotFound)?,
        given,
        problem,
    })))
}

/// Ends a key or a screen, or says why not.
async fn end(
    web: &Shared,
    (actor, kind): (&Actor, Kind),
    id: &str,
    fields: &Fields,
) -> Result<Response, Error> {
    web.service.administered(actor)?;
    let uuid: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let (typed, lang) = (fields.get("typed"), fields.lang());
    let ended = match kind {
        Kind::Key => web.service.revoke_key(actor, uuid, typed).await,
        Kind::Display => web.service.revoke_display(actor, uuid, typed).await,
    };
    match ended {
        Ok(()) => Ok(see_other(kind.path(), lang)),
        Err(Refusal::Mistyped) => {
            let (given, problem) = (fields.kept(&["typed"]), Some(("typed", "units-mistyped")));
            let shown = (&given[..], problem);
            let page = ending_page(web, (actor, kind), lang, &uuid.to_string(), shown).await?;
            Ok(unprocessable(page))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// `GET /admin/keys/{id}`: what the end of the key will do.
pub(super) async fn ending(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(id): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let lang = super::lang(query.as_deref());
    ending_page(&web, (&actor, Kind::Key), lang, &id, (&[], None)).await
}

/// `POST /admin/keys/{id}`: ends the key.
pub(super) async fn revoke(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(id): Name,
    fields: Fields,
) -> Result<Response, Error> {
    end(&web, (&actor, Kind::Key), &id, &fields).await
}

/// `GET /admin/displays`.
pub(super) async fn displays(
    State(web): State<Shared>,
    Asks(actor): Asks,
    jar: Jar,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    shown(&web, (&actor, Kind::Display), &jar, query.as_deref()).await
}

/// `POST /admin/displays`.
pub(super) async fn make_display(
    State(web): State<Shared>,
    Asks(actor): Asks,
    jar: Jar,
    fields: Fields,
) -> Result<Response, Error> {
    let unit = fields.get("unit");
    match web.service.new_display(&actor, fields.get("name"), unit).await {
        Ok(token) => {
            let mut response = see_other("/admin/displays", fields.lang());
            jar.set(&mut response, Cookie::Once, Some(&format!("{DISPLAY}{unit}.{token}")));
            Ok(response)
        }
        Err(refusal) => refused(&web, (&actor, Kind::Display), &fields, refusal).await,
    }
}

/// `GET /admin/displays/{id}`: what the end of the link will do.
pub(super) async fn ending_display(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(id): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let lang = super::lang(query.as_deref());
    ending_page(&web, (&actor, Kind::Display), lang, &id, (&[], None)).await
}

/// `POST /admin/displays/{id}`: ends the link.
pub(super) async fn revoke_display(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(id): Name,
    fields: Fields,
) -> Result<Response, Error> {
    end(&web, (&actor, Kind::Display), &id, &fields).await
}
