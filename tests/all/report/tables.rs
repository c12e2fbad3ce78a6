//! The tables of a report on random answers: parts add up to the whole, and nothing small is shown or
//! can be had by subtraction.

use std::collections::BTreeMap;

use domain::report::{Cell, Figured, Report, State};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use server::service::import::Kind;
use uuid::Uuid;

use super::{issue, report, words};
use crate::files::import;
use crate::house::{House, both};
use crate::review::{days, past};

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

    async fn borders_of_today_tell_of_no_withheld_unit(engine: Engine) {
        // Answers of a unit that ended, of the one that has its counter today, and of another; and whether
        // the second's figures under the borders of today may be shown.
        for (ended, own, other, may) in [(50, 3, 10, false), (6, 100, 2, false), (50, 40, 30, true)] {
            let house = House::new(engine).await;
            let units = "code,parent,kind,name,valid_from,valid_to,predecessors\n\
                a,p,commune,Xã A,,2026-09-15,\nc,p,commune,Xã C,2026-09-16,,a\nb,p,commune,Xã B,,,\n";
            import(&house, Kind::Units, units).await.unwrap();
            house.service.look().await.unwrap();
            let [from, to, beside] = [81, 82, 83].map(domain::code::make);
            let points = |first: &str| format!("code,unit,name,channel,open_from,open_to\n\
                {from},{first},Quầy 1,qr,,\n{to},c,Quầy 2,qr,,\n{beside},b,Quầy 3,qr,,\n");
            import(&house, Kind::Points, &points("a")).await.unwrap();
            house.service.look().await.unwrap();
            let mut text = "id,point,answered_at,questionnaire,stage,field,channel,comment,A1,B1,C1,D1,E1\n".to_owned();
            for (point, day, n) in [(&from, 10, ended), (&to, 20, own), (&beside, 20, other)] {
                for at in 0..n {
                    let score = 1 + at % 5;
                    text.push_str(&format!("{},{point},2026-09-{day},,result,,qr,,{score},{score},{score},{score},{score}\n", Uuid::new_v4()));
                }
            }
            import(&house, Kind::Responses, &text).await.unwrap();
            import(&house, Kind::Points, &points("c")).await.unwrap();
            house.service.look().await.unwrap();
            let report = report(&house, "c", "2026-09").await;
            let now = &report.borders.unwrap().now[0];
            assert_eq!(now.responses, ended + own);
            let group = &now.groups[1];
            let shown: Vec<bool> = group.components.iter().map(|c| c.estimate.score.is_some()).collect();
            assert_eq!((shown, group.estimate.score.is_some()), (vec![may; 5], may), "{ended} {own} {other}");
            let counted = group.components.iter().flat_map(|c| &c.items).any(|item| item.counts.is_some_and(|n| n.iter().sum::<u64>() > 0));
            assert_eq!(counted, may, "{ended} {own} {other}");
        }
    }

    async fn a_unit_that_is_withheld_for_anothers_sake_shows_no_mean_either(engine: Engine) {
        let house = House::new(engine).await;
        // Two answers at one commune; the other is withheld with it, though it has six.
        for (point, n) in [(0, 6), (3, 2)] {
            past(&house, point, &days(2026, 9, 1), n, |_, one| [3, 4, 5][one % 3]).await;
        }
        for unit in ["c1", "t1", "c2"] {
            let report = report(&house, unit, "2026-09").await;
            assert_eq!(report.parts[0].figures.groups[1].estimate.score, None, "{unit}");
        }
        let all = report(&house, "p", "2026-09").await;
        assert!(all.parts[0].figures.groups[1].estimate.score.is_some());
        assert!(all.parts[0].below.iter().all(|below| below.figures[0].estimate.score.is_none()));
    }

    async fn a_correction_tells_of_nothing_that_few_have_answered(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 20), 5, |day, _| if day % 2 == 0 { 3 } else { 5 }).await;
        house.service.close_due(1, words).await.unwrap();
        let mut text = "id,point,answered_at,questionnaire,stage,field,channel,comment,A1,D1\n".to_owned();
        for at in 0..6 {
            let result = if at == 0 { "1" } else { "" };
            text.push_str(&format!("{},{},2026-09-21,,result,,paper,,4,{result}\n", Uuid::new_v4(), house.points[0]));
        }
        import(&house, Kind::Responses, &text).await.unwrap();
        let correction = issue(&house, "p", "2026-09").await.unwrap().edition.correction.unwrap();
        let now: Vec<_> = correction.parts[0].rows.iter().map(|row| (row.code.as_str(), row.now.is_some())).collect();
        assert_eq!(now, [("II", false), ("II.1", true), ("II.2", true), ("II.3", true), ("II.4", false), ("II.5", true)]);
    }
}
