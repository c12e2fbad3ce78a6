//! A sealed report of a commune in the sample, for tests of its page and for the gallery.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::analysis::{Compared, Comparison, NotCompared, PopulationDocument, drivers};
use domain::audit::Head;
use domain::counts::Counts;
use domain::document::{Document, Estimate, NoteReason, SeriesGroup, SeriesPoint, Subject};
use domain::form::Form;
use domain::index::Index;
use domain::instrument::Instrument;
use domain::questionnaire::{Lang, Rule, Text, fill};
use domain::report::{
    Below, Break, BreakOn, Cell, ChannelShare, ClosedBy, Corrected, CorrectedPart, Correction,
    Edition, Figured, Flag, FlagKind, Goal, Goals, Heading, LAYOUT, Late, Method, Month, Named,
    Part, Quality, ReliabilityOf, ReliabilityPart, Report, Seal, State, Trend,
};
use domain::response::{Answer, Answers, Given};
use domain::review::{Foreseen, Place};
use domain::score::Score;
use domain::statistics::compare::Direction;
use domain::statistics::outlook::Verdict;
use domain::statistics::{Interval, Uncertainty};
use domain::unit::{Channel, Kind};
use jiff::civil::date;

const PLACE: &str = "Trung tâm Phục vụ hành chính công xã Tây Sơn";

/// Counts of `n` full forms; the lower a component stands, the more are satisfied with it.
fn counts(instrument: &Instrument, n: u64) -> Counts {
    let mut counts = Counts::empty(instrument);
    for i in 0..n {
        let mut answers = vec![Given::NotAsked; instrument.items()];
        for (k, &position) in instrument.design.asked(Form::Full).iter().enumerate() {
            let score = match (i + 3 * k as u64) % 10 {
                0 if k < 4 => 1,
                0 | 1 => 2,
                2 => 3,
                3..=6 => 4,
                _ => 5,
            };
            answers[position] = Given::Asked(Some(Answer::Score(score)));
        }
        counts.add(&Answers(answers), instrument);
    }
    counts
}

fn index(instrument: &Arc<Instrument>, n: u64) -> Index {
    Index::new(instrument.clone(), &counts(instrument, n), Rule::Top2, &[], false)
}

/// Two points and a half to each side of whatever is shown on enough.
fn around(score: Option<f64>, enough: bool) -> Option<Interval> {
    score.filter(|_| enough).map(|score| Interval { low: score - 2.5, high: score + 2.5 })
}

fn document(index: &Index, n: u64) -> Document {
    let interval = |figure: &domain::index::Figure| {
        around(figure.score().map(domain::document::number), n >= 30)
    };
    let sure = Uncertainty {
        overall: None,
        groups: index.groups.iter().map(interval).collect(),
        components: index.components.iter().map(interval).collect(),
        items: index.items.iter().map(interval).collect(),
        measured_groups: vec![],
        measured_components: vec![],
        design_effects: index.components.iter().map(|_| (n >= 30).then_some(1.37)).collect(),
    };
    let subject = Subject {
        unit: "tay-son".to_owned(),
        place: PLACE.to_owned(),
        from: date(2026, 9, 1),
        to: date(2026, 9, 30),
        responses: n,
        clusters: n.min(88),
        simulated: false,
    };
    Document::new(subject, index, &sure, Lang::Vi, &|reason: NoteReason| format!("{reason:?}"))
}

fn texts(instrument: &Instrument) -> BTreeMap<String, Text> {
    let questionnaire = &instrument.questionnaire;
    let groups = questionnaire.groups.iter().map(|group| (&group.code, group.name.clone()));
    let components = questionnaire.components().map(|one| (&one.code, one.name.clone()));
    let items = questionnaire.items().map(|item| {
        let [vi, en] = [Lang::Vi, Lang::En].map(|lang| fill(item.text.get(lang), PLACE));
        (&item.code, Text { vi, en })
    });
    let all = groups.chain(components).chain(items);
    all.map(|(code, text)| (code.clone(), text)).collect()
}

/// Group and components with what was measured of them.
fn figured(instrument: &Arc<Instrument>, n: u64) -> Vec<Figured> {
    let index = index(instrument, n);
    let measured = instrument.measured().map(|(code, _, at)| {
        let figure = at.of(&index.groups, &index.components);
        let interval = around(figure.score().map(domain::document::number), n >= 30);
        Figured::new(code, figure, interval)
    });
    measured.collect()
}

fn comparison(instrument: &Arc<Instrument>, month: Month, by: f64) -> Comparison {
    let rows = instrument.measured().enumerate().map(|(at, (code, name, _))| {
        let estimate = by - at as f64;
        let direction = match estimate {
            e if e > 2.5 => Direction::Rising,
            e if e < -2.5 => Direction::Falling,
            _ => Direction::Unclear,
        };
        Compared {
            code: code.to_owned(),
            name: name.vi.clone(),
            before: Some(70.0 - estimate),
            after: Some(70.0),
            estimate: Some(estimate),
            low: Some(estimate - 2.5),
            high: Some(estimate + 2.5),
            p: Some(0.02),
            p_adjusted: Some(if direction == Direction::Unclear { 0.31 } else { 0.0004 }),
            direction: Some(direction),
        }
    });
    Comparison {
        unit: "tay-son".to_owned(),
        name: "Xã Tây Sơn".to_owned(),
        from: month.first(),
        to: month.last(),
        reason: None,
        rows: rows.collect(),
    }
}

fn goals(instrument: &Arc<Instrument>) -> Goals {
    let rows = instrument.measured().enumerate().map(|(at, (code, name, _))| {
        let current = 70.0 + at as f64;
        let target = Score::new(7550 + 100 * at as i64, 2);
        Goal {
            code: code.to_owned(),
            name: name.vi.clone(),
            baseline: Some(Score::new(7419, 2)),
            target: Some(target),
            state: State::Shown,
            current: Some(current),
            low: Some(current - 1.5),
            high: Some(current + 1.5),
            gap: Some(-5.5),
            projection: Some(Foreseen {
                score: current,
                low: current - 2.0,
                high: current + 2.0,
                probability: Some(0.04),
            }),
            verdict: if at == 3 { Verdict::Unclear } else { Verdict::Unlikely },
            source: Some("Kế hoạch số 12/KH-UBND".to_owned()),
        }
    });
    Goals {
        year: 2026,
        from: date(2026, 1, 1),
        to: date(2026, 9, 30),
        closed: false,
        responses: 9812,
        rows: rows.collect(),
    }
}

fn below(instrument: &Arc<Instrument>) -> Vec<Below> {
    let point = |at: usize, name: &str, responses: u64, rank: Option<Place>| Below {
        code: format!("POINT{at}"),
        name: name.to_owned(),
        kind: None,
        closed_on: None,
        responses,
        figures: figured(instrument, responses),
        rank,
    };
    let place = |place, tied, low, high| Some(Place { place, tied, low, high, of: 3 });
    vec![
        point(1, "Quầy 3 – Hộ tịch, chứng thực", 512, place(1, false, 1, 2)),
        point(2, "Quầy 1 – Tiếp nhận chung", 410, place(2, true, 1, 3)),
        point(3, "Quầy 2 – Đất đai, xây dựng", 301, place(2, true, 1, 3)),
        point(4, "Quầy 4 – Lao động, bảo trợ xã hội", 17, None),
        point(5, "Máy tự phục vụ tại sảnh", 3, None),
        point(6, "Chi nhánh phía Tây", 0, None),
    ]
}

fn cells(instrument: &Arc<Instrument>, values: &[(&str, u64)], named: bool) -> Vec<Cell> {
    let cell = |(value, responses): &(&str, u64)| Cell {
        value: (*value).to_owned(),
        name: (named && !value.is_empty())
            .then(|| Text { vi: (*value).to_owned(), en: format!("{value} (en)") }),
        responses: *responses,
        figures: figured(instrument, *responses),
    };
    values.iter().map(cell).collect()
}

fn trend(month: Month) -> Trend {
    let point = |at: i32| {
        let of = month.plus(at - 12);
        let score = 66.0 + f64::from((at * 5) % 9);
        let n = [1020, 960, 12, 3, 0, 1100, 1243][at as usize % 7];
        let estimate = match n {
            ..5 => Estimate::default(),
            5..30 => Estimate { score: Some(score), low: None, high: None },
            _ => Estimate { score: Some(score), low: Some(score - 2.0), high: Some(score + 2.0) },
        };
        SeriesPoint {
            from: of.first(),
            to: of.last(),
            questionnaire: if at < 5 { "sipas-2022" } else { "sipas-2023" }.to_owned(),
            responses: n,
            groups: vec![SeriesGroup { code: "II".to_owned(), estimate, components: vec![] }],
        }
    };
    let points = (0..13).map(point).filter(|point| point.responses > 0).collect();
    let breaks = vec![BreakOn { on: month.plus(-7).first(), why: Break::Questionnaire }];
    Trend { from: month.plus(-12).first(), to: month.last(), points, breaks }
}

fn part(instrument: &Arc<Instrument>, n: u64, month: Month) -> Part {
    let index = index(instrument, n);
    let questionnaire = &instrument.questionnaire;
    let mut since_year = comparison(instrument, month.plus(-12), 0.0);
    (since_year.reason, since_year.rows) = (Some(NotCompared::OtherQuestionnaire), vec![]);
    let components = questionnaire.components().filter(|one| one.code.starts_with("II"));
    let components = components.map(|one| ReliabilityPart {
        code: one.code.clone(),
        alpha: (one.code != "II.5").then_some(0.81),
        pairs: 211,
        correlation: Some(0.46),
    });
    let components = components.collect();
    Part {
        questionnaire: questionnaire.code.clone(),
        title: questionnaire.title.clone(),
        legal: questionnaire.legal.clone(),
        source: questionnaire.source.clone(),
        certainty: questionnaire.certainty.clone(),
        figures: document(&index, n),
        texts: texts(instrument),
        since_month: comparison(instrument, month.plus(-1), 3.0),
        since_year,
        goals: Some(goals(instrument)),
        below: below(instrument),
        ranked_least: 30,
        by_stage: Some(cells(
            instrument,
            &[("filing", 600), ("result", 540), ("asking", 81), ("", 22)],
            false,
        )),
        by_field: Some(cells(
            instrument,
            &[("Đất đai", 404), ("Hộ tịch", 310), ("Khác", 4), ("", 525)],
            true,
        )),
        by_channel: cells(instrument, &[("qr", 1180), ("kiosk", 60), ("paper", 3)], false),
        drivers: drivers(&index, PLACE, Lang::Vi),
        reliability: Some(ReliabilityOf { alpha: Some(0.72), pairs: 188, components }),
    }
}

/// The report of September 2026, sealed, with answers that came in later.
pub(crate) fn edition(instrument: &Arc<Instrument>) -> Edition {
    let month = Month::of(date(2026, 9, 1));
    let part = part(instrument, 1243, month);
    let figures = [("II", 70.0, 70.25), ("II.1", 65.0, 64.5)];
    let rows = figures.map(|(code, sealed, now)| Corrected {
        code: code.to_owned(),
        name: code.to_owned(),
        sealed: Some(sealed),
        now: Some(now),
    });
    let correction = Correction {
        more: 12,
        parts: vec![CorrectedPart {
            questionnaire: "sipas-2023".to_owned(),
            sealed: 1243,
            now: 1255,
            rows: rows.into(),
        }],
    };
    let share = |channel, responses| ChannelShare { channel, responses };
    let report = Report {
        layout: LAYOUT,
        unit: heading(),
        month,
        from: month.first(),
        to: month.last(),
        complete: true,
        simulated: false,
        rule: Rule::Top2,
        responses: 1243,
        parts: vec![part],
        late: Late { month: 7, year: 0 },
        trend: trend(month),
        population: Some(population()),
        comments: 87,
        quality: Quality {
            channels: vec![
                share(Channel::Qr, 1180),
                share(Channel::Kiosk, 60),
                share(Channel::Paper, 3),
            ],
            simulated: 0,
            valid: 5904,
            not_applicable: 311,
            flags: vec![Flag {
                kind: FlagKind::TooGood,
                code: "POINT1".to_owned(),
                name: "Quầy 3 – Hộ tịch, chứng thực".to_owned(),
            }],
        },
        borders: None,
        method: Method {
            program: "0.1.0".to_owned(),
            made_at: "2026-10-01T01:00:04+07:00".to_owned(),
            closed_by: Some(ClosedBy::Schedule),
            trail: Some(Head { seq: 1204, hash: vec![0x3c; 32] }),
        },
    };
    let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let at = "2026-10-01T01:00:05+07:00".to_owned();
    let seal = Seal { hash: hash.to_owned(), at, by: ClosedBy::Schedule };
    let dossiers = Some(PopulationDocument { dossiers: 4260, rate: 29.2, ..population() });
    Edition { report, seal: Some(seal), correction: Some(correction), dossiers }
}

fn heading() -> Heading {
    let named = |code: &str, name: &str| Named { code: code.to_owned(), name: name.to_owned() };
    Heading {
        code: "tay-son".to_owned(),
        name: "Xã Tây Sơn".to_owned(),
        kind: Kind::Commune,
        path: vec![named("gia-lai", "Tỉnh Gia Lai")],
        place: PLACE.to_owned(),
        valid_from: Some(date(2025, 7, 1)),
        valid_to: None,
        predecessors: vec![named("tay-son-huyen", "Huyện Tây Sơn")],
        successors: vec![],
        opened: false,
        closed: false,
    }
}

fn population() -> PopulationDocument {
    PopulationDocument {
        months: vec!["2026-09".to_owned()],
        dossiers: 4210,
        responses: 1243,
        whole: true,
        rate: 29.5,
        corrected: None,
        error: 0.05,
        needed: 366,
        missing: 0,
        half_width: 3.0,
        needed_for_half_width: Some(1390),
        missing_for_half_width: Some(147),
    }
}

/// The same unit in a month without any answer, which still runs.
pub(crate) fn empty(instrument: &Arc<Instrument>) -> Edition {
    let mut edition = edition(instrument);
    (edition.seal, edition.correction, edition.dossiers) = (None, None, None);
    let report = &mut edition.report;
    let month = report.month;
    let mut part = part(instrument, 0, month);
    (part.goals, part.reliability, part.by_stage, part.by_field) = (None, None, None, None);
    (part.below, part.drivers, part.by_channel) = (vec![], vec![], vec![]);
    for since in [&mut part.since_month, &mut part.since_year] {
        (since.reason, since.rows) = (Some(NotCompared::NoAnswers), vec![]);
    }
    report.parts = vec![part];
    (report.responses, report.comments, report.complete) = (0, 0, false);
    report.to = date(2026, 9, 12);
    (report.trend.points, report.population, report.late) = (vec![], None, Late::default());
    report.trend.breaks = vec![];
    report.quality =
        Quality { channels: vec![], simulated: 0, valid: 0, not_applicable: 0, flags: vec![] };
    (report.method.closed_by, report.method.trail) = (None, None);
    edition
}
