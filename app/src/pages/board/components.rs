//! The components of the index as bars, with a table beside.

use domain::index::{Figure, Index};
use domain::questionnaire::Lang;
use domain::statistics::Interval;
use leptos::prelude::*;

use super::BoardPage;
use super::summary::{counter_group, ends};
use crate::chart::{self, Bar};
use crate::figure::{cell, mark, words};
use crate::text::{count, score, t, t_args};

pub(super) fn section(page: &BoardPage<'_>, index: &Index) -> AnyView {
    let lang = page.lang;
    let all: Vec<_> = index.instrument.questionnaire.components().collect();
    let (_, members) = counter_group(index);
    let interval = |c: usize| page.sure.and_then(|sure| sure.components[c]);
    let rows: Vec<_> = members
        .iter()
        .map(|&c| (all[c].name.get(lang).to_owned(), index.components[c], interval(c)))
        .collect();
    let bars: Vec<_> = rows
        .iter()
        .map(|(name, figure, interval)| {
            let note = [persons(page, *figure), range(lang, *interval)];
            let note = note.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let said = match figure {
                Figure::Shown { score: value, .. } => score(lang, *value),
                _ => words(lang, *figure),
            };
            let range = interval.map(|interval| (interval.low, interval.high));
            Bar { label: name.clone(), mark: mark(*figure), range, said, note }
        })
        .collect();
    let list: Vec<_> =
        rows.iter().map(|(name, figure, _)| format!("{name}: {}.", words(lang, *figure))).collect();
    let desc = t_args(lang, "components-desc", &[("list", list.join(" "))]);
    let lines = rows.into_iter().map(|(name, figure, interval)| {
        let persons = match figure {
            Figure::Shown { persons, .. } => count(lang, persons),
            _ => "–".to_owned(),
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="number">{cell(lang, figure)}</td>
                <td class="number">{range(lang, interval).unwrap_or_else(|| "–".to_owned())}</td>
                <td class="number">{persons}</td>
            </tr>
        }
    });
    view! {
        <section class="components" id="components">
            <h2>{t(lang, "components-heading")}</h2>
            {chart::bars("components", t(lang, "components-heading"), desc, &bars)}
            <details>
                <summary>{t(lang, "see-table")}</summary>
                <div class="wide" role="region" tabindex="0" aria-label=t(lang, "components-heading")>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "components-column")}</th>
                            <th scope="col" class="number">{t(lang, "score-column")}</th>
                            <th scope="col" class="number">{t(lang, "range-column")}</th>
                            <th scope="col" class="number">{t(lang, "persons-column")}</th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
                </div>
            </details>
        </section>
    }
    .into_any()
}

/// Between what and what a figure lies, in 95 of 100 cases.
fn range(lang: Lang, interval: Option<Interval>) -> Option<String> {
    let [low, high] = ends(interval?);
    Some(t_args(lang, "range", &[("low", low), ("high", high)]))
}

/// How many persons a shown figure is about, and whether they are few.
fn persons(page: &BoardPage<'_>, figure: Figure) -> Option<String> {
    let lang = page.lang;
    let Figure::Shown { persons, .. } = figure else { return None };
    let text = t_args(lang, "persons", &[("n", count(lang, persons))]);
    Some(if figure.is_few() { format!("{text} · {}", t(lang, "few")) } else { text })
}
