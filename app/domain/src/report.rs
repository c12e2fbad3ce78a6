//! The monthly report of a unit: plain values, from which every page and file of it is made.
//!
//! Nothing in it is computed here and nothing is rounded: the figures of a part are the document of
//! `GET /units/{unit}/index` for the same days, the trend is that of `/series`, and so on. Names and
//! texts of the questionnaire inside such documents are Vietnamese, as they are official; each part
//! says them in both languages by their code, see [`Part::text`]. All other words are those of the
//! reader. Once its month is over a report is sealed: the bytes of its JSON are kept with their hash
//! and never changed, and what came in later stands beside it as a [`Correction`].

mod month;
mod parts;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::{Comparison, PopulationDocument};
use crate::audit::Head;
use crate::document::{Document, SeriesPoint};
use crate::questionnaire::Rule;
use crate::unit::{Channel, Kind};

pub use month::Month;
pub use parts::{Below, Cell, Figured, Goal, Goals, Part, ReliabilityOf, ReliabilityPart, State};

/// The layout of the JSON of a report; another one when a field changes its meaning.
pub const LAYOUT: u16 = 1;

/// Months of the trend, the report's own included.
pub const TREND_MONTHS: i32 = 13;

/// Above this score, 0 to 100, and this number of responses a figure is to be looked into: surveys of
/// one's own that give nearly everything are the complaint heard most. Proposed by this project.
pub const SUSPICIOUS: (f64, u64) = (98.0, 100);

/// The report of one unit and month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// See [`LAYOUT`].
    pub layout: u16,
    pub unit: Heading,
    pub month: Month,
    /// The first day of the month.
    pub from: Date,
    /// The last day of the month, or today while it runs.
    pub to: Date,
    /// The month is over; otherwise everything is as of now, and nothing is known by stage and field.
    pub complete: bool,
    /// Some of the responses are simulated.
    pub simulated: bool,
    /// How scores follow from answers.
    pub rule: Rule,
    /// Responses of all questionnaire versions.
    pub responses: u64,
    /// One a questionnaire version, the newest first, never mixed. At least one: where nobody answered,
    /// one of the version in force that says so.
    pub parts: Vec<Part>,
    #[serde(default)]
    pub late: Late,
    pub trend: Trend,
    /// Response rate and sample needed; null where no number of dossiers was entered for the month.
    pub population: Option<PopulationDocument>,
    /// Responses with a comment. None is quoted.
    pub comments: u64,
    pub quality: Quality,
    /// Where other units' answers were given at points that are this unit's today, or the other way
    /// round: the month under both borders.
    pub borders: Option<Borders>,
    pub method: Method,
}

/// Code and name of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub code: String,
    pub name: String,
}

/// Which unit the report is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    pub code: String,
    pub name: String,
    pub kind: Kind,
    /// Units above, from the top down to the parent.
    pub path: Vec<Named>,
    /// The place where citizens are served, as items name it.
    pub place: String,
    pub valid_from: Option<Date>,
    /// The last day of a unit that has ended or will.
    pub valid_to: Option<Date>,
    /// Units that this one continues.
    pub predecessors: Vec<Named>,
    /// Units that continue this one.
    pub successors: Vec<Named>,
    /// The unit began after the first day of the month.
    pub opened: bool,
    /// The unit ended before or on the last day of the month.
    pub closed: bool,
}

/// Responses of earlier months that came in after the reports of those months were sealed: what this
/// report compares itself with counts them, so its figures of those months are not the sealed ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// Of the month before.
    pub month: u64,
    /// Of the same month of the year before.
    pub year: u64,
}

/// The months up to that of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    pub from: Date,
    pub to: Date,
    /// As `GET /units/{unit}/series?by=month` for these days: months with answers, by version.
    pub points: Vec<SeriesPoint>,
    /// Days within, from which on figures cannot be compared with those before.
    pub breaks: Vec<BreakOn>,
}

/// A day from which on figures are of something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BreakOn {
    pub on: Date,
    pub why: Break,
}

/// What makes figures of two days different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Break {
    /// Another questionnaire is asked.
    Questionnaire,
    /// The unit, or one below it, began or ended.
    Unit,
}

/// What is to be known of the answers themselves, as far as counts tell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Responses by how they came in, in the order of [`Channel::ALL`], those without left out.
    pub channels: Vec<ChannelShare>,
    /// Simulated responses among all.
    pub simulated: u64,
    /// Answers on the scale to items that are shown.
    pub valid: u64,
    /// Answers "không áp dụng" to the same items.
    pub not_applicable: u64,
    pub flags: Vec<Flag>,
}

/// Responses of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelShare {
    pub channel: Channel,
    pub responses: u64,
}

/// Something to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    pub kind: FlagKind,
    /// The unit or point that it is about.
    pub code: String,
    pub name: String,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    /// Fewer responses than thirty: said of the unit alone.
    Few,
    /// Nearly all satisfied, see [`SUSPICIOUS`].
    TooGood,
}

/// The month under the borders of its days, which the report is about, and under those of today.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Borders {
    /// Units that this one continues and that were answered in the month, each as it was.
    pub predecessors: Vec<Before>,
    /// All answers of the month at points that are the unit's today, one a version; withheld like any
    /// other figure, and where another unit's could be had by subtraction.
    pub now: Vec<Document>,
}

/// A unit before its successors, in the month of the change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Before {
    pub unit: Named,
    /// Its last day.
    pub to: Option<Date>,
    /// One a version.
    pub figures: Vec<Document>,
}

/// How the report was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// Version of the program.
    pub program: String,
    /// The moment, RFC 3339 with the offset of Viet Nam.
    pub made_at: String,
    /// Who or what closed the month; null of a report that is not sealed.
    pub closed_by: Option<ClosedBy>,
    /// The head of the trail of changes when the report was sealed: whoever holds the report can tell
    /// later whether the trail up to there is still the same. Null of a report that is not sealed.
    pub trail: Option<Head>,
}

/// Who or what closed a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClosedBy {
    /// The running service, at the hour that is set.
    Schedule,
    /// The service at its start, of a month that it missed.
    Late,
    /// Somebody who reports on the unit; the trail says who.
    Person,
}

impl ClosedBy {
    /// The name used in documents and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Late => "late",
            Self::Person => "person",
        }
    }
}

/// A report with its seal, and what came after it: what pages and files are made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    pub report: Report,
    /// Null while the report is not sealed.
    pub seal: Option<Seal>,
    /// Null where nothing came in after the seal.
    pub correction: Option<Correction>,
    /// Responses against dossiers as of now, where their number was entered or changed after the seal.
    pub dossiers: Option<PopulationDocument>,
}

impl Edition {
    /// Open, sealed or corrected.
    pub fn status(&self) -> Status {
        match (&self.seal, &self.correction, self.report.complete) {
            (Some(_), Some(_), _) => Status::Corrected,
            (Some(_), None, _) => Status::Sealed,
            (None, _, true) => Status::Due,
            (None, _, false) => Status::Open,
        }
    }
}

/// The seal of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// SHA-256 of the JSON, in hexadecimal.
    pub hash: String,
    /// The moment, RFC 3339 with the offset of Viet Nam.
    pub at: String,
    pub by: ClosedBy,
}

/// What came in after the seal. The sealed figures stay as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Responses that came in later.
    pub more: u64,
    pub parts: Vec<CorrectedPart>,
}

/// One questionnaire version of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CorrectedPart {
    pub questionnaire: String,
    /// Responses as sealed; zero of a version that was not answered then.
    pub sealed: u64,
    pub now: u64,
    /// Groups and components as sealed and as they are now; empty where fewer than five came in, since
    /// their answers could be had by subtraction. For the same reason a figure as it is now is null where
    /// fewer than five have answered its component since.
    pub rows: Vec<Corrected>,
}

/// One figure of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Corrected {
    pub code: String,
    pub name: String,
    pub sealed: Option<f64>,
    pub now: Option<f64>,
}

/// The state of a month's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The month still runs.
    Open,
    /// The month is over, and the report will be sealed.
    Due,
    Sealed,
    /// Sealed, and answers came in later.
    Corrected,
    /// What is stored is not what was sealed.
    Broken,
}

impl Status {
    /// The name used in documents and keys of words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Due => "due",
            Self::Sealed => "sealed",
            Self::Corrected => "corrected",
            Self::Broken => "broken",
        }
    }
}

/// One line of the list of a unit's reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub month: Month,
    pub status: Status,
    /// As sealed, otherwise as of now.
    pub responses: u64,
    /// Responses that came in after the seal.
    pub more: u64,
    pub seal: Option<Seal>,
}

/// Two months of a unit side by side, as of now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthsCompared {
    pub unit: Named,
    /// All months that can be compared, the newest first.
    pub months: Vec<Month>,
    pub before: MonthFigures,
    pub after: MonthFigures,
    pub simulated: bool,
    pub rule: Rule,
    /// One a questionnaire version of the later month, the newest first; one with its reason where
    /// nothing can be compared.
    pub comparisons: Vec<Comparison>,
    /// Days between, from which on figures cannot be compared with those before.
    pub breaks: Vec<BreakOn>,
}

/// One of two months.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthFigures {
    pub month: Month,
    pub status: Status,
    pub responses: u64,
    /// One a version.
    pub figures: Vec<Document>,
}
