//! Closing months: once, whole, for ever.

use domain::audit::hex;
use domain::report::{ClosedBy, Status};
use server::run::Base;
use server::service::access::Actor;
use server::service::audit::{How, verify};
use server::service::import::Kind;
use server::service::report::{Kept, NoReport};
use server::store::Filter;
use sha2::{Digest, Sha256};

use super::{issue, month, words};
use crate::files::import;
use crate::house::{Engine, House, both};
use crate::program::run;
use crate::review::{days, past};

async fn months(house: &House, unit: &str) -> Vec<(String, Status)> {
    let unit = house.service.readable(&Actor::Local, unit).unwrap();
    let listed = house.service.reports(&Actor::Local, &unit).await.unwrap();
    listed.into_iter().map(|listed| (listed.month.to_string(), listed.status)).collect()
}

fn listed(all: &[(&str, Status)]) -> Vec<(String, Status)> {
    all.iter().map(|(month, status)| ((*month).to_owned(), *status)).collect()
}

both! {
    async fn what_was_missed_is_made_up_for_once(engine: Engine) {
        let house = House::new(engine).await;
        assert_eq!(house.service.close_due(1, words).await.unwrap(), 0, "there is nothing yet");
        past(&house, 0, &days(2026, 7, 20), 6, |day, one| if (day + one) % 4 == 0 { 3 } else { 4 }).await;
        past(&house, 3, &days(2026, 9, 20), 6, |day, one| if (day + one) % 5 == 0 { 2 } else { 5 }).await;
        assert_eq!(months(&house, "c1").await, listed(&[
            ("2026-10", Status::Open), ("2026-09", Status::Due), ("2026-08", Status::Due), ("2026-07", Status::Due),
        ]));
        // Three months of five units, the empty one too.
        assert_eq!(house.service.close_due(1, words).await.unwrap(), 15);
        assert_eq!(house.service.close_due(1, words).await.unwrap(), 0);
        let issued = issue(&house, "c1", "2026-08").await.unwrap();
        assert_eq!(issued.edition.report.responses, 0);
        let seal = issued.edition.seal.unwrap();
        assert_eq!((seal.by, seal.at.as_str()), (ClosedBy::Late, "2026-10-10T12:00:00+07:00"));
        assert_eq!(issued.edition.report.method.closed_by, Some(ClosedBy::Late));
        // Half past midnight is too early, one o'clock is not.
        house.hands.set("2026-10-31T17:30:00Z");
        assert_eq!(house.service.close_due(1, words).await.unwrap(), 0);
        house.hands.set("2026-10-31T18:00:00Z");
        assert_eq!(house.service.close_due(1, words).await.unwrap(), 5);
        let issued = issue(&house, "p", "2026-10").await.unwrap();
        assert_eq!(issued.edition.seal.as_ref().unwrap().by, ClosedBy::Schedule);
        // Each seal stands in the trail, and each report has noted where the trail was by then.
        let store = &house.base.store;
        let filter = Filter { act: Some("report.seal".to_owned()), ..Filter::default() };
        let told = store.audit_entries(&filter, 100).await.unwrap();
        assert_eq!((told.len(), told[0].who.as_str()), (20, "service"));
        let own = told.iter().find(|entry| entry.about == "p 2026-10").unwrap();
        assert!(own.after.as_ref().unwrap().contains(&issued.edition.seal.unwrap().hash));
        let mut noted = Kept::read(store).await.unwrap().heads;
        assert_eq!(noted.len(), 20);
        assert!(noted.contains(issued.edition.report.method.trail.as_ref().unwrap()));
        assert!(verify(store, &noted).await.unwrap().is_ok());
        let head = noted.iter_mut().max_by_key(|head| head.seq).unwrap();
        head.hash[0] ^= 1;
        let broken = verify(store, &noted).await.unwrap().unwrap_err();
        assert_eq!(broken.how, How::NotNoted);
    }

    async fn two_services_seal_each_report_once(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 8, 20), 5, |day, _| if day % 3 == 0 { 2 } else { 5 }).await;
        past(&house, 4, &days(2026, 9, 20), 5, |day, _| if day % 3 == 0 { 4 } else { 1 }).await;
        let other = Base::open(&house.database.url, house.base.clock.clone()).await.unwrap();
        let (second, writer) = other.start().await.unwrap();
        let (a, b) = tokio::join!(house.service.close_due(1, words), second.close_due(1, words));
        assert_eq!(a.unwrap() + b.unwrap(), 10);
        let unit = second.readable(&Actor::Local, "p").unwrap();
        let theirs = second.report(&Actor::Local, &unit, month("2026-09"), words).await.unwrap();
        let mine = issue(&house, "p", "2026-09").await.unwrap();
        assert_eq!((theirs.json, theirs.edition.seal), (mine.json, mine.edition.seal));
        drop(second);
        writer.finish().await;
        other.store.close().await;
    }

    async fn a_close_that_was_cut_off_is_completed(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 20), 5, |_, _| 4).await;
        // As if it had been killed after two of five.
        let unit = house.service.organisation().unit("c1").unwrap().key;
        let reporter = Actor::Key { id: uuid::Uuid::nil(), role: domain::access::Role::Reporter, unit };
        assert_eq!(house.service.close_now(&reporter, words).await.unwrap(), 2);
        let before = issue(&house, "c1", "2026-09").await.unwrap();
        assert_eq!(before.edition.report.method.closed_by, Some(ClosedBy::Person));
        assert_eq!(house.service.close_due(1, words).await.unwrap(), 3);
        assert_eq!(issue(&house, "c1", "2026-09").await.unwrap().json, before.json);
        assert_eq!(issue(&house, "p", "2026-09").await.unwrap().edition.seal.unwrap().by, ClosedBy::Late);
    }

    async fn late_answers_stand_beside_the_sealed_figures(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 20), 5, |day, _| if day % 2 == 0 { 3 } else { 5 }).await;
        house.service.close_due(1, words).await.unwrap();
        let sealed = issue(&house, "p", "2026-09").await.unwrap();
        assert_eq!((sealed.edition.status(), &sealed.edition.correction), (Status::Sealed, &None));
        // Three are too few to say what they answered.
        past(&house, 1, &days(2026, 9, 3), 1, |_, _| 1).await;
        let few = issue(&house, "p", "2026-09").await.unwrap();
        let correction = few.edition.correction.unwrap();
        assert_eq!((correction.more, correction.parts[0].rows.len()), (3, 0));
        past(&house, 1, &days(2026, 9, 20), 4, |_, _| 5).await;
        let late = issue(&house, "p", "2026-09").await.unwrap();
        assert_eq!(late.json, sealed.json, "byte for byte");
        assert_eq!(late.edition.report, sealed.edition.report);
        assert_eq!(late.edition.status(), Status::Corrected);
        let correction = late.edition.correction.unwrap();
        let part = &correction.parts[0];
        assert_eq!((correction.more, part.sealed, part.now), (83, 100, 183));
        let now = house.index("p", "?from=2026-09-01&to=2026-09-30").await;
        assert_eq!((part.rows[0].code.as_str(), part.rows[0].sealed), ("II", Some(50.0)));
        assert_eq!(part.rows[0].now, now["groups"][1]["score"].as_f64());
        assert_eq!(part.rows.len(), 6);
        let [open, corrected] = &months(&house, "p").await[..] else { panic!() };
        assert_eq!((open.1, corrected.1), (Status::Open, Status::Corrected));
        assert_eq!(house.service.close_due(1, words).await.unwrap(), 0);
    }

    async fn a_changed_report_is_found_out(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 20), 5, |_, _| 4).await;
        house.service.close_due(1, words).await.unwrap();
        let sealed = issue(&house, "p", "2026-09").await.unwrap();
        let database = &house.database.url;
        let arguments = ["report", "--unit", "p", "--month", "2026-09", "--format", "json"];
        let (code, out, _) = run(database, &arguments).await;
        assert_eq!((code, out.as_bytes()), (0, &sealed.json[..]), "byte for byte");
        let changed = match database.starts_with("sqlite") {
            true => "update report set json = cast(replace(cast(json as text), '\"score\":100.0', '\"score\":99.0') as blob)",
            false => "update report set json = convert_to(replace(convert_from(json, 'UTF8'), '\"score\":100.0', '\"score\":99.0'), 'UTF8')",
        };
        assert_eq!(house.database.tamper(changed).await.unwrap(), 5);
        assert!(matches!(issue(&house, "p", "2026-09").await, Err(NoReport::Tampered(_))));
        let (code, out, said) = run(database, &arguments).await;
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(said.contains("niêm phong"), "{said}");
        let broken = verify(&house.base.store, []).await.unwrap().unwrap_err();
        assert!(matches!(broken.how, How::NotAsSealed(_)), "{broken}");
        for (wrong, code) in [("2026-13", 2), ("2031-01", 1)] {
            let found = run(database, &["report", "--unit", "p", "--month", wrong, "--format", "json"]).await;
            assert_eq!((found.0, found.1.as_str()), (code, ""), "{wrong}");
        }
        let found = run(database, &["report", "--unit", "nobody", "--month", "2026-09", "--format", "json"]).await;
        assert_eq!(found.0, 1);
    }

    /// Who can write the database can make a report and its hash anew, but not what the trail tells.
    async fn a_report_written_anew_with_its_hash_is_found_out(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        past(&house, 0, &days(2026, 9, 20), 5, |_, _| 4).await;
        house.service.close_due(1, words).await.unwrap();
        assert!(verify(store, []).await.unwrap().is_ok());
        let sealed = issue(&house, "p", "2026-09").await.unwrap();
        let forged = String::from_utf8(sealed.json).unwrap();
        let forged = forged.replace("\"score\":100.0", "\"score\":99.0").replace('\'', "''");
        let hash = hex(&Sha256::digest(&forged));
        let unit = house.service.organisation().unit("p").unwrap().key;
        let change = match engine {
            Engine::Sqlite => format!("update report set json = cast('{forged}' as blob), hash = x'{hash}' where unit = {unit}"),
            Engine::Postgres => format!("update report set json = convert_to('{forged}', 'UTF8'), hash = '\\x{hash}' where unit = {unit}"),
        };
        assert_eq!(house.database.tamper(change.leak()).await.unwrap(), 1);
        assert!(matches!(issue(&house, "p", "2026-09").await, Err(NoReport::Tampered(_))));
        assert!(issue(&house, "c1", "2026-09").await.is_ok(), "the others are as they were");
        let broken = verify(store, []).await.unwrap().unwrap_err();
        assert_eq!(broken.how, How::NotAsSealed("p 2026-09".to_owned()), "{broken}");
        // Taken away: the one that is sealed in its place is not the one that was.
        house.database.tamper(format!("delete from report where unit = {unit}").leak()).await.unwrap();
        let broken = verify(store, []).await.unwrap().unwrap_err();
        assert_eq!(broken.how, How::NotAsSealed("p 2026-09".to_owned()), "{broken}");
        // One that was never sealed.
        let moved = format!("update report set month = month - 1 where unit <> {unit}");
        assert!(house.database.tamper(moved.leak()).await.unwrap() > 0);
        assert!(verify(store, []).await.unwrap().is_err());
        assert!(issue(&house, "c1", "2026-08").await.is_err());
    }

    async fn what_a_row_says_of_its_seal_is_held_against_the_trail(engine: Engine) {
        let house = House::new(engine).await;
        let store = &house.base.store;
        past(&house, 0, &days(2026, 9, 20), 5, |_, _| 4).await;
        house.service.close_due(1, words).await.unwrap();
        let unit = house.service.organisation().unit("p").unwrap().key;
        for (column, value) in [("responses", "99"), ("program", "'9.9'"), ("closed_by", "'schedule'"), ("closed_at", "1000"), ("units", "'1'")] {
            let (kept, hidden) = (format!("{column} = {value}"), format!("where unit = {unit}"));
            let before = format!("create table was as select {column} as it from report {hidden}");
            house.database.tamper(before.leak()).await.unwrap();
            assert_eq!(house.database.tamper(format!("update report set {kept} {hidden}").leak()).await.unwrap(), 1);
            assert!(matches!(issue(&house, "p", "2026-09").await, Err(NoReport::Tampered(_))), "{kept}");
            let broken = verify(store, []).await.unwrap().unwrap_err();
            assert_eq!(broken.how, How::NotAsSealed("p 2026-09".to_owned()), "{kept}");
            let back = format!("update report set {column} = (select it from was) {hidden}");
            house.database.tamper(back.leak()).await.unwrap();
            house.database.tamper("drop table was").await.unwrap();
            assert!(issue(&house, "p", "2026-09").await.is_ok());
        }
        // The list does not offer what would not open, and the page says why.
        house.database.tamper(format!("update report set responses = 99 where unit = {unit}").leak()).await.unwrap();
        assert!(months(&house, "p").await.contains(&("2026-09".to_owned(), Status::Broken)));
        let page = house.get("/reports/p/2026-09").await;
        assert!(page.status == 500 && page.body.contains("không khớp niêm phong"), "{}", page.body);
        // One that was taken away is not made again as if nothing had been.
        house.database.tamper(format!("delete from report where unit = {unit}").leak()).await.unwrap();
        assert_eq!(house.service.close_due(1, words).await.unwrap(), 0);
        assert!(matches!(issue(&house, "p", "2026-09").await, Err(NoReport::Tampered(_))));
        assert!(months(&house, "p").await.contains(&("2026-09".to_owned(), Status::Broken)));
        assert!(store.sealed_report(unit, month("2026-09").number()).await.unwrap().is_none());
    }

    async fn a_unit_that_moves_is_no_correction(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 20), 5, |_, _| 4).await;
        past(&house, 3, &days(2026, 9, 20), 3, |_, _| 5).await;
        house.service.close_due(1, words).await.unwrap();
        past(&house, 0, &days(2026, 9, 7), 1, |_, _| 4).await;
        let units = "code,parent,kind,name,valid_from,valid_to,predecessors\nt1,c2,centre,Trung tâm Một,,,\n";
        import(&house, Kind::Units, units).await.unwrap();
        house.service.look().await.unwrap();
        for (unit, more) in [("c1", Some(7)), ("c2", None), ("t1", Some(7)), ("p", Some(7))] {
            let edition = issue(&house, unit, "2026-09").await.unwrap().edition;
            assert_eq!(edition.correction.as_ref().map(|c| c.more), more, "{unit}");
            let listed = months(&house, unit).await;
            let status = if more.is_some() { Status::Corrected } else { Status::Sealed };
            assert!(listed.contains(&("2026-09".to_owned(), status)), "{unit} {listed:?}");
            assert_eq!(issue(&house, unit, "2026-10").await.unwrap().edition.report.late.month, more.unwrap_or(0), "{unit}");
        }
    }

    async fn alpha_is_kept_with_the_seal(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 25), 5, |day, one| 1 + ((day * 5 + one * 3) % 5) as u8).await;
        let open = issue(&house, "p", "2026-09").await.unwrap().edition.report;
        assert_eq!(open.parts[0].reliability, None);
        house.service.close_due(1, words).await.unwrap();
        let sealed = issue(&house, "p", "2026-09").await.unwrap().edition.report;
        let found = house.get("/api/v1/units/p/instrument?from=2026-09&to=2026-09").await.json();
        let kept = serde_json::to_value(sealed.parts[0].reliability.as_ref().unwrap()).unwrap();
        assert_eq!((&kept["alpha"], &kept["pairs"]), (&found["alpha"], &found["pairs"]));
        for (mine, theirs) in kept["components"].as_array().unwrap().iter().zip(found["components"].as_array().unwrap()) {
            assert_eq!((&mine["code"], &mine["alpha"], &mine["pairs"]), (&theirs["code"], &theirs["alpha"], &theirs["pairs"]));
        }
        // All else is as it was before the seal.
        let rest = domain::report::Report { method: open.method.clone(), ..sealed };
        assert_eq!(rest.parts[0].figures, open.parts[0].figures);
        assert_eq!(rest.parts[0].by_field, open.parts[0].by_field);
    }

    async fn the_running_service_closes_by_itself(engine: Engine) {
        let house = House::new(engine).await;
        past(&house, 0, &days(2026, 9, 20), 5, |_, _| 4).await;
        let closing = server::service::Service::keep_closing(std::sync::Arc::downgrade(&house.service), 1, words);
        let closing = tokio::spawn(closing);
        let unit = house.service.organisation().unit("t2").unwrap().key;
        while house.base.store.sealed_report(unit, month("2026-09").number()).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
        house.service.stop().cancel();
        closing.await.unwrap();
    }
}
