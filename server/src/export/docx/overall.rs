//! The result of the month in a few sentences, as the page of the report has them in its summary.

use app::pages::report::letter::office;
use app::text::{count, day, decimal, t};
use domain::analysis::{Comparison, NotCompared};
use domain::document::{ComponentDocument, Estimate};
use domain::report::{Month, Part, State};
use domain::statistics::compare::Direction;

use super::Writer;
use crate::export::tables::{measured, state, verdict};
use crate::export::wording::{change, month, score};

impl Writer<'_> {
    /// What the document is about, and the result in a few sentences.
    pub(super) fn overall(&mut self) {
        let (report, lang) = (&self.edition.report, self.lang);
        let legal = report.parts.first().map_or("", |part| part.legal.as_str());
        let opening = [
            ("list", legal.to_owned()),
            ("unit", office(&report.unit.name, lang)),
            ("month", month(lang, report.month)),
            ("from", day(report.from)),
            ("to", day(report.to)),
        ];
        self.say_with("file-opening", &opening);
        self.section("file-overall");
        self.life();
        if report.responses == 0 {
            return self.say("file-received-none");
        }
        let received = [("n", count(lang, report.responses)), ("to", count(lang, report.comments))];
        let key = if report.comments == 0 { "file-received-plain" } else { "file-received" };
        self.say_with(key, &received);
        for part in &report.parts {
            if report.parts.len() > 1 {
                let n = count(lang, part.figures.responses);
                let version = [("code", part.questionnaire.clone()), ("n", n)];
                self.say_with("file-version", &version);
            }
            self.index(part);
            self.extremes(part);
            self.changed(&part.since_month);
            self.changed(&part.since_year);
            self.goal(part);
            self.driver(part);
        }
        self.say("file-not-sipas");
    }

    /// A unit that began or ended in the month, what it continues and what continues it.
    fn life(&mut self) {
        let unit = &self.edition.report.unit;
        let names = |list: &[domain::report::Named]| -> String {
            list.iter().map(|named| named.name.as_str()).collect::<Vec<_>>().join("; ")
        };
        if let Some(from) = unit.valid_from.filter(|_| unit.opened) {
            self.say_with("file-opened", &[("day", day(from))]);
        }
        if let Some(to) = unit.valid_to.filter(|_| unit.closed) {
            self.say_with("file-closed", &[("day", day(to))]);
        }
        if unit.opened && !unit.predecessors.is_empty() {
            self.say_with("file-predecessors", &[("list", names(&unit.predecessors))]);
        }
        if unit.closed && !unit.successors.is_empty() {
            self.say_with("file-successors", &[("list", names(&unit.successors))]);
        }
    }

    fn index(&mut self, part: &Part) {
        let lang = self.lang;
        for group in measured(&part.figures) {
            let Estimate { score: value, low, high } = group.estimate;
            let own = state(&part.figures, &group.code);
            match (value, low.zip(high)) {
                (Some(value), Some((low, high))) => {
                    let [value, low, high] = [value, low, high].map(|end| score(lang, end));
                    let words = [("score", value), ("low", low), ("high", high)];
                    self.say_with("file-index", &words);
                }
                (Some(value), None) => {
                    self.say_with("file-index-alone", &[("score", score(lang, value))]);
                }
                (None, _) if own == State::Withheld => self.say("file-index-withheld"),
                (None, _) => self.say("file-index-none"),
            }
            if own == State::Few {
                self.say("file-index-few");
            }
        }
    }

    /// The best and the least component, where at least two are shown and they differ.
    fn extremes(&mut self, part: &Part) {
        let lang = self.lang;
        let shown = measured(&part.figures).flat_map(|group| &group.components);
        let shown: Vec<(f64, &ComponentDocument)> =
            shown.filter_map(|component| Some((component.estimate.score?, component))).collect();
        let by_score = |a: &&(f64, _), b: &&(f64, _)| a.0.total_cmp(&b.0);
        let ends = shown.iter().min_by(by_score).zip(shown.iter().max_by(by_score));
        let Some((least, best)) = ends.filter(|(least, best)| least.0 < best.0) else { return };
        let words = [
            ("high", part.text(&best.1.code, lang).to_owned()),
            ("score", score(lang, best.0)),
            ("low", part.text(&least.1.code, lang).to_owned()),
            ("lowest", score(lang, least.0)),
        ];
        self.say_with("file-best", &words);
    }

    /// One sentence on the change of the group.
    pub(super) fn changed(&mut self, since: &Comparison) {
        let lang = self.lang;
        let group = since.rows.iter().find(|row| !row.code.contains('.'));
        let key = match (since.reason, group.and_then(|row| row.direction)) {
            (Some(NotCompared::NoAnswers), _) => "file-change-no-answers",
            (Some(NotCompared::OtherQuestionnaire), _) => "file-change-other-questionnaire",
            (Some(NotCompared::Overlap), _) => "file-change-overlap",
            (None, Some(Direction::Rising)) => "file-change-rising",
            (None, Some(Direction::Falling)) => "file-change-falling",
            (None, Some(Direction::Unclear)) => "file-change-unclear",
            (None, None) => "file-change-insufficient",
        };
        let number = |of: fn(&domain::analysis::Compared) -> Option<f64>| group.and_then(of);
        let signed = |of| number(of).map_or_else(String::new, |value| change(lang, value));
        let by = match key {
            "file-change-unclear" => signed(|row| row.estimate),
            _ => number(|row| row.estimate).map_or_else(String::new, |by| score(lang, by.abs())),
        };
        let words = [
            ("month", month(lang, Month::of(since.from))),
            ("by", by),
            ("low", signed(|row| row.low)),
            ("high", signed(|row| row.high)),
        ];
        self.say_with(key, &words);
    }

    /// Where the year stands against the target of the group.
    fn goal(&mut self, part: &Part) {
        let lang = self.lang;
        let Some(goals) = &part.goals else { return };
        let codes: Vec<&str> = measured(&part.figures).map(|group| group.code.as_str()).collect();
        for goal in goals.rows.iter().filter(|goal| codes.contains(&goal.code.as_str())) {
            let Some(target) = goal.target else { continue };
            let year = ("year", format!("{:04}", goals.year));
            let target = ("target", app::text::score(lang, target));
            let Some((current, gap)) = goal.current.zip(goal.gap) else {
                self.say_with("report-point-goal-none", &[year, target]);
                continue;
            };
            let says = t(lang, verdict(goal.verdict)).to_lowercase();
            let (now, by) = (("score", score(lang, current)), ("by", change(lang, gap)));
            self.say_with("report-point-goal", &[year, target, now, by, ("says", says)]);
        }
    }

    /// The item with most to gain.
    fn driver(&mut self, part: &Part) {
        let lang = self.lang;
        let Some(driver) = part.drivers.first().filter(|driver| driver.gain > 0.0) else { return };
        // The sentence goes on after the quoted one.
        let text = part.text(&driver.code, lang).trim_end_matches('.').to_owned();
        let words = [("text", text), ("by", decimal(lang, driver.gain, 2))];
        self.say_with("report-point-driver", &words);
    }
}
