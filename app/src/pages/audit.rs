//! The trail of changes: what was done, by whom and when, with a filter.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use super::people::office;
use crate::official::{Desk, Section};
use crate::shell::Assets;
use crate::text::{t, t_args};

/// The acts that a filter offers: an act, or what begins so.
pub const ACTS: [&str; 10] = [
    "unit",
    "point",
    "target",
    "dossiers",
    "responses",
    "report",
    "recipient",
    "account",
    "key",
    "display",
];

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub seq: i64,
    /// Moment in Viet Nam, as written there.
    pub at: String,
    pub who: Who,
    /// Such as `unit.write`.
    pub act: String,
    pub about: String,
    /// JSON.
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A person, by the name to sign in with.
    Person(String),
    /// A program, by the name of its key and the end of the key's id.
    Key(String, String),
    /// `command`, `service`, `demo`, `local`, or `key` of before keys were named.
    Other(String),
}

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct AuditPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    /// The newest first.
    pub lines: &'a [Line],
    /// What the fields of the filter hold, by name: `act`, `who`, `about`, `from`, `to`.
    pub given: &'a [(String, String)],
    /// Names of those whose entries can be asked for.
    pub known: &'a [String],
    /// The address of older entries, where there are some.
    pub older: Option<String>,
    /// Number and hash of the newest entry, to be noted elsewhere.
    pub head: String,
}

/// The document.
pub fn audit(page: &AuditPage<'_>) -> String {
    let lang = page.lang;
    let list = match page.lines.is_empty() {
        true => view! { <p>{t(lang, "audit-none")}</p> }.into_any(),
        false => table(page),
    };
    let older = page.older.clone().map(|link| {
        view! { <p><a href=link>{t(lang, "audit-older")}</a></p> }
    });
    let body = view! {
        <h1>{t(lang, "audit-title")}</h1>
        <p>{t(lang, "audit-lead")}</p>
        {filter(page)}
        <section>{list}{older}</section>
        <section>
            <h2>{t(lang, "audit-head-heading")}</h2>
            <p>{t(lang, "audit-head-text")}</p>
            <p><code>{page.head.clone()}</code></p>
        </section>
    };
    let title = (Section::Audit, t(lang, "audit-title"));
    office((lang, page.assets, page.desk), title, "/admin/audit", body.into_any())
}

fn filter(page: &AuditPage<'_>) -> AnyView {
    let lang = page.lang;
    let given = |name: &str| {
        let found = page.given.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let chosen = given("act");
    let options = ACTS.map(|act| {
        let selected = act == chosen;
        view! { <option value=act selected=selected>{t(lang, &format!("audit-kind-{act}"))}</option> }
    });
    let field = |name: &'static str, kind: &'static str| {
        let id = format!("audit-{name}");
        view! {
            <p class="field">
                <label for=id.clone()>{t(lang, &id)}</label>
                <input
                    id=id
                    name=name
                    type=kind
                    value=given(name)
                    list=(name == "who").then_some("audit-known")
                />
            </p>
        }
    };
    let known = page.known.iter().map(|name| view! { <option value=name.clone()></option> });
    view! {
        <form class="filter" method="get" action="/admin/audit">
            {(lang != Lang::Vi).then(|| view! { <input type="hidden" name="lang" value=lang.tag()/> })}
            <p class="field">
                <label for="audit-act">{t(lang, "audit-act")}</label>
                <select id="audit-act" name="act">
                    <option value="">{t(lang, "audit-all")}</option>
                    {options.into_iter().collect_view()}
                </select>
            </p>
            {field("who", "text")}
            <datalist id="audit-known">{known.collect_view()}</datalist>
            {field("about", "text")}
            {field("from", "date")}
            {field("to", "date")}
            <p><button>{t(lang, "audit-show")}</button></p>
        </form>
    }
    .into_any()
}

fn table(page: &AuditPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.lines.iter().map(|line| {
        view! {
            <tr>
                <th scope="row">{line.seq}</th>
                <td data-label=t(lang, "audit-at")>{line.at.clone()}</td>
                <td data-label=t(lang, "audit-who")>{who(lang, &line.who)}</td>
                <td data-label=t(lang, "audit-act")>{act(lang, &line.act)}</td>
                <td data-label=t(lang, "audit-about")><code>{line.about.clone()}</code></td>
                <td data-label=t(lang, "audit-change")>{change(lang, line)}</td>
            </tr>
        }
    });
    view! {
        <table class="cards trail">
            <thead>
                <tr>
                    <th scope="col">{t(lang, "audit-seq")}</th>
                    <th scope="col">{t(lang, "audit-at")}</th>
                    <th scope="col">{t(lang, "audit-who")}</th>
                    <th scope="col">{t(lang, "audit-act")}</th>
                    <th scope="col">{t(lang, "audit-about")}</th>
                    <th scope="col">{t(lang, "audit-change")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

pub(super) fn who(lang: Lang, who: &Who) -> String {
    match who {
        Who::Person(name) => name.clone(),
        Who::Key(name, id) => {
            t_args(lang, "audit-who-key-named", &[("name", name.clone()), ("id", id.clone())])
        }
        Who::Other(other) => t(lang, &format!("audit-who-{other}")),
    }
}

fn act(lang: Lang, act: &str) -> String {
    t(lang, &format!("audit-act-{}", act.replace('.', "-")))
}

fn change(lang: Lang, line: &Line) -> AnyView {
    if line.before.is_none() && line.after.is_none() {
        return ().into_any();
    }
    let side = |key: &str, text: &Option<String>| {
        text.clone().map(|text| view! { <p>{t(lang, key)}" "<code>{text}</code></p> })
    };
    let label = t_args(lang, "audit-open-of", &[("n", line.seq.to_string())]);
    view! {
        <details>
            <summary aria-label=label>{t(lang, "audit-open")}</summary>
            {side("audit-before", &line.before)}
            {side("audit-after", &line.after)}
        </details>
    }
    .into_any()
}
