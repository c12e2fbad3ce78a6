//! Processes that are measured: the program itself, and the bare baseline.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

use crate::http::{self, Connection};

/// Clock ticks a second in `/proc`, the same on every Linux that Rust knows.
const TICKS: f64 = 100.0;

/// A process that serves.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
    /// From the start of the process to its first `/readyz` that says so.
    pub(crate) ready: Duration,
    _stdout: BufReader<ChildStdout>,
}

impl Program {
    /// Starts `hailong serve` on a database.
    pub(crate) async fn serve(binary: &Path, database: &str) -> anyhow::Result<Self> {
        let mut command = Command::new(binary);
        command
            .arg("serve")
            .env("HAILONG_DATABASE_URL", database)
            .env("HAILONG_LISTEN", "127.0.0.1:0")
            .env("HAILONG_LOG", "warn")
            .env_remove("HAILONG_BASE_URL");
        Self::start(command).await.with_context(|| format!("{} serve", binary.display()))
    }

    /// Starts the baseline.
    pub(crate) async fn bare(database: &Path, page: Option<&Path>) -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("bare").arg("--database").arg(database);
        if let Some(page) = page {
            command.arg("--page").arg(page);
        }
        Self::start(command).await
    }

    async fn start(mut command: Command) -> anyhow::Result<Self> {
        let start = Instant::now();
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let mut stdout = BufReader::new(child.stdout.take().context("no stdout")?);
        let mut line = String::new();
        stdout.read_line(&mut line).await?;
        let address: SocketAddr =
            line.trim().strip_prefix("http://").context("the process did not start")?.parse()?;
        let mut connection = Connection::open(address).await?;
        let request = http::get("/readyz");
        while connection.ask(&request).await?.status != 200 {}
        Ok(Self { child, address, ready: start.elapsed(), _stdout: stdout })
    }

    /// Asks the process to stop and waits until it has.
    pub(crate) async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.id()?.to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().await?;
        anyhow::ensure!(asked.success(), "the process could not be asked to stop");
        let ended = self.child.wait().await?;
        anyhow::ensure!(ended.success(), "the process ended with {ended}");
        Ok(())
    }

    /// Seconds of processor time so far.
    pub(crate) fn processor(&self) -> anyhow::Result<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.id()?))?;
        let fields = text.rsplit_once(')').context("an odd stat")?.1.split_whitespace();
        let ticks: Vec<f64> =
            fields.skip(11).take(2).filter_map(|ticks| ticks.parse().ok()).collect();
        Ok(ticks.iter().sum::<f64>() / TICKS)
    }

    /// Memory in megabytes (10⁶ bytes): the most that was resident, and what is now.
    pub(crate) fn memory(&self) -> anyhow::Result<(f64, f64)> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.id()?))?;
        let megabytes = |name: &str| -> Option<f64> {
            let line = text.lines().find_map(|line| line.strip_prefix(name))?;
            let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
            Some(kibibytes * 1024.0 / 1e6)
        };
        megabytes("VmHWM").zip(megabytes("VmRSS")).context("no memory figures")
    }

    fn id(&self) -> anyhow::Result<u32> {
        self.child.id().context("the process has ended")
    }
}

/// The program to be measured: `HAILONG_BIN`, or the one beside the bench.
pub(crate) fn binary() -> anyhow::Result<PathBuf> {
    if let Some(named) = std::env::var_os("HAILONG_BIN") {
        return Ok(named.into());
    }
    let folder = std::env::current_exe()?;
    let folder = folder.parent().context("no folder")?;
    let found = ["hailong", "hailong-under-test"].map(|name| folder.join(name));
    let found = found.into_iter().find(|path| path.is_file());
    found.context("set HAILONG_BIN to the program that is to be measured")
}
