//! The `associations` of a record that is read with the names of types.

use serde_json::{Map, Value, json};

use super::page::Page;
use super::ways;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::route::Version;
use crate::store::{Serial, Store};

/// Whatever the version of the path, the blocks have the form of v3.
const FORM: Version = Version::Three;

/// Connections to one type that are shown with a record; more of them are on pages of their own.
const SHOWN: usize = 100;

/// Refuses a read that names types which there are not. Recorded.
pub(crate) fn refuse_unknown(call: &Call<'_>) -> Result<(), ApiError> {
    let names = call.query.list("associations");
    names
        .iter()
        .try_for_each(|name| call.object_type(name).map(drop))
}

/// A block for each type that the record is connected with, by its plural; `None` where there is none.
pub(crate) fn shown(call: &Call<'_>, store: &Store, from: Serial, types: &[&str]) -> Option<Value> {
    if types.is_empty() {
        return None;
    }
    let from_type = call.setup.type_of(store.get(from)?.object)?;
    let found = types
        .iter()
        .filter_map(|name| call.setup.catalog.find(name));
    let blocks: Map<String, Value> = found
        .filter_map(|to_type| {
            let block = block(call, store, from, (from_type, to_type))?;
            Some((key(call, to_type), block))
        })
        .collect();
    (!blocks.is_empty()).then_some(Value::Object(blocks))
}

fn block(
    call: &Call<'_>,
    store: &Store,
    from: Serial,
    types: (&ObjectType, &ObjectType),
) -> Option<Value> {
    let unlabeled = ways(call).unlabeled(types.0.key, types.1.key)?;
    let page = Page::of(store, unlabeled, from, (Serial(0), SHOWN));
    if page.is_empty() {
        return None;
    }
    let mut block = json!({ "results": page.items(call, FORM, (store, unlabeled)) });
    if let Some(paging) = page.paging(call, FORM, types) {
        block["paging"] = paging;
    }
    Some(block)
}

/// Recorded: a custom type has the portal in front of its name, HubSpot's own have their plural.
fn key(call: &Call<'_>, object_type: &ObjectType) -> String {
    match object_type.type_id.starts_with("2-") {
        true => format!("p{}_{}", call.portal.hub_id, object_type.singular),
        false => object_type.name.to_string(),
    }
}
