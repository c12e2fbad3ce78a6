//! The questionnaires and fields of service that the program brings along.

use domain::questionnaire::{Questionnaire, Text};
use serde::Deserialize;

const QUESTIONNAIRES: [&str; 2] = [
    include_str!("../questionnaires/sipas-2022.toml"),
    include_str!("../questionnaires/sipas-2023.toml"),
];
const FIELDS: &str = include_str!("../questionnaires/fields.toml");

#[derive(Deserialize)]
struct Fields {
    fields: Vec<Text>,
}

/// All questionnaires.
///
/// # Errors
/// Where a file has a flaw; the tests read all of them.
pub fn questionnaires() -> Result<Vec<Questionnaire>, toml::de::Error> {
    QUESTIONNAIRES.iter().map(|text| toml::from_str(text)).collect()
}

/// The fields of service for the picker, proposed by us; the last one is "Khác".
///
/// # Errors
/// Where the file has a flaw.
pub fn fields() -> Result<Vec<Text>, toml::de::Error> {
    toml::from_str::<Fields>(FIELDS).map(|file| file.fields)
}
