//! Both scoring rules on the same answers, side by side: no public source settles which one is used.

use domain::review::Row;
use leptos::prelude::*;

use super::TargetsPage;
use super::table::plain;
use crate::text::{decimal, t, t_args};

pub(super) fn section(page: &TargetsPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let other = page.by_other?;
    let rows: Vec<(&Row, &Row)> = page
        .review
        .rows
        .iter()
        .filter(|row| row.measured && row.current.is_some())
        .filter_map(|row| {
            Some((row, other.rows.iter().find(|o| o.measured && o.code == row.code)?))
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let head = |review: &domain::review::Review| {
        let text = t(lang, &format!("rule-{}", review.rule.name()));
        view! { <th scope="col" class="number">{text}</th> }
    };
    let value = |row: &Row| {
        let range = row.interval.map(|ends| {
            let [low, high] = [ends.low, ends.high].map(|end| decimal(lang, end, 1));
            view! { <small>{t_args(lang, "range", &[("low", low), ("high", high)])}</small> }
        });
        view! { <td class="number">{plain(lang, row)}{range}</td> }
    };
    let lines = rows.iter().map(|(row, other)| {
        view! {
            <tr>
                <th scope="row" lang="vi"><span class="no">{row.code.clone()}</span>" "{row.name.clone()}</th>
                {value(row)}
                {value(other)}
            </tr>
        }
    });
    let view = view! {
        <section class="rules">
            <h2>{t(lang, "rules-heading")}</h2>
            <p class="fine">{t(lang, "rules-why")}</p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "targets-row")}</th>
                        {head(page.review)}
                        {head(other)}
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </section>
    };
    Some(view.into_any())
}
