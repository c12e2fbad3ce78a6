//! A report as tables of plain values: what the workbook, the CSV file and the document lay out, each
//! in its own way. No figure is computed here.

mod compared;
mod figures;
mod groups;
mod whole;

use app::text::{self, t, t_args};
use domain::document::{Document, NoteReason};
use domain::questionnaire::Lang;
use domain::release::BLOCK;
use domain::report::{Edition, Part, State};
use jiff::civil::Date;

pub(super) use compared::{BREAK, verdict};
pub(super) use figures::measured;
pub(super) use groups::stage_note;
pub(super) use whole::flag_words;

/// A table of the report.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// What programs know it by, in every language.
    pub(super) key: &'static str,
    /// The questionnaire version that its figures are of.
    pub(super) questionnaire: Option<String>,
    pub(super) title: String,
    /// A title of a word or two.
    pub(super) short: String,
    /// What the names of the rows are.
    pub(super) subject: String,
    /// The codes of the rows say something to a reader.
    pub(super) coded: bool,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    /// What stands below it.
    pub(super) notes: Vec<String>,
}

/// A column of values.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// What programs know it by.
    pub(super) key: String,
    pub(super) name: String,
    /// How its numbers are written.
    pub(super) kind: Kind,
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// There are none, but words or days.
    Words,
    /// Whole.
    Count,
    /// Two decimals.
    Score,
    /// One decimal: a share of people, not a score.
    Rate,
    /// Two decimals and a sign.
    Change,
    /// Three decimals.
    Fine,
}

/// A row, known by a code and a name.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) code: String,
    pub(super) name: String,
    /// It sums up the others.
    pub(super) total: bool,
    /// One for each column.
    pub(super) values: Vec<Value>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Words(String),
    /// As the report has it, unrounded.
    Number(f64),
    /// A score on fewer than thirty persons.
    Few(f64),
    Count(u64),
    Day(Date),
    /// A figure that may not be shown.
    Withheld,
    /// A figure of which nothing is known.
    None,
    /// Nothing belongs there.
    Blank,
}

impl Value {
    /// A number where there is one.
    fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Blank, Self::Number)
    }

    /// A whole number where there is one.
    fn count(count: Option<u64>) -> Self {
        count.map_or(Self::Blank, Self::Count)
    }

    /// A score by its state.
    fn score(state: State, score: Option<f64>) -> Self {
        match (state, score) {
            (State::Withheld, _) => Self::Withheld,
            (State::Few, Some(score)) => Self::Few(score),
            (_, Some(score)) => Self::Number(score),
            (_, None) => Self::None,
        }
    }
}

impl Table {
    /// An empty table under a key, which is also that of its words.
    fn new(lang: Lang, key: &'static str, subject: &str) -> Self {
        Self {
            key,
            questionnaire: None,
            title: t(lang, &format!("file-{key}")),
            short: t(lang, &format!("file-{key}-sheet")),
            subject: t(lang, subject),
            coded: false,
            columns: vec![],
            rows: vec![],
            notes: vec![],
        }
    }

    /// One of a questionnaire version.
    fn of(part: &Part, lang: Lang, key: &'static str, subject: &str) -> Self {
        Self { questionnaire: Some(part.questionnaire.clone()), ..Self::new(lang, key, subject) }
    }

    /// With a column, named by the key of its words.
    fn with(mut self, lang: Lang, key: &str, words: &str, kind: Kind) -> Self {
        self.columns.push(Column { key: key.to_owned(), name: t(lang, words), kind });
        self
    }

    /// With a score and the ends of its interval.
    fn scored(self, lang: Lang) -> Self {
        self.with(lang, "score", "score-column", Kind::Score)
            .with(lang, "low", "file-low", Kind::Score)
            .with(lang, "high", "file-high", Kind::Score)
    }

    /// How a number of a row is written; a rate stands among scores.
    pub(super) fn kind(&self, row: &Row, at: usize) -> Kind {
        if row.code == RATE { Kind::Rate } else { self.columns[at].kind }
    }

    /// Why a figure of a row is withheld, in a word or two. Of five responses or more it is not for being
    /// about fewer, but so that another one cannot be worked out.
    pub(super) fn withheld(&self, row: &Row, lang: Lang) -> String {
        let responses = self.columns.iter().position(|column| column.key == "responses");
        let enough = responses.and_then(|at| row.values.get(at)).is_some_and(|value| match value {
            Value::Count(responses) => *responses >= BLOCK,
            _ => false,
        });
        t(lang, if enough { "unpublished-short" } else { "withheld-short" })
    }

    /// Some scores are on few persons, which a star says.
    pub(super) fn has_few(&self) -> bool {
        self.rows.iter().flat_map(|row| &row.values).any(|value| matches!(value, Value::Few(_)))
    }

    fn row(&mut self, code: &str, name: &str, values: Vec<Value>) {
        let (code, name) = (code.to_owned(), name.to_owned());
        self.rows.push(Row { code, name, total: false, values });
    }
}

/// The code of the row with the response rate.
const RATE: &str = "rate";

/// All tables of a report, in the order in which they are read.
pub(super) fn tables(edition: &Edition, lang: Lang) -> Vec<Table> {
    let report = &edition.report;
    let mut all = vec![whole::summary(report, lang)];
    for part in &report.parts {
        all.push(figures::components(part, lang));
        all.push(figures::items(part, lang));
        let late = report.late;
        all.push(compared::since(part, lang, "since-month", (&part.since_month, late.month)));
        all.push(compared::since(part, lang, "since-year", (&part.since_year, late.year)));
        all.extend(part.goals.as_ref().map(|goals| compared::goals(part, goals, lang)));
        all.extend((!part.below.is_empty()).then(|| groups::below(part, lang)));
        all.extend(groups::marginals(part, lang));
        all.extend((!part.drivers.is_empty()).then(|| figures::drivers(part, lang)));
        all.extend(part.reliability.as_ref().map(|found| figures::reliability(part, found, lang)));
    }
    all.push(compared::trend(report, lang));
    all.push(whole::population(edition, lang));
    all.push(whole::quality(report, lang));
    all.extend(whole::flags(report, lang));
    all.extend(report.borders.as_ref().map(|borders| whole::borders(report, borders, lang)));
    all.extend(edition.correction.as_ref().map(|later| whole::correction(report, later, lang)));
    all.push(whole::method(edition, lang));
    all
}

/// A table by its key, of the version where it is of one.
pub(super) fn find<'a>(
    tables: &'a [Table],
    key: &str,
    questionnaire: Option<&str>,
) -> Option<&'a Table> {
    tables.iter().find(|table| table.key == key && table.questionnaire.as_deref() == questionnaire)
}

/// Whether the figure of a code is shown, as the notes of its document say.
pub(super) fn state(document: &Document, code: &str) -> State {
    let noted =
        |reason| document.notes.iter().any(|note| note.about == code && note.reason == reason);
    match () {
        () if noted(NoteReason::Withheld) => State::Withheld,
        () if noted(NoteReason::NoAnswers) || noted(NoteReason::NotMeasured) => State::None,
        () if noted(NoteReason::Few) => State::Few,
        () => State::Shown,
    }
}

/// The group is not asked at counters.
pub(super) fn unmeasured(document: &Document, code: &str) -> bool {
    let about = |note: &domain::document::Note| {
        note.about == code && note.reason == NoteReason::NotMeasured
    };
    document.notes.iter().any(about)
}

/// The notes about a code, in words.
fn notes(document: &Document, code: &str, lang: Lang) -> Value {
    let about = document.notes.iter().filter(|note| note.about == code);
    let words: Vec<String> = about.map(|note| text::note(lang, note.reason)).collect();
    if words.is_empty() { Value::Blank } else { Value::Words(words.join("; ")) }
}

/// What is said of a state beside a figure, in a row of so many responses.
fn remark(state: State, responses: u64, lang: Lang) -> Value {
    match state {
        State::Withheld if responses >= BLOCK => Value::Words(t(lang, "unpublished")),
        State::Shown => Value::Blank,
        State::Few => Value::Words(t(lang, "note-few")),
        State::Withheld => Value::Words(t(lang, "note-withheld")),
        State::None => Value::Words(t(lang, "note-no-answers")),
    }
}

/// Two days as a reader writes them.
fn days(lang: Lang, key: &str, (from, to): (Date, Date), n: u64) -> String {
    let [from, to] = [from, to].map(text::day);
    t_args(lang, key, &[("from", from), ("to", to), ("n", text::count(lang, n))])
}
