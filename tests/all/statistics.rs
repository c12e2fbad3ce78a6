//! Comparisons, outlooks and reliability against an independent package (`tests/oracle/statistics.R`
//! made the figures), and their calibration by simulation.

use domain::analysis::compare;
use domain::answer::{Answer, Answers, Given};
use domain::counts::Counts;
use domain::form::Form;
use domain::index::Index;
use domain::questionnaire::{Lang, Rule};
use domain::statistics::compare::Direction;
use domain::statistics::outlook::{project, reached};
use domain::statistics::reliability::{Alpha, Relation, Responses};
use domain::statistics::{Measurement, Sample, Uncertainty};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::oracle::{close, cluster, instrument};

pub(crate) const ORACLE: &str = include_str!("../oracle/statistics.json");

fn oracle() -> Value {
    serde_json::from_str(ORACLE).unwrap()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a Vec<Value> {
    value[name].as_array().unwrap()
}

fn measured(clusters: &[Value], rule: Rule) -> (Index, Uncertainty) {
    let instrument = instrument();
    let mut counts = Counts::empty(&instrument);
    let mut sample = Sample::new(&instrument, rule);
    for row in clusters {
        let cluster = cluster(&instrument, row);
        sample.add(true, &cluster.pack());
        counts.merge(&cluster);
    }
    let index = Index::new(instrument, &counts, rule, &[], false);
    let sure = Uncertainty::new(&index, &counts, sample);
    (index, sure)
}

#[test]
fn differences_are_those_of_the_survey_package() {
    let mut checked = 0;
    for case in list(&oracle(), "differences") {
        for rule in [Rule::Top2, Rule::Mean5] {
            let (before, after) = (
                measured(list(case, "clusters_a"), rule),
                measured(list(case, "clusters_b"), rule),
            );
            let rows = compare((&before.0, &before.1), (&after.0, &after.1), Lang::Vi);
            for row in rows {
                let theirs = &case[rule.name()];
                let (theirs, p) = match row.code.split_once('.') {
                    None => (&theirs["group"], "p"),
                    Some((_, n)) => {
                        let letter = ["A", "B", "C", "D", "E"][n.parse::<usize>().unwrap() - 1];
                        (&theirs["components"][letter], "p_holm")
                    }
                };
                let what = format!("{} {} {}", case["name"], rule.name(), row.code);
                close(row.before.unwrap() / 100.0, &theirs["score_a"], &what);
                close(row.after.unwrap() / 100.0, &theirs["score_b"], &what);
                close(row.estimate.unwrap(), &theirs["difference"], &what);
                close(row.low.unwrap(), &theirs["low"], &what);
                close(row.high.unwrap(), &theirs["high"], &what);
                close(row.p.unwrap(), &theirs["p"], &what);
                close(row.p_adjusted.unwrap(), &theirs[p], &what);
                let sure = row.p_adjusted.unwrap() < 0.05;
                assert_eq!(row.direction != Some(Direction::Unclear), sure, "{what}");
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 4 * 2 * 6);
}

#[test]
fn outlooks_are_those_of_students_distribution() {
    for case in list(&oracle(), "outlooks") {
        let number = |name: &str| case[name].as_f64().unwrap();
        let measured = Measurement {
            score: 100.0 * number("score"),
            variance: 10_000.0 * number("variance"),
            clusters: number("clusters"),
            answers: 500.0,
        };
        let what = case.to_string();
        let projection = project(&measured, number("remaining"), Some(number("target")));
        close(reached(&measured, number("target")), &case["reached"], &what);
        close(projection.interval.low, &case["low"], &what);
        close(projection.interval.high, &case["high"], &what);
        close(projection.probability.unwrap(), &case["probability"], &what);
    }
}

/// The answers of a row `[form, answers, ways]`.
pub(crate) fn response(row: &Value) -> (Form, Answers) {
    let instrument = instrument();
    let mut given = vec![Given::NotAsked; instrument.items()];
    let first = instrument.questionnaire.position("A1").unwrap();
    let (answers, ways) = (row[1].as_str().unwrap(), row[2].as_str().unwrap());
    for (at, (answer, way)) in answers.chars().zip(ways.chars()).enumerate() {
        let answer = match answer {
            '.' => None,
            'n' => Some(Answer::NotApplicable),
            score => Some(Answer::Score(score as u8 - b'0')),
        };
        given[first + at] = match (way, answer) {
            ('a', answer) => Given::Asked(answer),
            ('v', Some(answer)) => Given::Volunteered(answer),
            _ => Given::NotAsked,
        };
    }
    let form = if row[0] == "full" { Form::Full } else { Form::Short(1) };
    (form, Answers(given))
}

fn alpha(mine: Alpha, theirs: &Value, what: &str) {
    assert_eq!(mine.pairs, theirs["pairs"].as_u64().unwrap(), "{what}");
    match mine.alpha {
        Some(alpha) => close(alpha, &theirs["alpha"], what),
        None => assert!(mine.pairs < 100, "{what}"),
    }
}

fn relation(mine: &Relation, theirs: &Value, what: &str) {
    assert_eq!(mine.responses, theirs["n"].as_u64().unwrap(), "{what}");
    match mine.correlation {
        Some(correlation) => close(correlation, &theirs["r"], what),
        None => assert!(mine.responses < 100, "{what}"),
    }
}

#[test]
fn reliability_is_that_of_covariances_and_correlations() {
    let instrument = instrument();
    for set in list(&oracle(), "reliability") {
        for rule in [Rule::Top2, Rule::Mean5] {
            let mut responses = Responses::new(&instrument, rule);
            for row in list(set, "responses") {
                let (form, answers) = response(row);
                responses.add(Some(form), &answers.pack());
            }
            let found = responses.reliability();
            assert_eq!(found.responses as usize, list(set, "responses").len());
            let theirs = &set[rule.name()];
            let letters = ["A", "B", "C", "D", "E"];
            for ((_, mine, items), letter) in found.components.iter().zip(letters) {
                let what = format!("{} {} {letter}", set["name"], rule.name());
                let theirs = &theirs["components"][letter];
                alpha(*mine, theirs, &what);
                for (item, relation_of) in items.iter().enumerate() {
                    let theirs = &theirs["items"][format!("{letter}{}", item + 1)];
                    relation(relation_of, theirs, &format!("{what}{}", item + 1));
                }
            }
            alpha(found.between, &theirs["between"], "between");
            for (mine, letter) in found.rests.iter().zip(letters) {
                relation(mine, &theirs["between"]["components"][letter], letter);
            }
        }
    }
}

#[test]
fn what_does_not_vary_and_what_is_rare_has_no_reliability() {
    let instrument = instrument();
    let mut responses = Responses::new(&instrument, Rule::Mean5);
    let all_fives = Answers(
        (0..instrument.items())
            .map(|item| match instrument.spans[instrument.component_of[item]].counter {
                true => Given::Asked(Some(Answer::Score(5))),
                false => Given::NotAsked,
            })
            .collect(),
    );
    for _ in 0..99 {
        responses.add(Some(Form::Full), &all_fives.pack());
    }
    assert_eq!(responses.reliability().components[0].1, Alpha { alpha: None, pairs: 99 });
    responses.add(Some(Form::Full), &all_fives.pack());
    let found = responses.reliability();
    assert_eq!(found.components[0].1, Alpha { alpha: None, pairs: 100 });
    assert_eq!(found.components[0].2[0], Relation { correlation: None, responses: 100 });
    // A full form is not a short one, and paper has no form at all.
    assert_eq!(found.between.pairs, 0);
    responses.add(None, &all_fives.pack());
    assert_eq!(responses.reliability().components[0].1.pairs, 101);
}

/// Clusters of a year, each with its own mean: what is projected from its first part comes true as
/// often as it says, and the probability of the true value holds as well.
#[test]
fn probabilities_come_true_as_often_as_they_say() {
    let mut rng = ChaCha8Rng::seed_from_u64(1001);
    let mut normal = || {
        let (u, v): (f64, f64) = (rng.random_range(1e-12..1.0), rng.random_range(0.0..1.0));
        (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
    };
    let mut year = Calibration::default();
    let mut truth = Calibration::default();
    for round in 0..8000 {
        let clusters = 60;
        let seen = 15 + (round % 4) * 12;
        // A flat prior: the true value lies anywhere about the target.
        let (target, error) = (80.0, 6.0);
        let true_value = target - 4.0 + 8.0 * (round as f64 + 0.5) / 8000.0 + 0.3 * normal();
        let drawn: Vec<f64> = (0..clusters).map(|_| true_value + error * normal()).collect();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let score = mean(&drawn[..seen]);
        let n = seen as f64;
        let squares: f64 = drawn[..seen].iter().map(|x| (x - score).powi(2)).sum();
        let measured =
            Measurement { score, variance: squares / (n - 1.0) / n, clusters: n, answers: 500.0 };
        let remaining = (clusters - seen) as f64 / clusters as f64;
        let said = project(&measured, remaining, Some(target)).probability.unwrap();
        year.add(said, mean(&drawn) >= target);
        truth.add(reached(&measured, target), true_value >= target);
    }
    year.check("the year");
    truth.check("the true value");
}

/// What was said in five classes, and how often it came true.
#[derive(Default)]
struct Calibration([(f64, f64, f64); 5]);

impl Calibration {
    fn add(&mut self, said: f64, came_true: bool) {
        let class = &mut self.0[((said * 5.0) as usize).min(4)];
        *class = (class.0 + said, class.1 + f64::from(came_true), class.2 + 1.0);
    }

    fn check(&self, what: &str) {
        for (said, came_true, n) in self.0 {
            assert!(n > 200.0, "{what}: {n}");
            let (said, came_true) = (said / n, came_true / n);
            let chance = 4.0 * (said * (1.0 - said) / n).sqrt() + 0.01;
            assert!(
                (said - came_true).abs() < chance,
                "{what}: said {said}, came true {came_true}"
            );
        }
    }
}
