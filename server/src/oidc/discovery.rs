//! What the provider says of itself, and its keys: fetched when needed, kept for a while.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::{Request, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use super::Trouble;
use super::http::{Http, is_here, is_safe};
use super::jws::{Keys, Token};

/// How long both are kept.
const KEPT: Duration = Duration::from_secs(3600);

/// OpenID Connect Discovery 1.0, section 3; what is not used is left out.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(super) struct Metadata {
    issuer: String,
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    jwks_uri: String,
    pub(super) userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// RFC 9207.
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// It is about this issuer and leads nowhere without TLS.
    pub(super) fn is_sound(&self, issuer: &str) -> bool {
        let here = is_here(issuer);
        let mut all = vec![&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri];
        all.extend(&self.userinfo_endpoint);
        self.issuer == issuer && all.into_iter().all(|address| is_safe(address, here))
    }

    /// The client proves itself in the head of a request: so where nothing else is said.
    pub(super) fn takes_basic(&self) -> bool {
        let methods = self.token_endpoint_auth_methods_supported.as_ref();
        methods.is_none_or(|all| all.iter().any(|one| one == "client_secret_basic"))
    }
}

#[derive(Default)]
pub(super) struct Discovery {
    metadata: Mutex<Option<(Instant, Arc<Metadata>)>>,
    keys: Mutex<Option<(Instant, Arc<Keys>)>>,
}

impl Discovery {
    pub(super) async fn metadata(
        &self,
        http: &Http,
        issuer: &str,
    ) -> Result<Arc<Metadata>, Trouble> {
        // Who comes while it is fetched waits for the same answer.
        let mut kept = self.metadata.lock().await;
        if let Some((at, metadata)) = &*kept
            && at.elapsed() < KEPT
        {
            return Ok(metadata.clone());
        }
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let metadata: Metadata = fetch(http, &address).await?;
        if !metadata.is_sound(issuer) {
            tracing::warn!(
                "the provider of identities names another issuer, or addresses without TLS"
            );
            return Err(Trouble::Away);
        }
        let metadata = Arc::new(metadata);
        *kept = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    /// The keys of the provider; fetched anew where the one that the token names is not among them. Tokens
    /// come from the provider alone, each for a code, so nobody else makes it fetch again and again.
    pub(super) async fn keys(
        &self,
        http: &Http,
        metadata: &Metadata,
        token: &Token<'_>,
    ) -> Result<Arc<Keys>, Trouble> {
        let mut kept = self.keys.lock().await;
        if let Some((at, keys)) = &*kept
            && at.elapsed() < KEPT
            && keys.has(token)
        {
            return Ok(keys.clone());
        }
        let keys: Arc<Keys> = Arc::new(fetch(http, &metadata.jwks_uri).await?);
        *kept = Some((Instant::now(), keys.clone()));
        Ok(keys)
    }
}

async fn fetch<T: DeserializeOwned>(http: &Http, address: &str) -> Result<T, Trouble> {
    let request = Request::get(address).header(header::ACCEPT, "application/json");
    let request = request.body(String::new().into()).map_err(|_| Trouble::Away)?;
    let (status, body) = http.ask(request).await?;
    let read = (status == StatusCode::OK).then(|| serde_json::from_slice(&body).ok()).flatten();
    read.ok_or_else(|| {
        tracing::warn!(%status, "what the provider of identities says of itself cannot be read");
        Trouble::Away
    })
}
