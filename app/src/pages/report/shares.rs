//! The month by where the citizen's business stands, by field of service and by how the answer came in.

use domain::questionnaire::Lang;
use domain::report::{Cell, Part};
use leptos::prelude::*;

use super::ReportPage;
use super::read::figured;
use crate::figure::{cell_of_part, heat, tints};
use crate::text::{count, t};

pub(super) fn section(page: &ReportPage<'_>, part: &Part) -> AnyView {
    let lang = page.lang;
    view! {
        <section class="shares-of">
            <h2>{t(lang, "report-shares-heading")}</h2>
            {table(page, part, "report-by-channel", Some(&part.by_channel), |cell| {
                t(lang, &format!("channel-{}", cell.value))
            })}
            {table(page, part, "report-by-stage", part.by_stage.as_deref(), |cell| {
                t(lang, &format!("report-stage-{}", cell.value))
            })}
            {part.by_stage.is_some().then(|| view! { <p class="fine">{t(lang, "report-stage-index")}</p> })}
            {table(page, part, "report-by-field", part.by_field.as_deref(), |cell| field(lang, cell))}
            {tints(lang)}
            {part.by_stage.is_some().then(|| view! { <p class="fine">{t(lang, "report-no-interval")}</p> })}
            <p class="fine">{t(lang, "report-unpublished")}" "{t(lang, "report-small-sample")}</p>
        </section>
    }
    .into_any()
}

fn field(lang: Lang, cell: &Cell) -> String {
    cell.name.as_ref().map_or_else(|| cell.value.clone(), |name| name.get(lang).to_owned())
}

fn table(
    page: &ReportPage<'_>,
    part: &Part,
    key: &str,
    cells: Option<&[Cell]>,
    name: impl Fn(&Cell) -> String,
) -> AnyView {
    let lang = page.lang;
    let heading = t(lang, key);
    let Some(cells) = cells else {
        return view! { <h3>{heading}</h3><p>{t(lang, "report-after-month")}</p> }.into_any();
    };
    let first = cells.first().map(|cell| cell.figures.as_slice()).unwrap_or_default();
    let columns = first.iter().skip(1).map(|of| {
        let text = part.text(&of.code, lang).to_owned();
        view! { <th scope="col" role="columnheader" class="number">{text}</th> }
    });
    let rows = cells.iter().map(|one| {
        let named = match one.value.is_empty() {
            true => t(lang, "report-not-said"),
            false => name(one),
        };
        let figures = one.figures.iter().enumerate().map(|(at, of)| {
            let figure = figured(of);
            let class = format!("number {}{}", if at == 0 { "strong " } else { "" }, heat(figure));
            let label = match at {
                0 => t(lang, "index-column"),
                _ => part.text(&of.code, lang).to_owned(),
            };
            view! {
                <td role="cell" class=class data-label=label><div>{cell_of_part(lang, figure)}</div></td>
            }
        });
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{named}</th>
                <td role="cell" class="number" data-label=t(lang, "responses-column")>
                    <div>{count(lang, one.responses)}</div>
                </td>
                {figures.collect_view()}
            </tr>
        }
    });
    view! {
        <h3>{heading.clone()}</h3>
        <div class="wide" role="region" tabindex="0" aria-label=heading>
            <table class="cards" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        <th scope="col" role="columnheader">{t(lang, "parts-name")}</th>
                        <th scope="col" role="columnheader" class="number">{t(lang, "responses-column")}</th>
                        <th scope="col" role="columnheader" class="number">{t(lang, "index-column")}</th>
                        {columns.collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
