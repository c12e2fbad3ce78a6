//! A bar alone, below words that say its value.

use leptos::prelude::*;

use super::percent;

/// `value` from 0 to 100.
pub(crate) fn line(value: f64) -> AnyView {
    view! {
        <svg class="chart line" width="100%" height="12" aria-hidden="true">
            <rect width="100%" height="12" rx="6" class="track"/>
            <rect width=percent(value) height="12" rx="6" class="bar"/>
        </svg>
    }
    .into_any()
}
