//! The trail of changes: who did what and when, what was there before and after, each entry chained
//! to the one before it. It is written in the transaction of what it tells, and never changed.

use futures_util::TryStreamExt;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::QueryBuilder;

use super::{Error, Pool, Result, Store, on};

/// Who acts, and when; it goes with every change into the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// `command`, `service`, `key:ID` or `person:ID`.
    pub who: String,
    /// Unix milliseconds.
    pub at: i64,
}

impl By {
    /// Somebody at the command line of the machine.
    pub fn command(now: Timestamp) -> Self {
        Self { who: "command".to_owned(), at: now.as_millisecond() }
    }

    /// Who is signed in as this account.
    pub fn person(account: uuid::Uuid) -> String {
        format!("person:{account}")
    }

    /// A program with the API key of this id.
    pub fn key(id: uuid::Uuid) -> String {
        format!("key:{id}")
    }

    /// The running service by itself.
    pub fn service(now: Timestamp) -> Self {
        Self { who: "service".to_owned(), at: now.as_millisecond() }
    }
}

/// What happened to one thing. Before and after are JSON; neither holds a secret or an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Such as `unit.write`.
    pub act: &'static str,
    /// Code or id of what was changed.
    pub about: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Told {
    /// What was done to something known by its id.
    pub fn new(act: &'static str, id: uuid::Uuid, after: Option<serde_json::Value>) -> Self {
        let after = after.map(|after| after.to_string());
        Self { act, about: id.to_string(), before: None, after }
    }

    /// What became of something known by its id, and what it was before.
    pub(super) fn changed(
        act: &'static str,
        id: uuid::Uuid,
        before: serde_json::Value,
        after: Option<serde_json::Value>,
    ) -> Self {
        Self { before: Some(before.to_string()), ..Self::new(act, id, after) }
    }

    /// What was written, unless nothing is otherwise than before.
    pub(super) fn written(
        act: &'static str,
        about: &str,
        before: Option<String>,
        after: Option<String>,
    ) -> Option<Self> {
        (before != after).then(|| Self { act, about: about.to_owned(), before, after })
    }
}

/// An entry as kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    /// From one, without a gap.
    pub seq: i64,
    /// Unix milliseconds.
    pub at: i64,
    pub who: String,
    pub act: String,
    pub about: String,
    pub before: Option<String>,
    pub after: Option<String>,
    /// Hash of the entry before; 32 zeros for the first.
    pub previous: Vec<u8>,
    pub hash: Vec<u8>,
}

impl Entry {
    /// SHA-256 over all fields in their order, each with its length, so that no two entries read alike.
    pub fn computed_hash(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(b"hailong audit 1");
        hash.update(self.seq.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        for text in [&self.who, &self.act, &self.about] {
            field(&mut hash, Some(text.as_bytes()));
        }
        for text in [&self.before, &self.after] {
            field(&mut hash, text.as_deref().map(str::as_bytes));
        }
        field(&mut hash, Some(&self.previous));
        hash.finalize().to_vec()
    }
}

fn field(hash: &mut Sha256, bytes: Option<&[u8]>) {
    match bytes {
        None => hash.update([0]),
        Some(bytes) => {
            hash.update([1]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
    }
}

/// The entries that follow the head (number and hash).
pub(super) fn chain(by: &By, told: Vec<Told>, mut seq: i64, mut previous: Vec<u8>) -> Vec<Entry> {
    let entry = |told: Told| {
        seq += 1;
        let mut entry = Entry {
            seq,
            at: by.at,
            who: by.who.clone(),
            act: told.act.to_owned(),
            about: told.about,
            before: told.before,
            after: told.after,
            previous: std::mem::take(&mut previous),
            hash: vec![],
        };
        entry.hash = entry.computed_hash();
        previous.clone_from(&entry.hash);
        entry
    };
    told.into_iter().map(entry).collect()
}

/// Appends to the trail, as the last step of the transaction of what is told: taking the row of the
/// head makes appends follow one another on every server.
macro_rules! record {
    ($tx:expr, $by:expr, $told:expr) => {
        let told: Vec<$crate::store::audit::Told> = $told;
        if !told.is_empty() {
            let more = told.len() as i64;
            let (seq, hash): (i64, Vec<u8>) =
                sqlx::query_as("update audit_head set seq = seq + $1 returning seq, hash")
                    .bind(more)
                    .fetch_one(&mut *$tx)
                    .await?;
            let entries = $crate::store::audit::chain($by, told, seq - more, hash);
            for some in entries.chunks(100) {
                let mut query = sqlx::QueryBuilder::<Db>::new(
                    "insert into audit (seq, at, who, act, about, before, after, previous, hash) ",
                );
                query.push_values(some, |mut values, entry| {
                    values.push_bind(entry.seq).push_bind(entry.at).push_bind(entry.who.clone());
                    values.push_bind(entry.act.clone()).push_bind(entry.about.clone());
                    values.push_bind(entry.before.clone()).push_bind(entry.after.clone());
                    values.push_bind(entry.previous.clone()).push_bind(entry.hash.clone());
                });
                query.build().execute(&mut *$tx).await?;
            }
            sqlx::query("update audit_head set hash = $1")
                .bind(entries.last().map(|entry| entry.hash.clone()))
                .execute(&mut *$tx)
                .await?;
        }
    };
}
pub(super) use record;

/// Which entries are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Begins so: `unit`, or the whole `unit.write`.
    pub act: Option<String>,
    pub about: Option<String>,
    /// About one of these; of anything where there are none.
    pub among: Vec<String>,
    pub who: Option<String>,
    /// From this moment (Unix milliseconds) on, and before that one.
    pub from: Option<i64>,
    pub until: Option<i64>,
    /// Older than this entry.
    pub before: Option<i64>,
}

/// The columns of [`Entry`].
const ENTRIES: &str =
    "select seq, at, who, act, about, before, after, previous, hash from audit where true";

impl Store {
    /// Appends what changes no table, such as an export.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn tell(&self, by: &By, told: Told) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            record!(tx, by, vec![told]);
            tx.commit().await?;
        });
        Ok(())
    }

    /// Number and hash of the newest entry; zero and 32 zeros where there is none.
    pub async fn audit_head(&self) -> Result<(i64, Vec<u8>)> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_as("select seq, hash from audit_head").fetch_one(db).await?
        }))
    }

    /// The newest entries that the filter lets through, at most `limit`, the newest first.
    pub async fn audit_entries(&self, filter: &Filter, limit: i64) -> Result<Vec<Entry>> {
        Ok(on!(&self.pool, |db| {
            let mut query = QueryBuilder::<Db>::new(ENTRIES);
            if let Some(act) = &filter.act {
                query.push(" and (act = ").push_bind(act.clone());
                // Acts are words of the program: a wildcard in the filter finds nothing worse.
                query.push(" or act like ").push_bind(format!("{act}.%")).push(")");
            }
            if let Some(about) = &filter.about {
                query.push(" and about = ").push_bind(about.clone());
            }
            if !filter.among.is_empty() {
                query.push(" and about in (");
                let mut all = query.separated(", ");
                for about in &filter.among {
                    all.push_bind(about.clone());
                }
                query.push(")");
            }
            if let Some(who) = &filter.who {
                query.push(" and who = ").push_bind(who.clone());
            }
            if let Some(from) = filter.from {
                query.push(" and at >= ").push_bind(from);
            }
            if let Some(until) = filter.until {
                query.push(" and at < ").push_bind(until);
            }
            if let Some(before) = filter.before {
                query.push(" and seq < ").push_bind(before);
            }
            query.push(" order by seq desc limit ").push_bind(limit);
            query.build_query_as().fetch_all(db).await?
        }))
    }

    /// Reads the whole trail in its order, and then its head, as of one moment; in constant memory.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn each_entry(&self, mut visit: impl FnMut(Entry)) -> Result<(i64, Vec<u8>)> {
        Ok(on!(&self.pool, |db| {
            let mut tx = db.begin_with(SNAPSHOT).await?;
            let mut query = QueryBuilder::<Db>::new(ENTRIES);
            query.push(" order by seq");
            let mut rows = query.build_query_as::<Entry>().fetch(&mut *tx);
            while let Some(entry) = rows.try_next().await? {
                visit(entry);
            }
            drop(rows);
            sqlx::query_as("select seq, hash from audit_head").fetch_one(&mut *tx).await?
        }))
    }

    /// Gives a role of PostgreSQL what the service needs, and takes from it what would let it change
    /// the trail or a sealed report. To be run as the owner of the tables.
    ///
    /// # Errors
    /// On SQLite, where a file has no rights within; where there is no such role, or where one could
    /// change them all the same: as a superuser, as the owner, or by what others gave it.
    pub async fn protect_audit(&self, role: &str) -> Result<()> {
        let Pool::Postgres(db) = &self.pool else {
            return Err(Error::Conflict(
                "only PostgreSQL knows rights within a database".to_owned(),
            ));
        };
        let mut tx = db.begin().await?;
        let found: Option<(bool, bool)> =
            sqlx::query_as(POWER).bind(role).fetch_optional(&mut *tx).await?;
        match found {
            None => return Err(Error::Missing(format!("role {role}"))),
            Some((true, _)) => return Err(unprotected("a superuser may do everything")),
            Some((false, true)) => {
                return Err(unprotected(
                    "it owns the tables, or is a member of the role that does",
                ));
            }
            Some((false, false)) => {}
        }
        sqlx::query("select set_config('hailong.role', $1, true)")
            .bind(role)
            .execute(&mut *tx)
            .await?;
        sqlx::query(PROTECT).execute(&mut *tx).await?;
        if sqlx::query_scalar(STILL).bind(role).fetch_one(&mut *tx).await? {
            return Err(unprotected("it has rights to change them by way of another role"));
        }
        tx.commit().await?;
        Ok(())
    }
}

/// Nothing would be protected from such a role.
fn unprotected(why: &str) -> Error {
    Error::Conflict(format!("the role can change the trail all the same: {why}; name another role"))
}

/// Whether a role is a superuser, and whether it owns the trail.
const POWER: &str = "select r.rolsuper, pg_has_role(r.oid, c.relowner, 'member')
    from pg_roles r, pg_class c where r.rolname = $1 and c.oid = 'audit'::regclass";

/// Whether a role may still change or delete what is written once.
const STILL: &str =
    "select has_table_privilege($1::name, 'audit'::text, 'update, delete, truncate')
    or has_table_privilege($1::name, 'report'::text, 'update, delete, truncate')";

/// The name of a role cannot be a parameter, so it comes by a setting of the transaction.
const PROTECT: &str = "do $$
declare
  role text := current_setting('hailong.role');
begin
  execute format('grant usage on schema public to %I', role);
  execute format('grant select, insert, update, delete on all tables in schema public to %I', role);
  execute format('revoke all on audit, audit_head, report from %I', role);
  execute format('grant select, insert on audit, report to %I', role);
  execute format('grant select, update on audit_head to %I', role);
  execute format('revoke insert, update, delete on _sqlx_migrations from %I', role);
end
$$";
