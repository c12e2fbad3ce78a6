//! The documents of the JSON API, as the contract words them; islands read them too.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::counts::ItemCounts;
use crate::index::{Figure, Index};
use crate::questionnaire::{Lang, Rule, fill};
use crate::score::Score;
use crate::statistics::{Interval, Uncertainty};

/// A score with its 95 % interval, all percentages from 0 to 100, unrounded; null where not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub score: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl Estimate {
    /// A figure and how sure it is.
    pub fn new(figure: Figure, interval: Option<Interval>) -> Self {
        Self {
            score: figure.score().map(number),
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
        }
    }
}

/// The nearest binary number of an exact score.
pub fn number(score: Score) -> f64 {
    f64::try_from(score).unwrap_or(f64::NAN)
}

/// `GET /units/{unit}/index`: one unit, one period, one questionnaire version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub unit: String,
    pub from: Date,
    pub to: Date,
    pub questionnaire: String,
    pub rule: Rule,
    /// Responses committed in the period, also where every figure is withheld.
    pub responses: u64,
    /// Points times days with a valid answer, as released.
    pub clusters: u64,
    /// Some of the responses are simulated.
    pub simulated: bool,
    pub index: Estimate,
    pub groups: Vec<GroupDocument>,
    pub notes: Vec<Note>,
}

/// A group of components.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupDocument {
    pub code: String,
    pub name: String,
    #[serde(flatten)]
    pub estimate: Estimate,
    pub components: Vec<ComponentDocument>,
}

/// A component with its items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComponentDocument {
    pub code: String,
    pub name: String,
    #[serde(flatten)]
    pub estimate: Estimate,
    pub design_effect: Option<f64>,
    pub items: Vec<ItemDocument>,
}

/// An item with its counts, which are null where its figure is withheld.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemDocument {
    pub code: String,
    pub text: String,
    pub counts: Option<[u64; 5]>,
    pub not_applicable: Option<u64>,
    #[serde(flatten)]
    pub estimate: Estimate,
}

/// Why a figure is null, or what to mind about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// `index`, or the code of a group, component or item.
    pub about: String,
    pub reason: NoteReason,
    pub text: String,
}

/// The reasons of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteReason {
    /// About too few persons, or another figure could be had from it.
    Withheld,
    /// Nobody answered.
    NoAnswers,
    /// Not asked by this questionnaire, or one of the two groups is missing.
    NotMeasured,
    /// A group without one of its components.
    Partial,
    /// Shown on fewer than thirty persons.
    Few,
    /// Too few points and days, or answers, to say how sure it is.
    NoInterval,
}

/// What a document is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub unit: String,
    /// What fills `{ĐIỂM}`.
    pub place: String,
    pub from: Date,
    pub to: Date,
    pub responses: u64,
    pub clusters: u64,
    pub simulated: bool,
}

impl Document {
    /// The document of computed figures; `words` puts a note's reason into words.
    pub fn new(
        subject: Subject,
        index: &Index,
        sure: &Uncertainty,
        lang: Lang,
        words: &dyn Fn(NoteReason) -> String,
    ) -> Self {
        let instrument = &index.instrument;
        let mut notes = Notes { list: vec![], words };
        if index.overall.score().is_none() {
            let withheld = index.overall == Figure::Withheld;
            notes.add(
                "index",
                if withheld { NoteReason::Withheld } else { NoteReason::NotMeasured },
            );
        }
        let mut component_at = 0;
        let mut item_at = 0;
        let mut groups = vec![];
        for (group_at, group) in instrument.questionnaire.groups.iter().enumerate() {
            let figure = index.groups[group_at];
            let empty = match group.unmeasured.is_some() || !group.counter {
                true => NoteReason::NotMeasured,
                false => NoteReason::NoAnswers,
            };
            notes.figure(&group.code, figure, sure.groups[group_at], empty);
            if !index.missing[group_at].is_empty() {
                notes.add(&group.code, NoteReason::Partial);
            }
            let mut components = vec![];
            for component in &group.components {
                let figure = index.components[component_at];
                notes.figure(&component.code, figure, sure.components[component_at], empty);
                let mut items = vec![];
                for item in &component.items {
                    let (figure, counts) = (index.items[item_at], index.counts[item_at]);
                    notes.figure(&item.code, figure, sure.items[item_at], empty);
                    let estimate = Estimate::new(figure, sure.items[item_at]);
                    let text = fill(item.text.get(lang), &subject.place);
                    items.push(item_document(&item.code, text, estimate, counts));
                    item_at += 1;
                }
                components.push(ComponentDocument {
                    code: component.code.clone(),
                    name: component.name.get(lang).to_owned(),
                    estimate: Estimate::new(figure, sure.components[component_at]),
                    design_effect: sure.design_effects[component_at],
                    items,
                });
                component_at += 1;
            }
            groups.push(GroupDocument {
                code: group.code.clone(),
                name: group.name.get(lang).to_owned(),
                estimate: Estimate::new(figure, sure.groups[group_at]),
                components,
            });
        }
        Self {
            unit: subject.unit,
            from: subject.from,
            to: subject.to,
            questionnaire: instrument.code().to_owned(),
            rule: index.rule,
            responses: subject.responses,
            clusters: subject.clusters,
            simulated: subject.simulated,
            index: Estimate::new(index.overall, sure.overall),
            groups,
            notes: notes.list,
        }
    }
}

fn item_document(
    code: &str,
    text: String,
    estimate: Estimate,
    counts: Option<ItemCounts>,
) -> ItemDocument {
    ItemDocument {
        code: code.to_owned(),
        text,
        counts: counts.map(|counts| counts.n),
        not_applicable: counts.map(|counts| counts.not_applicable),
        estimate,
    }
}

struct Notes<'a> {
    list: Vec<Note>,
    words: &'a dyn Fn(NoteReason) -> String,
}

impl Notes<'_> {
    fn add(&mut self, about: &str, reason: NoteReason) {
        self.list.push(Note { about: about.to_owned(), reason, text: (self.words)(reason) });
    }

    fn figure(&mut self, about: &str, figure: Figure, sure: Option<Interval>, empty: NoteReason) {
        match figure {
            Figure::None => self.add(about, empty),
            Figure::Withheld => self.add(about, NoteReason::Withheld),
            Figure::Shown { .. } => {
                if figure.is_few() {
                    self.add(about, NoteReason::Few);
                }
                if sure.is_none() {
                    self.add(about, NoteReason::NoInterval);
                }
            }
        }
    }
}

/// `GET /units/{unit}/series`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    pub unit: String,
    pub by: Step,
    pub rule: Rule,
    pub points: Vec<SeriesPoint>,
}

/// How long each point of a series lasts; a week begins on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    Day,
    Week,
    Month,
}

/// One point of a series: one period and one questionnaire version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesPoint {
    pub from: Date,
    pub to: Date,
    pub questionnaire: String,
    pub responses: u64,
    pub groups: Vec<SeriesGroup>,
}

/// A group's score in a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesGroup {
    pub code: String,
    #[serde(flatten)]
    pub estimate: Estimate,
    pub components: Vec<SeriesComponent>,
}

/// A component's score in a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeriesComponent {
    pub code: String,
    #[serde(flatten)]
    pub estimate: Estimate,
}

impl SeriesPoint {
    /// The point of computed figures.
    pub fn new(from: Date, to: Date, responses: u64, index: &Index, sure: &Uncertainty) -> Self {
        let instrument = &index.instrument;
        let spans = || instrument.spans.iter().zip(instrument.questionnaire.components());
        let group = |(at, group): (usize, &crate::questionnaire::Group)| SeriesGroup {
            code: group.code.clone(),
            estimate: Estimate::new(index.groups[at], sure.groups[at]),
            components: spans()
                .zip(index.components.iter().zip(&sure.components))
                .filter(|((span, _), _)| span.group == at)
                .map(|((_, component), (figure, interval))| SeriesComponent {
                    code: component.code.clone(),
                    estimate: Estimate::new(*figure, *interval),
                })
                .collect(),
        };
        let questionnaire = instrument.code().to_owned();
        let groups = instrument.questionnaire.groups.iter().enumerate().map(group).collect();
        Self { from, to, questionnaire, responses, groups }
    }
}
