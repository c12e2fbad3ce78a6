//! Files that are uploaded: what would change is shown and nothing written; then exactly that is written.

use axum::http::StatusCode;
use domain::access::Role;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use server::service::import::{Bad, Kind, Preview, Refused};
use server::store::Filter;

use crate::files::{export, import};
use crate::house::{House, both};
use crate::program::run;
use crate::visitor::{Visitor, between};

const TARGETS: &str = "unit;year;index;code;name;max;baseline;baseline_rank;rank_of;target;actual;actual_date;source\n";
const UNITS: &str = "code,parent,kind,name,valid_from,valid_to,predecessors\n";
const POINTS: &str = "code,unit,name,channel,open_from,open_to\n";

/// All four tables, and how long the trail is.
async fn all(house: &House) -> (Vec<String>, i64) {
    let mut tables = vec![];
    for kind in Kind::TABLES {
        tables.push(export(house, kind).await);
    }
    (tables, house.base.store.audit_head().await.unwrap().0)
}

/// The hidden fields of the form that confirms.
fn confirmation(page: &str) -> Vec<(&'static str, String)> {
    let field = |name| (name, between(page, &format!("name=\"{name}\" value=\""), "\"").to_owned());
    ["kind", "name", "mark", "file"].map(field).to_vec()
}

async fn confirm(visitor: &mut Visitor<'_>, page: &str) -> crate::house::Answer {
    let fields = confirmation(page);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
    visitor.post("/admin/import/confirm", &fields).await
}

async fn preview(house: &House, visitor: &Visitor<'_>, kind: Kind, file: &str) -> Preview {
    let actor = house.service.signed_in(visitor.session(), false).await.unwrap().unwrap().actor();
    house.service.preview_import(&actor, kind, file.as_bytes().to_vec()).await.unwrap()
}

/// Where the faults of a file stand, and what they are.
fn places(preview: &Preview) -> Vec<(u64, &str, &str)> {
    let place = |bad: &'_ Bad| (bad.line, bad.column.clone(), bad.what.key);
    let all = preview.bad.iter().map(place);
    all.map(|(line, column, key)| (line, &*column.leak(), key)).collect()
}

/// A workbook whose second sheet has targets: words, numbers, a day of Excel and one that was typed.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Ghi chú").unwrap().write_string(0, 0, "không đọc").unwrap();
    let sheet = book.add_worksheet().set_name("Targets").unwrap();
    // The table does not begin in the corner.
    for (at, column) in (1u16..).zip(TARGETS.trim().split(';')) {
        sheet.write_string(2, at, column).unwrap();
    }
    let day = ExcelDateTime::from_ymd(2026, 7, 1).unwrap();
    let days = Format::new().set_num_format("dd/mm/yyyy");
    for (row, code, name) in [(3, "II.1", "Tiếp cận dịch vụ"), (4, "total", "=1+1")] {
        sheet.write_string(row, 1, "c1").unwrap();
        sheet.write_number(row, 2, 2026).unwrap();
        sheet.write_string(row, 3, "sipas").unwrap();
        sheet.write_string(row, 4, code).unwrap();
        sheet.write_string(row, 5, name).unwrap();
        sheet.write_number(row, 7, 75.67).unwrap();
        sheet.write_string(row, 10, "85,67").unwrap();
    }
    sheet.write_number(3, 11, 80.5).unwrap();
    sheet.write_datetime_with_format(3, 12, &day, &days).unwrap();
    sheet.write_string(4, 12, "9/7/2026").unwrap();
    sheet.write_string(4, 13, "'Báo cáo số 9").unwrap();
    book.save_to_buffer().unwrap()
}

both! {
    async fn a_dry_run_writes_nothing_and_the_confirmation_exactly_what_was_shown(engine: Engine) {
        let house = House::new(engine).await;
        let first = format!("{TARGETS}c1;2026;par;1;Chỉ đạo;11;10,04;7;11;10,50;;;\nc1;2026;par;2;Thể chế;4;4;1;11;4;;;\n");
        import(&house, Kind::Targets, &first).await.unwrap();
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let before = all(&house).await;
        let file = format!("\u{feff}{TARGETS}c1;2026;par;1;Chỉ đạo;11;10,04;7;11;10,75;10,6;09/10/2026;<b>Báo cáo</b>\n\
            c1;2026;par;2;Thể chế;4;4;1;11;4;;;\nt1;2026;dti;total;=HYPERLINK(1);;82;;;87;;;\n");
        let shown = manager.upload("/admin/import", &[("kind", "targets")], ("chỉ tiêu.csv", file.as_bytes())).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        for words in ["chỉ tiêu.csv", "<code>c1/2026/par/1</code>", "10,50 → 10,75", "(trống) → 10,6",
            "(trống) → 09/10/2026", "&lt;b&gt;Báo cáo", "=HYPERLINK(1)", "Ghi 2 thay đổi", "Dòng 4"] {
            assert!(shown.body.contains(words), "{words}: {}", shown.body);
        }
        assert!(!shown.body.contains("par/2<"), "what is as it was is counted alone");
        assert_eq!(all(&house).await, before, "nothing was written");

        let done = confirm(&mut manager, &shown.body).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/admin/import?done=targets.2"), "{}", done.body);
        assert!(manager.get("/admin/import?done=targets.2").await.body.contains("Đã ghi 2 thay đổi: chỉ tiêu."));
        let after = all(&house).await;
        assert!(after.0[3].contains("c1,2026,par,1,Chỉ đạo,11,10.04,7,11,10.75,10.6,2026-10-09,<b>Báo cáo</b>"), "{}", after.0[3]);
        assert!(after.0[3].contains("'=HYPERLINK(1)"));
        assert_eq!(after.1, before.1 + 2, "one entry a row that has changed");
        let entries = house.base.store.audit_entries(&Filter { act: Some("target".to_owned()), ..Filter::default() }, 1).await.unwrap();
        assert!(entries[0].who.starts_with("person:") && entries[0].before.is_none());
        // The same once more is not what was shown any more, and changes nothing.
        let again = confirm(&mut manager, &shown.body).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(again.body.contains("giống hệt dữ liệu hiện có"), "{}", again.body);
        assert_eq!(all(&house).await, after);
    }

    async fn what_has_changed_in_between_is_refused(engine: Engine) {
        let house = House::new(engine).await;
        let mut chief = Visitor::with_role(&house, "trưởng@p", Role::Administrator, "p").await;
        let code = &house.points[0];
        let files = [
            ("units", Kind::Units, format!("{UNITS}c1,p,commune,Xã Một Mới,,,\n"), format!("{UNITS}c1,p,commune,Xã Khác,,,\n")),
            ("points", Kind::Points, format!("{POINTS}{code},t1,Quầy A,qr,,\n"), format!("{POINTS}{code},t1,Quầy B,qr,,\n")),
            ("dossiers", Kind::Dossiers, "unit,month,handled\nc1,2026-09,120\n".to_owned(), "unit,month,handled\nc1,2026-09,7\n".to_owned()),
            ("targets", Kind::Targets, format!("{TARGETS}c1;2026;par;1;A;;1;;;2;;;\n"), format!("{TARGETS}c1;2026;par;1;A;;1;;;3;;;\n")),
        ];
        for (name, kind, mine, theirs) in files {
            let shown = chief.upload("/admin/import", &[("kind", name)], ("t.csv", mine.as_bytes())).await;
            assert_eq!(shown.status, StatusCode::OK, "{name}: {}", shown.body);
            import(&house, kind, &theirs).await.unwrap();
            let before = all(&house).await;
            let refused = confirm(&mut chief, &shown.body).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{name}");
            assert!(refused.body.contains("dữ liệu đã thay đổi từ lúc Ông/Bà xem trước"), "{name}");
            assert_eq!(all(&house).await, before, "{name}");
            // What is shown now can be confirmed.
            assert_eq!(confirm(&mut chief, &refused.body).await.status, StatusCode::SEE_OTHER, "{name}");
            assert_eq!(all(&house).await.1, before.1 + 1, "{name}");
        }
        // Another file under the mark of the first is not what was shown either.
        let shown = chief.upload("/admin/import", &[("kind", "dossiers")], ("t.csv", b"unit,month,handled\nc1,2026-08,1\n")).await;
        let other = chief.upload("/admin/import", &[("kind", "dossiers")], ("t.csv", b"unit,month,handled\nc1,2026-08,2\n")).await;
        let before = all(&house).await;
        let (mut fields, file) = (confirmation(&shown.body), confirmation(&other.body)[3].clone());
        fields[3] = file;
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
        assert_eq!(chief.post("/admin/import/confirm", &fields).await.status, StatusCode::CONFLICT);
        assert_eq!(all(&house).await, before);
        for bad in [("file", "?"), ("kind", "responses")] {
            let mut fields = fields.clone();
            fields.retain(|(name, _)| *name != bad.0);
            fields.push(bad);
            assert_eq!(chief.post("/admin/import/confirm", &fields).await.status, StatusCode::BAD_REQUEST, "{bad:?}");
        }
    }

    async fn of_two_confirmations_at_once_one_is_written(engine: Engine) {
        let house = House::new(engine).await;
        let mut one = Visitor::with_role(&house, "một@c1", Role::Manager, "c1").await;
        let mut two = Visitor::with_role(&house, "hai@c1", Role::Manager, "c1").await;
        import(&house, Kind::Dossiers, "unit,month,handled\nc1,2026-09,1\n").await.unwrap();
        let file = |n: u8| format!("unit,month,handled\nc1,2026-09,{n}\n");
        let a = one.upload("/admin/import", &[("kind", "dossiers")], ("a.csv", file(2).as_bytes())).await;
        let b = two.upload("/admin/import", &[("kind", "dossiers")], ("b.csv", file(3).as_bytes())).await;
        let (a, b) = tokio::join!(confirm(&mut one, &a.body), confirm(&mut two, &b.body));
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409]);
    }

    async fn workbooks_are_read_with_days_and_commas_of_viet_nam(engine: Engine) {
        let house = House::new(engine).await;
        let mut chief = Visitor::with_role(&house, "trưởng@p", Role::Administrator, "p").await;
        let shown = chief.upload("/admin/import", &[("kind", "targets"), ("lang", "en")], ("2026.xlsx", &workbook())).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
        for words in ["01/07/2026", "09/07/2026", "75.67", "85.67", "80.5", "=1+1", "Line 4", "Write 2 changes"] {
            assert!(shown.body.contains(words), "{words}: {}", shown.body);
        }
        assert_eq!(confirm(&mut chief, &shown.body).await.status, StatusCode::SEE_OTHER);
        let out = export(&house, Kind::Targets).await;
        assert!(out.contains("c1,2026,sipas,II.1,Tiếp cận dịch vụ,,75.67,,,85.67,80.5,2026-07-01,"), "{out}");
        assert!(out.contains("c1,2026,sipas,total,'=1+1,,75.67,,,85.67,,2026-07-09,''Báo cáo số 9"), "{out}");
        // The command line reads the same file.
        let twin = House::new(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("targets.xlsx");
        std::fs::write(&path, workbook()).unwrap();
        let (code, _, err) = run(&twin.database.url, &["import", "targets", path.to_str().unwrap()]).await;
        assert_eq!(code, 0, "{err}");
        assert_eq!(export(&twin, Kind::Targets).await, out);
        std::fs::write(&path, &workbook()[..900]).unwrap();
        let (code, _, err) = run(&twin.database.url, &["import", "targets", path.to_str().unwrap()]).await;
        assert!(code == 1 && err.contains("dòng 1: không đọc được tệp Excel"), "{err}");
    }

    async fn what_is_downloaded_comes_back_as_it_was(engine: Engine) {
        let house = House::new(engine).await;
        let mut chief = Visitor::with_role(&house, "trưởng@p", Role::Administrator, "p").await;
        let rows = format!("{TARGETS}c1;2026;par;1;'=Tên;11;10,00;7;11;10,50;1,0;2026-07-01;-5\nc2;2026;par;1;Hai;;5,10;;;6;;;\n");
        import(&house, Kind::Targets, &rows).await.unwrap();
        import(&house, Kind::Dossiers, "unit,month,handled\nc1,2026-09,120\nc2,2026-09,5\n").await.unwrap();
        import(&house, Kind::Units, &format!("{UNITS}c1,p,commune,+Xã Một,2025-07-01,,c2\n")).await.unwrap();
        let before = all(&house).await;
        for kind in Kind::TABLES {
            for ending in ["csv", "xlsx"] {
                let path = format!("/admin/import/{}.{ending}", kind.name());
                let file = bytes(&house, &chief, &path).await;
                let shown = chief.upload("/admin/import", &[("kind", kind.name())], (&path, &file)).await;
                assert!(shown.body.contains("giống hệt dữ liệu hiện có"), "{path}: {}", shown.body);
            }
        }
        assert_eq!(all(&house).await, before);
        // Of one's own part alone.
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let mine = manager.get("/admin/import/targets.csv").await;
        assert!(mine.body.contains("c1,2026,par") && !mine.body.contains("c2,2026"), "{}", mine.body);
        assert_eq!(mine.header("content-disposition"), "attachment; filename=\"targets.csv\"");
        let points = manager.get("/admin/import/points.csv").await.body;
        assert_eq!(points.lines().count(), 4, "{points}");
        assert_eq!(manager.get("/admin/import/units.csv").await.status, StatusCode::FORBIDDEN);
        for unknown in ["responses.csv", "targets.pdf", "targets"] {
            assert_eq!(chief.get(&format!("/admin/import/{unknown}")).await.status, StatusCode::NOT_FOUND, "{unknown}");
        }
    }

    async fn bad_rows_are_all_named_by_line_and_column_in_both_languages(engine: Engine) {
        let house = House::new(engine).await;
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let before = all(&house).await;
        let file = format!("{TARGETS}c1;2026;par;1;Tên;11;12;;;5;;;\nc1;26;par;2;Tên;;1;;;;;;\nc1;2026;par;3;Tên;;1x;;;;;;\n\
            c1;2026;par;4;Tên;;;;;1;1;32/01/2026;\nc1;2026;par;5;;;;;;;;;\nc1;2026;par;6;Tên;;;;;;;;;;\nc1;2026;par;7;Tên;;;;;;;;\n\
            c1;2026;par;7;Tên;;;;;;;;\n");
        let named = [(2, "baseline", "12"), (3, "year", "26"), (4, "baseline", "1x"), (5, "actual_date", "32/01/2026"), (6, "name", ""), (9, "code", "")];
        for (lang, line, why, end) in [("vi", "Dòng", "“1x” không phải là số", "\n"), ("en", "Line", "“1x” is not a number", "\r\n")] {
            let file = file.replace('\n', end);
            let shown = manager.upload("/admin/import", &[("kind", "targets"), ("lang", lang)], ("t.csv", file.as_bytes())).await;
            assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
            for (number, column, _) in named {
                let row = between(&shown.body, &format!("{line} {number}</th>"), "</tr>");
                assert!(row.contains(&format!("<code>{column}</code>")), "{number} {column}: {row}");
            }
            assert!(between(&shown.body, &format!("{line} 7</th>"), "</tr>").contains("15"), "too many cells");
            assert!(shown.body.contains(why) && !shown.body.contains("name=\"mark\""), "{}", shown.body);
            assert!(shown.body.contains("<option value=\"targets\" selected"), "the form comes back filled in");
        }
        for (kind, name, file, place) in [
            (Kind::Targets, "targets", "unit;year\n", (1, "index", "column-missing")),
            (Kind::Dossiers, "dossiers", "unit,month,handled\nc1,09/2026,1\n", (2, "month", "month")),
            (Kind::Dossiers, "dossiers", "unit,month,handled\nc1,2026-09,1.5\n", (2, "handled", "whole")),
            (Kind::Points, "points", "code;unit;name;channel;open_from;open_to\n;t1;Quầy;fax;;\n", (2, "channel", "choice")),
            (Kind::Points, "points", "code;unit;name;channel;open_from;open_to\n;t1;Quầy;qr;2/10/2026;1/10/2026\n", (2, "open_to", "before")),
        ] {
            assert_eq!(places(&preview(&house, &manager, kind, file).await), [place], "{name}");
        }
        // Split by semicolons, months and days may be written as they are spoken.
        let good = preview(&house, &manager, Kind::Dossiers, "unit;month;handled\nc1;09/2026;1\nc1;1/8/2026;2\n").await;
        assert_eq!(good.changes.len(), 2, "{good:?}");
        assert_eq!(all(&house).await, before);
    }

    async fn nothing_is_written_outside_ones_own_part(engine: Engine) {
        let house = House::new(engine).await;
        let manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let chief = Visitor::with_role(&house, "trưởng@c1", Role::Administrator, "c1").await;
        let viewer = Visitor::with_role(&house, "xem@p", Role::Viewer, "p").await;
        let (mine, theirs) = (&house.points[0], &house.points[3]);
        for (kind, file, place) in [
            (Kind::Targets, format!("{TARGETS}c1;2026;par;1;A;;;;;;;;\nc2;2026;par;1;A;;;;;;;;\n"), (3, "unit")),
            (Kind::Dossiers, "unit,month,handled\np,2026-09,1\n".to_owned(), (2, "unit")),
            (Kind::Points, format!("{POINTS},t2,Quầy,qr,,\n"), (2, "unit")),
            // A point of others is not drawn into one's own part, nor one's own put into theirs.
            (Kind::Points, format!("{POINTS}{theirs},t1,Quầy,qr,,\n"), (2, "code")),
            (Kind::Points, format!("{POINTS}{mine},t2,Quầy,qr,,\n"), (2, "unit")),
        ] {
            for visitor in [&manager, &chief] {
                let found = preview(&house, visitor, kind, &file).await;
                assert_eq!(places(&found), [(place.0, place.1, "outside")], "{file}");
            }
        }
        for (row, place) in [
            ("c2,p,commune,Xã Hai,,,", Some("code")), ("p,,province,Tỉnh,,,", Some("code")),
            ("moi,p,commune,Mới,,,", Some("parent")), ("moi,,commune,Mới,,,", Some("parent")),
            ("c1,,commune,Xã Một,,,", Some("parent")), ("c1,c2,commune,Xã Một,,,", Some("parent")),
            ("t1,c2,centre,Trung tâm,,,", Some("parent")), ("moi,c1,centre,Mới,,,t2", Some("predecessors")),
            ("c1,p,commune,Xã Một Mới,,,", None), ("moi,c1,centre,Mới,,,t1", None),
        ] {
            let found = preview(&house, &chief, Kind::Units, &format!("{UNITS}{row}\n")).await;
            let wanted: Vec<(u64, &str, &str)> = place.into_iter().map(|column| (2, column, "outside")).collect();
            assert_eq!(places(&found), wanted, "{row}");
        }
        let circle = preview(&house, &chief, Kind::Units, &format!("{UNITS}c1,p,commune,Xã Một,,2026-01-31,x\nx,c1,centre,X,,2026-01-31,t1\nt1,c1,centre,Trung tâm,,,c1\n")).await;
        assert_eq!(places(&circle), [2, 3, 4].map(|line| (line, "predecessors", "predecessor-circle")));
        let one = house.base.store.organisation().await.unwrap().1.unit("t1").unwrap().clone();
        let before = |code: &str| format!("{UNITS}{code},c1,centre,{},,,", one.name);
        import(&house, Kind::Units, &format!("{}x\nx,c1,centre,X,,,\n", before("t1"))).await.unwrap();
        let circle = preview(&house, &chief, Kind::Units, &format!("{UNITS}x,c1,centre,X,,,t1\n")).await;
        assert_eq!(places(&circle), [(2, "predecessors", "predecessor-circle")], "by way of what was there");
        let two = format!("{UNITS}a,b,branch,A,,,\nb,c1,centre,B,,,\n");
        assert!(preview(&house, &chief, Kind::Units, &two).await.is_good(), "under a unit of the same file");
        for (visitor, kind) in [(&manager, Kind::Units), (&viewer, Kind::Targets), (&viewer, Kind::Units)] {
            let actor = house.service.signed_in(visitor.session(), false).await.unwrap().unwrap().actor();
            let denied = house.service.preview_import(&actor, kind, UNITS.into()).await;
            assert!(matches!(denied, Err(Refused::Denied(_))), "{kind:?}");
            let denied = house.service.confirm_import(&actor, kind, UNITS.into(), "").await;
            assert!(matches!(denied, Err(Refused::Denied(_))), "{kind:?}");
        }
        let mut manager = manager;
        let page = manager.get("/admin/import").await.body;
        assert!(!page.contains("value=\"units\"") && !page.contains("/admin/people"), "what one may not do is not shown");
        let answer = manager.upload("/admin/import", &[("kind", "units")], ("u.csv", UNITS.as_bytes())).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }

    async fn a_point_without_a_code_is_given_one_when_it_is_written(engine: Engine) {
        let house = House::new(engine).await;
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let file = format!("{POINTS},t1,Quầy mới,qr,,\n,t1,Quầy mới nữa,qr,,\n");
        let shown = manager.upload("/admin/import", &[("kind", "points")], ("p.csv", file.as_bytes())).await;
        assert_eq!(shown.body.matches("mã mới, tạo khi ghi").count(), 2);
        assert_eq!(confirm(&mut manager, &shown.body).await.status, StatusCode::SEE_OTHER);
        let found = house.service.organisation();
        assert_eq!(found.points().filter(|point| point.name.starts_with("Quầy mới")).count(), 2);
    }

    async fn a_file_as_large_as_promised_is_shown_and_written(engine: Engine) {
        let house = House::new(engine).await;
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let source = "x".repeat(960);
        let rows: String = (1..=1600).map(|n| format!("c1;2026;par;{n};Dong {n};;1;;;2;;;{source}\n")).collect();
        let file = format!("{TARGETS}{rows}");
        assert!(file.len() > 3 << 19 && file.len() < 2 << 20);
        let shown = manager.upload("/admin/import", &[("kind", "targets")], ("t.csv", file.as_bytes())).await;
        assert_eq!(shown.status, StatusCode::OK, "{}", &shown.body[..2000]);
        let done = confirm(&mut manager, &shown.body).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/admin/import?done=targets.1600"));
        assert_eq!(export(&house, Kind::Targets).await.lines().count(), 1601);
    }

    async fn hostile_uploads_are_refused_in_words(engine: Engine) {
        let house = House::new(engine).await;
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let before = all(&house).await;
        let large = vec![b'x'; (2 << 20) + 1];
        for (lang, words) in [("vi", "Tệp lớn hơn 2 MB"), ("en", "larger than 2 MB")] {
            let answer = manager.upload("/admin/import", &[("kind", "targets"), ("lang", lang)], ("t.csv", &large)).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
            assert!(answer.body.contains(words) && answer.body.contains("aria-invalid=\"true\""), "{}", answer.body);
        }
        let huge = vec![b'x'; 17 << 20];
        let answer = manager.upload("/admin/import", &[("kind", "targets")], ("t.csv", &huge)).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body.contains("Tệp lớn quá") && answer.body.contains("/admin/import"), "{}", answer.body);
        let confirmed = "x".repeat(4 << 20);
        assert_eq!(manager.post("/admin/import/confirm", &[("kind", "targets"), ("file", &confirmed)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        let answer = manager.post("/admin/targets/c1/2026", &[("do", &confirmed)]).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.body.contains("Nội dung dài quá"), "no file: {}", answer.body);
        for (kind, file, words) in [
            ("targets", &b""[..], "Xin chọn một tệp"), ("", b"x", "Xin chọn nội dung"), ("responses", b"x", "Xin chọn nội dung"),
            ("targets", b"PK\x03\x04nothing", "không đọc được tệp Excel"), ("targets", b"\xff\xfe", "không phải là UTF-8"),
            ("dossiers", b"unit,month,handled\n\xff,2026-09,1\n", "không phải là UTF-8"),
        ] {
            let answer = manager.upload("/admin/import", &[("kind", kind)], ("x", file)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind} {words}");
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
        let bomb = bomb();
        assert!(bomb.len() < 1 << 20);
        let answer = manager.upload("/admin/import", &[("kind", "targets")], ("b.xlsx", &bomb)).await;
        assert!(answer.body.contains("64 MB khi mở ra"), "{}", answer.body);
        let many: String = (0..5001).map(|n| format!("c1,{}-{:02},1\n", 1000 + n / 12, n % 12 + 1)).collect();
        let found = preview(&house, &manager, Kind::Dossiers, &format!("unit,month,handled\n{many}")).await;
        assert_eq!(places(&found), [(5002, "-", "too-many")]);
        assert_eq!(all(&house).await, before);
    }
}

/// The bytes of a download, which need not be text.
async fn bytes(house: &House, visitor: &Visitor<'_>, path: &str) -> Vec<u8> {
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    let request = crate::house::request("GET", path)
        .header("cookie", format!("hailong={}", visitor.session()))
        .body(axum::body::Body::empty())
        .unwrap();
    let response = house.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

/// A workbook that becomes a hundred megabytes when it is opened.
fn bomb() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let long = "x".repeat(32_000);
    for row in 0..3200 {
        sheet.write_string(row, 0, format!("{row}{long}")).unwrap();
    }
    book.save_to_buffer().unwrap()
}
