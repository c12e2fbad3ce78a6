//! The analysis of a period: what changed, what differs, what pulls down, and how many answered.
//!
//! The documents of `GET /units/{unit}/analysis` and `/instrument`; the page is made of the same.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::number;
use crate::index::Index;
use crate::instrument::Measured;
use crate::questionnaire::{Lang, Rule, Text, fill};
use crate::review::{Ends, Place};
use crate::statistics::compare::{Difference, Direction, holm};
use crate::statistics::population::{ERROR, HALF_WIDTH, Population};
use crate::statistics::reliability::{Alpha, Relation, Reliability};
use crate::statistics::{Measurement, Uncertainty};

/// The analysis of one unit and period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Analysis {
    pub unit: String,
    pub from: Date,
    pub to: Date,
    pub questionnaire: Option<String>,
    pub rule: Rule,
    pub responses: u64,
    pub clusters: u64,
    pub simulated: bool,
    /// Against an earlier period of the same unit.
    pub change: Comparison,
    /// Against another unit in the same period, where one was named.
    pub difference: Option<Comparison>,
    /// Items with most to gain first.
    pub drivers: Vec<DriverDocument>,
    /// Places of the units below, by kind.
    pub ranks: Vec<Ranking>,
    pub population: Option<PopulationDocument>,
}

/// What was compared with what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub unit: String,
    pub name: String,
    pub from: Date,
    pub to: Date,
    /// Why nothing could be compared.
    pub reason: Option<NotCompared>,
    pub rows: Vec<Compared>,
}

/// Why two periods or units cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotCompared {
    /// One side has none.
    NoAnswers,
    /// The sides answered different versions.
    OtherQuestionnaire,
    /// One is a part of the other.
    Overlap,
}

impl NotCompared {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoAnswers => "no-answers",
            Self::OtherQuestionnaire => "other-questionnaire",
            Self::Overlap => "overlap",
        }
    }
}

/// The comparison of a group or component, in percentage points; null where one side has no interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    pub code: String,
    pub name: String,
    pub before: Option<f64>,
    pub after: Option<f64>,
    pub estimate: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub p: Option<f64>,
    /// Adjusted for the components compared (Holm); for the group, as it is.
    pub p_adjusted: Option<f64>,
    /// Null where nothing can be said.
    pub direction: Option<Direction>,
}

/// Compares the group that counters measure and its components, of the same questionnaire and rule.
pub fn compare(
    (index, before): (&Index, &Uncertainty),
    (_, after): (&Index, &Uncertainty),
    lang: Lang,
) -> Vec<Compared> {
    let measured: Vec<_> = index.instrument.measured().collect();
    let pair = |at: Measured| {
        let side = |sure: &Uncertainty| at.of(&sure.measured_groups, &sure.measured_components);
        (side(before), side(after))
    };
    // The components are compared at once, each group by itself.
    let p = |at: Measured| difference(pair(at)).map(|d| d.p);
    let single = |at: Measured| matches!(at, Measured::Component(_)).then(|| p(at)).flatten();
    let together = holm(&measured.iter().map(|(_, _, at)| single(*at)).collect::<Vec<_>>());
    let row = |((code, name, at), holm): (&(&str, &Text, Measured), Option<f64>)| {
        let adjusted = if matches!(at, Measured::Group(_)) { p(*at) } else { holm };
        compared(code, name.get(lang), pair(*at), adjusted)
    };
    measured.iter().zip(together).map(row).collect()
}

type Pair = (Option<Measurement>, Option<Measurement>);

fn difference((before, after): Pair) -> Option<Difference> {
    Some(Difference::new(&before?, &after?))
}

fn compared(code: &str, name: &str, pair: Pair, p_adjusted: Option<f64>) -> Compared {
    let difference = difference(pair);
    let direction = difference.zip(p_adjusted).map(|(d, p)| d.direction(p));
    Compared {
        code: code.to_owned(),
        name: name.to_owned(),
        before: pair.0.map(|m| m.score),
        after: pair.1.map(|m| m.score),
        estimate: difference.map(|d| d.estimate),
        low: difference.map(|d| d.low),
        high: difference.map(|d| d.high),
        p: difference.map(|d| d.p),
        p_adjusted,
        direction,
    }
}

/// What the group would gain if everybody were satisfied with an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DriverDocument {
    pub code: String,
    pub component: String,
    pub text: String,
    pub score: f64,
    pub gap: f64,
    pub weight: f64,
    pub gain: f64,
}

/// The drivers of a group, in words.
pub fn drivers(index: &Index, place: &str, lang: Lang) -> Vec<DriverDocument> {
    let items: Vec<_> = index.instrument.questionnaire.items().collect();
    let components: Vec<_> = index.instrument.questionnaire.components().collect();
    let drivers = crate::drivers::drivers(index, index.instrument.counter_group()).into_iter();
    let document = |driver: crate::drivers::Driver| DriverDocument {
        code: items[driver.item].code.clone(),
        component: components[index.instrument.component_of[driver.item]].code.clone(),
        text: fill(items[driver.item].text.get(lang), place),
        score: number(driver.score),
        gap: number(driver.gap),
        weight: number(driver.weight),
        gain: number(driver.gain),
    };
    drivers.map(document).collect()
}

/// Units of one kind below a unit, those with a place first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranking {
    pub kind: &'static str,
    /// Responses that a unit needs to be given a place.
    pub least: u64,
    pub units: Vec<Ranked>,
}

/// A unit and its place; null where it has too few responses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ranked {
    pub unit: String,
    pub name: String,
    pub responses: u64,
    pub score: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub rank: Option<Place>,
}

/// Responses against the dossiers handled in the same months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PopulationDocument {
    /// Months that lie in the period and have a number of dossiers.
    pub months: Vec<String>,
    pub dossiers: u64,
    /// Responses of the same units and months.
    pub responses: u64,
    /// These are all responses from the first to the last of these months: no unit and no month between
    /// is without a number of dossiers. Otherwise what needs an estimate is null.
    pub whole: bool,
    /// In per cent.
    pub rate: f64,
    /// The interval of the group, corrected for the finite population: beside the plain one, never
    /// instead.
    pub corrected: Option<Ends>,
    /// Responses needed for `N / (1 + N·e²)` with this `e`, and how many are missing.
    pub error: f64,
    pub needed: u64,
    pub missing: u64,
    /// The same for an interval of plus and minus so many points.
    pub half_width: f64,
    pub needed_for_half_width: Option<u64>,
    pub missing_for_half_width: Option<u64>,
}

impl PopulationDocument {
    /// Sets responses against dossiers; `measured` is the group over the same months.
    pub fn new(
        months: Vec<String>,
        of: Population,
        whole: bool,
        measured: Option<&Measurement>,
    ) -> Self {
        let missing = |needed: u64| needed.saturating_sub(of.responses);
        let needed_for = measured.map(|m| of.needed_for(m, HALF_WIDTH));
        Self {
            months,
            dossiers: of.dossiers,
            responses: of.responses,
            whole,
            rate: of.rate(),
            corrected: measured.and_then(|m| of.corrected(m)).map(Ends::from),
            error: ERROR,
            needed: of.needed(ERROR),
            missing: missing(of.needed(ERROR)),
            half_width: HALF_WIDTH,
            needed_for_half_width: needed_for,
            missing_for_half_width: needed_for.map(missing),
        }
    }
}

/// How well the questionnaire measures: `GET /units/{unit}/instrument`. Over whole months that are
/// over and have at least a hundred responses each, so that two readings never differ by a few persons.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InstrumentDocument {
    pub unit: String,
    pub from: Date,
    pub to: Date,
    /// Months that were read: those with at least a hundred responses.
    pub months: usize,
    pub questionnaire: String,
    pub rule: Rule,
    pub responses: u64,
    pub simulated: bool,
    /// Of the components among each other, from the short form.
    pub alpha: Option<f64>,
    pub pairs: u64,
    pub components: Vec<ComponentReliability>,
}

/// A component: its own items among each other, and it among the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComponentReliability {
    pub code: String,
    pub name: String,
    /// From those who answered two or more of its items: volunteers.
    pub alpha: Option<f64>,
    pub pairs: u64,
    /// What the group would gain if everybody were satisfied with all of it: gap times weight; null
    /// where its score is withheld.
    pub gain: Option<f64>,
    /// With the mean of the other components, from the short form: with the gain, what drives the
    /// score of the unit.
    pub correlation: Option<f64>,
    pub responses: u64,
    pub items: Vec<ItemReliability>,
}

/// An item and the rest of its component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemReliability {
    pub code: String,
    pub text: String,
    pub correlation: Option<f64>,
    pub responses: u64,
}

fn two(number: f64) -> f64 {
    // Never −0.
    (100.0 * number).round() / 100.0 + 0.0
}

/// The components of a questionnaire with what was found of them.
pub fn reliability(
    index: &Index,
    found: &Reliability,
    place: &str,
    lang: Lang,
) -> (Alpha, Vec<ComponentReliability>) {
    let instrument = &index.instrument;
    let known = |c: usize| index.components[c] != crate::index::Figure::None;
    let members = found.components.iter().filter(|(c, ..)| known(*c)).count();
    let gain = |c: usize| {
        let score = number(index.components[c].score()?);
        Some(two((100.0 - score) / members as f64))
    };
    let round = |alpha: &Alpha| Alpha { alpha: alpha.alpha.map(two), ..*alpha };
    let components: Vec<_> = instrument.questionnaire.components().collect();
    let all: Vec<_> = instrument.questionnaire.items().collect();
    let rows = found.components.iter().zip(&found.rests).map(|((at, alpha, items), rest)| {
        let positions = instrument.spans[*at].items.clone();
        let item = |(position, relation): (usize, &Relation)| ItemReliability {
            code: all[position].code.clone(),
            text: fill(all[position].text.get(lang), place),
            correlation: relation.correlation.map(two),
            responses: relation.responses,
        };
        ComponentReliability {
            code: components[*at].code.clone(),
            name: components[*at].name.get(lang).to_owned(),
            alpha: alpha.alpha.map(two),
            pairs: alpha.pairs,
            gain: gain(*at),
            correlation: rest.correlation.map(two),
            responses: rest.responses,
            items: positions.zip(items).map(item).collect(),
        }
    });
    (round(&found.between), rows.collect())
}
