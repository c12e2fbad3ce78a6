//! Files in, CSV or a sheet of a workbook: all or nothing, and every bad row named by line and column.

mod bad;
mod difference;
mod organisation;
pub(super) mod plan;
mod responses;
mod sheet;
pub(super) mod table;
mod upload;

pub use bad::{Bad, What};
pub use difference::{Difference, differences};
pub use table::guarded;
pub(super) use table::{CODE_MAX, NAME_MAX};
pub use upload::{Change, FILE_MAX, Preview, ROWS_MAX, Refused};

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::sync::Arc;

use domain::instrument::Instruments;
use domain::target::{Dossiers, Target};
use domain::unit::{Key, Organisation};
use jiff::civil::Date;

use self::table::Row;
use crate::clock::Clock;
use crate::store::{self, By, NewPoint, NewUnit, Steps, Store, Write};

/// What a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Units,
    Points,
    Dossiers,
    Targets,
    Responses,
}

impl Kind {
    /// What is kept up by hand, and can be looked at before it is written.
    pub const TABLES: [Self; 4] = [Self::Units, Self::Points, Self::Dossiers, Self::Targets];

    /// The name used in commands and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Points => "points",
            Self::Dossiers => "dossiers",
            Self::Targets => "targets",
            Self::Responses => "responses",
        }
    }

    /// The table of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::TABLES.into_iter().find(|kind| kind.name() == text)
    }
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Rows written.
    pub written: u64,
    /// Rows that were there before, with equal content (responses alone).
    pub skipped: u64,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Bad(#[from] Bad),
    #[error("cơ sở dữ liệu không nhận: {0}")]
    Store(#[from] store::Error),
}

/// What an import needs.
#[derive(Clone)]
pub struct Importer {
    pub store: Store,
    pub instruments: Arc<Instruments>,
    pub clock: Clock,
    /// Who imports; each changed row goes into the trail.
    pub by: By,
}

/// The units about which rows may be.
#[derive(Clone, Debug)]
enum Scope {
    /// All, as at the command line.
    All,
    /// A part of the organisation; `top` where that is all of it.
    Part { units: HashSet<Key>, top: bool },
}

impl Scope {
    fn holds(&self, unit: Key) -> bool {
        match self {
            Self::All => true,
            Self::Part { units, .. } => units.contains(&unit),
        }
    }

    fn holds_the_top(&self) -> bool {
        match self {
            Self::All => true,
            Self::Part { top, .. } => *top,
        }
    }
}

/// What rows are read against.
struct Known {
    organisation: Organisation,
    /// Where targets are read: those that are stored.
    targets: Vec<Target>,
    today: Date,
    /// Where units are read: the last day on which each has answers.
    answered: HashMap<Key, Date>,
    scope: Scope,
}

impl Known {
    /// The unit of a row exists, within the part of whoever imports.
    fn unit(&self, row: &Row<'_>, column: &str, code: &str) -> Result<(), Bad> {
        match self.organisation.unit(code) {
            None => Err(row.bad(column, What::cell("no-unit", code))),
            Some(unit) if !self.scope.holds(unit.key) => {
                Err(row.bad(column, What::cell("outside", code)))
            }
            Some(_) => Ok(()),
        }
    }
}

/// The rows of a file, each with its line.
enum Rows {
    Units(Vec<(u64, NewUnit)>),
    Points(Vec<(u64, NewPoint)>),
    Dossiers(Vec<(u64, Dossiers)>),
    Targets(Vec<(u64, Target)>),
}

impl Rows {
    fn lines(&self) -> Vec<u64> {
        fn of<T>(rows: &[(u64, T)]) -> Vec<u64> {
            rows.iter().map(|(line, _)| *line).collect()
        }
        match self {
            Self::Units(rows) => of(rows),
            Self::Points(rows) => of(rows),
            Self::Dossiers(rows) => of(rows),
            Self::Targets(rows) => of(rows),
        }
    }
}

/// Reads a table; the rows that could be read, and what is wrong with the others.
fn read(kind: Kind, file: impl Read, known: &Known) -> Result<(Rows, Vec<Bad>), Bad> {
    Ok(match kind {
        Kind::Units => {
            let found = organisation::units(file, known)?;
            (Rows::Units(found.rows), found.bad)
        }
        Kind::Points => {
            let found = organisation::points(file, known)?;
            (Rows::Points(found.rows), found.bad)
        }
        Kind::Targets => {
            let found = plan::targets(file, known)?;
            (Rows::Targets(found.rows), found.bad)
        }
        Kind::Dossiers | Kind::Responses => {
            let found = plan::dossiers(file, known)?;
            (Rows::Dossiers(found.rows), found.bad)
        }
    })
}

impl Importer {
    /// Imports a file, all of it or nothing.
    pub async fn import(&self, kind: Kind, file: impl Read) -> Result<Done, Error> {
        if kind == Kind::Responses {
            return self.responses(file).await;
        }
        let known = self.known(kind, Scope::All).await?;
        let (rows, bad) = read(kind, file, &known)?;
        if let Some(first) = bad.into_iter().next() {
            return Err(first.into());
        }
        let written = rows.lines().len() as u64;
        self.write(rows, Write::Now).await?;
        Ok(Done { written, skipped: 0 })
    }

    async fn known(&self, kind: Kind, scope: Scope) -> store::Result<Known> {
        let targets = match kind {
            Kind::Targets => self.store.targets().await?,
            _ => vec![],
        };
        let answered = match kind {
            Kind::Units => self.store.last_answered().await?,
            _ => HashMap::new(),
        };
        let (organisation, today) = (self.store.organisation().await?.1, self.clock.today());
        Ok(Known { organisation, targets, today, answered, scope })
    }

    async fn write(&self, rows: Rows, how: Write<'_>) -> store::Result<Steps> {
        fn values<T>(rows: Vec<(u64, T)>) -> Vec<T> {
            rows.into_iter().map(|(_, row)| row).collect()
        }
        match rows {
            Rows::Units(rows) => self.store.write_units(&values(rows), how, &self.by).await,
            Rows::Points(rows) => {
                let points = organisation::with_codes(values(rows));
                self.store.write_points(&points, how, &self.by).await
            }
            Rows::Dossiers(rows) => self.store.write_dossiers(&values(rows), how, &self.by).await,
            Rows::Targets(rows) => self.store.write_targets(&values(rows), how, &self.by).await,
        }
    }

    async fn organisation(&self) -> Result<Organisation, Error> {
        Ok(self.store.organisation().await?.1)
    }
}
