//! Figures of a unit: what the boards, the API and the reports show, all from the same rows of counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::counts::{Counts, packed_responses};
use domain::day;
use domain::document::{Document, NoteReason, Series, SeriesPoint, Step, Subject};
use domain::index::Index;
use domain::instrument::Instrument;
use domain::questionnaire::{Lang, Rule};
use domain::release::withheld;
use domain::statistics::{Sample, Uncertainty};
use domain::unit::{Key, Organisation};
use jiff::civil::Date;

use super::Service;
use super::access::Readable;
use crate::live::Rows;
use crate::store::{self, CountRow};

/// A period, both days inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Date,
    pub to: Date,
}

impl Period {
    /// The running month up to today.
    pub fn month(today: Date) -> Self {
        Self { from: day::month_start(today), to: today }
    }
}

/// What was measured with one questionnaire version.
#[derive(Clone, Debug)]
pub struct Measured {
    pub instrument: Arc<Instrument>,
    /// Committed, also where not yet released.
    pub responses: u64,
    /// Points times days with a valid answer.
    pub clusters: u64,
    pub simulated: bool,
    pub index: Index,
    pub sure: Uncertainty,
}

/// A part of a unit: a unit or a point directly below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Unit(Key),
    /// A point, with the unit that it belonged to.
    Point(Key, Key),
}

/// The counted rows of a period, ready to be asked about units.
pub struct Figures {
    rows: Rows,
    organisation: Arc<Organisation>,
    instruments: Arc<domain::instrument::Instruments>,
    today: i32,
    /// The parts of each unit by questionnaire, with their respondents per component.
    persons: Persons,
}

type Persons = HashMap<(i16, Key), BTreeMap<Part, Vec<u64>>>;

/// What was summed up for one subject and questionnaire.
struct Sum {
    counts: Counts,
    responses: u64,
    sample: Sample,
    /// Day and point of the last row: rows of one cluster stand together.
    last: Option<(i32, Key)>,
    simulated: bool,
}

impl Sum {
    fn index(&self, instrument: &Arc<Instrument>, rule: Rule, hidden: &[bool]) -> Index {
        let pending = self.responses > self.counts.responses;
        Index::new(instrument.clone(), &self.counts, rule, hidden, pending)
    }
}

impl Service {
    /// Reads the counts of a period.
    pub async fn figures(&self, period: Period) -> store::Result<Figures> {
        let rows = self.live.rows(period.from, period.to).await?;
        let today = day::number(self.clock.today());
        Ok(Figures::new(rows, self.organisation(), self.instruments.clone(), today))
    }
}

impl Figures {
    fn new(
        rows: Rows,
        organisation: Arc<Organisation>,
        instruments: Arc<domain::instrument::Instruments>,
        today: i32,
    ) -> Self {
        let persons = HashMap::new();
        let mut figures = Self { rows, organisation, instruments, today, persons };
        figures.persons = figures.count_persons();
        figures
    }

    /// One questionnaire version a document, the newest first; empty where nothing was counted.
    pub fn measured(&self, unit: &Readable, rule: Rule) -> Vec<Measured> {
        let unit = unit.key;
        let mut all: Vec<Measured> = self
            .sums(unit, rule)
            .into_iter()
            .filter_map(|(key, sum)| self.measure(key, sum, rule, &self.hidden(key, unit)))
            .collect();
        all.sort_by_key(|m| std::cmp::Reverse(m.instrument.questionnaire.valid_from));
        all
    }

    fn sums(&self, unit: Key, rule: Rule) -> BTreeMap<i16, Sum> {
        let below = self.organisation.subtree(unit);
        let rows = self.sound().filter(|row| below.contains(&row.key.unit));
        let mut sums = BTreeMap::new();
        for row in rows {
            self.sum(&mut sums, row.key.questionnaire, row, rule);
        }
        sums
    }

    /// The parts of a unit that were measured with a questionnaire version.
    pub fn parts(
        &self,
        unit: &Readable,
        instrument: &Instrument,
        rule: Rule,
    ) -> Vec<(Part, Measured)> {
        let unit = unit.key;
        let mut part_of: HashMap<Key, Part> = HashMap::new();
        for child in self.organisation.children(unit) {
            for below in self.organisation.subtree(child.key) {
                part_of.insert(below, Part::Unit(child.key));
            }
        }
        let mut sums: BTreeMap<Part, Sum> = BTreeMap::new();
        for row in self.sound().filter(|row| row.key.questionnaire == instrument.key) {
            let part = match row.key.unit == unit {
                true => Some(Part::Point(unit, row.key.point)),
                false => part_of.get(&row.key.unit).copied(),
            };
            if let Some(part) = part {
                self.sum(&mut sums, part, row, rule);
            }
        }
        let hidden = self.hidden_parts(instrument.key, unit);
        sums.into_iter()
            .filter_map(|(part, sum)| {
                let hidden = hidden.get(&part).map_or(&[][..], Vec::as_slice);
                Some((part, self.measure(instrument.key, sum, rule, hidden)?))
            })
            .collect()
    }

    /// The responses of a unit, of all versions.
    pub fn responses(&self, unit: &Readable) -> u64 {
        let below = self.organisation.subtree(unit.key);
        let rows = self.sound().filter(|row| below.contains(&row.key.unit));
        rows.map(|row| packed_responses(&row.counts)).sum()
    }

    /// Rows without a finding about their integrity.
    fn sound(&self) -> impl Iterator<Item = &CountRow> {
        self.rows.iter().filter(|row| row.key.quality == 0)
    }

    /// The packed counts of a row that may be shown: everything once its day is over.
    fn shown<'a>(&self, row: &'a CountRow) -> &'a [u8] {
        if row.key.day < self.today { &row.counts } else { &row.released }
    }

    fn sum<K: Ord>(&self, sums: &mut BTreeMap<K, Sum>, key: K, row: &CountRow, rule: Rule) {
        let Some(instrument) = self.instruments.by_key(row.key.questionnaire) else { return };
        let sum = sums.entry(key).or_insert_with(|| Sum {
            counts: Counts::empty(instrument),
            responses: 0,
            sample: Sample::new(instrument, rule),
            last: None,
            simulated: false,
        });
        sum.responses += packed_responses(&row.counts);
        sum.simulated |= row.key.simulated;
        let shown = self.shown(row);
        if sum.counts.merge_packed(shown).is_none() {
            tracing::error!(day = row.key.day, point = row.key.point, "a row of counts is corrupt");
        }
        let cluster = Some((row.key.day, row.key.point));
        sum.sample.add(sum.last != cluster, shown);
        sum.last = cluster;
    }

    fn measure(
        &self,
        questionnaire: i16,
        mut sum: Sum,
        rule: Rule,
        hidden: &[bool],
    ) -> Option<Measured> {
        let instrument = self.instruments.by_key(questionnaire)?.clone();
        let index = sum.index(&instrument, rule, hidden);
        let clusters = sum.sample.clusters() as u64;
        let Sum { responses, simulated, counts, sample, .. } = sum;
        let sure = Uncertainty::new(&index, &counts, sample);
        Some(Measured { instrument, responses, clusters, simulated, index, sure })
    }

    /// Components of a unit that are withheld because of what stands beside it or above it.
    fn hidden(&self, questionnaire: i16, unit: Key) -> Vec<bool> {
        let above = self.organisation.unit_by_key(unit).and_then(|unit| unit.parent);
        let parts = above.map(|above| self.hidden_parts(questionnaire, above));
        parts.and_then(|mut parts| parts.remove(&Part::Unit(unit))).unwrap_or_default()
    }

    /// The same for all parts of a unit.
    fn hidden_parts(&self, questionnaire: i16, above: Key) -> BTreeMap<Part, Vec<bool>> {
        let Some(parts) = self.persons.get(&(questionnaire, above)) else { return BTreeMap::new() };
        let inherited = self.hidden(questionnaire, above);
        let components = parts.values().next().map_or(0, Vec::len);
        let mut hidden: BTreeMap<Part, Vec<bool>> = parts.keys().map(|p| (*p, vec![])).collect();
        for component in 0..components {
            let persons: Vec<u64> = parts.values().map(|persons| persons[component]).collect();
            let all = inherited.get(component).copied().unwrap_or(false);
            for (flags, flag) in hidden.values_mut().zip(withheld(&persons)) {
                flags.push(flag || all);
            }
        }
        hidden
    }

    fn count_persons(&self) -> Persons {
        let mut own: HashMap<(i16, Key, Key), Vec<u64>> = HashMap::new();
        for row in self.sound() {
            let Some(instrument) = self.instruments.by_key(row.key.questionnaire) else { continue };
            let key = (row.key.questionnaire, row.key.unit, row.key.point);
            let sum = own.entry(key).or_insert_with(|| vec![0; instrument.spans.len()]);
            domain::counts::merge_packed_respondents(sum, self.shown(row));
        }
        let mut persons = Persons::new();
        for ((questionnaire, unit, point), own) in own {
            let mut part = Part::Point(unit, point);
            for above in self.organisation.upward(unit) {
                let parts = persons.entry((questionnaire, above.key)).or_default();
                let sum = parts.entry(part).or_insert_with(|| vec![0; own.len()]);
                sum.iter_mut().zip(&own).for_each(|(sum, own)| *sum += own);
                part = Part::Unit(above.key);
            }
        }
        persons
    }
}

/// The documents of a period: one a questionnaire version, and one that says that there is nothing
/// where nothing was counted.
pub fn documents(
    figures: &Figures,
    unit: &Readable,
    period: Period,
    rule: Option<Rule>,
    lang: Lang,
    words: &dyn Fn(NoteReason) -> String,
) -> Vec<Document> {
    let subject = |responses, clusters, simulated| Subject {
        unit: unit.code.clone(),
        place: figures.organisation.place_of(unit.key),
        from: period.from,
        to: period.to,
        responses,
        clusters,
        simulated,
    };
    let current = figures.instruments.on(period.to);
    let rule = rule.unwrap_or_else(|| current.map(|c| c.questionnaire.rule).unwrap_or_default());
    let measured = figures.measured(unit, rule);
    if let (true, Some(current)) = (measured.is_empty(), current) {
        let index = Index::new(current.clone(), &Counts::empty(current), rule, &[], false);
        let sure = Uncertainty::new(&index, &Counts::empty(current), Sample::new(current, rule));
        return vec![Document::new(subject(0, 0, false), &index, &sure, lang, words)];
    }
    measured
        .iter()
        .map(|m| {
            let subject = subject(m.responses, m.clusters, m.simulated);
            Document::new(subject, &m.index, &m.sure, lang, words)
        })
        .collect()
}

impl Service {
    /// The series of a unit, in steps that begin on the first day, each Monday or each first of a month.
    pub async fn series(
        &self,
        unit: &Readable,
        period: Period,
        by: Step,
        rule: Rule,
    ) -> store::Result<Series> {
        let steps = self.steps(unit, period, by, rule).await?;
        let points = steps.iter().map(|(step, measured)| {
            let Measured { responses, index, sure, .. } = measured;
            SeriesPoint::new(step.from, step.to, *responses, index, sure)
        });
        Ok(Series { unit: unit.code.clone(), by, rule, points: points.collect() })
    }

    /// The figures of each step that has answers, by questionnaire version.
    pub async fn steps(
        &self,
        unit: &Readable,
        period: Period,
        by: Step,
        rule: Rule,
    ) -> store::Result<Vec<(Period, Measured)>> {
        let rows = self.live.rows(period.from, period.to).await?;
        let today = day::number(self.clock.today());
        let starts: BTreeSet<Date> = rows
            .iter()
            .map(|row| step_start(day::from_number(row.key.day), by).max(period.from))
            .collect();
        let mut steps = vec![];
        for from in starts {
            let to = step_end(from, by).min(period.to);
            let rows = rows.between(from, to);
            let figures = Figures::new(rows, self.organisation(), self.instruments.clone(), today);
            steps.extend(figures.sums(unit.key, rule).into_iter().map(|(key, sum)| {
                let hidden = figures.hidden(key, unit.key);
                (Period { from, to }, key, sum, hidden)
            }));
        }
        hide_lonely_steps(&mut steps);
        let whole = Figures::new(rows, self.organisation(), self.instruments.clone(), today);
        let measure = |(step, key, sum, hidden): (Period, i16, Sum, Vec<bool>)| {
            Some((step, whole.measure(key, sum, rule, &hidden)?))
        };
        Ok(steps.into_iter().filter_map(measure).collect())
    }
}

/// The steps of a series add up to a total that can be had elsewhere: a lonely small one takes the next
/// smallest with it.
fn hide_lonely_steps(steps: &mut [(Period, i16, Sum, Vec<bool>)]) {
    let versions: BTreeSet<i16> = steps.iter().map(|step| step.1).collect();
    for version in versions {
        let mut steps: Vec<_> = steps.iter_mut().filter(|step| step.1 == version).collect();
        let components = steps.first().map_or(0, |step| step.2.counts.respondents.len());
        for component in 0..components {
            let persons: Vec<u64> =
                steps.iter().map(|step| step.2.counts.respondents[component]).collect();
            for (step, flag) in steps.iter_mut().zip(withheld(&persons)) {
                step.3.resize(components, false);
                step.3[component] |= flag;
            }
        }
    }
}

fn step_start(day: Date, by: Step) -> Date {
    match by {
        Step::Day => day,
        Step::Week => {
            let after_monday = i32::from(day.weekday().to_monday_zero_offset());
            day::from_number(day::number(day) - after_monday)
        }
        Step::Month => day::month_start(day),
    }
}

fn step_end(start: Date, by: Step) -> Date {
    match by {
        Step::Day => start,
        Step::Week => day::from_number(day::number(step_start(start, by)) + 6),
        Step::Month => start.last_of_month(),
    }
}
