//! The JSON API under `/api/v1`: the only other door.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::day;
use domain::document::{NoteReason, Step};
use domain::questionnaire::{Lang, Rule};
use domain::response::{Draft, Problem, Reason, Value};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;

use super::access::{Asks, Name};
use super::json::Json;
use super::{Error, Shared, cookie, form};
use crate::service::figures::{Period, documents};
use crate::service::respond::{Entry, NotTaken};
use crate::store::Outcome;

/// The largest body of a response.
const BODY_MAX: usize = 16 << 10;

/// `POST /points/{code}/responses`.
pub(super) async fn respond(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(code): Name,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Error> {
    let body = body.map_err(form::unread)?;
    if body.len() > BODY_MAX {
        return Err(Error::TooLarge);
    }
    if !form::is_kind(&headers, "application/json") {
        return Err(Error::UnsupportedMedia);
    }
    let Ok(Json::Object(pairs)) = serde_json::from_slice(&body) else {
        return Err(Error::BadRequest);
    };
    if let Some(device) = cookie::device(&headers) {
        web.service.count_device(&device)?;
    }
    let (draft, entry, problems) = draft(pairs);
    let taken = web.service.respond(&code, draft, entry, &actor, problems).await.map_err(
        |not| match not {
            NotTaken::Place(no) => Error::from(no),
            NotTaken::Invalid(problems) => Error::Invalid(problems),
            NotTaken::Denied(denied) => Error::from(denied),
            NotTaken::Refused(_) => Error::Busy,
            NotTaken::TooOften(wait) => Error::from(wait),
        },
    )?;
    let status = match taken.outcome {
        Outcome::Stored => StatusCode::CREATED,
        Outcome::Repeated { .. } => StatusCode::OK,
    };
    let body = json!({"id": taken.response.id, "point": taken.point, "day": taken.day});
    Ok((status, axum::Json(body)).into_response())
}

/// Reads the fields; every field of a wrong type, unknown or double is named.
fn draft(pairs: Vec<(String, Json)>) -> (Draft, Entry, Vec<Problem>) {
    let mut draft = Draft::default();
    let mut entry = Entry::default();
    let mut problems = vec![];
    let mut seen: Vec<String> = vec![];
    for (name, value) in pairs {
        let mut wrong = |reason| problems.push(Problem { field: name.clone(), reason });
        if seen.contains(&name) {
            wrong(Reason::Twice);
            continue;
        }
        seen.push(name.clone());
        let place = match name.as_str() {
            "id" => {
                match value {
                    Json::Text(id) => draft.id = id,
                    _ => wrong(Reason::NotAUuid),
                }
                continue;
            }
            "answers" => {
                match value {
                    Json::Object(answers) => {
                        draft.answers = answers.into_iter().map(|(k, v)| (k, answer(v))).collect();
                    }
                    _ => wrong(Reason::WrongType),
                }
                continue;
            }
            "seconds" => {
                match value {
                    Json::Whole(seconds) => draft.seconds = Some(seconds),
                    Json::Null => {}
                    _ => wrong(Reason::NotSeconds),
                }
                continue;
            }
            "form" => {
                // A bare number is a form of the named or the current questionnaire.
                match value {
                    Json::Text(form) => draft.form = Some(form),
                    Json::Whole(number) => draft.form = Some(number.to_string()),
                    Json::Null => {}
                    Json::Other | Json::Object(_) => wrong(Reason::WrongType),
                }
                continue;
            }
            "questionnaire" => &mut draft.questionnaire,
            "stage" => &mut draft.stage,
            "field" => &mut draft.field,
            "agency" => &mut draft.agency,
            "comment" => &mut draft.comment,
            "lang" => &mut draft.lang,
            "answered_at" => &mut entry.answered_at,
            "channel" => &mut entry.channel,
            // Tickets are not issued yet; one that is sent binds nothing.
            "ticket" => continue,
            _ => {
                wrong(Reason::UnknownField);
                continue;
            }
        };
        match value {
            Json::Text(text) => *place = Some(text),
            Json::Null => {}
            _ => wrong(Reason::WrongType),
        }
    }
    if !seen.iter().any(|name| name == "id") {
        problems.push(Problem { field: "id".to_owned(), reason: Reason::NotAUuid });
    }
    (draft, entry, problems)
}

fn answer(value: Json) -> Value {
    match value {
        Json::Null => Value::Blank,
        Json::Whole(number) => Value::Mark(number.to_string()),
        Json::Text(text) if text == "na" => Value::Mark(text),
        Json::Text(_) | Json::Other | Json::Object(_) => Value::Wrong,
    }
}

/// `GET /units/{unit}/index`.
pub(super) async fn index(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable(&actor, &unit)?;
    let query = Query::parse(query, &["from", "to", "rule", "lang"])?;
    let period = query.period(web.service.clock.today())?;
    let rule = query.rule_on(&web, period.to)?;
    let figures = web.service.figures(period, rule).await?;
    let lang = query.lang();
    let words = |reason: NoteReason| app::text::note(lang, reason);
    let mut all = documents(&figures, &unit, period, lang, &words);
    match all.len() {
        1 => Ok(axum::Json(all.remove(0)).into_response()),
        _ => Ok(axum::Json(all).into_response()),
    }
}

/// `GET /units/{unit}/series`.
pub(super) async fn series(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(unit): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let unit = web.service.readable(&actor, &unit)?;
    let query = Query::parse(query, &["by", "from", "to", "rule", "lang"])?;
    let by = match query.get("by") {
        None | Some("day") => Step::Day,
        Some("week") => Step::Week,
        Some("month") => Step::Month,
        Some(_) => return Err(invalid("by", Reason::WrongType)),
    };
    let period = query.period(web.service.clock.today())?;
    let rule = query.rule_on(&web, period.to)?;
    Ok(json_of(&web.service.series(&unit, period, by, rule).await?))
}

/// `GET /openapi.json`.
pub(super) async fn openapi(State(_): State<Shared>) -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], include_str!("openapi.json")).into_response()
}

/// `GET /healthz`: the process answers.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database answers, and its migrations are done, or the service had not started.
pub(super) async fn readyz(State(web): State<Shared>) -> Result<&'static str, Error> {
    match web.service.store.changes().await {
        Ok(_) => Ok("ok\n"),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            Err(Error::Busy)
        }
    }
}

fn json_of(value: &impl Serialize) -> Response {
    axum::Json(value).into_response()
}

pub(super) fn invalid(field: &str, reason: Reason) -> Error {
    Error::Invalid(vec![Problem { field: field.to_owned(), reason }])
}

/// The parameters of an address, each at most once and none unknown.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn parse(query: Option<String>, known: &[&str]) -> Result<Self, Error> {
        let pairs = form::decode(query.unwrap_or_default().as_bytes()).ok_or(Error::BadRequest)?;
        let mut problems = vec![];
        for (at, (name, _)) in pairs.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                problems.push(Problem { field: name.clone(), reason: Reason::UnknownField });
            } else if pairs[..at].iter().any(|(other, _)| other == name) {
                problems.push(Problem { field: name.clone(), reason: Reason::Twice });
            }
        }
        if problems.is_empty() { Ok(Self(pairs)) } else { Err(Error::Invalid(problems)) }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let pair = self.0.iter().find(|(other, value)| other == name && !value.is_empty());
        pair.map(|(_, value)| value.as_str())
    }

    /// `from` and `to`; the running month where they are missing.
    pub(super) fn period(&self, today: Date) -> Result<Period, Error> {
        let to = self.date("to")?.unwrap_or(today);
        let from = self.date("from")?.unwrap_or_else(|| day::month_start(to));
        if from > to {
            return Err(invalid("to", Reason::EndBeforeStart));
        }
        Ok(Period { from, to })
    }

    pub(super) fn date(&self, name: &str) -> Result<Option<Date>, Error> {
        match self.get(name).map(day::parse) {
            Some(None) => Err(invalid(name, Reason::NotADay)),
            Some(day) => Ok(day),
            None => Ok(None),
        }
    }

    pub(super) fn rule(&self) -> Result<Option<Rule>, Error> {
        match self.get("rule").map(Rule::parse) {
            Some(None) => Err(invalid("rule", Reason::WrongType)),
            Some(rule) => Ok(rule),
            None => Ok(None),
        }
    }

    /// The rule that was asked for, otherwise that of the questionnaire of a day.
    pub(super) fn rule_on(&self, web: &Shared, day: Date) -> Result<Rule, Error> {
        let own = web.service.instruments.on(day).map(|current| current.questionnaire.rule);
        Ok(self.rule()?.or(own).unwrap_or_default())
    }

    pub(super) fn lang(&self) -> Lang {
        self.get("lang").and_then(Lang::parse).unwrap_or_default()
    }
}
