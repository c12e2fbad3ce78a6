//! Whole pages, each a function from plain values to a document.

pub mod account;
pub mod analysis;
pub mod audit;
pub mod board;
pub mod delivery;
pub mod entry;
pub mod home;
pub mod import;
pub mod keys;
pub mod method;
pub mod notice;
pub mod people;
pub mod person;
pub mod point;
pub mod points;
pub mod report;
pub mod respond;
pub mod sheet;
pub mod sign_in;
pub mod start;
pub mod targets;
pub mod unit;
pub mod units;

pub use crate::official::Desk;
