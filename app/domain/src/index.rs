//! Counts → item → component → group → index.
//!
//! Item: by the scoring rule, on the valid answers alone. Component: plain mean of its items that
//! have answers. Group: plain mean of its components that have answers. Index: plain mean of the two
//! groups, and only where both are measured. Each mean has equal weights; nothing is rounded inside.
//! Source: QĐ 1001/QĐ-BNV as proved from published tables (see [`crate::score`]).
//!
//! What may be shown of it is decided here as well, by the rule of [`crate::release`].

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::counts::{Counts, ItemCounts};
use crate::instrument::Instrument;
use crate::questionnaire::Rule;
use crate::release::{BLOCK, FEW, withheld};
use crate::score::{Score, mean};

/// The score of one item, 0 to 100; `None` without a valid answer.
pub fn item_score(counts: &ItemCounts, rule: Rule) -> Option<Score> {
    let valid = counts.valid();
    let points = match rule {
        Rule::Top2 => 100 * (counts.n[3] + counts.n[4]),
        Rule::Mean5 => 20 * counts.n.iter().zip(1..).map(|(n, k)| n * k).sum::<u64>(),
    };
    (valid > 0).then(|| Decimal::from(points) / Decimal::from(valid))
}

/// One figure, and whether it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Nobody answered: nothing is known, which is not zero.
    None,
    /// Withheld: about too few persons, or another one could be had from it by subtraction.
    Withheld,
    Shown {
        score: Score,
        /// Persons that it is about; for a group, of its most answered component.
        persons: u64,
    },
}

impl Figure {
    /// The score where it may be shown.
    pub fn score(self) -> Option<Score> {
        match self {
            Self::Shown { score, .. } => Some(score),
            Self::None | Self::Withheld => None,
        }
    }

    /// Shown, but on so few persons that it must be said.
    pub fn is_few(self) -> bool {
        matches!(self, Self::Shown { persons, .. } if persons < FEW)
    }
}

/// All figures of one unit, period and questionnaire version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    pub instrument: Arc<Instrument>,
    pub rule: Rule,
    /// Mean of the groups; `None` unless all groups are measured.
    pub overall: Figure,
    pub groups: Vec<Figure>,
    pub components: Vec<Figure>,
    pub items: Vec<Figure>,
    /// Counts of each item; `None` where its figure is withheld.
    pub counts: Vec<Option<ItemCounts>>,
    /// Groups that miss a component for want of answers: positions of those components.
    pub missing: Vec<Vec<usize>>,
}

impl Index {
    /// Computes all figures from the counts that may be shown. `hidden` names components (by position)
    /// that are withheld because of other units beside this one; empty where there is nothing beside
    /// it. `pending` says that further responses are committed and not yet released: then nothing
    /// known is something withheld, not the absence of answers.
    pub fn new(
        instrument: Arc<Instrument>,
        counts: &Counts,
        rule: Rule,
        hidden: &[bool],
        pending: bool,
    ) -> Self {
        let spans = &instrument.spans;
        let items: Vec<_> = counts.items.iter().map(|item| item_score(item, rule)).collect();
        let components: Vec<_> =
            spans.iter().map(|s| mean(items[s.items.clone()].iter().copied().flatten())).collect();
        let mut shown = Self {
            rule,
            overall: Figure::None,
            groups: vec![],
            components: vec![Figure::None; spans.len()],
            items: vec![Figure::None; items.len()],
            counts: counts.items.iter().map(|item| Some(*item)).collect(),
            missing: vec![],
            instrument: instrument.clone(),
        };
        for group in 0..instrument.questionnaire.groups.len() {
            let members: Vec<usize> =
                (0..spans.len()).filter(|&c| spans[c].group == group).collect();
            shown.group(&members, counts, &components, hidden);
        }
        for (component, span) in spans.iter().enumerate() {
            let persons: Vec<u64> =
                counts.items[span.items.clone()].iter().map(ItemCounts::valid).collect();
            let closed = shown.components[component] == Figure::Withheld;
            let mut beside = withheld(&persons);
            lonely(&mut beside, &persons);
            for (k, position) in span.items.clone().enumerate() {
                shown.item(position, &counts.items[position], items[position], closed || beside[k]);
            }
        }
        if pending {
            shown.withhold_unknown();
        }
        shown.overall = overall(&shown.groups);
        shown
    }

    /// Nothing known of what is asked at a counter is withheld, all alike: which components the
    /// responses that are not yet released have answered must not show.
    fn withhold_unknown(&mut self) {
        let withhold = |figure: &mut Figure| {
            if *figure == Figure::None {
                *figure = Figure::Withheld;
            }
        };
        let instrument = self.instrument.clone();
        for (group, of) in instrument.questionnaire.groups.iter().enumerate() {
            if of.counter {
                withhold(&mut self.groups[group]);
            }
        }
        for (component, span) in instrument.spans.iter().enumerate().filter(|(_, s)| s.counter) {
            withhold(&mut self.components[component]);
            for position in span.items.clone() {
                withhold(&mut self.items[position]);
                if self.items[position] == Figure::Withheld {
                    self.counts[position] = None;
                }
            }
        }
    }

    fn group(
        &mut self,
        members: &[usize],
        counts: &Counts,
        scores: &[Option<Score>],
        hidden: &[bool],
    ) {
        let persons: Vec<u64> = members.iter().map(|&c| counts.respondents[c]).collect();
        let mut beside = withheld(&persons);
        for (k, &component) in members.iter().enumerate() {
            beside[k] |= persons[k] > 0 && hidden.get(component).copied().unwrap_or(false);
        }
        lonely(&mut beside, &persons);
        for (k, &component) in members.iter().enumerate() {
            self.components[component] = figure(scores[component], persons[k], beside[k]);
        }
        let known = members.iter().filter_map(|&c| scores[c]);
        let most = persons.iter().copied().max().unwrap_or(0);
        let measured = persons.iter().filter(|&&n| n > 0).count();
        // A mean of nothing that is shown: what stands beside it would give away the one withheld with it.
        let closed = beside.iter().filter(|h| **h).count() == measured;
        self.groups.push(figure(mean(known), most, most < BLOCK || closed));
        let empty = members.iter().copied().filter(|&c| scores[c].is_none());
        self.missing.push(if measured > 0 { empty.collect() } else { vec![] });
    }

    fn item(&mut self, position: usize, counts: &ItemCounts, score: Option<Score>, hide: bool) {
        let persons = counts.valid();
        self.items[position] = figure(score, persons, hide);
        let answers = persons + counts.not_applicable;
        let tiny = persons == 0 && answers > 0 && answers < BLOCK;
        if self.items[position] == Figure::Withheld || tiny {
            self.counts[position] = None;
        }
    }
}

/// A mean gives away a single withheld member, however many persons it is about: one more goes.
fn lonely(hidden: &mut [bool], persons: &[u64]) {
    if hidden.iter().filter(|h| **h).count() == 1 {
        let shown = (0..persons.len()).filter(|&i| !hidden[i] && persons[i] > 0);
        if let Some(next) = shown.min_by_key(|&i| persons[i]) {
            hidden[next] = true;
        }
    }
}

fn figure(score: Option<Score>, persons: u64, hide: bool) -> Figure {
    match score {
        None => Figure::None,
        Some(_) if hide => Figure::Withheld,
        Some(score) => Figure::Shown { score, persons },
    }
}

fn overall(groups: &[Figure]) -> Figure {
    if groups.contains(&Figure::None) {
        return Figure::None;
    }
    let persons = groups.iter().filter_map(|group| match group {
        Figure::Shown { persons, .. } => Some(*persons),
        _ => None,
    });
    let persons = persons.min().unwrap_or(0);
    let scores: Option<Vec<_>> = groups.iter().map(|group| group.score()).collect();
    match scores.and_then(mean) {
        Some(score) => Figure::Shown { score, persons },
        None => Figure::Withheld,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::dec;

    use super::*;
    use crate::counts::tests::answers;
    use crate::questionnaire::tests::{sipas_2022, sipas_2023};
    use crate::score::show;

    fn instrument() -> Arc<Instrument> {
        Arc::new(Instrument::new(1, sipas_2023()))
    }

    fn with(items: &[(&str, [u64; 5], u64)]) -> Counts {
        let instrument = instrument();
        let mut counts = Counts::empty(&instrument);
        for (code, n, not_applicable) in items {
            let position = instrument.questionnaire.position(code).unwrap();
            counts.items[position] = ItemCounts { n: *n, not_applicable: *not_applicable };
            let component = instrument.component_of[position];
            let persons = &mut counts.respondents[component];
            *persons = (*persons).max(n.iter().sum());
            counts.responses = counts.responses.max(n.iter().sum::<u64>() + not_applicable);
        }
        counts
    }

    fn index(counts: &Counts, rule: Rule) -> Index {
        Index::new(instrument(), counts, rule, &[], false)
    }

    #[test]
    fn both_rules_on_the_example_of_the_reference() {
        let item = ItemCounts { n: [2, 3, 12, 58, 25], not_applicable: 7 };
        assert_eq!(item_score(&item, Rule::Top2), Some(dec!(83)));
        assert_eq!(item_score(&item, Rule::Mean5), Some(dec!(80.2)));
        assert_eq!(item_score(&ItemCounts { n: [0; 5], not_applicable: 9 }, Rule::Top2), None);
        assert_eq!(
            item_score(&ItemCounts { n: [9, 0, 0, 0, 0], not_applicable: 0 }, Rule::Top2),
            Some(dec!(0))
        );
        assert_eq!(
            item_score(&ItemCounts { n: [9, 0, 0, 0, 0], not_applicable: 0 }, Rule::Mean5),
            Some(dec!(20))
        );
    }

    /// Item counts out of 10,000 that give the seed's nine components of 2023.
    fn seed() -> Counts {
        let scores = [7290, 7405, 7185, 7514, 7567, 7371, 7488, 7356, 7314];
        let instrument = instrument();
        let mut counts = Counts::empty(&instrument);
        counts.responses = 10_000;
        for (component, span) in instrument.spans.iter().enumerate() {
            counts.respondents[component] = 10_000;
            for item in &mut counts.items[span.items.clone()] {
                item.n = [0, 0, 10_000 - scores[component], scores[component], 0];
            }
        }
        counts
    }

    #[test]
    fn counts_that_give_the_seeds_components_give_its_groups_and_index() {
        let index = index(&seed(), Rule::Top2);
        let shown = |figure: Figure| show(figure.score().unwrap());
        assert_eq!(
            index.components.iter().copied().map(shown).collect::<Vec<_>>(),
            ["72,90", "74,05", "71,85", "75,14", "75,67", "73,71", "74,88", "73,56", "73,14"]
        );
        assert_eq!(shown(index.groups[0]), "73,49");
        assert_eq!(shown(index.groups[1]), "74,19");
        assert_eq!(shown(index.overall), "73,84");
        // Weighting by items would show 73,56 and 74,16.
        let weighted = |group| {
            let mut scores = vec![];
            for (position, figure) in index.items.iter().enumerate() {
                if index.instrument.spans[index.instrument.component_of[position]].group == group {
                    scores.extend(figure.score());
                }
            }
            show(mean(scores).unwrap())
        };
        assert_eq!((weighted(0).as_str(), weighted(1).as_str()), ("73,56", "74,16"));
    }

    #[test]
    fn empty_one_answer_and_all_not_applicable() {
        let nothing = index(&with(&[]), Rule::Top2);
        assert!(nothing.components.iter().all(|f| *f == Figure::None));
        assert_eq!((nothing.groups[1], nothing.overall), (Figure::None, Figure::None));
        assert!(nothing.missing.iter().all(Vec::is_empty));

        let one = index(&with(&[("A1", [0, 0, 0, 0, 1], 0)]), Rule::Top2);
        assert_eq!((one.components[4], one.groups[1]), (Figure::Withheld, Figure::Withheld));
        assert_eq!(one.counts[23], None);

        let na = index(&with(&[("A1", [0; 5], 50)]), Rule::Mean5);
        assert_eq!((na.items[23], na.components[4]), (Figure::None, Figure::None));
        assert_eq!(na.counts[23].unwrap().not_applicable, 50);
    }

    #[test]
    fn a_component_without_answers_is_left_out_and_named() {
        let five = [0, 0, 0, 40, 0];
        let counts = with(&[("A1", five, 0), ("A2", [40, 0, 0, 0, 0], 0), ("B1", five, 0)]);
        let index = index(&counts, Rule::Top2);
        assert_eq!(index.components[4].score(), Some(dec!(50)));
        assert_eq!(index.components[7], Figure::None);
        assert_eq!(index.groups[1].score(), Some(dec!(75)));
        assert_eq!(index.missing[1], [6, 7, 8]);
        assert_eq!(index.overall, Figure::None);
    }

    #[test]
    fn a_lonely_withheld_component_takes_another_with_it() {
        let many = [0, 0, 5, 40, 0];
        let counts = with(&[
            ("A1", many, 0),
            ("B1", [0, 0, 0, 50, 0], 0),
            ("C1", many, 0),
            ("D1", [1, 0, 0, 1, 0], 0),
            ("E1", [0, 1, 9, 20, 0], 0),
        ]);
        let index = index(&counts, Rule::Top2);
        let hidden: Vec<bool> = index.components.iter().map(|f| *f == Figure::Withheld).collect();
        assert_eq!(hidden[4..], [false, false, false, true, true]);
        assert!(index.groups[1].score().is_some());
        assert_eq!(index.counts[instrument().questionnaire.position("E1").unwrap()], None);
    }

    #[test]
    fn what_is_not_yet_released_is_withheld_and_not_absent() {
        let index = Index::new(instrument(), &with(&[]), Rule::Top2, &[], true);
        assert!(index.components[4..].iter().all(|figure| *figure == Figure::Withheld));
        assert!(index.components[..4].iter().all(|figure| *figure == Figure::None));
        assert_eq!((index.groups[0], index.groups[1]), (Figure::None, Figure::Withheld));
        assert_eq!((index.counts[0], index.counts[38]), (Some(ItemCounts::default()), None));
    }

    #[test]
    fn sipas_2022_measures_its_service_group_alone() {
        let old = Arc::new(Instrument::new(2, sipas_2022()));
        let mut counts = Counts::empty(&old);
        counts.respondents.fill(30);
        counts.items.iter_mut().for_each(|item| item.n = [0, 0, 6, 24, 0]);
        let index = Index::new(old, &counts, Rule::Top2, &[], false);
        assert_eq!(index.groups[0], Figure::None);
        assert_eq!(index.groups[1].score(), Some(dec!(80)));
        assert_eq!(index.overall, Figure::None);
    }

    proptest! {
        #[test]
        fn figures_stay_within_bounds_and_nothing_small_is_shown(
            all in prop::collection::vec(answers(), 0..40), mean5: bool,
        ) {
            let instrument = instrument();
            let mut counts = Counts::empty(&instrument);
            all.iter().for_each(|given| counts.add(given, &instrument));
            let index = index(&counts, if mean5 { Rule::Mean5 } else { Rule::Top2 });
            let figures = index.items.iter().chain(&index.components).chain(&index.groups);
            for figure in figures {
                if let Figure::Shown { score, persons } = figure {
                    prop_assert!((dec!(0)..=dec!(100)).contains(score));
                    prop_assert!(*persons >= BLOCK);
                }
            }
            // A shown mean never has exactly one hidden member.
            for (group, figure) in index.groups.iter().enumerate() {
                let members = instrument.spans.iter().zip(&index.components);
                let hidden = members
                    .filter(|(span, f)| span.group == group && **f == Figure::Withheld)
                    .count();
                prop_assert!(hidden != 1 || figure.score().is_none());
            }
            for (component, span) in instrument.spans.iter().enumerate() {
                let items = &index.items[span.items.clone()];
                let hidden = items.iter().filter(|f| **f == Figure::Withheld).count();
                prop_assert!(hidden != 1 || index.components[component].score().is_none());
            }
        }
    }
}
