//! Another provider of identities, by OpenID Connect 1.0: where it is, what it is asked, and whether what
//! comes back is its word. Knows nothing of people here.
//!
//! Authorisation code flow with PKCE. What belongs to one sign-in (state, nonce, verifier) is computed
//! from one secret, which only the browser keeps, so nothing but a hash of the state is kept here.
//! Neither the log nor a page repeats what the provider said.

mod claims;
mod discovery;
mod http;
mod jws;
mod way;

use axum::http::{Request, StatusCode, Uri, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::identity::{Claim, Proved};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use self::claims::{Asked, Claims};
use self::discovery::{Discovery, Metadata};
use self::http::Http;
pub use self::way::{Answer, Way};
use crate::config::{Oidc, Secret};

/// Where the provider sends the browser back to, below the address of the service.
pub const BACK: &str = "/sign-in/oidc/back";

/// A provider as configured.
pub struct Provider {
    http: Http,
    discovery: Discovery,
    issuer: String,
    client: String,
    secret: Option<Secret>,
    claim: Claim,
    name: String,
    back: String,
}

/// Why there is no way to a provider. Says nothing of what was configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misconfigured {
    #[error(
        "HAILONG_OIDC_ISSUER: https://… không kèm ? và # (must be https, or http on this machine, without ? and #)"
    )]
    Issuer,
    #[error("HAILONG_OIDC_CLIENT_ID: chưa đặt (not set)")]
    Client,
    #[error(
        "không đọc được chứng thư gốc của hệ điều hành (the system's root certificates cannot be read)"
    )]
    Roots,
}

/// Why nobody was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("the provider does not answer as it should")]
    Away,
    #[error("too many ask the provider at once")]
    Busy,
    /// The person or the provider has said no.
    #[error("the provider has declined")]
    Declined,
    #[error("the e-mail address is not verified")]
    Unverified,
    /// What it said cannot be relied on; in a few words of our own, for the log.
    #[error("the provider's word is not accepted: {0}")]
    Refused(&'static str),
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

impl Provider {
    /// The provider that is configured, if one is. `base_url` is what the service is known by.
    ///
    /// # Errors
    /// Where it could not be trusted, or something is missing.
    pub fn new(config: &Oidc, base_url: &str) -> Result<Option<Self>, Misconfigured> {
        let set = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let Some(issuer) = set(&config.oidc_issuer) else { return Ok(None) };
        let address: Uri = issuer.parse().map_err(|_| Misconfigured::Issuer)?;
        let plain = !issuer.contains(['?', '#']);
        let host = address.host().unwrap_or_default().to_owned();
        if !plain || !http::is_safe(&issuer, http::is_here(&issuer)) {
            return Err(Misconfigured::Issuer);
        }
        Ok(Some(Self {
            http: Http::new().map_err(|_| Misconfigured::Roots)?,
            discovery: Discovery::default(),
            issuer,
            client: set(&config.oidc_client_id).ok_or(Misconfigured::Client)?,
            secret: config.oidc_client_secret.clone().filter(|secret| !secret.0.is_empty()),
            claim: config.oidc_claim,
            name: set(&config.oidc_name).unwrap_or(host),
            back: format!("{}{BACK}", base_url.trim_end_matches('/')),
        }))
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// By what people are recognised.
    pub fn claim(&self) -> Claim {
        self.claim
    }

    /// The address at the provider where a sign-in begins.
    ///
    /// # Errors
    /// `Away` or `Busy`.
    pub async fn begin(&self, way: &Way) -> Result<String, Trouble> {
        let metadata = self.discovery.metadata(&self.http, &self.issuer).await?;
        let scope = match self.claim {
            Claim::Email => "openid email",
            Claim::Sub => "openid",
        };
        let query = way::form(&[
            ("response_type", "code"),
            ("client_id", &self.client),
            ("redirect_uri", &self.back),
            ("scope", scope),
            ("state", &way.state()),
            ("nonce", &way.nonce()),
            ("code_challenge", &way.challenge()),
            ("code_challenge_method", "S256"),
        ]);
        let address = &metadata.authorization_endpoint;
        let sign = if address.contains('?') { '&' } else { '?' };
        Ok(format!("{address}{sign}{query}"))
    }

    /// Whom the provider has named; `now` in Unix seconds. Whether the answer belongs to the browser has
    /// been looked at before.
    ///
    /// # Errors
    /// As named by `Trouble`.
    pub async fn finish(&self, way: &Way, answer: &Answer, now: i64) -> Result<Proved, Trouble> {
        let metadata = self.discovery.metadata(&self.http, &self.issuer).await?;
        let named = answer.iss.as_deref();
        let silent = named.is_none() && metadata.authorization_response_iss_parameter_supported;
        if silent || named.is_some_and(|iss| iss != self.issuer) {
            return Err(Trouble::Refused("the answer names another issuer"));
        }
        if answer.error {
            return Err(Trouble::Declined);
        }
        let code = answer.code.as_deref().ok_or(Trouble::Refused("the answer has no code"))?;
        let tokens = self.exchange(&metadata, way, code).await?;
        let token = jws::Token::parse(&tokens.id_token).map_err(Trouble::Refused)?;
        let keys = self.discovery.keys(&self.http, &metadata, &token).await?;
        let payload = token.verified(&keys).map_err(Trouble::Refused)?;
        let asked = Asked { issuer: &self.issuer, client: &self.client, nonce: &way.nonce(), now };
        let mut claims = Claims::checked(payload, &asked).map_err(Trouble::Refused)?;
        if self.claim == Claim::Email && claims.email.is_none() {
            self.ask_email(&metadata, &tokens, &mut claims).await?;
        }
        let identity = claims.identity(self.claim)?;
        Ok(Proved { identity, second: claims.second() })
    }

    async fn exchange(
        &self,
        metadata: &Metadata,
        way: &Way,
        code: &str,
    ) -> Result<Tokens, Trouble> {
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.back),
        ];
        let verifier = way.verifier();
        fields.push(("code_verifier", &verifier));
        let mut request = Request::post(&metadata.token_endpoint)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        match &self.secret {
            Some(secret) if metadata.takes_basic() => {
                let pair = format!("{}:{}", way::escaped(&self.client), way::escaped(&secret.0));
                let pair = format!("Basic {}", STANDARD.encode(pair));
                request = request.header(header::AUTHORIZATION, pair);
            }
            Some(secret) => {
                fields.extend([("client_id", self.client.as_str()), ("client_secret", &secret.0)]);
            }
            None => fields.push(("client_id", &self.client)),
        }
        let request = request.body(way::form(&fields).into());
        let answer = self.http.ask(request.map_err(|_| Trouble::Away)?).await?;
        match answer {
            (StatusCode::OK, body) => read(&body),
            (status, _) if status.is_client_error() => {
                Err(Trouble::Refused("the provider does not take the code or the client"))
            }
            _ => Err(Trouble::Away),
        }
    }

    /// Providers that keep to the letter give claims of the person at an address of their own.
    async fn ask_email(
        &self,
        metadata: &Metadata,
        tokens: &Tokens,
        claims: &mut Claims,
    ) -> Result<(), Trouble> {
        let (Some(address), Some(token)) = (&metadata.userinfo_endpoint, &tokens.access_token)
        else {
            return Ok(());
        };
        let request = Request::get(address)
            .header(header::ACCEPT, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(String::new().into());
        let answer = self.http.ask(request.map_err(|_| Trouble::Away)?).await?;
        let (StatusCode::OK, body) = answer else { return Err(Trouble::Away) };
        claims.add_email(read(&body)?).map_err(Trouble::Refused)
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Trouble> {
    serde_json::from_slice(body).map_err(|_| Trouble::Refused("an answer cannot be read"))
}

#[cfg(test)]
mod tests;
