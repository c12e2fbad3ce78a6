//! The analysis, through the doors, on both databases.

use domain::unit::Channel;
use serde_json::{Value, json};
use server::service::import::Kind;
use server::store::Arrival;
use uuid::Uuid;

use crate::files::import;
use crate::house::{House, both};
use crate::review::{days, past};
use crate::statistics::{ORACLE, response};

both! {
    async fn changes_are_said_only_where_there_is_ground(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 8, 20), 4, |day, one| if (day * 4 + one) % 2 == 0 { 3 } else { 4 }).await;
        past(&house, 0, &days(2026, 9, 20), 4, |day, one| if (day * 4 + one) % 10 == 0 { 3 } else { 5 }).await;
        past(&house, 3, &days(2026, 9, 20), 4, |day, one| if (day * 4 + one) % 10 == 1 { 3 } else { 4 }).await;
        let analysis = |query: &str| {
            let path = format!("/api/v1/units/c1/analysis?from=2026-09-01&to=2026-09-30{query}");
            let house = &house;
            async move { house.get(&path).await.json() }
        };
        let found = analysis("&with=c2").await;
        assert_eq!((&found["change"]["from"], &found["change"]["to"]), (&json!("2026-08-01"), &json!("2026-08-31")));
        for row in found["change"]["rows"].as_array().unwrap() {
            assert_eq!((&row["direction"], &row["before"], &row["after"]), (&json!("rising"), &json!(50.0), &json!(90.0)));
            assert!(row["p_adjusted"].as_f64().unwrap() >= row["p"].as_f64().unwrap());
        }
        for row in found["difference"]["rows"].as_array().unwrap() {
            assert_eq!((&row["direction"], &row["estimate"]), (&json!("unclear"), &json!(0.0)));
        }
        assert_eq!(analysis("&with=p").await["difference"]["reason"], "overlap");
        assert_eq!(analysis("&before_from=2026-08-20&before_to=2026-09-01").await["change"]["reason"], "overlap");
        assert_eq!(analysis("&before_from=2026-06-01&before_to=2026-06-30").await["change"]["reason"], "no-answers");
        // Everything short of 100 is a driver, and the gains add up to what the group is short of.
        let gains: f64 = found["drivers"].as_array().unwrap().iter().map(|d| d["gain"].as_f64().unwrap()).sum();
        assert!((gains - 10.0).abs() < 1e-9);
        let page = house.get("/analysis/c1?from=2026-09-01&to=2026-09-30").await.body;
        assert!(page.contains("Tăng") && page.contains("+40,00"), "{page}");
    }

    async fn answers_are_set_against_dossiers(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 20), 5, |day, one| if (day + one) % 4 == 0 { 3 } else { 4 }).await;
        let population = |query: &str| {
            let path = format!("/api/v1/units/p/analysis{query}");
            let house = &house;
            async move { house.get(&path).await.json()["population"].clone() }
        };
        assert_eq!(population("?from=2026-09-01&to=2026-09-30").await, Value::Null);
        import(&house, Kind::Dossiers, "unit,month,handled\nc1,2026-09,600\nc2,2026-09,400\nt1,2026-09,500\nc1,2026-10,50\n").await.unwrap();
        let found = population("?from=2026-09-01&to=2026-09-30").await;
        // The centre's 500 are in the commune's 600.
        assert_eq!((&found["dossiers"], &found["responses"], &found["rate"]), (&json!(1000), &json!(100), &json!(10.0)));
        assert_eq!((&found["needed"], &found["missing"]), (&json!(286), &json!(186)));
        let index = house.index("p", "?from=2026-09-01&to=2026-09-30").await;
        let half = |low: &Value, high: &Value| high.as_f64().unwrap() - low.as_f64().unwrap();
        let plain = half(&index["groups"][1]["low"], &index["groups"][1]["high"]);
        let corrected = half(&found["corrected"]["low"], &found["corrected"]["high"]);
        assert!((corrected / plain - 0.9f64.sqrt()).abs() < 1e-9);
        // The running month counts up to today, half a month does not count at all.
        assert_eq!(population("").await["dossiers"], 50);
        // Answers of a unit or a month without a number are not set against the others' numbers.
        past(&house, 0, &days(2026, 8, 20), 5, |_, _| 4).await;
        past(&house, 3, &days(2026, 8, 20), 5, |_, _| 4).await;
        import(&house, Kind::Dossiers, "unit,month,handled\nc1,2026-08,300\n").await.unwrap();
        let part = population("?from=2026-08-01&to=2026-09-30").await;
        assert_eq!((&part["dossiers"], &part["responses"], &part["whole"]), (&json!(1300), &json!(200), &json!(false)));
        assert_eq!((&part["corrected"], &part["needed_for_half_width"]), (&Value::Null, &Value::Null));
        assert_eq!(found["whole"], true);
        assert_eq!(population("?from=2026-09-01&to=2026-09-29").await, Value::Null);
        assert_eq!(population("?from=2026-09-02&to=2026-09-30").await, Value::Null);
        // Months that the period cuts do not count, those between do.
        assert_eq!(population("?from=2026-08-15&to=2026-10-02").await["months"], json!(["2026-09"]));
    }

    async fn reliability_is_that_of_single_responses(engine: Engine) {
        let house = House::new(engine).await;
        let oracle: Value = serde_json::from_str(ORACLE).unwrap();
        let set = &oracle["reliability"][0];
        let instrument = house.base.instruments.get("sipas-2023").unwrap();
        let organisation = house.service.organisation();
        let point = organisation.point(&house.points[0]).unwrap();
        let arrivals: Vec<Arrival> = set["responses"].as_array().unwrap().iter().map(|row| {
            let (form, answers) = response(row);
            Arrival {
                response: domain::response::Response {
                    id: Uuid::new_v4(), instrument: instrument.clone(), form: Some(form), answers, stage: None,
                    field: None, agency: None, comment: None, lang: domain::questionnaire::Lang::Vi, seconds: None,
                },
                point: point.key, unit: point.unit, channel: Channel::Qr,
                day: "2026-09-15".parse().unwrap(), simulated: false, entered: None,
            }
        }).collect();
        let today = "2026-10-10".parse().unwrap();
        house.base.store.insert_responses(&arrivals, &house.base.instruments, today).await.unwrap();
        for rule in ["top2", "mean5"] {
            // The last month that is over, where none is named.
            let found = house.get(&format!("/api/v1/units/p/instrument?rule={rule}")).await.json();
            assert_eq!((&found["from"], &found["to"]), (&json!("2026-09-01"), &json!("2026-09-30")));
            assert_eq!(found["responses"], arrivals.len());
            let theirs = &set[rule];
            let two = |number: &Value| (100.0 * number.as_f64().unwrap()).round() / 100.0;
            assert_eq!(found["alpha"].as_f64().unwrap(), two(&theirs["between"]["alpha"]));
            for (mine, letter) in found["components"].as_array().unwrap().iter().zip(["A", "B", "C", "D", "E"]) {
                let theirs = &theirs["components"][letter];
                assert_eq!(mine["alpha"].as_f64().unwrap(), two(&theirs["alpha"]));
                assert_eq!(mine["pairs"], theirs["pairs"]);
                let item = &mine["items"][0];
                let other = &theirs["items"][item["code"].as_str().unwrap()];
                assert_eq!((item["correlation"].as_f64().unwrap(), &item["responses"]), (two(&other["r"]), &other["n"]));
            }
        }
        // A month of a few is left out, so that it cannot be had by subtraction.
        past(&house, 0, &days(2026, 8, 3), 2, |_, _| 1).await;
        let more = house.get("/api/v1/units/p/instrument?from=2026-08&to=2026-09&rule=mean5").await.json();
        assert_eq!((&more["months"], &more["responses"]), (&json!(1), &json!(arrivals.len())));
        assert_eq!(more["from"], "2026-09-01");
        let nothing = house.get("/api/v1/units/c2/instrument").await.json();
        assert_eq!(nothing, Value::Null);
        let page = house.get("/analysis/p?instrument=1").await.body;
        assert!(page.contains("Cronbach"), "{page}");
    }
}
