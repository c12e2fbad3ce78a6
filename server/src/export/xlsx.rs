//! The report as a workbook: a sheet a table, real numbers as the report has them, charts that Excel and
//! `LibreOffice` draw.
//!
//! Words are written as words, so none of them becomes a formula. The same report gives the same bytes.

mod chart;
pub mod table;

use std::io;

use app::text::{day, t, t_args};
use domain::questionnaire::Lang;
use domain::report::Edition;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatPattern,
    Workbook, Worksheet, XlsxError,
};

use super::tables::{Kind, Table, Value, tables};
use super::{made, wording};

/// The row of the head of a table; above it stand title, unit with days, and what is simulated.
const HEAD: u32 = 4;
/// A4 in the numbering of Excel.
const A4: u8 = 9;
/// Width of a sheet, in characters, from which on it lies on its side.
const WIDE: f64 = 100.0;
/// Widths of the columns of codes and names, in characters.
const CODE: f64 = 8.0;
const NAME: f64 = 42.0;
/// Points of a line.
const LINE: u32 = 15;
/// Rows that a chart takes.
const CHART: u32 = 20;

/// The report as a file of Excel.
pub fn xlsx(edition: &Edition, lang: Lang) -> io::Result<Vec<u8>> {
    write(edition, lang).map_err(io::Error::other)
}

/// What every sheet says.
struct Frame {
    lang: Lang,
    subject: String,
    mark: Option<String>,
    code: String,
    none: String,
}

fn write(edition: &Edition, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let report = &edition.report;
    let month = wording::month(lang, report.month);
    let unit = report.unit.name.clone();
    let title = [("month", month.clone()), ("unit", unit.clone())];
    let subject = [
        ("unit", unit.clone()),
        ("month", month),
        ("from", day(report.from)),
        ("to", day(report.to)),
    ];
    let frame = Frame {
        lang,
        subject: t_args(lang, "file-days", &subject),
        mark: super::mark(report, lang),
        code: t(lang, "file-code"),
        none: t(lang, "none-short"),
    };
    let mut workbook = Workbook::new();
    let properties = properties(made(edition))?.set_title(t_args(lang, "file-title", &title));
    workbook.set_properties(&properties.set_author(unit).set_subject(&frame.subject));
    let formats = Formats::new();
    let mut taken: Vec<String> = vec![];
    for table in tables(edition, lang) {
        let name = name(&table, &taken);
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        fill(sheet, &frame, &table, &formats)?;
        taken.push(name);
    }
    workbook.save_to_buffer()
}

/// Properties with the moment of the report, in seconds since 1970, instead of that of the file.
pub(super) fn properties(made: i64) -> Result<DocProperties, XlsxError> {
    Ok(DocProperties::new().set_creation_datetime(&ExcelDateTime::from_timestamp(made)?))
}

/// The name of a sheet: at most 31 characters, without those that Excel refuses, given once.
fn name(table: &Table, taken: &[String]) -> String {
    let clean = |text: &str, room: usize| -> String {
        text.chars().filter(|letter| !"[]:*?/\\'".contains(*letter)).take(room).collect()
    };
    let short = clean(&table.short, 31);
    match table.questionnaire.as_deref().filter(|_| taken.contains(&short)) {
        None => short,
        Some(version) => {
            let version = clean(version, 15);
            format!("{} {version}", clean(&short, 30 - version.chars().count()))
        }
    }
}

/// Each plain and for a row that sums up; the signs of numbers are those of the reader's program.
struct Formats {
    title: Format,
    subject: Format,
    mark: Format,
    head: Format,
    note: Format,
    words: [Format; 2],
    missing: [Format; 2],
    count: [Format; 2],
    score: [Format; 2],
    rate: [Format; 2],
    few: [Format; 2],
    change: [Format; 2],
    fine: [Format; 2],
    day: [Format; 2],
}

impl Formats {
    fn new() -> Self {
        let base = || Format::new().set_font_name("Times New Roman").set_font_size(11);
        let cell = || base().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let both = |format: Format| [format.clone(), format.set_bold()];
        let number = |code: &str| both(cell().set_num_format(code));
        let missing = cell()
            .set_italic()
            .set_align(FormatAlign::Center)
            .set_pattern(FormatPattern::LightUp)
            .set_foreground_color(Color::RGB(0x00BF_BFBF));
        Self {
            title: base().set_bold().set_font_size(14),
            subject: base().set_italic(),
            mark: base().set_bold(),
            head: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00E7_E6E6)),
            note: base().set_text_wrap().set_align(FormatAlign::Top),
            words: both(cell().set_text_wrap()),
            missing: both(missing),
            count: number("#,##0"),
            score: number("0.00"),
            rate: number("0.0"),
            few: number("0.00\"*\""),
            change: number("+0.00;-0.00;0.00"),
            fine: number("0.0000"),
            day: number("dd/mm/yyyy"),
        }
    }

    fn of(&self, kind: Kind, value: &Value, total: bool) -> &Format {
        let pair = match (value, kind) {
            (Value::Withheld | Value::None, _) => &self.missing,
            (Value::Words(_) | Value::Blank, _) => &self.words,
            (Value::Count(_), _) => &self.count,
            (Value::Day(_), _) => &self.day,
            (Value::Few(_), _) => &self.few,
            (Value::Number(_), Kind::Change) => &self.change,
            (Value::Number(_), Kind::Fine) => &self.fine,
            (Value::Number(_), Kind::Rate) => &self.rate,
            (Value::Number(_), _) => &self.score,
        };
        &pair[usize::from(total)]
    }
}

fn fill(
    sheet: &mut Worksheet,
    frame: &Frame,
    table: &Table,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, &table.title, &formats.title)?;
    sheet.write_string_with_format(1, 0, &frame.subject, &formats.subject)?;
    if let Some(mark) = &frame.mark {
        sheet.write_string_with_format(2, 0, mark, &formats.mark)?;
    }
    let first = u16::from(table.coded) + 1;
    if table.coded {
        sheet.write_string_with_format(HEAD, 0, &frame.code, &formats.head)?;
    }
    sheet.write_string_with_format(HEAD, first - 1, &table.subject, &formats.head)?;
    let mut lines = 1;
    for (at, column) in (first..).zip(&table.columns) {
        sheet.write_string_with_format(HEAD, at, &column.name, &formats.head)?;
        lines = lines.max(lines_of(&column.name, width(table, usize::from(at - first))));
    }
    sheet.set_row_height(HEAD, LINE * lines)?;
    for (line, row) in (HEAD + 1..).zip(&table.rows) {
        let words = &formats.words[usize::from(row.total)];
        if table.coded {
            sheet.write_string_with_format(line, 0, &row.code, words)?;
        }
        sheet.write_string_with_format(line, first - 1, &row.name, words)?;
        let mut lines = lines_of(&row.name, NAME);
        for (at, value) in (first..).zip(&row.values) {
            let column = usize::from(at - first);
            let format = formats.of(table.kind(row, column), value, row.total);
            match value {
                // A chart would take words for zero.
                Value::Withheld | Value::None if chart::charted(table) => {
                    sheet.write_blank(line, at, format)?;
                }
                Value::Withheld => {
                    let why = table.withheld(row, frame.lang);
                    sheet.write_string_with_format(line, at, &why, format)?;
                }
                _ => cell(sheet, (line, at), value, frame, format)?,
            }
            if let Value::Words(words) = value {
                lines = lines.max(lines_of(words, width(table, column)));
            }
        }
        sheet.set_row_height(line, LINE * lines)?;
    }
    layout(sheet, frame, table, &formats.note)
}

fn cell(
    sheet: &mut Worksheet,
    (line, at): (u32, u16),
    value: &Value,
    frame: &Frame,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Words(words) => sheet.write_string_with_format(line, at, words, format)?,
        Value::Number(number) | Value::Few(number) => {
            sheet.write_number_with_format(line, at, *number, format)?
        }
        Value::Count(count) => sheet.write_number_with_format(line, at, *count as f64, format)?,
        Value::Day(day) => {
            let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
            let day = ExcelDateTime::from_ymd(day.year().unsigned_abs(), month, of_month)?;
            sheet.write_datetime_with_format(line, at, &day, format)?
        }
        Value::None => sheet.write_string_with_format(line, at, &frame.none, format)?,
        Value::Withheld | Value::Blank => sheet.write_blank(line, at, format)?,
    };
    Ok(())
}

/// Lines that a text takes in a column, since only Excel finds that out by itself.
fn lines_of(text: &str, width: f64) -> u32 {
    (0.95 * text.chars().count() as f64 / width).ceil().max(1.0) as u32
}

/// Width of a column, in characters.
fn width(table: &Table, at: usize) -> f64 {
    let column = &table.columns[at];
    let alone = table.columns.len() == 1;
    match column.kind {
        Kind::Words if alone => 80.0,
        Kind::Words if matches!(&*column.key, "closed_on" | "questionnaire") => 12.0,
        Kind::Words => 22.0,
        Kind::Count | Kind::Score | Kind::Rate | Kind::Change | Kind::Fine => 10.0,
    }
}

/// What so many columns of so many characters together take on the screen, where each has a margin.
fn pixels(characters: f64, columns: u16) -> u32 {
    (7.0 * characters) as u32 + 5 * u32::from(columns)
}

/// Notes and chart below the table, widths, what stays on the screen, and how it is printed.
fn layout(
    sheet: &mut Worksheet,
    frame: &Frame,
    table: &Table,
    note: &Format,
) -> Result<(), XlsxError> {
    let first = u16::from(table.coded) + 1;
    let last = first + u16::try_from(table.columns.len()).unwrap_or(0) - 1;
    let mut whole = NAME;
    if table.coded {
        sheet.set_column_width(0, CODE)?;
        whole += CODE;
    }
    sheet.set_column_width(first - 1, NAME)?;
    for (at, column) in (first..).zip(0..table.columns.len()) {
        let width = width(table, column);
        sheet.set_column_width(at, width)?;
        whole += width;
    }
    let mut line = HEAD + 1 + u32::try_from(table.rows.len()).unwrap_or(0);
    let few = table.has_few().then(|| super::few_means(frame.lang));
    for words in table.notes.iter().chain(&few) {
        match last {
            0 => drop(sheet.write_string_with_format(line, 0, words, note)?),
            _ => drop(sheet.merge_range(line, 0, line, last, words, note)?),
        }
        sheet.set_row_height(line, LINE * lines_of(words, whole))?;
        line += 1;
    }
    if let Some(mut chart) = chart::chart(table, frame.lang, &sheet.name(), (first, last)) {
        chart::arms(sheet, frame.lang, table, last)?;
        // Its frame, too, stands within what is printed.
        let printed = pixels(whole, last + 1) - 4;
        sheet.insert_chart(line + 1, 0, chart.set_width(printed.min(chart::WIDTH)))?;
        line += 1 + CHART;
    }
    sheet.set_freeze_panes(HEAD + 1, first)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    sheet.set_print_area(0, 0, line, last)?;
    // A chart is not cut: it stands on the page of its table.
    let pages = if chart::charted(table) { 1 } else { 0 };
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, pages);
    if whole > WIDE {
        sheet.set_landscape();
    }
    let plain = |text: &str| text.replace('&', "&&");
    let mark = frame.mark.as_deref().map(|_| t(frame.lang, "file-simulated-short"));
    sheet.set_header(mark.map(|mark| format!("&C{}", plain(&mark))).unwrap_or_default());
    sheet.set_footer(format!("&L{}&R&P/&N", plain(&frame.subject)));
    Ok(())
}
