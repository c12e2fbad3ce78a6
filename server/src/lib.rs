//! The service: from the database to the pages, in the layers of ARCHITECTURE.md.

pub mod clock;
pub mod config;
pub mod demo;
pub mod export;
pub mod ingest;
pub mod live;
pub mod mail;
#[cfg(feature = "oidc")]
pub mod oidc;
pub mod qr;
pub mod run;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod web;
