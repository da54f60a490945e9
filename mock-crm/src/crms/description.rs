//! The form in which orgs and portals are described: what `--json` prints and `GET /orgs` answers.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::identity::TokenKind;

/// A Salesforce org.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct OrgDescription {
    /// The 18-character id.
    pub org: String,
    /// What it is called.
    pub name: String,
    /// Its first connected app, which the tokens are of.
    pub app: Option<ConnectedApp>,
    /// Its users, in the order of the specification.
    pub users: Vec<OrgUser>,
}

/// A connected app.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct ConnectedApp {
    /// The consumer key.
    pub client_id: String,
    /// The consumer secret.
    pub client_secret: String,
    /// The user name as whom client credentials act; `null`: the app has no such flow.
    pub run_as: Option<String>,
    /// Where the private half of the key pair is that mock-crm brings along, if the app's assertions are signed with
    /// that one and the program has put it into a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_key_file: Option<PathBuf>,
    /// Assertions are signed with the key pair that mock-crm brings along.
    #[serde(skip)]
    pub demo_key: bool,
}

/// A user of an org.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct OrgUser {
    /// First and last name.
    pub name: String,
    /// The 18-character id.
    pub id: String,
    /// What the user logs in with.
    pub username: String,
    /// For SOAP login, the password grant and the login page.
    pub password: String,
    /// An access token, where one was issued.
    pub token: Option<String>,
    /// What the ledger calls it.
    pub token_id: Option<String>,
    /// The refresh token it was issued with.
    pub refresh_token: Option<String>,
}

/// A HubSpot portal.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PortalDescription {
    /// The hub id.
    pub portal: u32,
    /// What it is called.
    pub name: String,
    /// Its first public app, which the tokens are of.
    pub app: Option<PublicApp>,
    /// Its users, in the order of the specification.
    pub users: Vec<PortalUser>,
    /// Its private apps, with a token each.
    pub private_apps: Vec<PrivateApp>,
    /// Its service keys.
    pub service_keys: Vec<PrivateApp>,
    /// Owners that are no users: queues, and people whom a sync brought in.
    pub other_owners: Vec<OtherOwner>,
}

/// A private app or a service key.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PrivateApp {
    /// Its number, which the ledger and its records carry.
    pub app_id: u32,
    /// Its name.
    pub name: String,
    /// The name of the user as whom it acts.
    pub user: Option<String>,
    /// The token, as long as it works.
    pub token: Option<String>,
    /// What the ledger calls it.
    pub token_id: Option<String>,
}

/// An owner that is no user.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct OtherOwner {
    /// What it is called.
    pub name: String,
    /// The owner id.
    pub owner_id: String,
}

/// A public app.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PublicApp {
    /// Its number.
    pub app_id: u32,
    /// OAuth client id.
    pub client_id: String,
    /// OAuth client secret.
    pub client_secret: String,
}

/// A user of a portal.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct PortalUser {
    /// First and last name.
    pub name: String,
    /// The user id.
    pub user_id: u32,
    /// The owner id, which is another number; `null` for a user who can't own records.
    pub owner_id: Option<String>,
    /// `false`: deactivated, and the owner is archived.
    pub active: bool,
    /// The e-mail address.
    pub email: Option<String>,
    /// An access token for the first app, where one was issued; else that of a private app or service key of theirs.
    pub token: Option<String>,
    /// What the ledger calls it.
    pub token_id: Option<String>,
    /// The refresh token it was issued with.
    pub refresh_token: Option<String>,
}

/// A token that was issued, by its id: never its text.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TokenDescription {
    /// What the ledger calls it.
    pub token: String,
    /// What it is.
    pub kind: TokenKind,
    /// The user it acts as.
    pub user: String,
    /// The app it was issued to.
    pub app: Option<String>,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// The refresh token that it hangs on.
    pub refresh: Option<String>,
    /// Whether it works now, as far as that is the token's doing.
    pub works: bool,
    /// When it was issued.
    pub issued_at: String,
    /// When it stops working by itself.
    pub expires_at: Option<String>,
}
