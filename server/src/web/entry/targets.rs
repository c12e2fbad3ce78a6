//! The tables of a unit and year.

use std::collections::HashMap;

use app::pages::entry::{EntryRow, EntryTable, Outcome, TargetsEntry, Typed as Shown};
use app::text::{day, entered};
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use domain::questionnaire::Lang;
use domain::target::{IndexName, TOTAL, Target};
use rust_decimal::Decimal;

use super::{not_entered, past, saved, wrong};
use crate::service::access::Actor;
use crate::service::entry::{Fault, Managed, Typed, seen};
use crate::web::access::Asks;
use crate::web::audit::Names;
use crate::web::form::Fields;
use crate::web::review::UnitYear;
use crate::web::units::desk;
use crate::web::{Error, Shared, see_other, unkept};

/// The columns of the form.
const COLUMNS: [&str; 5] = ["baseline", "target", "actual", "actual_date", "source"];
/// The fields of a new row.
const NEW: [&str; 8] =
    ["index", "code", "name", "max", "baseline", "baseline_rank", "rank_of", "target"];

/// What was sent and not taken.
#[derive(Default)]
struct Sent {
    outcome: Outcome,
    index: Option<IndexName>,
    rows: Vec<Typed>,
    new: Vec<(String, String)>,
    faults: Vec<Fault>,
}

/// `GET /admin/targets/{unit}/{year}`.
pub(in crate::web) async fn show(
    State(web): State<Shared>,
    Asks(actor): Asks,
    UnitYear(unit, year): UnitYear,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.managed(&actor, &unit)?;
    let query = query.as_deref();
    let outcome = saved(query);
    let sent = Sent { outcome, ..Sent::default() };
    page(&web, &actor, (&unit, year), crate::web::lang(query), &sent).await
}

async fn page(
    web: &Shared,
    actor: &Actor,
    (unit, year): (&Managed, i16),
    lang: Lang,
    sent: &Sent,
) -> Result<Response, Error> {
    let service = &web.service;
    let rows = service.entered_targets(unit, year).await?;
    let tables = IndexName::ALL.into_iter().filter_map(|index| {
        let of: Vec<&Target> = rows.iter().filter(|row| row.index == index).collect();
        let typed = if sent.index == Some(index) { &sent.rows[..] } else { &[] };
        let line = |row: &&Target| entry_row(lang, row, typed);
        (!of.is_empty()).then(|| EntryTable {
            index,
            rows: of.iter().map(line).collect(),
            seen: seen(&of),
        })
    });
    let names: HashMap<String, String> =
        rows.iter().map(|row| (known_as(row), named(row))).collect();
    let abouts = rows.iter().map(known_as);
    let entries = service.history(unit, "target.write", abouts).await?;
    let about = |about: &str| {
        let row = about.split_once('/').map_or(about, |(_, row)| row);
        names.get(row).cloned().unwrap_or_else(|| row.to_owned())
    };
    let history = past(web, &entries, &Names::read(web).await?, about);
    Ok(unkept(app::pages::entry::targets(&TargetsEntry {
        lang,
        assets: &web.assets,
        desk: desk(web, actor),
        unit: (&unit.code, &unit.name),
        year,
        tables: &tables.collect::<Vec<_>>(),
        outcome: sent.outcome,
        wrong: &wrong(lang, &sent.faults),
        sent: sent.index,
        given: &sent.new,
        history: &history,
    })))
}

/// What the trail calls a row, after its unit.
fn known_as(row: &Target) -> String {
    format!("{}/{}/{}", row.year, row.index.name(), row.code)
}

/// The row in words.
fn named(row: &Target) -> String {
    let index = row.index.name().to_uppercase();
    match row.code.as_str() {
        TOTAL => format!("{index}: {}", row.name),
        code => format!("{index} {code}: {}", row.name),
    }
}

fn entry_row(lang: Lang, row: &Target, typed: &[Typed]) -> EntryRow {
    let number = |number: Option<Decimal>| number.map(|number| entered(lang, number));
    let typed = typed.iter().find(|typed| typed.code == row.code);
    let field = |column: &'static str| {
        let shown = |number| number_or_nothing(lang, number);
        // The field of a day has a form of its own, whatever the language.
        let (stored, said) = match column {
            "baseline" => (shown(row.baseline), None),
            "target" => (shown(row.target), None),
            "actual" => (shown(row.actual), None),
            "actual_date" => {
                let date = row.actual_date;
                (date.map(|day| day.to_string()).unwrap_or_default(), date.map(day))
            }
            _ => (row.source.clone().unwrap_or_default(), None),
        };
        let given = typed.and_then(|typed| typed.columns.iter().find(|(name, _)| name == column));
        let given = given.map(|(_, value)| value.clone());
        let differs = given.as_ref().is_some_and(|given| given.trim() != stored);
        let now = differs.then(|| said.unwrap_or_else(|| stored.clone()));
        Shown { column, value: given.unwrap_or(stored), now }
    };
    EntryRow {
        code: row.code.clone(),
        name: row.name.clone(),
        max: number(row.max),
        rank: row.baseline_rank.zip(row.rank_of),
        fields: COLUMNS.map(field).to_vec(),
    }
}

fn number_or_nothing(lang: Lang, number: Option<Decimal>) -> String {
    number.map(|number| entered(lang, number)).unwrap_or_default()
}

/// `POST /admin/targets/{unit}/{year}`: the field `do` says what.
pub(in crate::web) async fn save(
    State(web): State<Shared>,
    Asks(actor): Asks,
    UnitYear(unit, year): UnitYear,
    fields: Fields,
) -> Result<Response, Error> {
    let (service, lang) = (&web.service, fields.lang());
    let unit = service.managed(&actor, &unit)?;
    let mut sent = Sent::default();
    let entered = match fields.get("do") {
        "save" => {
            let index = IndexName::parse(fields.get("index")).ok_or(Error::BadRequest)?;
            sent.rows = typed(&fields);
            sent.index = Some(index);
            let seen = fields.get("seen");
            service.enter_targets(&actor, &unit, (year, index), &sent.rows, seen).await
        }
        "add" => {
            sent.new = fields.kept(&NEW);
            let typed = Typed { code: String::new(), columns: sent.new.clone() };
            service.add_target(&actor, &unit, year, &typed).await
        }
        _ => return Err(Error::BadRequest),
    };
    let (status, outcome, faults) = match entered {
        Ok(_) => {
            let path = format!("/admin/targets/{}/{year}?done=1", unit.code);
            return Ok(see_other(&path, lang));
        }
        Err(why) => not_entered(why)?,
    };
    (sent.outcome, sent.faults) = (outcome, faults);
    let page = page(&web, &actor, (&unit, year), lang, &sent).await?;
    Ok((status, page).into_response())
}

/// The fields `CODE:COLUMN`, by row.
fn typed(fields: &Fields) -> Vec<Typed> {
    let mut rows: Vec<Typed> = vec![];
    for (name, value) in &fields.0 {
        let Some((code, column)) = name.split_once(':') else { continue };
        if !COLUMNS.contains(&column) {
            continue;
        }
        let pair = (column.to_owned(), value.clone());
        match rows.iter_mut().find(|row| row.code == code) {
            Some(row) => row.columns.push(pair),
            None => rows.push(Typed { code: code.to_owned(), columns: vec![pair] }),
        }
    }
    rows
}
