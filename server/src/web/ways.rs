//! Ways in beside name and password.

use domain::identity::Claim;

/// What else people may sign in by; nothing until it is configured.
#[derive(Default)]
pub struct WaysIn {
    #[cfg(feature = "oidc")]
    pub provider: Option<crate::oidc::Provider>,
}

impl WaysIn {
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
