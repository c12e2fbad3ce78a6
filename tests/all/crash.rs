//! Acknowledged means committed: the program is killed under load, and a long import runs beside it.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::json;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::house::{Database, House, both, full};
use crate::program::{Caller, Program, run};

/// What one caller was told: ids that were acknowledged, and the last one that was not.
type Told = (Vec<Uuid>, Option<Uuid>);

/// Calls without pause until the connection breaks or `enough` is set.
fn call(
    address: SocketAddr,
    point: String,
    acknowledged: Arc<AtomicUsize>,
    enough: Arc<AtomicBool>,
) -> JoinHandle<Told> {
    tokio::spawn(async move {
        let mut told = vec![];
        let Some(mut caller) = Caller::new(address).await else { return (told, None) };
        let path = format!("/api/v1/points/{point}/responses");
        while !enough.load(Ordering::Relaxed) {
            let id = Uuid::new_v4();
            let body =
                json!({"id": id, "answers": {"A1": 5, "B2": 3, "C1": "na", "E3": 1}}).to_string();
            match caller.ask("POST", &path, "application/json", body).await {
                Some((201, _)) => told.push(id),
                Some((status, body)) => panic!("{status} {body}"),
                None => return (told, Some(id)),
            }
            acknowledged.fetch_add(1, Ordering::Relaxed);
        }
        (told, None)
    })
}

async fn reached(counter: &AtomicUsize, n: usize) {
    while counter.load(Ordering::Relaxed) < n {
        tokio::task::yield_now().await;
    }
}

/// Ids that are stored, each of them once by the primary key.
async fn stored(database: &Database) -> BTreeSet<Uuid> {
    let days = ["--from", "2000-01-01", "--to", "2100-01-01", "--format", "jsonl"];
    let (code, out, err) =
        run(&database.url, &[&["export", "responses"][..], &days].concat()).await;
    assert_eq!(code, 0, "{err}");
    let id = |line: &str| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        row["id"].as_str().unwrap().parse().unwrap()
    };
    let ids: Vec<Uuid> = out.lines().map(id).collect();
    let set: BTreeSet<Uuid> = ids.iter().copied().collect();
    assert_eq!(set.len(), ids.len());
    set
}

async fn reconciled(database: &Database) {
    let (code, out, err) = run(&database.url, &["reconcile"]).await;
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
}

both! {
    async fn every_acknowledged_answer_survives_a_kill(engine: Engine) {
        let house = House::new(engine).await;
        let points = house.points.clone();
        let database = house.close().await;
        let mut known: BTreeSet<Uuid> = BTreeSet::new();
        for _ in 0..3 {
            let program = Program::serve(&database.url).await;
            let (counter, enough) = (Arc::default(), Arc::default());
            let callers: Vec<_> = (0..12)
                .map(|n| call(program.address, points[n % 5].clone(), Arc::clone(&counter), Arc::clone(&enough)))
                .collect();
            reached(&counter, 400).await;
            program.kill().await;
            let mut open = vec![];
            for caller in callers {
                let (told, last) = caller.await.unwrap();
                known.extend(told);
                open.extend(last);
            }
            let found = stored(&database).await;
            assert!(known.is_subset(&found));
            // What was sent and not acknowledged is there or not, and sending it again settles it.
            let program = Program::serve(&database.url).await;
            let mut caller = Caller::new(program.address).await.unwrap();
            for id in open {
                let path = format!("/api/v1/points/{}/responses", points[0]);
                let body = json!({"id": id, "answers": {"A1": 5}}).to_string();
                let (status, _) = caller.ask("POST", &path, "application/json", body).await.unwrap();
                assert_eq!(status, if found.contains(&id) { 200 } else { 201 });
                known.insert(id);
            }
            drop(caller);
            assert_eq!(program.stop().await, Some(0));
            assert_eq!(stored(&database).await, known);
            reconciled(&database).await;
        }
    }

    async fn a_long_import_and_citizens_share_the_database(engine: Engine) {
        let house = House::new(engine).await;
        let points = house.points.clone();
        let database = house.close().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("responses.csv");
        let mut text = "id,point,answered_at,questionnaire,stage,field,channel,comment,A1,B1,C1\n".to_owned();
        let mut known = BTreeSet::new();
        for n in 0..20_000 {
            let id = Uuid::new_v4();
            known.insert(id);
            text += &format!("{id},{},2026-0{}-15,,,,,,{},4,na\n", points[n % 5], n % 9 + 1, n % 5 + 1);
        }
        std::fs::write(&file, text).unwrap();
        let program = Program::serve(&database.url).await;
        let (counter, enough): (Arc<AtomicUsize>, Arc<AtomicBool>) = (Arc::default(), Arc::default());
        let callers: Vec<_> = (0..8)
            .map(|n| call(program.address, points[n % 5].clone(), Arc::clone(&counter), Arc::clone(&enough)))
            .collect();
        reached(&counter, 20).await;
        let (code, out, err) = run(&database.url, &["import", "responses", file.to_str().unwrap()]).await;
        assert_eq!((code, out.as_str()), (0, ""), "{err}");
        // The citizens were served all the while, and are still.
        let after = counter.load(Ordering::Relaxed);
        reached(&counter, after + 20).await;
        let mut caller = Caller::new(program.address).await.unwrap();
        let path = "/api/v1/units/p/index?from=2026-01-01&to=2026-09-30";
        let (_, body) = caller.ask("GET", path, "", String::new()).await.unwrap();
        let index: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(index["responses"], 20_000);
        enough.store(true, Ordering::Relaxed);
        for caller in callers {
            let (told, last) = caller.await.unwrap();
            assert_eq!(last, None);
            known.extend(told);
        }
        drop(caller);
        assert_eq!(program.stop().await, Some(0));
        assert_eq!(stored(&database).await, known);
        reconciled(&database).await;
    }

    async fn a_failed_import_leaves_nothing_behind(engine: Engine) {
        let house = House::new(engine).await;
        let points = house.points.clone();
        let database = house.close().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("responses.csv");
        let mut text = "id,point,answered_at,questionnaire,stage,field,channel,comment,A1\n".to_owned();
        for n in 0..3_000 {
            let score = if n == 2_999 { 7 } else { 4 };
            text += &format!("{},{},2026-01-15,,,,,,{score}\n", Uuid::new_v4(), points[0]);
        }
        std::fs::write(&file, text).unwrap();
        let (code, out, err) = run(&database.url, &["import", "responses", file.to_str().unwrap()]).await;
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(err.contains("3001") && err.contains("A1"), "{err}");
        assert!(stored(&database).await.is_empty());
        reconciled(&database).await;
    }

    async fn commands_say_what_they_did(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[0], 1, 5).await;
        let point = house.points[0].clone();
        let database = house.close().await;
        let url = database.url.as_str();
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (code, out, err) = run(url, &["account", "key", "--name", "k", "--role", "viewer", "--unit", "p"]).await;
        assert_eq!((code, out.lines().count(), out.trim().len()), (0, 1, 67), "{err}");
        let (code, out, _) = run(url, &["account", "key", "--name", "k", "--role", "viewer", "--unit", "q"]).await;
        assert_eq!((code, out.as_str()), (1, ""));
        let (code, _, _) = run(url, &["account", "key", "--name", "k", "--role", "king", "--unit", "p"]).await;
        assert_eq!(code, 2);
        let (code, out, err) = run(url, &["export", "units", &path("units.csv")]).await;
        assert_eq!((code, out.as_str()), (0, ""), "{err}");
        assert!(err.contains('5'));
        let (code, _, err) = run(url, &["import", "units", &path("units.csv")]).await;
        assert_eq!(code, 0, "{err}");
        let (code, _, _) = run(url, &["import", "units", &path("nothing.csv")]).await;
        assert_eq!(code, 1);
        let qr = ["--base-url", "https://hailong.example", "qr", "--point", &point, "--out", &path("q.svg")];
        let (code, _, err) = run(url, &qr).await;
        assert_eq!(code, 0, "{err}");
        let svg = std::fs::read_to_string(path("q.svg")).unwrap();
        assert!(svg.contains(&format!("https://hailong.example/s/{point}")));
        let (code, out, err) = run(url, &["reconcile"]).await;
        assert_eq!((code, out.as_str()), (0, ""), "{err}");
        // The demo does not touch a database that holds something else.
        let (code, _, err) = run(url, &["demo"]).await;
        assert_eq!(code, 1);
        assert!(err.contains("not empty"), "{err}");
        assert_eq!(run(url, &["nonsense"]).await.0, 2);
        assert!(full(1)["id"].is_string());
    }
}
