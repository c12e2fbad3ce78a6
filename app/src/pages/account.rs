//! One's own account: roles, password, sessions and the second step.

use domain::questionnaire::Lang;
use jiff::civil::DateTime;
use leptos::prelude::*;

use super::sign_in::new_password;
use crate::fields::{Input, hidden, said};
use crate::official::{Desk, bar, office_css, sections, skip, tail};
use crate::shell::{Assets, document, html, vietnamese};
use crate::text::{moment, other, t, t_args};

/// A role on a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRow {
    /// Its name in commands.
    pub role: &'static str,
    /// Code and name of the unit.
    pub unit: String,
    pub unit_name: String,
    /// The units where it holds by now, where its own has ended.
    pub followed: Vec<String>,
    /// The visitor may take it away.
    pub removable: bool,
}

impl GrantRow {
    /// Role and unit in words.
    pub(super) fn words(&self, lang: Lang) -> String {
        let role = t(lang, &format!("role-{}", self.role));
        t_args(lang, "account-grant-at", &[("role", role), ("unit", self.unit_name.clone())])
    }

    /// Where it holds by now, in words.
    pub(super) fn followed(&self, lang: Lang) -> Option<AnyView> {
        (!self.followed.is_empty()).then(|| {
            let units = [("units", self.followed.join(", "))];
            view! { <small>{t_args(lang, "account-grant-followed", &units)}</small> }.into_any()
        })
    }
}

/// A session of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    pub id: String,
    pub device: String,
    pub began: DateTime,
    pub seen: DateTime,
    /// The one that asks.
    pub here: bool,
}

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct AccountPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// The name to sign in with, and the full one.
    pub name: &'a str,
    pub display_name: Option<&'a str>,
    pub grants: &'a [GrantRow],
    pub sessions: &'a [SessionLine],
    /// Has a second factor, with so many recovery codes left.
    pub second: Option<i64>,
    pub desk: Desk,
    /// Key of what went well.
    pub done: Option<&'a str>,
    /// Key of what is wrong with the current password, and with the new one.
    pub wrong: Option<String>,
    pub weak: Option<&'a str>,
}

/// The document.
pub fn account(page: &AccountPage<'_>) -> String {
    let lang = page.lang;
    html(|| {
        let link = format!("/account{}", tail(other(lang), '?'));
        let link = if link == "/account" { "/account?lang=vi".to_owned() } else { link };
        let who = match page.display_name {
            Some(full) => format!("{full} ({})", page.name),
            None => page.name.to_owned(),
        };
        let body = view! {
            {skip(lang)}
            {bar(lang, link, None)}
            <main id="content">
                <h1>{t(lang, "account-title")}</h1>
                <p class="who">
                    <b>{who}</b>
                    {sign_out(lang)}
                </p>
                {sections(lang, page.desk, None)}
                {said(page.done.map(|key| t(lang, key)), "done", "status")}
                {grants(page)}
                {second(page)}
                {password(page)}
                {sessions_of(page)}
            </main>
        };
        let title = t(lang, "account-title");
        let (css, more) = (page.assets.main_css.clone(), Some(office_css(page.assets)));
        document(lang, title, css, "office", more, body.into_any())
    })
}

fn language(lang: Lang) -> Option<AnyView> {
    (lang != Lang::default()).then(|| hidden("lang", lang.tag().to_owned()))
}

fn sign_out(lang: Lang) -> AnyView {
    view! {
        <form class="line" method="post" action="/sign-out">
            {language(lang)}
            <button class="quiet">{t(lang, "signout-send")}</button>
        </form>
    }
    .into_any()
}

fn grants(page: &AccountPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.grants.iter().map(|grant| {
        let may = t(lang, &format!("role-{}-may", grant.role));
        view! {
            <li>
                <b>{vietnamese(lang, &grant.words(lang))}</b>
                <small>{may}</small>
                {grant.followed(lang)}
            </li>
        }
    });
    let list = match page.grants.is_empty() {
        true => view! { <p>{t(lang, "account-grants-none")}</p> }.into_any(),
        false => view! { <ul class="grants">{rows.collect_view()}</ul> }.into_any(),
    };
    view! {
        <section>
            <h2>{t(lang, "account-grants-heading")}</h2>
            {list}
        </section>
    }
    .into_any()
}

fn second(page: &AccountPage<'_>) -> AnyView {
    let lang = page.lang;
    let link = format!("/account/second{}", tail(lang, '?'));
    let (text, open) = match page.second {
        Some(left) => {
            let text = t_args(lang, "account-second-on", &[("n", left.to_string())]);
            (text, t(lang, "account-second-again"))
        }
        None => (t(lang, "account-second-off"), t(lang, "account-second-open")),
    };
    view! {
        <section>
            <h2>{t(lang, "account-second-heading")}</h2>
            <p>{text}</p>
            <p><a class="button" href=link>{open}</a></p>
        </section>
    }
    .into_any()
}

fn password(page: &AccountPage<'_>) -> AnyView {
    let lang = page.lang;
    view! {
        <section>
            <h2>{t(lang, "account-password-heading")}</h2>
            <form class="stack" method="post" action="/account/password">
                <input type="hidden" name="username" autocomplete="username" value=page.name.to_owned()/>
                {own_password(lang, "current", page.wrong.clone())}
                {new_password(lang, page.weak)}
                {language(lang)}
                <p><button>{t(lang, "account-password-send")}</button></p>
                <p class="fine">{t(lang, "account-password-note")}</p>
            </form>
        </section>
    }
    .into_any()
}

fn own_password(lang: Lang, id: &'static str, problem: Option<String>) -> AnyView {
    Input {
        id,
        name: "current",
        kind: "password",
        label: t(lang, "password-current"),
        problem,
        autocomplete: "current-password",
        required: true,
        ..Input::default()
    }
    .view()
}

fn sessions_of(page: &AccountPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.sessions.iter().map(|session| {
        let at = moment(session.began);
        let words = [("device", session.device.clone()), ("at", at.clone())];
        let name = t_args(lang, "account-session-end-of", &words);
        let here = session.here.then(|| {
            view! { " "<span class="few">{t(lang, "account-session-here")}</span> }
        });
        view! {
            <tr>
                <th scope="row">{session.device.clone()}{here}</th>
                <td data-label=t(lang, "account-session-began")>{at}</td>
                <td data-label=t(lang, "account-session-seen")>{moment(session.seen)}</td>
                <td data-label="">
                    <form class="line" method="post" action="/account/sessions">
                        {hidden("session", session.id.clone())}
                        {language(lang)}
                        <button class="quiet" aria-label=name>{t(lang, "account-session-end")}</button>
                    </form>
                </td>
            </tr>
        }
    });
    view! {
        <section>
            <h2>{t(lang, "account-sessions-heading")}</h2>
            <table class="cards">
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "account-session-device")}</th>
                        <th scope="col">{t(lang, "account-session-began")}</th>
                        <th scope="col">{t(lang, "account-session-seen")}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <form class="stack" method="post" action="/account/sessions">
                {hidden("session", "all".to_owned())}
                {language(lang)}
                <p><button>{t(lang, "account-sessions-end")}</button></p>
                <p class="fine">{t(lang, "account-sessions-note")}</p>
            </form>
        </section>
    }
    .into_any()
}

/// What the page of the second step is made of.
#[derive(Clone, Debug)]
pub struct SecondPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub name: &'a str,
    pub enrolled: bool,
    pub required: bool,
    /// The secret to be set up, in base32, and its QR code as SVG, made by the program itself.
    pub secret: &'a str,
    pub qr: &'a str,
    /// The recovery codes, right after they were made.
    pub codes: &'a [String],
    /// What is wrong with the current password, and with the code.
    pub wrong: Option<String>,
    pub wrong_code: bool,
    /// It was typed to take the second step away.
    pub removing: bool,
}

/// The second step is set up.
pub fn second_step(page: &SecondPage<'_>) -> String {
    let lang = page.lang;
    html(|| {
        let link = format!("/account/second?lang={}", other(lang).tag());
        let back = format!("/account{}", tail(lang, '?'));
        let must = (page.required && !page.enrolled)
            .then(|| view! { <p class="closed">{t(lang, "account-second-must")}</p> });
        let body = view! {
            {skip(lang)}
            {bar(lang, link, None)}
            <main id="content">
                <h1>{t(lang, "account-second-title")}</h1>
                {must}
                {codes(page)}
                {page.codes.is_empty().then(|| setting_up(page))}
                {(page.enrolled && page.codes.is_empty()).then(|| removing(page))}
                <p><a href=back>{t(lang, "account-title")}</a></p>
            </main>
        };
        let title = t(lang, "account-second-title");
        let (css, more) = (page.assets.main_css.clone(), Some(office_css(page.assets)));
        document(lang, title, css, "office", more, body.into_any())
    })
}

fn codes(page: &SecondPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    (!page.codes.is_empty()).then(|| {
        let lines = page.codes.iter().map(|code| view! { <li><code>{code.clone()}</code></li> });
        view! {
            <section class="once">
                <h2>{t(lang, "account-codes-heading")}</h2>
                <p>{t(lang, "account-codes-text")}</p>
                <ol class="codes">{lines.collect_view()}</ol>
            </section>
        }
        .into_any()
    })
}

fn setting_up(page: &SecondPage<'_>) -> AnyView {
    let lang = page.lang;
    let groups: Vec<String> = page
        .secret
        .as_bytes()
        .chunks(4)
        .map(|group| group.iter().map(|byte| char::from(*byte)).collect())
        .collect();
    let problem = page.wrong_code.then(|| t(lang, "signin-code-wrong"));
    view! {
        <section>
            <p>{t(lang, "account-second-step1")}</p>
            <div class="qr" role="img" aria-label=t(lang, "account-second-qr") inner_html=page.qr.to_owned()></div>
            <p class="fine">{t(lang, "account-second-secret")}</p>
            <p><code>{groups.join(" ")}</code></p>
            <p>{t(lang, "account-second-step2")}</p>
            <form class="stack" method="post" action="/account/second">
                {hidden("secret", page.secret.to_owned())}
                {Input {
                    id: "code",
                    name: "code",
                    kind: "text",
                    label: t(lang, "signin-code"),
                    problem,
                    autocomplete: "one-time-code",
                    required: true,
                    ..Input::default()
                }
                .view()}
                {own_password(lang, "current", page.wrong.clone().filter(|_| !page.removing))}
                {language(lang)}
                <p><button>{t(lang, "account-second-send")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn removing(page: &SecondPage<'_>) -> AnyView {
    let lang = page.lang;
    if page.required {
        return view! { <p class="fine">{t(lang, "account-second-required")}</p> }.into_any();
    }
    view! {
        <section>
            <form class="stack" method="post" action="/account/second/remove">
                {own_password(lang, "current-to-remove", page.wrong.clone().filter(|_| page.removing))}
                {language(lang)}
                <p><button class="quiet">{t(lang, "account-second-remove")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
