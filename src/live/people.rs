//! Users of a live CRM who play the people of features.

use std::fmt;

/// A user of a live CRM.
#[derive(Clone, Debug)]
pub struct LiveUser {
    /// First and last name.
    pub name: String,
    /// Salesforce: 18 characters. HubSpot: the user id.
    pub user_id: String,
    /// What names the user as an owner; `None`: HubSpot has users who own nothing.
    pub owner_id: Option<String>,
    /// The e-mail address.
    pub email: String,
    /// What a login is linked with; without an access token, no login of theirs can be linked.
    pub tokens: Tokens,
}

/// Tokens of one user for the app of the target file. Never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// For calls.
    pub access_token: Option<String>,
    /// For the token endpoint.
    pub refresh_token: Option<String>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}

impl Tokens {
    /// Whether there is any.
    pub(super) fn any(&self) -> bool {
        self.access_token.is_some() || self.refresh_token.is_some()
    }
}
