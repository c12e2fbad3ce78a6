//! Boards of made-up answers: full, thin, empty, closed.

use std::sync::Arc;

use app::pages::board::{
    BoardPage, Break, FallenRow, HourRow, PartRow, TrendDay, UsualPage, board,
};
use app::shell::Assets;
use domain::counts::Counts;
use domain::index::{Figure, Index};
use domain::instrument::Instrument;
use domain::questionnaire::{Lang, Rule};
use domain::response::{Answer, Answers, Given};
use domain::unit::Kind;
use jiff::ToSpan;
use jiff::civil::date;

/// Numbers that look drawn at random and are the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// Counts of `n` short forms; the last component is asked but never answered on the scale if `open`.
fn counts(instrument: &Instrument, n: u64, seed: u64, open: bool) -> Counts {
    let mut draw = Draw(seed);
    let mut counts = Counts::empty(instrument);
    for _ in 0..n {
        let mut answers = vec![Given::NotAsked; instrument.items()];
        let form = instrument.design.draw(draw.below(36));
        for (k, &position) in instrument.design.asked(form).iter().enumerate() {
            let score = 5 - [0, 0, 0, 1, 1, 1, 1, 2, 2, 4 - draw.below(2)]
                [draw.below(10 - k as u64 % 3) as usize];
            let answer = match draw.below(20) {
                0 => Answer::NotApplicable,
                _ if open && k == 4 => Answer::NotApplicable,
                _ => Answer::Score(score as u8),
            };
            answers[position] = Given::Asked(Some(answer));
        }
        counts.add(&Answers(answers), instrument);
    }
    counts
}

fn index(instrument: &Arc<Instrument>, counts: &Counts, rule: Rule) -> Index {
    Index::new(instrument.clone(), counts, rule, &[], false)
}

fn part(instrument: &Arc<Instrument>, name: &str, link: Option<&str>, n: u64) -> PartRow {
    let index = index(instrument, &counts(instrument, n, n + 7, false), Rule::Top2);
    PartRow {
        code: n.to_string(),
        name: name.to_owned(),
        link: link.map(str::to_owned),
        responses: n,
        group: index.groups[1],
        components: index.components[4..].to_vec(),
    }
}

/// Name and document of each.
pub(crate) fn boards(
    lang: Lang,
    assets: &Assets,
    instrument: &Arc<Instrument>,
) -> Vec<(&'static str, String)> {
    let names = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        list.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect()
    };
    let path = names(&[("gia-lai", "Tỉnh Gia Lai"), ("tay-son", "Xã Tây Sơn")]);
    let kin =
        names(&[("tay-son", "Xã Tây Sơn"), ("binh-khe", "Xã Bình Khê"), ("binh-an", "Xã Bình An")]);
    let today = date(2026, 11, 24);
    let trend: Vec<_> = (0..30)
        .map(|i| {
            let responses = [48, 31, 12, 3, 0, 55, 62, 37, 29, 4][i as usize % 10];
            let index =
                index(instrument, &counts(instrument, responses, 40 + i, false), Rule::Top2);
            TrendDay {
                day: today.saturating_sub((29 - i as i64).days()),
                responses,
                figure: index.groups[1],
                breaks: (i == 6).then_some(Break::Questionnaire),
            }
        })
        .collect();
    let nothing: Vec<_> =
        trend.iter().map(|one| TrendDay { responses: 0, figure: Figure::None, ..*one }).collect();
    let parts = vec![
        part(instrument, "Quầy 1 – Tiếp nhận chung", None, 812),
        part(instrument, "Quầy 2 – Đất đai, xây dựng", None, 240),
        part(instrument, "Quầy 3 – Hộ tịch, chứng thực", None, 74),
        part(instrument, "Quầy 4 – Lao động, bảo trợ xã hội", None, 17),
        part(instrument, "Kiosk sảnh chính", None, 3),
        part(instrument, "Chi nhánh phía Tây", Some("chi-nhanh-tay"), 0),
    ];
    let full = index(instrument, &counts(instrument, 1146, 1, false), Rule::Top2);
    let thin = index(instrument, &counts(instrument, 14, 2, true), Rule::Mean5);
    let hidden = index(instrument, &counts(instrument, 4, 3, false), Rule::Top2);
    let others = [("sipas-2022".to_owned(), 120)];
    let hours: Vec<_> = [None, Some(4), Some(11), Some(14), Some(9), Some(2), Some(0), Some(6)]
        .into_iter()
        .zip(7..)
        .map(|(responses, hour)| HourRow { hour, responses })
        .collect();
    let fallen =
        |name: &str, usual, recent| FallenRow { name: name.to_owned(), link: None, usual, recent };
    let usual = UsualPage {
        recent: (date(2026, 11, 17), date(2026, 11, 23)),
        before: (date(2026, 8, 25), date(2026, 11, 16)),
        compared: 11,
        fallen: vec![
            fallen("Quầy 2 – Đất đai, xây dựng", 71.9, 58.2),
            fallen("Thủ tục hành chính", 73.4, 69.1),
        ],
    };
    let base = BoardPage {
        lang,
        assets,
        nonce: "n0nce",
        unit: "Trung tâm Phục vụ hành chính công xã Tây Sơn",
        code: "tay-son-ttpvhcc",
        kind: Kind::Centre,
        closed_on: None,
        path: &path,
        predecessors: &[],
        successors: &[],
        from: date(2026, 11, 1),
        to: today,
        today,
        rule: Rule::Top2,
        as_of: "2026-11-24T03:32:05Z".to_owned(),
        responses: 1146,
        today_responses: 37,
        simulated: true,
        index: Some(&full),
        sure: None,
        other_versions: &others,
        parts: &parts,
        sort: "-score",
        trend: &trend,
        hours: &hours,
        usual: Some(&usual),
        stream: None,
        tv: false,
    };
    let thin = BoardPage {
        index: Some(&thin),
        rule: Rule::Mean5,
        responses: 14,
        today_responses: 2,
        from: date(2026, 11, 3),
        to: date(2026, 11, 9),
        simulated: false,
        other_versions: &[],
        ..base.clone()
    };
    let hidden = BoardPage { index: Some(&hidden), responses: 4, simulated: false, ..base.clone() };
    let empty = BoardPage {
        index: None,
        responses: 0,
        today_responses: 0,
        simulated: false,
        trend: &nothing,
        usual: None,
        ..base.clone()
    };
    let closed = BoardPage {
        unit: "Huyện Tây Sơn",
        kind: Kind::District,
        closed_on: Some(date(2025, 6, 30)),
        path: &path[..1],
        successors: &kin,
        parts: &[],
        simulated: false,
        hours: &[],
        ..empty.clone()
    };
    let screen = BoardPage { tv: true, ..base.clone() };
    let pages = [
        ("screen", screen),
        ("full", base),
        ("thin", thin),
        ("withheld", hidden),
        ("empty", empty),
        ("closed", closed),
    ];
    pages.into_iter().map(|(name, page)| (name, board(&page))).collect()
}
