//! A mail server of a few lines: it speaks SMTP (RFC 5321), refuses what it is told to, and keeps what
//! it takes.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// A mail that was taken.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    pub(crate) data: String,
}

pub(crate) struct MailServer {
    pub(crate) address: SocketAddr,
    replies: Arc<Mutex<VecDeque<String>>>,
    mails: Mutex<mpsc::UnboundedReceiver<Mail>>,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let replies = Arc::new(Mutex::new(VecDeque::new()));
        let (taken, mails) = mpsc::unbounded_channel();
        let refusals = replies.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, refusals.clone(), taken.clone()));
            }
        });
        Self { address, replies, mails: Mutex::new(mails) }
    }

    /// Refuses the next sender with this reply.
    pub(crate) fn refuse(&self, reply: &str) {
        self.replies.lock().unwrap().push_back(reply.to_owned());
    }

    /// Everything that was taken since the last look.
    pub(crate) fn taken(&self) -> Vec<Mail> {
        let mut mails = self.mails.lock().unwrap();
        std::iter::from_fn(|| mails.try_recv().ok()).collect()
    }
}

async fn talk(
    stream: TcpStream,
    replies: Arc<Mutex<VecDeque<String>>>,
    taken: mpsc::UnboundedSender<Mail>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut mail = Mail { from: String::new(), to: vec![], data: String::new() };
    let mut say = "220 mail.test ESMTP".to_owned();
    loop {
        stream.write_all(format!("{say}\r\n").as_bytes()).await.ok()?;
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        let verb = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
        let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        say = match verb.as_str() {
            "EHLO" => "250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME".to_owned(),
            "AUTH" => "235 welcome".to_owned(),
            "MAIL" => {
                mail.from = address();
                let refusal = replies.lock().unwrap().pop_front();
                refusal.unwrap_or_else(|| "250 ok".to_owned())
            }
            "RCPT" => {
                mail.to.push(address());
                "250 ok".to_owned()
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.ok()?;
                mail.data = body(&mut stream).await?;
                taken.send(mail.clone()).ok()?;
                mail.to.clear();
                "250 taken".to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            _ => "502 what?".to_owned(),
        };
    }
}

/// Lines up to a single dot; a dot before another was put there by the sender.
async fn body(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        if line == ".\r\n" {
            return Some(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

impl Mail {
    /// A header as it was sent, folded lines joined.
    pub(crate) fn header(&self, name: &str) -> String {
        header(&self.data, name).unwrap_or_default()
    }

    /// The subject in letters.
    pub(crate) fn subject(&self) -> String {
        let (mut text, mut was_encoded) = (Vec::new(), true);
        for word in self.header("Subject").split(' ') {
            let letters = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
            // Between two encoded words a space means nothing.
            if !(text.is_empty() || was_encoded && letters.is_some()) {
                text.push(b' ');
            }
            was_encoded = letters.is_some();
            match letters {
                Some(letters) => text.extend(BASE64_STANDARD.decode(letters).unwrap()),
                None => text.extend(word.bytes()),
            }
        }
        String::from_utf8(text).unwrap()
    }

    /// Head and content of each part.
    pub(crate) fn parts(&self) -> Vec<(String, Vec<u8>)> {
        let kind = self.header("Content-Type");
        let boundary = kind.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
        let boundary = format!("--{boundary}");
        let parts = self.data.split(&boundary).skip(1);
        let parts = parts.take_while(|part| !part.starts_with("--"));
        parts
            .map(|part| {
                let (head, content) = part.split_once("\r\n\r\n").unwrap();
                let letters: String = content.split_whitespace().collect();
                let content = match header(head, "Content-Transfer-Encoding").as_deref() {
                    Some("base64") => BASE64_STANDARD.decode(letters).unwrap(),
                    Some("quoted-printable") => unquoted(content),
                    _ => content.as_bytes().to_vec(),
                };
                (head.to_owned(), content)
            })
            .collect()
    }
}

fn header(text: &str, name: &str) -> Option<String> {
    let head = text.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
    let mut lines = head.split("\r\n");
    lines.find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(": ")?.to_owned()))
}

/// RFC 2045, 6.7.
fn unquoted(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let mut pieces = text.split('=');
    let mut found = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        found.push(u8::from_str_radix(&piece[..2], 16).unwrap());
        found.extend(piece[2..].bytes());
    }
    found
}
