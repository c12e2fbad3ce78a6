//! The four tables of the plan that the project starts from: every inconsistency, and nothing else.

use rust_decimal::dec;

use super::*;

type Row = (&'static str, Decimal, Decimal);

const SIPAS: [Row; 12] = [
    ("I", dec!(73.49), dec!(83.50)),
    ("I.1", dec!(72.90), dec!(82.91)),
    ("I.2", dec!(74.05), dec!(84.05)),
    ("I.3", dec!(71.85), dec!(81.85)),
    ("I.4", dec!(75.14), dec!(85.14)),
    ("II", dec!(74.19), dec!(84.19)),
    ("II.1", dec!(75.67), dec!(85.67)),
    ("II.2", dec!(73.71), dec!(82.72)),
    ("II.3", dec!(74.88), dec!(84.88)),
    ("II.4", dec!(73.56), dec!(83.56)),
    ("II.5", dec!(73.14), dec!(83.14)),
    ("total", dec!(73.84), dec!(83.84)),
];
const PAR: [Row; 10] = [
    ("1", dec!(10.04), dec!(10.5)),
    ("2", dec!(4), dec!(4)),
    ("3", dec!(2.99), dec!(4)),
    ("4", dec!(6), dec!(6)),
    ("5", dec!(9.49), dec!(9.5)),
    ("6", dec!(5), dec!(5)),
    ("7", dec!(9.67), dec!(12.5)),
    ("8", dec!(2.52), dec!(2.7)),
    ("9", dec!(29.53), dec!(33)),
    ("total", dec!(80.24), dec!(85.2)),
];
const DDCI: [Row; 10] = [
    ("1", dec!(6.42), dec!(7.87)),
    ("2", dec!(7.03), dec!(8.03)),
    ("3", dec!(5.32), dec!(7.32)),
    ("4", dec!(8.81), dec!(8.81)),
    ("5", dec!(4.96), dec!(7.09)),
    ("6", dec!(7.61), dec!(7.93)),
    ("7", dec!(6.17), dec!(7.61)),
    ("8", dec!(7.98), dec!(8.12)),
    ("9", dec!(6.56), dec!(7.42)),
    ("total", dec!(67.62), dec!(75.20)),
];
const DTI: [Row; 11] = [
    ("I", dec!(85), dec!(88)),
    ("1", dec!(100), dec!(100)),
    ("2", dec!(100), dec!(100)),
    ("3", dec!(57), dec!(71)),
    ("4", dec!(98), dec!(98)),
    ("5", dec!(75), dec!(81)),
    ("II", dec!(79), dec!(86)),
    ("6", dec!(89), dec!(94)),
    ("7", dec!(40), dec!(60)),
    ("8", dec!(81), dec!(86)),
    ("total", dec!(82), dec!(87)),
];

fn table(index: IndexName, rows: &[Row]) -> Vec<Target> {
    let row = |(code, baseline, target): &Row| Target {
        unit: "tay-son-huyen".to_owned(),
        year: 2024,
        index,
        code: (*code).to_owned(),
        name: (*code).to_owned(),
        max: None,
        baseline: Some(*baseline),
        baseline_rank: None,
        rank_of: None,
        target: Some(*target),
        actual: None,
        actual_date: None,
        source: None,
        goal: None,
        goal_text: None,
    };
    rows.iter().map(row).collect()
}

/// With the highest points of each field.
fn par() -> Vec<Target> {
    let mut rows = table(IndexName::Par, &PAR);
    for (row, max) in rows.iter_mut().zip([11, 4, 6, 6, 10, 5, 15, 3, 40]) {
        row.max = Some(Decimal::from(max));
    }
    rows
}

fn found(rows: &[Target]) -> Vec<(Column, Basis, &str, Decimal, Decimal)> {
    let list = findings(rows).list.into_iter();
    list.map(|f| (f.column, f.basis, f.row.code.as_str(), f.stated, f.computed)).collect()
}

#[test]
fn sipas_results_hold_and_its_targets_do_not() {
    use Basis::*;
    let t = Column::Target;
    let rows = table(IndexName::Sipas, &SIPAS);
    assert_eq!(
        found(&rows),
        [
            (t, Components, "I", dec!(83.50), dec!(83.49)),
            (t, Components, "II", dec!(84.19), dec!(83.99)),
            (t, StatedGroups, "total", dec!(83.84), dec!(83.85)),
            (t, RecomputedGroups, "total", dec!(83.84), dec!(83.74)),
            (t, Increment, "I", dec!(83.50), dec!(83.49)),
            (t, Increment, "I.1", dec!(82.91), dec!(82.90)),
            (t, Increment, "II.2", dec!(82.72), dec!(83.71)),
        ]
    );
    assert!(findings(&rows).mended);
}

#[test]
fn sipas_targets_gain_ten_but_for_three() {
    let gains: Vec<_> = SIPAS.iter().filter(|row| row.2 - row.1 != dec!(10)).collect();
    let gains: Vec<_> = gains.iter().map(|row| (row.0, row.2 - row.1)).collect();
    assert_eq!(gains, [("I", dec!(10.01)), ("I.1", dec!(10.01)), ("II.2", dec!(9.01))]);
}

#[test]
fn par_is_off_by_one_and_by_two() {
    let rows = par();
    assert_eq!(
        found(&rows),
        [
            (Column::Baseline, Basis::Sum, "total", dec!(80.24), dec!(79.24)),
            (Column::Target, Basis::Sum, "total", dec!(85.2), dec!(87.2)),
        ]
    );
}

#[test]
fn ddci_results_hold_and_its_targets_do_not() {
    let rows = table(IndexName::Ddci, &DDCI);
    assert_eq!(
        found(&rows),
        [(Column::Target, Basis::TenMeans, "total", dec!(75.20), dec!(78.00))]
    );
}

#[test]
fn dti_holds_and_of_its_groups_nothing_is_claimed() {
    let rows = table(IndexName::Dti, &DTI);
    let found = findings(&rows);
    assert_eq!(found.list, []);
    let groups: Vec<_> = found.without_weights.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(groups, ["I", "II"]);
}

#[test]
fn what_holds_is_said_as_well() {
    let all: Vec<Target> = [
        table(IndexName::Sipas, &SIPAS),
        par(),
        table(IndexName::Ddci, &DDCI),
        table(IndexName::Dti, &DTI),
    ]
    .concat();
    assert_eq!(
        findings(&all).holding,
        [
            (IndexName::Sipas, Column::Baseline),
            (IndexName::Ddci, Column::Baseline),
            (IndexName::Dti, Column::Baseline),
            (IndexName::Dti, Column::Target),
        ]
    );
}

#[test]
fn what_is_not_there_is_not_found_wanting() {
    assert_eq!(findings(&[]), Findings::default());
    // A part of a table says nothing of its total.
    assert_eq!(findings(&par()[6..]).list, []);
    assert_eq!(findings(&table(IndexName::Ddci, &DDCI)[4..]), Findings::default());
    assert_eq!(findings(&table(IndexName::Sipas, &SIPAS)[8..]).list, []);
    // A component without a target: its group cannot be checked, and the total only by the groups.
    let mut rows = table(IndexName::Sipas, &SIPAS);
    rows[3].target = None;
    let bases: Vec<_> = found(&rows).into_iter().map(|f| (f.1, f.2.to_owned())).collect();
    assert!(!bases.iter().any(|(basis, code)| *basis == Basis::Components && code == "I"));
    assert!(!bases.iter().any(|(basis, _)| *basis == Basis::RecomputedGroups));
    assert!(bases.contains(&(Basis::StatedGroups, "total".to_owned())));
}
