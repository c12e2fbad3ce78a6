use insta::assert_snapshot;

use super::*;
use crate::sample::{DESK, assets, between, check_document};

fn page(lang: Lang, boards: &[(&str, &str)]) -> String {
    let ended = |name: &str| name.starts_with("Huyện");
    let boards = boards.iter().map(|(code, name)| Listed {
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        ended: ended(name),
    });
    let boards = boards.collect();
    let desk = Desk::default();
    let page = HomePage { lang, assets: assets(), simulated: false, boards, desk, start: false };
    let html = home(&page);
    check_document(&html);
    assert!(!html.contains("<script"));
    html
}

#[test]
fn the_code_under_a_qr_can_be_typed() {
    let html = page(Lang::Vi, &[]);
    assert_snapshot!(between(&html, "<form", "</form>"), @r#"
    <form method="get" action="/s" class="code">
    <label for="code">Mã in dưới ô QR</label>
    <input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="30" aria-describedby="code-hint">
    <button>Mở phiếu</button>
    <p id="code-hint" class="fine">Mười chữ cái và chữ số, viết hoa hay viết thường đều được.</p>
    "#);
    assert!(page(Lang::En, &[]).contains(r#"<input type="hidden" name="lang" value="en">"#));
}

#[test]
fn boards_are_links_and_names_are_escaped() {
    let html = page(Lang::En, &[("tay-son", "Xã <Tây Sơn>")]);
    assert_snapshot!(between(&html, "<ul class=\"boards\"", "</ul>"), @r#"
    <ul class="boards">
    <li>
    <a href="/boards/tay-son?lang=en">
    <span lang="vi">Xã &lt;Tây Sơn&gt;</span>
    </a>
    </li>
    "#);
    let html = page(Lang::Vi, &[("tay-son-huyen", "Huyện Tây Sơn"), ("tay-son", "Xã Tây Sơn")]);
    let list = between(&html, "<ul class=\"boards\"", "</ul>");
    assert!(list.find("Xã Tây Sơn") < list.find("Huyện Tây Sơn"), "ended ones come last");
    assert_eq!(list.matches("(đã kết thúc)").count(), 1);
    assert!(!page(Lang::Vi, &[]).contains("class=\"boards\""));
}

#[test]
fn what_one_may_not_do_is_not_shown() {
    let page = HomePage {
        lang: Lang::Vi,
        assets: assets(),
        simulated: false,
        boards: vec![],
        desk: Desk { manages: true, ..Desk::default() },
        start: true,
    };
    let html = home(&page);
    assert_snapshot!(between(&html, "<nav aria-label=\"Quản trị\"", "</nav>"), @r#"
    <nav aria-label="Quản trị" class="tabs menu">
    <ul>
    <li>
    <a href="/admin/points">Điểm phục vụ</a>
    </li>
    <li>
    <a href="/admin/targets">Chỉ tiêu</a>
    </li>
    <li>
    <a href="/admin/dossiers">Số hồ sơ</a>
    </li>
    <li>
    <a href="/admin/import">Nhập tệp</a>
    </li>
    </ul>
    "#);
    assert!(html.contains("/admin/start"));
    let part = Desk { everything: false, ..DESK };
    let html = home(&HomePage { desk: part, start: false, ..page });
    assert!(html.contains("/admin/people") && !html.contains("/admin/audit"));
    assert!(!html.contains("/admin/start"));
}
