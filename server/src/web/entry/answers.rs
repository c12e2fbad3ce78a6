//! Answers on paper or by phone, entered by hand: the same door of the service as for programs.

use std::sync::Arc;

use app::pages::entry::{AnswersPage, Said, WrongField, answers};
use app::pages::respond::RespondPage;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::form::Form;
use domain::instrument::Instrument;
use domain::questionnaire::Lang;
use domain::response::{Problem, Reason};
use domain::unit::{Channel, Point, Unit};
use jiff::civil::Date;
use uuid::Uuid;

use crate::service::access::{Actor, Denied};
use crate::service::respond::{Entry, NotTaken, typed_day};
use crate::store::Outcome;
use crate::web::access::{Asks, Name};
use crate::web::form::{Fields, decode};
use crate::web::respond::Sheet;
use crate::web::units::desk;
use crate::web::{Error, Shared, lang, see_other, unkept};

/// Fields of the page that are not items.
const BESIDE: [&str; 3] = ["day", "channel", "entered"];

/// What the page shows of one sheet.
struct Shown<'a> {
    id: Uuid,
    instrument: &'a Arc<Instrument>,
    given: &'a [(String, String)],
    problems: &'a [Problem],
    wrong: &'a [WrongField],
    said: Option<Said>,
    entered: u32,
}

fn page(
    web: &Shared,
    (actor, point, unit): (&Actor, &Point, &Unit),
    lang: Lang,
    shown: &Shown<'_>,
) -> Response {
    let service = &web.service;
    let place = service.organisation().place(point);
    unkept(answers(&AnswersPage {
        desk: desk(web, actor),
        unit: &unit.code,
        sheet: RespondPage {
            lang,
            assets: &web.assets,
            code: &point.code,
            point: &point.name,
            unit: &unit.name,
            place: &place,
            kiosk: false,
            simulated: service.is_demo(),
            instrument: shown.instrument,
            form: Form::Full,
            fields: service.instruments.fields(),
            id: &shown.id.to_string(),
            given: shown.given,
            problems: shown.problems,
            not_now: None,
        },
        wrong: shown.wrong,
        said: shown.said,
        entered: shown.entered,
    }))
}

/// `GET /admin/points/{code}/entry`; an old code leads to the new one. The address keeps day and channel
/// from sheet to sheet, and counts them.
pub(in crate::web) async fn show(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(code): Name,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let (point, unit) = web.service.entry_point(&actor, &code)?;
    let lang = lang(query.as_deref());
    if point.code != code {
        return Ok(see_other(&format!("/admin/points/{}/entry", point.code), lang));
    }
    let fields = decode(query.unwrap_or_default().as_bytes()).ok_or(Error::BadRequest)?;
    let fields = Fields(fields);
    let said = match fields.get("done") {
        "stored" => Some(Said::Stored),
        "known" => Some(Said::Known),
        _ => None,
    };
    let day = typed_day(fields.get("day")).unwrap_or(web.service.clock.today());
    let shown = Shown {
        id: Uuid::new_v4(),
        instrument: web.service.instruments.on(day).ok_or(Error::Internal)?,
        given: &fields.kept(&["day", "channel"]),
        problems: &[],
        wrong: &[],
        said,
        entered: fields.get("entered").parse().unwrap_or(0),
    };
    Ok(page(&web, (&actor, &point, &unit), lang, &shown))
}

/// `POST /admin/points/{code}/entry`.
pub(in crate::web) async fn enter(
    State(web): State<Shared>,
    Asks(actor): Asks,
    Name(code): Name,
    fields: Fields,
) -> Result<Response, Error> {
    let (point, unit) = web.service.entry_point(&actor, &code)?;
    let lang = fields.lang();
    let entered: u32 = fields.get("entered").parse().unwrap_or(0);
    let sheet = Sheet::of(fields.0);
    let today = web.service.clock.today();
    let day = sheet.field("day").and_then(typed_day).filter(|day| *day <= today);
    let typed = sheet.field("channel").unwrap_or_default();
    let by_hand = Channel::parse(typed).filter(|c| matches!(c, Channel::Paper | Channel::Phone));
    let entry = Entry {
        answered_at: Some(day.map(|day| day.to_string()).unwrap_or_default()),
        channel: Some(by_hand.map_or("", Channel::name).to_owned()),
    };
    let mut draft = sheet.draft(&BESIDE);
    // The language of this page is not the one in which somebody answered.
    draft.lang = None;
    let taken = web.service.respond(&point.code, draft, entry, &actor, sheet.problems.clone());
    let next = |done: &str, entered: u32| {
        let (day, channel) = (day.map(|day| day.to_string()).unwrap_or_default(), typed);
        let path = format!("/admin/points/{}/entry", point.code);
        let kept = format!("day={day}&channel={channel}&entered={entered}");
        see_other(&format!("{path}?done={done}&{kept}"), lang)
    };
    let not = match taken.await {
        Ok(taken) => match taken.outcome {
            Outcome::Stored => return Ok(next("stored", entered.saturating_add(1))),
            Outcome::Repeated { same: true, .. } => return Ok(next("known", entered)),
            Outcome::Repeated { day, .. } => Not::differs(day),
        },
        Err(not) => Not::of(not, day)?,
    };
    // A page whose id is another sheet's gets one of its own.
    let id = sheet.field("id").and_then(|id| Uuid::parse_str(id).ok());
    let id = id.filter(|id| !id.is_nil() && !matches!(not.said, Some(Said::Differs(_))));
    let shown = Shown {
        id: id.unwrap_or_else(Uuid::new_v4),
        instrument: &sheet.form(&web).0,
        given: &sheet.pairs,
        problems: &not.problems,
        wrong: &not.wrong,
        said: not.said,
        entered,
    };
    Ok((not.status, page(&web, (&actor, &point, &unit), lang, &shown)).into_response())
}

/// Why a sheet was not stored, as the page says it.
struct Not {
    status: StatusCode,
    problems: Vec<Problem>,
    wrong: Vec<WrongField>,
    said: Option<Said>,
}

impl Not {
    fn said(status: StatusCode, said: Said) -> Self {
        Self { status, problems: vec![], wrong: vec![], said: Some(said) }
    }

    fn differs(day: Date) -> Self {
        Self::said(StatusCode::CONFLICT, Said::Differs(day))
    }

    fn wrong(problems: Vec<Problem>, wrong: Vec<WrongField>) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, problems, wrong, said: None }
    }

    /// `day` is the one that was typed, where it is one that can be.
    fn of(not: NotTaken, day: Option<Date>) -> Result<Self, Error> {
        const BAD_DAY: WrongField = ("day", "answers-bad-day");
        Ok(match not {
            NotTaken::Invalid(problems) => {
                let own = |problem: &Problem| match (problem.field.as_str(), problem.reason) {
                    ("answered_at", _) => Some(BAD_DAY),
                    ("channel", Reason::UnknownChannel) => Some(("channel", "answers-no-channel")),
                    _ => None,
                };
                let wrong = problems.iter().filter_map(own).collect();
                let others = problems.into_iter().filter(|problem| own(problem).is_none());
                Self::wrong(others.collect(), wrong)
            }
            NotTaken::Place(_) if day.is_none() => Self::wrong(vec![], vec![BAD_DAY]),
            NotTaken::Place(_) => Self::wrong(vec![], vec![("day", "answers-not-open")]),
            NotTaken::Denied(Denied::Forbidden) => {
                Self::wrong(vec![], vec![("day", "answers-other-unit")])
            }
            NotTaken::Denied(denied) => return Err(denied.into()),
            NotTaken::Refused(_) | NotTaken::TooOften(_) => {
                Self::said(StatusCode::SERVICE_UNAVAILABLE, Said::Busy)
            }
        })
    }
}
