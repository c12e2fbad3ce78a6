//! The target review of a unit and year, and the places of units among those of their kind.

use std::collections::BTreeMap;

use domain::access::Act;
use domain::counts::Counts;
use domain::day;
use domain::document::{Step, number};
use domain::index::Index;
use domain::instrument::{self, Instrument};
use domain::questionnaire::{Lang, Rule, Text};
use domain::review::{self, Inherited, Material, Month, Place, Review};
use domain::statistics::Measurement;
use domain::statistics::rank::{Draws, RANKED_MIN};
use domain::target::{IndexName, Target};
use domain::unit::{Key, Organisation, Unit};
use jiff::civil::{Date, date};

use super::Service;
use super::access::{Actor, Readable};
use super::figures::{Figures, Measured, Period};
use crate::store;

/// Months of the trend.
const MONTHS: i32 = 13;

/// Which review.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    pub year: i16,
    /// That of the questionnaire where it is not said.
    pub rule: Option<Rule>,
    /// With the unit's places among those of its kind, and the months before.
    pub whole: bool,
    pub lang: Lang,
}

impl Service {
    /// The review of a unit and year: one a questionnaire version, the newest first; exactly one where
    /// nothing was measured. `measured_index` is what the measured group is called.
    pub async fn review(
        &self,
        actor: &Actor,
        unit: &Readable,
        which: Which,
        measured_index: &str,
    ) -> store::Result<Vec<Review>> {
        let today = self.clock.today();
        let span = Span::of(unit, which.year, today, today);
        let current = self.instruments.on(span.to.unwrap_or(span.last));
        let Some(current) = current.cloned() else { return Ok(vec![]) };
        let rule = which.rule.unwrap_or(current.questionnaire.rule);
        let all = self.store.targets_of(unit.key).await?;
        let targets: Vec<Target> = all.into_iter().filter(|row| row.year == which.year).collect();
        let predecessors = self.inherited(actor, unit, which.year).await?;
        let (figures, months) = match span.to {
            Some(to) => {
                let period = Period { from: span.first, to };
                let months = match which.whole {
                    true => self.months(unit, to, rule).await?,
                    false => vec![],
                };
                (Some((period, self.figures(period, rule).await?)), months)
            }
            None => (None, vec![]),
        };
        let mut measured: Vec<Option<Measured>> =
            figures.iter().flat_map(|(_, figures)| figures.measured(unit)).map(Some).collect();
        if measured.is_empty() {
            measured.push(None);
        }
        let reviews = measured.iter().enumerate().map(|(at, measured)| {
            let instrument = measured.as_ref().map_or(&current, |m| &m.instrument);
            let empty =
                Index::new(instrument.clone(), &Counts::empty(instrument), rule, &[], false);
            let first = figures.as_ref().and_then(|(_, f)| f.first_day(unit, instrument.key));
            Review::new(Material {
                unit: &unit.code,
                year: which.year,
                days: figures.as_ref().map(|(period, _)| (period.from, period.to)),
                // A questionnaire that is no longer asked says nothing of the year as a whole.
                closed: span.closed && at == 0,
                remaining: (at == 0).then(|| span.remaining(first)),
                targets: &targets,
                index: measured.as_ref().map_or(&empty, |m| &m.index),
                measured: measured.as_ref().map(|m| review::Measured {
                    index: &m.index,
                    sure: &m.sure,
                    responses: m.responses,
                    clusters: m.clusters,
                    simulated: m.simulated,
                }),
                measured_index: measured_index.to_owned(),
                lang: which.lang,
                predecessors: predecessors.clone(),
                ranks: match &figures {
                    Some((period, figures)) if which.whole => {
                        self.places(actor, unit, figures, instrument, period.to)
                    }
                    _ => BTreeMap::new(),
                },
                trend: trend(&months, instrument),
            })
        });
        Ok(reviews.collect())
    }

    /// The year whose review is of most use: the newest with a table, but none to come; where there is
    /// no table, this year, or the last one of a unit that has ended.
    pub async fn newest_review(&self, unit: &Readable) -> store::Result<i16> {
        let today = self.clock.today();
        let last = unit.valid_to.map_or(today, |last| last.min(today)).year();
        let rows = self.store.targets_of(unit.key).await?;
        Ok(rows.iter().map(|row| row.year).filter(|year| *year <= last).max().unwrap_or(last))
    }

    /// The last thirteen months, by questionnaire version.
    async fn months(
        &self,
        unit: &Readable,
        to: Date,
        rule: Rule,
    ) -> store::Result<Vec<(Period, Measured)>> {
        let first = day::month_number(to) - (MONTHS - 1);
        let from = date(first.div_euclid(12) as i16, first.rem_euclid(12) as i8 + 1, 1);
        self.steps(unit, Period { from, to }, Step::Month, rule).await
    }

    /// The newest published SIPAS table of each unit that this one continues, up to the year. Whoever
    /// may read a unit may see what it began with, though not the other tables of the unit before.
    async fn inherited(
        &self,
        actor: &Actor,
        unit: &Readable,
        year: i16,
    ) -> store::Result<Vec<Inherited>> {
        let organisation = self.organisation();
        let mut inherited = vec![];
        for before in unit.predecessors.iter().filter_map(|key| organisation.unit_by_key(*key)) {
            let rows = self.store.targets_of(before.key).await?;
            let newest = rows.iter().map(|row| row.year).filter(|other| *other <= year).max();
            let Some(newest) = newest else { continue };
            let rows = rows.into_iter().filter(|row| row.year == newest);
            let rows: Vec<Target> = rows.filter(|row| row.index == IndexName::Sipas).collect();
            let open = self.allow(actor, Act::Read, before).is_ok();
            inherited.push(Inherited::new(&before.code, &before.name, newest, &rows, open));
        }
        Ok(inherited)
    }

    /// The unit's places among those of its kind in the whole organisation above it, by code of group
    /// and component; nothing where the actor may not read all of it.
    fn places(
        &self,
        actor: &Actor,
        unit: &Readable,
        figures: &Figures,
        instrument: &Instrument,
        on: Date,
    ) -> BTreeMap<String, Place> {
        let organisation = self.organisation();
        let Some(top) = organisation.upward(unit.key).last().copied() else {
            return BTreeMap::new();
        };
        if top.key == unit.key || self.allow(actor, Act::Read, top).is_err() {
            return BTreeMap::new();
        }
        let block = block(&organisation, top.key, unit, on);
        let may = |key: &Key| {
            let other = organisation.unit_by_key(*key);
            other.is_some_and(|other| self.allow(actor, Act::Read, other).is_ok())
        };
        let Some(mine) = block.iter().position(|key| *key == unit.key) else {
            return BTreeMap::new();
        };
        if !block.iter().all(may) {
            return BTreeMap::new();
        }
        let block = Block::new(figures, instrument, &block);
        let draws = Draws::new(block.units.len());
        let places = block.figures().into_iter().filter_map(|(code, measured)| {
            let of = measured.iter().flatten().count();
            Some((code, Place::new(draws.rank(&measured, mine)?, of)))
        });
        places.collect()
    }
}

/// The part of a year that is a unit's own.
pub(super) struct Span {
    pub(super) first: Date,
    last: Date,
    /// The last day so far; `None` before the year has begun.
    pub(super) to: Option<Date>,
    pub(super) closed: bool,
}

impl Span {
    /// The year up to `until`, which is today or before.
    pub(super) fn of(unit: &Unit, year: i16, until: Date, today: Date) -> Self {
        let first = date(year, 1, 1).max(unit.valid_from.unwrap_or(Date::MIN));
        let last = date(year, 12, 31).min(unit.valid_to.unwrap_or(Date::MAX));
        let to = (first <= until && first <= last).then_some(last.min(until));
        Self { first, last, to, closed: last <= until && last < today }
    }

    /// The part of the year's answers that is still to come, if they come as they have since the first.
    pub(super) fn remaining(&self, first: Option<Date>) -> f64 {
        let Some(to) = self.to else { return 1.0 };
        let first = day::number(first.unwrap_or(self.first));
        let all = day::number(self.last) - first + 1;
        f64::from(day::number(self.last) - day::number(to)) / f64::from(all.max(1))
    }
}

fn block(organisation: &Organisation, top: Key, unit: &Unit, on: Date) -> Vec<Key> {
    let below = organisation.units().filter(|other| other.kind == unit.kind && other.valid_on(on));
    let keys = below.map(|other| other.key);
    let inside = organisation.subtree(top);
    keys.filter(|key| inside.contains(key)).collect()
}

/// Units of one kind, each as measured with one questionnaire version.
pub(super) struct Block<'a> {
    instrument: &'a Instrument,
    pub(super) units: Vec<Option<Measured>>,
}

impl<'a> Block<'a> {
    pub(super) fn new(figures: &Figures, instrument: &'a Instrument, units: &[Key]) -> Self {
        let of = |key: &Key| {
            let mut all = figures.measured_of(*key).into_iter();
            all.find(|measured| measured.instrument.key == instrument.key)
        };
        Self { instrument, units: units.iter().map(of).collect() }
    }

    /// Code of each figure that counters measure, with the estimates of those units that have enough
    /// responses for a place.
    fn figures(&self) -> Vec<(String, Vec<Option<Measurement>>)> {
        let of = |(code, _, at): (&str, &Text, instrument::Measured)| {
            (code.to_owned(), self.estimates(at))
        };
        self.instrument.measured().map(of).collect()
    }

    /// The estimates of one figure.
    pub(super) fn estimates(&self, at: instrument::Measured) -> Vec<Option<Measurement>> {
        let ranked = |m: &Option<Measured>| {
            let m = m.as_ref().filter(|m| m.responses >= RANKED_MIN)?;
            at.of(&m.sure.measured_groups, &m.sure.measured_components)
        };
        self.units.iter().map(ranked).collect()
    }
}

/// The months of each figure that counters measure, by code.
fn trend(months: &[(Period, Measured)], instrument: &Instrument) -> BTreeMap<String, Vec<Month>> {
    let mut trend: BTreeMap<String, Vec<Month>> = BTreeMap::new();
    for (period, measured) in months.iter().filter(|(_, m)| m.instrument.key == instrument.key) {
        for (code, _, at) in instrument.measured() {
            let figure = at.of(&measured.index.groups, &measured.index.components);
            trend.entry(code.to_owned()).or_default().push(Month {
                from: period.from,
                to: period.to,
                score: figure.score().map(number),
                responses: measured.responses,
            });
        }
    }
    trend
}
