//! Whose login a grant is: a person needs a name to log in with, and the CRM tells it to whoever has the token.

use serde_json::Value;

use super::desk::Desk;
use crate::sut::{Crm, Grant};

/// Whom to log in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Login {
    /// What is typed where the CRM asks who it is.
    pub(super) user_name: String,
    /// The name that is shown, where the CRM tells it.
    pub(super) name: Option<String>,
}

impl Desk {
    /// `None`: the CRM doesn't say.
    pub(super) async fn whose(&self, crm: Crm, url: &str, grant: &Grant) -> Option<Login> {
        let address = match crm {
            Crm::Salesforce => {
                let instance = grant.instance_url.as_deref().unwrap_or(url);
                format!(
                    "{}/services/oauth2/userinfo",
                    instance.trim_end_matches('/')
                )
            }
            Crm::Hubspot => format!(
                "{}/oauth/v1/access-tokens/{}",
                url.trim_end_matches('/'),
                grant.access_token
            ),
        };
        let request = self.http.get(address).bearer_auth(&grant.access_token);
        let answer = request.send().await.ok()?;
        let facts: Value = answer.error_for_status().ok()?.json().await.ok()?;
        let text = |name: &str| facts[name].as_str().map(str::to_owned);
        match crm {
            Crm::Salesforce => Some(Login {
                user_name: text("preferred_username")?,
                name: text("name"),
            }),
            Crm::Hubspot => Some(Login {
                user_name: text("user")?,
                name: None,
            }),
        }
    }
}
