//! A file as a table of named columns, from CSV or a sheet of a workbook; knows lines, columns and cells,
//! not what they mean.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Chain, Cursor, Read};
use std::str::FromStr;

use csv::StringRecord;
use domain::day;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::bad::{Bad, What, bad};
use super::sheet;

/// The longest code of a unit, in characters.
pub(in crate::service) const CODE_MAX: usize = 64;
/// The longest name, in characters.
pub(in crate::service) const NAME_MAX: usize = 200;
/// Faults that are looked for at once: with more, something is wrong with the whole file.
const FAULTS: usize = 100;

type Lines<R> = csv::Reader<Chain<Cursor<Vec<u8>>, BufReader<R>>>;

/// Where rows come from.
enum Source<R> {
    /// With what its own count of lines lacks.
    Csv(Box<Lines<R>>, u64),
    Sheet(std::vec::IntoIter<sheet::Line>),
}

/// An open file.
pub(super) struct Table<R> {
    source: Source<R>,
    columns: Vec<String>,
    writing: Writing,
}

/// How cells are written.
#[derive(Clone, Copy)]
struct Writing {
    /// As in Viet Nam: decimal comma, and days also as dd/MM/yyyy.
    local: bool,
    /// Cells of a workbook: nothing guards them against formulas, and numbers have lost their last zeros.
    sheet: bool,
}

/// One row of it.
pub(super) struct Row<'a> {
    pub(super) line: u64,
    columns: &'a [String],
    record: StringRecord,
    writing: Writing,
}

/// Rows that could be read, each with its line, and the faults of the others.
pub(super) struct Found<T> {
    pub(super) rows: Vec<(u64, T)>,
    pub(super) bad: Vec<Bad>,
}

/// Which columns a file may have.
pub(super) struct Columns<'a> {
    pub(super) required: &'a [&'a str],
    pub(super) optional: &'a [&'a str],
}

impl<R: Read> Table<R> {
    /// Reads the header. Columns that are neither required, optional nor accepted by `more` are
    /// refused, and so are missing required ones. A workbook is known by its first bytes; of it the
    /// sheet that has the name of the kind is read, or the first.
    pub(super) fn open(
        file: R,
        name: &str,
        known: &Columns<'_>,
        more: impl Fn(&str) -> bool,
    ) -> Result<Self, Bad> {
        let mut file = BufReader::new(file);
        let start = file.fill_buf().map_err(|error| unreadable(1, &error.to_string()))?;
        let (columns, source, writing, first) = match start.starts_with(sheet::MAGIC) {
            true => {
                let sheet = sheet::read(file, name)?;
                let writing = Writing { local: true, sheet: true };
                (sheet.columns, Source::Sheet(sheet.lines.into_iter()), writing, sheet.first)
            }
            false => {
                let (columns, reader, local, lag) = lines(file)?;
                (columns, Source::Csv(Box::new(reader), lag), Writing { local, sheet: false }, 1)
            }
        };
        for (at, column) in columns.iter().enumerate() {
            let named = |all: &[&str]| all.contains(&column.as_str());
            if !named(known.required) && !named(known.optional) && !more(column) {
                return Err(bad(first, column, What::new("unknown-column")));
            }
            if columns[..at].contains(column) {
                return Err(bad(first, column, What::new("column-twice")));
            }
        }
        let missing = known.required.iter().find(|name| !columns.iter().any(|c| c == *name));
        match missing {
            Some(missing) => Err(bad(first, missing, What::new("column-missing"))),
            None => Ok(Self { source, columns, writing }),
        }
    }

    /// The next row; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, Bad> {
        let mut record = StringRecord::new();
        let line = match &mut self.source {
            Source::Csv(reader, lag) => match reader.read_record(&mut record) {
                Ok(true) => *lag + record.position().map_or(0, csv::Position::line),
                Ok(false) => return Ok(None),
                Err(error) => return Err(broken(&error, *lag)),
            },
            Source::Sheet(lines) => match lines.next() {
                Some(Ok((line, cells))) => {
                    record = cells.into();
                    line
                }
                Some(Err(bad)) => return Err(bad),
                None => return Ok(None),
            },
        };
        Ok(Some(Row { line, columns: &self.columns, record, writing: self.writing }))
    }

    /// Reads all rows, and goes on after faulty ones.
    pub(super) fn all<T>(&mut self, mut read: impl FnMut(&Row<'_>) -> Result<T, Bad>) -> Found<T> {
        let mut found = Found { rows: vec![], bad: vec![] };
        while found.bad.len() < FAULTS {
            match self.next().and_then(|row| row.map(|row| Ok((row.line, read(&row)?))).transpose())
            {
                Ok(Some(row)) => found.rows.push(row),
                Ok(None) => break,
                Err(bad) => {
                    let over = bad.what.key == "unreadable";
                    found.bad.push(bad);
                    if over {
                        break;
                    }
                }
            }
        }
        found
    }

    /// The columns, in the order of the file.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }
}

/// Reads the header of a CSV file: its columns, the rest, and whether it is split by semicolons, as
/// where the comma stands in numbers.
fn lines<R: Read>(mut file: BufReader<R>) -> Result<(Vec<String>, Lines<R>, bool, u64), Bad> {
    let mut header = vec![];
    file.read_until(b'\n', &mut header).map_err(|error| unreadable(1, &error.to_string()))?;
    if header.starts_with("\u{feff}".as_bytes()) {
        header.drain(..3);
    }
    // Where lines end as on Windows, the reader takes the second character of an end for the beginning of
    // the next line, and so is one line behind.
    let lag = u64::from(header.ends_with(b"\r\n"));
    let semicolons = header.iter().filter(|&&byte| byte == b';').count();
    let local = semicolons > header.iter().filter(|&&byte| byte == b',').count();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if local { b';' } else { b',' })
        .from_reader(Cursor::new(header).chain(file));
    let header = reader.headers().map_err(|error| broken(&error, 0))?;
    let columns = header.iter().map(|column| column.trim().to_owned()).collect();
    Ok((columns, reader, local, lag))
}

impl Row<'_> {
    /// The cell without blanks around it; empty where the column is missing.
    pub(super) fn cell(&self, column: &str) -> Cow<'_, str> {
        let at = self.columns.iter().position(|name| name == column);
        at.map_or(Cow::Borrowed(""), |at| self.cell_at(at))
    }

    /// The cell of a column by position.
    pub(super) fn cell_at(&self, at: usize) -> Cow<'_, str> {
        let cell = self.record.get(at).unwrap_or("").trim();
        if self.writing.sheet { Cow::Borrowed(cell) } else { unguarded(cell) }
    }

    /// The cell, if it is not empty.
    pub(super) fn optional(&self, column: &str) -> Option<String> {
        Some(self.cell(column).into_owned()).filter(|cell| !cell.is_empty())
    }

    /// A name or other required text.
    pub(super) fn text(&self, column: &str) -> Result<String, Bad> {
        let cell = self.optional(column).ok_or_else(|| self.bad(column, What::new("empty")))?;
        name(cell).map_err(|what| self.bad(column, what))
    }

    /// A text, or nothing.
    pub(super) fn words(&self, column: &str, most: usize) -> Result<Option<String>, Bad> {
        let checked = self.optional(column).map(|cell| plain(cell, most));
        checked.transpose().map_err(|what| self.bad(column, what))
    }

    /// A code of letters, digits, dots, hyphens and underscores.
    pub(super) fn code(&self, column: &str) -> Result<String, Bad> {
        code(self.text(column)?).map_err(|what| self.bad(column, what))
    }

    /// A value of a fixed list.
    pub(super) fn choice<T>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> Option<T>,
        all: &str,
    ) -> Result<T, Bad> {
        let cell = self.cell(column);
        parse(&cell).ok_or_else(|| self.bad(column, What::cell("choice", cell).with("all", all)))
    }

    /// A day, or nothing.
    pub(super) fn date(&self, column: &str) -> Result<Option<Date>, Bad> {
        let parse = |cell: String| {
            let found =
                day::parse(&cell).or_else(|| local_day(&cell).filter(|_| self.writing.local));
            found.ok_or_else(|| self.bad(column, What::cell("day", cell)))
        };
        self.optional(column).map(parse).transpose()
    }

    /// The first day of a month: `YYYY-MM`, or that day; where days may be written as in Viet Nam, also
    /// `MM/yyyy`.
    pub(super) fn month(&self, column: &str) -> Result<Date, Bad> {
        let cell = self.cell(column);
        let first = if cell.len() == 7 { format!("{cell}-01") } else { cell.clone().into_owned() };
        let local = || local_day(&cell).or_else(|| local_day(&format!("1/{cell}")));
        let found = day::parse(&first).or_else(|| local().filter(|_| self.writing.local));
        let found = found.filter(|date| date.day() == 1);
        found.ok_or_else(|| self.bad(column, What::cell("month", cell)))
    }

    /// A number, or nothing; with a decimal comma where that is the way of the file.
    pub(super) fn decimal(&self, column: &str) -> Result<Option<Decimal>, Bad> {
        let parse = |cell: String| {
            let found = decimal(&cell, self.writing.local);
            found.ok_or_else(|| self.bad(column, What::cell("number", cell)))
        };
        self.optional(column).map(parse).transpose()
    }

    /// A whole number that is not negative, or nothing.
    pub(super) fn whole<T: FromStr>(&self, column: &str) -> Result<Option<T>, Bad> {
        let parse =
            |cell: String| whole(&cell).ok_or_else(|| self.bad(column, What::cell("whole", cell)));
        self.optional(column).map(parse).transpose()
    }

    /// Yes or no, or nothing.
    pub(super) fn flag(&self, column: &str) -> Result<Option<bool>, Bad> {
        match self.cell(column).to_ascii_lowercase().as_str() {
            "" => Ok(None),
            "true" | "1" | "yes" => Ok(Some(true)),
            "false" | "0" | "no" => Ok(Some(false)),
            other => Err(self.bad(column, What::cell("flag", other))),
        }
    }

    /// A number of a workbook does not say with how many decimals it was entered: one that is the same
    /// keeps those that it has.
    pub(super) fn numbers_lose_zeros(&self) -> bool {
        self.writing.sheet
    }

    /// A fault of this row.
    pub(super) fn bad(&self, column: &str, what: What) -> Bad {
        bad(self.line, column, what)
    }
}

/// A name, if it is one.
pub(crate) fn name(text: String) -> Result<String, What> {
    plain(text, NAME_MAX)
}

/// A text of at most so many characters without control characters.
pub(crate) fn plain(text: String, most: usize) -> Result<String, What> {
    if text.chars().count() > most {
        return Err(What::new("long").with("most", most.to_string()));
    }
    match text.chars().any(char::is_control) {
        true => Err(What::new("control")),
        false => Ok(text),
    }
}

/// A code, if it is one.
pub(crate) fn code(text: String) -> Result<String, What> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    match text.len() <= CODE_MAX && text.chars().all(plain) {
        true => Ok(text),
        false => Err(What::cell("code", text)),
    }
}

/// A number with a point, or also with a comma instead.
pub(crate) fn decimal(text: &str, comma: bool) -> Option<Decimal> {
    let text = if comma { text.replace(',', ".") } else { text.to_owned() };
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    plain.then(|| Decimal::from_str(&text).ok()).flatten()
}

/// A whole number that is not negative.
pub(crate) fn whole<T: FromStr>(text: &str) -> Option<T> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// A day as written in Viet Nam: `1/7/2025` or `01/07/2025`.
pub(crate) fn local_day(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let mut part = |lengths: std::ops::RangeInclusive<usize>| {
        let part = parts.next().filter(|part| lengths.contains(&part.len()))?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part)
    };
    let (day, month, year) = (part(1..=2)?, part(1..=2)?, part(4..=4)?);
    let nothing_more = parts.next().is_none();
    let found = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    found.filter(|_| nothing_more)
}

pub(super) fn unreadable(line: u64, why: &str) -> Bad {
    bad(line, "-", What::new("unreadable").with("why", why))
}

fn broken(error: &csv::Error, lag: u64) -> Bad {
    let line = lag + error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            let what = What::new("width").with("n", len.to_string());
            bad(line, "-", what.with("wanted", expected_len.to_string()))
        }
        csv::ErrorKind::Utf8 { err, .. } => {
            bad(line, &(err.field() + 1).to_string(), What::new("not-utf8"))
        }
        _ => unreadable(line, &error.to_string()),
    }
}

/// Characters at which a spreadsheet takes a cell for a formula, and the one that guards them.
const GUARDED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A text cell that no spreadsheet takes for a formula; the import reads it back as it was.
pub fn guarded(text: &str) -> Cow<'_, str> {
    match text.starts_with(GUARDED) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

fn unguarded(cell: &str) -> Cow<'_, str> {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(GUARDED) => Cow::Borrowed(rest),
        _ => Cow::Borrowed(cell),
    }
}
