//! Whoever adds and subtracts all that is shown: played with linear algebra on random trees.

use proptest::prelude::*;

use super::*;

/// A unit with its own family, where it has one, and the units below.
#[derive(Clone, Debug)]
struct Place {
    own: Option<Vec<u64>>,
    below: Vec<Place>,
}

const VALUES: usize = 3;

/// What is known: sums of some values over some families.
#[derive(Default)]
struct Known {
    families: Vec<Vec<u64>>,
    sums: Vec<(Vec<usize>, Vec<usize>)>,
    shown: usize,
}

impl Place {
    fn total(&self) -> Vec<u64> {
        let all = self.own.iter().cloned().chain(self.below.iter().map(Place::total));
        all.fold(vec![0; VALUES], |sum, more| sum.iter().zip(more).map(|(a, b)| a + b).collect())
    }

    /// Settles the place and all below; returns its hidden cells and its families.
    fn publish(
        &self,
        closed: bool,
        names: &mut u64,
        known: &mut Known,
    ) -> (Vec<Hidden>, Vec<usize>) {
        let parts: Vec<Vec<u64>> =
            self.own.iter().cloned().chain(self.below.iter().map(Place::total)).collect();
        let sums: Vec<u64> = parts.iter().map(|part| part.iter().sum()).collect();
        let beside = match self.below.is_empty() {
            true => vec![false; parts.len()],
            false => withheld(&sums),
        };
        let mut flags = beside.into_iter().map(|flag| flag || closed);
        let (mut cells, mut mine) = (vec![], vec![]);
        let all_values: Vec<usize> = (0..VALUES).collect();
        if let Some(own) = &self.own {
            let flag = flags.next().unwrap();
            let at = known.families.len();
            known.families.push(own.clone());
            mine.push(at);
            cells.extend(family(at as u64, own, flag));
            if !flag {
                known.sums.push((vec![at], all_values.clone()));
            }
        }
        for place in &self.below {
            let (more, families) = place.publish(flags.next().unwrap(), names, known);
            cells.extend(more);
            mine.extend(families);
        }
        *names += 1;
        let hidden = settle(*names, VALUES, &mut cells, closed);
        for value in (0..VALUES).filter(|value| !hidden[*value]) {
            known.sums.push((mine.clone(), vec![value]));
            known.shown += 1;
        }
        if !closed {
            known.sums.push((mine.clone(), all_values));
        }
        (cells, mine)
    }
}

fn place() -> impl Strategy<Value = Place> {
    let n = prop_oneof![3 => Just(0u64), 5 => 1u64..7, 2 => 7u64..30];
    let own = move || prop::collection::vec(n.clone(), VALUES);
    let leaf = own().prop_map(|own| Place { own: Some(own), below: vec![] });
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let own = prop::option::weighted(0.3, own());
        (own, prop::collection::vec(inner, 1..4)).prop_map(|(own, below)| Place { own, below })
    })
}

fn rank(mut rows: Vec<Vec<f64>>) -> usize {
    let mut rank = 0;
    for column in 0..rows.first().map_or(0, Vec::len) {
        let pivot = (rank..rows.len()).find(|&row| rows[row][column].abs() > 1e-9);
        let Some(pivot) = pivot else { continue };
        rows.swap(rank, pivot);
        for row in 0..rows.len() {
            if row != rank && rows[row][column].abs() > 1e-9 {
                let factor = rows[row][column] / rows[rank][column];
                let pivot = rows[rank].clone();
                rows[row].iter_mut().zip(pivot).for_each(|(cell, less)| *cell -= factor * less);
            }
        }
        rank += 1;
    }
    rank
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_small_cell_follows_from_all_that_is_shown(root in place()) {
        let mut known = Known::default();
        root.publish(false, &mut 0, &mut known);
        let cells = known.families.len() * VALUES;
        let persons = |cell: usize| known.families[cell / VALUES][cell % VALUES];
        let equation = |(families, values): &(Vec<usize>, Vec<usize>)| -> Vec<f64> {
            let inside = |cell: &usize| {
                families.contains(&(cell / VALUES)) && values.contains(&(cell % VALUES)) && persons(*cell) > 0
            };
            (0..cells).map(|cell| f64::from(u8::from(inside(&cell)))).collect()
        };
        let equations: Vec<Vec<f64>> = known.sums.iter().map(equation).collect();
        let ranked = rank(equations.clone());
        let total: u64 = (0..cells).map(persons).sum();
        for cell in (0..cells).filter(|cell| (1..BLOCK).contains(&persons(*cell)) && total >= BLOCK) {
            let mut with = equations.clone();
            with.push((0..cells).map(|other| f64::from(u8::from(other == cell))).collect());
            prop_assert!(rank(with) > ranked, "cell {cell} of {:?} can be had", known.families);
        }
    }
}

#[test]
fn a_cell_of_one_family_cannot_be_had_from_above() {
    let above = |families: &[&[u64]]| {
        let mut cells = vec![];
        for (name, persons) in (0..).zip(families) {
            let mut own = family(name, persons, false);
            settle(100 + name, VALUES, &mut own, false);
            cells.extend(own);
        }
        settle(200, VALUES, &mut cells, false)
    };
    // 3 is hidden below with 6; above, 30 − 27 = 3 would give it away.
    assert_eq!(above(&[&[3, 6, 20], &[27, 30, 40]]), [true, true, false]);
    // Two families with the same values hidden: their sums say nothing of either.
    assert_eq!(above(&[&[3, 6, 20], &[4, 7, 40]]), [false, false, false]);
    // Together about too few.
    assert!(above(&[&[1, 6, 20], &[2, 7, 40]])[0]);
    assert_eq!(above(&[&[9, 6, 20], &[0, 7, 40]]), [false; 3]);
}

#[test]
fn large_cells_are_all_shown() {
    let place = |n: u64| Place { own: Some(vec![n, n + 5, 2 * n]), below: vec![] };
    let root = Place { own: None, below: vec![place(10), place(5), place(40)] };
    let mut known = Known::default();
    root.publish(false, &mut 0, &mut known);
    assert_eq!(known.shown, 4 * VALUES);
}
