//! Places of the units below among those of their kind, with how sure a place is.

use domain::analysis::{Ranked, Ranking};
use leptos::prelude::*;

use super::AnalysisPage;
use crate::official::tail;
use crate::text::{count, decimal, t, t_args};

pub(super) fn sections(page: &AnalysisPage<'_>) -> AnyView {
    page.analysis.ranks.iter().map(|ranking| section(page, ranking)).collect_view().into_any()
}

fn section(page: &AnalysisPage<'_>, ranking: &Ranking) -> AnyView {
    let lang = page.lang;
    let kind = t(lang, &format!("kind-{}", ranking.kind));
    let heading = t_args(lang, "ranks-heading", &[("names", kind)]);
    let why = t_args(lang, "ranks-why", &[("n", count(lang, ranking.least))]);
    let rows = ranking.units.iter().map(|unit| line(page, unit));
    view! {
        <section class="ranks">
            <h2>{heading}</h2>
            <p class="fine">{why}</p>
            <table class="cards" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{t(lang, "parts-name")}</th>
                        <th scope="col" role="columnheader" class="number">{t(lang, "ranks-place")}</th>
                        <th scope="col" role="columnheader" class="number">{t(lang, "ranks-range")}</th>
                        <th scope="col" role="columnheader" class="number">{t(lang, "index-column")}</th>
                        <th scope="col" role="columnheader" class="number">{t(lang, "responses-column")}</th>
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn line(page: &AnalysisPage<'_>, unit: &Ranked) -> AnyView {
    let lang = page.lang;
    let of = page.analysis;
    let days = format!("from={}&to={}&rule={}", of.from, of.to, of.rule.name());
    let link = format!("/analysis/{}?{days}{}", unit.unit, tail(lang, '&'));
    let place = match unit.rank {
        Some(rank) if rank.tied => {
            t_args(lang, "ranks-tied", &[("n", rank.place.to_string())]).into_any()
        }
        Some(rank) => rank.place.to_string().into_any(),
        None => view! { <span class="none">{t(lang, "ranks-none")}</span> }.into_any(),
    };
    let range = unit.rank.map_or("–".to_owned(), |rank| match rank.low == rank.high {
        true => rank.low.to_string(),
        false => {
            let values = [("low", rank.low.to_string()), ("high", rank.high.to_string())];
            t_args(lang, "range", &values)
        }
    });
    let interval = unit.low.zip(unit.high).map(|(low, high)| {
        let values = [("low", decimal(lang, low, 1)), ("high", decimal(lang, high, 1))];
        view! { <small>{t_args(lang, "range", &values)}</small> }
    });
    let score = unit.score.map_or("–".to_owned(), |score| decimal(lang, score, 2));
    view! {
        <tr role="row" class="measured">
            <th scope="row" role="rowheader"><a href=link lang="vi">{unit.name.clone()}</a></th>
            <td role="cell" class="number strong" data-label=t(lang, "ranks-place")><div>{place}</div></td>
            <td role="cell" class="number" data-label=t(lang, "ranks-range")><div>{range}</div></td>
            <td role="cell" class="number" data-label=t(lang, "index-column")><div>{score}{interval}</div></td>
            <td role="cell" class="number" data-label=t(lang, "responses-column")><div>{count(lang, unit.responses)}</div></td>
        </tr>
    }
    .into_any()
}
