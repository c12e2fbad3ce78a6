//! Who writes a report, to whom, and where, in the words of Nghị định 30/2020/NĐ-CP: the same on the
//! printed page and in the document of Word. What the office knows and the program does not stays open.

use domain::questionnaire::Lang;
use domain::report::Heading;

use crate::text::{t, t_args};

/// Words with which names of territories begin; the committee of each is who writes.
const TERRITORIES: [&str; 10] =
    ["Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Thị trấn", "Xã", "Phường", "Đặc khu", "Khu"];
/// What nobody has told.
const OPEN: &str = "……";

/// The lines at the upper left of a document, in capitals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agency {
    /// The agency above.
    pub above: Vec<String>,
    /// Who writes.
    pub own: Vec<String>,
}

/// The name of a territory without the word that says which kind it is.
fn territory(name: &str) -> Option<&str> {
    TERRITORIES.iter().find_map(|kind| name.strip_prefix(kind)?.strip_prefix(' '))
}

/// Who writes for a unit: the people's committee of a territory, any other unit itself.
pub fn office(name: &str, lang: Lang) -> String {
    let mut letters = name.chars();
    match (territory(name), letters.next()) {
        (Some(_), Some(first)) => {
            let unit: String = first.to_lowercase().chain(letters).collect();
            t_args(lang, "file-committee-of", &[("unit", unit)])
        }
        _ => name.to_owned(),
    }
}

/// Who writes for a unit, and below whom where the unit is no territory.
pub fn agency(unit: &Heading, lang: Lang) -> Agency {
    let committee = t(lang, "file-committee").to_uppercase();
    let lines = |name: &str| match territory(name) {
        Some(_) => vec![committee.clone(), name.to_uppercase()],
        None => vec![name.to_uppercase()],
    };
    let above = unit.path.last().filter(|_| territory(&unit.name).is_none());
    let above = above.map(|above| lines(&above.name)).unwrap_or_default();
    Agency { above, own: lines(&unit.name) }
}

/// The line with the number of the document.
pub fn number(unit: &Heading, lang: Lang) -> String {
    t_args(lang, "file-number", &[("code", sign(unit, lang))])
}

/// What stands behind the number of the document.
pub fn sign(unit: &Heading, lang: Lang) -> String {
    match territory(&unit.name) {
        Some(_) => t(lang, "file-committee-code"),
        None => OPEN.to_owned(),
    }
}

/// Place and day; the place is the nearest territory.
pub fn place_and_day(unit: &Heading, lang: Lang) -> String {
    let names = std::iter::once(&unit.name).chain(unit.path.iter().rev().map(|above| &above.name));
    let place = names.map(String::as_str).find_map(territory).unwrap_or(OPEN);
    t_args(lang, "file-place-day", &[("place", place.to_owned())])
}

/// To whom it goes, a line each.
pub fn recipients(unit: &Heading, lang: Lang) -> Vec<String> {
    let above = unit
        .path
        .last()
        .map(|above| t_args(lang, "file-recipients-above", &[("unit", office(&above.name, lang))]));
    let open = [t(lang, "file-recipients-blank"), t(lang, "file-recipients-kept")];
    above.into_iter().chain(open).collect()
}

/// What the one who signs fills in: position and name.
pub fn signer(lang: Lang) -> [String; 2] {
    ["file-signer", "file-signer-name"].map(|key| format!("[{}]", t(lang, key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committee_of_a_territory_writes() {
        assert_eq!(office("Xã Tây Sơn", Lang::Vi), "Ủy ban nhân dân xã Tây Sơn");
        assert_eq!(office("Xã Tây Sơn", Lang::En), "People’s Committee of xã Tây Sơn");
        assert_eq!(office("Đặc khu Lý Sơn", Lang::Vi), "Ủy ban nhân dân đặc khu Lý Sơn");
        let centre = "Trung tâm Phục vụ hành chính công xã Tây Sơn";
        assert_eq!(office(centre, Lang::Vi), centre);
        assert_eq!(office("Xãm", Lang::Vi), "Xãm");
        assert_eq!(territory("Thành phố Đà Nẵng"), Some("Đà Nẵng"));
    }
}
