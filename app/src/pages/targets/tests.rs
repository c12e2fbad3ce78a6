use std::collections::BTreeMap;

use domain::counts::Counts;
use domain::form::Form;
use domain::index::Index;
use domain::response::{Answer, Answers, Given};
use domain::review::{Inherited, Material, Measured, Month, Place};
use domain::score::Score;
use domain::statistics::{Sample, Uncertainty};
use domain::target::Target;
use insta::assert_snapshot;
use jiff::civil::date;

use super::*;
use crate::sample::{assets, between, check_document, instrument};

fn number(text: &str) -> Option<Score> {
    text.parse().ok()
}

fn target(index: IndexName, code: &str, name: &str, baseline: &str, wanted: &str) -> Target {
    Target {
        unit: "tay-son".to_owned(),
        year: 2026,
        index,
        code: code.to_owned(),
        name: name.to_owned(),
        max: None,
        baseline: number(baseline),
        baseline_rank: Some(10),
        rank_of: Some(11),
        target: number(wanted),
        actual: None,
        actual_date: None,
        source: Some("Kế hoạch <số> 153".to_owned()),
        goal: None,
        goal_text: None,
    }
}

/// Forty days of four full forms, three of four satisfied.
fn measured() -> (Index, Uncertainty) {
    let instrument = instrument();
    let mut all = Counts::empty(instrument);
    let mut sample = Sample::new(instrument, Rule::Top2);
    for day in 0..40 {
        let mut cluster = Counts::empty(instrument);
        for one in 0..4 {
            let mut answers = vec![Given::NotAsked; instrument.items()];
            for &position in instrument.design.asked(Form::Full) {
                let score = if (day * day + one) % 4 == 0 { 2 } else { 4 };
                answers[position] = Given::Asked(Some(Answer::Score(score)));
            }
            cluster.add(&Answers(answers), instrument);
        }
        sample.add(true, &cluster.pack());
        all.merge(&cluster);
    }
    let index = Index::new(instrument.clone(), &all, Rule::Top2, &[], false);
    let sure = Uncertainty::new(&index, &all, sample);
    (index, sure)
}

fn review(targets: &[Target], with_answers: bool, closed: bool) -> Review {
    let (index, sure) = measured();
    let empty =
        Index::new(instrument().clone(), &Counts::empty(instrument()), Rule::Top2, &[], false);
    let place = Place { place: 2, tied: false, low: 1, high: 4, of: 5 };
    let month = |month: i8, score| Month {
        from: date(2025, month, 1),
        to: date(2025, month, 28),
        score,
        responses: 90,
    };
    Review::new(Material {
        unit: "tay-son",
        year: 2026,
        days: Some((date(2026, 1, 1), date(2026, 11, 24))),
        closed,
        remaining: Some(0.1),
        targets,
        index: if with_answers { &index } else { &empty },
        measured: with_answers.then_some(Measured {
            index: &index,
            sure: &sure,
            responses: 160,
            clusters: 40,
            simulated: false,
        }),
        measured_index: crate::text::t(Lang::Vi, "board-index-heading"),
        lang: Lang::Vi,
        predecessors: vec![Inherited::new(
            "tay-son-huyen",
            "Huyện Tây Sơn",
            2024,
            &[target(IndexName::Sipas, "II.5", "Phản ánh", "73.14", "83.14")],
            true,
        )],
        ranks: BTreeMap::from([("II".to_owned(), place)]),
        trend: BTreeMap::from([(
            "II".to_owned(),
            vec![month(5, Some(70.0)), month(6, None), month(7, Some(74.0)), month(8, Some(75.0))],
        )]),
    })
}

fn page<'a>(review: &'a Review, change: impl FnOnce(&mut TargetsPage<'a>)) -> String {
    let mut page = TargetsPage {
        lang: Lang::Vi,
        assets: assets(),
        unit: "Xã Tây Sơn",
        kind: Kind::Commune,
        closed_on: None,
        path: &[],
        review,
        by_other: None,
        others: &[],
        chosen: None,
        simulated: false,
        enters: false,
    };
    change(&mut page);
    let html = targets(&page);
    check_document(&html);
    assert!(!html.contains("<script"));
    html
}

fn sipas() -> Vec<Target> {
    let of = |code, name, baseline, wanted| target(IndexName::Sipas, code, name, baseline, wanted);
    vec![
        of("I", "Chính sách", "73.49", "83.50"),
        of("II", "Cung ứng", "74.19", "74"),
        of("II.1", "Tiếp cận", "75.67", "90"),
        of("total", "Chung", "73.84", "78.75"),
    ]
}

#[test]
fn the_summary_says_where_it_stands_how_sure_and_what_to_expect() {
    let html = page(&review(&sipas(), true, false), |_| {});
    assert_snapshot!(between(&html, "<section class=\"summary", "</section>"), @r#"
    <section class="summary stand">
    <h2>Chỉ số hài lòng về cung ứng dịch vụ hành chính công (khảo sát tại quầy)</h2>
    <p class="large">
    <b>75,00</b>
    <span>%</span>
    </p>
    <p class="range">Khoảng 75, từ 73 đến 77 (độ tin cậy 95%).</p>
    <dl class="numbers four">
    <div>
    <dt>Chỉ tiêu 2026</dt>
    <dd>74</dd>
    </div>
    <div>
    <dt>Chênh</dt>
    <dd>+1,00</dd>
    </div>
    <div>
    <dt>Phiếu trong kỳ</dt>
    <dd>160</dd>
    </div>
    <div>
    <dt>Thứ hạng</dt>
    <dd>2/5 (từ 1 đến 4)</dd>
    </div>
    </dl>
    <p class="judged">
    <span class="verdict likely">
    <span aria-hidden="true">▲</span> Có khả năng đạt</span> Nếu các tháng còn lại tương tự từ đầu năm đến nay, kết quả cả năm dự kiến khoảng 75,0, trong khoảng từ 74,5 đến 75,5. Khả năng đạt chỉ tiêu: trên 99%.</p>
    <p class="fine">Khả năng giá trị thật từ đầu năm đến nay đã đạt mức chỉ tiêu: 88%.</p>
    <p class="fine">Đây không phải chỉ số SIPAS do Bộ Nội vụ công bố.</p>
    "#);
}

#[test]
fn measured_and_entered_rows_do_not_look_alike() {
    let mut targets = sipas();
    targets[3].actual = number("77.5");
    targets[3].actual_date = Some(date(2026, 6, 30));
    let html = page(&review(&targets, true, false), |_| {});
    assert_snapshot!(between(&html, "<tr role=\"row\" class=\"measured group\">", "</tr>"), @r#"
    <tr role="row" class="measured group">
    <th scope="row" role="rowheader" lang="vi">
    <span class="no">II</span> Cung ứng</th>
    <td role="cell" data-label="Kết quả 2025" class="number">
    <div>74,19<small>hạng 10/11</small>
    </div>
    </td>
    <td role="cell" data-label="Chỉ tiêu 2026" class="number">
    <div>74</div>
    </td>
    <td role="cell" data-label="Kết quả đến nay" class="number">
    <div>75,00<small>từ 73,3 đến 76,6</small>
    <small>160 người</small>
    <small>hạng 2/5 (từ 1 đến 4)</small>
    </div>
    </td>
    <td role="cell" data-label="Chênh" class="number">
    <div>+1,00</div>
    </td>
    <td role="cell" data-label="Dự báo cả năm" class="number">
    <div>75,0<small>từ 74,5 đến 75,5</small>
    <small>khả năng đạt: trên 99%</small>
    </div>
    </td>
    <td role="cell" data-label="Nhận định">
    <div>
    <span class="verdict likely">
    <span aria-hidden="true">▲</span> Có khả năng đạt</span>
    </div>
    </td>
    <td role="cell" data-label="13 tháng" class="course">
    <div>
    <svg width="100%" height="36" role="img" aria-labelledby="spark-II-title spark-II-desc" class="chart spark">
    <title id="spark-II-title">Điểm từng tháng: Cung ứng</title>
    <desc id="spark-II-desc">05/2025: 70,00. 06/2025: Chưa đủ 5. 07/2025: 74,00. 08/2025: 75,00.</desc>
    <line x1="0" x2="100%" y1="12.43" y2="12.43" class="wanted">
    </line>
    <line x1="50%" x2="50%" y1="0" y2="36" class="break">
    </line>
    <line x1="65.33%" y1="12.43" x2="96%" y2="8.71" class="line">
    </line>
    <circle cx="96%" cy="8.71" r="3.5" class="dot">
    </circle>
    </svg>
    </div>
    </td>
    "#);
    let entered = html.split("<tr role=\"row\" class=\"entered group\">").nth(2).unwrap();
    assert!(entered.contains("77,5<small>số nhập, ngày 30/06/2026</small>"), "{entered}");
    assert!(entered.contains("Chưa rõ"));
    // A source is a text of a person.
    assert!(html.contains("Kế hoạch &lt;số&gt; 153"));
}

#[test]
fn a_year_that_is_over_is_met_or_not_and_not_foreseen() {
    let html = page(&review(&sipas(), true, true), |_| {});
    assert!(html.contains("</span> Đạt</span>") && html.contains("</span> Không đạt</span>"));
    assert!(!html.contains("Dự báo cả năm</th>") && !html.contains("Khả năng đạt"));
}

#[test]
fn without_answers_and_without_targets_nothing_is_claimed() {
    let html = page(&review(&sipas(), false, false), |_| {});
    assert!(html.contains("<p class=\"large none\">Chưa có câu trả lời</p>"));
    assert!(!html.contains(">0,00"), "none is never zero");
    let html = page(&review(&[], true, false), |_| {});
    assert!(html.contains("Chưa có chỉ tiêu riêng của năm này."));
    // The baseline of the unit before, as its own.
    assert!(html.contains(
        "<span class=\"inherited\">73,14<small><a href=\"/targets/tay-son-huyen/2024\">của Huyện Tây Sơn, năm 2023</a></small></span>"
    ));
}

#[test]
fn what_does_not_add_up_is_said_in_sentences() {
    let mut targets = sipas();
    targets[3].target = number("79");
    targets[3].goal = number("78");
    targets[3].goal_text = Some("Phấn đấu đạt từ 78% trở lên.".to_owned());
    let html = page(&review(&targets, true, false), |_| {});
    assert_snapshot!(between(&html, "<div class=\"findings\">", "</div>"), @r#"
    <div class="findings">
    <h3>Chỗ chưa khớp trong bảng</h3>
    <ul>
    <li>Chỉ tiêu 2026, Chung: bảng ghi 79; trung bình hai nhóm như bảng ghi là 78,75.</li>
    <li>Kết quả 2025: các số tổng khớp với các dòng của bảng.</li>
    </ul>
    <p class="fine">Số đã nhập được giữ nguyên như trong văn bản.</p>
    "#);
    assert!(
        html.contains(
            "<q lang=\"vi\">Phấn đấu đạt từ 78% trở lên.</q> Lời văn ghi 78, bảng ghi 79."
        )
    );
}

#[test]
fn months_that_cannot_be_compared_are_not_joined() {
    let html = page(&review(&sipas(), true, false), |_| {});
    let spark = between(&html, "id=\"spark-II-title\"", "</svg>");
    // May to June is withheld, June to July the borders changed, July to August is a line.
    assert_eq!(spark.matches("class=\"line\"").count(), 1);
    assert_eq!(spark.matches("class=\"break\"").count(), 1);
    assert!(spark.contains("05/2025: 70,00. 06/2025: Chưa đủ 5. 07/2025: 74,00."));
}

#[test]
fn the_page_speaks_english_and_keeps_it() {
    let review = review(&sipas(), true, false);
    let html = page(&review, |page| page.lang = Lang::En);
    assert!(html.contains("Target review 2026") && html.contains("Unlikely to be met"));
    assert!(html.contains("/targets/tay-son/2025?rule=top2&amp;lang=en"));
    assert!(html.contains("74.19") && !html.contains("74,19"));
}

#[test]
fn both_rules_stand_side_by_side() {
    let review = review(&sipas(), true, false);
    let other = Review { rule: Rule::Mean5, ..review.clone() };
    let html = page(&review, |page| page.by_other = Some(&other));
    let rules = between(&html, "<section class=\"rules\">", "</section>");
    assert!(rules.contains("Tỷ lệ hài lòng") && rules.contains("Điểm trung bình"));
    assert_eq!(rules.matches("<tr>").count(), 7);
}
