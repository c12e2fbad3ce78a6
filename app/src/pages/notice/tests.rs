use insta::assert_snapshot;

use super::*;
use crate::sample::{assets, between, check_document};

fn all() -> Vec<Notice> {
    let closed = Notice::ClosedPoint { point: "Quầy <3>".into(), unit: "Xã \"A\" & B".into() };
    vec![
        Notice::UnknownPoint,
        closed,
        Notice::NotFound,
        Notice::Unauthorized,
        Notice::RevokedDisplay,
        Notice::Forbidden,
        Notice::LoopbackOnly,
        Notice::BadRequest,
        Notice::BadAddress,
        Notice::EndBeforeStart,
        Notice::CrossSite,
        Notice::TooLarge,
        Notice::FileTooLarge,
        Notice::Busy,
        Notice::TooOften,
        Notice::Slow,
        Notice::Internal,
        Notice::MethodNotAllowed,
        Notice::RevokedCode { point: "Quầy <3>".into(), unit: "Xã \"A\" & B".into() },
    ]
}

#[test]
fn every_notice_has_words_and_no_script_in_both_languages() {
    for lang in [Lang::Vi, Lang::En] {
        for one in all() {
            let html = notice(lang, assets(), &one);
            check_document(&html);
            assert!(!html.contains("<script"));
            let sheet = if one.for_citizens() { "citizen.css" } else { "main.css" };
            assert!(html.contains(sheet), "{one:?}");
        }
    }
}

#[test]
fn a_closed_point_is_named_and_its_name_is_escaped() {
    let html = notice(Lang::En, assets(), &all()[1]);
    assert_snapshot!(between(&html, "<header>", "</main>"), @r#"
    <header>
    <p>
    <b>
    <span lang="vi">Xã "A" &amp; B</span>
    </b>
    <br>
    <span lang="vi">Quầy &lt;3&gt;</span>
    </p>
    </header>
    <main>
    <h1>This point no longer takes answers</h1>
    <p>This service point has stopped taking answers. Please scan the QR code that is now at the counter. Thank you.</p>
    <p>
    <a href="/?lang=en">To the start page</a>
    </p>
    "#);
}
