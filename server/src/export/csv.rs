//! CSV and JSON lines, with the columns of the import, so that what goes out can come back.

use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use domain::answer::given;
use domain::day;
use domain::instrument::{Instrument, Instruments};
use domain::questionnaire::Lang;
use domain::report::Edition;
use domain::response::{Answer, Answers};
use domain::unit::{Key, Organisation};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

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
    let mut out = io::BufWriter::with_capacity(64 << 10, out);
    let mut rows = 0;
    match format {
        Format::Csv => {
            let mut writer = ::csv::Writer::from_writer(&mut out);
            let first = "id,point,answered_at,questionnaire,stage,field,channel,comment";
            let last = ["agency", "simulated"];
            writer.write_record(first.split(',').chain(codes.iter().copied()).chain(last))?;
            writer.flush()?;
            drop(writer);
            let mut lines = Lines::new(&organisation, instruments, &codes);
            let visit = |row: Leaving<'_>| {
                rows += 1;
                out.write_all(lines.line(&row)?).map_err(Error::from)
            };
            store.each_leaving(from, to, visit).await?;
        }
        Format::Jsonl => {
            let visit = |row: Leaving<'_>| {
                rows += 1;
                writeln!(out, "{}", json_line(&row, &organisation, instruments)?)
                    .map_err(Error::from)
            };
            store.each_leaving(from, to, visit).await?;
        }
    }
    out.flush()?;
    Ok(rows)
}

/// Responses as lines of CSV. Most cells are words and numbers of the program, which need no quotes, and
/// there are millions of them: so only what people wrote is looked through.
struct Lines<'a> {
    organisation: &'a Organisation,
    sheets: Vec<Sheet<'a>>,
    /// Days as they are written.
    days: HashMap<i32, String>,
    line: Vec<u8>,
}

/// Where the answers of a questionnaire version stand, item column by item column.
struct Sheet<'a> {
    instrument: &'a Instrument,
    positions: Vec<Option<usize>>,
}

impl<'a> Lines<'a> {
    fn new(organisation: &'a Organisation, instruments: &'a Instruments, codes: &[&str]) -> Self {
        let sheet = |instrument: &'a Arc<Instrument>| {
            let position = |code: &&str| instrument.questionnaire.position(code);
            Sheet { instrument, positions: codes.iter().map(position).collect() }
        };
        let sheets = instruments.iter().map(sheet).collect();
        Self { organisation, sheets, days: HashMap::new(), line: vec![] }
    }

    /// The line of one response, with its end.
    fn line(&mut self, row: &Leaving<'_>) -> Result<&[u8], store::Error> {
        let sheet = self.sheets.iter().find(|sheet| sheet.instrument.key == row.questionnaire);
        let sheet = sheet.ok_or_else(|| corrupt(row))?;
        let day = self.days.entry(row.day).or_insert_with(|| day::from_number(row.day).to_string());
        let point = self.organisation.point_by_key(row.point).map_or("", |point| &point.code);
        let line = &mut self.line;
        line.clear();
        line.extend(row.id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
        let stage = row.stage.map_or("", |stage| stage.name());
        for plain in [point, day, sheet.instrument.code(), stage] {
            line.push(b',');
            line.extend(plain.as_bytes());
        }
        written(line, row.field);
        line.push(b',');
        line.extend(row.channel.name().as_bytes());
        written(line, row.comment);
        if row.answers.len() > sheet.instrument.items().div_ceil(2) {
            return Err(corrupt(row));
        }
        for position in &sheet.positions {
            line.push(b',');
            let Some(position) = *position else { continue };
            match given(row.answers, position).ok_or_else(|| corrupt(row))?.answer() {
                None => {}
                Some(Answer::NotApplicable) => line.extend(b"na"),
                Some(Answer::Score(score)) => line.push(b'0' + score),
            }
        }
        written(line, row.agency);
        line.extend(if row.simulated { &b",true\n"[..] } else { b",false\n" });
        Ok(line)
    }
}

/// A cell with what somebody wrote: no formula of a spreadsheet, and in quotes where it needs them.
fn written(line: &mut Vec<u8>, text: Option<&str>) {
    line.push(b',');
    let Some(text) = text else { return };
    let text = guarded(text);
    match text.contains([',', '"', '\r', '\n']) {
        true => {
            line.push(b'"');
            line.extend(text.replace('"', "\"\"").as_bytes());
            line.push(b'"');
        }
        false => line.extend(text.as_bytes()),
    }
}

fn corrupt(row: &Leaving<'_>) -> store::Error {
    store::Error::Corrupt(format!("response {}: answers", row.id))
}

fn json_line(
    row: &Leaving<'_>,
    organisation: &Organisation,
    instruments: &Instruments,
) -> Result<serde_json::Value, store::Error> {
    let instrument = instruments.by_key(row.questionnaire).ok_or_else(|| corrupt(row))?;
    let unpacked = Answers::unpack(row.answers, instrument.items()).ok_or_else(|| corrupt(row))?;
    let answers: serde_json::Map<String, serde_json::Value> = instrument
        .questionnaire
        .items()
        .zip(unpacked.0)
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
        "point": organisation.point_by_key(row.point).map(|point| &point.code),
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
