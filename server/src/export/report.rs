//! The monthly report as a file in each of its formats, and what the file is called.

use app::pages::report::{Place, ReportPage, report};
use app::text::{t, t_args};
use domain::delivery::Attachment;
use domain::document::NoteReason;
use domain::questionnaire::Lang;
use domain::report::Month;

use super::{csv, docx, xlsx};
use crate::service::report::Issued;

/// The words of notes in reports: sealed ones keep the Vietnamese.
pub fn note(reason: NoteReason) -> String {
    app::text::note(Lang::Vi, reason)
}

/// What a report can be had as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Html,
    Docx,
    Xlsx,
    Csv,
    Json,
}

impl Format {
    pub const ALL: [Self; 5] = [Self::Html, Self::Docx, Self::Xlsx, Self::Csv, Self::Json];

    /// The ending of the name of a file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The format of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == text)
    }

    /// The media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

impl From<Attachment> for Format {
    fn from(file: Attachment) -> Self {
        match file {
            Attachment::Docx => Self::Docx,
            Attachment::Xlsx => Self::Xlsx,
            Attachment::Csv => Self::Csv,
        }
    }
}

/// The bytes of a format; as JSON of a sealed report those that were sealed.
///
/// # Errors
/// Where the file cannot be put together.
pub fn file(issued: &Issued, format: Format, lang: Lang) -> anyhow::Result<Vec<u8>> {
    match format {
        Format::Json => Ok(issued.json.clone()),
        Format::Html => Ok(html(issued, lang).into_bytes()),
        Format::Docx => Ok(docx::docx(&issued.edition, lang)?),
        Format::Xlsx => Ok(xlsx::xlsx(&issued.edition, lang)?),
        Format::Csv => Ok(csv::report(&issued.edition, lang)?),
    }
}

/// The page with its style in it and no link to anywhere.
fn html(issued: &Issued, lang: Lang) -> String {
    let style = style();
    let closed_on = issued.edition.report.unit.valid_to;
    let closed_on = closed_on.filter(|last| *last <= issued.edition.report.to);
    let place = Place::File { style: &style };
    report(&ReportPage { lang, edition: &issued.edition, closed_on, place })
}

/// The style sheets of the page, one after the other.
fn style() -> String {
    const MAIN: &str = include_str!("../../../style/main.css");
    const REPORT: &str = include_str!("../../../style/report.css");
    let report = REPORT.replace("@import \"main.css\";", "");
    format!("{MAIN}\n{report}")
}

/// The name of a file in letters that every system takes: `bao-cao-hai-long-tay-son-2026-09.docx`.
pub fn name(unit: &str, month: Month, format: Format, lang: Lang) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
    let unit: String = unit.chars().map(plain).collect();
    format!("{}-{unit}-{month}.{}", t(lang, "report-file-stem"), format.name())
}

/// The same in words: `Báo cáo mức độ hài lòng – Xã Tây Sơn – 09-2026.docx`.
pub fn title(unit: &str, month: Month, format: Format, lang: Lang) -> String {
    let month = month.first().strftime("%m-%Y").to_string();
    let values = [("unit", unit.to_owned()), ("month", month)];
    let name = t_args(lang, "report-file-title", &values);
    let safe = |c: char| !c.is_control() && !"/\\:*?\"<>|".contains(c);
    let name: String = name.chars().map(|c| if safe(c) { c } else { '_' }).collect();
    format!("{name}.{}", format.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_names() {
        let month = Month::parse("2026-09").unwrap();
        let called = |unit| name(unit, month, Format::Docx, Lang::Vi);
        assert_eq!(called("tay-son"), "bao-cao-hai-long-tay-son-2026-09.docx");
        assert_eq!(called("../x\"\r\ny"), "bao-cao-hai-long-___x___y-2026-09.docx");
        let said = title("Xã A/B\r\n", month, Format::Xlsx, Lang::Vi);
        assert_eq!(said, "Báo cáo mức độ hài lòng – Xã A_B__ – 09-2026.xlsx");
    }

    #[test]
    fn the_file_carries_its_style() {
        assert!(!style().contains("@import"));
        assert!(style().contains("@layer report"));
    }
}
