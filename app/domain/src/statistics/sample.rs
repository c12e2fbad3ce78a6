//! Clusters of answers, summed up so that the variance of every figure follows from them.

use crate::counts::{Counts, Numbers};
use crate::instrument::Instrument;
use crate::questionnaire::Rule;

/// What the variance between clusters follows from, of any figure: for each two items, the products
/// of their points and answers in each cluster, summed over the clusters. Whole numbers, so nothing is
/// lost, and samples of different clusters can be merged in any order.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    rule: Rule,
    components: usize,
    /// Positions of the items that are kept: those asked at a counter, or all.
    pub(super) columns: Vec<usize>,
    /// The column of each item that is kept.
    column_of: Vec<Option<u16>>,
    /// The cluster that may still grow: points and answers of each column, one after the other.
    open: Vec<u32>,
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
            column_of: column_of(&columns, instrument.items()),
            columns,
            open: vec![0; values],
            clusters: 0,
            products: vec![0; values * (values + 1) / 2],
        }
    }

    /// Adds packed counts to the last cluster, or to a new one. A point has not as many answers on one
    /// day as `u32` cannot hold.
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
            let Ok(value) = u32::try_from(value) else { continue };
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
                let value = u64::from(value);
                let others = self.open[at..].iter().map(|other| value * u64::from(*other));
                row.iter_mut().zip(others).for_each(|(sum, product)| *sum += product);
            }
        }
        self.open.fill(0);
    }

    /// Points of the answer at a position, in units of [`Self::scale`].
    pub(super) fn points(&self, answer: usize) -> u32 {
        match self.rule {
            Rule::Top2 => u32::from(answer >= 3),
            Rule::Mean5 => answer as u32 + 1,
        }
    }

    pub(super) fn scale(&self) -> f64 {
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
        let known = self.column_of.get(item)?;
        if known.is_none() {
            self.widen();
        }
        self.column_of[item].map(usize::from)
    }

    /// Keeps all items from now on.
    fn widen(&mut self) {
        let all = self.column_of.len();
        if self.columns.len() == all {
            return;
        }
        let values = 2 * all;
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
        self.columns = (0..all).collect();
        self.column_of = column_of(&self.columns, all);
    }
}

/// Which column each of so many items is.
fn column_of(columns: &[usize], items: usize) -> Vec<Option<u16>> {
    let mut column_of = vec![None; items];
    for (column, item) in (0..).zip(columns) {
        column_of[*item] = Some(column);
    }
    column_of
}

/// Where the pair `a`, `b` (not greater first) stands in an upper triangle of `values` rows.
fn place(values: usize, a: usize, b: usize) -> usize {
    a * (2 * values - a - 1) / 2 + b
}

/// For each two columns `Σ_c (y_ci − r_i m_ci) (y_cj − r_j m_cj) / (m_i m_j)`. The numerators are exact, so figures that do not vary have none.
pub(super) fn products(counts: &Counts, sample: &Sample) -> Vec<f64> {
    let totals = |item: &usize| {
        let n = counts.items[*item].n;
        let points: u64 =
            n.iter().enumerate().map(|(answer, n)| n * u64::from(sample.points(answer))).sum();
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
