//! Every item as a list that warms with its score: the statement, the five answers, the persons.

use domain::counts::ItemCounts;
use domain::index::{Figure, Index};
use domain::questionnaire::{Component, Item, Lang, fill};
use leptos::prelude::*;

use super::BoardPage;
use super::summary::counter_group;
use crate::chart;
use crate::figure::{cell, heat};
use crate::text::{capital, count, t, t_args};

pub(super) fn section(page: &BoardPage<'_>, index: &Index) -> AnyView {
    let lang = page.lang;
    let instrument = &index.instrument;
    let components: Vec<_> = instrument.questionnaire.components().collect();
    let (_, members) = counter_group(index);
    let lists = members.iter().map(|&c| {
        let span = &instrument.spans[c].items;
        let rows = components[c].items.iter().zip(span.clone());
        let rows = rows.map(|(item, at)| row(page, index, item, at)).collect_view();
        view! {
            <h3>{components[c].name.get(lang).to_owned()}</h3>
            <ul class="items">{rows}</ul>
        }
    });
    let labels = instrument.questionnaire.scale.iter().zip(["n1", "n2", "n3", "n4", "n5"]);
    let key = labels.map(|(label, class)| {
        view! { <li class=class>{label.get(lang).to_owned()}</li> }
    });
    view! {
        <section class="heatlist" id="items">
            <h2>{t(lang, "items-heading")}</h2>
            <p>{t(lang, "items-intro")}</p>
            <ul class="key">{key.collect_view()}</ul>
            {lists.collect_view()}
            <details>
                <summary>{t(lang, "see-table")}</summary>
                {table(page, index, &components, &members)}
            </details>
        </section>
    }
    .into_any()
}

fn row(page: &BoardPage<'_>, index: &Index, item: &Item, at: usize) -> AnyView {
    let lang = page.lang;
    let figure = index.items[at];
    let shares = index.counts[at].filter(|counts| counts.valid() > 0).map(|counts| {
        let id = format!("share-{}", item.code);
        let title = t(lang, "distribution");
        chart::distribution(id, title, shares(lang, index, &counts), counts.n)
    });
    let persons = match figure {
        Figure::Shown { persons, .. } => {
            Some(t_args(lang, "persons", &[("n", count(lang, persons))]))
        }
        _ => None,
    };
    view! {
        <li>
            <p>{statement(lang, item)}</p>
            <div class="shares">{shares}</div>
            <span class=heat(figure)>{cell(lang, figure)}</span>
            <span class="persons">{persons}</span>
        </li>
    }
    .into_any()
}

/// The wording for a whole unit, whose places have many names.
fn statement(lang: Lang, item: &Item) -> String {
    capital(&fill(item.text.get(lang), &t(lang, "board-place")))
}

fn shares(lang: Lang, index: &Index, counts: &ItemCounts) -> String {
    let total = counts.valid().max(1);
    let scale = index.instrument.questionnaire.scale.iter().zip(counts.n);
    let said = scale.map(|(label, n)| {
        let percent = ((200 * n + total) / (2 * total)).to_string();
        let values =
            [("label", label.get(lang).to_owned()), ("n", count(lang, n)), ("percent", percent)];
        t_args(lang, "share", &values)
    });
    said.collect::<Vec<_>>().join("; ")
}

fn table(
    page: &BoardPage<'_>,
    index: &Index,
    components: &[&Component],
    members: &[usize],
) -> AnyView {
    let lang = page.lang;
    let instrument = &index.instrument;
    let rows = members.iter().flat_map(|&c| {
        components[c].items.iter().zip(instrument.spans[c].items.clone()).map(|(item, at)| {
            let counts = index.counts[at];
            let numbers = match counts {
                Some(counts) => {
                    counts.n.into_iter().chain([counts.not_applicable]).map(Some).collect()
                }
                None => vec![None; 6],
            };
            let numbers = numbers.into_iter().map(|n| {
                let text = n.map_or_else(|| "–".to_owned(), |n| count(lang, n));
                view! { <td class="number">{text}</td> }
            });
            view! {
                <tr>
                    <th scope="row">{statement(lang, item)}</th>
                    {numbers.collect_view()}
                    <td class="number">{cell(lang, index.items[at])}</td>
                </tr>
            }
        })
    });
    let scale = instrument.questionnaire.scale.iter().map(|label| label.get(lang).to_owned());
    let heads = scale
        .chain([t(lang, "not-applicable"), t(lang, "score-column")])
        .map(|text| view! { <th scope="col" class="number">{text}</th> });
    view! {
        <div class="wide" role="region" tabindex="0" aria-label=t(lang, "items-heading")>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "items-column")}</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
