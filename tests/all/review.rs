//! The target review and the places of units, through the doors, on both databases.

use axum::http::StatusCode;
use serde_json::{Value, json};
use server::service::import::Kind;
use uuid::Uuid;

use crate::files::import;
use crate::house::{Engine, House, SERVICE, both};

const UNITS: &str = include_str!("../../server/sample/units.csv");
const TARGETS: &str = include_str!("../../server/sample/targets.csv");
const HEADER: &str = "unit,year,index,code,name,max,baseline,baseline_rank,rank_of,target\n";

/// A house with the units and tables of the sample.
async fn with_sample(engine: Engine) -> House {
    let house = House::new(engine).await;
    import(&house, Kind::Units, UNITS).await.unwrap();
    import(&house, Kind::Targets, TARGETS).await.unwrap();
    house.service.look().await.unwrap();
    house
}

async fn targets(house: &House, unit: &str, year: &str) -> Value {
    let answer = house.get(&format!("/api/v1/units/{unit}/targets/{year}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

fn row<'a>(review: &'a Value, index: &str, code: &str) -> &'a Value {
    let mut rows = review["rows"].as_array().unwrap().iter();
    rows.find(|row| row["index"] == index && row["code"] == code).unwrap()
}

/// Imports full answers of past days: so many a day at a point, each item as the function says.
pub(crate) async fn past(
    house: &House,
    point: usize,
    days: &[String],
    n: usize,
    score: impl Fn(usize, usize) -> u8,
) {
    let mut text = format!(
        "id,point,answered_at,questionnaire,stage,field,channel,comment,{}\n",
        SERVICE.join(",")
    );
    for (at, day) in days.iter().enumerate() {
        for one in 0..n {
            let answers = vec![score(at, one).to_string(); 16].join(",");
            let (id, point) = (Uuid::new_v4(), &house.points[point]);
            text.push_str(&format!("{id},{point},{day},sipas-2023,result,,qr,,{answers}\n"));
        }
    }
    import(house, Kind::Responses, &text).await.unwrap();
}

pub(crate) fn days(year: i16, month: i8, n: i8) -> Vec<String> {
    (1..=n).map(|day| format!("{year}-{month:02}-{day:02}")).collect()
}

both! {
    async fn the_tables_of_the_plan_stand_word_for_word_with_every_inconsistency(engine: Engine) {
        let house = with_sample(engine).await;
        let review = targets(&house, "tay-son-huyen", "2024").await;
        let of = |index: &str| {
            review["rows"].as_array().unwrap().iter().filter(|row| row["index"] == index).count()
        };
        assert_eq!(["sipas", "par", "ddci", "dti"].map(of), [12, 10, 10, 11]);
        let procedures = row(&review, "sipas", "II.2");
        assert_eq!(procedures["baseline"], json!(73.71));
        assert_eq!((&procedures["baseline_rank"], &procedures["rank_of"]), (&json!(11), &json!(11)));
        assert_eq!((&procedures["target"], &procedures["current"]), (&json!(82.72), &Value::Null));
        assert_eq!((&procedures["measured"], &procedures["verdict"]), (&json!(true), &json!("chưa đủ số liệu")));
        assert_eq!(row(&review, "sipas", "I.1")["measured"], false);
        assert_eq!(row(&review, "par", "9")["max"], json!(40.0));
        let found: Vec<_> = review["inconsistencies"].as_array().unwrap().iter().map(|f| {
            (f["index"].as_str().unwrap(), f["column"].as_str().unwrap(), f["basis"].as_str().unwrap(),
             f["code"].as_str().unwrap(), f["stated"].as_f64().unwrap(), f["computed"].as_f64().unwrap())
        }).collect();
        assert_eq!(found, [
            ("sipas", "target", "components", "I", 83.5, 83.49),
            ("sipas", "target", "components", "II", 84.19, 83.99),
            ("sipas", "target", "stated-groups", "total", 83.84, 83.85),
            ("sipas", "target", "recomputed-groups", "total", 83.84, 83.74),
            ("sipas", "target", "increment", "I", 83.5, 83.49),
            ("sipas", "target", "increment", "I.1", 82.91, 82.9),
            ("sipas", "target", "increment", "II.2", 82.72, 83.71),
            ("par", "baseline", "sum", "total", 80.24, 79.24),
            ("par", "target", "sum", "total", 85.2, 87.2),
            ("ddci", "target", "ten-means", "total", 75.2, 78.0),
        ]);
        assert_eq!(review["consistent_when_mended"], true);
        assert_eq!(review["without_weights"], json!(["I", "II"]));
        assert_eq!(review["consistent"], json!([
            {"index": "sipas", "column": "baseline"}, {"index": "ddci", "column": "baseline"},
            {"index": "dti", "column": "baseline"}, {"index": "dti", "column": "target"},
        ]));
        // Every rank of the plan, table by table.
        let ranks: Vec<i64> = review["rows"].as_array().unwrap().iter().map(|row| row["baseline_rank"].as_i64().unwrap()).collect();
        assert_eq!(ranks, [
            10, 10, 10, 11, 10, 11, 10, 11, 10, 11, 11, 10,
            7, 1, 9, 1, 1, 1, 9, 1, 9, 8,
            10, 7, 11, 2, 9, 4, 9, 4, 8, 8,
            3, 1, 11, 7, 2, 4, 1, 7, 4, 1, 4,
        ]);
        // The text of the plan names other targets than its tables.
        let goals = ["par", "sipas", "ddci", "dti"].map(|index| {
            let total = row(&review, index, "total");
            (total["goal"].as_f64().unwrap(), total["target"].as_f64().unwrap())
        });
        assert_eq!(goals, [(85.0, 85.2), (83.0, 83.84), (75.0, 75.2), (85.0, 87.0)]);
        assert_eq!((&review["closed"], &review["responses"]), (&json!(true), &json!(0)));
    }

    async fn measured_rows_are_the_index_and_entered_ones_what_was_entered(engine: Engine) {
        let house = House::new(engine).await;
        let rows = "p,2026,sipas,II,Cung ứng,,70,3,11,80\np,2026,sipas,II.1,Tiếp cận,,71,,,60\n\
            p,2026,sipas,total,Chung,,72,,,82\np,2026,par,1,Chỉ đạo,11,10,,,10.5\n";
        import(&house, Kind::Targets, &format!("{HEADER}{rows}")).await.unwrap();
        past(&house, 0, &days(2026, 9, 20), 4, |day, one| if (day + one) % 4 == 0 { 3 } else { 4 }).await;
        house.answer_all(&house.points[0], 5, 5).await;
        let review = targets(&house, "p", "2026").await;
        let index = house.index("p", "?from=2026-01-01&to=2026-10-10").await;
        assert_eq!((&review["from"], &review["to"]), (&json!("2026-01-01"), &json!("2026-10-10")));
        assert_eq!(review["responses"], index["responses"]);
        assert_eq!(review["clusters"], index["clusters"]);
        let group = &index["groups"][1];
        let measured = row(&review, "sipas", "II");
        assert_eq!(measured["current"], group["score"]);
        assert_eq!((&measured["interval"]["low"], &measured["interval"]["high"]), (&group["low"], &group["high"]));
        for component in group["components"].as_array().unwrap() {
            let measured = row(&review, "sipas", component["code"].as_str().unwrap());
            assert_eq!(measured["current"], component["score"]);
            assert_eq!(measured["interval"]["low"], component["low"]);
            assert_eq!(measured["answers"], 85);
        }
        let gap = measured["current"].as_f64().unwrap() - 80.0;
        assert!((measured["gap"].as_f64().unwrap() - gap).abs() < 1e-9);
        // 76 % so far: II.1 is ahead of its 60 by far, and II.2 has no target.
        assert_eq!(row(&review, "sipas", "II.1")["verdict"], "có khả năng đạt");
        assert_eq!(row(&review, "sipas", "II.2")["verdict"], "chưa đủ số liệu");
        let foreseen = &measured["projection"];
        let (low, high) = (foreseen["low"].as_f64().unwrap(), foreseen["high"].as_f64().unwrap());
        assert!(low > measured["interval"]["low"].as_f64().unwrap() && high < measured["interval"]["high"].as_f64().unwrap());
        // What counters cannot measure is what was entered.
        for (index, code) in [("sipas", "total"), ("par", "1")] {
            let entered = row(&review, index, code);
            assert_eq!((&entered["measured"], &entered["current"]), (&json!(false), &Value::Null));
            assert_eq!(entered["verdict"], "chưa đủ số liệu");
        }
        let entered = HEADER.trim_end().to_owned() + ",actual,actual_date,source\n\
            p,2026,par,1,Chỉ đạo,11,10,,,10.5,10.6,2026-09-30,Báo cáo 12\n\
            p,2026,sipas,II,Cung ứng,,70,3,11,80,81.5,2026-08-01,Bộ Nội vụ\n";
        import(&house, Kind::Targets, &entered).await.unwrap();
        // A file without these columns leaves them alone.
        import(&house, Kind::Targets, &format!("{HEADER}{rows}")).await.unwrap();
        let review = targets(&house, "p", "2026").await;
        let entered = row(&review, "par", "1");
        assert_eq!((&entered["current"], &entered["actual_date"]), (&json!(10.6), &json!("2026-09-30")));
        assert_eq!((&entered["verdict"], &entered["source"]), (&json!("chưa rõ"), &json!("Báo cáo 12")));
        let both = row(&review, "sipas", "II");
        assert_eq!((&both["current"], &both["actual"]), (&group["score"], &json!(81.5)));
        // The year over: what was met was met.
        house.hands.set("2027-01-01T05:00:00Z");
        let review = targets(&house, "p", "2026").await;
        assert_eq!((&review["closed"], &review["to"]), (&json!(true), &json!("2026-12-31")));
        let verdicts = [("sipas", "II"), ("sipas", "II.1"), ("par", "1"), ("sipas", "total")];
        let verdicts = verdicts.map(|(index, code)| row(&review, index, code)["verdict"].as_str().unwrap().to_owned());
        assert_eq!(verdicts, ["không đạt", "đạt", "đạt", "chưa đủ số liệu"]);
        assert_eq!(row(&review, "sipas", "II")["projection"], Value::Null);
    }

    async fn little_is_said_of_little(engine: Engine) {
        let house = House::new(engine).await;
        import(&house, Kind::Targets, &format!("{HEADER}p,2026,sipas,II.1,Tiếp cận,,71,,,60\n")).await.unwrap();
        let row_of = |review: &Value| row(review, "sipas", "II.1").clone();
        // Nothing at all, one answer, five, all not applicable.
        let nothing = targets(&house, "p", "2026").await;
        assert_eq!((&row_of(&nothing)["current"], &nothing["responses"]), (&Value::Null, &json!(0)));
        house.answer_all(&house.points[0], 1, 1).await;
        let one = targets(&house, "p", "2026").await;
        assert_eq!((&row_of(&one)["current"], &one["responses"]), (&Value::Null, &json!(1)));
        house.answer_all(&house.points[0], 4, 1).await;
        let five = targets(&house, "p", "2026").await;
        assert_eq!((&row_of(&five)["current"], &row_of(&five)["interval"]), (&json!(0.0), &Value::Null));
        for review in [&nothing, &one, &five] {
            assert_eq!(row_of(review)["verdict"], "chưa đủ số liệu");
            assert_eq!((&row_of(review)["projection"], &row_of(review)["probability"]), (&Value::Null, &Value::Null));
        }
        for _ in 0..40 {
            let body = json!({"id": Uuid::new_v4(), "answers": {"A1": "na", "B1": "na"}});
            assert_eq!(house.send(&house.points[3], &body).await.status, StatusCode::CREATED);
        }
        let review = targets(&house, "c2", "2026").await;
        assert_eq!((&row_of(&review)["current"], &review["responses"]), (&Value::Null, &json!(40)));
        // All "1", enough of them: zero, with Wilson's interval, and hardly to be met.
        past(&house, 1, &days(2026, 9, 15), 3, |_, _| 1).await;
        let review = targets(&house, "p", "2026").await;
        let all_ones = row_of(&review);
        assert_eq!((&all_ones["current"], &all_ones["verdict"]), (&json!(0.0), &json!("khó đạt")));
        assert!(all_ones["interval"]["high"].as_f64().unwrap() > 0.0);
        // A year that has not begun, and one long ago.
        let next = targets(&house, "p", "2027").await;
        assert_eq!((&next["from"], &next["closed"]), (&Value::Null, &json!(false)));
        assert_eq!(targets(&house, "p", "1999").await["closed"], true);
    }

    async fn two_questionnaires_are_two_documents(engine: Engine) {
        let house = House::new(engine).await;
        import(&house, Kind::Targets, &format!("{HEADER}p,2023,sipas,II.1,Tiếp cận,,71,,,60\n")).await.unwrap();
        let mut text = String::from("id,point,answered_at,questionnaire,stage,field,channel,comment,A1,B1\n");
        for (day, questionnaire, score) in [("2023-12-05", "sipas-2022", 1), ("2023-12-20", "sipas-2023", 5)] {
            for _ in 0..6 {
                let (id, point) = (Uuid::new_v4(), &house.points[0]);
                text.push_str(&format!("{id},{point},{day},{questionnaire},,,qr,,{score},{score}\n"));
            }
        }
        import(&house, Kind::Responses, &text).await.unwrap();
        let reviews = targets(&house, "p", "2023").await;
        let reviews = reviews.as_array().unwrap();
        let said: Vec<_> = reviews.iter().map(|review| {
            (review["questionnaire"].as_str().unwrap(), &review["responses"], &row(review, "sipas", "II.1")["current"])
        }).collect();
        assert_eq!(said, [("sipas-2023", &json!(6), &json!(100.0)), ("sipas-2022", &json!(6), &json!(0.0))]);
        let page = house.get("/targets/p/2023").await.body;
        assert!(page.contains("questionnaire=sipas-2022"), "{page}");
        assert!(page.contains("100,00") && !page.contains("50,00"), "{page}");
        let old = house.get("/targets/p/2023?questionnaire=sipas-2022").await.body;
        assert!(old.contains("questionnaire=sipas-2023"), "{old}");
        let change = house.get("/api/v1/units/p/analysis?from=2023-12-12&to=2023-12-31&before_from=2023-12-01&before_to=2023-12-10").await.json();
        assert_eq!(change["change"]["reason"], "other-questionnaire");
    }

    async fn a_new_unit_sees_its_predecessors_as_such(engine: Engine) {
        let house = with_sample(engine).await;
        let review = targets(&house, "tay-son", "2026").await;
        let measured = row(&review, "sipas", "II.2");
        assert_eq!((&measured["baseline"], &measured["target"]), (&Value::Null, &Value::Null));
        assert_eq!(measured["verdict"], "chưa đủ số liệu");
        let before = &review["predecessors"][0];
        assert_eq!((&before["unit"], &before["year"]), (&json!("tay-son-huyen"), &json!(2024)));
        assert_eq!(before["rows"].as_array().unwrap().len(), 12);
        assert_eq!(review["breaks"], json!(["2022-01-01", "2025-07-01"]));
        let page = house.get("/targets/tay-son/2026").await.body;
        assert!(page.contains("của Huyện Tây Sơn, năm 2023"), "{page}");
        assert!(page.contains("01/07/2025: cách đo hoặc địa giới đã thay đổi"), "{page}");
        // Two predecessors: both stand there, and no mean of them.
        import(&house, Kind::Units, "code,parent,kind,name,valid_from,valid_to,predecessors\n\
            cu-2,binh-dinh,district,Huyện Cũ Hai,,2025-06-30,\nmoi,gia-lai,commune,Xã Mới,2025-07-01,,tay-son-huyen|cu-2\n").await.unwrap();
        import(&house, Kind::Targets, &format!("{HEADER}cu-2,2024,sipas,II.2,Thủ tục,,80.29,,,90\n")).await.unwrap();
        house.service.look().await.unwrap();
        let page = house.get("/targets/moi/2026").await.body;
        assert!(page.contains("73,71") && page.contains("80,29") && !page.contains("77,00"), "{page}");
    }

    async fn what_does_not_exist_is_not_found_and_what_is_wrong_is_named(engine: Engine) {
        let house = House::new(engine).await;
        for path in ["/targets/nowhere/2026", "/targets/p/26", "/targets/p/20266", "/targets/p/abcd", "/targets/p/+202"] {
            assert_eq!(house.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            let api = format!("/api/v1/units{}", path.replacen("/targets", "", 1).replace("/2", "/targets/2"));
            assert_eq!(house.get(&api).await.status, StatusCode::NOT_FOUND, "{api}");
        }
        for query in ["targets/2026?rule=best", "targets/2026?year=1", "analysis?from=x", "analysis?before_from=2026-01-01",
            "instrument?from=2026-01-01", "instrument?from=2026-13", "instrument?to=2026-10", "instrument?from=2026-05&to=2026-04"] {
            let answer = house.get(&format!("/api/v1/units/p/{query}")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        assert_eq!(house.get("/api/v1/units/p/analysis?with=nowhere").await.status, StatusCode::NOT_FOUND);
    }

    async fn places_need_enough_responses_and_the_right_to_read_all(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 25), 4, |day, one| if (day * 4 + one) % 4 == 0 { 3 } else { 4 }).await;
        past(&house, 3, &days(2026, 9, 22), 4, |day, one| if (day * 4 + one) % 2 == 0 { 3 } else { 4 }).await;
        let ranks = |found: Value| -> Vec<(String, Value)> {
            let units = found["ranks"][0]["units"].as_array().unwrap().clone();
            units.iter().map(|u| (u["unit"].as_str().unwrap().to_owned(), u["rank"]["place"].clone())).collect()
        };
        let found = || async { house.get("/api/v1/units/p/analysis?from=2026-09-01&to=2026-09-30").await.json() };
        // 88 responses are too few, and alone in its kind one is the first of one.
        assert_eq!(ranks(found().await), [("c1".to_owned(), json!(1)), ("c2".to_owned(), Value::Null)]);
        past(&house, 4, &days(2026, 9, 1), 4, |_, one| if one % 2 == 0 { 3 } else { 4 }).await;
        assert_eq!(ranks(found().await), [("c1".to_owned(), json!(1)), ("c2".to_owned(), json!(2))]);
        let review = targets(&house, "c2", "2026").await;
        assert_eq!(row(&review, "sipas", "II")["rank"], json!({"place": 2, "tied": false, "low": 2, "high": 2, "of": 2}));
        // Who may read one commune alone is not told its place among the others.
        let key = server::service::access::make_key(
            &house.base.store, "k", (domain::access::Role::Viewer, "c2"), None, &house.by()).await.unwrap();
        house.service.look().await.unwrap();
        let request = crate::house::request("GET", "/api/v1/units/c2/targets/2026").header("authorization", format!("Bearer {key}"));
        let review = house.ask(request.body(axum::body::Body::empty()).unwrap()).await.json();
        assert_eq!(row(&review, "sipas", "II")["rank"], Value::Null);
        assert!(row(&review, "sipas", "II")["current"].is_number());
        for path in ["/targets/c1/2026", "/api/v1/units/c1/targets/2026", "/api/v1/units/c1/analysis", "/api/v1/units/c1/instrument",
            "/analysis/c1", "/api/v1/units/c2/analysis?with=c1"] {
            let request = crate::house::request("GET", path).header("authorization", format!("Bearer {key}"));
            let answer = house.ask(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}
