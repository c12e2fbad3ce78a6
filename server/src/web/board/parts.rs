//! The rows of the units and points below a unit.

use app::pages::board::PartRow;
use domain::index::Figure;
use domain::instrument::Instrument;
use domain::unit::{Key, Organisation};

use crate::service::access::Readable;
use crate::service::figures::{Figures, Measured, Part, Period};

/// The parts of a unit: all that exist in the period, and those that have answers.
pub(super) fn part_rows(
    figures: &Figures,
    organisation: &Organisation,
    unit: &Readable,
    instrument: &Instrument,
    period: Period,
) -> Vec<PartRow> {
    let mut measured = figures.parts(unit, instrument);
    let mut rows = vec![];
    for child in organisation.children(unit.key) {
        let at = measured.iter().position(|(part, _)| *part == Part::Unit(child.key));
        let measured = at.map(|at| measured.swap_remove(at).1);
        let exists = child.valid_to.is_none_or(|last| period.from <= last)
            && child.valid_from.is_none_or(|first| first <= period.to);
        if exists || measured.is_some() {
            let named = (child.code.clone(), child.name.clone(), true);
            rows.push(part_row(named, measured.as_ref(), instrument));
        }
    }
    for point in organisation.points_of(unit.key) {
        let part = Part::Point(unit.key, point.key);
        let at = measured.iter().position(|(other, _)| *other == part);
        let measured = at.map(|at| measured.swap_remove(at).1);
        let named = (point.code.clone(), point.name.clone(), false);
        rows.push(part_row(named, measured.as_ref(), instrument));
    }
    for (part, measured) in measured {
        let Part::Point(_, point) = part else { continue };
        let named = named(organisation, Part::Point(unit.key, point));
        rows.push(part_row(named, Some(&measured), instrument));
    }
    rows
}

/// Code and name of a part, and whether it has a board of its own.
type Named = (String, String, bool);

/// What a part is called.
pub(super) fn named(organisation: &Organisation, part: Part) -> Named {
    let unit = |key: Key| organisation.unit_by_key(key).map(|u| (u.code.clone(), u.name.clone()));
    let point = |key: Key| organisation.point_by_key(key).map(|p| (p.code.clone(), p.name.clone()));
    let (found, board) = match part {
        Part::Unit(key) => (unit(key), true),
        Part::Point(_, key) => (point(key), false),
    };
    let (code, name) = found.unwrap_or_default();
    (code, name, board)
}

fn part_row(
    (code, name, board): Named,
    measured: Option<&Measured>,
    instrument: &Instrument,
) -> PartRow {
    let group = instrument.counter_group();
    let of_group = instrument.spans.iter().map(|span| span.group == group);
    let components = match measured {
        Some(m) => {
            m.index.components.iter().zip(of_group).filter(|(_, of)| *of).map(|(f, _)| *f).collect()
        }
        None => of_group.filter(|of| *of).map(|_| Figure::None).collect(),
    };
    PartRow {
        link: board.then(|| code.clone()),
        code,
        name,
        responses: measured.map_or(0, |m| m.responses),
        group: measured.map_or(Figure::None, |m| m.index.groups[group]),
        components,
    }
}

/// Sorts by name, number of answers, score or a component's code; a hyphen in front turns it round.
/// Rows without a score stand last either way.
pub(super) fn sort_rows(rows: &mut [PartRow], sort: &str, instrument: &Instrument) {
    let (down, by) = sort.strip_prefix('-').map_or((false, sort), |by| (true, by));
    let turn = |order: std::cmp::Ordering| if down { order.reverse() } else { order };
    rows.sort_by_key(|a| natural(&a.name));
    let group = instrument.counter_group();
    let codes = instrument.questionnaire.groups[group].components.iter().map(|c| c.code.as_str());
    let component = codes.clone().position(|code| code == by);
    match (by, component) {
        ("responses", _) => rows.sort_by(|a, b| turn(a.responses.cmp(&b.responses))),
        ("score", _) | (_, Some(_)) => {
            let score = |row: &PartRow| match component {
                Some(at) => row.components.get(at).and_then(|figure| figure.score()),
                None => row.group.score(),
            };
            rows.sort_by(|a, b| match (score(a), score(b)) {
                (Some(a), Some(b)) => turn(a.cmp(&b)),
                (a, b) => b.is_some().cmp(&a.is_some()),
            });
        }
        _ if down => rows.reverse(),
        _ => {}
    }
}

/// "Quầy 2" before "Quầy 10".
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts = vec![];
    let mut rest = name;
    while !rest.is_empty() {
        let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits =
            rest[word..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |n| word + n);
        parts.push((rest[..word].to_lowercase(), rest[word..digits].parse().unwrap_or(0)));
        rest = &rest[digits..];
    }
    parts
}
