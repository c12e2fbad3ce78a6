use insta::assert_snapshot;
use jiff::civil::date;

use super::*;
use crate::pages::point::{Done, PointPage, RevokePage, point, revoke};
use crate::pages::units::tests::{checked, row};
use crate::sample::{DESK, assets, between};

fn point_row(state: State) -> PointRow {
    PointRow {
        code: "7KM2P9XQRA".into(),
        name: "Quầy <3>".into(),
        channel: Channel::Qr,
        state,
        old: vec![("ABCDEFGHJK".into(), date(2026, 10, 10))],
    }
}

#[test]
fn the_list_says_the_state_of_each_point() {
    let unit = row(0);
    let states = [
        State::Open(None),
        State::Open(Some(date(2026, 12, 31))),
        State::NotYet(date(2027, 1, 1)),
        State::Closed(date(2026, 1, 1)),
        State::UnitClosed,
    ];
    let rows = states.map(point_row);
    let page = PointsPage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        unit: &unit,
        points: &rows,
        enters: false,
        ended: false,
        given: &[],
        problem: None,
    };
    let html = checked(points(&page));
    assert_snapshot!(between(&html, "<tbody", "</tr>"), @r#"
    <tbody>
    <tr>
    <th scope="row">
    <a href="/admin/points/tay-son/7KM2P9XQRA">Quầy &lt;3&gt;</a>
    </th>
    <td data-label="Mã">
    <code>7KM2P9XQRA</code>
    <ul>
    <li>
    <small>Mã cũ ABCDEFGHJK, thu hồi ngày 10/10/2026</small>
    </li>
    </ul>
    </td>
    <td data-label="Nhận ý kiến bằng">Mã QR</td>
    <td data-label="Tình trạng">Đang mở</td>
    "#);
    for words in [
        "Đang mở, đến hết 31/12/2026",
        "Chưa mở, mở từ 01/01/2027",
        "đến hết 01/01/2026",
        "theo đơn vị",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("/entry"), "not who may not enter answers");
    let html = checked(points(&PointsPage { enters: true, ..page.clone() }));
    assert_eq!(html.matches("/admin/points/7KM2P9XQRA/entry").count(), 5);
    let problem = Some(("name", "units-bad-name"));
    let html =
        checked(points(&PointsPage { points: &[], problem, lang: Lang::En, ..page.clone() }));
    assert!(html.contains("This unit has no points yet") && html.contains("aria-invalid"));
    assert!(!html.contains("/sheets/"));
    let html = checked(points(&PointsPage { ended: true, ..page }));
    assert!(!html.contains("<form"));
}

#[test]
fn a_point_with_a_new_code_leads_to_its_label() {
    let (unit, open) = (row(0), point_row(State::Open(None)));
    let units = [("tay-son".to_owned(), "Xã Tây Sơn".to_owned())];
    let page = PointPage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        unit: &unit,
        point: &open,
        enters: true,
        open_from: None,
        closes: false,
        units: &units,
        today: "2026-11-26",
        done: Some(Done::Replaced),
        given: &[],
        problem: None,
    };
    let html = checked(point(&page));
    assert!(html.contains("Mã mới là 7KM2P9XQRA"));
    assert!(html.contains("href=\"/sheets/tay-son?point=7KM2P9XQRA\""));
    assert!(html.contains("value=\"close\"") && !html.contains("value=\"reopen\""));
    let closed = point_row(State::Closed(date(2026, 1, 1)));
    let html = checked(point(&PointPage {
        point: &closed,
        closes: true,
        lang: Lang::En,
        done: None,
        ..page
    }));
    assert!(html.contains("value=\"reopen\"") && !html.contains("/sheets/"));
    // Paper comes in later.
    assert!(html.contains("/admin/points/7KM2P9XQRA/entry?lang=en"));
    let page = RevokePage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        unit: &unit,
        point: &open,
        given: &[],
        problem: None,
    };
    let html = checked(revoke(&page));
    assert_snapshot!(between(&html, "<section", "</section>"), @r#"
    <section>
    <h2>Sẽ có gì thay đổi</h2>
    <ul class="says">
    <li>Mã 7KM2P9XQRA mất hiệu lực ngay và không bao giờ dùng lại: mọi nhãn đã in với mã này phải bỏ. Ai quét mã cũ sẽ được báo quét mã mới tại quầy.</li>
    <li>Điểm nhận một mã mới; xin in nhãn và thay tại quầy ngay sau đó.</li>
    <li>Điểm vẫn là một: mọi phiếu đã nhận, số liệu, biểu đồ và báo cáo được nối tiếp, bảng kết quả vẫn một dòng.</li>
    </ul>
    <form method="post" action="/admin/points/tay-son/7KM2P9XQRA/revoke" class="stack">
    <div class="field">
    <label for="typed">Nhập “Quầy &lt;3&gt;” để xác nhận</label>
    <input id="typed" name="typed" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" required>
    </div>
    <p>
    <button class="danger">Thu hồi mã và cấp mã mới</button>
    </p>
    </form>
    <p>
    <a href="/admin/points/tay-son/7KM2P9XQRA">Không thay, quay lại</a>
    </p>
    "#);
    assert!(
        checked(revoke(&RevokePage { lang: Lang::En, ..page }))
            .contains("name=\"lang\" value=\"en\"")
    );
}

#[test]
fn a_manager_sees_the_points_and_nothing_else() {
    let desk = Desk { manages: true, ..Desk::default() };
    let rows = [row(0)];
    let page = PlacesPage { lang: Lang::Vi, assets: assets(), desk, units: &rows };
    let html = checked(places(&page));
    assert!(html.contains("href=\"/admin/points/tay-son\"") && !html.contains("/admin/people"));
}
