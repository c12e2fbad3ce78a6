//! Targets and dossiers.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use domain::target::{Dossiers, IndexName, Target};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Known;
use super::bad::{Bad, What};
use super::table::{Columns, Found, Row, Table};

/// The longest source and the longest quotation of a plan, in characters.
pub(crate) const WORDS_MAX: usize = 1000;
/// The most dossiers of a month that are believed.
pub(crate) const HANDLED_MAX: i64 = 100_000_000;
const INDICES: &str = "sipas, par, ddci, dti";

const TARGETS: Columns<'_> = Columns {
    required: &[
        "unit",
        "year",
        "index",
        "code",
        "name",
        "max",
        "baseline",
        "baseline_rank",
        "rank_of",
        "target",
    ],
    optional: &["actual", "actual_date", "source", "goal", "goal_text"],
};
const DOSSIERS: Columns<'_> = Columns { required: &["unit", "month", "handled"], optional: &[] };

/// Unit, year, index and code: what a row of a table is known by.
type RowKey = (String, i16, IndexName, String);

fn key(row: &Target) -> RowKey {
    (row.unit.clone(), row.year, row.index, row.code.clone())
}

/// Reads targets. A column that the file does not have leaves what was entered before.
pub(super) fn targets(file: impl Read, known: &Known) -> Result<Found<Target>, Bad> {
    let mut table = Table::open(file, "targets", &TARGETS, |_| false)?;
    let mut kept: Vec<&str> = vec![];
    kept.extend(TARGETS.optional.iter().filter(|name| !table.columns().iter().any(|c| c == *name)));
    let stored: HashMap<RowKey, &Target> =
        known.targets.iter().map(|row| (key(row), row)).collect();
    let mut keys = HashSet::new();
    Ok(table.all(|row| {
        let mut target = target(row)?;
        known.unit(row, "unit", &target.unit)?;
        if let Some((column, what)) = fault(&target, known.today) {
            return Err(row.bad(column, what));
        }
        if !keys.insert(key(&target)) {
            return Err(row.bad("code", What::new("twice")));
        }
        if let Some(before) = stored.get(&key(&target)) {
            keep(&mut target, before, &kept);
            if row.numbers_lose_zeros() {
                keep_digits(&mut target, before);
            }
        }
        Ok(target)
    }))
}

fn target(row: &Row<'_>) -> Result<Target, Bad> {
    let year: Option<i16> = row.whole("year")?;
    Ok(Target {
        unit: row.text("unit")?,
        year: year
            .filter(|year| (1900..=2200).contains(year))
            .ok_or_else(|| row.bad("year", What::cell("year", row.cell("year"))))?,
        index: row.choice("index", IndexName::parse, INDICES)?,
        code: row.code("code")?,
        name: row.text("name")?,
        max: row.decimal("max")?,
        baseline: row.decimal("baseline")?,
        baseline_rank: row.whole("baseline_rank")?,
        rank_of: row.whole("rank_of")?,
        target: row.decimal("target")?,
        actual: row.decimal("actual")?,
        actual_date: row.date("actual_date")?,
        source: row.words("source", WORDS_MAX)?,
        goal: row.decimal("goal")?,
        goal_text: row.words("goal_text", WORDS_MAX)?,
    })
}

/// What of a row cannot be: its column, and why.
pub(crate) fn fault(target: &Target, today: Date) -> Option<(&'static str, What)> {
    // All four indices and their parts are at most a hundred, and nothing is less than nothing.
    let most = target.max.unwrap_or(Decimal::ONE_HUNDRED).min(Decimal::ONE_HUNDRED);
    for (column, number, most) in [
        ("max", target.max, Decimal::ONE_HUNDRED),
        ("baseline", target.baseline, most),
        ("target", target.target, most),
        ("actual", target.actual, most),
        ("goal", target.goal, most),
    ] {
        if number.is_some_and(|number| number < Decimal::ZERO || number > most) {
            let most = most.normalize().to_string();
            return Some((column, What::new("range").with("number", most)));
        }
    }
    if target.actual_date.is_some_and(|day| day > today) {
        return Some(("actual_date", What::new("future")));
    }
    let rank = target.baseline_rank.zip(target.rank_of);
    rank.is_some_and(|(rank, of)| rank < 1 || rank > of)
        .then(|| ("baseline_rank", What::new("rank")))
}

fn keep(target: &mut Target, before: &Target, kept: &[&str]) {
    for column in kept {
        match *column {
            "actual" => target.actual = before.actual,
            "actual_date" => target.actual_date = before.actual_date,
            "source" => target.source.clone_from(&before.source),
            "goal" => target.goal = before.goal,
            _ => target.goal_text.clone_from(&before.goal_text),
        }
    }
}

/// What is the same number stays as it was entered, to the digit.
pub(crate) fn keep_digits(target: &mut Target, before: &Target) {
    for (new, old) in [
        (&mut target.max, before.max),
        (&mut target.baseline, before.baseline),
        (&mut target.target, before.target),
        (&mut target.actual, before.actual),
        (&mut target.goal, before.goal),
    ] {
        // Equal decimals may be written with more or fewer zeros.
        if *new == old {
            *new = old;
        }
    }
}

/// Reads numbers of dossiers.
pub(super) fn dossiers(file: impl Read, known: &Known) -> Result<Found<Dossiers>, Bad> {
    let mut table = Table::open(file, "dossiers", &DOSSIERS, |_| false)?;
    let mut keys = HashSet::new();
    Ok(table.all(|row| {
        let dossiers = Dossiers {
            unit: row.text("unit")?,
            month: row.month("month")?,
            handled: row.whole("handled")?.ok_or_else(|| row.bad("handled", What::new("empty")))?,
        };
        known.unit(row, "unit", &dossiers.unit)?;
        if dossiers.handled > HANDLED_MAX {
            return Err(
                row.bad("handled", What::new("range").with("number", HANDLED_MAX.to_string()))
            );
        }
        match keys.insert((dossiers.unit.clone(), dossiers.month)) {
            true => Ok(dossiers),
            false => Err(row.bad("month", What::new("twice"))),
        }
    }))
}
