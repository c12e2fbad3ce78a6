//! Everything that needs a database, a door or the whole program. One binary, both databases.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
mod crash;
mod doors;
mod figures;
mod files;
mod house;
mod oracle;
mod organisation;
mod program;
mod review;
mod statistics;
mod store;
mod tidy;
