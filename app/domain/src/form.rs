//! Which items one citizen is asked: the short form by balanced rotation, or all.
//!
//! A short form asks one item of each component that is asked at a counter. The set of forms is an
//! orthogonal array of strength two: every item is asked by equally many forms, and so is every pair
//! of items of different components. So a few taps a citizen measure all official items, unbiased,
//! with the relations between components kept.
//!
//! Construction: components with the same prime number `p` of items (at most `p + 1` of them) share
//! the linear array of `p²` rows over the field of `p` elements (for `p = 3` it is Taguchi's L9);
//! other sizes are crossed in full; arrays of different sizes are crossed with each other. For
//! `sipas-2023` (3, 4, 3, 3, 3 items) that makes L9 × 4 = 36 forms.
//! Source: Rao–Hamming construction; Hedayat, Sloane, Stufken, *Orthogonal Arrays* (1999), ch. 3.

use std::collections::BTreeMap;

use crate::questionnaire::{Questionnaire, Span};

/// The form that a citizen was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// All items that are asked at a counter.
    Full,
    /// One of the short forms, counted from 1.
    Short(u16),
}

impl Form {
    /// `full`, or the number of a short form of this design.
    pub fn parse(text: &str, design: &Design) -> Option<Self> {
        if text == "full" {
            return Some(Self::Full);
        }
        let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        let number: u16 = plain.then(|| text.parse().ok()).flatten()?;
        (1..=design.len()).contains(&number).then_some(Self::Short(number))
    }

    /// The number kept in the database: 0 for the full form.
    pub fn number(self) -> u16 {
        match self {
            Self::Full => 0,
            Self::Short(number) => number,
        }
    }

    /// The form of a number made by [`Self::number`].
    pub fn from_number(number: u16) -> Self {
        if number == 0 { Self::Full } else { Self::Short(number) }
    }
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Full => f.write_str("full"),
            Self::Short(number) => number.fmt(f),
        }
    }
}

/// All short forms of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    /// A form a row: positions of the items asked, one of each component.
    forms: Vec<Vec<usize>>,
    /// Positions of all items asked at a counter.
    all: Vec<usize>,
}

impl Design {
    /// The forms of a questionnaire.
    pub fn new(questionnaire: &Questionnaire) -> Self {
        let spans: Vec<Span> = questionnaire.spans().into_iter().filter(|s| s.counter).collect();
        let sizes: Vec<usize> = spans.iter().map(|span| span.items.len()).collect();
        let forms = array(&sizes)
            .into_iter()
            .map(|row| {
                spans.iter().zip(row).map(|(span, level)| span.items.start + level).collect()
            })
            .collect();
        Self { forms, all: spans.into_iter().flat_map(|span| span.items).collect() }
    }

    /// The number of short forms.
    pub fn len(&self) -> u16 {
        self.forms.len() as u16
    }

    /// No short form: a questionnaire that asks nothing at a counter.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A short form by a number drawn at random by the caller; every form is equally likely.
    pub fn draw(&self, random: u64) -> Form {
        Form::Short((random % u64::from(self.len().max(1))) as u16 + 1)
    }

    /// Positions of the items that the form asks.
    pub fn asked(&self, form: Form) -> &[usize] {
        match form {
            Form::Full => &self.all,
            Form::Short(n) => {
                self.forms.get(usize::from(n).wrapping_sub(1)).map_or(&[], Vec::as_slice)
            }
        }
    }

    /// Positions of the items that wait folded below the form.
    pub fn folded(&self, form: Form) -> Vec<usize> {
        let asked = self.asked(form);
        self.all.iter().copied().filter(|position| !asked.contains(position)).collect()
    }
}

/// An orthogonal array of strength two with the given number of levels in each column.
fn array(sizes: &[usize]) -> Vec<Vec<usize>> {
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (column, &size) in sizes.iter().enumerate() {
        columns.entry(size).or_default().push(column);
    }
    let mut rows = vec![vec![0; sizes.len()]];
    for (&size, columns) in &columns {
        let part = equal(size, columns.len());
        rows = part
            .iter()
            .flat_map(|levels| {
                rows.iter().map(move |row| {
                    let mut row = row.clone();
                    for (&column, &level) in columns.iter().zip(levels) {
                        row[column] = level;
                    }
                    row
                })
            })
            .collect();
    }
    rows
}

/// An array of `columns` columns that all have `size` levels.
fn equal(size: usize, columns: usize) -> Vec<Vec<usize>> {
    let prime = size > 1 && (2..size).all(|divisor| !size.is_multiple_of(divisor));
    if columns > 2 && prime && columns <= size + 1 {
        // Column 0 is x, column 1 is y, column k is x + (k − 1)·y over the field of `size` elements.
        let level = |x: usize, y: usize, k: usize| match k {
            0 => x,
            1 => y,
            k => (x + (k - 1) * y) % size,
        };
        return (0..size * size)
            .map(|row| (0..columns).map(|k| level(row / size, row % size, k)).collect())
            .collect();
    }
    (0..size.pow(columns as u32))
        .map(|row| (0..columns).map(|k| row / size.pow(k as u32) % size).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaire::tests::{sipas_2022, sipas_2023};

    fn assert_balanced(sizes: &[usize], rows: &[Vec<usize>]) {
        for a in 0..sizes.len() {
            for level in 0..sizes[a] {
                let asked = rows.iter().filter(|row| row[a] == level).count();
                assert_eq!(asked * sizes[a], rows.len(), "column {a} level {level}");
            }
            for b in a + 1..sizes.len() {
                for (x, y) in (0..sizes[a]).flat_map(|x| (0..sizes[b]).map(move |y| (x, y))) {
                    let pair = rows.iter().filter(|row| row[a] == x && row[b] == y).count();
                    assert_eq!(pair * sizes[a] * sizes[b], rows.len(), "columns {a}, {b}");
                }
            }
        }
    }

    #[test]
    fn every_item_and_every_pair_of_items_is_asked_equally_often() {
        for sizes in [
            &[3, 4, 3, 3, 3][..],
            &[4, 4, 5, 3, 3],
            &[2, 2, 2],
            &[5, 5, 5, 5, 5, 5],
            &[2, 2, 9, 10],
            &[1, 1, 3],
            &[6, 6],
            &[2, 2, 2, 2],
            &[7],
        ] {
            assert_balanced(sizes, &array(sizes));
        }
    }

    #[test]
    fn sipas_2023_has_thirty_six_forms_of_five_items() {
        let q = sipas_2023();
        let design = Design::new(&q);
        assert_eq!(design.len(), 36);
        let distinct: std::collections::BTreeSet<_> = design.forms.iter().collect();
        assert_eq!(distinct.len(), 36);
        let codes: Vec<&str> = q.items().map(|item| item.code.as_str()).collect();
        for n in 1..=36 {
            let asked = design.asked(Form::Short(n));
            let letters: String = asked.iter().map(|&p| &codes[p][..1]).collect();
            assert_eq!(letters, "ABCDE");
            assert_eq!(design.folded(Form::Short(n)).len(), 11);
        }
        assert_eq!(design.asked(Form::Full).len(), 16);
        assert!(design.folded(Form::Full).is_empty());
        assert_eq!(Design::new(&sipas_2022()).len(), 16 * 5 * 9);
    }

    #[test]
    fn the_draw_reaches_every_form_and_nothing_else() {
        let design = Design::new(&sipas_2023());
        let drawn: std::collections::BTreeSet<u16> =
            (0..36).map(|random| design.draw(random).number()).collect();
        assert_eq!(drawn, (1..=36).collect());
        assert_eq!(design.draw(u64::MAX), Form::Short((u64::MAX % 36) as u16 + 1));
        assert_eq!(Form::parse("36", &design), Some(Form::Short(36)));
        assert_eq!(Form::parse("full", &design), Some(Form::Full));
        for bad in ["0", "37", "-1", "+1", "01", "", "９", "full "] {
            assert_eq!(Form::parse(bad, &design), None, "{bad}");
        }
    }
}
