//! A table of the import as a workbook: one sheet with its name, days as days and numbers as numbers, so
//! that what is changed there can come back.

use std::io;

use domain::day;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Columns of days, and of numbers; all others are words, also where they look like a formula.
const DAYS: [&str; 5] = ["valid_from", "valid_to", "open_from", "open_to", "actual_date"];
const NUMBERS: [&str; 9] =
    ["year", "max", "baseline", "baseline_rank", "rank_of", "target", "actual", "goal", "handled"];

/// The file; the first row has the names of the columns.
///
/// # Errors
/// Where a row or cell is more than a sheet can hold.
pub fn table(name: &str, rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    write(name, rows).map_err(io::Error::other)
}

fn write(name: &str, rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    let (bold, date) = (Format::new().set_bold(), Format::new().set_num_format("dd/mm/yyyy"));
    let Some((columns, lines)) = rows.split_first() else { return workbook.save_to_buffer() };
    for (at, column) in (0u16..).zip(columns) {
        sheet.write_string_with_format(0, at, column, &bold)?;
        let wide = matches!(column.as_str(), "name" | "source" | "goal_text");
        sheet.set_column_width(at, if wide { 44.0 } else { 14.0 })?;
    }
    for (line, cells) in (1u32..).zip(lines) {
        for ((at, column), text) in (0u16..).zip(columns).zip(cells) {
            cell(sheet, (line, at), column, text, &date)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

fn cell(
    sheet: &mut Worksheet,
    (line, at): (u32, u16),
    column: &str,
    text: &str,
    date: &Format,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    if let Some(day) = day::parse(text).filter(|_| DAYS.contains(&column)) {
        let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
        let day = ExcelDateTime::from_ymd(day.year().unsigned_abs(), month, of_month);
        // A day before 1900 has no number there; as a word it comes back as well.
        if let Ok(day) = day {
            sheet.write_datetime_with_format(line, at, &day, date)?;
            return Ok(());
        }
    }
    if let Some(number) = text.parse().ok().filter(|_| NUMBERS.contains(&column)) {
        let number: f64 = number;
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let shown = match decimals {
            0 => "0".to_owned(),
            more => format!("0.{}", "0".repeat(more)),
        };
        let shown = Format::new().set_num_format(shown);
        sheet.write_number_with_format(line, at, number, &shown)?;
        return Ok(());
    }
    sheet.write_string(line, at, text)?;
    Ok(())
}
