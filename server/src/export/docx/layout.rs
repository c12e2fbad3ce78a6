//! How tables of the report are laid out on paper: fewer columns than in a workbook, with both ends of
//! an interval in one.

use app::text::{self, t};
use domain::questionnaire::Lang;

use super::body::{Body, Cell, Column, Side};
use crate::export::tables::{Kind, Row, Table, Value};
use crate::export::wording::{change, score};

/// Columns by their keys, `code` and `name` among them, two keys joined by `+` for an interval; and
/// their parts of the width.
pub(super) type Shape<'s> = [(&'s str, u32)];

pub(super) const COMPONENTS: &Shape<'_> =
    &[("code", 9), ("name", 49), ("score", 14), ("low+high", 28)];
pub(super) const ITEMS: &Shape<'_> = &[
    ("code", 9),
    ("name", 37),
    ("n1", 6),
    ("n2", 6),
    ("n3", 6),
    ("n4", 6),
    ("n5", 6),
    ("not_applicable", 8),
    ("score", 9),
    ("low+high", 14),
];
pub(super) const DRIVERS: &Shape<'_> =
    &[("code", 9), ("name", 43), ("component", 24), ("score", 11), ("gain", 13)];
pub(super) const SINCE: &Shape<'_> = &[
    ("code", 9),
    ("name", 25),
    ("before", 9),
    ("after", 9),
    ("change", 10),
    ("low+high", 20),
    ("reading", 18),
];
pub(super) const TREND: &Shape<'_> =
    &[("name", 13), ("responses", 13), ("score", 13), ("low+high", 23), ("note", 38)];
pub(super) const GOALS: &Shape<'_> = &[
    ("code", 9),
    ("name", 23),
    ("baseline", 11),
    ("target", 9),
    ("current", 11),
    ("gap", 9),
    ("projection", 11),
    ("probability", 14),
    ("verdict", 14),
];
pub(super) const BELOW: &Shape<'_> = &[
    ("place", 9),
    ("place_low+place_high", 12),
    ("name", 38),
    ("responses", 12),
    ("score", 11),
    ("low+high", 18),
];
pub(super) const GROUPS: &Shape<'_> =
    &[("name", 44), ("responses", 15), ("score", 16), ("low+high", 25)];
pub(super) const POPULATION: &Shape<'_> = &[("name", 56), ("value", 16), ("low+high", 28)];
pub(super) const QUALITY: &Shape<'_> = &[("name", 70), ("value", 30)];
pub(super) const RELIABILITY: &Shape<'_> =
    &[("code", 9), ("name", 46), ("alpha", 14), ("pairs", 14), ("correlation", 17)];
pub(super) const BORDERS: &Shape<'_> =
    &[("name", 46), ("questionnaire", 14), ("responses", 12), ("score", 12), ("low+high", 16)];
pub(super) const CORRECTION: &Shape<'_> = &[("name", 60), ("sealed", 20), ("now", 20)];
pub(super) const METHOD: &Shape<'_> = &[("name", 22), ("value", 78)];

/// Of counts by month, which know no days and so no interval: the score and those of the components,
/// under their codes.
pub(super) fn by_component<'s>(codes: &[&'s str]) -> Vec<(&'s str, u32)> {
    let mut shape = vec![("name", 22), ("responses", 12), ("score", 11)];
    shape.extend(codes.iter().map(|code| (*code, 11)));
    shape
}

/// Lays out some columns of a table, and its first rows where not all are wanted. Returns whether one of the
/// figures is on few persons, which a star says.
pub(super) fn table(
    body: &mut Body,
    table: &Table,
    shape: &Shape<'_>,
    lang: Lang,
    most: usize,
) -> bool {
    let columns: Vec<Column> = shape
        .iter()
        .map(|(key, share)| Column {
            name: head(table, key, lang),
            share: *share,
            side: side(table, key),
        })
        .collect();
    let row = |row: &Row| -> Vec<Cell> {
        shape.iter().map(|(key, _)| cell(table, row, key, lang)).collect()
    };
    let rows: Vec<Vec<Cell>> = table.rows.iter().take(most).map(row).collect();
    body.table(&table.title, &columns, &rows);
    let shown = shape.iter().filter_map(|(key, _)| at(table, key));
    let few = |row: &Row| shown.clone().any(|at| matches!(row.values.get(at), Some(Value::Few(_))));
    table.rows.iter().take(most).any(few)
}

fn at(table: &Table, key: &str) -> Option<usize> {
    table.columns.iter().position(|column| column.key == key)
}

fn head(table: &Table, key: &str, lang: Lang) -> String {
    match key {
        "code" => t(lang, "file-code"),
        "name" => table.subject.clone(),
        "place_low+place_high" => t(lang, "ranks-range"),
        "n1" | "n2" | "n3" | "n4" | "n5" => key[1..].to_owned(),
        _ if key.contains('+') => t(lang, "range-column"),
        // Names of components are too long beside each other; the notes say where they stand.
        _ if key.contains('.') => key.to_owned(),
        _ => at(table, key).map_or_else(String::new, |at| table.columns[at].name.clone()),
    }
}

fn side(table: &Table, key: &str) -> Side {
    match key {
        "code" | "place" => Side::Centre,
        "name" => Side::Left,
        _ if key.contains('+') => Side::Centre,
        _ => match at(table, key).map(|at| table.columns[at].kind) {
            Some(Kind::Words) | None => Side::Left,
            Some(_) => Side::Right,
        },
    }
}

fn cell(table: &Table, row: &Row, key: &str, lang: Lang) -> Cell {
    let of =
        |key: &str| at(table, key).and_then(|at| Some((row.values.get(at)?, table.kind(row, at))));
    let (text, slanted) = match key {
        "code" => (row.code.clone(), false),
        "name" => (row.name.clone(), false),
        _ => match key.split_once('+') {
            Some((low, high)) => {
                let ends =
                    [low, high].map(|key| of(key).filter(|(value, _)| **value != Value::Blank));
                match ends {
                    [Some((low, kind)), Some((high, _))] => {
                        let [low, high] = [low, high].map(|end| said(end, kind, key, lang));
                        (format!("{low} – {high}"), false)
                    }
                    _ => ("–".to_owned(), false),
                }
            }
            None => of(key).map_or_else(Default::default, |(value, kind)| match value {
                Value::Withheld => (table.withheld(row, lang), true),
                _ => (said(value, kind, key, lang), *value == Value::None),
            }),
        },
    };
    Cell { text, bold: row.total, slanted }
}

fn said(value: &Value, kind: Kind, key: &str, lang: Lang) -> String {
    match value {
        Value::Words(words) => words.clone(),
        Value::Few(number) => format!("{}*", said(&Value::Number(*number), kind, key, lang)),
        // One word, that no line cuts.
        Value::Number(number) if key == "probability" => {
            text::chance(lang, *number).replace(' ', "\u{a0}")
        }
        Value::Number(number) => match kind {
            Kind::Change => change(lang, *number),
            Kind::Fine => text::decimal(lang, *number, 3),
            Kind::Rate => text::decimal(lang, *number, 1),
            Kind::Words | Kind::Count | Kind::Score => score(lang, *number),
        },
        Value::Count(number) => text::count(lang, *number),
        Value::Day(day) => text::day(*day),
        Value::Withheld => t(lang, "withheld-short"),
        Value::None => t(lang, "none-short"),
        Value::Blank if kind == Kind::Words => String::new(),
        Value::Blank => "–".to_owned(),
    }
}
