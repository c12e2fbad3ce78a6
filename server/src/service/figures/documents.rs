//! Figures as the documents of the API.

use domain::counts::Counts;
use domain::document::{Document, NoteReason, Subject};
use domain::index::Index;
use domain::questionnaire::Lang;
use domain::statistics::{Sample, Uncertainty};
use domain::unit::Unit;

use super::{Figures, Measured, Period};
use crate::service::access::Readable;

/// The documents of a period: one a questionnaire version, and one that says that there is nothing
/// where nothing was counted.
pub fn documents(
    figures: &Figures,
    unit: &Readable,
    period: Period,
    lang: Lang,
    words: &dyn Fn(NoteReason) -> String,
) -> Vec<Document> {
    let (rule, measured) = (figures.rule, figures.measured(unit));
    let current = figures.instruments.on(period.to);
    if let (true, Some(current)) = (measured.is_empty(), current) {
        let index = Index::new(current.clone(), &Counts::empty(current), rule, &[], false);
        let sure = Uncertainty::new(&index, &Counts::empty(current), Sample::new(current, rule));
        let subject = subject(figures, unit, period);
        return vec![Document::new(subject, &index, &sure, lang, words)];
    }
    measured.iter().map(|m| document(figures, unit, period, m, lang, words)).collect()
}

/// The document of what was measured with one questionnaire version.
pub(in crate::service) fn document(
    figures: &Figures,
    unit: &Unit,
    period: Period,
    measured: &Measured,
    lang: Lang,
    words: &dyn Fn(NoteReason) -> String,
) -> Document {
    let subject = Subject {
        responses: measured.responses,
        clusters: measured.clusters,
        simulated: measured.simulated,
        ..subject(figures, unit, period)
    };
    Document::new(subject, &measured.index, &measured.sure, lang, words)
}

fn subject(figures: &Figures, unit: &Unit, period: Period) -> Subject {
    Subject {
        unit: unit.code.clone(),
        place: figures.organisation.place_of(unit.key),
        from: period.from,
        to: period.to,
        responses: 0,
        clusters: 0,
        simulated: false,
    }
}
