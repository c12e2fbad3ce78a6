//! A long import: rows gather in a temporary table, where they lock nobody out, and become responses
//! with their counts in one short transaction. All or nothing, in bounded memory.

use domain::day;
use domain::instrument::Instruments;
use domain::response::Answers;
use futures_util::TryStreamExt;
use jiff::civil::Date;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::answers::ResponseRow;
use super::audit::{By, Told, record};
use super::counts::{Added, CountRow, MarginalRow, ROWS, instrument, write_counts};
use super::{Error, Store, StoredResponse, on};

/// A response on its way in, with the line of the file where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staged {
    pub line: i64,
    pub row: StoredResponse,
    pub comment: Option<String>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub stored: u64,
    /// Ids that were there before, with equal content.
    pub skipped: u64,
}

/// Why an import was refused; nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum Refused<E> {
    /// The source itself failed, or a row of it was bad.
    #[error(transparent)]
    Source(E),
    /// The id of this line was stored, or stands in the file, with other content.
    #[error("line {0}: the id is known with other content")]
    Differs(i64),
    #[error(transparent)]
    Store(#[from] Error),
}

impl<E> From<sqlx::Error> for Refused<E> {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

#[derive(sqlx::FromRow)]
struct Both {
    line: i64,
    #[sqlx(flatten)]
    row: ResponseRow,
}

const CREATE: &str = "create temporary table staged as
    select cast(0 as bigint) as line, r.id, r.point, r.unit, r.questionnaire, r.form, r.answers, r.stage,
           r.field, r.agency, r.channel, r.lang, r.day, r.seconds, r.quality, r.simulated,
           c.text as comment
    from response r left join comment c on c.response = r.id where 1 = 0";

const STAGED: &str = "select s.line, s.id, s.point, s.unit, s.questionnaire, s.form, s.answers,
    s.stage, s.field, s.agency, s.channel, s.lang, s.day, s.seconds, s.quality, s.simulated, s.comment
    from staged s";

/// Known ids that say something else, but for their answers.
const DIFFER: &str = "select s.line from staged s join response r on r.id = s.id
    left join comment c on c.response = r.id
    where r.point <> s.point or r.questionnaire <> s.questionnaire or r.day <> s.day
       or r.channel <> s.channel or r.simulated <> s.simulated or r.stage is distinct from s.stage
       or r.field is distinct from s.field or r.agency is distinct from s.agency
       or c.text is distinct from s.comment
    order by s.line limit 1";

/// Known ids whose packed answers differ, which may be for what was asked alone.
const ANSWERS: &str = "select s.line, s.questionnaire, r.answers, s.answers
    from staged s join response r on r.id = s.id where r.answers <> s.answers order by s.line";

const PUBLISH: &str = "insert into response (id, point, unit, questionnaire, form, answers, stage,
    field, agency, channel, lang, day, seconds, quality, simulated)
    select id, point, unit, questionnaire, form, answers, stage, field, agency, channel, lang, day,
    seconds, quality, simulated from staged where true order by id on conflict (id) do nothing";

impl Store {
    /// Imports all rows that `next` yields (`None` ends), or none of them.
    pub async fn import_responses<E>(
        &self,
        mut next: impl FnMut() -> std::result::Result<Option<Vec<Staged>>, E>,
        instruments: &Instruments,
        today: Date,
        by: &By,
    ) -> std::result::Result<Imported, Refused<E>> {
        let today = day::number(today);
        on!(&self.pool, |db| {
            let mut connection = db.acquire().await?;
            // The temporary table goes with its connection, whatever happens.
            connection.close_on_drop();
            sqlx::query(CREATE).execute(&mut *connection).await?;
            sqlx::query("create unique index staged_id on staged (id)")
                .execute(&mut *connection)
                .await?;
            let mut imported = Imported::default();
            while let Some(rows) = next().map_err(Refused::Source)? {
                for some in rows.chunks(ROWS) {
                    let mut query = QueryBuilder::<Db>::new(
                        "insert into staged (line, id, point, unit, questionnaire, form, answers, stage,
                            field, agency, channel, lang, day, seconds, quality, simulated, comment) ",
                    );
                    query.push_values(some, |mut values, Staged { line, row, comment }| {
                        values.push_bind(*line).push_bind(row.id).push_bind(row.point);
                        values.push_bind(row.unit).push_bind(row.questionnaire);
                        values.push_bind(row.form_number()).push_bind(row.answers.pack());
                        values.push_bind(row.stage_number()).push_bind(row.field.clone());
                        values.push_bind(row.agency.clone()).push_bind(row.channel_number());
                        values.push_bind(row.lang_number()).push_bind(row.day);
                        values.push_bind(row.seconds.map(i32::from)).push_bind(row.quality);
                        values.push_bind(row.simulated).push_bind(comment.clone());
                    });
                    query.push(" on conflict (id) do nothing returning id");
                    let new: Vec<(Uuid,)> =
                        query.build_query_as().fetch_all(&mut *connection).await?;
                    if new.len() == some.len() {
                        continue;
                    }
                    for staged in some {
                        let mut query = QueryBuilder::<Db>::new(STAGED);
                        query.push(" where s.id = ").push_bind(staged.row.id);
                        let first: Both =
                            query.build_query_as().fetch_one(&mut *connection).await?;
                        if first.line == staged.line {
                            continue;
                        }
                        if !same(first.row.understand(instruments)?, staged) {
                            return Err(Refused::Differs(staged.line));
                        }
                        imported.skipped += 1;
                    }
                }
            }
            loop {
                // What is stored already must say the same, and is not counted again.
                let differs: Option<i64> =
                    sqlx::query_scalar(DIFFER).fetch_optional(&mut *connection).await?;
                if let Some(line) = differs {
                    return Err(Refused::Differs(line));
                }
                let mut rows = sqlx::query_as(ANSWERS).fetch(&mut *connection);
                while let Some((line, questionnaire, stored, mine)) = rows.try_next().await? {
                    let _: (i64, i16, &Vec<u8>, &Vec<u8>) = (line, questionnaire, &stored, &mine);
                    let items = instrument(instruments, questionnaire)?.items();
                    let said = |packed: &[u8]| Answers::unpack(packed, items).map(|a| a.said());
                    if said(&stored) != said(&mine) {
                        return Err(Refused::Differs(line));
                    }
                }
                drop(rows);
                imported.skipped +=
                    sqlx::query("delete from staged where id in (select id from response)")
                        .execute(&mut *connection)
                        .await?
                        .rows_affected();
                let mut added = Added::default();
                let mut query = QueryBuilder::<Db>::new(STAGED);
                query.push(" order by s.line");
                let mut rows = query.build_query_as().fetch(&mut *connection);
                let mut new = 0;
                while let Some(Both { row, .. }) = rows.try_next().await? {
                    let (row, _) = row.understand(instruments)?;
                    added.add(
                        &row,
                        instrument(instruments, row.questionnaire)?,
                        instruments,
                        today,
                    );
                    new += 1;
                }
                drop(rows);
                if new == 0 {
                    return Ok(imported);
                }
                sqlx::query(BEGIN).execute(&mut *connection).await?;
                let change: i64 = sqlx::query_scalar(
                    "update change set number = number + 1 where kind = 'answers' returning number",
                )
                .fetch_one(&mut *connection)
                .await?;
                let published =
                    sqlx::query(PUBLISH).execute(&mut *connection).await?.rows_affected();
                if published != new {
                    // Somebody stored one of the ids in the meantime: look again.
                    sqlx::query("rollback").execute(&mut *connection).await?;
                    continue;
                }
                sqlx::query(
                    "insert into comment (response, text, unit, day)
                     select id, comment, unit, day from staged where comment is not null",
                )
                .execute(&mut *connection)
                .await?;
                write_counts!(connection, added, instruments, change);
                record!(connection, by, vec![imported_rows(new)]);
                sqlx::query("commit").execute(&mut *connection).await?;
                imported.stored = new;
                return Ok(imported);
            }
        })
    }
}

/// What the trail says of an import: how many, and of none of them what.
fn imported_rows(new: u64) -> Told {
    let after = Some(format!("{{\"responses\":{new}}}"));
    Told { act: "responses.import", about: "responses".to_owned(), before: None, after }
}

/// Equal in all that a file can say.
fn same((row, comment): (StoredResponse, Option<String>), staged: &Staged) -> bool {
    row.says_the_same(&staged.row)
        && comment == staged.comment
        && (row.day, row.channel, row.simulated)
            == (staged.row.day, staged.row.channel, staged.row.simulated)
}
