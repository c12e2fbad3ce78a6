//! The way in: name and password, the second step, and the link that sets a password.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use crate::fields::{Input, hidden, said};
use crate::official::{bar, office_css, skip, tail};
use crate::shell::{Assets, document, html};
use crate::text::{other, t, t_args};

/// What was said before, above the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// The password was set by a link.
    Set,
    /// Signed out.
    Out,
}

/// Why one is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotIn {
    /// The name or the password, and nobody is told which.
    Wrong,
    /// The code of the second step.
    WrongCode,
    /// Seconds until the next try.
    Wait(i64),
    Busy,
    /// The provider has named somebody whom nobody here is known by.
    Unknown,
    /// The provider has not verified the e-mail address.
    Unverified,
    /// The person or the provider has said no.
    Declined,
    /// The answer is too late, came before, or belongs to another browser.
    Stale,
    /// What the provider said cannot be relied on.
    NotBelieved,
    /// The provider does not answer.
    Away,
}

fn why(lang: Lang, not: Option<NotIn>) -> Option<String> {
    not.map(|not| match not {
        NotIn::Wrong => t(lang, "signin-wrong"),
        NotIn::WrongCode => t(lang, "signin-code-wrong"),
        NotIn::Wait(seconds) => t_args(lang, "signin-wait", &[("seconds", seconds.to_string())]),
        NotIn::Busy => t(lang, "signin-busy"),
        NotIn::Unknown => t(lang, "signin-provider-unknown"),
        NotIn::Unverified => t(lang, "signin-provider-unverified"),
        NotIn::Declined => t(lang, "signin-provider-declined"),
        NotIn::Stale => t(lang, "signin-provider-stale"),
        NotIn::NotBelieved => t(lang, "signin-provider-not-believed"),
        NotIn::Away => t(lang, "signin-provider-away"),
    })
}

/// What the sign-in is made of.
#[derive(Clone, Debug)]
pub struct SignInPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// Where one wanted to go: a path of this site.
    pub next: &'a str,
    /// The name as typed.
    pub name: &'a str,
    pub not: Option<NotIn>,
    pub before: Option<Before>,
    /// What people call the provider that they may sign in by.
    pub provider: Option<&'a str>,
    /// The address has no TLS, so no browser would keep the session.
    pub insecure: bool,
    pub demo: bool,
    /// There is no account yet.
    pub nobody: bool,
}

/// Before the first account: how it is made, and all that follows.
fn nobody(lang: Lang) -> AnyView {
    let link = format!("/admin/start{}", tail(lang, '?'));
    view! {
        <div class="closed">
            <p>{t(lang, "signin-nobody")}</p>
            <p class="kin"><a href=link>{t(lang, "start-title")}</a></p>
        </div>
    }
    .into_any()
}

fn frame(lang: Lang, assets: &Assets, title: String, link: String, body: AnyView) -> String {
    html(|| {
        let body = view! {
            {skip(lang)}
            {bar(lang, link, None)}
            <main id="content">{body}</main>
        };
        let (css, more) = (assets.main_css.clone(), Some(office_css(assets)));
        document(lang, title, css, "notice entry", more, body.into_any())
    })
}

/// The address of a page of the sign-in that leads on to `next`.
fn address(path: &str, next: &str, lang: Lang) -> String {
    let next: String = next
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("{path}?next={next}{}", tail(lang, '&'))
}

fn language(lang: Lang) -> Option<AnyView> {
    (lang != Lang::default()).then(|| hidden("lang", lang.tag().to_owned()))
}

/// Name and password.
pub fn sign_in(page: &SignInPage<'_>) -> String {
    let lang = page.lang;
    let before = page.before.map(|before| match before {
        Before::Set => t(lang, "signin-set"),
        Before::Out => t(lang, "signin-out"),
    });
    let body = view! {
        <h1>{t(lang, "signin-heading")}</h1>
        <p>{t(lang, "signin-lead")}</p>
        {page.demo.then(|| view! { <p class="closed">{t(lang, "signin-demo")}</p> })}
        {page.nobody.then(|| nobody(lang))}
        {page.insecure.then(|| view! { <p class="wrong">{t(lang, "signin-insecure")}</p> })}
        {said(before, "done", "status")}
        {said(why(lang, page.not), "wrong", "alert")}
        <section>
            <form class="stack" method="post" action="/sign-in">
                {Input {
                    id: "name",
                    name: "name",
                    kind: "text",
                    label: t(lang, "signin-name"),
                    value: page.name,
                    autocomplete: "username",
                    required: true,
                    ..Input::default()
                }
                .view()}
                {Input {
                    id: "password",
                    name: "password",
                    kind: "password",
                    label: t(lang, "signin-password"),
                    autocomplete: "current-password",
                    required: true,
                    ..Input::default()
                }
                .view()}
                {hidden("next", page.next.to_owned())}
                {language(lang)}
                <p><button>{t(lang, "signin-send")}</button></p>
            </form>
        </section>
        {page.provider.map(|name| provider(page, name))}
        <p class="fine">{t(lang, "signin-forgot")}</p>
    };
    let link = address("/sign-in", page.next, other(lang));
    frame(lang, page.assets, t(lang, "signin-title"), link, body.into_any())
}

/// The way by another provider. A link, since a form of this page is sent to this site alone.
fn provider(page: &SignInPage<'_>, name: &str) -> AnyView {
    let lang = page.lang;
    let link = address("/sign-in/oidc", page.next, lang);
    let label = t_args(lang, "signin-provider", &[("name", name.to_owned())]);
    view! {
        <section>
            <div class="stack">
                <p>{t(lang, "signin-provider-or")}</p>
                <p><a class="button" href=link>{label}</a></p>
            </div>
        </section>
    }
    .into_any()
}

/// What the second step is made of.
#[derive(Clone, Debug)]
pub struct CodePage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub next: &'a str,
    pub not: Option<NotIn>,
}

/// The second step.
pub fn code(page: &CodePage<'_>) -> String {
    let lang = page.lang;
    let again = address("/sign-in", page.next, lang);
    let body = view! {
        <h1>{t(lang, "signin-code-title")}</h1>
        <p>{t(lang, "signin-code-lead")}</p>
        {said(why(lang, page.not), "wrong", "alert")}
        <section>
            <form class="stack" method="post" action="/sign-in/code">
                {Input {
                    id: "code",
                    name: "code",
                    kind: "text",
                    label: t(lang, "signin-code"),
                    autocomplete: "one-time-code",
                    required: true,
                    ..Input::default()
                }
                .view()}
                {hidden("next", page.next.to_owned())}
                {language(lang)}
                <p><button>{t(lang, "signin-code-send")}</button></p>
            </form>
        </section>
        <p><a href=again>{t(lang, "signin-code-back")}</a></p>
    };
    let link = address("/sign-in/code", page.next, other(lang));
    frame(lang, page.assets, t(lang, "signin-code-title"), link, body.into_any())
}

/// What the page of a link is made of.
#[derive(Clone, Debug)]
pub struct LinkPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// What stands in the address.
    pub token: &'a str,
    /// The name to sign in with.
    pub name: &'a str,
    /// The last part of the key of what is wrong with the password.
    pub weak: Option<&'a str>,
    pub busy: bool,
}

/// The password is set.
pub fn link(page: &LinkPage<'_>) -> String {
    let lang = page.lang;
    let path = format!("/link/{}", page.token);
    let name = page.name.to_owned();
    let body = view! {
        <h1>{t(lang, "link-title")}</h1>
        <p>{t_args(lang, "link-for", &[("name", name.clone())])}</p>
        <p>{t(lang, "link-lead")}</p>
        {said(page.busy.then(|| t(lang, "signin-busy")), "wrong", "alert")}
        <section>
            <form class="stack" method="post" action=path.clone()>
                // So that a browser keeps the password under the right name.
                <input type="hidden" name="username" autocomplete="username" value=name/>
                {new_password(lang, page.weak)}
                {language(lang)}
                <p><button>{t(lang, "link-send")}</button></p>
            </form>
        </section>
    };
    let other = format!("{path}{}", tail(other(lang), '?'));
    let other = if other == path { format!("{path}?lang=vi") } else { other };
    frame(lang, page.assets, t(lang, "link-title"), other, body.into_any())
}

/// The two fields of a new password; `weak` is what is wrong with it.
pub(super) fn new_password(lang: Lang, weak: Option<&str>) -> AnyView {
    let problem = weak.map(|key| t(lang, &format!("password-{key}")));
    let differ = weak == Some("differ");
    let (first, second) = if differ { (None, problem) } else { (problem, None) };
    let field = |id, label: &str, hint, problem| {
        Input {
            id,
            name: id,
            kind: "password",
            label: t(lang, label),
            hint,
            problem,
            autocomplete: "new-password",
            required: true,
            ..Input::default()
        }
        .view()
    };
    view! {
        {field("new", "password-new", Some(t(lang, "password-hint")), first)}
        {field("again", "password-again", None, second)}
    }
    .into_any()
}

#[cfg(test)]
mod tests;
