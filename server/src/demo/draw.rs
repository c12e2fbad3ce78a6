//! Draws simulated answers.
//!
//! The probability of a satisfied answer is the component's score of 2023, plus an effect of the
//! item, of the point, of the day and of the person. Item effects add up to nothing within a component, point
//! effects within a pair of points with equally many visitors, and day effects have the mean zero:
//! so the expected score of every component is exactly that of 2023.

use std::sync::Arc;

use domain::form::Form;
use domain::instrument::Instrument;
use domain::questionnaire::{Lang, Text};
use domain::response::{Answer, Answers, Given, Response, Stage};
use jiff::civil::{Date, Weekday};
use rand::{Rng, RngExt};

/// Results of 2023 in per cent, group II of the table SIPAS of the plan.
const SCORES: [f64; 5] = [75.67, 73.71, 74.88, 73.56, 73.14];
/// Effects of points in percentage points, each pair with opposite signs.
const POINTS: [f64; 16] =
    [3.0, -3.0, 1.5, -1.5, 4.5, -4.5, 2.0, -2.0, 0.8, -0.8, 5.0, -5.0, 2.6, -2.6, 1.2, -1.2];
/// What a person moves all of his answers by, up or down, in percentage points.
const PERSON: f64 = 10.0;
/// Visitors of an ordinary day; both points of a pair have the same.
const VISITORS: [u32; 8] = [11, 9, 8, 8, 7, 6, 6, 5];
const COMMENTS: [&str; 6] = [
    "Cán bộ hướng dẫn dễ hiểu, làm nhanh.",
    "Chờ hơi lâu vào sáng thứ hai.",
    "Nên có thêm ghế ngồi chờ.",
    "Bảng niêm yết chữ nhỏ, khó đọc.",
    "Hài lòng, trả kết quả đúng hẹn.",
    "Mong có quạt mát ở chỗ viết hồ sơ.",
];

/// What moves all answers of a point on a day, in percentage points.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mood(f64);

impl Mood {
    /// The mood of the point at a position in the sample, on a day that the random numbers are of.
    pub fn of(point: usize, rng: &mut impl Rng) -> Self {
        Self(POINTS[point % POINTS.len()] + rng.random_range(-6.0..6.0))
    }
}

/// How many answer at a point on a day: few on Saturdays, none on Sundays.
pub fn visitors(point: usize, day: Date, rng: &mut impl Rng) -> u32 {
    let usual = VISITORS[point / 2 % VISITORS.len()];
    match day.weekday() {
        Weekday::Sunday => 0,
        Weekday::Saturday => rng.random_range(0..=usual / 3),
        _ => usual - 3 + rng.random_range(0..=6),
    }
}

/// A simulated response.
pub fn response(
    instrument: &Arc<Instrument>,
    fields: &[Text],
    mood: &Mood,
    rng: &mut impl Rng,
) -> Response {
    // Persons differ: some are content with everything, some with little.
    let mood = &Mood(mood.0 + if rng.random_bool(0.5) { PERSON } else { -PERSON });
    let form = instrument.design.draw(rng.next_u64());
    let stage = match rng.random_range(0..100) {
        0..38 => Some(Stage::Filing),
        38..84 => Some(Stage::Result),
        84..95 => Some(Stage::Asking),
        _ => None,
    };
    let mut given = vec![Given::NotAsked; instrument.items()];
    for position in asked(instrument, form, stage) {
        given[position] = Given::Asked(Some(answer(instrument, position, mood, rng)));
    }
    if rng.random_ratio(1, 8) {
        for position in instrument.design.folded(form) {
            if reached(instrument, position, stage) {
                given[position] = Given::Volunteered(answer(instrument, position, mood, rng));
            }
        }
    }
    let field =
        rng.random_ratio(1, 3).then(|| fields[rng.random_range(0..fields.len())].vi.clone());
    let comment =
        rng.random_ratio(1, 30).then(|| COMMENTS[rng.random_range(0..COMMENTS.len())].to_owned());
    let mut id = [0u8; 16];
    rng.fill_bytes(&mut id);
    Response {
        id: uuid::Builder::from_random_bytes(id).into_uuid(),
        instrument: instrument.clone(),
        form: Some(form),
        answers: Answers(given),
        stage,
        field,
        agency: None,
        comment,
        lang: Lang::Vi,
        seconds: Some(rng.random_range(14..90)),
    }
}

/// Positions that a form asks at a stage.
pub fn asked(instrument: &Instrument, form: Form, stage: Option<Stage>) -> Vec<usize> {
    let asked = instrument.design.asked(form).iter().copied();
    asked.filter(|position| reached(instrument, *position, stage)).collect()
}

fn reached(instrument: &Instrument, position: usize, stage: Option<Stage>) -> bool {
    let span = &instrument.spans[instrument.component_of[position]];
    !span.needs_result || Stage::has_result(stage)
}

/// An answer to one item.
pub fn answer(instrument: &Instrument, position: usize, mood: &Mood, rng: &mut impl Rng) -> Answer {
    if rng.random_ratio(1, 25) {
        return Answer::NotApplicable;
    }
    if rng.random_bool(satisfied(instrument, position, mood)) {
        return Answer::Score(if rng.random_ratio(3, 10) { 5 } else { 4 });
    }
    Answer::Score(match rng.random_range(0..100) {
        0..62 => 3,
        62..89 => 2,
        _ => 1,
    })
}

/// The probability that an item is answered "Hài lòng" or "Rất hài lòng".
fn satisfied(instrument: &Instrument, position: usize, mood: &Mood) -> f64 {
    let component = instrument.component_of[position];
    let span = &instrument.spans[component];
    let first = instrument.spans.iter().position(|span| span.counter).unwrap_or(0);
    let score = SCORES[(component - first) % SCORES.len()];
    // −2, 0, +2 for three items; −3, −1, +1, +3 for four.
    let at = (position - span.items.start) as f64;
    let item = 2.0 * at - (span.items.len() as f64 - 1.0);
    ((score + item + mood.0) / 100.0).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expected_scores_are_those_of_2023() {
        let questionnaire = app::catalogue::questionnaires().unwrap().remove(1);
        let instrument = Instrument::new(1, questionnaire);
        for (at, span) in instrument.spans.iter().filter(|span| span.counter).enumerate() {
            let (mut sum, mut weight) = (0.0, 0.0);
            for (point, effect) in POINTS.iter().enumerate() {
                let visitors = f64::from(VISITORS[point / 2]);
                for position in span.items.clone() {
                    sum += visitors * satisfied(&instrument, position, &Mood(*effect));
                    weight += visitors;
                }
            }
            assert!((100.0 * sum / weight - SCORES[at]).abs() < 1e-9);
        }
    }
}
