//! CRM logins: personal ones, one a user and CRM, and team sync's, one a CRM.

use super::{Crm, UserId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a CRM's OAuth answer gave. Tokens never show in `Debug`.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The bearer token.
    pub access_token: String,
    /// Renews the access token. Without it a dead token is the end of the login.
    #[serde(default)]
    pub refresh_token: Option<String>,
    /// Salesforce only: where the org answers.
    #[serde(default)]
    pub instance_url: Option<String>,
    /// Life of the access token in seconds, counted from the grant.
    #[serde(default)]
    pub expires_in: Option<u64>,
}

/// Whose login it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Personal credentials.
    User(UserId),
    /// The connection of the whole team.
    TeamSync,
}

/// One act of connecting. Never reused, so that whatever was learnt about a login is forgotten when it is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId(u64);

/// A connected login.
#[derive(Clone, Debug)]
pub struct Credential {
    /// This connection.
    pub id: CredentialId,
    /// Where it is valid, and nowhere else.
    pub crm: Crm,
    /// Who connected it.
    pub holder: Holder,
    /// Its tokens, replaced when they are refreshed.
    pub grant: Grant,
}

/// Every connected login, in the order in which they were connected.
#[derive(Debug, Default)]
pub struct Credentials {
    connected: Vec<Credential>,
    connected_so_far: u64,
}

impl Credentials {
    /// Connects a login in place of the holder's earlier one.
    pub fn connect(&mut self, crm: Crm, holder: Holder, grant: Grant) -> CredentialId {
        self.disconnect(crm, &holder);
        self.connected_so_far += 1;
        let id = CredentialId(self.connected_so_far);
        self.connected.push(Credential {
            id,
            crm,
            holder,
            grant,
        });
        id
    }

    /// Forgets a login. Whether there was one.
    pub fn disconnect(&mut self, crm: Crm, holder: &Holder) -> bool {
        let before = self.connected.len();
        self.connected
            .retain(|credential| credential.crm != crm || credential.holder != *holder);
        self.connected.len() < before
    }

    /// The login that this holder has connected.
    pub fn held_by(&self, crm: Crm, holder: &Holder) -> Option<&Credential> {
        self.connected
            .iter()
            .find(|credential| credential.crm == crm && credential.holder == *holder)
    }

    /// The personal login of a user.
    pub fn of_user(&self, crm: Crm, user: &UserId) -> Option<&Credential> {
        self.held_by(crm, &Holder::User(user.clone()))
    }

    /// The personal logins of one CRM, the first connected first.
    pub fn personal(&self, crm: Crm) -> impl Iterator<Item = &Credential> {
        self.connected.iter().filter(move |credential| {
            credential.crm == crm && credential.holder != Holder::TeamSync
        })
    }

    /// All of them, to replace their tokens.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Credential> {
        self.connected.iter_mut()
    }

    /// A login by its id, while it is connected.
    pub fn get(&self, id: CredentialId) -> Option<&Credential> {
        self.connected.iter().find(|credential| credential.id == id)
    }

    /// The same, to replace its tokens.
    pub fn get_mut(&mut self, id: CredentialId) -> Option<&mut Credential> {
        self.connected
            .iter_mut()
            .find(|credential| credential.id == id)
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("refreshable", &self.refresh_token.is_some())
            .field("instance_url", &self.instance_url)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Holder::User(user) => write!(f, "user {user}"),
            Holder::TeamSync => f.write_str("team sync"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(token: &str) -> Grant {
        Grant {
            access_token: token.into(),
            refresh_token: Some("secret".into()),
            instance_url: None,
            expires_in: None,
        }
    }

    #[test]
    fn a_link_is_per_crm_and_relinking_gives_a_new_id() {
        let mut credentials = Credentials::default();
        let dana = Holder::User(UserId("dana".into()));

        let first = credentials.connect(Crm::Salesforce, dana.clone(), grant("one"));
        let second = credentials.connect(Crm::Salesforce, dana.clone(), grant("two"));

        assert!(credentials.get(first).is_none());
        assert_eq!(
            credentials
                .held_by(Crm::Salesforce, &dana)
                .map(|held| held.id),
            Some(second)
        );
        assert!(credentials.held_by(Crm::Hubspot, &dana).is_none());
    }

    #[test]
    fn debug_shows_no_token() {
        let shown = format!("{:?}", grant("00D!abc"));

        assert!(
            !shown.contains("00D!abc") && !shown.contains("secret"),
            "{shown}"
        );
    }
}
