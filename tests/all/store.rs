//! The store: one text, two databases, the same tables, and counts that follow from responses.

use std::collections::BTreeMap;

use domain::form::Form;
use domain::questionnaire::Lang;
use domain::response::{Answer, Answers, Given, Response};
use domain::unit::Channel;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use server::store::{Arrival, Outcome, Snapshot};
use sqlx::Row;
use uuid::Uuid;

use crate::house::{Database, Engine, House, both};

fn arrival(house: &House, point: usize, rng: &mut ChaCha8Rng) -> Arrival {
    let organisation = house.service.organisation();
    let point = organisation.point(&house.points[point]).unwrap();
    let instrument = house.base.instruments.get("sipas-2023").unwrap();
    let form = instrument.design.draw(rng.random());
    let mut given = vec![Given::NotAsked; instrument.items()];
    for &position in instrument.design.asked(form) {
        given[position] = Given::Asked(Some(Answer::Score(rng.random_range(1..=5))));
    }
    Arrival {
        response: Response {
            id: Uuid::new_v4(),
            instrument: instrument.clone(),
            form: Some(form),
            answers: Answers(given),
            stage: None,
            field: rng.random_bool(0.3).then(|| "Hộ tịch".to_owned()),
            agency: None,
            comment: rng.random_bool(0.2).then(|| "tốt".to_owned()),
            lang: Lang::Vi,
            seconds: None,
        },
        point: point.key,
        unit: point.unit,
        channel: Channel::Qr,
        day: house.base.clock.today(),
        simulated: false,
        entered: None,
    }
}

both! {
    async fn batches_are_stored_once_and_counted(engine: Engine) {
        let house = House::new(engine).await;
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let instruments = &house.base.instruments;
        let today = house.base.clock.today();
        let mut all: Vec<Arrival> = (0..700).map(|n| arrival(&house, n % 5, &mut rng)).collect();
        // An id twice within a batch, once with the same answers and once with others.
        all[10] = all[3].clone();
        let mut other = arrival(&house, 0, &mut rng);
        other.response.id = all[4].response.id;
        all[11] = other;
        let (first, outcomes) = house.base.store.insert_responses(&all, instruments, today).await.unwrap();
        let repeated = |at: usize, same| Outcome::Repeated { day: today, point: all[at].point, same };
        assert_eq!((outcomes[10], outcomes[11]), (repeated(3, true), repeated(4, false)));
        assert_eq!(outcomes.iter().filter(|o| **o == Outcome::Stored).count(), 698);
        // The whole batch again changes nothing.
        let (second, outcomes) = house.base.store.insert_responses(&all, instruments, today).await.unwrap();
        assert_eq!(second, first + 1);
        assert!(outcomes.iter().all(|o| matches!(o, Outcome::Repeated { .. })));
        assert_eq!(house.base.store.count_responses().await.unwrap(), 698);
        assert_eq!(house.differences().await, [""; 0]);
    }

    async fn what_was_stored_comes_back(engine: Engine) {
        let house = House::new(engine).await;
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        let today = house.base.clock.today();
        let mut expected = BTreeMap::new();
        let mut all = vec![];
        for n in 0..60 {
            let mut arrival = arrival(&house, n % 5, &mut rng);
            arrival.response.seconds = Some(u16::MAX);
            arrival.response.agency = Some("so-noi-vu".to_owned());
            arrival.response.lang = if n % 2 == 0 { Lang::Vi } else { Lang::En };
            arrival.response.form = [Some(Form::Full), None, Some(Form::Short(36))][n % 3];
            expected.insert(arrival.response.id, (arrival.stored(), arrival.response.comment.clone()));
            all.push(arrival);
        }
        house.base.store.insert_responses(&all, &house.base.instruments, today).await.unwrap();
        let mut found = BTreeMap::new();
        let visit = |row| {
            let Snapshot::Response(row) = row else { return };
            let (row, comment) = row.understand(&house.base.instruments).unwrap();
            found.insert(row.id, (row, comment));
        };
        house.base.store.snapshot(visit).await.unwrap();
        assert_eq!(found, expected);
    }

    async fn a_corrupt_count_is_named(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[1], 3, 5).await;
        assert_eq!(house.differences().await, [""; 0]);
        let url = house.database.url.clone();
        match engine {
            Engine::Sqlite => {
                let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
                // One answer more in the first item that has any.
                let row = sqlx::query("select counts from counts").fetch_one(&pool).await.unwrap();
                let packed: Vec<u8> = spoilt(row.get(0));
                sqlx::query("update counts set counts = $1").bind(packed).execute(&pool).await.unwrap();
            }
            Engine::Postgres => {
                let pool = sqlx::PgPool::connect(&url).await.unwrap();
                let row = sqlx::query("select counts from counts").fetch_one(&pool).await.unwrap();
                let packed: Vec<u8> = spoilt(row.get(0));
                sqlx::query("update counts set counts = $1").bind(packed).execute(&pool).await.unwrap();
            }
        }
        let found = house.differences().await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(&house.points[1]), "{found:?}");
        assert!(found[0].contains("E3 [0, 0, 0, 0, 4]+0 counted, [0, 0, 0, 0, 3]+0 stored"), "{found:?}");
    }

    async fn a_missing_count_row_is_named(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[0], 2, 4).await;
        house.database.tamper("delete from marginal where dimension = 'stage'").await.unwrap();
        let found = house.differences().await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("no such row") && found[0].contains("stage"), "{found:?}");
    }

    async fn a_comment_that_is_filed_elsewhere_is_named(engine: Engine) {
        let house = House::new(engine).await;
        let id = Uuid::new_v4();
        let answer = json!({"id": id, "answers": {"A1": 5}, "comment": "Tốt"});
        assert_eq!(house.send(&house.points[0], &answer).await.status, 201);
        assert_eq!(house.differences().await, [""; 0]);
        assert_eq!(house.database.tamper("update comment set day = day + 1").await.unwrap(), 1);
        let found = house.differences().await;
        assert_eq!(found, [format!("comment of response {id}: unit or day are not the response's")]);
    }
}

/// The last number of packed counts, one higher.
fn spoilt(mut packed: Vec<u8>) -> Vec<u8> {
    *packed.last_mut().unwrap() += 1;
    packed
}

/// Tables and columns of both databases are the same after migrating.
#[tokio::test]
async fn both_databases_have_the_same_tables() {
    let sqlite = House::new(Engine::Sqlite).await;
    let postgres = House::new(Engine::Postgres).await;
    let pool = sqlx::SqlitePool::connect(&sqlite.database.url).await.unwrap();
    let mut left: Vec<(String, String)> = sqlx::query_as(
        "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table' and m.name not like '\\_sqlx%' escape '\\' and m.name not like 'sqlite%'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let pool = sqlx::PgPool::connect(&postgres.database.url).await.unwrap();
    let mut right: Vec<(String, String)> = sqlx::query_as(
        "select table_name::text, column_name::text from information_schema.columns
         where table_schema = 'public' and table_name not like '\\_sqlx%'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    left.sort();
    right.sort();
    assert_eq!(left, right);
    assert!(left.len() > 60);
}

#[tokio::test]
async fn the_folder_of_the_database_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/deep/er/h.db", folder.path().display());
    let store = server::store::Store::open(&url).await.unwrap();
    assert_eq!(store.changes().await.unwrap().answers, 0);
    let database = Database::new(Engine::Sqlite).await;
    assert!(database.url.starts_with("sqlite://"));
}
