//! Targets and dossiers.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use domain::day;
use domain::target::{Dossiers, IndexName, Target};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::organisation::unknown_unit;
use super::table::Table;
use super::{Done, Error, Importer};

impl Importer {
    pub(super) async fn targets(&self, file: impl Read) -> Result<Done, Error> {
        let required = [
            "unit",
            "year",
            "index",
            "code",
            "name",
            "max",
            "baseline",
            "baseline_rank",
            "rank_of",
            "target",
        ];
        let optional = ["actual", "actual_date", "source", "goal", "goal_text"];
        let mut table = Table::open(file, &required, &optional, |_| false)?;
        let organisation = self.organisation().await?;
        let given = |column: &str| table.columns().iter().any(|other| other == column);
        let [actual, actual_date, source, goal, goal_text] = optional.map(given);
        let mut targets: Vec<Target> = vec![];
        let mut keys = HashSet::new();
        while let Some(row) = table.next()? {
            let year: Option<i16> = row.whole("year")?;
            let target = Target {
                unit: row.text("unit")?,
                year: year
                    .filter(|year| (1900..=2200).contains(year))
                    .ok_or_else(|| row.bad("year", "không phải là năm"))?,
                index: row.choice("index", IndexName::parse, "sipas, par, ddci, dti")?,
                code: row.code("code")?,
                name: row.text("name")?,
                max: row.decimal("max")?,
                baseline: row.decimal("baseline")?,
                baseline_rank: row.whole("baseline_rank")?,
                rank_of: row.whole("rank_of")?,
                target: row.decimal("target")?,
                actual: row.decimal("actual")?,
                actual_date: row.date("actual_date")?,
                source: row.optional("source"),
                goal: row.decimal("goal")?,
                goal_text: row.optional("goal_text"),
            };
            if organisation.unit(&target.unit).is_none() {
                return Err(row.bad("unit", &unknown_unit(&target.unit)).into());
            }
            // All four indices and their parts are at most a hundred, and nothing is less than nothing.
            let most = target.max.unwrap_or(Decimal::ONE_HUNDRED).min(Decimal::ONE_HUNDRED);
            for (column, number, most) in [
                ("max", target.max, Decimal::ONE_HUNDRED),
                ("baseline", target.baseline, most),
                ("target", target.target, most),
                ("actual", target.actual, most),
                ("goal", target.goal, most),
            ] {
                if number.is_some_and(|number| number < Decimal::ZERO || number > most) {
                    let what = format!("ngoài khoảng từ 0 đến {}", most.normalize());
                    return Err(row.bad(column, &what).into());
                }
            }
            if target.actual_date.is_some_and(|day| day > self.clock.today()) {
                return Err(row.bad("actual_date", "ở tương lai").into());
            }
            let rank = target.baseline_rank.zip(target.rank_of);
            if rank.is_some_and(|(rank, of)| rank < 1 || rank > of) {
                return Err(row.bad("baseline_rank", "ngoài khoảng từ 1 đến rank_of").into());
            }
            let key = (target.unit.clone(), target.year, target.index, target.code.clone());
            if !keys.insert(key) {
                return Err(row.bad("code", "dòng có hai lần trong tệp").into());
            }
            targets.push(target);
        }
        // A column that the file does not have leaves what was entered before.
        let stored = self.store.targets().await?;
        let key = |row: &Target| (row.unit.clone(), row.year, row.index, row.code.clone());
        let stored: HashMap<_, Target> = stored.into_iter().map(|row| (key(&row), row)).collect();
        for row in &mut targets {
            let Some(before) = stored.get(&key(row)) else { continue };
            keep(actual, &mut row.actual, &before.actual);
            keep(actual_date, &mut row.actual_date, &before.actual_date);
            keep(source, &mut row.source, &before.source);
            keep(goal, &mut row.goal, &before.goal);
            keep(goal_text, &mut row.goal_text, &before.goal_text);
        }
        self.store.upsert_targets(&targets, &self.by).await?;
        Ok(Done { written: targets.len() as u64, skipped: 0 })
    }

    pub(super) async fn dossiers(&self, file: impl Read) -> Result<Done, Error> {
        let mut table = Table::open(file, &["unit", "month", "handled"], &[], |_| false)?;
        let organisation = self.organisation().await?;
        let mut dossiers: Vec<Dossiers> = vec![];
        let mut keys = HashSet::new();
        while let Some(row) = table.next()? {
            let cell = row.cell("month").into_owned();
            let dossier = Dossiers {
                unit: row.text("unit")?,
                month: parse_month(&cell).ok_or_else(|| {
                    row.bad("month", &format!("{cell:?} không phải là tháng dạng YYYY-MM"))
                })?,
                handled: row
                    .whole("handled")?
                    .ok_or_else(|| row.bad("handled", "không được để trống"))?,
            };
            if organisation.unit(&dossier.unit).is_none() {
                return Err(row.bad("unit", &unknown_unit(&dossier.unit)).into());
            }
            if !keys.insert((dossier.unit.clone(), dossier.month)) {
                return Err(row.bad("month", "đơn vị và tháng có hai lần trong tệp").into());
            }
            dossiers.push(dossier);
        }
        self.store.upsert_dossiers(&dossiers, &self.by).await?;
        Ok(Done { written: dossiers.len() as u64, skipped: 0 })
    }
}

fn keep<T: Clone>(given: bool, new: &mut Option<T>, before: &Option<T>) {
    if !given {
        new.clone_from(before);
    }
}

/// `YYYY-MM`, or the first day of the month.
fn parse_month(text: &str) -> Option<Date> {
    let first = if text.len() == 7 { format!("{text}-01") } else { text.to_owned() };
    day::parse(&first).filter(|date| date.day() == 1)
}
