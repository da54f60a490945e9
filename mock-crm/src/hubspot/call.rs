//! One call of an authenticated client.

use std::sync::Arc;

use super::app::App;
use super::catalog::{Lookup, ObjectType};
use super::form::Form;
use super::portal::{Portal, SharedPortal};
use super::refusal::ApiError;
use super::route::Version;
use super::setup::Setup;
use super::stored::Origin;
use crate::identity::Session;
use crate::store::Writer;

/// Who calls, and with what.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) portal: &'a SharedPortal,
    /// The portal's people and definitions when the call came.
    pub(crate) setup: &'a Setup,
    pub(crate) session: &'a Session<Portal>,
    pub(crate) version: Version,
    pub(crate) query: Form<'a>,
    pub(crate) body: &'a [u8],
    /// Its number in the journal.
    pub(crate) request: u64,
}

impl<'a> Call<'a> {
    /// The type that a path names.
    pub(crate) fn object_type(&self, name: &str) -> Result<&'a ObjectType, ApiError> {
        match self.setup.catalog.lookup(name) {
            Lookup::Known(object_type) => Ok(object_type),
            Lookup::NotSimulated => Err(ApiError::NotSimulated(format!("records of {name}"))),
            Lookup::Unknown => Err(ApiError::UnknownObjectType(name.to_owned())),
        }
    }

    /// The app whose token it is.
    pub(crate) fn app(&self) -> Option<&'a App> {
        self.portal.app(self.session.grant.app.as_deref()?)
    }

    /// The user whose token it is.
    pub(crate) fn user(&self) -> &Arc<str> {
        &self.session.grant.user
    }

    /// What records that this call creates carry as their source.
    pub(crate) fn origin(&self) -> Origin<'a> {
        self.app().map_or(Origin::Pages, App::origin)
    }

    /// `limit` of the query.
    pub(crate) fn limit(&self, usual: usize, largest: usize) -> Result<usize, ApiError> {
        let Some(text) = self.query.get("limit") else {
            return Ok(usual);
        };
        match text.parse() {
            Ok(limit) if limit <= largest && limit > 0 => Ok(limit),
            _ => Err(ApiError::Invalid(format!(
                "{text} is not a valid limit: it has to be a number from 1 to {largest}"
            ))),
        }
    }

    /// The part of a ledger row that is about this call.
    pub(crate) fn writer(&self, api: &'static str) -> Writer {
        self.session.writer(api, self.request)
    }
}
