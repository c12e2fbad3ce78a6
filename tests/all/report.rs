//! The monthly report and the month close, on both databases: every figure is the one of the doors,
//! a sealed report stays, and what is withheld cannot be had from what is shown.

mod files;
mod pages;
mod seal;
mod tables;

use domain::document::NoteReason;
use domain::report::{Month, Report};
use serde_json::{Value, json};
use server::service::access::{Actor, Denied};
use server::service::import::Kind;
use server::service::report::{Issued, NoReport};
use uuid::Uuid;

use crate::files::import;
use crate::house::{House, SERVICE, both};
use crate::review::{days, past};

/// The words of notes, as the doors say them in Vietnamese.
pub(super) fn words(reason: NoteReason) -> String {
    server::export::report::note(reason)
}

pub(super) fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

pub(super) async fn issue(house: &House, unit: &str, of: &str) -> Result<Issued, NoReport> {
    let unit = house.service.readable(&Actor::Local, unit).unwrap();
    house.service.report(&Actor::Local, &unit, month(of), words).await
}

pub(super) async fn report(house: &House, unit: &str, of: &str) -> Report {
    issue(house, unit, of).await.unwrap().edition.report
}

/// The same as anybody reads it.
async fn document(house: &House, unit: &str, of: &str) -> Value {
    serde_json::from_slice(&issue(house, unit, of).await.unwrap().json).unwrap()
}

/// A house with two months at two communes, dossiers, targets, stages, fields and a comment.
async fn busy(engine: crate::house::Engine) -> House {
    let house = House::new(engine).await;
    let some = |more: usize| {
        move |day: usize, one: usize| match (day * 7 + one * 3 + more) % 11 {
            0 => 2,
            1..4 => 3,
            4..8 => 4,
            _ => 5,
        }
    };
    for (point, n) in [(0, 6), (1, 5), (3, 7)] {
        past(&house, point, &days(2026, 8, 25), n, some(point)).await;
        past(&house, point, &days(2026, 9, 30), n, some(point + 1)).await;
    }
    past(&house, 4, &days(2026, 9, 3), 1, |_, _| 1).await;
    let header = "id,point,answered_at,questionnaire,stage,field,channel,comment,A1,B1,C1,D1,E1\n";
    let row = |at: usize| {
        let (stage, result) = [("filing", ""), ("result", "5"), ("asking", "")][at % 3];
        let field = ["Đất đai", "Hộ tịch", ""][at % 3];
        let (id, point) = (Uuid::new_v4(), &house.points[2]);
        let channel = if at.is_multiple_of(2) { "kiosk" } else { "paper" };
        let comment = if at == 7 { "Chờ hơi lâu." } else { "" };
        format!(
            "{id},{point},2026-09-{:02},,{stage},{field},{channel},{comment},4,3,na,{result},5\n",
            at % 30 + 1
        )
    };
    let rows: String = (0..60).map(row).collect();
    import(&house, Kind::Responses, &format!("{header}{rows}")).await.unwrap();
    import(&house, Kind::Dossiers, "unit,month,handled\nc1,2026-09,900\nc2,2026-09,400\n")
        .await
        .unwrap();
    let targets = "unit,year,index,code,name,max,baseline,baseline_rank,rank_of,target\n\
        p,2026,sipas,II,Nhóm II,,74.19,,,60.5\np,2026,sipas,II.1,Tiếp cận,,75.67,,,99\np,2026,sipas,I,Nhóm I,,73.49,,,80\n";
    import(&house, Kind::Targets, targets).await.unwrap();
    house
}

both! {
    async fn every_figure_is_the_one_of_the_doors(engine: Engine) {
        let house = busy(engine).await;
        let days = "from=2026-09-01&to=2026-09-30";
        for unit in ["p", "c1", "t1", "c2"] {
            let report = document(&house, unit, "2026-09").await;
            let part = &report["parts"][0];
            assert_eq!(part["figures"], house.index(unit, &format!("?{days}")).await, "{unit}");
            let of = |path: &str| {
                let path = format!("/api/v1/units/{unit}/{path}");
                let house = &house;
                async move { house.get(&path).await.json() }
            };
            let analysis = of(&format!("analysis?{days}")).await;
            assert_eq!(part["since_month"], analysis["change"]);
            assert_eq!(part["drivers"], analysis["drivers"]);
            assert_eq!(report["population"], analysis["population"]);
            let before = "before_from=2025-09-01&before_to=2025-09-30";
            assert_eq!(part["since_year"], of(&format!("analysis?{days}&{before}")).await["change"]);
            let series = of("series?by=month&from=2025-09-01&to=2026-09-30").await;
            assert_eq!(report["trend"]["points"], series["points"]);
        }
        // Nobody has answered in October, so the year to date is the same in both.
        let review = house.get("/api/v1/units/p/targets/2026").await.json();
        let report = document(&house, "p", "2026-09").await;
        let goals = report["parts"][0]["goals"]["rows"].as_array().unwrap();
        assert_eq!(goals.len(), 2, "what counters do not measure has no place here");
        for goal in goals {
            let mut rows = review["rows"].as_array().unwrap().iter();
            let row = rows.find(|row| row["code"] == goal["code"] && row["index"] == "sipas").unwrap();
            assert_eq!((&goal["target"], &goal["verdict"]), (&row["target"], &row["verdict"]));
            assert_eq!((&goal["current"], &goal["gap"]), (&row["current"], &row["gap"]));
            assert_eq!((&goal["low"], &goal["high"]), (&row["interval"]["low"], &row["interval"]["high"]));
        }
        // Places and figures of the level below are those of the analysis.
        let analysis = house.get(&format!("/api/v1/units/p/analysis?{days}")).await.json();
        let mut ranked = analysis["ranks"][0]["units"].as_array().unwrap().iter();
        for below in report["parts"][0]["below"].as_array().unwrap() {
            let row = ranked.find(|row| row["unit"] == below["code"]).unwrap();
            assert_eq!((&below["rank"], &below["responses"]), (&row["rank"], &row["responses"]));
            assert_eq!(below["figures"][0]["score"], row["score"]);
        }
        assert_eq!((&report["comments"], &report["complete"]), (&json!(1), &json!(true)));
        assert_eq!(report["quality"]["channels"], json!([
            {"channel": "qr", "responses": 543}, {"channel": "kiosk", "responses": 30}, {"channel": "paper", "responses": 30},
        ]));
        // A commune with a single centre shows the counters of the centre.
        let commune = self::report(&house, "c1", "2026-09").await;
        let codes: Vec<&str> = commune.parts[0].below.iter().map(|below| below.code.as_str()).collect();
        assert_eq!(codes.len(), 3);
        assert!(house.points[..3].iter().all(|code| codes.contains(&code.as_str())), "{codes:?}");
    }

    async fn what_comes_later_is_in_the_next_report(engine: Engine) {
        let house = busy(engine).await;
        let by_stage = |report: &Report| -> u64 {
            report.parts[0].by_stage.iter().flatten().map(|cell| cell.responses).sum()
        };
        let before = report(&house, "p", "2026-09").await;
        let more = format!("id,point,answered_at,questionnaire,stage,field,channel,comment,A1\n\
            {},{},2026-09-09,,asking,,paper,Cảm ơn.,4\n", Uuid::new_v4(), house.points[0]);
        import(&house, Kind::Responses, &more).await.unwrap();
        let after = report(&house, "p", "2026-09").await;
        assert_eq!((after.responses, after.comments), (before.responses + 1, before.comments + 1));
        assert_eq!(by_stage(&after), by_stage(&before) + 1);
    }

    async fn nothing_and_one_answer_are_whole_reports(engine: Engine) {
        let house = House::new(engine).await;
        let empty = report(&house, "p", "2026-09").await;
        assert_eq!((empty.responses, empty.parts.len()), (0, 1));
        assert_eq!(document(&house, "p", "2026-09").await["parts"][0]["figures"],
            house.index("p", "?from=2026-09-01&to=2026-09-30").await);
        assert!(empty.parts[0].below.is_empty() && empty.trend.points.is_empty());
        past(&house, 0, &days(2026, 9, 1), 1, |_, _| 1).await;
        let one = report(&house, "p", "2026-09").await;
        assert_eq!(one.responses, 1);
        let text = serde_json::to_string(&one).unwrap();
        assert!(!text.contains("\"score\":20") && !text.contains("\"score\":0"), "{text}");
        assert_eq!(one.quality.valid + one.quality.not_applicable, 0);
        assert_eq!(one.quality.flags[0].code, "p");
        for no in ["2026-11", "2199-01"] {
            assert!(matches!(issue(&house, "p", no).await, Err(NoReport::Missing)), "{no}");
        }
    }

    async fn the_running_month_shows_what_is_released(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[0], 7, 4).await;
        let report = document(&house, "p", "2026-10").await;
        let part = &report["parts"][0];
        assert_eq!(part["figures"], house.index("p", "?from=2026-10-01&to=2026-10-10").await);
        assert_eq!((&report["complete"], &report["responses"]), (&json!(false), &json!(7)));
        assert_eq!((&part["by_stage"], &part["by_field"]), (&Value::Null, &Value::Null));
        // Five of the seven, as on the board.
        assert_eq!(part["by_channel"][0]["figures"][1]["persons"], 5);
        assert_eq!(report["to"], "2026-10-10");
    }

    async fn a_month_of_two_questionnaires_has_two_parts(engine: Engine) {
        let house = House::new(engine).await;
        let mut text = format!("id,point,answered_at,questionnaire,stage,field,channel,comment,{}\n", SERVICE.join(","));
        for at in 0..80 {
            let (day, version) = if at % 2 == 0 { (3 + at % 7, "sipas-2022") } else { (12 + at % 9, "sipas-2023") };
            let score = vec![(3 + at % 3).to_string(); 16].join(",");
            text.push_str(&format!("{},{},2023-12-{day:02},{version},result,,qr,,{score}\n", Uuid::new_v4(), house.points[at % 2]));
        }
        import(&house, Kind::Responses, &text).await.unwrap();
        let report = document(&house, "p", "2023-12").await;
        let index = house.index("p", "?from=2023-12-01&to=2023-12-31").await;
        assert_eq!(index.as_array().unwrap().len(), 2);
        for at in 0..2 {
            assert_eq!(report["parts"][at]["figures"], index[at]);
        }
        assert_eq!(report["parts"][0]["questionnaire"], "sipas-2023");
        assert_eq!(report["responses"], 80);
        assert_eq!(report["trend"]["breaks"], json!([{"on": "2023-12-11", "why": "questionnaire"}]));
        let text = &report["parts"][1]["texts"]["A1"]["vi"];
        assert!(text.as_str().unwrap().starts_with("Cơ quan cung cấp thông tin"), "{text}");
    }

    async fn a_unit_that_ends_in_mid_month_stands_under_both_borders(engine: Engine) {
        let house = House::new(engine).await;
        let units = "code,parent,kind,name,valid_from,valid_to,predecessors\n\
            d,p,commune,Xã Cũ,,2026-09-15,\ne,p,commune,Xã Mới,2026-09-16,,d\nf,p,commune,Xã Khác,2026-09-16,,d\n";
        import(&house, Kind::Units, units).await.unwrap();
        house.service.look().await.unwrap();
        let code = domain::code::make(99);
        let other = domain::code::make(98);
        let points = format!("code,unit,name,channel,open_from,open_to\n{code},e,Quầy Mới,qr,,\n{other},f,Quầy Khác,qr,,\n");
        import(&house, Kind::Points, &points).await.unwrap();
        house.service.look().await.unwrap();
        let mut text = "id,point,answered_at,questionnaire,stage,field,channel,comment,A1,B1,C1,D1,E1\n".to_owned();
        for (point, day, n, score) in [(&code, 10, 40, 5), (&code, 20, 30, 2), (&other, 10, 20, 4), (&other, 21, 25, 3)] {
            for _ in 0..n {
                text.push_str(&format!("{},{point},2026-09-{day},,result,,qr,,{score},{score},{score},{score},{score}\n", Uuid::new_v4()));
            }
        }
        import(&house, Kind::Responses, &text).await.unwrap();
        let (old, new, all) = (report(&house, "d", "2026-09").await, report(&house, "e", "2026-09").await, report(&house, "p", "2026-09").await);
        assert_eq!((old.responses, new.responses, all.responses), (60, 30, 115));
        assert!(old.unit.closed && new.unit.opened && !new.unit.closed);
        assert_eq!((old.unit.successors[0].code.as_str(), new.unit.predecessors[0].code.as_str()), ("e", "d"));
        let score = |figures: &domain::document::Document| figures.groups[1].estimate.score;
        // As it was on its days, and as its counters are today.
        assert_eq!((score(&old.parts[0].figures), score(&new.parts[0].figures)), (Some(100.0), Some(0.0)));
        let borders = new.borders.unwrap();
        assert_eq!((borders.now[0].responses, borders.predecessors[0].figures[0].responses), (70, 60));
        assert_eq!(score(&borders.predecessors[0].figures[0]), Some(100.0));
        assert!((score(&borders.now[0]).unwrap() - 100.0 * 40.0 / 70.0).abs() < 1e-9);
        assert!(all.borders.is_none(), "nothing came from elsewhere");
        let below: Vec<(&str, u64)> = all.parts[0].below.iter().map(|below| (below.code.as_str(), below.responses)).collect();
        assert_eq!(below.iter().map(|(_, n)| n).sum::<u64>(), 115);
        assert!(below.contains(&("d", 60)) && below.contains(&("e", 30)) && below.contains(&("f", 25)), "{below:?}");
        // Before it began and after it had ended a unit has no report.
        assert!(matches!(issue(&house, "e", "2026-08").await, Err(NoReport::Missing)));
        assert!(matches!(issue(&house, "d", "2026-10").await, Err(NoReport::Missing)));
    }

    async fn a_report_is_for_who_may_read_all_below(engine: Engine) {
        let house = House::new(engine).await;
        let csv = "code,parent,kind,name,valid_from,valid_to,predecessors,public\np,,province,Tỉnh Thử Nghiệm,,,,true\n";
        import(&house, Kind::Units, csv).await.unwrap();
        house.service.look().await.unwrap();
        let key = |unit: &str| {
            let unit = house.service.organisation().unit(unit).unwrap().key;
            Actor::Key { id: uuid::Uuid::nil(), role: domain::access::Role::Viewer, unit }
        };
        let ask = |actor: Actor| {
            let house = &house;
            async move {
                let unit = house.service.readable(&actor, "p").unwrap();
                house.service.report(&actor, &unit, month("2026-09"), words).await.map(|issued| issued.edition.report.responses)
            }
        };
        assert_eq!(ask(key("p")).await.unwrap(), 0);
        assert!(matches!(ask(key("c1")).await, Err(NoReport::Denied(Denied::Forbidden))));
        assert!(matches!(ask(Actor::Anyone).await, Err(NoReport::Denied(Denied::Unknown))));
    }

    async fn two_months_stand_side_by_side(engine: Engine) {
        let house = busy(engine).await;
        let unit = house.service.readable(&Actor::Local, "p").unwrap();
        let both = (month("2026-08"), month("2026-09"));
        let found = house.service.compare(&Actor::Local, &unit, both, words).await.unwrap();
        let report = report(&house, "p", "2026-09").await;
        assert_eq!(found.comparisons, [report.parts[0].since_month.clone()]);
        assert_eq!(found.after.figures[0], report.parts[0].figures);
        assert_eq!(found.before.responses, 25 * 18);
        let none = house.service.compare(&Actor::Local, &unit, (both.0, month("2027-01")), words).await;
        assert!(matches!(none, Err(NoReport::Missing)));
    }

    async fn the_json_of_a_report_is_a_promise(engine: Engine) {
        let house = busy(engine).await;
        let mut report = document(&house, "c1", "2026-09").await;
        report["method"]["program"] = json!("VERSION");
        // The wordings of the questionnaire have tests of their own.
        let part = &mut report["parts"][0];
        part["texts"] = json!({"II.1": part["texts"]["II.1"], "A1": part["texts"]["A1"]});
        part["figures"]["groups"].as_array_mut().unwrap().remove(0);
        insta::assert_snapshot!("report", serde_json::to_string_pretty(&report).unwrap());
    }
}
