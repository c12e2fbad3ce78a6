//! How well the questionnaire measures: do the items of a component go together, and the components?
//!
//! From single responses, read one after another; what is kept are sums. Within a component only
//! responses count that answered two or more of its items (folded part, full form, paper), so these are
//! volunteers. Between components the short form serves, which asks everybody one item of each.
//! Sources: Cronbach (1951), from variances and covariances, each pair on the responses that have both;
//! corrected item–total correlation, here with the mean of the other items.

use std::sync::Arc;

use crate::answer::{Answer, Given, unpacked};
use crate::form::Form;
use crate::instrument::Instrument;
use crate::questionnaire::Rule;

/// Fewer pairs give no figure.
pub const PAIRS_MIN: u64 = 100;

/// Sums over responses, of which every figure follows. Whole numbers: nothing is lost, and the order
/// of the responses does not matter.
#[derive(Clone, Debug)]
pub struct Responses {
    instrument: Arc<Instrument>,
    rule: Rule,
    /// Positions of the components that are asked at a counter.
    components: Vec<usize>,
    within: Vec<Together>,
    between: Together,
    /// Makes whole numbers of means: a multiple of all numbers of values that are averaged.
    scale: i64,
    seen: u64,
}

/// Sums of a set of values that may be given together in a response.
#[derive(Clone, Debug)]
struct Together {
    /// Of each value over the responses with two or more: number, sum, sum of squares.
    alone: Vec<[i64; 3]>,
    /// Of each two values: number, both sums, sum of products; the upper triangle, row after row.
    pairs: Vec<[i64; 4]>,
    /// Of each value and the mean of the others: number, both sums, both squares, products.
    rests: Vec<[i128; 6]>,
}

impl Together {
    fn new(values: usize) -> Self {
        let pairs = values * values.saturating_sub(1) / 2;
        Self {
            alone: vec![[0; 3]; values],
            pairs: vec![[0; 4]; pairs],
            rests: vec![[0; 6]; values],
        }
    }

    /// Adds the values of one response.
    fn add(&mut self, given: &[(usize, i64)], scale: i64) {
        if given.len() < 2 {
            return;
        }
        let total: i64 = given.iter().map(|(_, value)| value).sum();
        let others = given.len() as i64 - 1;
        for (k, &(a, x)) in given.iter().enumerate() {
            add(&mut self.alone[a], [1, x, x * x]);
            let (x, y) = (i128::from(x), i128::from((total - x) * (scale / others)));
            let sums = [1, x, y, x * x, y * y, x * y];
            self.rests[a].iter_mut().zip(sums).for_each(|(sum, more)| *sum += more);
            let x = given[k].1;
            for &(b, y) in &given[k + 1..] {
                let at = a * (2 * self.alone.len() - a - 3) / 2 + b - 1;
                add(&mut self.pairs[at], [1, x, y, x * y]);
            }
        }
    }

    fn alpha(&self) -> Alpha {
        let pairs = self.pairs.iter().map(|pair| pair[0] as u64).min().unwrap_or(0);
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let covariance = |&[n, x, y, xy]: &[i64; 4]| {
            let [n, x, y, xy] = [n, x, y, xy].map(i128::from);
            (n * xy - x * y) as f64 / (n * (n - 1)) as f64
        };
        let variance = |&[n, x, xx]: &[i64; 3]| covariance(&[n, x, x, xx]);
        let alpha = (pairs >= PAIRS_MIN).then(|| {
            let c = mean(&self.pairs.iter().map(covariance).collect::<Vec<_>>());
            let v = mean(&self.alone.iter().map(variance).collect::<Vec<_>>());
            let k = self.alone.len() as f64;
            k * c / (v + (k - 1.0) * c)
        });
        Alpha { alpha: alpha.filter(|alpha| alpha.is_finite()), pairs }
    }

    fn rests(&self) -> impl Iterator<Item = Relation> {
        self.rests.iter().map(|&[n, x, y, xx, yy, xy]| {
            let spread = ((n * xx - x * x) as f64 * (n * yy - y * y) as f64).sqrt();
            let correlation = (n * xy - x * y) as f64 / spread;
            let enough = n >= i128::from(PAIRS_MIN) && correlation.is_finite();
            Relation { correlation: enough.then_some(correlation), responses: n as u64 }
        })
    }
}

fn add<const N: usize>(sums: &mut [i64; N], more: [i64; N]) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

/// Cronbach's alpha, at most 1; `None` on fewer than [`PAIRS_MIN`] pairs, or where nothing varies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alpha {
    pub alpha: Option<f64>,
    /// Responses with both, of the two that are least often together.
    pub pairs: u64,
}

/// How a value goes with the mean of those beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relation {
    /// Pearson's, −1 to 1; `None` on fewer than [`PAIRS_MIN`] responses, or where nothing varies.
    pub correlation: Option<f64>,
    pub responses: u64,
}

/// What the sums say.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// Responses that were read.
    pub responses: u64,
    /// Of the components that are asked at a counter: position, alpha, and each item's relation to the
    /// rest of its component.
    pub components: Vec<(usize, Alpha, Vec<Relation>)>,
    /// Of these components among each other, from the short form.
    pub between: Alpha,
    /// Each component's relation to the others.
    pub rests: Vec<Relation>,
}

impl Responses {
    /// Nothing read yet.
    pub fn new(instrument: &Arc<Instrument>, rule: Rule) -> Self {
        let spans = &instrument.spans;
        let components: Vec<usize> = (0..spans.len()).filter(|&c| spans[c].counter).collect();
        let sizes = components.iter().map(|&c| spans[c].items.len());
        let most = sizes.clone().chain([components.len()]).max().unwrap_or(1) as i64;
        Self {
            rule,
            within: sizes.map(Together::new).collect(),
            between: Together::new(components.len()),
            components,
            scale: (1..most).fold(1, least_common_multiple),
            instrument: instrument.clone(),
            seen: 0,
        }
    }

    /// Reads the packed answers of one response.
    pub fn add(&mut self, form: Option<Form>, packed: &[u8]) {
        self.seen += 1;
        let mut asked: Vec<(usize, i64)> = Vec::with_capacity(self.components.len());
        let mut one_each: Vec<(usize, i64)> = Vec::with_capacity(self.components.len());
        let mut several = false;
        let mut given: Vec<(usize, i64)> = Vec::with_capacity(8);
        let mut answers = unpacked(packed).peekable();
        let short = matches!(form, Some(Form::Short(_)));
        for (at, &component) in self.components.iter().enumerate() {
            let items = &self.instrument.spans[component].items;
            given.clear();
            while let Some(&(position, answer)) = answers.peek() {
                if position >= items.end {
                    break;
                }
                answers.next();
                let Some(Answer::Score(score)) = answer.answer() else { continue };
                if position < items.start {
                    continue;
                }
                let value = match self.rule {
                    Rule::Top2 => i64::from(score >= 4),
                    Rule::Mean5 => i64::from(score),
                };
                given.push((position - items.start, value));
                if short && matches!(answer, Given::Asked(_)) {
                    asked.push((at, value));
                }
            }
            several |= given.len() > 1;
            one_each.extend(given.first().map(|(_, value)| (at, *value)));
            self.within[at].add(&given, self.scale);
        }
        // Without a form, as from a file, one answer a component can only be that of a short form.
        if form.is_none() && !several {
            self.between.add(&one_each, self.scale);
        }
        self.between.add(&asked, self.scale);
    }

    /// The figures of all that was read.
    pub fn reliability(&self) -> Reliability {
        let within = self.components.iter().zip(&self.within);
        Reliability {
            responses: self.seen,
            components: within.map(|(&c, all)| (c, all.alpha(), all.rests().collect())).collect(),
            between: self.between.alpha(),
            rests: self.between.rests().collect(),
        }
    }
}

fn least_common_multiple(a: i64, b: i64) -> i64 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}
