//! A course over days: a line, and columns of answers below it.

use leptos::prelude::*;

use super::{Mark, hatch, percent, round, svg};

/// The id of what is drawn for the last day, which moves.
pub(crate) const LAST: &str = "trend-last";

/// One day of a course.
#[derive(Clone, Debug)]
pub(crate) struct Day {
    pub mark: Mark,
    /// Said with less certainty: drawn hollow.
    pub few: bool,
    /// Answers of the day.
    pub answers: u64,
    /// Cannot be compared with the day before.
    pub breaks: bool,
    /// Shown where the pointer rests.
    pub said: String,
}

const TREND_TOP: f64 = 20.0;
const TREND_BOTTOM: f64 = 180.0;
const COLUMNS_TOP: f64 = 200.0;
const COLUMNS_BOTTOM: f64 = 240.0;

/// The value at the bottom of a course: a full ten below the least.
pub(crate) fn trend_base(days: &[Day]) -> f64 {
    let values = days.iter().filter_map(|day| match day.mark {
        Mark::Value(value) => Some(value),
        _ => None,
    });
    let least = values.fold(100.0, f64::min);
    (((least - 5.0) / 10.0).floor() * 10.0).clamp(0.0, 80.0)
}

/// A line over days, with a gap where a day has no value, and columns of answers below it.
pub(crate) fn trend(
    id: &str,
    title: String,
    desc: String,
    days: &[Day],
    ends: [String; 3],
) -> AnyView {
    let low = trend_base(days);
    let step = 96.0 / (days.len().max(2) - 1) as f64;
    let most = days.iter().map(|day| day.answers).max().unwrap_or(0).max(1);
    let scale = Scale { low, most, step };
    let mut shapes = vec![];
    for level in [low, (low + 100.0) / 2.0, 100.0] {
        let (at, above) = (round(scale.y(level)), round(scale.y(level) - 4.0));
        shapes.push(
            view! {
                <line x1="0" x2="100%" y1=at.clone() y2=at class="grid"/>
                <text x="0" y=above class="tick">{round(level)}</text>
            }
            .into_any(),
        );
    }
    shapes.extend((0..days.len()).map(|at| scale.break_before(days, at)));
    let before = days.len().saturating_sub(1);
    shapes.extend((0..before).map(|at| scale.column(&days[at], at)));
    shapes.extend((0..before).map(|at| scale.line_to(days, at)));
    shapes.extend((0..before).map(|at| scale.mark(id, &days[at], at)));
    let newest = days.last().map(|day| {
        view! {
            <g id=LAST>
                {scale.column(day, before)}
                {scale.line_to(days, before)}
                {scale.mark(id, day, before)}
            </g>
        }
    });
    shapes.extend(newest.map(IntoAny::into_any));
    let [first, middle, last] = ends;
    let shapes = view! {
        {hatch(id)}
        {shapes}
        <line x1="0" x2="100%" y1="240" y2="240" class="grid"/>
        <text x="0" y="256" class="tick">{first}</text>
        <text x="50%" y="256" text-anchor="middle" class="tick">{middle}</text>
        <text x="100%" y="256" text-anchor="end" class="tick">{last}</text>
    };
    svg(id, "trend", 262, title, desc, shapes.into_any())
}

/// Where days and values lie.
struct Scale {
    /// The value at the bottom.
    low: f64,
    /// The answers of the highest column.
    most: u64,
    /// Between two days, in per cent of the width.
    step: f64,
}

impl Scale {
    fn x(&self, at: usize) -> String {
        percent(2.0 + self.step * at as f64)
    }

    fn y(&self, value: f64) -> f64 {
        TREND_BOTTOM - (TREND_BOTTOM - TREND_TOP) * (value - self.low) / (100.0 - self.low)
    }

    /// The left edge and the width of what stands for a day.
    fn span(&self, at: usize) -> (String, String) {
        (percent(2.0 + self.step * (at as f64 - 0.35)), percent(self.step * 0.7))
    }

    fn column(&self, day: &Day, at: usize) -> AnyView {
        if day.answers == 0 {
            return ().into_any();
        }
        let height = (COLUMNS_BOTTOM - COLUMNS_TOP) * day.answers as f64 / self.most as f64;
        let height = height.max(1.0);
        let (left, width) = self.span(at);
        let (top, height) = (round(COLUMNS_BOTTOM - height), round(height));
        view! { <rect x=left y=top width=width height=height class="column"/> }.into_any()
    }

    /// The line from the day before, where both have a value and can be compared.
    fn line_to(&self, days: &[Day], at: usize) -> AnyView {
        let Some(before) = at.checked_sub(1).map(|before| &days[before]) else {
            return ().into_any();
        };
        match (before.mark, days[at].mark) {
            (Mark::Value(from), Mark::Value(to)) if !days[at].breaks => {
                let (y1, y2) = (round(self.y(from)), round(self.y(to)));
                let (x1, x2) = (self.x(at - 1), self.x(at));
                view! { <line x1=x1 y1=y1 x2=x2 y2=y2 class="line"/> }.into_any()
            }
            _ => ().into_any(),
        }
    }

    fn break_before(&self, days: &[Day], at: usize) -> AnyView {
        if !days[at].breaks {
            return ().into_any();
        }
        let middle = percent(2.0 + self.step * (at as f64 - 0.5));
        view! { <line x1=middle.clone() x2=middle y1="8" y2="240" class="break"/> }.into_any()
    }

    fn mark(&self, id: &str, day: &Day, at: usize) -> AnyView {
        let tip = view! { <title>{day.said.clone()}</title> };
        match day.mark {
            Mark::Value(value) => {
                let class = if day.few { "dot few" } else { "dot" };
                let (x, y) = (self.x(at), round(self.y(value)));
                view! { <circle cx=x cy=y r="4" class=class>{tip}</circle> }.into_any()
            }
            Mark::Withheld => {
                let (left, width) = self.span(at);
                let fill = format!("url(#{id}-hatch)");
                view! { <rect x=left y="170" width=width height="10" fill=fill>{tip}</rect> }
                    .into_any()
            }
            Mark::Absent => ().into_any(),
        }
    }
}
