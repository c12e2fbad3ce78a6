//! Whole pages, each a function from plain values to a document.

pub mod analysis;
pub mod board;
pub mod home;
pub mod method;
pub mod notice;
pub mod respond;
pub mod sheet;
pub mod targets;
