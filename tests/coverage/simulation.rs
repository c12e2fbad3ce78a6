//! How often the interval holds the true value, in simulated months.
//!
//! Each point has so many days; what moves all answers of a point on a day is drawn anew for each, and
//! so are the visitors, the form each of them is given, and the answers. The true value is what these
//! points would score on average over all such months: it follows from the probabilities and is not
//! simulated. Items differ, and each short form asks one of each component, as the real one does.

use std::sync::Arc;

use domain::counts::Counts;
use domain::index::Index;
use domain::instrument::Instrument;
use domain::questionnaire::Rule;
use domain::statistics::{Interval, Sample, Uncertainty};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub(crate) const MONTHS: usize = 2000;
pub(crate) const SEEDS: std::ops::RangeInclusive<u64> = 1..=5;

/// What is simulated.
#[derive(Clone, Copy)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) points: usize,
    pub(crate) days: usize,
    /// From none to twice as many visitors a point and day.
    pub(crate) visitors: u64,
    /// A point and day moves every probability by up to so much, up or down.
    pub(crate) day_effect: f64,
    /// Points differ for good: the first half has so much more, the second so much less.
    pub(crate) point_effect: f64,
}

pub(crate) const SCENARIOS: [Scenario; 5] = [
    Scenario {
        name: "a month of four counters",
        points: 4,
        days: 22,
        visitors: 8,
        day_effect: 0.12,
        point_effect: 0.0,
    },
    Scenario {
        name: "strong days",
        points: 4,
        days: 22,
        visitors: 8,
        day_effect: 0.2,
        point_effect: 0.0,
    },
    Scenario {
        name: "a commune of twelve counters",
        points: 12,
        days: 22,
        visitors: 8,
        day_effect: 0.12,
        point_effect: 0.0,
    },
    Scenario {
        name: "hardly anybody: one counter",
        points: 1,
        days: 22,
        visitors: 4,
        day_effect: 0.12,
        point_effect: 0.0,
    },
    Scenario {
        name: "counters that differ for good",
        points: 4,
        days: 22,
        visitors: 8,
        day_effect: 0.12,
        point_effect: 0.1,
    },
];

/// Probability of a satisfied answer of each component.
const LEVELS: [f64; 5] = [0.72, 0.7, 0.71, 0.69, 0.68];

/// How many intervals were given, and how many of them held the true value.
#[derive(Clone, Copy, Default)]
pub(crate) struct Held {
    given: u64,
    held: u64,
}

impl Held {
    fn add(&mut self, interval: Option<Interval>, truth: f64) {
        if let Some(interval) = interval {
            self.given += 1;
            self.held += u64::from((interval.low..=interval.high).contains(&truth));
        }
    }

    /// Per cent.
    pub(crate) fn share(&self) -> f64 {
        100.0 * self.held as f64 / self.given as f64
    }
}

/// By rule: the group, the components together, the items together.
pub(crate) type Result = [[Held; 3]; 2];

pub(crate) const RULES: [Rule; 2] = [Rule::Top2, Rule::Mean5];

/// The lines of the table.
pub(crate) fn rows(scenario: &Scenario, seed: u64, result: &Result) -> Vec<String> {
    let line = |(rule, [group, components, items]): (Rule, &[Held; 3])| {
        format!(
            "| {} | {} | {seed} | {:.1} | {:.1} | {:.1} |",
            scenario.name,
            rule.name(),
            group.share(),
            components.share(),
            items.share()
        )
    };
    RULES.into_iter().zip(result).map(line).collect()
}

/// Simulates so many months.
pub(crate) fn simulate(
    instrument: &Arc<Instrument>,
    scenario: &Scenario,
    months: usize,
    seed: u64,
) -> Result {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut result = Result::default();
    for _ in 0..months {
        let (counts, samples) = month(instrument, scenario, &mut rng);
        for ((rule, sample), held) in RULES.into_iter().zip(samples).zip(&mut result) {
            let index = Index::new(instrument.clone(), &counts, rule, &[], false);
            let sure = Uncertainty::new(&index, &counts, sample);
            let mut means = vec![];
            for (component, span) in instrument.spans.iter().enumerate().filter(|(_, s)| s.counter)
            {
                let truths: Vec<f64> =
                    span.items.clone().map(|item| truth(instrument, item, rule)).collect();
                for (item, truth) in span.items.clone().zip(&truths) {
                    held[2].add(sure.items[item], *truth);
                }
                let mean = truths.iter().sum::<f64>() / truths.len() as f64;
                held[1].add(sure.components[component], mean);
                means.push(mean);
            }
            let group = instrument.spans.iter().find(|span| span.counter).map_or(0, |s| s.group);
            held[0].add(sure.groups[group], means.iter().sum::<f64>() / means.len() as f64);
        }
    }
    result
}

fn month(
    instrument: &Arc<Instrument>,
    scenario: &Scenario,
    rng: &mut ChaCha8Rng,
) -> (Counts, [Sample; 2]) {
    let mut counts = Counts::empty(instrument);
    let mut samples = RULES.map(|rule| Sample::new(instrument, rule));
    for point in 0..scenario.points {
        let sign = if 2 * point < scenario.points { 1.0 } else { -1.0 };
        for _ in 0..scenario.days {
            let mood = sign * scenario.point_effect
                + rng.random_range(-scenario.day_effect..=scenario.day_effect);
            let mut cluster = Counts::empty(instrument);
            for _ in 0..rng.random_range(0..=2 * scenario.visitors) {
                visitor(instrument, mood, &mut cluster, rng);
            }
            let packed = cluster.pack();
            samples.iter_mut().for_each(|sample| sample.add(true, &packed));
            counts.merge(&cluster);
        }
    }
    (counts, samples)
}

fn visitor(instrument: &Instrument, mood: f64, cluster: &mut Counts, rng: &mut ChaCha8Rng) {
    let form = instrument.design.draw(rng.next_u64());
    cluster.responses += 1;
    for &item in instrument.design.asked(form) {
        let answer = match rng.random_bool(probability(instrument, item) + mood) {
            true => 3 + usize::from(rng.random_ratio(3, 10)),
            false => 2 - usize::from(rng.random_ratio(4, 10)),
        };
        cluster.items[item].n[answer] += 1;
        cluster.respondents[instrument.component_of[item]] += 1;
    }
}

/// The mean probability of a satisfied answer: items lie about their component.
fn probability(instrument: &Instrument, item: usize) -> f64 {
    let component = instrument.component_of[item];
    let span = &instrument.spans[component];
    let first = instrument.spans.iter().position(|span| span.counter).unwrap_or(0);
    LEVELS[component - first] + 0.02 * (item - span.items.start) as f64
}

/// The score of an item over all months: moods have the mean zero, and so have the points together.
fn truth(instrument: &Instrument, item: usize, rule: Rule) -> f64 {
    let p = probability(instrument, item);
    match rule {
        Rule::Top2 => 100.0 * p,
        Rule::Mean5 => 20.0 * (p * 4.3 + (1.0 - p) * 2.6),
    }
}
