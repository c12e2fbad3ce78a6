//! A file that somebody uploads: first looked at, then written exactly as it was shown, or not at all.

use std::collections::HashSet;
use std::io::Cursor;

use domain::access::Act;
use sha2::{Digest, Sha256};

use super::bad::{Bad, What, bad};
use super::{Difference, Importer, Kind, Rows, Scope, differences};
use crate::service::Service;
use crate::service::access::{Actor, Denied};
use crate::store::{self, Steps, Write};

/// The largest file, in bytes. What is larger is imported at the command line.
pub const FILE_MAX: usize = 2 << 20;
/// The most rows of a file: a dry run does not stop others for long.
pub const ROWS_MAX: usize = 5000;

/// A row that would be added, or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub line: u64,
    /// What the trail would call it; empty for a point whose code is still to be made.
    pub about: String,
    /// Was there before.
    pub known: bool,
    pub columns: Vec<Difference>,
}

/// What a file would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    pub changes: Vec<Change>,
    /// Rows that are as they were.
    pub unchanged: usize,
    /// What is refused; then nothing can be written.
    pub bad: Vec<Bad>,
    /// By which the confirmation is known to be of this file and of what was there before.
    pub mark: String,
}

impl Preview {
    /// It can be confirmed.
    pub fn is_good(&self) -> bool {
        self.bad.is_empty() && !self.changes.is_empty()
    }
}

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Denied(#[from] Denied),
    /// What it would do is not what was shown: somebody has changed something in between, or the file is
    /// another one.
    #[error("not what was shown")]
    Moved(Box<Preview>),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// What was read of a file, with the part of the mark that is its own.
struct Read {
    rows: Rows,
    bad: Vec<Bad>,
    mark: String,
}

/// Who may import what: managers the points and figures of their units, administrators all of theirs.
fn act(kind: Kind) -> Act {
    match kind {
        Kind::Points | Kind::Targets | Kind::Dossiers => Act::Manage,
        Kind::Units | Kind::Responses => Act::Administer,
    }
}

impl Service {
    /// The tables that the actor may import, of some unit.
    pub fn importable(&self, actor: &Actor) -> Vec<Kind> {
        let may = |kind: &Kind| self.units_for(actor, act(*kind)).is_ok();
        Kind::TABLES.into_iter().filter(may).collect()
    }

    /// Codes of the units whose rows of a table the actor may import.
    ///
    /// # Errors
    /// Where there are none.
    pub fn importable_units(&self, actor: &Actor, kind: Kind) -> Result<HashSet<String>, Denied> {
        Ok(self.units_for(actor, act(kind))?.into_iter().map(|unit| unit.code).collect())
    }

    /// Says what a file would do; writes nothing.
    ///
    /// # Errors
    /// Where the actor may not, or the database fails.
    pub async fn preview_import(
        &self,
        actor: &Actor,
        kind: Kind,
        file: Vec<u8>,
    ) -> Result<Preview, Refused> {
        self.look().await?;
        let importer = self.importer(actor);
        let read = self.read_upload(actor, &importer, kind, file).await?;
        if !read.bad.is_empty() {
            return Ok(Preview { bad: read.bad, ..Preview::default() });
        }
        let (lines, fresh) = (read.rows.lines(), read.rows.fresh());
        let steps = importer.write(read.rows, Write::Try).await?;
        Ok(preview(&lines, &fresh, steps, &read.mark))
    }

    /// Writes a file of which a preview was shown, exactly so; returns the number of rows changed.
    ///
    /// # Errors
    /// `Moved` with a new preview where it would do something else; where the actor may not, or the
    /// database fails.
    pub async fn confirm_import(
        &self,
        actor: &Actor,
        kind: Kind,
        file: Vec<u8>,
        mark: &str,
    ) -> Result<usize, Refused> {
        self.look().await?;
        let importer = self.importer(actor);
        let read = self.read_upload(actor, &importer, kind, file.clone()).await?;
        let seen = mark.strip_prefix(&read.mark).and_then(|rest| unhex(rest.strip_prefix('.')?));
        let Some(seen) = seen.filter(|_| read.bad.is_empty()) else {
            return Err(Refused::Moved(Box::new(self.preview_import(actor, kind, file).await?)));
        };
        match importer.write(read.rows, Write::Seen(&seen)).await {
            Ok(steps) => {
                self.look().await?;
                Ok(steps.0.iter().filter(|step| step.before != step.after).count())
            }
            Err(store::Error::Moved) => {
                Err(Refused::Moved(Box::new(self.preview_import(actor, kind, file).await?)))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn importer(&self, actor: &Actor) -> Importer {
        Importer {
            store: self.store.clone(),
            instruments: self.instruments.clone(),
            clock: self.clock.clone(),
            by: self.by(actor),
        }
    }

    async fn read_upload(
        &self,
        actor: &Actor,
        importer: &Importer,
        kind: Kind,
        file: Vec<u8>,
    ) -> Result<Read, Refused> {
        let units = self.units_for(actor, act(kind))?.into_iter().map(|unit| unit.key).collect();
        let scope = Scope::Part { units, top: self.is_at_the_top(actor) };
        let known = importer.known(kind, scope).await?;
        let mark = domain::audit::hex(&mark(kind, &file));
        // Aside, since a workbook takes a while; one that the reader cannot bear ends that task alone.
        let read =
            tokio::task::spawn_blocking(move || super::read(kind, Cursor::new(file), &known));
        let read = read.await.unwrap_or_else(|_| Err(bad(1, "-", What::new("workbook"))));
        let (rows, bad) = match read {
            Ok((rows, bad)) if rows.lines().len() > ROWS_MAX => {
                let line = rows.lines()[ROWS_MAX];
                let what = What::new("too-many").with("most", ROWS_MAX.to_string());
                (rows, [vec![super::bad::bad(line, "-", what)], bad].concat())
            }
            Ok(read) => read,
            Err(bad) => (Rows::Dossiers(vec![]), vec![bad]),
        };
        Ok(Read { rows, bad, mark })
    }
}

fn preview(lines: &[u64], fresh: &[bool], steps: Steps, file: &str) -> Preview {
    let mark = format!("{file}.{}", domain::audit::hex(&steps.seen()));
    let all = steps.0.len();
    let rows = lines.iter().zip(fresh).zip(steps.0);
    let changed = rows.filter(|(_, step)| step.before != step.after);
    let changes = changed.map(|((line, fresh), step)| {
        let mut columns = differences(step.before.as_deref(), step.after.as_deref());
        // The code that was made for the trial is not the one that will be.
        columns.retain(|one| !(*fresh && one.column == "code"));
        Change {
            line: *line,
            about: if *fresh { String::new() } else { step.about },
            known: step.before.is_some(),
            columns,
        }
    });
    let changes: Vec<Change> = changes.collect();
    Preview { unchanged: all - changes.len(), changes, bad: vec![], mark }
}

fn mark(kind: Kind, file: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(b"hailong import 1 ");
    hash.update(kind.name());
    hash.update([0]);
    hash.update(file);
    hash.finalize().to_vec()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let even = text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).ok();
    even.then(|| (0..text.len()).step_by(2).map(byte).collect()).flatten()
}

impl Rows {
    /// Which rows are points whose code is still to be made.
    fn fresh(&self) -> Vec<bool> {
        match self {
            Self::Points(rows) => rows.iter().map(|(_, point)| point.code.is_empty()).collect(),
            other => vec![false; other.lines().len()],
        }
    }
}
