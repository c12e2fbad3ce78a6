//! Sealed reports: the seal verified, and what came in after it.

use std::collections::{BTreeSet, HashMap};
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
use domain::unit::{Key, Unit};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Issued, NoReport};
use crate::service::Service;
use crate::service::access::Readable;
use crate::service::figures::Measured;
use crate::store::{self, SealedReport, Store};

/// The hash of a report.
pub(in crate::service) fn digest(json: &[u8]) -> Vec<u8> {
    Sha256::digest(json).to_vec()
}

/// What the sealed reports and the trail of changes say of each other.
#[derive(Default)]
pub struct Kept {
    /// The heads of the trail that reports have noted.
    pub heads: Vec<Head>,
    /// What is kept of each report, by what the trail calls it; `None` where it does not agree with
    /// itself.
    pub told: HashMap<String, Option<Told>>,
}

impl Kept {
    /// # Errors
    /// Where the database fails.
    pub async fn read(store: &Store) -> store::Result<Self> {
        let mut kept = Self::default();
        let note = |about, sealed: SealedReport| {
            let report = serde_json::from_slice::<Noted>(&sealed.json).ok();
            kept.told.insert(about, report.as_ref().and_then(|report| told_by(&sealed, report)));
            kept.heads.extend(report.and_then(|report| report.method.trail));
        };
        store.each_sealed(note).await?;
        Ok(kept)
    }
}

/// What both the trail and what is stored say of a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Unix milliseconds.
    pub at: i64,
    pub seal: ToldSeal,
}

/// What an entry about a seal tells.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ToldSeal {
    pub hash: String,
    pub responses: i64,
    pub program: String,
    /// SHA-256 of the numbers of the units that it is about; of none where that was not yet noted.
    #[serde(default)]
    pub units: Option<String>,
}

/// What is checked of a report.
#[derive(Deserialize)]
struct Noted {
    responses: i64,
    method: NotedMethod,
}

#[derive(Deserialize)]
struct NotedMethod {
    program: String,
    closed_by: Option<ClosedBy>,
    trail: Option<Head>,
}

/// What an entry of the trail, of a moment, tells.
pub(in crate::service) fn told(at: i64, after: &str) -> Option<Told> {
    Some(Told { at, seal: serde_json::from_str(after).ok()? })
}

/// What the trail must tell of a stored report; `None` where its row says something else than its JSON.
fn told_by(sealed: &SealedReport, report: &Noted) -> Option<Told> {
    let method = &report.method;
    let agree = digest(&sealed.json) == sealed.hash
        && report.responses == sealed.responses
        && method.program == sealed.program
        && method.closed_by.map(ClosedBy::name) == Some(sealed.closed_by.as_str());
    let hash = hex(&sealed.hash);
    let seal = ToldSeal {
        hash,
        responses: sealed.responses,
        program: sealed.program.clone(),
        units: sealed.units_hash(),
    };
    agree.then_some(Told { at: sealed.closed_at, seal })
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
        let noted: Noted = serde_json::from_slice(&sealed.json).map_err(|_| tampered())?;
        let stored = told_by(&sealed, &noted).ok_or_else(tampered)?;
        if self.told_seal(unit, month).await?.as_ref() != Some(&stored) {
            return Err(tampered());
        }
        let report: Report = serde_json::from_slice(&sealed.json).map_err(|_| tampered())?;
        if (&report.unit.code, report.month) != (&unit.code, month) {
            return Err(tampered());
        }
        let seal = Seal {
            hash: stored.seal.hash,
            at: self.moment(stored.at),
            by: noted.method.closed_by.ok_or_else(tampered)?,
        };
        let below = sealed.units().unwrap_or_else(|| self.organisation().subtree(unit.key));
        let correction = self.correction(unit, &below, &report).await?;
        let dossiers = self.population(unit, self.days(month), report.rule).await?;
        let number = |of: &Option<PopulationDocument>| of.as_ref().map(|of| of.dossiers);
        let dossiers = dossiers.filter(|now| Some(now.dossiers) != number(&report.population));
        let edition = Edition { report, seal: Some(seal), correction, dossiers };
        Ok(Issued { edition, json: sealed.json })
    }

    /// What the trail tells of the seal of a report.
    pub(in crate::service) async fn told_seal(
        &self,
        unit: &Unit,
        month: Month,
    ) -> store::Result<Option<Told>> {
        let entry = self.store.told_seal(&unit.code, month).await?;
        Ok(entry.and_then(|(at, after)| told(at, &after)))
    }

    /// The trail tells of a seal, and there is no report.
    pub(in crate::service) async fn is_gone(
        &self,
        unit: &Unit,
        month: Month,
    ) -> store::Result<bool> {
        let told = self.told_seal(unit, month).await?.is_some();
        Ok(told && self.store.sealed_report(unit.key, month.number()).await?.is_none())
    }

    /// What came in after the seal, of the units that were sealed, wherever they are now.
    async fn correction(
        &self,
        unit: &Readable,
        below: &BTreeSet<Key>,
        report: &Report,
    ) -> store::Result<Option<Correction>> {
        let figures = self.figures(self.days(report.month), report.rule).await?;
        let more = figures.responses_in(below).saturating_sub(report.responses);
        if more == 0 {
            return Ok(None);
        }
        let measured = figures.measured_in(unit.key, below);
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
