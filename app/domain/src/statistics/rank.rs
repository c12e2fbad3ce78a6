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
    let draws = Draws::new(units.len());
    let spread = spread(units);
    let mut places = vec![vec![0; spread.len()]; units.len()];
    let mut drawn = Vec::with_capacity(spread.len());
    for normal in draws.normal.chunks(units.len().max(1)) {
        drawn.clear();
        drawn.extend(spread.iter().map(|&(at, score, error)| (score + error * normal[at], at)));
        drawn.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        drawn.iter().enumerate().for_each(|(place, unit)| places[unit.1][place] += 1);
    }
    (0..units.len()).map(|unit| rank_of(units, unit, &places[unit])).collect()
}

/// Draws from the normal distribution for so many units, to be used for several figures of theirs.
#[derive(Clone, Debug)]
pub struct Draws {
    units: usize,
    /// Draw after draw, a number for each unit.
    normal: Vec<f64>,
}

impl Draws {
    /// Always the same ones.
    pub fn new(units: usize) -> Self {
        let distribution = Normal::standard();
        let mut seed = SEED;
        let mut draw = || distribution.inverse_cdf(uniform(&mut seed));
        Self { units, normal: (0..DRAWS * units).map(|_| draw()).collect() }
    }

    /// The place of one of the units, as [`ranks`] has it; `None` if it has no estimate.
    pub fn rank(&self, units: &[Option<Measurement>], mine: usize) -> Option<Rank> {
        let (own, others): (Vec<_>, Vec<_>) =
            spread(units).into_iter().partition(|(at, ..)| *at == mine);
        let (_, score, error) = *own.first()?;
        let mut places = vec![0; others.len() + 1];
        for normal in self.normal.chunks(self.units.max(1)) {
            let own = score + error * normal[mine];
            let above = others.iter().filter(|(at, score, e)| score + e * normal[*at] > own);
            places[above.count()] += 1;
        }
        rank_of(units, mine, &places)
    }
}

/// Of each unit with an estimate its position, score and error; with few clusters the error is as much
/// wider as their interval.
fn spread(units: &[Option<Measurement>]) -> Vec<(usize, f64, f64)> {
    let of = |(at, unit): (usize, &Option<Measurement>)| {
        let m = unit.as_ref()?;
        Some((at, m.score, m.error() * t(m.freedom()) / z()))
    };
    units.iter().enumerate().filter_map(of).collect()
}

/// A place as it is shown, and its interval from how often each place was drawn.
fn rank_of(units: &[Option<Measurement>], mine: usize, drawn: &[usize]) -> Option<Rank> {
    let shown = |m: &Measurement| (100.0 * m.score).round() as i64;
    let own = shown(units[mine].as_ref()?);
    let scores = || units.iter().flatten().map(shown);
    let place = 1 + scores().filter(|score| *score > own).count();
    let tied = scores().filter(|score| *score == own).count() > 1;
    // A tie may be settled either way by the draws, but the place that is shown is possible.
    let [low, high] = ends(drawn);
    Some(Rank { place, tied, low: low.min(place), high: high.max(place) })
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
    fn one_place_is_that_of_all() {
        let units: Vec<_> = (0..30)
            .map(
                |unit| {
                    if unit % 7 == 3 { None } else { measured(70.0 + f64::from(unit % 11), 1.5) }
                },
            )
            .collect();
        let draws = Draws::new(units.len());
        let all = ranks(&units);
        for (unit, rank) in all.iter().enumerate() {
            assert_eq!(draws.rank(&units, unit), *rank);
        }
        assert!(all.iter().flatten().all(|rank| (rank.low..=rank.high).contains(&rank.place)));
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
