//! The reference sync client: which credential, which owner, then HTTP.
//!
//! `documents` is the policy of the two editions, in the order in which they say it; `choice` turns it into one decision; everything
//! else carries decisions out. Knows neither the mocks nor the suite: all it has of a CRM is a URL and tokens.

mod app;
mod batches;
mod choice;
mod documents;
mod policy;

mod connection;
mod delivery;
mod failure;
mod hubspot;
mod job;
mod links;
mod login;
mod look_up;
mod outcome;
mod patience;
mod plan;
mod push;
mod recognition;
mod request;
mod salesforce;
mod sessions;
mod sleeper;
mod write;

pub use app::{Apps, HubspotApp, SalesforceApp};
pub use batches::{Batches, BulkDoor};
pub use choice::{Availability, Case, Decision, Found, Owner, Step, Verb, Whose, decide};
pub use login::{Candidate, Identity, Permission};
pub use look_up::LookUp;
pub use outcome::{Outcome, Reason};
pub use policy::{Acting, Creates, Moment, Patience, Policy, Ranked, Refresh};
pub use recognition::Recognition;
pub use sessions::{Links, Memory, Sessions, Tokens};
pub use sleeper::{NoSleeper, Sleeper, TokioSleeper};
pub use write::{Change, Write};

pub use app::SetupError;
pub use job::Push;

use crate::apollo::CredentialId;
use std::collections::HashMap;
use std::sync::Arc;

/// The client. Remembers what it has learnt about each login, and nothing about any other.
#[derive(Debug)]
pub struct Sync {
    policy: Policy,
    sleeper: Arc<dyn Sleeper>,
    apps: Apps,
    http: reqwest::Client,
    logins: HashMap<CredentialId, login::Login>,
    shelf: sessions::Shelf,
}

impl Sync {
    /// A client for these CRMs that trusts `ca_file` alone, or, without one, what the machine trusts.
    pub fn new(policy: Policy, sleeper: Arc<dyn Sleeper>, apps: Apps) -> Result<Self, SetupError> {
        let http = apps.http_client()?;
        Ok(Sync {
            policy,
            sleeper,
            apps,
            http,
            logins: HashMap::new(),
            shelf: sessions::Shelf::default(),
        })
    }
}

#[cfg(test)]
mod tests;
