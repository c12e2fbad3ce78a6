//! What a document of figures says, in the form in which all pages show figures.

use domain::document::{ComponentDocument, Document, Estimate, GroupDocument, NoteReason};
use domain::index::Figure;
use domain::release::FEW;
use domain::report::{Figured, State};
use domain::score::Score;

/// The groups that counters measure; what is not measured stands in the method alone.
pub(crate) fn groups(document: &Document) -> impl Iterator<Item = &GroupDocument> {
    document.groups.iter().filter(|group| !noted(document, &group.code, NoteReason::NotMeasured))
}

/// The components of these groups.
pub(crate) fn components(document: &Document) -> impl Iterator<Item = &ComponentDocument> {
    groups(document).flat_map(|group| &group.components)
}

fn noted(document: &Document, code: &str, reason: NoteReason) -> bool {
    document.notes.iter().any(|note| note.about == code && note.reason == reason)
}

/// Whether the figure of a code is there.
pub(crate) fn state(document: &Document, code: &str, estimate: &Estimate) -> State {
    match estimate.score {
        Some(_) if noted(document, code, NoteReason::Few) => State::Few,
        Some(_) => State::Shown,
        None if noted(document, code, NoteReason::Withheld) => State::Withheld,
        None => State::None,
    }
}

/// A figure as charts and cells take it. How many persons it is about is not known here but for
/// whether they are few, and nothing else is asked of it.
pub(crate) fn figure(state: State, score: Option<f64>) -> Figure {
    let Some(score) = score.and_then(|score| Score::try_from(score).ok()) else {
        return if state == State::Withheld { Figure::Withheld } else { Figure::None };
    };
    let persons = if state == State::Few { FEW - 1 } else { FEW };
    Figure::Shown { score, persons }
}

/// The figure of a code of a document.
pub(crate) fn figure_of(document: &Document, code: &str, estimate: &Estimate) -> Figure {
    figure(state(document, code, estimate), estimate.score)
}

/// The figure of a row by unit, stage, field or channel.
pub(crate) fn figured(of: &Figured) -> Figure {
    figure(of.state, of.estimate.score)
}

/// The ends of an interval.
pub(crate) fn ends(estimate: &Estimate) -> Option<(f64, f64)> {
    estimate.low.zip(estimate.high)
}
