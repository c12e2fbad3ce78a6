//! Head and end of an official document, as Nghị định 30/2020/NĐ-CP has them: what the office knows and
//! the program does not is left to be filled in.

use app::text::{t, t_args};
use domain::questionnaire::Lang;
use domain::report::{Heading, Named};

use super::body::{Body, Run, WIDTH};

/// The left and the right half of the head, in twentieths of a point.
const HALVES: (u32, u32) = (3855, 5500);
/// Words with which names of territories begin; the committee of each is who writes.
const TERRITORIES: [&str; 10] =
    ["Tỉnh", "Thành phố", "Quận", "Huyện", "Thị xã", "Thị trấn", "Xã", "Phường", "Đặc khu", "Khu"];
/// What nobody has told.
const OPEN: &str = "……";

/// The name of a territory without the word that says which kind it is.
fn territory(name: &str) -> Option<&str> {
    TERRITORIES.iter().find_map(|kind| name.strip_prefix(kind)?.strip_prefix(' '))
}

/// Who writes for a unit: the people's committee of a territory, any other unit itself.
pub(super) fn office(name: &str, lang: Lang) -> String {
    let mut letters = name.chars();
    match (territory(name), letters.next()) {
        (Some(_), Some(first)) => {
            let rest: String = first.to_lowercase().chain(letters).collect();
            format!("{} {rest}", t(lang, "file-committee"))
        }
        _ => name.to_owned(),
    }
}

/// What stands behind the number of the document.
pub(super) fn sign(unit: &Heading, lang: Lang) -> String {
    match territory(&unit.name) {
        Some(_) => t(lang, "file-committee-code"),
        None => OPEN.to_owned(),
    }
}

/// The place in the date: the nearest territory.
fn place(unit: &Heading) -> &str {
    let names = std::iter::once(&unit.name).chain(unit.path.iter().rev().map(|above| &above.name));
    names.map(String::as_str).find_map(territory).unwrap_or(OPEN)
}

/// The width of a line in capitals, in twentieths of a point: about two thirds of the height a letter.
fn length(text: &str, points: f64) -> u32 {
    (text.chars().count() as f64 * points * 0.66 * 20.0) as u32
}

/// Agency and number at the left; nation, motto, place and day at the right.
pub(super) fn head(body: &mut Body, unit: &Heading, lang: Lang) {
    let mut left = Body::default();
    let committee = t(lang, "file-committee").to_uppercase();
    match (territory(&unit.name), unit.path.last()) {
        (Some(_), _) => left.paragraph("Agency", &[Run::Bold(&committee)]),
        (None, Some(above)) => {
            if territory(&above.name).is_some() {
                left.text("Agency", &committee);
            }
            left.text("Agency", &above.name.to_uppercase());
        }
        (None, None) => {}
    }
    let name = unit.name.to_uppercase();
    left.paragraph("Agency", &[Run::Bold(&name)]);
    let line = length(&name, 13.0).min(HALVES.0);
    left.rule(line * 2 / 5, HALVES.0);
    let code = [("code", sign(unit, lang))];
    left.text("Number", &t_args(lang, "file-number", &code));
    let mut right = Body::default();
    right.paragraph("Agency", &[Run::Bold(&t(lang, "file-nation"))]);
    let motto = t(lang, "file-motto");
    right.paragraph("Motto", &[Run::Bold(&motto)]);
    // Small letters are narrower than capitals; the rule is as long as the line.
    right.rule(length(&motto, 14.0) * 3 / 4, HALVES.1);
    let day = t_args(lang, "file-place-day", &[("place", place(unit).to_owned())]);
    right.paragraph("Number", &[Run::Italic(&day)]);
    body.beside(HALVES, [&left, &right]);
}

/// To whom it goes, at the left; who signs, at the right.
pub(super) fn end(body: &mut Body, unit: &Heading, lang: Lang) {
    let mut left = Body::default();
    left.text("RecipientsHead", &t(lang, "file-recipients"));
    if let Some(Named { name, .. }) = unit.path.last() {
        let above = [("unit", office(name, lang))];
        left.text("Recipient", &t_args(lang, "file-recipients-above", &above));
    }
    left.text("Recipient", &t(lang, "file-recipients-blank"));
    left.text("Recipient", &t(lang, "file-recipients-kept"));
    let mut right = Body::default();
    let [signer, name] =
        ["file-signer", "file-signer-name"].map(|key| format!("[{}]", t(lang, key)));
    right.paragraph("Letterhead", &[Run::Bold(&signer)]);
    right.paragraph("Letterhead", &[Run::Italic(&t(lang, "file-signature"))]);
    for _ in 0..4 {
        right.text("Letterhead", "");
    }
    right.paragraph("Letterhead", &[Run::Bold(&name)]);
    body.text("BeforeEnd", "");
    body.beside((WIDTH / 2 - 200, WIDTH - WIDTH / 2 + 200), [&left, &right]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committee_of_a_territory_writes() {
        assert_eq!(office("Xã Tây Sơn", Lang::Vi), "Ủy ban nhân dân xã Tây Sơn");
        assert_eq!(office("Đặc khu Lý Sơn", Lang::Vi), "Ủy ban nhân dân đặc khu Lý Sơn");
        let centre = "Trung tâm Phục vụ hành chính công xã Tây Sơn";
        assert_eq!(office(centre, Lang::Vi), centre);
        assert_eq!(office("Xãm", Lang::Vi), "Xãm");
        assert_eq!(territory("Thành phố Đà Nẵng"), Some("Đà Nẵng"));
    }
}
