//! Figures as the documents of the API.

use domain::counts::Counts;
use domain::document::{Document, NoteReason, Subject};
use domain::index::Index;
use domain::questionnaire::Lang;
use domain::statistics::{Sample, Uncertainty};

use super::{Figures, Period};
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
    let subject = |responses, clusters, simulated| Subject {
        unit: unit.code.clone(),
        place: figures.organisation.place_of(unit.key),
        from: period.from,
        to: period.to,
        responses,
        clusters,
        simulated,
    };
    let current = figures.instruments.on(period.to);
    let (rule, measured) = (figures.rule, figures.measured(unit));
    if let (true, Some(current)) = (measured.is_empty(), current) {
        let index = Index::new(current.clone(), &Counts::empty(current), rule, &[], false);
        let sure = Uncertainty::new(&index, &Counts::empty(current), Sample::new(current, rule));
        return vec![Document::new(subject(0, 0, false), &index, &sure, lang, words)];
    }
    measured
        .iter()
        .map(|m| {
            let subject = subject(m.responses, m.clusters, m.simulated);
            Document::new(subject, &m.index, &m.sure, lang, words)
        })
        .collect()
}
