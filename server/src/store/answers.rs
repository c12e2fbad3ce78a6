//! Responses: the batch of the one writer, and single look-ups.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::day;
use domain::form::Form;
use domain::instrument::Instruments;
use domain::questionnaire::Lang;
use domain::response::{Answers, Response, Stage};
use domain::unit::{Channel, Key};
use futures_util::TryStreamExt;
use jiff::civil::Date;
use serde_json::json;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::audit::{By, Told, record};
use super::counts::{
    Added, CountKey, CountRow, MarginalKey, MarginalRow, ROWS, instrument, write_counts,
};
use super::{Error, Result, Store, on};

/// A valid response with its place and day, as it goes to the writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub response: Response,
    pub point: Key,
    pub unit: Key,
    pub channel: Channel,
    pub day: Date,
    pub simulated: bool,
    /// By whom, where an official has entered it.
    pub entered: Option<Entered>,
}

/// Who enters an answer that was given on paper or by phone, and at which point, by its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    pub by: By,
    pub point: String,
}

/// A response as it is kept, without its comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    pub id: Uuid,
    pub point: Key,
    pub unit: Key,
    pub questionnaire: i16,
    pub form: Option<Form>,
    pub answers: Answers,
    pub stage: Option<Stage>,
    pub field: Option<String>,
    pub agency: Option<String>,
    pub channel: Channel,
    pub lang: Lang,
    pub day: i32,
    pub seconds: Option<u16>,
    /// 0 is sound; other values are kept for findings about integrity.
    pub quality: i16,
    pub simulated: bool,
}

/// What became of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Committed now.
    Stored,
    /// The id was there before, on that day; the first response stands.
    Repeated {
        day: Date,
        /// Where the first was given.
        point: Key,
        /// The repeat said the same as the first.
        same: bool,
    },
}

/// The columns of a response and its comment; also the order of [`ResponseRow`].
pub(super) const RESPONSES: &str =
    "select r.id, r.point, r.unit, r.questionnaire, r.form, r.answers, r.stage, r.field, r.agency,
            r.channel, r.lang, r.day, r.seconds, r.quality, r.simulated, c.text as comment
     from response r left join comment c on c.response = r.id";

/// A row of the table, not yet understood.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ResponseRow {
    pub(super) id: Uuid,
    pub(super) point: i32,
    pub(super) unit: i32,
    pub(super) questionnaire: i16,
    pub(super) form: Option<i16>,
    pub(super) answers: Vec<u8>,
    pub(super) stage: Option<i16>,
    pub(super) field: Option<String>,
    pub(super) agency: Option<String>,
    pub(super) channel: i16,
    pub(super) lang: i16,
    pub(super) day: i32,
    pub(super) seconds: Option<i32>,
    pub(super) quality: i16,
    pub(super) simulated: bool,
    pub(super) comment: Option<String>,
}

impl ResponseRow {
    /// The response and its comment.
    pub fn understand(self, instruments: &Instruments) -> Result<(StoredResponse, Option<String>)> {
        let corrupt = |what: &str| Error::Corrupt(format!("response {}: {what}", self.id));
        let instrument = instrument(instruments, self.questionnaire)?;
        let response = StoredResponse {
            id: self.id,
            point: self.point,
            unit: self.unit,
            questionnaire: self.questionnaire,
            form: self.form.map(|number| Form::from_number(number as u16)),
            answers: Answers::unpack(&self.answers, instrument.items())
                .ok_or_else(|| corrupt("answers"))?,
            stage: match self.stage {
                Some(n) => Some(*Stage::ALL.get(n as usize).ok_or_else(|| corrupt("stage"))?),
                None => None,
            },
            field: self.field.clone(),
            agency: self.agency.clone(),
            channel: *Channel::ALL.get(self.channel as usize).ok_or_else(|| corrupt("channel"))?,
            lang: if self.lang == 0 { Lang::Vi } else { Lang::En },
            day: self.day,
            seconds: self.seconds.map(|seconds| seconds as u16),
            quality: self.quality,
            simulated: self.simulated,
        };
        Ok((response, self.comment))
    }
}

impl Arrival {
    /// The row that it becomes.
    pub fn stored(&self) -> StoredResponse {
        let response = &self.response;
        StoredResponse {
            id: response.id,
            point: self.point,
            unit: self.unit,
            questionnaire: response.instrument.key,
            form: response.form,
            answers: response.answers.clone(),
            stage: response.stage,
            field: response.field.clone(),
            agency: response.agency.clone(),
            channel: self.channel,
            lang: response.lang,
            day: day::number(self.day),
            seconds: response.seconds,
            quality: 0,
            simulated: self.simulated,
        }
    }
}

impl StoredResponse {
    /// The row of counts that it goes into.
    pub fn count_key(&self) -> CountKey {
        CountKey {
            day: self.day,
            point: self.point,
            unit: self.unit,
            questionnaire: self.questionnaire,
            channel: position(&Channel::ALL, self.channel),
            quality: self.quality,
            simulated: self.simulated,
        }
    }

    /// The marginal rows that it goes into: one by stage, one by field.
    pub fn marginal_keys(&self, instruments: &Instruments) -> [MarginalKey; 2] {
        let key = |dimension: &str, value: &str| MarginalKey {
            month: day::month_number(day::from_number(self.day)),
            unit: self.unit,
            questionnaire: self.questionnaire,
            dimension: dimension.to_owned(),
            value: value.to_owned(),
            quality: self.quality,
            simulated: self.simulated,
        };
        let field = self.field.as_deref().map_or("", |field| instruments.listed_field(field));
        [key("stage", self.stage.map_or("", Stage::name)), key("field", field)]
    }

    /// Says the same as another one at the same point, whenever and in whatever language of the page.
    pub fn says_the_same(&self, other: &Self) -> bool {
        (self.point, self.questionnaire, self.stage)
            == (other.point, other.questionnaire, other.stage)
            && (&self.field, &self.agency) == (&other.field, &other.agency)
            && self.answers.said() == other.answers.said()
    }

    pub(super) fn form_number(&self) -> Option<i16> {
        self.form.map(|form| form.number() as i16)
    }

    pub(super) fn stage_number(&self) -> Option<i16> {
        self.stage.map(|stage| position(&Stage::ALL, stage))
    }

    pub(super) fn channel_number(&self) -> i16 {
        position(&Channel::ALL, self.channel)
    }

    pub(super) fn lang_number(&self) -> i16 {
        i16::from(self.lang == Lang::En)
    }
}

pub(super) fn position<T: PartialEq>(all: &[T], one: T) -> i16 {
    all.iter().position(|other| *other == one).unwrap_or_default() as i16
}

/// What the trail says of the answers that officials have entered: how many, at which point, on which
/// day and by which channel. Neither an answer nor its id stands there.
fn entries<'a>(batch: &'a [Arrival], new: &[usize]) -> Vec<(&'a By, Told)> {
    let mut acts: BTreeMap<_, (&By, u64)> = BTreeMap::new();
    for arrival in new.iter().map(|&at| &batch[at]) {
        let Some(Entered { by, point }) = &arrival.entered else { continue };
        let act = (&by.who, point, arrival.day, arrival.channel.name());
        acts.entry(act).or_insert((by, 0)).1 += 1;
    }
    let told = acts.into_iter().map(|((_, point, day, channel), (by, answers))| {
        let after = json!({"answers": answers, "day": day, "channel": channel}).to_string();
        let (act, about) = ("responses.enter", point.clone());
        (by, Told { act, about, before: None, after: Some(after) })
    });
    told.collect()
}

impl Store {
    /// Commits a batch with its counts in one transaction; what comes back is durable.
    ///
    /// `today` is the day that still runs. Returns the number of the change and, in the order of the
    /// batch, what became of each arrival; ids that repeat within the batch are repeats as well.
    pub async fn insert_responses(
        &self,
        batch: &[Arrival],
        instruments: &Instruments,
        today: Date,
    ) -> Result<(i64, Vec<Outcome>)> {
        let rows: Vec<StoredResponse> = batch.iter().map(Arrival::stored).collect();
        let mut first: HashMap<Uuid, usize> = HashMap::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            first.entry(row.id).or_insert(at);
        }
        let mut unique: Vec<usize> = first.values().copied().collect();
        unique.sort_unstable_by_key(|&at| rows[at].id);
        let today = day::number(today);
        let (change, before) = on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            let change: i64 = sqlx::query_scalar(
                "update change set number = number + 1 where kind = 'answers' returning number",
            )
            .fetch_one(&mut *tx)
            .await?;
            let mut inserted: Vec<(Uuid,)> = Vec::with_capacity(rows.len());
            for some in unique.chunks(ROWS) {
                let mut query = QueryBuilder::<Db>::new(
                    "insert into response (id, point, unit, questionnaire, form, answers, stage, field,
                                           agency, channel, lang, day, seconds, quality, simulated) ",
                );
                query.push_values(some, |mut values, &at| {
                    let row = &rows[at];
                    values.push_bind(row.id).push_bind(row.point).push_bind(row.unit);
                    values.push_bind(row.questionnaire).push_bind(row.form_number());
                    values.push_bind(row.answers.pack()).push_bind(row.stage_number());
                    values.push_bind(row.field.clone()).push_bind(row.agency.clone());
                    values.push_bind(row.channel_number()).push_bind(row.lang_number());
                    values.push_bind(row.day).push_bind(row.seconds.map(i32::from));
                    values.push_bind(row.quality).push_bind(row.simulated);
                });
                query.push(" on conflict (id) do nothing returning id");
                inserted.extend(query.build_query_as::<(Uuid,)>().fetch_all(&mut *tx).await?);
            }
            let mut new: Vec<usize> = inserted.iter().map(|(id,)| first[id]).collect();
            new.sort_unstable();
            let mut added = Added::default();
            for &at in &new {
                added.add(&rows[at], &batch[at].response.instrument, instruments, today);
            }
            write_counts!(tx, added, instruments, change);
            let comments = new.iter().filter_map(|&at| {
                batch[at].response.comment.as_ref().map(|comment| (&rows[at], comment))
            });
            let comments: Vec<(&StoredResponse, &String)> = comments.collect();
            for some in comments.chunks(ROWS) {
                let mut query =
                    QueryBuilder::<Db>::new("insert into comment (response, text, unit, day) ");
                query.push_values(some, |mut values, (row, text)| {
                    values.push_bind(row.id).push_bind((*text).clone());
                    values.push_bind(row.unit).push_bind(row.day);
                });
                query.build().execute(&mut *tx).await?;
            }
            for (by, told) in entries(batch, &new) {
                record!(tx, by, vec![told]);
            }
            let mut before: Vec<ResponseRow> = vec![];
            for &at in unique.iter().filter(|at| new.binary_search(at).is_err()) {
                let mut query = QueryBuilder::<Db>::new(RESPONSES);
                query.push(" where r.id = ").push_bind(rows[at].id);
                before.push(query.build_query_as().fetch_one(&mut *tx).await?);
            }
            tx.commit().await?;
            (change, before)
        });
        let mut known = HashMap::with_capacity(before.len());
        for row in before {
            let (row, comment) = row.understand(instruments)?;
            known.insert(row.id, (row, comment));
        }
        let outcome = |(at, row): (usize, &StoredResponse)| {
            let earlier = match known.get(&row.id) {
                Some((stored, comment)) => (stored, comment),
                None if first[&row.id] == at => return Outcome::Stored,
                None => (&rows[first[&row.id]], &batch[first[&row.id]].response.comment),
            };
            Outcome::Repeated {
                day: day::from_number(earlier.0.day),
                point: earlier.0.point,
                same: row.says_the_same(earlier.0) && batch[at].response.comment == *earlier.1,
            }
        };
        Ok((change, rows.iter().enumerate().map(outcome).collect()))
    }

    /// Reads form and packed answers of the sound responses of some units and days, both inclusive, to
    /// one questionnaire, in constant memory; in no order.
    pub async fn each_answers(
        &self,
        (from, to): (Date, Date),
        questionnaire: i16,
        units: &BTreeSet<Key>,
        mut visit: impl FnMut(Option<Form>, &[u8]),
    ) -> Result<()> {
        on!(&self.pool, |db| {
            let mut query = QueryBuilder::<Db>::new(
                "select form, answers from response where quality = 0 and questionnaire = ",
            );
            query.push_bind(questionnaire).push(" and day between ").push_bind(day::number(from));
            query.push(" and ").push_bind(day::number(to)).push(" and unit in (");
            let mut list = query.separated(", ");
            for unit in units {
                list.push_bind(*unit);
            }
            query.push(")");
            let mut rows = query.build_query_as::<(Option<i16>, Vec<u8>)>().fetch(db);
            while let Some((form, answers)) = rows.try_next().await? {
                visit(form.map(|number| Form::from_number(number as u16)), &answers);
            }
        });
        Ok(())
    }

    /// The number of responses that are stored.
    pub async fn count_responses(&self) -> Result<i64> {
        Ok(on!(&self.pool, |db| {
            sqlx::query_scalar("select count(*) from response").fetch_one(db).await?
        }))
    }
}
