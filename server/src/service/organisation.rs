//! Changes of the organisation: what was typed is checked, decided by the organisation as it is in the
//! database, and written unless that has changed since.

use domain::access::Act;
use domain::day;
use domain::unit::{Organisation, Unit};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::Service;
use super::access::{Actor, Denied};
use super::import::NAME_MAX;
use super::sign_in::name_key;
use crate::store::{self, NewPoint, NewUnit, Write as How};

/// How often a change is decided anew where others were faster.
const TRIES: usize = 5;

/// Why a change was refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("no such unit or point")]
    Missing,
    #[error("a field is wrong: {0:?}")]
    Wrong(Wrong),
    #[error(transparent)]
    Store(store::Error),
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Missing(_) => Self::Missing,
            other => Self::Store(other),
        }
    }
}

/// What is wrong with which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Name,
    Code,
    CodeTaken,
    Kind,
    Channel,
    /// No unit of one's part that still exists.
    Unit(&'static str),
    Day(&'static str),
    /// The last day lies before the first.
    Order(&'static str),
    /// The last day lies before one on which there are answers already.
    Answered(Date),
    /// A unit that it cannot continue, or be continued by.
    Kin(&'static str),
    /// The name that was typed is another one.
    Mistyped,
    /// Not an address of mail.
    Address,
    /// The address that was typed is another one.
    OtherAddress,
}

impl Wrong {
    /// The name of the field.
    pub fn field(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Code | Self::CodeTaken => "code",
            Self::Kind => "kind",
            Self::Channel => "channel",
            Self::Unit(field) | Self::Day(field) | Self::Order(field) | Self::Kin(field) => field,
            Self::Answered(_) => "last",
            Self::Mistyped | Self::OtherAddress => "typed",
            Self::Address => "address",
        }
    }

    /// The key of the words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "units-bad-name",
            Self::Code => "units-bad-code",
            Self::CodeTaken => "units-code-taken",
            Self::Kind => "units-no-kind",
            Self::Channel => "points-no-channel",
            Self::Unit(_) => "units-no-unit",
            Self::Day(_) => "units-not-a-day",
            Self::Order(_) => "units-bad-order",
            Self::Answered(_) => "units-answered",
            Self::Kin(_) => "units-bad-kin",
            Self::Mistyped => "units-mistyped",
            Self::Address => "delivery-bad-address",
            Self::OtherAddress => "delivery-mistyped",
        }
    }
}

/// What is written, once it is decided.
pub(super) enum Write {
    Units(Vec<NewUnit>),
    Point(NewPoint),
    /// The code that is taken back, and the one instead of it.
    Code(String, String),
}

impl Service {
    /// Decides by the organisation as it is, and writes; anew where somebody else was faster. What was
    /// written is seen by this process when it returns.
    pub(super) async fn decide<T: Send>(
        &self,
        actor: &Actor,
        decide: impl Fn(&Organisation) -> Result<(Write, T), Refusal> + Send + Sync,
    ) -> Result<T, Refusal> {
        let by = self.by(actor);
        for _ in 0..TRIES {
            let (seen, organisation) = self.store.organisation().await?;
            let (write, done) = decide(&organisation)?;
            let written = match write {
                Write::Units(units) => {
                    self.store.write_units(&units, How::Since(seen), &by).await.map(drop)
                }
                Write::Point(point) => {
                    self.store.write_points(&[point], How::Since(seen), &by).await.map(drop)
                }
                Write::Code(old, new) => {
                    let today = self.clock.today();
                    self.store.replace_code((&old, &new), today, seen, &by).await
                }
            };
            match written {
                Err(store::Error::Stale) => {}
                Err(error) => return Err(error.into()),
                Ok(()) => {
                    self.look().await?;
                    return Ok(done);
                }
            }
        }
        Err(store::Error::Stale.into())
    }

    /// The unit with this code, if the actor may do this to it. Whoever may do it nowhere does not learn
    /// whether there is such a unit.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub fn unit_for(&self, actor: &Actor, act: Act, code: &str) -> Result<Unit, Refusal> {
        self.unit_of(&self.organisation(), actor, act, code)
    }

    pub(super) fn unit_of(
        &self,
        organisation: &Organisation,
        actor: &Actor,
        act: Act,
        code: &str,
    ) -> Result<Unit, Refusal> {
        self.units_for(actor, act)?;
        let unit = organisation.unit(code).ok_or(Refusal::Missing)?;
        self.allow(actor, act, unit)?;
        Ok(unit.clone())
    }

    /// A unit that has not ended, to which the actor may do this.
    pub(super) fn existing(
        &self,
        organisation: &Organisation,
        actor: &Actor,
        act: Act,
        code: &str,
    ) -> Option<Unit> {
        let today = self.clock.today();
        let unit = organisation.unit(code)?;
        let ended = unit.valid_to.is_some_and(|last| last < today);
        (!ended && self.allow(actor, act, unit).is_ok()).then(|| unit.clone())
    }
}

pub(super) fn wrong(what: Wrong) -> Refusal {
    Refusal::Wrong(what)
}

/// A name as typed.
pub(super) fn name(typed: &str) -> Result<String, Refusal> {
    let name: String = typed.trim().nfc().collect();
    let fits = (1..=NAME_MAX).contains(&name.chars().count());
    match fits && !name.chars().any(char::is_control) {
        true => Ok(name),
        false => Err(wrong(Wrong::Name)),
    }
}

/// A day that may be left out.
pub(super) fn optional_day(typed: &str, field: &'static str) -> Result<Option<Date>, Refusal> {
    match typed.trim() {
        "" => Ok(None),
        text => day::parse(text).map(Some).ok_or(wrong(Wrong::Day(field))),
    }
}

/// The same name, whatever the case, the blanks and the kind of dash: a person cannot type all of them.
pub fn is_same_name(typed: &str, name: &str) -> bool {
    let plain = |text: &str| {
        let words: Vec<String> = name_key(text).split_whitespace().map(str::to_owned).collect();
        words.join(" ").replace(['–', '—', '‑'], "-")
    };
    plain(typed) == plain(name)
}
