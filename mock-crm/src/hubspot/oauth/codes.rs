//! Authorization codes: what a consent leaves until the app comes for its token.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use crate::clock::Timestamp;
use crate::hubspot::portal::{Portal, SharedPortal};
use crate::tenant::Hosted;

/// How long a code can be used. HubSpot says "short-lived".
pub(super) const LIFETIME: Duration = Duration::from_secs(60);

/// Codes that were not used yet. They are not kept over a restart: the browser asks again within a minute anyway.
#[derive(Debug, Default)]
pub(crate) struct Codes(Mutex<HashMap<String, Code>>);

/// Somebody's consent.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(super) portal: SharedPortal,
    pub(super) app_id: Arc<str>,
    pub(super) user_id: Arc<str>,
    pub(super) redirect_uri: String,
    pub(super) scopes: Vec<String>,
    pub(super) expires_at: Timestamp,
    pub(super) challenge: Option<Challenge>,
}

/// What a code verifier has to match: RFC 7636.
#[derive(Clone, Debug)]
pub(super) enum Challenge {
    /// The verifier itself.
    Plain(String),
    /// Its SHA-256, in base64url.
    Sha256(String),
}

impl Codes {
    /// A code works once.
    pub(super) fn take(&self, code: &str) -> Option<Code> {
        self.0.lock().remove(code)
    }

    /// Adds one. Those of its portal whose time is over go, so that they don't pile up.
    pub(super) fn put(&self, text: String, code: Code) {
        let (number, now) = (code.portal.tenant().number, code.portal.now());
        let late = |other: &Code| {
            other.portal.tenant().number == number && other.expires_at + LIFETIME <= now
        };
        let mut codes = self.0.lock();
        codes.retain(|_, other| !late(other));
        codes.insert(text, code);
    }

    /// Forgets the codes of a portal that is closed.
    pub(crate) fn forget(&self, portal: &Portal) {
        let number = portal.tenant().number;
        let mut codes = self.0.lock();
        codes.retain(|_, code| code.portal.tenant().number != number);
    }
}

impl Code {
    /// Whether a code verifier is the one that was promised, if one was.
    pub(super) fn verified_by(&self, verifier: &str) -> bool {
        match &self.challenge {
            None => true,
            Some(Challenge::Plain(challenge)) => verifier == challenge,
            Some(Challenge::Sha256(challenge)) => {
                URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == *challenge
            }
        }
    }
}

impl Challenge {
    /// As the query of `/oauth/authorize` has it; `None`: there is no such method.
    pub(super) fn parse(method: &str, challenge: &str) -> Option<Self> {
        match method {
            "S256" => Some(Self::Sha256(challenge.to_owned())),
            "plain" | "" => Some(Self::Plain(challenge.to_owned())),
            _ => None,
        }
    }
}
