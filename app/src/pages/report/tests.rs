use domain::report::{Listed, Status};
use insta::assert_snapshot;

use super::list::{Mails, ReportsPage, reports};
use super::*;
use crate::sample::report::{edition, empty};
use crate::sample::{assets, between, check_document, instrument, values};

fn on_site(lang: Lang, edition: &Edition) -> String {
    let place = Place::Site { assets: assets(), nonce: "n0nce" };
    let html = report(&ReportPage { lang, edition, closed_on: None, place });
    check_document(&html);
    html.replace("<!>", "")
}

#[test]
fn every_section_says_what_the_report_holds() {
    let edition = edition(instrument());
    let html = on_site(Lang::Vi, &edition);
    for said in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN",
        "XÃ TÂY SƠN",
        "Số: ……/BC-UBND",
        "- Ủy ban nhân dân tỉnh Gia Lai (để báo cáo);",
        "Khóa sổ lúc 01/10/2026 01:00; số liệu đã khóa giữ nguyên, phiếu đến sau được nêu ở phần riêng.",
        "Sau khi khóa sổ có thêm 12 phiếu: xem phần đính chính.",
        "So với tháng trước (08/2026: 67,00): +3,00 điểm, khoảng tin cậy 95% từ +0,50 đến +5,50; \
         tăng, khó có thể là ngẫu nhiên.",
        "So với cùng kỳ năm trước (09/2025): hai tháng dùng hai bộ câu hỏi khác nhau, nên không so \
         sánh được.",
        "Chỉ tiêu năm 2026 là 75,50; từ đầu năm đến nay đạt 70,00 (chênh −5,50 điểm); nhận định: \
         khó đạt.",
        "Có 87 phiếu ghi thêm ý kiến. Báo cáo chỉ đếm, không trích dẫn.",
        "<code>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</code>",
    ] {
        assert!(html.contains(said), "{said}");
    }
    let html = on_site(Lang::En, &edition);
    for said in [
        "SOCIALIST REPUBLIC OF VIET NAM",
        "12 more responses came in after the seal: see the correction.",
        "a rise that is unlikely to be chance.",
        "87 responses have a comment. The report counts them and quotes none.",
    ] {
        assert!(html.contains(said), "{said}");
    }
}

/// The page as it is, but for the head of the site, which other tests look at.
#[test]
fn the_whole_page() {
    for (name, edition) in [("sealed", edition(instrument())), ("empty", empty(instrument()))] {
        for lang in [Lang::Vi, Lang::En] {
            let main = between(&on_site(lang, &edition), "<main", "</body>");
            assert_snapshot!(format!("{name}_{}", lang.tag()), main);
        }
    }
}

#[test]
fn a_figure_is_shown_as_the_exact_score_is_rounded() {
    // 73.485 is a little less as a binary number.
    assert_eq!(crate::text::percent(Lang::Vi, 73.485), "73,49");
    assert_eq!(crate::text::percent(Lang::En, 72.0 + 2.0 / 3.0), "72.67");
    assert_eq!(crate::text::percent(Lang::Vi, 0.0), "0,00");
}

#[test]
fn what_is_withheld_is_in_no_table() {
    let edition = edition(instrument());
    let html = on_site(Lang::Vi, &edition);
    let table = between(&html, "<section class=\"below\"", "</section>");
    let row = between(&table, "Máy tự phục vụ", "</tr>");
    assert_eq!(row.matches("class=\"withheld\"").count(), 6, "{row}");
    let none = between(&table, "Chi nhánh phía Tây", "</tr>");
    assert_eq!(none.matches("class=\"none\"").count(), 6, "{none}");
}

#[test]
fn the_file_leads_nowhere() {
    let edition = edition(instrument());
    let place = Place::File { style: "body > p { color: red }" };
    let html = report(&ReportPage { lang: Lang::Vi, edition: &edition, closed_on: None, place });
    check_document(&html);
    assert!(html.contains("<style>body > p { color: red }</style>"));
    for link in values(&html, "href") {
        assert!(link.starts_with('#') || link == "data:,", "{link}");
    }
    assert!(!html.contains("<script") && !html.contains("<form"));
    assert!(html.contains("data-head=\"Xã Tây Sơn – Báo cáo mức độ hài lòng tháng 09/2026\""));
}

#[test]
fn an_empty_month_is_a_whole_page() {
    let html = on_site(Lang::Vi, &empty(instrument()));
    assert!(html.contains("Tháng chưa kết thúc: số liệu đến ngày 12/09/2026"));
    assert!(html.contains("<p class=\"large none\">Chưa có câu trả lời</p>"));
    assert!(!html.contains("class=\"below\"") && !html.contains("id=\"items\""));
    assert!(
        html.contains("id=\"method\"")
            && html.contains("Chưa có câu trả lời nào trong những tháng này.")
    );
}

#[test]
fn two_versions_stand_one_after_the_other() {
    let mut edition = edition(instrument());
    let mut old = edition.report.parts[0].clone();
    old.questionnaire = "sipas-2022".to_owned();
    edition.report.parts.push(old);
    let html = on_site(Lang::Vi, &edition);
    assert_eq!(html.matches("<h2 class=\"version\">").count(), 2);
    assert!(html.contains("Bộ câu hỏi sipas-2022: 1.243 phiếu"));
}

#[test]
fn the_list_says_states_files_and_mails() {
    let edition = edition(instrument());
    let month = edition.report.month;
    let open =
        Listed { month: month.plus(1), status: Status::Open, responses: 12, more: 0, seal: None };
    let seal = edition.seal;
    let sealed = Listed { month, status: Status::Corrected, responses: 1243, more: 12, seal };
    let list = [open, sealed];
    let mails = [Mails { month, queued: 0, sent: 3, failed: 1 }];
    for lang in [Lang::Vi, Lang::En] {
        let html = reports(&ReportsPage {
            lang,
            assets: assets(),
            unit: "Xã Tây Sơn",
            code: "tay-son",
            kind: domain::unit::Kind::Commune,
            path: &[],
            closed_on: None,
            list: &list,
            mails: &mails,
            delivers: lang == Lang::Vi,
            simulated: false,
        });
        check_document(&html);
        assert_snapshot!(
            format!("list_{}", lang.tag()),
            between(&html, "<section class=\"months\"", "</main>")
        );
    }
}
