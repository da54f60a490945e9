//! Authorization codes that were given out and not yet used.

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use super::error::OAuthError;
use crate::clock::Timestamp;
use crate::salesforce::session::Authorization;
use crate::salesforce::spec::AppSpec;
use crate::tenant::Hosted;

/// How long a code is good. Help page "OAuth 2.0 Web Server Flow": 15 minutes.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// Codes by their text.
#[derive(Debug, Default)]
pub(in crate::salesforce) struct Codes(Mutex<HashMap<String, Code>>);

/// What a user approved.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) authorization: Authorization,
    pub(super) redirect_uri: String,
    /// SHA-256 of what the client has to say when it comes for the token.
    pub(super) challenge: Option<String>,
    /// What the id token has to repeat.
    pub(super) nonce: Option<String>,
    pub(super) expires_at: Timestamp,
}

impl Code {
    /// A verifier is asked for only where there was a challenge: one client sends it with every call.
    pub(super) fn check_verifier(
        &self,
        app: &AppSpec,
        verifier: Option<&str>,
    ) -> Result<(), OAuthError> {
        let Some(challenge) = &self.challenge else {
            return match app.require_pkce {
                true => Err(OAuthError::CodeChallengeRequired),
                false => Ok(()),
            };
        };
        let hashed = verifier.map(|verifier| URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)));
        match hashed.as_deref() == Some(challenge.trim_end_matches('=')) {
            true => Ok(()),
            false => Err(OAuthError::InvalidVerifier),
        }
    }
}

impl Codes {
    /// Until when a code of this instant is good.
    pub(super) fn end_of(at: Timestamp) -> Timestamp {
        at + LIFETIME
    }

    /// Keeps what was approved; the text of its code.
    pub(super) fn add(&self, code: Code) -> String {
        let entropy = &code.authorization.org.tenant().entropy;
        let text = format!("aPrx{}", entropy.alphanumeric(60));
        self.0.lock().insert(text.clone(), code);
        text
    }

    /// A code is good once.
    pub(super) fn take(&self, text: &str) -> Result<Code, OAuthError> {
        let code = self.0.lock().remove(text).ok_or(OAuthError::InvalidCode)?;
        match code.authorization.org.tenant().clock.now() < code.expires_at {
            true => Ok(code),
            false => Err(OAuthError::ExpiredCode),
        }
    }

    /// Forgets the codes of an org that is closed.
    pub(in crate::salesforce) fn forget(&self, org: &str) {
        self.0
            .lock()
            .retain(|_, code| code.authorization.org.id() != org);
    }
}
