//! The units of an administrator's part.

use std::sync::atomic::Ordering;

use app::pages::Desk;
use app::pages::people::Problem;
use app::pages::unit::{ClosePage, UnitPage};
use app::pages::units::{Standing, UnitRow, UnitsPage};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::Act;
use domain::questionnaire::Lang;
use domain::unit::{Key, Organisation, Unit};
use jiff::ToSpan;
use jiff::civil::Date;

use super::access::{Asks, Name};
use super::form::Fields;
use super::{Error, Shared, see_other, unkept};
use crate::service::access::Actor;
use crate::service::organisation::{Refusal, Wrong};
use crate::service::units::{Closing, UnitForm, ending};

/// What the reader may do, for the links to the pages of administration.
pub(super) fn desk(web: &Shared, actor: &Actor) -> Desk {
    let desk = web.service.desk(actor);
    Desk {
        administers: desk.administers,
        everything: desk.everything,
        manages: desk.manages,
        reports: desk.reports,
        unfinished: desk.everything && !web.finished.load(Ordering::Relaxed),
    }
}

/// What is wrong with which field; what is about no field is an error.
pub(super) fn problem(refusal: Refusal) -> Result<Problem, Error> {
    match refusal {
        Refusal::Wrong(wrong) => Ok((wrong.field(), wrong.key())),
        other => Err(other.into()),
    }
}

/// A page whose form was refused.
pub(super) fn unprocessable(page: Response) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// Units as a tree: each below the one above it where that is among them, by name.
pub(super) fn rows(web: &Shared, units: &[Unit]) -> Vec<UnitRow> {
    let organisation = web.service.organisation();
    let within = |key: &Key| units.iter().any(|unit| unit.key == *key);
    let top = units.iter().filter(|unit| unit.parent.is_none_or(|above| !within(&above)));
    let mut next: Vec<(usize, Key)> =
        sorted(top.collect()).into_iter().map(|unit| (0, unit.key)).collect();
    let mut rows = vec![];
    while let Some((depth, key)) = next.pop() {
        let Some(unit) = organisation.unit_by_key(key) else { continue };
        rows.push(row(web, &organisation, unit, depth));
        let below = organisation.children(key).filter(|unit| within(&unit.key)).collect();
        next.extend(sorted(below).into_iter().map(|unit| (depth + 1, unit.key)));
    }
    rows
}

/// By name, the last first: the next one is taken from the end.
fn sorted(mut units: Vec<&Unit>) -> Vec<&Unit> {
    units.sort_by(|a, b| b.name.cmp(&a.name));
    units
}

/// A unit as its pages show it.
pub(super) fn row(web: &Shared, organisation: &Organisation, unit: &Unit, depth: usize) -> UnitRow {
    let today = web.service.clock.today();
    let standing = match unit {
        unit if unit.valid_on(today) => Standing::Exists,
        unit if unit.valid_to.is_some_and(|last| last < today) => Standing::Ended,
        _ => Standing::NotYet,
    };
    let open = organisation
        .points_of(unit.key)
        .filter(|point| standing == Standing::Exists && point.open_on(today));
    UnitRow {
        code: unit.code.clone(),
        name: unit.name.clone(),
        depth,
        kind: unit.kind,
        valid_from: unit.valid_from,
        valid_to: unit.valid_to,
        standing,
        public: unit.public,
        points: open.count(),
    }
}

/// The units of a list to choose from, each under the one above it.
pub(super) fn choices(rows: &[UnitRow], lang: Lang) -> Vec<(String, String)> {
    let ended = app::text::t(lang, "units-ended");
    let name = |row: &UnitRow| match row.standing {
        Standing::Ended => format!("{}{} ({ended})", "– ".repeat(row.depth), row.name),
        _ => format!("{}{}", "– ".repeat(row.depth), row.name),
    };
    rows.iter().map(|row| (row.code.clone(), name(row))).collect()
}

/// The same without those that have ended.
pub(super) fn existing(rows: &[UnitRow], lang: Lang) -> Vec<(String, String)> {
    let rows: Vec<UnitRow> =
        rows.iter().filter(|row| row.standing != Standing::Ended).cloned().collect();
    choices(&rows, lang)
}

/// The same to be ticked.
fn boxes(
    choices: Vec<(String, String)>,
    ticked: impl Fn(&str) -> bool,
) -> Vec<(String, String, bool)> {
    let ticked = |(code, name): (String, String)| {
        let ticked = ticked(&code);
        (code, name, ticked)
    };
    choices.into_iter().map(ticked).collect()
}

/// All values of a field.
pub(super) fn all<'a>(fields: &'a Fields, name: &str) -> Vec<&'a str> {
    fields.0.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
}

fn list_page(
    web: &Shared,
    actor: &Actor,
    lang: Lang,
    fields: Option<&Fields>,
    problem: Option<Problem>,
) -> Result<Response, Error> {
    let rows = rows(web, &web.service.administered(actor)?);
    let chosen =
        |code: &str| fields.is_some_and(|fields| all(fields, "predecessor").contains(&code));
    let given =
        fields.map(|fields| fields.kept(&["name", "kind", "parent", "code", "from", "public"]));
    Ok(unkept(app::pages::units::units(&UnitsPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        units: &rows,
        parents: &existing(&rows, lang),
        kin: &boxes(choices(&rows, lang), chosen),
        given: &given.unwrap_or_default(),
        problem,
    })))
}

/// `GET /admin/units`.
pub(super) async fn list(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    list_page(&web, &actor, super::lang(query.as_deref()), None, None)
}

/// What stands in the fields of a unit.
fn typed(fields: &Fields) -> UnitForm<'_> {
    UnitForm {
        code: fields.get("code"),
        parent: fields.get("parent"),
        kind: fields.get("kind"),
        name: fields.get("name"),
        valid_from: fields.get("from"),
        public: fields.get("public") == "1",
        predecessors: all(fields, "predecessor"),
    }
}

/// `POST /admin/units`.
pub(super) async fn add(
    State(web): State<Shared>,
    Asks(actor): Asks,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    match web.service.add_unit(&actor, &typed(&fields)).await {
        Ok(code) => Ok(see_other(&format!("/admin/units/{code}?done=1"), lang)),
        Err(refusal) => {
            let problem = problem(refusal)?;
            Ok(unprocessable(list_page(&web, &actor, lang, Some(&fields), Some(problem))?))
        }
    }
}

fn unit_page(
    web: &Shared,
    (actor, unit): (&Actor, &Unit),
    lang: Lang,
    done: bool,
    (fields, problem): (Option<&Fields>, Option<Problem>),
) -> Result<Response, Error> {
    let organisation = web.service.organisation();
    let part = web.service.administered(actor)?;
    let within = |code: &str| part.iter().any(|unit| unit.code == code);
    let mut path = super::path_to(web, actor, unit.key);
    path.retain(|(code, _)| within(code));
    let named = |key: &Key| organisation.unit_by_key(*key).map(|unit| unit.name.clone());
    let before: Vec<String> = unit.predecessors.iter().filter_map(named).collect();
    let after: Vec<String> =
        organisation.successors(unit.key).map(|after| after.name.clone()).collect();
    let mut others = choices(&rows(web, &part), lang);
    others.retain(|(code, _)| *code != unit.code);
    let again = fields.filter(|fields| fields.get("do") == "kin");
    let continues = |code: &str| match again {
        Some(fields) => all(fields, "predecessor").contains(&code),
        None => {
            organisation.unit(code).is_some_and(|before| unit.predecessors.contains(&before.key))
        }
    };
    let changed = fields.filter(|fields| fields.get("do") == "change");
    let given = changed.map(|fields| fields.kept(&["do", "name", "kind", "public"]));
    Ok(unkept(app::pages::unit::unit(&UnitPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        unit: &row(web, &organisation, unit, 0),
        path: &path,
        before: &before,
        after: &after,
        kin: &boxes(others, continues),
        done,
        given: &given.unwrap_or_default(),
        problem,
    })))
}

/// `GET /admin/units/{unit}`.
pub(super) async fn unit(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(code): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.unit_for(&actor, Act::Administer, &code)?;
    let done = super::asked(query.as_deref(), "done") == Some("1");
    unit_page(&web, (&actor, &unit), super::lang(query.as_deref()), done, (None, None))
}

/// `POST /admin/units/{unit}`: the field `do` says what.
pub(super) async fn change(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(code): Name,
    fields: Fields,
) -> Result<Response, Error> {
    let (service, lang) = (&web.service, fields.lang());
    let unit = service.unit_for(&actor, Act::Administer, &code)?;
    let changed = match fields.get("do") {
        "change" => service.change_unit(&actor, &code, &typed(&fields)).await,
        "kin" => service.set_predecessors(&actor, &code, &all(&fields, "predecessor")).await,
        "reopen" => service.reopen_unit(&actor, &code).await,
        _ => return Err(Error::BadRequest),
    };
    match changed {
        Ok(()) => Ok(see_other(&format!("/admin/units/{code}?done=1"), lang)),
        Err(refusal) => {
            let shown = (Some(&fields), Some(problem(refusal)?));
            Ok(unprocessable(unit_page(&web, (&actor, &unit), lang, false, shown)?))
        }
    }
}

fn close_page(
    web: &Shared,
    (actor, unit): (&Actor, &Unit),
    lang: Lang,
    (fields, problem, answered): (Option<&Fields>, Option<Problem>, Option<Date>),
) -> Result<Response, Error> {
    let organisation = web.service.organisation();
    let today = web.service.clock.today();
    // Those that would go on are what exists after yesterday.
    let below = ending(&organisation, unit, today.saturating_sub(1.day()), true);
    let below = below.into_iter().filter(|other| other.key != unit.key);
    let below: Vec<String> = below.map(|other| other.name).collect();
    let part = web.service.administered(actor)?;
    let ends = organisation.subtree(unit.key);
    let others: Vec<Unit> = part.into_iter().filter(|other| !ends.contains(&other.key)).collect();
    let chosen = |code: &str| match fields {
        Some(fields) => all(fields, "successor").contains(&code),
        None => organisation.successors(unit.key).any(|after| after.code == code),
    };
    let given = fields.map(|fields| fields.kept(&["last", "below", "typed"]));
    Ok(unkept(app::pages::unit::close(&ClosePage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        unit: &row(web, &organisation, unit, 0),
        below: &below,
        successors: &boxes(existing(&rows(web, &others), lang), chosen),
        today: &today.to_string(),
        given: &given.unwrap_or_default(),
        problem,
        answered,
    })))
}

/// `GET /admin/units/{unit}/close`: what the end of a unit will do.
pub(super) async fn closing(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(code): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.unit_for(&actor, Act::Administer, &code)?;
    close_page(&web, (&actor, &unit), super::lang(query.as_deref()), (None, None, None))
}

/// `POST /admin/units/{unit}/close`.
pub(super) async fn close(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(code): Name,
    fields: Fields,
) -> Result<Response, Error> {
    let lang = fields.lang();
    let unit = web.service.unit_for(&actor, Act::Administer, &code)?;
    let closing = Closing {
        last: fields.get("last"),
        below: fields.get("below") == "1",
        successors: all(&fields, "successor"),
        typed: fields.get("typed"),
    };
    match web.service.close_unit(&actor, &code, &closing).await {
        Ok(()) => Ok(see_other(&format!("/admin/units/{code}?done=1"), lang)),
        Err(refusal) => {
            let answered = match &refusal {
                Refusal::Wrong(Wrong::Answered(last)) => Some(*last),
                _ => None,
            };
            let shown = (Some(&fields), Some(problem(refusal)?), answered);
            Ok(unprocessable(close_page(&web, (&actor, &unit), lang, shown)?))
        }
    }
}
