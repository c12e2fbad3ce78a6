//! A small course of a year in a table cell, with breaks where figures cannot be compared.

use leptos::prelude::*;

use super::{Mark, percent, round, svg_of};

/// One month of it.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub mark: Mark,
    /// Cannot be compared with the one before.
    pub breaks: bool,
}

const HEIGHT: f64 = 36.0;
const PAD: f64 = 5.0;

/// A line over months with a dot at its end and, dashed, what is to be reached.
pub(crate) fn spark(
    id: String,
    title: String,
    desc: String,
    steps: &[Step],
    wanted: Option<f64>,
) -> AnyView {
    let value = |step: &Step| match step.mark {
        Mark::Value(value) => Some(value),
        _ => None,
    };
    let values: Vec<f64> = steps.iter().filter_map(value).chain(wanted).collect();
    let low = values.iter().copied().fold(100.0, f64::min) - 1.0;
    let high = values.iter().copied().fold(0.0, f64::max) + 1.0;
    let y = |value: f64| round(HEIGHT - PAD - (HEIGHT - 2.0 * PAD) * (value - low) / (high - low));
    let step = 92.0 / (steps.len().max(2) - 1) as f64;
    let x = |at: usize| percent(4.0 + step * at as f64);
    let mut shapes = vec![];
    if let Some(wanted) = wanted {
        let at = y(wanted);
        shapes
            .push(view! { <line x1="0" x2="100%" y1=at.clone() y2=at class="wanted"/> }.into_any());
    }
    for (at, pair) in steps.windows(2).enumerate() {
        if pair[1].breaks {
            let middle = percent(4.0 + step * (at as f64 + 0.5));
            shapes.push(
                view! { <line x1=middle.clone() x2=middle y1="0" y2="36" class="break"/> }
                    .into_any(),
            );
        } else if let (Some(from), Some(to)) = (value(&pair[0]), value(&pair[1])) {
            let (y1, y2) = (y(from), y(to));
            shapes
                .push(view! { <line x1=x(at) y1=y1 x2=x(at + 1) y2=y2 class="line"/> }.into_any());
        }
    }
    let last = steps.iter().rposition(|step| value(step).is_some());
    if let Some((at, value)) = last.and_then(|at| Some((at, value(&steps[at])?))) {
        shapes.push(view! { <circle cx=x(at) cy=y(value) r="3.5" class="dot"/> }.into_any());
    }
    svg_of(id, "spark", "36".to_owned(), title, desc, shapes.into_any())
}
