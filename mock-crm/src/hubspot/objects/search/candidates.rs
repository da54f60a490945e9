//! The records that a search has to look at: all of them, or far fewer where an index knows better.

use super::check::{Check, Test};
use super::filter::Filters;
use super::subject::{Known, Subject};
use super::value::Value;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::objects::accept::Unique;
use crate::store::{Record, Serial, Store};

impl Filters<'_> {
    /// Shows records among which are all that match, by id.
    pub(super) fn candidates<'r>(
        &self,
        call: &Call<'_>,
        store: &'r Store,
        object_type: &ObjectType,
        mut show: impl FnMut(Serial, &'r Record),
    ) {
        let indexed = |group: &Vec<Check<'_>>| best(call, store, object_type, group);
        let found: Option<Vec<Vec<Serial>>> = self.groups.iter().map(indexed).collect();
        match found.filter(|groups| !groups.is_empty()) {
            None => store
                .scan(object_type.key)
                .for_each(|(serial, record)| show(serial, record)),
            Some(groups) => {
                let mut serials = groups.concat();
                serials.sort_unstable();
                serials.dedup();
                let records = serials
                    .into_iter()
                    .filter_map(|serial| Some((serial, store.get(serial)?)));
                records.for_each(|(serial, record)| show(serial, record));
            }
        }
    }
}

/// The fewest records that an index finds for one filter of a group: all of them have to match.
fn best(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    group: &[Check<'_>],
) -> Option<Vec<Serial>> {
    let found = group
        .iter()
        .filter_map(|check| indexed(call, store, object_type, check));
    found.min_by_key(Vec::len)
}

/// The records that an index finds for a filter that wants certain values; `None` where there is none.
fn indexed(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    check: &Check<'_>,
) -> Option<Vec<Serial>> {
    let values = match &check.test {
        Test::Compared(value, [std::cmp::Ordering::Equal]) => std::slice::from_ref(value),
        Test::In(values) => values,
        _ => return None,
    };
    let linked_to = |id: &str| -> Vec<Serial> {
        let other = call.portal.record_ids.serial(id).into_iter();
        other
            .flat_map(|other| store.links_from(other).map(|link| link.to))
            .collect()
    };
    let find = |value: &Value| match (&check.subject, value) {
        (Subject::Known(Known::Owner), Value::Text(owner)) => Some(store.owned_by(owner)),
        (Subject::Known(Known::Id), Value::Number(id)) => {
            let serial = call.portal.record_ids.serial(&id.to_string());
            Some(serial.into_iter().collect())
        }
        (Subject::Linked(_), Value::Text(id)) => Some(linked_to(id)),
        (Subject::Property(property), Value::Text(text)) if property.unique => {
            let key = Unique::new(object_type, &*property.name, text).key;
            Some(store.find_unique(key).to_vec())
        }
        _ => None,
    };
    let found: Option<Vec<Vec<Serial>>> = values.iter().map(find).collect();
    found.map(|found| found.concat())
}
