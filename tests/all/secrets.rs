//! What the program writes to its logs while everything with a secret happens: none of the secrets, not
//! even where everything is logged.

use std::net::SocketAddr;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;

use crate::delivery::sealed;
use crate::house::both;
use crate::post::MailServer;
use crate::program::command;
use crate::visitor::{PASSWORD, between, form};

const OF_DATABASE: &str = "mat-khau-cua-co-so-du-lieu";
const OF_MAIL: &str = "mat-khau-cua-may-chu-thu";
const WRONG: &str = "một mật khẩu gõ nhầm";
const COMMENT: &str = "lời góp ý của người dân";
const CLIENT: &str = "203.0.113.77";

/// The address of a database with a password in it, where its engine knows one.
fn with_password(url: &str) -> String {
    match url.strip_prefix("postgres://postgres@") {
        Some(rest) => format!("postgres://postgres:{OF_DATABASE}@{rest}"),
        None => url.to_owned(),
    }
}

fn traced(url: &str, arguments: &[&str]) -> Command {
    let mut command = command(url, arguments);
    command.env("HAILONG_LOG", "trace");
    command
}

/// Runs a command that prints a secret on stdout, and returns both.
async fn secret_of(url: &str, arguments: &[&str], log: &mut String) -> String {
    let output = traced(url, arguments).output().await.unwrap();
    assert!(output.status.success(), "{output:?}");
    log.push_str(&String::from_utf8(output.stderr).unwrap());
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Asks as a browser behind a proxy does.
async fn ask(address: SocketAddr, line: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nhost: hailong.example\r\norigin: https://hailong.example\r\n\
         x-forwarded-for: {CLIENT}\r\nx-forwarded-proto: https\r\nconnection: close\r\n\
         content-length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![];
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";

/// The values of the cookies that an answer sets.
fn cookies(answer: &str) -> Vec<String> {
    let head = answer.split("\r\n\r\n").next().unwrap();
    let lines = head.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    lines.map(|line| line.split(';').next().unwrap().to_owned()).collect()
}

both! {
    async fn no_log_holds_a_secret(engine: Engine) {
        let house = sealed(engine).await;
        let point = house.points[0].clone();
        let database = house.close().await;
        let url = with_password(&database.url);
        let mut log = String::new();
        let add = ["account", "add", "--name", "an@tayson", "--role", "administrator", "--unit", "p"];
        let link = secret_of(&url, &add, &mut log).await;
        let link = link.rsplit('/').next().unwrap().to_owned();
        let key = ["account", "key", "--name", "k", "--role", "manager", "--unit", "p"];
        let key = secret_of(&url, &key, &mut log).await;
        let screen = ["account", "display", "--name", "s", "--unit", "c1"];
        let screen = secret_of(&url, &screen, &mut log).await;
        let screen = screen.rsplit('=').next().unwrap().to_owned();

        let mail = MailServer::start().await;
        let mut serve = traced(&url, &["serve"]);
        serve
            .env("HAILONG_SMTP_URL", format!("smtp://hailong:{OF_MAIL}@{}", mail.address))
            .env("HAILONG_MAIL_FROM", "bao-cao@hailong.example")
            .env("HAILONG_TRUSTED_PROXIES", "1")
            .env("HAILONG_BASE_URL", "https://hailong.example")
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        // The address on stdout is the public one; the port is chosen beforehand.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        serve.env("HAILONG_LISTEN", port.to_string());
        let mut child = serve.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        // A mail is sent only after the service has come up.
        while let Some(line) = lines.next_line().await.unwrap() {
            log.push_str(&line);
            log.push('\n');
            if line.contains("a report was sent") {
                break;
            }
        }
        assert!(log.contains("a report was sent"), "{log}");

        let set = ask(port, &format!("POST /link/{link}"), FORM, &form(&[("new", PASSWORD), ("again", PASSWORD)])).await;
        assert!(set.starts_with("HTTP/1.1 303"), "{set}");
        let sign_in = |password| form(&[("name", "an@tayson"), ("password", password)]);
        let wrong = ask(port, "POST /sign-in", FORM, &sign_in(WRONG)).await;
        assert!(wrong.starts_with("HTTP/1.1 422"), "{wrong}");
        let entered = ask(port, "POST /sign-in", FORM, &sign_in(PASSWORD)).await;
        assert!(entered.starts_with("HTTP/1.1 303"), "{entered}");
        let mut secrets: Vec<String> = cookies(&set).into_iter().chain(cookies(&entered)).collect();
        let cookie = format!("cookie: {}\r\n", cookies(&entered).join("; "));
        // The second factor is begun: its secret is shown once.
        let begun = ask(port, "GET /account/second", &cookie, "").await;
        assert!(begun.starts_with("HTTP/1.1 200"), "{begun}");
        secrets.push(between(&begun, "name=\"secret\" value=\"", "\"").to_owned());
        let bearer = format!("authorization: Bearer {key}\r\n");
        let read = ask(port, "GET /api/v1/units/c1/index", &bearer, "").await;
        assert!(read.starts_with("HTTP/1.1 200"), "{read}");
        let refused = ask(port, "GET /api/v1/units/c1/index", "authorization: Bearer hl_sai-mat\r\n", "").await;
        assert!(refused.starts_with("HTTP/1.1 401"), "{refused}");
        let shown = ask(port, &format!("GET /boards/c1?tv=1&display={screen}"), "", "").await;
        assert!(shown.starts_with("HTTP/1.1 200"), "{shown}");
        let answers = form(&[("id", "3f1c2a9e-5d64-4b0f-9a57-0c1d5e8b7a42"), ("A1", "5"), ("comment", COMMENT)]);
        let taken = ask(port, &format!("POST /s/{point}"), FORM, &answers).await;
        assert!(taken.starts_with("HTTP/1.1 303"), "{taken}");
        let id = child.id().unwrap().to_string();
        Command::new("kill").arg(id).status().await.unwrap();
        while let Some(line) = lines.next_line().await.unwrap() {
            log.push_str(&line);
            log.push('\n');
        }
        assert_eq!(child.wait().await.unwrap().code(), Some(0));

        // What cannot be used is refused without being repeated.
        for (database, mail) in [
            (format!("postgres://u:{OF_DATABASE}@127.0.0.1:1/x"), String::new()),
            (format!("postgres://u:{OF_DATABASE}@127.0.0.1:port/x"), String::new()),
            (format!("mysql://u:{OF_DATABASE}@127.0.0.1/x"), String::new()),
            (url.clone(), format!("smtp://u:{OF_MAIL}@")),
            (url.clone(), format!("http://u:{OF_MAIL}@mail.example")),
        ] {
            for arguments in [&["serve"][..], &["serve", "--help"], &["serve", "--no-such-flag"]] {
                let output = traced(&database, arguments).env("HAILONG_SMTP_URL", &mail).output().await.unwrap();
                assert!(arguments.contains(&"--help") || !output.status.success() , "{output:?}");
                log.push_str(&String::from_utf8(output.stdout).unwrap());
                log.push_str(&String::from_utf8(output.stderr).unwrap());
            }
        }

        secrets.extend(secrets.clone().iter().filter_map(|pair| Some(pair.split_once('=')?.1.to_owned())));
        secrets.extend([OF_DATABASE, OF_MAIL, PASSWORD, WRONG, COMMENT, CLIENT, "hl_sai-mat"].map(str::to_owned));
        secrets.extend([link, key, screen, "3f1c2a9e-5d64-4b0f-9a57-0c1d5e8b7a42".to_owned()]);
        for secret in secrets.iter().filter(|secret| secret.len() > 3) {
            let at = log.lines().find(|line| line.contains(secret.as_str()));
            assert_eq!(at, None, "{secret} is in a log");
        }
        assert!(log.contains("\"level\":\"DEBUG\"") || log.contains("DEBUG"), "everything was logged");
    }
}
