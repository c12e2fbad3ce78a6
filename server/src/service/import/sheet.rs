//! A sheet of a workbook (XLSX) as lines of cells in plain text.
//!
//! What is unpacked is bounded before anything of it is understood, and cells are read one by one: a
//! small file can claim a table of a billion cells.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use jiff::civil::Date;

use super::bad::{Bad, What, bad};
use super::table::unreadable;

/// How every such file begins.
pub(super) const MAGIC: &[u8] = b"PK\x03\x04";
/// The most that a workbook may take, packed and unpacked.
const PACKED: u64 = 16 << 20;
const UNPACKED: u64 = 64 << 20;

/// Number and cells of a line, or what is wrong with it.
pub(super) type Line = Result<(u64, Vec<String>), Bad>;

/// A sheet whose first line names the columns.
pub(super) struct Sheet {
    /// Number of the line of the header.
    pub(super) first: u64,
    pub(super) columns: Vec<String>,
    pub(super) lines: Vec<Line>,
}

/// Reads the sheet with this name, or else the first.
pub(super) fn read(file: impl Read, name: &str) -> Result<Sheet, Bad> {
    let mut bytes = vec![];
    file.take(PACKED + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(1, &error.to_string()))?;
    if bytes.len() as u64 > PACKED || !fits(&bytes)? {
        let most = (UNPACKED >> 20).to_string();
        return Err(bad(1, "-", What::new("unpacked").with("most", most)));
    }
    let not_one = |_| bad(1, "-", What::new("workbook"));
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(not_one)?;
    let names = book.sheet_names();
    let same = |other: &&String| other.trim().eq_ignore_ascii_case(name);
    let wanted = names.iter().find(same).or(names.first()).cloned();
    let wanted = wanted.ok_or_else(|| bad(1, "-", What::new("workbook")))?;
    let mut cells = book.worksheet_cells_reader(&wanted).map_err(not_one)?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, Cell>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(not_one)? {
        let (row, column) = cell.get_position();
        if let Some(text) = text(cell.get_value()) {
            rows.entry(row).or_default().insert(column, text);
        }
    }
    Ok(under_a_header(rows))
}

/// All that is packed is at most as large as it may be, whatever the file says of itself.
fn fits(bytes: &[u8]) -> Result<bool, Bad> {
    let not_one = |_| bad(1, "-", What::new("workbook"));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(not_one)?;
    let mut room = UNPACKED;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(not_one)?;
        let read = io::copy(&mut entry.take(room + 1), &mut io::sink());
        let read = read.map_err(|_| bad(1, "-", What::new("workbook")))?;
        if read > room {
            return Ok(false);
        }
        room -= read;
    }
    Ok(true)
}

/// A cell that is not empty: its text, or the name of an error that a formula gave.
type Cell = Result<String, String>;

fn text(value: &DataRef<'_>) -> Option<Cell> {
    let text = match value {
        DataRef::Empty => return None,
        DataRef::Error(error) => return Some(Err(error.to_string())),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => shown(*number),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let day = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
            let (Ok(year), Ok(month), Ok(day)) = day else { return Some(Err("?".to_owned())) };
            match Date::new(year, month, day) {
                Ok(day) => day.to_string(),
                Err(_) => return Some(Err("?".to_owned())),
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.split('T').next().unwrap_or_default().to_owned()
        }
    };
    (!text.is_empty()).then_some(Ok(text))
}

/// A number with the fifteen digits that a spreadsheet knows of it.
fn shown(number: f64) -> String {
    let known: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    known.to_string()
}

/// The first line that is not empty names the columns.
fn under_a_header(mut rows: BTreeMap<u32, BTreeMap<u32, Cell>>) -> Sheet {
    let Some((first, header)) = rows.pop_first() else {
        return Sheet { first: 1, columns: vec![], lines: vec![] };
    };
    let columns: Vec<(u32, String)> =
        header.into_iter().map(|(at, cell)| (at, cell.unwrap_or_else(|error| error))).collect();
    let line = |(row, mut cells): (u32, BTreeMap<u32, Cell>)| {
        let number = u64::from(row) + 1;
        let taken = columns.iter().map(|(at, name)| match cells.remove(at) {
            None => Ok(String::new()),
            Some(Ok(text)) => Ok(text),
            Some(Err(error)) => Err(bad(number, name, What::cell("cell-error", error))),
        });
        let taken: Vec<String> = taken.collect::<Result<_, _>>()?;
        match cells.into_iter().next() {
            None => Ok((number, taken)),
            Some((at, cell)) => {
                let cell = cell.unwrap_or_else(|error| error);
                Err(bad(number, &letters(at), What::cell("no-heading", cell)))
            }
        }
    };
    let lines = rows.into_iter().map(line).collect();
    let columns = columns.iter().map(|(_, name)| name.clone()).collect();
    Sheet { first: u64::from(first) + 1, columns, lines }
}

/// The name of a column as a spreadsheet shows it: `A`, `Z`, `AA`.
fn letters(column: u32) -> String {
    let mut name = vec![];
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        name.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        let names = [0, 25, 26, 51, 52, 701, 702, 16383].map(letters);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn numbers_have_the_digits_that_a_spreadsheet_shows() {
        for (number, text) in [
            (10.04, "10.04"),
            (0.1 + 0.2, "0.3"),
            (2024.0, "2024"),
            (83.84_f64.next_down(), "83.84"),
        ] {
            assert_eq!(shown(number), text);
        }
    }
}
