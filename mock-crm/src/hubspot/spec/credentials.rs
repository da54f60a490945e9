//! What acts in a portal: apps, private apps, service keys.

use serde::{Deserialize, Serialize};

use super::default_scopes;

/// A public app.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct AppSpec {
    /// Its number, which records that it creates carry as `hs_object_source_id`; left out, a free one.
    pub app_id: Option<u32>,
    /// Its name, which such records carry as `hs_object_source_detail_1`.
    pub name: String,
    /// OAuth client id; left out, one is made.
    pub client_id: Option<String>,
    /// OAuth client secret; left out, one is made.
    pub client_secret: Option<String>,
    /// What its tokens may do. `oauth` is always among them.
    pub scopes: Vec<String>,
    /// Where a browser may be sent back to; empty: anywhere.
    pub redirect_uris: Vec<String>,
    /// Its tokens act for the user who installed it, instead of for the account.
    pub user_level: bool,
    /// How long an access token works.
    pub access_token_seconds: u32,
    /// A refresh gives a new refresh token and ends the old one. HubSpot hands the same one out again.
    pub rotate_refresh_tokens: bool,
    /// Where its webhooks go, and what it subscribes to from the start; left out: nowhere.
    pub webhooks: Option<WebhooksSpec>,
}

impl Default for AppSpec {
    fn default() -> Self {
        Self {
            app_id: None,
            name: "Sync app".to_owned(),
            client_id: None,
            client_secret: None,
            scopes: default_scopes(),
            redirect_uris: Vec::new(),
            user_level: false,
            access_token_seconds: 1800,
            rotate_refresh_tokens: false,
            webhooks: None,
        }
    }
}

/// A private app.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct PrivateAppSpec {
    /// Its number; left out, a free one.
    pub app_id: Option<u32>,
    /// Its name.
    pub name: String,
    /// The name of the user who made it.
    pub user: String,
    /// What its token may do.
    pub scopes: Vec<String>,
}

impl Default for PrivateAppSpec {
    fn default() -> Self {
        Self {
            app_id: None,
            name: "Private app".to_owned(),
            user: String::new(),
            scopes: default_scopes(),
        }
    }
}

/// A service key.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceKeySpec {
    /// The number that its records carry as `hs_object_source_id`; left out, a free one.
    pub app_id: Option<u32>,
    /// Its name.
    pub name: String,
    /// The name of the user who made it.
    pub user: String,
    /// What it may do. `oauth` is always among them.
    pub scopes: Vec<String>,
}

impl Default for ServiceKeySpec {
    fn default() -> Self {
        Self {
            app_id: None,
            name: "Service key".to_owned(),
            user: String::new(),
            scopes: default_scopes(),
        }
    }
}

/// The webhooks of an app from the start.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhooksSpec {
    /// Where they go: an `http` URL.
    pub target_url: String,
    /// How many requests are on their way at once.
    pub max_concurrent_requests: u32,
    /// What is told.
    pub subscriptions: Vec<SubscriptionSpec>,
}

impl Default for WebhooksSpec {
    fn default() -> Self {
        Self {
            target_url: String::new(),
            max_concurrent_requests: 10,
            subscriptions: Vec::new(),
        }
    }
}

/// What an app wants to hear of.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SubscriptionSpec {
    /// `contact.creation`, `object.propertyChange`, …
    pub event_type: String,
    /// For changes of a property: its name.
    pub property_name: Option<String>,
    /// For `object.…`: the type, `0-1`.
    pub object_type_id: Option<String>,
    /// `false`: nothing is told for now.
    pub active: bool,
}

impl Default for SubscriptionSpec {
    fn default() -> Self {
        Self {
            event_type: String::new(),
            property_name: None,
            object_type_id: None,
            active: true,
        }
    }
}
