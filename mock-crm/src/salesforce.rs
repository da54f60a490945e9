//! Salesforce, by resource.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::request::Parts;
use http::{Response, StatusCode, header};

use crate::faults::Refusal;
use crate::identity::Directory;
use crate::serve::{Server, Vendor};
use crate::tenant::{Crm, Hosted, Tenant};

/// The orgs of a server.
#[derive(Debug)]
pub struct Salesforce {
    /// What it shares with the other vendor.
    pub server: Arc<Server>,
    directory: Directory<Org>,
}

/// One org.
#[derive(Debug)]
pub struct Org {
    tenant: Tenant,
}

impl Hosted for Org {
    fn tenant(&self) -> &Tenant {
        &self.tenant
    }
}

impl Salesforce {
    /// Salesforce without orgs.
    pub fn new(server: Arc<Server>) -> Self {
        Self {
            directory: Directory::new(server.issued_tokens.clone()),
            server,
        }
    }
}

impl Vendor for Salesforce {
    type Tenant = Org;
    const CRM: Crm = Crm::Salesforce;

    fn directory(&self) -> &Directory<Org> {
        &self.directory
    }

    fn router(self: Arc<Self>) -> Router {
        Router::new()
    }

    fn token_text<'a>(&self, request: &'a Parts) -> Option<&'a str> {
        request
            .headers
            .get(header::AUTHORIZATION)?
            .to_str()
            .ok()?
            .strip_prefix("Bearer ")
    }

    fn route_path(&self, _path: &str) -> Option<String> {
        None
    }

    fn refused(&self, _refusal: Refusal) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        response
    }
}
