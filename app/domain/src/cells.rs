//! Which figures of a table by a second property (stage, field of service, channel) may be shown,
//! where every unit of a tree has such a table and its total is known as well.
//!
//! Hiding a small cell and one more of the same table is not enough there: the cell of a unit is that
//! of the unit above less those of its neighbours. So what is hidden is followed upward. A *family* is
//! the smallest place in the tree of which cells are counted. What is known of the hidden cells of all
//! families are sums: those of a family, and those of a value over some families. Such a system is a
//! graph, with a node for each sum and each cell an edge between two of them, and a cell can be had
//! exactly where its edge is a bridge (Gusfield 1988, *A graph theoretic approach to statistical data
//! security*). A place shows the values with which no small cell becomes one.
//!
//! This guards against adding and subtracting what is shown; not against somebody who knows single
//! answers already, nor against guessing within bounds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::release::{BLOCK, withheld};

/// A cell of a family that is not shown, and what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    value: usize,
    /// Not 0.
    persons: u64,
    /// The sum of its family's hidden cells that is known; `None` while it is not.
    row: Option<Sum>,
    /// The sum of its value over some families that is known; `None` while it is not.
    column: Option<Sum>,
}

/// A sum of hidden cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Sum {
    Family(u64),
    /// Of families whose own totals are withheld, below a place.
    Families(u64),
    /// Of a value below a place.
    Value(usize, u64),
    /// What is in no other sum.
    OtherFamilies,
    OtherValues,
}

/// The hidden cells of a family, given its persons by value: small ones, and further ones until they
/// are together about a block of persons. `closed`: its total is itself withheld, and then all are.
/// `name` is its own among all families.
pub fn family(name: u64, persons: &[u64], closed: bool) -> Vec<Hidden> {
    let hidden = withheld(persons);
    let of = |(value, persons): (usize, &u64)| Hidden {
        value,
        persons: *persons,
        row: (!closed).then_some(Sum::Family(name)),
        column: None,
    };
    let all = persons.iter().enumerate().filter(|(value, n)| **n > 0 && (closed || hidden[*value]));
    all.map(of).collect()
}

/// Which of so many values a place withholds, given the hidden cells of all families below it; what is
/// known of them afterwards is written down. `closed`: the total of the place is itself withheld, and
/// then all are. `name` is its own among all places.
pub fn settle(name: u64, values: usize, cells: &mut [Hidden], closed: bool) -> Vec<bool> {
    if closed {
        return vec![true; values];
    }
    for cell in cells.iter_mut().filter(|cell| cell.row.is_none()) {
        cell.row = Some(Sum::Families(name));
    }
    let rest = |value: usize| -> u64 {
        let open = cells.iter().filter(|cell| cell.column.is_none() && cell.value == value);
        open.map(|cell| cell.persons).sum()
    };
    let mut shown: BTreeSet<usize> =
        (0..values).filter(|value| !(1..BLOCK).contains(&rest(*value))).collect();
    while !shown.is_empty() {
        // What is not shown is known together, as the total less what is.
        let hidden: u64 = (0..values).filter(|value| !shown.contains(value)).map(rest).sum();
        if (1..BLOCK).contains(&hidden) {
            let more = shown.iter().copied().filter(|value| rest(*value) > 0);
            match more.min_by_key(|value| rest(*value)) {
                Some(value) => shown.remove(&value),
                None => {
                    shown.clear();
                    break;
                }
            };
            continue;
        }
        let given_away = given_away(name, cells, &shown);
        if given_away.is_empty() {
            break;
        }
        let before = shown.len();
        for cell in given_away.iter().filter(|cell| cell.column.is_none()) {
            shown.remove(&cell.value);
        }
        if shown.len() == before {
            shown.clear();
        }
    }
    for cell in cells.iter_mut().filter(|cell| cell.column.is_none()) {
        cell.column = shown.contains(&cell.value).then_some(Sum::Value(cell.value, name));
    }
    (0..values).map(|value| !shown.contains(&value)).collect()
}

/// The cells that could be had, alone or some of them together, on few persons, if a place showed these
/// values.
fn given_away<'a>(name: u64, cells: &'a [Hidden], shown: &BTreeSet<usize>) -> Vec<&'a Hidden> {
    let ends = |cell: &Hidden| {
        let column = match cell.column {
            None if shown.contains(&cell.value) => Sum::Value(cell.value, name),
            column => column.unwrap_or(Sum::OtherValues),
        };
        (cell.row.unwrap_or(Sum::OtherFamilies), column)
    };
    // Cells of the same two sums cannot be told apart, but together they can be had.
    let mut together: BTreeMap<(Sum, Sum), Vec<&Hidden>> = BTreeMap::new();
    for cell in cells {
        together.entry(ends(cell)).or_default().push(cell);
    }
    let mut graph = Graph::default();
    for (edge, (row, column)) in together.keys().enumerate() {
        graph.edges.entry(*row).or_default().push((*column, edge));
        graph.edges.entry(*column).or_default().push((*row, edge));
    }
    let bridges = graph.bridges();
    let few = |cells: &&Vec<&Hidden>| cells.iter().map(|cell| cell.persons).sum::<u64>() < BLOCK;
    let all = together.values().enumerate().filter(|(edge, _)| bridges.contains(edge));
    all.map(|(_, cells)| cells).filter(few).flatten().copied().collect()
}

#[derive(Default)]
struct Graph {
    edges: HashMap<Sum, Vec<(Sum, usize)>>,
    /// When a node was first seen, and the earliest node that can be reached from it otherwise than by
    /// the edge that led to it.
    seen: HashMap<Sum, (usize, usize)>,
    found: Vec<usize>,
}

impl Graph {
    /// Edges on no circle (Tarjan).
    fn bridges(mut self) -> Vec<usize> {
        let nodes: Vec<Sum> = self.edges.keys().copied().collect();
        for node in nodes {
            if !self.seen.contains_key(&node) {
                self.visit(node, None);
            }
        }
        self.found
    }

    fn visit(&mut self, node: Sum, by: Option<usize>) -> usize {
        let at = self.seen.len();
        self.seen.insert(node, (at, at));
        let edges = self.edges.get(&node).cloned().unwrap_or_default();
        let mut low = at;
        for (next, edge) in edges.into_iter().filter(|(_, edge)| Some(*edge) != by) {
            match self.seen.get(&next) {
                Some((first, _)) => low = low.min(*first),
                None => {
                    let beyond = self.visit(next, Some(edge));
                    if beyond > at {
                        self.found.push(edge);
                    }
                    low = low.min(beyond);
                }
            }
        }
        low
    }
}

#[cfg(test)]
mod tests;
