//! Differences between two estimates: of two periods of a unit, or of two units.
//!
//! Both are taken to have no cluster in common: other days, or other points.
//! Sources: Welch (1947) for the interval and its degrees of freedom (Satterthwaite); Holm (1979) for
//! several comparisons at once.

use serde::{Deserialize, Serialize};

use super::{Measurement, below, t};

/// What a comparison must fall short of to be called a change: 5 %, after Holm.
pub const LEVEL: f64 = 0.05;

/// One estimate less another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Percentage points, −100 to 100.
    pub estimate: f64,
    /// The 95 % interval, in the same unit; it is of this difference alone.
    pub low: f64,
    pub high: f64,
    /// The probability of a difference at least so large where there is none, both sides.
    pub p: f64,
}

/// What may be said of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    Rising,
    Falling,
    /// "Chưa đủ căn cứ": it may be chance.
    Unclear,
}

impl Difference {
    /// `after` less `before`.
    pub fn new(before: &Measurement, after: &Measurement) -> Self {
        let estimate = after.score - before.score;
        let variance = before.variance + after.variance;
        let parts = [before, after].map(|m| m.variance * m.variance / m.freedom());
        let freedom = variance * variance / parts.iter().sum::<f64>();
        let half = t(freedom) * variance.sqrt();
        let p = 2.0 * below(-(estimate / variance.sqrt()).abs(), freedom);
        let [low, high] = [estimate - half, estimate + half].map(|end| end.clamp(-100.0, 100.0));
        Self { estimate, low, high, p }
    }

    /// What may be said of it, given its probability after [`holm`].
    pub fn direction(&self, adjusted: f64) -> Direction {
        match self.estimate {
            _ if adjusted >= LEVEL => Direction::Unclear,
            0.0.. => Direction::Rising,
            _ => Direction::Falling,
        }
    }
}

/// The probabilities of several comparisons at once, adjusted so that with 95 % no single one of them
/// is called a change by chance. Those that could not be made are not counted.
pub fn holm(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut made: Vec<usize> = (0..p.len()).filter(|&i| p[i].is_some()).collect();
    made.sort_by(|&a, &b| p[a].unwrap_or(1.0).total_cmp(&p[b].unwrap_or(1.0)));
    let mut adjusted = vec![None; p.len()];
    let mut least = 0.0f64;
    for (rank, &at) in made.iter().enumerate() {
        least = least.max(p[at].unwrap_or(1.0) * (made.len() - rank) as f64).min(1.0);
        adjusted[at] = Some(least);
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holm_as_its_author_wrote_it() {
        let p = [Some(0.01), None, Some(0.04), Some(0.03), Some(0.005)];
        let adjusted = holm(&p);
        let expected = [Some(0.03), None, Some(0.06), Some(0.06), Some(0.02)];
        for (adjusted, expected) in adjusted.iter().zip(expected) {
            assert_eq!(adjusted.is_some(), expected.is_some());
            assert!((adjusted.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs() < 1e-12);
        }
        assert_eq!(holm(&[Some(0.9), Some(0.8)]), [Some(1.0), Some(1.0)]);
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn a_difference_turned_round_has_the_other_sign() {
        let measured =
            |score, variance, clusters| Measurement { score, variance, clusters, answers: 400.0 };
        let (a, b) = (measured(70.0, 4.0, 20.0), measured(78.0, 1.0, 60.0));
        let (there, back) = (Difference::new(&a, &b), Difference::new(&b, &a));
        assert_eq!((there.estimate, back.estimate), (8.0, -8.0));
        assert_eq!((there.low, there.high, there.p), (-back.high, -back.low, back.p));
        assert_eq!(there.direction(there.p), Direction::Rising);
        assert_eq!(back.direction(back.p), Direction::Falling);
        assert_eq!(there.direction(0.05), Direction::Unclear);
        let same = Difference::new(&a, &a);
        assert_eq!((same.estimate, same.p), (0.0, 1.0));
    }
}
