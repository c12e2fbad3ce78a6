//! The one table: what is required, what was measured, and whether the one meets the other.

use std::fmt::Write;

/// What a figure has to reach.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

/// All figures of a run, in the order in which they were measured.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<[String; 5]>,
    missed: usize,
    wrong: usize,
}

const HEAD: [&str; 5] = ["figure", "required", "measured", "beside it", "verdict"];

impl Table {
    /// A figure with a required value, and what it was measured against.
    pub(crate) fn judge(&mut self, name: &str, bound: Bound, value: f64, unit: &str, beside: &str) {
        let (sign, limit, met) = match bound {
            Bound::AtLeast(limit) => ("≥", limit, value >= limit),
            Bound::AtMost(limit) => ("≤", limit, value <= limit),
        };
        let required = format!("{sign} {} {unit}", number(limit));
        self.push(name, &required, &format!("{} {unit}", number(value)), beside, Some(met));
    }

    /// Something that is true or is not, however fast the machine is.
    pub(crate) fn check(&mut self, name: &str, required: &str, measured: &str, met: bool) {
        self.wrong += usize::from(!met);
        self.push(name, required, measured, "", Some(met));
    }

    /// A figure that nothing is required of.
    pub(crate) fn show(&mut self, name: &str, value: f64, unit: &str, beside: &str) {
        self.push(name, "", &format!("{} {unit}", number(value)), beside, None);
    }

    /// Words instead of a figure.
    pub(crate) fn note(&mut self, name: &str, words: &str) {
        self.push(name, "", "", words, None);
    }

    /// How many required figures were missed.
    pub(crate) fn missed(&self) -> usize {
        self.missed
    }

    /// How many checks failed.
    pub(crate) fn wrong(&self) -> usize {
        self.wrong
    }

    fn push(
        &mut self,
        name: &str,
        required: &str,
        measured: &str,
        beside: &str,
        met: Option<bool>,
    ) {
        let verdict = match met {
            Some(true) => "ok",
            Some(false) => "MISSED",
            None => "",
        };
        self.missed += usize::from(met == Some(false));
        let row =
            [name, required, measured, beside, verdict].map(|cell| cell.trim_end().to_owned());
        eprintln!("bench: {}", row.join(" | "));
        self.rows.push(row);
    }

    /// Aligned for a terminal, or as Markdown.
    pub(crate) fn print(&self, markdown: bool) -> String {
        let head = HEAD.map(str::to_owned);
        let length = |row: &[String; 5], column: usize| row[column].chars().count();
        let all = || std::iter::once(&head).chain(&self.rows);
        let widths: [usize; 5] =
            std::array::from_fn(|column| all().map(|row| length(row, column)).max().unwrap_or(0));
        let mut text = String::new();
        for (at, row) in all().enumerate() {
            let cells: Vec<String> =
                row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            let line = match markdown {
                true => format!("| {} |", cells.join(" | ")),
                false => cells.join("  "),
            };
            // Writing to a string does not fail.
            let _ = writeln!(text, "{}", line.trim_end());
            if at == 0 {
                let rules = widths.map(|width| "-".repeat(width));
                let _ = match markdown {
                    true => writeln!(text, "| {} |", rules.join(" | ")),
                    false => writeln!(text, "{}", rules.join("  ")),
                };
            }
        }
        text
    }
}

/// The middle one; the mean of the middle two.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n => f64::midpoint(values[(n - 1) / 2], values[n / 2]),
    }
}

/// Three significant digits, thousands apart.
pub(crate) fn number(value: f64) -> String {
    let text = match value.abs() {
        size if size < 0.9995 => format!("{value:.3}"),
        size if size < 9.995 => format!("{value:.2}"),
        size if size < 99.95 => format!("{value:.1}"),
        _ => return grouped(value),
    };
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digit.is_ascii_digit() && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
