//! Units and points.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use domain::code;
use domain::day;
use domain::unit::{Channel, Key, Kind, Organisation};
use rand::Rng;

use super::Known;
use super::bad::{Bad, What, bad};
use super::table::{Columns, Found, Row, Table};
use crate::store::{NewPoint, NewUnit};

const KINDS: &str = "province, department, district, commune, vertical, centre, branch, reception";
const CHANNELS: &str = "qr, kiosk, assisted, paper, phone";

const UNITS: Columns<'_> = Columns {
    required: &["code", "parent", "kind", "name", "valid_from", "valid_to", "predecessors"],
    optional: &["public"],
};
const POINTS: Columns<'_> = Columns {
    required: &["code", "unit", "name", "channel", "open_from", "open_to"],
    optional: &[],
};

/// Reads units.
pub(super) fn units(file: impl Read, known: &Known) -> Result<Found<NewUnit>, Bad> {
    let mut table = Table::open(file, "units", &UNITS, |_| false)?;
    let mut codes = HashSet::new();
    let mut found = table.all(|row| {
        let unit = unit(row)?;
        ends_after_its_answers(row, &unit, known)?;
        match codes.insert(unit.code.clone()) {
            true => Ok(unit),
            false => Err(row.bad("code", What::new("twice"))),
        }
    });
    // Whether the units make a tree can be said of a whole file alone.
    if found.bad.is_empty() {
        found.bad = faults_of_tree(&found.rows, &known.organisation);
        found.bad.extend(outside(&found.rows, known));
    }
    Ok(found)
}

fn unit(row: &Row<'_>) -> Result<NewUnit, Bad> {
    let unit = NewUnit {
        code: row.code("code")?,
        parent: row.optional("parent"),
        kind: row.choice("kind", Kind::parse, KINDS)?,
        name: row.text("name")?,
        valid_from: row.date("valid_from")?,
        valid_to: row.date("valid_to")?,
        predecessors: row
            .cell("predecessors")
            .split('|')
            .map(|code| code.trim().to_owned())
            .filter(|code| !code.is_empty())
            .collect(),
        public: row.flag("public")?,
    };
    if unit.valid_from.zip(unit.valid_to).is_some_and(|(from, to)| to < from) {
        return Err(row.bad("valid_to", What::new("before").with("column", "valid_from")));
    }
    Ok(unit)
}

/// A unit that is ended anew ends no earlier than its last answers; one that ended so before stays as it is.
fn ends_after_its_answers(row: &Row<'_>, unit: &NewUnit, known: &Known) -> Result<(), Bad> {
    let before = known.organisation.unit(&unit.code).filter(|old| old.valid_to != unit.valid_to);
    let latest = before.and_then(|old| known.answered.get(&old.key));
    match latest.filter(|latest| unit.valid_to.is_some_and(|last| last < **latest)) {
        None => Ok(()),
        Some(latest) => {
            let what = What::new("answered").with("day", day::vietnamese(*latest));
            Err(row.bad("valid_to", what))
        }
    }
}

/// Reads points. One without a code has an empty one: see [`with_codes`].
pub(super) fn points(file: impl Read, known: &Known) -> Result<Found<NewPoint>, Bad> {
    let mut table = Table::open(file, "points", &POINTS, |_| false)?;
    let mut codes = HashSet::new();
    Ok(table.all(|row| {
        let point = point(row, known)?;
        match point.code.is_empty() || codes.insert(point.code.clone()) {
            true => Ok(point),
            false => Err(row.bad("code", What::new("twice"))),
        }
    }))
}

fn point(row: &Row<'_>, known: &Known) -> Result<NewPoint, Bad> {
    let code = match row.optional("code") {
        None => String::new(),
        Some(given) => {
            code::parse(&given).ok_or_else(|| row.bad("code", What::cell("point-code", given)))?
        }
    };
    let point = NewPoint {
        code,
        unit: row.text("unit")?,
        name: row.text("name")?,
        channel: row.choice("channel", Channel::parse, CHANNELS)?,
        open_from: row.date("open_from")?,
        open_to: row.date("open_to")?,
    };
    if known.organisation.revoked(&point.code).is_some() {
        return Err(row.bad("code", What::new("revoked")));
    }
    known.unit(row, "unit", &point.unit)?;
    // A point that is known is taken away from its unit: that one counts too.
    let before = known.organisation.point(&point.code);
    if before.is_some_and(|before| !known.scope.holds(before.unit)) {
        return Err(row.bad("code", What::cell("outside", &*point.code)));
    }
    if point.open_from.zip(point.open_to).is_some_and(|(from, to)| to < from) {
        return Err(row.bad("open_to", What::new("before").with("column", "open_from")));
    }
    Ok(point)
}

/// The points, with a new code for each that has none.
pub(super) fn with_codes(points: Vec<NewPoint>) -> Vec<NewPoint> {
    let coded = |mut point: NewPoint| {
        if point.code.is_empty() {
            point.code = code::make(rand::rng().next_u64());
        }
        point
    };
    points.into_iter().map(coded).collect()
}

/// Parents and predecessors exist, in the file or before it, and no unit lies below itself or continues
/// itself by way of others. Of a circle each line is named.
fn faults_of_tree(units: &[(u64, NewUnit)], organisation: &Organisation) -> Vec<Bad> {
    let new: HashMap<&str, &NewUnit> =
        units.iter().map(|(_, unit)| (unit.code.as_str(), unit)).collect();
    let known = |code: &str| new.contains_key(code) || organisation.unit(code).is_some();
    let named = |key: &Key| organisation.unit_by_key(*key).map(|unit| unit.code.clone());
    let parent = |code: &str| -> Vec<String> {
        let known = || organisation.unit(code).and_then(|unit| named(&unit.parent?));
        let parent = new.get(code).map_or_else(known, |unit| unit.parent.clone());
        Vec::from_iter(parent)
    };
    let predecessors = |code: &str| -> Vec<String> {
        let known = || organisation.unit(code).map(|unit| &unit.predecessors);
        let known = || known().into_iter().flatten().filter_map(named).collect();
        new.get(code).map_or_else(known, |unit| unit.predecessors.clone())
    };
    let fault = |(line, unit): &(u64, NewUnit)| {
        if let Some(parent) = unit.parent.as_deref().filter(|parent| !known(parent)) {
            return Some(bad(*line, "parent", What::cell("no-unit", parent)));
        }
        if let Some(unknown) = unit.predecessors.iter().find(|code| !known(code)) {
            return Some(bad(*line, "predecessors", What::cell("no-unit", unknown)));
        }
        if unit.predecessors.contains(&unit.code) {
            return Some(bad(*line, "predecessors", What::new("own-predecessor")));
        }
        // Else rights and results that follow it would go round and arrive nowhere.
        if comes_back(&unit.code, predecessors) {
            return Some(bad(*line, "predecessors", What::new("predecessor-circle")));
        }
        comes_back(&unit.code, parent).then(|| bad(*line, "parent", What::new("below-itself")))
    };
    units.iter().filter_map(fault).collect()
}

/// Whether steps lead from a unit back to it. Of a circle of others their own lines tell.
fn comes_back(code: &str, step: impl Fn(&str) -> Vec<String>) -> bool {
    let (mut seen, mut next) = (HashSet::new(), step(code));
    while let Some(other) = next.pop() {
        if other == code {
            return true;
        }
        if !seen.contains(&other) {
            next.extend(step(&other));
            seen.insert(other);
        }
    }
    false
}

/// What reaches out of the part of whoever imports: a unit of another part, one that is hung up there or
/// taken to the top, or one that would continue a unit of another part and so show its results.
fn outside(units: &[(u64, NewUnit)], known: &Known) -> Vec<Bad> {
    let (organisation, scope) = (&known.organisation, &known.scope);
    let new: HashMap<&str, &NewUnit> =
        units.iter().map(|(_, unit)| (unit.code.as_str(), unit)).collect();
    // A unit that is made here lies where the first known one above it does.
    let holds = |code: Option<&str>| {
        let mut next = code;
        let mut steps = 0;
        while let Some(code) = next.filter(|_| steps <= units.len()) {
            match (organisation.unit(code), new.get(code)) {
                (Some(unit), _) => return scope.holds(unit.key),
                (None, Some(unit)) => next = unit.parent.as_deref(),
                (None, None) => return false,
            }
            steps += 1;
        }
        next.is_none() && scope.holds_the_top()
    };
    let code_of = |key| organisation.unit_by_key(key).map(|unit| unit.code.as_str());
    let fault = |(line, unit): &(u64, NewUnit)| {
        let before = organisation.unit(&unit.code);
        if before.is_some_and(|before| !scope.holds(before.key)) {
            return Some(bad(*line, "code", What::cell("outside", &*unit.code)));
        }
        let parent = unit.parent.as_deref();
        let stays = before.is_some_and(|before| before.parent.and_then(code_of) == parent);
        if !stays && !holds(parent) {
            let parent = parent.unwrap_or_default();
            return Some(bad(*line, "parent", What::cell("outside", parent)));
        }
        let had = |code: &str| {
            let mut old = before.iter().flat_map(|before| &before.predecessors);
            old.any(|key| code_of(*key) == Some(code))
        };
        let taken = unit.predecessors.iter().find(|code| !had(code) && !holds(Some(code)));
        taken.map(|code| bad(*line, "predecessors", What::cell("outside", code)))
    };
    units.iter().filter_map(fault).collect()
}
