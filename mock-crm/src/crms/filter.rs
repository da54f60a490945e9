//! What a query keeps of the rows of one org or portal.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::ids::SalesforceId;
use crate::ledger::Row;
use crate::store::{ObjectKey, Store, Symbol};
use crate::tenant::{Crm, Tenant};

/// The conditions that rows of creates and of changes share, as a query has them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Conditions<'a> {
    pub(super) object: Option<&'a str>,
    pub(super) record: Option<&'a str>,
    pub(super) owner: Option<&'a str>,
    pub(super) token: Option<&'a str>,
}

/// The same, in the symbols of one org or portal.
#[derive(Debug)]
pub(super) struct Filter<'a> {
    tenant: &'a Tenant,
    object: Option<&'a str>,
    objects: HashMap<ObjectKey, bool>,
    record: Option<Cow<'a, str>>,
    pub(super) owner: Option<Option<Symbol>>,
    token: Option<Symbol>,
}

impl<'a> Filter<'a> {
    /// `None` where no row can match, since a text was never seen there.
    pub(super) fn new(
        tenant: &'a Tenant,
        store: &Store,
        conditions: &Conditions<'a>,
    ) -> Option<Self> {
        let owner = match conditions.owner {
            None => None,
            Some("") => Some(None),
            Some(owner) => Some(Some(symbol(tenant, store, owner)?)),
        };
        let token = match conditions.token {
            None => None,
            Some(token) => Some(store.symbols.find(token)?),
        };
        Some(Self {
            tenant,
            object: conditions.object,
            objects: HashMap::new(),
            record: conditions
                .record
                .map(|record| canonical(tenant.crm, record)),
            owner,
            token,
        })
    }

    pub(super) fn keeps(&mut self, row: &impl Row) -> bool {
        self.owner.is_none_or(|owner| owner == row.owner())
            && self.token.is_none_or(|token| token == row.token())
            && self.keeps_object(row.object())
            && self
                .record
                .as_deref()
                .is_none_or(|record| record == self.tenant.record_id(row.object(), row.record()))
    }

    fn keeps_object(&mut self, object: ObjectKey) -> bool {
        let Some(wanted) = self.object else {
            return true;
        };
        *self
            .objects
            .entry(object)
            .or_insert_with(|| self.tenant.object_name(object).eq_ignore_ascii_case(wanted))
    }
}

/// The symbol of an id; `None` where the org or portal never saw it.
pub(super) fn symbol(tenant: &Tenant, store: &Store, id: &str) -> Option<Symbol> {
    store.symbols.find(&canonical(tenant.crm, id))
}

/// Salesforce's ids are compared in their 18-character form.
pub(super) fn canonical(crm: Crm, id: &str) -> Cow<'_, str> {
    match crm {
        Crm::Salesforce => SalesforceId::parse(id)
            .map_or(Cow::Borrowed(id), |id| Cow::Owned(id.as_str().to_owned())),
        Crm::Hubspot => Cow::Borrowed(id),
    }
}
