//! The stream of responses that leave in a file.

use domain::day;
use domain::response::Stage;
use domain::unit::{Channel, Key};
use futures_util::TryStreamExt;
use jiff::civil::Date;
use sqlx::{QueryBuilder, Row};
use uuid::Uuid;

use super::{Error, Result, Store, on};

/// A response and its comment, as the row that was read keeps them.
#[derive(Clone, Copy, Debug)]
pub struct Leaving<'r> {
    pub id: Uuid,
    pub point: Key,
    pub day: i32,
    pub questionnaire: i16,
    /// Packed: see [`domain::response::Answers::unpack`].
    pub answers: &'r [u8],
    pub stage: Option<Stage>,
    pub field: Option<&'r str>,
    pub channel: Channel,
    pub agency: Option<&'r str>,
    pub simulated: bool,
    pub comment: Option<&'r str>,
}

/// Read by their places: a name is looked for in each row anew.
const LEAVING: &str =
    "select r.id, r.point, r.day, r.questionnaire, r.answers, r.stage, r.field, r.channel,
            r.agency, r.simulated, c.text
     from response r left join comment c on c.response = r.id where r.day between ";

impl Store {
    /// Reads all responses of the days from `from` to `to`, both inclusive, in constant memory.
    pub async fn each_leaving<E: From<Error>>(
        &self,
        from: Date,
        to: Date,
        mut visit: impl FnMut(Leaving<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        on!(&self.pool, |db| {
            let mut query = QueryBuilder::<Db>::new(LEAVING);
            query.push_bind(day::number(from)).push(" and ").push_bind(day::number(to));
            // The order of a random id says nothing; that of the table would be that of arrival.
            query.push(" order by r.id");
            let mut rows = query.build().fetch(db);
            while let Some(row) = rows.try_next().await.map_err(Error::from)? {
                let read = || -> Result<Leaving<'_>> {
                    let id = row.try_get(0)?;
                    Ok(Leaving {
                        id,
                        point: row.try_get(1)?,
                        day: row.try_get(2)?,
                        questionnaire: row.try_get(3)?,
                        answers: row.try_get(4)?,
                        stage: match row.try_get(5)? {
                            Some(number) => Some(one_of(&Stage::ALL, number, id)?),
                            None => None,
                        },
                        field: row.try_get(6)?,
                        channel: one_of(&Channel::ALL, row.try_get(7)?, id)?,
                        agency: row.try_get(8)?,
                        simulated: row.try_get(9)?,
                        comment: row.try_get(10)?,
                    })
                };
                visit(read()?)?;
            }
        });
        Ok(())
    }
}

fn one_of<T: Copy>(all: &[T], number: i16, id: Uuid) -> Result<T> {
    let known = all.get(usize::try_from(number).unwrap_or(usize::MAX)).copied();
    known.ok_or_else(|| Error::Corrupt(format!("response {id}: {number} is not known")))
}
