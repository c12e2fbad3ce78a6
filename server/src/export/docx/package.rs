//! The parts of a document and the file that holds them: the same bytes for the same report.

use std::io::{self, Cursor, Write};

use domain::questionnaire::Lang;
use jiff::Timestamp;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::body::escape;
use super::chart::Chart;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
     xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
     xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"";
/// A4 with the margins of Nghị định 30/2020/NĐ-CP, in twentieths of a point: 20 mm above and below,
/// 30 mm at the left, 15 mm at the right. The number of the page stands in the upper margin, from the
/// second page on.
const SECTION: &str = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/>\
     <w:headerReference w:type=\"first\" r:id=\"first\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
     <w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"510\" \
     w:footer=\"510\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>";
const PAGE: &str = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
     <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r>\
     <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
const STYLES: &str = include_str!("styles.xml");
/// Says that the file is of today's Word, or it opens in the mode of an old one.
const SETTINGS: &str = "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
     <w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/><w:compat>\
     <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" \
     w:val=\"15\"/></w:compat></w:settings>";

/// A whole document.
#[derive(Debug)]
pub(super) struct Package<'a> {
    pub(super) lang: Lang,
    pub(super) title: &'a str,
    pub(super) author: &'a str,
    /// When the report was made, not the file, so that the bytes are the same each time.
    pub(super) made: Timestamp,
    /// The text between the first and the last element of the body.
    pub(super) body: &'a str,
    /// What each page says in its head beside its number.
    pub(super) mark: Option<&'a str>,
    pub(super) charts: &'a [Chart],
}

impl Package<'_> {
    /// The file.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut add = |name: &str, bytes: &[u8]| -> io::Result<()> {
            zip.start_file(name, options)?;
            zip.write_all(bytes)
        };
        let document = format!(
            "{XML}<w:document {NAMESPACES}><w:body>{}{SECTION}</w:body></w:document>",
            self.body
        );
        let lang = if self.lang == Lang::Vi { "vi-VN" } else { "en-GB" };
        add("[Content_Types].xml", self.types().as_bytes())?;
        add("_rels/.rels", relations(&ROOT).as_bytes())?;
        add("docProps/core.xml", self.properties().as_bytes())?;
        add("word/document.xml", document.as_bytes())?;
        add("word/_rels/document.xml.rels", self.relations().as_bytes())?;
        add("word/styles.xml", STYLES.replace("{LANG}", lang).as_bytes())?;
        add("word/settings.xml", format!("{XML}{SETTINGS}").as_bytes())?;
        add("word/header.xml", self.header(true).as_bytes())?;
        add("word/first.xml", self.header(false).as_bytes())?;
        for (number, chart) in (1..).zip(self.charts) {
            let part = format!("{XML}{}", chart.xml());
            add(&format!("word/charts/chart{number}.xml"), part.as_bytes())?;
            let data = [("data", "package", format!("../embeddings/chart{number}.xlsx"))];
            let name = format!("word/charts/_rels/chart{number}.xml.rels");
            add(&name, relations(&data).as_bytes())?;
            add(
                &format!("word/embeddings/chart{number}.xlsx"),
                &chart.workbook(self.made.as_second())?,
            )?;
        }
        Ok(zip.finish()?.into_inner())
    }

    fn types(&self) -> String {
        let mut parts = vec![
            ("/word/document.xml".to_owned(), format!("{WORD}.document.main+xml")),
            ("/word/styles.xml".to_owned(), format!("{WORD}.styles+xml")),
            ("/word/settings.xml".to_owned(), format!("{WORD}.settings+xml")),
            ("/word/header.xml".to_owned(), format!("{WORD}.header+xml")),
            ("/word/first.xml".to_owned(), format!("{WORD}.header+xml")),
            (
                "/docProps/core.xml".to_owned(),
                "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
            ),
        ];
        parts.extend((1..=self.charts.len()).map(|number| {
            let kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
            (format!("/word/charts/chart{number}.xml"), kind.to_owned())
        }));
        let overrides: String = parts
            .iter()
            .map(|(name, kind)| format!("<Override PartName=\"{name}\" ContentType=\"{kind}\"/>"))
            .collect();
        format!(
            "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Default Extension=\"xlsx\" ContentType=\"application/vnd.openxmlformats-\
             officedocument.spreadsheetml.sheet\"/>{overrides}</Types>"
        )
    }

    fn relations(&self) -> String {
        let mut list = vec![
            ("styles".to_owned(), "styles", "styles.xml".to_owned()),
            ("settings".to_owned(), "settings", "settings.xml".to_owned()),
            ("header".to_owned(), "header", "header.xml".to_owned()),
            ("first".to_owned(), "header", "first.xml".to_owned()),
        ];
        list.extend((1..=self.charts.len()).map(|number| {
            (format!("chart{number}"), "chart", format!("charts/chart{number}.xml"))
        }));
        let list: Vec<_> =
            list.iter().map(|(id, kind, target)| (id.as_str(), *kind, target.clone())).collect();
        relations(&list)
    }

    fn properties(&self) -> String {
        let [title, author] = [self.title, self.author].map(escape);
        let made = self.made.strftime("%Y-%m-%dT%H:%M:%SZ");
        let lang = if self.lang == Lang::Vi { "vi-VN" } else { "en-GB" };
        format!(
            "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
             <dc:creator>{author}</dc:creator><dc:language>{lang}</dc:language>\
             <dcterms:created xsi:type=\"dcterms:W3CDTF\">{made}</dcterms:created>\
             </cp:coreProperties>"
        )
    }

    fn header(&self, numbered: bool) -> String {
        let paragraph =
            |runs: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{runs}</w:p>");
        let mut text = match numbered {
            true => paragraph(PAGE),
            false => String::new(),
        };
        if let Some(mark) = self.mark {
            let mark = escape(mark);
            text.push_str(&paragraph(&format!(
                "<w:r><w:rPr><w:i/><w:iCs/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>\
                 <w:t>{mark}</w:t></w:r>"
            )));
        }
        if text.is_empty() {
            text = paragraph("");
        }
        format!("{XML}<w:hdr {NAMESPACES}>{text}</w:hdr>")
    }
}

const ROOT: [(&str, &str, &str); 2] = [
    ("document", "officeDocument", "word/document.xml"),
    ("core", "metadata/core-properties", "docProps/core.xml"),
];

/// A part that names other parts: id, kind and target of each.
fn relations<T: AsRef<str>>(list: &[(&str, &str, T)]) -> String {
    let each = |(id, kind, target): &(&str, &str, T)| {
        let space = match kind.starts_with("metadata") {
            true => format!("{PACKAGE}/relationships"),
            false => OFFICE.to_owned(),
        };
        let target = target.as_ref();
        format!("<Relationship Id=\"{id}\" Type=\"{space}/{kind}\" Target=\"{target}\"/>")
    };
    let list: String = list.iter().map(each).collect();
    format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{list}</Relationships>")
}
