//! Files in and out: a form for a file, what the file would do before anything is written, and the files
//! of what is there.

mod plan;

use domain::questionnaire::Lang;
use leptos::prelude::*;

pub use plan::{Fault, Plan, PlanRow, plan};

use super::people::{language, office};
use crate::fields::said;
use crate::official::{Desk, Section, tail};
use crate::shell::Assets;
use crate::text::{capital, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct ImportPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    /// Names of the tables that the visitor may import, such as `targets`.
    pub kinds: &'a [&'static str],
    /// The one that was chosen.
    pub chosen: Option<&'a str>,
    /// The largest file, in megabytes, and the most rows.
    pub limits: (usize, usize),
    /// Name of the table that was written, and how many rows have changed.
    pub done: Option<(&'static str, usize)>,
    /// The field that is wrong, and the key of the words.
    pub problem: Option<(&'static str, &'static str)>,
}

/// The document.
pub fn import(page: &ImportPage<'_>) -> String {
    let lang = page.lang;
    let done = page.done.map(|(kind, n)| {
        let values = [("n", n.to_string()), ("table", named(lang, kind))];
        t_args(lang, "import-done", &values)
    });
    let problem = page.problem.map(|(_, key)| problem(page, key));
    let body = view! {
        <h1>{t(lang, "import-title")}</h1>
        <p>{t(lang, "import-lead")}</p>
        {said(done, "done", "status")}
        {said(problem, "wrong", "alert")}
        <section>
            <h2>{t(lang, "import-upload-heading")}</h2>
            {upload(page)}
        </section>
        {downloads(page)}
        {columns(page)}
    };
    let title = (Section::Import, t(lang, "import-title"));
    office((lang, page.assets, page.desk), title, "/admin/import", body.into_any())
}

/// What a table is called.
fn named(lang: Lang, kind: &str) -> String {
    t(lang, &format!("import-kind-{kind}"))
}

fn problem(page: &ImportPage<'_>, key: &str) -> String {
    let (size, rows) = page.limits;
    t_args(page.lang, key, &[("size", size.to_string()), ("rows", rows.to_string())])
}

/// The form for a file.
fn upload(page: &ImportPage<'_>) -> AnyView {
    let lang = page.lang;
    let wrong = |field: &str| page.problem.filter(|(at, _)| *at == field).map(|(_, key)| key);
    let options = page.kinds.iter().map(|kind| {
        let selected = page.chosen == Some(*kind);
        view! { <option value=*kind selected=selected>{capital(&named(lang, kind))}</option> }
    });
    let note = |id: &'static str, field: &str| {
        wrong(field).map(|key| view! { <p id=id class="wrong">{problem(page, key)}</p> })
    };
    let (no_kind, no_file) = (wrong("kind").is_some(), wrong("file").is_some());
    let (size, rows) = page.limits;
    let limits = [("size", size.to_string()), ("rows", rows.to_string())];
    view! {
        <form class="stack" method="post" action="/admin/import" enctype="multipart/form-data">
            <div class="field">
                <label for="kind">{t(lang, "import-kind")}</label>
                <select
                    id="kind"
                    name="kind"
                    required=true
                    aria-invalid=no_kind.then_some("true")
                    aria-describedby=no_kind.then_some("kind-wrong")
                >
                    <option value=""></option>
                    {options.collect_view()}
                </select>
                {note("kind-wrong", "kind")}
            </div>
            <div class="field">
                <label for="file">{t(lang, "import-file")}</label>
                <input
                    id="file"
                    name="file"
                    type="file"
                    required=true
                    accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                    aria-describedby=if no_file { "file-hint file-wrong" } else { "file-hint" }
                    aria-invalid=no_file.then_some("true")
                />
                <p id="file-hint" class="fine">{t_args(lang, "import-file-hint", &limits)}</p>
                {note("file-wrong", "file")}
            </div>
            {language(lang)}
            <p><button>{t(lang, "import-look")}</button></p>
        </form>
    }
    .into_any()
}

/// What is there now, as files that can come back.
fn downloads(page: &ImportPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.kinds.iter().map(|kind| {
        let link = |ending: &str| {
            let words = [("table", named(lang, kind)), ("format", ending.to_uppercase())];
            let label = t_args(lang, "import-download-of", &words);
            let path = format!("/admin/import/{kind}.{ending}");
            view! { <a href=path aria-label=label download="">{ending.to_uppercase()}</a> }
        };
        view! {
            <li class="line">
                <span>{capital(&named(lang, kind))}</span>
                <span class="files">{link("csv")}{link("xlsx")}</span>
            </li>
        }
    });
    view! {
        <section>
            <h2>{t(lang, "import-download-heading")}</h2>
            <p>{t(lang, "import-download-text")}</p>
            <ul class="grants">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The columns of each table.
fn columns(page: &ImportPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.kinds.iter().map(|kind| {
        let text = t(lang, &format!("import-columns-{kind}"));
        let names = COLUMNS.iter().find(|(name, _)| name == kind).map_or("", |(_, names)| names);
        view! {
            <div>
                <dt>{capital(&named(lang, kind))}</dt>
                <dd><code>{names}</code><p class="fine">{text}</p></dd>
            </div>
        }
    });
    view! {
        <section>
            <h2>{t(lang, "import-columns-heading")}</h2>
            <p>{t(lang, "import-columns-text")}</p>
            <dl class="shapes">{rows.collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// The columns as they are named in files.
const COLUMNS: [(&str, &str); 4] = [
    ("units", "code, parent, kind, name, valid_from, valid_to, predecessors, public"),
    ("points", "code, unit, name, channel, open_from, open_to"),
    ("dossiers", "unit, month, handled"),
    (
        "targets",
        "unit, year, index, code, name, max, baseline, baseline_rank, rank_of, target, actual, \
         actual_date, source, goal, goal_text",
    ),
];

/// The address of the page.
fn address(lang: Lang) -> String {
    format!("/admin/import{}", tail(lang, '?'))
}

#[cfg(test)]
mod tests;
