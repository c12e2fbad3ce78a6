//! The tables of a unit and year with a field for each figure, one form an index; and a form for one more
//! row.

use domain::questionnaire::Lang;
use domain::target::IndexName;
use leptos::prelude::*;

use super::{Cell, Outcome, Past, Wrong, column, history};
use crate::fields::{Given, Input, hidden, select};
use crate::official::{Desk, Section, choice, choices, tail};
use crate::pages::people::{language, office};
use crate::shell::{Assets, vietnamese};
use crate::text::{t, t_args};

/// A row of a table. Figures are as they are written in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    pub code: String,
    pub name: String,
    /// Highest number of points, and the place of the baseline among so many.
    pub max: Option<String>,
    pub rank: Option<(i16, i16)>,
    /// By column: what stands in the field, and, where somebody typed something else, what is stored.
    pub fields: Vec<Typed>,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub column: &'static str,
    pub value: String,
    pub now: Option<String>,
}

/// The table of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryTable {
    pub index: IndexName,
    pub rows: Vec<EntryRow>,
    /// What the form was made from.
    pub seen: String,
}

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct TargetsEntry<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    /// Code and name.
    pub unit: (&'a str, &'a str),
    pub year: i16,
    pub tables: &'a [EntryTable],
    pub outcome: Outcome,
    /// Of the table that was sent, or of the new row.
    pub wrong: &'a [Wrong],
    /// The table that was sent; nothing where that was the new row.
    pub sent: Option<IndexName>,
    /// What was typed of a new row.
    pub given: &'a [(String, String)],
    pub history: &'a [Past],
}

/// The document.
pub fn targets(page: &TargetsEntry<'_>) -> String {
    let (lang, (code, name)) = (page.lang, page.unit);
    let address = |year: i16| format!("/admin/targets/{code}/{year}");
    let years = [-1, 0, 1].map(|step| {
        let year = page.year + step;
        let link = format!("{}{}", address(year), tail(lang, '?'));
        choice(link, year.to_string(), step == 0)
    });
    let title = t_args(lang, "entry-targets-heading", &[("year", page.year.to_string())]);
    let review = format!("/targets/{code}/{}{}", page.year, tail(lang, '?'));
    let none = page.tables.is_empty().then(|| {
        view! { <section><p>{t(lang, "entry-targets-none")}</p></section> }
    });
    let body = view! {
        <p class="kind">{vietnamese(lang, name)}</p>
        <h1>{title.clone()}</h1>
        {page.outcome.view(lang)}
        <div class="controls">{choices(t(lang, "targets-year"), years.into())}</div>
        <p>
            {t(lang, "entry-targets-lead")}" "<a href=review>{t(lang, "entry-review")}</a>
        </p>
        {none}
        {page.tables.iter().map(|table| table_form(page, table)).collect_view()}
        {new_row(page)}
        {history(lang, page.history)}
    };
    let title = (Section::Targets, format!("{title} – {name}"));
    office((lang, page.assets, page.desk), title, &address(page.year), body.into_any())
}

fn table_form(page: &TargetsEntry<'_>, table: &EntryTable) -> AnyView {
    let (lang, index) = (page.lang, table.index.name());
    let head = ["baseline", "target", "actual", "actual_date", "source"].map(|name| {
        view! { <th scope="col">{column(lang, name)}</th> }
    });
    let rows = table.rows.iter().enumerate().map(|(at, row)| line(page, table, at, row));
    view! {
        <section>
            <h2>{t(lang, &format!("index-{index}"))}</h2>
            <form method="post" action=format!("/admin/targets/{}/{}", page.unit.0, page.year)>
                {hidden("do", "save".to_owned())}
                {hidden("index", index.to_owned())}
                {hidden("seen", table.seen.clone())}
                {language(lang)}
                <table class="cards entering">
                    <thead>
                        <tr>
                            <th scope="col">{t(lang, "entry-row")}</th>
                            {head.into_iter().collect_view()}
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
                <p>
                    <button aria-label=t_args(lang, "entry-save-of", &[("table", index.to_uppercase())])>
                        {t(lang, "entry-save")}
                    </button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn line(page: &TargetsEntry<'_>, table: &EntryTable, at: usize, row: &EntryRow) -> AnyView {
    let (lang, index) = (page.lang, table.index);
    let max = row.max.clone().map(|max| {
        view! { <small>{t_args(lang, "entry-max", &[("max", max)])}</small> }
    });
    let rank = row.rank.map(|(rank, of)| {
        let values = [("n", rank.to_string()), ("to", of.to_string())];
        view! { <small>{t_args(lang, "entry-rank", &values)}</small> }
    });
    let total = row.code == domain::target::TOTAL;
    let code = (!total).then(|| view! { <span class="no">{row.code.clone()}</span>" " });
    let cells = row.fields.iter().map(|field| {
        let label = column(lang, field.column);
        let wrong = page.wrong.iter().find(|wrong| {
            page.sent == Some(index) && wrong.row == row.code && wrong.column == field.column
        });
        let kind = match field.column {
            "actual_date" => "date",
            "source" => "text",
            _ => "decimal",
        };
        let words = [("column", label.clone()), ("row", row.name.clone())];
        let now = field.now.clone().map(|now| match now.is_empty() {
            true => t(lang, "entry-now-empty"),
            false => t_args(lang, "entry-now", &[("value", now)]),
        });
        let cell = Cell {
            id: format!("{}-{at}-{}", index.name(), field.column.replace('_', "-")),
            name: format!("{}:{}", row.code, field.column),
            kind,
            label: t_args(lang, "entry-of", &words),
            value: &field.value,
            wrong: wrong.map(|wrong| wrong.why.clone()),
            now,
        };
        view! { <td data-label=label>{cell.view()}</td> }
    });
    view! {
        <tr>
            <th scope="row">{code}{vietnamese(lang, &row.name)}{max}{rank}</th>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

/// Fields of a new row, and whether they are needed.
const NEW: [(&str, bool); 7] = [
    ("code", true),
    ("name", true),
    ("max", false),
    ("baseline", false),
    ("baseline_rank", false),
    ("rank_of", false),
    ("target", false),
];

fn new_row(page: &TargetsEntry<'_>) -> AnyView {
    let lang = page.lang;
    let given = Given(page.given);
    let wrong = |name: &str| {
        let of_new = page.wrong.iter().filter(|wrong| page.sent.is_none() && wrong.row.is_empty());
        let mut of_field = of_new.filter(|wrong| wrong.column == name);
        of_field.next().map(|wrong| wrong.why.clone())
    };
    let fields = NEW.map(|(id, required)| {
        Input {
            id,
            name: id,
            kind: "text",
            label: column(lang, id),
            value: given.get(id).unwrap_or_default(),
            hint: (id == "code").then(|| t(lang, "entry-code-hint")),
            problem: wrong(id),
            autocomplete: "off",
            required,
        }
        .view()
    });
    let indices = IndexName::ALL
        .map(|index| (index.name().to_owned(), t(lang, &format!("index-{}", index.name()))));
    let chosen = given.get("index");
    let open = page.outcome != Outcome::Nothing && !page.given.is_empty();
    view! {
        <section>
            <details open=open>
                <summary>{t(lang, "entry-new-heading")}</summary>
                <form
                    class="stack"
                    method="post"
                    action=format!("/admin/targets/{}/{}", page.unit.0, page.year)
                >
                    {hidden("do", "add".to_owned())}
                    {select("index", "index", t(lang, "column-index"), &indices, chosen, wrong("index"))}
                    {fields.into_iter().collect_view()}
                    {language(lang)}
                    <p><button>{t(lang, "entry-new-send")}</button></p>
                </form>
            </details>
        </section>
    }
    .into_any()
}
