//! As little of HTTP/1.1 as a measuring client needs: one kept connection, one request at a time.

use std::net::SocketAddr;

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A kept connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back; the body lies in the connection until the next request.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 16 << 10] })
    }

    /// Sends a whole request and reads the whole answer.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> anyhow::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        let mut filled = 0;
        let (status, head, whole) = loop {
            self.read_more(&mut filled).await?;
            let Some(head) = end_of_head(&self.buffer[..filled]) else { continue };
            let (status, length) = understand(&self.buffer[..head])?;
            break (status, head, head + length);
        };
        while filled < whole {
            self.read_more(&mut filled).await?;
        }
        anyhow::ensure!(filled == whole, "more came than the answer");
        Ok(Answer { status, body: &self.buffer[head..whole] })
    }

    async fn read_more(&mut self, filled: &mut usize) -> anyhow::Result<()> {
        if *filled == self.buffer.len() {
            self.buffer.resize(2 * *filled, 0);
        }
        let read = self.stream.read(&mut self.buffer[*filled..]).await?;
        anyhow::ensure!(read > 0, "the connection was closed");
        *filled += read;
        Ok(())
    }
}

/// A GET as a phone's browser sends it.
pub(crate) fn get(path: &str) -> Vec<u8> {
    let rest = "host: 127.0.0.1\r\naccept-encoding: gzip, deflate, br\r\naccept-language: vi";
    format!("GET {path} HTTP/1.1\r\n{rest}\r\n\r\n").into_bytes()
}

/// A POST from the page itself.
pub(crate) fn post(path: &str, kind: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nsec-fetch-site: same-origin\r\n\
         content-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

/// Status and length of the body.
fn understand(head: &[u8]) -> anyhow::Result<(u16, usize)> {
    let head = std::str::from_utf8(head)?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.get(9..12)).context("no status line")?;
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            return Ok((status.parse()?, value.trim().parse()?));
        }
        anyhow::ensure!(
            !name.eq_ignore_ascii_case("transfer-encoding"),
            "an answer without length"
        );
    }
    Ok((status.parse()?, 0))
}
