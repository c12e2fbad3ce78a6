use domain::form::Form;
use domain::target::IndexName;
use insta::assert_snapshot;
use jiff::civil::date;

use super::*;
use crate::pages::respond::RespondPage;
use crate::sample::{DESK, assets, between, check_document, instrument, instruments};

fn checked(html: String) -> String {
    check_document(&html);
    assert!(!html.contains("<script") && !html.contains("<b>"));
    html
}

fn past() -> [Past; 2] {
    let change = |column: &str, before: Option<&str>, after: &str| Change {
        column: column.to_owned(),
        before: before.map(str::to_owned),
        after: Some(after.to_owned()),
    };
    [
        Past {
            at: "26/11/2026 09:30".into(),
            who: Who::Person("an<b>@tayson".into()),
            about: "PAR 1: Chỉ đạo".into(),
            known: true,
            changes: vec![change("target", Some("10.50"), "10.75")],
        },
        Past {
            at: "25/11/2026 08:00".into(),
            who: Who::Other("command".into()),
            about: "PAR 1: Chỉ đạo".into(),
            known: false,
            changes: vec![change("target", None, "10.50"), change("handled", None, "1200")],
        },
    ]
}

fn row() -> EntryRow {
    let field = |column, value: &str, now: Option<&str>| Typed {
        column,
        value: value.to_owned(),
        now: now.map(str::to_owned),
    };
    EntryRow {
        code: "1".into(),
        name: "Công tác \"chỉ đạo\"".into(),
        max: Some("11".into()),
        rank: Some((7, 11)),
        fields: vec![
            field("baseline", "10,04", None),
            field("target", "10,x", Some("10,50")),
            field("actual", "", None),
            field("actual_date", "2026-10-09", Some("")),
            field("source", "Báo cáo <số 9>", None),
        ],
    }
}

#[test]
fn each_figure_has_a_field_and_the_history_stands_below() {
    let tables = [EntryTable { index: IndexName::Par, rows: vec![row()], seen: "0a".into() }];
    let history = past();
    let page = TargetsEntry {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        unit: ("tay-son", "Xã Tây Sơn"),
        year: 2026,
        tables: &tables,
        outcome: Outcome::Nothing,
        wrong: &[],
        sent: None,
        given: &[],
        history: &history,
    };
    let html = checked(targets(&page));
    assert_snapshot!("targets_vi", between(&html, "<main", "</main>"));
    let wrong =
        [Wrong { row: "1".into(), column: "target", why: "“10,x” is not a number".into() }];
    let (sent, outcome) = (Some(IndexName::Par), Outcome::Refused);
    let refused = TargetsEntry { lang: Lang::En, wrong: &wrong, sent, outcome, ..page.clone() };
    let html = checked(targets(&refused));
    assert_snapshot!("targets_en", between(&html, "<main", "</main>"));
    let given = [("code".to_owned(), "I\"".to_owned()), ("index".to_owned(), "dti".to_owned())];
    let wrong = [Wrong { row: String::new(), column: "code", why: "mã".into() }];
    let outcome = Outcome::Refused;
    let new = TargetsEntry { tables: &[], given: &given, wrong: &wrong, outcome, ..page };
    let html = checked(targets(&new));
    assert!(html.contains("value=\"I&quot;\"") && html.contains("<option value=\"dti\" selected"));
    assert!(html.contains("<details open") && html.contains("Năm này chưa có bảng nào"));
}

#[test]
fn dossiers_have_a_field_a_month() {
    let month = |month: &str, shown: &str, value: &str, now: Option<&str>| MonthRow {
        month: month.into(),
        shown: shown.into(),
        value: value.into(),
        was: "120".into(),
        now: now.map(str::to_owned),
    };
    let months = [
        month("2026-01", "01/2026", "120", None),
        month("2026-02", "02/2026", "1.x", Some("1.200")),
    ];
    let history = past();
    let page = DossiersPage {
        lang: Lang::Vi,
        assets: assets(),
        desk: Desk { manages: true, ..Desk::default() },
        unit: ("tay-son", "Xã Tây Sơn"),
        year: 2026,
        months: &months,
        outcome: Outcome::Saved,
        wrong: &[],
        history: &history[..1],
    };
    let html = checked(dossiers(&page));
    assert_snapshot!("dossiers_vi", between(&html, "<main", "</main>"));
    let wrong = [Wrong { row: "2026-02".into(), column: "handled", why: "not whole".into() }];
    let (lang, outcome) = (Lang::En, Outcome::Moved);
    let html =
        checked(dossiers(&DossiersPage { lang, outcome, wrong: &wrong, history: &[], ..page }));
    assert_snapshot!("dossiers_en", between(&html, "<main", "</main>"));
    let units = [("/admin/targets/tay-son/2026".to_owned(), "– Xã Tây Sơn".to_owned())];
    let list = UnitsPage {
        lang: Lang::En,
        assets: assets(),
        desk: Desk { manages: true, ..Desk::default() },
        targets: true,
        units: &units,
    };
    assert!(checked(super::units(&list)).contains("href=\"/admin/targets/tay-son/2026?lang=en\""));
}

/// A sheet of paper with one item marked.
fn paper<'a>(given: &'a [(String, String)], lang: Lang) -> RespondPage<'a> {
    RespondPage {
        lang,
        assets: assets(),
        code: "7KM2P9XQRA",
        point: "Quầy <3>",
        unit: "Xã Tây Sơn",
        place: "Quầy <3>",
        kiosk: false,
        simulated: false,
        instrument: instrument(),
        form: Form::Full,
        fields: instruments().fields(),
        id: "3b241101-e2bb-4255-8caf-4136c566a962",
        given,
        problems: &[],
        not_now: None,
    }
}

#[test]
fn a_sheet_of_paper_is_all_items_with_what_was_typed() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let given = [pair("A1", "4"), pair("day", "mai"), pair("channel", "phone")];
    let page = AnswersPage {
        desk: DESK,
        unit: "tay-son",
        sheet: paper(&given, Lang::Vi),
        wrong: &[],
        said: None,
        entered: 0,
    };
    let html = answers(&page);
    check_document(&html);
    assert_eq!(html.matches("role=\"radiogroup\"").count(), 16);
    assert!(html.contains("name=\"A1\" value=\"4\" checked"), "{html}");
    // What is no day is shown as it was typed.
    assert!(html.contains("type=\"text\" value=\"mai\""), "{html}");
    assert!(!html.contains("<3>") && !html.contains("trong lượt này"));
    let wrong = [("day", "answers-bad-day"), ("channel", "answers-no-channel")];
    let said = Some(Said::Differs(date(2026, 10, 5)));
    let html = answers(&AnswersPage {
        sheet: paper(&given, Lang::En),
        wrong: &wrong,
        said,
        entered: 3,
        ..page
    });
    check_document(&html);
    for words in
        ["href=\"#day\"", "href=\"#channel\"", "of 05/10/2026", "3 sheets", "aria-invalid=\"true\""]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
}
