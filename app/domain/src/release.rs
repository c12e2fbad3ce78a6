//! What may be shown, and when: the one rule for boards, API, streams and reports.
//!
//! * The number of responses of the running day moves with every commit.
//! * Everything else of the running day moves per point in blocks of [`BLOCK`] responses, and within
//!   a block only those components that gained at least [`BLOCK`] respondents since they last moved:
//!   the difference of two figures is never about fewer persons than that. The remainder is released
//!   when the day is over. A unit sums what its points have released.
//! * A figure on fewer than [`BLOCK`] respondents is withheld, and further ones with it while a total
//!   beside them would give it away by subtraction.
//!
//! This module does not know the clock: the caller says whether a day is over.

use crate::counts::Counts;
use crate::instrument::Instrument;
use crate::response::Answers;

/// The smallest number of persons that a figure, or the difference of two figures, may be about.
pub const BLOCK: u64 = 5;

/// Below this number of respondents a figure is shown with the words "ít mẫu".
pub const FEW: u64 = 30;

/// The counts of one point and day: all that is committed, and what of it may be shown while the day runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    pub all: Counts,
    pub released: Counts,
}

impl Ledger {
    /// Nothing counted, nothing released.
    pub fn empty(instrument: &Instrument) -> Self {
        Self { all: Counts::empty(instrument), released: Counts::empty(instrument) }
    }

    /// Counts one response, and releases where it completes a block.
    pub fn add(&mut self, answers: &Answers, instrument: &Instrument) {
        self.all.add(answers, instrument);
        if !self.all.responses.is_multiple_of(BLOCK) {
            return;
        }
        self.released.responses = self.all.responses;
        for (component, span) in instrument.spans.iter().enumerate() {
            let gained = self.all.respondents[component] - self.released.respondents[component];
            if gained >= BLOCK {
                self.released.respondents[component] = self.all.respondents[component];
                self.released.items[span.items.clone()]
                    .copy_from_slice(&self.all.items[span.items.clone()]);
            }
        }
    }

    /// What may be shown: everything once the day is over.
    pub fn shown(&self, day_is_over: bool) -> &Counts {
        if day_is_over { &self.all } else { &self.released }
    }
}

/// Which of several figures that stand beside their total are withheld, given the number of persons
/// that each is about. Figures about nobody are not withheld: there is nothing to find out.
///
/// First those under [`BLOCK`]; then, smallest first, as many more as it takes until those withheld
/// are together about at least [`BLOCK`] persons, since total minus shown is their sum.
pub fn withheld(persons: &[u64]) -> Vec<bool> {
    let mut hidden: Vec<bool> = persons.iter().map(|&n| n > 0 && n < BLOCK).collect();
    let mut together: u64 = persons.iter().zip(&hidden).filter(|(_, h)| **h).map(|(n, _)| n).sum();
    while together > 0 && together < BLOCK {
        let shown = (0..persons.len()).filter(|&i| !hidden[i] && persons[i] > 0);
        let Some(next) = shown.min_by_key(|&i| persons[i]) else { break };
        hidden[next] = true;
        together += persons[next];
    }
    hidden
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::counts::tests::answers;
    use crate::questionnaire::tests::sipas_2023;
    use crate::response::{Answer, Given};

    /// What an attacker learns from two readings of the same figure: per component, how many persons
    /// the difference is about.
    fn learnt(before: &Counts, after: &Counts) -> Vec<u64> {
        after.subtract(before).expect("figures only grow while the day runs").respondents
    }

    proptest! {
        /// The attacker reads the figures of every point and of the unit after every single answer and
        /// subtracts each reading from each later one.
        #[test]
        fn no_two_readings_differ_by_fewer_than_a_block(
            arrivals in prop::collection::vec((0usize..3, answers()), 1..60),
        ) {
            let instrument = Instrument::new(1, sipas_2023());
            let mut points = vec![Ledger::empty(&instrument); 3];
            let mut readings: Vec<Vec<Counts>> = vec![];
            for (point, given) in &arrivals {
                points[*point].add(given, &instrument);
                let mut unit = Counts::empty(&instrument);
                points.iter().for_each(|p| unit.merge(&p.released));
                let own = points.iter().map(|p| p.released.clone());
                readings.push(own.chain([unit]).collect());
            }
            let nothing = vec![Counts::empty(&instrument); 4];
            for (i, late) in readings.iter().enumerate() {
                for early in readings[..i].iter().chain([&nothing]) {
                    for (before, after) in early.iter().zip(late) {
                        for persons in learnt(before, after) {
                            prop_assert!(persons == 0 || persons >= BLOCK, "{persons} persons");
                        }
                        let items = after.subtract(before).unwrap();
                        let moved = items.items.iter().any(|i| i.valid() > 0);
                        prop_assert!(!moved || items.responses >= BLOCK);
                    }
                }
            }
            for point in &points {
                prop_assert_eq!(point.shown(true).responses, point.all.responses);
            }
        }

        #[test]
        fn what_is_withheld_cannot_be_had_by_subtraction(
            persons in prop::collection::vec(0u64..40, 0..12),
        ) {
            let hidden = withheld(&persons);
            let sum = |want: bool| -> u64 {
                persons.iter().zip(&hidden).filter(|(_, h)| **h == want).map(|(n, _)| n).sum()
            };
            let total: u64 = persons.iter().sum();
            // Total minus shown is about nobody, or about a block at least, unless there is no more to hide.
            let rest = total - sum(false);
            prop_assert_eq!(rest, sum(true));
            prop_assert!(rest == 0 || rest >= BLOCK || total < BLOCK);
            for (n, hidden) in persons.iter().zip(&hidden) {
                prop_assert!(*hidden || *n == 0 || *n >= BLOCK);
            }
        }
    }

    #[test]
    fn the_figure_moves_with_the_fifth_answer_and_not_before() {
        let instrument = Instrument::new(1, sipas_2023());
        let satisfied = Answers(vec![Given::Asked(Some(Answer::Score(4))); 39]);
        let mut point = Ledger::empty(&instrument);
        for n in 1..=12 {
            point.add(&satisfied, &instrument);
            assert_eq!(point.all.responses, n);
            assert_eq!(point.shown(false).responses, n / 5 * 5);
            assert_eq!(point.shown(false).respondents[4], n / 5 * 5);
            assert_eq!(point.shown(true).respondents[4], n);
        }
    }

    #[test]
    fn one_result_among_five_filers_does_not_move_the_result() {
        let instrument = Instrument::new(1, sipas_2023());
        let filing = |result| {
            let mut given = Answers(vec![Given::Asked(Some(Answer::Score(4))); 39]);
            for p in instrument.spans[7].items.clone() {
                given.0[p] =
                    if result { Given::Asked(Some(Answer::Score(1))) } else { Given::NotAsked };
            }
            given
        };
        let mut point = Ledger::empty(&instrument);
        for n in 1..=20 {
            point.add(&filing(n % 5 == 0), &instrument);
            assert_eq!(point.released.respondents[7], 0);
        }
        for n in 21..=25 {
            point.add(&filing(n % 5 == 0), &instrument);
        }
        assert_eq!(point.released.respondents[7], 5);
    }

    #[test]
    fn a_second_cell_goes_with_a_lonely_one() {
        for (persons, hidden) in [
            (&[3, 10, 7][..], &[true, false, true][..]),
            (&[3, 2, 10], &[true, true, false]),
            (&[3, 1, 10], &[true, true, true]),
            (&[3], &[true]),
            (&[0, 5, 6], &[false, false, false]),
            (&[4, 0, 0], &[true, false, false]),
        ] {
            assert_eq!(withheld(persons), hidden, "{persons:?}");
        }
    }
}
