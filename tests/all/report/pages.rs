//! The pages of reports at the door: who may, what is not there, what cannot be read, and the files.

use axum::body::Body;
use axum::http::StatusCode;
use domain::access::Role;
use server::service::access::make_key;
use server::service::import::Kind;
use sha2::{Digest, Sha256};

use super::words;
use crate::files::import;
use crate::house::{House, both, request};
use crate::program;
use crate::review::{days, past};

/// A house with two months, of which one is sealed.
async fn sealed(engine: crate::house::Engine) -> House {
    let house = House::new(engine).await;
    past(&house, 0, &days(2026, 9, 20), 5, |day, _| if day % 3 == 0 { 2 } else { 5 }).await;
    past(&house, 0, &days(2026, 10, 8), 5, |day, _| if day % 3 == 0 { 3 } else { 4 }).await;
    house.service.close_due(1, words).await.unwrap();
    house
}

both! {
    async fn a_report_is_a_page_and_files(engine: Engine) {
        let house = sealed(engine).await;
        let page = house.get("/reports/c1/2026-09").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.header("content-security-policy").contains("script-src 'nonce-"));
        assert!(page.body.contains("Đã khóa sổ"), "{}", page.body);
        let json = house.get("/reports/c1/2026-09?format=json").await;
        assert_eq!(json.header("content-type"), "application/json");
        assert_eq!(json.header("content-disposition"),
            "attachment; filename=\"bao-cao-hai-long-c1-2026-09.json\"; \
             filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20m%E1%BB%A9c%20%C4%91%E1%BB%99%20h%C3%A0i%20l%C3%B2ng%20%E2%80%93%20X%C3%A3%20M%E1%BB%99t%20%E2%80%93%2009-2026.json");
        // What is downloaded has the hash that the page shows.
        let hash: String = Sha256::digest(json.body.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        assert!(page.body.contains(&format!("<code>{hash}</code>")));
        for (format, media) in [("docx", "wordprocessingml"), ("xlsx", "spreadsheetml"), ("csv", "text/csv"), ("html", "text/html")] {
            let file = house.get(&format!("/reports/c1/2026-09?format={format}&lang=en")).await;
            assert_eq!(file.status, StatusCode::OK, "{format}");
            assert!(file.header("content-type").contains(media));
            let name = format!("attachment; filename=\"satisfaction-report-c1-2026-09.{format}\"");
            assert!(file.header("content-disposition").starts_with(&name));
        }
        let open = house.get("/reports/c1/2026-10").await;
        assert!(open.body.contains("số liệu đến ngày 10/10/2026"));
    }

    async fn what_is_not_there_or_cannot_be_read_is_said(engine: Engine) {
        let house = sealed(engine).await;
        let (missing, bad, invalid) = (StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY);
        for (path, status) in [
            ("/reports/nowhere", missing),
            ("/reports/nowhere/2026-09", missing),
            ("/reports/c1/2026-11", missing),
            ("/reports/c1/2026-13", missing),
            ("/reports/c1/2026-9", missing),
            ("/reports/c1/2026", missing),
            ("/reports/c1/2026-09-01", missing),
            ("/reports/%FF/2026-09", missing),
            ("/reports/c1/2026-09?format=pdf", bad),
            ("/reports/c1/2026-09?format=JSON", bad),
            ("/reports/c1/2026-09?form=json", invalid),
            ("/reports/c1?lang=vi&lang=en", invalid),
            ("/reports/c1/compare", invalid),
            ("/reports/c1/compare?a=2026-09&b=x", invalid),
            ("/reports/c1/compare?a=2026-09&b=2026-12", missing),
            ("/reports/nowhere/compare?a=2026-09&b=2026-10", missing),
        ] {
            let answer = house.get(path).await;
            assert_eq!(answer.status, status, "{path}");
            assert!(answer.body.starts_with("<!DOCTYPE html>"), "{path}");
            assert!(!answer.body.contains("gửi lên"), "{path}: nothing was sent");
        }
    }

    async fn the_list_says_what_is_open_sealed_and_corrected(engine: Engine) {
        let house = sealed(engine).await;
        let list = house.get("/reports/c1").await.body;
        let at = |word: &str| list.find(word).unwrap_or_else(|| panic!("no {word}"));
        assert!(at("Đang mở") < at("Đã khóa sổ"));
        assert!(list.contains("href=\"/reports/c1/2026-09?format=xlsx\""));
        past(&house, 0, &days(2026, 9, 5), 2, |_, _| 1).await;
        house.service.look().await.unwrap();
        let list = house.get("/reports/c1").await.body;
        assert!(list.contains("Có đính chính") && list.contains("thêm 10 sau khi khóa"));
        let page = house.get("/reports/c1/2026-09").await.body;
        assert!(page.contains("id=\"correction\"") && page.contains("100 phiếu khi khóa, 110 phiếu đến nay"));
        let both = house.get("/reports/c1/compare?a=2026-09&b=2026-10").await;
        assert_eq!(both.status, StatusCode::OK);
        assert!(both.body.contains("So sánh tháng 09/2026 và tháng 10/2026"));
        let same = house.get("/reports/c1/compare?a=2026-10&b=2026-10").await;
        assert!(same.body.contains("Hai tháng giống nhau"), "{}", same.body);
    }

    async fn reports_are_for_those_who_may_read_all_of_the_unit(engine: Engine) {
        let house = sealed(engine).await;
        let key = make_key(&house.base.store, "c1", (Role::Viewer, "c1"), None, &house.by()).await.unwrap();
        let csv = "code,parent,kind,name,valid_from,valid_to,predecessors,public\nc1,p,commune,Xã Một,,,,true\n";
        import(&house, Kind::Units, csv).await.unwrap();
        house.service.look().await.unwrap();
        let ask = async |path: &str, key: Option<&str>| {
            let mut asked = request("GET", path);
            if let Some(key) = key {
                asked = asked.header("authorization", format!("Bearer {key}"));
            }
            house.ask(asked.body(Body::empty()).unwrap()).await.status
        };
        for of in ["", "/2026-09", "/2026-09?format=json", "/compare?a=2026-09&b=2026-10"] {
            for (unit, status) in [("c1", StatusCode::OK), ("t1", StatusCode::OK), ("p", StatusCode::FORBIDDEN), ("c2", StatusCode::FORBIDDEN)] {
                let path = format!("/reports/{unit}{of}");
                assert_eq!(ask(&path, Some(&key)).await, status, "{path}");
                // Who is not signed in is led to the sign-in.
                assert_eq!(ask(&path, None).await, StatusCode::SEE_OTHER, "{path} is public");
            }
        }
    }

    async fn the_command_gives_the_page_as_one_file(engine: Engine) {
        let house = sealed(engine).await;
        let (code, html, said) = program::run(&house.database.url,
            &["report", "--unit", "c1", "--month", "2026-09", "--format", "html"]).await;
        assert_eq!(code, 0, "{said}");
        assert!(html.starts_with("<!DOCTYPE html>") && html.contains("@layer report"));
        for outside in ["href=\"/", "src=", "<script", "@import", "url(http", "action="] {
            assert!(!html.contains(outside), "{outside}");
        }
        assert!(html.contains("Xã Một") && html.contains("Đã khóa sổ"));
    }
}
