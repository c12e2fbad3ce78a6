//! Responses: streamed, each row checked by the same rules as at the doors.

use std::io::Read;
use std::sync::Arc;

use domain::code;
use domain::day;
use domain::response::{Draft, Reason, Value};
use domain::unit::{Channel, Organisation};

use super::bad::{Bad, What, bad};
use super::table::{Columns, Row, Table};
use super::{Done, Error, Importer};
use crate::service::respond::parse_moment;
use crate::store::{Arrival, Refused, Staged};

/// Rows that are handed to the store at once.
const CHUNK: usize = 1000;

impl Importer {
    pub(super) async fn responses(&self, file: impl Read) -> Result<Done, Error> {
        let required =
            ["id", "point", "answered_at", "questionnaire", "stage", "field", "channel", "comment"];
        let is_item = |column: &str| {
            self.instruments.iter().any(|i| i.questionnaire.position(column).is_some())
        };
        let known = Columns { required: &required, optional: &["agency", "simulated"] };
        let mut table = Table::open(file, "responses", &known, is_item)?;
        let columns = table.columns().iter().enumerate();
        let items: Vec<(usize, String)> =
            columns.filter(|(_, c)| is_item(c)).map(|(at, c)| (at, c.clone())).collect();
        let organisation = Arc::new(self.organisation().await?);
        let next = || {
            let mut rows = Vec::with_capacity(CHUNK);
            while rows.len() < CHUNK {
                match table.next()? {
                    Some(row) => rows.push(self.staged(&row, &items, &organisation)?),
                    None => break,
                }
            }
            Ok(Some(rows).filter(|rows| !rows.is_empty()))
        };
        let today = self.clock.today();
        let imported = self.store.import_responses(next, &self.instruments, today, &self.by).await;
        imported.map(|i| Done { written: i.stored, skipped: i.skipped }).map_err(|e| match e {
            Refused::Source(bad) => Error::Bad(bad),
            Refused::Differs(line) => {
                let line = u64::try_from(line).unwrap_or_default();
                Error::Bad(bad(line, "id", What::new("differs")))
            }
            Refused::Store(error) => Error::Store(error),
        })
    }

    fn staged(
        &self,
        row: &Row<'_>,
        items: &[(usize, String)],
        organisation: &Organisation,
    ) -> Result<Staged, Bad> {
        let typed = row.cell("point");
        let point = code::parse(&typed).and_then(|code| organisation.point_ever(&code).cloned());
        let point = point.ok_or_else(|| row.bad("point", What::cell("no-point", typed)))?;
        let moment = row.cell("answered_at");
        let day = parse_moment(&moment, |moment| self.clock.day_of(moment))
            .ok_or_else(|| row.bad("answered_at", What::cell("moment", moment)))?;
        if day > self.clock.today() {
            return Err(row.bad("answered_at", What::new("future")));
        }
        if !point.open_on(day) {
            let what = What::new("closed").with("day", day::vietnamese(day));
            return Err(row.bad("answered_at", what));
        }
        let unit = organisation.unit_on(&point, day).ok_or_else(|| {
            row.bad("point", What::new("unit-ended").with("day", day::vietnamese(day)))
        })?;
        let channel = match row.optional("channel") {
            None => point.channel,
            Some(_) => {
                row.choice("channel", Channel::parse, "qr, kiosk, assisted, paper, phone")?
            }
        };
        let draft = Draft {
            id: row.cell("id").into_owned(),
            questionnaire: row.optional("questionnaire"),
            form: None,
            answers: answers(row, items),
            stage: row.optional("stage"),
            field: row.optional("field"),
            agency: row.optional("agency"),
            comment: row.optional("comment"),
            lang: None,
            seconds: None,
        };
        let default = self.instruments.on(day);
        let default =
            default.ok_or_else(|| row.bad("questionnaire", What::new("no-questionnaire")))?;
        let response = draft.parse(&self.instruments, default).map_err(|problems| {
            let first = problems.into_iter().next();
            let (column, reason) = first.map_or_else(
                || ("-".to_owned(), Reason::WrongType),
                |problem| (problem.field, problem.reason),
            );
            let cell = row.cell(&column).into_owned();
            row.bad(&column, What::cell(key_of(reason), cell))
        })?;
        let comment = response.comment.clone();
        let simulated = row.flag("simulated")?.unwrap_or(false);
        let arrival =
            Arrival { response, point: point.key, unit, channel, day, simulated, entered: None };
        let line = i64::try_from(row.line).unwrap_or(i64::MAX);
        Ok(Staged { line, row: arrival.stored(), comment })
    }
}

/// Empty cells were not asked.
fn answers(row: &Row<'_>, items: &[(usize, String)]) -> Vec<(String, Value)> {
    let given = items.iter().filter_map(|(at, code)| {
        let cell = row.cell_at(*at);
        let mark = || Value::Mark(cell.clone().into_owned());
        (!cell.is_empty()).then(|| (code.clone(), mark()))
    });
    given.collect()
}

/// The key of the words for a reason: those at the doors speak to a citizen.
fn key_of(reason: Reason) -> &'static str {
    match reason {
        Reason::NotAUuid => "answer-id",
        Reason::UnknownQuestionnaire => "answer-questionnaire",
        Reason::UnknownItem => "answer-item",
        Reason::NotAnAnswer => "answer-value",
        Reason::NoAnswer => "answer-none",
        Reason::UnknownStage => "answer-stage",
        Reason::TooLong => "answer-long",
        Reason::ControlCharacter => "control",
        _ => "answer-other",
    }
}
