//! How many calls apps may make.

use serde::{Deserialize, Serialize};

/// Rate limits of a portal: HubSpot's usual ones, which only count where `enforce` is set.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct RateLimits {
    /// Whether calls above the limits are refused. Off by default, so that tests are not about limits unless they say so.
    pub enforce: bool,
    /// Calls of an OAuth app in ten seconds: 110, as HubSpot documents.
    pub oauth_app: u32,
    /// Calls of a private app in ten seconds: 100 in smaller subscriptions, 190 in larger ones.
    pub private_app: u32,
    /// Calls of all private apps in a day: 250,000 in the smallest subscription.
    pub daily: u32,
    /// Searches of all apps in a second: 5.
    pub search_per_second: u32,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            enforce: false,
            oauth_app: 110,
            private_app: 100,
            daily: 250_000,
            search_per_second: 5,
        }
    }
}
