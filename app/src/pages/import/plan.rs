//! What a file would do: what it adds, what it changes and from what to what, what is refused and where.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use super::{ImportPage, address, named, upload};
use crate::fields::{hidden, said};
use crate::official::Section;
use crate::pages::entry::{Change, change_list};
use crate::pages::people::{language, office};
use crate::text::{count, t, t_args};

/// Rows that are shown one by one.
const SHOWN: usize = 500;

/// A row that would be added or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    pub line: u64,
    /// What it is known by; empty where that is still to be made.
    pub about: String,
    pub known: bool,
    pub changes: Vec<Change>,
}

/// A row that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub line: u64,
    pub column: String,
    /// In the words of the reader.
    pub why: String,
}

/// What the page is made of, beside the form.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    pub kind: &'static str,
    /// The name of the file where it came from.
    pub name: &'a str,
    pub rows: &'a [PlanRow],
    pub unchanged: usize,
    pub faults: &'a [Fault],
    /// What the confirmation carries: the file in letters, and the mark of what is shown.
    pub file: &'a str,
    pub mark: &'a str,
    /// What was shown before would not be done any more.
    pub moved: bool,
}

/// The document.
pub fn plan(page: &ImportPage<'_>, plan: &Plan<'_>) -> String {
    let lang = page.lang;
    let (writes, faulty) = (!plan.rows.is_empty(), !plan.faults.is_empty());
    let moved = plan.moved.then(|| t(lang, "import-moved"));
    let heading = t_args(lang, "import-plan-title", &[("table", named(lang, plan.kind))]);
    let body = view! {
        <h1>{heading.clone()}</h1>
        {said(moved, "wrong", "alert")}
        <section>
            <h2>{t(lang, "import-plan-heading")}</h2>
            <p>{t_args(lang, "import-plan-file", &[("name", plan.name.to_owned())])}</p>
            {numbers(lang, plan)}
            {(!faulty && !writes).then(|| view! { <p>{t(lang, "import-plan-nothing")}</p> })}
            {(!faulty && writes).then(|| confirm(lang, plan))}
        </section>
        {faulty.then(|| faults(lang, plan))}
        {writes.then(|| rows(lang, plan))}
        {faulty
            .then(|| {
                view! {
                    <section>
                        <h2>{t(lang, "import-again-heading")}</h2>
                        {upload(page)}
                    </section>
                }
            })}
        <p><a href=address(lang)>{t(lang, "import-back")}</a></p>
    };
    let title = (Section::Import, heading);
    office((lang, page.assets, page.desk), title, "/admin/import", body.into_any())
}

fn numbers(lang: Lang, plan: &Plan<'_>) -> AnyView {
    let known = plan.rows.iter().filter(|row| row.known).count();
    let one = |key: &str, n: usize| {
        view! {
            <div>
                <dt>{t(lang, key)}</dt>
                <dd>{count(lang, n as u64)}</dd>
            </div>
        }
    };
    // With a fault nothing was compared.
    if !plan.faults.is_empty() {
        let faults = one("import-refused", plan.faults.len());
        return view! { <dl class="numbers four">{faults}</dl> }.into_any();
    }
    view! {
        <dl class="numbers four">
            {one("import-added", plan.rows.len() - known)}
            {one("import-changed", known)}
            {one("import-unchanged", plan.unchanged)}
        </dl>
    }
    .into_any()
}

/// The second step: writes exactly what is shown.
fn confirm(lang: Lang, plan: &Plan<'_>) -> AnyView {
    let n = [("n", plan.rows.len().to_string())];
    view! {
        <form class="stack" method="post" action="/admin/import/confirm">
            {hidden("kind", plan.kind.to_owned())}
            {hidden("name", plan.name.to_owned())}
            {hidden("mark", plan.mark.to_owned())}
            {hidden("file", plan.file.to_owned())}
            {language(lang)}
            <p class="fine">{t(lang, "import-confirm-note")}</p>
            <p><button>{t_args(lang, "import-confirm", &n)}</button></p>
        </form>
    }
    .into_any()
}

fn faults(lang: Lang, plan: &Plan<'_>) -> AnyView {
    let rows = plan.faults.iter().map(|fault| {
        let column = match fault.column.as_str() {
            "-" => t(lang, "import-whole-line").into_any(),
            column => view! { <code>{column.to_owned()}</code> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row">{t_args(lang, "import-line-of", &[("n", fault.line.to_string())])}</th>
                <td data-label=t(lang, "import-column")>{column}</td>
                <td data-label=t(lang, "import-why")>{fault.why.clone()}</td>
            </tr>
        }
    });
    view! {
        <section>
            <h2>{t(lang, "import-refused-heading")}</h2>
            <p role="alert">{t(lang, "import-refused-text")}</p>
            <table class="cards">
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "import-line")}</th>
                        <th scope="col">{t(lang, "import-column")}</th>
                        <th scope="col">{t(lang, "import-why")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn rows(lang: Lang, plan: &Plan<'_>) -> AnyView {
    let lines = plan.rows.iter().take(SHOWN).map(|row| {
        let about = match row.about.is_empty() {
            true => t(lang, "import-new-code").into_any(),
            false => view! { <code>{row.about.clone()}</code> }.into_any(),
        };
        let what = t(lang, if row.known { "import-changes" } else { "import-adds" });
        view! {
            <tr>
                <th scope="row">{t_args(lang, "import-line-of", &[("n", row.line.to_string())])}</th>
                <td data-label=t(lang, "import-what")>{what}</td>
                <td data-label=t(lang, "import-about")>{about}</td>
                <td data-label=t(lang, "import-difference")>
                    {change_list(lang, &row.changes, row.known)}
                </td>
            </tr>
        }
    });
    let rest = plan.rows.len().saturating_sub(SHOWN);
    let more = (rest > 0).then(|| {
        let n = [("n", count(lang, rest as u64))];
        view! { <p>{t_args(lang, "import-more", &n)}</p> }
    });
    view! {
        <section>
            <h2>{t(lang, "import-rows-heading")}</h2>
            <table class="cards changes">
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "import-line")}</th>
                        <th scope="col">{t(lang, "import-what")}</th>
                        <th scope="col">{t(lang, "import-about")}</th>
                        <th scope="col">{t(lang, "import-difference")}</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
            {more}
        </section>
    }
    .into_any()
}
