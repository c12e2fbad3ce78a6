//! The components as bars with their intervals, and as a table.

use domain::document::ComponentDocument;
use domain::index::Figure;
use domain::report::Part;
use leptos::prelude::*;

use super::ReportPage;
use super::read::{components, ends, figure_of};
use crate::chart::{self, Bar};
use crate::figure::{cell, mark, words};
use crate::text::{self, count, decimal, score, t, t_args};

pub(super) fn section(page: &ReportPage<'_>, at: usize, part: &Part) -> AnyView {
    let lang = page.lang;
    let rows: Vec<(String, Figure, &ComponentDocument)> = components(&part.figures)
        .map(|one| {
            let figure = figure_of(&part.figures, &one.code, &one.estimate);
            (part.text(&one.code, lang).to_owned(), figure, one)
        })
        .collect();
    let bars: Vec<_> =
        rows.iter().map(|(name, figure, one)| bar(page, name, *figure, one)).collect();
    let list: Vec<_> =
        rows.iter().map(|(name, figure, _)| format!("{name}: {}.", words(lang, *figure))).collect();
    let desc = t_args(lang, "components-desc", &[("list", list.join(" "))]);
    let lines = rows.iter().map(|(name, figure, one)| {
        view! {
            <tr>
                <th scope="row"><span class="no">{one.code.clone()}</span>" "{name.clone()}</th>
                <td class="number strong">{cell(lang, *figure)}</td>
                <td class="number">{interval(page, one)}</td>
                <td class="number">{one.design_effect.map_or("–".to_owned(), |d| decimal(lang, d, 2))}</td>
                <td class="number">{answers(page, one)}</td>
            </tr>
        }
    });
    let heading = t(lang, "components-heading");
    view! {
        <section class="components" id=super::section_id("components", at)>
            <h2>{heading.clone()}</h2>
            {chart::bars(&super::section_id("bars", at), heading.clone(), desc, &bars)}
            <div class="wide" role="region" tabindex="0" aria-label=heading>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "components-column")}</th>
                            <th scope="col" class="number">{t(lang, "score-column")}</th>
                            <th scope="col" class="number">{t(lang, "range-column")}</th>
                            <th scope="col" class="number">{t(lang, "report-design-effect")}</th>
                            <th scope="col" class="number">{t(lang, "report-answers")}</th>
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn bar(page: &ReportPage<'_>, name: &str, figure: Figure, one: &ComponentDocument) -> Bar {
    let lang = page.lang;
    let said = match figure {
        Figure::Shown { score: value, .. } => score(lang, value),
        _ => words(lang, figure),
    };
    let few = figure.is_few().then(|| t(lang, "few"));
    let range = ends(&one.estimate).map(|_| interval(page, one));
    let note = [range, few].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    Bar { label: name.to_owned(), mark: mark(figure), range: ends(&one.estimate), said, note }
}

fn interval(page: &ReportPage<'_>, one: &ComponentDocument) -> String {
    ends(&one.estimate).map_or("–".to_owned(), |ends| text::interval(page.lang, ends))
}

/// Answers on the scale to its items, where all of them are shown.
fn answers(page: &ReportPage<'_>, one: &ComponentDocument) -> String {
    let counts: Option<Vec<u64>> =
        one.items.iter().map(|item| Some(item.counts?.iter().sum())).collect();
    counts.map_or("–".to_owned(), |counts| count(page.lang, counts.iter().sum()))
}
