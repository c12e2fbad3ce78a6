//! One person: roles, and everything an administrator can do about the account. Each act says what it
//! will do.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use super::people::{PersonRow, Problem, language, office, roles, units, wrong};
use crate::fields::{Given, Input, hidden, said};
use crate::official::{Desk, Section, tail};
use crate::shell::{Assets, vietnamese};
use crate::text::{day, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct PersonPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub person: &'a PersonRow,
    /// The visitor decides about all that the person may.
    pub decides: bool,
    /// It is the visitor's own account.
    pub own: bool,
    /// The name of the claim by which the provider recognises people, where there is one.
    pub claim: Option<&'a str>,
    /// Code and name of each unit that can be chosen.
    pub units: &'a [(String, String)],
    /// The one-time link, right after it was made.
    pub link: Option<&'a str>,
    pub done: bool,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

/// The document.
pub fn person(page: &PersonPage<'_>) -> String {
    let (lang, person) = (page.lang, page.person);
    let back = format!("/admin/people{}", tail(lang, '?'));
    let full = person.display_name.clone().map(|full| view! { <p class="lead">{full}</p> });
    let state = person.state(lang).join("; ");
    let used = person.used_on.map_or_else(|| t(lang, "people-never"), day);
    let body = view! {
        <p><a href=back>{t(lang, "people-title")}</a></p>
        <h1>{person.name.clone()}</h1>
        {full}
        <p>{format!("{state}. {}: {used}.", t(lang, "people-used"))}</p>
        {said(page.done.then(|| t(lang, "people-done")), "done", "status")}
        {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
        {page.link.map(|link| once(lang, "people-link", link))}
        {grants(page)}
        {if page.decides {
            decisions(page)
        } else {
            view! { <p class="closed">{t(lang, "people-outside")}</p> }.into_any()
        }}
    };
    let path = format!("/admin/people/{}", person.id);
    let title = (Section::People, person.name.clone());
    office((lang, page.assets, page.desk), title, &path, body.into_any())
}

/// A secret that is shown this once.
pub(super) fn once(lang: Lang, key: &str, secret: &str) -> AnyView {
    view! {
        <section class="once" role="status">
            <h2>{t(lang, &format!("{key}-heading"))}</h2>
            <p>{t(lang, &format!("{key}-text"))}</p>
            <p><code>{secret.to_owned()}</code></p>
        </section>
    }
    .into_any()
}

/// A form of one act about the person.
fn act(page: &PersonPage<'_>, name: &str, inner: AnyView) -> AnyView {
    view! {
        <form class="stack" method="post" action=format!("/admin/people/{}", page.person.id)>
            {hidden("do", name.to_owned())}
            {language(page.lang)}
            {inner}
        </form>
    }
    .into_any()
}

fn button(lang: Lang, key: &str, class: &'static str) -> AnyView {
    view! { <p><button class=class>{t(lang, key)}</button></p> }.into_any()
}

fn grants(page: &PersonPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.person.grants.iter().map(|grant| {
        let words = grant.words(lang);
        let name = t_args(lang, "people-grant-remove-of", &[("grant", words.clone())]);
        let remove = grant.removable.then(|| {
            let inner = view! {
                {hidden("role", grant.role.to_owned())}
                {hidden("unit", grant.unit.clone())}
                <button class="quiet" aria-label=name>{t(lang, "people-grant-remove")}</button>
            };
            act(page, "take", inner.into_any())
        });
        view! {
            <li class="line">
                <span>{vietnamese(lang, &words)}{grant.followed(lang)}</span>
                {remove}
            </li>
        }
    });
    let list = match page.person.grants.is_empty() {
        true => view! { <p>{t(lang, "account-grants-none")}</p> }.into_any(),
        false => view! { <ul class="grants">{rows.collect_view()}</ul> }.into_any(),
    };
    let add = view! {
        {roles(lang, page.given, page.problem)}
        {units(lang, page.units, page.given, page.problem)}
        <p class="fine">{t(lang, "people-unit-note")}</p>
        {button(lang, "people-grant-add", "")}
    };
    view! {
        <section>
            <h2>{t(lang, "people-grants")}</h2>
            {list}
            {act(page, "give", add.into_any())}
        </section>
    }
    .into_any()
}

fn decisions(page: &PersonPage<'_>) -> AnyView {
    let (lang, person) = (page.lang, page.person);
    let require = match person.second_required {
        true => ("release", "people-second-release"),
        false => ("require", "people-second-require"),
    };
    let section = |heading: &str, forms: AnyView| {
        view! {
            <section>
                <h2>{t(lang, heading)}</h2>
                {forms}
            </section>
        }
    };
    let sessions = view! {
        <p>{t(lang, "people-sessions-text")}</p>
        {button(lang, "people-sessions-send", "quiet")}
    };
    let others = !page.own;
    let reset = || meant(page, "reset", "people-reset", "reset-typed");
    let remove = || meant(page, "remove-second", "people-second-remove", "second-typed");
    view! {
        {page.own.then(|| own_account(lang))}
        {others.then(|| section("people-reset-heading", reset()))}
        {section(
            "people-second-heading",
            view! {
                {act(page, require.0, button(lang, require.1, "quiet"))}
                {(others && person.enrolled).then(remove)}
            }
                .into_any(),
        )}
        {others.then(|| recognised(page))}
        {section("people-sessions-heading", act(page, "end-sessions", sessions.into_any()))}
        {others.then(|| section("people-disable-heading", disabling(page)))}
    }
    .into_any()
}

/// What nobody does to himself here: an open session alone must not be enough for it.
fn own_account(lang: Lang) -> AnyView {
    let link = format!("/account{}", tail(lang, '?'));
    view! {
        <p class="closed">
            {t(lang, "people-own-account")}" "<a href=link>{t(lang, "account-title")}</a>
        </p>
    }
    .into_any()
}

/// An act that takes something away from the person: what it will do, and the name typed to say that
/// this account is meant.
fn meant(page: &PersonPage<'_>, name: &str, key: &str, id: &'static str) -> AnyView {
    let lang = page.lang;
    let values = [("name", format!("“{}”", page.person.name))];
    let inner = view! {
        <p>{t(lang, &format!("{key}-text"))}</p>
        {Input {
            id,
            name: "typed",
            kind: "text",
            label: t_args(lang, &format!("{key}-name"), &values),
            problem: wrong(lang, page.problem, id),
            autocomplete: "off",
            required: true,
            ..Input::default()
        }
        .view()}
        {button(lang, &format!("{key}-send"), "danger")}
    };
    act(page, name, inner.into_any())
}

/// By what the provider of identities knows the person; what was said while there was one can still be
/// taken away.
fn recognised(page: &PersonPage<'_>) -> Option<AnyView> {
    let (lang, person) = (page.lang, page.person);
    let known = person.identity.as_ref();
    let claim = page.claim.or(known.map(|(claim, _)| claim.as_str()))?;
    let same = known.filter(|(other, _)| other == claim).map(|(_, value)| value.as_str());
    let given = Given(page.given);
    let typed = given.get("identity");
    let other = known.filter(|(other, _)| other != claim);
    let inner = view! {
        {hidden("claim", claim.to_owned())}
        <p>{t(lang, "people-identity-text")}</p>
        {other.map(|(_, value)| {
            view! { <p class="closed">{t_args(lang, "people-identity-other", &[("value", value.clone())])}</p> }
        })}
        {Input {
            id: "identity",
            name: "identity",
            kind: "text",
            label: t(lang, &format!("people-identity-{claim}")),
            value: typed.or(same).unwrap_or_default(),
            hint: Some(t(lang, "people-identity-hint")),
            problem: wrong(lang, page.problem, "identity"),
            autocomplete: "off",
            ..Input::default()
        }
        .view()}
        {button(lang, "people-identity-send", "quiet")}
    };
    let form = act(page, "identity", inner.into_any());
    Some(
        view! {
            <section>
                <h2>{t(lang, "people-identity-heading")}</h2>
                {form}
            </section>
        }
        .into_any(),
    )
}

fn disabling(page: &PersonPage<'_>) -> AnyView {
    let (lang, person) = (page.lang, page.person);
    if person.disabled_on.is_some() {
        let inner = view! {
            <p>{t(lang, "people-enable-text")}</p>
            {button(lang, "people-enable-send", "quiet")}
        };
        return act(page, "enable", inner.into_any());
    }
    meant(page, "disable", "people-disable", "disable-typed")
}
