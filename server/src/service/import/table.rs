//! A CSV file as a table of named columns; knows lines, columns and cells, not what they mean.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Chain, Cursor, Read};
use std::str::FromStr;

use csv::StringRecord;
use domain::day;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// The longest code of a unit, in characters.
pub(in crate::service) const CODE_MAX: usize = 64;
/// The longest name, in characters.
pub(in crate::service) const NAME_MAX: usize = 200;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("dòng {line}, cột {column}: {what} (line {line}, column {column})")]
pub struct Bad {
    pub line: u64,
    pub column: String,
    pub what: String,
}

/// An open file.
pub(super) struct Table<R> {
    reader: csv::Reader<Chain<Cursor<Vec<u8>>, BufReader<R>>>,
    columns: Vec<String>,
    decimal_comma: bool,
}

/// One row of it.
pub(super) struct Row<'a> {
    pub(super) line: u64,
    columns: &'a [String],
    record: StringRecord,
    decimal_comma: bool,
}

impl<R: Read> Table<R> {
    /// Reads the header. Columns that are neither required, optional nor accepted by `more` are
    /// refused, and so are missing required ones.
    pub(super) fn open(
        file: R,
        required: &[&str],
        optional: &[&str],
        more: impl Fn(&str) -> bool,
    ) -> Result<Self, Bad> {
        let mut file = BufReader::new(file);
        let mut header = vec![];
        file.read_until(b'\n', &mut header).map_err(|error| unreadable(1, &error.to_string()))?;
        if header.starts_with("\u{feff}".as_bytes()) {
            header.drain(..3);
        }
        let semicolons = header.iter().filter(|&&byte| byte == b';').count();
        let decimal_comma = semicolons > header.iter().filter(|&&byte| byte == b',').count();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if decimal_comma { b';' } else { b',' })
            .from_reader(Cursor::new(header).chain(file));
        let header = reader.headers().map_err(|error| broken(&error))?;
        let columns: Vec<String> = header.iter().map(|column| column.trim().to_owned()).collect();
        for (at, column) in columns.iter().enumerate() {
            let known = required.contains(&column.as_str()) || optional.contains(&column.as_str());
            if !known && !more(column) {
                return Err(bad(1, column, "cột không có trong định dạng này"));
            }
            if columns[..at].contains(column) {
                return Err(bad(1, column, "cột có hai lần"));
            }
        }
        if let Some(missing) = required.iter().find(|name| !columns.iter().any(|c| c == *name)) {
            return Err(bad(1, missing, "thiếu cột này"));
        }
        Ok(Self { reader, columns, decimal_comma })
    }

    /// The next row; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, Bad> {
        let mut record = StringRecord::new();
        match self.reader.read_record(&mut record) {
            Ok(true) => Ok(Some(Row {
                line: record.position().map_or(0, |position| position.line()),
                columns: &self.columns,
                record,
                decimal_comma: self.decimal_comma,
            })),
            Ok(false) => Ok(None),
            Err(error) => Err(broken(&error)),
        }
    }

    /// The columns, in the order of the file.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }
}

impl Row<'_> {
    /// The cell without blanks around it; empty where the column is missing.
    pub(super) fn cell(&self, column: &str) -> Cow<'_, str> {
        let at = self.columns.iter().position(|name| name == column);
        at.map_or(Cow::Borrowed(""), |at| self.cell_at(at))
    }

    /// The cell of a column by position.
    pub(super) fn cell_at(&self, at: usize) -> Cow<'_, str> {
        unguarded(self.record.get(at).unwrap_or("").trim())
    }

    /// The cell, if it is not empty.
    pub(super) fn optional(&self, column: &str) -> Option<String> {
        Some(self.cell(column).into_owned()).filter(|cell| !cell.is_empty())
    }

    /// A name or other required text.
    pub(super) fn text(&self, column: &str) -> Result<String, Bad> {
        let cell = self.optional(column).ok_or_else(|| self.bad(column, "không được để trống"))?;
        if cell.chars().count() > NAME_MAX {
            return Err(self.bad(column, &format!("dài quá {NAME_MAX} ký tự")));
        }
        match cell.chars().any(char::is_control) {
            true => Err(self.bad(column, "có ký tự điều khiển")),
            false => Ok(cell),
        }
    }

    /// A code of letters, digits, dots, hyphens and underscores.
    pub(super) fn code(&self, column: &str) -> Result<String, Bad> {
        let code = self.text(column)?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        match code.len() <= CODE_MAX && code.chars().all(plain) {
            true => Ok(code),
            false => Err(self.bad(column, "mã chỉ gồm chữ không dấu, số, dấu chấm và gạch nối")),
        }
    }

    /// A value of a fixed list.
    pub(super) fn choice<T>(
        &self,
        column: &str,
        parse: impl Fn(&str) -> Option<T>,
        all: &str,
    ) -> Result<T, Bad> {
        let cell = self.cell(column);
        parse(&cell).ok_or_else(|| self.bad(column, &format!("{cell:?} không thuộc: {all}")))
    }

    /// A day, or nothing.
    pub(super) fn date(&self, column: &str) -> Result<Option<Date>, Bad> {
        let parse = |cell: String| {
            let what = format!("{cell:?} không phải là ngày dạng YYYY-MM-DD");
            day::parse(&cell).ok_or_else(|| self.bad(column, &what))
        };
        self.optional(column).map(parse).transpose()
    }

    /// A number, or nothing; with a decimal comma where the file is split by semicolons.
    pub(super) fn decimal(&self, column: &str) -> Result<Option<Decimal>, Bad> {
        let parse = |cell: String| {
            let text = if self.decimal_comma { cell.replace(',', ".") } else { cell.clone() };
            let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
            let number = plain.then(|| Decimal::from_str(&text).ok()).flatten();
            number.ok_or_else(|| self.bad(column, &format!("{cell:?} không phải là số")))
        };
        self.optional(column).map(parse).transpose()
    }

    /// A whole number that is not negative, or nothing.
    pub(super) fn whole<T: FromStr>(&self, column: &str) -> Result<Option<T>, Bad> {
        let parse = |cell: String| {
            let plain = cell.bytes().all(|byte| byte.is_ascii_digit());
            let number = plain.then(|| cell.parse().ok()).flatten();
            number.ok_or_else(|| self.bad(column, &format!("{cell:?} không phải là số nguyên")))
        };
        self.optional(column).map(parse).transpose()
    }

    /// Yes or no, or nothing.
    pub(super) fn flag(&self, column: &str) -> Result<Option<bool>, Bad> {
        match self.cell(column).to_ascii_lowercase().as_str() {
            "" => Ok(None),
            "true" | "1" | "yes" => Ok(Some(true)),
            "false" | "0" | "no" => Ok(Some(false)),
            other => Err(self.bad(column, &format!("{other:?} không phải là true hoặc false"))),
        }
    }

    /// A fault of this row.
    pub(super) fn bad(&self, column: &str, what: &str) -> Bad {
        bad(self.line, column, what)
    }
}

pub(super) fn bad(line: u64, column: &str, what: &str) -> Bad {
    Bad { line, column: column.to_owned(), what: what.to_owned() }
}

fn unreadable(line: u64, why: &str) -> Bad {
    bad(line, "-", &format!("không đọc được tệp: {why}"))
}

fn broken(error: &csv::Error) -> Bad {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            bad(line, "-", &format!("có {len} ô, cần {expected_len} ô như dòng tiêu đề"))
        }
        csv::ErrorKind::Utf8 { err, .. } => {
            bad(line, &(err.field() + 1).to_string(), "không phải là UTF-8")
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
