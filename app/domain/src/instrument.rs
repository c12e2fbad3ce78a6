//! A questionnaire made ready for use: its forms drawn up and its positions known.

use std::sync::Arc;

use jiff::civil::Date;

use crate::form::Design;
use crate::questionnaire::{Questionnaire, Span};

/// A questionnaire version with what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// The number under which the database knows this version.
    pub key: i16,
    pub questionnaire: Questionnaire,
    pub spans: Vec<Span>,
    pub design: Design,
    /// Position of each item's component.
    pub component_of: Vec<usize>,
}

impl Instrument {
    /// Draws up the forms of a questionnaire.
    pub fn new(key: i16, questionnaire: Questionnaire) -> Self {
        let spans = questionnaire.spans();
        let design = Design::new(&questionnaire);
        let component_of = spans
            .iter()
            .enumerate()
            .flat_map(|(c, span)| span.items.clone().map(move |_| c))
            .collect();
        Self { key, questionnaire, spans, design, component_of }
    }

    /// The number of items.
    pub fn items(&self) -> usize {
        self.component_of.len()
    }

    /// The version's code, as stamped on every figure.
    pub fn code(&self) -> &str {
        &self.questionnaire.code
    }
}

/// All versions that the system knows.
#[derive(Clone, Debug, Default)]
pub struct Instruments(Vec<Arc<Instrument>>);

impl Instruments {
    /// In the order of validity, oldest first.
    pub fn new(mut all: Vec<Instrument>) -> Self {
        all.sort_by_key(|instrument| instrument.questionnaire.valid_from);
        Self(all.into_iter().map(Arc::new).collect())
    }

    /// The version with this code.
    pub fn get(&self, code: &str) -> Option<&Arc<Instrument>> {
        self.0.iter().find(|instrument| instrument.code() == code)
    }

    /// The version with this number.
    pub fn by_key(&self, key: i16) -> Option<&Arc<Instrument>> {
        self.0.iter().find(|instrument| instrument.key == key)
    }

    /// The version asked on a day: the last one that had begun, also after its end, since a counter
    /// must not fall silent while a successor is awaited. Before the first one, the first.
    pub fn on(&self, day: Date) -> Option<&Arc<Instrument>> {
        let begun = self.0.iter().rev().find(|i| i.questionnaire.valid_from <= day);
        begun.or_else(|| self.0.first())
    }

    /// All versions, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Instrument>> {
        self.0.iter()
    }
}
