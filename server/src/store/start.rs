//! What the database holds to begin with.

use std::collections::BTreeSet;

use domain::unit::Key;

use super::{Result, Store, on};

/// Units of which something was entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstSteps {
    pub dossiers: BTreeSet<Key>,
    pub targets: BTreeSet<Key>,
    /// Units whose reports somebody is sent.
    pub recipients: BTreeSet<Key>,
}

impl Store {
    /// Units with numbers of dossiers, with targets, and with recipients of reports.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn entered(&self) -> Result<FirstSteps> {
        let (dossiers, targets, recipients): (Vec<Key>, Vec<Key>, Vec<Key>) =
            on!(&self.pool, |db| {
                (
                    sqlx::query_scalar("select distinct unit from dossiers").fetch_all(db).await?,
                    sqlx::query_scalar("select distinct unit from target").fetch_all(db).await?,
                    sqlx::query_scalar(
                        "select distinct unit from recipient where removed_at is null",
                    )
                    .fetch_all(db)
                    .await?,
                )
            });
        let set = |keys: Vec<Key>| keys.into_iter().collect();
        Ok(FirstSteps {
            dossiers: set(dossiers),
            targets: set(targets),
            recipients: set(recipients),
        })
    }
}
