use domain::counts::Counts;
use domain::form::Form;
use domain::instrument::Instrument;
use domain::response::{Answer, Answers, Given};
use insta::assert_snapshot;
use jiff::civil::date;

use super::*;
use crate::sample::{assets, between, check_document, instrument, values};

/// Counts of full forms on which every item that a counter asks got this answer.
fn counts(
    instrument: &Instrument,
    n: u64,
    answer: impl Fn(u64, usize) -> Option<Answer>,
) -> Counts {
    let mut counts = Counts::empty(instrument);
    for i in 0..n {
        let mut answers = vec![Given::NotAsked; instrument.items()];
        for &position in instrument.design.asked(Form::Full) {
            answers[position] = Given::Asked(answer(i, position));
        }
        counts.add(&Answers(answers), instrument);
    }
    counts
}

/// Three of four are satisfied.
fn mostly(i: u64, _: usize) -> Option<Answer> {
    Some(Answer::Score(if i.is_multiple_of(4) { 2 } else { 4 }))
}

fn index(n: u64, answer: impl Fn(u64, usize) -> Option<Answer>) -> Index {
    let counts = counts(instrument(), n, answer);
    Index::new(instrument().clone(), &counts, Rule::Top2, &[], false)
}

/// The board, changed by the test before it is rendered.
fn page<'a>(index: Option<&'a Index>, change: impl FnOnce(&mut BoardPage<'a>)) -> String {
    let today = date(2026, 11, 24);
    let mut page = BoardPage {
        lang: Lang::Vi,
        assets: assets(),
        nonce: "n0nce",
        unit: "Xã Tây Sơn",
        code: "tay-son",
        kind: Kind::Commune,
        closed_on: None,
        path: &[],
        predecessors: &[],
        successors: &[],
        from: date(2026, 11, 1),
        to: today,
        today,
        rule: Rule::Top2,
        as_of: "2026-11-24T03:32:05Z".to_owned(),
        responses: 1234,
        today_responses: 7,
        simulated: false,
        index,
        sure: None,
        other_versions: &[],
        parts: &[],
        sort: "name",
        trend: &[],
        hours: &[],
        usual: None,
        stream: None,
        tv: false,
    };
    change(&mut page);
    let html = board(&page);
    check_document(&html);
    if page.assets.islands_root.is_none() {
        assert!(!html.contains("<script"), "without islands no script");
    }
    html.replace("<!>", "")
}

#[test]
fn the_index_is_large_and_its_words_say_what_it_is_not() {
    let index = index(40, mostly);
    let html = page(Some(&index), |_| {});
    assert_snapshot!(between(&html, "<section id=\"summary\"", "<nav"), @r#"
    <section id="summary" class="summary">
    <h2>Chỉ số hài lòng về cung ứng dịch vụ hành chính công (khảo sát tại quầy)</h2>
    <p class="dates">Từ 01/11/2026 đến 24/11/2026</p>
    <p class="large">
    <b>75,00</b>
    <span>%</span>
    </p>
    <dl class="numbers">
    <div>
    <dt>Phiếu trong kỳ</dt>
    <dd>1.234</dd>
    </div>
    <div>
    <dt>Phiếu hôm nay</dt>
    <dd>7</dd>
    </div>
    </dl>
    <p class="fine">Nhóm I (chính sách) không hỏi tại quầy, nên không có chỉ số chung của hai nhóm.</p>
    <p class="fine">Đây không phải chỉ số SIPAS do Bộ Nội vụ công bố.</p>
    "#);
}

#[test]
fn withheld_few_and_none_look_different_and_none_is_never_zero() {
    let few = index(8, mostly);
    let withheld = index(4, mostly);
    let silent = index(4, |_, _| None);
    let large = |index: Option<&Index>| between(&page(index, |_| {}), "<p class=\"large", "<dl");
    assert_snapshot!(large(Some(&few)), @r#"
    <p class="large">
    <b>75,00</b>
    <span>%</span> <span class="few">ít mẫu</span>
    </p>
    "#);
    assert_snapshot!(large(Some(&withheld)), @r#"<p class="large withheld">Chưa đủ 5 người trả lời</p>"#);
    assert_snapshot!(large(Some(&silent)), @r#"<p class="large none">Chưa có câu trả lời</p>"#);
    assert_eq!(large(None), large(Some(&silent)));
    for index in [Some(&withheld), Some(&silent), None] {
        let html = page(index, |_| {});
        assert!(!html.contains("0,00"));
        assert!(!html.contains("class=\"bar\""));
        assert!(!html.contains("distribution\""), "no shares of what is withheld");
    }
}

#[test]
fn a_component_nobody_answered_is_named_and_not_drawn() {
    let results = instrument().spans[7].items.clone();
    let index = index(40, |i, at| if results.contains(&at) { None } else { mostly(i, at) });
    let html = page(Some(&index), |_| {});
    assert!(html.contains("Chưa ai trả lời về: Kết quả dịch vụ."));
    let chart = between(&html, " class=\"chart bars\"", "</svg>");
    assert_eq!(chart.matches("class=\"bar\"").count(), 4);
    assert_eq!(chart.matches("class=\"absent\"").count(), 1);
    assert_snapshot!(between(&chart, "<desc", "</desc>"), @r#"<desc id="components-desc">Biểu đồ thanh ngang, thang từ 0 đến 100. Tiếp cận dịch vụ: 75,00. Thủ tục hành chính: 75,00. Công chức trực tiếp giải quyết công việc: 75,00. Kết quả dịch vụ: Chưa có câu trả lời. Tiếp nhận, xử lý phản ánh, kiến nghị: 75,00."#);
}

#[test]
fn an_item_shows_its_shares_in_words_too() {
    let index = index(40, mostly);
    let html = page(Some(&index), |_| {});
    assert_snapshot!(between(&html, "<ul class=\"items\"><li>", "</li>"), @r#"
    <ul class="items">
    <li>
    <p>Điểm phục vụ có biển hiệu, hướng dẫn rõ ràng, giúp người dân dễ tìm, dễ thấy.</p>
    <div class="shares">
    <svg width="100%" height="14" role="img" aria-labelledby="share-A1-title share-A1-desc" class="chart distribution">
    <title id="share-A1-title">Tỷ lệ năm mức trả lời</title>
    <desc id="share-A1-desc">Rất không hài lòng: 0 (0%); Không hài lòng: 10 (25%); Bình thường: 0 (0%); Hài lòng: 30 (75%); Rất hài lòng: 0 (0%)</desc>
    <rect x="0%" y="0" width="25%" height="100%" class="n2">
    </rect>
    <rect x="25%" y="0" width="75%" height="100%" class="n4">
    </rect>
    </svg>
    </div>
    <span class="heat h3">75,00</span>
    <span class="persons">40 người</span>
    "#);
    assert_eq!(html.matches("class=\"chart distribution\"").count(), 16);
}

#[test]
fn periods_and_rules_are_plain_links_that_keep_the_rest() {
    let html = page(None, |page| {
        page.rule = Rule::Mean5;
        page.sort = "-score";
        page.lang = Lang::En;
    });
    let links = between(&html, "<div class=\"controls\">", "<details");
    let links: Vec<_> = values(&links, "href").into_iter().map(str::to_owned).collect();
    assert_snapshot!(links.join("\n"), @r#"
    /boards/tay-son?rule=mean5&amp;sort=-score&amp;lang=en
    /boards/tay-son?from=2026-10-01&amp;to=2026-10-31&amp;rule=mean5&amp;sort=-score&amp;lang=en
    /boards/tay-son?from=2026-10-26&amp;rule=mean5&amp;sort=-score&amp;lang=en
    /boards/tay-son?from=2026-01-01&amp;rule=mean5&amp;sort=-score&amp;lang=en
    /boards/tay-son?rule=top2&amp;sort=-score&amp;lang=en
    /boards/tay-son?rule=mean5&amp;sort=-score&amp;lang=en
    "#);
    assert_eq!(html.matches("aria-current=\"true\"").count(), 2);
    assert!(html.contains(r#"<input type="hidden" name="rule" value="mean5">"#));
}

#[test]
fn own_dates_are_open_where_no_link_is_marked() {
    let html = page(None, |page| page.to = date(2026, 11, 23));
    assert_eq!(html.matches("aria-current=\"true\"").count(), 1);
    assert!(html.contains("<details open class=\"dates\">"));
    assert!(html.contains(r#"name="to" value="2026-11-23" max="2026-11-24""#));
}

#[test]
fn headings_sort_and_say_how_it_is_sorted() {
    let index = index(40, mostly);
    let parts = [
        PartRow {
            code: "7FQ2MD9XKA".to_owned(),
            name: "Quầy 1".to_owned(),
            link: None,
            responses: 40,
            group: index.groups[1],
            components: index.components[4..].to_vec(),
        },
        PartRow {
            code: "trung-tam".to_owned(),
            name: "Trung tâm".to_owned(),
            link: Some("trung-tam".to_owned()),
            responses: 3,
            group: Figure::Withheld,
            components: vec![Figure::Withheld; 5],
        },
    ];
    let html = page(Some(&index), |page| {
        page.parts = &parts;
        page.sort = "-II.3";
    });
    let table = between(&html, " class=\"parts\"", "</section>");
    let links: Vec<_> = values(&table, "href").into_iter().map(str::to_owned).collect();
    assert_snapshot!(links.join("\n"), @r#"
    /boards/tay-son?rule=top2
    /boards/tay-son?rule=top2&amp;sort=-score
    /boards/tay-son?rule=top2&amp;sort=-responses
    /boards/tay-son?rule=top2&amp;sort=-II.1
    /boards/tay-son?rule=top2&amp;sort=-II.2
    /boards/tay-son?rule=top2&amp;sort=II.3
    /boards/tay-son?rule=top2&amp;sort=-II.4
    /boards/tay-son?rule=top2&amp;sort=-II.5
    /boards/trung-tam?rule=top2&amp;sort=-II.3
    "#);
    assert_eq!(values(&table, "aria-sort"), ["descending"]);
    assert_snapshot!(table.split("<tr id=\"part-trung-tam\">").last().unwrap(), @r#"
    <th scope="row">
    <a href="/boards/trung-tam?rule=top2&amp;sort=-II.3" lang="vi">Trung tâm</a>
    </th>
    <td class="number strong heat">
    <span title="Chưa đủ 5 người trả lời" class="withheld">Chưa đủ 5</span>
    </td>
    <td class="number">3</td>
    <td class="number heat">
    <span title="Chưa đủ 5 người trả lời" class="withheld">Chưa đủ 5</span>
    </td>
    <td class="number heat">
    <span title="Chưa đủ 5 người trả lời" class="withheld">Chưa đủ 5</span>
    </td>
    <td class="number heat">
    <span title="Chưa đủ 5 người trả lời" class="withheld">Chưa đủ 5</span>
    </td>
    <td class="number heat">
    <span title="Chưa đủ 5 người trả lời" class="withheld">Chưa đủ 5</span>
    </td>
    <td class="number heat">
    <span title="Chưa đủ 5 người trả lời" class="withheld">Chưa đủ 5</span>
    </td>
    </tr>
    </tbody>
    </table>
    </div>
    "#);
}

#[test]
fn the_trend_leaves_gaps_and_says_its_range() {
    let shown = index(40, mostly).groups[1];
    let figures = [shown, shown, Figure::Withheld, Figure::None, shown];
    let trend: Vec<_> = figures
        .into_iter()
        .zip(20..)
        .map(|(figure, day)| TrendDay {
            day: date(2026, 11, day),
            responses: if figure == Figure::None { 0 } else { 40 },
            figure,
            breaks: (day == 21).then_some(Break::Questionnaire),
        })
        .collect();
    let html = page(None, |page| page.trend = &trend);
    let chart = between(&html, " class=\"chart trend\"", "</svg>");
    assert_eq!(chart.matches("class=\"line\"").count(), 0, "none over a gap, none over a break");
    assert_eq!(chart.matches("class=\"break\"").count(), 1);
    assert!(html.contains("Từ 21/11/2026 dùng bộ câu hỏi khác"));
    assert_eq!(chart.matches("class=\"dot\"").count(), 3);
    assert_eq!(chart.matches("class=\"column\"").count(), 4);
    assert_snapshot!(between(&chart, "<desc", "</desc>"), @r#"<desc id="trend-desc">Chỉ số mỗi ngày từ 20/11/2026 đến 24/11/2026. Thấp nhất 75,00 (20/11/2026), cao nhất 75,00 (24/11/2026), gần nhất 75,00 (24/11/2026)."#);
}

#[test]
fn a_unit_that_ended_says_so_and_names_its_successors() {
    let after = [("binh-khe", "Xã Bình Khê"), ("binh-an", "Xã Bình An")]
        .map(|(code, name)| (code.to_owned(), name.to_owned()));
    let html = page(None, |page| {
        page.closed_on = Some(date(2025, 6, 30));
        page.successors = &after;
    });
    assert_snapshot!(between(&html, "<div class=\"closed\"", "</div>"), @r#"
    <div class="closed">
    <p>Đơn vị này đã kết thúc hoạt động ngày 30/06/2025. Số liệu được giữ lại để tra cứu.</p>
    <p class="kin">Nay là: <a href="/boards/binh-khe?from=2026-11-01&amp;to=2026-11-24&amp;rule=top2" lang="vi">Xã Bình Khê</a>, <a href="/boards/binh-an?from=2026-11-01&amp;to=2026-11-24&amp;rule=top2" lang="vi">Xã Bình An</a>
    </p>
    "#);
    assert!(!html.contains("Phiếu hôm nay"));
    assert!(html.contains("from=2025-06-01&amp;to=2025-06-30"));
}

#[test]
fn the_island_is_there_and_its_script_only_in_a_build_with_islands() {
    assert!(page(None, |_| {}).contains("<leptos-island data-component=\"Freshness_"));
    assert!(page(None, |_| {}).contains("Số liệu lúc 10:32 ngày 24/11/2026"));
    let assets = Assets { islands_root: Some("/assets/0f".to_owned()), ..assets().clone() };
    let index = index(40, mostly);
    let html = page(Some(&index), |page| page.assets = &assets);
    assert_eq!(html.matches("<script").count(), 2);
    assert_eq!(html.matches("nonce=\"n0nce\"").count(), 2);
    assert!(html.contains(r#"("/assets/0f", "pkg", "hailong", "hailong_bg", false)"#), "{html}");
    assert!(html.contains("__RESOLVED_RESOURCES=[]"));
}

#[test]
fn simulated_figures_are_marked() {
    assert!(page(None, |page| page.simulated = true).contains("<b>Dữ liệu mô phỏng.</b>"));
}

#[test]
fn the_board_speaks_english() {
    let index = index(40, mostly);
    let html = page(Some(&index), |page| {
        page.lang = Lang::En;
        page.responses = 1;
    });
    assert!(html.contains("<b>75.00</b>"));
    assert!(html.contains("<h1 lang=\"vi\">Xã Tây Sơn</h1>"));
}

#[test]
fn a_screen_shows_every_part_and_says_that_its_unit_has_ended() {
    let index = index(40, mostly);
    let part = |n: u64| PartRow {
        code: format!("q{n}"),
        name: format!("Quầy {n}"),
        link: None,
        responses: 1000 * n,
        group: index.groups[1],
        components: vec![],
    };
    let parts: Vec<_> = (1..=9).map(part).collect();
    let html = page(Some(&index), |page| {
        page.tv = true;
        page.unit = "Trung tâm Phục vụ hành chính công xã Tây Sơn";
        page.kind = Kind::Centre;
        page.closed_on = Some(date(2026, 11, 20));
        page.parts = &parts;
    });
    assert_eq!(html.matches("<section id=\"picture-").count(), 9, "two of them with parts");
    assert!(parts.iter().all(|part| html.contains(&format!(">{}<", part.name))));
    assert!(html.contains("<small>2/2</small>"));
    assert!(html.contains("01/11 – 24/11/2026"));
    assert!(!html.contains("class=\"kind\""), "the name says it");
    assert!(html.contains("đã kết thúc hoạt động ngày 20/11/2026"));
    assert!(!html.contains("Phiếu hôm nay"));
}
