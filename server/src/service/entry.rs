//! Targets and numbers of dossiers as they are entered on their pages, and what became of them.

use domain::access::Act;
use domain::target::{Dossiers, IndexName, Target};
use domain::unit::Unit;
use jiff::civil::{Date, date};

use super::Service;
use super::access::{Actor, Denied, NotReadable};
use super::import::What;
use super::import::plan::{HANDLED_MAX, WORDS_MAX, fault, keep_digits};
use super::import::table::{code, decimal, name, plain, whole};
use super::respond::typed_day;
use crate::store::{self, Entry, Filter, Steps, Write};

/// Entries of the trail on a page.
const HISTORY: i64 = 100;

/// A unit whose figures the actor may enter; had by asking alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Managed(Unit);

impl std::ops::Deref for Managed {
    type Target = Unit;

    fn deref(&self) -> &Unit {
        &self.0
    }
}

/// What was typed of a row, by column; a column that was not on the form stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub code: String,
    pub columns: Vec<(String, String)>,
}

impl Typed {
    fn get(&self, column: &str) -> Option<&str> {
        let found = self.columns.iter().find(|(name, _)| name == column);
        found.map(|(_, value)| value.trim())
    }
}

/// What is wrong with a field: its row and column, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Code of the row, or the month; empty for a new row.
    pub row: String,
    pub column: &'static str,
    pub what: What,
}

/// Why nothing was entered.
#[derive(Debug, thiserror::Error)]
pub enum NotEntered {
    #[error("fields are wrong")]
    Faults(Vec<Fault>),
    /// Somebody else has changed it since the page was made.
    #[error("changed in between")]
    Moved,
    #[error(transparent)]
    Store(store::Error),
}

impl From<store::Error> for NotEntered {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Moved => Self::Moved,
            other => Self::Store(other),
        }
    }
}

/// What a form says that it was made from.
pub fn seen(rows: &[&Target]) -> String {
    domain::audit::hex(&Steps::over_targets(rows.iter().copied()).seen())
}

impl Service {
    /// The unit with this code, if the actor may enter its figures.
    ///
    /// # Errors
    /// Where there is none, or the actor may not; who shows nothing does not learn which.
    pub fn managed(&self, actor: &Actor, code: &str) -> Result<Managed, NotReadable> {
        match self.organisation().unit(code) {
            Some(unit) => {
                self.allow(actor, Act::Manage, unit)?;
                Ok(Managed(unit.clone()))
            }
            None if *actor == Actor::Anyone => Err(Denied::Unknown.into()),
            None => Err(NotReadable::Missing),
        }
    }

    /// The rows of a unit and year, each index in the order of its table.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn entered_targets(&self, unit: &Managed, year: i16) -> store::Result<Vec<Target>> {
        let mut rows = self.store.targets_of(unit.key).await?;
        rows.retain(|row| row.year == year);
        Ok(rows)
    }

    /// Enters what was typed of the rows of an index; returns how many have changed. `seen` is what the
    /// form was made from.
    ///
    /// # Errors
    /// As named by [`NotEntered`]; then nothing was written.
    pub async fn enter_targets(
        &self,
        actor: &Actor,
        unit: &Managed,
        (year, index): (i16, IndexName),
        typed: &[Typed],
        was: &str,
    ) -> Result<usize, NotEntered> {
        let mut rows = self.entered_targets(unit, year).await?;
        rows.retain(|row| row.index == index);
        if seen(&rows.iter().collect::<Vec<_>>()) != was {
            return Err(NotEntered::Moved);
        }
        let expected = Steps::over_targets(&rows).seen();
        let mut faults = vec![];
        for row in &mut rows {
            let Some(typed) = typed.iter().find(|typed| typed.code == row.code) else { continue };
            faults.extend(self.filled(row, typed));
        }
        match faults.is_empty() {
            true => self.written(actor, &rows, &expected).await,
            false => Err(NotEntered::Faults(faults)),
        }
    }

    /// Adds a row to a table.
    ///
    /// # Errors
    /// As named by [`NotEntered`]; `Moved` where there is a row with this code.
    pub async fn add_target(
        &self,
        actor: &Actor,
        unit: &Managed,
        year: i16,
        typed: &Typed,
    ) -> Result<usize, NotEntered> {
        let mut faults = vec![];
        let mut wrong = |column, what| {
            faults.push(Fault { row: String::new(), column, what });
        };
        let index = IndexName::parse(typed.get("index").unwrap_or_default());
        if index.is_none() {
            wrong("index", What::new("empty"));
        }
        let mut words = |column, check: fn(String) -> Result<String, What>| {
            let text = typed.get(column).unwrap_or_default().to_owned();
            let text = if text.is_empty() { Err(What::new("empty")) } else { check(text) };
            text.unwrap_or_else(|what| {
                wrong(column, what);
                String::new()
            })
        };
        let (code, name) = (words("code", code), words("name", name));
        let index = index.unwrap_or(IndexName::Sipas);
        let mut row = Target::blank(&unit.code, year, index, &code, &name);
        let fields = self.filled(&mut row, typed);
        faults.extend(fields.into_iter().map(|fault| Fault { row: String::new(), ..fault }));
        let known = self.entered_targets(unit, year).await?;
        if known.iter().any(|other| (other.index, &other.code) == (row.index, &row.code)) {
            faults.push(Fault { row: String::new(), column: "code", what: What::new("known-row") });
        }
        if !faults.is_empty() {
            return Err(NotEntered::Faults(faults));
        }
        let nothing = Steps::over_dossiers([None]).seen();
        self.written(actor, &[row], &nothing).await
    }

    async fn written(
        &self,
        actor: &Actor,
        rows: &[Target],
        expected: &[u8],
    ) -> Result<usize, NotEntered> {
        let steps = self.store.write_targets(rows, Write::Seen(expected), &self.by(actor)).await?;
        Ok(steps.0.iter().filter(|step| step.before != step.after).count())
    }

    /// Sets what was typed of a row; what is wrong with it.
    fn filled(&self, row: &mut Target, typed: &Typed) -> Vec<Fault> {
        let before = row.clone();
        let mut faults = vec![];
        for (column, text) in &typed.columns {
            let text = text.trim();
            let given = (!text.is_empty()).then_some(text);
            if let Err((column, what)) = set(row, column, given) {
                faults.push(Fault { row: row.code.clone(), column, what });
            }
        }
        keep_digits(row, &before);
        let rule = fault(row, self.clock.today()).filter(|_| faults.is_empty());
        faults.extend(rule.map(|(column, what)| Fault { row: row.code.clone(), column, what }));
        faults
    }

    /// The number of dossiers of each month of a year that has begun, nothing where none was entered.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn entered_dossiers(
        &self,
        unit: &Managed,
        year: i16,
    ) -> store::Result<Vec<(Date, Option<i64>)>> {
        let all = self.store.dossiers_between(date(year, 1, 1), date(year, 12, 1)).await?;
        let of = |month: Date| {
            let found = all.iter().find(|(key, other, _)| (*key, *other) == (unit.key, month));
            found.and_then(|(_, _, handled)| i64::try_from(*handled).ok())
        };
        let today = self.clock.today();
        let months = (1..=12).map(|month| date(year, month, 1)).filter(|month| *month <= today);
        Ok(months.map(|month| (month, of(month))).collect())
    }

    /// Enters the numbers that were typed: each with its month, what the form was made from, and the
    /// text. Those that were not touched are left alone.
    ///
    /// # Errors
    /// As named by [`NotEntered`]; then nothing was written.
    pub async fn enter_dossiers(
        &self,
        actor: &Actor,
        unit: &Managed,
        typed: &[(Date, Option<i64>, String)],
    ) -> Result<usize, NotEntered> {
        let (mut rows, mut faults, mut was) = (vec![], vec![], vec![]);
        for (month, before, text) in typed {
            let text = text.trim();
            let handled = whole(&text.replace('.', "")).filter(|number| *number <= HANDLED_MAX);
            let what = match (handled, before) {
                (Some(handled), _) if Some(handled) == *before => continue,
                (Some(handled), _) if *month <= self.clock.today() => {
                    rows.push(Dossiers { unit: unit.code.clone(), month: *month, handled });
                    was.push(*before);
                    continue;
                }
                (Some(_), _) => What::new("future"),
                (None, None) if text.is_empty() => continue,
                (None, Some(_)) if text.is_empty() => What::new("no-removal"),
                (None, _) => What::cell("whole", text),
            };
            let row = month.strftime("%Y-%m").to_string();
            faults.push(Fault { row, column: "handled", what });
        }
        if !faults.is_empty() {
            return Err(NotEntered::Faults(faults));
        }
        let expected = Steps::over_dossiers(was).seen();
        let how = Write::Seen(&expected);
        Ok(self.store.write_dossiers(&rows, how, &self.by(actor)).await?.0.len())
    }

    /// What became of rows of a unit, the newest first.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn history(
        &self,
        unit: &Managed,
        act: &str,
        rows: impl IntoIterator<Item = String>,
    ) -> store::Result<Vec<Entry>> {
        let among: Vec<String> =
            rows.into_iter().map(|row| format!("{}/{row}", unit.code)).collect();
        if among.is_empty() {
            return Ok(vec![]);
        }
        let filter = Filter { act: Some(act.to_owned()), among, ..Filter::default() };
        self.store.audit_entries(&filter, HISTORY).await
    }
}

/// Sets a column of a row to what was typed, or to nothing.
fn set(row: &mut Target, column: &str, text: Option<&str>) -> Result<(), (&'static str, What)> {
    let number = |column: &'static str| {
        let parse = |text| decimal(text, true).ok_or((column, What::cell("number", text)));
        text.map(parse).transpose()
    };
    let rank = |column: &'static str| {
        let parse = |text| whole(text).ok_or((column, What::cell("whole", text)));
        text.map(parse).transpose()
    };
    match column {
        "max" => row.max = number("max")?,
        "baseline" => row.baseline = number("baseline")?,
        "baseline_rank" => row.baseline_rank = rank("baseline_rank")?,
        "rank_of" => row.rank_of = rank("rank_of")?,
        "target" => row.target = number("target")?,
        "actual" => row.actual = number("actual")?,
        "actual_date" => {
            let parse = |text| typed_day(text).ok_or(("actual_date", What::cell("day", text)));
            row.actual_date = text.map(parse).transpose()?;
        }
        "source" => {
            let text = text.map(|text| plain(text.to_owned(), WORDS_MAX)).transpose();
            row.source = text.map_err(|what| ("source", what))?;
        }
        _ => {}
    }
    Ok(())
}
