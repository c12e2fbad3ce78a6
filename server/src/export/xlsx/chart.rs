//! The charts of the workbook: scores of the components, and of the months with their intervals.

use app::text::t;
use domain::questionnaire::Lang;
use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartEmptyCells, ChartErrorBars, ChartErrorBarsType, ChartFont,
    ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType, ChartRange, ChartSeries,
    ChartSolidFill, ChartType, Color, Worksheet, XlsxError,
};

use super::HEAD;
use crate::export::tables::{Column, Row, Table, Value};

/// The width of a chart where the columns above it are no narrower.
pub(super) const WIDTH: u32 = 860;

/// The table has a chart below it.
pub(super) fn charted(table: &Table) -> bool {
    matches!(table.key, "trend" | "components") && !table.rows.is_empty()
}

/// The chart of a table that has one, between the sheet's columns of the first and the last value.
pub(super) fn chart(
    table: &Table,
    lang: Lang,
    sheet: &str,
    (first, end): (u16, u16),
) -> Option<Chart> {
    if !charted(table) {
        return None;
    }
    let column = |key: &str| {
        let found = table.columns.iter().position(|column: &Column| column.key == key)?;
        Some(first + u16::try_from(found).ok()?)
    };
    let last = HEAD + u32::try_from(table.rows.len()).ok()?;
    let months = table.key == "trend";
    let mut chart = Chart::new(if months { ChartType::Line } else { ChartType::Bar });
    let series = |key: &str| -> Option<ChartSeries> {
        let at = column(key)?;
        let mut series = ChartSeries::new();
        series
            .set_categories((sheet, HEAD + 1, first - 1, last, first - 1))
            .set_values((sheet, HEAD + 1, at, last, at))
            .set_name((sheet, HEAD, at));
        Some(series)
    };
    let mut score = series("score")?;
    if months {
        let mut round = ChartMarker::new();
        round.set_type(ChartMarkerType::Circle).set_size(6);
        score.set_format(&mut line(0x0026_2626, 2.0)).set_marker(&round);
        chart.push_series(&score);
        for end in ["low", "high"] {
            let mut dashed = line(0x0080_8080, 1.0);
            dashed.set_dash_type(ChartLineDashType::Dash);
            chart.push_series(series(end)?.set_format(&mut dashed));
        }
    } else {
        let mut grey = ChartSolidFill::new();
        grey.set_color(Color::RGB(0x00A6_A6A6));
        let [low, high] =
            beside(end).map(|at| ChartRange::new_from_range(sheet, HEAD + 1, at, last, at));
        let mut intervals = ChartErrorBars::new();
        intervals.set_type(ChartErrorBarsType::Custom(high, low));
        score.set_format(&mut grey).set_gap(60).set_x_error_bars(&intervals);
        chart.push_series(&score);
        chart.legend().set_hidden();
        // Of bars the crate calls the upright axis, that of the names, the second one.
        chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
        chart.x_axis().set_min(0).set_max(100);
    }
    chart.show_empty_cells_as(ChartEmptyCells::Gaps);
    // Its title says what the ends of the intervals are.
    let title = t(lang, &format!("file-{}-chart", table.key));
    chart.title().set_name(&title).set_font(ChartFont::new().set_size(12));
    chart.set_alt_text(&title).set_height(380);
    Some(chart)
}

/// The two columns beside the table, and outside what is printed, that the intervals of bars are drawn
/// from: a chart wants to know how far they reach, not where they end.
fn beside(end: u16) -> [u16; 2] {
    [end + 2, end + 3]
}

/// How far each interval reaches to either side, for the bars of the components.
pub(super) fn arms(
    sheet: &mut Worksheet,
    lang: Lang,
    table: &Table,
    end: u16,
) -> Result<(), XlsxError> {
    if table.key != "components" {
        return Ok(());
    }
    for (at, key) in beside(end).into_iter().zip(["file-arm-low", "file-arm-high"]) {
        sheet.write_string(HEAD, at, t(lang, key))?;
        sheet.set_column_width(at, 18.0)?;
    }
    for (line, row) in (HEAD + 1..).zip(&table.rows) {
        let ends = ["score", "low", "high"].map(|key| number(table, row, key));
        let [Some(score), Some(low), Some(high)] = ends else { continue };
        for (at, arm) in beside(end).into_iter().zip([score - low, high - score]) {
            sheet.write_number(line, at, arm.max(0.0))?;
        }
    }
    Ok(())
}

/// The number of a row in a column.
fn number(table: &Table, row: &Row, key: &str) -> Option<f64> {
    let at = table.columns.iter().position(|column| column.key == key)?;
    match row.values.get(at)? {
        Value::Number(number) | Value::Few(number) => Some(*number),
        _ => None,
    }
}

fn line(grey: u32, width: f64) -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(grey)).set_width(width);
    line
}
