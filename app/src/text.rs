//! The words of the interface in both languages, and how numbers and days are written.
//!
//! The words lie in `app/locales`; Vietnamese comes first and stands in where a message is missing.

use std::borrow::Cow;
use std::collections::HashMap;

use domain::document::NoteReason;
use domain::questionnaire::Lang;
use domain::score::{self, Score};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use jiff::civil::{Date, DateTime};

static_loader! {
    static WORDS = {
        locales: "./locales",
        fallback_language: "vi",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static VI: LanguageIdentifier = langid!("vi");
static EN: LanguageIdentifier = langid!("en");

fn id(lang: Lang) -> &'static LanguageIdentifier {
    match lang {
        Lang::Vi => &VI,
        Lang::En => &EN,
    }
}

/// The other language.
pub(crate) fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Vi => Lang::En,
        Lang::En => Lang::Vi,
    }
}

/// The words of a key; the key itself where there are none.
pub fn t(lang: Lang, key: &str) -> String {
    WORDS.try_lookup(id(lang), key).unwrap_or_else(|| key.to_owned())
}

/// The words of a key with values in them. A plain whole number also chooses singular or plural.
pub fn t_args(lang: Lang, key: &str, args: &[(&'static str, String)]) -> String {
    let args: HashMap<Cow<'static, str>, FluentValue<'_>> =
        args.iter().map(|(name, text)| (Cow::Borrowed(*name), value(text))).collect();
    WORDS.try_lookup_with_args(id(lang), key, &args).unwrap_or_else(|| key.to_owned())
}

fn value(text: &str) -> FluentValue<'_> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    match text.parse::<u32>() {
        Ok(number) if plain => number.into(),
        _ => text.into(),
    }
}

/// The reason of a note in words.
pub fn note(lang: Lang, reason: NoteReason) -> String {
    let key = match reason {
        NoteReason::Withheld => "note-withheld",
        NoteReason::NoAnswers => "note-no-answers",
        NoteReason::NotMeasured => "note-not-measured",
        NoteReason::Partial => "note-partial",
        NoteReason::Few => "note-few",
        NoteReason::NoInterval => "note-no-interval",
    };
    t(lang, key)
}

/// A score with two decimals: `73,49` in Vietnamese, `73.49` in English.
pub fn score(lang: Lang, score: Score) -> String {
    let text = score::show(score);
    match lang {
        Lang::Vi => text,
        Lang::En => text.replace(',', "."),
    }
}

/// A score of a document with two decimals, rounded as the exact score that it was made from.
pub fn percent(lang: Lang, number: f64) -> String {
    match Score::try_from(number) {
        Ok(exact) => score(lang, exact),
        Err(_) => decimal(lang, number, 2),
    }
}

/// The ends of an interval with as many decimals as the score: `từ 72,91 đến 76,46`.
pub(crate) fn interval(lang: Lang, (low, high): (f64, f64)) -> String {
    let [low, high] = [low, high].map(|end| percent(lang, end));
    t_args(lang, "range", &[("low", low), ("high", high)])
}

/// A number of answers or persons: `1.234` in Vietnamese, `1,234` in English.
pub fn count(lang: Lang, n: u64) -> String {
    let text = score::show_count(n);
    match lang {
        Lang::Vi => text,
        Lang::En => text.replace('.', ","),
    }
}

/// A number as it was entered, to the digit: `10,5`.
pub fn entered(lang: Lang, number: Score) -> String {
    comma(lang, number.to_string())
}

/// A binary number with so many decimals.
pub fn decimal(lang: Lang, number: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", number.abs());
    let sign =
        if number < 0.0 && text.bytes().any(|b| matches!(b, b'1'..=b'9')) { "−" } else { "" };
    format!("{sign}{}", comma(lang, text))
}

/// A difference with its sign: `+1,20`, `−0,35`, `0,00`.
pub fn signed(lang: Lang, number: f64) -> String {
    let text = decimal(lang, number, 2);
    let nothing = text.bytes().all(|byte| !matches!(byte, b'1'..=b'9'));
    if number < 0.0 || nothing { text } else { format!("+{text}") }
}

/// A probability in whole per cent; never 0 or 100, which nobody knows.
pub fn chance(lang: Lang, probability: f64) -> String {
    match 100.0 * probability {
        p if p < 1.0 => t(lang, "chance-least"),
        p if p > 99.0 => t(lang, "chance-most"),
        p => format!("{p:.0}%"),
    }
}

/// A number with the decimal sign of the language.
pub(crate) fn comma(lang: Lang, text: String) -> String {
    match lang {
        Lang::Vi => text.replace('.', ","),
        Lang::En => text,
    }
}

/// A day as Vietnamese offices write it, in both languages: `24/11/2026`.
pub fn day(day: Date) -> String {
    domain::day::vietnamese(day)
}

/// A day with the hour and minute, as read off a clock in Viet Nam: `24/11/2026 14:05`.
pub fn moment(moment: DateTime) -> String {
    let (hour, minute) = (moment.hour(), moment.minute());
    format!("{} {hour:02}:{minute:02}", day(moment.date()))
}

/// A text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
