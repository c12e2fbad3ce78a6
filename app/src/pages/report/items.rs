//! Every item: its statement, the five answers, its score with interval.

use domain::document::ItemDocument;
use domain::report::Part;
use leptos::prelude::*;

use super::ReportPage;
use super::read::{components, ends, figure_of};
use crate::chart;
use crate::figure::{cell, heat, tints};
use crate::text::{count, interval, t, t_args};

pub(super) fn section(page: &ReportPage<'_>, at: usize, part: &Part) -> AnyView {
    let lang = page.lang;
    let bodies = components(&part.figures).map(|one| {
        let rows = one.items.iter().map(|item| row(page, at, part, item));
        let name = part.text(&one.code, lang).to_owned();
        view! {
            <tbody role="rowgroup">
                <tr role="row" class="group">
                    <th colspan="5" scope="rowgroup" role="rowheader"><span class="no">{one.code.clone()}</span>" "{name}</th>
                </tr>
                {rows.collect_view()}
            </tbody>
        }
    });
    let key = (1..=5).map(|n| {
        view! { <li class=format!("n{n}")>{t(lang, &format!("scale-{n}"))}</li> }
    });
    let heading = t(lang, "items-heading");
    view! {
        <section class="itemised" id=super::section_id("items", at)>
            <h2>{heading.clone()}</h2>
            <p class="fine">{t(lang, "report-items-intro")}</p>
            <ul class="key">{key.collect_view()}</ul>
            {tints(lang)}
            <div class="wide" role="region" tabindex="0" aria-label=heading>
                <table class="cards" role="table">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th scope="col" role="columnheader">{t(lang, "items-column")}</th>
                            <th scope="col" role="columnheader" class="number">{t(lang, "score-column")}</th>
                            <th scope="col" role="columnheader">{t(lang, "distribution")}</th>
                            <th scope="col" role="columnheader" class="number">{t(lang, "report-answers")}</th>
                            <th scope="col" role="columnheader" class="number">{t(lang, "not-applicable")}</th>
                        </tr>
                    </thead>
                    {bodies.collect_view()}
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(page: &ReportPage<'_>, at: usize, part: &Part, item: &ItemDocument) -> AnyView {
    let lang = page.lang;
    let figure = figure_of(&part.figures, &item.code, &item.estimate);
    let answered = item.counts.filter(|counts| counts.iter().sum::<u64>() > 0);
    let shares = answered.map(|counts| {
        let id = format!("share-{at}-{}", item.code);
        let numbers = counts.map(|n| count(lang, n)).join(" · ");
        view! {
            {chart::distribution(id, t(lang, "distribution"), shares(page, counts), counts)}
            <small>{numbers}</small>
        }
    });
    let interval = ends(&item.estimate).map(|ends| view! { <small>{interval(lang, ends)}</small> });
    let number = |n: Option<u64>| n.map_or("–".to_owned(), |n| count(lang, n));
    view! {
        <tr role="row">
            <th scope="row" role="rowheader"><span class="no">{item.code.clone()}</span>" "{super::statement(part, &item.code, lang)}</th>
            <td role="cell" class=format!("number strong {}", heat(figure)) data-label=t(lang, "score-column")>
                <div>{cell(lang, figure)}{interval}</div>
            </td>
            <td role="cell" class="shares">{shares}</td>
            <td role="cell" class="number" data-label=t(lang, "report-answers")>
                <div>{number(item.counts.map(|counts| counts.iter().sum()))}</div>
            </td>
            <td role="cell" class="number" data-label=t(lang, "not-applicable")>
                <div>{number(item.not_applicable)}</div>
            </td>
        </tr>
    }
    .into_any()
}

/// The five answers in words, with whole per cent.
fn shares(page: &ReportPage<'_>, counts: [u64; 5]) -> String {
    let lang = page.lang;
    let total = counts.iter().sum::<u64>().max(1);
    let said = counts.into_iter().zip(1..).map(|(n, at)| {
        let percent = ((200 * n + total) / (2 * total)).to_string();
        let label = t(lang, &format!("scale-{at}"));
        t_args(lang, "share", &[("label", label), ("n", count(lang, n)), ("percent", percent)])
    });
    said.collect::<Vec<_>>().join("; ")
}
