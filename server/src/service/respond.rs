//! A citizen answers.

use domain::access::Act;
use domain::day;
use domain::response::{Draft, Problem, Reason, Response};
use domain::unit::{Channel, Point, Unit};
use domain::{code, response};
use jiff::civil::Date;

use super::Service;
use super::access::{Actor, Denied};
use super::import::table::local_day;
use super::limits::Wait;
use crate::ingest::Refused;
use crate::store::{Arrival, Entered, Outcome};

/// An open point with its unit of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub point: Point,
    pub unit: Unit,
    /// The name that fills `{ĐIỂM}`.
    pub name: String,
    /// The change of the organisation that all this is of.
    pub change: i64,
}

/// Why a point takes no answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlace {
    #[error("no point has this code")]
    Unknown,
    #[error("the point is closed")]
    Closed { point: String, unit: String },
    #[error("the code was taken back, and the point has another one")]
    Revoked { point: String, unit: String },
}

/// What a manager may add to answers that were given on paper or by phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub answered_at: Option<String>,
    pub channel: Option<String>,
}

/// Why a response was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    #[error(transparent)]
    Place(#[from] NoPlace),
    #[error("the response has problems")]
    Invalid(Vec<Problem>),
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    TooOften(#[from] Wait),
}

/// A response that is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub response: Response,
    /// Code of the point at which it was counted, and the day; for a repeat those of the first.
    pub point: String,
    pub day: Date,
    pub outcome: Outcome,
}

impl Service {
    /// The open point with this code, as typed or scanned.
    pub fn place(&self, typed: &str) -> Result<Place, NoPlace> {
        self.place_on(typed, self.clock.today())
    }

    fn place_on(&self, typed: &str, day: Date) -> Result<Place, NoPlace> {
        let (change, organisation) = self.organisation_and_change();
        let code = code::parse(typed).ok_or(NoPlace::Unknown)?;
        let point = organisation.point_ever(&code).ok_or(NoPlace::Unknown)?;
        let revoked = point.code != code;
        let unit = organisation.unit_on(point, day).and_then(|key| organisation.unit_by_key(key));
        match unit {
            Some(unit) if point.open_on(day) && !revoked => Ok(Place {
                point: point.clone(),
                unit: unit.clone(),
                name: organisation.place(point),
                change,
            }),
            _ => {
                let open = unit.is_some() && point.open_on(day);
                let unit = organisation.unit_by_key(point.unit);
                let unit = unit.map(|unit| unit.name.clone()).unwrap_or_default();
                let point = point.name.clone();
                // Where the point is closed as well, there is no other code to be scanned.
                Err(match revoked && open {
                    true => NoPlace::Revoked { point, unit },
                    false => NoPlace::Closed { point, unit },
                })
            }
        }
    }

    /// Takes a response: checks it, queues it, and returns when it is committed. `problems` are those
    /// that the door has found; all are named together.
    pub async fn respond(
        &self,
        typed: &str,
        draft: Draft,
        entry: Entry,
        actor: &Actor,
        mut problems: Vec<Problem>,
    ) -> Result<Taken, NotTaken> {
        let today = self.clock.today();
        let day = self.entered_day(&entry, today, &mut problems);
        let place = self.place_on(typed, day)?;
        if entry != Entry::default() {
            self.allow(actor, Act::EnterAnswers, &place.unit)?;
        }
        let entered = (entry != Entry::default())
            .then(|| Entered { by: self.by(actor), point: place.point.code.clone() });
        let channel = match entry.channel.as_deref().map(Channel::parse) {
            None => place.point.channel,
            Some(Some(channel)) => channel,
            Some(None) => {
                problems.push(problem("channel", Reason::UnknownChannel));
                place.point.channel
            }
        };
        let parsed = match self.instruments.on(day) {
            Some(default) => draft.parse(&self.instruments, default),
            None => Err(vec![problem("questionnaire", Reason::UnknownQuestionnaire)]),
        };
        let response = match parsed {
            Ok(response) if problems.is_empty() => response,
            Ok(_) => return Err(NotTaken::Invalid(problems)),
            Err(more) => return Err(NotTaken::Invalid(together(problems, more))),
        };
        if entered.is_none() {
            self.count_at(place.point.key)?;
        }
        let arrival = Arrival {
            response: response.clone(),
            point: place.point.key,
            unit: place.unit.key,
            channel,
            day,
            simulated: self.demo,
            entered,
        };
        let outcome = self.ingest.submit(arrival).await?;
        let (point, day) = match outcome {
            Outcome::Stored => (place.point.code, day),
            Outcome::Repeated { day, point, .. } => {
                let organisation = self.organisation();
                let first = organisation.point_by_key(point).map(|point| point.code.clone());
                (first.unwrap_or(place.point.code), day)
            }
        };
        Ok(Taken { response, point, day, outcome })
    }

    fn entered_day(&self, entry: &Entry, today: Date, problems: &mut Vec<Problem>) -> Date {
        let Some(text) = &entry.answered_at else { return today };
        match parse_moment(text, |moment| self.clock.day_of(moment)) {
            Some(day) if day <= today => day,
            _ => {
                problems.push(problem("answered_at", Reason::NotADay));
                today
            }
        }
    }
}

/// A date, or a moment of RFC 3339, as its day.
pub fn parse_moment(text: &str, day_of: impl Fn(jiff::Timestamp) -> Date) -> Option<Date> {
    day::parse(text).or_else(|| text.parse().ok().map(day_of))
}

/// A day as typed on a page: `YYYY-MM-DD`, or as it is written in Viet Nam.
pub fn typed_day(text: &str) -> Option<Date> {
    let text = text.trim();
    day::parse(text).or_else(|| local_day(text))
}

/// All problems, each once; a field that could not be read at all has only that.
fn together(door: Vec<Problem>, rest: Vec<Problem>) -> Vec<Problem> {
    let unread = |problem: &Problem| door.iter().any(|other| other.field == problem.field);
    let mut all: Vec<Problem> = rest.into_iter().filter(|problem| !unread(problem)).collect();
    all.extend(door);
    all.sort();
    all.dedup();
    all
}

fn problem(field: &str, reason: Reason) -> response::Problem {
    Problem { field: field.to_owned(), reason }
}
