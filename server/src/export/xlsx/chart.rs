//! The charts of the workbook: scores of the components, and of the months with their intervals.

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartEmptyCells, ChartFont, ChartLine, ChartLineDashType,
    ChartMarker, ChartMarkerType, ChartSeries, ChartSolidFill, ChartType, Color,
};

use super::HEAD;
use crate::export::tables::{Column, Table};

/// The table has a chart below it.
pub(super) fn charted(table: &Table) -> bool {
    matches!(table.key, "trend" | "components") && !table.rows.is_empty()
}

/// The chart of a table that has one; `first` is the sheet's column of the first value.
pub(super) fn chart(table: &Table, sheet: &str, first: u16) -> Option<Chart> {
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
        chart.push_series(score.set_format(&mut grey).set_gap(60));
        chart.legend().set_hidden();
        // Of bars the crate calls the upright axis, that of the names, the second one.
        chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
        chart.x_axis().set_min(0).set_max(100);
    }
    chart.show_empty_cells_as(ChartEmptyCells::Gaps);
    chart.title().set_name(&table.title).set_font(ChartFont::new().set_size(12));
    chart.set_alt_text(&table.title).set_width(860).set_height(380);
    Some(chart)
}

fn line(grey: u32, width: f64) -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(grey)).set_width(width);
    line
}
