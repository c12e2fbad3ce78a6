//! Units, as administrators change them.
//!
//! A unit is never deleted, it ends with a day; and it is never given another code, since results are
//! known by it.

use std::collections::BTreeSet;

use domain::access::Act;
use domain::day;
use domain::unit::{Key, Kind, Organisation, Unit};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::Service;
use super::access::Actor;
use super::import::CODE_MAX;
use super::organisation::{Refusal, Write, Wrong, is_same_name, name, optional_day, wrong};
use crate::store::NewUnit;

/// A unit as typed into a form.
#[derive(Clone, Debug, Default)]
pub struct UnitForm<'a> {
    /// Made from the name where it is empty.
    pub code: &'a str,
    /// Code of the unit above.
    pub parent: &'a str,
    pub kind: &'a str,
    pub name: &'a str,
    pub valid_from: &'a str,
    pub public: bool,
    /// Codes of the units that it continues.
    pub predecessors: Vec<&'a str>,
}

/// How a unit ends.
#[derive(Clone, Debug, Default)]
pub struct Closing<'a> {
    /// The last day on which it exists.
    pub last: &'a str,
    /// All below it that still exists ends with it.
    pub below: bool,
    /// Codes of the units that continue it.
    pub successors: Vec<&'a str>,
    pub typed: &'a str,
}

impl Service {
    /// Adds a unit below one of the actor's part, and returns its code.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn add_unit(&self, actor: &Actor, form: &UnitForm<'_>) -> Result<String, Refusal> {
        self.administered(actor)?;
        let add = |organisation: &Organisation| {
            let name = name(form.name)?;
            let kind = kind(form.kind)?;
            let parent = self.existing(organisation, actor, Act::Administer, form.parent);
            let parent = parent.ok_or(wrong(Wrong::Unit("parent")))?;
            let code = match form.code.trim() {
                "" => free_code(organisation, &name),
                code if !is_code(code) => return Err(wrong(Wrong::Code)),
                code if organisation.unit(code).is_some() => return Err(wrong(Wrong::CodeTaken)),
                code => code.to_owned(),
            };
            let chosen = &form.predecessors;
            let before = self.kin(organisation, actor, chosen, Wrong::Kin("predecessor"))?;
            let unit = NewUnit {
                code: code.clone(),
                parent: Some(parent.code),
                kind,
                name,
                valid_from: optional_day(form.valid_from, "from")?,
                valid_to: None,
                predecessors: before.into_iter().map(|unit| unit.code).collect(),
                public: Some(form.public),
            };
            Ok((Write::Units(vec![unit]), code))
        };
        self.decide(actor, add).await
    }

    /// Changes name, kind, and whether anyone may read the figures.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn change_unit(
        &self,
        actor: &Actor,
        code: &str,
        form: &UnitForm<'_>,
    ) -> Result<(), Refusal> {
        let change = |organisation: &Organisation| {
            let unit = self.unit_of(organisation, actor, Act::Administer, code)?;
            let mut new = as_new(organisation, &unit);
            new.name = name(form.name)?;
            new.kind = kind(form.kind)?;
            new.public = Some(form.public);
            Ok((Write::Units(vec![new]), ()))
        };
        self.decide(actor, change).await
    }

    /// Says which units it continues. Those outside of the actor's part stay as they are.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn set_predecessors(
        &self,
        actor: &Actor,
        code: &str,
        chosen: &[&str],
    ) -> Result<(), Refusal> {
        let change = |organisation: &Organisation| {
            let unit = self.unit_of(organisation, actor, Act::Administer, code)?;
            let no = Wrong::Kin("predecessor");
            let before = self.kin(organisation, actor, chosen, no)?;
            if before.iter().any(|before| follows(organisation, unit.key, before.key)) {
                return Err(wrong(no));
            }
            let outside = unit.predecessors.iter().filter(|key| !self.administers(actor, **key));
            let outside = outside.filter_map(|key| organisation.unit_by_key(*key));
            let mut new = as_new(organisation, &unit);
            new.predecessors = outside.map(|unit| unit.code.clone()).collect();
            new.predecessors.extend(before.into_iter().map(|unit| unit.code));
            Ok((Write::Units(vec![new]), ()))
        };
        self.decide(actor, change).await
    }

    /// Ends a unit with a day, and says what continues it; its name is typed to say that this one is
    /// meant.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn close_unit(
        &self,
        actor: &Actor,
        code: &str,
        closing: &Closing<'_>,
    ) -> Result<(), Refusal> {
        let answered = self.store.last_answered().await?;
        let close = |organisation: &Organisation| {
            let unit = self.unit_of(organisation, actor, Act::Administer, code)?;
            let last = day::parse(closing.last).ok_or(wrong(Wrong::Day("last")))?;
            if unit.valid_from.is_some_and(|first| last < first) {
                return Err(wrong(Wrong::Order("last")));
            }
            let no = Wrong::Kin("successor");
            let after = self.kin(organisation, actor, &closing.successors, no)?;
            let ends = ending(organisation, &unit, last, closing.below);
            let latest = ends.iter().filter_map(|end| answered.get(&end.key)).max();
            if let Some(latest) = latest.filter(|latest| last < **latest) {
                return Err(wrong(Wrong::Answered(*latest)));
            }
            let bad = |after: &Unit| {
                ends.iter().any(|end| end.key == after.key)
                    || after.valid_to.is_some_and(|end| end <= last)
                    || follows(organisation, after.key, unit.key)
            };
            if after.iter().any(bad) {
                return Err(wrong(no));
            }
            if !is_same_name(closing.typed, &unit.name) {
                return Err(wrong(Wrong::Mistyped));
            }
            let ended = ends
                .iter()
                .map(|unit| NewUnit { valid_to: Some(last), ..as_new(organisation, unit) });
            let continued = after.iter().map(|after| {
                let mut new = as_new(organisation, after);
                if !new.predecessors.contains(&unit.code) {
                    new.predecessors.push(unit.code.clone());
                }
                new
            });
            Ok((Write::Units(ended.chain(continued).collect()), ()))
        };
        self.decide(actor, close).await
    }

    /// Lets a unit that was closed exist on.
    ///
    /// # Errors
    /// As named by `Refusal`.
    pub async fn reopen_unit(&self, actor: &Actor, code: &str) -> Result<(), Refusal> {
        let reopen = |organisation: &Organisation| {
            let unit = self.unit_of(organisation, actor, Act::Administer, code)?;
            let new = NewUnit { valid_to: None, ..as_new(organisation, &unit) };
            Ok((Write::Units(vec![new]), ()))
        };
        self.decide(actor, reopen).await
    }

    /// The units with these codes, all of the actor's part: rights and results go from one to the other.
    fn kin(
        &self,
        organisation: &Organisation,
        actor: &Actor,
        codes: &[&str],
        no: Wrong,
    ) -> Result<Vec<Unit>, Refusal> {
        let codes: BTreeSet<&&str> = codes.iter().collect();
        let find = |code: &&&str| {
            let unit = organisation.unit(code)?;
            self.allow(actor, Act::Administer, unit).ok().map(|()| unit.clone())
        };
        codes.iter().map(|code| find(code).ok_or(wrong(no))).collect()
    }
}

/// The highest unit, for a database that has none.
///
/// # Errors
/// Where code or name cannot be.
pub fn first_unit(code: &str, typed: &str, kind: Kind) -> Result<NewUnit, Refusal> {
    if !is_code(code) {
        return Err(wrong(Wrong::Code));
    }
    Ok(NewUnit {
        code: code.to_owned(),
        parent: None,
        kind,
        name: name(typed)?,
        valid_from: None,
        valid_to: None,
        predecessors: vec![],
        public: None,
    })
}

/// Units that end with a unit: itself, and all below it that exist on the day after.
pub fn ending(organisation: &Organisation, unit: &Unit, last: Date, below: bool) -> Vec<Unit> {
    let all = organisation.subtree(unit.key);
    let all = all.into_iter().filter_map(|key| organisation.unit_by_key(key));
    let goes_on = |other: &&Unit| {
        other.valid_to.is_none_or(|end| last < end)
            && other.valid_from.is_none_or(|first| first <= last)
    };
    let ends = all.filter(|other| other.key == unit.key || (below && goes_on(other)));
    ends.cloned().collect()
}

/// The unit as it is written.
fn as_new(organisation: &Organisation, unit: &Unit) -> NewUnit {
    let code = |key: &Key| organisation.unit_by_key(*key).map(|unit| unit.code.clone());
    NewUnit {
        code: unit.code.clone(),
        parent: unit.parent.as_ref().and_then(code),
        kind: unit.kind,
        name: unit.name.clone(),
        valid_from: unit.valid_from,
        valid_to: unit.valid_to,
        predecessors: unit.predecessors.iter().filter_map(code).collect(),
        public: Some(unit.public),
    }
}

/// Whether a unit continues `before` by some steps, or is it.
fn follows(organisation: &Organisation, before: Key, unit: Key) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![before]);
    while let Some(key) = next.pop() {
        if seen.insert(key) {
            next.extend(organisation.successors(key).map(|unit| unit.key));
        }
    }
    seen.contains(&unit)
}

fn kind(typed: &str) -> Result<Kind, Refusal> {
    Kind::parse(typed).ok_or(wrong(Wrong::Kind))
}

fn is_code(code: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (1..=CODE_MAX).contains(&code.len()) && code.chars().all(plain)
}

/// A code made of a name: `Xã Tây Sơn` is `xa-tay-son`, and with a number where that is taken.
fn free_code(organisation: &Organisation, name: &str) -> String {
    let plain = |c: char| if c == 'đ' { 'd' } else { c };
    let letters = name.to_lowercase().nfd().map(plain).collect::<String>();
    let letters = letters.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    let letters: String =
        letters.map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    let mut code: String = words.join("-").chars().take(CODE_MAX - 4).collect();
    if code.is_empty() {
        code.push_str("unit");
    }
    let free = |code: &String| organisation.unit(code).is_none();
    let numbered = (2..).map(|number| format!("{code}-{number}"));
    std::iter::once(code.clone()).chain(numbered).find(free).unwrap_or(code)
}
