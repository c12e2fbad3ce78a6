use insta::assert_snapshot;
use jiff::civil::date;

use super::*;
use crate::pages::keys::{KeyLine, KeysPage, Kind, State, keys};
use crate::pages::person::{PersonPage, person};
use crate::sample::{DESK, assets, between, check_document};

fn row() -> PersonRow {
    PersonRow {
        id: "0a".into(),
        name: "an<b>@tayson".into(),
        display_name: Some("Nguyễn \"An\"".into()),
        identity: None,
        grants: vec![GrantRow {
            role: "viewer",
            unit: "tay-son".into(),
            unit_name: "Xã Tây Sơn".into(),
            followed: vec![],
            removable: true,
        }],
        has_password: true,
        disabled_on: None,
        enrolled: false,
        second_required: true,
        used_on: Some(date(2026, 11, 26)),
    }
}

fn units() -> [(String, String); 1] {
    [("tay-son".to_owned(), "Xã Tây Sơn".to_owned())]
}

fn checked(html: String) -> String {
    check_document(&html);
    assert!(!html.contains("<script") && !html.contains("<b>@"));
    html
}

#[test]
fn the_list_says_who_may_what() {
    let (people_rows, units) = ([row()], units());
    let page = PeoplePage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        people: &people_rows,
        units: &units,
        given: &[],
        problem: None,
    };
    let html = checked(people(&page));
    assert_snapshot!(between(&html, "<tbody", "</tbody>"), @r#"
    <tbody>
    <tr>
    <th scope="row">
    <a href="/admin/people/0a">an&lt;b&gt;@tayson</a>
    <small>Nguyễn "An"</small>
    </th>
    <td data-label="Quyền">
    <ul>
    <li>Người xem – Xã Tây Sơn</li>
    </ul>
    </td>
    <td data-label="Tình trạng">
    <ul>
    <li>Đang dùng</li>
    <li>phải bật xác thực hai bước</li>
    </ul>
    </td>
    <td data-label="Dùng gần nhất">26/11/2026</td>
    </tr>
    "#);
    let skip = "<a href=\"#content\" class=\"skip\">Đến nội dung chính</a>";
    assert!(html.contains(&format!("<body class=\"office\">{skip}")), "{html}");
    let (menu, content) =
        (html.find("</nav>").unwrap(), html.find("<main id=\"content\">").unwrap());
    assert!(menu < content, "the way leads past the menu");
    let html = checked(people(&PeoplePage { people: &[], ..page.clone() }));
    assert!(html.contains("Chưa có người dùng nào"));
    let given = [("name", "x\""), ("role", "manager"), ("unit", "tay-son")];
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let problem = Some(("name", "people-bad-name"));
    let html = checked(people(&PeoplePage { given: &given, problem, lang: Lang::En, ..page }));
    assert!(html.contains("value=\"x&quot;\"") && html.contains("A name has 3 to 80"));
    assert!(
        html.contains("<option value=\"manager\" selected")
            && html.contains("<option value=\"tay-son\" selected")
    );
}

#[test]
fn a_person_is_decided_about_by_those_who_may() {
    let (person_row, units) = (row(), units());
    let page = PersonPage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        person: &person_row,
        decides: true,
        own: false,
        claim: None,
        units: &units,
        link: None,
        done: false,
        given: &[],
        problem: None,
    };
    let html = checked(person(&page));
    for act in ["take", "give", "reset", "release", "end-sessions", "disable"] {
        assert!(html.contains(&format!("name=\"do\" value=\"{act}\"")), "{act}");
    }
    assert!(!html.contains("remove-second") && !html.contains("/link/"));
    let own = checked(person(&PersonPage { own: true, ..page.clone() }));
    assert!(own.contains("href=\"/account\">Tài khoản của tôi") && own.contains("end-sessions"));
    for act in ["reset", "remove-second", "disable"] {
        assert!(!own.contains(&format!("name=\"do\" value=\"{act}\"")), "{act}");
    }
    let html = checked(person(&PersonPage { decides: false, ..page.clone() }));
    assert!(html.contains("ngoài phạm vi") && !html.contains("value=\"reset\""));
    let link = Some("https://hailong.example/link/0a");
    let html = checked(person(&PersonPage { link, done: true, lang: Lang::En, ..page }));
    assert!(html.contains("<code>https://hailong.example/link/0a</code>"));
}

#[test]
fn a_person_is_known_to_a_provider_by_one_value() {
    let (mut person_row, units) = (row(), units());
    let page = |row: &PersonRow, claim, given: &[(String, String)], problem| {
        checked(person(&PersonPage {
            lang: Lang::Vi,
            assets: assets(),
            desk: DESK,
            person: row,
            decides: true,
            own: false,
            claim,
            units: &units,
            link: None,
            done: false,
            given,
            problem,
        }))
    };
    // Nobody has named a provider.
    assert!(!page(&person_row, None, &[], None).contains("name=\"identity\""));
    assert!(page(&person_row, Some("sub"), &[], None).contains("Mã định danh (sub)"));
    person_row.identity = Some(("email".into(), "an\"<b>@x.vn".into()));
    let html = page(&person_row, None, &[], None);
    assert!(html.contains("name=\"claim\" value=\"email\""), "it can still be taken away");
    assert!(html.contains("value=\"an&quot;&lt;b&gt;@x.vn\""));
    // Of another kind than the provider is asked for now.
    let html = page(&person_row, Some("sub"), &[], None);
    assert!(html.contains("thuộc loại khác") && !html.contains("value=\"an&quot;"));
    // What was typed is kept.
    let given = [("identity".to_owned(), "bình".to_owned())];
    let problem = Some(("identity", "people-identity-bad"));
    let html = page(&person_row, Some("email"), &given, problem);
    assert!(html.contains("value=\"bình\"") && html.contains("Xin ghi một địa chỉ thư điện tử"));
}

#[test]
fn keys_say_whether_they_are_in_force() {
    let line = |state, id: &str| KeyLine {
        id: id.into(),
        name: "Cổng <tỉnh>".into(),
        role: Some("viewer"),
        unit_name: "Xã Tây Sơn".into(),
        state,
        last: Some(date(2026, 12, 31)),
        used_on: None,
    };
    let lines = [line(State::Valid, "0a"), line(State::Expired, "0b"), line(State::Revoked, "0c")];
    let units = units();
    let page = KeysPage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        kind: Kind::Key,
        lines: &lines,
        units: &units,
        new: Some("hl_0a"),
        given: &[],
        problem: None,
    };
    let html = checked(keys(&page));
    assert_snapshot!(between(&html, "<tbody", "</tr>"), @r#"
    <tbody>
    <tr>
    <th scope="row">Cổng &lt;tỉnh&gt;</th>
    <td data-label="Vai trò">Người xem</td>
    <td data-label="Đơn vị">Xã Tây Sơn</td>
    <td data-label="Tình trạng">Còn hiệu lực</td>
    <td data-label="Hết hạn">31/12/2026</td>
    <td data-label="Dùng gần nhất">chưa dùng</td>
    <td data-label="">
    <a href="/admin/keys/0a" aria-label="Thu hồi Cổng &lt;tỉnh&gt;" class="button quiet">Thu hồi</a>
    </td>
    "#);
    assert_eq!(html.matches("Thu hồi</a>").count(), 1, "what has ended cannot be ended");
    assert!(html.contains("<code>hl_0a</code>"));
    let html = checked(keys(&KeysPage { kind: Kind::Display, lines: &[], new: None, ..page }));
    assert!(html.contains("action=\"/admin/displays\"") && !html.contains("name=\"last\""));
}
