//! The target review of a unit and year: what was entered beside what is measured, row by row.
//!
//! Nothing entered is overwritten: a measured row keeps its `actual` beside `current`. What counters
//! cannot measure has as `current` what was entered, and no interval. The documents are those of
//! `GET /units/{unit}/targets/{year}`; the page is made of the same.

mod row;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::index::{Figure, Index};
use crate::questionnaire::{Lang, Rule};
use crate::statistics::outlook::Verdict;
use crate::statistics::rank::Rank;
use crate::statistics::{Interval, Uncertainty};
use crate::target::consistency::findings;
use crate::target::{IndexName, TOTAL, Target};

/// The review of one unit, year and questionnaire version.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Review {
    pub unit: String,
    pub year: i16,
    /// The part of the year that can have been measured; null before it has begun.
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// The year is over for the unit.
    pub closed: bool,
    /// Null where nothing was measured and no questionnaire is known.
    pub questionnaire: Option<String>,
    pub rule: Rule,
    pub responses: u64,
    pub clusters: u64,
    pub simulated: bool,
    /// What is measured is called.
    pub measured_index: String,
    pub rows: Vec<Row>,
    pub inconsistencies: Vec<Inconsistency>,
    /// Columns of whole tables in which every total follows from the rows.
    pub consistent: Vec<Consistent>,
    /// With the likely slips mended, every SIPAS target follows from its components.
    pub consistent_when_mended: bool,
    /// Groups that cannot be recomputed, since their weights are not published.
    pub without_weights: Vec<String>,
    /// The published SIPAS tables of the units that this one continues, each as such.
    pub predecessors: Vec<Inherited>,
    /// Days from which on figures cannot be compared with those before.
    pub breaks: Vec<Date>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub index: &'static str,
    pub code: String,
    pub name: String,
    pub max: Option<Decimal>,
    pub baseline: Option<Decimal>,
    pub baseline_rank: Option<i16>,
    pub rank_of: Option<i16>,
    pub target: Option<Decimal>,
    /// What the text of the plan names, of a total.
    pub goal: Option<Decimal>,
    pub goal_text: Option<String>,
    /// Counters can measure it.
    pub measured: bool,
    /// The measured score, unrounded, or what was entered; null where withheld or not known.
    pub current: Option<Decimal>,
    /// Persons that a measured score is about.
    pub answers: Option<u64>,
    pub interval: Option<Ends>,
    /// Current less target; the published figure less target where nothing was measured.
    pub gap: Option<Decimal>,
    /// That the true value of what was measured reaches the target, 0 to 1.
    pub probability: Option<f64>,
    /// The whole year, foreseen; null once it is over.
    pub projection: Option<Foreseen>,
    /// See [`Verdict::name`].
    pub verdict: &'static str,
    /// The place among units of its kind.
    pub rank: Option<Place>,
    pub actual: Option<Decimal>,
    pub actual_date: Option<Date>,
    pub source: Option<String>,
    /// A measured score month by month.
    pub trend: Vec<Month>,
    #[serde(skip)]
    pub figure: Figure,
    #[serde(skip)]
    pub judged: Verdict,
}

/// A 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ends {
    pub low: f64,
    pub high: f64,
}

impl From<Interval> for Ends {
    fn from(interval: Interval) -> Self {
        Self { low: interval.low, high: interval.high }
    }
}

/// The figure of the whole year, foreseen from the year to date.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Foreseen {
    pub score: f64,
    pub low: f64,
    pub high: f64,
    /// That it reaches the target, 0 to 1.
    pub probability: Option<f64>,
}

/// A place among units of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub place: usize,
    pub tied: bool,
    pub low: usize,
    pub high: usize,
    /// Units with a place.
    pub of: usize,
}

impl Place {
    /// A rank among so many.
    pub fn new(rank: Rank, of: usize) -> Self {
        let Rank { place, tied, low, high } = rank;
        Self { place, tied, low, high, of }
    }
}

/// The score of a month; null where it is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Month {
    pub from: Date,
    pub to: Date,
    pub score: Option<f64>,
    pub responses: u64,
}

/// A column of a table that adds up.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Consistent {
    pub index: &'static str,
    /// `baseline` or `target`.
    pub column: &'static str,
}

/// A figure that does not follow from the rows of its table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inconsistency {
    pub index: &'static str,
    pub code: String,
    pub name: String,
    /// `baseline` or `target`.
    pub column: &'static str,
    /// What it was computed from; `increment` names a likely slip of the pen.
    pub basis: &'static str,
    pub stated: Decimal,
    pub computed: Decimal,
    /// Of a likely slip: what the row is to gain, and what most rows are to gain.
    pub gain: Option<Decimal>,
    pub usual_gain: Option<Decimal>,
}

/// The published SIPAS table of a unit that ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inherited {
    pub unit: String,
    pub name: String,
    pub year: i16,
    pub rows: Vec<InheritedRow>,
    /// The reader may open its own review.
    #[serde(skip)]
    pub open: bool,
}

/// A row of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InheritedRow {
    pub index: &'static str,
    pub code: String,
    pub name: String,
    pub baseline: Option<Decimal>,
    pub baseline_rank: Option<i16>,
    pub rank_of: Option<i16>,
    pub target: Option<Decimal>,
}

/// What was measured of the year.
#[derive(Clone, Debug)]
pub struct Measured<'a> {
    pub index: &'a Index,
    pub sure: &'a Uncertainty,
    pub responses: u64,
    pub clusters: u64,
    pub simulated: bool,
}

/// Everything that a review is made of.
#[derive(Clone, Debug)]
pub struct Material<'a> {
    pub unit: &'a str,
    pub year: i16,
    pub days: Option<(Date, Date)>,
    pub closed: bool,
    /// The part of the year's answers that is still to come, 0 to 1; `None` where nothing can be said
    /// of the year as a whole.
    pub remaining: Option<f64>,
    /// The unit's own rows of the year, in the order of their tables.
    pub targets: &'a [Target],
    pub index: &'a Index,
    /// `None`: no answer at all.
    pub measured: Option<Measured<'a>>,
    pub measured_index: String,
    pub lang: Lang,
    pub predecessors: Vec<Inherited>,
    /// Places and months by code of a measured row.
    pub ranks: BTreeMap<String, Place>,
    pub trend: BTreeMap<String, Vec<Month>>,
}

impl Review {
    /// Lays everything side by side.
    pub fn new(material: Material<'_>) -> Self {
        let found = findings(material.targets);
        let inconsistencies = found.list.iter().map(|finding| Inconsistency {
            index: finding.row.index.name(),
            code: finding.row.code.clone(),
            name: finding.row.name.clone(),
            column: finding.column.name(),
            basis: finding.basis.name(),
            stated: finding.stated,
            computed: finding.computed,
            gain: finding.gain(finding.stated),
            usual_gain: finding.gain(finding.computed),
        });
        let inconsistencies = inconsistencies.collect();
        let without_weights = found.without_weights.iter().map(|row| row.code.clone()).collect();
        let asked = row::asked(material.index, material.lang);
        let mut rows: Vec<Row> =
            material.targets.iter().map(|target| row::row(target, &material, &asked)).collect();
        // Measured without a row of one's own: what a unit without a plan, or a new unit, sees.
        let missing = asked
            .iter()
            .filter(|asked| !rows.iter().any(|row| row.measured && row.code == asked.code));
        let missing: Vec<Row> = missing
            .map(|asked| {
                row::row(&row::blank(&material, asked), &material, std::slice::from_ref(asked))
            })
            .collect();
        // Codes are in the order of their letters; the index itself stands last.
        if !missing.is_empty() {
            rows.extend(missing);
            rows.sort_by_key(|row| match row.index {
                "sipas" => (row.is_total(), row.code.clone()),
                _ => (true, String::new()),
            });
        }
        let order = |row: &Row| IndexName::ALL.iter().position(|index| index.name() == row.index);
        rows.sort_by_key(order);
        let measured = material.measured.as_ref();
        Self {
            unit: material.unit.to_owned(),
            year: material.year,
            from: material.days.map(|days| days.0),
            to: material.days.map(|days| days.1),
            closed: material.closed,
            questionnaire: Some(material.index.instrument.code().to_owned()),
            rule: material.index.rule,
            responses: measured.map_or(0, |m| m.responses),
            clusters: measured.map_or(0, |m| m.clusters),
            simulated: measured.is_some_and(|m| m.simulated),
            measured_index: material.measured_index,
            rows,
            inconsistencies,
            consistent: found
                .holding
                .iter()
                .map(|(index, column)| Consistent { index: index.name(), column: column.name() })
                .collect(),
            consistent_when_mended: found.mended,
            without_weights,
            predecessors: material.predecessors,
            breaks: crate::target::BREAKS.to_vec(),
        }
    }

    /// Rows of one index.
    pub fn of(&self, index: IndexName) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.index == index.name())
    }
}

impl Inherited {
    /// The table of a unit that ended, as it was published.
    pub fn new(code: &str, name: &str, year: i16, rows: &[Target], open: bool) -> Self {
        let row = |row: &Target| InheritedRow {
            index: row.index.name(),
            code: row.code.clone(),
            name: row.name.clone(),
            baseline: row.baseline,
            baseline_rank: row.baseline_rank,
            rank_of: row.rank_of,
            target: row.target,
        };
        let rows = rows.iter().map(row).collect();
        Self { unit: code.to_owned(), name: name.to_owned(), year, rows, open }
    }
}

impl Row {
    /// The row of the index itself.
    pub fn is_total(&self) -> bool {
        self.code == TOTAL
    }
}
