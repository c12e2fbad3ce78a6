//! Makes the report of a unit from the counts: what is read once for all units of a month, and then
//! section by section.

use std::sync::Arc;

use domain::analysis::{Comparison, drivers};
use domain::counts::Counts;
use domain::document::{Document, Step};
use domain::index::{Figure, Index};
use domain::instrument::Instrument;
use domain::questionnaire::{Lang, Rule, Text, fill};
use domain::release::FEW;
use domain::report::{
    Before, Borders, ChannelShare, Flag, FlagKind, Goal, Goals, Heading, LAYOUT, Late, Method,
    Month, Named, Part, Quality, Report, SUSPICIOUS, TREND_MONTHS, Trend,
};
use domain::review::{self, Review};
use domain::statistics::rank::RANKED_MIN;
use domain::target::{IndexName, Target};
use domain::unit::{Organisation, Unit};
use jiff::civil::Date;

use super::super::Service;
use super::super::access::Readable;
use super::super::analysis::compared;
use super::super::figures::{Figures, Measured, Period, document, documents};
use super::super::review::Span;
use super::beside::Beside;
use super::{Words, tables};
use crate::service::close::Closing;
use crate::store;

/// What the reports of all units of a month are made of.
pub(in crate::service) struct Material<'a> {
    pub(super) service: &'a Service,
    pub(in crate::service) organisation: Arc<Organisation>,
    pub(super) figures: Figures,
    pub(super) beside: Arc<Beside>,
    month: Month,
    period: Period,
    rule: Rule,
    before: (Period, Figures),
    last_year: (Period, Figures),
    /// From the beginning of the year to the end of the period.
    year: Figures,
    words: Words,
}

impl<'a> Material<'a> {
    /// Reads everything that the reports of a month have in common.
    ///
    /// # Errors
    /// Where the database fails.
    pub(in crate::service) async fn load(
        service: &'a Service,
        month: Month,
        words: Words,
    ) -> store::Result<Self> {
        let period = service.days(month);
        let current = service.instruments.on(period.to);
        let rule = current.map(|current| current.questionnaire.rule).unwrap_or_default();
        let whole = |month: Month| Period { from: month.first(), to: month.last() };
        let (before, last_year) = (whole(month.plus(-1)), whole(month.plus(-12)));
        let year = Period { from: period.to.first_of_year(), to: period.to };
        let figures = service.figures(period, rule).await?;
        Ok(Self {
            organisation: service.organisation(),
            beside: service.beside(period, figures.print()).await?,
            figures,
            before: (before, service.figures(before, rule).await?),
            last_year: (last_year, service.figures(last_year, rule).await?),
            year: service.figures(year, rule).await?,
            service,
            month,
            period,
            rule,
            words,
        })
    }

    /// The report of one unit, to be sealed where something of a closing is given.
    ///
    /// # Errors
    /// Where the database fails.
    pub(in crate::service) async fn report(
        &self,
        unit: &Readable,
        closing: Option<&Closing>,
    ) -> store::Result<Report> {
        let Period { from, to } = self.period;
        let measured = self.figures.measured(unit);
        let mut parts = vec![];
        let all = documents(&self.figures, unit, self.period, Lang::Vi, &self.words);
        let targets = self.targets(unit).await?;
        for (at, figures) in all.into_iter().enumerate() {
            let found = measured.get(at);
            let version = self.service.instruments.get(&figures.questionnaire);
            let Some(instrument) = version.cloned() else { continue };
            let goals = self.goals(unit, &instrument, &targets, at == 0);
            let reliability = found.and_then(|m| closing?.reliability(unit.key, m));
            let part = self.part(unit, &instrument, found, figures);
            parts.push(Part { goals, reliability, ..part });
        }
        let below = self.organisation.subtree(unit.key);
        let comments = self.beside.comments.iter().filter(|(key, _)| below.contains(key));
        let clock = &self.service.clock;
        Ok(Report {
            layout: LAYOUT,
            unit: self.heading(unit),
            month: self.month,
            from,
            to,
            complete: self.beside.marginals.is_some(),
            simulated: self.service.is_demo() || measured.iter().any(|m| m.simulated),
            rule: self.rule,
            responses: self.figures.responses(unit),
            quality: self.quality(unit, &parts),
            parts,
            late: self.late(unit).await?,
            trend: self.trend(unit).await?,
            population: self.service.population(unit, self.period, self.rule).await?,
            comments: comments.map(|(_, n)| n).sum(),
            borders: self.borders(unit),
            method: Method {
                program: env!("CARGO_PKG_VERSION").to_owned(),
                made_at: clock.local(clock.now()),
                closed_by: closing.map(|closing| closing.by),
                trail: match closing {
                    Some(_) => Some(self.service.audit_head().await?),
                    None => None,
                },
            },
        })
    }

    /// The last day of the month.
    pub(super) fn last(&self) -> Date {
        self.month.last()
    }

    fn heading(&self, unit: &Unit) -> Heading {
        let organisation = &self.organisation;
        let mut path: Vec<Named> =
            organisation.upward(unit.key).into_iter().skip(1).map(named).collect();
        path.reverse();
        let before = unit.predecessors.iter().filter_map(|key| organisation.unit_by_key(*key));
        Heading {
            code: unit.code.clone(),
            name: unit.name.clone(),
            kind: unit.kind,
            path,
            place: organisation.place_of(unit.key),
            valid_from: unit.valid_from,
            valid_to: unit.valid_to,
            predecessors: before.map(named).collect(),
            successors: organisation.successors(unit.key).map(named).collect(),
            opened: unit.valid_from.is_some_and(|from| from > self.month.first()),
            closed: unit.valid_to.is_some_and(|to| to <= self.month.last()),
        }
    }

    /// All of a part but its targets and its reliability.
    fn part(
        &self,
        unit: &Readable,
        instrument: &Arc<Instrument>,
        measured: Option<&Measured>,
        figures: Document,
    ) -> Part {
        let questionnaire = &instrument.questionnaire;
        let place = self.organisation.place_of(unit.key);
        Part {
            questionnaire: questionnaire.code.clone(),
            title: questionnaire.title.clone(),
            legal: questionnaire.legal.clone(),
            source: questionnaire.source.clone(),
            certainty: questionnaire.certainty.clone(),
            texts: texts(instrument, &place),
            figures,
            since_month: self.since(unit, &self.before, measured),
            since_year: self.since(unit, &self.last_year, measured),
            goals: None,
            below: tables::below(self, unit.key, instrument),
            ranked_least: RANKED_MIN,
            by_stage: tables::marginal(self, unit.key, instrument, "stage"),
            by_field: tables::marginal(self, unit.key, instrument, "field"),
            by_channel: tables::channels(self, unit.key, instrument),
            drivers: measured.map_or_else(Vec::new, |m| drivers(&m.index, &place, Lang::Vi)),
            reliability: None,
        }
    }

    fn since(
        &self,
        unit: &Readable,
        (period, figures): &(Period, Figures),
        measured: Option<&Measured>,
    ) -> Comparison {
        compared(unit, *period, figures, measured, Lang::Vi)
    }

    /// What came in after the reports of the months were sealed that this one is compared with.
    async fn late(&self, unit: &Readable) -> store::Result<Late> {
        let sealed = self.service.store.sealed_months(unit.key).await?;
        let mut late = [0, 0];
        for (late, (period, figures)) in late.iter_mut().zip([&self.before, &self.last_year]) {
            let month = Month::of(period.from);
            let sealed = sealed.iter().find(|sealed| sealed.month == month.number());
            let told = self.service.told_seal(unit, month).await?;
            let Some((sealed, told)) = sealed.zip(told) else { continue };
            let now = match sealed.units() {
                Some(units) => figures.responses_in(&units),
                None => figures.responses(unit),
            };
            *late = now.saturating_sub(u64::try_from(told.seal.responses).unwrap_or(0));
        }
        let [month, year] = late;
        Ok(Late { month, year })
    }

    /// The targets of the unit for the year of the month.
    async fn targets(&self, unit: &Readable) -> store::Result<Vec<Target>> {
        let year = self.period.to.year();
        let mut targets = self.service.store.targets_of(unit.key).await?;
        targets.retain(|row| (row.year, row.index) == (year, IndexName::Sipas));
        Ok(targets)
    }

    fn goals(
        &self,
        unit: &Readable,
        instrument: &Arc<Instrument>,
        targets: &[Target],
        newest: bool,
    ) -> Option<Goals> {
        let year = self.period.to.year();
        let span = Span::of(unit, year, self.period.to, self.service.clock.today());
        let to = span.to.filter(|_| targets.iter().any(|row| row.target.is_some()))?;
        let all = self.year.measured(unit);
        let measured = all.iter().find(|m| m.instrument.key == instrument.key);
        let nothing = Counts::empty(instrument);
        let empty = Index::new(instrument.clone(), &nothing, self.rule, &[], false);
        let first = self.year.first_day(unit, instrument.key);
        let closed = span.closed && newest;
        let review = Review::new(review::Material {
            unit: &unit.code,
            year,
            days: Some((span.first, to)),
            closed,
            remaining: newest.then(|| span.remaining(first)),
            targets,
            index: measured.map_or(&empty, |m| &m.index),
            measured: measured.map(|m| review::Measured {
                index: &m.index,
                sure: &m.sure,
                responses: m.responses,
                clusters: m.clusters,
                simulated: m.simulated,
            }),
            measured_index: String::new(),
            lang: Lang::Vi,
            predecessors: vec![],
            ranks: Default::default(),
            trend: Default::default(),
        });
        let responses = review.responses;
        let rows = review.rows.into_iter().filter(|row| row.measured && row.target.is_some());
        let rows: Vec<Goal> = rows.map(goal).collect();
        let goals = Goals { year, from: span.first, to, closed, responses, rows };
        (!goals.rows.is_empty()).then_some(goals)
    }

    async fn trend(&self, unit: &Readable) -> store::Result<Trend> {
        let from = self.month.plus(1 - TREND_MONTHS).first();
        let period = Period { from, to: self.period.to };
        let series = self.service.series(unit, period, Step::Month, self.rule).await?;
        let breaks = self.service.breaks(unit.key, period);
        Ok(Trend { from, to: period.to, points: series.points, breaks })
    }

    fn quality(&self, unit: &Readable, parts: &[Part]) -> Quality {
        let (channels, simulated) = self.figures.by_channel(unit.key);
        let groups = parts.iter().flat_map(|part| &part.figures.groups);
        let items: Vec<_> =
            groups.flat_map(|group| &group.components).flat_map(|c| &c.items).collect();
        let responses = self.figures.responses(unit);
        let mut flags = vec![];
        let mut flag = |kind, code: &str, name: &str| {
            flags.push(Flag { kind, code: code.to_owned(), name: name.to_owned() });
        };
        if (1..FEW).contains(&responses) {
            flag(FlagKind::Few, &unit.code, &unit.name);
        }
        let too_good = |score: Option<f64>, responses| {
            score.is_some_and(|score| score > SUSPICIOUS.0) && responses > SUSPICIOUS.1
        };
        for part in parts {
            let mut scores = part.figures.groups.iter().map(|group| group.estimate.score);
            if scores.any(|score| too_good(score, part.figures.responses)) {
                flag(FlagKind::TooGood, &unit.code, &unit.name);
            }
            for below in &part.below {
                let score = below.figures.first().and_then(|group| group.estimate.score);
                if too_good(score, below.responses) {
                    flag(FlagKind::TooGood, &below.code, &below.name);
                }
            }
        }
        Quality {
            channels: channels
                .into_iter()
                .map(|(channel, responses)| ChannelShare { channel, responses })
                .collect(),
            simulated,
            valid: items.iter().filter_map(|item| item.counts).flatten().sum(),
            not_applicable: items.iter().filter_map(|item| item.not_applicable).sum(),
            flags,
        }
    }

    fn borders(&self, unit: &Readable) -> Option<Borders> {
        let now = self.figures.under_borders_of_today(unit.key)?;
        let of = |unit: &Unit, m: &Measured| {
            document(&self.figures, unit, self.period, m, Lang::Vi, &self.words)
        };
        let before = unit.predecessors.iter().filter_map(|key| self.organisation.unit_by_key(*key));
        let predecessors = before.map(|before| Before {
            unit: named(before),
            to: before.valid_to,
            figures: self.figures.measured_of(before.key).iter().map(|m| of(before, m)).collect(),
        });
        Some(Borders {
            predecessors: predecessors.filter(|before| !before.figures.is_empty()).collect(),
            now: now.iter().map(|m| of(unit, m)).collect(),
        })
    }
}

fn named(unit: &Unit) -> Named {
    Named { code: unit.code.clone(), name: unit.name.clone() }
}

/// Names and texts by code, the place filled in.
fn texts(instrument: &Instrument, place: &str) -> std::collections::BTreeMap<String, Text> {
    let filled = |text: &Text| Text { vi: fill(&text.vi, place), en: fill(&text.en, place) };
    let questionnaire = &instrument.questionnaire;
    let groups = questionnaire.groups.iter().map(|group| (&group.code, &group.name));
    let components = questionnaire.components().map(|component| (&component.code, &component.name));
    let items = questionnaire.items().map(|item| (&item.code, &item.text));
    let all = groups.chain(components).chain(items);
    all.map(|(code, text)| (code.clone(), filled(text))).collect()
}

/// A row of the review as a report shows it.
fn goal(row: review::Row) -> Goal {
    let current = row.current.filter(|_| matches!(row.figure, Figure::Shown { .. }));
    let number = domain::document::number;
    Goal {
        code: row.code,
        name: row.name,
        baseline: row.baseline,
        target: row.target,
        state: row.figure.into(),
        current: current.map(number),
        low: row.interval.map(|interval| interval.low),
        high: row.interval.map(|interval| interval.high),
        gap: current.zip(row.target).map(|(current, target)| number(current - target)),
        projection: row.projection,
        verdict: row.judged,
        source: row.source,
    }
}
