//! The units and points below as a table that can be sorted by each column, with links down.

use leptos::prelude::*;

use super::period::Address;
use super::summary::counter_group;
use super::{BoardPage, PartRow};
use crate::figure::{cell, heat};
use crate::text::{count, t};

pub(super) fn section(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let heading = heading(page);
    if page.parts.is_empty() {
        return view! {
            <section class="parts" id="parts">
                <h2>{t(lang, heading)}</h2>
                <p>{t(lang, "parts-none")}</p>
            </section>
        }
        .into_any();
    }
    // Without any answer no questionnaire is known, and there is nothing to say by component.
    let components: Vec<(String, String)> = page.index.map_or_else(Vec::new, |index| {
        let all: Vec<_> = index.instrument.questionnaire.components().collect();
        let members = counter_group(index).1.into_iter();
        members.map(|c| (all[c].code.clone(), all[c].name.get(lang).to_owned())).collect()
    });
    let heads = components.iter().map(|(code, name)| head(page, code, name.clone(), true));
    let rows = page.parts.iter().map(|part| row(page, part, components.len()));
    view! {
        <section class="parts" id="parts">
            <h2>{t(lang, heading)}</h2>
            <p class="fine">{t(lang, "parts-sort")}</p>
            <div class="wide" role="region" tabindex="0" aria-label=t(lang, "parts-scroll")>
                <table>
                    <thead>
                        <tr>
                            {head(page, "name", t(lang, "parts-name"), false)}
                            {head(page, "score", t(lang, "index-column"), true)}
                            {head(page, "responses", t(lang, "responses-column"), true)}
                            {heads.collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The id of a row.
pub(super) fn id(part: &PartRow) -> String {
    format!("part-{}", part.code)
}

/// What the rows are.
pub(super) fn heading(page: &BoardPage<'_>) -> &'static str {
    let units = page.parts.iter().filter(|part| part.link.is_some()).count();
    match (units, page.parts.len()) {
        (_, 0) => "parts-heading",
        (0, _) => "parts-heading-points",
        (units, all) if units == all => "parts-heading-units",
        _ => "parts-heading",
    }
}

/// A heading that sorts: names from A, numbers from the highest; the second time the other way round.
fn head(page: &BoardPage<'_>, key: &str, text: String, number: bool) -> AnyView {
    let (current, descending) = match page.sort.strip_prefix('-') {
        Some(rest) => (rest == key, true),
        None => (page.sort == key, false),
    };
    let next = if current { !descending } else { number };
    let sort = if next { format!("-{key}") } else { key.to_owned() };
    let link = Address { sort: &sort, ..Address::of(page) }.link();
    let order = current.then_some(if descending { "descending" } else { "ascending" });
    view! {
        <th scope="col" aria-sort=order class=number.then_some("number")><a href=link>{text}</a></th>
    }
    .into_any()
}

fn row(page: &BoardPage<'_>, part: &PartRow, components: usize) -> AnyView {
    let lang = page.lang;
    let name = match &part.link {
        Some(code) => {
            let link = Address { code, ..Address::of(page) }.link();
            view! { <a href=link lang="vi">{part.name.clone()}</a> }.into_any()
        }
        None => view! { <span lang="vi">{part.name.clone()}</span> }.into_any(),
    };
    let cells = part.components.iter().take(components).map(|&figure| {
        view! { <td class=format!("number {}", heat(figure))>{cell(lang, figure)}</td> }
    });
    view! {
        <tr id=id(part)>
            <th scope="row">{name}</th>
            <td class=format!("number strong {}", heat(part.group))>{cell(lang, part.group)}</td>
            <td class="number">{count(lang, part.responses)}</td>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}
