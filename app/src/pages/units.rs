//! The units of an administrator's part as a tree, and the form that adds another.

use domain::questionnaire::Lang;
use domain::unit::Kind;
use jiff::civil::Date;
use leptos::prelude::*;

use super::people::{Problem, language, office, wrong};
use crate::fields::{Boxes, Given, Input, said, select, tick};
use crate::official::{Desk, Section, tail};
use crate::shell::{Assets, vietnamese};
use crate::text::{day, t, t_args};

/// A unit in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    pub code: String,
    pub name: String,
    /// How many units of the tree lie above it.
    pub depth: usize,
    pub kind: Kind,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub standing: Standing,
    pub public: bool,
    /// Of its own points those that are open.
    pub points: usize,
}

/// Where today lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    NotYet,
    Exists,
    Ended,
}

/// What the tree is made of.
#[derive(Clone, Debug)]
pub struct UnitsPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    /// In the order of the tree.
    pub units: &'a [UnitRow],
    /// Code and name of each unit below which another may be added.
    pub parents: &'a [(String, String)],
    /// Code and name of each unit that another may continue, and whether it is chosen.
    pub kin: &'a [(String, String, bool)],
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

/// The document.
pub fn units(page: &UnitsPage<'_>) -> String {
    let lang = page.lang;
    let list = match page.units.is_empty() {
        true => view! { <p>{t(lang, "units-none")}</p> }.into_any(),
        false => table(page),
    };
    let body = view! {
        <h1>{t(lang, "units-title")}</h1>
        <p>{t(lang, "units-lead")}</p>
        {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
        <section>{list}</section>
        {adding(page)}
    };
    let title = (Section::Units, t(lang, "units-title"));
    office((lang, page.assets, page.desk), title, "/admin/units", body.into_any())
}

/// The name of a unit as a link, as far to the right as it lies deep.
pub(super) fn leaf(lang: Lang, row: &UnitRow, link: String) -> AnyView {
    let deep = format!("deep-{}", row.depth.min(6));
    view! {
        <th scope="row" class=deep><a href=link>{vietnamese(lang, &row.name)}</a></th>
    }
    .into_any()
}

fn table(page: &UnitsPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.units.iter().map(|row| {
        let link = format!("/admin/units/{}{}", row.code, tail(lang, '?'));
        let points = format!("/admin/points/{}{}", row.code, tail(lang, '?'));
        let name = [("n", row.points.to_string()), ("unit", row.name.clone())];
        let public = if row.public { "units-public-yes" } else { "units-public-no" };
        view! {
            <tr>
                {leaf(lang, row, link)}
                <td data-label=t(lang, "units-kind")>{t(lang, &format!("kind-{}", row.kind.name()))}</td>
                <td data-label=t(lang, "units-valid")>{validity(lang, row)}</td>
                <td data-label=t(lang, "units-public")>{t(lang, public)}</td>
                <td class="number" data-label=t(lang, "units-points")>
                    <a href=points aria-label=t_args(lang, "units-points-of", &name)>{row.points}</a>
                </td>
            </tr>
        }
    });
    view! {
        <table class="cards level tree">
            <thead>
                <tr>
                    <th scope="col">{t(lang, "units-name")}</th>
                    <th scope="col">{t(lang, "units-kind")}</th>
                    <th scope="col">{t(lang, "units-valid")}</th>
                    <th scope="col">{t(lang, "units-public")}</th>
                    <th scope="col" class="number">{t(lang, "units-points")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// From when until when a unit exists, and whether that is over.
pub(super) fn validity(lang: Lang, row: &UnitRow) -> String {
    let days = match (row.valid_from, row.valid_to) {
        (None, None) => t(lang, "units-valid-always"),
        (Some(from), None) => t_args(lang, "units-valid-from", &[("from", day(from))]),
        (None, Some(to)) => t_args(lang, "units-valid-to", &[("to", day(to))]),
        (Some(from), Some(to)) => {
            t_args(lang, "units-valid-both", &[("from", day(from)), ("to", day(to))])
        }
    };
    match row.standing {
        Standing::Exists => days,
        Standing::Ended => format!("{days} ({})", t(lang, "units-ended")),
        Standing::NotYet => format!("{days} ({})", t(lang, "units-not-yet")),
    }
}

/// The kinds of units to choose from.
pub(super) fn kinds(lang: Lang, chosen: Option<&str>, problem: Option<Problem>) -> AnyView {
    let kinds =
        Kind::ALL.map(|kind| (kind.name().to_owned(), t(lang, &format!("kind-{}", kind.name()))));
    let problem = wrong(lang, problem, "kind");
    select("kind", "kind", t(lang, "units-kind"), &kinds, chosen, problem)
}

/// A way to the page on which whole lists are imported.
pub(super) fn import_link(lang: Lang) -> AnyView {
    let link = format!("/admin/import{}", tail(lang, '?'));
    view! { <p><a href=link>{t(lang, "office-import")}</a></p> }.into_any()
}

fn adding(page: &UnitsPage<'_>) -> AnyView {
    let lang = page.lang;
    let given = Given(page.given);
    let field = |id, kind, label: &str, hint: Option<&str>, required| {
        Input {
            id,
            name: id,
            kind,
            label: t(lang, label),
            value: given.get(id).unwrap_or_default(),
            hint: hint.map(|hint| t(lang, hint)),
            problem: wrong(lang, page.problem, id),
            autocomplete: "off",
            required,
        }
        .view()
    };
    let parent = wrong(lang, page.problem, "parent");
    let kin = (!page.kin.is_empty()).then(|| {
        let open = page.kin.iter().any(|(_, _, chosen)| *chosen)
            || page.problem.is_some_and(|(field, _)| field == "predecessor");
        view! {
            <details open=open>
                <summary>{t(lang, "units-kin-open")}</summary>
                {predecessors(lang, page.kin, page.problem)}
            </details>
        }
    });
    view! {
        <section>
            <h2>{t(lang, "units-add-heading")}</h2>
            {import_link(lang)}
            <form class="stack" method="post" action="/admin/units">
                {field("name", "text", "units-name", None, true)}
                {kinds(lang, given.get("kind"), page.problem)}
                {select("parent", "parent", t(lang, "units-parent"), page.parents, given.get("parent"), parent)}
                <p class="fine">{t(lang, "units-parent-hint")}</p>
                {field("code", "text", "units-code", Some("units-code-hint"), false)}
                {field("from", "date", "units-from", Some("units-from-hint"), false)}
                {tick("public", "1".to_owned(), t(lang, "units-public-label"), given.is("public", "1"))}
                {kin}
                {language(lang)}
                <p><button>{t(lang, "units-add-send")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// The units that another may continue, to be ticked.
pub(super) fn predecessors(
    lang: Lang,
    kin: &[(String, String, bool)],
    problem: Option<Problem>,
) -> AnyView {
    Boxes {
        id: "predecessor",
        name: "predecessor",
        legend: t(lang, "units-predecessors"),
        hint: Some(t(lang, "units-predecessors-hint")),
        problem: wrong(lang, problem, "predecessor"),
        boxes: kin,
    }
    .view()
}

#[cfg(test)]
pub(super) mod tests;
