//! The tables of a report: the level below with its places, and by stage, field and channel.

use std::collections::HashSet;

use domain::index::Figure;
use domain::instrument::{Instrument, Measured as Place};
use domain::report::{Below, Cell, Figured, State};
use domain::response::Stage;
use domain::review;
use domain::statistics::rank::{RANKED_MIN, ranks};
use domain::unit::{Channel, Key, Kind};

use super::super::figures::{Measured, Part};
use super::make::Material;

/// The units and points of the first level below on which there is more than one, in the order of
/// their places, each kind by itself.
pub(super) fn below(material: &Material<'_>, unit: Key, instrument: &Instrument) -> Vec<Below> {
    let organisation = &material.organisation;
    let mut parts = material.figures.parts_of(unit, instrument);
    while let [(Part::Unit(only), _)] = parts[..] {
        parts = material.figures.parts_of(only, instrument);
    }
    let kind = |part: &Part| match part {
        Part::Unit(key) => organisation.unit_by_key(*key).map(|unit| unit.kind),
        Part::Point(..) => None,
    };
    let order = |kind: Option<Kind>| Kind::ALL.iter().position(|k| Some(*k) == kind);
    let mut places = vec![None; parts.len()];
    let kinds: HashSet<Option<Kind>> = parts.iter().map(|(part, _)| kind(part)).collect();
    let group = instrument.counter_group();
    for of in kinds {
        let members: Vec<usize> = (0..parts.len()).filter(|&at| kind(&parts[at].0) == of).collect();
        if members.len() < 2 {
            continue;
        }
        let estimate = |at: &usize| {
            let m = &parts[*at].1;
            (m.responses >= RANKED_MIN).then(|| m.sure.measured_groups[group]).flatten()
        };
        let found = ranks(&members.iter().map(estimate).collect::<Vec<_>>());
        let among = found.iter().flatten().count();
        for (at, rank) in members.into_iter().zip(found) {
            places[at] = rank.map(|rank| review::Place::new(rank, among));
        }
    }
    let mut rows: Vec<Below> = parts
        .iter()
        .zip(places)
        .filter_map(|((part, measured), rank)| {
            let (code, name, closed_on) = match part {
                Part::Unit(key) => {
                    let unit = organisation.unit_by_key(*key)?;
                    let ended = unit.valid_to.filter(|to| *to <= material.last());
                    (unit.code.clone(), unit.name.clone(), ended)
                }
                Part::Point(_, key) => {
                    let point = organisation.point_by_key(*key)?;
                    (point.code.clone(), point.name.clone(), None)
                }
            };
            Some(Below {
                code,
                name,
                kind: kind(part),
                closed_on,
                responses: measured.responses,
                figures: figured(measured),
                rank,
            })
        })
        .collect();
    rows.sort_by_key(|row| {
        let place = row.rank.map_or(usize::MAX, |rank| rank.place);
        (order(row.kind).unwrap_or(usize::MAX), place)
    });
    rows
}

/// The figures by stage or field; `None` until the month is over.
pub(super) fn marginal(
    material: &Material<'_>,
    unit: Key,
    instrument: &Instrument,
    dimension: &str,
) -> Option<Vec<Cell>> {
    let rows = material.beside.marginals.as_ref()?;
    let rows = rows.iter().filter(|row| row.key.dimension == dimension);
    let cells = material.figures.marginals(unit, instrument, rows);
    let fields = material.service.instruments.fields();
    let mut cells: Vec<Cell> = cells
        .into_iter()
        .map(|(value, measured)| {
            let name = fields.iter().find(|field| dimension == "field" && field.vi == value);
            cell(value.clone(), name.cloned(), &measured)
        })
        .collect();
    let place = |cell: &Cell| match dimension {
        "stage" => Stage::ALL.iter().position(|stage| stage.name() == cell.value),
        _ => fields.iter().position(|field| field.vi == cell.value),
    };
    cells.sort_by_key(|cell| place(cell).unwrap_or(usize::MAX));
    Some(cells)
}

/// The figures by channel.
pub(super) fn channels(material: &Material<'_>, unit: Key, instrument: &Instrument) -> Vec<Cell> {
    let cells = material.figures.channels(unit, instrument);
    let mut cells: Vec<Cell> =
        cells.into_iter().map(|(value, measured)| cell(value, None, &measured)).collect();
    let place = |cell: &Cell| Channel::ALL.iter().position(|channel| channel.name() == cell.value);
    cells.sort_by_key(place);
    cells
}

/// A mean is not shown where one of its members is withheld: the others are known from elsewhere.
fn cell(value: String, name: Option<domain::questionnaire::Text>, measured: &Measured) -> Cell {
    let mut figures = figured(measured);
    let hidden = figures.iter().skip(1).any(|figure| figure.state == State::Withheld);
    if let (true, Some(group)) = (hidden, figures.first_mut()) {
        *group = Figured::new(&group.code, Figure::Withheld, None);
    }
    Cell { value, name, responses: measured.responses, figures }
}

/// The group that counters measure, then its components.
fn figured(measured: &Measured) -> Vec<Figured> {
    let Measured { instrument, index, sure, .. } = measured;
    let of = |(code, _, at): (&str, _, Place)| {
        let figure = at.of(&index.groups, &index.components);
        Figured::new(code, figure, at.of(&sure.groups, &sure.components))
    };
    instrument.measured().map(of).collect()
}
