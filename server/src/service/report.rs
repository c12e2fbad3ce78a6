//! The monthly report of a unit: sealed where its month was closed, otherwise made of the counts as
//! they are; the list of a unit's reports; and any two months side by side.

mod beside;
mod make;
mod sealed;
mod tables;

use std::collections::BTreeSet;

use domain::access::Act;
use domain::analysis::NotCompared;
use domain::audit::hex;
use domain::day;
use domain::document::NoteReason;
use domain::questionnaire::Lang;
use domain::report::{
    Break, BreakOn, ClosedBy, Edition, Listed, Month, MonthFigures, MonthsCompared, Named, Seal,
    Status,
};
use domain::target::BREAKS;
use domain::unit::{Key, Unit};

use super::Service;
use super::access::{Actor, Denied, Readable};
use super::analysis::{compared, comparison};
use super::close::due;
use super::figures::{Period, documents};
use crate::store::{self, SealedMonth};

pub(super) use beside::Besides;
pub(super) use make::Material;
pub use sealed::Kept;
pub(super) use sealed::{Told, digest, told};

/// Puts the reason of a note into Vietnamese words: the service has none of its own.
pub type Words = fn(NoteReason) -> String;

/// A report as it is given out.
#[derive(Clone, Debug)]
pub struct Issued {
    pub edition: Edition,
    /// The JSON of the report: of a sealed one the bytes that were sealed.
    pub json: Vec<u8>,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum NoReport {
    /// The month has not begun, or the unit did not exist in it.
    #[error("no such month")]
    Missing,
    #[error(transparent)]
    Denied(#[from] Denied),
    /// What is stored is not what was sealed.
    #[error("the report of {0} is not the one that was sealed")]
    Tampered(Month),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The unit existed on a day of the month.
pub(super) fn touches(unit: &Unit, month: Month) -> bool {
    unit.valid_from.is_none_or(|from| from <= month.last())
        && unit.valid_to.is_none_or(|to| to >= month.first())
}

impl Service {
    /// The report of a unit and month. It names all units below, so it is for those who may read all
    /// of them.
    ///
    /// # Errors
    /// Where there is none, the actor may not, or a sealed one was changed.
    pub async fn report(
        &self,
        actor: &Actor,
        unit: &Readable,
        month: Month,
        words: Words,
    ) -> Result<Issued, NoReport> {
        self.may_report(actor, unit)?;
        if let Some(sealed) = self.store.sealed_report(unit.key, month.number()).await? {
            return self.open(unit, month, sealed).await;
        }
        if self.is_gone(unit, month).await? {
            return Err(NoReport::Tampered(month));
        }
        if month.first() > self.clock.today() || !touches(unit, month) {
            return Err(NoReport::Missing);
        }
        let material = Material::load(self, month, words).await?;
        let report = material.report(unit, None).await?;
        let json = serde_json::to_vec(&report).map_err(corrupt)?;
        Ok(Issued {
            edition: Edition { report, seal: None, correction: None, dossiers: None },
            json,
        })
    }

    fn may_report(&self, actor: &Actor, unit: &Readable) -> Result<(), Denied> {
        let organisation = self.organisation();
        let below = organisation.subtree(unit.key);
        let mut units = below.iter().filter_map(|key| organisation.unit_by_key(*key));
        units.try_for_each(|unit| self.allow(actor, Act::Read, unit))
    }

    /// The months of a unit, the newest first.
    ///
    /// # Errors
    /// Where the actor may not, or the database fails.
    pub async fn reports(&self, actor: &Actor, unit: &Readable) -> Result<Vec<Listed>, NoReport> {
        self.may_report(actor, unit)?;
        let today = Month::of(self.clock.today());
        let sealed = self.store.sealed_months(unit.key).await?;
        let answered = self.store.counted_months().await?;
        let kept = sealed.iter().map(|sealed| Month::from_number(sealed.month));
        let made = due(&answered, today).into_iter().chain([today]);
        let months: BTreeSet<Month> =
            made.filter(|month| touches(unit, *month)).chain(kept).collect();
        let below = self.organisation().subtree(unit.key);
        let mut listed = vec![];
        for month in months.into_iter().rev() {
            let seal = sealed.iter().find(|sealed| sealed.month == month.number());
            let then = seal.and_then(|seal| seal.units());
            let now = self.responses(then.as_ref().unwrap_or(&below), month).await?;
            let told = match seal {
                Some(row) => self.told_seal(unit, month).await?.filter(|told| agree(told, row)),
                None => None,
            };
            let broken = told.is_none() && (seal.is_some() || self.is_gone(unit, month).await?);
            let seal = seal.filter(|_| !broken);
            let kept = seal.map(|seal| u64::try_from(seal.responses).unwrap_or(0));
            let more = kept.map_or(0, |kept| now.saturating_sub(kept));
            let status = match seal {
                _ if broken => Status::Broken,
                Some(_) if more > 0 => Status::Corrected,
                Some(_) => Status::Sealed,
                None if month < today => Status::Due,
                None => Status::Open,
            };
            let seal = match seal {
                None => None,
                Some(row) => closed_by(&row.closed_by).map(|by| Seal {
                    hash: hex(&row.hash),
                    at: self.moment(row.closed_at),
                    by,
                }),
            };
            listed.push(Listed { month, status, responses: kept.unwrap_or(now), more, seal });
        }
        Ok(listed)
    }

    /// Two months of a unit side by side, as of now.
    ///
    /// # Errors
    /// Where the actor may not, one of the months has not begun, or the database fails.
    pub async fn compare(
        &self,
        actor: &Actor,
        unit: &Readable,
        (before, after): (Month, Month),
        words: Words,
    ) -> Result<MonthsCompared, NoReport> {
        let all = self.reports(actor, unit).await?;
        let status = |month| all.iter().find(|listed| listed.month == month).map(|l| l.status);
        let (Some(then), Some(now)) = (status(before), status(after)) else {
            return Err(NoReport::Missing);
        };
        let [earlier, later] = [before, after].map(|month| self.days(month));
        let rule = self.instruments.on(later.to).map(|i| i.questionnaire.rule).unwrap_or_default();
        let of_before = self.figures(earlier, rule).await?;
        let of_after = self.figures(later, rule).await?;
        let measured = of_after.measured(unit);
        let comparisons = match measured.is_empty() {
            _ if before == after => vec![comparison(unit, earlier, NotCompared::Overlap)],
            true => vec![comparison(unit, earlier, NotCompared::NoAnswers)],
            false => measured
                .iter()
                .map(|m| compared(unit, earlier, &of_before, Some(m), Lang::Vi))
                .collect(),
        };
        let side = |month, status, figures: &super::figures::Figures, period| MonthFigures {
            month,
            status,
            responses: figures.responses(unit),
            figures: documents(figures, unit, period, Lang::Vi, &words),
        };
        let (first, last) = (earlier.from.min(later.from), earlier.to.max(later.to));
        Ok(MonthsCompared {
            months: all.iter().map(|listed| listed.month).collect(),
            unit: Named { code: unit.code.clone(), name: unit.name.clone() },
            simulated: self.is_demo()
                || measured.iter().chain(&of_before.measured(unit)).any(|m| m.simulated),
            before: side(before, then, &of_before, earlier),
            after: side(after, now, &of_after, later),
            rule,
            comparisons,
            breaks: self.breaks(unit.key, Period { from: first, to: last }),
        })
    }

    /// The days of a month so far.
    pub(super) fn days(&self, month: Month) -> Period {
        let to = month.last().min(self.clock.today()).max(month.first());
        Period { from: month.first(), to }
    }

    /// The responses of some units in a month, as of now.
    async fn responses(&self, below: &BTreeSet<Key>, month: Month) -> store::Result<u64> {
        let rows = self.live.rows(month.first(), month.last()).await?;
        let mine = rows.iter().filter(|r| r.key.quality == 0 && below.contains(&r.key.unit));
        Ok(mine.map(|row| domain::counts::packed_responses(&row.counts)).sum())
    }

    /// The days of a period, but its first, from which on a unit's figures are of something else.
    pub fn breaks(&self, unit: Key, period: Period) -> Vec<BreakOn> {
        let organisation = self.organisation();
        let asked = |on| self.instruments.on(on).map(|instrument| instrument.key);
        let days = day::number(period.from) + 1..=day::number(period.to);
        let other = days
            .map(day::from_number)
            .filter(|on| on.yesterday().is_ok_and(|before| asked(before) != asked(*on)))
            .map(|on| BreakOn { on, why: Break::Questionnaire });
        let below = organisation.subtree(unit);
        let units = organisation.units().filter(|unit| below.contains(&unit.key));
        let ends = units.flat_map(|u| [u.valid_from, u.valid_to.and_then(|to| to.tomorrow().ok())]);
        let ends = ends.flatten().chain(BREAKS);
        let inside = ends.filter(|on| period.from < *on && *on <= period.to);
        let all: BTreeSet<BreakOn> =
            other.chain(inside.map(|on| BreakOn { on, why: Break::Unit })).collect();
        all.into_iter().collect()
    }

    /// A moment of unix milliseconds with the offset of Viet Nam.
    fn moment(&self, milliseconds: i64) -> String {
        let moment = jiff::Timestamp::from_millisecond(milliseconds).unwrap_or_default();
        self.clock.local(moment)
    }
}

/// A line of the list says what the trail tells.
fn agree(told: &Told, row: &SealedMonth) -> bool {
    (&told.seal.hash, told.seal.responses, told.at)
        == (&hex(&row.hash), row.responses, row.closed_at)
}

fn closed_by(name: &str) -> Option<ClosedBy> {
    [ClosedBy::Schedule, ClosedBy::Late, ClosedBy::Person].into_iter().find(|by| by.name() == name)
}

fn corrupt(error: serde_json::Error) -> store::Error {
    store::Error::Corrupt(format!("report: {error}"))
}
