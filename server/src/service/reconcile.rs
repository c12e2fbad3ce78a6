//! Compares every count row with the responses, both ways, and where comments are filed.

use std::collections::HashMap;

use domain::counts::Counts;
use domain::day;
use domain::instrument::Instruments;
use domain::questionnaire::Questionnaire;
use domain::unit::{Channel, Organisation};

use crate::store::{CountKey, CountRow, MarginalKey, Result, Snapshot, Store};

/// What the comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub responses: u64,
    pub count_rows: u64,
    pub marginal_rows: u64,
    /// One line each, empty where everything agrees.
    pub differences: Vec<String>,
}

/// Compares counts and marginals with the responses as of one moment, also while others write.
/// Memory grows with the number of count rows, not with the number of responses.
pub async fn reconcile(
    store: &Store,
    instruments: &Instruments,
    organisation: &Organisation,
) -> Result<Findings> {
    let mut comparison = Comparison {
        instruments,
        organisation,
        counts: HashMap::new(),
        marginals: HashMap::new(),
        findings: Findings::default(),
    };
    store.snapshot(|row| comparison.visit(row)).await?;
    Ok(comparison.finish())
}

struct Comparison<'a> {
    instruments: &'a Instruments,
    organisation: &'a Organisation,
    /// What the responses add up to, less the rows already compared.
    counts: HashMap<CountKey, Counts>,
    marginals: HashMap<MarginalKey, Counts>,
    findings: Findings,
}

impl Comparison<'_> {
    fn visit(&mut self, row: Snapshot) {
        match row {
            Snapshot::Response(row) => {
                self.findings.responses += 1;
                match row.understand(self.instruments) {
                    Ok((row, _)) => self.count(&row),
                    Err(error) => self.findings.differences.push(error.to_string()),
                }
            }
            Snapshot::Counts(row) => {
                self.findings.count_rows += 1;
                let expected = self.counts.remove(&row.key);
                let name = self.name(&row.key);
                self.compare(&name, row.key.questionnaire, &row.counts, expected);
                self.check_released(&name, &row);
            }
            Snapshot::Marginal(row) => {
                self.findings.marginal_rows += 1;
                let expected = self.marginals.remove(&row.key);
                let name = self.name_marginal(&row.key);
                self.compare(&name, row.key.questionnaire, &row.counts, expected);
            }
            Snapshot::Misfiled(id) => {
                let what = format!("comment of response {id}: unit or day are not the response's");
                self.findings.differences.push(what);
            }
        }
    }

    fn count(&mut self, row: &crate::store::StoredResponse) {
        let Some(instrument) = self.instruments.by_key(row.questionnaire) else { return };
        let empty = || Counts::empty(instrument);
        let counts = self.counts.entry(row.count_key()).or_insert_with(empty);
        counts.add(&row.answers, instrument);
        for key in row.marginal_keys(self.instruments) {
            self.marginals.entry(key).or_insert_with(empty).add(&row.answers, instrument);
        }
    }

    fn compare(&mut self, name: &str, questionnaire: i16, packed: &[u8], expected: Option<Counts>) {
        let Some(instrument) = self.instruments.by_key(questionnaire) else { return };
        let expected = expected.unwrap_or_else(|| Counts::empty(instrument));
        match Counts::unpack(packed, instrument) {
            None => self.findings.differences.push(format!("{name}: the row cannot be read")),
            Some(counted) if counted == expected => {}
            Some(counted) => {
                let what = differences(&counted, &expected, &instrument.questionnaire);
                self.findings.differences.push(format!("{name}: {what}"));
            }
        }
    }

    /// What is released must be a part of what is counted.
    fn check_released(&mut self, name: &str, row: &CountRow) {
        let Some(instrument) = self.instruments.by_key(row.key.questionnaire) else { return };
        let all = Counts::unpack(&row.counts, instrument);
        let released = Counts::unpack(&row.released, instrument);
        let part = all.zip(released).and_then(|(all, released)| all.subtract(&released));
        if part.is_none() {
            self.findings.differences.push(format!("{name}: released is not a part of the counts"));
        }
    }

    fn finish(mut self) -> Findings {
        let counts = std::mem::take(&mut self.counts);
        let marginals = std::mem::take(&mut self.marginals);
        let missing = counts.into_iter().map(|(key, c)| (self.name(&key), key.questionnaire, c));
        let more =
            marginals.into_iter().map(|(key, c)| (self.name_marginal(&key), key.questionnaire, c));
        let mut missing: Vec<_> = missing.chain(more).collect();
        missing.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, questionnaire, expected) in missing {
            self.compare(&format!("{name}: no such row"), questionnaire, &[], Some(expected));
        }
        self.findings
    }

    fn name(&self, key: &CountKey) -> String {
        let point = self.organisation.point_by_key(key.point);
        let unit = self.organisation.unit_by_key(key.unit);
        format!(
            "counts day={} point={} unit={} questionnaire={} channel={} quality={} simulated={}",
            day::from_number(key.day),
            point.map_or("?", |point| &point.code),
            unit.map_or("?", |unit| &unit.code),
            self.instruments.by_key(key.questionnaire).map_or("?", |i| i.code()),
            Channel::ALL.get(key.channel as usize).map_or("?", |channel| channel.name()),
            key.quality,
            key.simulated
        )
    }

    fn name_marginal(&self, key: &MarginalKey) -> String {
        let unit = self.organisation.unit_by_key(key.unit);
        format!(
            "marginal month={:04}-{:02} unit={} questionnaire={} {}={:?}",
            key.month.div_euclid(12),
            key.month.rem_euclid(12) + 1,
            unit.map_or("?", |unit| &unit.code),
            self.instruments.by_key(key.questionnaire).map_or("?", |i| i.code()),
            key.dimension,
            key.value
        )
    }
}

fn differences(counted: &Counts, expected: &Counts, questionnaire: &Questionnaire) -> String {
    let mut list = vec![];
    if counted.responses != expected.responses {
        list.push(format!(
            "responses {} counted, {} stored",
            counted.responses, expected.responses
        ));
    }
    let components =
        questionnaire.components().zip(&counted.respondents).zip(&expected.respondents);
    for ((component, counted), expected) in components {
        if counted != expected {
            list.push(format!("{} {counted} counted, {expected} stored", component.code));
        }
    }
    for ((item, counted), expected) in
        questionnaire.items().zip(&counted.items).zip(&expected.items)
    {
        if counted != expected {
            list.push(format!(
                "{} {:?}+{} counted, {:?}+{} stored",
                item.code, counted.n, counted.not_applicable, expected.n, expected.not_applicable
            ));
        }
    }
    list.join("; ")
}
