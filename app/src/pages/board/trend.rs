//! The last thirty days as a line, with a table beside.

use domain::index::Figure;
use leptos::prelude::*;

use super::{BoardPage, Break};
use crate::chart::{self, Day};
use crate::figure::{cell, mark, words};
use crate::text::{count, day, score, t, t_args};

/// "30 ngày qua", or up to which day where the unit has ended.
pub(super) fn heading(page: &BoardPage<'_>) -> String {
    match page.trend.last() {
        Some(last) if last.day != page.today => {
            t_args(page.lang, "trend-heading-to", &[("day", day(last.day))])
        }
        _ => t(page.lang, "trend-heading"),
    }
}

pub(super) fn section(page: &BoardPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let last = page.trend.last()?;
    if page.trend.iter().all(|one| one.responses == 0) {
        let view = view! {
            <section class="course" id="days">
                <h2>{heading(page)}</h2>
                <p>{t(lang, "trend-none")}</p>
            </section>
        };
        return Some(view.into_any());
    }
    let rows = page.trend.iter().rev().map(|one| {
        let id = (one.day == last.day).then_some(LAST_ROW);
        view! {
            <tr id=id>
                <th scope="row">{day(one.day)}</th>
                <td class="number">{count(lang, one.responses)}</td>
                <td class="number">{cell(lang, one.figure)}</td>
            </tr>
        }
    });
    let view = view! {
        <section class="course" id="days">
            <h2>{heading(page)}</h2>
            {chart(page)}
            <ul class="key">
                <li class="k-line">{t(lang, "trend-line")}</li>
                <li class="k-few">{t(lang, "trend-few")}</li>
                <li class="k-withheld">{t(lang, "trend-withheld")}</li>
                <li class="k-column">{t(lang, "trend-columns")}</li>
            </ul>
            {breaks(page)}
            <details>
                <summary>{t(lang, "see-table")}</summary>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "day-column")}</th>
                            <th scope="col" class="number">{t(lang, "responses-column")}</th>
                            <th scope="col" class="number">{t(lang, "index-column")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </details>
        </section>
    };
    Some(view.into_any())
}

/// The line over the days.
pub(super) fn chart(page: &BoardPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let (first, last) = (page.trend.first()?, page.trend.last()?);
    let middle = &page.trend[page.trend.len() / 2];
    let days: Vec<_> = page
        .trend
        .iter()
        .map(|one| {
            let values = [
                ("day", day(one.day)),
                ("score", words(lang, one.figure)),
                ("n", count(lang, one.responses)),
            ];
            Day {
                mark: mark(one.figure),
                few: one.figure.is_few(),
                answers: one.responses,
                breaks: one.breaks.is_some(),
                said: t_args(lang, "trend-point", &values),
            }
        })
        .collect();
    let ends = [first, middle, last].map(|one| day(one.day)[..5].to_owned());
    Some(chart::trend("trend", heading(page), description(page), &days, ends))
}

/// The id of the row of the last day, which moves.
pub(super) const LAST_ROW: &str = "days-last";

/// Where days cannot be compared, and why.
fn breaks(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let said = page.trend.iter().filter_map(|one| {
        let key = match one.breaks? {
            Break::Questionnaire => "trend-break-questionnaire",
            Break::Unit => "trend-break-unit",
        };
        let text = t_args(lang, key, &[("day", day(one.day))]);
        Some(view! { <p class="fine broken">{text}</p> })
    });
    said.collect_view().into_any()
}

/// The lowest, the highest and the latest day in words.
fn description(page: &BoardPage<'_>) -> String {
    let lang = page.lang;
    let ends = (page.trend.first(), page.trend.last());
    let (from, to) = (ends.0.map(|d| day(d.day)), ends.1.map(|d| day(d.day)));
    let from_to = [("from", from.unwrap_or_default()), ("to", to.unwrap_or_default())];
    let scores: Vec<_> = page
        .trend
        .iter()
        .filter_map(|one| match one.figure {
            Figure::Shown { score, .. } => Some((score, one.day)),
            _ => None,
        })
        .collect();
    let say = |(value, on)| format!("{} ({})", score(lang, value), day(on));
    let (low, high) = (scores.iter().min(), scores.iter().max());
    match (low, high, scores.last()) {
        (Some(&low), Some(&high), Some(&last)) => {
            let [from, to] = from_to;
            let found = [("low", say(low)), ("high", say(high)), ("last", say(last))];
            let values: Vec<_> = [from, to].into_iter().chain(found).collect();
            t_args(lang, "trend-desc", &values)
        }
        _ => t_args(lang, "trend-desc-empty", &from_to),
    }
}
