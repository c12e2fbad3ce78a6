//! Counts: what every board, index and report is computed from.
//!
//! Counts are a commutative monoid: they can be added and merged in any order and grouping, and what
//! was merged can be taken away again. They know nothing of persons: a response goes in as increments.

use crate::instrument::Instrument;
use crate::response::{Answer, Answers};

/// Counts of one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemCounts {
    /// Answers 1 to 5.
    pub n: [u64; 5],
    /// Answers outside the scale.
    pub not_applicable: u64,
}

impl ItemCounts {
    /// Answers on the scale; since a person answers an item once, also the number of persons.
    pub fn valid(&self) -> u64 {
        self.n.iter().sum()
    }

    fn slots(&mut self) -> impl Iterator<Item = &mut u64> {
        self.n.iter_mut().chain(std::iter::once(&mut self.not_applicable))
    }

    fn values(&self) -> impl Iterator<Item = u64> {
        self.n.into_iter().chain(std::iter::once(self.not_applicable))
    }
}

/// Counts of all items of one questionnaire version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Responses that went in.
    pub responses: u64,
    /// Per component, the responses with at least one answer on the scale: persons, not answers.
    pub respondents: Vec<u64>,
    /// Per item.
    pub items: Vec<ItemCounts>,
}

impl Counts {
    /// Nothing counted yet.
    pub fn empty(instrument: &Instrument) -> Self {
        Self {
            responses: 0,
            respondents: vec![0; instrument.spans.len()],
            items: vec![ItemCounts::default(); instrument.items()],
        }
    }

    /// Counts one response.
    pub fn add(&mut self, answers: &Answers, instrument: &Instrument) {
        self.responses += 1;
        let mut last = None;
        for (position, given) in answers.0.iter().enumerate() {
            match given.answer() {
                Some(Answer::Score(score)) => {
                    self.items[position].n[usize::from(score) - 1] += 1;
                    let component = instrument.component_of[position];
                    if last != Some(component) {
                        self.respondents[component] += 1;
                        last = Some(component);
                    }
                }
                Some(Answer::NotApplicable) => self.items[position].not_applicable += 1,
                None => {}
            }
        }
    }

    /// Adds all that was counted in `other`, of the same questionnaire.
    pub fn merge(&mut self, other: &Counts) {
        for (mine, theirs) in self.slots().zip(other.values()) {
            *mine += theirs;
        }
    }

    /// Takes away what was merged before; `None` if `other` is not a part of these counts.
    pub fn subtract(&self, other: &Counts) -> Option<Counts> {
        let mut rest = self.clone();
        for (mine, theirs) in rest.slots().zip(other.values()) {
            *mine = mine.checked_sub(theirs)?;
        }
        Some(rest)
    }

    /// Nothing in it.
    pub fn is_empty(&self) -> bool {
        self.values().all(|value| value == 0)
    }

    /// At least one answer on the scale.
    pub fn any_valid(&self) -> bool {
        self.respondents.iter().any(|&n| n > 0)
    }

    fn slots(&mut self) -> impl Iterator<Item = &mut u64> {
        std::iter::once(&mut self.responses)
            .chain(&mut self.respondents)
            .chain(self.items.iter_mut().flat_map(ItemCounts::slots))
    }

    fn values(&self) -> impl Iterator<Item = u64> {
        std::iter::once(self.responses)
            .chain(self.respondents.iter().copied())
            .chain(self.items.iter().flat_map(ItemCounts::values))
    }

    /// One row of the database: all numbers in order as LEB128, runs of zeros as a zero and the
    /// length of the run, without the zeros at the end.
    pub fn pack(&self) -> Vec<u8> {
        let mut packed = Vec::with_capacity(64);
        let mut zeros = 0;
        for value in self.values() {
            if value == 0 {
                zeros += 1;
                continue;
            }
            if zeros > 0 {
                packed.push(0);
                push(&mut packed, zeros);
                zeros = 0;
            }
            push(&mut packed, value);
        }
        packed
    }

    /// Merges counts that were packed, without unpacking them first; `None` if the bytes were not made
    /// by [`Self::pack`] for the same questionnaire, and then the counts are spoilt.
    pub fn merge_packed(&mut self, packed: &[u8]) -> Option<()> {
        let components = self.respondents.len();
        for number in Numbers::of(packed) {
            let (place, value) = number?;
            *match place {
                0 => &mut self.responses,
                place if place <= components => &mut self.respondents[place - 1],
                place => {
                    let place = place - 1 - components;
                    let item = self.items.get_mut(place / 6)?;
                    item.n.get_mut(place % 6).unwrap_or(&mut item.not_applicable)
                }
            } += value;
        }
        Some(())
    }

    /// The counts of packed bytes.
    pub fn unpack(packed: &[u8], instrument: &Instrument) -> Option<Self> {
        let mut counts = Self::empty(instrument);
        counts.merge_packed(packed)?;
        Some(counts)
    }
}

/// The responses of packed counts.
pub fn packed_responses(packed: &[u8]) -> u64 {
    match Numbers::of(packed).next() {
        Some(Some((0, responses))) => responses,
        _ => 0,
    }
}

/// Adds the respondents of packed counts, per component.
pub fn merge_packed_respondents(respondents: &mut [u64], packed: &[u8]) {
    for (place, value) in Numbers::of(packed).map_while(|number| number) {
        match place.checked_sub(1) {
            None => {}
            Some(component) => match respondents.get_mut(component) {
                Some(sum) => *sum += value,
                None => return,
            },
        }
    }
}

/// The numbers of packed counts that are not zero, each with its place; `None` where a byte is wrong.
pub(crate) struct Numbers<'a> {
    packed: &'a [u8],
    place: usize,
}

impl<'a> Numbers<'a> {
    pub(crate) fn of(packed: &'a [u8]) -> Self {
        Self { packed, place: 0 }
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let (&byte, rest) = self.packed.split_first()?;
            self.packed = rest;
            value |= u64::from(byte & 127) << shift;
            if byte < 128 {
                return Some(value);
            }
        }
        None
    }

    /// The next number where it is not a small one.
    fn other(&mut self) -> Option<Option<(usize, u64)>> {
        if self.packed.is_empty() {
            return None;
        }
        let step = self.step();
        if step.is_none() {
            self.packed = &[];
        }
        Some(step)
    }

    fn step(&mut self) -> Option<(usize, u64)> {
        let mut value = self.number()?;
        if value == 0 {
            self.place = self.place.checked_add(usize::try_from(self.number()?).ok()?)?;
            value = self.number().filter(|value| *value > 0)?;
        }
        let place = self.place;
        self.place = place.checked_add(1)?;
        Some((place, value))
    }
}

impl Iterator for Numbers<'_> {
    type Item = Option<(usize, u64)>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        // Nearly all numbers are small.
        if let [value @ 1..=127, rest @ ..] = self.packed {
            let place = self.place;
            self.packed = rest;
            self.place = place.wrapping_add(1);
            return Some(Some((place, u64::from(*value))));
        }
        self.other()
    }
}

fn push(packed: &mut Vec<u8>, mut value: u64) {
    while value > 127 {
        packed.push(value as u8 | 128);
        value >>= 7;
    }
    packed.push(value as u8);
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::questionnaire::tests::sipas_2023;
    use crate::response::Given;

    fn instrument() -> Instrument {
        Instrument::new(1, sipas_2023())
    }

    pub(crate) fn answers() -> impl Strategy<Value = Answers> {
        let answer = prop_oneof![
            4 => (1u8..=5).prop_map(Answer::Score),
            1 => Just(Answer::NotApplicable)
        ];
        let given = prop_oneof![
            3 => Just(Given::NotAsked),
            1 => Just(Given::Asked(None)),
            2 => answer.clone().prop_map(|a| Given::Asked(Some(a))),
            1 => answer.prop_map(Given::Volunteered)
        ];
        prop::collection::vec(given, 39).prop_map(Answers)
    }

    fn counted(all: &[Answers]) -> Counts {
        let instrument = instrument();
        let mut counts = Counts::empty(&instrument);
        all.iter().for_each(|answers| counts.add(answers, &instrument));
        counts
    }

    proptest! {
        #[test]
        fn counts_are_a_monoid(
            a in prop::collection::vec(answers(), 0..8),
            b in prop::collection::vec(answers(), 0..8),
            c in prop::collection::vec(answers(), 0..8),
        ) {
            let (ca, cb, cc) = (counted(&a), counted(&b), counted(&c));
            let merged = |x: &Counts, y: &Counts| { let mut z = x.clone(); z.merge(y); z };
            let all = counted(&[a, b, c].concat());
            prop_assert_eq!(&merged(&merged(&ca, &cb), &cc), &all);
            prop_assert_eq!(&merged(&ca, &merged(&cb, &cc)), &all);
            prop_assert_eq!(merged(&ca, &cb), merged(&cb, &ca));
            prop_assert_eq!(&merged(&ca, &counted(&[])), &ca);
            prop_assert_eq!(all.subtract(&cb), Some(merged(&ca, &cc)));
            if !cb.is_empty() {
                prop_assert_eq!(ca.subtract(&all), None);
            }
        }

        #[test]
        fn packed_counts_come_back(all in prop::collection::vec(answers(), 0..300)) {
            let counts = counted(&all);
            prop_assert_eq!(Counts::unpack(&counts.pack(), &instrument()), Some(counts));
        }

        #[test]
        fn packed_answers_come_back(given in answers()) {
            prop_assert_eq!(Answers::unpack(&given.pack(), 39), Some(given));
        }

        #[test]
        fn foreign_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let _ = Counts::unpack(&bytes, &instrument());
            if let Some(answers) = Answers::unpack(&bytes, 39) {
                prop_assert_eq!(Answers::unpack(&answers.pack(), 39), Some(answers));
            }
        }
    }

    #[test]
    fn a_person_counts_once_for_a_component_however_many_items_were_answered() {
        let instrument = instrument();
        let at = |code| instrument.questionnaire.position(code).unwrap();
        let mut given = Answers(vec![Given::NotAsked; 39]);
        given.0[at("A1")] = Given::Asked(Some(Answer::Score(5)));
        given.0[at("A3")] = Given::Volunteered(Answer::Score(1));
        given.0[at("B2")] = Given::Asked(Some(Answer::NotApplicable));
        let mut counts = Counts::empty(&instrument);
        counts.add(&given, &instrument);
        assert_eq!(counts.respondents, [0, 0, 0, 0, 1, 0, 0, 0, 0]);
        assert_eq!(counts.items[at("A1")].n, [0, 0, 0, 0, 1]);
        assert_eq!(counts.items[at("B2")].not_applicable, 1);
        assert_eq!(counts.items[at("B2")].valid(), 0);
        assert_eq!(counts.responses, 1);
    }

    #[test]
    fn a_days_counts_are_small() {
        let instrument = instrument();
        let mut counts = Counts::empty(&instrument);
        for position in 23..39 {
            counts.items[position] = ItemCounts { n: [1, 1, 2, 9, 4], not_applicable: 1 };
        }
        counts.respondents[4..].fill(20);
        counts.responses = 20;
        assert!(counts.pack().len() <= 110, "{}", counts.pack().len());
    }
}
