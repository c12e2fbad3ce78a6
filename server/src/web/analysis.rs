//! The analysis of a period, and the page that says how everything is computed.

use app::pages::analysis::AnalysisPage;
use app::pages::method::MethodPage;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use domain::analysis::{Analysis, InstrumentDocument};
use domain::day;
use domain::response::Reason;
use jiff::ToSpan;
use jiff::civil::Date;

use super::access::{Asks, Name};
use super::api::{Query, invalid};
use super::{Error, Shared, page};
use crate::service::access::{Actor, Readable};
use crate::service::analysis::{NoReading, Question};
use crate::service::figures::Period;

impl From<NoReading> for Error {
    fn from(no: NoReading) -> Self {
        match no {
            NoReading::Busy => Self::Busy,
            NoReading::Store(error) => error.into(),
        }
    }
}

const ANALYSIS: [&str; 7] = ["from", "to", "rule", "lang", "with", "before_from", "before_to"];

/// `GET /api/v1/units/{unit}/analysis`.
pub(super) async fn analysis_json(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable_by_officials(&actor, &unit)?;
    let query = Query::parse(query, &ANALYSIS)?;
    Ok(axum::Json(analyse(&web, &actor, &unit, &query).await?.1).into_response())
}

async fn analyse(
    web: &Shared,
    actor: &Actor,
    unit: &Readable,
    query: &Query,
) -> Result<(Option<Readable>, Analysis), Error> {
    let today = web.service.clock.today();
    let period = query.period(unit.valid_to.map_or(today, |last| last.min(today)))?;
    let with = match query.get("with") {
        Some(code) => Some(web.service.readable_by_officials(actor, code)?),
        None => None,
    };
    let before = match (query.date("before_from")?, query.date("before_to")?) {
        (Some(from), Some(to)) if from <= to => Some(Period { from, to }),
        (None, None) => None,
        _ => return Err(invalid("before_to", Reason::NotADay)),
    };
    let rule = query.rule_on(web, period.to)?;
    let question = Question { period, before, rule, with: with.as_ref(), lang: query.lang() };
    let analysis = web.service.analysis(actor, unit, question).await?;
    Ok((with, analysis))
}

/// `GET /api/v1/units/{unit}/instrument`: `from` and `to` are months, `YYYY-MM`, that are over.
pub(super) async fn instrument_json(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable_by_officials(&actor, &unit)?;
    let query = Query::parse(query, &["from", "to", "rule", "lang"])?;
    let last = last_month(web.service.clock.today(), unit.valid_to);
    let to = month(&query, "to")?.unwrap_or(last);
    let from = month(&query, "from")?.unwrap_or(to);
    if to > last {
        return Err(invalid("to", Reason::NotADay));
    }
    if from > to {
        return Err(invalid("from", Reason::EndBeforeStart));
    }
    let period = Period { from, to: to.last_of_month() };
    let rule = query.rule_on(&web, period.to)?;
    let found = web.service.reliability(&unit, period, rule, query.lang()).await?;
    Ok(axum::Json(found).into_response())
}

/// The first day of the last month that is over, for a unit.
fn last_month(today: Date, valid_to: Option<Date>) -> Date {
    let before = day::from_number(day::number(day::month_start(today)) - 1);
    day::month_start(valid_to.map_or(before, |last| last.min(before)))
}

fn month(query: &Query, name: &str) -> Result<Option<Date>, Error> {
    let Some(text) = query.get(name) else { return Ok(None) };
    let month = (text.len() == 7).then(|| day::parse(&format!("{text}-01"))).flatten();
    let month = month.filter(|month| (1900..=2200).contains(&month.year()));
    month.map(Some).ok_or_else(|| invalid(name, Reason::NotADay))
}

/// `GET /analysis/{unit}`: as the API; with `instrument=1` also how well the questionnaire measures,
/// over the twelve months that are over.
pub(super) async fn analysis(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let service = &web.service;
    let unit = service.readable_by_officials(&actor, &unit)?;
    let known: Vec<&str> = ANALYSIS.into_iter().chain(["instrument"]).collect();
    let query = Query::parse(query, &known)?;
    let (with, analysis) = analyse(&web, &actor, &unit, &query).await?;
    let instrument: Option<Option<InstrumentDocument>> = match query.get("instrument") {
        Some("1") => {
            let last = last_month(service.clock.today(), unit.valid_to);
            let from = last.saturating_sub(11.months());
            let period = Period { from, to: last.last_of_month() };
            Some(service.reliability(&unit, period, analysis.rule, query.lang()).await?)
        }
        _ => None,
    };
    let path = super::path_to(&web, &actor, unit.key);
    let comparable: Vec<(String, String)> = service
        .all_readable(&actor)
        .into_iter()
        .filter(|other| other.kind == unit.kind && other.key != unit.key)
        .filter(|other| other.valid_on(analysis.to))
        .map(|other| (other.code.clone(), other.name.clone()))
        .collect();
    Ok(page(app::pages::analysis::analysis(&AnalysisPage {
        lang: query.lang(),
        assets: &web.assets,
        unit: &unit.name,
        kind: unit.kind,
        path: &path,
        today: service.clock.today(),
        closed_on: unit.valid_to.filter(|last| *last < service.clock.today()),
        before: query.get("before_from").map(|_| (analysis.change.from, analysis.change.to)),
        with: with.as_ref().map(|other| other.code.as_str()),
        comparable: &comparable,
        instrument: instrument.as_ref().map(Option::as_ref),
        simulated: service.is_demo() || analysis.simulated,
        analysis: &analysis,
    })))
}

/// `GET /method`.
pub(super) async fn method(
    State(web): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let current = web.service.instruments.on(web.service.clock.today());
    let current = current.ok_or(Error::Internal)?;
    Ok(page(app::pages::method::method(&MethodPage {
        lang: super::lang(query.as_deref()),
        assets: &web.assets,
        questionnaire: &current.questionnaire,
    })))
}
