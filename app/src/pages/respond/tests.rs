use domain::response::Reason;
use insta::assert_snapshot;

use super::*;
use crate::sample::{assets, between, check_document, instrument, instruments, values};

const ID: &str = "7f0c4a52-91f3-4b3e-8a58-0d8e6e1c2b4d";
const HOSTILE: &str = "</textarea><script>alert(1)</script>\"'&<!-- <!> -->";

/// The page, changed by the test before it is rendered.
fn page<'a>(change: impl FnOnce(&mut RespondPage<'a>)) -> String {
    let mut page = RespondPage {
        lang: Lang::Vi,
        assets: assets(),
        code: "7KM2P9XQRA",
        point: "Quầy 3 – Hộ tịch, chứng thực",
        unit: "Trung tâm Phục vụ hành chính công xã Tây Sơn",
        place: "Trung tâm Phục vụ hành chính công xã Tây Sơn",
        kiosk: false,
        simulated: false,
        instrument: instrument(),
        form: Form::Short(1),
        fields: instruments().fields(),
        id: ID,
        given: &[],
        problems: &[],
        not_now: None,
    };
    change(&mut page);
    let html = respond(&page);
    check_document(&html);
    assert!(!html.contains("<script"), "no script for citizens");
    assert!(!html.contains("<!>"), "no marks for a script either");
    html
}

fn given(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn problem(field: &str, reason: Reason) -> Problem {
    Problem { field: field.to_owned(), reason }
}

#[test]
fn a_question_is_a_fieldset_with_five_answers_and_one_outside_the_scale() {
    let html = page(|_| {});
    assert_snapshot!(between(&html, "<fieldset id=\"A1\"", "</fieldset>"), @r#"
    <fieldset id="A1">
    <legend>Trung tâm Phục vụ hành chính công xã Tây Sơn có biển hiệu, hướng dẫn rõ ràng, giúp người dân dễ tìm, dễ thấy.</legend>
    <div class="scale">
    <div>
    <label>
    <input type="radio" name="A1" value="1">
    <span>Rất không hài lòng</span>
    </label>
    </div>
    <div>
    <label>
    <input type="radio" name="A1" value="2">
    <span>Không hài lòng</span>
    </label>
    </div>
    <div>
    <label>
    <input type="radio" name="A1" value="3">
    <span>Bình thường</span>
    </label>
    </div>
    <div>
    <label>
    <input type="radio" name="A1" value="4">
    <span>Hài lòng</span>
    </label>
    </div>
    <div>
    <label>
    <input type="radio" name="A1" value="5">
    <span>Rất hài lòng</span>
    </label>
    </div>
    </div>
    <div>
    <label>
    <input type="radio" name="A1" value="na">
    <span>Không áp dụng / Chưa có kết quả</span>
    </label>
    </div>
    "#);
}

#[test]
fn every_item_is_on_the_page_once_whatever_the_form() {
    for form in (1..=36).map(Form::Short).chain([Form::Full]) {
        let html = page(|page| page.form = form);
        let mut names = values(&html, "name");
        names.retain(|name| name.starts_with(['A', 'B', 'C', 'D', 'E']));
        assert_eq!(names.len(), 16 * 6, "{form}");
        names.dedup();
        assert_eq!(names.len(), 16, "{form}");
        let asked = if form == Form::Full { 16 } else { 5 };
        let before = html.split("<details").next().unwrap();
        // The stage is a question as well.
        assert_eq!(before.matches("<fieldset").count(), asked + 1, "{form}");
        assert!(html.contains(&format!(r#"name="form" value="sipas-2023:{form}""#)));
    }
}

#[test]
fn the_id_stands_once_and_at_the_very_end() {
    let given = given(&[("A1", "5"), ("comment", "Cảm ơn"), ("id", ID)]);
    for problems in [vec![], vec![problem("A1", Reason::NotAnAnswer)]] {
        let html = page(|page| {
            page.given = &given;
            page.problems = &problems;
        });
        assert_eq!(html.matches(ID).count(), 1);
        assert!(html.len() - html.find(ID).unwrap() < 200);
        let other = page(|page| {
            page.given = &given;
            page.problems = &problems;
            page.id = "00000000-0000-4000-8000-000000000001";
        });
        let end = html.find(ID).unwrap();
        assert_eq!(html[..end], other[..end], "before the id nothing depends on it");
    }
}

#[test]
fn the_enter_key_sends_and_the_switch_keeps_the_answers() {
    let given = given(&[("A1", "4")]);
    let html = page(|page| page.given = &given);
    let (first, switch) = (html.find("type=\"submit\""), html.find("name=\"switch\""));
    assert!(first.unwrap() < switch.unwrap());
    assert!(html.contains(r#"<button name="switch" value="en" lang="en">English</button>"#));
    assert!(html.contains(r#"<form method="post" action="?send">"#));
    let english = page(|page| {
        page.lang = Lang::En;
        page.given = &given;
    });
    assert!(english.contains(r#"<button name="switch" value="vi" lang="vi">Tiếng Việt</button>"#));
    assert!(english.contains(r#"name="A1" value="4" checked>"#));
    assert!(english.contains(r#"name="lang" value="en""#));
}

#[test]
fn vietnamese_names_are_marked_as_such_on_an_english_page() {
    let html = page(|page| page.lang = Lang::En);
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"));
    let place =
        r#"<legend><span lang="vi">Trung tâm Phục vụ hành chính công xã Tây Sơn</span> has"#;
    assert!(html.contains(place));
}

#[test]
fn what_was_given_stays_and_the_folded_part_opens_for_it() {
    assert!(page(|_| {}).contains("<details><summary>Trả lời thêm (11 câu"));
    let asked = given(&[("A1", "na"), ("stage", "result"), ("comment", "\nTốt & nhanh")]);
    let html = page(|page| page.given = &asked);
    assert!(html.contains(r#"name="A1" value="na" checked>"#));
    assert!(html.contains(r#"name="stage" value="result" checked>"#));
    assert!(html.contains(">\n\nTốt &amp; nhanh</textarea>"));
    assert!(html.contains("<details><summary>"));
    assert_eq!(html.matches(" checked").count(), 2);
    for folded in [given(&[("A2", "5")]), given(&[("field", "Hộ tịch")])] {
        let html = page(|page| page.given = &folded);
        assert!(html.contains("<details open><summary>"));
    }
    let field = given(&[("field", "Hộ tịch")]);
    let html = page(|page| page.given = &field);
    assert!(html.contains(r#"<option value="Hộ tịch" selected>Hộ tịch</option>"#));
}

#[test]
fn hostile_values_are_escaped_or_left_out() {
    let given: Vec<_> =
        ["comment", "A1", "A2", "stage", "field", "lang", "form", "id", "switch", HOSTILE]
            .iter()
            .map(|name| ((*name).to_owned(), HOSTILE.to_owned()))
            .collect();
    let problems = [problem(HOSTILE, Reason::UnknownItem), problem("A1", Reason::NotAnAnswer)];
    let html = page(|page| {
        page.given = &given;
        page.problems = &problems;
    });
    assert!(!html.contains("alert(1)</script>"));
    assert_eq!(html.matches("alert(1)").count(), 1, "only the comment comes back");
    assert_eq!(html.matches("</textarea>").count(), 1);
    assert!(!html.contains(" checked"));
    assert_snapshot!(between(&html, "<textarea", "</p>"), @r#"
    <textarea id="comment" name="comment" maxlength="1000" rows="4" aria-describedby="comment-hint">
    &lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'&amp;&lt;!-- &lt;!&gt; --&gt;</textarea>
    "#);
}

#[test]
fn names_of_places_are_escaped_too() {
    let html = page(|page| {
        page.place = HOSTILE;
        page.point = HOSTILE;
        page.unit = HOSTILE;
        page.code = HOSTILE;
    });
    assert!(!html.contains("<script"));
}

#[test]
fn problems_are_summed_up_and_stand_at_their_fields() {
    let problems = [
        problem("A1", Reason::NotAnAnswer),
        problem("comment", Reason::TooLong),
        problem("id", Reason::NotAUuid),
        problem("nonsense", Reason::UnknownItem),
    ];
    let html = page(|page| page.problems = &problems);
    assert!(html.contains("<title>Chưa gửi được: "));
    assert!(html.contains("<main><div role=\"alert\""));
    assert_snapshot!(between(&html, " class=\"alert\"", "</div>"), @r##"
     class="alert">
    <h2>Chưa gửi được. Xin Ông/Bà xem lại:</h2>
    <ul>
    <li>
    <a href="#A1">Tiếp cận dịch vụ – Xin chọn một trong các câu trả lời có sẵn.</a>
    </li>
    <li>
    <a href="#comment">Ông/Bà có muốn góp ý thêm không? – Nội dung dài quá. Xin viết ngắn lại.</a>
    </li>
    <li>Mã của phiếu không đúng. Xin mở lại trang.</li>
    <li>Phiếu không có câu hỏi này.</li>
    </ul>
    <p>Những gì Ông/Bà đã chọn vẫn còn nguyên.</p>
    "##);
    assert!(html.contains(r#"<fieldset id="A1" aria-describedby="A1-problem">"#));
    assert!(
        html.contains(r#"aria-describedby="comment-hint comment-problem" aria-invalid="true""#)
    );
    assert_eq!(html.matches("class=\"problem\"").count(), 2);
}

#[test]
fn nothing_answered_is_said_at_the_first_question() {
    for form in [Form::Short(1), Form::Short(36), Form::Full] {
        let problems = [problem("answers", Reason::NoAnswer)];
        let html = page(|page| {
            page.problems = &problems;
            page.form = form;
        });
        let anchor = html.split("<li><a href=\"#").nth(1).unwrap().split('"').next().unwrap();
        assert!(html.contains(&format!(r#"<strong id="{anchor}-problem" class="problem">"#)));
        assert!(html.split("<legend>").nth(2).unwrap().contains("class=\"problem\""));
    }
}

#[test]
fn a_busy_system_is_said_and_nothing_else() {
    let html = page(|page| page.not_now = Some(NotNow::Busy));
    assert_snapshot!(between(&html, " class=\"alert\"", "</div>"), @r#"
     class="alert">
    <h2>Hệ thống đang bận</h2>
    <p>Câu trả lời của Ông/Bà vẫn còn đây. Xin đợi vài giây rồi bấm “Gửi câu trả lời” một lần nữa.</p>
    "#);
}

#[test]
fn who_sends_too_often_is_told_for_how_long_to_wait() {
    let html = page(|page| page.not_now = Some(NotNow::TooOften(12)));
    assert_snapshot!(between(&html, " class=\"alert\"", "</div>"), @r#"
     class="alert">
    <h2>Có quá nhiều phiếu gửi liên tiếp</h2>
    <p>Câu trả lời của Ông/Bà vẫn còn đây. Xin đợi 12 giây rồi bấm “Gửi câu trả lời” một lần nữa.</p>
    "#);
}

const REASONS: [Reason; 17] = [
    Reason::NotAUuid,
    Reason::UnknownQuestionnaire,
    Reason::UnknownForm,
    Reason::UnknownItem,
    Reason::NotAnAnswer,
    Reason::NoAnswer,
    Reason::UnknownStage,
    Reason::TooLong,
    Reason::ControlCharacter,
    Reason::UnknownLanguage,
    Reason::NotSeconds,
    Reason::UnknownField,
    Reason::WrongType,
    Reason::Twice,
    Reason::NotADay,
    Reason::EndBeforeStart,
    Reason::UnknownChannel,
];

#[test]
fn every_reason_has_words_in_both_languages() {
    for lang in [Lang::Vi, Lang::En] {
        for reason in REASONS {
            let key = format!("problem-{}", reason.key());
            assert_ne!(t(lang, &key), key);
        }
    }
}

#[test]
fn only_a_kiosk_forgets_what_was_typed() {
    assert!(
        page(|page| page.kiosk = true)
            .contains(r#"<form method="post" action="?send" autocomplete="off">"#)
    );
}

#[test]
fn a_trial_says_that_it_is_one() {
    assert!(!page(|_| {}).contains("Dữ liệu mô phỏng"));
    assert!(page(|page| page.simulated = true).contains("<b>Dữ liệu mô phỏng.</b>"));
}

#[test]
fn thanks_say_what_became_of_the_answers() {
    let page = |kiosk, kept_first| {
        let html = thanks(&ThanksPage {
            lang: Lang::Vi,
            assets: assets(),
            code: "7KM2P9XQRA",
            point: "Quầy 3",
            unit: "Xã Tây Sơn",
            kiosk,
            simulated: false,
            kept_first,
        });
        check_document(&html);
        assert!(!html.contains("<script"));
        between(&html, "<main>", "</main>")
    };
    assert_snapshot!(page(false, false), @r#"
    <main>
    <h1>Cảm ơn Ông/Bà!</h1>
    <p>Câu trả lời của Ông/Bà đã được lưu.</p>
    <p>Ý kiến này sẽ giúp nơi đây phục vụ người dân tốt hơn.</p>
    <p>Ông/Bà có thể đóng trang này.</p>
    "#);
    assert_snapshot!(page(true, true), @r#"
    <main>
    <h1>Cảm ơn Ông/Bà!</h1>
    <p>Phiếu này đã gửi trước đó rồi. Câu trả lời đầu tiên của Ông/Bà được giữ, lần gửi sau không tính.</p>
    <p>Ý kiến này sẽ giúp nơi đây phục vụ người dân tốt hơn.</p>
    <p>Trang sẽ tự trở về đầu sau vài giây, để người kế tiếp trả lời.</p>
    <p>
    <a href="/s/7KM2P9XQRA" class="start">Bắt đầu lại</a>
    </p>
    "#);
}
