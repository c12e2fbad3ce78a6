//! Head and end of an official document, as Nghị định 30/2020/NĐ-CP has them, laid out for Word.

use app::pages::report::letter::{agency, number, place_and_day, recipients, signer};
use app::text::t;
use domain::questionnaire::Lang;
use domain::report::Heading;

use super::body::{Body, Run, WIDTH};

/// The left and the right half of the head, in twentieths of a point.
const HALVES: (u32, u32) = (3855, 5500);

/// The width of a line in capitals, in twentieths of a point: about two thirds of the height a letter.
fn length(text: &str, points: f64) -> u32 {
    (text.chars().count() as f64 * points * 0.66 * 20.0) as u32
}

/// Agency and number at the left; nation, motto, place and day at the right.
pub(super) fn head(body: &mut Body, unit: &Heading, lang: Lang) {
    let mut left = Body::default();
    let agency = agency(unit, lang);
    for line in &agency.above {
        left.text("Agency", line);
    }
    for line in &agency.own {
        left.paragraph("Agency", &[Run::Bold(line)]);
    }
    let last = agency.own.last().map_or(0, |line| length(line, 13.0));
    left.rule(last.min(HALVES.0) * 2 / 5, HALVES.0);
    left.text("Number", &number(unit, lang));
    let mut right = Body::default();
    right.paragraph("Agency", &[Run::Bold(&t(lang, "file-nation"))]);
    let motto = t(lang, "file-motto");
    right.paragraph("Motto", &[Run::Bold(&motto)]);
    // Small letters are narrower than capitals; the rule is as long as the line.
    right.rule(length(&motto, 14.0) * 3 / 4, HALVES.1);
    right.paragraph("Number", &[Run::Italic(&place_and_day(unit, lang))]);
    body.beside(HALVES, [&left, &right]);
}

/// To whom it goes, at the left; who signs, at the right.
pub(super) fn end(body: &mut Body, unit: &Heading, lang: Lang) {
    let mut left = Body::default();
    left.text("RecipientsHead", &t(lang, "file-recipients"));
    for line in recipients(unit, lang) {
        left.text("Recipient", &line);
    }
    let mut right = Body::default();
    let [signer, name] = signer(lang);
    right.paragraph("Letterhead", &[Run::Bold(&signer)]);
    right.paragraph("Letterhead", &[Run::Italic(&t(lang, "file-signature"))]);
    for _ in 0..4 {
        right.text("Letterhead", "");
    }
    right.paragraph("Letterhead", &[Run::Bold(&name)]);
    body.text("BeforeEnd", "");
    body.beside((WIDTH / 2 - 200, WIDTH - WIDTH / 2 + 200), [&left, &right]);
}
