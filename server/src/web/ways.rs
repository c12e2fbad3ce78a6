//! Ways in beside name and password.

use domain::identity::Claim;

use crate::config::Oidc;

/// What else people may sign in by; nothing until it is configured.
#[derive(Default)]
pub struct WaysIn {
    #[cfg(feature = "oidc")]
    pub provider: Option<crate::oidc::Provider>,
}

impl WaysIn {
    /// Those that are configured. `base_url` is what the service is known by.
    ///
    /// # Errors
    /// Where a provider is named that could not be trusted, or of which the program knows nothing.
    #[cfg(feature = "oidc")]
    pub fn new(config: &Oidc, base_url: &str) -> anyhow::Result<Self> {
        Ok(Self { provider: crate::oidc::Provider::new(config, base_url)? })
    }

    /// None: the program was built without.
    ///
    /// # Errors
    /// Where one is configured all the same.
    #[cfg(not(feature = "oidc"))]
    pub fn new(config: &Oidc, _: &str) -> anyhow::Result<Self> {
        let named = config.oidc_issuer.as_ref().is_some_and(|issuer| !issuer.trim().is_empty());
        let without = "HAILONG_OIDC_ISSUER: chương trình dịch thiếu oidc (built without oidc)";
        anyhow::ensure!(!named, without);
        Ok(Self::default())
    }

    /// What people call the provider, where there is one.
    pub(super) fn label(&self) -> Option<&str> {
        #[cfg(feature = "oidc")]
        let label = self.provider.as_ref().map(crate::oidc::Provider::name);
        #[cfg(not(feature = "oidc"))]
        let label = None;
        label
    }

    /// By what it recognises people, where there is one.
    pub(super) fn claim(&self) -> Option<Claim> {
        #[cfg(feature = "oidc")]
        let claim = self.provider.as_ref().map(crate::oidc::Provider::claim);
        #[cfg(not(feature = "oidc"))]
        let claim = None;
        claim
    }
}
