//! Data out: the files of the contract, streamed.

pub mod csv;
