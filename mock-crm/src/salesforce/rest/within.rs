//! Calls inside a call: what each of them inherits.

use axum::body::Body;
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderValue, Request, header};

use super::Caller;
use crate::identity::Session;
use crate::salesforce::assignment::AutoAssign;
use crate::salesforce::error::ApiError;
use crate::salesforce::org::Org;
use crate::serve::Scheme;

/// A call that others are made inside of.
#[derive(Debug)]
pub(in crate::salesforce) struct Outer {
    pub(in crate::salesforce) caller: Caller,
    host: Option<HeaderValue>,
    scheme: Scheme,
}

/// The call around a call, in the extensions of each one that is made inside.
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Within {
    pub(super) session: Session<Org>,
    pub(super) request: u64,
    pub(super) auto_assign: AutoAssign,
    pub(super) door: &'static str,
    host: Option<HeaderValue>,
    scheme: Scheme,
}

impl<S: Sync> FromRequestParts<S> for Outer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        Ok(Self {
            host: host(parts),
            scheme: parts.extensions.get().copied().unwrap_or_default(),
            caller: Caller::from_request_parts(parts, state).await?,
        })
    }
}

/// Where the call came to, which an absolute address says instead of the header.
fn host(parts: &Parts) -> Option<HeaderValue> {
    let authority = || HeaderValue::from_str(parts.uri.authority()?.as_str()).ok();
    parts.headers.get(header::HOST).cloned().or_else(authority)
}

impl Outer {
    /// What calls inside this one inherit; the ledger knows them by `door`.
    pub(in crate::salesforce) fn within(&self, door: &'static str) -> Within {
        let inherits = self
            .caller
            .org()
            .spec
            .switches
            .subrequests_inherit_auto_assign;
        Within {
            session: self.caller.session.clone(),
            request: self.caller.request,
            auto_assign: match inherits {
                true => self.caller.auto_assign.clone(),
                false => AutoAssign::default(),
            },
            door,
            host: self.host.clone(),
            scheme: self.scheme,
        }
    }
}

impl Within {
    /// Makes the request one that is inside this call.
    pub(in crate::salesforce) fn lead(&self, request: &mut Request<Body>) {
        if let Some(host) = &self.host {
            request.headers_mut().insert(header::HOST, host.clone());
        }
        request.extensions_mut().insert(self.scheme);
        request.extensions_mut().insert(self.clone());
    }
}
