//! Monthly reports by mail: who is sent those of which unit, what is due, and what became of it.
//!
//! It does not know how a mail is sent. A try that is under way belongs to one server until its time is
//! over; where that server dies in between, another tries again. So a mail may be sent twice where a
//! server dies between sending and noting it, and never otherwise; both carry the same Message-ID.

use std::sync::atomic::Ordering;
use std::time::Duration;

use domain::access::Act;
use domain::delivery::{Attachment, State, wait};
use domain::questionnaire::Lang;
use domain::report::Month;
use jiff::Timestamp;
use lettre::message::{Mailbox, Mailboxes};
use uuid::Uuid;

use super::Service;
use super::access::{Actor, Readable};
use super::organisation::{Refusal, Wrong, wrong};
use crate::store::{self, By, Delivery, Recipient, Store};

/// How long a try belongs to one server; a mail takes less.
const TRY: Duration = Duration::from_secs(600);

/// A report whose month ended longer ago is not sent: whoever sets up the mail server later, or imports
/// the months of years, floods nobody. The month that ended last is never older.
const NEW: Duration = Duration::from_secs(31 * 24 * 3600);

/// The longest address that there is (RFC 5321, 4.5.3.1.3, without the brackets).
const ADDRESS_MAX: usize = 254;

/// Why somebody was not added.
#[derive(Debug, thiserror::Error)]
pub enum NotAdded {
    #[error("not an address of mail")]
    Address,
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// To whom a mail with this address goes; `None` where none can go there. What is taken at entry is what
/// a letter can be addressed to, so both ask here: an address can be one by its own grammar, and yet be
/// read as another one, or as several, where it stands in the head of a mail.
pub(crate) fn mailbox(address: &str) -> Option<Mailbox> {
    let _: lettre::Address = address.parse().ok().filter(|_| address.len() <= ADDRESS_MAX)?;
    let mailbox: Mailbox = address.parse().ok()?;
    let read: Mailboxes = mailbox.to_string().parse().ok()?;
    read.iter().eq([&mailbox]).then_some(mailbox)
}

/// Sends the reports of a unit to an address from now on.
///
/// # Errors
/// Where no mail can go to the address, the unit does not exist or the database fails.
pub async fn add_recipient(
    store: &Store,
    unit: &str,
    address: &str,
    lang: Lang,
    files: &[Attachment],
    by: &By,
) -> Result<(), NotAdded> {
    let address = mailbox(address).ok_or(NotAdded::Address)?.email.to_string();
    let mut files = files.to_vec();
    files.sort_by_key(|file| file.name());
    files.dedup();
    let new = Recipient {
        id: Uuid::now_v7(),
        unit: unit.to_owned(),
        address,
        lang,
        files,
        added_at: by.at,
    };
    Ok(store.upsert_recipient(&new, by).await?)
}

impl Service {
    /// From now on sealed reports are sent by this process.
    pub fn begin_sending(&self) {
        self.sends.store(true, Ordering::Relaxed);
    }

    /// A mail server is configured.
    pub fn sends(&self) -> bool {
        self.sends.load(Ordering::Relaxed)
    }

    /// What is to be sent now: reports that were sealed since the last look are queued first. That is
    /// derived from what is sealed, so a report that was sealed is sent, whatever died in between.
    pub async fn due_deliveries(&self) -> store::Result<Vec<(Uuid, Month)>> {
        let since = self.now().saturating_sub(NEW.as_millis().try_into().unwrap_or(i64::MAX));
        // The month that held that moment ended after it, and the one before did not.
        let since = Month::of(self.clock.at(since).date());
        self.store.queue_deliveries(since, self.now()).await?;
        self.store.due_deliveries(self.now()).await
    }

    /// Takes a delivery, so that no other server sends it meanwhile; `None` where one is faster.
    pub async fn take_delivery(&self, due: (Uuid, Month)) -> store::Result<Option<Delivery>> {
        let now = self.clock.now();
        self.store.claim_delivery(due, self.now(), after(now, TRY)).await
    }

    /// The mail server has taken it over.
    pub async fn delivery_sent(&self, delivery: &Delivery) -> store::Result<()> {
        self.store.note_sent(delivery, self.now()).await
    }

    /// It could not be sent. Tried again later, unless it is for good or was tried often enough.
    /// Returns whether it will be.
    pub async fn delivery_refused(
        &self,
        delivery: &Delivery,
        problem: &str,
        for_good: bool,
    ) -> store::Result<bool> {
        let wait = wait(delivery.tries).filter(|_| !for_good);
        let due = wait.map(|wait| after(self.clock.now(), wait));
        self.store.note_refused(delivery, problem, due, self.now()).await?;
        Ok(due.is_some())
    }

    fn reports_on(&self, actor: &Actor, unit: &str) -> bool {
        let organisation = self.organisation();
        let unit = organisation.unit(unit);
        unit.is_some_and(|unit| self.allow(actor, Act::Report, unit).is_ok())
    }

    /// Everybody who is sent the reports of a unit on which the actor reports.
    ///
    /// # Errors
    /// Where there is no such unit, or the database fails.
    pub async fn recipients(&self, actor: &Actor) -> Result<Vec<Recipient>, Refusal> {
        self.units_for(actor, Act::Report)?;
        let mut all = self.store.recipients().await?;
        all.retain(|one| self.reports_on(actor, &one.unit));
        Ok(all)
    }

    /// One of them.
    ///
    /// # Errors
    /// `Missing` where the actor sees no such recipient.
    pub async fn recipient(&self, actor: &Actor, id: Uuid) -> Result<Recipient, Refusal> {
        let all = self.recipients(actor).await?;
        all.into_iter().find(|one| one.id == id).ok_or(Refusal::Missing)
    }

    /// Sends the reports of a unit to an address from now on.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn send_to(
        &self,
        actor: &Actor,
        (unit, address): (&str, &str),
        lang: Lang,
        files: &[Attachment],
    ) -> Result<(), Refusal> {
        self.units_for(actor, Act::Report)?;
        let unit = self.existing(&self.organisation(), actor, Act::Report, unit);
        let unit = unit.ok_or(wrong(Wrong::Unit("unit")))?.code;
        let by = self.by(actor);
        let added = add_recipient(&self.store, &unit, address.trim(), lang, files, &by).await;
        added.map_err(|not| match not {
            NotAdded::Address => wrong(Wrong::Address),
            NotAdded::Store(error) => error.into(),
        })
    }

    /// Sends nothing to a recipient any more; the address is typed to say that this one is meant.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn stop_sending(&self, actor: &Actor, id: Uuid, typed: &str) -> Result<(), Refusal> {
        let Recipient { unit, address, .. } = self.recipient(actor, id).await?;
        if !typed.trim().eq_ignore_ascii_case(&address) {
            return Err(wrong(Wrong::OtherAddress));
        }
        Ok(self.store.remove_recipient(&unit, &address, &self.by(actor)).await?)
    }

    /// What became of each mail about the units on which the actor reports, or about one of them: first
    /// what was given up, since it waits for people, then what waits, then what was sent; of each the
    /// newest month first.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn deliveries(
        &self,
        actor: &Actor,
        unit: Option<&str>,
    ) -> Result<Vec<Delivery>, Refusal> {
        self.units_for(actor, Act::Report)?;
        let mut all = self.store.deliveries(unit).await?;
        all.retain(|one| self.reports_on(actor, &one.recipient.unit));
        all.sort_by_key(|one| match one.state {
            State::Failed => 0,
            State::Queued => 1,
            State::Sent => 2,
        });
        Ok(all)
    }

    /// Sends a mail that was given up once more. Returns whether there was one.
    ///
    /// # Errors
    /// `Missing` where the actor sees no such recipient; else as named by `Refusal`.
    pub async fn send_again(
        &self,
        actor: &Actor,
        recipient: Uuid,
        month: Month,
    ) -> Result<bool, Refusal> {
        let Recipient { unit, address, .. } = self.recipient(actor, recipient).await?;
        let report = (unit.as_str(), month);
        let by = self.by(actor);
        let queued = self.store.retry_deliveries(report, Some(&address), &by).await?;
        self.sealed.notify_one();
        Ok(queued > 0)
    }

    /// How many mails of each of the unit's reports are in which state, the newest month first.
    pub async fn mails(&self, unit: &Readable) -> store::Result<Vec<(Month, State, u64)>> {
        self.store.delivery_counts(unit.key).await
    }
}

fn after(moment: Timestamp, wait: Duration) -> i64 {
    moment.as_millisecond().saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX))
}
