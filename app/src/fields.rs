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
