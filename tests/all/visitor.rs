//! Somebody at a browser: keeps cookies, says where forms come from, and signs in as people do.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::StatusCode;
use domain::access::Role;
use server::service::people::{Invitation, add_account};

use crate::house::{Answer, House, request};

/// A password that is taken.
pub(crate) const PASSWORD: &str = "ruộng lúa ven sông Côn";

/// A browser on the machine itself.
pub(crate) struct Visitor<'a> {
    house: &'a House,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl<'a> Visitor<'a> {
    pub(crate) fn new(house: &'a House) -> Self {
        Self { house, cookies: BTreeMap::new() }
    }

    /// Somebody with a role who has signed in.
    pub(crate) async fn with_role(house: &'a House, name: &str, role: Role, unit: &str) -> Self {
        add(house, name, role, unit).await;
        let mut visitor = Self::new(house);
        let answer = visitor.sign_in(name, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        visitor
    }

    pub(crate) fn session(&self) -> &str {
        self.cookies.get("hailong").map_or("", String::as_str)
    }

    pub(crate) async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.post("/sign-in", &[("name", name), ("password", password)]).await
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    /// Sends a form.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask("POST", path, fields).await
    }

    /// Sends a form with a file.
    pub(crate) async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (name, file): (&str, &[u8]),
    ) -> Answer {
        let mut body = vec![];
        for (field, value) in fields {
            let head = format!("--seam\r\ncontent-disposition: form-data; name=\"{field}\"");
            body.extend_from_slice(format!("{head}\r\n\r\n{value}\r\n").as_bytes());
        }
        let head = "--seam\r\ncontent-disposition: form-data; name=\"file\"";
        let head = format!("{head}; filename=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--seam--\r\n");
        self.send("POST", path, "multipart/form-data; boundary=seam", body).await
    }

    async fn ask(&mut self, method: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form(fields).into_bytes();
        self.send(method, path, "application/x-www-form-urlencoded", body).await
    }

    async fn send(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let mut builder = request(method, path)
            .header("content-length", body.len())
            .header("cookie", cookies.collect::<Vec<_>>().join("; "))
            .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
        if method == "POST" {
            builder =
                builder.header("origin", "http://127.0.0.1:3000").header("content-type", kind);
        }
        let answer = self.house.ask(builder.body(Body::from(body)).unwrap()).await;
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            assert!(line.contains("; Path=/; HttpOnly; SameSite=Lax"), "{line}");
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            match line.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        answer
    }
}

/// The body of a form, as browsers write it.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let letter = |byte: u8| match byte {
        b'-' | b'.' | b'_' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    let encode = |text: &str| text.bytes().map(letter).collect::<String>();
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Makes an account whose password is set.
pub(crate) async fn add(house: &House, name: &str, role: Role, unit: &str) {
    let link = invited(house, name, role, unit).await;
    house.service.use_link(&link, PASSWORD, PASSWORD).await.unwrap();
    house.service.look().await.unwrap();
}

/// Makes an account and returns what stands in its link.
pub(crate) async fn invited(house: &House, name: &str, role: Role, unit: &str) -> String {
    let invited = Invitation { name, display_name: "", role: role.name(), unit };
    let (_, link) = add_account(&house.base.store, &invited, role, &house.by()).await.unwrap();
    house.service.look().await.unwrap();
    link
}

/// What stands between two pieces of a text.
pub(crate) fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text.split(from).nth(1).unwrap_or_else(|| panic!("no {from} in {text}"));
    rest.split(to).next().unwrap()
}
