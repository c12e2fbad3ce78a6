//! Sealed reports: the seal verified, and what came in after it.

use std::collections::HashMap;
use std::ops::Range;

use domain::analysis::PopulationDocument;
use domain::audit::{Head, hex};
use domain::document::{Document, number};
use domain::instrument;
use domain::questionnaire::Text;
use domain::release::BLOCK;
use domain::report::{
    ClosedBy, Corrected, CorrectedPart, Correction, Edition, Month, Part, Report, Seal,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Issued, NoReport};
use crate::service::Service;
use crate::service::access::Readable;
use crate::service::figures::Measured;
use crate::store::{self, SealedReport, Store};

/// What is stored of who or what closed a month.
pub(in crate::service) fn closed_by(name: &str) -> Option<ClosedBy> {
    match name {
        "schedule" => Some(ClosedBy::Schedule),
        "late" => Some(ClosedBy::Late),
        _ => None,
    }
}

/// The hash of a report.
pub(in crate::service) fn digest(json: &[u8]) -> Vec<u8> {
    Sha256::digest(json).to_vec()
}

/// What the check of the trail reads of a report.
#[derive(Deserialize)]
struct Noted {
    method: NotedMethod,
}

#[derive(Deserialize)]
struct NotedMethod {
    trail: Option<Head>,
}

/// What the sealed reports and the trail of changes say of each other.
#[derive(Default)]
pub struct Kept {
    /// The heads of the trail that reports have noted.
    pub heads: Vec<Head>,
    /// The hash of what is kept of each report, by what the trail calls it.
    pub hashes: HashMap<String, String>,
}

impl Kept {
    /// # Errors
    /// Where the database fails.
    pub async fn read(store: &Store) -> store::Result<Self> {
        let mut kept = Self::default();
        let note = |about, json: &[u8]| {
            let noted = serde_json::from_slice::<Noted>(json).ok();
            kept.heads.extend(noted.and_then(|noted| noted.method.trail));
            kept.hashes.insert(about, hex(&digest(json)));
        };
        store.each_sealed(note).await?;
        Ok(kept)
    }
}

/// The hash that an entry about a seal tells.
pub(in crate::service) fn told_hash(after: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Told {
        hash: String,
    }
    serde_json::from_str::<Told>(after).ok().map(|told| told.hash)
}

impl Service {
    /// A sealed report, if it is the one that was sealed.
    pub(super) async fn open(
        &self,
        unit: &Readable,
        month: Month,
        sealed: SealedReport,
    ) -> Result<Issued, NoReport> {
        let tampered = || NoReport::Tampered(month);
        // Who changes a report and its hash has not changed the trail, which nobody can without a sign.
        let told = self.store.told_seal(&unit.code, month).await?;
        let told = told.as_deref().and_then(told_hash).ok_or_else(tampered)?;
        if digest(&sealed.json) != sealed.hash || hex(&sealed.hash) != told {
            return Err(tampered());
        }
        let report: Report = serde_json::from_slice(&sealed.json).map_err(|_| tampered())?;
        if (&report.unit.code, report.month) != (&unit.code, month) {
            return Err(tampered());
        }
        let seal = Seal {
            hash: hex(&sealed.hash),
            at: self.moment(sealed.closed_at),
            by: closed_by(&sealed.closed_by).ok_or_else(tampered)?,
        };
        let correction = self.correction(unit, &report).await?;
        let dossiers = self.population(unit, self.days(month), report.rule).await?;
        let number = |of: &Option<PopulationDocument>| of.as_ref().map(|of| of.dossiers);
        let dossiers = dossiers.filter(|now| Some(now.dossiers) != number(&report.population));
        let edition = Edition { report, seal: Some(seal), correction, dossiers };
        Ok(Issued { edition, json: sealed.json })
    }

    /// What came in after the seal.
    async fn correction(
        &self,
        unit: &Readable,
        report: &Report,
    ) -> store::Result<Option<Correction>> {
        let figures = self.figures(self.days(report.month), report.rule).await?;
        let more = figures.responses(unit).saturating_sub(report.responses);
        if more == 0 {
            return Ok(None);
        }
        let measured = figures.measured(unit);
        let parts = measured.iter().filter_map(|now| corrected(report, now)).collect();
        Ok(Some(Correction { more, parts }))
    }
}

/// A questionnaire version that got more answers.
fn corrected(report: &Report, now: &Measured) -> Option<CorrectedPart> {
    let questionnaire = now.instrument.code();
    let part = report.parts.iter().find(|part| part.questionnaire == questionnaire);
    let sealed = part.map_or(0, |part| part.figures.responses);
    let more = now.responses.checked_sub(sealed).filter(|more| *more > 0)?;
    let spans = now.instrument.spans.iter();
    let told: Vec<bool> = spans.map(|span| may_tell(part, now, span.items.clone())).collect();
    let row = |(code, name, at): (&str, &Text, instrument::Measured)| {
        let may = match at {
            instrument::Measured::Component(c) => told[c],
            // The mean of a group would give away the one of its components that is not told.
            instrument::Measured::Group(of) => {
                (0..told.len()).all(|c| now.instrument.spans[c].group != of || told[c])
            }
        };
        let score = at.of(&now.index.groups, &now.index.components).score().map(number);
        Corrected {
            code: code.to_owned(),
            name: name.vi.clone(),
            sealed: part.and_then(|part| score_of(part, code)),
            now: score.filter(|_| may),
        }
    };
    let rows = now.instrument.measured().filter(|_| more >= BLOCK).map(row).collect();
    let questionnaire = questionnaire.to_owned();
    Some(CorrectedPart { questionnaire, sealed, now: now.responses, rows })
}

/// Nobody, or at least a block of persons, has answered a component since the seal: some item of it was
/// answered by so many more.
fn may_tell(part: Option<&Part>, now: &Measured, items: Range<usize>) -> bool {
    let components = part.into_iter().flat_map(|part| &part.figures.groups);
    let sealed: Vec<_> = components.flat_map(|g| &g.components).flat_map(|c| &c.items).collect();
    let codes: Vec<&str> = now.instrument.questionnaire.items().map(|i| i.code.as_str()).collect();
    let gain = |item: usize| {
        let before = match part {
            Some(_) => sealed.iter().find(|s| s.code == codes[item])?.counts?.iter().sum(),
            None => 0,
        };
        now.index.counts[item]?.valid().checked_sub(before)
    };
    let gains: Option<Vec<u64>> = items.map(gain).collect();
    let most = gains.map(|gains| gains.into_iter().max().unwrap_or(0));
    most.is_some_and(|most| most == 0 || most >= BLOCK)
}

/// The score of a group or component as sealed.
fn score_of(part: &Part, code: &str) -> Option<f64> {
    let Document { groups, .. } = &part.figures;
    let components = groups.iter().flat_map(|group| &group.components);
    let group = groups.iter().find(|group| group.code == code).map(|group| group.estimate);
    let component = || components.clone().find(|c| c.code == code).map(|c| c.estimate);
    group.or_else(component)?.score
}
