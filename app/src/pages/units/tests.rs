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
    assert_snapshot!(between(&html, "<tbody", "</tbody>"), @r#"
    <tbody>
    <tr>
    <th scope="row" class="deep-1">
    <a href="/admin/units/tay-son">Xã &lt;Tây Sơn&gt;</a>
    </th>
    <td data-label="Loại">Cấp xã</td>
    <td data-label="Thời gian hoạt động">từ 01/07/2025</td>
    <td data-label="Công khai">Nội bộ</td>
    <td data-label="Điểm đang mở" class="number">
    <a href="/admin/points/tay-son" aria-label="3 điểm đang mở của Xã &lt;Tây Sơn&gt;">3</a>
    </td>
    </tr>
    <tr>
    <th scope="row" class="deep-0">
    <a href="/admin/units/tay-son">Xã &lt;Tây Sơn&gt;</a>
    </th>
    <td data-label="Loại">Cấp xã</td>
    <td data-label="Thời gian hoạt động">từ 01/07/2025 đến hết 30/06/2026 (đã kết thúc)</td>
    <td data-label="Công khai">Công khai</td>
    <td data-label="Điểm đang mở" class="number">
    <a href="/admin/points/tay-son" aria-label="3 điểm đang mở của Xã &lt;Tây Sơn&gt;">3</a>
    </td>
    </tr>
    "#);
    let given =
        [("name", "Xã \"Mới\""), ("kind", "commune"), ("parent", "gia-lai"), ("public", "1")];
    let given = given.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let problem = Some(("code", "units-code-taken"));
    let html = checked(units(&UnitsPage { given: &given, problem, lang: Lang::En, ..page }));
    assert_snapshot!(between(&html, "<form", "</form>"), @r#"
    <form method="post" action="/admin/units" class="stack">
    <div class="field">
    <label for="name">Name</label>
    <input id="name" name="name" type="text" value="Xã &quot;Mới&quot;" autocomplete="off" autocapitalize="none" spellcheck="false" required>
    </div>
    <div class="field">
    <label for="kind">Kind</label>
    <select id="kind" name="kind" required>
    <option value="">
    </option>
    <option value="province">Province</option>
    <option value="department">Department</option>
    <option value="district">District</option>
    <option value="commune" selected>Commune</option>
    <option value="vertical">Vertical agency</option>
    <option value="centre">Public administrative service centre</option>
    <option value="branch">Branch</option>
    <option value="reception">One-stop reception</option>
    </select>
    </div>
    <div class="field">
    <label for="parent">Part of</label>
    <select id="parent" name="parent" required>
    <option value="">
    </option>
    <option value="gia-lai" selected>Tỉnh Gia Lai</option>
    </select>
    </div>
    <p class="fine">The highest unit is made with the first account, or imported from a file.</p>
    <div class="field">
    <label for="code">Code</label>
    <input id="code" name="code" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="code-hint code-wrong" aria-invalid="true">
    <p id="code-hint" class="fine">Stands in addresses and files, and cannot be changed later. Left empty, it is made from the name.</p>
    <p id="code-wrong" class="wrong">A unit has this code already.</p>
    </div>
    <div class="field">
    <label for="from">First day</label>
    <input id="from" name="from" type="date" autocomplete="off" spellcheck="false" aria-describedby="from-hint">
    <p id="from-hint" class="fine">Optional; needed where a unit is new after a merger or a split.</p>
    </div>
    <label class="tick">
    <input type="checkbox" name="public" value="1" checked>
    <span>Public: anyone may read the board without signing in</span>
    </label>
    <details open>
    <summary>Continues older units (merger, split)</summary>
    <fieldset aria-describedby="predecessor-hint">
    <legend>This unit continues</legend>
    <p id="predecessor-hint" class="fine">Once an older unit has ended, people with a role there have it here; its results and targets can be read here.</p>
    <div class="ticks">
    <label class="tick">
    <input type="checkbox" name="predecessor" value="binh-khe" checked>
    <span>– Xã Bình Khê</span>
    </label>
    </div>
    </fieldset>
    </details>
    <input type="hidden" name="lang" value="en">
    <p>
    <button>Add the unit</button>
    </p>
    "#);
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
        answered: None,
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
    assert_snapshot!(between(&html, "<section", "</section>"), @r#"
    <section>
    <h2>Sẽ có gì thay đổi</h2>
    <ul class="says">
    <li>3 điểm đang mở của đơn vị ngừng nhận ý kiến sau ngày cuối; ai quét mã sẽ thấy lời báo điểm đã ngừng. Muốn giữ mã đã in thì chuyển điểm sang đơn vị khác trước.</li>
    <li>Còn 1 đơn vị bên dưới đang hoạt động: Trung tâm &lt;Một&gt;. Nếu không chọn ô dưới đây, các đơn vị ấy vẫn hoạt động.</li>
    <li>Người có quyền ở đơn vị này có quyền ở các đơn vị kế thừa được chọn dưới đây.</li>
    <li>Mọi phiếu, bảng kết quả, báo cáo và chỉ tiêu đã có đều được giữ nguyên.</li>
    </ul>
    <form method="post" action="/admin/units/tay-son/close" class="stack">
    <div class="field">
    <label for="last">Ngày cuối hoạt động</label>
    <input id="last" name="last" type="date" value="2026-11-26" autocomplete="off" spellcheck="false" required aria-describedby="last-hint">
    <p id="last-hint" class="fine">Hết ngày này đơn vị mới kết thúc.</p>
    </div>
    <label class="tick">
    <input type="checkbox" name="below" value="1">
    <span>Kết thúc cả các đơn vị bên dưới trong cùng ngày</span>
    </label>
    <fieldset aria-describedby="successor-hint">
    <legend>Đơn vị kế thừa</legend>
    <p id="successor-hint" class="fine">Không bắt buộc. Đơn vị mới phải được thêm trước thì mới có ở đây.</p>
    <div class="ticks">
    <label class="tick">
    <input type="checkbox" name="successor" value="binh-khe">
    <span>– Xã Bình Khê</span>
    </label>
    </div>
    </fieldset>
    <div class="field">
    <label for="typed">Nhập “Xã &lt;Tây Sơn&gt;” để xác nhận</label>
    <input id="typed" name="typed" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" required aria-describedby="typed-wrong" aria-invalid="true">
    <p id="typed-wrong" class="wrong">Tên vừa nhập không trùng. Chưa có gì thay đổi.</p>
    </div>
    <p>
    <button class="danger">Kết thúc đơn vị</button>
    </p>
    </form>
    <p>
    <a href="/admin/units/tay-son">Không kết thúc, quay lại</a>
    </p>
    "#);
    let html = checked(close(&ClosePage { lang: Lang::En, below: &[], successors: &[], ..page }));
    assert!(html.contains("3 open points") && !html.contains("name=\"below\""));
}
