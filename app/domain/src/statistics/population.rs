//! Answers against the number of dossiers that were handled.
//!
//! Source of the sample needed: training text on QĐ 1383/QĐ-BNV (2013), `n = N / (1 + N·e²)` with
//! `e = 5 %` and `N` the transactions of the period. The correction for a finite population is that of
//! a simple random sample without replacement; volunteers are none, so it is shown beside the plain
//! interval and never instead.

use super::{ANSWERS_MIN, Interval, Measurement, t};

/// The `e` of the formula.
pub const ERROR: f64 = 0.05;
/// The half width in percentage points that a monthly figure should have. Proposed by this project.
pub const HALF_WIDTH: f64 = 3.0;

/// How many of those who could have answered did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Population {
    pub responses: u64,
    /// More than zero.
    pub dossiers: u64,
}

impl Population {
    /// `None` where no dossiers were handled.
    pub fn new(responses: u64, dossiers: u64) -> Option<Self> {
        (dossiers > 0).then_some(Self { responses, dossiers })
    }

    /// In per cent; above 100 where more answered than dossiers were handled.
    pub fn rate(self) -> f64 {
        100.0 * self.responses as f64 / self.dossiers as f64
    }

    /// The interval with the variance cut by the part of the population that has answered; `None`
    /// where more have answered than there are.
    pub fn corrected(self, measured: &Measurement) -> Option<Interval> {
        let rest = 1.0 - self.responses as f64 / self.dossiers as f64;
        if rest < 0.0 {
            return None;
        }
        let half = t(measured.freedom()) * (rest * measured.variance).sqrt();
        Some(Interval::around(measured.score, half))
    }

    /// Responses needed for an error of `e` (0 to 1): `N / (1 + N·e²)`, rounded up.
    pub fn needed(self, e: f64) -> u64 {
        let n = self.dossiers as f64;
        (n / (1.0 + n * e * e)).ceil() as u64
    }

    /// Responses needed for an interval of plus and minus `half_width` percentage points, as different
    /// from one another as those measured, finite population included; at least as many as any interval
    /// needs, and never more than there are dossiers. Rounded up.
    pub fn needed_for(self, measured: &Measurement, half_width: f64) -> u64 {
        let half = t(measured.freedom()) * measured.error();
        let endless = self.responses as f64 * (half / half_width).powi(2);
        let needed = (endless / (1.0 + endless / self.dossiers as f64)).ceil() as u64;
        needed.max(ANSWERS_MIN as u64).min(self.dossiers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_needed_by_the_formula_of_1383() {
        for (dossiers, needed) in [(1, 1), (100, 80), (400, 200), (1000, 286), (10_000, 385)] {
            assert_eq!(Population { responses: 0, dossiers }.needed(ERROR), needed);
        }
        assert_eq!(Population::new(7, 0), None);
    }

    #[test]
    fn all_asked_leaves_no_doubt_and_half_asked_half_the_variance() {
        let m = Measurement { score: 75.0, variance: 4.0, clusters: 61.0, answers: 900.0 };
        let of = |responses| Population { responses, dossiers: 1000 };
        assert_eq!(of(1000).corrected(&m), Some(Interval { low: 75.0, high: 75.0 }));
        assert_eq!(of(1001).corrected(&m), None);
        let half = of(500).corrected(&m).map(|i| i.high - 75.0);
        assert!((half.unwrap_or(0.0) - t(60.0) * 2f64.sqrt()).abs() < 1e-12);
        assert!((of(250).rate() - 25.0).abs() < 1e-12);
        // As wide as it is: what is needed is what there is, cut by the population.
        let wide = t(60.0) * 2.0;
        assert_eq!(of(500).needed_for(&m, wide), 334);
        assert_eq!(of(500).needed_for(&m, 0.01), 1000);
    }
}
