//! Figures of a unit: what the boards, the API and the reports show, all from the same rows of counts.

mod documents;
mod sums;
mod tables;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::counts::packed_responses;
use domain::day;
use domain::document::{Series, SeriesPoint, Step};
use domain::index::Index;
use domain::instrument::Instrument;
use domain::questionnaire::Rule;
use domain::release::withheld;
use domain::statistics::Uncertainty;
use domain::unit::{Key, Organisation};
use jiff::civil::Date;

pub(super) use documents::document;
pub use documents::documents;
pub use sums::Kept;
pub(super) use sums::Shelf;
use sums::{Sum, Sums, shown, sum_up};

use super::Service;
use super::access::Readable;
use crate::live::{Print, Rows};
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
    /// The same summed up by the units that the rows name, in several portions.
    sums: Vec<Arc<Sums>>,
    organisation: Arc<Organisation>,
    instruments: Arc<domain::instrument::Instruments>,
    rule: Rule,
    today: i32,
    /// The units below each unit by questionnaire, with their respondents per component.
    persons: Persons,
}

type Persons = HashMap<(i16, Key), BTreeMap<Part, Vec<u64>>>;

impl Sum {
    fn index(&self, instrument: &Arc<Instrument>, rule: Rule, hidden: &[bool]) -> Index {
        let pending = self.responses > self.counts.responses;
        Index::new(instrument.clone(), &self.counts, rule, hidden, pending)
    }

    fn measure(self, instrument: &Arc<Instrument>, rule: Rule, hidden: &[bool]) -> Measured {
        let index = self.index(instrument, rule, hidden);
        let Sum { responses, simulated, counts, mut sample, .. } = self;
        let clusters = sample.clusters() as u64;
        let sure = Uncertainty::new(&index, &counts, sample);
        Measured { instrument: instrument.clone(), responses, clusters, simulated, index, sure }
    }
}

impl Service {
    /// Reads the counts of a period, to be scored by a rule.
    pub async fn figures(&self, period: Period, rule: Rule) -> store::Result<Figures> {
        let rows = self.live.rows(period.from, period.to).await?;
        Ok(self.figures_of(rows, rule, day::number(self.clock.today()), &self.organisation()))
    }

    pub(super) fn figures_of(
        &self,
        rows: Rows,
        rule: Rule,
        today: i32,
        organisation: &Arc<Organisation>,
    ) -> Figures {
        let instruments = &self.instruments;
        let mut sums = vec![];
        for (month, range) in rows.months() {
            let over = month.rows.partition_point(|row| row.key.day < today);
            let mut rest = range.clone();
            // Whole months, the running one up to yesterday, are kept.
            if range.start == 0 && range.end >= over && over > 0 {
                let print = month.print(0..over);
                let make = || sum_up(&month.rows[..over], today, instruments, rule);
                sums.push(self.kept.months.get((month.number, rule), print, make));
                rest.start = over;
            }
            if !rest.is_empty() {
                sums.push(Arc::new(sum_up(&month.rows[rest], today, instruments, rule)));
            }
        }
        let persons = count_persons(&sums, organisation);
        let (organisation, instruments) = (organisation.clone(), instruments.clone());
        Figures { rows, sums, organisation, instruments, rule, today, persons }
    }
}

impl Figures {
    /// One questionnaire version a document, the newest first; empty where nothing was counted.
    pub fn measured(&self, unit: &Readable) -> Vec<Measured> {
        self.measured_of(unit.key)
    }

    /// The same for a unit that is only given a place among others.
    pub(super) fn measured_of(&self, unit: Key) -> Vec<Measured> {
        self.measured_in(unit, &self.organisation.subtree(unit))
    }

    /// The same of what was a unit's: answers of some units, as much of them as may be shown of it.
    pub(super) fn measured_in(&self, unit: Key, below: &BTreeSet<Key>) -> Vec<Measured> {
        let mut all: Vec<Measured> = self
            .sums_in(below)
            .into_iter()
            .filter_map(|(key, sum)| self.measure(key, sum, &self.hidden(key, unit)))
            .collect();
        all.sort_by_key(|m| std::cmp::Reverse(m.instrument.questionnaire.valid_from));
        all
    }

    fn sums(&self, unit: Key) -> BTreeMap<i16, Sum> {
        self.sums_in(&self.organisation.subtree(unit))
    }

    fn sums_in(&self, below: &BTreeSet<Key>) -> BTreeMap<i16, Sum> {
        let mut sums = BTreeMap::new();
        for (&(questionnaire, unit), sum) in self.sums.iter().flat_map(|sums| sums.iter()) {
            if below.contains(&unit) {
                self.add(&mut sums, questionnaire, questionnaire, sum);
            }
        }
        sums
    }

    fn add<K: Ord>(&self, sums: &mut BTreeMap<K, Sum>, key: K, questionnaire: i16, more: &Sum) {
        let Some(instrument) = self.instruments.by_key(questionnaire) else { return };
        sums.entry(key).or_insert_with(|| Sum::new(instrument, self.rule)).merge(more);
    }

    /// The parts of a unit that were measured with a questionnaire version.
    pub fn parts(&self, unit: &Readable, instrument: &Instrument) -> Vec<(Part, Measured)> {
        self.parts_of(unit.key, instrument)
    }

    pub(super) fn parts_of(&self, unit: Key, instrument: &Instrument) -> Vec<(Part, Measured)> {
        let mut sums: BTreeMap<Part, Sum> = BTreeMap::new();
        let mut part_of: HashMap<Key, Part> = HashMap::new();
        for child in self.organisation.children(unit) {
            for below in self.organisation.subtree(child.key) {
                part_of.insert(below, Part::Unit(child.key));
            }
        }
        let all = self.sums.iter().flat_map(|sums| sums.iter());
        for ((_, below), sum) in all.filter(|(key, _)| key.0 == instrument.key) {
            if let Some(part) = part_of.get(below) {
                self.add(&mut sums, *part, instrument.key, sum);
            }
        }
        for row in self.rows_of(instrument.key, unit) {
            let sum = sums
                .entry(Part::Point(unit, row.key.point))
                .or_insert_with(|| Sum::new(instrument, self.rule));
            sum.add(row, shown(row, self.today));
        }
        let hidden = self.hidden_parts(instrument.key, unit);
        sums.into_iter()
            .filter_map(|(part, sum)| {
                let hidden = hidden.get(&part).map_or(&[][..], Vec::as_slice);
                Some((part, self.measure(instrument.key, sum, hidden)?))
            })
            .collect()
    }

    /// The responses of a unit, of all versions.
    pub fn responses(&self, unit: &Readable) -> u64 {
        self.responses_of(unit.key)
    }

    pub(super) fn responses_of(&self, unit: Key) -> u64 {
        self.responses_in(&self.organisation.subtree(unit))
    }

    /// Those of some units.
    pub(super) fn responses_in(&self, below: &BTreeSet<Key>) -> u64 {
        let all = self.sums.iter().flat_map(|sums| sums.iter());
        all.filter(|((_, unit), _)| below.contains(unit)).map(|(_, sum)| sum.responses).sum()
    }

    /// The first day with an answer to a questionnaire.
    pub(super) fn first_day(&self, unit: &Readable, questionnaire: i16) -> Option<Date> {
        let below = self.organisation.subtree(unit.key);
        let mut rows = self.rows.iter();
        let first = rows
            .find(|row| row.key.questionnaire == questionnaire && below.contains(&row.key.unit));
        first.map(|row| day::from_number(row.key.day))
    }

    /// The months with at least so many responses of a unit to a questionnaire.
    pub(super) fn months_of(&self, unit: &Readable, questionnaire: i16, least: u64) -> Vec<Period> {
        let below = self.organisation.subtree(unit.key);
        let mine = |row: &&CountRow| {
            (row.key.questionnaire, row.key.quality) == (questionnaire, 0)
                && below.contains(&row.key.unit)
        };
        let month = |(month, range): (&crate::live::Month, std::ops::Range<usize>)| {
            let rows = month.rows[range].iter().filter(mine);
            let responses: u64 = rows.map(|row| packed_responses(&row.counts)).sum();
            let from = day::from_number(month.rows.first()?.key.day).first_of_month();
            (responses >= least).then(|| Period { from, to: from.last_of_month() })
        };
        self.rows.months().filter_map(month).collect()
    }

    /// What the rows are as of now; rows that changed have another print.
    pub(super) fn print(&self) -> Print {
        self.rows.print()
    }

    /// Rows of the points directly below a unit, without a finding about their integrity.
    fn rows_of(&self, questionnaire: i16, unit: Key) -> impl Iterator<Item = &CountRow> {
        let some = self.sums.iter().any(|sums| sums.contains_key(&(questionnaire, unit)));
        let rows = some.then(|| self.rows.iter()).into_iter().flatten();
        rows.filter(move |row| {
            (row.key.unit, row.key.questionnaire, row.key.quality) == (unit, questionnaire, 0)
        })
    }

    fn measure(&self, questionnaire: i16, sum: Sum, hidden: &[bool]) -> Option<Measured> {
        Some(sum.measure(self.instruments.by_key(questionnaire)?, self.rule, hidden))
    }

    /// Components of a unit that are withheld because of what stands beside it or above it.
    fn hidden(&self, questionnaire: i16, unit: Key) -> Vec<bool> {
        let above = self.organisation.unit_by_key(unit).and_then(|unit| unit.parent);
        let parts = above.map(|above| self.hidden_parts(questionnaire, above));
        parts.and_then(|mut parts| parts.remove(&Part::Unit(unit))).unwrap_or_default()
    }

    /// The same for all parts of a unit.
    fn hidden_parts(&self, questionnaire: i16, above: Key) -> BTreeMap<Part, Vec<bool>> {
        let mut parts = self.persons.get(&(questionnaire, above)).cloned().unwrap_or_default();
        for row in self.rows_of(questionnaire, above) {
            let Some(instrument) = self.instruments.by_key(questionnaire) else { continue };
            let sum = parts
                .entry(Part::Point(above, row.key.point))
                .or_insert_with(|| vec![0; instrument.spans.len()]);
            domain::counts::merge_packed_respondents(sum, shown(row, self.today));
        }
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
}

/// The respondents of the units below each unit; points are counted where they are asked for.
fn count_persons(sums: &[Arc<Sums>], organisation: &Organisation) -> Persons {
    let mut own: HashMap<(i16, Key), Vec<u64>> = HashMap::new();
    for (key, sum) in sums.iter().flat_map(|sums| sums.iter()) {
        let own = own.entry(*key).or_insert_with(|| vec![0; sum.counts.respondents.len()]);
        own.iter_mut().zip(&sum.counts.respondents).for_each(|(own, more)| *own += more);
    }
    let mut persons = Persons::new();
    for ((questionnaire, unit), own) in own {
        let mut part = Part::Unit(unit);
        for above in organisation.upward(unit).into_iter().skip(1) {
            let parts = persons.entry((questionnaire, above.key)).or_default();
            let sum = parts.entry(part).or_insert_with(|| vec![0; own.len()]);
            sum.iter_mut().zip(&own).for_each(|(sum, own)| *sum += own);
            part = Part::Unit(above.key);
        }
    }
    persons
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
        let (change, organisation) = self.organisation_and_change();
        let mut days: Vec<i32> = rows.iter().map(|row| row.key.day).collect();
        days.dedup();
        let start = |day: &i32| step_start(day::from_number(*day), by).max(period.from);
        let starts: BTreeSet<Date> = days.iter().map(start).collect();
        let mut steps = vec![];
        for from in starts {
            let to = step_end(from, by).min(period.to);
            let rows = rows.between(from, to);
            let name = (unit.key, day::number(from), day::number(to), rule);
            let print = (rows.print(), change);
            let over = day::number(to) < today;
            let make = || {
                let figures = self.figures_of(rows, rule, today, &organisation);
                let sums = figures.sums(unit.key).into_iter();
                let step = sums.map(|(key, sum)| (key, sum, figures.hidden(key, unit.key)));
                step.collect()
            };
            let step = match over {
                true => self.kept.steps.get(name, print, make),
                false => Arc::new(make()),
            };
            let step = step.iter().cloned();
            steps.extend(step.map(|(key, sum, hidden)| (Period { from, to }, key, sum, hidden)));
        }
        hide_lonely_steps(&mut steps);
        let measure = |(step, key, sum, hidden): (Period, i16, Sum, Vec<bool>)| {
            Some((step, sum.measure(self.instruments.by_key(key)?, rule, &hidden)))
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
