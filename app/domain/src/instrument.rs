//! A questionnaire made ready for use: its forms drawn up and its positions known.

use std::sync::Arc;

use jiff::civil::Date;

use crate::form::Design;
use crate::questionnaire::{Questionnaire, Span, Text};

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

/// A group or component that counters measure, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    Group(usize),
    Component(usize),
}

impl Measured {
    /// Its value among those of all groups or all components.
    pub fn of<T: Copy>(self, groups: &[T], components: &[T]) -> T {
        match self {
            Self::Group(at) => groups[at],
            Self::Component(at) => components[at],
        }
    }
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

    /// Position of the group that counters measure; the first one where there is none.
    pub fn counter_group(&self) -> usize {
        self.questionnaire.groups.iter().position(|group| group.counter).unwrap_or_default()
    }

    /// All that counters measure, with code and name: each group before its components.
    pub fn measured(&self) -> impl Iterator<Item = (&str, &Text, Measured)> {
        let components = || self.questionnaire.components().enumerate();
        let groups = self.questionnaire.groups.iter().enumerate().filter(|(_, g)| g.counter);
        groups.flat_map(move |(at, group)| {
            let members = components().filter(move |(c, _)| self.spans[*c].group == at);
            let members =
                members.map(|(c, one)| (one.code.as_str(), &one.name, Measured::Component(c)));
            std::iter::once((group.code.as_str(), &group.name, Measured::Group(at))).chain(members)
        })
    }

    /// The version's code, as stamped on every figure.
    pub fn code(&self) -> &str {
        &self.questionnaire.code
    }
}

/// All versions that the system knows, and the fields of service that can be picked.
#[derive(Clone, Debug, Default)]
pub struct Instruments {
    versions: Vec<Arc<Instrument>>,
    fields: Vec<Text>,
}

impl Instruments {
    /// In the order of validity, oldest first.
    pub fn new(mut all: Vec<Instrument>, fields: Vec<Text>) -> Self {
        all.sort_by_key(|instrument| instrument.questionnaire.valid_from);
        Self { versions: all.into_iter().map(Arc::new).collect(), fields }
    }

    /// The fields of service that can be picked; the Vietnamese name is the stored value.
    pub fn fields(&self) -> &[Text] {
        &self.fields
    }

    /// The name under which a field is counted: its own if it can be picked, otherwise the last one
    /// of the list ("Khác"), so that free text cannot make new rows of counts.
    pub fn listed_field(&self, field: &str) -> &str {
        let listed = self.fields.iter().find(|text| text.vi == field).or(self.fields.last());
        listed.map_or("", |text| text.vi.as_str())
    }

    /// The version with this code.
    pub fn get(&self, code: &str) -> Option<&Arc<Instrument>> {
        self.versions.iter().find(|instrument| instrument.code() == code)
    }

    /// The version with this number.
    pub fn by_key(&self, key: i16) -> Option<&Arc<Instrument>> {
        self.versions.iter().find(|instrument| instrument.key == key)
    }

    /// The version asked on a day: the last one that had begun, also after its end, since a counter
    /// must not fall silent while a successor is awaited. Before the first one, the first.
    pub fn on(&self, day: Date) -> Option<&Arc<Instrument>> {
        let begun = self.versions.iter().rev().find(|i| i.questionnaire.valid_from <= day);
        begun.or_else(|| self.versions.first())
    }

    /// All versions, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Instrument>> {
        self.versions.iter()
    }
}
