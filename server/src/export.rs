//! Data out: the files of the contract, and the monthly report as files that offices work on.

pub mod csv;
pub mod docx;
pub mod report;
mod tables;
mod wording;
pub mod xlsx;

use app::text::{count, t, t_args};
use domain::questionnaire::Lang;
use domain::report::{Edition, Report};
use jiff::Timestamp;

/// When the report was made, in seconds since 1970: what its files are dated by.
fn made(edition: &Edition) -> i64 {
    edition.report.method.made_at.parse().map_or(0, Timestamp::as_second)
}

/// What a star beside a score means.
fn few_means(lang: Lang) -> String {
    format!("* {}", t(lang, "few-means"))
}

/// What every file says of simulated responses, where there are any.
fn mark(report: &Report, lang: Lang) -> Option<String> {
    let simulated = report.quality.simulated;
    let part = [("n", count(lang, simulated)), ("to", count(lang, report.responses))];
    report.simulated.then(|| match simulated < report.responses && simulated > 0 {
        true => t_args(lang, "file-simulated-part", &part),
        false => t(lang, "file-simulated"),
    })
}
