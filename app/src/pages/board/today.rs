//! The running day: against the same weekday before, and when answers came in.

use domain::index::Figure;
use leptos::prelude::*;

use super::{BoardPage, HourRow, TrendDay};
use crate::chart::{self, Column};
use crate::figure::{cell, words};
use crate::text::{count, day, score, t, t_args};

/// Hours that are shown.
const HOURS: usize = 8;

pub(super) fn section(page: &BoardPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let today = page.trend.last().filter(|last| last.day == page.today)?;
    if page.hours.is_empty() {
        return None;
    }
    let weekday = t(lang, &format!("weekday-{}", page.today.weekday().to_monday_one_offset()));
    let rows = same_weekday(page.trend).map(|one| {
        view! {
            <tr>
                <th scope="row">{day(one.day)}</th>
                <td class="number">{count(lang, one.responses)}</td>
                <td class="number">{cell(lang, one.figure)}</td>
            </tr>
        }
    });
    let now = view! {
        <tr id="today-now">
            <th scope="row">{t(lang, "today-now")}</th>
            <td class="number">{count(lang, today.responses)}</td>
            <td class="number">{cell(lang, today.figure)}</td>
        </tr>
    };
    let column = t_args(lang, "today-weekday-column", &[("weekday", weekday)]);
    let view = view! {
        <section class="today" id="today">
            <h2>{t(lang, "today-heading")}</h2>
            <p>{usual(page, today)}</p>
            <div class="halves">
            <div>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{column}</th>
                        <th scope="col" class="number">{t(lang, "responses-column")}</th>
                        <th scope="col" class="number">{t(lang, "index-column")}</th>
                    </tr>
                </thead>
                <tbody>{now}{rows.collect_view()}</tbody>
            </table>
            </div>
            <div>{hours(page)}</div>
            </div>
        </section>
    };
    Some(view.into_any())
}

/// The same weekday of the weeks before, the newest first.
fn same_weekday(trend: &[TrendDay]) -> impl Iterator<Item = &TrendDay> {
    trend.iter().rev().skip(7).step_by(7)
}

/// In one sentence: how many by now, how many usually in a whole day.
fn usual(page: &BoardPage<'_>, today: &TrendDay) -> String {
    let lang = page.lang;
    let before: Vec<_> = same_weekday(page.trend).filter(|one| one.responses > 0).collect();
    let weekday = t(lang, &format!("weekday-{}", page.today.weekday().to_monday_one_offset()));
    let mut values = vec![("n", count(lang, today.responses)), ("weekday", weekday)];
    if before.is_empty() {
        return t_args(lang, "today-alone", &values);
    }
    let total: u64 = before.iter().map(|one| one.responses).sum();
    let mean = (total as f64 / before.len() as f64).round() as u64;
    values.push(("mean", count(lang, mean)));
    values.push(("weeks", before.len().to_string()));
    let scores = before.iter().filter_map(|one| one.figure.score());
    let ends = scores.clone().min().zip(scores.max());
    match (today.figure, ends) {
        (Figure::Shown { .. }, Some((low, high))) => {
            values.push(("score", words(lang, today.figure)));
            values.push(("low", score(lang, low)));
            values.push(("high", score(lang, high)));
            t_args(lang, "today-usual-score", &values)
        }
        _ => t_args(lang, "today-usual", &values),
    }
}

/// Arrivals of the last hours.
fn hours(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let shown = &page.hours[page.hours.len().saturating_sub(HOURS)..];
    let label = |hour: &HourRow| t_args(lang, "hour", &[("hour", hour.hour.to_string())]);
    // A telephone has room for no more below a column.
    let short = |hour: &HourRow| t_args(lang, "hour-short", &[("hour", hour.hour.to_string())]);
    let said = |hour: &HourRow| match hour.responses {
        Some(n) => count(lang, n),
        None => t(lang, "hours-unknown"),
    };
    let columns: Vec<_> = shown
        .iter()
        .map(|hour| Column { label: short(hour), value: hour.responses, said: said(hour) })
        .collect();
    let list: Vec<_> =
        shown.iter().map(|hour| format!("{}: {}", label(hour), said(hour))).collect();
    let unknown = shown.iter().any(|hour| hour.responses.is_none());
    let unknown = unknown.then(|| view! { <p class="fine">{t(lang, "hours-unknown-why")}</p> });
    let rows = shown.iter().rev().map(|hour| {
        view! { <tr><th scope="row">{label(hour)}</th><td class="number">{said(hour)}</td></tr> }
    });
    view! {
        <h3>{t(lang, "hours-heading")}</h3>
        {chart::columns("hours", t(lang, "hours-heading"), list.join("; "), &columns)}
        {unknown}
        <details>
            <summary>{t(lang, "see-table")}</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "hour-column")}</th>
                        <th scope="col" class="number">{t(lang, "responses-column")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
