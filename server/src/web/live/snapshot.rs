//! What all who watch a subject are sent, made once.

use app::pages::board::{self, Snapshot};
use axum::body::Bytes;
use domain::document::{Document, NoteReason};
use domain::questionnaire::{Lang, Rule};
use serde_json::json;

use super::super::board::{Loaded, View};
use super::super::{Error, Shared};
use crate::service::access::Readable;
use crate::service::figures::{Period, documents};

/// How a unit is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::web) enum Making {
    /// Two documents of the API: today and the running month.
    Index { rule: Option<Rule>, lang: Lang },
    /// The parts of a page.
    Board(View),
}

/// A snapshot as events.
pub(in crate::web) struct Shown {
    /// One more than that of the snapshot before.
    pub(super) number: u64,
    /// The event for who has nothing yet, or missed one.
    pub(super) whole: Bytes,
    /// The event for who has the one before.
    pub(super) change: Bytes,
    /// What the next change is told from.
    board: Option<Snapshot>,
}

impl Shown {
    /// Makes the snapshot that follows another one.
    pub(super) async fn make(
        web: &Shared,
        unit: &Readable,
        making: &Making,
        before: Option<&Self>,
    ) -> Result<Self, Error> {
        let number = before.map_or(1, |before| before.number + 1);
        let (whole, change, board) = match making {
            Making::Index { rule, lang } => {
                let whole = event("index", &index(web, unit, *rule, *lang).await?)?;
                (whole.clone(), whole, None)
            }
            Making::Board(view) => {
                let loaded = Loaded::load(web, unit, view).await?;
                let now = board::snapshot(&loaded.page(web, view, ""));
                let whole = event("board", &board::changes(None, &now))?;
                let known = before.and_then(|before| before.board.as_ref());
                let change = event("board", &board::changes(known, &now))?;
                (whole, change, Some(now))
            }
        };
        Ok(Self { number, whole, change, board })
    }
}

/// An event with its data on one line.
fn event(name: &str, data: &impl serde::Serialize) -> Result<Bytes, Error> {
    let data = serde_json::to_string(data).map_err(|error| {
        tracing::error!(%error, "an event could not be written");
        Error::Internal
    })?;
    Ok(Bytes::from(format!("event: {name}\ndata: {data}\n\n")))
}

/// The newest questionnaire today, and in the running month.
async fn index(
    web: &Shared,
    unit: &Readable,
    rule: Option<Rule>,
    lang: Lang,
) -> Result<serde_json::Value, Error> {
    let today = web.service.clock.today();
    let own = web.service.instruments.on(today).map(|current| current.questionnaire.rule);
    let rule = rule.or(own).unwrap_or_default();
    let mut both: Vec<Document> = vec![];
    for period in [Period::day(today), Period::month(today)] {
        let figures = web.service.figures(period, rule).await?;
        let words = |reason: NoteReason| app::text::note(lang, reason);
        let newest = documents(&figures, unit, period, lang, &words).into_iter().next();
        both.push(newest.ok_or(Error::Internal)?);
    }
    Ok(json!({"today": both[0], "month": both[1]}))
}
