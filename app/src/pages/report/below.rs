//! The units or points below in the order of their places, each place with how sure it is.

use domain::report::{Below, Part};
use leptos::prelude::*;

use super::ReportPage;
use super::read::{ends, figured};
use crate::figure::{cell_of, heat, tints};
use crate::official::tail;
use crate::text::{count, day, interval, t, t_args};

pub(super) fn section(page: &ReportPage<'_>, part: &Part) -> Option<AnyView> {
    let lang = page.lang;
    let first = part.below.first()?;
    let units = part.below.iter().filter(|row| row.kind.is_some()).count();
    let heading = t(
        lang,
        match (units, part.below.len()) {
            (0, _) => "parts-heading-points",
            (units, all) if units == all => "parts-heading-units",
            _ => "parts-heading",
        },
    );
    let columns = first.figures.iter().skip(1).map(|of| part.text(&of.code, lang).to_owned());
    let columns = columns.map(|text| view! { <th scope="col" class="number">{text}</th> });
    let rows = part.below.iter().map(|row| line(page, row));
    let why = t_args(lang, "ranks-why", &[("n", count(lang, part.ranked_least))]);
    let view = view! {
        <section class="below">
            <h2>{heading.clone()}</h2>
            <p class="fine">{why}</p>
            {tints(lang)}
            <div class="wide" role="region" tabindex="0" aria-label=heading>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "parts-name")}</th>
                            <th scope="col" class="number">{t(lang, "ranks-place")}</th>
                            <th scope="col" class="number">{t(lang, "index-column")}</th>
                            <th scope="col" class="number">{t(lang, "responses-column")}</th>
                            {columns.collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    };
    Some(view.into_any())
}

fn line(page: &ReportPage<'_>, row: &Below) -> AnyView {
    let lang = page.lang;
    let link = (page.on_site() && row.kind.is_some())
        .then(|| format!("/reports/{}/{}{}", row.code, page.report().month, tail(lang, '?')));
    let name = match link {
        Some(link) => view! { <a href=link lang="vi">{row.name.clone()}</a> }.into_any(),
        None => view! { <span lang="vi">{row.name.clone()}</span> }.into_any(),
    };
    let closed = row.closed_on.map(|last| {
        view! { <small>{t_args(lang, "report-closed-on", &[("day", day(last))])}</small> }
    });
    let place = row.rank.map_or_else(
        || "–".into_any(),
        |rank| {
            let place = if rank.tied {
                t_args(lang, "ranks-tied", &[("n", rank.place.to_string())])
            } else {
                rank.place.to_string()
            };
            let [low, high] = [rank.low, rank.high].map(|end| end.to_string());
            let range = t_args(lang, "range", &[("low", low), ("high", high)]);
            view! { {place}<small>{range}</small> }.into_any()
        },
    );
    let mut figures = row.figures.iter();
    let whole = figures.next().map(|of| {
        let interval = ends(&of.estimate).map(|ends| view! { <small>{interval(lang, ends)}</small> });
        let figure = figured(of);
        view! { <td class=format!("number strong {}", heat(figure))>{cell_of(lang, figure, row.responses)}{interval}</td> }
    });
    let components = figures.map(|of| {
        let figure = figured(of);
        view! { <td class=format!("number {}", heat(figure))>{cell_of(lang, figure, row.responses)}</td> }
    });
    view! {
        <tr>
            <th scope="row">{name}{closed}</th>
            <td class="number">{place}</td>
            {whole}
            <td class="number">{count(lang, row.responses)}</td>
            {components.collect_view()}
        </tr>
    }
    .into_any()
}
