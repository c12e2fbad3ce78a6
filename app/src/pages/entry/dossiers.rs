//! The numbers of dossiers of a unit, a field a month.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use super::{Cell, Outcome, Past, Wrong, column, history};
use crate::fields::hidden;
use crate::official::{Desk, Section, choice, choices, tail};
use crate::pages::people::{language, office};
use crate::shell::{Assets, vietnamese};
use crate::text::{t, t_args};

/// A month that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthRow {
    /// `2026-11`, and as it is written: `11/2026`.
    pub month: String,
    pub shown: String,
    /// What stands in the field, what it was made from, and, where somebody typed something else, what is
    /// stored.
    pub value: String,
    pub was: String,
    pub now: Option<String>,
}

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct DossiersPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    /// Code and name.
    pub unit: (&'a str, &'a str),
    pub year: i16,
    pub months: &'a [MonthRow],
    pub outcome: Outcome,
    pub wrong: &'a [Wrong],
    pub history: &'a [Past],
}

/// The document.
pub fn dossiers(page: &DossiersPage<'_>) -> String {
    let (lang, (code, name)) = (page.lang, page.unit);
    let address = |year: i16| format!("/admin/dossiers/{code}?year={year}");
    let years = [-1, 0, 1].map(|step| {
        let year = page.year + step;
        choice(format!("{}{}", address(year), tail(lang, '&')), year.to_string(), step == 0)
    });
    let title = t_args(lang, "entry-dossiers-heading", &[("year", page.year.to_string())]);
    let form = match page.months.is_empty() {
        true => view! { <p>{t(lang, "entry-dossiers-none")}</p> }.into_any(),
        false => form(page),
    };
    let body = view! {
        <p class="kind">{vietnamese(lang, name)}</p>
        <h1>{title.clone()}</h1>
        {page.outcome.view(lang)}
        <div class="controls">{choices(t(lang, "targets-year"), years.into())}</div>
        <section>
            <p>{t(lang, "entry-dossiers-lead")}</p>
            {form}
        </section>
        {history(lang, page.history)}
    };
    let title = (Section::Dossiers, format!("{title} – {name}"));
    office((lang, page.assets, page.desk), title, &address(page.year), body.into_any())
}

fn form(page: &DossiersPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.months.iter().map(|row| {
        let wrong = page.wrong.iter().find(|wrong| wrong.row == row.month);
        let label = column(lang, "handled");
        let words = [("column", label.clone()), ("row", row.shown.clone())];
        let now = row.now.clone().map(|now| match now.is_empty() {
            true => t(lang, "entry-now-empty"),
            false => t_args(lang, "entry-now", &[("value", now)]),
        });
        let cell = Cell {
            id: format!("m-{}", row.month),
            name: row.month.clone(),
            kind: "numeric",
            label: t_args(lang, "entry-of", &words),
            value: &row.value,
            wrong: wrong.map(|wrong| wrong.why.clone()),
            now,
        };
        let was = format!("was-{}", row.month);
        view! {
            <tr>
                <th scope="row">{row.shown.clone()}</th>
                <td data-label=label>
                    <input type="hidden" name=was value=row.was.clone()/>
                    {cell.view()}
                </td>
            </tr>
        }
    });
    view! {
        <form method="post" action=format!("/admin/dossiers/{}", page.unit.0)>
            {hidden("year", page.year.to_string())}
            {language(lang)}
            <table class="cards entering months">
                <thead>
                    <tr>
                        <th scope="col">{column(lang, "month")}</th>
                        <th scope="col">{column(lang, "handled")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            <p><button>{t(lang, "entry-save")}</button></p>
        </form>
    }
    .into_any()
}
