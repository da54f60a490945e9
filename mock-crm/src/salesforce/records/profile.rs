//! The permission set that shadows a profile follows its users, so that one query finds all permissions of a user.
//! Object reference, PermissionSet: `IsOwnedByProfile`.

use super::row::Row;
use super::{Write, stored};
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::salesforce::body::{self, Given};
use crate::salesforce::schema::SObject;
use crate::store::{Change, Creation, Serial, Store};
use crate::tenant::Hosted;

impl Write<'_> {
    /// Assigns the shadow of a user's profile, in place of the one before.
    pub(super) fn follow_profile(&self, store: &mut Store, object: &SObject, user: Serial) {
        if object.name != "User" {
            return;
        }
        let id = self.org.record_id(object.key, user);
        let Some(shadow) = self.shadow_of(store, object, user) else {
            return;
        };
        let values = [
            ("AssigneeId", text(id)),
            ("PermissionSetId", text(shadow)),
            ("IsActive", Given::Boolean(true)),
        ];
        match self.assigned_shadow(store, id) {
            Some((_, present)) if present == shadow => {}
            Some((assignment, _)) => {
                let old = store
                    .get(assignment)
                    .map(|record| record.body.clone())
                    .unwrap_or_default();
                let change = Change {
                    at: self.org.tenant().clock.now(),
                    modified_by: self.principal.id.clone(),
                    body: Some(stored::merged(&body::stored(&old), &values)),
                    owner: None,
                    deleted: None,
                    unique_removed: Vec::new(),
                    unique_added: Vec::new(),
                };
                store.change(assignment, change, &self.writer);
            }
            None => self.assign(store, &values),
        }
    }

    fn assign(&self, store: &mut Store, values: &[(&str, Given<'_>)]) {
        let Some(object) = self.org.schema().object("PermissionSetAssignment") else {
            return;
        };
        let creation = Creation {
            object: object.key,
            at: self.org.tenant().clock.now(),
            created_at: None,
            created_by: self.principal.id.clone(),
            created_by_reason: "token".into(),
            owner_requested: None,
            owner: None,
            owner_user: None,
            owner_reason: "blank".into(),
            unique: Vec::new(),
            body: stored::body(values.iter().map(|(name, value)| (*name, value))),
        };
        store.create(creation, &self.writer);
    }

    /// The set that shadows the profile of a user.
    fn shadow_of(&self, store: &Store, object: &SObject, user: Serial) -> Option<SalesforceId> {
        let row = Row::new(self.org, store, object, user, store.get(user)?);
        let profile = row.named("ProfileId");
        let sets = self.org.schema().object("PermissionSet")?;
        let shadow = store.scan(sets.key).find(|(serial, record)| {
            let set = Row::new(self.org, store, sets, *serial, record);
            profile != Value::Null && set.named("ProfileId") == profile
        });
        shadow.map(|(serial, _)| self.org.record_id(sets.key, serial))
    }

    /// The assignment of the user to the shadow of a profile, and the shadow.
    fn assigned_shadow(&self, store: &Store, user: SalesforceId) -> Option<(Serial, SalesforceId)> {
        let assignments = self.org.schema().object("PermissionSetAssignment")?;
        let user = Value::Text(user.as_str().into());
        store.scan(assignments.key).find_map(|(serial, record)| {
            let row = Row::new(self.org, store, assignments, serial, record);
            let set = row.follow(assignments.field("PermissionSetId")?)?;
            let shadow = set.named("IsOwnedByProfile") == Value::Boolean(true);
            (!record.deleted && shadow && row.named("AssigneeId") == user)
                .then(|| (serial, set.id()))
        })
    }
}

fn text(id: SalesforceId) -> Given<'static> {
    Given::Text(id.to_string().into())
}
