//! What a report says of one questionnaire version.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::analysis::{Comparison, DriverDocument};
use crate::document::{Document, Estimate};
use crate::index::Figure;
use crate::questionnaire::{Lang, Text};
use crate::review::{Foreseen, Place};
use crate::statistics::Interval;
use crate::statistics::outlook::Verdict;
use crate::unit::Kind;

/// Everything that was measured with one questionnaire version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Code of the version.
    pub questionnaire: String,
    pub title: Text,
    /// The decision that sets the method.
    pub legal: String,
    /// Where the wordings were taken from, and how sure they are.
    pub source: Text,
    pub certainty: Text,
    /// As `GET /units/{unit}/index` for the same days, to the last digit.
    pub figures: Document,
    /// Names of groups and components and texts of items by their code, the place filled in.
    pub texts: BTreeMap<String, Text>,
    /// Against the month before.
    pub since_month: Comparison,
    /// Against the same month of the year before.
    pub since_year: Comparison,
    /// Null where no target was entered for what is measured.
    pub goals: Option<Goals>,
    /// The first level below on which there is more than one unit or point; those together are the
    /// whole. In the order of their places, each kind by itself.
    pub below: Vec<Below>,
    /// Responses that a unit or point needs to be given a place.
    pub ranked_least: u64,
    /// By where the citizen's business stands (`filing`, `result`, `asking`, empty where it was not
    /// said); null until the month is over.
    pub by_stage: Option<Vec<Cell>>,
    /// By field of service, named in Vietnamese (empty where it was not said); null until the month is
    /// over.
    pub by_field: Option<Vec<Cell>>,
    /// By how the answer came in, see [`crate::unit::Channel::name`].
    pub by_channel: Vec<Cell>,
    /// Items with most to gain first.
    pub drivers: Vec<DriverDocument>,
    /// Null in a report that is not sealed, or on fewer than a hundred responses.
    pub reliability: Option<ReliabilityOf>,
}

impl Part {
    /// The name or text of a code in a language; empty where the code is not of this version.
    pub fn text(&self, code: &str, lang: Lang) -> &str {
        self.texts.get(code).map_or("", |text| text.get(lang))
    }
}

/// Whether a figure is there, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Shown,
    /// Shown, on fewer than thirty persons.
    Few,
    /// About too few persons, or another figure could be had from it.
    Withheld,
    /// Nobody answered.
    None,
}

impl State {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Few => "few",
            Self::Withheld => "withheld",
            Self::None => "none",
        }
    }
}

impl From<Figure> for State {
    fn from(figure: Figure) -> Self {
        match figure {
            Figure::None => Self::None,
            Figure::Withheld => Self::Withheld,
            Figure::Shown { .. } if figure.is_few() => Self::Few,
            Figure::Shown { .. } => Self::Shown,
        }
    }
}

/// The figure of a group or component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figured {
    /// Code of the group or component; its name is in [`Part::texts`].
    pub code: String,
    pub state: State,
    #[serde(flatten)]
    pub estimate: Estimate,
    /// Persons that it is about; null where it is not shown.
    pub persons: Option<u64>,
}

impl Figured {
    /// A computed figure.
    pub fn new(code: &str, figure: Figure, interval: Option<Interval>) -> Self {
        Self {
            code: code.to_owned(),
            state: figure.into(),
            estimate: Estimate::new(figure, interval),
            persons: match figure {
                Figure::Shown { persons, .. } => Some(persons),
                Figure::None | Figure::Withheld => None,
            },
        }
    }
}

/// A unit or point below.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Below {
    pub code: String,
    pub name: String,
    /// Null of a point.
    pub kind: Option<Kind>,
    /// The last day of a unit that has ended within the month.
    pub closed_on: Option<Date>,
    pub responses: u64,
    /// The group that counters measure, then its components.
    pub figures: Vec<Figured>,
    /// The place by the group among those of its kind here; null with too few responses, or where it
    /// is the only one of its kind.
    pub rank: Option<Place>,
}

/// One value of a table by stage, field or channel. The responses of all are those of the unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// See the tables; empty where it was not said.
    pub value: String,
    /// The value in words, of a field of service.
    pub name: Option<Text>,
    pub responses: u64,
    /// The group that counters measure, then its components.
    pub figures: Vec<Figured>,
}

/// Targets of the year, beside what was measured from its beginning to the end of the month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goals {
    pub year: i16,
    pub from: Date,
    pub to: Date,
    /// The year is over for the unit.
    pub closed: bool,
    /// Responses of these days.
    pub responses: u64,
    pub rows: Vec<Goal>,
}

/// One target. Percentage points and per cent throughout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    pub code: String,
    /// As it was entered.
    pub name: String,
    pub baseline: Option<Decimal>,
    pub target: Option<Decimal>,
    pub state: State,
    /// What was measured; null where it is not shown.
    pub current: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Current less target.
    pub gap: Option<f64>,
    /// The whole year, foreseen; null once it is over, or where there is no interval.
    pub projection: Option<Foreseen>,
    pub verdict: Verdict,
    /// Where it was entered from.
    pub source: Option<String>,
}

/// How well the questionnaire measures, from the single responses of the month, rounded to two
/// decimals; kept when the month is closed, since only then they are read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReliabilityOf {
    /// Cronbach's alpha of the components among each other, from the short form.
    pub alpha: Option<f64>,
    /// Responses with both, of the two components that are least often together.
    pub pairs: u64,
    pub components: Vec<ReliabilityPart>,
}

/// A component's items among each other, and the component among the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReliabilityPart {
    pub code: String,
    pub alpha: Option<f64>,
    pub pairs: u64,
    /// With the mean of the other components.
    pub correlation: Option<f64>,
}
