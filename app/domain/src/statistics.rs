//! How sure a figure is: intervals from the counts by point and day.
//!
//! What is estimated is what these points would score with this period's visitors. Answers of one
//! point on one day resemble each other, so point and day together are a cluster, and the variance is
//! that of the ultimate cluster estimator for ratios (Taylor linearisation, clusters drawn with
//! replacement). Lasting differences between points are not sampling error, and answers are
//! volunteers': neither is covered by an interval.
//! Sources: Särndal, Swensson, Wretman, *Model Assisted Survey Sampling* (1992), ch. 5; Korn and
//! Graubard, *Analysis of Health Surveys* (1999), ch. 2 and 5; Wilson (1927) for shares.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::counts::{Counts, Numbers};
use crate::index::{Figure, Index};
use crate::instrument::Instrument;
use crate::questionnaire::Rule;

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

/// What the variance between clusters follows from, of any figure: for each two items, the products
/// of their points and answers in each cluster, summed over the clusters. Whole numbers, so nothing is
/// lost, and samples of different clusters can be merged in any order.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    rule: Rule,
    components: usize,
    /// Positions of the items that are kept: those asked at a counter, or all.
    columns: Vec<usize>,
    all_items: usize,
    /// The cluster that may still grow: points and answers of each column, one after the other.
    open: Vec<u64>,
    /// Clusters with a valid answer that are closed.
    clusters: u64,
    /// Sums of products of two values of a cluster; the upper triangle, row after row.
    products: Vec<u64>,
}

impl Sample {
    /// No cluster yet.
    pub fn new(instrument: &Instrument, rule: Rule) -> Self {
        let counter = instrument.spans.iter().filter(|span| span.counter);
        let columns: Vec<usize> = counter.flat_map(|span| span.items.clone()).collect();
        let values = 2 * columns.len();
        Self {
            rule,
            components: instrument.spans.len(),
            columns,
            all_items: instrument.items(),
            open: vec![0; values],
            clusters: 0,
            products: vec![0; values * (values + 1) / 2],
        }
    }

    /// Adds packed counts to the last cluster, or to a new one.
    pub fn add(&mut self, new_cluster: bool, packed: &[u8]) {
        if new_cluster {
            self.close();
        }
        for (place, value) in Numbers::of(packed).map_while(|number| number) {
            let Some(place) = place.checked_sub(1 + self.components) else { continue };
            let (item, answer) = (place / 6, place % 6);
            if answer == 5 {
                continue;
            }
            let Some(column) = self.column(item) else { continue };
            self.open[2 * column] += value * self.points(answer);
            self.open[2 * column + 1] += value;
        }
    }

    /// Adds all clusters of another sample; none of them may be one of this sample.
    pub fn merge(&mut self, other: &Self) {
        self.close();
        let mut theirs = std::borrow::Cow::Borrowed(other);
        if other.open.iter().any(|value| *value > 0) {
            theirs.to_mut().close();
        }
        if theirs.columns.len() != self.columns.len() {
            theirs.to_mut().widen();
            self.widen();
        }
        self.clusters += theirs.clusters;
        self.products.iter_mut().zip(&theirs.products).for_each(|(mine, theirs)| *mine += theirs);
    }

    /// The number of clusters with a valid answer to any item.
    pub fn clusters(&mut self) -> usize {
        self.close();
        self.clusters as usize
    }

    /// Ends the last cluster.
    pub fn close(&mut self) {
        if self.open.iter().all(|value| *value == 0) {
            return;
        }
        self.clusters += 1;
        let mut rest = &mut self.products[..];
        for (at, &value) in self.open.iter().enumerate() {
            let (row, below) = rest.split_at_mut(self.open.len() - at);
            rest = below;
            if value > 0 {
                row.iter_mut().zip(&self.open[at..]).for_each(|(sum, other)| *sum += value * other);
            }
        }
        self.open.fill(0);
    }

    /// Points of the answer at a position, in units of [`Self::scale`].
    fn points(&self, answer: usize) -> u64 {
        match self.rule {
            Rule::Top2 => u64::from(answer >= 3),
            Rule::Mean5 => answer as u64 + 1,
        }
    }

    fn scale(&self) -> f64 {
        match self.rule {
            Rule::Top2 => 1.0,
            Rule::Mean5 => 5.0,
        }
    }

    /// The sum of the products of two values.
    fn product(&self, a: usize, b: usize) -> i128 {
        i128::from(self.products[place(self.open.len(), a.min(b), a.max(b))])
    }

    fn column(&mut self, item: usize) -> Option<usize> {
        if let Ok(column) = self.columns.binary_search(&item) {
            return Some(column);
        }
        self.widen();
        (item < self.all_items).then_some(item)
    }

    /// Keeps all items from now on.
    fn widen(&mut self) {
        if self.columns.len() == self.all_items {
            return;
        }
        let values = 2 * self.all_items;
        let wide = |value: usize| 2 * self.columns[value / 2] + value % 2;
        let mut open = vec![0; values];
        let mut products = vec![0; values * (values + 1) / 2];
        for a in 0..self.open.len() {
            open[wide(a)] = self.open[a];
            for b in a..self.open.len() {
                products[place(values, wide(a), wide(b))] =
                    self.products[place(self.open.len(), a, b)];
            }
        }
        (self.open, self.products) = (open, products);
        self.columns = (0..self.all_items).collect();
    }
}

/// Where the pair `a`, `b` (not greater first) stands in an upper triangle of `values` rows.
fn place(values: usize, a: usize, b: usize) -> usize {
    a * (2 * values - a - 1) / 2 + b
}

/// How sure the figures of an index are.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty {
    pub overall: Option<Interval>,
    pub groups: Vec<Option<Interval>>,
    pub components: Vec<Option<Interval>>,
    pub items: Vec<Option<Interval>>,
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
        Self {
            overall: estimate.interval(index.overall, &overall),
            groups: index
                .groups
                .iter()
                .zip(&groups)
                .map(|(f, w)| estimate.interval(*f, w))
                .collect(),
            components: index
                .components
                .iter()
                .zip(&components)
                .map(|(f, w)| estimate.interval(*f, w))
                .collect(),
            items: items.map(|(item, figure)| estimate.item(*figure, item)).collect(),
            design_effects: components
                .iter()
                .zip(&index.components)
                .map(|(w, figure)| figure.score().and_then(|_| estimate.design_effect(w)))
                .collect(),
        }
    }
}

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
            t: StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |t| t.inverse_cdf(0.975)),
            z: Normal::standard().inverse_cdf(0.975),
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

    fn interval(&self, figure: Figure, weights: &Weights) -> Option<Interval> {
        figure.score()?;
        let answers = self.answers(weights);
        if !self.enough(answers) {
            return None;
        }
        let score: f64 = weights.iter().zip(&self.items).map(|(w, item)| w * item.0).sum();
        let variance = self.variance(weights);
        Some(if variance > NOTHING {
            self.student(score, variance)
        } else {
            self.wilson(score, answers)
        })
    }

    fn item(&self, figure: Figure, item: usize) -> Option<Interval> {
        figure.score()?;
        let (r, m, s2) = self.items[item];
        if !self.enough(m) {
            return None;
        }
        let mut weights = vec![0.0; self.items.len()];
        weights[item] = 1.0;
        let variance = self.variance(&weights);
        Some(match self.index.rule {
            Rule::Mean5 if variance > NOTHING * NOTHING => self.student(r, variance),
            Rule::Mean5 => self.wilson(r, m),
            // As many independent answers as would be equally sure, never more than there are.
            Rule::Top2 if s2 > 0.0 => self.wilson(r, m / (variance / (s2 / m)).max(1.0)),
            Rule::Top2 => self.wilson(r, m),
        })
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
        let half = self.t * variance.sqrt();
        cut(score - half, score + half)
    }

    fn wilson(&self, share: f64, n: f64) -> Interval {
        let z2 = self.z * self.z;
        let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half =
            self.z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
        cut(middle - half, middle + half)
    }
}

/// See [`Estimator::products`]. The numerators are exact, so figures that do not vary have none.
fn products(counts: &Counts, sample: &Sample) -> Vec<f64> {
    let totals = |item: &usize| {
        let n = counts.items[*item].n;
        let points: u64 = n.iter().enumerate().map(|(answer, n)| n * sample.points(answer)).sum();
        (i128::from(points), i128::from(n.iter().sum::<u64>()))
    };
    let totals: Vec<(i128, i128)> = sample.columns.iter().map(totals).collect();
    let scale = sample.scale() * sample.scale();
    let mut products = Vec::with_capacity(totals.len() * totals.len());
    for (i, (yi, mi)) in totals.iter().enumerate() {
        for (j, (yj, mj)) in totals.iter().enumerate() {
            let numerator = sample.product(2 * i, 2 * j) * mi * mj
                - sample.product(2 * i, 2 * j + 1) * mi * yj
                - sample.product(2 * i + 1, 2 * j) * yi * mj
                + sample.product(2 * i + 1, 2 * j + 1) * yi * yj;
            let denominator = scale * (mi * mj) as f64 * (mi * mj) as f64;
            products.push(if numerator == 0 { 0.0 } else { numerator as f64 / denominator });
        }
    }
    products
}

fn cut(low: f64, high: f64) -> Interval {
    Interval { low: (100.0 * low).clamp(0.0, 100.0), high: (100.0 * high).clamp(0.0, 100.0) }
}
