//! The people of an administrator's part: who they are, what they may, and the invitation of another.

use domain::access::Role;
use domain::questionnaire::Lang;
use jiff::civil::Date;
use leptos::prelude::*;

use super::account::GrantRow;
use crate::fields::{Given, Input, hidden, said, select};
use crate::official::{Desk, Section, bar, office_css, sections, skip, tail};
use crate::shell::{Assets, document, html, vietnamese};
use crate::text::{day, other, t, t_args};

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    pub id: String,
    pub name: String,
    pub display_name: Option<String>,
    /// By what the provider knows the person: the name of the claim, and its value.
    pub identity: Option<(String, String)>,
    pub grants: Vec<GrantRow>,
    pub has_password: bool,
    pub disabled_on: Option<Date>,
    pub enrolled: bool,
    pub second_required: bool,
    pub used_on: Option<Date>,
}

impl PersonRow {
    /// Invited, active or disabled, and the second step, in words.
    pub(super) fn state(&self, lang: Lang) -> Vec<String> {
        let state = match (self.disabled_on, self.has_password) {
            (Some(since), _) => t_args(lang, "people-state-disabled", &[("day", day(since))]),
            (None, false) => t(lang, "people-state-invited"),
            (None, true) => t(lang, "people-state-active"),
        };
        let second = match (self.enrolled, self.second_required) {
            (true, _) => Some(t(lang, "people-second-on")),
            (false, true) => Some(t(lang, "people-second-waits")),
            (false, false) => None,
        };
        [Some(state), second].into_iter().flatten().collect()
    }
}

/// What is wrong with a field: its name, and the key of the words.
pub type Problem = (&'static str, &'static str);

/// What the list is made of.
#[derive(Clone, Debug)]
pub struct PeoplePage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub people: &'a [PersonRow],
    /// Code and name of each unit that can be chosen.
    pub units: &'a [(String, String)],
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

/// The frame of all pages of administration.
pub(super) fn office(
    (lang, assets, desk): (Lang, &Assets, Desk),
    (section, title): (Section, String),
    path: &str,
    body: AnyView,
) -> String {
    html(|| {
        let sign = if path.contains('?') { '&' } else { '?' };
        let link = format!("{path}{sign}lang={}", other(lang).tag());
        let body = view! {
            {skip(lang)}
            {bar(lang, link, None)}
            {sections(lang, desk, Some(section))}
            <main id="content">{body}</main>
        };
        let (css, more) = (assets.main_css.clone(), Some(office_css(assets)));
        document(lang, title, css, "office", more, body.into_any())
    })
}

/// The list.
pub fn people(page: &PeoplePage<'_>) -> String {
    let lang = page.lang;
    let list = match page.people.is_empty() {
        true => view! { <p>{t(lang, "people-none")}</p> }.into_any(),
        false => table(page),
    };
    let body = view! {
        <h1>{t(lang, "people-title")}</h1>
        <section>{list}</section>
        {invitation(page)}
    };
    let title = (Section::People, t(lang, "people-title"));
    office((lang, page.assets, page.desk), title, "/admin/people", body.into_any())
}

fn table(page: &PeoplePage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.people.iter().map(|person| {
        let link = format!("/admin/people/{}{}", person.id, tail(lang, '?'));
        let full = person.display_name.clone().map(|full| view! { <small>{full}</small> });
        let grants = person.grants.iter().map(|grant| {
            view! { <li>{vietnamese(lang, &grant.words(lang))}{grant.followed(lang)}</li> }
        });
        let state = person.state(lang).into_iter().map(|line| view! { <li>{line}</li> });
        let used = person.used_on.map_or_else(|| t(lang, "people-never"), day);
        view! {
            <tr>
                <th scope="row"><a href=link>{person.name.clone()}</a>{full}</th>
                <td data-label=t(lang, "people-grants")><ul>{grants.collect_view()}</ul></td>
                <td data-label=t(lang, "people-state")><ul>{state.collect_view()}</ul></td>
                <td data-label=t(lang, "people-used")>{used}</td>
            </tr>
        }
    });
    view! {
        <table class="cards">
            <thead>
                <tr>
                    <th scope="col">{t(lang, "people-name")}</th>
                    <th scope="col">{t(lang, "people-grants")}</th>
                    <th scope="col">{t(lang, "people-state")}</th>
                    <th scope="col">{t(lang, "people-used")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn invitation(page: &PeoplePage<'_>) -> AnyView {
    let lang = page.lang;
    let given = Given(page.given);
    let field = |id, label: &str, hint: &str, required| {
        Input {
            id,
            name: id,
            kind: "text",
            label: t(lang, label),
            value: given.get(id).unwrap_or_default(),
            hint: Some(t(lang, hint)),
            problem: wrong(lang, page.problem, id),
            autocomplete: "off",
            required,
        }
        .view()
    };
    view! {
        <section>
            <h2>{t(lang, "people-invite-heading")}</h2>
            <p>{t(lang, "people-invite-text")}</p>
            {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
            <form class="stack" method="post" action="/admin/people">
                {field("name", "people-name", "people-name-hint", true)}
                {field("full", "people-display-name", "people-display-hint", false)}
                {roles(lang, page.given, page.problem)}
                {units(lang, page.units, page.given, page.problem)}
                <p class="fine">{t(lang, "people-unit-note")}</p>
                {language(lang)}
                <p><button>{t(lang, "people-invite-send")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// The problem of a field, in words.
pub(super) fn wrong(lang: Lang, problem: Option<Problem>, field: &str) -> Option<String> {
    problem.filter(|(at, _)| *at == field).map(|(_, key)| t(lang, key))
}

/// A list of roles, each with what it may.
pub(super) fn roles(lang: Lang, given: &[(String, String)], problem: Option<Problem>) -> AnyView {
    let options: Vec<(String, String)> = Role::ALL
        .iter()
        .map(|role| {
            let key = format!("role-{}", role.name());
            (role.name().to_owned(), t(lang, &key))
        })
        .collect();
    let may = Role::ALL.map(|role| {
        let key = format!("role-{}", role.name());
        view! {
            <div>
                <dt>{t(lang, &key)}</dt>
                <dd>{t(lang, &format!("{key}-may"))}</dd>
            </div>
        }
    });
    let given = Given(given);
    let chosen = given.get("role");
    let problem = wrong(lang, problem, "role");
    view! {
        {select("role", "role", t(lang, "people-role"), &options, chosen, problem)}
        <dl class="fine roles">{may.into_iter().collect_view()}</dl>
    }
    .into_any()
}

/// A list of units.
pub(super) fn units(
    lang: Lang,
    units: &[(String, String)],
    given: &[(String, String)],
    problem: Option<Problem>,
) -> AnyView {
    let given = Given(given);
    let chosen = given.get("unit");
    let problem = wrong(lang, problem, "unit");
    select("unit", "unit", t(lang, "people-unit"), units, chosen, problem)
}

/// The language of a form.
pub(super) fn language(lang: Lang) -> Option<AnyView> {
    (lang != Lang::default()).then(|| hidden("lang", lang.tag().to_owned()))
}

#[cfg(test)]
mod tests;
