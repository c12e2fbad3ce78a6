//! One mail: what it says, what goes along, and its form on the wire.

use std::time::SystemTime;

use app::pages::report::headline;
use app::text::{count, t, t_args};

use domain::questionnaire::Lang;
use domain::report::Month;
use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

use super::Problem;
use crate::export::report::{Format, file, name, note};
use crate::service::Service;
use crate::service::access::Actor;
use crate::service::delivery::mailbox;
use crate::service::report::{Issued, NoReport};
use crate::store::{Delivery, Recipient};

/// A mail before it is addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    /// The same for every try, so that a mail that came twice is told from two mails.
    id: String,
    moment: Timestamp,
    subject: String,
    text: String,
    files: Vec<File>,
}

/// What goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub name: String,
    pub media: &'static str,
    pub content: Vec<u8>,
}

/// The letter of a delivery, made of the sealed report.
pub(super) async fn letter(
    service: &Service,
    delivery: &Delivery,
    base_url: &str,
) -> Result<Letter, Problem> {
    let Recipient { id, unit, lang, files, .. } = &delivery.recipient;
    let unit = service.readable(&Actor::Local, unit).map_err(|_| Problem::for_good("unit"))?;
    let issued = service.report(&Actor::Local, &unit, delivery.month, note).await;
    let issued = issued.map_err(|no| match no {
        NoReport::Store(error) => {
            tracing::warn!(%error, "a report to be sent could not be read");
            Problem::passing("database")
        }
        NoReport::Tampered(_) => Problem::for_good("tampered"),
        NoReport::Missing | NoReport::Denied(_) => Problem::for_good("report"),
    })?;
    let attached = files.iter().map(|&attachment| {
        let format = Format::from(attachment);
        let content = file(&issued, format, *lang).map_err(|error| {
            tracing::error!(%error, "a report to be sent could not be written");
            Problem::passing("file")
        })?;
        let name = name(&unit.code, delivery.month, format, *lang);
        Ok(File { name, media: format.media(), content })
    });
    let files = attached.collect::<Result<Vec<File>, Problem>>()?;
    let (subject, text) = words(&issued, *lang, &files, base_url);
    let id = format!("{id}.{}", delivery.month);
    Ok(Letter { id, moment: service.clock.now(), subject, text, files })
}

/// Subject and text.
fn words(issued: &Issued, lang: Lang, files: &[File], base_url: &str) -> (String, String) {
    let report = &issued.edition.report;
    let of = [("unit", report.unit.name.clone()), ("month", said(report.month))];
    let mut subject = t_args(lang, "mail-subject", &of);
    if report.simulated {
        subject = t_args(lang, "mail-simulated", &[("subject", subject)]);
    }
    let figures = [
        ("n", count(lang, report.responses)),
        ("index", t(lang, "board-index-heading")),
        ("score", headline(lang, report)),
    ];
    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
    let attached =
        (!names.is_empty()).then(|| t_args(lang, "mail-files", &[("list", names.join(", "))]));
    let tail =
        if lang == Lang::default() { String::new() } else { format!("?lang={}", lang.tag()) };
    let link = format!("{base_url}/reports/{}/{}{tail}", report.unit.code, report.month);
    let paragraphs = [
        Some(t(lang, "mail-greeting")),
        Some(t_args(lang, "mail-text", &of)),
        Some(t_args(lang, "mail-figures", &figures)),
        report.simulated.then(|| t(lang, "mail-simulated-text")),
        attached,
        Some(t_args(lang, "mail-link", &[("link", link)])),
        Some(t(lang, "mail-automatic")),
    ];
    let text: Vec<_> = paragraphs.into_iter().flatten().collect();
    (subject, text.join("\r\n\r\n") + "\r\n")
}

/// `09/2026`.
fn said(month: Month) -> String {
    month.first().strftime("%m/%Y").to_string()
}

impl Letter {
    /// The mail to one recipient.
    pub(super) fn mail(self, from: &Mailbox, to: &Recipient) -> Result<Message, Problem> {
        let to = mailbox(&to.address).ok_or_else(|| Problem::for_good("address"))?;
        let id = format!("<{}@{}>", self.id, from.email.domain());
        let text = SinglePart::plain(self.text);
        let mut parts = MultiPart::mixed().singlepart(text);
        for file in self.files {
            let media = ContentType::parse(file.media).map_err(|_| Problem::for_good("media"))?;
            parts = parts.singlepart(Attachment::new(file.name).body(file.content, media));
        }
        let date = SystemTime::try_from(self.moment).map_err(|_| Problem::for_good("date"))?;
        Message::builder()
            .from(from.clone())
            .to(to)
            .subject(self.subject)
            .date(date)
            .message_id(Some(id))
            .header(Automatic)
            .multipart(parts)
            .map_err(|_| Problem::for_good("message"))
    }
}

/// Says that no person wrote it, so that no machine answers (RFC 3834).
#[derive(Clone)]
struct Automatic;

impl Header for Automatic {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
