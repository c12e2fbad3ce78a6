//! The citizen's door: the questionnaire, the answer, the thanks.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use app::pages::respond::{NotNow, RespondPage, ThanksPage};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::form::Form;
use domain::instrument::Instrument;
use domain::questionnaire::Lang;
use domain::response::{Draft, Problem, Reason, Value};
use domain::unit::Channel;
use rand::Rng;
use uuid::Uuid;

use super::access::Name;
use super::paper::{self, NO_ID};
use super::site::Encoding;
use super::{Error, Shared, asked, cookie, form, lang};
use crate::ingest::Refused;
use crate::service::access::Actor;
use crate::service::limits::Wait;
use crate::service::respond::{Entry, NotTaken, Place};
use crate::store::Outcome;

/// `GET /s/{code}`.
pub(super) async fn show(
    State(web): State<Shared>,
    Name(code): Name,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let place = web.service.place(&code)?;
    let lang = lang(query.as_deref());
    let today = web.service.clock.today();
    let instrument = web.service.instruments.on(today).ok_or(Error::Internal)?;
    let full = asked(query.as_deref(), "form") == Some("full");
    let form = match full {
        true => Form::Full,
        false => instrument.design.draw(rand::rng().next_u64()),
    };
    let encoding = Encoding::accepted(&headers);
    let name = paper::Name {
        point: place.point.key,
        unit: place.unit.key,
        change: place.change,
        questionnaire: instrument.key,
        form: form.number(),
        lang,
        encoding,
    };
    let paper = web.papers.get(&name, || {
        let view = View {
            place: &place,
            instrument,
            form,
            lang,
            given: &[],
            problems: &[],
            not_now: None,
        };
        view.render(&web, NO_ID)
    });
    let mut response = html(paper.with(Uuid::new_v4()));
    encoding.mark(response.headers_mut());
    Ok(response)
}

/// `POST /s/{code}`.
pub(super) async fn send(
    State(web): State<Shared>,
    Name(code): Name,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Error> {
    let body = body.map_err(form::unread)?;
    if !form::is_kind(&headers, "application/x-www-form-urlencoded") {
        return Err(Error::UnsupportedMedia);
    }
    let pairs = form::decode(&body).ok_or(Error::BadRequest)?;
    let sheet = Sheet::of(pairs);
    if let Some(other) = sheet.field("switch").and_then(Lang::parse) {
        let place = web.service.place(&code)?;
        return Ok(sheet.again(&web, &place, other, &[], None).into_response());
    }
    let lang = sheet.field("lang").and_then(Lang::parse).unwrap_or_default();
    let (draft, problems) = (sheet.draft(&["switch"]), sheet.problems.clone());
    let entry = Entry::default();
    let often = cookie::device(&headers).map_or(Ok(()), |device| web.service.count_device(&device));
    let outcome = match often {
        Ok(()) => web.service.respond(&code, draft, entry, &Actor::Anyone, problems).await,
        Err(wait) => Err(wait.into()),
    };
    match outcome {
        Ok(taken) => {
            // Thanked where it was sent, also if the id was first used elsewhere.
            let thanked = domain::code::parse(&code).unwrap_or(taken.point);
            let kept = matches!(taken.outcome, Outcome::Repeated { same: false, .. });
            Ok(to_thanks(&thanked, lang, kept))
        }
        Err(NotTaken::Invalid(problems)) => {
            let place = web.service.place(&code)?;
            let page = sheet.again(&web, &place, lang, &problems, None);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(NotTaken::Refused(refused)) => {
            if refused == Refused::Failed {
                tracing::warn!("an answer could not be stored and was given back");
            }
            let place = web.service.place(&code)?;
            let page = sheet.again(&web, &place, lang, &[], Some(NotNow::Busy));
            let wait = [(header::RETRY_AFTER, "5")];
            Ok((StatusCode::SERVICE_UNAVAILABLE, wait, page).into_response())
        }
        Err(NotTaken::TooOften(Wait(seconds))) => {
            let place = web.service.place(&code)?;
            let page = sheet.again(&web, &place, lang, &[], Some(NotNow::TooOften(seconds)));
            let wait = [(header::RETRY_AFTER, HeaderValue::from(seconds))];
            Ok((StatusCode::TOO_MANY_REQUESTS, wait, page).into_response())
        }
        Err(NotTaken::Place(no)) => Err(no.into()),
        Err(NotTaken::Denied(denied)) => Err(denied.into()),
    }
}

/// `GET /s/{code}/thanks`; also for a point that was closed, or has another code, in the meantime.
pub(super) async fn thanks(
    State(web): State<Shared>,
    Name(code): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let code = domain::code::parse(&code).ok_or(Error::UnknownPoint)?;
    let organisation = web.service.organisation();
    let point = organisation.point_ever(&code).ok_or(Error::UnknownPoint)?;
    let unit = organisation.unit_by_key(point.unit).ok_or(Error::UnknownPoint)?;
    let kiosk = point.channel == Channel::Kiosk;
    let kept = asked(query.as_deref(), "kept") == Some("1");
    let page = app::pages::respond::thanks(&ThanksPage {
        lang: lang(query.as_deref()),
        assets: &web.assets,
        code: &point.code,
        point: &point.name,
        unit: &unit.name,
        kiosk,
        simulated: web.service.is_demo(),
        kept_first: kept,
    });
    let mut response = html(page.into_bytes());
    if kiosk {
        let refresh = HeaderValue::from_str(&format!("8; url=/s/{}", point.code));
        response.headers_mut().extend(refresh.ok().map(|value| (header::REFRESH, value)));
    }
    Ok(response)
}

/// `GET /s?code=`: the code under a QR, typed by hand.
pub(super) async fn find(
    State(web): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let pairs = form::decode(query.unwrap_or_default().as_bytes()).ok_or(Error::BadRequest)?;
    let typed = pairs.iter().find(|(name, _)| name == "code").map(|(_, value)| value.as_str());
    let place = web.service.place(typed.unwrap_or_default())?;
    let pair = |name: &str| pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value);
    let english = pair("lang").is_some_and(|lang| lang == "en");
    let query = if english { "?lang=en" } else { "" };
    Ok(see_other(&format!("/s/{}{query}", place.point.code)))
}

/// What came in, field by field, nothing lost.
pub(super) struct Sheet {
    pub(super) pairs: Vec<(String, String)>,
    pub(super) problems: Vec<Problem>,
}

/// Fields that are not items.
const FIELDS: [&str; 7] = ["id", "form", "stage", "field", "agency", "comment", "lang"];

impl Sheet {
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        let mut seen = BTreeSet::new();
        let mut problems = BTreeSet::new();
        for (name, _) in &pairs {
            if !seen.insert(name.as_str()) {
                problems.insert(Problem { field: name.clone(), reason: Reason::Twice });
            }
        }
        Self { problems: problems.into_iter().collect(), pairs }
    }

    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// `beside` are further fields that are not items.
    pub(super) fn draft(&self, beside: &[&str]) -> Draft {
        let text = |name: &str| self.field(name).map(str::to_owned);
        let is_item = |name: &str| !FIELDS.contains(&name) && !beside.contains(&name);
        let items = self.pairs.iter().filter(|(name, _)| is_item(name));
        let value = |value: &String| match value.is_empty() {
            true => Value::Blank,
            false => Value::Mark(value.clone()),
        };
        Draft {
            id: text("id").unwrap_or_default(),
            questionnaire: None,
            form: text("form"),
            answers: items.map(|(name, given)| (name.clone(), value(given))).collect(),
            stage: text("stage"),
            field: text("field"),
            agency: text("agency"),
            comment: text("comment"),
            lang: text("lang"),
            seconds: None,
        }
    }

    /// The page as it was filled in.
    fn again(
        &self,
        web: &Shared,
        place: &Place,
        lang: Lang,
        problems: &[Problem],
        not_now: Option<NotNow>,
    ) -> Response {
        let (instrument, form) = self.form(web);
        // The page keeps its id, so that sending it again later cannot count twice.
        let id = self.field("id").and_then(|id| Uuid::parse_str(id).ok());
        let id = id.filter(|id| !id.is_nil()).unwrap_or_else(Uuid::new_v4);
        let view = View {
            place,
            instrument: &instrument,
            form,
            lang,
            given: &self.pairs,
            problems,
            not_now,
        };
        html(view.render(web, &id.to_string()).into_bytes())
    }

    /// The questionnaire and form that the page was made from, or new ones where it does not say.
    pub(super) fn form(&self, web: &Shared) -> (Arc<Instrument>, Form) {
        let service = &web.service;
        let named = self.field("form").and_then(|form| form.split_once(':'));
        let instrument = named.and_then(|(code, _)| service.instruments.get(code));
        let instrument = instrument.or_else(|| service.instruments.on(service.clock.today()));
        let instrument = instrument.cloned().unwrap_or_else(|| {
            // There is always a version; a service without one does not start.
            unreachable!("no questionnaire")
        });
        let form = named.and_then(|(_, number)| Form::parse(number, &instrument.design));
        let form = form.unwrap_or_else(|| instrument.design.draw(rand::rng().next_u64()));
        (instrument, form)
    }
}

/// One view of the questionnaire.
struct View<'a> {
    place: &'a Place,
    instrument: &'a Instrument,
    form: Form,
    lang: Lang,
    given: &'a [(String, String)],
    problems: &'a [Problem],
    not_now: Option<NotNow>,
}

impl View<'_> {
    fn render(&self, web: &Shared, id: &str) -> String {
        let Place { point, unit, name, .. } = self.place;
        app::pages::respond::respond(&RespondPage {
            lang: self.lang,
            assets: &web.assets,
            code: &point.code,
            point: &point.name,
            unit: &unit.name,
            place: name,
            kiosk: point.channel == Channel::Kiosk,
            simulated: web.service.is_demo(),
            instrument: self.instrument,
            form: self.form,
            fields: web.service.instruments.fields(),
            id,
            given: self.given,
            problems: self.problems,
            not_now: self.not_now,
        })
    }
}

fn html(body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response()
}

fn to_thanks(code: &str, lang: Lang, kept: bool) -> Response {
    let mut query = vec![];
    if lang != Lang::default() {
        query.push(Cow::from(format!("lang={}", lang.tag())));
    }
    if kept {
        query.push(Cow::from("kept=1"));
    }
    let mark = if query.is_empty() { "" } else { "?" };
    see_other(&format!("/s/{code}/thanks{mark}{}", query.join("&")))
}

fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}
