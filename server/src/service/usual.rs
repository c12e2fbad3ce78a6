//! What lies below its own usual level: the parts of a unit and its components, the last seven whole
//! days against the twelve weeks before. Which days are compared is proposed by this project.

use std::collections::HashMap;
use std::sync::Arc;

use domain::day;
use domain::instrument::Instrument;
use domain::questionnaire::Rule;
use domain::statistics::Measurement;
use domain::statistics::compare::{Difference, Direction, holm};
use domain::unit::Key;
use jiff::civil::Date;

use super::Service;
use super::access::Readable;
use super::figures::{Figures, Measured, Part, Period, Shelf};
use crate::live::Print;
use crate::store;

/// Days that are looked at.
const RECENT: i32 = 7;
/// Days before them that say what is usual: twelve weeks, so that each weekday counts alike.
const USUAL: i32 = 84;
/// Results that are kept.
const KEPT: usize = 500;

/// What was compared, and what has fallen.
#[derive(Clone, Debug, PartialEq)]
pub struct Usual {
    pub recent: Period,
    pub before: Period,
    /// How many parts and components could be compared.
    pub compared: usize,
    /// The largest fall first.
    pub fallen: Vec<Fallen>,
}

/// One that lies below its usual level, and hardly by chance: 5 % after Holm, for all that were
/// compared at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fallen {
    pub what: What,
    /// Usual score, 0 to 100.
    pub usual: f64,
    /// Score of the last days.
    pub recent: f64,
}

/// A part of a unit, or a component of the questionnaire by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    Part(Part),
    Component(usize),
}

/// Results by unit, day and rule, as of a state of the rows and the organisation.
pub(super) struct Usuals(Shelf<(Key, Date, Rule), (Print, i64), Usual>);

impl Default for Usuals {
    fn default() -> Self {
        Self(Shelf::new(KEPT, |_| 1))
    }
}

impl Service {
    /// What of a unit lies below its usual level on the days before `today`. Made anew only where an
    /// answer of these days comes in later.
    pub async fn usual(
        &self,
        unit: &Readable,
        today: Date,
        rule: Rule,
    ) -> store::Result<Arc<Usual>> {
        let last = day::number(today) - 1;
        let days = |from, to| Period { from: day::from_number(from), to: day::from_number(to) };
        let recent = days(last - RECENT + 1, last);
        let before = days(last - RECENT - USUAL + 1, last - RECENT);
        let rows = self.live.rows(before.from, recent.to).await?;
        let (change, organisation) = self.organisation_and_change();
        let (name, print) = ((unit.key, today, rule), (rows.print(), change));
        let number = day::number(self.clock.today());
        Ok(self.usuals.0.get(name, print, || {
            let of = |period: Period| {
                let rows = rows.between(period.from, period.to);
                self.figures_of(rows, rule, number, &organisation)
            };
            compare(unit, (recent, &of(recent)), (before, &of(before)))
        }))
    }
}

fn compare(
    unit: &Readable,
    (recent, now): (Period, &Figures),
    (before, then): (Period, &Figures),
) -> Usual {
    let nothing = Usual { recent, before, compared: 0, fallen: vec![] };
    let Some(measured) = now.measured(unit).into_iter().next() else { return nothing };
    let instrument = measured.instrument;
    let now = estimates(unit, now, &instrument);
    let then: HashMap<What, Measurement> = estimates(unit, then, &instrument).into_iter().collect();
    let pairs = now.into_iter().filter_map(|(what, now)| Some((what, *then.get(&what)?, now)));
    let all: Vec<(What, Difference, [f64; 2])> = pairs
        .map(|(what, then, now)| (what, Difference::new(&then, &now), [then.score, now.score]))
        .collect();
    let adjusted = holm(&all.iter().map(|(_, d, _)| Some(d.p)).collect::<Vec<_>>());
    let fell = |(difference, p): (&Difference, Option<f64>)| {
        p.is_some_and(|p| difference.direction(p) == Direction::Falling)
    };
    let mut fallen: Vec<(f64, Fallen)> = all
        .iter()
        .zip(adjusted)
        .filter(|((_, difference, _), p)| fell((difference, *p)))
        .map(|((what, difference, [usual, recent]), _)| {
            (difference.estimate, Fallen { what: *what, usual: *usual, recent: *recent })
        })
        .collect();
    fallen.sort_by(|a, b| a.0.total_cmp(&b.0));
    let fallen = fallen.into_iter().map(|(_, fallen)| fallen).collect();
    Usual { compared: all.len(), fallen, ..nothing }
}

/// What can be compared, as estimates: the group of each part, and each component of the unit.
fn estimates(unit: &Readable, figures: &Figures, of: &Arc<Instrument>) -> Vec<(What, Measurement)> {
    let group = of.counter_group();
    let parts = figures.parts(unit, of).into_iter();
    let part =
        |(part, m): (Part, Measured)| Some((What::Part(part), m.sure.measured_groups[group]?));
    let whole = figures.measured(unit).into_iter().find(|m| m.instrument.key == of.key);
    let components = whole.iter().flat_map(|m| {
        let members = (0..of.spans.len()).filter(|&c| of.spans[c].group == group);
        members.filter_map(|c| Some((What::Component(c), m.sure.measured_components[c]?)))
    });
    parts.filter_map(part).chain(components).collect()
}
