//! The reports of a unit month by month: state, responses, files, mails, and two months to compare.

use domain::questionnaire::Lang;
use domain::report::{Listed, Month, Status};
use domain::unit::Kind;
use jiff::civil::Date;
use leptos::prelude::*;

use super::cover::status;
use super::method::moment;
use super::{FILES, file_link, month};
use crate::official::{Head, Tab, bar, head, skip, tabs, tail};
use crate::shell::{Assets, document, html, simulated_banner};
use crate::text::{count, other, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct ReportsPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// Name and code of the unit.
    pub unit: &'a str,
    pub code: &'a str,
    pub kind: Kind,
    /// Code and name of each unit above, from the top down to the parent.
    pub path: &'a [(String, String)],
    /// The unit's last day, where it has ended.
    pub closed_on: Option<Date>,
    /// The newest month first.
    pub list: &'a [Listed],
    /// What became of the mails, by month.
    pub mails: &'a [Mails],
    /// The reader sees to closing and to who is sent the reports.
    pub delivers: bool,
    pub simulated: bool,
}

/// Mails of the report of one month. Whom they went to is not said here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mails {
    pub month: Month,
    pub queued: u64,
    pub sent: u64,
    pub failed: u64,
}

/// The document.
pub fn reports(page: &ReportsPage<'_>) -> String {
    let lang = page.lang;
    html(|| {
        let title = t_args(lang, "reports-title", &[("unit", page.unit.to_owned())]);
        let unit = Head {
            lang,
            unit: page.unit,
            kind: page.kind,
            path: page.path,
            closed_on: page.closed_on,
        };
        let link = format!("/reports/{}{}", page.code, tail(other(lang), '?'));
        let body = view! {
            {skip(lang)}
            {bar(lang, link, None)}
            {simulated_banner(lang, page.simulated, "simulated-report")}
            <main id="content">
                {head(&unit)}
                {tabs(lang, page.code, Tab::Report)}
                <h2 class="title">{t(lang, "reports-heading")}</h2>
                <p>{t(lang, "reports-why")}</p>
                {list(page)}
                {page.delivers.then(|| delivery(page))}
                {two_months(page)}
            </main>
        };
        document(lang, title, page.assets.main_css.clone(), "reports", None, body.into_any())
    })
}

fn list(page: &ReportsPage<'_>) -> AnyView {
    let lang = page.lang;
    if page.list.is_empty() {
        return view! { <section class="months"><p>{t(lang, "reports-none")}</p></section> }
            .into_any();
    }
    let column = |key: &str| view! { <th scope="col" role="columnheader">{t(lang, key)}</th> };
    let mails = (!page.mails.is_empty()).then(|| column("reports-mails"));
    view! {
        <section class="months">
            <h2>{t(lang, "reports-months")}</h2>
            <table class="cards" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        {column("report-month")}
                        {column("reports-status")}
                        <th scope="col" role="columnheader" class="number">{t(lang, "responses-column")}</th>
                        {mails}
                        {column("reports-files")}
                    </tr>
                </thead>
                <tbody role="rowgroup">{page.list.iter().map(|one| line(page, one)).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Where months are closed and recipients chosen.
fn delivery(page: &ReportsPage<'_>) -> AnyView {
    let link = format!("/admin/reports?unit={}{}", page.code, tail(page.lang, '&'));
    view! { <p><a href=link>{t(page.lang, "reports-delivery")}</a></p> }.into_any()
}

fn line(page: &ReportsPage<'_>, one: &Listed) -> AnyView {
    let lang = page.lang;
    let link = format!("/reports/{}/{}{}", page.code, one.month, tail(lang, '?'));
    let sealed = one.seal.as_ref().map(|seal| {
        let key = match one.status {
            Status::Corrected => "reports-sealed-before",
            _ => "reports-sealed-at",
        };
        let text = t_args(lang, key, &[("time", moment(&seal.at))]);
        view! { <small>{text}</small> }
    });
    let more = (one.status == Status::Corrected && one.more > 0).then(|| {
        let text = t_args(lang, "reports-more", &[("n", count(lang, one.more))]);
        view! { <small>{text}</small> }
    });
    let broken = one.status == Status::Broken;
    let files = FILES.iter().filter(|_| !broken).map(|format| {
        let link = file_link(page.code, one.month, format, lang);
        let of = t_args(lang, "reports-file-of", &[("month", month(one.month))]);
        view! {
            <li><a href=link>{t(lang, &format!("reports-file-{format}"))}<span class="unseen">" "{of}</span></a></li>
        }
    });
    let mails = (!page.mails.is_empty()).then(|| {
        let label = t(lang, "reports-mails");
        view! { <td role="cell" data-label=label><div>{mails(page, one.month)}</div></td> }
    });
    view! {
        <tr role="row">
            <th scope="row" role="rowheader"><a href=link>{t_args(lang, "reports-month", &[("month", month(one.month))])}</a></th>
            <td role="cell" data-label=t(lang, "reports-status")><div>{status(lang, one.status)}{sealed}</div></td>
            <td role="cell" class="number" data-label=t(lang, "responses-column")><div>{count(lang, one.responses)}{more}</div></td>
            {mails}
            <td role="cell" data-label=t(lang, "reports-files")><ul class="files">{files.collect_view()}</ul></td>
        </tr>
    }
    .into_any()
}

fn mails(page: &ReportsPage<'_>, month: Month) -> String {
    let lang = page.lang;
    let Some(of) = page.mails.iter().find(|mails| mails.month == month) else {
        return "–".to_owned();
    };
    let said = [("sent", of.sent), ("queued", of.queued), ("failed", of.failed)];
    let said = said.into_iter().filter(|(_, n)| *n > 0);
    let said = said.map(|(state, n)| {
        t_args(lang, &format!("reports-mails-{state}"), &[("n", count(lang, n))])
    });
    said.collect::<Vec<_>>().join(", ")
}

/// Chooses two months to compare.
fn two_months(page: &ReportsPage<'_>) -> Option<AnyView> {
    let months: Vec<Month> = page.list.iter().map(|one| one.month).collect();
    let [after, before, ..] = months[..] else { return None };
    let lang = page.lang;
    let view = view! {
        <section class="choose">
            <h2>{t(lang, "compare-choose")}</h2>
            {chooser(lang, page.code, &months, before, after)}
        </section>
    };
    Some(view.into_any())
}

/// A form that asks for two months.
pub(super) fn chooser(
    lang: Lang,
    code: &str,
    months: &[Month],
    before: Month,
    after: Month,
) -> AnyView {
    let select = |name: &'static str, key: &str, chosen: Month| {
        let options = months.iter().map(|&one| {
            let text = t_args(lang, "reports-month", &[("month", month(one))]);
            view! { <option value=one.to_string() selected=one == chosen>{text}</option> }
        });
        view! {
            <label>
                {t(lang, key)}
                <select name=name>{options.collect_view()}</select>
            </label>
        }
    };
    let language = (lang != Lang::default())
        .then(|| view! { <input type="hidden" name="lang" value=lang.tag()/> });
    view! {
        <div class="dates">
            <form method="get" action=format!("/reports/{code}/compare")>
                {select("a", "compare-before", before)}
                {select("b", "compare-after", after)}
                {language}
                <button>{t(lang, "compare-show")}</button>
            </form>
        </div>
    }
    .into_any()
}
