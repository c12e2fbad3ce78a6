//! What of a published table does not follow from its own rows.
//!
//! Each index has its rule: SIPAS a plain mean of components and of groups (see [`crate::score`]); PAR
//! INDEX a sum of points; DDCI ten times the plain mean of its nine criteria of at most ten points; DTI
//! the plain mean of its two groups, whose own weights are not published. The rules are proved by the
//! table of 2023 that the project starts from: all its results but the sum of PAR INDEX follow from them.
//! Figures are compared as published, with two decimals, half up. Nothing entered is changed.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{IndexName, TOTAL, Target};
use crate::score::mean;

/// Which column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Baseline,
    Target,
}

impl Column {
    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Target => "target",
        }
    }

    fn of(self, row: &Target) -> Option<Decimal> {
        match self {
            Self::Baseline => row.baseline,
            Self::Target => row.target,
        }
    }
}

/// What a figure was computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// SIPAS: the mean of the group's components.
    Components,
    /// SIPAS and DTI: the mean of the groups as stated.
    StatedGroups,
    /// SIPAS: the mean of the groups as recomputed.
    RecomputedGroups,
    /// PAR INDEX: the sum of the fields.
    Sum,
    /// DDCI: ten times the mean.
    TenMeans,
    /// The baseline plus what most rows of the table are to gain: a likely slip of the pen.
    Increment,
}

impl Basis {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Components => "components",
            Self::StatedGroups => "stated-groups",
            Self::RecomputedGroups => "recomputed-groups",
            Self::Sum => "sum",
            Self::TenMeans => "ten-means",
            Self::Increment => "increment",
        }
    }
}

/// A figure of a table that does not follow from its rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding<'a> {
    pub row: &'a Target,
    pub column: Column,
    pub basis: Basis,
    pub stated: Decimal,
    /// With two decimals.
    pub computed: Decimal,
}

impl Finding<'_> {
    /// As published, the two are not the same.
    fn differs(&self) -> bool {
        two(self.stated) != self.computed
    }

    /// What the row would gain on its baseline with this target; of a likely slip alone.
    pub fn gain(&self, target: Decimal) -> Option<Decimal> {
        let slip = self.basis == Basis::Increment;
        self.row.baseline.filter(|_| slip).map(|baseline| target - baseline)
    }
}

/// What was found in the tables of one unit and year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings<'a> {
    pub list: Vec<Finding<'a>>,
    /// Columns of whole tables in which every total follows.
    pub holding: Vec<(IndexName, Column)>,
    /// With the likely slips mended, every figure of SIPAS follows.
    pub mended: bool,
    /// Groups whose weights are not published: nothing is claimed of them.
    pub without_weights: Vec<&'a Target>,
}

/// Checks the rows of one unit and year.
pub fn findings(rows: &[Target]) -> Findings<'_> {
    let of = |index| -> Vec<&Target> { rows.iter().filter(|row| row.index == index).collect() };
    let mut found = Findings::default();
    let sipas = of(IndexName::Sipas);
    for index in IndexName::ALL {
        for column in [Column::Baseline, Column::Target] {
            let checks = match index {
                IndexName::Sipas => check_sipas(&sipas, column, &|row| column.of(row)),
                IndexName::Par => check_total(&of(index), column, Basis::Sum),
                IndexName::Ddci => check_total(&of(index), column, Basis::TenMeans),
                IndexName::Dti => check_total(&of(index), column, Basis::StatedGroups),
            };
            let total = checks.iter().any(|check| check.row.code == TOTAL);
            if total && !checks.iter().any(Finding::differs) {
                found.holding.push((index, column));
            }
            found.list.extend(checks.into_iter().filter(Finding::differs));
        }
    }
    let slips = increments(&sipas);
    if !slips.is_empty() {
        let mended = |row: &Target| {
            let slip = slips.iter().find(|slip| slip.row.code == row.code);
            slip.map(|slip| slip.computed).or(row.target)
        };
        let checks = check_sipas(&sipas, Column::Target, &mended);
        found.mended = !checks.iter().any(Finding::differs);
        found.list.extend(slips);
    }
    let dti = of(IndexName::Dti).into_iter().filter(|row| is_group(row));
    found.without_weights = dti.collect();
    found.list.sort_by_key(|finding| (finding.row.index, finding.column, finding.basis));
    found
}

fn two(number: Decimal) -> Decimal {
    number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// Roman codes are groups: `I`, `II`.
fn is_group(row: &Target) -> bool {
    row.code.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X'))
}

/// Stated and computed side by side, where both are known.
fn check(
    row: &Target,
    column: Column,
    basis: Basis,
    stated: Option<Decimal>,
    computed: Option<Decimal>,
) -> Option<Finding<'_>> {
    let (stated, computed) = (stated?, two(computed?));
    Some(Finding { row, column, basis, stated, computed })
}

/// The mean where there are so many and all are known: of a part of a table nothing is claimed.
fn full_mean(values: Vec<Option<Decimal>>, whole: usize) -> Option<Decimal> {
    let values: Option<Vec<Decimal>> = values.into_iter().collect();
    values.filter(|values| values.len() == whole).and_then(mean)
}

/// Components of the groups of SIPAS (QĐ 1001/QĐ-BNV).
fn components(group: &Target) -> usize {
    if group.code == "I" { 4 } else { 5 }
}

/// Criteria of DDCI.
const CRITERIA: usize = 9;
/// The highest points of all fields of PAR INDEX together.
const POINTS: Decimal = Decimal::ONE_HUNDRED;

fn check_sipas<'a>(
    rows: &[&'a Target],
    column: Column,
    value: &dyn Fn(&Target) -> Option<Decimal>,
) -> Vec<Finding<'a>> {
    let mut found = vec![];
    let (mut stated, mut recomputed) = (vec![], vec![]);
    for group in rows.iter().filter(|row| is_group(row)) {
        let below = |row: &&&Target| {
            row.code.strip_prefix(&group.code).is_some_and(|rest| rest.starts_with('.'))
        };
        let members = rows.iter().filter(below).map(|row| value(row)).collect();
        let computed = full_mean(members, components(group));
        found.extend(check(group, column, Basis::Components, value(group), computed));
        stated.push(value(group));
        recomputed.push(computed);
    }
    if let Some(total) = rows.iter().find(|row| row.code == TOTAL) {
        let groups = [(Basis::StatedGroups, stated), (Basis::RecomputedGroups, recomputed)];
        for (basis, groups) in groups {
            found.extend(check(total, column, basis, value(total), full_mean(groups, 2)));
        }
    }
    found
}

fn check_total<'a>(rows: &[&'a Target], column: Column, basis: Basis) -> Vec<Finding<'a>> {
    let Some(total) = rows.iter().find(|row| row.code == TOTAL) else { return vec![] };
    let parts: Vec<&&Target> = match basis {
        Basis::StatedGroups => rows.iter().filter(|row| is_group(row)).collect(),
        _ => rows.iter().filter(|row| row.code != TOTAL).collect(),
    };
    let values: Vec<Option<Decimal>> = parts.iter().map(|row| column.of(row)).collect();
    let n = Decimal::from(values.len());
    let whole = match basis {
        Basis::Sum if parts.iter().filter_map(|row| row.max).sum::<Decimal>() == POINTS => {
            values.len()
        }
        Basis::Sum => return vec![],
        Basis::TenMeans => CRITERIA,
        _ => 2,
    };
    let computed = full_mean(values, whole).map(|mean| match basis {
        Basis::Sum => mean * n,
        Basis::TenMeans => mean * Decimal::TEN,
        _ => mean,
    });
    check(total, column, basis, column.of(total), computed).into_iter().collect()
}

/// Rows that are to gain something else than more than half of the table.
fn increments<'a>(rows: &[&'a Target]) -> Vec<Finding<'a>> {
    let gain = |row: &Target| Some((row.target? - row.baseline?).normalize());
    let mut often: BTreeMap<Decimal, usize> = BTreeMap::new();
    rows.iter().filter_map(|row| gain(row)).for_each(|gain| *often.entry(gain).or_default() += 1);
    let usual = often.iter().max_by_key(|(_, n)| **n).filter(|(_, n)| 2 * **n > rows.len());
    let Some((usual, _)) = usual else { return vec![] };
    let slip = |row: &&'a Target| {
        let computed = row.baseline.map(|baseline| baseline + usual);
        check(row, Column::Target, Basis::Increment, row.target, computed)
    };
    rows.iter().filter_map(slip).filter(Finding::differs).collect()
}

#[cfg(test)]
mod tests;
