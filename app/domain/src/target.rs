//! Published results and targets: baseline, rank and target of each row of an index, as entered.
//!
//! What was entered is kept to the digit and never overwritten by what is computed.

pub mod consistency;

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

/// The code of an index itself.
pub const TOTAL: &str = "total";

/// Days from which on figures cannot be compared with those before: in 2022 another form was asked of
/// other people (households, not users of listed services); on 1 July 2025 districts ended, and units
/// got other borders.
pub const BREAKS: [Date; 2] = [date(2022, 1, 1), date(2025, 7, 1)];

/// The four indices of a district's or province's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IndexName {
    Sipas,
    Par,
    Ddci,
    Dti,
}

impl IndexName {
    pub const ALL: [Self; 4] = [Self::Sipas, Self::Par, Self::Ddci, Self::Dti];

    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sipas => "sipas",
            Self::Par => "par",
            Self::Ddci => "ddci",
            Self::Dti => "dti",
        }
    }

    /// The index of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|index| index.name() == text)
    }
}

/// One row of a published table.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub unit: String,
    pub year: i16,
    pub index: IndexName,
    /// Code within the index; `total` for the index itself.
    pub code: String,
    pub name: String,
    /// Highest possible number of points, where the index has one.
    pub max: Option<Decimal>,
    pub baseline: Option<Decimal>,
    pub baseline_rank: Option<i16>,
    pub rank_of: Option<i16>,
    pub target: Option<Decimal>,
    pub actual: Option<Decimal>,
    pub actual_date: Option<Date>,
    pub source: Option<String>,
    /// The target that the text of the plan names, where it differs from its table; of a total.
    pub goal: Option<Decimal>,
    /// The words of the plan, quoted.
    pub goal_text: Option<String>,
}

impl Target {
    /// A row of which no figure is known yet.
    pub fn blank(unit: &str, year: i16, index: IndexName, code: &str, name: &str) -> Self {
        Self {
            unit: unit.to_owned(),
            year,
            index,
            code: code.to_owned(),
            name: name.to_owned(),
            max: None,
            baseline: None,
            baseline_rank: None,
            rank_of: None,
            target: None,
            actual: None,
            actual_date: None,
            source: None,
            goal: None,
            goal_text: None,
        }
    }
}

/// The number of dossiers that a unit handled in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossiers {
    pub unit: String,
    /// The first day of the month.
    pub month: Date,
    pub handled: i64,
}
