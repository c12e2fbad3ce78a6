//! The board for a screen in a hall: read from five metres, without a hand that touches it.
//!
//! The index stands always; beside it one picture follows another: the components, each with its
//! items, the days, the parts. Without a script all of them stand below one another.

use domain::index::{Figure, Index};
use leptos::prelude::*;

use super::live::Fragment;
use super::summary::{counter_group, group_figure, interval};
use super::{BoardPage, PartRow, head, parts, trend};
use crate::chart;
use crate::figure::{few, heat, large, range, words};
use crate::shell::html;
use crate::text::{capital, count, day, score, t, t_args};

/// Parts that have room on one picture.
pub(super) const PARTS: usize = 7;

pub(super) fn body(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let pictures = pictures(page).into_iter().map(|(_, view)| view).collect_view();
    view! {
        <header>
            <div>
                {head::kind(page)}
                <h1 lang="vi">{page.unit.to_owned()}</h1>
            </div>
            {head::freshness(page)}
        </header>
        <main>{now(page)}<div class="pictures">{pictures}</div></main>
        <footer>
            <p>{t(lang, "tv-not-sipas")}</p>
            {page.simulated.then(|| view! { <p class="simulated"><b>{t(lang, "tv-simulated")}</b></p> })}
        </footer>
    }
    .into_any()
}

/// Everything on it that takes new values.
pub(super) fn fragments(page: &BoardPage<'_>) -> Vec<Fragment> {
    let now = Fragment::new("summary", html(|| now(page)), &[]);
    let pictures = pictures(page).into_iter();
    let pictures = pictures.map(|(id, view)| Fragment::new(&id, html(|| view), &[]));
    std::iter::once(now).chain(pictures).collect()
}

/// The index itself.
fn now(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let figure = page.index.map_or(Figure::None, group_figure);
    let closed = page.closed_on.map(|last| {
        view! { <p>{t_args(lang, "board-closed", &[("day", day(last))])}</p> }
    });
    let today = page.closed_on.is_none().then(|| {
        view! {
            <div><dt>{t(lang, "board-today")}</dt><dd>{count(lang, page.today_responses)}</dd></div>
        }
    });
    view! {
        <section class="now" id="summary">
            <h2>{t(lang, "tv-index")}</h2>
            {large(lang, figure)}
            {page.sure.and_then(|_| range(lang, figure, interval(page)))}
            <p class="dates">{dates(page)}</p>
            {closed}
            <dl>
                <div><dt>{t(lang, "board-responses")}</dt><dd>{count(lang, page.responses)}</dd></div>
                {today}
            </dl>
        </section>
    }
    .into_any()
}

/// The days in one line: "01/11 – 26/11/2026".
fn dates(page: &BoardPage<'_>) -> String {
    let (from, to) = (page.from, page.to);
    match (from == to, from.year() == to.year()) {
        (true, _) => day(to),
        (_, true) => format!("{:02}/{:02} – {}", from.day(), from.month(), day(to)),
        _ => format!("{} – {}", day(from), day(to)),
    }
}

/// What follows one another, each with its id.
fn pictures(page: &BoardPage<'_>) -> Vec<(String, AnyView)> {
    let Some(index) = page.index else {
        let id = "picture-1".to_owned();
        let text = t(page.lang, "tv-empty");
        return vec![(id.clone(), view! { <section id=id><p>{text}</p></section> }.into_any())];
    };
    let (_, members) = counter_group(index);
    let mut all = vec![components(page, index, &members)];
    all.extend(members.iter().map(|&at| component(page, index, at)));
    all.push(days(page));
    let pages = page.parts.len().div_ceil(PARTS);
    all.extend(
        page.parts.chunks(PARTS).zip(1..).map(|(parts, at)| below(page, parts, (at, pages))),
    );
    let named = all.into_iter().zip(1..).map(|(picture, n)| {
        let id = format!("picture-{n}");
        (id.clone(), view! { <section id=id>{picture}</section> }.into_any())
    });
    named.collect()
}

fn components(page: &BoardPage<'_>, index: &Index, members: &[usize]) -> AnyView {
    let lang = page.lang;
    let all: Vec<_> = index.instrument.questionnaire.components().collect();
    let rows = members.iter().map(|&c| {
        let figure = index.components[c];
        view! {
            <li>
                <span>{all[c].name.get(lang).to_owned()}</span>
                {number(page, figure)}
                {bar(figure)}
            </li>
        }
    });
    view! {
        <h2>{t(lang, "components-heading")}</h2>
        <ul class="lines">{rows.collect_view()}</ul>
    }
    .into_any()
}

fn component(page: &BoardPage<'_>, index: &Index, at: usize) -> AnyView {
    let lang = page.lang;
    let component = index.instrument.questionnaire.components().nth(at);
    let Some(component) = component else { return ().into_any() };
    let span = index.instrument.spans[at].items.clone();
    let rows = component.items.iter().zip(span).map(|(item, at)| {
        let text = domain::questionnaire::fill(item.text.get(lang), &t(lang, "board-place"));
        view! {
            <li>
                <span>{capital(&text)}</span>
                {number(page, index.items[at])}
                {bar(index.items[at])}
            </li>
        }
    });
    view! {
        <h2>{component.name.get(lang).to_owned()}{number(page, index.components[at])}</h2>
        <ul class="lines">{rows.collect_view()}</ul>
    }
    .into_any()
}

fn days(page: &BoardPage<'_>) -> AnyView {
    view! {
        <h2>{trend::heading(page)}</h2>
        {trend::chart(page)}
    }
    .into_any()
}

/// Some of the parts, and which of how many pages of them it is.
fn below(page: &BoardPage<'_>, parts: &[PartRow], (at, pages): (usize, usize)) -> AnyView {
    let lang = page.lang;
    let rows = parts.iter().map(|part| {
        view! {
            <li>
                <span lang="vi">{part.name.clone()}</span>
                {number(page, part.group)}
                <small>{t_args(lang, "tv-responses", &[("n", count(lang, part.responses))])}</small>
            </li>
        }
    });
    let which = (pages > 1).then(|| view! { <small>{format!("{at}/{pages}")}</small> });
    view! {
        <h2>{t(lang, parts::heading(page))}{which}</h2>
        <ul class="lines parts">{rows.collect_view()}</ul>
    }
    .into_any()
}

fn number(page: &BoardPage<'_>, figure: Figure) -> AnyView {
    let lang = page.lang;
    match figure {
        Figure::Shown { score: value, .. } => {
            let few = figure.is_few().then(|| few(lang));
            view! { <b class=heat(figure)>{score(lang, value)}{few}</b> }.into_any()
        }
        _ => view! { <b class="heat unknown">{words(lang, figure)}</b> }.into_any(),
    }
}

fn bar(figure: Figure) -> Option<AnyView> {
    let value = figure.score().map(domain::document::number)?;
    Some(chart::line(value))
}
