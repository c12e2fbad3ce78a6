//! Units and points below, and the answers by stage, field and channel.

use app::text::{t, t_args};
use domain::questionnaire::Lang;
use domain::report::{Below, Cell, Figured, Part, State};

use super::figures::name;
use super::{Kind, Table, Value, remark};

/// Of the columns of a score what is to be said of it, and the scores of its components.
fn with_components(table: Table, figures: Option<&[Figured]>, part: &Part, lang: Lang) -> Table {
    let mut table = table.with(lang, "note", "file-note", Kind::Words);
    for figure in figures.unwrap_or_default().iter().skip(1) {
        table = table.with(lang, &figure.code, "score-column", Kind::Score);
        if let Some(column) = table.columns.last_mut() {
            column.name = format!("{} {}", figure.code, name(part, &figure.code, lang));
        }
    }
    table
}

/// The score of the group, the ends of its interval in tables that have one, and the components.
fn values(figures: &[Figured], responses: u64, interval: bool, lang: Lang) -> Vec<Value> {
    let Some((group, components)) = figures.split_first() else { return vec![] };
    let mut values = vec![Value::score(group.state, group.estimate.score)];
    if interval {
        values.extend([group.estimate.low, group.estimate.high].map(Value::number));
    }
    values.push(remark(group.state, responses, lang));
    let each = |figure: &Figured| Value::score(figure.state, figure.estimate.score);
    values.extend(components.iter().map(each));
    values
}

pub(super) fn below(part: &Part, lang: Lang) -> Table {
    let table = Table::of(part, lang, "below", "parts-name")
        .with(lang, "kind", "file-kind-column", Kind::Words)
        .with(lang, "responses", "responses-column", Kind::Count)
        .with(lang, "place", "ranks-place", Kind::Count)
        .with(lang, "place_low", "file-rank-low", Kind::Count)
        .with(lang, "place_high", "file-rank-high", Kind::Count)
        .with(lang, "place_of", "file-rank-of", Kind::Count)
        .with(lang, "closed_on", "file-closed-on", Kind::Words);
    let first = part.below.first().map(|below| below.figures.as_slice());
    let mut table = with_components(table.scored(lang), first, part, lang);
    let number = |number: usize| Value::Count(number as u64);
    for below in &part.below {
        let rank = below.rank.as_ref();
        let mut row = vec![
            Value::Words(kind(below, lang)),
            Value::Count(below.responses),
            rank.map_or(Value::Blank, |rank| number(rank.place)),
            rank.map_or(Value::Blank, |rank| number(rank.low)),
            rank.map_or(Value::Blank, |rank| number(rank.high)),
            rank.map_or(Value::Blank, |rank| number(rank.of)),
            below.closed_on.map_or(Value::Blank, Value::Day),
        ];
        row.extend(values(&below.figures, below.responses, true, lang));
        table.row(&below.code, &below.name, row);
    }
    table.notes.push(t_args(lang, "ranks-why", &[("n", part.ranked_least.to_string())]));
    table
}

/// The kind of a unit, or that it is a point.
fn kind(below: &Below, lang: Lang) -> String {
    match below.kind {
        Some(kind) => t(lang, &format!("kind-{}", kind.name())),
        None => t(lang, "file-point"),
    }
}

/// A stage in words, or that it was not said.
fn stage_name(cell: &Cell, lang: Lang) -> String {
    match cell.value.as_str() {
        "" => t(lang, "report-not-said"),
        stage => t(lang, &format!("report-stage-{stage}")),
    }
}

/// That the index of some stages rests on fewer components than the group has: who only files an
/// application is not asked about its result.
pub(in crate::export) fn stage_note(cells: &[Cell], lang: Lang) -> Option<String> {
    let fewer = |cell: &Cell| {
        let (group, components) = cell.figures.split_first()?;
        group.estimate.score?;
        let asked = components.iter().filter(|one| one.state != State::None).count();
        let all = components.len();
        (asked < all).then(|| format!("{} ({asked}/{all})", stage_name(cell, lang)))
    };
    let named: Vec<String> = cells.iter().filter_map(fewer).collect();
    (!named.is_empty()).then(|| t_args(lang, "file-stage-note", &[("list", named.join("; "))]))
}

/// By stage, field and channel, as far as known.
pub(super) fn marginals(part: &Part, lang: Lang) -> Vec<Table> {
    let stage = |cell: &Cell| stage_name(cell, lang);
    let field = |cell: &Cell| {
        cell.name.as_ref().map_or_else(|| cell.value.clone(), |name| name.get(lang).to_owned())
    };
    let channel = |cell: &Cell| t(lang, &format!("channel-{}", cell.value));
    let mut tables = vec![];
    if let Some(cells) = &part.by_stage {
        let mut table = marginal(part, lang, ("stage", "file-stage-column"), cells, stage);
        table.notes.extend(stage_note(cells, lang));
        tables.push(table);
    }
    if let Some(cells) = &part.by_field {
        tables.push(marginal(part, lang, ("field", "file-field-column"), cells, field));
    }
    tables.push(marginal(
        part,
        lang,
        ("channel", "file-channel-column"),
        &part.by_channel,
        channel,
    ));
    tables
}

fn marginal(
    part: &Part,
    lang: Lang,
    (key, subject): (&'static str, &str),
    cells: &[Cell],
    named: impl Fn(&Cell) -> String,
) -> Table {
    let table = Table::of(part, lang, key, subject).with(
        lang,
        "responses",
        "responses-column",
        Kind::Count,
    );
    let first = cells.first().map(|cell| cell.figures.as_slice());
    // Answers by stage and field are counted by month, not by point and day, so nothing is known of how
    // much these differ.
    let interval = key == "channel";
    let table = match interval {
        true => table.scored(lang),
        false => table.with(lang, "score", "score-column", Kind::Score),
    };
    let mut table = with_components(table, first, part, lang);
    for cell in cells {
        let name = if cell.value.is_empty() { t(lang, "report-not-said") } else { named(cell) };
        let mut row = vec![Value::Count(cell.responses)];
        row.extend(values(&cell.figures, cell.responses, interval, lang));
        table.row(&cell.value, &name, row);
    }
    let hidden = |cell: &Cell| cell.figures.iter().any(|of| of.state == State::Withheld);
    if cells.iter().any(hidden) {
        table.notes.push(t(lang, "file-shown-why"));
    }
    if !interval {
        table.notes.push(t(lang, "report-no-interval"));
    }
    table
}
