use proptest::prelude::*;

use super::*;
use crate::questionnaire::tests::{sipas_2022, sipas_2023};

const ID: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

fn instruments() -> Instruments {
    Instruments::new(
        vec![Instrument::new(1, sipas_2022()), Instrument::new(2, sipas_2023())],
        vec![],
    )
}

fn parse(draft: Draft) -> Result<Response, Vec<Problem>> {
    let instruments = instruments();
    let default = instruments.get("sipas-2023").unwrap().clone();
    draft.parse(&instruments, &default)
}

fn draft(answers: &[(&str, &str)]) -> Draft {
    let value = |mark: &str| match mark {
        "" => Value::Blank,
        mark => Value::Mark(mark.to_owned()),
    };
    Draft {
        id: ID.to_owned(),
        answers: answers.iter().map(|(code, mark)| ((*code).to_owned(), value(mark))).collect(),
        ..Draft::default()
    }
}

fn given(response: &Response, code: &str) -> Given {
    response.answers.0[response.instrument.questionnaire.position(code).unwrap()]
}

#[test]
fn what_the_form_asked_and_what_was_volunteered_are_kept_apart() {
    let mut sent = draft(&[("A1", "5"), ("A2", "2"), ("B1", ""), ("B2", "")]);
    sent.form = Some("sipas-2023:1".to_owned());
    let response = parse(sent).unwrap();
    let asked = response.instrument.design.asked(Form::Short(1));
    let code = |code| response.instrument.questionnaire.position(code).unwrap();
    assert!(asked.contains(&code("A1")) && asked.contains(&code("B1")));
    assert_eq!(given(&response, "A1"), Given::Asked(Some(Answer::Score(5))));
    assert_eq!(given(&response, "A2"), Given::Volunteered(Answer::Score(2)));
    assert_eq!(given(&response, "B1"), Given::Asked(None));
    assert_eq!(given(&response, "B2"), Given::NotAsked);
    assert_eq!(given(&response, "C1"), Given::Asked(None));
    // A program that names no form asked what it names.
    let response = parse(draft(&[("A2", "na"), ("B2", "")])).unwrap();
    assert_eq!(given(&response, "A2"), Given::Asked(Some(Answer::NotApplicable)));
    assert_eq!(given(&response, "B2"), Given::Asked(None));
    assert_eq!((response.form, given(&response, "C1")), (None, Given::NotAsked));
}

#[test]
fn without_a_result_the_result_is_dropped() {
    for (stage, kept) in [("", true), ("result", true), ("filing", false), ("asking", false)] {
        let mut sent = draft(&[("A1", "5"), ("D2", "1")]);
        sent.stage = Some(stage.to_owned());
        let response = parse(sent).unwrap();
        assert_eq!(given(&response, "D2") != Given::NotAsked, kept, "{stage:?}");
    }
}

#[test]
fn the_version_is_that_of_the_form() {
    let mut sent = draft(&[("C5", "3")]);
    sent.form = Some("sipas-2022:full".to_owned());
    assert_eq!(parse(sent.clone()).unwrap().instrument.code(), "sipas-2022");
    sent.questionnaire = Some("sipas-2023".to_owned());
    let fields: Vec<String> = parse(sent).unwrap_err().into_iter().map(|p| p.field).collect();
    assert_eq!(fields, ["C5", "form"]);
}

#[test]
fn an_id_is_random_and_not_a_clock() {
    for (id, taken) in [
        (ID, true),
        ("0F8FAD5B-D9CB-469F-A165-70867728950E", true),
        ("11111111-1111-1111-1111-111111111111", true),
        ("019ab3c2-7d5e-7abc-8def-0123456789ab", false),
        ("5f0c2d1e-7a10-11ef-9c3b-0242ac120002", false),
        ("00000000-0000-0000-0000-000000000000", false),
        ("0f8fad5bd9cb469fa16570867728950e", false),
        ("{0f8fad5b-d9cb-469f-a165-70867728950}", false),
    ] {
        let sent = Draft { id: id.to_owned(), ..draft(&[("A1", "1")]) };
        assert_eq!(parse(sent).is_ok(), taken, "{id}");
    }
}

#[test]
fn texts_are_trimmed_bounded_and_free_of_control_characters() {
    let with = |comment: &str| {
        let mut sent = draft(&[("A1", "5")]);
        sent.comment = Some(comment.to_owned());
        parse(sent)
    };
    assert_eq!(with(" hai\r\ndòng ").unwrap().comment.unwrap(), "hai\ndòng");
    assert_eq!(with(" \r\n ").unwrap().comment, None);
    assert_eq!(
        with(&"ạ".repeat(COMMENT_MAX)).unwrap().comment.unwrap().chars().count(),
        COMMENT_MAX
    );
    assert_eq!(with(&"x".repeat(COMMENT_MAX + 1)).unwrap_err()[0].reason, Reason::TooLong);
    assert_eq!(with("\u{0}").unwrap_err()[0].reason, Reason::ControlCharacter);
}

proptest! {
    #[test]
    fn nothing_that_is_sent_panics_and_what_passes_is_valid(
        id in prop_oneof![Just(ID.to_owned()), ".*"],
        form in prop::option::of(prop_oneof![".*", "sipas-202[23]:[0-9]{1,3}"]),
        stage in prop::option::of(prop_oneof!["filing|result|asking", ".*"]),
        answers in prop::collection::vec(
            ("[A-EP][0-9]{1,2}", prop_oneof!["[1-5]|na", ".{0,3}"]), 0..8),
        comment in prop::option::of(".*"),
        seconds in prop::option::of(any::<i64>()),
    ) {
        let answers = answers.into_iter().map(|(code, mark)| (code, Value::Mark(mark))).collect();
        let sent = Draft { id, form, stage, answers, comment, seconds, ..Draft::default() };
        match parse(sent) {
            Ok(response) => {
                prop_assert!(response.answers.any());
                prop_assert_eq!(response.answers.0.len(), response.instrument.items());
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }
}
