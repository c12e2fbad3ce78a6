//! One point: what can be changed about it, and the page that says what another code will do.

use domain::questionnaire::Lang;
use jiff::civil::Date;
use leptos::prelude::*;

use super::people::{Problem, language, office, wrong};
use super::points::{PointRow, answers_path, channels, name_and_day, old_code, way_back};
use super::unit::typed;
use super::units::UnitRow;
use crate::fields::{Given, Input, hidden, said, select};
use crate::official::{Desk, Section, tail};
use crate::shell::{Assets, vietnamese};
use crate::text::{t, t_args};

/// What was just done to a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Opened,
    Replaced,
    Saved,
}

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct PointPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub unit: &'a UnitRow,
    pub point: &'a PointRow,
    /// The reader may enter answers given on paper or by phone.
    pub enters: bool,
    pub open_from: Option<Date>,
    /// It has a last day.
    pub closes: bool,
    /// Code and name of each unit that it may belong to.
    pub units: &'a [(String, String)],
    /// Proposed as the last day: `YYYY-MM-DD`.
    pub today: &'a str,
    pub done: Option<Done>,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

fn path_of(unit: &UnitRow, point: &PointRow) -> String {
    format!("/admin/points/{}/{}", unit.code, point.code)
}

/// The document.
pub fn point(page: &PointPage<'_>) -> String {
    let (lang, point) = (page.lang, page.point);
    let code = [("code", point.code.clone())];
    let done = page.done.map(|done| match done {
        Done::Opened => t_args(lang, "point-opened", &code),
        Done::Replaced => t_args(lang, "point-replaced", &code),
        Done::Saved => t(lang, "office-saved"),
    });
    let body = view! {
        {way_back(lang, Some(page.unit))}
        <h1 lang="vi">{point.name.clone()}</h1>
        <p><code>{point.code.clone()}</code>" – "{point.state.words(lang)}</p>
        {said(done, "done", "status")}
        {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
        {links(page)}
        {changing(page)}
        {closing(page)}
        {replacing(page)}
    };
    let title = (Section::Points, point.name.clone());
    let path = path_of(page.unit, point);
    office((lang, page.assets, page.desk), title, &path, body.into_any())
}

/// Where its label is printed, what citizens see, and where paper is entered.
fn links(page: &PointPage<'_>) -> AnyView {
    let (lang, point) = (page.lang, page.point);
    let open = point.state.is_open().then(|| {
        let tail = tail(lang, '&');
        let sheet = format!("/sheets/{}?point={}{tail}", page.unit.code, point.code);
        let citizen = format!("/s/{}", point.code);
        view! {
            <li><a class="button" href=sheet>{t(lang, "point-sheet")}</a></li>
            <li><a href=citizen>{t(lang, "point-page")}</a></li>
        }
    });
    // Also of a point that is closed: paper comes in later.
    let entry = page.enters.then(|| {
        let link = answers_path(lang, &point.code);
        view! { <li><a href=link>{t(lang, "answers-open")}</a></li> }
    });
    let any = open.is_some() || entry.is_some();
    any.then(|| view! { <ul class="links">{open}{entry}</ul> }).into_any()
}

fn act(page: &PointPage<'_>, name: &str, inner: AnyView) -> AnyView {
    view! {
        <form class="stack" method="post" action=path_of(page.unit, page.point)>
            {hidden("do", name.to_owned())}
            {language(page.lang)}
            {inner}
        </form>
    }
    .into_any()
}

fn changing(page: &PointPage<'_>) -> AnyView {
    let (lang, point) = (page.lang, page.point);
    let given = Given(page.given);
    let from = page.open_from.map(|day| day.to_string()).unwrap_or_default();
    let values = (given.get("name").unwrap_or(&point.name), given.get("from").unwrap_or(&from));
    let chosen = given.get("channel").or(Some(point.channel.name()));
    let unit = given.get("unit").or(Some(&page.unit.code));
    let problem = wrong(lang, page.problem, "unit");
    let inner = view! {
        {name_and_day(lang, values, channels(lang, chosen, page.problem), page.problem)}
        {select("unit", "unit", t(lang, "point-unit"), page.units, unit, problem)}
        <p class="fine">{t(lang, "point-unit-note")}</p>
        <p><button>{t(lang, "point-change-send")}</button></p>
    };
    view! {
        <section>
            <h2>{t(lang, "point-change-heading")}</h2>
            {act(page, "change", inner.into_any())}
        </section>
    }
    .into_any()
}

fn closing(page: &PointPage<'_>) -> AnyView {
    let lang = page.lang;
    let given = Given(page.given);
    let (heading, form) = match page.closes {
        true => {
            let inner = view! {
                <p>{t(lang, "point-reopen-text")}</p>
                <p><button>{t(lang, "point-reopen-send")}</button></p>
            };
            ("point-reopen-heading", act(page, "reopen", inner.into_any()))
        }
        false => {
            let inner = view! {
                <p>{t(lang, "point-close-text")}</p>
                {Input {
                    id: "last",
                    name: "last",
                    kind: "date",
                    label: t(lang, "point-last"),
                    value: given.get("last").unwrap_or(page.today),
                    hint: Some(t(lang, "point-last-hint")),
                    problem: wrong(lang, page.problem, "last"),
                    autocomplete: "off",
                    required: true,
                }
                .view()}
                {typed(lang, &page.point.name, given.get("typed"), page.problem)}
                <p><button class="danger">{t(lang, "point-close-send")}</button></p>
            };
            ("point-close-heading", act(page, "close", inner.into_any()))
        }
    };
    view! {
        <section>
            <h2>{t(lang, heading)}</h2>
            {form}
        </section>
    }
    .into_any()
}

fn replacing(page: &PointPage<'_>) -> AnyView {
    let (lang, point) = (page.lang, page.point);
    let link = format!("{}/revoke{}", path_of(page.unit, point), tail(lang, '?'));
    let old = point.old.iter().map(|old| view! { <li>{old_code(lang, old)}</li> });
    let old = (!point.old.is_empty()).then(|| {
        view! {
            <h3>{t(lang, "point-old-heading")}</h3>
            <ul>{old.collect_view()}</ul>
        }
    });
    view! {
        <section>
            <h2>{t(lang, "point-revoke-heading")}</h2>
            <p>{t(lang, "point-revoke-text")}</p>
            <p><a class="button quiet" href=link>{t(lang, "point-revoke-open")}</a></p>
            {old}
        </section>
    }
    .into_any()
}

/// What the page about another code is made of.
#[derive(Clone, Debug)]
pub struct RevokePage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub unit: &'a UnitRow,
    pub point: &'a PointRow,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

/// The document.
pub fn revoke(page: &RevokePage<'_>) -> String {
    let (lang, point) = (page.lang, page.point);
    let name = [("point", point.name.clone())];
    let old = t_args(lang, "revoke-what-old", &[("code", point.code.clone())]);
    let path = format!("{}/revoke", path_of(page.unit, point));
    let back = format!("{}{}", path_of(page.unit, point), tail(lang, '?'));
    let given = Given(page.given);
    let body = view! {
        {way_back(lang, Some(page.unit))}
        <h1>{vietnamese(lang, &t_args(lang, "revoke-title", &name))}</h1>
        {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
        <section>
            <h2>{t(lang, "revoke-what-heading")}</h2>
            <ul class="says">
                <li>{old}</li>
                <li>{t(lang, "revoke-what-new")}</li>
                <li>{t(lang, "revoke-what-kept")}</li>
            </ul>
            <form class="stack" method="post" action=path.clone()>
                {typed(lang, &point.name, given.get("typed"), page.problem)}
                {language(lang)}
                <p><button class="danger">{t(lang, "revoke-send")}</button></p>
            </form>
            <p><a href=back>{t(lang, "revoke-back")}</a></p>
        </section>
    };
    let title = (Section::Points, t_args(lang, "revoke-title", &name));
    office((lang, page.assets, page.desk), title, &path, body.into_any())
}
