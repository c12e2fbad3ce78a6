//! Questions to the provider: over TLS, within a time, of a size, and not too many at once. A redirect is
//! not followed.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::sync::Semaphore;

use super::Trouble;

/// How long one question may take in all.
const LIMIT: Duration = Duration::from_secs(10);
/// The largest answer.
const SIZE: usize = 256 << 10;
/// How many ask at once.
const PLACES: usize = 8;

pub(super) struct Http {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    places: Semaphore,
}

impl Http {
    pub(super) fn new() -> std::io::Result<Self> {
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()?
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { client, places: Semaphore::new(PLACES) })
    }

    /// Status and body of the answer.
    pub(super) async fn ask(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<(StatusCode, Bytes), Trouble> {
        let _place = self.places.try_acquire().map_err(|_| Trouble::Busy)?;
        let host = request.uri().host().unwrap_or_default().to_owned();
        let asked = async {
            let answer = self.client.request(request).await.map_err(|error| error.to_string())?;
            let (head, body) = answer.into_parts();
            let body = Limited::new(body, SIZE).collect().await;
            let body = body.map_err(|error| error.to_string())?;
            Ok((head.status, body.to_bytes()))
        };
        let answer = match tokio::time::timeout(LIMIT, asked).await {
            Ok(answer) => answer,
            Err(_) => Err("too slow".to_owned()),
        };
        answer.map_err(|error: String| {
            tracing::warn!(host, error, "the provider of identities does not answer");
            Trouble::Away
        })
    }
}

/// The address is on this machine.
pub(super) fn is_here(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default();
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
}

/// The address may be asked: over TLS, or on this machine where the provider is.
pub(super) fn is_safe(address: &str, issuer_is_here: bool) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let host = uri.host().is_some_and(|host| !host.is_empty());
    // Whoever stands in front of an @ is not the host, and looks like it.
    let plain = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    let way = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => issuer_is_here && is_here(address),
        _ => false,
    };
    host && plain && way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_asked_in_the_clear_but_on_this_machine() {
        for (address, here, safe) in [
            ("https://id.example.gov.vn/realms/a", false, true),
            ("http://id.example.gov.vn", false, false),
            ("http://id.example.gov.vn", true, false),
            ("http://127.0.0.1:4000", true, true),
            ("http://[::1]:4000/x", true, true),
            ("http://localhost:4000", true, true),
            ("http://127.0.0.1:4000", false, false),
            ("http://localhost.evil.example", true, false),
            ("https://id.example.gov.vn@evil.example/", false, false),
            ("ftp://127.0.0.1", true, false),
            ("/path", true, false),
            ("", true, false),
        ] {
            assert_eq!(is_safe(address, here), safe, "{address}");
        }
    }

    #[tokio::test]
    async fn an_answer_has_a_size_and_a_time() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            use tokio::io::{AsyncReadExt, AsyncWriteExt};
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 1024]).await;
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", SIZE + 1);
            let _ = stream.write_all(head.as_bytes()).await;
            let _ = stream.write_all(&vec![b' '; SIZE + 1]).await;
        });
        let http = Http::new().unwrap();
        let request = Request::get(format!("http://{address}/")).body(Full::default()).unwrap();
        assert_eq!(http.ask(request).await, Err(Trouble::Away));
        // The listener is gone.
        let request = Request::get(format!("http://{address}/")).body(Full::default()).unwrap();
        assert_eq!(http.ask(request).await, Err(Trouble::Away));
    }
}
