//! Creating a record. `CreatedById` is decided here: the token's user, unless audit fields may be set and are.

use std::borrow::Cow;
use std::sync::Arc;

use super::draft::{Draft, Purpose};
use super::{Write, check_unique, stored};
use crate::ids::SalesforceId;
use crate::salesforce::body::Pairs;
use crate::salesforce::bulk;
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::ownership::{self, Owner};
use crate::salesforce::principals::Right;
use crate::salesforce::schema::SObject;
use crate::store::{Creation, Store, unique_key};
use crate::tenant::Hosted;

impl Write<'_> {
    /// Creates a record.
    pub(in crate::salesforce) fn create(
        &self,
        object: &SObject,
        pairs: Pairs<'_>,
    ) -> Result<SalesforceId, Refused> {
        let draft = self.draft_of_create(object, pairs)?;
        self.settled(object, draft)
    }

    /// Creates a record for an upsert that matches none.
    pub(in crate::salesforce) fn create_upserted(
        &self,
        object: &SObject,
        pairs: Pairs<'_>,
    ) -> Result<SalesforceId, Refused> {
        let draft = self.draft_of_upsert(object, pairs)?;
        self.settled(object, draft)
    }

    fn settled(&self, object: &SObject, draft: Draft<'_, '_>) -> Result<SalesforceId, Refused> {
        let mut store = self.org.tenant().write();
        let creation = self.creation(&store, draft)?;
        Ok(self.put(&mut store, object, creation))
    }

    /// What can be said about a create without looking at other records.
    pub(in crate::salesforce) fn draft_of_create<'a, 's>(
        &'s self,
        object: &'s SObject,
        pairs: Pairs<'a>,
    ) -> Result<Draft<'a, 's>, Refused> {
        let purpose = match self.principal.has("PermissionsCreateAuditFields") {
            true => Purpose::InsertWithAudit,
            false => Purpose::Insert,
        };
        self.draft_of_new(object, pairs, purpose)
    }

    /// The same of a create that an upsert makes: no permission lets it set audit fields. Help article 000176484.
    pub(in crate::salesforce) fn draft_of_upsert<'a, 's>(
        &'s self,
        object: &'s SObject,
        pairs: Pairs<'a>,
    ) -> Result<Draft<'a, 's>, Refused> {
        self.draft_of_new(object, pairs, Purpose::Insert)
    }

    fn draft_of_new<'a, 's>(
        &'s self,
        object: &'s SObject,
        pairs: Pairs<'a>,
        purpose: Purpose,
    ) -> Result<Draft<'a, 's>, Refused> {
        if !object.createable {
            return Err(ApiError::VerbNotSupported {
                verb: "inserted",
                label: object.label.to_string(),
            }
            .into());
        }
        self.check_setup(object)?;
        self.check_right(object, Right::Create)?;
        Draft::read(pairs, object, self.org.schema(), purpose)
    }

    /// The rest of the checks, and the record with its row of the ledger.
    pub(in crate::salesforce) fn creation(
        &self,
        store: &Store,
        mut draft: Draft<'_, '_>,
    ) -> Result<Creation, ApiError> {
        draft.settle(self.org, store, Some(self.principal))?;
        let requested = draft.owner.as_ref().map(|owner| owner.as_deref());
        let value = |name: &str| draft.query_value(name);
        let owner = ownership::of_new_record(self, draft.object, requested, &value)?;
        self.creation_of(store, draft, owner)
    }

    /// The record of a specification: whoever it names owns it, active or not.
    pub(in crate::salesforce) fn seeded(
        &self,
        store: &Store,
        mut draft: Draft<'_, '_>,
    ) -> Result<Creation, ApiError> {
        draft.settle(self.org, store, None)?;
        let named = draft.owner.as_ref().and_then(Option::as_deref);
        let owner = ownership::of_seeded_record(self, draft.object, named)?;
        self.creation_of(store, draft, owner)
    }

    fn creation_of(
        &self,
        store: &Store,
        mut draft: Draft<'_, '_>,
        owner: Owner,
    ) -> Result<Creation, ApiError> {
        let object = draft.object;
        let (created_by, created_by_reason) = self.creator(&draft)?;
        check_unique(self.org, store, object, &draft, None)?;
        self.add_system_values(store, &mut draft);
        let keys = draft.texts();
        let keys = keys.map(|(field, text)| unique_key(object.key, &field.name, text));
        Ok(Creation {
            object: object.key,
            at: self.org.tenant().clock.now(),
            created_at: draft.audit.created_at,
            created_by,
            created_by_reason: Cow::Borrowed(created_by_reason),
            owner_requested: requested_id(draft.owner.as_ref()),
            owner: owner.id,
            owner_user: owner.user,
            owner_reason: Cow::Borrowed(owner.reason),
            unique: keys.collect(),
            body: stored::body(
                draft
                    .values
                    .iter()
                    .map(|(field, value)| (&*field.name, value)),
            ),
        })
    }

    /// Puts down what was prepared, under the same lock.
    pub(in crate::salesforce) fn put(
        &self,
        store: &mut Store,
        object: &SObject,
        creation: Creation,
    ) -> SalesforceId {
        let email = object.name == "EmailMessage" && self.org.spec.switches.email_makes_task;
        let put = |store: &mut Store| {
            let serial = store.create(creation, &self.writer);
            self.written(store, object, serial);
            if email {
                self.add_task_of_email(store, object, serial);
            }
            self.org.record_id(object.key, serial)
        };
        // Most records come alone, and need no savepoint.
        match email || object.setup {
            true => store.together(put),
            false => put(store),
        }
    }

    fn creator(&self, draft: &Draft<'_, '_>) -> Result<(Arc<str>, &'static str), ApiError> {
        let Some(id) = &draft.audit.created_by else {
            let reason = bulk::creator_reason(&self.writer.api).unwrap_or("token");
            return Ok((self.principal.id.clone(), reason));
        };
        let user = self
            .principals
            .user(id)
            .ok_or(ApiError::InvalidCrossReference)?;
        if !user.active && !self.org.spec.switches.audit_creator_may_be_inactive {
            return Err(ApiError::InsufficientAccessOnReference { id: id.to_string() });
        }
        Ok((user.id.clone(), "audit_field"))
    }
}

/// The owner as it was asked for: in the 18-character form where it is an id.
fn requested_id(owner: Option<&Option<Cow<'_, str>>>) -> Option<Arc<str>> {
    let text = owner?.as_deref()?;
    let id = SalesforceId::parse(text);
    Some(id.as_ref().map_or(text, SalesforceId::as_str).into())
}
