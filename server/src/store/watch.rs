//! Word that something was changed, by whichever process.

use std::time::Duration;

use futures_util::FutureExt;
use sqlx::Connection;
use sqlx::postgres::PgListener;
use sqlx::sqlite::SqliteConnection;

use super::{Pool, Result, Store};

/// What servers on one PostgreSQL call each other on; a trigger of the table `change` does.
const CHANNEL: &str = "hailong_change";
/// How often SQLite is asked, which costs a look at memory that its processes share.
const LOOK: Duration = Duration::from_millis(150);

/// A connection of its own that hears of changes.
#[derive(Debug)]
pub enum Watcher {
    Sqlite { connection: SqliteConnection, version: i64 },
    Postgres(PgListener),
}

impl Store {
    /// Begins to listen.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn watcher(&self) -> Result<Watcher> {
        Ok(match &self.pool {
            Pool::Sqlite(db) => {
                let mut connection = SqliteConnection::connect_with(&db.connect_options()).await?;
                let version = data_version(&mut connection).await?;
                Watcher::Sqlite { connection, version }
            }
            Pool::Postgres(db) => {
                let mut listener = PgListener::connect_with(db).await?;
                listener.listen(CHANNEL).await?;
                Watcher::Postgres(listener)
            }
        })
    }
}

impl Watcher {
    /// Returns when something may have been changed: once for however much it was, and also where word
    /// of it may have been missed.
    ///
    /// # Errors
    /// Where the connection is lost and does not come back; another watcher is needed then.
    pub async fn changed(&mut self) -> Result<()> {
        match self {
            Self::Sqlite { connection, version } => loop {
                let now = data_version(connection).await?;
                if std::mem::replace(version, now) != now {
                    return Ok(());
                }
                tokio::time::sleep(LOOK).await;
            },
            Self::Postgres(listener) => {
                listener.try_recv().await?;
                // What has piled up says the same.
                while let Some(more) = listener.try_recv().now_or_never() {
                    more?;
                }
                Ok(())
            }
        }
    }
}

/// Another number whenever another connection has committed something.
async fn data_version(connection: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("pragma data_version").fetch_one(connection).await?)
}
