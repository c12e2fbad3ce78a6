//! Pages where targets, numbers of dossiers and answers on paper are entered.

mod answers;
mod dossiers;
mod targets;

use app::pages::entry::{Change, Outcome, Past, UnitsPage, Wrong};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Act;
use domain::questionnaire::Lang;

pub(super) use answers::{enter as enter_answers, show as answers};
pub(super) use dossiers::{save as save_dossiers, show as dossiers};
pub(super) use targets::{save as save_targets, show as targets};

use super::access::Asks;
use super::audit::Names;
use super::import::words;
use super::units::desk;
use super::{Error, Shared, asked, see_other, unkept};
use crate::service::access::Actor;
use crate::service::entry::{Fault, NotEntered};
use crate::service::import::{Difference, differences};
use crate::store::Entry;

/// A difference as the pages know it.
pub(super) fn change(one: &Difference) -> Change {
    Change { column: one.column.clone(), before: one.before.clone(), after: one.after.clone() }
}

fn wrong(lang: Lang, faults: &[Fault]) -> Vec<Wrong> {
    let of = |fault: &Fault| Wrong {
        row: fault.row.clone(),
        column: fault.column,
        why: words(lang, &fault.what),
    };
    faults.iter().map(of).collect()
}

/// What the page says where nothing was entered, with what is wrong and the status.
///
/// # Errors
/// What it cannot say: the database has failed.
fn not_entered(why: NotEntered) -> Result<(StatusCode, Outcome, Vec<Fault>), Error> {
    match why {
        NotEntered::Faults(faults) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Outcome::Refused, faults))
        }
        NotEntered::Moved => Ok((StatusCode::CONFLICT, Outcome::Moved, vec![])),
        NotEntered::Store(error) => Err(error.into()),
    }
}

/// What the address says of a form that was sent just before.
fn saved(query: Option<&str>) -> Outcome {
    match asked(query, "done") {
        Some("1") => Outcome::Saved,
        _ => Outcome::Nothing,
    }
}

/// Entries of the trail as a history; `about` says which row one is of.
fn past(
    web: &Shared,
    entries: &[Entry],
    names: &Names,
    about: impl Fn(&str) -> String,
) -> Vec<Past> {
    let clock = &web.service.clock;
    let of = |entry: &Entry| {
        let (before, after) = (entry.before.as_deref(), entry.after.as_deref());
        // Where a row was added, the page shows its row and unit already.
        let told = |one: &&Difference| !matches!(one.column.as_str(), "unit" | "year" | "index");
        Past {
            at: clock.at(entry.at).strftime("%d/%m/%Y %H:%M").to_string(),
            who: names.who(&entry.who),
            about: about(&entry.about),
            known: before.is_some(),
            changes: differences(before, after).iter().filter(told).map(change).collect(),
        }
    };
    entries.iter().map(of).collect()
}

/// `GET /admin/targets`.
pub(super) async fn target_units(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let year = web.service.clock.today().year();
    units(&web, &actor, query.as_deref(), true, |code| format!("/admin/targets/{code}/{year}"))
}

/// `GET /admin/dossiers`.
pub(super) async fn dossier_units(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    units(&web, &actor, query.as_deref(), false, |code| format!("/admin/dossiers/{code}"))
}

/// The units to choose from; whoever has one is led to it.
fn units(
    web: &Shared,
    actor: &Actor,
    query: Option<&str>,
    targets: bool,
    path: impl Fn(&str) -> String,
) -> Result<Response, Error> {
    let (lang, organisation) = (super::lang(query), web.service.organisation());
    let units = web.service.units_for(actor, Act::Manage)?;
    if let [only] = &units[..] {
        return Ok(see_other(&path(&only.code), lang));
    }
    let mut lines: Vec<(Vec<String>, String, String)> = units
        .iter()
        .map(|unit| {
            let above = organisation.upward(unit.key);
            let mut names: Vec<String> = above.iter().map(|unit| unit.name.clone()).collect();
            names.reverse();
            let name = format!("{}{}", "– ".repeat(names.len().saturating_sub(1)), unit.name);
            (names, path(&unit.code), name)
        })
        .collect();
    lines.sort();
    let units: Vec<(String, String)> =
        lines.into_iter().map(|(_, path, name)| (path, name)).collect();
    Ok(unkept(app::pages::entry::units(&UnitsPage {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        targets,
        units: &units,
    })))
}
