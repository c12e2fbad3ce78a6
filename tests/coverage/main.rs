//! Prints how often the 95 % interval holds the true value: `make coverage`.

#![expect(clippy::unwrap_used, reason = "a simulation that cannot go on has failed")]

mod simulation;

use std::sync::Arc;

use domain::instrument::Instrument;
use simulation::{MONTHS, SCENARIOS, SEEDS, rows, simulate};

fn main() {
    let questionnaire = app::catalogue::questionnaires().unwrap().remove(1);
    let instrument = Arc::new(Instrument::new(1, questionnaire));
    println!(
        "# How often the 95 % interval holds the true value\n\n\
         Made by `make coverage`: {MONTHS} simulated months for each of five seeds, per cent of the\n\
         intervals that hold the true value. `tests/coverage/simulation.rs` says what is simulated.\n\
         The last scenario is wider than 95 on purpose: lasting differences between counters are\n\
         counted as if they were chance, which errs on the safe side.\n\n\
         | scenario | rule | seed | index | components | items |\n|---|---|--:|--:|--:|--:|"
    );
    for scenario in &SCENARIOS {
        for seed in SEEDS {
            let result = simulate(&instrument, scenario, MONTHS, seed);
            rows(scenario, seed, &result).iter().for_each(|row| println!("{row}"));
        }
    }
}
