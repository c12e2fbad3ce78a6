//! Charts as plain SVG, drawn on the server: bars, the distribution of answers, the course over days.
//!
//! A chart has a title and a description for those who do not see it, and the page sets a table beside.
//! Widths are percentages, so a chart fills its place and its words keep their size. It knows nothing
//! of the survey: values from 0 to 100 come in, with the words for them. Colours come from the style
//! sheet by class.

mod columns;
mod line;
mod spark;
mod trend;

use leptos::prelude::*;

pub(crate) use columns::{Column, columns};
pub(crate) use line::line;
pub(crate) use spark::{Step, spark};
pub(crate) use trend::{Day, LAST, trend, trend_base};

/// What is drawn for one value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Mark {
    /// From 0 to 100.
    Value(f64),
    /// Known, but not shown: hatched.
    Withheld,
    /// Not known: an empty outline.
    Absent,
}

/// A bar with its words.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    pub label: String,
    pub mark: Mark,
    /// Between what and what the value lies, both from 0 to 100: a line with two ends.
    pub range: Option<(f64, f64)>,
    /// The value in words; for a bar without one, why.
    pub said: String,
    /// In small letters below.
    pub note: String,
}

/// Room for words in a line of a bar's label, in letters.
const LINE: usize = 41;

/// Horizontal bars, each below its label, with the value at its end.
pub(crate) fn bars(id: &str, title: String, desc: String, bars: &[Bar]) -> AnyView {
    let mut y = 0;
    let mut rows = vec![];
    for bar in bars {
        let lines = wrapped(&bar.label, LINE);
        let top = y + 18;
        for (line, text) in lines.iter().enumerate() {
            let at = top + 19 * line;
            rows.push(
                view! { <text x="0" y=at.to_string() class="label">{text.clone()}</text> }
                    .into_any(),
            );
        }
        let top = top + 19 * (lines.len() - 1) + 8;
        rows.push(bar_row(id, bar, top));
        y = top + if bar.note.is_empty() { 34 } else { 50 };
    }
    svg(id, "bars", y, title, desc, view! { {hatch(id)} {rows} }.into_any())
}

fn bar_row(id: &str, bar: &Bar, top: usize) -> AnyView {
    // Where there is a value, it stands beside its bar; where there is none, the words need the place.
    let (track, fill) = match bar.mark {
        Mark::Value(value) => ("track", Some(percent(value * TRACK / 100.0))),
        Mark::Withheld => ("track", None),
        Mark::Absent => ("absent", None),
    };
    let hatched = bar.mark == Mark::Withheld;
    let (x, anchor, class) = match bar.mark {
        Mark::Value(_) => ("100%", "end", "value"),
        _ => ("12", "start", "why"),
    };
    let width = if bar.mark == Mark::Absent || hatched { 100.0 } else { TRACK };
    let plate = (hatched).then(|| {
        let width = (8 * bar.said.chars().count() + 16).to_string();
        view! { <rect x="4" y=(top + 3).to_string() width=width height="16" rx="3" class="plate"/> }
    });
    let (y, height, rx) = (top.to_string(), "22", "4");
    let note = (!bar.note.is_empty()).then(|| {
        view! { <text x="0" y=(top + 38).to_string() class="note">{bar.note.clone()}</text> }
    });
    view! {
        <rect x="0" y=y.clone() width=percent(width) height=height rx=rx class=track/>
        {hatched.then(|| view! {
            <rect x="0" y=y.clone() width="100%" height=height rx=rx fill=format!("url(#{id}-hatch)")/>
        })}
        {plate}
        {fill.map(|fill| view! {
            <rect x="0" y=y.clone() width=fill height=height rx=rx class="bar"/>
        })}
        {bar.range.map(|range| whisker(range, top))}
        <text x=x y=(top + 16).to_string() text-anchor=anchor class=class>{bar.said.clone()}</text>
        {note}
    }
    .into_any()
}

/// A line between the ends of a range, with a stroke at each.
fn whisker((low, high): (f64, f64), top: usize) -> AnyView {
    let [low, high] = [low, high].map(|end| percent(end * TRACK / 100.0));
    let [middle, from, to] = [top + 11, top + 5, top + 17].map(|y| y.to_string());
    view! {
        <g class="range">
            <line x1=low.clone() x2=high.clone() y1=middle.clone() y2=middle/>
            <line x1=low.clone() x2=low y1=from.clone() y2=to.clone()/>
            <line x1=high.clone() x2=high y1=from y2=to/>
        </g>
    }
    .into_any()
}

/// The part of the width, in per cent, that a bar of 100 fills; the rest is for its value.
const TRACK: f64 = 80.0;

/// The shares of the five answers, side by side; nothing where no one answered.
pub(crate) fn distribution(id: String, title: String, desc: String, counts: [u64; 5]) -> AnyView {
    let total: u64 = counts.iter().sum();
    let mut x = 0.0;
    let mut parts = vec![];
    for (n, class) in counts.into_iter().zip(["n1", "n2", "n3", "n4", "n5"]) {
        let width = 100.0 * n as f64 / total.max(1) as f64;
        if n > 0 {
            let (at, width) = (percent(x), percent(width));
            parts.push(view! { <rect x=at y="0" width=width height="100%" class=class/> });
        }
        x += width;
    }
    svg_of(id, "distribution", "14".to_owned(), title, desc, parts.into_any())
}

/// A square of a legend, or a hatched field: what stands for withheld everywhere.
fn hatch(id: &str) -> AnyView {
    view! {
        <defs>
            <pattern
                id=format!("{id}-hatch")
                width="6"
                height="6"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
            >
                <rect width="2" height="6" class="hatch"/>
            </pattern>
        </defs>
    }
    .into_any()
}

fn svg(
    id: &str,
    class: &'static str,
    height: usize,
    title: String,
    desc: String,
    shapes: AnyView,
) -> AnyView {
    svg_of(id.to_owned(), class, height.to_string(), title, desc, shapes)
}

fn svg_of(
    id: String,
    class: &'static str,
    height: String,
    title: String,
    desc: String,
    shapes: AnyView,
) -> AnyView {
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let labels = format!("{title_id} {desc_id}");
    view! {
        <svg
            class=format!("chart {class}")
            width="100%"
            height=height
            role="img"
            aria-labelledby=labels
        >
            <title id=title_id>{title}</title>
            <desc id=desc_id>{desc}</desc>
            {shapes}
        </svg>
    }
    .into_any()
}

/// At most two decimals, no zeros at the end.
fn round(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn percent(value: f64) -> String {
    format!("{}%", round(value))
}

/// The words in lines of at most `room` letters, as far as single words allow.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

#[cfg(test)]
mod tests;
