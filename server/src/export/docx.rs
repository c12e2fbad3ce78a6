//! The report as a document of Word, in the layout of Nghị định 30/2020/NĐ-CP: to be completed, edited
//! and signed.
//!
//! The parts are written here; the same report gives the same bytes.

mod body;
mod chart;
mod layout;
mod letter;
mod overall;
mod package;
mod sections;

use std::io;

use app::pages::report::letter::{office, sign};
use app::text::{day, t, t_args};
use domain::questionnaire::Lang;
use domain::report::{Edition, Part, Status};
use jiff::Timestamp;

use self::body::{Body, Run, WIDTH};
use self::chart::Chart;
use self::layout::Shape;
use self::package::Package;
use super::tables::{Table, find, tables};
use super::wording;

/// English metric units of a centimetre.
const CENTIMETRE: f64 = 360_000.0;
/// The width of a chart in centimetres, a little less than that of the text.
const CHART: f64 = 16.0;

/// The report as a file of Word.
pub fn docx(edition: &Edition, lang: Lang) -> io::Result<Vec<u8>> {
    let report = &edition.report;
    let mut writer = Writer {
        edition,
        lang,
        tables: tables(edition, lang),
        body: Body::default(),
        charts: vec![],
        numbers: Numbers::default(),
    };
    writer.whole();
    let month = wording::month(lang, report.month);
    let title = [("month", month), ("unit", report.unit.name.clone())];
    let mark = report.simulated.then(|| t(lang, "file-simulated-short"));
    let package = Package {
        lang,
        title: &t_args(lang, "file-title", &title),
        author: &office(&report.unit.name, lang),
        made: Timestamp::from_second(super::made(edition)).unwrap_or_default(),
        body: &writer.body.xml,
        mark: mark.as_deref(),
        charts: &writer.charts,
    };
    package.bytes()
}

/// What has been counted so far.
#[derive(Default)]
struct Numbers {
    sections: usize,
    subsections: usize,
    tables: usize,
}

/// The document on its way.
struct Writer<'a> {
    edition: &'a Edition,
    lang: Lang,
    tables: Vec<Table>,
    body: Body,
    charts: Vec<Chart>,
    numbers: Numbers,
}

impl Writer<'_> {
    fn whole(&mut self) {
        let (report, lang) = (&self.edition.report, self.lang);
        letter::head(&mut self.body, &report.unit, lang);
        self.body.text("Title", &t(lang, "file-kind"));
        let about = [("month", wording::month(lang, report.month))];
        self.body.text("Subject", &t_args(lang, "file-about", &about));
        self.body.rule(WIDTH / 6, WIDTH);
        if let Some(mark) = super::mark(report, lang) {
            self.body.text("Simulated", &mark);
        }
        if let Some(state) = self.preliminary() {
            self.body.text("Simulated", &state);
        }
        self.overall();
        if report.responses > 0 {
            self.results();
            self.compared();
            self.goals();
            self.below();
            self.groups();
        }
        self.data();
        self.proposals();
        letter::end(&mut self.body, &report.unit, lang);
        self.appendices();
    }

    /// That the figures may still change, where they may.
    fn preliminary(&self) -> Option<String> {
        let to = [("to", day(self.edition.report.to))];
        match self.edition.status() {
            Status::Open => Some(t_args(self.lang, "file-status-open", &to)),
            Status::Due => Some(t(self.lang, "file-status-due")),
            Status::Sealed | Status::Corrected | Status::Broken => None,
        }
    }

    fn section(&mut self, key: &str) {
        self.numbers.sections += 1;
        self.numbers.subsections = 0;
        let title = t(self.lang, key).to_uppercase();
        self.body.text("Heading1", &format!("{}. {title}", roman(self.numbers.sections)));
    }

    /// The version of the questionnaire, where the month has several.
    fn version(&mut self, part: &Part) {
        if self.edition.report.parts.len() > 1 {
            let n = app::text::count(self.lang, part.figures.responses);
            let code = [("code", part.questionnaire.clone()), ("n", n)];
            let title = t_args(self.lang, "file-version", &code);
            self.numbers.subsections += 1;
            self.body.text("Heading2", &format!("{}. {title}", self.numbers.subsections));
        }
    }

    fn say(&mut self, key: &str) {
        self.say_with(key, &[]);
    }

    fn say_with(&mut self, key: &str, words: &[(&'static str, String)]) {
        let text = t_args(self.lang, key, words);
        self.body.text("BodyText", &text);
    }

    /// A sentence that stays on one page with what follows: a table, or the end of the letter.
    fn lead_in(&mut self, key: &str, words: &[(&'static str, String)]) {
        self.body.text("LeadIn", &t_args(self.lang, key, words));
    }

    fn note(&mut self, key: &str) {
        self.note_with(key, &[]);
    }

    fn note_with(&mut self, key: &str, words: &[(&'static str, String)]) {
        let text = t_args(self.lang, key, words);
        self.body.paragraph("Note", &[Run::Italic(&text)]);
    }

    /// A table with its number, where the report has it.
    fn table(&mut self, key: &str, questionnaire: Option<&str>, shape: &Shape<'_>, most: usize) {
        let Some(table) = find(&self.tables, key, questionnaire) else { return };
        if table.rows.is_empty() {
            return;
        }
        self.numbers.tables += 1;
        let caption = [("n", self.numbers.tables.to_string()), ("title", table.title.clone())];
        self.body.text("Caption", &t_args(self.lang, "file-table", &caption));
        if layout::table(&mut self.body, table, shape, self.lang, most) {
            let means = super::few_means(self.lang);
            self.body.paragraph("Note", &[Run::Italic(&means)]);
        }
    }

    /// A chart with its number, so many centimetres high.
    fn chart(&mut self, key: &str, chart: Chart, height: f64) {
        self.charts.push(chart);
        let number = self.charts.len();
        let title = t(self.lang, key);
        let caption = [("n", number.to_string()), ("title", title.clone())];
        self.body.text("Caption", &t_args(self.lang, "file-chart", &caption));
        let size = [CHART, height].map(|length| (length * CENTIMETRE) as u64);
        self.body.chart(number, &title, size.into());
    }

    fn appendix(&mut self, number: &str, key: &str) {
        let (report, lang) = (&self.edition.report, self.lang);
        let head = format!("{} {number}", t(lang, "file-appendix")).to_uppercase();
        self.body.text("Appendix", head.trim_end());
        self.body.text("Subject", &t(lang, key).to_uppercase());
        let of = [("code", sign(&report.unit, lang)), ("unit", office(&report.unit.name, lang))];
        self.body.paragraph("Letterhead", &[Run::Italic(&t_args(lang, "file-appendix-of", &of))]);
        self.body.rule(WIDTH / 6, WIDTH);
    }
}

/// The numbers of sections; a report has no more.
fn roman(number: usize) -> &'static str {
    const NUMBERS: [&str; 12] =
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    NUMBERS.get(number.wrapping_sub(1)).copied().unwrap_or("–")
}
