//! The trail of changes, for who administers everything.

use std::collections::HashMap;

use app::pages::audit::{ACTS, AuditPage, Line, Who};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::day;
use domain::questionnaire::Lang;
use jiff::civil::Date;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

use super::access::Asks;
use super::form::decode;
use super::{Error, Shared, unkept};
use crate::store::{Entry, Filter};

/// Entries on a page.
const LINES: i64 = 100;
/// The parameters that the page knows beside `lang` and `before`.
const FIELDS: [&str; 4] = ["act", "about", "from", "to"];

/// `GET /admin/audit`.
pub(super) async fn show(
    State(web): State<Shared>,
    Asks(actor): Asks,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let pairs = decode(query.as_deref().unwrap_or_default().as_bytes()).ok_or(Error::BadRequest)?;
    let value = |name: &str| {
        let found = pairs.iter().find(|(field, value)| field == name && !value.trim().is_empty());
        found.map(|(_, value)| value.trim().to_owned())
    };
    let date = |name: &str| match value(name) {
        None => Ok(None),
        Some(text) => day::parse(&text).map(Some).ok_or(Error::BadRequest),
    };
    // A day begins when the one before it ends.
    let end = |day: Date| web.service.clock.end_of(day).map(|at| at.as_millisecond());
    let start = |day: Date| day.yesterday().ok().and_then(end);
    let filter = Filter {
        act: value("act").filter(|act| ACTS.contains(&act.as_str())),
        about: value("about"),
        who: None,
        among: vec![],
        from: date("from")?.and_then(start),
        until: date("to")?.and_then(end),
        before: value("before")
            .map(|text| text.parse())
            .transpose()
            .map_err(|_| Error::BadRequest)?,
    };
    let lang = super::lang(query.as_deref());
    let found = web.service.trail(&actor, &filter, LINES).await?;
    let names = web.service.account_names().await?;
    let lines: Vec<Line> = found.iter().map(|entry| line(&web, entry, &names)).collect();
    let given = FIELDS.into_iter().filter_map(|name| Some((name.to_owned(), value(name)?)));
    let given: Vec<(String, String)> = given.collect();
    let full = found.len() == LINES as usize;
    let older = found.last().filter(|_| full).map(|last| older(lang, &given, last.seq));
    let head = web.service.audit_head().await?.to_string();
    let page = AuditPage { lang, assets: &web.assets, lines: &lines, given: &given, older, head };
    Ok(unkept(app::pages::audit::audit(&page)))
}

/// The address of the entries before one, by the same filter.
fn older(lang: Lang, given: &[(String, String)], before: i64) -> String {
    let encoded = |value: &str| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    let kept = given.iter().map(|(name, value)| format!("{name}={}&", encoded(value)));
    let lang = if lang == Lang::Vi { String::new() } else { format!("&lang={}", lang.tag()) };
    format!("/admin/audit?{}before={before}{lang}", kept.collect::<String>())
}

/// Who stands in an entry, by the name to sign in with.
pub(super) fn who(entry: &Entry, names: &HashMap<Uuid, String>) -> Who {
    let person = entry.who.strip_prefix("person:").and_then(|id| id.parse().ok());
    let name = person.map(|id| names.get(&id).cloned().unwrap_or_else(|| entry.who.clone()));
    name.map_or_else(|| Who::Other(entry.who.clone()), Who::Person)
}

fn line(web: &Shared, entry: &Entry, names: &HashMap<Uuid, String>) -> Line {
    Line {
        seq: entry.seq,
        at: web.service.clock.at(entry.at).strftime("%d/%m/%Y %H:%M:%S").to_string(),
        who: who(entry, names),
        act: entry.act.clone(),
        about: person_or(names, &entry.about),
        before: entry.before.clone(),
        after: entry.after.clone(),
    }
}

/// The name of an account by its id; anything else as it stands.
fn person_or(names: &HashMap<Uuid, String>, about: &str) -> String {
    let name = about.parse().ok().and_then(|id: Uuid| names.get(&id));
    name.map_or_else(|| about.to_owned(), Clone::clone)
}
