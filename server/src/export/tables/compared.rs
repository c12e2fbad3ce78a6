//! What changed, how the months before went, and how far the targets are.

use app::pages::report::late_says;
use app::text::{self, t, t_args};
use domain::analysis::{Compared, Comparison};
use domain::questionnaire::Lang;
use domain::release::FEW;
use domain::report::{Break, BreakOn, Goal, Goals, Month, Part, Report};
use domain::statistics::compare::Direction;
use domain::statistics::outlook::Verdict;
use rust_decimal::Decimal;

use super::figures::{measured, name};
use super::{Kind, Row, Table, Value, days};
use crate::export::wording::{month, short_month};

/// Against an earlier month, of which so many responses came in after its seal.
pub(super) fn since(
    part: &Part,
    lang: Lang,
    key: &'static str,
    (other, late): (&Comparison, u64),
) -> Table {
    let mut table = Table::of(part, lang, key, "components-column")
        .with(lang, "before", "change-before", Kind::Score)
        .with(lang, "after", "change-after", Kind::Score)
        .with(lang, "change", "change-by", Kind::Change)
        .with(lang, "low", "file-change-low", Kind::Change)
        .with(lang, "high", "file-change-high", Kind::Change)
        .with(lang, "p", "file-p", Kind::Fine)
        .with(lang, "reading", "change-says", Kind::Words);
    let month = [("month", month(lang, Month::of(other.from)))];
    table.title = t_args(lang, &format!("file-{key}"), &month);
    table.coded = true;
    let row = |row: &Compared| Row {
        code: row.code.clone(),
        name: name(part, &row.code, lang).to_owned(),
        total: !row.code.contains('.'),
        values: vec![
            Value::number(row.before),
            Value::number(row.after),
            Value::number(row.estimate),
            Value::number(row.low),
            Value::number(row.high),
            Value::number(row.p_adjusted),
            Value::Words(t(lang, direction(row.direction))),
        ],
    };
    table.rows = other.rows.iter().map(row).collect();
    table.rows.sort_by_key(|row| row.total);
    match other.reason {
        Some(reason) => table.notes.push(t(lang, &format!("change-{}", reason.name()))),
        None => table.notes.push(t(lang, "file-change-note")),
    }
    table.notes.extend(late_says(lang, Month::of(other.from), late));
    table
}

/// The key of the words of a direction.
pub(in crate::export) fn direction(direction: Option<Direction>) -> &'static str {
    match direction {
        Some(Direction::Rising) => "direction-rising",
        Some(Direction::Falling) => "direction-falling",
        Some(Direction::Unclear) => "direction-unclear",
        None => "direction-none",
    }
}

/// The key of the words of a verdict.
pub(in crate::export) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "verdict-met",
        Verdict::Missed => "verdict-missed",
        Verdict::Likely => "verdict-likely",
        Verdict::Unclear => "verdict-unclear",
        Verdict::Unlikely => "verdict-unlikely",
        Verdict::Insufficient => "verdict-insufficient",
    }
}

/// What a target is for, in the reader's language; as it was entered where nothing is measured by its code.
fn target_name(part: &Part, goal: &Goal, lang: Lang) -> String {
    match name(part, &goal.code, lang) {
        "" => goal.name.clone(),
        name => name.to_owned(),
    }
}

pub(super) fn goals(part: &Part, goals: &Goals, lang: Lang) -> Table {
    let mut table = Table::of(part, lang, "goals", "targets-row")
        .with(lang, "baseline", "report-baseline", Kind::Score)
        .with(lang, "target", "file-target", Kind::Score)
        .with(lang, "current", "file-current", Kind::Score)
        .with(lang, "low", "file-low", Kind::Score)
        .with(lang, "high", "file-high", Kind::Score)
        .with(lang, "gap", "targets-gap", Kind::Change)
        .with(lang, "projection", "file-projection", Kind::Score)
        .with(lang, "projection_low", "file-projection-low", Kind::Score)
        .with(lang, "projection_high", "file-projection-high", Kind::Score)
        .with(lang, "probability", "file-probability", Kind::Fine)
        .with(lang, "verdict", "targets-verdict", Kind::Words)
        .with(lang, "source", "file-source", Kind::Words);
    table.title = t_args(lang, "file-goals", &[("year", format!("{:04}", goals.year))]);
    table.coded = true;
    let entered =
        |number: Option<Decimal>| Value::number(number.and_then(|n| f64::try_from(n).ok()));
    let row = |goal: &Goal| {
        let foreseen = goal.projection;
        Row {
            code: goal.code.clone(),
            name: target_name(part, goal, lang),
            total: !goal.code.contains('.'),
            values: vec![
                entered(goal.baseline),
                entered(goal.target),
                Value::score(goal.state, goal.current),
                Value::number(goal.low),
                Value::number(goal.high),
                Value::number(goal.gap),
                Value::number(foreseen.map(|year| year.score)),
                Value::number(foreseen.map(|year| year.low)),
                Value::number(foreseen.map(|year| year.high)),
                Value::number(foreseen.and_then(|year| year.probability)),
                Value::Words(t(lang, verdict(goal.verdict))),
                goal.source.clone().map_or(Value::Blank, Value::Words),
            ],
        }
    };
    table.rows = goals.rows.iter().map(row).collect();
    table.notes = vec![
        days(lang, "file-goals-days", (goals.from, goals.to), goals.responses),
        t(lang, "targets-method-verdict"),
        t(lang, "targets-method-projection"),
    ];
    table
}

/// One row a month; where figures cannot be compared with those before, a row says so, which also
/// breaks the line of a chart.
pub(super) fn trend(report: &Report, lang: Lang) -> Table {
    let mut table = Table::new(lang, "trend", "file-month-column")
        .with(lang, "responses", "responses-column", Kind::Count)
        .scored(lang)
        .with(lang, "questionnaire", "file-version-column", Kind::Words)
        .with(lang, "note", "file-note", Kind::Words);
    let trend = &report.trend;
    let group = report.parts.first().and_then(|part| measured(&part.figures).next());
    let group = group.map_or("", |group| group.code.as_str());
    let mut breaks = trend.breaks.iter().peekable();
    let mut at = Month::of(trend.from);
    while at <= Month::of(trend.to) {
        let mut points: Vec<_> =
            trend.points.iter().filter(|point| Month::of(point.from) == at).collect();
        points.sort_by_key(|point| point.from);
        if points.is_empty() {
            let mut none = vec![Value::Count(0), Value::None, Value::Blank, Value::Blank];
            none.extend([Value::Blank, Value::Words(t(lang, "note-no-answers"))]);
            table.row(&at.to_string(), &short_month(at), none);
        }
        for point in points {
            while let Some(change) = breaks.next_if(|change| change.on <= point.to) {
                table.rows.push(broken(change, lang));
            }
            let estimate = point.groups.iter().find(|of| of.code == group).map(|of| of.estimate);
            let estimate = estimate.unwrap_or_default();
            let score = match estimate.score {
                Some(score) if point.responses < FEW => Value::Few(score),
                Some(score) => Value::Number(score),
                None => Value::Withheld,
            };
            let note = match estimate.score {
                Some(_) => Value::Blank,
                None => Value::Words(t(lang, "note-withheld")),
            };
            let values = vec![
                Value::Count(point.responses),
                score,
                Value::number(estimate.low),
                Value::number(estimate.high),
                Value::Words(point.questionnaire.clone()),
                note,
            ];
            table.row(&at.to_string(), &short_month(at), values);
        }
        at = at.plus(1);
    }
    table
}

/// What a break says.
pub(in crate::export) fn break_words(change: &BreakOn, lang: Lang) -> String {
    let key = match change.why {
        Break::Questionnaire => "file-break-questionnaire",
        Break::Unit => "file-break-unit",
    };
    t_args(lang, key, &[("day", text::day(change.on))])
}

fn broken(change: &BreakOn, lang: Lang) -> Row {
    let mut values = vec![Value::Blank; 5];
    values.push(Value::Words(break_words(change, lang)));
    Row { code: BREAK.to_owned(), name: text::day(change.on), total: false, values }
}

/// The code of a row that is no month.
pub(in crate::export) const BREAK: &str = "break";
