//! The monthly report as a page, on the screen and on paper, and as one file without anything around it.
//!
//! Every figure is one of the report; nothing is computed here. On paper it has the head of an official
//! document, running heads and numbers of pages, and the place for a signature.

mod below;
mod change;
pub mod compare;
mod components;
mod correction;
mod cover;
mod drivers;
mod goals;
mod items;
pub mod letter;
pub mod list;
mod method;
mod quality;
pub(crate) mod read;
mod shares;
mod summary;
mod trend;

pub use correction::{dossiers_later, late_says};
use domain::index::Figure;
use domain::questionnaire::{Lang, Text};
use domain::report::{Edition, Month, Part, Report};
use jiff::civil::Date;
use leptos::prelude::*;

use super::analysis::population;
use crate::figure::words;
use crate::official::{Head, Tab, bar, head, method_link, skip, tabs, tail};
use crate::shell::{Assets, Running, frame, html, html_with_nonce, simulated_banner};
use crate::text::{capital, count, other, t, t_args};

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct ReportPage<'a> {
    pub lang: Lang,
    pub edition: &'a Edition,
    /// The unit's last day, where it has ended.
    pub closed_on: Option<Date>,
    pub place: Place<'a>,
}

/// Where the report is read.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    /// On the site. The nonce is the one in the page's `Content-Security-Policy`.
    Site { assets: &'a Assets, nonce: &'a str },
    /// In a file of its own, with this style sheet in it and no link to anywhere.
    File { style: &'a str },
}

impl<'a> ReportPage<'a> {
    fn report(&self) -> &'a Report {
        &self.edition.report
    }

    fn on_site(&self) -> bool {
        matches!(self.place, Place::Site { .. })
    }

    /// The address of the page.
    fn link(&self, lang: Lang) -> String {
        let report = self.report();
        format!("/reports/{}/{}{}", report.unit.code, report.month, tail(lang, '?'))
    }
}

/// The files that a report can be had as, in the order in which they are offered.
pub const FILES: [&str; 4] = ["docx", "xlsx", "csv", "json"];

/// A month as offices write it: `05/2024`.
pub(crate) fn month(month: Month) -> String {
    let first = month.first();
    format!("{:02}/{}", first.month(), first.year())
}

/// The index of the newest questionnaire version in words, `74,19 %`, or why there is none.
pub fn headline(lang: Lang, report: &Report) -> String {
    let figures = report.parts.first().map(|part| &part.figures);
    let group = figures.and_then(|figures| Some((figures, read::groups(figures).next()?)));
    let figure = group.map_or(Figure::None, |(figures, group)| {
        read::figure_of(figures, &group.code, &group.estimate)
    });
    match figure {
        Figure::Shown { .. } => format!("{} %", words(lang, figure)),
        _ => words(lang, figure),
    }
}

/// The document.
pub fn report(page: &ReportPage<'_>) -> String {
    match page.place {
        Place::Site { nonce, .. } => html_with_nonce(nonce, || whole(page)),
        Place::File { .. } => html(|| whole(page)),
    }
}

fn whole(page: &ReportPage<'_>) -> impl IntoView {
    let (lang, report) = (page.lang, page.report());
    let of = [("unit", report.unit.name.clone()), ("month", month(report.month))];
    let title = t_args(lang, "report-title", &of);
    let mut running = t_args(lang, "report-running", &of);
    if report.simulated {
        running = format!("{running} – {}", t(lang, "file-simulated-short"));
    }
    let running = Running { head: Some(running), page: Some(t(lang, "report-page")) };
    let style = match page.place {
        Place::Site { assets, .. } => {
            let css = assets.main_css.replace("main.css", "report.css");
            view! { <link rel="stylesheet" href=css/> }.into_any()
        }
        Place::File { style } => view! { <style inner_html=style.to_owned()></style> }.into_any(),
    };
    frame(lang, title, running, "report", style, body(page))
}

fn body(page: &ReportPage<'_>) -> AnyView {
    let (lang, report) = (page.lang, page.report());
    let path: Vec<_> = match page.on_site() {
        true => report.unit.path.iter().map(|u| (u.code.clone(), u.name.clone())).collect(),
        false => vec![],
    };
    let unit = Head {
        lang,
        unit: &report.unit.name,
        kind: report.unit.kind,
        path: &path,
        closed_on: page.closed_on,
    };
    let masthead = page.on_site().then(|| bar(lang, page.link(other(lang)), None));
    let tabs = page.on_site().then(|| tabs(lang, &report.unit.code, Tab::Report));
    let heading = t_args(lang, "report-heading", &[("month", month(report.month))]);
    let parts = report.parts.iter().enumerate().map(|(at, part)| one_version(page, at, part));
    view! {
        {page.on_site().then(|| skip(lang))}
        {masthead}
        {simulated_banner(lang, report.simulated, "simulated-report")}
        <main id="content">
            {cover::head(page)}
            {head(&unit)}
            {tabs}
            <h2 class="title">{heading}</h2>
            {cover::state(page)}
            {page.on_site().then(|| actions(page))}
            {correction::section(page)}
            {parts.collect_view()}
            {trend::section(page)}
            {population::section(lang, report.population.as_ref(), true)}
            {quality::section(page)}
            {correction::borders(page)}
            {method::section(page)}
            {cover::foot(page)}
        </main>
        <footer>
            <p>{t(lang, "why-not-sipas")}</p>
            {page.on_site().then(|| view! { <p>{method_link(lang)}</p> })}
        </footer>
    }
    .into_any()
}

/// Everything that was measured with one questionnaire version.
fn one_version(page: &ReportPage<'_>, at: usize, part: &Part) -> AnyView {
    let lang = page.lang;
    let report = page.report();
    let heading = (report.parts.len() > 1).then(|| {
        let values =
            [("code", part.questionnaire.clone()), ("n", count(lang, part.figures.responses))];
        view! { <h2 class="version">{t_args(lang, "report-version", &values)}</h2> }
    });
    let answered = part.figures.responses > 0;
    let details = answered.then(|| {
        view! {
            {components::section(page, at, part)}
            {change::section(page, part)}
            {goals::section(page, part)}
            {drivers::section(page, part)}
            {items::section(page, at, part)}
            {below::section(page, part)}
            {shares::section(page, part)}
        }
    });
    view! {
        {heading}
        {summary::section(page, at, part)}
        {details}
    }
    .into_any()
}

/// Prints when the button is pressed; without script there is no button.
const PRINT: &str = "const b=document.getElementById('print');b.hidden=false;b.addEventListener('click',()=>print())";

/// What can be done with the report.
fn actions(page: &ReportPage<'_>) -> AnyView {
    let lang = page.lang;
    let report = page.report();
    let files = FILES.map(|format| {
        let link = file_link(&report.unit.code, report.month, format, lang);
        view! { <a class="button" href=link>{t(lang, &format!("report-file-{format}"))}</a> }
    });
    let list = format!("/reports/{}{}", report.unit.code, tail(lang, '?'));
    view! {
        <nav class="actions" aria-label=t(lang, "report-actions")>
            {files.into_iter().collect_view()}
            <button type="button" id="print" hidden>{t(lang, "report-print")}</button>
            <a href=list>{t(lang, "report-list")}</a>
        </nav>
        <script nonce=leptos::nonce::use_nonce() inner_html=PRINT></script>
    }
    .into_any()
}

/// The address of a file.
pub(crate) fn file_link(unit: &str, month: Month, format: &str, lang: Lang) -> String {
    format!("/reports/{unit}/{month}?format={format}{}", tail(lang, '&'))
}

/// The id of a section of a questionnaire version.
fn section_id(name: &str, at: usize) -> String {
    if at == 0 { name.to_owned() } else { format!("{name}-{at}") }
}

/// The words of a text in the reader's language; marked where they are Vietnamese all the same.
fn said(lang: Lang, text: &Text) -> AnyView {
    text.get(lang).to_owned().into_any()
}

/// A statement of the questionnaire at the beginning of a line.
fn statement(part: &Part, code: &str, lang: Lang) -> String {
    capital(part.text(code, lang))
}

#[cfg(test)]
mod tests;
