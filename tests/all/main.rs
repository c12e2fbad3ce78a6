//! Everything that needs a database, a door or the whole program. One binary, both databases.

mod access;
mod crash;
mod doors;
mod figures;
mod files;
mod house;
mod oracle;
mod organisation;
mod program;
mod store;
mod tidy;
