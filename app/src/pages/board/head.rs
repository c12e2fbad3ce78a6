//! The top of a board: where it stands in the organisation, how old its figures are, what the unit is.

use domain::questionnaire::Lang;
use jiff::Timestamp;
use jiff::tz::Offset;
use leptos::prelude::*;

use super::BoardPage;
use super::period::Address;
use crate::islands::{Ages, Freshness, Live, Words};
use crate::official;
use crate::text::{day, other, t, t_args};

/// The bar above everything.
pub(super) fn bar(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let link = Address { lang: other(lang), ..Address::of(page) }.link();
    official::bar(lang, link, freshness(page))
}

/// How old the figures are; where they are kept level, also that they are.
pub(super) fn freshness(page: &BoardPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let (text, moment) = moment(page)?;
    let ages = Ages {
        just_now: t(lang, "board-just-now"),
        minutes: t(lang, "board-minutes"),
        hours: t(lang, "board-hours"),
    };
    let Some(stream) = page.stream else {
        return Some(view! { <Freshness text moment ages/> }.into_any());
    };
    let shape = super::live::shape(page);
    let screen = stream.contains("&display=");
    let words = Words {
        live: t(lang, "live-on"),
        connecting: t(lang, "live-connecting"),
        lost: t(lang, "live-lost"),
        back: t(lang, "live-back"),
        ended: t(lang, if screen { "live-revoked" } else { "live-signed-out" }),
    };
    let (stream, tv) = (stream.to_owned(), page.tv);
    Some(view! { <Live stream shape text moment ages words tv/> }.into_any())
}

/// The moment of the figures, in words and in Unix milliseconds.
pub(super) fn moment(page: &BoardPage<'_>) -> Option<(String, f64)> {
    let moment: Timestamp = page.as_of.parse().ok()?;
    // Asia/Ho_Chi_Minh has had this offset since 1975, and figures are never that old.
    let there = Offset::constant(7).to_datetime(moment);
    let time = format!("{:02}:{:02}", there.hour(), there.minute());
    let values = [("time", time), ("day", day(there.date()))];
    Some((t_args(page.lang, "board-freshness", &values), moment.as_millisecond() as f64))
}

/// Links up, the unit's name, and what became of it.
pub(super) fn unit(page: &BoardPage<'_>) -> AnyView {
    let lang = page.lang;
    let path = (!page.path.is_empty()).then(|| {
        let links = page.path.iter().map(|unit| view! { <li>{board_link(page, unit)}</li> });
        view! {
            <nav class="path" aria-label=t(lang, "board-path")><ol>{links.collect_view()}</ol></nav>
        }
    });
    let before = (!page.predecessors.is_empty()).then(|| {
        view! { <p class="kin">{t(lang, "board-predecessors")}" "{board_links(page, page.predecessors)}</p> }
    });
    view! {
        {path}
        {kind(page)}
        <h1 lang="vi">{page.unit.to_owned()}</h1>
        {closed(page)}
        {before}
    }
    .into_any()
}

/// What kind of unit it is, where its name does not begin with that.
pub(super) fn kind(page: &BoardPage<'_>) -> Option<AnyView> {
    let key = format!("kind-{}", page.kind.name());
    let said = page.unit.to_lowercase().starts_with(&t(Lang::Vi, &key).to_lowercase());
    (!said).then(|| view! { <p class="kind">{t(page.lang, &key)}</p> }.into_any())
}

fn closed(page: &BoardPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let last = page.closed_on?;
    let after = (!page.successors.is_empty()).then(|| {
        view! { <p class="kin">{t(lang, "board-successors")}" "{board_links(page, page.successors)}</p> }
    });
    let text = t_args(lang, "board-closed", &[("day", day(last))]);
    Some(view! { <div class="closed"><p>{text}</p>{after}</div> }.into_any())
}

fn board_links(page: &BoardPage<'_>, units: &[(String, String)]) -> AnyView {
    let links = units.iter().enumerate().map(|(i, unit)| {
        view! { {(i > 0).then_some(", ")}{board_link(page, unit)} }
    });
    links.collect_view().into_any()
}

fn board_link(page: &BoardPage<'_>, (code, name): &(String, String)) -> AnyView {
    let link = Address { code, ..Address::of(page) }.link();
    view! { <a href=link lang="vi">{name.clone()}</a> }.into_any()
}
