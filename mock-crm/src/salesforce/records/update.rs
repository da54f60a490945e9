//! Changing a record. The creator and the instant of creation never change.

use super::draft::{Draft, Purpose};
use super::row::Row;
use super::{Write, check_unique, stored, target};
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::salesforce::body::{self, Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::ownership;
use crate::salesforce::principals::Right;
use crate::salesforce::schema::SObject;
use crate::store::{Change, Serial, Store, unique_key};
use crate::tenant::Hosted;

impl Write<'_> {
    /// Changes a record.
    pub(in crate::salesforce) fn update(
        &self,
        object: &SObject,
        id: SalesforceId,
        pairs: Pairs<'_>,
    ) -> Result<(), Refused> {
        let draft = self.draft_of_update(object, pairs)?;
        let mut store = self.org.tenant().write();
        let (serial, change) = self.change(&store, id, draft)?;
        self.apply(&mut store, object, serial, change);
        Ok(())
    }

    /// What can be said about an update without looking at other records.
    pub(in crate::salesforce) fn draft_of_update<'a, 's>(
        &'s self,
        object: &'s SObject,
        pairs: Pairs<'a>,
    ) -> Result<Draft<'a, 's>, Refused> {
        if !object.updateable {
            return Err(ApiError::VerbNotSupported {
                verb: "updated",
                label: object.label.to_string(),
            }
            .into());
        }
        self.check_right(object, Right::Edit)?;
        Draft::read(pairs, object, self.org.schema(), Purpose::Update)
    }

    /// The rest of the checks, and what changes.
    pub(in crate::salesforce) fn change(
        &self,
        store: &Store,
        id: SalesforceId,
        mut draft: Draft<'_, '_>,
    ) -> Result<(Serial, Change), ApiError> {
        let object = draft.object;
        let serial = target(self.org, store, object, id)?;
        let record = store.get(serial).ok_or(ApiError::NoSuchRecord)?;
        let row = Row::new(self.org, store, object, serial, record);
        self.may_edit(&draft, id, &row)?;
        draft.settle(self.org, store, Some(self.principal))?;
        self.change_system_values(&mut draft);
        check_unique(self.org, store, object, &draft, Some(serial))?;
        let value = |name: &str| match draft.value(name) {
            Some(_) => draft.query_value(name),
            None => row.named(name),
        };
        let current = record.owner.map(|owner| store.symbols.text(owner));
        let requested = draft.owner.as_ref().map(|owner| owner.as_deref());
        let owner = ownership::of_changed_record(self, object, current, requested, &value)?;
        let (unique_removed, unique_added) = moved_keys(&draft, &row);
        let mut set: Vec<(&str, Given<'_>)> = draft
            .values
            .iter()
            .map(|(field, value)| (&*field.name, value.clone()))
            .collect();
        // An audit permission's word about the last change is good until there is a later one.
        set.extend([
            ("LastModifiedDate", Given::Null),
            ("LastModifiedById", Given::Null),
        ]);
        let change = Change {
            at: self.org.tenant().clock.now(),
            modified_by: self.principal.id.clone(),
            body: Some(stored::merged(&body::stored(&record.body), &set)),
            owner: owner.map(ownership::Owner::into_change),
            deleted: None,
            unique_removed,
            unique_added,
        };
        Ok((serial, change))
    }

    /// Does what was prepared, under the same lock.
    pub(in crate::salesforce) fn apply(
        &self,
        store: &mut Store,
        object: &SObject,
        serial: Serial,
        change: Change,
    ) {
        let followers = self.followers(store, object, serial, &change);
        let owner = change.owner.clone().filter(|_| !followers.is_empty());
        let alone = owner.is_none() && !object.setup;
        let apply = |store: &mut Store| {
            store.change(serial, change, &self.writer);
            if let Some(owner) = owner {
                self.follow(store, followers, owner);
            }
            self.written(store, object, serial);
        };
        match alone {
            true => apply(store),
            false => store.together(apply),
        }
    }

    /// Records are open to everybody who sees the object; those of the set-up are not, but for one's own user, as far
    /// as that gives no new rights.
    fn may_edit(
        &self,
        draft: &Draft<'_, '_>,
        id: SalesforceId,
        row: &Row<'_>,
    ) -> Result<(), ApiError> {
        let rights = ["ProfileId", "IsActive", "Username"];
        let own_user = draft.object.name == "User"
            && id.as_str() == &*self.principal.id
            && rights.iter().all(|name| draft.value(name).is_none());
        let of_profile = row.named("IsOwnedByProfile") == Value::Boolean(true);
        if of_profile {
            return Err(self.insufficient_access());
        }
        if draft.object.name == "Lead" && row.named("IsConverted") == Value::Boolean(true) {
            return Err(ApiError::ConvertedLead);
        }
        match own_user {
            true => Ok(()),
            false => self.check_setup(draft.object),
        }
    }
}

/// The keys of the indexed values that the draft takes away, and of those it sets.
fn moved_keys(draft: &Draft<'_, '_>, row: &Row<'_>) -> (Vec<u64>, Vec<u64>) {
    let key = |name: &str, text: &str| unique_key(draft.object.key, name, text);
    let indexed = draft.values.iter().filter(|(field, _)| field.indexed());
    let old = indexed.filter_map(|(field, _)| match row.value(field) {
        Value::Text(text) => Some(key(&field.name, &text)),
        _ => None,
    });
    let new = draft.texts().map(|(field, text)| key(&field.name, text));
    (old.collect(), new.collect())
}
