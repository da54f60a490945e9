//! HubSpot, by resource.
//!
//! A call goes through [`route`] and [`admission`] (who calls, and may they) to a resource: [`objects`], [`associations`],
//! [`owners`], [`users`], [`properties`], [`schemas`], [`pipelines`], [`account`], [`oauth`], [`webhooks`]. Every refusal is a
//! [`refusal::ApiError`].
//!
//! People and definitions are in [`setup`]: a call keeps the snapshot of its start. Records are in the store of the tenant.
//!
//! Created By is decided in `objects/write.rs`, from the token and from nothing else; what HubSpot shows of it, in
//! `facts.rs`. The owner is what the request names, or nobody.

mod account;
mod admission;
pub mod app;
mod associations;
mod call;
mod catalog;
mod dispatch;
mod facts;
mod form;
mod limits;
mod oauth;
mod objects;
mod owners;
pub mod people;
mod pipelines;
mod played;
pub mod portal;
mod properties;
mod refusal;
mod route;
mod schemas;
mod setup;
pub mod spec;
mod stored;
pub mod tokens;
mod users;
pub mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::request::Parts;
use http::{Response, header};

use crate::clock::{Clock, Timestamp};
use crate::faults::Refusal;
use crate::identity::{Directory, Session};
use crate::ids::Entropy;
use crate::serve::{Server, Vendor};
use crate::tenant::log::Event;
use crate::tenant::{Crm, Hosted};
use spec::SpecError;

pub use app::App;
pub use people::Person;
pub use portal::Portal;
pub use spec::PortalSpec;
pub use tokens::{IssueError, Issued};

/// The portals of a server.
#[derive(Debug)]
pub struct Hubspot {
    /// What it shares with the other vendor.
    pub server: Arc<Server>,
    directory: Directory<Portal>,
    codes: oauth::Codes,
    /// For answers that belong to no portal.
    entropy: Entropy,
}

impl Hubspot {
    /// HubSpot without portals.
    pub fn new(server: Arc<Server>) -> Self {
        Self {
            directory: Directory::new(server.issued_tokens.clone()),
            codes: oauth::Codes::default(),
            entropy: Entropy::new(server.random_seed, 0),
            server,
        }
    }

    /// Opens a portal, with the tokens of its private apps and of its users that have `token: true`.
    ///
    /// # Errors
    /// Where the specification contradicts itself or the portal number is taken.
    pub fn open(
        &self,
        spec: PortalSpec,
        clock: Option<Arc<Clock>>,
    ) -> Result<Arc<Portal>, SpecError> {
        let surroundings = self.server.surroundings(clock);
        let (number, at) = (surroundings.number, surroundings.clock.now());
        let portal = portal::open(&spec, at, surroundings)?;
        self.refuse_taken(&portal)?;
        self.refuse_key(spec.developer_api_key.as_deref())?;
        if let Some(log) = &portal.tenant().log {
            log.append(&Event::Opened {
                number,
                at,
                // A specification is plain data, so it can be written.
                specification: serde_json::to_value(&spec).unwrap_or_default(),
            });
        }
        let portal = self.begun(portal);
        self.issue_first_tokens(&portal, &spec);
        Ok(portal)
    }

    /// Opens a portal again as it was opened: same ids, nothing logged, no tokens issued. The way in for the durable log.
    ///
    /// # Errors
    /// As [`Hubspot::open`].
    pub fn reopen(
        &self,
        number: u32,
        at: Timestamp,
        spec: PortalSpec,
    ) -> Result<Arc<Portal>, SpecError> {
        let surroundings = self.server.surroundings_again(number, None);
        let portal = portal::open(&spec, at, surroundings)?;
        self.refuse_taken(&portal)?;
        Ok(self.begun(portal))
    }

    /// Closes a portal. Its tokens stay known as finished.
    pub fn close(&self, id: &str) -> Option<Arc<Portal>> {
        self.server.faults.remove_of(id);
        let portal = self.directory.close(id)?;
        self.codes.forget(&portal);
        portal.feed().close();
        Some(portal)
    }

    /// The tokens of a portal, in the order in which they were issued.
    pub fn tokens(&self, portal: &Portal) -> Vec<Session<Portal>> {
        self.directory.tokens_of(portal.tenant_id())
    }

    /// Makes a portal known, and lets its webhooks begin.
    fn begun(&self, portal: Portal) -> Arc<Portal> {
        let portal = Arc::new(portal);
        portal.feed().begin(&portal, &self.server);
        portal.tenant().write().observe(portal.feed().clone());
        self.directory.open(portal.clone());
        portal
    }

    /// A developer API key says which portal is meant, so no two can have the same one.
    fn refuse_key(&self, key: Option<&str>) -> Result<(), SpecError> {
        let problem = match key {
            None => return Ok(()),
            Some("") => "empty",
            Some(_) => {
                let open = self.directory.all();
                let mut keys = open
                    .iter()
                    .map(|portal| portal.developer_api_key.as_deref());
                match keys.any(|other| other == key) {
                    false => return Ok(()),
                    true => "the key of another portal",
                }
            }
        };
        let hint = "give each portal a key of its own, or leave it out";
        Err(SpecError::new("developer_api_key", problem, hint))
    }

    fn refuse_taken(&self, portal: &Portal) -> Result<(), SpecError> {
        match self.directory.tenant(portal.tenant_id()) {
            None => Ok(()),
            Some(_) => Err(SpecError::new(
                "id",
                format!("portal {} is open already", portal.hub_id),
                "choose another number, or leave it out",
            )),
        }
    }
}

impl Vendor for Hubspot {
    type Tenant = Portal;
    const CRM: Crm = Crm::Hubspot;

    fn directory(&self) -> &Directory<Portal> {
        &self.directory
    }

    fn router(self: Arc<Self>) -> Router {
        // One set of endpoints stands behind five generations of paths, so paths are read in `route`, not by the router.
        Router::new().fallback(dispatch::answer).with_state(self)
    }

    fn token_text<'a>(&self, request: &'a Parts) -> Option<&'a str> {
        let value = request.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        let (scheme, token) = value.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then_some(token.trim())
    }

    fn route_path(&self, _path: &str) -> Option<String> {
        // Trailing slashes and versions are no matter to `route`.
        None
    }

    fn refused(&self, refusal: Refusal, path: &str) -> Response<Body> {
        played::answer(refusal, path, &self.entropy.uuid(), self.server.clock.now())
    }
}
