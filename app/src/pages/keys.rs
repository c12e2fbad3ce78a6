//! Keys of programs and links of screens: what there is, a new one, and the end of one.

mod ending;

use domain::questionnaire::Lang;
use jiff::civil::Date;
use leptos::prelude::*;

pub use ending::{EndingPage, ending};

use super::people::{Problem, language, office, roles, units, wrong};
use super::person::once;
use crate::fields::{Given, Input, said};
use crate::official::{Desk, Section, tail};
use crate::shell::{Assets, vietnamese};
use crate::text::{day, t, t_args};

/// Whether it still opens something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Valid,
    Expired,
    Revoked,
}

impl State {
    fn words(self, lang: Lang) -> String {
        t(
            lang,
            match self {
                Self::Valid => "keys-state-valid",
                Self::Expired => "keys-state-expired",
                Self::Revoked => "keys-state-revoked",
            },
        )
    }
}

/// A key or the link of a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    pub id: String,
    pub name: String,
    /// Of a key alone.
    pub role: Option<&'static str>,
    pub unit_name: String,
    pub state: State,
    /// The last day in force, where one is set.
    pub last: Option<Date>,
    pub used_on: Option<Date>,
}

/// Which of the two pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Key,
    Display,
}

impl Kind {
    /// The address of the page.
    pub fn path(self) -> &'static str {
        match self {
            Self::Key => "/admin/keys",
            Self::Display => "/admin/displays",
        }
    }

    fn section(self) -> Section {
        match self {
            Self::Key => Section::Keys,
            Self::Display => Section::Displays,
        }
    }

    fn word(self, key: &str) -> String {
        match self {
            Self::Key => format!("keys-{key}"),
            Self::Display => format!("displays-{key}"),
        }
    }
}

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct KeysPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub kind: Kind,
    pub lines: &'a [KeyLine],
    pub units: &'a [(String, String)],
    /// The secret, right after it was made.
    pub new: Option<&'a str>,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

/// The document.
pub fn keys(page: &KeysPage<'_>) -> String {
    let (lang, kind) = (page.lang, page.kind);
    let list = match page.lines.is_empty() {
        true => view! { <p>{t(lang, &kind.word("none"))}</p> }.into_any(),
        false => table(page),
    };
    let body = view! {
        <h1>{t(lang, &kind.word("title"))}</h1>
        <p>{t(lang, &kind.word("lead"))}</p>
        {page.new.map(|new| once(lang, &kind.word("new"), new))}
        <section>{list}</section>
        {making(page)}
    };
    let title = (kind.section(), t(lang, &kind.word("title")));
    office((lang, page.assets, page.desk), title, kind.path(), body.into_any())
}

fn table(page: &KeysPage<'_>) -> AnyView {
    let (lang, kind) = (page.lang, page.kind);
    let rows = page.lines.iter().map(|line| {
        let never = || t(lang, "people-never");
        let used = line.used_on.map_or_else(never, day);
        let name = t_args(lang, "keys-revoke-of", &[("name", line.name.clone())]);
        let revoke = (line.state == State::Valid).then(|| {
            let link = format!("{}/{}{}", kind.path(), line.id, tail(lang, '?'));
            view! { <a class="button quiet" href=link aria-label=name>{t(lang, "keys-revoke")}</a> }
        });
        let role = line.role.map(|role| {
            view! { <td data-label=t(lang, "people-role")>{t(lang, &format!("role-{role}"))}</td> }
        });
        let until = (kind == Kind::Key).then(|| {
            let last = line.last.map_or_else(|| t(lang, "keys-never"), day);
            view! { <td data-label=t(lang, "keys-until")>{last}</td> }
        });
        view! {
            <tr>
                <th scope="row">{line.name.clone()}</th>
                {role}
                <td data-label=t(lang, "people-unit")>{vietnamese(lang, &line.unit_name)}</td>
                <td data-label=t(lang, "people-state")>{line.state.words(lang)}</td>
                {until}
                <td data-label=t(lang, "people-used")>{used}</td>
                <td data-label="">{revoke}</td>
            </tr>
        }
    });
    let key = kind == Kind::Key;
    view! {
        <table class="cards">
            <thead>
                <tr>
                    <th scope="col">{t(lang, &kind.word("name"))}</th>
                    {key.then(|| view! { <th scope="col">{t(lang, "people-role")}</th> })}
                    <th scope="col">{t(lang, "people-unit")}</th>
                    <th scope="col">{t(lang, "people-state")}</th>
                    {key.then(|| view! { <th scope="col">{t(lang, "keys-until")}</th> })}
                    <th scope="col">{t(lang, "people-used")}</th>
                    <td></td>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn making(page: &KeysPage<'_>) -> AnyView {
    let (lang, kind) = (page.lang, page.kind);
    let given = Given(page.given);
    let name = Input {
        id: "name",
        name: "name",
        kind: "text",
        label: t(lang, &kind.word("name")),
        value: given.get("name").unwrap_or_default(),
        problem: wrong(lang, page.problem, "name"),
        autocomplete: "off",
        required: true,
        ..Input::default()
    };
    let last = (kind == Kind::Key).then(|| {
        Input {
            id: "last",
            name: "last",
            kind: "date",
            label: t(lang, "keys-last"),
            value: given.get("last").unwrap_or_default(),
            hint: Some(t(lang, "keys-last-hint")),
            problem: wrong(lang, page.problem, "last"),
            autocomplete: "off",
            ..Input::default()
        }
        .view()
    });
    view! {
        <section>
            <h2>{t(lang, &kind.word("make-heading"))}</h2>
            {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
            <form class="stack" method="post" action=kind.path()>
                {name.view()}
                {(kind == Kind::Key).then(|| roles(lang, page.given, page.problem))}
                {units(lang, page.units, page.given, page.problem)}
                {last}
                {language(lang)}
                <p><button>{t(lang, &kind.word("make-send"))}</button></p>
            </form>
        </section>
    }
    .into_any()
}
