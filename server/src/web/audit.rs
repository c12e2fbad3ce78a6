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
use crate::service::sign_in::name_key;
use crate::store::{By, Entry, Filter};

/// Entries on a page.
const LINES: i64 = 100;
/// As many digits of the end of a key's id are shown beside its name: they are drawn at random.
const KEY_END: usize = 8;
/// The parameters that the page knows beside `lang` and `before`.
const FIELDS: [&str; 5] = ["act", "who", "about", "from", "to"];
/// Who is neither a person nor a program with a key: by what the trail calls them.
const OWN: [&str; 2] = ["service", "command"];

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
    let (lang, names) = (super::lang(query.as_deref()), Names::read(&web).await?);
    let filter = Filter {
        act: value("act").filter(|act| ACTS.contains(&act.as_str())),
        about: value("about"),
        who: value("who").map(|typed| names.typed(lang, &typed)),
        among: vec![],
        from: date("from")?.and_then(start),
        until: date("to")?.and_then(end),
        before: value("before")
            .map(|text| text.parse())
            .transpose()
            .map_err(|_| Error::BadRequest)?,
    };
    let found = web.service.trail(&actor, &filter, LINES).await?;
    let lines: Vec<Line> = found.iter().map(|entry| line(&web, entry, &names)).collect();
    let given = FIELDS.into_iter().filter_map(|name| Some((name.to_owned(), value(name)?)));
    let given: Vec<(String, String)> = given.collect();
    let full = found.len() == LINES as usize;
    let older = found.last().filter(|_| full).map(|last| older(lang, &given, last.seq));
    let head = web.service.audit_head().await?.to_string();
    let desk = super::units::desk(&web, &actor);
    let (assets, lines, given) = (&web.assets, &lines, &given);
    let known = &names.known(lang);
    let page = AuditPage { lang, assets, desk, lines, given, known, older, head };
    Ok(unkept(app::pages::audit::audit(&page)))
}

/// The address of the entries before one, by the same filter.
fn older(lang: Lang, given: &[(String, String)], before: i64) -> String {
    let encoded = |value: &str| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    let kept = given.iter().map(|(name, value)| format!("{name}={}&", encoded(value)));
    let lang = if lang == Lang::Vi { String::new() } else { format!("&lang={}", lang.tag()) };
    format!("/admin/audit?{}before={before}{lang}", kept.collect::<String>())
}

/// The names of people and keys, by their ids.
pub(super) struct Names {
    people: HashMap<Uuid, String>,
    keys: HashMap<Uuid, String>,
}

impl Names {
    pub(super) async fn read(web: &Shared) -> Result<Self, Error> {
        let (people, keys) = (web.service.account_names().await?, web.service.key_names().await?);
        Ok(Self { people, keys })
    }

    /// Who stands in an entry, by the name to sign in with or the name of the key.
    pub(super) fn who(&self, who: &str) -> Who {
        let known = |id: &str, names: &HashMap<Uuid, String>| {
            let name = id.parse().ok().and_then(|id: Uuid| names.get(&id).cloned());
            name.unwrap_or_else(|| who.to_owned())
        };
        match who.split_once(':') {
            Some(("person", id)) => Who::Person(known(id, &self.people)),
            Some(("key", id)) => {
                let end = id.len().saturating_sub(KEY_END);
                Who::Key(known(id, &self.keys), id.get(end..).unwrap_or(id).to_owned())
            }
            _ => Who::Other(who.to_owned()),
        }
    }

    /// What the trail calls somebody whose name was typed; a name that nobody has finds nothing there.
    fn typed(&self, lang: Lang, typed: &str) -> String {
        let is = |name: &str| name_key(name) == name_key(typed);
        let of = |names: &HashMap<Uuid, String>| {
            names.iter().find(|(_, name)| is(name)).map(|(id, _)| *id)
        };
        let own = || OWN.into_iter().find(|own| is(own) || is(&words(lang, own)));
        of(&self.people)
            .map(By::person)
            .or_else(|| of(&self.keys).map(By::key))
            .or_else(|| own().map(str::to_owned))
            .unwrap_or_else(|| typed.to_owned())
    }

    /// All whose entries can be asked for.
    fn known(&self, lang: Lang) -> Vec<String> {
        let mut people: Vec<String> = self.people.values().cloned().collect();
        people.sort();
        let mut keys: Vec<String> = self.keys.values().cloned().collect();
        keys.sort();
        let own = OWN.into_iter().map(|own| words(lang, own));
        own.chain(people).chain(keys).collect()
    }

    /// The name of an account or key by its id; anything else as it stands.
    fn about(&self, about: &str) -> String {
        let id = about.parse().ok();
        let name = id.and_then(|id: Uuid| self.people.get(&id).or_else(|| self.keys.get(&id)));
        name.map_or_else(|| about.to_owned(), Clone::clone)
    }
}

fn words(lang: Lang, own: &str) -> String {
    app::text::t(lang, &format!("audit-who-{own}"))
}

fn line(web: &Shared, entry: &Entry, names: &Names) -> Line {
    Line {
        seq: entry.seq,
        at: web.service.clock.at(entry.at).strftime("%d/%m/%Y %H:%M:%S").to_string(),
        who: names.who(&entry.who),
        act: entry.act.clone(),
        about: names.about(&entry.about),
        before: entry.before.clone(),
        after: entry.after.clone(),
    }
}
