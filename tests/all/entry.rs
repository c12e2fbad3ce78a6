//! Targets and numbers of dossiers as they are typed on their pages, and their history.

use axum::http::StatusCode;
use domain::access::Role;
use server::service::import::Kind;

use crate::files::{export, import};
use crate::house::{Engine, House, both};
use crate::visitor::{Visitor, between};

const TARGETS: &str = "unit,year,index,code,name,max,baseline,baseline_rank,rank_of,target\n";
const PAGE: &str = "/admin/targets/c1/2026";

/// What the form of an index was made from.
fn seen(page: &str, index: &str) -> String {
    let form = between(page, &format!("name=\"index\" value=\"{index}\""), "</form>");
    between(form, "name=\"seen\" value=\"", "\"").to_owned()
}

async fn house_with_targets(engine: Engine) -> House {
    let house = House::new(engine).await;
    let rows = format!(
        "{TARGETS}c1,2026,par,1,Chỉ đạo,11,10.04,7,11,10.50\nc1,2026,par,total,Chung,,80,,,85\nc1,2026,dti,total,Chung,,82,,,87\n"
    );
    import(&house, Kind::Targets, &rows).await.unwrap();
    house
}

both! {
    async fn results_are_entered_and_the_history_says_who_changed_what(engine: Engine) {
        let house = house_with_targets(engine).await;
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        assert!(manager.get("/targets/c1/2026").await.body.contains(&format!("href=\"{PAGE}\"")));
        let page = manager.get(PAGE).await.body;
        assert!(page.contains("value=\"10,50\"") && page.contains("aria-label=\"Chỉ tiêu: Chỉ đạo\""), "{page}");
        let par = seen(&page, "par");
        let fields = [("do", "save"), ("index", "par"), ("seen", &par), ("1:baseline", "10,04"), ("1:target", " 10,5 "),
            ("1:actual", "10,75"), ("1:actual_date", "2026-10-09"), ("1:source", "Báo cáo số 9"), ("total:target", "86")];
        let saved = manager.post(PAGE, &fields).await;
        assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, "/admin/targets/c1/2026?done=1"), "{}", saved.body);
        let out = export(&house, Kind::Targets).await;
        // The same number keeps its digits, and what was not on the form stays.
        assert!(out.contains("c1,2026,par,1,Chỉ đạo,11,10.04,7,11,10.50,10.75,2026-10-09,Báo cáo số 9"), "{out}");
        assert!(out.contains("c1,2026,par,total,Chung,,80,,,86,") && out.contains("dti,total,Chung,,82,,,87,"), "{out}");
        let page = manager.get("/admin/targets/c1/2026?done=1").await.body;
        assert!(page.contains("Đã lưu."));
        let history = page.split("Lịch sử thay đổi").nth(1).unwrap();
        for words in ["quản lý@c1", "10/10/2026 12:00", "PAR 1: Chỉ đạo", "(trống) → 10,75", "(trống) → 09/10/2026", "85 → 86", "Dòng lệnh trên máy chủ"] {
            assert!(history.contains(words), "{words}: {history}");
        }
        assert!(!history.contains("10,50 → "), "what has not changed is no change");
        let english = manager.get("/admin/targets/c1/2026?lang=en").await.body;
        assert!(english.contains("(empty) → 10.75") && english.contains("value=\"10.75\""));
        // Somebody else's page is old now: nothing of it is written, and what was typed is still there.
        let stale = manager.post(PAGE, &[("do", "save"), ("index", "par"), ("seen", &par), ("total:target", "84,5"), ("1:target", "10,50")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("value=\"84,5\"") && stale.body.contains("đang lưu: 86"), "{}", stale.body);
        assert_eq!(export(&house, Kind::Targets).await, out);
        // Seen now, it is written.
        let par = seen(&stale.body, "par");
        let saved = manager.post(PAGE, &[("do", "save"), ("index", "par"), ("seen", &par), ("total:target", "84,5")]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        assert!(export(&house, Kind::Targets).await.contains("Chung,,80,,,84.5,"));
    }

    async fn wrong_figures_are_named_at_their_field_and_nothing_is_lost(engine: Engine) {
        let house = house_with_targets(engine).await;
        let mut chief = Visitor::with_role(&house, "trưởng@p", Role::Administrator, "p").await;
        let before = export(&house, Kind::Targets).await;
        let par = seen(&chief.get(PAGE).await.body, "par");
        let fields = [("do", "save"), ("index", "par"), ("seen", &*par), ("1:target", "mười"), ("1:actual", "10"), ("total:actual", "101"),
            ("total:target", "86,25")];
        let refused = chief.post(PAGE, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["value=\"mười\"", "“mười” không phải là số", "ngoài khoảng từ 0 đến 100", "value=\"86,25\"", "value=\"101\""] {
            assert!(refused.body.contains(words), "{words}: {}", refused.body);
        }
        assert_eq!(refused.body.matches("aria-invalid=\"true\"").count(), 2);
        for (column, value) in [("1:actual_date", "2026-10-11"), ("1:actual_date", "hôm qua"), ("1:target", "-1"), ("1:source", "a\u{7}b")] {
            let fields = [("do", "save"), ("index", "par"), ("seen", &*par), (column, value)];
            assert_eq!(chief.post(PAGE, &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{column} {value}");
        }
        // A new row.
        let new = [("do", "add"), ("index", "par"), ("code", "1"), ("name", "Lặp"), ("target", "9,x")];
        let refused = chief.post(PAGE, &new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in ["đã có dòng mang mã này", "“9,x” không phải là số", "value=\"Lặp\"", "<details open"] {
            assert!(refused.body.contains(words), "{words}: {}", refused.body);
        }
        assert_eq!(export(&house, Kind::Targets).await, before);
        let new = [("do", "add"), ("index", "sipas"), ("code", "II.1"), ("name", "Tiếp cận"), ("baseline", "70,1"),
            ("baseline_rank", "3"), ("rank_of", "11"), ("max", ""), ("target", "75")];
        assert_eq!(chief.post("/admin/targets/c1/2027?lang=vi", &new).await.status, StatusCode::SEE_OTHER);
        assert!(export(&house, Kind::Targets).await.contains("c1,2027,sipas,II.1,Tiếp cận,,70.1,3,11,75,"));
        for bad in [&[("do", "nothing")][..], &[("do", "save"), ("index", "gdp")]] {
            assert_eq!(chief.post(PAGE, bad).await.status, StatusCode::BAD_REQUEST);
        }
    }

    async fn dossiers_are_entered_month_by_month(engine: Engine) {
        let house = House::new(engine).await;
        import(&house, Kind::Dossiers, "unit,month,handled\nc1,2026-08,100\nc1,2026-09,1200\nc2,2026-09,5\n").await.unwrap();
        let mut manager = Visitor::with_role(&house, "quản lý@c1", Role::Manager, "c1").await;
        let path = "/admin/dossiers/c1";
        let page = manager.get(path).await.body;
        assert!(page.contains("10/2026") && !page.contains("11/2026"), "months that have begun");
        let fields = [("year", "2026"), ("2026-08", "100"), ("was-2026-08", "100"), ("2026-09", "1.250"), ("was-2026-09", "1200"),
            ("2026-10", "7"), ("was-2026-10", "")];
        let saved = manager.post(path, &fields).await;
        assert_eq!(saved.header("location"), "/admin/dossiers/c1?year=2026&done=1", "{}", saved.body);
        let out = export(&house, Kind::Dossiers).await;
        assert_eq!(out, "unit,month,handled\nc1,2026-08,100\nc1,2026-09,1250\nc1,2026-10,7\nc2,2026-09,5\n");
        let page = manager.get("/admin/dossiers/c1?year=2026&done=1").await.body;
        for words in ["Đã lưu.", "1.200 → 1.250", "quản lý@c1", "value=\"1250\""] {
            assert!(page.contains(words), "{words}: {page}");
        }
        // From an old page, and what cannot be.
        let stale = manager.post(path, &fields).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.body.contains("đang lưu: 1.250") && stale.body.contains("value=\"1.250\""), "{}", stale.body);
        for (typed, was, words) in [("", "1250", "không xóa được"), ("-1", "1250", "không phải là số nguyên"), ("1e3", "1250", "không phải là số nguyên")] {
            let answer = manager.post(path, &[("year", "2026"), ("2026-09", typed), ("was-2026-09", was)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
            assert!(answer.body.contains(words), "{words}: {}", answer.body);
        }
        let future = manager.post(path, &[("year", "2026"), ("2026-11", "1")]).await;
        assert_eq!(future.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(export(&house, Kind::Dossiers).await, out);
        assert_eq!(manager.get("/admin/dossiers/c2").await.status, StatusCode::FORBIDDEN);
        assert_eq!(manager.get("/admin/dossiers/c1?year=26").await.status, StatusCode::NOT_FOUND);
        assert!(server::service::audit::verify(&house.base.store, []).await.unwrap().is_ok());
    }

    async fn who_manages_one_unit_is_led_to_it(engine: Engine) {
        let house = House::new(engine).await;
        let mut one = Visitor::with_role(&house, "một@t1", Role::Manager, "t1").await;
        assert_eq!(one.get("/admin/targets").await.header("location"), "/admin/targets/t1/2026");
        assert_eq!(one.get("/admin/dossiers").await.header("location"), "/admin/dossiers/t1");
        let home = one.get("/").await.body;
        assert!(home.contains("/admin/import") && !home.contains("/admin/people"));
        let mut more = Visitor::with_role(&house, "hai@c1", Role::Manager, "c1").await;
        let list = more.get("/admin/targets").await.body;
        assert!(list.contains("/admin/targets/c1/2026") && list.contains("/admin/targets/t1/2026") && !list.contains("/admin/targets/c2"));
        let mut viewer = Visitor::with_role(&house, "xem@c1", Role::Viewer, "c1").await;
        assert!(!viewer.get("/targets/c1/2026").await.body.contains("/admin/"));
        assert!(!viewer.get("/").await.body.contains("/admin/"));
    }
}
