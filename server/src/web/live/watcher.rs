//! One who watches: what is sent to a single connection.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use futures_util::Stream;
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use super::super::Shared;
use super::{BEAT, Making, Shown, Subject};
use crate::live::Topic;
use crate::service::access::Credential;

/// Reconnects after so many milliseconds; said once, at the beginning.
const BEGIN: &str = "retry: 1000\n\n";
/// A sign of life that programs do not see, and one that scripts do.
const COMMENT: &str = ":\n\n";
const SIGN: &str = ":\nevent: beat\ndata:\n\n";

/// How long what somebody may is taken to be as it was.
const ASK: Duration = Duration::from_secs(60);

/// The connection ends: the service stops, or the watcher may not watch any more.
pub(super) struct End;

pub(super) struct Watcher {
    web: Shared,
    /// Held, so that it is kept up.
    _topic: Arc<Topic<Shown>>,
    newest: watch::Receiver<Option<Arc<Shown>>>,
    people: watch::Receiver<()>,
    stop: CancellationToken,
    /// A key, a session or the link of a screen, each of which can be ended.
    credential: Credential,
    subject: Subject,
    /// Ends after the first event, to be asked again.
    turns: bool,
    /// Of what was sent last.
    number: u64,
    /// The changes of the organisation and of people after which the watcher was asked last, and when.
    asked: (i64, i64),
    ask_again: Instant,
    beat: Instant,
    begun: bool,
}

impl Watcher {
    pub(super) fn new(
        web: Shared,
        topic: Arc<Topic<Shown>>,
        credential: Credential,
        subject: Subject,
        turns: bool,
    ) -> Self {
        Self {
            newest: topic.read(),
            _topic: topic,
            stop: web.service.stop().clone(),
            people: web.service.people_changed().listen(),
            asked: web.service.last_changes(),
            ask_again: Instant::now() + ASK,
            web,
            credential,
            subject,
            turns,
            number: 0,
            beat: Instant::now() + BEAT,
            begun: false,
        }
    }

    /// The body of the answer.
    pub(super) fn events(self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        stream::unfold(self, |mut watcher| async move {
            let bytes = watcher.next().await.ok()?;
            Some((Ok(bytes), watcher))
        })
    }

    async fn next(&mut self) -> Result<Bytes, End> {
        if !self.begun {
            self.begun = true;
            return Ok(Bytes::from_static(BEGIN.as_bytes()));
        }
        if self.turns && self.number > 0 {
            return Err(End);
        }
        loop {
            tokio::select! {
                () = self.stop.cancelled() => return Err(End),
                changed = self.newest.changed() => changed.map_err(|_| End)?,
                changed = self.people.changed() => {
                    changed.map_err(|_| End)?;
                    self.may().await?;
                    continue;
                }
                () = sleep_until(self.beat) => return self.sign().await,
            }
            let newest = self.newest.borrow_and_update().clone();
            if let Some(shown) = newest.filter(|shown| shown.number > self.number) {
                return self.send(&shown).await;
            }
        }
    }

    async fn send(&mut self, shown: &Shown) -> Result<Bytes, End> {
        self.may().await?;
        let follows = shown.number == self.number + 1 && self.number > 0;
        self.number = shown.number;
        self.beat = Instant::now() + BEAT;
        Ok(if follows { shown.change.clone() } else { shown.whole.clone() })
    }

    async fn sign(&mut self) -> Result<Bytes, End> {
        self.may().await?;
        self.beat = Instant::now() + BEAT;
        let board = matches!(self.subject.making, Making::Board(_));
        Ok(Bytes::from_static(if board { SIGN } else { COMMENT }.as_bytes()))
    }

    /// Asks again whether the watcher may, where the organisation, people or keys have changed, and now
    /// and then, since sessions and keys also end by themselves. Watching is no use of a session.
    async fn may(&mut self) -> Result<(), End> {
        let now = self.web.service.last_changes();
        if now == self.asked && Instant::now() < self.ask_again {
            return Ok(());
        }
        (self.asked, self.ask_again) = (now, Instant::now() + ASK);
        let service = &self.web.service;
        // Its queries are large as futures, and a watcher rests nearly always: it has no room for them.
        let actor = Box::pin(service.actor_of(&self.credential, false)).await;
        let actor = actor.ok().flatten().ok_or(End)?;
        service.readable(&actor, &self.subject.code)?;
        Ok(())
    }
}
