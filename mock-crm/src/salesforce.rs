//! Salesforce, by resource.
//!
//! A request comes in by a door ([`rest`], [`bulk`], [`oauth`], [`soap`]), a resource ([`sobjects`], [`composite`],
//! [`query`], [`describe`])
//! parses it, asks the rules ([`records`], [`ownership`], [`assignment`], [`soql`]), and answers.

mod answer;
mod error;
mod login;
mod rest;
mod routes;
mod session;

mod bulk;
mod oauth;
mod soap;

mod composite;
mod describe;
mod query;
mod recent;
mod resources;
mod search;
mod sobjects;

mod assignment;
mod ownership;
mod paging;
mod principals;
mod records;
mod soql;
mod sosl;
mod values;

mod body;
mod org;
pub mod schema;
mod spec;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::response::IntoResponse;
use http::request::Parts;
use http::{Method, Response, StatusCode, header};
use parking_lot::Mutex;

use crate::clock::{Clock, Timestamp};
use crate::faults::Refusal;
use crate::identity::{Directory, TokenKind};
use crate::serve::{Server, Vendor};
use crate::tenant::log::Event;
use crate::tenant::{Crm, Hosted};

use session::Authorization;

pub use bulk::{BulkCode, BulkRefusal};
pub use error::{ApiError, Refused};
pub use oauth::demo_private_key;
pub use org::{Issued, Org, UnknownUser, UserIdentity};
pub use spec::{
    AppSpec, AssignmentRuleSpec, BulkInstants, CustomFieldSpec, CustomObjectSpec, DeletedRow,
    FieldType, NullOwner, OrgSpec, OwnerOnInsert, PermissionSpec, QueueOnUserOwned, QueueSpec,
    RecordSpec, SpecError, Switches, UserSpec,
};

/// The orgs of a server.
#[derive(Debug)]
pub struct Salesforce {
    /// What it shares with the other vendor.
    pub server: Arc<Server>,
    directory: Directory<Org>,
    codes: oauth::Codes,
    approvals: oauth::Approvals,
    /// Held while refresh tokens are counted, replaced or taken away.
    grants: Mutex<()>,
}

impl Salesforce {
    /// Salesforce without orgs.
    pub fn new(server: Arc<Server>) -> Self {
        Self {
            directory: Directory::new(server.issued_tokens.clone()),
            codes: oauth::Codes::default(),
            approvals: oauth::Approvals::default(),
            grants: Mutex::default(),
            server,
        }
    }

    /// Opens an org, on the server's clock or on its own, and issues the tokens that the specification asks for.
    ///
    /// # Errors
    /// Where the specification contradicts itself, names what is not there, or takes an id or host that another
    /// open org has.
    pub fn open(&self, spec: OrgSpec, clock: Option<Arc<Clock>>) -> Result<Arc<Org>, SpecError> {
        let surroundings = self.server.surroundings(clock);
        let (number, at) = (surroundings.number, surroundings.clock.now());
        let org = self.add(org::open(spec, at, surroundings)?)?;
        if let Some(log) = &org.tenant().log {
            log.append(&Event::Opened {
                number,
                at,
                // A specification has string keys only, so it is JSON.
                specification: serde_json::to_value(&org.spec).unwrap_or_default(),
            });
        }
        self.issue_of_spec(&org);
        Ok(org)
    }

    /// Opens an org again that the log has: the same ids, no new tokens, and nothing new in the log.
    ///
    /// # Errors
    /// As [`Salesforce::open`].
    pub fn reopen(&self, number: u32, at: Timestamp, spec: OrgSpec) -> Result<Arc<Org>, SpecError> {
        let surroundings = self.server.surroundings_again(number, None);
        self.add(org::open(spec, at, surroundings)?)
    }

    fn add(&self, org: Org) -> Result<Arc<Org>, SpecError> {
        if self.directory.tenant(org.id()).is_some() {
            return Err(SpecError::new(
                "id",
                format!("the org {} is open already", org.id()),
            ));
        }
        let host = org.own_host();
        if host.is_some()
            && self
                .directory
                .all()
                .iter()
                .any(|open| open.own_host() == host)
        {
            return Err(SpecError::new(
                "my_domain",
                "another open org has this host",
            ));
        }
        let org = Arc::new(org);
        self.directory.open(org.clone());
        Ok(org)
    }

    fn issue_of_spec(&self, org: &Arc<Org>) {
        for user in org.spec.users.iter().filter(|user| user.token) {
            if let Ok(id) = org.named(&user.name) {
                self.grant_pair(&authorization(org, id, org.spec.apps.first()));
            }
        }
    }

    /// Closes an org. Its tokens stay known as finished.
    pub fn close(&self, id: &str) -> Option<Arc<Org>> {
        Some(self.forget(self.directory.close(id)?))
    }

    /// Closes an org that the log says was closed: the way in at start.
    pub fn retire(&self, id: &str) -> Option<Arc<Org>> {
        Some(self.forget(self.directory.retire(id)?))
    }

    fn forget(&self, org: Arc<Org>) -> Arc<Org> {
        self.codes.forget(org.id());
        self.approvals.forget(org.id());
        org.jobs.close();
        org
    }

    /// Issues the tokens of an authorization of `user` for the app `client_id`, as the login page would.
    ///
    /// # Errors
    /// Where the org has no such user or app.
    pub fn issue(
        &self,
        org: &Arc<Org>,
        user: &str,
        client_id: &str,
    ) -> Result<Issued, UnknownUser> {
        let id = org.named(user)?;
        let app = org.app(client_id);
        let app = app.ok_or_else(|| UnknownUser(client_id.to_owned()))?;
        Ok(self.approve(&authorization(org, id, Some(app))))
    }

    /// The newest access and refresh token of a user of the org that still work.
    pub fn tokens_of(&self, org: &Org, user: &str) -> Option<Issued> {
        let id = org.named(user).ok()?;
        let tokens = self.directory.tokens_of(org.id());
        let newest = |kind| {
            let mut tokens = tokens.iter().rev();
            tokens
                .find(|token| {
                    token.grant.user == id && token.grant.kind == kind && token.check().is_ok()
                })
                .cloned()
        };
        Some(Issued {
            access: newest(TokenKind::Access)?,
            refresh: newest(TokenKind::Refresh)?,
        })
    }
}

/// All that the app may; without an app, a session of the org's own.
fn authorization(org: &Arc<Org>, user: Arc<str>, app: Option<&AppSpec>) -> Authorization {
    Authorization {
        org: org.clone(),
        user,
        client_id: app.map(|app| app.client_id.as_str().into()),
        scopes: app.map_or_else(
            || ["full".to_owned()].into(),
            |app| app.scopes.as_slice().into(),
        ),
    }
}

impl Vendor for Salesforce {
    type Tenant = Org;
    const CRM: Crm = Crm::Salesforce;

    fn directory(&self) -> &Directory<Org> {
        &self.directory
    }

    fn router(self: Arc<Self>) -> Router {
        routes::router(self)
    }

    fn token_text<'a>(&self, request: &'a Parts) -> Option<&'a str> {
        let Some(value) = request.headers.get(header::AUTHORIZATION) else {
            return bulk::session_header(request);
        };
        let value = value.to_str().ok()?;
        let (scheme, token) = value.split_once(' ')?;
        let known = ["Bearer", "OAuth"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(scheme));
        known.then(|| token.trim())
    }

    /// One client stores an address with a slash at the end and then sends two; several end their paths with one.
    fn route_path(&self, path: &str) -> Option<String> {
        let doubled = path.starts_with("//");
        let trailing = path.len() > 1 && path.ends_with('/');
        (doubled || trailing).then(|| format!("/{}", path.trim_matches('/')))
    }

    fn streams(&self, method: &Method, path: &str) -> bool {
        bulk::uploads(method, path)
    }

    fn refused(&self, refusal: Refusal, _path: &str) -> Response<Body> {
        let (error, retry_after) = match refusal {
            Refusal::RateLimit { retry_after } => (ApiError::RequestLimitExceeded, retry_after),
            Refusal::LockedRow => (ApiError::UnableToLockRow, None),
            Refusal::SearchLimit | Refusal::DailyLimit => (ApiError::RequestLimitExceeded, None),
            Refusal::Unavailable { retry_after } | Refusal::Migrating { retry_after } => {
                (ApiError::ServerUnavailable, retry_after)
            }
            // Not Salesforce's own answers, so they have no shape of its.
            Refusal::Gateway { status } => return bare(status),
            Refusal::UriTooLong => return bare(414),
            Refusal::ConcurrentLimit => (ApiError::ConcurrentLimitExceeded, None),
            Refusal::ApiDisabled | Refusal::NotPublic => (ApiError::ApiDisabledForOrg, None),
            Refusal::QueryTimeout => (ApiError::QueryTimeout, None),
            Refusal::QueryTooComplicated => (ApiError::QueryTooComplicated, None),
            Refusal::ServerError | Refusal::EmptyResults => {
                let id = format!("{}-{}", self.server.random_seed, self.server.panics().len());
                (ApiError::Unknown { id }, None)
            }
        };
        let mut response = error.into_response();
        if let Some(seconds) = retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// An answer without a body.
fn bare(status: u16) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    response
}
