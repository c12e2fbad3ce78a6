//! Places of units among those of their kind, and how sure a place is.
//!
//! A place is the number of those with a higher score, plus one; scores that are shown alike (two
//! decimals) are a tie. Its interval is that of the places in draws from the sampling distributions
//! of all units, from a fixed seed: the same figures always give the same interval.
//! Source of the method: Goldstein and Spiegelhalter (1996), *League tables and their limitations*.

use statrs::distribution::{ContinuousCDF, Normal};

use super::{Measurement, t, z};

/// Responses that a unit needs to be given a place. Proposed by this project: the least that was seen
/// in use (90 a commune, Hội An 2024).
pub const RANKED_MIN: u64 = 90;

const DRAWS: usize = 2000;
const SEED: u64 = 1001;

/// The place of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rank {
    /// From 1.
    pub place: usize,
    /// Others have the same.
    pub tied: bool,
    /// Between which places it lies, with 95 %.
    pub low: usize,
    pub high: usize,
}

/// The places of all units, in their order; `None` for those that have no estimate.
pub fn ranks(units: &[Option<Measurement>]) -> Vec<Option<Rank>> {
    let measured: Vec<&Measurement> = units.iter().flatten().collect();
    let shown: Vec<i64> = measured.iter().map(|m| (100.0 * m.score).round() as i64).collect();
    let drawn = draw(&measured);
    let mut at = 0;
    units
        .iter()
        .map(|unit| {
            unit.as_ref()?;
            let mine = shown[at];
            let higher = shown.iter().filter(|score| **score > mine).count();
            let tied = shown.iter().filter(|score| **score == mine).count() > 1;
            let [low, high] = ends(&drawn[at]);
            at += 1;
            // A tie may be settled either way by the draws, but the place that is shown is possible.
            let place = higher + 1;
            Some(Rank { place, tied, low: low.min(place), high: high.max(place) })
        })
        .collect()
}

/// How often each unit had each place in the draws.
fn draw(measured: &[&Measurement]) -> Vec<Vec<usize>> {
    let normal = Normal::standard();
    // Few clusters: as much wider as their interval.
    let errors: Vec<f64> = measured.iter().map(|m| m.error() * t(m.freedom()) / z()).collect();
    let mut seed = SEED;
    let mut places = vec![vec![0; measured.len()]; measured.len()];
    let mut order: Vec<usize> = (0..measured.len()).collect();
    let mut values = vec![0.0; measured.len()];
    for _ in 0..DRAWS {
        for (at, value) in values.iter_mut().enumerate() {
            *value = measured[at].score + errors[at] * normal.inverse_cdf(uniform(&mut seed));
        }
        order.sort_unstable_by(|&a, &b| values[b].total_cmp(&values[a]));
        for (place, &at) in order.iter().enumerate() {
            places[at][place] += 1;
        }
    }
    places
}

/// The places that leave 2.5 % of the draws on each side.
fn ends(places: &[usize]) -> [usize; 2] {
    let rest = |from: &[usize]| from.iter().sum::<usize>();
    let low = (1..=places.len()).find(|&place| rest(&places[..place]) > DRAWS / 40);
    let high = (0..places.len()).rev().find(|&place| rest(&places[place..]) > DRAWS / 40);
    [low.unwrap_or(1), high.map_or(places.len(), |place| place + 1)]
}

/// A number between 0 and 1, both excluded, and the next state: Vigna's `SplitMix64`.
fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut bits = *state;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (((bits ^ (bits >> 31)) >> 12) as f64 + 0.5) / (1u64 << 52) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(score: f64, error: f64) -> Option<Measurement> {
        Some(Measurement { score, variance: error * error, clusters: 200.0, answers: 900.0 })
    }

    fn place(rank: &Option<Rank>) -> (usize, bool, usize, usize) {
        rank.map_or((0, false, 0, 0), |r| (r.place, r.tied, r.low, r.high))
    }

    #[test]
    fn far_apart_is_certain_and_close_together_is_not() {
        let units = [measured(90.0, 0.5), None, measured(70.0, 0.5), measured(80.0, 0.5)];
        let ranks: Vec<_> = ranks(&units).iter().map(place).collect();
        assert_eq!(ranks, [(1, false, 1, 1), (0, false, 0, 0), (3, false, 3, 3), (2, false, 2, 2)]);

        let units = [measured(80.0, 3.0), measured(80.1, 3.0), measured(60.0, 1.0)];
        let close: Vec<_> = super::ranks(&units).iter().map(place).collect();
        assert_eq!(close, [(2, false, 1, 2), (1, false, 1, 2), (3, false, 3, 3)]);
    }

    #[test]
    fn equal_scores_share_a_place_and_the_next_is_left_out() {
        let units = [measured(80.001, 1.0), measured(79.999, 1.0), measured(50.0, 1.0)];
        let ranks: Vec<_> = ranks(&units).iter().map(place).collect();
        assert_eq!(ranks, [(1, true, 1, 2), (1, true, 1, 2), (3, false, 3, 3)]);
    }

    #[test]
    fn the_interval_holds_the_true_place_as_often_as_it_says() {
        // Ten units whose true scores lie one point apart, measured with an error of 1.5.
        let normal = Normal::standard();
        let mut seed = 7;
        let (mut held, mut all) = (0, 0);
        for _ in 0..100 {
            let truth = |unit: usize| 70.0 + unit as f64;
            let units: Vec<_> = (0..10)
                .map(|unit| {
                    measured(truth(unit) + 1.5 * normal.inverse_cdf(uniform(&mut seed)), 1.5)
                })
                .collect();
            for (unit, rank) in ranks(&units).into_iter().flatten().enumerate() {
                held += usize::from((rank.low..=rank.high).contains(&(10 - unit)));
                all += 1;
            }
        }
        assert!(held as f64 / all as f64 > 0.93, "{held} of {all}");
    }
}
