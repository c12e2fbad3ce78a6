//! The people of an administrator's part.

use app::pages::account::GrantRow;
use app::pages::people::{PeoplePage, PersonRow, Problem};
use app::pages::person::PersonPage;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::day;
use domain::identity::{self, Claim};
use domain::questionnaire::Lang;
use uuid::Uuid;

use super::access::{Asks, Name};
use super::account::grant_row;
use super::cookie::{Cookie, Jar};
use super::form::Fields;
use super::units::desk;
use super::{Error, Shared, see_other, unkept};
use crate::service::access::Actor;
use crate::service::people::{Invitation, Person, Refusal};

/// How a one-time link travels to the page that shows it: with the account that it is for.
const LINK: &str = "link.";

/// The units that can be chosen, in the order of the tree, each under the one above it.
pub(super) fn choices(web: &Shared, actor: &Actor) -> Result<Vec<(String, String)>, Error> {
    let organisation = web.service.organisation();
    let today = web.service.clock.today();
    let units = web.service.administered(actor)?;
    let mut lines: Vec<(Vec<String>, String, String)> = units
        .iter()
        .filter(|unit| unit.valid_to.is_none_or(|last| last >= today))
        .map(|unit| {
            let mut path: Vec<String> =
                organisation.upward(unit.key).iter().map(|above| above.name.clone()).collect();
            path.reverse();
            let name = format!("{}{}", "– ".repeat(path.len().saturating_sub(1)), unit.name);
            (path, unit.code.clone(), name)
        })
        .collect();
    lines.sort();
    Ok(lines.into_iter().map(|(_, code, name)| (code, name)).collect())
}

fn told((claim, value): (Claim, &str)) -> (String, String) {
    (claim.name().to_owned(), value.to_owned())
}

fn row(web: &Shared, actor: &Actor, person: &Person) -> PersonRow {
    let account = &person.account;
    let clock = &web.service.clock;
    let grants = account.grants.iter().filter_map(|grant| {
        grant_row(web, *grant, web.service.may_take(actor, account.id, *grant))
    });
    PersonRow {
        id: account.id.to_string(),
        name: account.name.clone(),
        display_name: account.display_name.clone(),
        identity: account.identity.as_deref().and_then(identity::parts).map(told),
        grants: grants.collect::<Vec<GrantRow>>(),
        has_password: account.has_password,
        disabled_on: account.disabled_at.map(|moment| clock.at(moment).date()),
        enrolled: account.enrolled,
        second_required: account.second_required,
        used_on: account.used_on.map(day::from_number),
    }
}

/// What is wrong with which field, and the key of the words; what is about no field is an error.
pub(super) fn problem(refusal: Refusal) -> Result<Problem, Error> {
    match refusal {
        Refusal::BadName => Ok(("name", "people-bad-name")),
        Refusal::Taken => Ok(("name", "people-taken")),
        Refusal::IdentityTaken => Ok(("identity", "people-identity-taken")),
        Refusal::BadIdentity => Ok(("identity", "people-identity-bad")),
        Refusal::NoUnit => Ok(("unit", "people-no-unit")),
        Refusal::NoRole => Ok(("role", "people-no-role")),
        Refusal::Mistyped => Ok(("typed", "people-mistyped")),
        Refusal::Own => Ok(("", "people-own")),
        Refusal::NotADay => Ok(("last", "keys-not-a-day")),
        other => Err(other.into()),
    }
}

async fn list_page(
    web: &Shared,
    actor: &Actor,
    lang: Lang,
    given: &[(String, String)],
    problem: Option<Problem>,
) -> Result<Response, Error> {
    let people = web.service.people(actor).await?;
    let people: Vec<PersonRow> = people.iter().map(|person| row(web, actor, person)).collect();
    Ok(unkept(app::pages::people::people(&PeoplePage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        people: &people,
        units: &choices(web, actor)?,
        given,
        problem,
    })))
}

/// `GET /admin/people`.
pub(super) async fn list(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    list_page(&web, &actor, super::lang(query.as_deref()), &[], None).await
}

/// `POST /admin/people`.
pub(super) async fn invite(
    State(web): State<Shared>,
    Asks(actor): Asks,
    jar: Jar,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    let invited = Invitation {
        name: fields.get("name"),
        display_name: fields.get("full"),
        role: fields.get("role"),
        unit: fields.get("unit"),
    };
    match web.service.invite(&actor, &invited).await {
        Ok((id, link)) => Ok(shown_once(&jar, id, &link, lang)),
        Err(refusal) => {
            let problem = problem(refusal)?;
            let given = fields.kept(&["name", "full", "role", "unit"]);
            let page = list_page(&web, &actor, lang, &given, Some(problem)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn shown_once(jar: &Jar, id: Uuid, link: &str, lang: Lang) -> Response {
    let mut response = see_other(&format!("/admin/people/{id}"), lang);
    jar.set(&mut response, Cookie::Once, Some(&format!("{LINK}{id}.{link}")));
    response
}

fn person_page(
    web: &Shared,
    (actor, person): (&Actor, &Person),
    lang: Lang,
    (link, done): (Option<&str>, bool),
    (given, problem): (&[(String, String)], Option<Problem>),
) -> Result<Response, Error> {
    Ok(unkept(app::pages::person::person(&PersonPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        person: &row(web, actor, person),
        decides: person.decides,
        own: person.own,
        claim: web.ways_in.claim().map(Claim::name),
        units: &choices(web, actor)?,
        link,
        done,
        given,
        problem,
    })))
}

/// `GET /admin/people/{id}`.
pub(super) async fn person(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(id): Name,
    jar: Jar,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    // Who may not see anybody learns nothing about ids.
    web.service.administered(&actor)?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let person = web.service.person(&actor, id).await?;
    let done = super::asked(query.as_deref(), "done") == Some("1");
    let begin = format!("{LINK}{id}.");
    let link = jar.get(Cookie::Once).and_then(|once| once.strip_prefix(&begin));
    let link = link.map(|link| format!("{}/link/{link}", web.base_url));
    let lang = super::lang(query.as_deref());
    let shown = (link.as_deref(), done);
    let mut response = person_page(&web, (&actor, &person), lang, shown, (&[], None))?;
    if link.is_some() {
        jar.set(&mut response, Cookie::Once, None);
    }
    Ok(response)
}

/// Where the name was typed: each of these acts has a field of its own.
fn typed_field(act: &str) -> &'static str {
    match act {
        "reset" => "reset-typed",
        "remove-second" => "second-typed",
        _ => "disable-typed",
    }
}

/// `POST /admin/people/{id}`: the field `do` says what.
pub(super) async fn change(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(id): Name,
    jar: Jar,
    fields: Fields,
) -> Result<Response, Error> {
    let (service, lang) = (&web.service, fields.lang());
    service.administered(&actor)?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let role = (fields.get("role"), fields.get("unit"));
    let (act, typed) = (fields.get("do"), fields.get("typed"));
    let changed = match act {
        "give" => service.give(&actor, id, role).await,
        "take" => service.take(&actor, id, role).await,
        "disable" => service.disable(&actor, id, typed).await,
        "enable" => service.enable(&actor, id).await,
        "require" => service.require_second(&actor, id, true).await,
        "release" => service.require_second(&actor, id, false).await,
        "remove-second" => service.remove_second(&actor, id, typed).await,
        "end-sessions" => service.end_sessions_of(&actor, id).await,
        "identity" => {
            let claim = Claim::parse(fields.get("claim")).ok_or(Error::BadRequest)?;
            service.set_identity(&actor, id, (claim, fields.get("identity"))).await
        }
        "reset" => match service.reset(&actor, id, typed).await {
            Ok(link) => return Ok(shown_once(&jar, id, &link, lang)),
            Err(refusal) => Err(refusal),
        },
        _ => return Err(Error::BadRequest),
    };
    let Err(refusal) = changed else {
        return Ok(see_other(&format!("/admin/people/{id}?done=1"), lang));
    };
    let problem = match problem(refusal)? {
        ("typed", key) => (typed_field(act), key),
        other => other,
    };
    let person = service.person(&actor, id).await?;
    let given = fields.kept(&["role", "unit", "identity"]);
    let shown = (&given[..], Some(problem));
    let page = person_page(&web, (&actor, &person), lang, (None, false), shown)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
