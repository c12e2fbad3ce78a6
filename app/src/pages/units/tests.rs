use insta::assert_snapshot;
use jiff::civil::date;

use super::*;
use crate::pages::unit::{ClosePage, UnitPage, close, unit};
use crate::sample::{DESK, assets, between, check_document};

pub(crate) fn row(depth: usize) -> UnitRow {
    UnitRow {
        code: "tay-son".into(),
        name: "Xã <Tây Sơn>".into(),
        depth,
        kind: Kind::Commune,
        valid_from: Some(date(2025, 7, 1)),
        valid_to: None,
        standing: Standing::Exists,
        public: false,
        points: 3,
    }
}

pub(crate) fn checked(html: String) -> String {
    check_document(&html);
    assert!(!html.contains("<script") && !html.contains("<Tây"));
    html
}

fn kin(ticked: bool) -> [(String, String, bool); 1] {
    [("binh-khe".into(), "– Xã Bình Khê".into(), ticked)]
}

#[test]
fn the_tree_says_what_each_unit_is() {
    let mut ended = row(0);
    ended.valid_to = Some(date(2026, 6, 30));
    ended.standing = Standing::Ended;
    ended.public = true;
    let (rows, parents, kin) =
        ([row(1), ended], [("gia-lai".into(), "Tỉnh Gia Lai".into())], kin(true));
    let page = UnitsPage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        units: &rows,
        parents: &parents,
        kin: &kin,
        given: &[],
        problem: None,
    };
    let html = checked(units(&page));
    assert_snapshot!(between(&html, "<tbody", "</tbody>"), @"");
    let given =
        [("name", "Xã \"Mới\""), ("kind", "commune"), ("parent", "gia-lai"), ("public", "1")];
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let problem = Some(("code", "units-code-taken"));
    let html = checked(units(&UnitsPage { given: &given, problem, lang: Lang::En, ..page }));
    assert_snapshot!(between(&html, "<form", "</form>"), @"");
}

#[test]
fn a_unit_is_changed_and_ended_from_its_page() {
    let (row, kin) = (row(0), kin(false));
    let names = ["Xã Bình Khê".to_owned()];
    let path = [("gia-lai".to_owned(), "Tỉnh Gia Lai".to_owned())];
    let page = UnitPage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        unit: &row,
        path: &path,
        before: &names,
        after: &[],
        kin: &kin,
        done: true,
        given: &[],
        problem: None,
    };
    let html = checked(unit(&page));
    assert!(html.contains("Kế thừa: Xã Bình Khê") && html.contains("Đã lưu thay đổi"));
    assert!(html.contains("href=\"/admin/units/tay-son/close\"") && !html.contains("reopen"));
    let ended = UnitRow { valid_to: Some(date(2026, 6, 30)), ..row.clone() };
    let html = checked(unit(&UnitPage { unit: &ended, lang: Lang::En, ..page }));
    assert!(html.contains("value=\"reopen\"") && !html.contains("/close"));

    let below = ["Trung tâm <Một>".to_owned()];
    let page = ClosePage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        unit: &row,
        below: &below,
        successors: &kin,
        today: "2026-11-26",
        given: &[],
        problem: Some(("typed", "units-mistyped")),
    };
    let html = checked(close(&page));
    assert_snapshot!(between(&html, "<section", "</section>"), @"");
    let html = checked(close(&ClosePage { lang: Lang::En, below: &[], successors: &[], ..page }));
    assert!(html.contains("3 open points") && !html.contains("name=\"below\""));
}
