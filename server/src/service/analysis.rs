//! The analysis of a period: change, difference, places, drivers and the number of dossiers; and how
//! well the questionnaire measures, which alone reads single responses.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use domain::access::Act;
use domain::analysis::{
    self, Analysis, Comparison, InstrumentDocument, NotCompared, PopulationDocument, Ranked,
    Ranking, compare,
};
use domain::day;
use domain::document::number;
use domain::instrument::{self, Instrument};
use domain::questionnaire::{Lang, Rule};
use domain::review::Place;
use domain::statistics::population::Population;
use domain::statistics::rank::{RANKED_MIN, ranks};
use domain::statistics::reliability::{PAIRS_MIN, Reliability, Responses};
use domain::unit::{Key, Kind, Organisation, Unit};
use jiff::ToSpan;
use jiff::civil::Date;

use super::Service;
use super::access::{Actor, Readable};
use super::figures::{Figures, Measured, Period, Shelf};
use super::review::Block;
use crate::live::Print;
use crate::store;

/// Results of readings that are kept.
const KEPT: usize = 200;
/// How long a reading waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is analysed.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub period: Period,
    /// What the period is compared with; the one before it where nothing is said.
    pub before: Option<Period>,
    pub rule: Rule,
    /// Another unit to compare with.
    pub with: Option<&'a Readable>,
    pub lang: Lang,
}

/// Readings of single responses: one at a time, and what they gave.
pub struct Readings {
    turn: tokio::sync::Semaphore,
    kept: Shelf<Reading, (Print, i64), Reliability>,
}

/// What a reading is of: unit, first and last day, rule and questionnaire.
type Reading = (Key, Date, Date, Rule, i16);

impl Default for Readings {
    fn default() -> Self {
        Self { turn: tokio::sync::Semaphore::new(1), kept: Shelf::new(KEPT, |_| 1) }
    }
}

/// Why there is no reading.
#[derive(Debug, thiserror::Error)]
pub enum NoReading {
    /// Others are being made.
    #[error("others are being made")]
    Busy,
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The period before: the month before where the period lies in one month from its first day on, the
/// same number of days otherwise.
pub fn period_before(period: Period) -> Period {
    // The first of all days has none before it; then the periods overlap, which is said.
    let to = period.from.yesterday().unwrap_or(period.from);
    if period.from.day() == 1 && period.to <= period.from.last_of_month() {
        return Period { from: day::month_start(to), to };
    }
    let days = day::number(period.to) - day::number(period.from);
    Period { from: to.checked_sub(days.days()).unwrap_or(Date::MIN), to }
}

impl Service {
    /// The analysis of a unit and period, of the newest questionnaire asked in it.
    pub async fn analysis(
        &self,
        actor: &Actor,
        unit: &Readable,
        question: Question<'_>,
    ) -> store::Result<Analysis> {
        let Question { period, rule, lang, .. } = question;
        let organisation = self.organisation();
        let figures = self.figures(period, rule).await?;
        let measured = figures.measured(unit).into_iter().next();
        let before = question.before.unwrap_or_else(|| period_before(period));
        let change = match before.to >= period.from && before.from <= period.to {
            true => comparison(unit, before, NotCompared::Overlap),
            false => {
                let figures = self.figures(before, rule).await?;
                compared(unit, before, &figures, measured.as_ref(), lang)
            }
        };
        let difference = question.with.map(|other| {
            let one_in_other = organisation.contains(unit.key, other.key)
                || organisation.contains(other.key, unit.key);
            match one_in_other {
                true => comparison(other, period, NotCompared::Overlap),
                false => compared(other, period, &figures, measured.as_ref(), lang),
            }
        });
        let place = organisation.place_of(unit.key);
        Ok(Analysis {
            unit: unit.code.clone(),
            from: period.from,
            to: period.to,
            questionnaire: measured.as_ref().map(|m| m.instrument.code().to_owned()),
            rule,
            responses: measured.as_ref().map_or(0, |m| m.responses),
            clusters: measured.as_ref().map_or(0, |m| m.clusters),
            simulated: measured.as_ref().is_some_and(|m| m.simulated),
            change,
            difference,
            drivers: measured
                .as_ref()
                .map_or_else(Vec::new, |m| analysis::drivers(&m.index, &place, lang)),
            ranks: measured.as_ref().map_or_else(Vec::new, |m| {
                let may = |other: &Unit| self.allow(actor, Act::Read, other).is_ok();
                rankings(&organisation, unit, &figures, &m.instrument, period.to, &may)
            }),
            population: self.population(unit, period, rule).await?,
        })
    }

    /// Responses against dossiers: of those units and whole or running months of the period that have a
    /// number of dossiers.
    pub(super) async fn population(
        &self,
        unit: &Readable,
        period: Period,
        rule: Rule,
    ) -> store::Result<Option<PopulationDocument>> {
        let organisation = self.organisation();
        let below = organisation.subtree(unit.key);
        let first = match period.from.day() {
            1 => period.from,
            _ => period.from.last_of_month().saturating_add(1.day()),
        };
        let whole =
            |month: &Date| month.last_of_month() <= period.to || period.to == self.clock.today();
        let rows = self.store.dossiers_between(first, period.to).await?.into_iter();
        let rows: Vec<_> =
            rows.filter(|(key, month, _)| below.contains(key) && whole(month)).collect();
        let given: BTreeSet<(Key, Date)> = rows.iter().map(|row| (row.0, row.1)).collect();
        // What a unit says of itself has what those below it say in it.
        let top = |key: Key, month: Date| {
            let above = organisation.upward(key).into_iter().skip(1);
            !above.take_while(|u| below.contains(&u.key)).any(|u| given.contains(&(u.key, month)))
        };
        let rows: Vec<_> = rows.into_iter().filter(|row| top(row.0, row.1)).collect();
        let months: BTreeSet<Date> = rows.iter().map(|row| row.1).collect();
        let mut of = Population { responses: 0, dossiers: rows.iter().map(|row| row.2).sum() };
        for month in &months {
            let to = month.last_of_month().min(period.to);
            let figures = self.figures(Period { from: *month, to }, rule).await?;
            let given = rows.iter().filter(|row| row.1 == *month);
            of.responses += given.map(|row| figures.responses_of(row.0)).sum::<u64>();
        }
        // The estimate is of the same answers only where no unit and no month is without a number.
        let (Some(from), Some(last)) = (months.first(), months.last()) else { return Ok(None) };
        let span = Period { from: *from, to: last.last_of_month().min(period.to) };
        let figures = self.figures(span, rule).await?;
        let measured = figures.measured(unit);
        let whole = measured.len() == 1 && figures.responses(unit) == of.responses;
        let estimate = measured
            .first()
            .filter(|_| whole)
            .and_then(|m| m.sure.measured_groups[m.instrument.counter_group()]);
        let months = months.iter().map(|m| format!("{:04}-{:02}", m.year(), m.month())).collect();
        let of = Population::new(of.responses, of.dossiers);
        Ok(of.map(|of| PopulationDocument::new(months, of, whole, estimate.as_ref())))
    }

    /// How well the newest questionnaire asked in whole months measures. Reads single responses, one
    /// reading at a time; what it gave is kept until an answer of these months comes in. Months with
    /// fewer than a hundred responses are left out, so that two readings never differ by a few persons.
    ///
    /// # Errors
    /// Where others are being made, or the database fails.
    pub async fn reliability(
        &self,
        unit: &Readable,
        period: Period,
        rule: Rule,
        lang: Lang,
    ) -> Result<Option<InstrumentDocument>, NoReading> {
        let figures = self.figures(period, rule).await?;
        let Some(measured) = figures.measured(unit).into_iter().next() else { return Ok(None) };
        let instrument = measured.instrument.clone();
        let months = figures.months_of(unit, instrument.key, PAIRS_MIN);
        let (from, to) = match (months.first(), months.last()) {
            (Some(first), Some(last)) => (first.from, last.to),
            _ => (period.from, period.to),
        };
        let (change, organisation) = self.organisation_and_change();
        let name = (unit.key, from, to, rule, instrument.key);
        let print = (figures.print(), change);
        let known = || self.readings.kept.known(&name, &print);
        let found = match known() {
            Some(found) => found,
            None => {
                let turn = tokio::time::timeout(PATIENCE, self.readings.turn.acquire()).await;
                let _turn = turn.map_err(|_| NoReading::Busy)?;
                match known() {
                    Some(found) => found,
                    None => {
                        let units = organisation.subtree(unit.key);
                        let found = self.read(&instrument, &months, rule, &units).await?;
                        self.readings.kept.put(name, print, Arc::new(found))
                    }
                }
            }
        };
        let place = organisation.place_of(unit.key);
        let (between, components) = analysis::reliability(&measured.index, &found, &place, lang);
        Ok(Some(InstrumentDocument {
            unit: unit.code.clone(),
            from,
            to,
            months: months.len(),
            questionnaire: instrument.code().to_owned(),
            rule,
            responses: found.responses,
            simulated: measured.simulated,
            alpha: between.alpha,
            pairs: between.pairs,
            components,
        }))
    }

    async fn read(
        &self,
        instrument: &Arc<Instrument>,
        months: &[Period],
        rule: Rule,
        units: &BTreeSet<Key>,
    ) -> store::Result<Reliability> {
        let mut responses = Responses::new(instrument, rule);
        for month in months {
            let add = |form, packed: &[u8]| responses.add(form, packed);
            self.store.each_answers((month.from, month.to), instrument.key, units, add).await?;
        }
        Ok(responses.reliability())
    }
}

pub(super) fn comparison(unit: &Readable, period: Period, reason: NotCompared) -> Comparison {
    Comparison {
        unit: unit.code.clone(),
        name: unit.name.clone(),
        from: period.from,
        to: period.to,
        reason: Some(reason),
        rows: vec![],
    }
}

/// Compares what was measured with a unit in the figures of a period.
pub(super) fn compared(
    unit: &Readable,
    period: Period,
    figures: &Figures,
    measured: Option<&Measured>,
    lang: Lang,
) -> Comparison {
    let others = figures.measured(unit);
    let (Some(measured), false) = (measured, others.is_empty()) else {
        return comparison(unit, period, NotCompared::NoAnswers);
    };
    match others.iter().find(|other| other.instrument.key == measured.instrument.key) {
        None => comparison(unit, period, NotCompared::OtherQuestionnaire),
        Some(other) => {
            let rows =
                compare((&other.index, &other.sure), (&measured.index, &measured.sure), lang);
            Comparison { reason: None, rows, ..comparison(unit, period, NotCompared::NoAnswers) }
        }
    }
}

/// The units below, kind by kind, those with a place first.
fn rankings(
    organisation: &Organisation,
    unit: &Readable,
    figures: &Figures,
    instrument: &Instrument,
    on: Date,
    may: &dyn Fn(&Unit) -> bool,
) -> Vec<Ranking> {
    let below = organisation.subtree(unit.key);
    let group = instrument.counter_group();
    let ranking = |kind: &Kind| {
        let units: Vec<_> = organisation
            .units()
            .filter(|u| u.kind == *kind && u.key != unit.key && u.valid_on(on))
            .filter(|u| below.contains(&u.key) && may(u))
            .collect();
        if units.len() < 2 {
            return None;
        }
        let keys: Vec<Key> = units.iter().map(|unit| unit.key).collect();
        let block = Block::new(figures, instrument, &keys);
        let places = ranks(&block.estimates(instrument::Measured::Group(group)));
        let of = places.iter().flatten().count();
        let mut ranked: Vec<Ranked> = units
            .iter()
            .zip(&block.units)
            .zip(places)
            .map(|((unit, measured), rank)| {
                let interval = measured.as_ref().and_then(|m| m.sure.groups[group]);
                Ranked {
                    unit: unit.code.clone(),
                    name: unit.name.clone(),
                    responses: measured.as_ref().map_or(0, |m| m.responses),
                    score: measured
                        .as_ref()
                        .and_then(|m| m.index.groups[group].score())
                        .map(number),
                    low: interval.map(|interval| interval.low),
                    high: interval.map(|interval| interval.high),
                    rank: rank.map(|rank| Place::new(rank, of)),
                }
            })
            .collect();
        ranked.sort_by_key(|unit| unit.rank.map_or(usize::MAX, |rank| rank.place));
        Some(Ranking { kind: kind.name(), least: RANKED_MIN, units: ranked })
    };
    Kind::ALL.iter().filter_map(ranking).collect()
}
