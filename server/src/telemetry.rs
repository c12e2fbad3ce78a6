//! Logs: to stderr, since stdout holds only what a script reads.
//!
//! No answers, no comments, no addresses of citizens and no keys are ever logged.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging by the filter; lines for people on a terminal, JSON elsewhere.
///
/// # Errors
/// Where the filter is not one.
pub fn start(filter: &str) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter)?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match std::io::stderr().is_terminal() {
        true => logs.compact().init(),
        false => logs.json().init(),
    }
    Ok(())
}
