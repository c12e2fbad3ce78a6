//! Another provider of identities. Nobody signs in by one until it is named.

use clap::Args;
use domain::identity::Claim;

use super::{Secret, claim, secret};

/// Settings, the same names everywhere.
#[derive(Clone, Debug, Default, Args)]
pub struct Oidc {
    /// Provider of identities (OpenID Connect) that people may sign in by, <https://HOST/…>; none without
    #[arg(long, env = "HAILONG_OIDC_ISSUER", global = true)]
    pub oidc_issuer: Option<String>,
    /// What the provider calls this service
    #[arg(long, env = "HAILONG_OIDC_CLIENT_ID", global = true)]
    pub oidc_client_id: Option<String>,
    /// What this service proves itself by to the provider
    #[arg(long, env = "HAILONG_OIDC_CLIENT_SECRET", global = true, hide_env_values = true, value_parser = secret)]
    pub oidc_client_secret: Option<Secret>,
    /// By what people are recognised: email (verified by the provider) or sub
    #[arg(long, env = "HAILONG_OIDC_CLAIM", global = true, default_value = "email", value_parser = claim)]
    pub oidc_claim: Claim,
    /// What people call the provider, on the button of the sign-in [default: its host]
    #[arg(long, env = "HAILONG_OIDC_NAME", global = true)]
    pub oidc_name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_in_no_log() {
        let secret = Some(Secret("s3cret".to_owned()));
        let config = Oidc { oidc_client_secret: secret, ..Oidc::default() };
        assert!(!format!("{config:?}").contains("s3cret"));
    }
}
