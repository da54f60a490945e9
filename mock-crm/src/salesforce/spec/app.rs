//! Connected apps.

use serde::{Deserialize, Serialize};

/// A connected app.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppSpec {
    /// The consumer key.
    pub client_id: String,
    /// The consumer secret.
    pub client_secret: String,
    /// The name.
    pub name: String,
    /// A secret must come with every call of the token endpoint. The default of new connected apps.
    pub require_secret: bool,
    /// The web server flow works with a code challenge (PKCE) only.
    pub require_pkce: bool,
    /// Addresses that an authorization may be sent back to; none: any.
    pub redirect_uris: Vec<String>,
    /// What its tokens may be for, and are for where a request names nothing. A refresh token comes with
    /// `refresh_token` or `offline_access` only, an id token with `openid`, and REST takes tokens with `api`, `web` or
    /// `full`.
    pub scopes: Vec<String>,
    /// A refresh gives a new refresh token, the old one dies, and using it again revokes all of the grant.
    pub rotate_refresh_tokens: bool,
    /// How long an access token works, in seconds. Salesforce's default session time-out is two hours.
    pub access_token_seconds: u64,
    /// The user that client credentials act as, by name; left out: the app has no client credentials flow.
    pub run_as: Option<String>,
    /// What the assertions of the JWT bearer flow are verified with: an RSA certificate or public key as PEM, or `demo`
    /// for the key pair that mock-crm brings along. Left out: the app has no such flow.
    pub certificate: Option<String>,
    /// An administrator has approved the app for all users. Where not, the JWT bearer flow works for users who approved
    /// it themselves: those who hold a refresh token of it.
    pub admin_approved: bool,
}

impl Default for AppSpec {
    fn default() -> Self {
        Self {
            client_id: "mock-client".to_owned(),
            client_secret: "mock-secret".to_owned(),
            name: "Mock App".to_owned(),
            require_secret: true,
            require_pkce: false,
            redirect_uris: Vec::new(),
            scopes: ["refresh_token", "api", "web", "id"]
                .map(str::to_owned)
                .to_vec(),
            rotate_refresh_tokens: false,
            access_token_seconds: 7200,
            run_as: None,
            certificate: None,
            admin_approved: true,
        }
    }
}
