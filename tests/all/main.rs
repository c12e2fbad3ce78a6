//! Everything that needs a database, a door or the whole program. One binary, both databases.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod address;
mod analysis;
mod audit;
mod coverage;
mod crash;
mod delivery;
mod dependencies;
mod description;
mod design;
mod doors;
mod entry;
mod figures;
mod files;
mod house;
mod import;
mod limits;
mod live;
mod matrix;
mod oidc;
mod oracle;
mod organisation;
mod paper;
mod people;
mod places;
mod post;
mod program;
mod report;
mod reporter;
mod review;
mod secrets;
mod sign_in;
#[path = "../coverage/simulation.rs"]
mod simulation;
mod slow;
mod statistics;
mod store;
mod tidy;
mod visitor;
