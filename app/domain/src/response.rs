//! From what a person or a program sent to a valid response, or to all problems at once.
//!
//! Both doors (form and JSON) come through here, so both obey the same rules. A [`Response`] that
//! exists is valid: its items are of its questionnaire, its texts are bounded, at least one item has
//! an answer, and items that need a result are empty where there is no result yet.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::{Uuid, Variant};

pub use crate::answer::{Answer, Answers, Given};
use crate::form::Form;
use crate::instrument::{Instrument, Instruments};
use crate::questionnaire::Lang;

/// The longest comment, in characters.
pub const COMMENT_MAX: usize = 1000;
/// The longest name of a field of service or code of an agency, in characters.
pub const LABEL_MAX: usize = 64;

/// Where the citizen's business stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    Filing,
    Result,
    Asking,
}

impl Stage {
    pub const ALL: [Self; 3] = [Self::Filing, Self::Result, Self::Asking];

    /// `filing`, `result` or `asking`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == text)
    }

    /// The name used in forms, files and the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Filing => "filing",
            Self::Result => "result",
            Self::Asking => "asking",
        }
    }

    /// Items that need a result are asked at this stage.
    pub fn has_result(stage: Option<Self>) -> bool {
        matches!(stage, None | Some(Self::Result))
    }
}

/// A valid response, before it has a place and a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub id: Uuid,
    pub instrument: Arc<Instrument>,
    /// `None` where a program sent answers without saying which form they belong to.
    pub form: Option<Form>,
    pub answers: Answers,
    pub stage: Option<Stage>,
    pub field: Option<String>,
    pub agency: Option<String>,
    pub comment: Option<String>,
    pub lang: Lang,
    /// Seconds that answering took, where the sender knows.
    pub seconds: Option<u16>,
}

/// The value of an item as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Left open.
    Blank,
    /// `1`…`5` or `na`, to be checked.
    Mark(String),
    /// Of a type that no answer has.
    Wrong,
}

/// What came in at a door, nothing checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub id: String,
    pub questionnaire: Option<String>,
    /// `{questionnaire}:{number|full}`, or the part after the colon.
    pub form: Option<String>,
    pub answers: Vec<(String, Value)>,
    pub stage: Option<String>,
    pub field: Option<String>,
    pub agency: Option<String>,
    pub comment: Option<String>,
    pub lang: Option<String>,
    pub seconds: Option<i64>,
}

/// What is wrong with one field; the names are those of the fields of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Problem {
    pub field: String,
    pub reason: Reason,
}

/// Why a field was refused. The name is the key of its translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    NotAUuid,
    UnknownQuestionnaire,
    UnknownForm,
    UnknownItem,
    NotAnAnswer,
    NoAnswer,
    UnknownStage,
    TooLong,
    ControlCharacter,
    UnknownLanguage,
    NotSeconds,
    UnknownField,
    WrongType,
    Twice,
    NotADay,
    EndBeforeStart,
    UnknownChannel,
}

impl Reason {
    /// The key under which the words of the interface stand.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotAUuid => "not-a-uuid",
            Self::UnknownQuestionnaire => "unknown-questionnaire",
            Self::UnknownForm => "unknown-form",
            Self::UnknownItem => "unknown-item",
            Self::NotAnAnswer => "not-an-answer",
            Self::NoAnswer => "no-answer",
            Self::UnknownStage => "unknown-stage",
            Self::TooLong => "too-long",
            Self::ControlCharacter => "control-character",
            Self::UnknownLanguage => "unknown-language",
            Self::NotSeconds => "not-seconds",
            Self::UnknownField => "unknown-field",
            Self::WrongType => "wrong-type",
            Self::Twice => "twice",
            Self::NotADay => "not-a-day",
            Self::EndBeforeStart => "end-before-start",
            Self::UnknownChannel => "unknown-channel",
        }
    }
}

impl Draft {
    /// Checks everything and names every problem. `default` is the version asked today, for senders
    /// that name none.
    pub fn parse(
        self,
        instruments: &Instruments,
        default: &Arc<Instrument>,
    ) -> Result<Response, Vec<Problem>> {
        let mut problems = Problems::default();
        let id = problems.check("id", parse_id(&self.id), Reason::NotAUuid);
        let (instrument, form) = self.parse_form(instruments, default, &mut problems);
        let stage = problems.optional("stage", &self.stage, Stage::parse, Reason::UnknownStage);
        let lang = problems.optional("lang", &self.lang, Lang::parse, Reason::UnknownLanguage);
        let answers = parse_answers(&self.answers, &instrument, form, stage, &mut problems);
        let field = problems.text("field", self.field, LABEL_MAX, false);
        let agency = problems.text("agency", self.agency, LABEL_MAX, false);
        let comment = problems.text("comment", self.comment, COMMENT_MAX, true);
        let seconds = match self.seconds.map(u16::try_from) {
            Some(Err(_)) => problems.add("seconds", Reason::NotSeconds),
            Some(Ok(seconds)) => Some(seconds),
            None => None,
        };
        match (id, problems.0.is_empty()) {
            (Some(id), true) => Ok(Response {
                id,
                instrument,
                form,
                answers,
                stage,
                field,
                agency,
                comment,
                lang: lang.unwrap_or_default(),
                seconds,
            }),
            _ => Err(problems.0.into_iter().collect()),
        }
    }

    fn parse_form(
        &self,
        instruments: &Instruments,
        default: &Arc<Instrument>,
        problems: &mut Problems,
    ) -> (Arc<Instrument>, Option<Form>) {
        let (in_form, number) = match self.form.as_deref().map(|form| form.split_once(':')) {
            Some(Some((questionnaire, number))) => (Some(questionnaire), Some(number)),
            Some(None) => (None, self.form.as_deref()),
            None => (None, None),
        };
        let named = self.questionnaire.as_deref();
        let code = match (named, in_form) {
            (Some(named), Some(in_form)) if named != in_form => {
                problems.add::<()>("form", Reason::UnknownForm);
                Some(named)
            }
            (named, in_form) => named.or(in_form),
        };
        let known = code.map_or(Some(default), |code| instruments.get(code));
        let field = if named.is_some() { "questionnaire" } else { "form" };
        let instrument = problems.check(field, known, Reason::UnknownQuestionnaire);
        let form = number.and_then(|number| {
            let form = instrument.and_then(|i| Form::parse(number, &i.design));
            if instrument.is_some() {
                problems.check("form", form, Reason::UnknownForm)
            } else {
                None
            }
        });
        (instrument.unwrap_or(default).clone(), form)
    }
}

/// 36 characters with hyphens, not all zeros, and not of a version that carries the time (1, 2, 6, 7):
/// the moment of an answer is not kept, so an id may not keep it either.
fn parse_id(text: &str) -> Option<Uuid> {
    let id = (text.len() == 36).then(|| Uuid::parse_str(text).ok()).flatten()?;
    let timed =
        id.get_variant() == Variant::RFC4122 && matches!(id.get_version_num(), 1 | 2 | 6 | 7);
    (!id.is_nil() && !timed).then_some(id)
}

fn parse_answers(
    given: &[(String, Value)],
    instrument: &Instrument,
    form: Option<Form>,
    stage: Option<Stage>,
    problems: &mut Problems,
) -> Answers {
    let before = problems.0.len();
    let mut answers = vec![Given::NotAsked; instrument.items()];
    let asked = form.map(|form| instrument.design.asked(form));
    for &position in asked.into_iter().flatten() {
        answers[position] = Given::Asked(None);
    }
    let mut seen = BTreeSet::new();
    for (code, value) in given {
        let Some(position) = instrument.questionnaire.position(code) else {
            problems.add::<()>(code, Reason::UnknownItem);
            continue;
        };
        if !seen.insert(position) {
            problems.add::<()>(code, Reason::Twice);
            continue;
        }
        let answer = match value {
            Value::Blank => None,
            Value::Mark(mark) => problems.check(code, Answer::parse(mark), Reason::NotAnAnswer),
            Value::Wrong => problems.add(code, Reason::NotAnAnswer),
        };
        answers[position] = match (asked.is_none_or(|asked| asked.contains(&position)), answer) {
            (true, answer) => Given::Asked(answer),
            (false, Some(answer)) => Given::Volunteered(answer),
            (false, None) => Given::NotAsked,
        };
    }
    if !Stage::has_result(stage) {
        for span in instrument.spans.iter().filter(|span| span.needs_result) {
            answers[span.items.clone()].fill(Given::NotAsked);
        }
    }
    let answers = Answers(answers);
    if !answers.any() && problems.0.len() == before {
        problems.add::<()>("answers", Reason::NoAnswer);
    }
    answers
}

#[derive(Default)]
struct Problems(BTreeSet<Problem>);

impl Problems {
    fn add<T>(&mut self, field: &str, reason: Reason) -> Option<T> {
        self.0.insert(Problem { field: field.to_owned(), reason });
        None
    }

    fn check<T>(&mut self, field: &str, value: Option<T>, reason: Reason) -> Option<T> {
        value.or_else(|| self.add(field, reason))
    }

    /// A field that may be missing or empty.
    fn optional<T>(
        &mut self,
        field: &str,
        text: &Option<String>,
        parse: impl Fn(&str) -> Option<T>,
        reason: Reason,
    ) -> Option<T> {
        let text = text.as_deref().filter(|text| !text.is_empty())?;
        self.check(field, parse(text), reason)
    }

    /// Trimmed text of at most `max` characters; nothing left is `None`.
    fn text(
        &mut self,
        field: &str,
        text: Option<String>,
        max: usize,
        lines: bool,
    ) -> Option<String> {
        let text = text?.replace("\r\n", "\n");
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if text.chars().any(|c| c.is_control() && !(lines && matches!(c, '\n' | '\t'))) {
            return self.add(field, Reason::ControlCharacter);
        }
        if text.chars().count() > max {
            return self.add(field, Reason::TooLong);
        }
        Some(text.to_owned())
    }
}

#[cfg(test)]
mod tests;
