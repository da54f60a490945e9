//! HubSpot, by resource.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::request::Parts;
use http::{Response, StatusCode, header};

use crate::faults::Refusal;
use crate::identity::Directory;
use crate::serve::{Server, Vendor};
use crate::tenant::{Crm, Hosted, Tenant};

/// The portals of a server.
#[derive(Debug)]
pub struct Hubspot {
    /// What it shares with the other vendor.
    pub server: Arc<Server>,
    directory: Directory<Portal>,
}

/// One portal.
#[derive(Debug)]
pub struct Portal {
    tenant: Tenant,
}

impl Hosted for Portal {
    fn tenant(&self) -> &Tenant {
        &self.tenant
    }
}

impl Hubspot {
    /// HubSpot without portals.
    pub fn new(server: Arc<Server>) -> Self {
        Self {
            directory: Directory::new(server.issued_tokens.clone()),
            server,
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
