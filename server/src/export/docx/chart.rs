//! Native charts, which Word and `LibreOffice` draw and let be edited; in greys, so that paper loses
//! nothing.

use std::io;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::body::escape;
use crate::export::xlsx;

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Horizontal bars with the interval of each.
    Bars,
    /// A line that is broken where nothing is known.
    Line,
}

/// A series over categories, with the ends of an interval where there is one; scores from 0 to 100.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    pub(super) form: Form,
    pub(super) name: String,
    pub(super) categories: Vec<String>,
    pub(super) values: Vec<Option<f64>>,
    pub(super) intervals: Vec<Option<(f64, f64)>>,
    /// The ends of the axis.
    pub(super) axis: (f64, f64),
}

const NAMESPACES: &str = "xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const LINE: &str = "<c:spPr><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"808080\"/></a:solidFill></a:ln></c:spPr>";

impl Chart {
    /// The part of the package.
    pub(super) fn xml(&self) -> String {
        let series = self.series();
        let (plot, category, value) = match self.form {
            Form::Bars => (
                format!(
                    "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/>\
                     <c:varyColors val=\"0\"/>{series}<c:gapWidth val=\"60\"/><c:axId val=\"1\"/>\
                     <c:axId val=\"2\"/></c:barChart>"
                ),
                "l",
                "b",
            ),
            Form::Line => (
                format!(
                    "<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>{series}\
                     <c:marker val=\"1\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:lineChart>"
                ),
                "b",
                "l",
            ),
        };
        // Bars are read from the top, as the table beside them.
        let (order, crosses) = match self.form {
            Form::Bars => ("maxMin", "max"),
            Form::Line => ("minMax", "autoZero"),
        };
        let (low, high) = self.axis;
        let unit = if high - low > 50.0 { 20 } else { 5 };
        format!(
            "<c:chartSpace {NAMESPACES}><c:roundedCorners val=\"0\"/><c:chart>\
             <c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/>{plot}\
             <c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"{order}\"/></c:scaling>\
             <c:delete val=\"0\"/><c:axPos val=\"{category}\"/><c:numFmt formatCode=\"General\" \
             sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>\
             <c:tickLblPos val=\"low\"/>{LINE}<c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/>\
             </c:catAx><c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/>\
             <c:max val=\"{high}\"/><c:min val=\"{low}\"/></c:scaling><c:delete val=\"0\"/>\
             <c:axPos val=\"{value}\"/><c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill>\
             <a:srgbClr val=\"D9D9D9\"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>\
             <c:numFmt formatCode=\"0\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>\
             <c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/>{LINE}\
             <c:crossAx val=\"1\"/><c:crosses val=\"{crosses}\"/>\
             <c:crossBetween val=\"between\"/><c:majorUnit val=\"{unit}\"/></c:valAx></c:plotArea>\
             <c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>\
             <c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1100\">\
             <a:latin typeface=\"Times New Roman\"/><a:cs typeface=\"Times New Roman\"/></a:defRPr>\
             </a:pPr><a:endParaRPr lang=\"vi-VN\"/></a:p></c:txPr>\
             <c:externalData r:id=\"data\"><c:autoUpdate val=\"0\"/></c:externalData>\
             </c:chartSpace>"
        )
    }

    fn series(&self) -> String {
        let n = self.categories.len();
        let last = n + 1;
        let look = match self.form {
            Form::Bars => {
                "<c:spPr><a:solidFill><a:srgbClr val=\"A6A6A6\"/></a:solidFill><a:ln w=\"6350\">\
                 <a:solidFill><a:srgbClr val=\"404040\"/></a:solidFill></a:ln></c:spPr>\
                 <c:invertIfNegative val=\"0\"/>"
            }
            Form::Line => {
                "<c:spPr><a:ln w=\"22225\"><a:solidFill><a:srgbClr val=\"262626\"/></a:solidFill>\
                 </a:ln></c:spPr><c:marker><c:symbol val=\"circle\"/><c:size val=\"6\"/><c:spPr>\
                 <a:solidFill><a:srgbClr val=\"262626\"/></a:solidFill></c:spPr></c:marker>"
            }
        };
        let categories: String = (0..)
            .zip(&self.categories)
            .map(|(at, name): (usize, _)| {
                format!("<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", escape(name))
            })
            .collect();
        let errors = self.errors();
        let smooth = if self.form == Form::Line { "<c:smooth val=\"0\"/>" } else { "" };
        format!(
            "<c:ser><c:idx val=\"0\"/><c:order val=\"0\"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f>\
             <c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>{}</c:v></c:pt></c:strCache>\
             </c:strRef></c:tx>{look}{errors}<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>\
             <c:strCache><c:ptCount val=\"{n}\"/>{categories}</c:strCache></c:strRef></c:cat>\
             <c:val><c:numRef><c:f>Sheet1!$B$2:$B${last}</c:f><c:numCache>\
             <c:formatCode>0.00</c:formatCode>{}</c:numCache></c:numRef></c:val>{smooth}</c:ser>",
            escape(&self.name),
            points(self.values.iter().copied())
        )
    }

    /// How far each interval reaches to either side.
    fn errors(&self) -> String {
        let arm = |high: bool| {
            self.values.iter().zip(&self.intervals).map(move |(value, interval)| {
                let (value, (low, top)) = ((*value)?, (*interval)?);
                Some(if high { top - value } else { value - low }.max(0.0))
            })
        };
        if arm(true).all(|end| end.is_none()) {
            return String::new();
        }
        // The direction of the bars is that of the chart; only a plot of points has two.
        let literal = |high: bool| {
            format!(
                "<c:numLit><c:formatCode>0.00</c:formatCode>{}</c:numLit>",
                points(arm(high).map(|end| end.or(Some(0.0))))
            )
        };
        format!(
            "<c:errBars><c:errBarType val=\"both\"/><c:errValType val=\"cust\"/>\
             <c:noEndCap val=\"0\"/><c:plus>{}</c:plus><c:minus>{}</c:minus>\
             <c:spPr><a:ln w=\"12700\"><a:solidFill><a:srgbClr val=\"000000\"/></a:solidFill>\
             </a:ln></c:spPr></c:errBars>",
            literal(true),
            literal(false)
        )
    }

    /// The numbers behind the chart, which Word opens to edit them.
    pub(super) fn workbook(&self, made: i64) -> io::Result<Vec<u8>> {
        self.write(made).map_err(io::Error::other)
    }

    fn write(&self, made: i64) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&xlsx::properties(made)?);
        let sheet = workbook.add_worksheet();
        sheet.set_name("Sheet1")?;
        sheet.write_string(0, 1, &self.name)?;
        for (row, (category, value)) in (1..).zip(self.categories.iter().zip(&self.values)) {
            sheet.write_string(row, 0, category)?;
            if let Some(value) = value {
                sheet.write_number(row, 1, *value)?;
            }
        }
        workbook.save_to_buffer()
    }
}

fn points(values: impl ExactSizeIterator<Item = Option<f64>>) -> String {
    let n = values.len();
    let points: String = values
        .enumerate()
        .filter_map(|(at, value)| Some(format!("<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", value?)))
        .collect();
    format!("<c:ptCount val=\"{n}\"/>{points}")
}
