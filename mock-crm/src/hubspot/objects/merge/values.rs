//! The values of two records that become one.

use std::sync::Arc;

use crate::hubspot::call::Call;
use crate::hubspot::catalog::{Derived, ObjectType, Source};
use crate::hubspot::facts::source;
use crate::hubspot::objects::history::{History, Setting};
use crate::hubspot::objects::lifecycle;
use crate::hubspot::stored::{HISTORY, Origin, Values};
use crate::store::{Record, Serial, Store};

/// What the one record is to be.
pub(super) struct Merged<'v> {
    pub(super) values: Values<'v>,
    pub(super) owner: Option<Arc<str>>,
    /// Where the owner comes from the other record: the user behind it.
    pub(super) owner_of_other: Option<Option<Arc<str>>>,
}

/// About one record alone, or treated apart.
fn kept_apart(name: &str) -> bool {
    name.starts_with('!')
        || name.starts_with("hs_object_source")
        || [
            "email",
            "hs_additional_emails",
            "hs_merged_object_ids",
            "hs_updated_by_user_id",
            "hs_modified_by",
            "hubspot_owner_assigneddate",
        ]
        .contains(&name)
}

impl Merged<'static> {
    pub(super) fn of(
        call: &Call<'_>,
        store: &Store,
        object_type: &ObjectType,
        (primary, other): (Serial, Serial),
    ) -> Option<Self> {
        let id = |serial| call.portal.record_ids.id(serial).to_string();
        let (record, other_record) = (store.get(primary)?, store.get(other)?);
        let before = Values::parse(&record.body);
        let from = Values::parse(&other_record.body);
        let other_id = id(other);
        let mut taking = Taking {
            values: before.clone(),
            history: History::of(&before),
            created: created(call, store, record, &before),
            now: Setting {
                at: call.portal.now(),
                origin: Origin::Merge(&other_id),
                user: None,
            },
        };
        for (name, value) in from.iter().filter(|(name, _)| !kept_apart(name)) {
            taking.take(call, object_type, name, value);
        }
        taking.take_emails(&from);
        let ids = [
            before.get("hs_merged_object_ids"),
            Some(&*id(primary)),
            from.get("hs_merged_object_ids"),
            Some(&*other_id),
        ];
        taking.values.set("hs_merged_object_ids", listed(ids));
        Some(taking.finish(call, store, (record, other_record)))
    }
}

/// Every part of every list, once.
fn listed(lists: [Option<&str>; 4]) -> String {
    let parts = lists.into_iter().flatten().flat_map(|list| list.split(';'));
    let mut all: Vec<&str> = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !all.contains(&part) {
            all.push(part);
        }
    }
    all.join(";")
}

fn created<'v>(
    call: &Call<'_>,
    store: &'v Store,
    record: &Record,
    values: &'v Values<'_>,
) -> Setting<'v> {
    let origin = values.origin();
    let shown = source::shows_user(origin, call.portal.switches.created_by_policy);
    Setting {
        at: record.created_at,
        origin,
        user: shown.then(|| store.symbols.text(record.created_by)),
    }
}

struct Taking<'v> {
    values: Values<'v>,
    history: History,
    created: Setting<'v>,
    now: Setting<'v>,
}

impl Taking<'_> {
    /// Takes a value where there is none, and a lifecycle stage that is further on.
    fn take(&mut self, call: &Call<'_>, object_type: &ObjectType, name: &str, value: &str) {
        let property = call.setup.catalog.property(object_type, name);
        if property.is_some_and(|property| property.source == Source::Derived(Derived::CreatedAt)) {
            // Where nobody wrote the instant of the primary record, it still has one.
            return;
        }
        let before = self.values.get(name).map(str::to_owned);
        let before = before.or_else(|| Some(property?.default_value()?.to_owned()));
        let before = before.as_deref().filter(|before| !before.is_empty());
        let stages = property.map_or(&[][..], |property| &property.options);
        let further = name == "lifecyclestage" && !lifecycle::goes_back(stages, before, value);
        if value.is_empty() || (before.is_some() && !further) {
            return;
        }
        self.set(name, before, value);
    }

    /// The other one's addresses lead to the primary one, too.
    fn take_emails(&mut self, from: &Values<'_>) {
        let Some(email) = from.get("email").filter(|email| !email.is_empty()) else {
            return;
        };
        let own = self.values.get("email").unwrap_or_default().to_owned();
        if own.is_empty() {
            self.set("email", None, email);
        }
        let own = self.values.get("email").unwrap_or_default().to_owned();
        let additional = "hs_additional_emails";
        let all = listed([
            self.values.get(additional),
            Some(email),
            from.get(additional),
            None,
        ]);
        let all: Vec<&str> = all.split(';').filter(|email| *email != own).collect();
        if !all.is_empty() {
            self.values.set(additional, all.join(";"));
        }
    }

    fn set(&mut self, name: &str, before: Option<&str>, value: &str) {
        self.history
            .add(name, (before, value), (self.created, self.now));
        self.values.set(name.to_owned(), value.to_owned());
    }

    /// The owner stays; where there is none, it is the other one's.
    fn finish(
        mut self,
        call: &Call<'_>,
        store: &Store,
        (record, other): (&Record, &Record),
    ) -> Merged<'static> {
        let text = |record: &Record| record.owner.map(|owner| store.symbols.text(owner));
        let taken = text(other).filter(|_| record.owner.is_none());
        let mut owner_of_other = None;
        if let Some(owner) = taken {
            self.history
                .add("hubspot_owner_id", (None, owner), (self.created, self.now));
            let at = self.now.at.iso().to_string();
            self.values.set("hubspot_owner_assigneddate", at);
            let person = call.setup.people.owner(owner);
            owner_of_other = Some(person.and_then(|person| person.user_id.clone()));
        }
        if let Some(history) = self.history.to_text() {
            self.values.set(HISTORY, history);
        }
        Merged {
            values: self.values.into_owned(),
            owner: text(record).or(taken).map(Into::into),
            owner_of_other,
        }
    }
}
