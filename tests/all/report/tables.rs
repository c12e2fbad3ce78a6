//! The tables of a report on random answers: parts add up to the whole, and nothing small is shown or
//! can be had by subtraction.

use std::collections::BTreeMap;

use domain::report::{Cell, Figured, Report, State};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use server::service::import::Kind;
use uuid::Uuid;

use super::report;
use crate::files::import;
use crate::house::{House, both};

const CODES: [&str; 5] = ["A1", "B1", "C1", "D1", "E1"];
const STAGES: [&str; 4] = ["filing", "result", "asking", ""];
const FIELDS: [&str; 4] = ["Hộ tịch", "Đất đai", "Chứng thực", ""];
const CHANNELS: [&str; 3] = ["qr", "kiosk", "paper"];

/// Persons by table, unit, value and component, as they truly are.
type Truth = BTreeMap<(&'static str, String, String, usize), u64>;

/// Few answers to each component, so that many cells are small.
fn draw(house: &House, month: u32, seed: u64) -> (String, Truth) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut text = format!(
        "id,point,answered_at,questionnaire,stage,field,channel,comment,{}\n",
        CODES.join(",")
    );
    let mut truth = Truth::new();
    let n = rng.random_range(1..140);
    for _ in 0..n {
        let point = rng.random_range(0..house.points.len());
        let stage = STAGES[rng.random_range(0..STAGES.len())];
        let field =
            FIELDS[rng.random_range(0..FIELDS.len()).min(rng.random_range(0..FIELDS.len()))];
        let channel = if rng.random_ratio(1, 9) {
            CHANNELS[rng.random_range(0..3)]
        } else {
            CHANNELS[point % 2]
        };
        let mut cells = vec![];
        let mut given = [false; 5];
        for (component, given) in given.iter_mut().enumerate() {
            let reached = component != 3 || matches!(stage, "result" | "");
            *given = reached && (component == 0 || rng.random_ratio(2, 3));
            cells.push(if *given { rng.random_range(1..=5).to_string() } else { String::new() });
        }
        let (id, code, day) = (Uuid::new_v4(), &house.points[point], rng.random_range(1..=28));
        text.push_str(&format!(
            "{id},{code},2026-{month:02}-{day:02},,{stage},{field},{channel},,{}\n",
            cells.join(",")
        ));
        let centre = if point < 3 { ["t1", "c1", "p"] } else { ["t2", "c2", "p"] };
        for component in (0..5).filter(|c| given[*c]) {
            for unit in centre {
                for (table, value) in [("stage", stage), ("field", field), ("channel", channel)] {
                    *truth
                        .entry((table, unit.to_owned(), value.to_owned(), component))
                        .or_default() += 1;
                }
            }
        }
    }
    (text, truth)
}

fn tables(report: &Report) -> [(&'static str, &[Cell]); 3] {
    let part = &report.parts[0];
    let over = |table: &'static str, cells: &Option<Vec<Cell>>| (table, cells.is_some());
    assert!(over("stage", &part.by_stage).1 && over("field", &part.by_field).1);
    [
        ("stage", part.by_stage.as_deref().unwrap()),
        ("field", part.by_field.as_deref().unwrap()),
        ("channel", &part.by_channel),
    ]
}

fn shown(figure: &Figured) -> Option<u64> {
    figure.persons.filter(|_| matches!(figure.state, State::Shown | State::Few))
}

both! {
    async fn parts_add_up_and_nothing_small_can_be_had(engine: Engine) {
        let house = House::new(engine).await;
        let (mut whole, mut hidden) = (0, 0);
        for month in 1..=9u32 {
            let (text, truth) = draw(&house, month, u64::from(month) * 31);
            import(&house, Kind::Responses, &text).await.unwrap();
            let of = format!("2026-{month:02}");
            let mut reports = BTreeMap::new();
            for unit in ["p", "c1", "c2", "t1", "t2"] {
                reports.insert(unit, report(&house, unit, &of).await);
            }
            let persons = |table: &'static str, unit: &str, value: &str, component: usize| {
                truth.get(&(table, unit.to_owned(), value.to_owned(), component)).copied().unwrap_or(0)
            };
            for (unit, report) in &reports {
                let part = &report.parts[0];
                for (table, cells) in tables(report) {
                    assert_eq!(cells.iter().map(|cell| cell.responses).sum::<u64>(), report.responses, "{unit} {table}");
                    for component in 0..5 {
                        let figures: Vec<(&str, &Figured)> =
                            cells.iter().map(|cell| (cell.value.as_str(), &cell.figures[component + 1])).collect();
                        let true_of = |value: &str| persons(table, unit, value, component);
                        let all: u64 = figures.iter().map(|(value, _)| true_of(value)).sum();
                        let known: u64 = figures.iter().filter_map(|(_, figure)| shown(figure)).sum();
                        for (value, figure) in &figures {
                            if let Some(n) = shown(figure) {
                                assert_eq!(n, true_of(value), "{unit} {table} {value} {component}");
                                assert!(n >= 5);
                            } else {
                                assert_eq!(figure.estimate.score, None);
                            }
                        }
                        // The total is known where the component is shown; what is missing is nobody or a block.
                        let total = part.figures.groups[1].components[component].estimate.score;
                        if total.is_some() {
                            assert!(all == known || all - known >= 5, "{of} {unit} {table} {component}: {all} {known}");
                        }
                        if all == known {
                            whole += 1;
                            // What is shown of all adds up to the figure of the whole.
                            let sum: f64 = figures.iter().filter_map(|(_, f)| Some(f.estimate.score? * f.persons? as f64)).sum();
                            if let Some(total) = total {
                                assert!((sum / all as f64 - total).abs() < 1e-9);
                            }
                        } else {
                            hidden += 1;
                        }
                        // Nor from the unit above less its other part.
                        for (above, beside) in [("p", ["c1", "c2"]), ("p", ["c2", "c1"])].iter().filter(|(_, [u, _])| u == unit) {
                            for (value, figure) in &figures {
                                let cell_of = |unit: &str| {
                                    let (_, cells) = tables(&reports[unit]).into_iter().find(|(t, _)| *t == table).unwrap();
                                    match cells.iter().find(|cell| cell.value == *value) {
                                        Some(cell) => shown(&cell.figures[component + 1]),
                                        None => Some(0),
                                    }
                                };
                                let other_is_none = persons(table, beside[1], value, component) == 0;
                                let other = if other_is_none { Some(0) } else { cell_of(beside[1]) };
                                if let (None, Some(top), Some(other)) = (shown(figure), cell_of(above), other) {
                                    let had = top - other;
                                    assert!(had == 0 || had >= 5, "{of} {unit} {table} {value} {component}: {had}");
                                }
                            }
                        }
                    }
                }
                let below: u64 = part.below.iter().map(|below| below.responses).sum();
                assert!(part.below.is_empty() || below == report.responses);
            }
        }
        assert!(whole > 30 && hidden > 30, "both happen: {whole} {hidden}");
    }
}
