//! Thirteen months up to that of the report, as a line and as a table.

use domain::document::{SeriesGroup, SeriesPoint};
use domain::index::Figure;
use domain::release::FEW;
use domain::report::{Break, Month, State, TREND_MONTHS};
use leptos::prelude::*;

use super::read::{figure, groups};
use super::{ReportPage, month};
use crate::chart::{self, Day};
use crate::figure::{cell, mark, words};
use crate::text::{self, count, day, t, t_args};

/// A month of the chart: what the newest version of it says.
struct Step<'a> {
    month: Month,
    point: Option<&'a SeriesPoint>,
    figure: Figure,
    breaks: bool,
}

pub(super) fn section(page: &ReportPage<'_>) -> AnyView {
    let (lang, report) = (page.lang, page.report());
    let heading = t(lang, "report-trend-heading");
    let steps = steps(page);
    if steps.iter().all(|step| step.point.is_none()) {
        return view! {
            <section class="course" id="months">
                <h2>{heading}</h2>
                <p>{t(lang, "report-trend-none")}</p>
            </section>
        }
        .into_any();
    }
    let days: Vec<Day> = steps.iter().map(|step| drawn(page, step)).collect();
    let ends = [0, steps.len() / 2, steps.len() - 1].map(|at| month(steps[at].month));
    let said: Vec<_> = days.iter().map(|day| format!("{}.", day.said)).collect();
    let desc = said.join(" ");
    let rows = steps.iter().rev().map(|step| rows(page, step.month));
    let lifted = chart::trend_base(&days) > 0.0;
    let breaks = report.trend.breaks.iter().map(|found| {
        let key = match found.why {
            Break::Questionnaire => "trend-break-questionnaire",
            Break::Unit => "trend-break-unit",
        };
        view! { <p class="fine broken">{t_args(lang, key, &[("day", day(found.on))])}</p> }
    });
    view! {
        <section class="course" id="months">
            <h2>{heading.clone()}</h2>
            {chart::trend("trend", heading.clone(), desc, &days, ends)}
            <ul class="key">
                <li class="k-line">{t(lang, "report-trend-line")}</li>
                <li class="k-few">{t(lang, "report-trend-few")}</li>
                <li class="k-withheld">{t(lang, "report-trend-withheld")}</li>
                <li class="k-column">{t(lang, "report-trend-columns")}</li>
            </ul>
            {lifted.then(|| view! { <p class="fine">{t(lang, "report-trend-axis")}</p> })}
            {breaks.collect_view()}
            <div class="wide" role="region" tabindex="0" aria-label=heading>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "report-month")}</th>
                            <th scope="col">{t(lang, "report-questionnaire")}</th>
                            <th scope="col" class="number">{t(lang, "responses-column")}</th>
                            <th scope="col" class="number">{t(lang, "index-column")}</th>
                            <th scope="col" class="number">{t(lang, "range-column")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn steps<'a>(page: &ReportPage<'a>) -> Vec<Step<'a>> {
    let report = page.report();
    let newest = report.parts.first().map(|part| part.questionnaire.as_str());
    let first = report.month.plus(1 - TREND_MONTHS);
    let step = |at: i32| {
        let month = first.plus(at);
        let of = || report.trend.points.iter().filter(|point| Month::of(point.from) == month);
        let point = of().find(|p| Some(p.questionnaire.as_str()) == newest).or(of().next_back());
        let breaks = at > 0 && report.trend.breaks.iter().any(|found| Month::of(found.on) == month);
        Step { month, point, figure: point.map_or(Figure::None, |p| group_figure(page, p)), breaks }
    };
    (0..TREND_MONTHS).map(step).collect()
}

/// What counters measure.
fn group<'a>(page: &ReportPage<'_>, point: &'a SeriesPoint) -> Option<&'a SeriesGroup> {
    let codes: Vec<&str> = page
        .report()
        .parts
        .iter()
        .flat_map(|part| groups(&part.figures).map(|group| group.code.as_str()))
        .collect();
    point.groups.iter().find(|group| codes.contains(&group.code.as_str()))
}

fn group_figure(page: &ReportPage<'_>, point: &SeriesPoint) -> Figure {
    let score = group(page, point).and_then(|group| group.estimate.score);
    let state = match score {
        Some(_) if point.responses < FEW => State::Few,
        Some(_) => State::Shown,
        None if point.responses > 0 => State::Withheld,
        None => State::None,
    };
    figure(state, score)
}

fn drawn(page: &ReportPage<'_>, step: &Step<'_>) -> Day {
    let lang = page.lang;
    let answers = step.point.map_or(0, |point| point.responses);
    let values = [
        ("day", month(step.month)),
        ("score", words(lang, step.figure)),
        ("n", count(lang, answers)),
    ];
    Day {
        mark: mark(step.figure),
        few: step.figure.is_few(),
        answers,
        breaks: step.breaks,
        said: t_args(lang, "trend-point", &values),
    }
}

/// A month by each questionnaire version; one without answers says so.
fn rows(page: &ReportPage<'_>, at: Month) -> AnyView {
    let lang = page.lang;
    let points = page.report().trend.points.iter();
    let points: Vec<_> = points.filter(|point| Month::of(point.from) == at).collect();
    if points.is_empty() {
        return view! {
            <tr>
                <th scope="row">{month(at)}</th>
                <td>"–"</td>
                <td class="number">{count(lang, 0)}</td>
                <td class="number">{cell(lang, Figure::None)}</td>
                <td class="number">"–"</td>
            </tr>
        }
        .into_any();
    }
    points.into_iter().rev().map(|point| row(page, point)).collect_view().into_any()
}

fn row(page: &ReportPage<'_>, point: &SeriesPoint) -> AnyView {
    let lang = page.lang;
    let ends = group(page, point).and_then(|group| group.estimate.low.zip(group.estimate.high));
    let interval = ends.map_or("–".to_owned(), |ends| text::interval(lang, ends));
    view! {
        <tr>
            <th scope="row">{month(Month::of(point.from))}</th>
            <td>{point.questionnaire.clone()}</td>
            <td class="number">{count(lang, point.responses)}</td>
            <td class="number">{cell(lang, group_figure(page, point))}</td>
            <td class="number">{interval}</td>
        </tr>
    }
    .into_any()
}
