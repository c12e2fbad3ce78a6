//! Components, items, what pulls the score down, and how well the questionnaire measures.

use app::text::{t, t_args};
use domain::document::{Document, GroupDocument, ItemDocument};
use domain::questionnaire::Lang;
use domain::report::{Part, ReliabilityOf};

use super::{Kind, Row, Table, Value, notes, state, unmeasured};

/// Groups that are asked at counters.
pub(in crate::export) fn measured(document: &Document) -> impl Iterator<Item = &GroupDocument> {
    document.groups.iter().filter(|group| !unmeasured(document, &group.code))
}

/// The name of a group or component in a language.
pub(in crate::export) fn name<'a>(part: &'a Part, code: &str, lang: Lang) -> &'a str {
    part.text(code, lang)
}

/// Answers on the scale to some items, where all of them are shown.
fn answers<'a>(items: impl IntoIterator<Item = &'a ItemDocument>) -> Value {
    let counts = items.into_iter().map(|item| Some(item.counts?.iter().sum::<u64>()));
    counts.sum::<Option<u64>>().map_or(Value::Withheld, Value::Count)
}

pub(super) fn components(part: &Part, lang: Lang) -> Table {
    let figures = &part.figures;
    let mut table = Table::of(part, lang, "components", "components-column")
        .scored(lang)
        .with(lang, "design_effect", "file-design-effect", Kind::Score)
        .with(lang, "answers", "report-answers", Kind::Count)
        .with(lang, "note", "file-note", Kind::Words);
    table.coded = true;
    for group in measured(figures) {
        for component in &group.components {
            let estimate = component.estimate;
            let values = vec![
                Value::score(state(figures, &component.code), estimate.score),
                Value::number(estimate.low),
                Value::number(estimate.high),
                Value::number(component.design_effect),
                answers(&component.items),
                notes(figures, &component.code, lang),
            ];
            table.row(&component.code, name(part, &component.code, lang), values);
        }
        let estimate = group.estimate;
        table.rows.push(Row {
            code: group.code.clone(),
            name: name(part, &group.code, lang).to_owned(),
            total: true,
            values: vec![
                Value::score(state(figures, &group.code), estimate.score),
                Value::number(estimate.low),
                Value::number(estimate.high),
                Value::Blank,
                answers(group.components.iter().flat_map(|component| &component.items)),
                notes(figures, &group.code, lang),
            ],
        });
    }
    table.notes = figures
        .groups
        .iter()
        .filter(|group| unmeasured(figures, &group.code))
        .map(|group| format!("{}. {}", group.code, name(part, &group.code, lang)))
        .map(|named| t_args(lang, "file-unmeasured", &[("list", named)]))
        .collect();
    table.notes.push(t(lang, "method-index"));
    table
}

pub(super) fn items(part: &Part, lang: Lang) -> Table {
    let figures = &part.figures;
    let mut table = Table::of(part, lang, "items", "items-column");
    table.coded = true;
    for answer in 1..=5 {
        let words = format!("scale-{answer}");
        table = table.with(lang, &format!("n{answer}"), &words, Kind::Count);
    }
    table = table
        .with(lang, "answers", "report-answers", Kind::Count)
        .with(lang, "not_applicable", "file-na", Kind::Count)
        .scored(lang)
        .with(lang, "note", "file-note", Kind::Words);
    let groups = measured(figures).flat_map(|group| &group.components);
    for item in groups.flat_map(|component| &component.items) {
        let own = state(figures, &item.code);
        let mut values: Vec<Value> = match item.counts {
            Some(counts) => counts.iter().copied().map(Value::Count).collect(),
            None => vec![Value::Withheld; 5],
        };
        values.extend([
            answers([item]),
            item.not_applicable.map_or(Value::Withheld, Value::Count),
            Value::score(own, item.estimate.score),
            Value::number(item.estimate.low),
            Value::number(item.estimate.high),
            notes(figures, &item.code, lang),
        ]);
        table.row(&item.code, part.text(&item.code, lang), values);
    }
    table.notes.push(t(lang, "file-answers-means"));
    table
}

pub(super) fn drivers(part: &Part, lang: Lang) -> Table {
    let mut table = Table::of(part, lang, "drivers", "items-column")
        .with(lang, "component", "components-column", Kind::Words)
        .with(lang, "score", "score-column", Kind::Score)
        .with(lang, "gap", "file-gap", Kind::Score)
        .with(lang, "weight", "file-weight", Kind::Fine)
        .with(lang, "gain", "drivers-gain", Kind::Score);
    table.coded = true;
    for driver in &part.drivers {
        let values = vec![
            Value::Words(name(part, &driver.component, lang).to_owned()),
            Value::Number(driver.score),
            Value::Number(driver.gap),
            Value::Number(driver.weight),
            Value::Number(driver.gain),
        ];
        table.row(&driver.code, part.text(&driver.code, lang), values);
    }
    table.notes.push(t(lang, "drivers-why"));
    table
}

pub(super) fn reliability(part: &Part, found: &ReliabilityOf, lang: Lang) -> Table {
    let mut table = Table::of(part, lang, "reliability", "components-column")
        .with(lang, "alpha", "instrument-alpha", Kind::Score)
        .with(lang, "pairs", "file-pairs", Kind::Count)
        .with(lang, "correlation", "file-correlation", Kind::Score);
    table.coded = true;
    for component in &found.components {
        let values = vec![
            Value::number(component.alpha),
            Value::Count(component.pairs),
            Value::number(component.correlation),
        ];
        table.row(&component.code, name(part, &component.code, lang), values);
    }
    table.rows.push(Row {
        code: String::new(),
        name: t(lang, "file-all-components"),
        total: true,
        values: vec![Value::number(found.alpha), Value::Count(found.pairs), Value::Blank],
    });
    table.notes.push(t(lang, "instrument-means"));
    table
}
