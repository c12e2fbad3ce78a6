//! How long an answer is waited for.

use std::time::Instant;

use crate::http::Connection;
use crate::program::Program;
use crate::table::median;

/// One request again and again on one connection.
pub(crate) struct Timed {
    connection: Connection,
    request: Vec<u8>,
    /// Milliseconds of the first request.
    pub(crate) first: f64,
    /// Of those after the warming up.
    pub(crate) waits: Vec<f64>,
}

impl Timed {
    /// Opens the connection and warms up.
    pub(crate) async fn open(program: &Program, request: Vec<u8>) -> anyhow::Result<Self> {
        let connection = Connection::open(program.address).await?;
        let mut timed = Self { connection, request, first: 0.0, waits: vec![] };
        timed.ask().await?;
        timed.first = timed.waits[0];
        for _ in 0..5 {
            timed.ask().await?;
        }
        timed.waits.clear();
        Ok(timed)
    }

    pub(crate) async fn ask(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        let answer = self.connection.ask(&self.request).await?;
        let wait = start.elapsed();
        anyhow::ensure!(answer.status == 200, "{}", String::from_utf8_lossy(answer.body));
        self.waits.push(1e3 * wait.as_secs_f64());
        Ok(())
    }

    pub(crate) fn median(&self) -> f64 {
        median(self.waits.iter().copied())
    }
}
