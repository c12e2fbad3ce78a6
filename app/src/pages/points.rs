//! Points: the units whose points the reader manages, and the points of one unit with the form that opens
//! another.

use domain::questionnaire::Lang;
use domain::unit::Channel;
use jiff::civil::Date;
use leptos::prelude::*;

use super::people::{Problem, language, office, wrong};
use super::units::{UnitRow, import_link, leaf, validity};
use crate::fields::{Given, Input, said, select};
use crate::official::{Desk, Section, tail};
use crate::shell::{Assets, vietnamese};
use crate::text::{day, t, t_args};

/// A point as listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PointRow {
    pub code: String,
    pub name: String,
    pub channel: Channel,
    pub state: State,
    /// Codes that it had before, and since when they are not in force.
    pub old: Vec<(String, Date)>,
}

/// Whether a point takes answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// With the last day, where it is known.
    Open(Option<Date>),
    /// With the first day.
    NotYet(Date),
    /// With the last day.
    Closed(Date),
    /// The unit has ended, or has not begun.
    UnitClosed,
}

impl State {
    /// In words.
    pub(super) fn words(self, lang: Lang) -> String {
        let at = |key: &str, at: Date| t_args(lang, key, &[("day", day(at))]);
        match self {
            Self::Open(None) => t(lang, "points-state-open"),
            Self::Open(Some(last)) => at("points-state-open-until", last),
            Self::NotYet(first) => at("points-state-not-yet", first),
            Self::Closed(last) => at("points-state-closed", last),
            Self::UnitClosed => t(lang, "points-state-unit"),
        }
    }

    /// Answers are taken today.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Open(_))
    }
}

/// What the list of units is made of.
#[derive(Clone, Debug)]
pub struct PlacesPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    /// In the order of the tree.
    pub units: &'a [UnitRow],
}

/// The units whose points the reader manages.
pub fn places(page: &PlacesPage<'_>) -> String {
    let lang = page.lang;
    let rows = page.units.iter().map(|row| {
        let link = format!("/admin/points/{}{}", row.code, tail(lang, '?'));
        view! {
            <tr>
                {leaf(lang, row, link)}
                <td data-label=t(lang, "units-valid")>{validity(lang, row)}</td>
                <td class="number" data-label=t(lang, "units-points")>{row.points}</td>
            </tr>
        }
    });
    let list = match page.units.is_empty() {
        true => view! { <p>{t(lang, "points-none")}</p> }.into_any(),
        false => view! {
            <table class="cards level tree">
                <thead>
                    <tr>
                        <th scope="col">{t(lang, "units-name")}</th>
                        <th scope="col">{t(lang, "units-valid")}</th>
                        <th scope="col" class="number">{t(lang, "units-points")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any(),
    };
    let body = view! {
        <h1>{t(lang, "points-title")}</h1>
        <p>{t(lang, "points-lead")}</p>
        <section>{list}{import_link(lang)}</section>
    };
    let title = (Section::Points, t(lang, "points-title"));
    office((lang, page.assets, page.desk), title, "/admin/points", body.into_any())
}

/// What the points of a unit are made of.
#[derive(Clone, Debug)]
pub struct PointsPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    pub desk: Desk,
    pub unit: &'a UnitRow,
    pub points: &'a [PointRow],
    /// The reader may enter answers given on paper or by phone.
    pub enters: bool,
    /// No point can be opened in it any more.
    pub ended: bool,
    pub given: &'a [(String, String)],
    pub problem: Option<Problem>,
}

/// The points of one unit.
pub fn points(page: &PointsPage<'_>) -> String {
    let (lang, unit) = (page.lang, page.unit);
    let path = format!("/admin/points/{}", unit.code);
    let list = match page.points.is_empty() {
        true => view! { <p>{t(lang, "points-of-none")}</p> }.into_any(),
        false => table(page),
    };
    let sheet = page.points.iter().any(|point| point.state.is_open()).then(|| {
        let link = format!("/sheets/{}{}", unit.code, tail(lang, '?'));
        view! { <p><a class="button" href=link>{t(lang, "points-sheet")}</a></p> }
    });
    let name = [("unit", unit.name.clone())];
    let body = view! {
        {way_back(lang, None)}
        <h1>{vietnamese(lang, &t_args(lang, "points-of-title", &name))}</h1>
        {said(page.problem.map(|(_, key)| t(lang, key)), "wrong", "alert")}
        <section>{list}{sheet}</section>
        {opening(page, &path)}
    };
    let title = (Section::Points, t_args(lang, "points-of-title", &name));
    office((lang, page.assets, page.desk), title, &path, body.into_any())
}

/// The way back to all units, and to the one of a point.
pub(super) fn way_back(lang: Lang, unit: Option<&UnitRow>) -> AnyView {
    let all = format!("/admin/points{}", tail(lang, '?'));
    let unit = unit.map(|unit| {
        let link = format!("/admin/points/{}{}", unit.code, tail(lang, '?'));
        view! { <li><a href=link lang="vi">{unit.name.clone()}</a></li> }
    });
    view! {
        <nav class="path" aria-label=t(lang, "board-path")>
            <ol>
                <li><a href=all>{t(lang, "points-title")}</a></li>
                {unit}
            </ol>
        </nav>
    }
    .into_any()
}

/// Where answers given on paper at a point are entered.
pub(super) fn answers_path(lang: Lang, code: &str) -> String {
    format!("/admin/points/{code}/entry{}", tail(lang, '?'))
}

fn table(page: &PointsPage<'_>) -> AnyView {
    let lang = page.lang;
    let rows = page.points.iter().map(|point| {
        let link = format!("/admin/points/{}/{}{}", page.unit.code, point.code, tail(lang, '?'));
        let old =
            point.old.iter().map(|old| view! { <li><small>{old_code(lang, old)}</small></li> });
        let old = (!point.old.is_empty()).then(|| view! { <ul>{old.collect_view()}</ul> });
        let channel = t(lang, &format!("channel-{}", point.channel.name()));
        let entry = page.enters.then(|| {
            let name = t_args(lang, "answers-open-of", &[("point", point.name.clone())]);
            let link = answers_path(lang, &point.code);
            view! {
                <td data-label=""><a href=link aria-label=name>{t(lang, "answers-open")}</a></td>
            }
        });
        view! {
            <tr>
                <th scope="row"><a href=link>{vietnamese(lang, &point.name)}</a></th>
                <td data-label=t(lang, "points-code")><code>{point.code.clone()}</code>{old}</td>
                <td data-label=t(lang, "points-channel")>{channel}</td>
                <td data-label=t(lang, "points-state")>{point.state.words(lang)}</td>
                {entry}
            </tr>
        }
    });
    view! {
        <table class="cards level tree">
            <thead>
                <tr>
                    <th scope="col">{t(lang, "points-name")}</th>
                    <th scope="col">{t(lang, "points-code")}</th>
                    <th scope="col">{t(lang, "points-channel")}</th>
                    <th scope="col">{t(lang, "points-state")}</th>
                    {page.enters.then(|| view! { <td></td> })}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// A code that was taken back, in words.
pub(super) fn old_code(lang: Lang, (code, on): &(String, Date)) -> String {
    t_args(lang, "points-old-code", &[("code", code.clone()), ("day", day(*on))])
}

/// The ways by which answers come in, to choose from.
pub(super) fn channels(lang: Lang, chosen: Option<&str>, problem: Option<Problem>) -> AnyView {
    let channels = Channel::ALL.map(|channel| {
        (channel.name().to_owned(), t(lang, &format!("channel-{}", channel.name())))
    });
    let problem = wrong(lang, problem, "channel");
    select("channel", "channel", t(lang, "points-channel"), &channels, chosen, problem)
}

/// Name and first day of a point.
pub(super) fn name_and_day(
    lang: Lang,
    (name, from): (&str, &str),
    middle: AnyView,
    problem: Option<Problem>,
) -> AnyView {
    let field = |id, kind, label: &str, hint: &str, value| {
        Input {
            id,
            name: id,
            kind,
            label: t(lang, label),
            value,
            hint: Some(t(lang, hint)),
            problem: wrong(lang, problem, id),
            autocomplete: "off",
            required: id == "name",
        }
        .view()
    };
    view! {
        {field("name", "text", "points-name", "points-name-hint", name)}
        {middle}
        {field("from", "date", "points-from", "points-from-hint", from)}
    }
    .into_any()
}

fn opening(page: &PointsPage<'_>, path: &str) -> AnyView {
    let lang = page.lang;
    if page.ended {
        return view! { <p class="closed">{t(lang, "points-ended")}</p> }.into_any();
    }
    let given = Given(page.given);
    let typed = |field| given.get(field).unwrap_or_default();
    let chosen = given.get("channel").or(Some(Channel::Qr.name()));
    let channels = channels(lang, chosen, page.problem);
    view! {
        <section>
            <h2>{t(lang, "points-open-heading")}</h2>
            <p>{t(lang, "points-open-text")}</p>
            <form class="stack" method="post" action=path.to_owned()>
                {name_and_day(lang, (typed("name"), typed("from")), channels, page.problem)}
                {language(lang)}
                <p><button>{t(lang, "points-open-send")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
