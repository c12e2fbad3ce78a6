//! What is said when answers could not be taken: a summary on top, and each problem at its field.
//!
//! Nothing of what came in is repeated here, neither names of fields nor values.

use domain::questionnaire::Lang;
use domain::response::{Problem, Reason};
use leptos::prelude::*;

use super::{NotNow, RespondPage};
use crate::fields::problems_of;
use crate::text::{t, t_args};

/// The summary, or nothing on a first visit.
pub(super) fn summary(page: &RespondPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    if page.problems.is_empty() {
        return page.not_now.map(|why| {
            let (heading, text) = match why {
                NotNow::Busy => (t(lang, "busy-heading"), t(lang, "busy-text")),
                NotNow::TooOften(seconds) => {
                    let seconds = [("seconds", seconds.to_string())];
                    (t(lang, "too-often-heading"), t_args(lang, "too-often-text", &seconds))
                }
            };
            view! {
                <div class="alert" role="alert">
                    <h2>{heading}</h2>
                    <p>{text}</p>
                </div>
            }
            .into_any()
        });
    }
    let mut lines: Vec<(Option<String>, String)> =
        page.problems.iter().map(|problem| line(page, problem)).collect();
    lines.dedup();
    Some(alert(lang, lines))
}

/// A list of what is wrong, each with the way to its field.
pub(in crate::pages) fn alert(lang: Lang, lines: Vec<(Option<String>, String)>) -> AnyView {
    let lines = lines.into_iter().map(|(anchor, text)| match anchor {
        Some(anchor) => view! { <li><a href=format!("#{anchor}")>{text}</a></li> }.into_any(),
        None => view! { <li>{text}</li> }.into_any(),
    });
    view! {
        <div class="alert" role="alert">
            <h2>{t(lang, "error-heading")}</h2>
            <ul>{lines.collect_view()}</ul>
            <p>{t(lang, "error-kept")}</p>
        </div>
    }
    .into_any()
}

/// The problems of a field, to stand beside it.
pub(in crate::pages) fn note(page: &RespondPage<'_>, field: &str) -> Option<AnyView> {
    let texts: Vec<_> = at(page, field).map(|problem| words(page, problem.reason)).collect();
    note_id(page, field)
        .map(|id| view! { <strong id=id class="problem">{texts.join(" ")}</strong> }.into_any())
}

/// The id of the note beside a field, where there is one.
pub(in crate::pages) fn note_id(page: &RespondPage<'_>, field: &str) -> Option<String> {
    at(page, field).next().map(|_| format!("{field}-problem"))
}

/// The problems that are said at a field. That nothing was answered is said at the first item.
fn at<'a>(page: &'a RespondPage<'_>, field: &'a str) -> impl Iterator<Item = &'a Problem> {
    let first = first_item(page) == Some(field);
    problems_of(page.problems, field)
        .chain(problems_of(page.problems, "answers").filter(move |_| first))
}

/// Where a problem's field is on the page, and what is said about it.
pub(in crate::pages) fn line(
    page: &RespondPage<'_>,
    problem: &Problem,
) -> (Option<String>, String) {
    let lang = page.lang;
    let text = words(page, problem.reason);
    let field = problem.field.as_str();
    let at = match field {
        "answers" => return (first_item(page).map(str::to_owned), text),
        "stage" => t(lang, "stage-legend"),
        "field" => t(lang, "field-label"),
        "comment" => t(lang, "comment-label"),
        code => {
            let mut components = page.instrument.questionnaire.components();
            match components.find(|component| component.items.iter().any(|i| i.code == code)) {
                Some(component) if asked_at_counter(page, code) => {
                    component.name.get(lang).to_owned()
                }
                _ => return (None, text),
            }
        }
    };
    let text = t_args(lang, "problem-at", &[("at", at), ("problem", text)]);
    (Some(field.to_owned()), text)
}

fn words(page: &RespondPage<'_>, reason: Reason) -> String {
    t(page.lang, &format!("problem-{}", reason.key()))
}

fn first_item<'a>(page: &'a RespondPage<'_>) -> Option<&'a str> {
    let first = *page.instrument.design.asked(page.form).first()?;
    page.instrument.questionnaire.items().nth(first).map(|item| item.code.as_str())
}

fn asked_at_counter(page: &RespondPage<'_>, code: &str) -> bool {
    let position = page.instrument.questionnaire.position(code);
    position.is_some_and(|p| page.instrument.spans[page.instrument.component_of[p]].counter)
}
