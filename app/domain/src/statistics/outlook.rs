//! Whether a target will be met.
//!
//! Assumed: what has not yet been measured of the period is like what has, with clusters as numerous
//! and as different from one another; no trend, no season. The prior is flat, so the distribution of
//! the true value is Student's about the estimate.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::{Interval, Measurement, below, t};
use crate::score::Score;

/// From this probability on a target is likely to be met. Proposed by this project.
pub const LIKELY: f64 = 0.8;
/// Up to this probability a target is unlikely to be met. Proposed by this project.
pub const UNLIKELY: f64 = 0.2;

/// The figure of the whole period, foreseen from a part of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    /// 0 to 100.
    pub score: f64,
    /// Between what and what the figure will lie, with 95 %.
    pub interval: Interval,
    /// The probability that it reaches the target, 0 to 1; `None` without a target.
    pub probability: Option<f64>,
}

/// The probability that the true value of what was measured reaches a target, both 0 to 100.
pub fn reached(measured: &Measurement, target: f64) -> f64 {
    1.0 - below((target - measured.score) / measured.error(), measured.freedom())
}

/// Foresees the figure of a period of which `remaining`, 0 to 1, is still to come.
///
/// Year to date `s` has the variance `V` on `C` clusters, so one cluster has `V·C`. The `C′` clusters
/// to come have a mean with the variance `V` (what we do not know of the true value) plus `V·C/C′`
/// (their own). Their share is `f = C′/(C + C′)`, so the figure of the year has the mean `s` and the
/// variance `f²·(V + V·C/C′) = f·V`: nothing once the period is over, `V` if all is to come.
pub fn project(measured: &Measurement, remaining: f64, target: Option<f64>) -> Projection {
    let error = (remaining.clamp(0.0, 1.0) * measured.variance).sqrt();
    let half = t(measured.freedom()) * error;
    let probability = target.map(|target| match measured.score - target {
        ahead if error > 0.0 => below(ahead / error, measured.freedom()),
        // Nothing to come: as published, with two decimals.
        _ => f64::from((100.0 * measured.score).round() >= (100.0 * target).round()),
    });
    Projection {
        score: measured.score,
        interval: Interval::around(measured.score, half),
        probability,
    }
}

/// What is said of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// The year is over, and the target was met.
    #[serde(rename = "đạt")]
    Met,
    /// The year is over, and the target was not met.
    #[serde(rename = "không đạt")]
    Missed,
    #[serde(rename = "có khả năng đạt")]
    Likely,
    #[serde(rename = "chưa rõ")]
    Unclear,
    #[serde(rename = "khó đạt")]
    Unlikely,
    /// Nothing measured or entered, too little to say how sure it is, or no target.
    #[serde(rename = "chưa đủ số liệu")]
    Insufficient,
}

impl Verdict {
    pub const ALL: [Self; 6] =
        [Self::Met, Self::Missed, Self::Likely, Self::Unclear, Self::Unlikely, Self::Insufficient];

    /// The verdict in Vietnamese; also the value in documents of the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "đạt",
            Self::Missed => "không đạt",
            Self::Likely => "có khả năng đạt",
            Self::Unclear => "chưa rõ",
            Self::Unlikely => "khó đạt",
            Self::Insufficient => "chưa đủ số liệu",
        }
    }

    /// The verdict of a year that is over: both figures as published, with two decimals.
    pub fn of_closed(score: Score, target: Decimal) -> Self {
        let shown =
            |n: Decimal| n.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        if shown(score) >= shown(target) { Self::Met } else { Self::Missed }
    }

    /// The verdict of a year that still runs, from the probability that it reaches its target.
    pub fn of_running(probability: f64) -> Self {
        match probability {
            LIKELY.. => Self::Likely,
            p if p <= UNLIKELY => Self::Unlikely,
            _ => Self::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    fn measured(score: f64, variance: f64, clusters: f64) -> Measurement {
        Measurement { score, variance, clusters, answers: 500.0 }
    }

    #[test]
    fn half_is_certain_of_nothing_and_the_end_of_all() {
        let m = measured(80.0, 4.0, 40.0);
        assert!((reached(&m, 80.0) - 0.5).abs() < 1e-12);
        assert!(reached(&m, 70.0) > 0.999 && reached(&m, 90.0) < 0.001);
        // The figure of a year that is over is what it is.
        assert_eq!(project(&m, 0.0, Some(80.0)).probability, Some(1.0));
        assert_eq!(project(&m, 0.0, Some(80.01)).probability, Some(0.0));
        assert_eq!(project(&m, 0.0, None).interval, Interval { low: 80.0, high: 80.0 });
        // With all still to come, it is as sure as the true value.
        assert_eq!(project(&m, 1.0, Some(82.0)).probability, Some(reached(&m, 82.0)));
        let (near, far) = (project(&m, 0.1, Some(82.0)), project(&m, 0.9, Some(82.0)));
        assert!(near.probability < far.probability && near.interval.low > far.interval.low);
        assert_eq!(project(&measured(99.0, 9.0, 12.0), 0.5, None).interval.high, 100.0);
    }

    #[test]
    fn verdicts_have_sharp_edges() {
        assert_eq!(Verdict::of_closed(dec!(83.835), dec!(83.84)), Verdict::Met);
        assert_eq!(Verdict::of_closed(dec!(83.8349), dec!(83.84)), Verdict::Missed);
        for (p, verdict) in [
            (1.0, Verdict::Likely),
            (0.8, Verdict::Likely),
            (0.799, Verdict::Unclear),
            (0.201, Verdict::Unclear),
            (0.2, Verdict::Unlikely),
            (0.19, Verdict::Unlikely),
            (0.0, Verdict::Unlikely),
        ] {
            assert_eq!(Verdict::of_running(p), verdict, "{p}");
        }
    }
}
