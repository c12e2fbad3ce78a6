//! Monthly reports as who reports on units sees to them: months that wait for their seal, who is sent the
//! reports, and what became of each mail.

mod mails;

use domain::delivery::Attachment;
use domain::questionnaire::Lang;
use domain::report::Month;
use jiff::civil::Date;
use leptos::prelude::*;

pub use self::mails::MailRow;
use super::people::{Problem, language, office, units, wrong};
use super::report::month;
use crate::fields::{Boxes, Given, Input, hidden, said, select};
use crate::official::{Desk, Section, tail};
use crate::shell::{Assets, vietnamese};
use crate::text::{day, t, t_args};

/// Somebody who is sent the reports of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientRow {
    pub id: String,
    /// Code and name of the unit.
    pub unit: (String, String),
    pub address: String,
    pub lang: Lang,
    pub files: Vec<Attachment>,
    pub since: Date,
}

/// What was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Added,
    Removed,
    Again,
    /// With the number of reports.
    Closed(usize),
}

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct DeliveryPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    /// Code and name of the one unit that is looked at; `None` for all.
    pub only: Option<(&'a str, &'a str)>,
    /// A mail server is configured.
    pub sends: bool,
    /// Months that are over, with the number of their reports that are not sealed.
    pub unsealed: &'a [(Month, usize)],
    pub recipients: &'a [RecipientRow],
    /// First what was given up, then what waits, then what was sent; of each the newest month first.
    pub mails: &'a [MailRow],
    /// There are mails beyond those.
    pub more: bool,
    /// Code and name of each unit that can be chosen.
    pub units: &'a [(String, String)],
    pub done: Option<Done>,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

const PATH: &str = "/admin/reports";

impl DeliveryPage<'_> {
    /// Its own address, where its forms go too.
    fn path(&self) -> String {
        match self.only {
            Some((code, _)) => format!("{PATH}?unit={code}"),
            None => PATH.to_owned(),
        }
    }

    /// A form that does one thing.
    fn act(&self, name: &str, inner: AnyView) -> AnyView {
        view! {
            <form class="stack" method="post" action=self.path()>
                {hidden("do", name.to_owned())}
                {language(self.lang)}
                {inner}
            </form>
        }
        .into_any()
    }
}

/// The document.
pub fn delivery(page: &DeliveryPage<'_>) -> String {
    let lang = page.lang;
    let done = page.done.map(|done| match done {
        Done::Added => t(lang, "delivery-added"),
        Done::Removed => t(lang, "delivery-removed"),
        Done::Again => t(lang, "delivery-again-done"),
        Done::Closed(n) => t_args(lang, "delivery-closed", &[("n", n.to_string())]),
    });
    let quiet = (!page.sends).then(|| view! { <p class="closed">{t(lang, "delivery-quiet")}</p> });
    let body = view! {
        <h1>{t(lang, "delivery-title")}</h1>
        <p>{t(lang, "delivery-lead")}</p>
        {quiet}
        {said(done, "done", "status")}
        {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
        {only(page)}
        {closing(page)}
        {recipients(page)}
        {adding(page)}
        {mails::log(page)}
    };
    let title = (Section::Delivery, t(lang, "delivery-title"));
    office((lang, page.assets, page.desk), title, &page.path(), body.into_any())
}

/// That one unit alone is looked at, and the way to all.
fn only(page: &DeliveryPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let (_, name) = page.only?;
    let words = t_args(lang, "delivery-only", &[("unit", name.to_owned())]);
    let all = format!("{PATH}{}", tail(lang, '?'));
    let view = view! {
        <ul class="links">
            <li>{vietnamese(lang, &words)}</li>
            <li><a href=all>{t(lang, "delivery-all")}</a></li>
        </ul>
    };
    Some(view.into_any())
}

fn closing(page: &DeliveryPage<'_>) -> AnyView {
    let lang = page.lang;
    let months = page.unsealed.iter().map(|(of, n)| {
        let args = [("month", month(*of)), ("n", n.to_string())];
        view! { <li>{t_args(lang, "delivery-unsealed", &args)}</li> }
    });
    let what = ["sealed", "kept", "sent"]
        .map(|what| view! { <li>{t(lang, &format!("delivery-close-{what}"))}</li> });
    let inner = match page.unsealed.is_empty() {
        true => view! { <p>{t(lang, "delivery-none-unsealed")}</p> }.into_any(),
        false => {
            let send = view! { <p><button>{t(lang, "delivery-close-send")}</button></p> };
            view! {
                <p>{t(lang, "delivery-close-text")}</p>
                <ul class="says">{months.collect_view()}</ul>
                <h3>{t(lang, "delivery-close-what")}</h3>
                <ul class="says">{what.into_iter().collect_view()}</ul>
                {page.act("close", send.into_any())}
            }
            .into_any()
        }
    };
    view! {
        <section>
            <h2>{t(lang, "delivery-close-heading")}</h2>
            {inner}
        </section>
    }
    .into_any()
}

/// The name of a unit; it leads to what is about this unit alone.
fn unit_link(lang: Lang, (code, name): &(String, String)) -> AnyView {
    let link = format!("{PATH}?unit={code}{}", tail(lang, '&'));
    view! { <a href=link lang="vi">{name.clone()}</a> }.into_any()
}

fn recipients(page: &DeliveryPage<'_>) -> AnyView {
    let lang = page.lang;
    let list = match page.recipients.is_empty() {
        true => view! { <p>{t(lang, "delivery-nobody")}</p> }.into_any(),
        false => table(page),
    };
    view! {
        <section>
            <h2>{t(lang, "delivery-recipients")}</h2>
            {list}
        </section>
    }
    .into_any()
}

/// The files of a mail, in words.
fn files(lang: Lang, files: &[Attachment]) -> String {
    let names: Vec<String> =
        files.iter().map(|file| t(lang, &format!("reports-file-{}", file.name()))).collect();
    match names.is_empty() {
        true => t(lang, "delivery-no-files"),
        false => names.join(", "),
    }
}

fn table(page: &DeliveryPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.recipients.iter().map(|row| {
        let stop = format!("{PATH}/{}{}", row.id, tail(lang, '?'));
        let name = t_args(lang, "delivery-stop-of", &[("name", row.address.clone())]);
        view! {
            <tr>
                <th scope="row">{unit_link(lang, &row.unit)}</th>
                <td data-label=t(lang, "delivery-address")>{row.address.clone()}</td>
                <td data-label=t(lang, "delivery-lang")>{t(row.lang, "language-name")}</td>
                <td data-label=t(lang, "delivery-files")>{files(lang, &row.files)}</td>
                <td data-label=t(lang, "delivery-since")>{day(row.since)}</td>
                <td data-label=""><a href=stop aria-label=name>{t(lang, "delivery-stop")}</a></td>
            </tr>
        }
    });
    view! {
        <table class="cards level mails">
            <thead>
                <tr>
                    <th scope="col">{t(lang, "people-unit")}</th>
                    <th scope="col">{t(lang, "delivery-address")}</th>
                    <th scope="col">{t(lang, "delivery-lang")}</th>
                    <th scope="col">{t(lang, "delivery-files")}</th>
                    <th scope="col">{t(lang, "delivery-since")}</th>
                    <td></td>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn adding(page: &DeliveryPage<'_>) -> AnyView {
    let lang = page.lang;
    let given = Given(page.given);
    let again = given.is("do", "add");
    let address = Input {
        id: "address",
        name: "address",
        kind: "text",
        label: t(lang, "delivery-address"),
        value: given.get("address").unwrap_or_default(),
        hint: Some(t(lang, "delivery-address-hint")),
        problem: wrong(lang, page.problem, "address"),
        autocomplete: "off",
        required: true,
    };
    let langs = [Lang::Vi, Lang::En].map(|of| (of.tag().to_owned(), t(of, "language-name")));
    let chosen = given.get("language").or(Some(Lang::default().tag()));
    let boxes = Attachment::ALL.map(|file| {
        let sent = page.given.iter().any(|(name, value)| name == "file" && value == file.name());
        let ticked = if again { sent } else { file != Attachment::Csv };
        (file.name().to_owned(), files(lang, &[file]), ticked)
    });
    let boxes = Boxes {
        id: "file",
        name: "file",
        legend: t(lang, "delivery-files"),
        hint: Some(t(lang, "delivery-files-hint")),
        problem: None,
        boxes: &boxes,
    };
    let unit = page.only.map(|(code, _)| vec![("unit".to_owned(), code.to_owned())]);
    let unit = if again { page.given } else { unit.as_deref().unwrap_or_default() };
    let inner = view! {
        {units(lang, page.units, unit, page.problem)}
        {address.view()}
        {select("language", "language", t(lang, "delivery-lang"), &langs, chosen, None)}
        {boxes.view()}
        <p><button>{t(lang, "delivery-add-send")}</button></p>
    };
    view! {
        <section>
            <h2>{t(lang, "delivery-add-heading")}</h2>
            <p>{t(lang, "delivery-add-text")}</p>
            {page.act("add", inner.into_any())}
        </section>
    }
    .into_any()
}

/// What the page is made of on which somebody is taken off.
#[derive(Clone, Debug)]
pub struct StopPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub recipient: &'a RecipientRow,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

/// The document that says what taking somebody off does.
pub fn stop(page: &StopPage<'_>) -> String {
    let (lang, row) = (page.lang, page.recipient);
    let title = t_args(lang, "delivery-stop-title", &[("name", row.address.clone())]);
    let back = format!("{PATH}{}", tail(lang, '?'));
    let path = format!("{PATH}/{}", row.id);
    let given = Given(page.given);
    let typed = given.get("typed");
    let what = t_args(lang, "delivery-stop-what", &[("unit", row.unit.1.clone())]);
    let body = view! {
        <nav class="path" aria-label=t(lang, "board-path")>
            <ol><li><a href=back.clone()>{t(lang, "delivery-title")}</a></li></ol>
        </nav>
        <h1>{title.clone()}</h1>
        {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
        <section>
            <h2>{t(lang, "revoke-what-heading")}</h2>
            <ul class="says">
                <li>{vietnamese(lang, &what)}</li>
                <li>{t(lang, "delivery-stop-kept")}</li>
            </ul>
            <form class="stack" method="post" action=path.clone()>
                {super::unit::typed(lang, &row.address, typed, page.problem)}
                {language(lang)}
                <p><button class="danger">{t(lang, "delivery-stop-send")}</button></p>
            </form>
            <p><a href=back>{t(lang, "delivery-stop-back")}</a></p>
        </section>
    };
    office((lang, page.assets, page.desk), (Section::Delivery, title), &path, body.into_any())
}

#[cfg(test)]
mod tests;
