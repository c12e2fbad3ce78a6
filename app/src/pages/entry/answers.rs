//! A questionnaire that was filled in on paper or asked by phone, entered sheet after sheet.
//!
//! It is the full form of the page for citizens with what only paper has: its day and its channel.

use domain::form::Form;
use domain::questionnaire::{Component, Item};
use domain::response::{COMMENT_MAX, Problem, Stage};
use domain::unit::Channel;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::fields::{Given, Input, TextArea, hidden, radio, said};
use crate::official::{Desk, Section, tail};
use crate::pages::people::{language, office};
use crate::pages::respond::problems::{alert, line, note, note_id};
use crate::pages::respond::{RespondPage, field_options, question::statement};
use crate::shell::{simulated_banner, vietnamese};
use crate::text::{day, t, t_args};

/// What is wrong with the day or the channel: the name of the field, and the key of the words.
pub type Wrong = (&'static str, &'static str);

/// What became of the sheet that was just sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Stored,
    /// It was there before, as it is.
    Known,
    /// Another sheet was stored by this page, on that day; this one was not.
    Differs(Date),
    /// It could not be stored just now.
    Busy,
}

/// What the page is made of.
#[derive(Clone, Debug)]
pub struct AnswersPage<'a> {
    pub desk: Desk,
    /// Code of the unit, for the way back.
    pub unit: &'a str,
    /// The questionnaire with what was typed; `day` and `channel` are among it.
    pub sheet: RespondPage<'a>,
    pub wrong: &'a [Wrong],
    pub said: Option<Said>,
    /// Sheets that were entered in one go so far.
    pub entered: u32,
}

impl AnswersPage<'_> {
    fn wrong(&self, field: &str) -> Option<String> {
        let found = self.wrong.iter().find(|(at, _)| *at == field);
        found.map(|(_, key)| t(self.sheet.lang, key))
    }
}

/// The document.
pub fn answers(page: &AnswersPage<'_>) -> String {
    let (lang, sheet) = (page.sheet.lang, &page.sheet);
    let title = t_args(lang, "answers-title", &[("point", sheet.point.to_owned())]);
    let path = format!("/admin/points/{}/entry", sheet.code);
    let back = format!("/admin/points/{}/{}{}", page.unit, sheet.code, tail(lang, '?'));
    let entered = (page.entered > 0).then(|| {
        view! { <p>{t_args(lang, "answers-entered", &[("n", page.entered.to_string())])}</p> }
    });
    let body = view! {
        {simulated_banner(lang, sheet.simulated, "simulated-citizen")}
        <nav class="path" aria-label=t(lang, "board-path")>
            <ol><li><a href=back lang="vi">{sheet.point.to_owned()}</a></li></ol>
        </nav>
        <h1>{vietnamese(lang, &title)}</h1>
        <p>{t(lang, "answers-lead")}</p>
        {outcome(page)}
        {entered}
        {problems(page)}
        <form class="filling" method="post" action=path.clone() autocomplete="off">
            {when(page)}
            {items(sheet)}
            {rest(sheet)}
            {hidden("form", format!("{}:{}", sheet.instrument.code(), Form::Full))}
            {hidden("id", sheet.id.to_owned())}
            {hidden("entered", page.entered.to_string())}
            {language(lang)}
            <p><button>{t(lang, "answers-send")}</button></p>
        </form>
    };
    office((lang, sheet.assets, page.desk), (Section::Points, title), &path, body.into_any())
}

fn outcome(page: &AnswersPage<'_>) -> AnyView {
    let lang = page.sheet.lang;
    match page.said {
        None => ().into_any(),
        Some(Said::Stored) => said(Some(t(lang, "answers-stored")), "done", "status"),
        Some(Said::Known) => said(Some(t(lang, "answers-known")), "done", "status"),
        Some(Said::Differs(on)) => {
            said(Some(t_args(lang, "answers-differs", &[("day", day(on))])), "wrong", "alert")
        }
        Some(Said::Busy) => said(Some(t(lang, "answers-busy")), "wrong", "alert"),
    }
}

/// Everything that is wrong, with the way to each field.
fn problems(page: &AnswersPage<'_>) -> Option<AnyView> {
    let lang = page.sheet.lang;
    let own = page.wrong.iter().map(|(field, key)| (Some((*field).to_owned()), t(lang, key)));
    let named = |problem: &Problem| line(&page.sheet, problem);
    let mut lines: Vec<(Option<String>, String)> =
        own.chain(page.sheet.problems.iter().map(named)).collect();
    lines.dedup();
    (!lines.is_empty()).then(|| alert(lang, lines))
}

/// The day and the channel, which the next sheet keeps.
fn when(page: &AnswersPage<'_>) -> AnyView {
    let lang = page.sheet.lang;
    let given = Given(page.sheet.given);
    let typed = given.get("day").unwrap_or_default();
    // A field for dates would not show what is none.
    let is_day = typed.is_empty() || domain::day::parse(typed).is_some();
    let on = Input {
        id: "day",
        name: "day",
        kind: if is_day { "date" } else { "text" },
        label: t(lang, "answers-day"),
        value: typed,
        hint: Some(t(lang, "answers-day-hint")),
        problem: page.wrong("day"),
        autocomplete: "off",
        required: true,
    };
    let channels = [Channel::Paper, Channel::Phone].map(|channel| {
        let name = channel.name();
        radio("channel", name, t(lang, &format!("channel-{name}")), given.is("channel", name))
    });
    let wrong = page.wrong("channel");
    let described = wrong.is_some().then_some("by-wrong");
    view! {
        <section>
            <h2>{t(lang, "answers-when")}</h2>
            <div class="stack">
                {on.view()}
                <fieldset id="channel" aria-describedby=described>
                    <legend>{t(lang, "answers-channel")}</legend>
                    {wrong.map(|text| view! { <p id="by-wrong" class="wrong">{text}</p> })}
                    <div class="marks">{channels.into_iter().collect_view()}</div>
                </fieldset>
            </div>
        </section>
    }
    .into_any()
}

/// All items that are asked at a counter, by component.
fn items(sheet: &RespondPage<'_>) -> AnyView {
    let lang = sheet.lang;
    let questionnaire = &sheet.instrument.questionnaire;
    let scale = questionnaire.scale.iter().zip(1..);
    let scale: Vec<String> =
        scale.map(|(label, score): (_, u8)| format!("{score} = {}", label.get(lang))).collect();
    let parts = questionnaire.components().zip(&sheet.instrument.spans);
    let parts = parts.filter(|(_, span)| span.counter).map(|(part, _)| component(sheet, part));
    view! {
        <p class="fine">{format!("{}. {}", scale.join("; "), t(lang, "answers-scale"))}</p>
        {parts.collect_view()}
    }
    .into_any()
}

fn component(sheet: &RespondPage<'_>, component: &Component) -> AnyView {
    let lang = sheet.lang;
    let note = component.note.as_ref().map(|note| note.get(lang).to_owned());
    let rows = component.items.iter().map(|item| row(sheet, item));
    view! {
        <section>
            <h2>{component.name.get(lang).to_owned()}</h2>
            {note.map(|note| view! { <p class="fine">{note}</p> })}
            {rows.collect_view()}
        </section>
    }
    .into_any()
}

/// An item with its marks in one line; the last is for what was left open on the sheet.
fn row(sheet: &RespondPage<'_>, item: &Item) -> AnyView {
    let lang = sheet.lang;
    let given = Given(sheet.given);
    let code = item.code.as_str();
    let words = format!("{code}-text");
    let scores = (1..=5u8).map(|score| {
        let score = score.to_string();
        radio(code, &score, score.clone(), given.is(code, &score))
    });
    let blank = given.get(code).is_none_or(str::is_empty);
    view! {
        <div
            class="rate"
            id=code.to_owned()
            role="radiogroup"
            aria-labelledby=words
            aria-describedby=note_id(sheet, code)
        >
            <p id=words.clone()>{statement(lang, item.text.get(lang), sheet.place)}</p>
            {note(sheet, code)}
            <div class="marks">
                {scores.collect_view()}
                {radio(code, "na", t(lang, "answers-na"), given.is(code, "na"))}
                {radio(code, "", t(lang, "answers-blank"), blank)}
            </div>
        </div>
    }
    .into_any()
}

/// What stands on a sheet beside the items.
fn rest(sheet: &RespondPage<'_>) -> AnyView {
    let lang = sheet.lang;
    let given = Given(sheet.given);
    let stages = Stage::ALL.map(|stage| {
        let name = stage.name();
        radio("stage", name, t(lang, &format!("stage-{name}")), given.is("stage", name))
    });
    let no_stage = given.get("stage").is_none_or(str::is_empty);
    let comment = note_id(sheet, "comment");
    let invalid = comment.is_some();
    let described_by = ["comment-hint".to_owned()].into_iter().chain(comment);
    let comment = TextArea {
        id: "comment",
        name: "comment",
        value: given.get("comment").unwrap_or_default().to_owned(),
        maxlength: COMMENT_MAX,
        rows: 3,
        described_by: described_by.collect::<Vec<_>>().join(" "),
        invalid,
    };
    view! {
        <section>
            <h2>{t(lang, "answers-rest")}</h2>
            <div class="stack">
                <fieldset id="stage" aria-describedby=note_id(sheet, "stage")>
                    <legend>{t(lang, "answers-stage")}</legend>
                    {note(sheet, "stage")}
                    <div class="marks">
                        {stages.into_iter().collect_view()}
                        {radio("stage", "", t(lang, "answers-blank"), no_stage)}
                    </div>
                </fieldset>
                <div class="field">
                    <label for="field">{t(lang, "answers-field")}</label>
                    {note(sheet, "field")}
                    <select id="field" name="field" aria-describedby=note_id(sheet, "field")>
                        {field_options(sheet)}
                    </select>
                </div>
                <div class="field">
                    <label for="comment">{t(lang, "answers-comment")}</label>
                    {note(sheet, "comment")}
                    {comment.view()}
                    <p id="comment-hint" class="fine">{t(lang, "answers-comment-hint")}</p>
                </div>
            </div>
        </section>
    }
    .into_any()
}
