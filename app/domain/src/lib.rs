//! What the platform is about: questionnaire, form, response, counts, index, release, unit.
//!
//! Nothing here reads a clock, draws a random number or touches the outside world, so nothing here
//! can fail but by a wrong input, and everything can be tested by tables and properties.
//! The dependency list of this crate is the proof.

pub mod access;
pub mod analysis;
pub mod answer;
pub mod audit;
pub mod cells;
pub mod code;
pub mod counts;
pub mod day;
pub mod delivery;
pub mod document;
pub mod drivers;
pub mod form;
pub mod identity;
pub mod index;
pub mod instrument;
pub mod questionnaire;
pub mod release;
pub mod report;
pub mod response;
pub mod review;
pub mod score;
pub mod statistics;
pub mod target;
pub mod unit;
