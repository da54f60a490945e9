//! `associations` of an engagement: ids of records, by their type.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::hubspot::associations;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::objects::wire::{Association, AssociationType, Id, Target};
use crate::hubspot::refusal::ApiError;
use crate::store::{Serial, Store};

/// Members and the object types that they lead to.
const MEMBERS: [(&str, &str); 3] = [
    ("contactIds", "contacts"),
    ("companyIds", "companies"),
    ("dealIds", "deals"),
];

/// Members that lead to what is not simulated: always empty.
const EMPTY: [&str; 5] = [
    "ticketIds",
    "workflowIds",
    "contentIds",
    "quoteIds",
    "marketingEventIds",
];

/// Ids as they were sent, by member.
pub(super) type Ids<'a> = BTreeMap<String, Vec<Id<'a>>>;

/// The associations that a create with these ids makes.
pub(super) fn wanted<'a>(
    call: &Call<'_>,
    object_type: &ObjectType,
    ids: &Ids<'a>,
) -> Result<Vec<Association<'a>>, ApiError> {
    refuse_not_simulated(ids)?;
    let mut wanted = Vec::new();
    for (member, name) in MEMBERS {
        let Some(way) = unlabeled(call, object_type, name) else {
            continue;
        };
        let ids = ids.get(member).into_iter().flatten();
        wanted.extend(ids.map(|id| Association {
            to: Target { id: id.clone() },
            types: vec![way.clone()],
        }));
    }
    Ok(wanted)
}

/// Refuses ids that would be dropped without a word.
fn refuse_not_simulated(ids: &Ids<'_>) -> Result<(), ApiError> {
    let named = EMPTY
        .iter()
        .find(|member| ids.get(**member).is_some_and(|ids| !ids.is_empty()));
    match named {
        None => Ok(()),
        Some(member) => Err(ApiError::NotSimulated(format!("{member} of an engagement"))),
    }
}

fn unlabeled(call: &Call<'_>, from: &ObjectType, name: &str) -> Option<AssociationType> {
    let to = call.setup.catalog.find(name)?;
    let way = call
        .setup
        .catalog
        .associations
        .unlabeled(from.key, to.key)?;
    Some(AssociationType {
        association_category: way.id.category().to_owned(),
        association_type_id: way.id.number(),
    })
}

/// Takes away what an update does not name any more: the ids that it gives for a type are all that are left of it. No
/// source says whether they replace or are added.
pub(super) fn drop_others(
    call: &Call<'_>,
    store: &mut Store,
    (serial, object_type): (Serial, &ObjectType),
    ids: &Ids<'_>,
) {
    for (member, name) in MEMBERS {
        if let (Some(ids), Some(to)) = (ids.get(member), call.setup.catalog.find(name)) {
            let left: Vec<Serial> = ids
                .iter()
                .filter_map(|id| call.portal.serial(&id.0))
                .collect();
            associations::drop_others(call, store, (serial, object_type, to), &left);
        }
    }
}

/// The ids of the connected records, by member; those of no type that is simulated are empty.
pub(super) fn shown(
    call: &Call<'_>,
    store: &Store,
    serial: Serial,
    object_type: &ObjectType,
) -> Value {
    let mut members: Map<String, Value> = EMPTY
        .iter()
        .map(|member| ((*member).to_owned(), json!([])))
        .collect();
    for (member, name) in MEMBERS {
        let to = call.setup.catalog.find(name);
        let others = to.map(|to| associations::others(call, store, (serial, object_type, to)));
        let ids = others.into_iter().flatten();
        let ids: Vec<u64> = ids.map(|other| call.portal.record_ids.id(other)).collect();
        members.insert(member.to_owned(), json!(ids));
    }
    Value::Object(members)
}
