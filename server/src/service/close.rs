//! The month close: once a month is over, the report of each unit is made, sealed and kept.
//!
//! What is due follows from the clock alone. A server that was down makes up for what it missed, and
//! where several look after one database the first to write a report has sealed it; the others' are
//! let go. A report is one row, so a crash leaves none or a whole one, and the rest is made later.

use std::collections::{BTreeSet, HashMap};
use std::sync::Weak;
use std::time::Duration;

use domain::access::Act;
use domain::analysis::reliability;
use domain::questionnaire::{Lang, Rule};
use domain::report::{ClosedBy, Month, ReliabilityOf, ReliabilityPart};
use domain::statistics::reliability::{PAIRS_MIN, Responses};
use domain::unit::Key;
use jiff::civil::{Date, DateTime};
use uuid::Uuid;

use super::Service;
use super::access::{Actor, Readable};
use super::figures::Measured;
use super::report::{Material, NoReport, Words, digest, touches};
use crate::store::{self, By, NewReport};

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(60);
/// The hour from which a month may be closed by hand: it is over.
const AT_ONCE: u8 = 0;
/// For so many months without an answer of anybody reports are made.
const QUIET: i32 = 12;

/// The last month that is to be closed at a moment in Viet Nam: months close on the first day after
/// them, at an hour from 0 to 23.
pub fn last_due(now: DateTime, hour: u8) -> Month {
    let running = Month::of(now.date());
    let early = now.date().day() == 1 && now.hour() < hour.cast_signed();
    running.plus(if early { -2 } else { -1 })
}

/// The last night in which it was time to look for months to close.
fn night_of(now: DateTime, hour: u8) -> Date {
    now.saturating_sub(jiff::Span::new().hours(hour)).date()
}

/// The months that are to be closed, up to the last one due: those in which anybody answered, and those
/// of the year after one, in which it is worth saying that nobody did. So a day that was mistyped a
/// century ago does not make a report of each month since.
pub(super) fn due(answered: &BTreeSet<i32>, last: Month) -> Vec<Month> {
    let Some(first) = answered.first() else { return vec![] };
    let recent = |month: &i32| answered.range(month - QUIET..=*month).next().is_some();
    (*first..=last.number()).filter(recent).map(Month::from_number).collect()
}

/// On its day, or later.
fn closer(month: Month, now: DateTime) -> ClosedBy {
    match month.plus(1).first() == now.date() {
        true => ClosedBy::Schedule,
        false => ClosedBy::Late,
    }
}

/// What only the closing of a month adds to its reports.
pub(super) struct Closing {
    pub(super) by: ClosedBy,
    rule: Rule,
    /// Sums over the single responses of the month, by unit and questionnaire.
    sums: HashMap<(Key, i16), Responses>,
    places: HashMap<Key, String>,
}

impl Closing {
    /// How well the questionnaire measured at a unit; `None` on too few responses.
    pub(super) fn reliability(&self, unit: Key, measured: &Measured) -> Option<ReliabilityOf> {
        let sums = self.sums.get(&(unit, measured.instrument.key))?;
        if measured.responses < PAIRS_MIN || measured.index.rule != self.rule {
            return None;
        }
        let place = self.places.get(&unit).map_or("", String::as_str);
        let (between, components) =
            reliability(&measured.index, &sums.reliability(), place, Lang::Vi);
        let components = components.into_iter().map(|component| ReliabilityPart {
            code: component.code,
            alpha: component.alpha,
            pairs: component.pairs,
            correlation: component.correlation,
        });
        let components = components.collect();
        Some(ReliabilityOf { alpha: between.alpha, pairs: between.pairs, components })
    }
}

impl Service {
    /// Seals what is due and not yet sealed, month by month, the oldest first. Returns how many reports
    /// were sealed by this call; stops early when the service is asked to stop.
    ///
    /// # Errors
    /// Where the database fails; what was sealed until then stays.
    pub async fn close_due(&self, hour: u8, words: Words) -> Result<usize, NoReport> {
        self.close(hour, words, None).await
    }

    /// Seals at once, in the name of the actor, what is over and not yet sealed of the units on which
    /// the actor reports. Returns how many reports were sealed.
    ///
    /// # Errors
    /// Where there is no such unit, or the database fails; what was sealed until then stays.
    pub async fn close_now(&self, actor: &Actor, words: Words) -> Result<usize, NoReport> {
        self.units_for(actor, Act::Report)?;
        self.close(AT_ONCE, words, Some(actor)).await
    }

    /// The months that `close_now` would close, each with the number of its reports; the oldest first.
    ///
    /// # Errors
    /// Where the actor reports on no unit, or the database fails.
    pub async fn unsealed_months(&self, actor: &Actor) -> Result<Vec<(Month, usize)>, NoReport> {
        self.units_for(actor, Act::Report)?;
        let answered = self.store.counted_months().await?;
        let mut months = vec![];
        for month in due(&answered, last_due(self.clock.local_time(), AT_ONCE)) {
            let unsealed = self.unsealed(month, Some(actor)).await?.len();
            months.extend((unsealed > 0).then_some((month, unsealed)));
        }
        Ok(months)
    }

    async fn close(
        &self,
        hour: u8,
        words: Words,
        actor: Option<&Actor>,
    ) -> Result<usize, NoReport> {
        let now = self.clock.local_time();
        let answered = self.store.counted_months().await?;
        let mut sealed = 0;
        for month in due(&answered, last_due(now, hour)) {
            let by = actor.map_or_else(|| closer(month, now), |_| ClosedBy::Person);
            sealed += self.close_month(month, by, words, actor).await?;
        }
        if sealed > 0 {
            self.sealed.notify_one();
        }
        Ok(sealed)
    }

    /// The units whose life touched a month and whose report of it is not sealed: of all, or of those on
    /// which somebody reports.
    async fn unsealed(&self, month: Month, actor: Option<&Actor>) -> store::Result<Vec<Readable>> {
        let done = self.store.units_sealed(month.number()).await?;
        let reports = |unit: &Readable| {
            actor.is_none_or(|actor| self.allow(actor, Act::Report, unit).is_ok())
        };
        let mut units = self.all_readable(actor.unwrap_or(&Actor::Local));
        units.retain(|unit| touches(unit, month) && !done.contains(&unit.key) && reports(unit));
        let mut unsealed = vec![];
        for unit in units {
            match self.told_seal(&unit, month).await? {
                None => unsealed.push(unit),
                // Another server has just sealed it, or else it was taken away: one in its place would
                // hide that.
                Some(_) if self.is_gone(&unit, month).await? => {
                    tracing::error!(unit = unit.code, %month, "a sealed report is not there any more");
                }
                Some(_) => {}
            }
        }
        Ok(unsealed)
    }

    /// Seals the reports of a month that are not sealed yet.
    async fn close_month(
        &self,
        month: Month,
        by: ClosedBy,
        words: Words,
        actor: Option<&Actor>,
    ) -> Result<usize, NoReport> {
        let due = self.unsealed(month, actor).await?;
        if due.is_empty() {
            return Ok(0);
        }
        let rule = self.instruments.on(month.last()).map(|i| i.questionnaire.rule);
        let closing = self.closing(month, by, rule.unwrap_or_default()).await?;
        let material = Material::load(self, month, words).await?;
        let mut sealed = 0;
        for unit in &due {
            if self.stop.is_cancelled() {
                break;
            }
            sealed += usize::from(self.seal(&material, unit, (month, &closing), actor).await?);
            // Whoever asks for a page comes first.
            tokio::task::yield_now().await;
        }
        tracing::info!(%month, sealed, "reports sealed");
        Ok(sealed)
    }

    async fn seal(
        &self,
        material: &Material<'_>,
        unit: &Readable,
        (month, closing): (Month, &Closing),
        actor: Option<&Actor>,
    ) -> Result<bool, NoReport> {
        let report = material.report(unit, Some(closing)).await?;
        let json = serde_json::to_vec(&report)
            .map_err(|error| store::Error::Corrupt(format!("report: {error}")))?;
        let new = NewReport {
            id: Uuid::now_v7(),
            unit: unit.key,
            month: month.number(),
            hash: digest(&json),
            json,
            responses: i64::try_from(report.responses).unwrap_or(i64::MAX),
            program: report.method.program.clone(),
            closed_by: closing.by,
            // Those that were summed up, also where the organisation has changed since.
            units: material.organisation.subtree(unit.key),
        };
        let service = || By::service(self.clock.now());
        let by = actor.map_or_else(service, |actor| self.by(actor));
        Ok(self.store.seal_report(&new, &by).await?)
    }

    /// Reads the single responses of a month once, for all units.
    async fn closing(&self, month: Month, by: ClosedBy, rule: Rule) -> store::Result<Closing> {
        let organisation = self.organisation();
        let above: HashMap<Key, Vec<Key>> = organisation
            .units()
            .map(|unit| (unit.key, organisation.upward(unit.key).iter().map(|u| u.key).collect()))
            .collect();
        let mut sums: HashMap<(Key, i16), Responses> = HashMap::new();
        let days = (month.first(), month.last());
        let add = |unit: Key, version: i16, form, packed: &[u8]| {
            let Some(instrument) = self.instruments.by_key(version) else { return };
            for unit in above.get(&unit).into_iter().flatten() {
                let sums = sums.entry((*unit, version));
                sums.or_insert_with(|| Responses::new(instrument, rule)).add(form, packed);
            }
        };
        self.store.each_answers_of_all(days, add).await?;
        let place = |unit: &Key| (*unit, organisation.place_of(*unit));
        Ok(Closing { by, rule, sums, places: above.keys().map(place).collect() })
    }

    /// Closes months until the service is let go of or asked to stop. It is looked for them at the start
    /// and every night, since an import may bring months that are long over.
    pub async fn keep_closing(service: Weak<Self>, hour: u8, words: Words) {
        let mut closed = None;
        loop {
            let Some(service) = service.upgrade() else { return };
            let night = night_of(service.clock.local_time(), hour);
            if closed != Some(night) {
                match service.close_due(hour, words).await {
                    Ok(_) => closed = Some(night),
                    Err(error) => tracing::error!(%error, "a month could not be closed"),
                }
            }
            let stop = service.stop.clone();
            drop(service);
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_due_from_its_hour_on_the_first() {
        for (now, hour, due) in [
            ("2026-09-30T23:59:59", 1, "2026-08"),
            ("2026-10-01T00:00:00", 1, "2026-08"),
            ("2026-10-01T00:59:59", 1, "2026-08"),
            ("2026-10-01T01:00:00", 1, "2026-09"),
            ("2026-10-01T00:00:00", 0, "2026-09"),
            ("2026-10-01T22:59:59", 23, "2026-08"),
            ("2026-10-01T23:00:00", 23, "2026-09"),
            ("2026-10-02T00:00:00", 23, "2026-09"),
            ("2027-01-01T01:00:00", 1, "2026-12"),
            ("2027-01-01T00:30:00", 1, "2026-11"),
        ] {
            let at: DateTime = now.parse().unwrap();
            assert_eq!(last_due(at, hour).to_string(), due, "{now} {hour}");
        }
    }

    #[test]
    fn every_night_it_is_looked_for_months_to_close() {
        for (now, hour, night) in [
            ("2026-09-30T23:59:59", 1, "2026-09-30"),
            ("2026-10-01T00:59:59", 1, "2026-09-30"),
            ("2026-10-01T01:00:00", 1, "2026-10-01"),
            ("2026-10-02T00:59:59", 1, "2026-10-01"),
            ("2026-10-02T01:00:00", 1, "2026-10-02"),
            ("2026-10-02T00:00:00", 0, "2026-10-02"),
            ("2026-10-02T22:59:59", 23, "2026-10-01"),
        ] {
            assert_eq!(night_of(now.parse().unwrap(), hour).to_string(), night, "{now} {hour}");
        }
    }

    #[test]
    fn a_year_without_answers_is_said_and_a_century_is_not() {
        let month = |text: &str| Month::parse(text).unwrap();
        let answered = ["1926-10", "2026-07", "2026-09"].map(|text| month(text).number());
        let found = due(&answered.into(), month("2026-10"));
        let found: Vec<String> = found.iter().map(Month::to_string).collect();
        assert_eq!((found[0].as_str(), found[12].as_str()), ("1926-10", "1927-10"));
        assert_eq!(found[13..], ["2026-07", "2026-08", "2026-09", "2026-10"]);
        assert!(due(&BTreeSet::new(), month("2026-10")).is_empty());
        assert!(due(&BTreeSet::from([month("2026-10").number()]), month("2026-09")).is_empty());
    }

    #[test]
    fn what_closes_on_its_day_is_not_late() {
        let month = Month::parse("2026-09").unwrap();
        let at = |text: &str| text.parse::<DateTime>().unwrap();
        assert_eq!(closer(month, at("2026-10-01T01:00:00")), ClosedBy::Schedule);
        assert_eq!(closer(month, at("2026-10-02T01:00:00")), ClosedBy::Late);
    }
}
