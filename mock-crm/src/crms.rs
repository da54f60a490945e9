//! Both vendors and what they share, without sockets: what can be asked about all of them at once.
//!
//! The control API is a thin layer over this; a Rust test asks here directly.

mod changes;
mod creates;
mod description;
mod filter;
mod orgs;
mod replay;
mod requests;
mod tokens;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use changes::{ChangeQuery, Changes};
pub use creates::{CreateQuery, Creates};
pub use description::{
    ConnectedApp, OrgDescription, OrgUser, OtherOwner, PortalDescription, PortalUser, PrivateApp,
    PublicApp, TokenDescription,
};
pub use requests::{RequestLookup, RequestQuery, Requests};
pub use tokens::IssuedTokens;

use crate::hubspot::Hubspot;
use crate::salesforce::Salesforce;
use crate::serve::{Server, Vendor};
use crate::tenant::{Crm, Hosted};

/// The orgs, the portals, and the server they are on.
#[derive(Clone, Debug)]
pub struct Crms {
    /// The orgs.
    pub salesforce: Arc<Salesforce>,
    /// The portals.
    pub hubspot: Arc<Hubspot>,
    /// What both share: ledger numbering, faults, panics, stray requests.
    pub server: Arc<Server>,
}

/// Which rows come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// In the order in which they were written: for reading on from `after`.
    #[default]
    Oldest,
    /// The last one first: for "the newest 50".
    Newest,
}

/// Rows of an answer where the query does not say.
pub const DEFAULT_LIMIT: usize = 1_000;

impl Crms {
    /// No orgs and no portals yet, on `server`.
    pub fn new(server: Arc<Server>) -> Self {
        Self {
            salesforce: Arc::new(Salesforce::new(server.clone())),
            hubspot: Arc::new(Hubspot::new(server.clone())),
            server,
        }
    }

    /// The open orgs and portals that a query is about, in the order of their numbers.
    pub fn hosted(&self, crm: Option<Crm>, org: Option<&str>) -> Vec<Arc<dyn Hosted>> {
        let mut hosted: Vec<Arc<dyn Hosted>> = Vec::new();
        if crm != Some(Crm::Hubspot) {
            let orgs = self.salesforce.directory().all();
            hosted.extend(orgs.into_iter().map(|org| org as Arc<dyn Hosted>));
        }
        if crm != Some(Crm::Salesforce) {
            let portals = self.hubspot.directory().all();
            hosted.extend(portals.into_iter().map(|portal| portal as Arc<dyn Hosted>));
        }
        if let Some(wanted) = org {
            hosted.retain(|hosted| {
                let tenant = hosted.tenant();
                *filter::canonical(tenant.crm, wanted) == *tenant.id
            });
        }
        hosted.sort_by_key(|hosted| hosted.tenant().number);
        hosted
    }

    /// Closes an org or portal and takes its faults away; `None` where it is not open.
    pub fn close(&self, org: &str) -> Option<()> {
        let hosted = self.hosted(None, Some(org));
        let tenant = hosted.first()?.tenant();
        self.server.faults.remove_of(&tenant.id);
        match tenant.crm {
            Crm::Salesforce => self.salesforce.close(&tenant.id).map(drop),
            Crm::Hubspot => self.hubspot.close(&tenant.id).map(drop),
        }
    }
}
