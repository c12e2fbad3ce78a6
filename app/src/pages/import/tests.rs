use insta::assert_snapshot;

use super::*;
use crate::official::Desk;
use crate::pages::entry::Change;
use crate::sample::{assets, between, check_document};

fn page(lang: Lang) -> ImportPage<'static> {
    ImportPage {
        lang,
        assets: assets(),
        desk: Desk { manages: true, ..Desk::default() },
        kinds: &["points", "dossiers", "targets"],
        chosen: None,
        limits: (2, 5000),
        done: None,
        problem: None,
    }
}

fn checked(html: String) -> String {
    check_document(&html);
    assert!(!html.contains("<script") && !html.contains("<b>"));
    html
}

fn change(column: &str, before: Option<&str>, after: Option<&str>) -> Change {
    let text = |value: Option<&str>| value.map(str::to_owned);
    Change { column: column.to_owned(), before: text(before), after: text(after) }
}

fn rows() -> Vec<PlanRow> {
    let changed = vec![
        change("target", Some("10.50"), Some("10.75")),
        change("actual_date", None, Some("2026-07-01")),
        change("source", Some("<b>Báo cáo</b>"), None),
    ];
    let added = vec![change("name", None, Some("Quầy \"1\"")), change("channel", None, Some("qr"))];
    vec![
        PlanRow { line: 2, about: "c1/2026/par/1".into(), known: true, changes: changed },
        PlanRow { line: 4, about: String::new(), known: false, changes: added },
    ]
}

fn shown(lang: Lang, faults: &[Fault], change: impl FnOnce(&mut Plan<'_>)) -> String {
    let rows = rows();
    let mut shown = Plan {
        kind: "targets",
        name: "chỉ tiêu <b>.xlsx",
        rows: &rows,
        unchanged: 1204,
        faults,
        file: "UEs",
        mark: "0a.0b",
        moved: false,
    };
    change(&mut shown);
    checked(plan(&page(lang), &shown))
}

#[test]
fn the_form_offers_what_one_may_import() {
    let html = checked(import(&page(Lang::Vi)));
    assert_snapshot!("form_vi", between(&html, "<main", "</main>"));
    let done = Some(("targets", 1));
    let html = checked(import(&ImportPage { done, ..page(Lang::En) }));
    assert_snapshot!("form_en", between(&html, "<main", "</main>"));
    assert!(!html.contains("/admin/people") && !html.contains("value=\"units\""));
    let problem = Some(("file", "import-too-large"));
    let chosen = Some("targets");
    let html = checked(import(&ImportPage { problem, chosen, ..page(Lang::Vi) }));
    assert!(html.contains("aria-invalid=\"true\"") && html.contains("Tệp lớn hơn 2 MB"));
    assert!(html.contains("<option value=\"targets\" selected"));
}

#[test]
fn a_plan_says_what_changes_from_what_to_what() {
    let html = shown(Lang::Vi, &[], |_| {});
    assert_snapshot!("plan_vi", between(&html, "<main", "</main>"));
    let html = shown(Lang::En, &[], |plan| plan.moved = true);
    assert_snapshot!("plan_en", between(&html, "<main", "</main>"));
    let html = shown(Lang::Vi, &[], |plan| plan.rows = &[]);
    assert!(html.contains("giống hệt") && !html.contains("/admin/import/confirm"));
}

#[test]
fn what_is_refused_is_named_and_cannot_be_confirmed() {
    let faults = [
        Fault {
            line: 3, column: "kind".into(), why: "“<làng>” không thuộc: commune".into()
        },
        Fault { line: 9, column: "-".into(), why: "có 3 ô, cần 7 ô".into() },
    ];
    for (lang, name) in [(Lang::Vi, "faults_vi"), (Lang::En, "faults_en")] {
        let html = shown(lang, &faults, |plan| plan.rows = &[]);
        assert_snapshot!(name, between(&html, "<main", "</main>"));
        assert!(!html.contains("/admin/import/confirm"));
    }
}
