//! Issuing and ending tokens from outside.

use serde::{Deserialize, Serialize};

use super::Crms;
use super::filter::canonical;
use crate::hubspot::App;
use crate::identity::{Directory, End, Session};
use crate::serve::Vendor;
use crate::tenant::{Crm, Hosted};

/// An access token and its refresh token, with texts and ids.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct IssuedTokens {
    /// What a client sends.
    pub token: String,
    /// What the ledger calls it.
    pub token_id: String,
    /// What a client sends to get another.
    pub refresh_token: String,
    /// What the ledger calls that one.
    pub refresh_token_id: String,
}

impl Crms {
    /// Ends a token before its time, whosever it is; `false` where no open org or portal has it.
    pub fn end_token(&self, token: &str, end: End) -> bool {
        ended(self.salesforce.directory(), token, end)
            || ended(self.hubspot.directory(), token, end)
    }

    /// Issues tokens of an app to a user. `client_id`: left out, that of the first app.
    ///
    /// # Errors
    /// What is not there: the org, the user, the app.
    pub fn issue(
        &self,
        org: &str,
        user: &str,
        client_id: Option<&str>,
    ) -> Result<IssuedTokens, String> {
        if let Some(org) = self
            .salesforce
            .directory()
            .tenant(&canonical(Crm::Salesforce, org))
        {
            let first = org.spec.apps.first().map(|app| &*app.client_id);
            let client_id = client_id.or(first).unwrap_or_default();
            let issued = self.salesforce.issue(&org, user, client_id);
            let issued = issued.map_err(|error| error.to_string())?;
            return Ok(described(&issued.access, &issued.refresh));
        }
        let portal = self.hubspot.directory().tenant(org);
        let portal = portal.ok_or_else(|| format!("no org or portal {org} is open"))?;
        let first = portal.apps().iter().find_map(App::client_id);
        let client_id = client_id.or(first).unwrap_or_default();
        let issued = self.hubspot.issue(&portal, user, client_id);
        let issued = issued.map_err(|error| error.to_string())?;
        Ok(described(&issued.access, &issued.refresh))
    }
}

fn described<T>(access: &Session<T>, refresh: &Session<T>) -> IssuedTokens {
    IssuedTokens {
        token: access.grant.text.to_string(),
        token_id: access.grant.id.to_string(),
        refresh_token: refresh.grant.text.to_string(),
        refresh_token_id: refresh.grant.id.to_string(),
    }
}

fn ended<T: Hosted>(directory: &Directory<T>, token: &str, end: End) -> bool {
    for tenant in directory.all() {
        let tokens = directory.tokens_of(&tenant.tenant().id);
        if let Some(named) = tokens.iter().find(|issued| &*issued.grant.id == token) {
            directory.end(named, end);
            return true;
        }
    }
    false
}
