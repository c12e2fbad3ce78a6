//! How files say months, moments and numbers.

use app::text::{self, t_args};
use domain::questionnaire::Lang;
use domain::report::Month;
use jiff::civil::DateTime;
use rust_decimal::Decimal;

/// A month in a sentence: `tháng 9 năm 2026`, `September 2026`.
pub(super) fn month(lang: Lang, month: Month) -> String {
    let first = month.first();
    // A year is a name here, not a number with a point between its thousands.
    let year = [("year", format!("{:04}", first.year()))];
    t_args(lang, &format!("file-month-{}", first.month()), &year)
}

/// A month in a table: `09/2026`.
pub(super) fn short_month(month: Month) -> String {
    let first = month.first();
    format!("{:02}/{:04}", first.month(), first.year())
}

/// A moment of RFC 3339, in its own offset, to the minute; as it stands where it is none.
pub(super) fn moment(lang: Lang, text: &str) -> String {
    let local = text.get(..19).and_then(|start| start.parse::<DateTime>().ok());
    let Some(local) = local else { return text.to_owned() };
    let time = local.strftime("%H:%M").to_string();
    t_args(lang, "file-moment", &[("time", time), ("day", text::day(local.date()))])
}

/// The number that a binary one was made from: the nearest with the fewest digits.
fn exact(number: f64) -> Option<Decimal> {
    format!("{number}").parse().ok()
}

/// A score with two decimals, half up as on every page.
pub(super) fn score(lang: Lang, number: f64) -> String {
    exact(number)
        .map_or_else(|| text::decimal(lang, number, 2), |number| text::score(lang, number))
        .replace('-', "−")
}

/// A difference of scores with its sign: `+1,20`, `−0,35`, `0,00`.
pub(super) fn change(lang: Lang, number: f64) -> String {
    let shown = score(lang, number.abs());
    match shown.bytes().all(|byte| !matches!(byte, b'1'..=b'9')) {
        true => shown,
        false => format!("{}{shown}", if number < 0.0 { '−' } else { '+' }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_up_although_binary() {
        assert_eq!(score(Lang::Vi, 73.485), "73,49");
        assert_eq!(score(Lang::En, 73.484_999), "73.48");
        assert_eq!(change(Lang::Vi, -1.005), "−1,01");
        assert_eq!(change(Lang::Vi, 0.004), "0,00");
        assert_eq!(change(Lang::Vi, -0.004), "0,00");
        assert_eq!(change(Lang::En, 2.0), "+2.00");
    }

    #[test]
    fn months_and_moments_are_written_as_offices_do() {
        let written = |month: &str, lang| super::month(lang, Month::parse(month).unwrap());
        assert_eq!(written("2026-09", Lang::Vi), "tháng 9 năm 2026");
        assert_eq!(written("2026-02", Lang::Vi), "tháng 02 năm 2026");
        assert_eq!(written("2026-12", Lang::En), "December 2026");
        let at = "2026-10-01T01:00:00+07:00";
        assert_eq!(moment(Lang::Vi, at), "01:00 ngày 01/10/2026");
        assert_eq!(moment(Lang::Vi, "bad"), "bad");
    }
}
