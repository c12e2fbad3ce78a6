use insta::assert_snapshot;
use jiff::civil::date;

use super::*;
use crate::sample::{assets, between, check_document};

fn grant() -> GrantRow {
    GrantRow {
        role: "manager",
        unit: "tay-son-huyen".into(),
        unit_name: "Huyện <Tây Sơn>".into(),
        followed: vec!["Xã Tây Sơn".into(), "Xã Bình Khê".into()],
        removable: false,
    }
}

fn page<'a>(grants: &'a [GrantRow], sessions: &'a [SessionLine]) -> AccountPage<'a> {
    AccountPage {
        lang: Lang::Vi,
        assets: assets(),
        name: "an@tayson",
        display_name: None,
        grants,
        sessions,
        second: None,
        administers: false,
        manages: false,
        done: None,
        wrong: None,
        weak: None,
    }
}

fn checked(html: String) -> String {
    check_document(&html);
    assert!(!html.contains("<script"));
    html
}

#[test]
fn a_role_that_has_followed_its_unit_says_so() {
    let html = checked(account(&page(&[grant()], &[])));
    assert_snapshot!(between(&html, "<ul class=\"grants\"", "</ul>"), @r#"
    <ul class="grants">
    <li>
    <b>Người quản lý – Huyện &lt;Tây Sơn&gt;</b>
    <small>Xem; quản lý điểm phục vụ, chỉ tiêu, số hồ sơ; nhập phiếu giấy và phiếu qua điện thoại.</small>
    <small>Đơn vị này đã kết thúc hoạt động; quyền được chuyển sang: Xã Tây Sơn, Xã Bình Khê.</small>
    </li>
    "#);
    assert!(!html.contains("/admin/"), "what one may not do is not shown");
    let html = checked(account(&AccountPage { administers: true, ..page(&[], &[]) }));
    assert!(html.contains("/admin/people") && html.contains("Chưa được giao quyền nào"));
}

#[test]
fn each_session_can_be_ended() {
    let line = |id: &str, here| SessionLine {
        id: id.into(),
        device: "Firefox, Linux".into(),
        began: date(2026, 11, 26).at(8, 5, 0, 0),
        seen: date(2026, 11, 26).at(14, 30, 0, 0),
        here,
    };
    let sessions = [line("0a", true), line("0b", false)];
    let html = checked(account(&page(&[], &sessions)));
    assert_snapshot!(between(&html, "<tbody", "</tr>"), @r#"
    <tbody>
    <tr>
    <th scope="row">Firefox, Linux <span class="few">phiên này</span>
    </th>
    <td data-label="Đăng nhập lúc">26/11/2026 08:05</td>
    <td data-label="Dùng gần nhất">26/11/2026 14:30</td>
    <td data-label="">
    <form method="post" action="/account/sessions" class="line">
    <input type="hidden" name="session" value="0a">
    <button aria-label="Kết thúc phiên Firefox, Linux, đăng nhập lúc 26/11/2026 08:05" class="quiet">Kết thúc</button>
    </form>
    </td>
    "#);
    assert_eq!(html.matches("phiên này").count(), 1);
}

#[test]
fn problems_stand_at_their_fields() {
    let wrong = Some("Mật khẩu hiện nay không đúng.".to_owned());
    let html = checked(account(&AccountPage { wrong, ..page(&[], &[]) }));
    assert!(
        html.contains("<p id=\"current-wrong\" class=\"wrong\">Mật khẩu hiện nay không đúng.</p>")
    );
    let html = checked(account(&AccountPage { weak: Some("common"), ..page(&[], &[]) }));
    assert!(html.contains("<p id=\"new-wrong\" class=\"wrong\">Mật khẩu này quá phổ biến"));
}

#[test]
fn the_second_step_shows_its_secret_or_its_codes() {
    let page = SecondPage {
        lang: Lang::Vi,
        assets: assets(),
        name: "an@tayson",
        enrolled: false,
        required: true,
        secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
        qr: "<svg></svg>",
        codes: &[],
        wrong: None,
        wrong_code: true,
        removing: false,
    };
    let html = checked(second_step(&page));
    assert!(html.contains("GEZD GNBV GY3T QOJQ") && html.contains("Quản trị viên yêu cầu"));
    assert!(html.contains("<p id=\"code-wrong\" class=\"wrong\">Mã không đúng"));
    let codes = ["AAAA-BBBB-CCCC-DDDD".to_owned()];
    let html = checked(second_step(&SecondPage { codes: &codes, enrolled: true, ..page.clone() }));
    assert!(html.contains("<code>AAAA-BBBB-CCCC-DDDD</code>") && !html.contains("GEZD"));
    let html = checked(second_step(&SecondPage { enrolled: true, ..page }));
    assert!(html.contains("không tự tắt được") && !html.contains("/account/second/remove"));
}
