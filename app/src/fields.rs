//! Fields of forms, as plain HTML that works without script and without style.
//!
//! Every text of a person goes out through here. `<textarea` may stand in no other file, since Leptos
//! 0.8 does not escape its content (leptos #4821).

use domain::response::Problem;
use leptos::prelude::*;

/// What a person has already given, by name of field; may hold anything.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a>(pub &'a [(String, String)]);

impl Given<'_> {
    /// The first value of the field.
    pub(crate) fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// The field was given this very value.
    pub(crate) fn is(&self, field: &str, value: &str) -> bool {
        self.get(field) == Some(value)
    }
}

/// The problems of one field.
pub(crate) fn problems_of<'a>(
    problems: &'a [Problem],
    field: &'a str,
) -> impl Iterator<Item = &'a Problem> {
    problems.iter().filter(move |problem| problem.field == field)
}

/// A radio button within its label, on a line of its own; the label is what one sees and taps.
pub(crate) fn radio(name: &str, value: &str, label: String, checked: bool) -> AnyView {
    view! {
        <div>
            <label>
                <input type="radio" name=name.to_owned() value=value.to_owned() checked=checked/>
                <span>{label}</span>
            </label>
        </div>
    }
    .into_any()
}

/// A field that nobody sees.
pub(crate) fn hidden(name: &'static str, value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value/> }.into_any()
}

/// A `<textarea>` whose text is escaped here.
///
/// Browsers leave out one line break at its beginning, so one more stands before the text.
pub(crate) struct TextArea {
    pub id: &'static str,
    pub name: &'static str,
    /// What was typed.
    pub value: String,
    /// In characters.
    pub maxlength: usize,
    pub rows: u8,
    /// Ids of what describes it, with blanks between them.
    pub described_by: String,
    pub invalid: bool,
}

impl TextArea {
    pub(crate) fn view(self) -> AnyView {
        let text = self.value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        view! {
            <textarea
                id=self.id
                name=self.name
                maxlength=self.maxlength.to_string()
                rows=self.rows.to_string()
                aria-describedby=self.described_by
                aria-invalid=self.invalid.then_some("true")
                inner_html=format!("\n{text}")
            ></textarea>
        }
        .into_any()
    }
}

/// A field with its label above, and below it what helps or what is wrong.
#[derive(Default)]
pub(crate) struct Input<'a> {
    pub id: &'static str,
    pub name: &'static str,
    pub kind: &'static str,
    pub label: String,
    pub value: &'a str,
    pub hint: Option<String>,
    pub problem: Option<String>,
    pub autocomplete: &'static str,
    pub required: bool,
}

impl Input<'_> {
    pub(crate) fn view(self) -> AnyView {
        let (hint_id, problem_id) = (format!("{}-hint", self.id), format!("{}-wrong", self.id));
        let described = [
            self.hint.is_some().then(|| hint_id.clone()),
            self.problem.is_some().then(|| problem_id.clone()),
        ];
        let described: Vec<String> = described.into_iter().flatten().collect();
        let wrong = self.problem.is_some().then_some("true");
        let code = self.autocomplete == "one-time-code";
        view! {
            <div class="field">
                <label for=self.id>{self.label}</label>
                <input
                    id=self.id
                    name=self.name
                    type=self.kind
                    value=(!self.value.is_empty()).then(|| self.value.to_owned())
                    autocomplete=self.autocomplete
                    autocapitalize=(self.kind == "text").then_some("none")
                    inputmode=code.then_some("text")
                    spellcheck="false"
                    required=self.required
                    aria-describedby=(!described.is_empty()).then(|| described.join(" "))
                    aria-invalid=wrong
                />
                {self.hint.map(|hint| view! { <p id=hint_id class="fine">{hint}</p> })}
                {self.problem.map(|problem| view! { <p id=problem_id class="wrong">{problem}</p> })}
            </div>
        }
        .into_any()
    }
}

/// A list to choose from; the first entry is nothing, so that nobody sends what was never chosen.
pub(crate) fn select(
    id: &'static str,
    name: &'static str,
    label: String,
    options: &[(String, String)],
    chosen: Option<&str>,
    problem: Option<String>,
) -> AnyView {
    let entries = options.iter().map(|(value, text)| {
        let selected = chosen == Some(value.as_str());
        view! { <option value=value.clone() selected=selected>{text.clone()}</option> }
    });
    let problem_id = format!("{id}-wrong");
    let wrong = problem.is_some();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                id=id
                name=name
                required=true
                aria-invalid=wrong.then_some("true")
                aria-describedby=wrong.then(|| problem_id.clone())
            >
                <option value=""></option>
                {entries.collect_view()}
            </select>
            {problem.map(|problem| view! { <p id=problem_id class="wrong">{problem}</p> })}
        </div>
    }
    .into_any()
}

/// A message that is read out at once: what went wrong, or that it went well.
pub(crate) fn said(text: Option<String>, class: &'static str, role: &'static str) -> AnyView {
    text.map(|text| view! { <p class=class role=role>{text}</p> }).into_any()
}

/// Boxes to tick, each within its label, below what they are about.
pub(crate) struct Boxes<'a> {
    pub id: &'static str,
    pub name: &'static str,
    pub legend: String,
    pub hint: Option<String>,
    pub problem: Option<String>,
    /// Value, label, and whether it is ticked.
    pub boxes: &'a [(String, String, bool)],
}

impl Boxes<'_> {
    pub(crate) fn view(self) -> AnyView {
        let (hint_id, problem_id) = (format!("{}-hint", self.id), format!("{}-wrong", self.id));
        let described = [
            self.hint.is_some().then(|| hint_id.clone()),
            self.problem.is_some().then(|| problem_id.clone()),
        ];
        let described: Vec<String> = described.into_iter().flatten().collect();
        let boxes = self
            .boxes
            .iter()
            .map(|(value, label, ticked)| tick(self.name, value.clone(), label.clone(), *ticked));
        view! {
            <fieldset aria-describedby=(!described.is_empty()).then(|| described.join(" "))>
                <legend>{self.legend}</legend>
                {self.hint.map(|hint| view! { <p id=hint_id class="fine">{hint}</p> })}
                {self.problem.map(|problem| view! { <p id=problem_id class="wrong">{problem}</p> })}
                <div class="ticks">{boxes.collect_view()}</div>
            </fieldset>
        }
        .into_any()
    }
}

/// A box to tick within its label.
pub(crate) fn tick(name: &'static str, value: String, label: String, ticked: bool) -> AnyView {
    view! {
        <label class="tick">
            <input type="checkbox" name=name value=value checked=ticked/>
            <span>{label}</span>
        </label>
    }
    .into_any()
}
