//! Everything that needs a database, a door or the whole program. One binary, both databases.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod analysis;
mod coverage;
mod crash;
mod design;
mod doors;
mod figures;
mod files;
mod house;
mod live;
mod oracle;
mod organisation;
mod program;
mod review;
#[path = "../coverage/simulation.rs"]
mod simulation;
mod statistics;
mod store;
mod tidy;
