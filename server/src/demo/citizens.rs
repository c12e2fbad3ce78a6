//! Simulated citizens who answer through the real door, so that a newcomer sees the board move.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use domain::form::Form;
use domain::instrument::Instrument;
use domain::response::Stage;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::net::TcpStream;

use super::draw::{Mood, answer, asked};

/// Lets `a_minute` citizens a minute answer at the points, for ever.
pub async fn come(address: SocketAddr, instrument: &Instrument, points: &[String], a_minute: u32) {
    if a_minute == 0 || points.is_empty() {
        return;
    }
    let mut rng = ChaCha8Rng::from_rng(&mut rand::rng());
    let mut tick = tokio::time::interval(Duration::from_secs(60) / a_minute);
    loop {
        tick.tick().await;
        let at = rng.random_range(0..points.len());
        let mood = Mood::of(at, &mut rng);
        if let Err(error) = visit(address, instrument, &points[at], &mood, &mut rng).await {
            tracing::debug!(%error, "a simulated citizen could not answer");
        }
    }
}

/// One citizen: opens the page, fills it in, sends it.
async fn visit(
    address: SocketAddr,
    instrument: &Instrument,
    point: &str,
    mood: &Mood,
    rng: &mut ChaCha8Rng,
) -> anyhow::Result<()> {
    let stream = TcpStream::connect(address).await?;
    let (mut door, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let path = format!("/s/{point}");
    let page = ask(&mut door, "GET", &path, address, String::new()).await?;
    let value = |name: &str| -> Option<String> {
        let at = page.find(&format!("name=\"{name}\""))?;
        let tag = &page[page[..at].rfind('<')?..];
        let value = tag[..tag.find('>')?].split("value=\"").nth(1)?;
        Some(value.split('"').next()?.to_owned())
    };
    let id = value("id").context("the page has no id")?;
    let named = value("form").context("the page has no form")?;
    let number = named.split(':').nth(1).unwrap_or_default();
    let form = Form::parse(number, &instrument.design).context("the form is unknown")?;
    let stage = Stage::ALL[rng.random_range(0..Stage::ALL.len())];
    let mut fields = vec![("id", id), ("form", named.clone()), ("stage", stage.name().to_owned())];
    let codes: Vec<&str> =
        instrument.questionnaire.items().map(|item| item.code.as_str()).collect();
    for position in asked(instrument, form, Some(stage)) {
        fields.push((codes[position], answer(instrument, position, mood, rng).to_string()));
    }
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let body: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    ask(&mut door, "POST", &path, address, body.join("&")).await?;
    Ok(())
}

async fn ask(
    door: &mut SendRequest<Full<Bytes>>,
    method: &str,
    path: &str,
    address: SocketAddr,
    body: String,
) -> anyhow::Result<String> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", address.to_string())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Full::new(Bytes::from(body)))?;
    let response = door.send_request(request).await?;
    anyhow::ensure!(response.status().as_u16() < 400, "the door said {}", response.status());
    let body = response.into_body().collect().await?.to_bytes();
    Ok(String::from_utf8_lossy(&body).into_owned())
}
