//! Word that something was committed.

use tokio::sync::watch;

/// Beats whenever something was committed, by this process or another. Beats that nobody has waited
/// for are one.
#[derive(Clone, Debug)]
pub struct Pulse(watch::Sender<()>);

impl Default for Pulse {
    fn default() -> Self {
        Self(watch::Sender::new(()))
    }
}

impl Pulse {
    pub fn beat(&self) {
        self.0.send_replace(());
    }

    /// Hears of every beat from now on.
    pub fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}
