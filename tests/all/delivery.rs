//! Sealed reports by mail, through a real server of mail: refused first, sent later, sent once, seen.

use axum::http::StatusCode;
use domain::access::Role;
use domain::delivery::{Attachment, State};
use domain::questionnaire::Lang;
use domain::report::Month;
use server::mail::{Post, Round};
use server::run::Base;
use server::service::access::Actor;
use server::service::delivery::{NotAdded, add_recipient};
use server::store::{self, By};

use crate::house::{House, both};
use crate::post::MailServer;
use crate::program;
use crate::report::{month, words};
use crate::review::{days, past};
use crate::visitor::Visitor;

const FROM: &str = "Hài lòng <bao-cao@hailong.example>";
/// Addresses by their own grammar that cannot stand in the head of a mail, or stand for others there.
const UNSENDABLE: [&str; 4] =
    ["\"a b\"@e.vn", "a@[127.0.0.1]", "\"a>,<b\"@e.vn", "\"\\\"a b\\\"\"@e.vn"];
/// What servers repeat although they should not.
const ECHO: &str = "451 4.3.0 Try later (AUTH PLAIN AGhhaWxvbmcAc2VjcmV0, secret)";

pub(crate) fn post(server: &MailServer) -> Post {
    let url = format!("smtp://hailong:secret@{}", server.address);
    Post::new(&url, Some(FROM), "https://hailong.example/").unwrap()
}

async fn add(house: &House, unit: &str, to: &str, lang: Lang, files: &[Attachment]) {
    let (store, by) = (&house.base.store, By::command(house.base.clock.now()));
    add_recipient(store, unit, to, lang, files, &by).await.unwrap();
}

/// A house in which September is sealed, for two persons of the first commune and one of the second.
pub(crate) async fn sealed(engine: crate::house::Engine) -> House {
    let house = House::new(engine).await;
    past(&house, 0, &days(2026, 9, 20), 5, |day, _| if day % 3 == 0 { 2 } else { 5 }).await;
    add(
        &house,
        "c1",
        "chanh.van.phong@tay-son.example",
        Lang::Vi,
        &[Attachment::Docx, Attachment::Xlsx],
    )
    .await;
    add(&house, "c1", "office@tay-son.example", Lang::En, &[]).await;
    add(&house, "c2", "xa-hai@example.vn", Lang::Vi, &[Attachment::Csv]).await;
    house.service.close_due(1, words).await.unwrap();
    house
}

async fn states(house: &House, unit: &str) -> Vec<(String, State, u16, Option<String>)> {
    let all = house.base.store.deliveries(Some(unit)).await.unwrap();
    all.into_iter().map(|one| (one.recipient.address, one.state, one.tries, one.problem)).collect()
}

/// The name of a part's file; a long one stands in pieces (RFC 2231).
fn file_name(head: &str) -> String {
    head.split("filename").skip(1).filter_map(|piece| piece.split('"').nth(1)).collect()
}

both! {
    async fn a_sealed_report_is_sent_to_each_recipient_once(engine: Engine) {
        let house = sealed(engine).await;
        let server = MailServer::start().await;
        let post = post(&server);
        let all = Round { sent: 3, ..Round::default() };
        assert_eq!(post.send_due(&house.service).await.unwrap(), all);
        assert_eq!(post.send_due(&house.service).await.unwrap(), Round::default());
        let mut mails = server.taken();
        mails.sort_by(|a, b| a.to.cmp(&b.to));
        let to: Vec<_> = mails.iter().map(|mail| mail.to.join(",")).collect();
        assert_eq!(to, ["chanh.van.phong@tay-son.example", "office@tay-son.example", "xa-hai@example.vn"]);
        let mail = &mails[0];
        assert_eq!(mail.from, "bao-cao@hailong.example");
        assert_eq!(mail.subject(), "Báo cáo tháng 09/2026 về mức độ hài lòng – Xã Một");
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert_eq!(mail.header("Date"), "Sat, 10 Oct 2026 05:00:00 +0000");
        // Nobody learns of the others.
        assert!(!mail.data.contains("office@"));
        let parts = mail.parts();
        let text = String::from_utf8(parts[0].1.clone()).unwrap();
        assert!(text.contains("https://hailong.example/reports/c1/2026-09\r\n"), "{text}");
        assert!(text.contains("Số phiếu trong tháng: 100."), "{text}");
        let names = parts[1..].iter().map(|(head, _)| file_name(head)).collect::<Vec<_>>();
        assert_eq!(names, ["bao-cao-hai-long-c1-2026-09.docx", "bao-cao-hai-long-c1-2026-09.xlsx"]);
        // Both are packages, whole to the last byte.
        for (_, content) in &parts[1..] {
            assert!(content.starts_with(b"PK\x03\x04"));
            assert!(content.windows(4).any(|at| at == b"PK\x05\x06"));
        }
        assert_eq!(mails[1].subject(), "Monthly satisfaction report 09/2026 – Xã Một");
        assert_eq!(mails[1].parts().len(), 1);
        let ids: std::collections::BTreeSet<_> = mails.iter().map(|mail| mail.header("Message-ID")).collect();
        assert_eq!(ids.len(), 3);
        assert!(ids.iter().all(|id| id.ends_with("@hailong.example>")), "{ids:?}");
    }

    async fn what_is_refused_is_tried_again_later_and_sent_once(engine: Engine) {
        let house = sealed(engine).await;
        let server = MailServer::start().await;
        let post = post(&server);
        server.refuse(ECHO);
        let first = post.send_due(&house.service).await.unwrap();
        assert_eq!(first, Round { sent: 2, put_off: 1, ..Round::default() });
        let mut all = states(&house, "c1").await;
        all.extend(states(&house, "c2").await);
        let late: Vec<_> = all.iter().filter(|one| one.1 == State::Queued).collect();
        // The number alone is kept of what the server said.
        assert_eq!((late.len(), late[0].2, late[0].3.as_deref()), (1, 1, Some("451")));
        assert_eq!(server.taken().len(), 2);
        house.hands.set("2026-10-10T05:00:59Z");
        assert_eq!(post.send_due(&house.service).await.unwrap(), Round::default(), "too early");
        house.hands.set("2026-10-10T05:01:00Z");
        assert_eq!(post.send_due(&house.service).await.unwrap().sent, 1);
        assert_eq!(server.taken().len(), 1);
        assert_eq!(post.send_due(&house.service).await.unwrap(), Round::default());
        for unit in ["c1", "c2"] {
            assert!(states(&house, unit).await.iter().all(|one| one.1 == State::Sent && one.3.is_none()));
        }
    }

    async fn two_services_send_each_mail_once(engine: Engine) {
        let house = sealed(engine).await;
        // Queued in time, as by every service that runs: September is too old when October is sealed.
        assert_eq!(house.service.due_deliveries().await.unwrap().len(), 3);
        house.hands.set("2026-10-11T05:00:00Z");
        for at in 0..20 {
            add(&house, "p", &format!("tinh-{at}@example.vn"), Lang::Vi, &[]).await;
        }
        // September was sealed before they were added, so October is their first.
        house.hands.set("2026-10-31T20:00:00Z");
        house.service.close_due(1, words).await.unwrap();
        let other = Base::open(&house.database.url, house.base.clock.clone()).await.unwrap();
        let (second, writer) = other.start().await.unwrap();
        let server = MailServer::start().await;
        let (mine, theirs) = (post(&server), post(&server));
        let (a, b) = tokio::join!(mine.send_due(&house.service), theirs.send_due(&second));
        assert_eq!(a.unwrap().sent + b.unwrap().sent, 26);
        let mut sent: Vec<_> = server.taken().iter().map(|mail| mail.header("Message-ID")).collect();
        assert_eq!(sent.len(), 26);
        sent.sort();
        sent.dedup();
        assert_eq!(sent.len(), 26, "a mail was sent twice");
        drop(second);
        writer.finish().await;
        other.store.close().await;
    }

    async fn a_server_that_dies_while_sending_leaves_the_mail_to_another(engine: Engine) {
        let house = sealed(engine).await;
        let due = house.service.due_deliveries().await.unwrap();
        let taken = house.service.take_delivery(due[0]).await.unwrap().unwrap();
        assert!(house.service.take_delivery(due[0]).await.unwrap().is_none(), "taken by one alone");
        let server = MailServer::start().await;
        let post = post(&server);
        assert_eq!(post.send_due(&house.service).await.unwrap().sent, 2);
        house.hands.set("2026-10-10T05:10:00Z");
        assert_eq!(post.send_due(&house.service).await.unwrap().sent, 1);
        let mails = server.taken();
        let late = mails.last().unwrap();
        assert_eq!(late.header("Message-ID"), format!("<{}.2026-09@hailong.example>", taken.recipient.id));
        // The first try comes to itself and says that it failed: the mail was sent all the same.
        house.service.delivery_refused(&taken, "timeout", false).await.unwrap();
        assert!(states(&house, "c1").await.iter().all(|one| one.1 == State::Sent));
    }

    async fn what_is_refused_for_good_is_given_up_and_can_be_retried(engine: Engine) {
        let house = sealed(engine).await;
        let store = &house.base.store;
        let by = By::command(house.base.clock.now());
        store.remove_recipient("c1", "office@tay-son.example", &by).await.unwrap();
        store.remove_recipient("c2", "xa-hai@example.vn", &by).await.unwrap();
        let server = MailServer::start().await;
        let post = post(&server);
        server.refuse("550 5.7.1 We do not take this");
        assert_eq!(post.send_due(&house.service).await.unwrap(), Round { given_up: 1, ..Round::default() });
        let given_up = store.deliveries(Some("c1")).await.unwrap();
        assert!(given_up[0].due_at <= house.base.clock.now().as_millisecond(), "the moment of the last try, not one to come");
        house.hands.set("2026-10-17T05:00:00Z");
        assert_eq!(post.send_due(&house.service).await.unwrap(), Round::default());
        let log = states(&house, "c1").await;
        assert_eq!(log, [("chanh.van.phong@tay-son.example".to_owned(), State::Failed, 1, Some("550".to_owned()))]);
        assert_eq!(store.retry_deliveries(("c1", month("2026-09")), None, &by).await.unwrap(), 1);
        // A wrong password is mended by people, so it is tried again.
        server.refuse("535 5.7.8 Authentication failed");
        assert_eq!(post.send_due(&house.service).await.unwrap().put_off, 1);
        house.hands.set("2026-10-17T05:01:00Z");
        assert_eq!(post.send_due(&house.service).await.unwrap().sent, 1);
    }

    async fn it_is_given_up_after_days(engine: Engine) {
        let house = sealed(engine).await;
        // Nobody listens there any more.
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let post = Post::new(&format!("smtp://{address}"), Some(FROM), "https://h.example").unwrap();
        let mut rounds = 0;
        for hour in 0..24 * 5 {
            let moment = house.base.clock.now();
            let round = post.send_due(&house.service).await.unwrap();
            rounds += usize::from(round != Round::default());
            assert_eq!(round.sent, 0);
            let later = moment.checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
            house.hands.set(&later.to_string());
            assert!(hour > 70 || states(&house, "c1").await.iter().all(|one| one.1 == State::Queued));
        }
        assert_eq!(rounds, 9);
        let log = states(&house, "c1").await;
        assert!(log.iter().all(|one| (one.1, one.2, one.3.as_deref()) == (State::Failed, 9, Some("connection"))), "{log:?}");
    }

    async fn what_was_given_up_stands_before_all_that_waits_or_was_sent(engine: Engine) {
        let house = sealed(engine).await;
        for at in 0..60 {
            add(&house, "c1", &format!("a-{at}@example.vn"), Lang::Vi, &[]).await;
        }
        house.service.due_deliveries().await.unwrap();
        house.database.tamper("update delivery set state = 'sent', sent_at = 0").await.unwrap();
        let failed = "update delivery set state = 'failed', problem = '550' where recipient in
            (select id from recipient where address = 'office@tay-son.example')";
        assert_eq!(house.database.tamper(failed).await.unwrap(), 1);
        house.hands.set("2026-10-31T20:00:00Z");
        house.service.close_due(1, words).await.unwrap();
        house.service.due_deliveries().await.unwrap();
        let sent = "update delivery set state = 'sent', sent_at = 0 where state = 'queued' and recipient in
            (select id from recipient where address like 'a-%')";
        assert_eq!(house.database.tamper(sent).await.unwrap(), 60);
        let all = house.service.deliveries(&Actor::Local, Some("c1")).await.unwrap();
        assert_eq!(all.len(), 124);
        let mut order: Vec<_> = all.iter().map(|one| (one.state, one.month.to_string())).collect();
        order.dedup();
        let expected = [
            (State::Failed, "2026-09"), (State::Queued, "2026-10"), (State::Sent, "2026-10"), (State::Sent, "2026-09"),
        ];
        assert_eq!(order, expected.map(|(state, month)| (state, month.to_owned())));
        let mut visitor = Visitor::with_role(&house, "báo cáo@c1", Role::Reporter, "c1").await;
        let page = visitor.get("/admin/reports").await.body;
        for words in ["value=\"again\"", "từ chối (mã 550)", "Chỉ hiện một phần danh sách thư", "Bấm vào tên đơn vị"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!visitor.get("/admin/reports?unit=c1").await.body.contains("Bấm vào tên đơn vị"));
    }

    async fn an_address_that_no_letter_can_be_sent_to_is_refused_at_entry(engine: Engine) {
        let house = House::new(engine).await;
        let mut visitor = Visitor::with_role(&house, "báo cáo@c1", Role::Reporter, "c1").await;
        for bad in UNSENDABLE {
            let typed = [("do", "add"), ("unit", "c1"), ("address", bad), ("language", "vi")];
            let refused = visitor.post("/admin/reports", &typed).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
            assert!(refused.body.contains("Địa chỉ thư không đúng"), "{bad}: {}", refused.body);
        }
        assert!(house.base.store.recipients().await.unwrap().is_empty());
        add(&house, "c1", "o'brien+so.hai@mail.example.vn", Lang::Vi, &[]).await;
        // One that was taken before this was asked for is given up at once.
        house.database.tamper("update recipient set address = '\"a b\"@e.vn'").await.unwrap();
        past(&house, 0, &days(2026, 9, 20), 5, |_, _| 4).await;
        house.service.close_due(1, words).await.unwrap();
        let server = MailServer::start().await;
        assert_eq!(post(&server).send_due(&house.service).await.unwrap(), Round { given_up: 1, ..Round::default() });
        assert_eq!(states(&house, "c1").await[0].3.as_deref(), Some("address"));
        assert!(server.taken().is_empty());
    }

    async fn an_address_is_one_recipient_in_whatever_case(engine: Engine) {
        let house = House::new(engine).await;
        let (store, by) = (&house.base.store, By::command(house.base.clock.now()));
        add(&house, "c1", "X@E.vn", Lang::Vi, &[]).await;
        let first = store.recipients().await.unwrap();
        add(&house, "c1", "x@e.vn", Lang::En, &[Attachment::Csv]).await;
        let [one] = &store.recipients().await.unwrap()[..] else { panic!("one recipient") };
        assert_eq!((one.id, one.address.as_str(), one.lang), (first[0].id, "x@e.vn", Lang::En));
        assert_eq!(one.files, [Attachment::Csv]);
        add(&house, "c2", "X@e.vn", Lang::Vi, &[]).await;
        assert_eq!(store.recipients().await.unwrap()[1].address, "X@e.vn", "kept as typed, and of its own unit");
        store.remove_recipient("c1", "X@e.VN", &by).await.unwrap();
        assert!(matches!(store.remove_recipient("c1", "x@e.vn", &by).await, Err(store::Error::Missing(_))));
        add(&house, "c1", "X@E.VN", Lang::Vi, &[]).await;
        assert_eq!(store.recipients().await.unwrap()[0].id, first[0].id, "the same one as before");
        // Two who write it at once write one.
        tokio::join!(
            add(&house, "p", "Van.Phong@e.vn", Lang::Vi, &[]),
            add(&house, "p", "van.phong@e.vn", Lang::Vi, &[]),
            add(&house, "p", "VAN.PHONG@e.vn", Lang::Vi, &[]),
        );
        let all = store.recipients().await.unwrap();
        assert_eq!(all.iter().filter(|one| one.unit == "p").count(), 1, "{all:?}");
    }

    async fn months_that_are_long_over_are_sealed_and_not_sent(engine: Engine) {
        let house = House::new(engine).await;
        add(&house, "c1", "a@example.vn", Lang::Vi, &[]).await;
        for (year, month) in [(2025, 11), (2026, 7), (2026, 8), (2026, 9)] {
            past(&house, 0, &days(year, month, 20), 2, |_, _| 4).await;
        }
        house.service.close_now(&Actor::Local, words).await.unwrap();
        let unit = house.service.readable(&Actor::Local, "c1").unwrap();
        for of in ["2025-11", "2026-07", "2026-08", "2026-09"] {
            let issued = house.service.report(&Actor::Local, &unit, month(of), words).await.unwrap();
            assert!(issued.edition.report.responses > 0, "{of} can be read");
        }
        let due = house.service.due_deliveries().await.unwrap();
        assert_eq!(due.iter().map(|(_, of)| *of).collect::<Vec<_>>(), [month("2026-09")]);
    }

    async fn a_month_is_sent_until_31_days_after_its_end(engine: Engine) {
        for (moment, queued) in [("2026-10-31T16:59:59Z", 3), ("2026-10-31T17:00:00Z", 0)] {
            let house = sealed(engine).await;
            house.hands.set(moment);
            assert_eq!(house.service.due_deliveries().await.unwrap().len(), queued, "{moment}");
        }
    }

    async fn who_is_sent_what_is_told_and_changed_by_command(engine: Engine) {
        let house = House::new(engine).await;
        // The program goes by the clock of the machine, and sends the month alone that ended last.
        house.hands.set(&jiff::Timestamp::now().to_string());
        let last = Month::of(house.base.clock.today()).plus(-1);
        let first = last.first();
        past(&house, 0, &days(first.year(), first.month(), 20), 5, |_, _| 4).await;
        let url = house.database.url.clone();
        let deliver = async |arguments: &[&str]| {
            let arguments = [&["delivery"], arguments].concat();
            program::run(&url, &arguments).await
        };
        let (code, _, words) = deliver(&["add", "--unit", "c1", "--to", "a@example.vn"]).await;
        assert_eq!((code, words.contains("HAILONG_SMTP_URL")), (0, true), "{words}");
        assert_eq!(deliver(&["add", "--unit", "c1", "--to", "a@example.vn", "--lang", "en", "--files", "csv,xlsx"]).await.0, 0);
        assert_eq!(deliver(&["add", "--unit", "c2", "--to", "b@example.vn"]).await.0, 0);
        let (_, list, _) = deliver(&["list"]).await;
        let rows: Vec<Vec<_>> = list.lines().map(|line| line.split('\t').take(4).collect()).collect();
        assert_eq!(rows, [["c1", "a@example.vn", "en", "csv,xlsx"], ["c2", "b@example.vn", "vi", "docx,xlsx"]]);
        for (bad, code) in [
            (&["add", "--unit", "nowhere", "--to", "a@example.vn"][..], 1),
            (&["add", "--unit", "c1", "--to", "nobody"], 1),
            (&["add", "--unit", "c1", "--to", "a@example.vn\r\nBcc: b@example.vn"], 1),
            (&["add", "--unit", "c1", "--to", "a@example.vn", "--files", "exe"], 2),
            (&["remove", "--unit", "c2", "--to", "a@example.vn"], 1),
            (&["retry", "--unit", "c1", "--month", "2026-09"], 1),
            (&["retry", "--unit", "c1", "--month", "2026-9"], 2),
        ] {
            assert_eq!(deliver(bad).await.0, code, "{bad:?}");
        }
        assert_eq!(deliver(&["remove", "--unit", "c2", "--to", "b@example.vn"]).await.0, 0);
        assert_eq!(deliver(&["list"]).await.1.lines().count(), 1);
        // The running program seals what is over and sends it; neither it nor its log says a secret.
        let server = MailServer::start().await;
        server.refuse(ECHO);
        let mut serve = program::command(&url, &["serve"]);
        serve.env("HAILONG_LOG", "trace,sqlx=info").env("HAILONG_MAIL_FROM", FROM);
        serve.env("HAILONG_MONTH_CLOSE_HOUR", "0");
        serve.env("HAILONG_SMTP_URL", format!("smtp://hailong:secret@{}", server.address));
        let log = program::until(serve, |line| line.contains("a report is sent later")).await;
        assert!(!log.contains("secret") && !log.contains("AGhhaWxvbmcAc2VjcmV0"), "{log}");
        assert!(!log.contains("a@example.vn"), "{log}");
        let (_, told, _) = deliver(&["log", "--unit", "c1"]).await;
        assert!(told.lines().any(|line| line.starts_with(&format!("c1\t{last}\ta@example.vn\tqueued\t1\t"))), "{told}");
        assert!(!told.contains("secret"), "{told}");
    }
}

#[tokio::test]
async fn a_mail_server_that_cannot_be_is_refused_without_repeating_it() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/test.db", folder.path().display());
    for (name, value) in [
        ("HAILONG_SMTP_URL", "ftp://hailong:secret@host"),
        ("HAILONG_SMTP_URL", "smtps://hailong:secret@host"),
    ] {
        let mut serve = program::command(&url, &["serve"]);
        let output = serve.env(name, value).output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(!said.contains("secret") && said.contains("HAILONG_"), "{said}");
    }
    let store = store::Store::open(&url).await.unwrap();
    let by = By::command(jiff::Timestamp::UNIX_EPOCH);
    let long = format!("{}@example.vn", "a".repeat(250));
    for bad in ["", "@", "a b@example.vn", "a@example.vn, b@example.vn", long.as_str()] {
        let refused = add_recipient(&store, "c1", bad, Lang::Vi, &[], &by).await;
        assert!(matches!(refused, Err(NotAdded::Address)), "{bad}");
    }
}
