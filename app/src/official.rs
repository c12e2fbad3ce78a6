//! What all pages for officials about a unit have in common: the bar, the way up, and the tabs.

use domain::questionnaire::{Lang, Rule};
use domain::unit::Kind;
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::shell::Assets;
use crate::text::{day, other, t, t_args};

/// The pages of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Board,
    Targets,
    Analysis,
    Report,
    Sheet,
}

/// The end of an address: the language where it is not Vietnamese.
pub(crate) fn tail(lang: Lang, first: char) -> String {
    if lang == Lang::default() { String::new() } else { format!("{first}lang={}", lang.tag()) }
}

/// The bar above everything; `link` leads to the same page in the other language, and `middle` stands
/// before it.
pub(crate) fn bar(lang: Lang, link: String, middle: Option<AnyView>) -> AnyView {
    let other = other(lang);
    view! {
        <header class="masthead">
            <a class="brand" href=crate::shell::home_of(lang) lang="vi">{t(Lang::Vi, "app-name")}</a>
            {middle}
            <a class="switch" href=link lang=other.tag() hreflang=other.tag()>{t(other, "language-name")}</a>
            {account_link(lang)}
        </header>
    }
    .into_any()
}

/// The first thing that the keyboard meets: the way past the bar and the menu.
pub(crate) fn skip(lang: Lang) -> AnyView {
    view! { <a class="skip" href="#content">{t(lang, "skip")}</a> }.into_any()
}

/// The way to one's account, and so to the sign-in: the same for everybody.
pub(crate) fn account_link(lang: Lang) -> AnyView {
    let link = format!("/account{}", tail(lang, '?'));
    view! { <a class="own" href=link>{t(lang, "account-link")}</a> }.into_any()
}

/// The style sheet of forms, beside that of all pages: sign-in, account and administration.
pub(crate) fn office_css(assets: &Assets) -> AnyView {
    let path = assets.main_css.replace("main.css", "office.css");
    view! { <link rel="stylesheet" href=path/> }.into_any()
}

/// What the reader may do, in some part of the organisation, of what the pages of administration offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// Decides on people, keys, screens and units.
    pub administers: bool,
    /// The same for all there is.
    pub everything: bool,
    /// Opens and closes points, and enters figures.
    pub manages: bool,
    /// Closes months and delivers reports.
    pub reports: bool,
    /// Something is missing of the first steps.
    pub unfinished: bool,
}

/// The pages of administration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Start,
    Units,
    Points,
    Import,
    Targets,
    Dossiers,
    Delivery,
    People,
    Keys,
    Displays,
    Audit,
}

/// Links to those pages of administration that the reader may use, where there are any.
pub(crate) fn sections(lang: Lang, desk: Desk, current: Option<Section>) -> Option<AnyView> {
    let link = |section: Section, path: &str, key: &str, may: bool| {
        let here = (current == Some(section)).then_some("page");
        let path = format!("{path}{}", tail(lang, '?'));
        may.then(|| view! { <li><a href=path aria-current=here>{t(lang, key)}</a></li> })
    };
    (desk.administers || desk.manages || desk.reports).then(|| {
        view! {
            <nav class="tabs menu" aria-label=t(lang, "admin-nav")>
                <ul>
                    {link(Section::Start, "/admin/start", "start-title", desk.unfinished)}
                    {link(Section::Units, "/admin/units", "admin-units", desk.administers)}
                    {link(Section::Points, "/admin/points", "admin-points", desk.manages)}
                    {link(Section::Targets, "/admin/targets", "admin-targets", desk.manages)}
                    {link(Section::Dossiers, "/admin/dossiers", "admin-dossiers", desk.manages)}
                    {link(Section::Import, "/admin/import", "admin-import", desk.manages)}
                    {link(Section::Delivery, "/admin/reports", "admin-reports", desk.reports)}
                    {link(Section::People, "/admin/people", "admin-people", desk.administers)}
                    {link(Section::Keys, "/admin/keys", "admin-keys", desk.administers)}
                    {link(Section::Displays, "/admin/displays", "admin-displays", desk.administers)}
                    {link(Section::Audit, "/admin/audit", "admin-audit", desk.everything)}
                </ul>
            </nav>
        }
        .into_any()
    })
}

/// Links to the pages of a unit.
pub(crate) fn tabs(lang: Lang, code: &str, current: Tab) -> AnyView {
    let tab = |tab: Tab, link: String, key: &str| {
        let here = (tab == current).then_some("page");
        let link = format!("{link}{}", tail(lang, '?'));
        view! { <li><a href=link aria-current=here>{t(lang, key)}</a></li> }
    };
    view! {
        <nav class="tabs" aria-label=t(lang, "tabs")>
            <ul>
                {tab(Tab::Board, format!("/boards/{code}"), "tab-board")}
                {tab(Tab::Targets, format!("/targets/{code}"), "tab-targets")}
                {tab(Tab::Analysis, format!("/analysis/{code}"), "tab-analysis")}
                {tab(Tab::Report, format!("/reports/{code}"), "tab-report")}
                {tab(Tab::Sheet, format!("/sheets/{code}"), "tab-sheet")}
            </ul>
        </nav>
    }
    .into_any()
}

/// One of several choices that are links; the current one is marked.
pub(crate) fn choice(link: String, text: String, current: bool) -> AnyView {
    view! {
        <li><a href=link aria-current=current.then_some("true")>{text}</a></li>
    }
    .into_any()
}

/// The days of a period in words.
pub(crate) fn dates(lang: Lang, from: Date, to: Date) -> String {
    let key = if from == to { "period-one-day" } else { "period-dates" };
    t_args(lang, key, &[("from", day(from)), ("to", day(to))])
}

/// The periods that can be had with one tap, up to today. Those of a unit that has ended lie before its
/// last day.
pub(crate) fn periods(today: Date, closed_on: Option<Date>) -> Vec<(&'static str, Date, Date)> {
    let last = closed_on.unwrap_or(today);
    let days = last.saturating_sub(29.days());
    if closed_on.is_some() {
        return vec![
            ("period-final-month", last.first_of_month(), last),
            ("period-final-days", days, last),
            ("period-final-year", last.first_of_year(), last),
        ];
    }
    let before = last.first_of_month().saturating_sub(1.day());
    vec![
        ("period-month", last.first_of_month(), last),
        ("period-last-month", before.first_of_month(), before),
        ("period-days", days, last),
        ("period-year", last.first_of_year(), last),
    ]
}

/// A labelled row of choices.
pub(crate) fn choices(label: String, list: Vec<AnyView>) -> AnyView {
    let name = label.clone();
    view! {
        <nav aria-label=name>
            <p>{label}</p>
            <ul class="choices">{list}</ul>
        </nav>
    }
    .into_any()
}

/// The two scoring rules to choose from.
pub(crate) fn rules(lang: Lang, current: Rule, link: impl Fn(Rule) -> String) -> AnyView {
    let list = [Rule::Top2, Rule::Mean5]
        .map(|rule| choice(link(rule), t(lang, &format!("rule-{}", rule.name())), rule == current));
    choices(t(lang, "rule"), list.into())
}

/// A unit at the top of its page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head<'a> {
    pub lang: Lang,
    pub unit: &'a str,
    pub kind: Kind,
    /// Code and name of each unit above, from the top down to the parent.
    pub path: &'a [(String, String)],
    pub closed_on: Option<Date>,
}

/// The way up, the kind and the name.
pub(crate) fn head(head: &Head<'_>) -> AnyView {
    let lang = head.lang;
    let path = (!head.path.is_empty()).then(|| {
        let links = head.path.iter().map(|(code, name)| {
            let link = format!("/boards/{code}{}", tail(lang, '?'));
            view! { <li><a href=link lang="vi">{name.clone()}</a></li> }
        });
        view! {
            <nav class="path" aria-label=t(lang, "board-path")><ol>{links.collect_view()}</ol></nav>
        }
    });
    let closed = head.closed_on.map(|last| {
        let text = t_args(lang, "board-closed", &[("day", day(last))]);
        view! { <div class="closed"><p>{text}</p></div> }
    });
    view! {
        {path}
        <p class="kind">{t(lang, &format!("kind-{}", head.kind.name()))}</p>
        <h1 lang="vi">{head.unit.to_owned()}</h1>
        {closed}
    }
    .into_any()
}

/// A link to the page that says how everything is computed.
pub(crate) fn method_link(lang: Lang) -> AnyView {
    let link = format!("/method{}", tail(lang, '?'));
    view! { <a href=link>{t(lang, "method-link")}</a> }.into_any()
}
