//! What is the same for every call of the REST API: the version, the session, the count of calls.

mod conditional;
mod enter;
mod payload;
mod pretty;
mod within;

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use serde::de::DeserializeOwned;

pub(super) use conditional::{Validator, Verdict};
pub(super) use enter::{Enter, bulk_caller};
pub(super) use payload::{Payload, plain};
pub(super) use within::{Outer, Within};

use super::assignment::AutoAssign;
use super::error::ApiError;
use super::org::Org;
use super::principals::{Principal, Principals};
use super::records::Write;
use super::schema::SObject;
use crate::identity::Session;
use crate::ids::SalesforceId;
use crate::store::{Store, Writer};
use crate::tenant::Hosted;

/// Who calls, in the extensions of every REST request that was let in.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub(super) session: Session<Org>,
    pub(super) principal: Arc<Principal>,
    pub(super) principals: Arc<Principals>,
    pub(super) version: Version,
    pub(super) request: u64,
    /// Records that the request is about are to be listed as looked at. REST guide, "Most Recently Used Header".
    pub(super) most_recently_used: bool,
    pub(super) auto_assign: AutoAssign,
    /// The door of the call that this one is in.
    pub(super) door: Option<&'static str>,
}

/// `60.0` of `/services/data/v60.0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    pub(super) major: u8,
    minor: u8,
}

impl Version {
    /// Reads `v60.0`: any two digits, since a mock has no oldest version.
    pub(super) fn read(text: &str) -> Option<Self> {
        match text.as_bytes() {
            [
                b'v' | b'V',
                tens @ b'0'..=b'9',
                ones @ b'0'..=b'9',
                b'.',
                minor @ b'0'..=b'9',
            ] => Some(Self {
                major: (tens - b'0') * 10 + ones - b'0',
                minor: minor - b'0',
            }),
            _ => None,
        }
    }

    /// `60.0`
    pub(super) fn number(self) -> f64 {
        f64::from(self.major) + f64::from(self.minor) / 10.0
    }

    /// `/services/data/v60.0`
    pub(super) fn base(self) -> String {
        let digit = |number: u8| char::from(b'0' + number % 10);
        let mut base = String::with_capacity(20);
        base.push_str("/services/data/v");
        base.extend([
            digit(self.major / 10),
            digit(self.major),
            '.',
            digit(self.minor),
        ]);
        base
    }
}

impl Caller {
    pub(super) fn org(&self) -> &Org {
        &self.session.tenant
    }

    /// The number of the request.
    pub(super) fn request(&self) -> u64 {
        self.request
    }

    /// Who writes, as the ledger has it.
    pub(super) fn writer(&self, api: &'static str) -> Writer {
        self.session.writer(api, self.request)
    }

    /// Writes through the door that the ledger knows as `api`, or through that of the call around this one.
    pub(super) fn write(&self, api: &'static str) -> Write<'_> {
        let api = self.door.unwrap_or(api);
        Write {
            org: self.org(),
            principal: &self.principal,
            principals: &self.principals,
            writer: self.writer(api),
            auto_assign: self.auto_assign.clone(),
        }
    }

    /// Lists the record as looked at, where the request asks for that.
    pub(super) fn looked_at(&self, object: &SObject, id: SalesforceId) {
        if !self.most_recently_used {
            return;
        }
        let org = self.org();
        let serial = org.serial(&org.tenant().read(), object.key, id);
        let mut recent = org.recent.lock();
        recent.viewed(&self.principal.id, object.key, serial.as_slice());
    }

    /// What a query is asked of.
    pub(super) fn scope<'s>(&'s self, store: &'s Store, deleted: bool) -> super::soql::Scope<'s> {
        super::soql::Scope {
            org: self.org(),
            store,
            principal: &self.principal,
            now: self.org().tenant().clock.now(),
            deleted,
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        // Without `enter` in front of it a route has no caller, and lets nobody in.
        parts.extensions.remove().ok_or(ApiError::InvalidSession)
    }
}

/// The segments of the path that the route names, the version left out.
#[derive(Debug)]
pub(super) struct Segments<const N: usize>(pub(super) [String; N]);

impl<S: Send + Sync, const N: usize> FromRequestParts<S> for Segments<N> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let parameters = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::NotFound)?;
        let values = parameters.iter().filter(|(name, _)| *name != "version");
        let values: Vec<String> = values.map(|(_, value)| value.to_owned()).collect();
        values.try_into().map(Self).map_err(|_| ApiError::NotFound)
    }
}

/// The query string.
#[derive(Debug)]
pub(super) struct QueryString<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for QueryString<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        axum::extract::Query::try_from_uri(&parts.uri)
            .map(|query| Self(query.0))
            .map_err(|error| ApiError::InvalidReference {
                message: error.to_string(),
            })
    }
}
