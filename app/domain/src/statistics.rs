//! How sure a figure is: intervals from the counts by point and day.
//!
//! What is estimated is what these points would score with this period's visitors. Answers of one
//! point on one day resemble each other, so point and day together are a cluster, and the variance is
//! that of the ultimate cluster estimator for ratios (Taylor linearisation, clusters drawn with
//! replacement). Lasting differences between points are not sampling error, and answers are
//! volunteers': neither is covered by an interval.
//! Sources: Särndal, Swensson, Wretman, *Model Assisted Survey Sampling* (1992), ch. 5; Korn and
//! Graubard, *Analysis of Health Surveys* (1999), ch. 2 and 5; Wilson (1927) for shares.

pub mod compare;
pub mod outlook;
pub mod population;
pub mod rank;
pub mod reliability;
mod sample;

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::counts::Counts;
use crate::document::number;
use crate::index::{Figure, Index};
use crate::questionnaire::Rule;

pub use sample::Sample;
use sample::products;

/// Fewer clusters give no interval.
pub const CLUSTERS_MIN: f64 = 10.0;
/// Fewer valid answers give no interval.
pub const ANSWERS_MIN: f64 = 30.0;

/// A variance of answers below this is rounding residue: one answer of a million would make more.
const NOTHING: f64 = 1e-12;

/// The 95 % interval of a score, both ends from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// A score and as much on both sides, both 0 to 100, cut there.
    fn around(score: f64, half: f64) -> Self {
        Self { low: (score - half).clamp(0.0, 100.0), high: (score + half).clamp(0.0, 100.0) }
    }

    /// The same with the figure in it: where all are satisfied, Wilson's upper end is 100, of which binary
    /// numbers lose the last digit.
    fn holding(self, score: f64) -> Self {
        Self { low: self.low.min(score), high: self.high.max(score) }
    }
}

/// A score as an estimate: what comparisons, ranks and outlooks are computed from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measurement {
    /// 0 to 100.
    pub score: f64,
    /// Of the score, in squared percentage points. Where all answers are alike it would be 0, which
    /// nobody believes: then it is that of Wilson's interval.
    pub variance: f64,
    /// Points times days, at least [`CLUSTERS_MIN`].
    pub clusters: f64,
    /// Valid answers, at least [`ANSWERS_MIN`].
    pub answers: f64,
}

impl Measurement {
    /// Standard error in percentage points.
    pub fn error(&self) -> f64 {
        self.variance.sqrt()
    }

    /// Degrees of freedom of its variance.
    pub fn freedom(&self) -> f64 {
        self.clusters - 1.0
    }
}

/// The 97.5 % point of Student's t.
fn t(freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |t| t.inverse_cdf(0.975))
}

/// The 97.5 % point of the normal distribution.
fn z() -> f64 {
    Normal::standard().inverse_cdf(0.975)
}

/// The probability of less than `x` under Student's t.
fn below(x: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |t| t.cdf(x))
}

/// How sure the figures of an index are.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty {
    pub overall: Option<Interval>,
    pub groups: Vec<Option<Interval>>,
    pub components: Vec<Option<Interval>>,
    pub items: Vec<Option<Interval>>,
    /// Groups and components as estimates, wherever they have an interval.
    pub measured_groups: Vec<Option<Measurement>>,
    pub measured_components: Vec<Option<Measurement>>,
    /// Variance of each component over that of as many independent answers.
    pub design_effects: Vec<Option<f64>>,
}

/// A figure as a mean of item ratios: the share of each item in it.
type Weights = Vec<f64>;

impl Uncertainty {
    /// The intervals of all figures that are shown. `counts` are the sums that the index was computed
    /// from, `sample` their clusters.
    pub fn new(index: &Index, counts: &Counts, mut sample: Sample) -> Self {
        let clusters = sample.clusters();
        let estimate = Estimator::new(index, counts, &sample, clusters);
        let instrument = &index.instrument;
        let components: Vec<Weights> =
            (0..instrument.spans.len()).map(|c| estimate.component(c)).collect();
        let groups: Vec<Weights> = (0..index.groups.len())
            .map(|group| {
                let members = instrument.spans.iter().zip(&components);
                estimate.mean(members.filter(|(span, _)| span.group == group).map(|(_, w)| w))
            })
            .collect();
        let overall = estimate.mean(groups.iter());
        let items = index.items.iter().enumerate();
        let sure = |figures: &[Figure], weights: &[Weights]| -> (Vec<_>, Vec<_>) {
            let sure = figures.iter().zip(weights).map(|(f, w)| estimate.sure(*f, w).unzip());
            sure.unzip()
        };
        let (sure_groups, measured_groups) = sure(&index.groups, &groups);
        let (sure_components, measured_components) = sure(&index.components, &components);
        Self {
            overall: estimate.sure(index.overall, &overall).map(|(interval, _)| interval),
            groups: sure_groups,
            components: sure_components,
            items: items.map(|(item, figure)| estimate.item(*figure, item)).collect(),
            measured_groups,
            measured_components,
            design_effects: components
                .iter()
                .zip(&index.components)
                .map(|(w, figure)| figure.score().and_then(|_| estimate.design_effect(w)))
                .collect(),
        }
    }
}

/// The interval of a figure and its estimate, where it is shown and has enough answers.
type Sure = Option<(Interval, Measurement)>;

struct Estimator<'a> {
    index: &'a Index,
    clusters: f64,
    /// Ratio, number of valid answers and variance of one answer, per item.
    items: Vec<(f64, f64, f64)>,
    /// Items with a variance between clusters.
    columns: Vec<usize>,
    /// `Σ_c (y_ci − r_i m_ci) (y_cj − r_j m_cj) / (m_i m_j)` for each two columns.
    products: Vec<f64>,
    t: f64,
    z: f64,
}

impl<'a> Estimator<'a> {
    fn new(index: &'a Index, counts: &Counts, sample: &'a Sample, clusters: usize) -> Self {
        let items = counts.items.iter().map(|item| {
            let m = item.valid() as f64;
            let point = |answer| sample.points(answer) as f64 / sample.scale();
            let sum = |power: i32| -> f64 {
                item.n.iter().enumerate().map(|(k, &n)| n as f64 * point(k).powi(power)).sum()
            };
            let r = if m > 0.0 { sum(1) / m } else { 0.0 };
            let s2 = if m > 1.0 { ((sum(2) - m * r * r) / (m - 1.0)).max(0.0) } else { 0.0 };
            let s2 = if s2 > NOTHING { s2 } else { 0.0 };
            (r, m, s2)
        });
        let freedom = clusters.saturating_sub(1).max(1) as f64;
        Self {
            index,
            clusters: clusters as f64,
            items: items.collect(),
            columns: sample.columns.clone(),
            products: products(counts, sample),
            t: t(freedom),
            z: z(),
        }
    }

    /// Equal shares of the component's items that have answers.
    fn component(&self, component: usize) -> Weights {
        let span = &self.index.instrument.spans[component];
        let mut weights = vec![0.0; self.items.len()];
        let answered = span.items.clone().filter(|&item| self.items[item].1 > 0.0);
        let n = answered.clone().count() as f64;
        answered.for_each(|item| weights[item] = 1.0 / n);
        weights
    }

    /// The plain mean of those that have answers.
    fn mean<'w>(&self, parts: impl Iterator<Item = &'w Weights>) -> Weights {
        let parts: Vec<_> = parts.filter(|weights| weights.iter().any(|w| *w > 0.0)).collect();
        let mut sum = vec![0.0; self.items.len()];
        for weights in &parts {
            sum.iter_mut().zip(*weights).for_each(|(sum, w)| *sum += w / parts.len() as f64);
        }
        sum
    }

    /// `C/(C−1) Σ z_c²` with `z_c = Σ_j w_j (y_cj − r_j m_cj) / m_j`.
    fn variance(&self, weights: &Weights) -> f64 {
        let columns = self.columns.iter().map(|&item| weights[item]).enumerate();
        let used: Vec<(usize, f64)> = columns.filter(|(_, weight)| *weight > 0.0).collect();
        let of = |&(column, weight): &(usize, f64)| {
            let row = &self.products[column * self.columns.len()..];
            weight * used.iter().map(|(other, w)| w * row[*other]).sum::<f64>()
        };
        used.iter().map(of).sum::<f64>().max(0.0) * self.clusters / (self.clusters - 1.0)
    }

    fn enough(&self, answers: f64) -> bool {
        self.clusters >= CLUSTERS_MIN && answers >= ANSWERS_MIN
    }

    fn answers(&self, weights: &Weights) -> f64 {
        weights.iter().zip(&self.items).filter(|(w, _)| **w > 0.0).map(|(_, item)| item.1).sum()
    }

    /// The interval of a figure, and the figure as an estimate.
    fn sure(&self, figure: Figure, weights: &Weights) -> Sure {
        let shown = figure.score()?;
        let answers = self.answers(weights);
        if !self.enough(answers) {
            return None;
        }
        let score: f64 = weights.iter().zip(&self.items).map(|(w, item)| w * item.0).sum();
        let variance = self.variance(weights);
        let (interval, variance) = if variance > NOTHING {
            (self.student(score, variance), variance)
        } else {
            let (middle, half) = self.wilson(score, answers);
            (around(middle, half), (half / self.z).powi(2))
        };
        // As shown to the last digit.
        let (score, variance) = (number(shown), 10_000.0 * variance);
        Some((
            interval.holding(score),
            Measurement { score, variance, clusters: self.clusters, answers },
        ))
    }

    fn item(&self, figure: Figure, item: usize) -> Option<Interval> {
        let shown = figure.score()?;
        let (r, m, s2) = self.items[item];
        if !self.enough(m) {
            return None;
        }
        let mut weights = vec![0.0; self.items.len()];
        weights[item] = 1.0;
        let variance = self.variance(&weights);
        let wilson = |n| {
            let (middle, half) = self.wilson(r, n);
            around(middle, half)
        };
        let interval = match self.index.rule {
            Rule::Mean5 if variance > NOTHING * NOTHING => self.student(r, variance),
            Rule::Mean5 => wilson(m),
            // As many independent answers as would be equally sure, never more than there are.
            Rule::Top2 if s2 > 0.0 => wilson(m / (variance / (s2 / m)).max(1.0)),
            Rule::Top2 => wilson(m),
        };
        Some(interval.holding(number(shown)))
    }

    /// Variance over that of independent answers, `Σ w_j² s_j² / m_j`.
    fn design_effect(&self, weights: &Weights) -> Option<f64> {
        let alone: f64 = weights
            .iter()
            .zip(&self.items)
            .filter(|(w, _)| **w > 0.0)
            .map(|(w, (_, m, s2))| w * w * s2 / m)
            .sum();
        let enough = self.enough(self.answers(weights)) && alone > 0.0;
        enough.then(|| self.variance(weights) / alone)
    }

    fn student(&self, score: f64, variance: f64) -> Interval {
        around(score, self.t * variance.sqrt())
    }

    /// Middle and half width of Wilson's interval.
    fn wilson(&self, share: f64, n: f64) -> (f64, f64) {
        let z2 = self.z * self.z;
        let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half =
            self.z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
        (middle, half)
    }
}

/// The same of shares from 0 to 1.
fn around(share: f64, half: f64) -> Interval {
    Interval::around(100.0 * share, 100.0 * half)
}
