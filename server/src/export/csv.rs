//! CSV and JSON lines, with the columns of the import, so that what goes out can come back.

use std::io::{self, Write};

use domain::day;
use domain::instrument::{Instrument, Instruments};
use domain::questionnaire::Lang;
use domain::report::Edition;
use domain::response::{Answer, Answers};
use domain::unit::{Key, Organisation};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::json;

use super::tables::{Value, tables};
use crate::service::import::{Kind, guarded};
use crate::store::{self, Leaving, Store};

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("không ghi được: {0}")]
    Write(#[from] io::Error),
    #[error("không ghi được: {0}")]
    Csv(#[from] ::csv::Error),
}

/// How responses are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Jsonl,
}

/// Writes units, points, dossiers or targets; returns the number of rows. Responses are not a table:
/// see [`responses`].
pub async fn table(store: &Store, kind: Kind, out: impl Write) -> Result<u64, Error> {
    write(&rows(store, kind, |_| true).await?, out)
}

/// The rows of a table of those units whose code is wanted, under the names of its columns.
pub async fn rows(
    store: &Store,
    kind: Kind,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Vec<String>>, Error> {
    let (_, organisation) = store.organisation().await?;
    Ok(match kind {
        Kind::Units => units(&organisation, wanted),
        Kind::Points => points(&organisation, wanted),
        Kind::Dossiers => dossiers(store, wanted).await?,
        Kind::Targets => targets(store, wanted).await?,
        Kind::Responses => vec![],
    })
}

/// Writes rows, the first with the names of the columns; returns their number without it.
pub fn write(rows: &[Vec<String>], out: impl Write) -> Result<u64, Error> {
    let mut writer = ::csv::Writer::from_writer(out);
    for row in rows {
        writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
    }
    writer.flush()?;
    Ok((rows.len() as u64).saturating_sub(1))
}

fn header(columns: &str) -> Vec<String> {
    columns.split(',').map(str::to_owned).collect()
}

fn date(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn units(organisation: &Organisation, wanted: impl Fn(&str) -> bool) -> Vec<Vec<String>> {
    let code = |key: Key| organisation.unit_by_key(key).map_or("", |unit| &unit.code).to_owned();
    let mut rows = vec![header("code,parent,kind,name,valid_from,valid_to,predecessors,public")];
    rows.extend(organisation.units().filter(|unit| wanted(&unit.code)).map(|unit| {
        vec![
            unit.code.clone(),
            unit.parent.map(code).unwrap_or_default(),
            unit.kind.name().to_owned(),
            unit.name.clone(),
            date(unit.valid_from),
            date(unit.valid_to),
            unit.predecessors.iter().map(|key| code(*key)).collect::<Vec<_>>().join("|"),
            unit.public.to_string(),
        ]
    }));
    rows
}

fn points(organisation: &Organisation, wanted: impl Fn(&str) -> bool) -> Vec<Vec<String>> {
    let unit = |key| organisation.unit_by_key(key).map_or("", |unit| &unit.code).to_owned();
    let mut rows = vec![header("code,unit,name,channel,open_from,open_to")];
    let points = organisation.points().filter(|point| wanted(&unit(point.unit)));
    rows.extend(points.map(|point| {
        vec![
            point.code.clone(),
            unit(point.unit),
            point.name.clone(),
            point.channel.name().to_owned(),
            date(point.open_from),
            date(point.open_to),
        ]
    }));
    rows
}

async fn dossiers(store: &Store, wanted: impl Fn(&str) -> bool) -> Result<Vec<Vec<String>>, Error> {
    let mut rows = vec![header("unit,month,handled")];
    let all = store.dossiers().await?.into_iter().filter(|row| wanted(&row.unit));
    rows.extend(all.map(|row| {
        let month = format!("{:04}-{:02}", row.month.year(), row.month.month());
        vec![row.unit, month, row.handled.to_string()]
    }));
    Ok(rows)
}

/// The columns of the contract; those of the plan's text only where a plan has some.
async fn targets(store: &Store, wanted: impl Fn(&str) -> bool) -> Result<Vec<Vec<String>>, Error> {
    let mut all = store.targets().await?;
    all.retain(|row| wanted(&row.unit));
    let mut columns = header(
        "unit,year,index,code,name,max,baseline,baseline_rank,rank_of,target,actual,actual_date,source",
    );
    let goals = all.iter().any(|row| row.goal.is_some() || row.goal_text.is_some());
    if goals {
        columns.extend(header("goal,goal_text"));
    }
    let mut rows = vec![columns];
    let number = |number: Option<Decimal>| number.map(|n| n.to_string()).unwrap_or_default();
    let whole = |number: Option<i16>| number.map(|n| n.to_string()).unwrap_or_default();
    rows.extend(all.into_iter().map(|row| {
        let mut cells = vec![
            row.unit,
            row.year.to_string(),
            row.index.name().to_owned(),
            row.code,
            row.name,
            number(row.max),
            number(row.baseline),
            whole(row.baseline_rank),
            whole(row.rank_of),
            number(row.target),
            number(row.actual),
            date(row.actual_date),
            row.source.unwrap_or_default(),
        ];
        if goals {
            cells.extend([number(row.goal), row.goal_text.unwrap_or_default()]);
        }
        cells
    }));
    Ok(rows)
}

/// Streams the responses of the days from `from` to `to`, both inclusive; returns their number.
pub async fn responses(
    store: &Store,
    instruments: &Instruments,
    (from, to): (Date, Date),
    format: Format,
    out: impl Write,
) -> Result<u64, Error> {
    let (_, organisation) = store.organisation().await?;
    let mut codes: Vec<&str> = vec![];
    for item in instruments.iter().rev().flat_map(|i| i.questionnaire.items()) {
        if !codes.contains(&item.code.as_str()) {
            codes.push(&item.code);
        }
    }
    codes.sort_by_key(|code| {
        (!code.starts_with('P'), code.as_bytes()[0], code[1..].parse().unwrap_or(0))
    });
    let mut rows = 0;
    let mut page = Page { organisation: &organisation, instruments, answers: Answers::default() };
    match format {
        Format::Csv => {
            let mut writer = ::csv::Writer::from_writer(out);
            let first = "id,point,answered_at,questionnaire,stage,field,channel,comment";
            writer.write_record(
                first.split(',').chain(codes.iter().copied()).chain(["agency", "simulated"]),
            )?;
            let sheets: Vec<Sheet> = instruments.iter().map(|i| Sheet::new(i, &codes)).collect();
            let visit = |row: Leaving<'_>| {
                rows += 1;
                page.write(&mut writer, &row, &sheets)
            };
            store.each_leaving(from, to, visit).await?;
            writer.flush()?;
        }
        Format::Jsonl => {
            let mut out = io::BufWriter::new(out);
            let visit = |row: Leaving<'_>| {
                rows += 1;
                writeln!(out, "{}", page.line(&row)?).map_err(Error::from)
            };
            store.each_leaving(from, to, visit).await?;
            out.flush()?;
        }
    }
    Ok(rows)
}

/// Where the answers of a questionnaire version stand, item column by item column.
struct Sheet {
    key: i16,
    positions: Vec<Option<usize>>,
}

impl Sheet {
    fn new(instrument: &Instrument, codes: &[&str]) -> Self {
        let position = |code: &&str| instrument.questionnaire.position(code);
        Self { key: instrument.key, positions: codes.iter().map(position).collect() }
    }
}

/// What rows are read with, and the room for the answers of one.
struct Page<'a> {
    organisation: &'a Organisation,
    instruments: &'a Instruments,
    answers: Answers,
}

impl<'a> Page<'a> {
    fn point(&self, row: &Leaving<'_>) -> &'a str {
        self.organisation.point_by_key(row.point).map_or("", |point| &point.code)
    }

    /// Reads the answers; returns the questionnaire that they answer.
    fn read(&mut self, row: &Leaving<'_>) -> Result<&'a Instrument, store::Error> {
        let corrupt = || store::Error::Corrupt(format!("response {}: answers", row.id));
        let instrument = self.instruments.by_key(row.questionnaire).ok_or_else(corrupt)?;
        match self.answers.refill(row.answers, instrument.items()) {
            true => Ok(instrument),
            false => Err(corrupt()),
        }
    }

    fn write(
        &mut self,
        writer: &mut ::csv::Writer<impl Write>,
        row: &Leaving<'_>,
        sheets: &[Sheet],
    ) -> Result<(), Error> {
        let instrument = self.read(row)?;
        let mut push = |cell: &str| writer.write_field(cell);
        push(row.id.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()))?;
        push(self.point(row))?;
        push(&day::from_number(row.day).to_string())?;
        push(instrument.code())?;
        push(row.stage.map_or("", |stage| stage.name()))?;
        push(&guarded(row.field.unwrap_or_default()))?;
        push(row.channel.name())?;
        push(&guarded(row.comment.unwrap_or_default()))?;
        let sheet = sheets.iter().find(|sheet| sheet.key == row.questionnaire);
        for position in sheet.map_or(&[][..], |sheet| &sheet.positions) {
            push(match position.and_then(|position| self.answers.0[position].answer()) {
                None => "",
                Some(Answer::NotApplicable) => "na",
                Some(Answer::Score(score)) => SCORES.get(usize::from(score)).copied().unwrap_or(""),
            })?;
        }
        push(&guarded(row.agency.unwrap_or_default()))?;
        push(if row.simulated { "true" } else { "false" })?;
        Ok(writer.write_record(None::<&[u8]>)?)
    }

    fn line(&mut self, row: &Leaving<'_>) -> Result<serde_json::Value, Error> {
        let instrument = self.read(row)?;
        let answers: serde_json::Map<String, serde_json::Value> = instrument
            .questionnaire
            .items()
            .zip(&self.answers.0)
            .filter_map(|(item, given)| {
                let value = match given.answer()? {
                    Answer::Score(score) => json!(score),
                    Answer::NotApplicable => json!("na"),
                };
                Some((item.code.clone(), value))
            })
            .collect();
        Ok(json!({
            "id": row.id,
            "point": self.organisation.point_by_key(row.point).map(|point| &point.code),
            "answered_at": day::from_number(row.day),
            "questionnaire": instrument.code(),
            "stage": row.stage,
            "field": row.field,
            "agency": row.agency,
            "channel": row.channel.name(),
            "comment": row.comment,
            "answers": answers,
            "simulated": row.simulated,
        }))
    }
}

/// The answers of the scale as they are written, by their number.
const SCORES: [&str; 6] = ["", "1", "2", "3", "4", "5"];

/// The monthly report, a line a figure: unit, month, section, questionnaire version, code and name of what
/// it is about, measure, value and whether it is shown. UTF-8 with a byte order mark, as Excel needs it;
/// a decimal point and every digit, as programs do; only names are in the language of the reader.
pub fn report(edition: &Edition, lang: Lang) -> io::Result<Vec<u8>> {
    let report = &edition.report;
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let head = "unit,month,section,questionnaire,code,name,measure,value,state,simulated";
    writer.write_record(head.split(','))?;
    let month = report.month.to_string();
    let simulated = report.simulated.to_string();
    for table in tables(edition, lang) {
        for row in &table.rows {
            for (column, value) in table.columns.iter().zip(&row.values) {
                let (value, state) = match value {
                    Value::Words(words) => (guarded(words).into_owned(), "shown"),
                    Value::Number(number) => (number.to_string(), "shown"),
                    Value::Few(number) => (number.to_string(), "few"),
                    Value::Count(count) => (count.to_string(), "shown"),
                    Value::Day(day) => (day.to_string(), "shown"),
                    Value::Withheld => (String::new(), "withheld"),
                    Value::None => (String::new(), "none"),
                    Value::Blank => continue,
                };
                writer.write_record([
                    guarded(&report.unit.code).as_ref(),
                    &month,
                    table.key,
                    table.questionnaire.as_deref().unwrap_or_default(),
                    guarded(&row.code).as_ref(),
                    guarded(&row.name).as_ref(),
                    &column.key,
                    &value,
                    state,
                    &simulated,
                ])?;
            }
        }
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
