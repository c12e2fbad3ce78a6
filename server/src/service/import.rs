//! CSV in: all or nothing, and every bad row named by line and column.

mod organisation;
mod plan;
mod responses;
mod table;

pub use table::{Bad, guarded};
pub(super) use table::{CODE_MAX, NAME_MAX};

use std::io::Read;
use std::sync::Arc;

use domain::instrument::Instruments;
use domain::unit::Organisation;

use crate::clock::Clock;
use crate::store::{self, By, Store};

/// What a file may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Units,
    Points,
    Dossiers,
    Targets,
    Responses,
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

impl Importer {
    /// Imports a file, all of it or nothing.
    pub async fn import(&self, kind: Kind, file: impl Read) -> Result<Done, Error> {
        match kind {
            Kind::Units => self.units(file).await,
            Kind::Points => self.points(file).await,
            Kind::Dossiers => self.dossiers(file).await,
            Kind::Targets => self.targets(file).await,
            Kind::Responses => self.responses(file).await,
        }
    }

    async fn organisation(&self) -> Result<Organisation, Error> {
        Ok(self.store.organisation().await?.1)
    }
}
