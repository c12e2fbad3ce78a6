//! Reports out by mail: what is due is made, sent and noted, each mail to one address alone.
//!
//! Off until a mail server is named. Neither the log nor the database holds a word that the mail server
//! said, since servers repeat what they are told, passwords included: its number says enough.

mod letter;

use std::net::IpAddr;
use std::sync::Weak;
use std::time::Duration;

use axum::http::Uri;
use domain::report::Month;
use lettre::message::Mailbox;
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::service::Service;
use crate::store::{self, Delivery};

/// How often is looked for what is due.
const LOOK: Duration = Duration::from_secs(30);
/// How long one mail may take in all; less than a try belongs to one server.
const LIMIT: Duration = Duration::from_secs(120);

/// The way to a mail server.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// What links begin with.
    base_url: String,
}

/// Why there is no way to a mail server. Says nothing of what was configured: there is a password in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfigured {
    #[error(
        "HAILONG_SMTP_URL: smtp://USER:PASSWORD@HOST:PORT hoặc smtps://… (must be such an address)"
    )]
    Url,
    #[error(
        "HAILONG_MAIL_FROM: chưa đặt, hoặc không phải địa chỉ thư (not set, or not an address)"
    )]
    From,
}

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    pub sent: usize,
    /// Will be tried again.
    pub put_off: usize,
    pub given_up: usize,
}

/// Why a mail was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Problem {
    text: String,
    /// Trying again would not help.
    for_good: bool,
}

impl Post {
    /// The mail server of an address, and who writes. Beyond this machine nothing is sent in the clear
    /// unless the address says `?tls=opportunistic`.
    ///
    /// # Errors
    /// Where one of them is not an address.
    pub fn new(url: &str, from: Option<&str>, base_url: &str) -> Result<Self, Misconfigured> {
        let url = guarded(url).ok_or(Misconfigured::Url)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url);
        let transport = transport.map_err(|_| Misconfigured::Url)?.build();
        let from = from.and_then(|from| from.parse().ok()).ok_or(Misconfigured::From)?;
        Ok(Self { transport, from, base_url: base_url.trim_end_matches('/').to_owned() })
    }

    /// Sends until the service is let go of or asked to stop.
    pub async fn keep_sending(self, service: Weak<Service>, stop: CancellationToken) {
        loop {
            let Some(service) = service.upgrade() else { return };
            if let Err(error) = self.send_due(&service).await {
                tracing::warn!(%error, "reports that are due could not be looked for");
            }
            let sealed = service.sealed();
            drop(service);
            tokio::select! {
                () = stop.cancelled() => return,
                () = sealed.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Sends everything that is due, one after the other.
    ///
    /// # Errors
    /// Where the database fails; what was taken then is due again later.
    pub async fn send_due(&self, service: &Service) -> store::Result<Round> {
        let mut round = Round::default();
        for due in service.due_deliveries().await? {
            if service.stop().is_cancelled() {
                break;
            }
            self.send_one(service, due, &mut round).await?;
        }
        Ok(round)
    }

    async fn send_one(
        &self,
        service: &Service,
        due: (Uuid, Month),
        round: &mut Round,
    ) -> store::Result<()> {
        let Some(delivery) = service.take_delivery(due).await? else { return Ok(()) };
        let (recipient, unit) = (delivery.recipient.id, delivery.recipient.unit.as_str());
        let (month, tries) = (delivery.month.to_string(), delivery.tries);
        let sent = tokio::time::timeout(LIMIT, self.send(service, &delivery)).await;
        let sent = sent.unwrap_or_else(|_| Err(Problem::passing("timeout")));
        let Err(problem) = sent else {
            service.delivery_sent(&delivery).await?;
            tracing::info!(%recipient, unit, month, tries, "a report was sent");
            round.sent += 1;
            return Ok(());
        };
        let text = &problem.text;
        match service.delivery_refused(&delivery, text, problem.for_good).await? {
            true => {
                tracing::warn!(%recipient, unit, month, tries, problem = text, "a report is sent later");
                round.put_off += 1;
            }
            false => {
                tracing::error!(%recipient, unit, month, tries, problem = text, "a report was given up");
                round.given_up += 1;
            }
        }
        Ok(())
    }

    async fn send(&self, service: &Service, delivery: &Delivery) -> Result<(), Problem> {
        let letter = letter::letter(service, delivery, &self.base_url).await?;
        let mail = letter.mail(&self.from, &delivery.recipient)?;
        self.transport.send(mail).await.map(|_| ()).map_err(|error| Problem::of(&error))
    }
}

impl Problem {
    fn passing(text: &str) -> Self {
        Self { text: text.to_owned(), for_good: false }
    }

    fn for_good(text: &str) -> Self {
        Self { text: text.to_owned(), for_good: true }
    }

    fn of(error: &smtp::Error) -> Self {
        if let Some(code) = error.status() {
            let code = code.to_string();
            // What is wrong with the sign-in is mended by whoever runs the service, not by the recipient.
            let sign_in = matches!(code.as_str(), "530" | "534" | "535" | "538");
            let for_good = error.is_permanent() && !sign_in;
            return Self { text: code, for_good };
        }
        Self::passing(match error {
            error if error.is_timeout() => "timeout",
            error if error.is_tls() => "tls",
            error if error.is_response() => "reply",
            error if error.is_client() => "client",
            _ => "connection",
        })
    }
}

/// The address of the mail server, with encryption where it leaves the machine.
fn guarded(url: &str) -> Option<String> {
    let parsed: Uri = url.parse().ok()?;
    let host = parsed.host().filter(|host| !host.is_empty())?;
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let here = host == "localhost" || address.is_ok_and(|address| address.is_loopback());
    match (parsed.scheme_str()?, parsed.query()) {
        ("smtp", None) if !here => Some(format!("{url}?tls=required")),
        ("smtp" | "smtps", _) => Some(url.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_this_machine_nothing_goes_in_the_clear() {
        for kept in [
            "smtp://127.0.0.1:2525",
            "smtp://localhost",
            "smtp://[::1]:25",
            "smtp://10.0.0.1?tls=opportunistic",
            "smtps://user:pass@mail.example.gov.vn",
        ] {
            assert_eq!(guarded(kept).as_deref(), Some(kept));
        }
        for away in
            ["smtp://user:pass@mail.example.gov.vn", "smtp://10.0.0.1:25", "smtp://127.example"]
        {
            assert_eq!(guarded(away), Some(format!("{away}?tls=required")));
        }
        for bad in ["", "mail.example", "http://mail.example", "smtp://", "smtp:"] {
            assert_eq!(guarded(bad), None, "{bad}");
        }
    }

    #[test]
    fn nonsense_is_refused_without_repeating_it() {
        let refused = |url, from| Post::new(url, from, "https://hailong.example").err();
        assert_eq!(
            refused("ftp://user:secret@host", Some("a@example.vn")),
            Some(Misconfigured::Url)
        );
        assert_eq!(refused("smtps://host", None), Some(Misconfigured::From));
        assert_eq!(refused("smtps://host", Some("nobody")), Some(Misconfigured::From));
        assert!(refused("smtps://u:p@host", Some("Hài lòng <bao-cao@example.vn>")).is_none());
        assert!(!Misconfigured::Url.to_string().contains("secret"));
    }
}
