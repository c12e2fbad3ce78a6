//! Everything that a board shows, loaded at one moment.

use app::pages::board::{BoardPage, FallenRow, HourRow, PartRow, TrendDay, UsualPage};
use domain::day;
use domain::document::Step;
use domain::index::{Figure, Index};
use domain::instrument::Instrument;
use domain::questionnaire::Rule;
use domain::unit::{Organisation, Unit};
use jiff::civil::Date;

use super::super::{Error, Shared};
use super::View;
use super::parts::{named, part_rows, sort_rows};
use crate::service::access::Readable;
use crate::service::figures::{Measured, Period};
use crate::service::usual::{Usual, What};

/// Days of the trend.
const TREND: i32 = 30;

/// A board at one moment.
pub(in crate::web) struct Loaded {
    unit: Readable,
    period: Period,
    today: Date,
    rule: Rule,
    as_of: String,
    measured: Vec<Measured>,
    today_responses: u64,
    others: Vec<(String, u64)>,
    parts: Vec<PartRow>,
    trend: Vec<TrendDay>,
    hours: Vec<HourRow>,
    usual: Option<UsualPage>,
    predecessors: Vec<(String, String)>,
    successors: Vec<(String, String)>,
}

impl Loaded {
    pub(in crate::web) async fn load(
        web: &Shared,
        unit: &Readable,
        view: &View,
    ) -> Result<Self, Error> {
        let service = &web.service;
        let today = service.clock.today();
        // The board of a unit that has ended opens on its last days.
        let last = unit.valid_to.map_or(today, |last| last.min(today));
        let period = view.period(last);
        let current = service.instruments.on(period.to).ok_or(Error::Internal)?;
        let rule = view.rule.unwrap_or(current.questionnaire.rule);
        let figures = service.figures(period, rule).await?;
        let measured = figures.measured(unit);
        let instrument = measured.first().map_or(current, |measured| &measured.instrument).clone();
        let organisation = service.organisation();
        let mut parts = part_rows(&figures, &organisation, unit, &instrument, period);
        sort_rows(&mut parts, &view.sort, &instrument);
        let running = last == today;
        let usual = match running {
            true => Some(service.usual(unit, today, rule).await?),
            false => None,
        };
        let usual = usual.map(|usual| usual_page(&usual, &organisation, &instrument, view));
        let mut hours = vec![];
        if running && period.to >= today {
            let seen = service.hours(unit).await?.into_iter();
            hours.extend(seen.map(|h| HourRow { hour: h.hour, responses: h.responses }));
        }
        let names = |units: Vec<&Unit>| -> Vec<(String, String)> {
            units.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect()
        };
        let predecessors =
            unit.predecessors.iter().filter_map(|key| organisation.unit_by_key(*key)).collect();
        let others = measured.iter().skip(1);
        Ok(Self {
            trend: trend(web, unit, rule, last).await?,
            today_responses: service.figures(Period::day(today), rule).await?.responses(unit),
            others: others.map(|m| (m.instrument.code().to_owned(), m.responses)).collect(),
            as_of: service.clock.local(service.clock.now()),
            predecessors: names(predecessors),
            successors: names(organisation.successors(unit.key).collect()),
            unit: unit.clone(),
            period,
            today,
            rule,
            measured,
            parts,
            hours,
            usual,
        })
    }

    /// Newer figures may come: the running day is shown, of a unit that has not ended.
    pub(in crate::web) fn moves(&self) -> bool {
        self.period.to >= self.today && self.unit.valid_to.is_none_or(|last| last >= self.today)
    }

    pub(in crate::web) fn page<'a>(
        &'a self,
        web: &'a Shared,
        view: &'a View,
        nonce: &'a str,
    ) -> BoardPage<'a> {
        let newest = self.measured.first();
        let simulated = web.service.is_demo() || self.measured.iter().any(|m| m.simulated);
        BoardPage {
            lang: view.lang,
            assets: &web.assets,
            nonce,
            unit: &self.unit.name,
            code: &self.unit.code,
            kind: self.unit.kind,
            closed_on: self.unit.valid_to.filter(|last| *last < self.today),
            // Each reader has one of his own.
            path: &[],
            predecessors: &self.predecessors,
            successors: &self.successors,
            from: self.period.from,
            to: self.period.to,
            today: self.today,
            rule: self.rule,
            as_of: self.as_of.clone(),
            responses: newest.map_or(0, |m| m.responses),
            today_responses: self.today_responses,
            simulated,
            index: newest.map(|m| &m.index),
            sure: newest.map(|m| &m.sure),
            other_versions: &self.others,
            parts: &self.parts,
            sort: &view.sort,
            trend: &self.trend,
            hours: &self.hours,
            usual: self.usual.as_ref(),
            stream: None,
            tv: view.tv,
        }
    }
}

/// The thirty days up to one, which is included.
async fn trend(
    web: &Shared,
    unit: &Readable,
    rule: Rule,
    last: Date,
) -> Result<Vec<TrendDay>, Error> {
    let (to, last) = (last, day::number(last));
    let period = Period { from: day::from_number(last - TREND + 1), to };
    let steps = web.service.steps(unit, period, Step::Day, rule).await?;
    let breaks = web.service.breaks(unit.key, period);
    let day_of = |number| {
        let day = day::from_number(number);
        let step = steps.iter().rfind(|(step, ..)| step.from == day);
        let figure = |index: &Index| index.groups[index.instrument.counter_group()];
        TrendDay {
            day,
            responses: step.map_or(0, |(_, measured)| measured.responses),
            figure: step.map_or(Figure::None, |(_, measured)| figure(&measured.index)),
            breaks: breaks.iter().find(|found| found.on == day).map(|found| found.why),
        }
    };
    Ok((last - TREND + 1..=last).map(day_of).collect())
}

fn usual_page(
    usual: &Usual,
    organisation: &Organisation,
    instrument: &Instrument,
    view: &View,
) -> UsualPage {
    let components: Vec<_> = instrument.questionnaire.components().collect();
    let fallen = usual.fallen.iter().map(|fallen| {
        let (name, link) = match fallen.what {
            What::Part(part) => {
                let (code, name, board) = named(organisation, part);
                (name, board.then_some(code))
            }
            What::Component(at) => (components[at].name.get(view.lang).to_owned(), None),
        };
        FallenRow { name, link, usual: fallen.usual, recent: fallen.recent }
    });
    let days = |period: Period| (period.from, period.to);
    UsualPage {
        recent: days(usual.recent),
        before: days(usual.before),
        compared: usual.compared,
        fallen: fallen.collect(),
    }
}
