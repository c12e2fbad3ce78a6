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
        address: false,
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
        assert_eq!(html.matches("state-missing").count(), 8);
        assert!(!html.contains("href=\"/admin/people"), "nobody can go there yet");
    }
    let begun = start(&page(Lang::Vi, Desk { unfinished: true, ..DESK }));
    let done = start(&page(Lang::Vi, DESK));
    let menu = "href=\"/admin/start\" aria-current=\"page\"";
    assert!(begun.contains(menu) && !done.contains(menu), "{begun}");
}

#[test]
fn each_step_says_where_it_is_done() {
    let begun = StartPage {
        administrators: 1,
        unprotected: 1,
        units: 2,
        has_units: true,
        points: 1,
        address: true,
        top: Some("gia-lai"),
        ..page(Lang::Vi, DESK)
    };
    let html = start(&begun);
    check_document(&html);
    assert_snapshot!(between(&html, "<ol class=\"steps\"", "</ol>"), @r#"
    <ol class="steps">
    <li class="state-done">
    <h2>Quản trị viên đầu tiên <span class="state">Đã có</span>
    </h2>
    <p>1 quản trị viên đăng nhập được.</p>
    <ul class="links">
    <li>
    <a href="/admin/people">Người dùng</a>
    </li>
    </ul>
    </li>
    <li class="state-missing">
    <h2>Xác thực hai bước <span class="state">Còn thiếu</span>
    </h2>
    <p>1 quản trị viên chưa bật và chưa bị buộc phải bật. Quản trị viên xem và đổi được mọi thứ, nên chỉ một mật khẩu là chưa đủ an toàn.</p>
    <ul class="links">
    <li>
    <a href="/account/second">Bật cho tài khoản của tôi</a>
    </li>
    <li>
    <a href="/admin/people">Yêu cầu ở trang người dùng</a>
    </li>
    </ul>
    </li>
    <li class="state-done">
    <h2>Đơn vị <span class="state">Đã có</span>
    </h2>
    <p>2 đơn vị đang hoạt động.</p>
    <ul class="links">
    <li>
    <a href="/admin/units">Đơn vị</a>
    </li>
    <li>
    <a href="/admin/import">Nhập từ tệp</a>
    </li>
    </ul>
    </li>
    <li class="state-done">
    <h2>Điểm phục vụ <span class="state">Đã có</span>
    </h2>
    <p>1 điểm đang nhận ý kiến.</p>
    <ul class="links">
    <li>
    <a href="/admin/points">Điểm phục vụ</a>
    </li>
    <li>
    <a href="/admin/import">Nhập từ tệp</a>
    </li>
    </ul>
    </li>
    <li class="state-done">
    <h2>Địa chỉ công khai <span class="state">Đã có</span>
    </h2>
    <p>Mã QR dẫn tới địa chỉ mà máy khác mở được.</p>
    </li>
    <li class="state-missing">
    <h2>Nhãn QR <span class="state">Còn thiếu</span>
    </h2>
    <p>In nhãn có mã QR và đặt tại quầy.</p>
    <ul class="links">
    <li>
    <a href="/sheets/gia-lai">Tờ in nhãn</a>
    </li>
    </ul>
    </li>
    <li class="state-missing">
    <h2>Số hồ sơ <span class="state">Còn thiếu</span>
    </h2>
    <p>Số hồ sơ giải quyết mỗi tháng cho biết bao nhiêu phần người dân đã trả lời, và cần bao nhiêu phiếu.</p>
    <ul class="links">
    <li>
    <a href="/admin/dossiers">Số hồ sơ</a>
    </li>
    <li>
    <a href="/admin/import">Nhập từ tệp</a>
    </li>
    </ul>
    </li>
    <li class="state-missing">
    <h2>Chỉ tiêu <span class="state">Còn thiếu</span>
    </h2>
    <p>Nhập kết quả năm trước và chỉ tiêu năm nay để so với kết quả đo được.</p>
    <ul class="links">
    <li>
    <a href="/admin/targets">Chỉ tiêu</a>
    </li>
    <li>
    <a href="/admin/import">Nhập từ tệp</a>
    </li>
    </ul>
    </li>
    <li class="state-optional">
    <h2>Gửi báo cáo qua thư <span class="state">Không bắt buộc</span>
    </h2>
    <p>Báo cáo tháng có thể tự gửi qua thư: đặt HAILONG_SMTP_URL và HAILONG_MAIL_FROM cho dịch vụ, rồi thêm người nhận.</p>
    <ul class="links">
    <li>
    <a href="/admin/reports">Người nhận báo cáo</a>
    </li>
    </ul>
    </li>
    "#);
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
