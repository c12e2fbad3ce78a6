//! What is said of the month as a whole: summary, sample, quality, borders, correction and method.

use app::pages::report::dossiers_later;
use app::text::{count, t, t_args};
use domain::document::Document;
use domain::questionnaire::{Lang, Rule};
use domain::report::{Borders, ClosedBy, Corrected, Correction, Edition, FlagKind, Report};

use super::figures::{measured, name};
use super::{Kind, RATE, Row, Table, Value, notes, state};
use crate::export::wording::moment;

pub(super) fn summary(report: &Report, lang: Lang) -> Table {
    let mut table = Table::new(lang, "summary", "items-column")
        .with(lang, "value", "file-value", Kind::Score)
        .with(lang, "low", "file-low", Kind::Score)
        .with(lang, "high", "file-high", Kind::Score)
        .with(lang, "note", "file-note", Kind::Words);
    let alone = |value: Value| vec![value, Value::Blank, Value::Blank, Value::Blank];
    let responses = t(lang, "responses-column");
    table.row("responses", &responses, alone(Value::Count(report.responses)));
    table.row("comments", &t(lang, "file-comments"), alone(Value::Count(report.comments)));
    for part in &report.parts {
        let figures = &part.figures;
        if report.parts.len() > 1 {
            let code =
                [("code", part.questionnaire.clone()), ("n", count(lang, figures.responses))];
            let named = t_args(lang, "file-version", &code);
            table.row(&part.questionnaire, &named, alone(Value::Count(figures.responses)));
        }
        table.row("clusters", &t(lang, "file-clusters"), alone(Value::Count(figures.clusters)));
        for group in measured(figures) {
            let values = vec![
                Value::score(state(figures, &group.code), group.estimate.score),
                Value::number(group.estimate.low),
                Value::number(group.estimate.high),
                notes(figures, &group.code, lang),
            ];
            table.row(&group.code, name(part, &group.code, lang), values);
        }
    }
    table.notes.push(t(lang, "file-not-sipas"));
    table.notes.push(t(lang, rule_words(report.rule)));
    table
}

fn rule_words(rule: Rule) -> &'static str {
    match rule {
        Rule::Top2 => "rule-top2-means",
        Rule::Mean5 => "rule-mean5-means",
    }
}

pub(super) fn population(edition: &Edition, lang: Lang) -> Table {
    let mut table = Table::new(lang, "population", "items-column")
        .with(lang, "value", "file-value", Kind::Score)
        .with(lang, "low", "file-low", Kind::Score)
        .with(lang, "high", "file-high", Kind::Score);
    let later = dossiers_later(edition, lang);
    let Some(of) = &edition.report.population else {
        table.notes.push(t(lang, "file-population-none"));
        table.notes.extend(later);
        return table;
    };
    let alone = |value: Value| vec![value, Value::Blank, Value::Blank];
    let percent = [("percent", app::text::decimal(lang, 100.0 * of.error, 0))];
    table.row("dossiers", &t(lang, "population-dossiers"), alone(Value::Count(of.dossiers)));
    table.row("responses", &t(lang, "responses-column"), alone(Value::Count(of.responses)));
    table.row(RATE, &t(lang, "file-rate"), alone(Value::Number(of.rate)));
    table.row("needed", &t_args(lang, "file-needed", &percent), alone(Value::Count(of.needed)));
    table.row("missing", &t(lang, "file-missing"), alone(Value::Count(of.missing)));
    let width = [("n", app::text::decimal(lang, of.half_width, 0))];
    let needed = alone(Value::count(of.needed_for_half_width));
    table.row("needed_width", &t_args(lang, "file-needed-width", &width), needed);
    if let Some(ends) = of.corrected {
        let values = vec![Value::Blank, Value::Number(ends.low), Value::Number(ends.high)];
        table.row("corrected", &t(lang, "population-corrected"), values);
    }
    if !of.whole {
        table.notes.push(t(lang, "population-part"));
    }
    table.notes.push(t(lang, "population-why"));
    table.notes.extend(later);
    table
}

pub(super) fn quality(report: &Report, lang: Lang) -> Table {
    let quality = &report.quality;
    let mut table =
        Table::new(lang, "quality", "items-column").with(lang, "value", "file-value", Kind::Count);
    for share in &quality.channels {
        let channel = share.channel.name();
        let named = t(lang, &format!("channel-{channel}"));
        table.row(channel, &named, vec![Value::Count(share.responses)]);
    }
    let mut counted = |code: &str, words: &str, value: u64| {
        table.row(code, &t(lang, words), vec![Value::Count(value)]);
    };
    counted("valid", "file-valid", quality.valid);
    counted("not_applicable", "file-not-applicable", quality.not_applicable);
    counted("simulated", "file-simulated-count", quality.simulated);
    table
}

/// What is to be looked into; nothing where there is nothing.
pub(super) fn flags(report: &Report, lang: Lang) -> Option<Table> {
    let mut table =
        Table::new(lang, "flags", "parts-name").with(lang, "note", "file-note", Kind::Words);
    for flag in &report.quality.flags {
        let words = Value::Words(t(lang, flag_words(flag.kind)));
        table.row(&flag.code, &flag.name, vec![words]);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The key of the words of a flag.
pub(in crate::export) fn flag_words(kind: FlagKind) -> &'static str {
    match kind {
        FlagKind::Few => "file-flag-few",
        FlagKind::TooGood => "file-flag-too-good",
    }
}

pub(super) fn borders(report: &Report, borders: &Borders, lang: Lang) -> Table {
    let mut table = Table::new(lang, "borders", "parts-name")
        .with(lang, "questionnaire", "file-version-column", Kind::Words)
        .with(lang, "responses", "responses-column", Kind::Count)
        .scored(lang)
        .with(lang, "note", "file-note", Kind::Words);
    let mut add = |code: &str, name: &str, document: &Document| {
        for group in measured(document) {
            let values = vec![
                Value::Words(document.questionnaire.clone()),
                Value::Count(document.responses),
                Value::score(state(document, &group.code), group.estimate.score),
                Value::number(group.estimate.low),
                Value::number(group.estimate.high),
                notes(document, &group.code, lang),
            ];
            table.row(code, name, values);
        }
    };
    for before in &borders.predecessors {
        let to = before.to.map(app::text::day).unwrap_or_default();
        let named = [("unit", before.unit.name.clone()), ("to", to)];
        let named = t_args(lang, "file-before-unit", &named);
        for document in &before.figures {
            add(&before.unit.code, &named, document);
        }
    }
    for part in &report.parts {
        add("then", &t(lang, "file-as-was"), &part.figures);
    }
    for document in &borders.now {
        add("now", &t(lang, "file-now"), document);
    }
    table
}

pub(super) fn correction(report: &Report, later: &Correction, lang: Lang) -> Table {
    let mut table = Table::new(lang, "correction", "components-column")
        .with(lang, "sealed", "file-sealed", Kind::Score)
        .with(lang, "now", "file-now-column", Kind::Score)
        .with(lang, "questionnaire", "file-version-column", Kind::Words);
    table.coded = true;
    for corrected in &later.parts {
        let version = Value::Words(corrected.questionnaire.clone());
        let counts = [corrected.sealed, corrected.now].map(Value::Count);
        let mut values = counts.to_vec();
        values.push(version.clone());
        table.row("responses", &t(lang, "responses-column"), values);
        let part = report.parts.iter().find(|part| part.questionnaire == corrected.questionnaire);
        for row in &corrected.rows {
            let named = part.map_or("", |part| name(part, &row.code, lang));
            table.rows.push(Row {
                code: row.code.clone(),
                name: if named.is_empty() { row.name.clone() } else { named.to_owned() },
                total: !row.code.contains('.'),
                values: vec![Value::number(row.sealed), Value::number(row.now), version.clone()],
            });
        }
    }
    table.notes.push(t_args(lang, "file-correction-says", &[("n", count(lang, later.more))]));
    if later.parts.iter().all(|part| part.rows.is_empty()) {
        table.notes.push(t(lang, "file-too-few-later"));
    }
    let untold = |row: &Corrected| row.now.is_none() && row.sealed.is_some();
    if later.parts.iter().flat_map(|part| &part.rows).any(untold) {
        table.notes.push(t(lang, "report-correction-some"));
    }
    table
}

pub(super) fn method(edition: &Edition, lang: Lang) -> Table {
    let (report, seal) = (&edition.report, edition.seal.as_ref());
    let mut table =
        Table::new(lang, "method", "items-column").with(lang, "value", "file-value", Kind::Words);
    let mut say = |code: &str, words: &str, value: String| {
        table.row(code, &t(lang, words), vec![Value::Words(value)]);
    };
    for part in &report.parts {
        let title = part.title.get(lang);
        say("questionnaire", "file-questionnaire", format!("{} – {title}", part.questionnaire));
        say("legal", "file-legal", part.legal.clone());
        say("wording", "file-wording", part.source.get(lang).to_owned());
        say("certainty", "file-certainty", part.certainty.get(lang).to_owned());
    }
    say("rule", "file-rule", t(lang, rule_words(report.rule)));
    let formula = ["method-index", "method-score-decimals"].map(|key| t(lang, key)).join(" ");
    say("formula", "file-formula", formula);
    say("interval", "method-interval", t(lang, "method-interval-how"));
    say("shown", "method-shown", t(lang, "file-shown-why"));
    let program = [("code", report.method.program.clone())];
    say("program", "report-program", t_args(lang, "file-program-value", &program));
    say("made_at", "report-made-at", moment(lang, &report.method.made_at));
    if let Some(seal) = seal {
        say("sealed_at", "report-sealed-at", moment(lang, &seal.at));
    }
    if let Some(by) = report.method.closed_by {
        say("closed_by", "report-sealed-by", t(lang, closed_by(by)));
    }
    let hash = seal.map_or_else(|| t(lang, "file-hash-none"), |seal| seal.hash.clone());
    say("hash", "file-hash", hash);
    if let Some(head) = &report.method.trail {
        say("trail", "file-trail", head.to_string());
    }
    table
}

/// The key of the words for who closed a month.
pub(in crate::export) fn closed_by(by: ClosedBy) -> &'static str {
    match by {
        ClosedBy::Schedule => "report-closed-by-schedule",
        ClosedBy::Late => "report-closed-by-late",
        ClosedBy::Person => "report-closed-by-person",
    }
}
