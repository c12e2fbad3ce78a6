//! One unit: what can be changed about it, and the page that says what its end will do.

use domain::questionnaire::Lang;
use jiff::civil::Date;
use leptos::prelude::*;

use super::people::{Problem, language, office, wrong};
use super::units::{UnitRow, kinds, predecessors, validity};
use crate::fields::{Boxes, Given, Input, hidden, said, tick};
use crate::official::{Desk, Section, tail};
use crate::shell::{Assets, vietnamese};
use crate::text::{day, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct UnitPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub unit: &'a UnitRow,
    /// Code and name of each unit of the reader's part above it, from the top.
    pub path: &'a [(String, String)],
    /// Names of the units that it continues, and of those that continue it.
    pub before: &'a [String],
    pub after: &'a [String],
    /// Code and name of each unit that it may continue, and whether it does.
    pub kin: &'a [(String, String, bool)],
    pub done: bool,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

fn path_of(unit: &UnitRow) -> String {
    format!("/admin/units/{}", unit.code)
}

/// The document.
pub fn unit(page: &UnitPage<'_>) -> String {
    let (lang, unit) = (page.lang, page.unit);
    let link = |path: String| format!("{path}{}", tail(lang, '?'));
    let code = &unit.code;
    let summary = format!(
        "{}. {}: {}. {}: {}.",
        t(lang, &format!("kind-{}", unit.kind.name())),
        t(lang, "unit-code"),
        code,
        t(lang, "units-valid"),
        validity(lang, unit)
    );
    let body = view! {
        {path(lang, page.path)}
        <h1 lang="vi">{unit.name.clone()}</h1>
        <p>{summary}</p>
        {said(page.done.then(|| t(lang, "office-saved")), "done", "status")}
        {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
        <ul class="links">
            <li><a href=link(format!("/admin/points/{code}"))>{t(lang, "unit-points")}</a></li>
            <li><a href=link(format!("/boards/{code}"))>{t(lang, "unit-board")}</a></li>
        </ul>
        {changing(page)}
        {kinship(page)}
        {ending(page)}
    };
    let title = (Section::Units, unit.name.clone());
    office((lang, page.assets, page.desk), title, &path_of(unit), body.into_any())
}

/// The way up to the tree.
fn path(lang: Lang, path: &[(String, String)]) -> AnyView {
    let all = format!("/admin/units{}", tail(lang, '?'));
    let links = path.iter().map(|(code, name)| {
        let link = format!("/admin/units/{code}{}", tail(lang, '?'));
        view! { <li><a href=link lang="vi">{name.clone()}</a></li> }
    });
    view! {
        <nav class="path" aria-label=t(lang, "board-path")>
            <ol>
                <li><a href=all>{t(lang, "units-title")}</a></li>
                {links.collect_view()}
            </ol>
        </nav>
    }
    .into_any()
}

fn act(page: &UnitPage<'_>, name: &str, inner: AnyView) -> AnyView {
    view! {
        <form class="stack" method="post" action=path_of(page.unit)>
            {hidden("do", name.to_owned())}
            {language(page.lang)}
            {inner}
        </form>
    }
    .into_any()
}

fn changing(page: &UnitPage<'_>) -> AnyView {
    let (lang, unit) = (page.lang, page.unit);
    let given = Given(page.given);
    let again = !page.given.is_empty();
    let public = if again { given.is("public", "1") } else { unit.public };
    let inner = view! {
        {Input {
            id: "name",
            name: "name",
            kind: "text",
            label: t(lang, "units-name"),
            value: given.get("name").unwrap_or(&unit.name),
            problem: wrong(lang, page.problem, "name"),
            autocomplete: "off",
            required: true,
            ..Input::default()
        }
        .view()}
        {kinds(lang, given.get("kind").or(Some(unit.kind.name())), page.problem)}
        {tick("public", "1".to_owned(), t(lang, "units-public-label"), public)}
        <p><button>{t(lang, "unit-change-send")}</button></p>
    };
    view! {
        <section>
            <h2>{t(lang, "unit-change-heading")}</h2>
            {act(page, "change", inner.into_any())}
        </section>
    }
    .into_any()
}

fn kinship(page: &UnitPage<'_>) -> AnyView {
    let lang = page.lang;
    let before = match page.before.is_empty() {
        true => t(lang, "unit-kin-before-none"),
        false => t_args(lang, "unit-kin-before", &[("units", page.before.join("; "))]),
    };
    let after = (!page.after.is_empty()).then(|| {
        let words = t_args(lang, "unit-kin-after", &[("units", page.after.join("; "))]);
        view! { <p>{words}</p> }
    });
    let form = match page.kin.is_empty() {
        true => view! { <p class="fine">{t(lang, "unit-kin-none")}</p> }.into_any(),
        false => {
            let open = page.problem.is_some_and(|(field, _)| field == "predecessor");
            let inner = view! {
                {predecessors(lang, page.kin, page.problem)}
                <p><button>{t(lang, "unit-kin-send")}</button></p>
            };
            view! {
                <details open=open>
                    <summary>{t(lang, "unit-kin-open")}</summary>
                    {act(page, "kin", inner.into_any())}
                </details>
            }
            .into_any()
        }
    };
    view! {
        <section>
            <h2>{t(lang, "unit-kin-heading")}</h2>
            <p>{before}</p>
            {after}
            {form}
        </section>
    }
    .into_any()
}

fn ending(page: &UnitPage<'_>) -> AnyView {
    let (lang, unit) = (page.lang, page.unit);
    let inner = match unit.valid_to {
        Some(last) => {
            let words = t_args(lang, "unit-reopen-text", &[("day", day(last))]);
            let inner = view! {
                <p>{words}</p>
                <p><button>{t(lang, "unit-reopen-send")}</button></p>
            };
            act(page, "reopen", inner.into_any())
        }
        None => {
            let link = format!("{}/close{}", path_of(unit), tail(lang, '?'));
            view! {
                <p>{t(lang, "unit-close-text")}</p>
                <p><a class="button quiet" href=link>{t(lang, "unit-close-open")}</a></p>
            }
            .into_any()
        }
    };
    view! {
        <section>
            <h2>{t(lang, "unit-close-heading")}</h2>
            {inner}
        </section>
    }
    .into_any()
}

/// What the page about the end of a unit is made of.
#[derive(Clone, Debug)]
pub struct ClosePage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub unit: &'a UnitRow,
    /// Names of the units below that exist.
    pub below: &'a [String],
    /// Code and name of each unit that may continue it, and whether it is chosen.
    pub successors: &'a [(String, String, bool)],
    /// Proposed as the last day: `YYYY-MM-DD`.
    pub today: &'a str,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
    /// The last day on which there are answers, where the day that was chosen lies before it.
    pub answered: Option<Date>,
}

impl ClosePage<'_> {
    /// What is wrong, in words.
    fn words(&self, (_, key): Problem) -> String {
        t_args(self.lang, key, &[("day", self.answered.map(day).unwrap_or_default())])
    }
}

/// The document.
pub fn close(page: &ClosePage<'_>) -> String {
    let (lang, unit) = (page.lang, page.unit);
    let name = [("unit", unit.name.clone())];
    let below = (!page.below.is_empty()).then(|| {
        let args = [("n", page.below.len().to_string()), ("units", page.below.join("; "))];
        view! { <li>{t_args(lang, "close-what-below", &args)}</li> }
    });
    let points = t_args(lang, "close-what-points", &[("n", unit.points.to_string())]);
    let path = format!("{}/close", path_of(unit));
    let back = format!("{}{}", path_of(unit), tail(lang, '?'));
    let body = view! {
        <h1>{vietnamese(lang, &t_args(lang, "close-title", &name))}</h1>
        {said(page.problem.map(|problem| page.words(problem)), "wrong", "alert")}
        <section>
            <h2>{t(lang, "close-what-heading")}</h2>
            <ul class="says">
                <li>{points}</li>
                {below}
                <li>{t(lang, "close-what-rights")}</li>
                <li>{t(lang, "close-what-kept")}</li>
            </ul>
            {form(page, &path)}
            <p><a href=back>{t(lang, "close-back")}</a></p>
        </section>
    };
    let title = (Section::Units, t_args(lang, "close-title", &name));
    office((lang, page.assets, page.desk), title, &path, body.into_any())
}

fn form(page: &ClosePage<'_>, path: &str) -> AnyView {
    let lang = page.lang;
    let given = Given(page.given);
    let below = (!page.below.is_empty())
        .then(|| tick("below", "1".to_owned(), t(lang, "close-below"), given.is("below", "1")));
    let successors = (!page.successors.is_empty()).then(|| {
        Boxes {
            id: "successor",
            name: "successor",
            legend: t(lang, "close-successors"),
            hint: Some(t(lang, "close-successors-hint")),
            problem: wrong(lang, page.problem, "successor"),
            boxes: page.successors,
        }
        .view()
    });
    view! {
        <form class="stack" method="post" action=path.to_owned()>
            {Input {
                id: "last",
                name: "last",
                kind: "date",
                label: t(lang, "close-last"),
                value: given.get("last").unwrap_or(page.today),
                hint: Some(t(lang, "close-last-hint")),
                problem: page.problem.filter(|(field, _)| *field == "last").map(|one| page.words(one)),
                autocomplete: "off",
                required: true,
            }
            .view()}
            {below}
            {successors}
            {typed(lang, &page.unit.name, given.get("typed"), page.problem)}
            {language(lang)}
            <p><button class="danger">{t(lang, "close-send")}</button></p>
        </form>
    }
    .into_any()
}

/// The field for a name that says that this one is meant.
pub(crate) fn typed(
    lang: Lang,
    name: &str,
    given: Option<&str>,
    problem: Option<Problem>,
) -> AnyView {
    Input {
        id: "typed",
        name: "typed",
        kind: "text",
        label: t_args(lang, "office-typed", &[("name", name.to_owned())]),
        value: given.unwrap_or_default(),
        problem: wrong(lang, problem, "typed"),
        autocomplete: "off",
        required: true,
        ..Input::default()
    }
    .view()
}
