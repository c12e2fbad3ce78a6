//! The points of the units that somebody manages.

use app::pages::people::Problem;
use app::pages::point::{Done, PointPage, RevokePage};
use app::pages::points::{PlacesPage, PointRow, PointsPage, State as Standing};
use app::pages::units::Standing as UnitStanding;
use axum::extract::{FromRequestParts, Path, RawQuery, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::access::Act;
use domain::questionnaire::Lang;
use domain::unit::{Organisation, Point, Unit};

use super::access::{Asks, Name};
use super::form::Fields;
use super::units::{desk, existing, problem, row, rows, unprocessable};
use super::{Error, Shared, see_other, unkept};
use crate::service::access::Actor;
use crate::service::points::PointForm;

/// The code of a point in a path, after that of its unit; one that is not UTF-8 names nothing.
pub(super) struct PointName(String);

impl<S: Send + Sync> FromRequestParts<S> for PointName {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        path.map(|Path((_, point))| Self(point)).map_err(|_| Error::NotFound)
    }
}

/// A point as its pages show it.
fn point_row(web: &Shared, organisation: &Organisation, point: &Point) -> PointRow {
    let today = web.service.clock.today();
    let unit = organisation.unit_on(point, today);
    let state = match (point.open_from, point.open_to) {
        (_, Some(last)) if last < today => Standing::Closed(last),
        (Some(first), _) if today < first => Standing::NotYet(first),
        _ if unit.is_none() => Standing::UnitClosed,
        (_, last) => Standing::Open(last),
    };
    let old = organisation.revoked_of(point.key);
    let mut old: Vec<_> = old.map(|old| (old.code.clone(), old.revoked_on)).collect();
    old.sort_by(|a, b| (b.1, &b.0).cmp(&(a.1, &a.0)));
    PointRow {
        code: point.code.clone(),
        name: point.name.clone(),
        channel: point.channel,
        state,
        old,
    }
}

/// `GET /admin/points`.
pub(super) async fn places(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let units = rows(&web, &web.service.managed_units(&actor)?);
    Ok(unkept(app::pages::points::places(&PlacesPage {
        lang: super::lang(query.as_deref()),
        assets: &web.assets,
        desk: desk(&web, &actor),
        units: &units,
    })))
}

fn list_page(
    web: &Shared,
    (actor, unit): (&Actor, &Unit),
    lang: Lang,
    given: &[(String, String)],
    problem: Option<Problem>,
) -> Response {
    let organisation = web.service.organisation();
    let points = organisation.points_of(unit.key);
    let points: Vec<PointRow> = points.map(|point| point_row(web, &organisation, point)).collect();
    let enters = web.service.allow(actor, Act::EnterAnswers, unit).is_ok();
    let unit = row(web, &organisation, unit, 0);
    unkept(app::pages::points::points(&PointsPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        unit: &unit,
        points: &points,
        enters,
        ended: unit.standing == UnitStanding::Ended,
        given,
        problem,
    }))
}

/// `GET /admin/points/{unit}`.
pub(super) async fn list(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(code): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.unit_for(&actor, Act::Manage, &code)?;
    Ok(list_page(&web, (&actor, &unit), super::lang(query.as_deref()), &[], None))
}

/// What stands in the fields of a point.
fn typed(fields: &Fields) -> PointForm<'_> {
    PointForm {
        name: fields.get("name"),
        channel: fields.get("channel"),
        open_from: fields.get("from"),
        unit: fields.get("unit"),
    }
}

/// `POST /admin/points/{unit}`: opens a point.
pub(super) async fn open(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(code): Name,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    let unit = web.service.unit_for(&actor, Act::Manage, &code)?;
    match web.service.open_point(&actor, &code, typed(&fields)).await {
        Ok(point) => Ok(see_other(&format!("/admin/points/{code}/{point}?done=opened"), lang)),
        Err(refusal) => {
            let problem = problem(refusal)?;
            let given = fields.kept(&["name", "channel", "from"]);
            Ok(unprocessable(list_page(&web, (&actor, &unit), lang, &given, Some(problem))))
        }
    }
}

fn point_page(
    web: &Shared,
    (actor, point, unit): (&Actor, &Point, &Unit),
    lang: Lang,
    done: Option<Done>,
    (given, problem): (&[(String, String)], Option<Problem>),
) -> Result<Response, Error> {
    let organisation = web.service.organisation();
    let mut units = existing(&rows(web, &web.service.managed_units(actor)?), lang);
    // What it belongs to stays to be chosen, also where that has ended.
    if !units.iter().any(|(code, _)| *code == unit.code) {
        units.insert(0, (unit.code.clone(), unit.name.clone()));
    }
    Ok(unkept(app::pages::point::point(&PointPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        unit: &row(web, &organisation, unit, 0),
        point: &point_row(web, &organisation, point),
        enters: web.service.allow(actor, Act::EnterAnswers, unit).is_ok(),
        open_from: point.open_from,
        closes: point.open_to.is_some(),
        units: &units,
        today: &web.service.clock.today().to_string(),
        done,
        given,
        problem,
    })))
}

/// The address of a point by its code of now and its unit.
fn path_of(point: &Point, unit: &Unit) -> String {
    format!("/admin/points/{}/{}", unit.code, point.code)
}

/// `GET /admin/points/{unit}/{point}`; an old code leads to the new one.
pub(super) async fn point(
    State(web): State<Shared>,
    Asks(actor): Asks,
    PointName(code): PointName,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let (point, unit) = web.service.managed_point(&actor, &code)?;
    let lang = super::lang(query.as_deref());
    if point.code != code {
        return Ok(see_other(&path_of(&point, &unit), lang));
    }
    let done = match super::asked(query.as_deref(), "done") {
        Some("opened") => Some(Done::Opened),
        Some("replaced") => Some(Done::Replaced),
        Some("saved") => Some(Done::Saved),
        _ => None,
    };
    point_page(&web, (&actor, &point, &unit), lang, done, (&[], None))
}

/// `POST /admin/points/{unit}/{point}`: the field `do` says what.
pub(super) async fn change(
    State(web): State<Shared>,
    Asks(actor): Asks,
    PointName(code): PointName,
    fields: Fields,
) -> Result<Response, Error> {
    let (service, lang) = (&web.service, fields.lang());
    let (point, unit) = service.managed_point(&actor, &code)?;
    let changed = match fields.get("do") {
        "change" => service.change_point(&actor, &point.code, typed(&fields)).await,
        "close" => {
            let closing = (fields.get("last"), fields.get("typed"));
            service.close_point(&actor, &point.code, closing).await
        }
        "reopen" => service.reopen_point(&actor, &point.code).await,
        _ => return Err(Error::BadRequest),
    };
    match changed {
        Ok(()) => {
            let (point, unit) = service.managed_point(&actor, &point.code)?;
            Ok(see_other(&format!("{}?done=saved", path_of(&point, &unit)), lang))
        }
        Err(refusal) => {
            let problem = problem(refusal)?;
            let given = fields.kept(&["name", "channel", "from", "unit", "last", "typed"]);
            let shown = (&given[..], Some(problem));
            let page = point_page(&web, (&actor, &point, &unit), lang, None, shown)?;
            Ok(unprocessable(page))
        }
    }
}

fn revoke_page(
    web: &Shared,
    (actor, point, unit): (&Actor, &Point, &Unit),
    lang: Lang,
    (given, problem): (&[(String, String)], Option<Problem>),
) -> Response {
    let organisation = web.service.organisation();
    unkept(app::pages::point::revoke(&RevokePage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        unit: &row(web, &organisation, unit, 0),
        point: &point_row(web, &organisation, point),
        given,
        problem,
    }))
}

/// `GET /admin/points/{unit}/{point}/revoke`: what another code will do.
pub(super) async fn revoking(
    State(web): State<Shared>,
    Asks(actor): Asks,
    PointName(code): PointName,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let (point, unit) = web.service.managed_point(&actor, &code)?;
    let lang = super::lang(query.as_deref());
    if point.code != code {
        return Ok(see_other(&path_of(&point, &unit), lang));
    }
    Ok(revoke_page(&web, (&actor, &point, &unit), lang, (&[], None)))
}

/// `POST /admin/points/{unit}/{point}/revoke`.
pub(super) async fn revoke(
    State(web): State<Shared>,
    Asks(actor): Asks,
    PointName(code): PointName,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    let (point, unit) = web.service.managed_point(&actor, &code)?;
    match web.service.replace_code(&actor, &code, fields.get("typed")).await {
        Ok(new) => {
            let path = format!("/admin/points/{}/{new}?done=replaced", unit.code);
            Ok(see_other(&path, lang))
        }
        Err(refusal) => {
            let problem = problem(refusal)?;
            let given = fields.kept(&["typed"]);
            let shown = (&given[..], Some(problem));
            Ok(unprocessable(revoke_page(&web, (&actor, &point, &unit), lang, shown)))
        }
    }
}
