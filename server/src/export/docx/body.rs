//! The running text of a document: paragraphs, runs and tables as `WordprocessingML`.
//!
//! Elements stand in the order of the schema, or a reader asks to repair the file. Knows nothing of
//! reports.

/// Between the margins of an A4 sheet, in twentieths of a point.
pub(super) const WIDTH: u32 = 9355;

/// Rows up to which a table is kept on one page; of more, and they leave much of a page empty.
const KEPT: usize = 6;

/// A piece of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) enum Run<'a> {
    Plain(&'a str),
    Bold(&'a str),
    Italic(&'a str),
}

/// Text as it stands in XML: escaped, and without characters that XML does not have.
pub(in crate::export) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// How the text of a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Centre,
    Right,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// Its part of the width, against the sum of all.
    pub(super) share: u32,
    pub(super) side: Side,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Of the row that sums up the others.
    pub(super) bold: bool,
    /// No figure stands there, but why.
    pub(super) slanted: bool,
}

/// Whether a row of so many stays on the page of the next: all of a short table, and of a long one those
/// at its ends, so that no row stands alone.
fn keeps(row: usize, of: usize) -> bool {
    row + 1 < of && (of <= KEPT || row == 0 || row + 2 == of)
}

/// The text, grown piece by piece.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) xml: String,
}

impl Body {
    /// A paragraph in one of the styles of the document.
    pub(super) fn paragraph(&mut self, style: &str, runs: &[Run<'_>]) {
        self.push(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"));
        for run in runs {
            self.run(*run);
        }
        self.push("</w:p>");
    }

    /// A paragraph of plain text.
    pub(super) fn text(&mut self, style: &str, text: &str) {
        self.paragraph(style, &[Run::Plain(text)]);
    }

    fn run(&mut self, run: Run<'_>) {
        let (properties, text) = match run {
            Run::Plain(text) => ("", text),
            Run::Bold(text) => ("<w:rPr><w:b/><w:bCs/></w:rPr>", text),
            Run::Italic(text) => ("<w:rPr><w:i/><w:iCs/></w:rPr>", text),
        };
        let text = escape(text);
        self.push(&format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>"));
    }

    /// A rule of a length, centred in a width; both in twentieths of a point.
    pub(super) fn rule(&mut self, length: u32, width: u32) {
        let indent = width.saturating_sub(length) / 2;
        self.push(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Rule\"/><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" \
             w:space=\"1\" w:color=\"auto\"/></w:pBdr><w:ind w:left=\"{indent}\" \
             w:right=\"{indent}\"/></w:pPr></w:p>"
        ));
    }

    /// Two blocks beside each other, without lines: the head and the end of a letter.
    pub(super) fn beside(&mut self, (left, right): (u32, u32), blocks: [&Body; 2]) {
        self.push(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/>\
             </w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"{left}\"/>\
             <w:gridCol w:w=\"{right}\"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>",
            left + right
        ));
        for (width, block) in [left, right].into_iter().zip(blocks) {
            let xml = &block.xml;
            self.push(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{xml}</w:tc>"
            ));
        }
        self.push("</w:tr></w:tbl>");
    }

    /// A table with a head that is repeated on each page, and rows that no page cuts.
    pub(super) fn table(&mut self, title: &str, columns: &[Column], rows: &[Vec<Cell>]) {
        let whole: u32 = columns.iter().map(|column| column.share).sum::<u32>().max(1);
        let widths: Vec<u32> = columns.iter().map(|c| WIDTH * c.share / whole).collect();
        let sum: u32 = widths.iter().sum();
        self.push(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Figures\"/><w:tblW w:w=\"{sum}\" \
             w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" \
             w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" \
             w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>",
            escape(title)
        ));
        for width in &widths {
            self.push(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.push("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in columns.iter().zip(&widths) {
            self.push(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>\
                 <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E7E6E6\"/>\
                 <w:vAlign w:val=\"center\"/></w:tcPr>"
            ));
            self.text("TableHead", &column.name);
            self.push("</w:tc>");
        }
        self.push("</w:tr>");
        for (at, row) in rows.iter().enumerate() {
            self.row(columns, &widths, row, keeps(at, rows.len()));
        }
        self.push("</w:tbl>");
        // A table must be followed by a paragraph, and two tables in a row would grow together.
        self.text("AfterTable", "");
    }

    fn row(&mut self, columns: &[Column], widths: &[u32], row: &[Cell], keep: bool) {
        let keep = if keep { "<w:keepNext/>" } else { "" };
        self.push("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for ((column, width), cell) in columns.iter().zip(widths).zip(row) {
            let style = match column.side {
                Side::Left => "TableLeft",
                Side::Centre => "TableCentre",
                Side::Right => "TableRight",
            };
            self.push(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>\
                 <w:vAlign w:val=\"center\"/></w:tcPr>"
            ));
            let run = match (cell.bold, cell.slanted) {
                (true, _) => Run::Bold(&cell.text),
                (false, true) => Run::Italic(&cell.text),
                (false, false) => Run::Plain(&cell.text),
            };
            self.push(&format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{keep}</w:pPr>"));
            self.run(run);
            self.push("</w:p></w:tc>");
        }
        self.push("</w:tr>");
    }

    /// A line of dots to be written on, on one page with what follows.
    pub(super) fn dots(&mut self) {
        self.push(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"LeadIn\"/><w:tabs><w:tab w:val=\"right\" \
             w:leader=\"dot\" w:pos=\"{WIDTH}\"/></w:tabs><w:ind w:firstLine=\"0\"/></w:pPr>\
             <w:r><w:tab/></w:r></w:p>"
        ));
    }

    /// A chart of the package, as wide as the text; both numbers in English metric units.
    pub(super) fn chart(&mut self, number: usize, description: &str, (cx, cy): (u64, u64)) {
        let described = escape(description);
        self.push(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Chart\"/></w:pPr><w:r><w:drawing><wp:inline \
             distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/>\
             <wp:docPr id=\"{number}\" name=\"Chart {number}\" descr=\"{described}\"/>\
             <wp:cNvGraphicFramePr/><a:graphic><a:graphicData \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">\
             <c:chart r:id=\"chart{number}\"/></a:graphicData></a:graphic></wp:inline>\
             </w:drawing></w:r></w:p>"
        ));
    }

    fn push(&mut self, xml: &str) {
        self.xml.push_str(xml);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_short_table_is_kept_whole() {
        let kept = |of: usize| (0..of).filter(|row| keeps(*row, of)).collect::<Vec<_>>();
        assert_eq!(kept(1), Vec::<usize>::new());
        assert_eq!(kept(KEPT), [0, 1, 2, 3, 4]);
        assert_eq!(kept(13), [0, 11]);
    }

    #[test]
    fn text_is_escaped_and_has_no_character_that_xml_lacks() {
        assert_eq!(
            escape("<a href=\"x\">&\u{0}\u{7}\u{1b}\u{fffe}\tđ\n"),
            "&lt;a href=&quot;x&quot;&gt;&amp; đ "
        );
    }
}
