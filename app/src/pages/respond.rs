//! The citizen's page: the questionnaire of one point, and the thanks after it.
//!
//! No script at all, and nothing that needs the style sheet: without it the page is a plain form. All
//! that was given stays in place when the page comes back. The id of the page stands at its very end,
//! so that one rendered page can serve many requests with another end each.

pub(super) mod problems;
pub(super) mod question;
mod thanks;

use domain::form::Form;
use domain::instrument::Instrument;
use domain::questionnaire::{Lang, Text};
use domain::response::{COMMENT_MAX, Problem, Stage};
use leptos::prelude::*;

pub use self::thanks::{ThanksPage, thanks};
use crate::fields::{Given, TextArea, hidden, problems_of, radio};
use crate::shell::{Assets, document, html, place, simulated_banner, vietnamese};
use crate::text::{t, t_args};

/// What the page is made of.
#[derive(Clone, Copy, Debug)]
pub struct RespondPage<'a> {
    pub lang: Lang,
    pub assets: &'a Assets,
    /// Canonical code of the point.
    pub code: &'a str,
    /// Name of the point: "Quầy 3 – Hộ tịch, chứng thực".
    pub point: &'a str,
    /// Name of the point's unit.
    pub unit: &'a str,
    /// Fills `{ĐIỂM}`.
    pub place: &'a str,
    /// A device that the next citizen uses too: the browser must not remember the fields.
    pub kiosk: bool,
    /// A trial, whose answers are not real: "Dữ liệu mô phỏng" is said.
    pub simulated: bool,
    pub instrument: &'a Instrument,
    pub form: Form,
    /// Fields of service to pick from.
    pub fields: &'a [Text],
    /// Id of this page, the value of the hidden field `id`.
    pub id: &'a str,
    /// What was typed and is to be kept: name of the field and value. Any values: what fits no field
    /// of the page is left out.
    pub given: &'a [(String, String)],
    /// Why the answers were not taken; empty on the first visit.
    pub problems: &'a [Problem],
    /// The answers were fine, but could not be taken just now.
    pub not_now: Option<NotNow>,
}

/// Why answers are to be sent again a little later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// They could not be stored.
    Busy,
    /// There were too many; seconds until there may be more.
    TooOften(i64),
}

/// The document; the id occurs once, in its last 200 bytes.
pub fn respond(page: &RespondPage<'_>) -> String {
    let lang = page.lang;
    let title = [t(lang, "respond-title"), page.point.to_owned()].join(" – ");
    let failed = !page.problems.is_empty() || page.not_now.is_some();
    let title = if failed { t_args(lang, "error-title", &[("title", title)]) } else { title };
    // Another address than the page's own: an answer from there would make a browser forget the page,
    // and going back would bring a new one with a new id.
    let action = match lang {
        Lang::Vi => "?send",
        Lang::En => "?lang=en&send",
    };
    html(|| {
        let body = view! {
            <form method="post" action=action autocomplete=page.kiosk.then_some("off")>
                {header(page)}
                <main>{main(page)}</main>
                {footer(page)}
                {hidden("id", page.id.to_owned())}
            </form>
        };
        document(lang, title, page.assets.citizen_css.clone(), "respond", None, body.into_any())
    })
}

/// Who asks, and the switch to the other language. The first button of a form is the one that the Enter
/// key presses; it must not be the switch, so one for sending stands before it, unseen.
fn header(page: &RespondPage<'_>) -> AnyView {
    let lang = page.lang;
    let other = crate::text::other(lang);
    view! {
        <header>
            <input type="submit" class="default" tabindex="-1" aria-hidden="true" value=t(lang, "send")/>
            {place(lang, page.unit, page.point)}
            <button name="switch" value=other.tag() lang=other.tag()>{t(other, "language-name")}</button>
        </header>
        {simulated_banner(lang, page.simulated, "simulated-citizen")}
    }
    .into_any()
}

fn main(page: &RespondPage<'_>) -> AnyView {
    let lang = page.lang;
    let asked = page.instrument.design.asked(page.form);
    let folded = page.instrument.design.folded(page.form);
    let n = asked.len().to_string();
    let minutes = asked.len().div_ceil(6).max(1).to_string();
    let numbers = [("n", n), ("minutes", minutes)];
    view! {
        {problems::summary(page)}
        <h1>{t(lang, "respond-heading")}</h1>
        <p>{t_args(lang, "respond-why", &numbers)}</p>
        <p class="privacy"><b>{t(lang, "privacy-lead")}</b>" "{t(lang, "privacy-text")}</p>
        {stage(page)}
        <p class="lead">{format!("{}:", page.instrument.questionnaire.lead.get(lang))}</p>
        {question::components(page, asked, question::Place::Asked)}
        {more(page, &folded)}
        {comment(page)}
        {hidden("form", format!("{}:{}", page.instrument.code(), page.form))}
        {hidden("lang", lang.tag().to_owned())}
        <button class="send">{t(lang, "send")}</button>
    }
    .into_any()
}

fn stage(page: &RespondPage<'_>) -> AnyView {
    let lang = page.lang;
    let given = Given(page.given);
    let options = Stage::ALL.map(|stage| {
        let name = stage.name();
        radio("stage", name, t(lang, &format!("stage-{name}")), given.is("stage", name))
    });
    view! {
        <div class="stage">
            <fieldset id="stage" aria-describedby=problems::note_id(page, "stage")>
                <legend>{t(lang, "stage-legend")}</legend>
                {problems::note(page, "stage")}
                <div class="scale">{options.into_iter().collect_view()}</div>
            </fieldset>
        </div>
    }
    .into_any()
}

/// The folded part: the items that this form does not ask, and the field of service. It comes back
/// unfolded where something in it was given or refused.
fn more(page: &RespondPage<'_>, folded: &[usize]) -> AnyView {
    let lang = page.lang;
    let given = Given(page.given);
    let items: Vec<_> = page.instrument.questionnaire.items().collect();
    let mut names = folded.iter().map(|&position| items[position].code.as_str()).chain(["field"]);
    let open = names.any(|name| {
        given.get(name).is_some_and(|value| !value.is_empty())
            || problems_of(page.problems, name).next().is_some()
    });
    let summary = match folded.len() {
        0 => t(lang, "more-field"),
        n => t_args(lang, "more-items", &[("n", n.to_string())]),
    };
    view! {
        <details open=open>
            <summary>{summary}</summary>
            {question::components(page, folded, question::Place::Folded)}
            <p>
                <label for="field">{t(lang, "field-label")}</label>
                {problems::note(page, "field")}
                <select id="field" name="field" aria-describedby=problems::note_id(page, "field")>
                    {field_options(page)}
                </select>
            </p>
        </details>
    }
    .into_any()
}

/// The fields of service to choose from, and none of them.
pub(super) fn field_options(page: &RespondPage<'_>) -> AnyView {
    let (lang, given) = (page.lang, Given(page.given));
    let options = page.fields.iter().map(|field| {
        let selected = given.is("field", &field.vi);
        view! { <option value=field.vi.clone() selected=selected>{field.get(lang).to_owned()}</option> }
    });
    view! {
        <option value="">{t(lang, "field-none")}</option>
        {options.collect_view()}
    }
    .into_any()
}

fn comment(page: &RespondPage<'_>) -> AnyView {
    let lang = page.lang;
    let note = problems::note_id(page, "comment");
    let invalid = note.is_some();
    let described_by =
        ["comment-hint".to_owned()].into_iter().chain(note).collect::<Vec<_>>().join(" ");
    let text_area = TextArea {
        id: "comment",
        name: "comment",
        value: Given(page.given).get("comment").unwrap_or_default().to_owned(),
        maxlength: COMMENT_MAX,
        rows: 4,
        described_by,
        invalid,
    };
    view! {
        <p class="comment">
            <label for="comment">{t(lang, "comment-label")}</label>
            <span id="comment-hint">{t(lang, "comment-hint")}</span>
            {problems::note(page, "comment")}
            {text_area.view()}
        </p>
    }
    .into_any()
}

fn footer(page: &RespondPage<'_>) -> AnyView {
    let lang = page.lang;
    let legal = page.instrument.questionnaire.legal.clone();
    view! {
        <footer>
            <p>{t(lang, "footer-code")}" "<b>{page.code.to_owned()}</b></p>
            <p>{t(lang, "footer-method")}" "{vietnamese(lang, &legal)}</p>
        </footer>
    }
    .into_any()
}

#[cfg(test)]
mod tests;
