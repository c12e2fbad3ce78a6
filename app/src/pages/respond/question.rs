//! The items of the questionnaire as groups of radio buttons, under the names of their components.

use domain::questionnaire::{Component, Item, Lang, PLACE, fill};
use leptos::prelude::*;

use super::RespondPage;
use super::problems::{note, note_id};
use crate::fields::{Given, problems_of, radio};
use crate::shell::vietnamese;

/// Where on the page items stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Asked by the form.
    Asked,
    /// Waiting in the folded part.
    Folded,
}

/// The items at these positions, grouped by component.
pub(super) fn components(page: &RespondPage<'_>, positions: &[usize], place: Place) -> AnyView {
    let questionnaire = &page.instrument.questionnaire;
    let parts = questionnaire.components().zip(&page.instrument.spans);
    parts
        .filter_map(|(component, span)| {
            let within = positions.iter().filter(|position| span.items.contains(position));
            let items: Vec<_> =
                within.map(|p| item(page, &component.items[p - span.items.start])).collect();
            (!items.is_empty()).then(|| section(page, component, items, place))
        })
        .collect_view()
        .into_any()
}

/// The class of a section is what the style sheet goes by: `asked` is numbered, `result` is out of the
/// way where there is no result yet, but never while something in it is to be corrected.
fn section(
    page: &RespondPage<'_>,
    component: &Component,
    items: Vec<AnyView>,
    place: Place,
) -> AnyView {
    let lang = page.lang;
    let refused = |item: &Item| problems_of(page.problems, &item.code).next().is_some();
    let hideable = component.needs_result && !component.items.iter().any(refused);
    let class = match (place, hideable) {
        (Place::Asked, false) => "asked",
        (Place::Asked, true) => "asked result",
        (Place::Folded, false) => "folded",
        (Place::Folded, true) => "folded result",
    };
    let note = component.note.as_ref().map(|note| note.get(lang).to_owned());
    view! {
        <div class=class>
            <h2>{component.name.get(lang).to_owned()}</h2>
            {note.map(|note| view! { <p class="note">{note}</p> })}
            {items}
        </div>
    }
    .into_any()
}

fn item(page: &RespondPage<'_>, item: &Item) -> AnyView {
    let lang = page.lang;
    let given = Given(page.given);
    let code = item.code.as_str();
    let questionnaire = &page.instrument.questionnaire;
    let scale = questionnaire.scale.iter().zip(1..).map(|(label, score): (_, u8)| {
        let value = score.to_string();
        radio(code, &value, label.get(lang).to_owned(), given.is(code, &value))
    });
    let outside = questionnaire.not_applicable.get(lang).to_owned();
    let example = item.example.as_ref().map(|example| example.get(lang).to_owned());
    view! {
        <fieldset id=code.to_owned() aria-describedby=note_id(page, code)>
            <legend>
                {statement(lang, item.text.get(lang), page.place)}
                {example.map(|example| view! { " "<small>{example}</small> })}
            </legend>
            {note(page, code)}
            <div class="scale">{scale.collect_view()}</div>
            {radio(code, "na", outside, given.is(code, "na"))}
        </fieldset>
    }
    .into_any()
}

/// The wording with the place's name in it, which is Vietnamese in every language.
pub(in crate::pages) fn statement(lang: Lang, text: &str, place: &str) -> AnyView {
    match (lang, text.split_once(PLACE)) {
        (Lang::En, Some((before, after))) => {
            let before = (!before.is_empty()).then(|| before.to_owned());
            let after = fill(after, place);
            view! { {before}{vietnamese(lang, place)}{after} }.into_any()
        }
        _ => fill(text, place).into_any(),
    }
}
