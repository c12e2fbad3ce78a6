use insta::assert_snapshot;

use super::*;
use crate::sample::{assets, between, check_document};

fn page(lang: Lang, boards: &[(&str, &str)]) -> String {
    let boards = boards.iter().map(|(code, name)| ((*code).into(), (*name).into())).collect();
    let html = home(&HomePage {
        lang,
        assets: assets(),
        simulated: false,
        boards,
        administers: false,
        manages: false,
    });
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
    <a href="/boards/tay-son?lang=en" lang="vi">Xã &lt;Tây Sơn&gt;</a>
    </li>
    "#);
    assert!(!page(Lang::Vi, &[]).contains("class=\"boards\""));
}
