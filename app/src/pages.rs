//! Whole pages, each a function from plain values to a document.

pub mod board;
pub mod home;
pub mod notice;
pub mod respond;
