use insta::assert_snapshot;

use super::*;
use crate::sample::{DESK, assets, between, check_document};

fn page(lang: Lang, desk: Desk) -> StartPage<'static> {
    StartPage {
        lang,
        assets: assets(),
        desk,
        done: false,
        administrators: 0,
        invited: 0,
        unprotected: 0,
        own_second: false,
        units: 0,
        has_units: false,
        points: 0,
        sheet: false,
        dossiers: false,
        targets: false,
        recipients: false,
        top: None,
    }
}

#[test]
fn an_empty_database_begins_at_the_command_line() {
    for lang in [Lang::Vi, Lang::En] {
        let html = start(&page(lang, Desk::default()));
        check_document(&html);
        assert!(html.contains("--unit gia-lai --unit-name \"Tỉnh Gia Lai\""));
        assert_eq!(html.matches("state-missing").count(), 7);
        assert!(!html.contains("href=\"/admin/people"), "nobody can go there yet");
    }
}

#[test]
fn each_step_says_where_it_is_done() {
    let begun = StartPage {
        administrators: 1,
        unprotected: 1,
        units: 2,
        has_units: true,
        points: 1,
        top: Some("gia-lai"),
        ..page(Lang::Vi, DESK)
    };
    let html = start(&begun);
    check_document(&html);
    assert_snapshot!(between(&html, "<ol class=\"steps\"", "</ol>"), @"");
    let done = StartPage {
        done: true,
        unprotected: 0,
        sheet: true,
        dossiers: true,
        targets: true,
        lang: Lang::En,
        ..begun
    };
    let html = start(&done);
    check_document(&html);
    assert!(html.contains("All that is needed is done") && !html.contains("state-missing"));
}
