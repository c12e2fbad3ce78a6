//! The text of the report: short sections as an office writes them, each figure from the report.

use app::pages::report::dossiers_later;
use app::pages::report::letter::office;
use app::text::{count, day, decimal, t, t_args};
use domain::document::ComponentDocument;
use domain::report::Part;

use super::Writer;
use super::body::Run;
use super::chart::{Chart, Form};
use super::layout;
use crate::export::tables::{self, BREAK, Value, find, measured, stage_note};
use crate::export::wording::month;

/// Drivers that are named in the document; the workbook has all.
const DRIVERS: usize = 5;

impl Writer<'_> {
    /// Components, with their chart, and what pulls the score down.
    pub(super) fn results(&mut self) {
        self.section("file-results");
        let parts = &self.edition.report.parts;
        for part in parts {
            let version = Some(part.questionnaire.as_str());
            self.version(part);
            self.table("components", version, layout::COMPONENTS, usize::MAX);
            self.components_chart(part);
            if part.drivers.is_empty() {
                continue;
            }
            self.table("drivers", version, layout::DRIVERS, DRIVERS);
            self.note("drivers-why");
            if part.drivers.len() > DRIVERS {
                self.note("file-rest");
            }
        }
    }

    fn components_chart(&mut self, part: &Part) {
        let lang = self.lang;
        let components: Vec<_> =
            measured(&part.figures).flat_map(|group| &group.components).collect();
        if components.iter().all(|component| component.estimate.score.is_none()) {
            return;
        }
        let named = |component: &&ComponentDocument| {
            format!("{} {}", component.code, part.text(&component.code, lang))
        };
        let chart = Chart {
            form: Form::Bars,
            name: t(lang, "score-column"),
            categories: components.iter().map(named).collect(),
            values: components.iter().map(|component| component.estimate.score).collect(),
            intervals: components.iter().map(|of| of.estimate.low.zip(of.estimate.high)).collect(),
            axis: (0.0, 100.0),
        };
        self.chart("file-components-chart", chart, 6.2);
    }

    /// Against the month and the year before, and month by month.
    pub(super) fn compared(&mut self) {
        self.section("file-change");
        for part in &self.edition.report.parts {
            self.version(part);
            for (key, since) in
                [("since-month", &part.since_month), ("since-year", &part.since_year)]
            {
                match since.reason {
                    Some(_) => self.changed(since),
                    None => {
                        let version = Some(part.questionnaire.as_str());
                        self.table(key, version, layout::SINCE, usize::MAX);
                    }
                }
            }
        }
        self.note("file-change-note");
        self.trend();
    }

    fn trend(&mut self) {
        let Some(table) = find(&self.tables, "trend", None) else { return };
        let of = |row: &tables::Row, at: usize| match row.values.get(at) {
            Some(Value::Number(number) | Value::Few(number)) => Some(*number),
            _ => None,
        };
        let score = table.columns.iter().position(|column| column.key == "score").unwrap_or(0);
        let values: Vec<Option<f64>> = table.rows.iter().map(|row| of(row, score)).collect();
        let ends = table.rows.iter().map(|row| of(row, score + 1).zip(of(row, score + 2)));
        let intervals: Vec<Option<(f64, f64)>> = ends.collect();
        let name = |row: &tables::Row| match row.code == BREAK {
            true => "…".to_owned(),
            false => row.name.clone(),
        };
        let chart = Chart {
            form: Form::Line,
            name: t(self.lang, "score-column"),
            categories: table.rows.iter().map(name).collect(),
            axis: axis(&values, &intervals),
            values,
            intervals,
        };
        if chart.values.iter().flatten().count() > 1 {
            let lifted = chart.axis.0 > 0.0;
            self.chart("file-trend-chart", chart, 6.6);
            if lifted {
                self.note("report-trend-axis");
            }
        }
        self.table("trend", None, layout::TREND, usize::MAX);
    }

    pub(super) fn goals(&mut self) {
        self.section("file-goals-heading");
        let lang = self.lang;
        for part in &self.edition.report.parts {
            let Some(goals) = &part.goals else { continue };
            self.version(part);
            let days = [
                ("from", day(goals.from)),
                ("to", day(goals.to)),
                ("n", count(lang, goals.responses)),
            ];
            self.lead_in("file-goals-days", &days);
            self.table("goals", Some(&part.questionnaire), layout::GOALS, usize::MAX);
            self.note("targets-method-verdict");
            self.note("targets-method-projection");
        }
        if self.edition.report.parts.iter().all(|part| part.goals.is_none()) {
            self.say("file-goal-none");
        }
    }

    /// Units or points below.
    pub(super) fn below(&mut self) {
        self.section("file-below");
        let parts = &self.edition.report.parts;
        for part in parts.iter().filter(|part| !part.below.is_empty()) {
            self.version(part);
            self.table("below", Some(&part.questionnaire), layout::BELOW, usize::MAX);
            let least = [("n", part.ranked_least.to_string())];
            self.note_with("ranks-why", &least);
        }
        if parts.iter().all(|part| part.below.is_empty()) {
            self.say("file-below-none");
        }
    }

    /// By stage, field and channel.
    pub(super) fn groups(&mut self) {
        let lang = self.lang;
        self.section("file-groups");
        for part in &self.edition.report.parts {
            self.version(part);
            if part.by_stage.is_none() || part.by_field.is_none() {
                self.say("file-after-month");
            }
            let version = Some(part.questionnaire.as_str());
            let known = part.by_stage.as_deref().and_then(|cells| cells.first());
            let components = known.map_or(&[][..], |cell| cell.figures.get(1..).unwrap_or(&[]));
            let codes: Vec<&str> = components.iter().map(|of| of.code.as_str()).collect();
            let shape = layout::by_component(&codes);
            self.table("stage", version, &shape, usize::MAX);
            if let Some(says) = part.by_stage.as_deref().and_then(|cells| stage_note(cells, lang)) {
                self.body.paragraph("Note", &[Run::Italic(&says)]);
            }
            self.table("field", version, &shape, usize::MAX);
            if !codes.is_empty() {
                self.note_with("file-codes", &[("list", codes.join(", "))]);
                self.note("report-no-interval");
            }
            self.table("channel", version, layout::GROUPS, usize::MAX);
        }
        self.note("file-shown-why");
    }

    /// Sample, quality, borders, and what came later.
    pub(super) fn data(&mut self) {
        let (edition, lang) = (self.edition, self.lang);
        let report = &edition.report;
        self.section("file-data");
        match &report.population {
            None => self.say("file-population-none"),
            Some(of) => {
                let words = [
                    ("dossiers", count(lang, of.dossiers)),
                    ("percent", decimal(lang, of.rate, 1)),
                    ("error", decimal(lang, 100.0 * of.error, 0)),
                    ("needed", count(lang, of.needed)),
                ];
                self.lead_in("file-population-says", &words);
                match of.missing {
                    0 => self.lead_in("file-population-enough", &[]),
                    n => self.lead_in("file-population-missing", &[("n", count(lang, n))]),
                }
                self.table("population", None, layout::POPULATION, usize::MAX);
            }
        }
        if let Some(says) = dossiers_later(edition, lang) {
            self.body.text("BodyText", &says);
        }
        self.table("quality", None, layout::QUALITY, usize::MAX);
        for flag in &report.quality.flags {
            let words = t(lang, tables::flag_words(flag.kind));
            self.body.text("BodyText", &format!("{}: {words}", flag.name));
        }
        for part in &report.parts {
            self.table("reliability", Some(&part.questionnaire), layout::RELIABILITY, usize::MAX);
        }
        if report.borders.is_some() {
            self.table("borders", None, layout::BORDERS, usize::MAX);
        }
        if let Some(later) = &edition.correction {
            self.section("file-correction");
            self.lead_in("file-correction-says", &[("n", count(lang, later.more))]);
            self.table("correction", None, layout::CORRECTION, usize::MAX);
        }
    }

    /// What the office writes itself, before the last sentence.
    pub(super) fn proposals(&mut self) {
        let (report, lang) = (&self.edition.report, self.lang);
        self.section("file-proposals");
        self.lead_in("file-proposals-blank", &[]);
        self.body.dots();
        self.body.dots();
        let words =
            [("month", month(lang, report.month)), ("unit", office(&report.unit.name, lang))];
        let end = t_args(lang, "file-end", &words);
        self.body.text("Closing", &end);
    }
}

/// The ends of an axis around values and intervals: full fives, with room.
fn axis(values: &[Option<f64>], intervals: &[Option<(f64, f64)>]) -> (f64, f64) {
    let ends = intervals.iter().flatten().flat_map(|(low, high)| [*low, *high]);
    let all = || values.iter().flatten().copied().chain(ends.clone());
    let (low, high) = (all().fold(100.0, f64::min), all().fold(0.0, f64::max));
    let low = (((low - 2.0) / 5.0).floor() * 5.0).clamp(0.0, 95.0);
    let high = (((high + 2.0) / 5.0).ceil() * 5.0).clamp(low + 5.0, 100.0);
    (low, high)
}

impl Writer<'_> {
    /// Item by item, and how all is computed.
    pub(super) fn appendices(&mut self) {
        let items = self.edition.report.responses > 0;
        if items {
            self.appendix("I", "file-items");
            for part in &self.edition.report.parts {
                self.version(part);
                self.table("items", Some(&part.questionnaire), layout::ITEMS, usize::MAX);
            }
            self.note("file-answers-means");
        }
        self.appendix(if items { "II" } else { "" }, "method-title");
        self.table("method", None, layout::METHOD, usize::MAX);
        for key in METHOD {
            self.say(key);
        }
    }
}

/// Paragraphs of the appendix on the method.
const METHOD: [&str; 7] = [
    "method-estimand",
    "why-not-sipas",
    "method-score-rules",
    "method-interval-when",
    "method-interval-coverage",
    "method-rank",
    "method-legal-open",
];
