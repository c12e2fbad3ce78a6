//! The board and the front page.

use app::pages::board::{BoardPage, PartRow, TrendDay};
use app::pages::home::HomePage;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::day;
use domain::document::Step;
use domain::index::{Figure, Index};
use domain::questionnaire::Rule;
use domain::unit::{Organisation, Unit};
use jiff::civil::Date;

use super::access::{Asks, Name};
use super::api::Query;
use super::{Error, Shared, page};
use crate::service::access::Readable;
use crate::service::figures::{Figures, Measured, Part, Period};

/// Days of the trend.
const TREND: i32 = 30;

/// `GET /`.
pub(super) async fn home(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Response {
    let readable = web.service.all_readable(&actor).into_iter();
    page(app::pages::home::home(&HomePage {
        lang: super::lang(query.as_deref()),
        assets: &web.assets,
        simulated: web.service.is_demo(),
        boards: readable.map(|unit| (unit.code.clone(), unit.name.clone())).collect(),
    }))
}

/// `GET /boards/{unit}`.
pub(super) async fn board(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let service = &web.service;
    let unit = service.readable(&actor, &unit)?;
    let query = Query::parse(query, &["from", "to", "rule", "lang", "sort", "tv"])?;
    let today = service.clock.today();
    // The board of a unit that has ended opens on its last days.
    let last = unit.valid_to.map_or(today, |last| last.min(today));
    let period = query.period(last)?;
    let current = service.instruments.on(period.to).ok_or(Error::Internal)?;
    let rule = query.rule()?.unwrap_or(current.questionnaire.rule);
    let figures = service.figures(period, rule).await?;
    let measured = figures.measured(&unit);
    let newest = measured.first();
    let instrument = newest.map_or(current, |measured| &measured.instrument).clone();
    let organisation = service.organisation();
    let sort = query.get("sort").unwrap_or("name");
    let mut parts = part_rows(&figures, &organisation, &unit, &instrument, period);
    sort_rows(&mut parts, sort, &instrument);
    let trend = trend(&web, &unit, rule, last).await?;
    let responses_today =
        service.figures(Period { from: today, to: today }, rule).await?.responses(&unit);
    let names = |units: Vec<&Unit>| -> Vec<(String, String)> {
        units.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect()
    };
    let path = super::path_to(&organisation, unit.key);
    let predecessors =
        unit.predecessors.iter().filter_map(|key| organisation.unit_by_key(*key)).collect();
    let others: Vec<(String, u64)> =
        measured.iter().skip(1).map(|m| (m.instrument.code().to_owned(), m.responses)).collect();
    let nonce = super::nonce();
    let html = app::pages::board::board(&BoardPage {
        lang: query.lang(),
        assets: &web.assets,
        nonce: &nonce,
        unit: &unit.name,
        code: &unit.code,
        kind: unit.kind,
        closed_on: unit.valid_to.filter(|last| *last < today),
        path: &path,
        predecessors: &names(predecessors),
        successors: &names(organisation.successors(unit.key).collect()),
        from: period.from,
        to: period.to,
        today,
        rule,
        as_of: service.clock.local(service.clock.now()),
        responses: newest.map_or(0, |m| m.responses),
        today_responses: responses_today,
        simulated: service.is_demo() || measured.iter().any(|m| m.simulated),
        index: newest.map(|m| &m.index),
        sure: newest.map(|m| &m.sure),
        other_versions: &others,
        parts: &parts,
        sort,
        trend: &trend,
    });
    let mut response = page(html);
    if web.assets.islands_root.is_some() {
        let scripts = format!("script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'");
        super::allow(&mut response, &format!("connect-src 'self'; {scripts}"))?;
    }
    Ok(response)
}

/// The parts of a unit: all that exist in the period, and those that have answers.
fn part_rows(
    figures: &Figures,
    organisation: &Organisation,
    unit: &Readable,
    instrument: &domain::instrument::Instrument,
    period: Period,
) -> Vec<PartRow> {
    let mut measured = figures.parts(unit, instrument);
    let mut rows = vec![];
    for child in organisation.children(unit.key) {
        let at = measured.iter().position(|(part, _)| *part == Part::Unit(child.key));
        let measured = at.map(|at| measured.swap_remove(at).1);
        let exists = child.valid_to.is_none_or(|last| period.from <= last)
            && child.valid_from.is_none_or(|first| first <= period.to);
        if exists || measured.is_some() {
            let link = Some(child.code.clone());
            rows.push(part_row(child.name.clone(), link, measured.as_ref(), instrument));
        }
    }
    for point in organisation.points_of(unit.key) {
        let part = Part::Point(unit.key, point.key);
        let at = measured.iter().position(|(other, _)| *other == part);
        let measured = at.map(|at| measured.swap_remove(at).1);
        rows.push(part_row(point.name.clone(), None, measured.as_ref(), instrument));
    }
    for (part, measured) in measured {
        let Part::Point(_, point) = part else { continue };
        let name = organisation.point_by_key(point).map(|point| point.name.clone());
        rows.push(part_row(name.unwrap_or_default(), None, Some(&measured), instrument));
    }
    rows
}

fn part_row(
    name: String,
    link: Option<String>,
    measured: Option<&Measured>,
    instrument: &domain::instrument::Instrument,
) -> PartRow {
    let group = instrument.counter_group();
    let of_group = instrument.spans.iter().map(|span| span.group == group);
    let components = match measured {
        Some(m) => {
            m.index.components.iter().zip(of_group).filter(|(_, of)| *of).map(|(f, _)| *f).collect()
        }
        None => of_group.filter(|of| *of).map(|_| Figure::None).collect(),
    };
    PartRow {
        name,
        link,
        responses: measured.map_or(0, |m| m.responses),
        group: measured.map_or(Figure::None, |m| m.index.groups[group]),
        components,
    }
}

/// Sorts by name, number of answers, score or a component's code; a hyphen in front turns it round.
/// Rows without a score stand last either way.
fn sort_rows(rows: &mut [PartRow], sort: &str, instrument: &domain::instrument::Instrument) {
    let (down, by) = sort.strip_prefix('-').map_or((false, sort), |by| (true, by));
    let turn = |order: std::cmp::Ordering| if down { order.reverse() } else { order };
    rows.sort_by_key(|a| natural(&a.name));
    let group = instrument.counter_group();
    let codes = instrument.questionnaire.groups[group].components.iter().map(|c| c.code.as_str());
    let component = codes.clone().position(|code| code == by);
    match (by, component) {
        ("responses", _) => rows.sort_by(|a, b| turn(a.responses.cmp(&b.responses))),
        ("score", _) | (_, Some(_)) => {
            let score = |row: &PartRow| match component {
                Some(at) => row.components.get(at).and_then(|figure| figure.score()),
                None => row.group.score(),
            };
            rows.sort_by(|a, b| match (score(a), score(b)) {
                (Some(a), Some(b)) => turn(a.cmp(&b)),
                (a, b) => b.is_some().cmp(&a.is_some()),
            });
        }
        _ if down => rows.reverse(),
        _ => {}
    }
}

/// "Quầy 2" before "Quầy 10".
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts = vec![];
    let mut rest = name;
    while !rest.is_empty() {
        let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits =
            rest[word..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |n| word + n);
        parts.push((rest[..word].to_lowercase(), rest[word..digits].parse().unwrap_or(0)));
        rest = &rest[digits..];
    }
    parts
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
    let day_of = |number| {
        let day = day::from_number(number);
        let step = steps.iter().rfind(|(step, ..)| step.from == day);
        let figure = |index: &Index| index.groups[index.instrument.counter_group()];
        TrendDay {
            day,
            responses: step.map_or(0, |(_, measured)| measured.responses),
            figure: step.map_or(Figure::None, |(_, measured)| figure(&measured.index)),
        }
    };
    Ok((last - TREND + 1..=last).map(day_of).collect())
}
