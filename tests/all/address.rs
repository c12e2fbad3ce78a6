//! The address that the codes carry: whether it leads anybody here is said before labels are printed.

use axum::body::Body;
use axum::http::StatusCode;
use domain::access::Role;
use http_body_util::BodyExt;
use server::web::Proxies;
use tower::ServiceExt;

use crate::house::{House, both, request};
use crate::visitor::Visitor;

both! {
    async fn a_code_that_leads_to_the_machine_itself_is_told(engine: Engine) {
        let house = House::new(engine).await;
        let chief = Visitor::with_role(&house, "trưởng@p", Role::Administrator, "p").await;
        let nowhere = ("dẫn tới chính máy chủ này", "chỉ dùng được trên máy này");
        for (base, loopback, plain) in [
            ("http://127.0.0.1:3000", true, false), ("http://[::1]:3000", true, false),
            ("https://localhost", true, false), ("http://10.0.0.2:3000", false, true),
            ("https://hailong.example", false, false),
        ] {
            let router = server::web::router(house.service.clone(), base, Proxies(0));
            let read = async |path: &str| {
                let asked = request("GET", path).header("cookie", format!("hailong={}", chief.session()));
                let answer = router.clone().oneshot(asked.body(Body::empty()).unwrap()).await.unwrap();
                assert_eq!(answer.status(), StatusCode::OK, "{base}{path}");
                let body = answer.into_body().collect().await.unwrap().to_bytes();
                String::from_utf8_lossy(&body).into_owned()
            };
            let start = read("/admin/start").await;
            assert_eq!(start.contains(nowhere.0), loopback, "{base}: {start}");
            let sheet = read("/sheets/p").await;
            assert_eq!(sheet.contains(nowhere.1), loopback, "{base}: {sheet}");
            assert_eq!(sheet.contains("không được mã hóa"), plain, "{base}: {sheet}");
            // Something is missing yet: the menu of every page of administration leads to the steps.
            assert!(read("/admin/people").await.contains("href=\"/admin/start\""), "{base}");
        }
    }
}
