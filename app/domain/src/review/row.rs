//! One row of a review: entered and measured side by side, and what is said of it.

use rust_decimal::Decimal;

use super::{Ends, Foreseen, Material, Row};
use crate::document::number;
use crate::index::{Figure, Index};
use crate::instrument::Measured;
use crate::questionnaire::{Lang, Text};
use crate::score::Score;
use crate::statistics::Measurement;
use crate::statistics::outlook::{Projection, Verdict, project, reached};
use crate::target::{IndexName, Target};

/// A group or component that counters measure.
pub(super) struct Asked {
    pub(super) code: String,
    name: String,
    place: Measured,
}

pub(super) fn asked(index: &Index, lang: Lang) -> Vec<Asked> {
    let asked = |(code, name, place): (&str, &Text, Measured)| Asked {
        code: code.to_owned(),
        name: name.get(lang).to_owned(),
        place,
    };
    index.instrument.measured().map(asked).collect()
}

pub(super) fn blank(material: &Material<'_>, asked: &Asked) -> Target {
    Target::blank(material.unit, material.year, IndexName::Sipas, &asked.code, &asked.name)
}

/// A row with what was measured of it, and the verdict.
pub(super) fn row(target: &Target, material: &Material<'_>, asked: &[Asked]) -> Row {
    let sipas = target.index == IndexName::Sipas;
    let asked = asked.iter().find(|asked| sipas && asked.code == target.code);
    let (figure, sure) = match (asked, &material.measured) {
        (Some(asked), Some(m)) => (
            asked.place.of(&m.index.groups, &m.index.components),
            (
                asked.place.of(&m.sure.groups, &m.sure.components),
                asked.place.of(&m.sure.measured_groups, &m.sure.measured_components),
            ),
        ),
        _ => (Figure::None, (None, None)),
    };
    let (interval, measurement) = sure;
    let current = if asked.is_some() { figure.score() } else { target.actual };
    let wanted = target.target.map(number);
    let measurement = measurement.as_ref();
    let projection = measurement
        .filter(|_| !material.closed)
        .and_then(|m| Some(project(m, material.remaining?, wanted)));
    let judged = match (asked, target.target) {
        (_, None) => Verdict::Insufficient,
        // Nothing was measured in a year that is over, but its result was published.
        (Some(_), Some(wanted)) if material.closed && figure == Figure::None => {
            judge_entered(true, target.actual, wanted)
        }
        (Some(_), Some(wanted)) => {
            judge_measured(material.closed, figure, measurement, wanted, projection)
        }
        (None, Some(wanted)) => judge_entered(material.closed, target.actual, wanted),
    };
    Row {
        index: target.index.name(),
        code: target.code.clone(),
        name: target.name.clone(),
        max: target.max,
        baseline: target.baseline,
        baseline_rank: target.baseline_rank,
        rank_of: target.rank_of,
        target: target.target,
        goal: target.goal,
        goal_text: target.goal_text.clone(),
        measured: asked.is_some(),
        current,
        answers: match figure {
            Figure::Shown { persons, .. } => Some(persons),
            _ => None,
        },
        interval: interval.map(Ends::from),
        gap: current.or(target.actual).zip(target.target).map(|(current, target)| current - target),
        probability: measurement.zip(wanted).map(|(m, wanted)| reached(m, wanted)),
        projection: projection.map(|p| Foreseen {
            score: p.score,
            low: p.interval.low,
            high: p.interval.high,
            probability: p.probability,
        }),
        verdict: judged.name(),
        rank: asked.and_then(|asked| material.ranks.get(&asked.code).copied()),
        actual: target.actual,
        actual_date: target.actual_date,
        source: target.source.clone(),
        trend: asked.and_then(|asked| material.trend.get(&asked.code).cloned()).unwrap_or_default(),
        figure,
        judged,
    }
}

fn judge_measured(
    closed: bool,
    figure: Figure,
    measurement: Option<&Measurement>,
    wanted: Decimal,
    projection: Option<Projection>,
) -> Verdict {
    match (figure.score(), measurement, projection.and_then(|p| p.probability)) {
        (Some(score), Some(_), _) if closed => Verdict::of_closed(score, wanted),
        (Some(_), Some(_), Some(probability)) => Verdict::of_running(probability),
        _ => Verdict::Insufficient,
    }
}

/// What was entered has no sampling error to foresee the rest of the year with.
fn judge_entered(closed: bool, actual: Option<Score>, wanted: Decimal) -> Verdict {
    match actual {
        None => Verdict::Insufficient,
        Some(actual) if closed => Verdict::of_closed(actual, wanted),
        Some(_) => Verdict::Unclear,
    }
}
