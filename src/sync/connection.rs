//! Talking to one CRM with one login, and keeping that login alive.

use super::failure::Failure;
use super::patience::{Target, insist};
use super::request::{Answer, Request};
use super::sessions::Shelf;
use super::{
    Apps, Batches, HubspotApp, Policy, Recognition, Refresh, SalesforceApp, Sleeper, Sync, Tokens,
    hubspot, salesforce,
};
use crate::apollo::{Credential, Crm};
use reqwest::StatusCode;

/// One login in use. Holds no other, so no request can go out with a colleague's.
#[derive(Debug)]
pub(super) struct Connection<'a> {
    pub(super) apps: &'a Apps,
    http: &'a reqwest::Client,
    pub(super) sleeper: &'a dyn Sleeper,
    pub(super) batches: Batches,
    pub(super) recognition: Recognition,
    policy: &'a Policy,
    shelf: &'a mut Shelf,
    credential: &'a mut Credential,
    access_token: String,
    refreshed: bool,
}

/// The tokens that a refresh brought.
#[derive(Debug)]
pub(super) struct Renewed {
    pub(super) access_token: String,
    /// Where refresh tokens rotate, the next one; the old one is dead.
    pub(super) refresh_token: Option<String>,
}

impl<'a> Connection<'a> {
    pub(super) fn new(sync: &'a mut Sync, credential: &'a mut Credential) -> Self {
        let mut connection = Connection {
            apps: &sync.apps,
            http: &sync.http,
            sleeper: &*sync.sleeper,
            policy: &sync.policy,
            shelf: &mut sync.shelf,
            access_token: credential.grant.access_token.clone(),
            batches: sync.policy.batches,
            recognition: sync.policy.recognition,
            credential,
            refreshed: false,
        };
        if connection.policy.sessions.tokens == Tokens::FirstAtAddress {
            connection.take_the_first(&connection.token_address());
        }
        connection
    }

    /// The same, for writing a record.
    pub(super) fn to_write(sync: &'a mut Sync, credential: &'a mut Credential) -> Self {
        let mut connection = Connection::new(sync, credential);
        if connection.policy.sessions.tokens == Tokens::OfTheFirstWriter {
            connection.take_the_first(&connection.credential.crm.to_string());
        }
        connection
    }

    fn take_the_first(&mut self, key: &str) {
        self.access_token = self.shelf.first(key, &self.access_token);
    }

    /// Where the CRM issues tokens: the same for everybody.
    fn token_address(&self) -> String {
        self.base(false).unwrap_or_default()
    }

    /// Sends with this login; a dead access token is refreshed once.
    pub(super) async fn call(&mut self, request: &Request) -> Result<Answer, Failure> {
        let answer = self.send(request, true).await?;
        if !says_token_is_dead(&answer) {
            return Ok(answer);
        }
        self.renew().await?;
        let answer = self.send(request, true).await?;
        match says_token_is_dead(&answer) {
            true => Err(self.dead("the CRM refuses the token that it has just issued")),
            false => Ok(answer),
        }
    }

    /// Sends without a bearer token: to the token endpoints, which want the app's secret.
    pub(super) async fn call_as_app(&self, request: &Request) -> Result<Answer, Failure> {
        self.send(request, false).await
    }

    /// Replaces the access token; once for all that this connection does.
    pub(super) async fn renew(&mut self) -> Result<(), Failure> {
        let Some(refresh_token) = self.credential.grant.refresh_token.clone() else {
            return Err(self.dead("the access token is dead, and there is no refresh token"));
        };
        if self.refreshed || self.policy.refresh == Refresh::Never {
            return Err(self.dead("the access token is dead"));
        }
        self.refreshed = true;
        if let Some(token) = self.renewed_for_anybody() {
            self.access_token = token;
            return Ok(());
        }
        let renewed = match self.credential.crm {
            Crm::Salesforce => salesforce::renew(self, &refresh_token).await?,
            Crm::Hubspot => hubspot::renew(self, &refresh_token).await?,
        };
        self.access_token = renewed.access_token;
        let address = self.token_address();
        self.shelf.file(&address, &self.access_token);
        if self.policy.refresh == Refresh::Kept {
            self.credential.grant.access_token = self.access_token.clone();
            self.credential.grant.refresh_token = renewed.refresh_token.or(Some(refresh_token));
        }
        Ok(())
    }

    /// A token that a refresh at the same address has brought, whoever's refresh it was.
    fn renewed_for_anybody(&self) -> Option<String> {
        let shared = self.policy.sessions.tokens == Tokens::RenewedAtAddress;
        shared
            .then(|| self.shelf.other(&self.token_address(), &self.access_token))
            .flatten()
    }

    /// Reads the answer to a refresh: 4xx means that the CRM no longer knows the login, or the user behind it is gone.
    pub(super) fn read_renewal(&self, answer: &Answer) -> Result<Renewed, Failure> {
        if answer.status.is_client_error() {
            let why = ["/error_description", "/message", "/error"]
                .iter()
                .find_map(|pointer| answer.text(pointer));
            return Err(self.dead(why.unwrap_or("the refresh was refused")));
        }
        let refresh_token = answer.text("/refresh_token").map(str::to_owned);
        Ok(Renewed {
            access_token: answer.expect_text("/access_token")?,
            refresh_token,
        })
    }

    pub(super) fn salesforce(&self) -> Result<&'a SalesforceApp, Failure> {
        self.apps
            .salesforce
            .as_ref()
            .ok_or_else(|| not_set_up(Crm::Salesforce))
    }

    pub(super) fn hubspot(&self) -> Result<&'a HubspotApp, Failure> {
        self.apps
            .hubspot
            .as_ref()
            .ok_or_else(|| not_set_up(Crm::Hubspot))
    }

    pub(super) fn access_token(&self) -> &str {
        &self.access_token
    }

    pub(super) fn dead(&self, why: &str) -> Failure {
        Failure::CredentialDead {
            why: format!(
                "the {} login of {} cannot be used: {why}",
                self.credential.crm, self.credential.holder
            ),
        }
    }

    async fn send(&self, request: &Request, with_token: bool) -> Result<Answer, Failure> {
        let token = with_token.then_some(self.access_token.as_str());
        let base = self.base(with_token)?;
        let target = Target {
            http: self.http,
            sleeper: self.sleeper,
            base,
            token,
            waits_for_locks: self.batches != Batches::LockedGivenUp,
        };
        let patience = self.policy.patience;
        match insist(request, &target, patience).await {
            Err(Failure::CredentialDead { why }) => Err(self.dead(&why)),
            answered => answered,
        }
    }

    fn base(&self, with_token: bool) -> Result<String, Failure> {
        match self.credential.crm {
            Crm::Hubspot => Ok(self.hubspot()?.url.clone()),
            Crm::Salesforce if with_token => {
                let instance_url = self.credential.grant.instance_url.as_ref();
                Ok(instance_url
                    .unwrap_or(&self.salesforce()?.instance_url)
                    .clone())
            }
            Crm::Salesforce => Ok(self.salesforce()?.login_url.clone()),
        }
    }
}

/// 401 in both CRMs; Salesforce's userinfo says it in words, with 403.
fn says_token_is_dead(answer: &Answer) -> bool {
    let words = answer.body.as_str().unwrap_or_default();
    answer.status == StatusCode::UNAUTHORIZED
        || (answer.status == StatusCode::FORBIDDEN && words.contains("Bad_OAuth_Token"))
}

fn not_set_up(crm: Crm) -> Failure {
    Failure::Unavailable {
        message: format!("{crm} is not set up"),
    }
}
