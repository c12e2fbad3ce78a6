//! All SQL, one file a table family, each text once for both databases.
//!
//! A method is a whole unit of work: no transaction crosses this seam. The store knows rows and the
//! plain values of the domain; it does not know who asks, nor why.

mod account;
mod answers;
mod audit;
mod code;
mod counts;
mod delivery;
mod display;
mod identity;
mod key;
mod leaving;
mod link;
mod organisation;
mod report;
mod session;
mod sign_in;
mod staging;
mod start;
mod steps;
mod target;
mod watch;

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use domain::instrument::{Instrument, Instruments};
use domain::questionnaire::{Questionnaire, Text};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

pub use account::{Account, NewAccount};
pub use answers::{Arrival, Entered, Outcome, StoredResponse};
pub use audit::{By, Entry, Filter, Told};
pub use counts::{CountKey, CountRow, MarginalKey, MarginalRow, Snapshot};
pub use delivery::{Delivery, Recipient};
pub use display::Display;
pub use identity::Known;
pub use key::{ApiKey, KeyRow, NewKey};
pub use leaving::Leaving;
pub use link::{Link, LinkUse, NewLink, Purpose};
pub use organisation::{NewPoint, NewUnit};
pub use report::{NewReport, SealedMonth, SealedReport};
pub use session::{FoundSession, NewSession, SessionRow};
pub use sign_in::{Credentials, SignIn};
pub use staging::{Imported, Refused, Staged};
pub use start::FirstSteps;
pub use steps::{Step, Steps, Write};
pub use watch::Watcher;

/// Which database lies behind the store.
#[derive(Clone, Debug)]
pub(crate) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Runs one body against whichever database is behind the pool. Within it `Db` is its type, `BEGIN`
/// begins a transaction that will write, and `SNAPSHOT` one that reads a single moment.
macro_rules! on {
    ($pool:expr, |$db:ident| $body:expr) => {
        match $pool {
            crate::store::Pool::Sqlite($db) => {
                #[allow(dead_code)]
                type Db = sqlx::Sqlite;
                #[allow(dead_code)]
                const BEGIN: &str = "begin immediate";
                #[allow(dead_code)]
                const SNAPSHOT: &str = "begin";
                $body
            }
            crate::store::Pool::Postgres($db) => {
                #[allow(dead_code)]
                type Db = sqlx::Postgres;
                #[allow(dead_code)]
                const BEGIN: &str = "begin";
                #[allow(dead_code)]
                const SNAPSHOT: &str = "begin isolation level repeatable read read only";
                $body
            }
        }
    };
}
pub(crate) use on;

/// Adds one to the number of a kind of change, within a transaction that writes such a change: first of
/// all, so that such transactions follow one another on every server.
macro_rules! changes {
    ($kind:literal, $tx:expr) => {
        sqlx::query(concat!("update change set number = number + 1 where kind = '", $kind, "'"))
            .execute(&mut *$tx)
            .await?
    };
}
pub(crate) use changes;

/// What can go wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} does not exist")]
    Missing(String),
    #[error("{0}")]
    Conflict(String),
    #[error("the organisation was changed in the meantime")]
    Stale,
    #[error("what was to be replaced has changed since it was looked at")]
    Moved,
    #[error("a stored row cannot be read: {0}")]
    Corrupt(String),
    #[error("the database did not answer")]
    Database(#[from] sqlx::Error),
    #[error("the database could not be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl Error {
    /// Something is wrong with a row, not with the database.
    pub fn is_about_a_row(&self) -> bool {
        let Self::Database(sqlx::Error::Database(error)) = self else { return false };
        let data = error.code().is_some_and(|code| code.len() == 5 && code.starts_with("22"));
        data || error.kind() != sqlx::error::ErrorKind::Other
    }
}

/// The result of store methods.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What changed: each kind has a number of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changes {
    pub answers: i64,
    pub organisation: i64,
    /// People, keys and sessions.
    pub people: i64,
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    pool: Pool,
}

impl Store {
    /// Opens the database of the URL, creates it where it is missing, and migrates it.
    pub async fn open(url: &str) -> Result<Self> {
        let pool = match url.starts_with("sqlite:") {
            true => Pool::Sqlite(open_sqlite(url).await?),
            false => Pool::Postgres(open_postgres(url).await?),
        };
        match &pool {
            Pool::Sqlite(db) => sqlx::migrate!("../migrations/sqlite").run(db).await?,
            Pool::Postgres(db) => migrate_postgres(db).await?,
        }
        Ok(Self { pool })
    }

    /// Lets go of all connections.
    pub async fn close(&self) {
        on!(&self.pool, |db| db.close().await)
    }

    /// `sqlite` or `postgres`.
    pub fn engine(&self) -> &'static str {
        match self.pool {
            Pool::Sqlite(_) => "sqlite",
            Pool::Postgres(_) => "postgres",
        }
    }

    /// The numbers of the last changes.
    pub async fn changes(&self) -> Result<Changes> {
        let rows: Vec<(String, i64)> = on!(&self.pool, |db| {
            sqlx::query_as("select kind, number from change").fetch_all(db).await?
        });
        let number = |kind| rows.iter().find(|row| row.0 == kind).map_or(0, |row| row.1);
        Ok(Changes {
            answers: number("answers"),
            organisation: number("organisation"),
            people: number("people"),
        })
    }

    /// Makes the questionnaires known to the database and returns them under its numbers. A version
    /// that is already known with another official wording is refused: answers were given to the old
    /// one.
    pub async fn sync_questionnaires(
        &self,
        all: Vec<Questionnaire>,
        fields: Vec<Text>,
    ) -> Result<Instruments> {
        let mut instruments = vec![];
        for questionnaire in all {
            let key = self.sync_questionnaire(&questionnaire).await?;
            instruments.push(Instrument::new(key, questionnaire));
        }
        Ok(Instruments::new(instruments, fields))
    }

    async fn sync_questionnaire(&self, questionnaire: &Questionnaire) -> Result<i16> {
        let spec = &questionnaire.official();
        let (key, stored): (i16, String) = on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            sqlx::query(
                "insert into questionnaire (key, code, rule, legal, spec)
                 select coalesce(max(key), 0) + 1, $1, $2, $3, $4 from questionnaire
                 where true on conflict (code) do nothing",
            )
            .bind(&questionnaire.code)
            .bind(questionnaire.rule.name())
            .bind(&questionnaire.legal)
            .bind(spec)
            .execute(&mut *tx)
            .await?;
            let row = sqlx::query_as("select key, spec from questionnaire where code = $1")
                .bind(&questionnaire.code)
                .fetch_one(&mut *tx)
                .await?;
            tx.commit().await?;
            row
        });
        if stored != *spec {
            let code = &questionnaire.code;
            return Err(Error::Conflict(format!(
                "the wording of questionnaire {code} differs from the one in the database; a changed wording needs a new code"
            )));
        }
        Ok(key)
    }

    /// What the database says of itself under a name.
    pub async fn about(&self, name: &str) -> Result<Option<String>> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_scalar("select value from about where name = $1")
                .bind(name)
                .fetch_optional(db)
                .await?
        }))
    }

    /// Writes down what the database is.
    pub async fn set_about(&self, name: &str, value: &str) -> Result<()> {
        on!(&self.pool, |db| {
            sqlx::query(
                "insert into about (name, value) values ($1, $2)
                 on conflict (name) do update set value = excluded.value",
            )
            .bind(name)
            .bind(value)
            .execute(db)
            .await?;
        });
        Ok(())
    }

    /// Makes all that was written durable in the main file (SQLite keeps a journal beside it).
    pub async fn settle(&self) -> Result<()> {
        if let Pool::Sqlite(db) = &self.pool {
            sqlx::query("pragma wal_checkpoint(truncate)").execute(db).await?;
        }
        Ok(())
    }
}

/// Migrates where something is missing. A service that may not change tables asks for nothing.
async fn migrate_postgres(db: &PgPool) -> Result<()> {
    let all = sqlx::migrate!("../migrations/postgres");
    let known: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(db)
        .await?;
    if known {
        let applied: Vec<(i64, Vec<u8>)> =
            sqlx::query_as("select version, checksum from _sqlx_migrations where success")
                .fetch_all(db)
                .await?;
        let applied: std::collections::HashMap<_, _> = applied.into_iter().collect();
        if all.iter().all(|one| applied.get(&one.version).is_some_and(|sum| *sum == *one.checksum))
            && applied.len() == all.iter().count()
        {
            return Ok(());
        }
    }
    Ok(all.run(db).await?)
}

async fn open_sqlite(url: &str) -> Result<SqlitePool> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(30))
        .statement_cache_capacity(512)
        .foreign_keys(true);
    if let Some(folder) = options.get_filename().parent().filter(|f| *f != Path::new("")) {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
    }
    Ok(SqlitePoolOptions::new()
        .max_connections(8)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options)
        .await?)
}

async fn open_postgres(url: &str) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(url)?
        .application_name("hailong")
        .statement_cache_capacity(512)
        .options([("synchronous_commit", "on")]);
    Ok(PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options)
        .await?)
}
