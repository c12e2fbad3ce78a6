//! What pulls a figure down: what the group would gain if everybody were satisfied with an item.
//!
//! The gap of an item to 100 times its weight in the group, which follows from the plain means: one
//! over the components that have answers, times one over the items of its component that have answers.
//! Assumed: that each item can be raised as easily as another. It is arithmetic, not a cause.

use rust_decimal::Decimal;

use crate::index::{Figure, Index};
use crate::score::Score;

/// One item of the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Driver {
    /// Position of the item.
    pub item: usize,
    pub score: Score,
    /// What it is short of 100.
    pub gap: Decimal,
    /// Its part in the figure of the group, 0 to 1.
    pub weight: Decimal,
    /// Gap times weight: percentage points that the group would gain.
    pub gain: Decimal,
}

/// The items of a group that may be shown, those with most to gain first.
pub fn drivers(index: &Index, group: usize) -> Vec<Driver> {
    let spans = index.instrument.spans.iter().enumerate();
    let known = |figure: &Figure| *figure != Figure::None;
    let members: Vec<_> =
        spans.filter(|(c, span)| span.group == group && known(&index.components[*c])).collect();
    let mut drivers = vec![];
    for (_, span) in &members {
        let items = || span.items.clone().filter(|&item| known(&index.items[item]));
        let weight = Decimal::ONE / Decimal::from(members.len() * items().count().max(1));
        drivers.extend(items().filter_map(|item| {
            let score = index.items[item].score()?;
            let gap = Decimal::ONE_HUNDRED - score;
            Some(Driver { item, score, gap, weight, gain: gap * weight })
        }));
    }
    drivers.sort_by(|a, b| b.gain.cmp(&a.gain).then(a.item.cmp(&b.item)));
    drivers
}
