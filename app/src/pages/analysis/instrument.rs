//! How well the questionnaire measures; computed only where it is asked for, since it reads responses.

use domain::analysis::{ComponentReliability, InstrumentDocument};
use leptos::prelude::*;

use super::AnalysisPage;
use crate::official::dates;
use crate::text::{count, decimal, t, t_args};

pub(super) fn section(page: &AnalysisPage<'_>) -> AnyView {
    let lang = page.lang;
    let body = match page.instrument {
        None => {
            let link = format!("{}&instrument=1#instrument", page.here(lang));
            view! {
                <p>{t(lang, "instrument-why")}</p>
                <p><a class="button" href=link>{t(lang, "instrument-compute")}</a></p>
            }
            .into_any()
        }
        Some(None) => view! { <p>{t(lang, "instrument-none")}</p> }.into_any(),
        Some(Some(found)) => found_of(page, found),
    };
    view! {
        <section class="instrument" id="instrument">
            <h2>{t(lang, "instrument-heading")}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn found_of(page: &AnalysisPage<'_>, found: &InstrumentDocument) -> AnyView {
    let lang = page.lang;
    let of = [("list", dates(lang, found.from, found.to)), ("n", count(lang, found.responses))];
    let all = match found.alpha {
        Some(alpha) => t_args(
            lang,
            "instrument-all",
            &[("score", decimal(lang, alpha, 2)), ("n", count(lang, found.pairs))],
        ),
        None => t(lang, "instrument-all-few"),
    };
    let rows = found.components.iter().map(|component| rows(page, component));
    view! {
        <p class="dates">{t_args(lang, "instrument-of", &of)}</p>
        <p>{all}</p>
        <table class="cards" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{t(lang, "items-column")}</th>
                    <th scope="col" role="columnheader" class="number">{t(lang, "instrument-alpha")}</th>
                    <th scope="col" role="columnheader" class="number">{t(lang, "instrument-correlation")}</th>
                    <th scope="col" role="columnheader" class="number">{t(lang, "drivers-gain")}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.collect_view()}</tbody>
        </table>
        <p class="fine">{t(lang, "instrument-means")}</p>
    }
    .into_any()
}

fn rows(page: &AnalysisPage<'_>, component: &ComponentReliability) -> AnyView {
    let lang = page.lang;
    let value = |value: Option<f64>, n: u64, key: &str| {
        let n = view! { <small>{t_args(lang, key, &[("n", count(lang, n))])}</small> };
        match value {
            Some(value) => view! { {decimal(lang, value, 2)}{n} }.into_any(),
            None => {
                view! { <span class="withheld">{t(lang, "instrument-few")}</span>{n} }.into_any()
            }
        }
    };
    let items = component.items.iter().map(|item| {
        view! {
            <tr role="row" class="measured">
                <th scope="row" role="rowheader"><span class="no">{item.code.clone()}</span>" "{item.text.clone()}</th>
                <td role="cell" class="number" data-label=t(lang, "instrument-alpha")><div>"–"</div></td>
                <td role="cell" class="number" data-label=t(lang, "instrument-correlation")>
                    <div>{value(item.correlation, item.responses, "instrument-responses")}</div>
                </td>
                <td role="cell" class="number" data-label=t(lang, "drivers-gain")><div>"–"</div></td>
            </tr>
        }
    });
    view! {
        <tr role="row" class="measured group">
            <th scope="row" role="rowheader"><span class="no">{component.code.clone()}</span>" "{component.name.clone()}</th>
            <td role="cell" class="number" data-label=t(lang, "instrument-alpha")>
                <div>{value(component.alpha, component.pairs, "instrument-pairs")}</div>
            </td>
            <td role="cell" class="number" data-label=t(lang, "instrument-correlation")>
                <div>{value(component.correlation, component.responses, "instrument-responses")}</div>
            </td>
            <td role="cell" class="number" data-label=t(lang, "drivers-gain")>
                <div>{component.gain.map_or("–".to_owned(), |gain| decimal(lang, gain, 2))}</div>
            </td>
        </tr>
        {items.collect_view()}
    }
    .into_any()
}
