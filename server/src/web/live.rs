//! The events of a unit: `GET /api/v1/units/{unit}/live`.
//!
//! All who watch the same share one computation. It is made anew when something was committed to the
//! unit or one below, at most four times a second, and everybody is sent the newest: the change where
//! they have the one before, the whole otherwise, so nobody is ever shown a gap.

mod snapshot;
mod watcher;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::unit::Key;
use tokio::sync::watch;
use tokio::time::Instant;

pub(super) use snapshot::{Making, Shown};

use super::access::{DISPLAY, Name, Shows};
use super::api::{Query, invalid};
use super::board::View;
use super::{Error, Shared};
use crate::live::Hub;
use crate::service::access::{NotReadable, Readable};
use watcher::Watcher;

/// Between two snapshots of one topic.
const STEP: Duration = Duration::from_millis(250);
/// Between two signs of life.
const BEAT: Duration = Duration::from_secs(10);

/// What is watched: a unit, and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Subject {
    unit: Key,
    code: String,
    making: Making,
}

/// All that is watched now.
pub(super) type Topics = Hub<Subject, Shown>;

/// `GET /api/v1/units/{unit}/live`.
pub(super) async fn live(
    State(web): State<Shared>,
    Shows(actor, credential): Shows,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable(&actor, &unit)?;
    let known = ["from", "to", "rule", "lang", "sort", "tv", "view", "turns", DISPLAY];
    let query = Query::parse(query, &known)?;
    let making = match query.get("view") {
        None => Making::Index { rule: query.rule()?, lang: query.lang() },
        Some("board") => Making::Board(View::of(&query)?),
        Some(_) => return Err(invalid("view", domain::response::Reason::WrongType)),
    };
    let subject = Subject { unit: unit.key, code: unit.code.clone(), making };
    let topic = {
        let (web, subject) = (web.clone(), subject.clone());
        let publish = |sender| publish(web.clone(), unit, subject.clone(), sender);
        web.clone().live.watch(subject.clone(), publish)
    };
    let watcher = Watcher::new(web, topic, credential, subject, query.get("turns").is_some());
    let mut response = Body::from_stream(watcher.events()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A proxy that gathers what passes would make the newest figure an old one.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Publishes snapshots of a subject whenever something of it has changed.
async fn publish(
    web: Shared,
    unit: Readable,
    subject: Subject,
    sender: watch::Sender<Option<Arc<Shown>>>,
) {
    let mut pulse = web.service.pulse().listen();
    let mut state = None;
    loop {
        let began = Instant::now();
        let unit = web.service.renewed(&unit);
        match state_of(&web, &unit).await {
            Ok(now) if state != Some(now) => {
                let before = sender.borrow().clone();
                match Shown::make(&web, &unit, &subject.making, before.as_deref()).await {
                    Ok(shown) => {
                        sender.send_replace(Some(Arc::new(shown)));
                        state = Some(now);
                    }
                    Err(error) => tracing::warn!(?error, "a live board could not be made"),
                }
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "a live board could not be looked after"),
        }
        // Also without a commit: a day ends, and what was held back of it is released.
        let _ = tokio::time::timeout(BEAT, pulse.changed()).await;
        tokio::time::sleep_until(began + STEP).await;
    }
}

/// What a snapshot depends on: the day, the last change of the organisation, and the last change of
/// the unit's answers.
async fn state_of(web: &Shared, unit: &Readable) -> crate::store::Result<(i32, i64, i64)> {
    let (change, organisation) = web.service.organisation_and_change();
    let below = organisation.subtree(unit.key);
    let answers = web.service.live.change_of(below.into_iter()).await?;
    Ok((domain::day::number(web.service.clock.today()), change, answers))
}

impl From<NotReadable> for watcher::End {
    fn from(_: NotReadable) -> Self {
        Self
    }
}
