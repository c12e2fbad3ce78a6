//! Points, as those who manage their unit open, change and close them.
//!
//! A point keeps its history whatever becomes of it: closed, it opens again with the same code; and when
//! its code is taken back, since it was lost, copied or abused, it goes on under another one.

use domain::access::Act;
use domain::code;
use domain::day;
use domain::unit::{Channel, Organisation, Point, Unit};
use rand::Rng;

use super::Service;
use super::access::{Actor, Denied};
use super::organisation::{Refusal, Write, Wrong, is_same_name, name, optional_day, wrong};
use crate::store::NewPoint;

/// A point as typed into a form.
#[derive(Clone, Copy, Debug, Default)]
pub struct PointForm<'a> {
    pub name: &'a str,
    pub channel: &'a str,
    pub open_from: &'a str,
    /// Code of the unit; not read where a new point is opened.
    pub unit: &'a str,
}

impl Service {
    /// The units whose points the actor manages, of which there is at least one.
    ///
    /// # Errors
    /// Where there is none.
    pub fn managed_units(&self, actor: &Actor) -> Result<Vec<Unit>, Denied> {
        self.units_for(actor, Act::Manage)
    }

    /// The point that has this code, or has had it, with its unit, if the actor manages it.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub fn managed_point(&self, actor: &Actor, typed: &str) -> Result<(Point, Unit), Refusal> {
        self.point_of(&self.organisation(), (actor, Act::Manage), typed)
    }

    /// The same, if the actor may enter answers that were given there.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub fn entry_point(&self, actor: &Actor, typed: &str) -> Result<(Point, Unit), Refusal> {
        self.point_of(&self.organisation(), (actor, Act::EnterAnswers), typed)
    }

    fn point_of(
        &self,
        organisation: &Organisation,
        (actor, act): (&Actor, Act),
        typed: &str,
    ) -> Result<(Point, Unit), Refusal> {
        self.units_for(actor, act)?;
        let point = code::parse(typed).and_then(|code| organisation.point_ever(&code));
        let point = point.ok_or(Refusal::Missing)?;
        let unit = organisation.unit_by_key(point.unit).ok_or(Refusal::Missing)?;
        self.allow(actor, act, unit)?;
        Ok((point.clone(), unit.clone()))
    }

    /// Opens a point in a unit, and returns the code that it was given.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn open_point(
        &self,
        actor: &Actor,
        unit: &str,
        form: PointForm<'_>,
    ) -> Result<String, Refusal> {
        let open = |organisation: &Organisation| {
            let unit = self.unit_of(organisation, actor, Act::Manage, unit)?;
            if self.existing(organisation, actor, Act::Manage, &unit.code).is_none() {
                return Err(wrong(Wrong::Unit("unit")));
            }
            let code = unused_code(organisation);
            let point = NewPoint {
                code: code.clone(),
                unit: unit.code,
                name: name(form.name)?,
                channel: channel(form.channel)?,
                open_from: optional_day(form.open_from, "from")?,
                open_to: None,
            };
            Ok((Write::Point(point), code))
        };
        self.decide(actor, open).await
    }

    /// Changes name, channel, first day and unit.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn change_point(
        &self,
        actor: &Actor,
        typed: &str,
        form: PointForm<'_>,
    ) -> Result<(), Refusal> {
        let change = |organisation: &Organisation| {
            let (point, unit) = self.point_of(organisation, (actor, Act::Manage), typed)?;
            let mut new = as_new(&point, &unit);
            new.name = name(form.name)?;
            new.channel = channel(form.channel)?;
            new.open_from = optional_day(form.open_from, "from")?;
            if new.open_from.zip(new.open_to).is_some_and(|(first, last)| last < first) {
                return Err(wrong(Wrong::Order("from")));
            }
            if form.unit != unit.code {
                let to = self.existing(organisation, actor, Act::Manage, form.unit);
                new.unit = to.ok_or(wrong(Wrong::Unit("unit")))?.code;
            }
            Ok((Write::Point(new), ()))
        };
        self.decide(actor, change).await
    }

    /// Closes a point with a day, the last on which it takes answers; its name is typed to say that this
    /// one is meant.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn close_point(
        &self,
        actor: &Actor,
        code: &str,
        (last, typed): (&str, &str),
    ) -> Result<(), Refusal> {
        let close = |organisation: &Organisation| {
            let (point, unit) = self.point_of(organisation, (actor, Act::Manage), code)?;
            let last = day::parse(last).ok_or(wrong(Wrong::Day("last")))?;
            if point.open_from.is_some_and(|first| last < first) {
                return Err(wrong(Wrong::Order("last")));
            }
            if !is_same_name(typed, &point.name) {
                return Err(wrong(Wrong::Mistyped));
            }
            let new = NewPoint { open_to: Some(last), ..as_new(&point, &unit) };
            Ok((Write::Point(new), ()))
        };
        self.decide(actor, close).await
    }

    /// Lets a point that was closed take answers again, by the code that it has.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn reopen_point(&self, actor: &Actor, typed: &str) -> Result<(), Refusal> {
        let reopen = |organisation: &Organisation| {
            let (point, unit) = self.point_of(organisation, (actor, Act::Manage), typed)?;
            let new = NewPoint { open_to: None, ..as_new(&point, &unit) };
            Ok((Write::Point(new), ()))
        };
        self.decide(actor, reopen).await
    }

    /// Takes the code of a point back and gives it another one, which is returned; the name of the point
    /// is typed to say that this one is meant.
    ///
    /// # Errors
    /// `Missing` for a code that was taken back before; else as named by `Refusal`.
    pub async fn replace_code(
        &self,
        actor: &Actor,
        typed_code: &str,
        typed: &str,
    ) -> Result<String, Refusal> {
        let replace = |organisation: &Organisation| {
            let (point, _) = self.point_of(organisation, (actor, Act::Manage), typed_code)?;
            if code::parse(typed_code).as_ref() != Some(&point.code) {
                return Err(Refusal::Missing);
            }
            if !is_same_name(typed, &point.name) {
                return Err(wrong(Wrong::Mistyped));
            }
            let new = unused_code(organisation);
            Ok((Write::Code(point.code, new.clone()), new))
        };
        self.decide(actor, replace).await
    }
}

/// A code that no point has or has had.
fn unused_code(organisation: &Organisation) -> String {
    loop {
        let code = code::make(rand::rng().next_u64());
        if !organisation.is_code_used(&code) {
            return code;
        }
    }
}

fn channel(typed: &str) -> Result<Channel, Refusal> {
    Channel::parse(typed).ok_or(wrong(Wrong::Channel))
}

/// The point as it is written.
fn as_new(point: &Point, unit: &Unit) -> NewPoint {
    NewPoint {
        code: point.code.clone(),
        unit: unit.code.clone(),
        name: point.name.clone(),
        channel: point.channel,
        open_from: point.open_from,
        open_to: point.open_to,
    }
}
