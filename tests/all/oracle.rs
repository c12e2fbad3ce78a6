//! Intervals against an independent survey package; `tests/oracle/intervals.R` made the figures.

use std::sync::Arc;

use domain::counts::{Counts, ItemCounts};
use domain::index::Index;
use domain::instrument::Instrument;
use domain::questionnaire::Rule;
use domain::statistics::{Interval, Sample, Uncertainty};
use serde_json::Value;
use server::service::import::Kind;

use crate::files::import;
use crate::house::{House, SERVICE, both};

const ORACLE: &str = include_str!("../oracle/intervals.json");

pub(crate) fn instrument() -> Arc<Instrument> {
    let questionnaire = app::catalogue::questionnaires().unwrap().remove(1);
    Arc::new(Instrument::new(1, questionnaire))
}

pub(crate) fn cluster(instrument: &Instrument, row: &Value) -> Counts {
    let mut counts = Counts::empty(instrument);
    for (code, n) in row.as_object().unwrap() {
        let position = instrument.questionnaire.position(code).unwrap();
        let n: Vec<u64> = n.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
        counts.items[position] = ItemCounts { n: n.try_into().unwrap(), not_applicable: 0 };
        let valid = counts.items[position].valid();
        // Persons are at least as many as answered any one item; more do not matter here.
        let persons = &mut counts.respondents[instrument.component_of[position]];
        *persons = (*persons).max(valid);
        counts.responses = counts.responses.max(valid);
    }
    counts
}

pub(crate) fn close(mine: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap();
    assert!((mine - theirs).abs() < 1e-6, "{what}: {mine} against {theirs}");
}

fn limits(mine: Option<Interval>, theirs: &Value, what: &str) {
    // Without variance the t interval is a point; ours is Wilson's then.
    let pair = if theirs["se"].as_f64() == Some(0.0) && theirs["wilson"].is_array() {
        [&theirs["wilson"][0], &theirs["wilson"][1]]
    } else {
        [&theirs["low"], &theirs["high"]]
    };
    let mine = mine.unwrap_or_else(|| panic!("{what}: no interval"));
    close(mine.low, pair[0], what);
    close(mine.high, pair[1], what);
}

#[test]
fn intervals_are_those_of_the_survey_package() {
    let instrument = instrument();
    let oracle: Value = serde_json::from_str(ORACLE).unwrap();
    let mut checked = 0;
    for case in oracle["cases"].as_array().unwrap() {
        for rule in [Rule::Top2, Rule::Mean5] {
            let name = format!("{} {}", case["name"], rule.name());
            let mut counts = Counts::empty(&instrument);
            let mut sample = Sample::new(&instrument, rule);
            for row in case["clusters"].as_array().unwrap() {
                let cluster = cluster(&instrument, row);
                sample.add(true, &cluster.pack());
                counts.merge(&cluster);
            }
            assert_eq!(
                sample.clusters() as u64,
                case["design_clusters"].as_u64().unwrap(),
                "{name}"
            );
            let index = Index::new(instrument.clone(), &counts, rule, &[], false);
            let sure = Uncertainty::new(&index, &counts, sample);
            let expected = &case[rule.name()];
            for (at, component) in instrument.questionnaire.components().enumerate().skip(4) {
                let theirs = &expected["components"][&component.items[0].code[..1]];
                let what = format!("{name} {}", component.code);
                if theirs["score"].is_null() {
                    assert_eq!((index.components[at].score(), sure.components[at]), (None, None));
                    continue;
                }
                let score = domain::document::number(index.components[at].score().unwrap());
                close(score, &theirs["score"], &what);
                limits(sure.components[at], theirs, &what);
                match sure.design_effects[at] {
                    Some(effect) => close(effect, &theirs["deff"], &what),
                    None => assert!(theirs["deff"].is_null(), "{what}"),
                }
                checked += 1;
            }
            let theirs = &expected["group"];
            close(
                domain::document::number(index.groups[1].score().unwrap()),
                &theirs["score"],
                &name,
            );
            limits(sure.groups[1], theirs, &name);
            for (at, item) in instrument.questionnaire.items().enumerate() {
                let theirs = &expected["items"][&item.code];
                let Some(interval) = sure.items[at] else { continue };
                let what = format!("{name} {}", item.code);
                if rule == Rule::Top2 {
                    close(interval.low, &theirs["wilson"][0], &what);
                    close(interval.high, &theirs["wilson"][1], &what);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 150, "{checked}");
}

#[test]
fn constant_answers_have_an_interval_all_the_same() {
    let instrument = instrument();
    for (score, clusters, rule) in (0..5)
        .flat_map(|score| [10, 17, 33].map(|clusters| (score, clusters)))
        .flat_map(|(score, clusters)| [Rule::Top2, Rule::Mean5].map(|rule| (score, clusters, rule)))
    {
        let mut counts = Counts::empty(&instrument);
        let mut sample = Sample::new(&instrument, rule);
        for at in 0..clusters {
            let mut cluster = Counts::empty(&instrument);
            cluster.responses = 3 + at % 4;
            cluster.respondents[4..].fill(3 + at % 4);
            cluster.items[23..].iter_mut().for_each(|item| item.n[score] = 3 + at % 4);
            sample.add(true, &cluster.pack());
            counts.merge(&cluster);
        }
        let index = Index::new(instrument.clone(), &counts, rule, &[], false);
        let sure = Uncertainty::new(&index, &counts, sample);
        let shown = index.components.iter().map(|figure| figure.score()).zip(&sure.components);
        let items = index.items.iter().map(|figure| figure.score()).zip(&sure.items);
        for (figure, interval) in shown.skip(4).chain(items.skip(23)) {
            let (figure, interval) = (domain::document::number(figure.unwrap()), interval.unwrap());
            let what = format!("{score} {clusters} {rule:?} {figure} {interval:?}");
            assert!(interval.high - interval.low > 0.5, "{what}");
            assert!((interval.low..=interval.high).contains(&figure), "{what}");
        }
        assert_eq!(sure.design_effects[4..], [None; 5]);
    }
}

#[test]
fn too_few_clusters_or_answers_give_no_interval() {
    let instrument = instrument();
    for (clusters, each, any) in [(9, 20, false), (10, 2, false), (10, 3, true)] {
        let mut counts = Counts::empty(&instrument);
        let mut sample = Sample::new(&instrument, Rule::Top2);
        for at in 0..clusters {
            let mut cluster = Counts::empty(&instrument);
            (cluster.responses, cluster.respondents[4]) = (each, each);
            cluster.items[23].n[if at % 2 == 0 { 3 } else { 1 }] = each;
            sample.add(true, &cluster.pack());
            counts.merge(&cluster);
        }
        let index = Index::new(instrument.clone(), &counts, Rule::Top2, &[], false);
        let sure = Uncertainty::new(&index, &counts, sample);
        assert_eq!(sure.components[4].is_some(), any, "{clusters} {each}");
        assert_eq!(sure.items[23].is_some(), any);
    }
}

/// Each answer of a cluster as a response of its own: point and day are those of the cluster.
fn rows(clusters: &Value, points: &[String], month: &str) -> String {
    let mut text = String::new();
    for (at, cluster) in clusters.as_array().unwrap().iter().enumerate() {
        let (point, day) = (&points[at / 28], at % 28 + 1);
        for (item, counts) in cluster.as_object().unwrap() {
            for (answer, n) in counts.as_array().unwrap().iter().enumerate() {
                for _ in 0..n.as_u64().unwrap() {
                    let column = SERVICE.iter().position(|code| code == item).unwrap();
                    let before = ",".repeat(column);
                    let after = ",".repeat(SERVICE.len() - 1 - column);
                    let id = uuid::Uuid::new_v4();
                    text.push_str(&format!(
                        "{id},{point},{month}-{day:02},sipas-2023,result,,qr,,{before}{}{after}\n",
                        answer + 1
                    ));
                }
            }
        }
    }
    text
}

both! {
    async fn the_doors_say_what_the_survey_package_says(engine: Engine) {
        let house = House::new(engine).await;
        let oracle: Value = serde_json::from_str(crate::statistics::ORACLE).unwrap();
        let cases = oracle["differences"].as_array().unwrap();
        let case = cases.iter().find(|case| case["name"] == "rise").unwrap();
        let text = format!(
            "id,point,answered_at,questionnaire,stage,field,channel,comment,{}\n{}{}",
            SERVICE.join(","),
            rows(&case["clusters_a"], &house.points, "2026-08"),
            rows(&case["clusters_b"], &house.points, "2026-09"),
        );
        import(&house, Kind::Responses, &text).await.unwrap();
        for rule in ["top2", "mean5"] {
            let path = format!("/api/v1/units/p/analysis?from=2026-09-01&to=2026-09-30&rule={rule}");
            let found = house.get(&path).await.json();
            let index = house.index("p", &format!("?from=2026-09-01&to=2026-09-30&rule={rule}")).await;
            let components = index["groups"][1]["components"].as_array().unwrap();
            assert_eq!(found["clusters"], case[rule]["group"]["clusters_b"]);
            for (row, (component, letter)) in
                found["change"]["rows"].as_array().unwrap()[1..].iter().zip(components.iter().zip(["A", "B", "C", "D", "E"]))
            {
                let theirs = &case[rule]["components"][letter];
                let number = |value: &Value| value.as_f64().unwrap();
                for name in ["low", "high", "p"] {
                    close(number(&row[name]), &theirs[name], name);
                }
                close(number(&row["estimate"]), &theirs["difference"], letter);
                close(number(&row["p_adjusted"]), &theirs["p_holm"], letter);
                assert_eq!(row["after"], component["score"]);
                close(number(&component["score"]) / 100.0, &theirs["score_b"], letter);
                // The interval of the document has the variance of the package.
                let half = (number(&component["high"]) - number(&component["low"])) / 200.0;
                let t = half / number(&theirs["variance_b"]).sqrt();
                assert!((1.96..2.1).contains(&t), "{letter}: {t}");
            }
        }
        assert_eq!(house.differences().await, Vec::<String>::new());
    }
}
