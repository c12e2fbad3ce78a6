//! The whole program as a process of its own, and programs that talk to it.

use std::net::SocketAddr;
use std::process::Stdio;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// A command of the program on a database.
pub(crate) fn command(url: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.args(arguments);
    set(&mut command, url);
    command
}

const BINARY: &str = env!("CARGO_BIN_EXE_hailong-under-test");

fn set(command: &mut Command, url: &str) {
    command
        .env_clear()
        .env("HAILONG_DATABASE_URL", url)
        .env("HAILONG_LISTEN", "127.0.0.1:0")
        .env("HAILONG_LOG", "warn")
        .stdin(Stdio::null())
        .kill_on_drop(true);
}

/// Runs a command to its end: exit code, stdout, stderr.
pub(crate) async fn run(url: &str, arguments: &[&str]) -> (i32, String, String) {
    let output = command(url, arguments).output().await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

/// Runs a command until its log has a line of which `last` is true, and returns the log up to it.
pub(crate) async fn until(mut command: Command, last: impl Fn(&str) -> bool) -> String {
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut log = String::new();
    while let Some(line) = lines.next_line().await.unwrap() {
        log.push_str(&line);
        log.push('\n');
        if last(&line) {
            child.kill().await.unwrap();
            return log;
        }
    }
    panic!("the program ended: {log}");
}

/// The running service.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Program {
    /// Starts `serve` and waits until it says where it listens.
    pub(crate) async fn serve(url: &str) -> Self {
        Self::start(command(url, &["serve"])).await
    }

    /// The same where so few files are given at first.
    pub(crate) async fn serve_with_files(url: &str, files: usize) -> Self {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &format!("ulimit -S -n {files} && exec \"$0\" serve"), BINARY]);
        set(&mut shell, url);
        Self::start(shell).await
    }

    async fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("the program says its address");
        let address = line.trim_start_matches("http://").parse().unwrap();
        Self { child, address }
    }

    /// SIGKILL.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// SIGTERM; returns the exit code.
    pub(crate) async fn stop(mut self) -> Option<i32> {
        let id = self.child.id().unwrap().to_string();
        Command::new("kill").arg(id).status().await.unwrap();
        self.child.wait().await.unwrap().code()
    }
}

/// A connection that is kept.
pub(crate) struct Caller {
    door: SendRequest<Full<Bytes>>,
    host: String,
}

impl Caller {
    pub(crate) async fn new(address: SocketAddr) -> Option<Self> {
        let stream = TcpStream::connect(address).await.ok()?;
        let (door, connection) = handshake(TokioIo::new(stream)).await.ok()?;
        tokio::spawn(connection);
        Some(Self { door, host: address.to_string() })
    }

    /// Sends a request; `None` where the connection broke.
    pub(crate) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        kind: &str,
        body: String,
    ) -> Option<(u16, String)> {
        let request = hyper::Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.host)
            .header("content-type", kind)
            .body(Full::new(Bytes::from(body)))
            .unwrap();
        self.door.ready().await.ok()?;
        let response = self.door.send_request(request).await.ok()?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.ok()?.to_bytes();
        Some((status, String::from_utf8_lossy(&body).into_owned()))
    }
}
