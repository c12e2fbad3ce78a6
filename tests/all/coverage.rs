//! The interval holds the true value as often as it says, and the table in the repository is what the
//! simulation gives.

use std::sync::Arc;

use domain::instrument::Instrument;

use crate::oracle::instrument;
use crate::simulation::{MONTHS, SCENARIOS, SEEDS, rows, simulate};

const TABLE: &str = include_str!("../coverage/TABLE.md");

#[test]
fn between_93_and_97_of_100_intervals_hold_the_true_value() {
    let instrument: Arc<Instrument> = instrument();
    let scenario = &SCENARIOS[0];
    for seed in SEEDS {
        let result = simulate(&instrument, scenario, MONTHS, seed);
        for held in result.iter().flatten() {
            assert!((93.0..=97.0).contains(&held.share()), "seed {seed}: {}", held.share());
        }
        for row in rows(scenario, seed, &result) {
            assert!(TABLE.contains(&row), "not in the table, see `make coverage`: {row}");
        }
    }
}

#[test]
fn the_table_has_every_scenario() {
    for scenario in &SCENARIOS {
        let rows = TABLE.lines().filter(|row| row.starts_with(&format!("| {} |", scenario.name)));
        assert_eq!(rows.count(), 10, "{}", scenario.name);
    }
}
