//! Columns of numbers, each with its number above and its label below.

use leptos::prelude::*;

use super::{hatch, percent, round, svg};

/// One column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub label: String,
    /// `None`: not known, which is hatched.
    pub value: Option<u64>,
    /// The value in words.
    pub said: String,
}

const TOP: f64 = 22.0;
const BOTTOM: f64 = 112.0;

pub(crate) fn columns(id: &str, title: String, desc: String, columns: &[Column]) -> AnyView {
    let most = columns.iter().filter_map(|column| column.value).max().unwrap_or(0).max(1);
    let step = 100.0 / columns.len().max(1) as f64;
    let shapes: Vec<AnyView> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let left = percent(step * (at as f64 + 0.15));
            let middle = percent(step * (at as f64 + 0.5));
            let width = percent(step * 0.7);
            let (height, class, fill) = match column.value {
                Some(n) => ((BOTTOM - TOP) * n as f64 / most as f64, "bar", None),
                None => (BOTTOM - TOP, "unknown", Some(format!("url(#{id}-hatch)"))),
            };
            let (y, height) = (round(BOTTOM - height.max(1.0)), round(height.max(1.0)));
            let above = round(BOTTOM - column.value.map_or(0.0, |n| {
                (BOTTOM - TOP) * n as f64 / most as f64
            }) - 6.0);
            let said = column.value.is_some().then(|| {
                view! {
                    <text x=middle.clone() y=above text-anchor="middle" class="value">
                        {column.said.clone()}
                    </text>
                }
            });
            view! {
                <rect x=left y=y width=width height=height class=class fill=fill/>
                {said}
                <text x=middle y="130" text-anchor="middle" class="tick">{column.label.clone()}</text>
            }
            .into_any()
        })
        .collect();
    let shapes = view! {
        {hatch(id)}
        {shapes}
        <line x1="0" x2="100%" y1="112" y2="112" class="grid"/>
    };
    svg(id, "columns", 136, title, desc, shapes.into_any())
}
