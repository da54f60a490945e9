//! Changing records: what was not named stays, the creator always.

use std::borrow::Cow;

use super::owner_reason;
use crate::clock::Timestamp;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{Family, ObjectType};
use crate::hubspot::facts::{Opened, source};
use crate::hubspot::objects::accept::{Accepted, NamedOwner};
use crate::hubspot::objects::find;
use crate::hubspot::objects::history::{History, Setting};
use crate::hubspot::objects::lifecycle;
use crate::hubspot::spec::UpdatedByPolicy;
use crate::hubspot::stored::{HISTORY, Values};
use crate::store::{Change, NewOwner, Serial, Store, Writer};

/// Changes a record.
pub(in crate::hubspot::objects) fn change(
    call: &Call<'_>,
    store: &mut Store,
    (serial, object_type): (Serial, &ObjectType),
    accepted: &Accepted<'_, '_>,
    at: Timestamp,
    writer: &Writer,
) {
    let Some(record) = store.get(serial) else {
        return;
    };
    let opened = Opened::new(serial, record);
    let owner_before = record.owner.map(|owner| store.symbols.text(owner));
    let creator = store.symbols.text(record.created_by);
    let mut changing = Changing::new(call, object_type, &opened, (creator, at));
    for (name, value) in accepted.values.iter() {
        changing.set(name, value);
    }
    let owner = accepted.owner.map(|owner| new_owner(&owner));
    if let Some(new) = &owner {
        changing.set_owner(owner_before, new.owner.as_deref());
    }
    let change = changing.finish(owner);
    // The record is there, under the same lock.
    let _ = store.change(serial, change, writer);
}

/// A record's values on their way to what they will be.
struct Changing<'c> {
    call: &'c Call<'c>,
    object_type: &'c ObjectType,
    before: &'c Values<'c>,
    values: Values<'c>,
    history: History,
    created: Setting<'c>,
    now: Setting<'c>,
}

impl<'c> Changing<'c> {
    fn new(
        call: &'c Call<'c>,
        object_type: &'c ObjectType,
        opened: &'c Opened<'c>,
        (creator, at): (&'c str, Timestamp),
    ) -> Self {
        let policy = call.portal.switches.created_by_policy;
        let origin = opened.values.origin();
        Self {
            call,
            object_type,
            before: &opened.values,
            values: opened.values.clone(),
            history: History::of(&opened.values),
            created: Setting {
                at: opened.record.created_at,
                origin,
                user: source::shows_user(origin, policy).then_some(creator),
            },
            now: Setting {
                at,
                origin: call.origin(),
                user: shows_updater(call).then_some(&**call.user()),
            },
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        if name.starts_with('!') {
            // No property: something that the mock keeps with the record.
            self.values.set(name.to_owned(), value.to_owned());
            return;
        }
        let before = self.before.get(name);
        let property = self.call.setup.catalog.property(self.object_type, name);
        let before = before.or_else(|| property?.default_value());
        if name == "lifecyclestage" {
            let stages = property.map_or(&[][..], |property| &property.options);
            if lifecycle::goes_back(stages, before, value) {
                return;
            }
            for (name, at) in lifecycle::dates(before, value, (self.created.at, self.now.at)) {
                if !self.values.has(&name) || at == self.now.at {
                    self.values.set(name, at.iso().to_string());
                }
            }
        }
        self.history
            .add(name, (before, value), (self.created, self.now));
        if name == "email" {
            self.no_longer_additional(value);
        }
        self.values.set(name.to_owned(), value.to_owned());
    }

    /// An additional e-mail address that becomes the first one is none of the others any more.
    fn no_longer_additional(&mut self, email: &str) {
        const ADDITIONAL: &str = "hs_additional_emails";
        let Some(emails) = self.before.get(ADDITIONAL) else {
            return;
        };
        let left: Vec<&str> = emails.split(';').filter(|other| *other != email).collect();
        self.values.set(ADDITIONAL, left.join(";"));
    }

    fn set_owner(&mut self, before: Option<&str>, owner: Option<&str>) {
        const ASSIGNED_AT: &str = "hubspot_owner_assigneddate";
        let name = "hubspot_owner_id";
        let change = (before, owner.unwrap_or_default());
        self.history.add(name, change, (self.created, self.now));
        if before == owner {
            return;
        }
        let keeps = self.call.portal.switches.cleared_owner_keeps_assigned_date;
        match (owner, keeps) {
            (Some(_), _) => self.values.set(ASSIGNED_AT, self.now.at.iso().to_string()),
            (None, false) => self.values.remove(ASSIGNED_AT),
            (None, true) if self.values.has(ASSIGNED_AT) => {}
            // The first owner came with the record, and nothing was written down.
            (None, true) => self
                .values
                .set(ASSIGNED_AT, self.created.at.iso().to_string()),
        }
    }

    fn finish(mut self, owner: Option<NewOwner>) -> Change {
        let before = find::keys_of(self.call, self.object_type, self.before);
        let after = find::keys_of(self.call, self.object_type, &self.values);
        let only = |these: &[u64], others: &[u64]| -> Vec<u64> {
            let new = these.iter().filter(|key| !others.contains(key));
            new.copied().collect()
        };
        if let Some(user) = self.now.user {
            self.values.set("hs_updated_by_user_id", user);
            if self.object_type.family == Family::Activity {
                self.values.set("hs_modified_by", user);
            }
        }
        if let Some(history) = self.history.to_text() {
            self.values.set(HISTORY, history);
        }
        Change {
            at: self.now.at,
            modified_by: self.call.user().clone(),
            body: Some(self.values.to_body(self.created.origin)),
            owner,
            deleted: None,
            unique_removed: only(&before, &after),
            unique_added: only(&after, &before),
        }
    }
}

fn new_owner(owner: &NamedOwner<'_>) -> NewOwner {
    let person = match owner {
        NamedOwner::Owner(person) => Some(*person),
        NamedOwner::Nobody => None,
    };
    NewOwner {
        owner: person.and_then(|person| person.owner_id.clone()),
        owner_user: person.and_then(|person| person.user_id.clone()),
        reason: Cow::Borrowed(owner_reason(person)),
    }
}

/// Whether HubSpot shows who made this change.
fn shows_updater(call: &Call<'_>) -> bool {
    let switches = &call.portal.switches;
    switches.updated_by_policy == UpdatedByPolicy::InstallingUser
        || source::shows_user(call.origin(), switches.created_by_policy)
}
