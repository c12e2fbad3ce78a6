//! Pages and islands: Leptos views as plain functions of plain values.
//!
//! A view never loads data and cannot fail. Pages are rendered on the server to whole documents;
//! islands are the few parts that also run in the browser.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod catalogue;
#[cfg(feature = "ssr")]
mod chart;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
mod figure;
#[cfg(feature = "ssr")]
mod official;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(test)]
#[cfg(feature = "ssr")]
mod sample;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod text;

/// Called by the page's script: wakes the islands.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
