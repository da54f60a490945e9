//! Connections between records: made with a record or apart from it, seen from both ends.

mod kinds;

use std::collections::BTreeMap;

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::call::Call;
use super::catalog::ObjectType;
use super::objects::no_content;
use super::objects::wire::{Association, AssociationType};
use super::refusal::{ApiError, json_response};
use super::route::Version;
use crate::store::{Link, Serial, Store};
use crate::tenant::Hosted;
use kinds::{Direction, direction, direction_of_type};

/// A connection that a record is to get.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewLink {
    direction: Direction,
    other: Serial,
    primary: bool,
}

/// Checks the associations of a create: 400 where one names no record or no association type.
pub(crate) fn resolve(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    associations: &[Association<'_>],
) -> Result<Vec<NewLink>, ApiError> {
    let mut links = Vec::new();
    let mut problems = Vec::new();
    for association in associations {
        let id = &*association.to.id.0;
        for wanted in &association.types {
            match resolve_one(call, store, object_type, id, wanted) {
                Ok(link) => links.push(link),
                Err(problem) => problems.push(problem),
            }
        }
    }
    match problems.is_empty() {
        true => Ok(links),
        false => Err(ApiError::InvalidAssociations(problems)),
    }
}

fn resolve_one(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    id: &str,
    wanted: &AssociationType,
) -> Result<NewLink, String> {
    let type_id = wanted.association_type_id;
    let found = direction_of_type(&object_type.name, type_id);
    let found = found.filter(|_| wanted.association_category == "HUBSPOT_DEFINED");
    let Some((direction, primary)) = found else {
        let category = &wanted.association_category;
        return Err(format!(
            "{type_id} is not a {category} association type of {}",
            object_type.name
        ));
    };
    let target = call.setup.catalog.find(direction.to());
    let other = target.and_then(|target| living(call, store, target, id));
    let other = other.ok_or_else(|| format!("{id} is not a valid ID"))?;
    Ok(NewLink {
        direction,
        other,
        primary,
    })
}

fn living(call: &Call<'_>, store: &Store, object_type: &ObjectType, id: &str) -> Option<Serial> {
    let serial = call.portal.serial(id)?;
    let record = store.get(serial)?;
    (record.object == object_type.key && !record.deleted).then_some(serial)
}

/// Makes connections of a record, from both ends.
///
/// The first company of a contact or deal is its primary one, as in HubSpot, and naming another as primary moves that.
pub(crate) fn connect(store: &mut Store, from: Serial, links: &[NewLink]) {
    for new in links {
        let kind = new.direction.kind;
        let (near, far) = new.direction.order(from, new.other);
        both_ways(store, near, far, (kind.out, kind.back));
        let Some((out, back)) = kind.primary else {
            continue;
        };
        let before = store.links_from(near).find(|link| link.type_id == out);
        match before {
            Some(before) if new.primary => {
                store.unlink(before);
                store.unlink(Link {
                    from: before.to,
                    type_id: back,
                    to: near,
                });
            }
            Some(_) => continue,
            None => {}
        }
        both_ways(store, near, far, (out, back));
    }
}

fn both_ways(store: &mut Store, near: Serial, far: Serial, (out, back): (u32, u32)) {
    store.link(Link {
        from: near,
        type_id: out,
        to: far,
    });
    store.link(Link {
        from: far,
        type_id: back,
        to: near,
    });
}

/// Both ends of a connection that a path names.
struct Ends {
    direction: Direction,
    from: Serial,
    to: Serial,
}

fn ends(
    call: &Call<'_>,
    store: &Store,
    (from_type, from): (&ObjectType, &str),
    (to_type, to): (&ObjectType, &str),
) -> Result<Ends, ApiError> {
    let from = living(call, store, from_type, from).ok_or(ApiError::NotFound)?;
    let to = living(call, store, to_type, to).ok_or(ApiError::NotFound)?;
    Ok(Ends {
        direction: between(from_type, to_type)?,
        from,
        to,
    })
}

fn between(from: &ObjectType, to: &ObjectType) -> Result<Direction, ApiError> {
    direction(&from.name, &to.name).ok_or_else(|| {
        ApiError::NotSimulated(format!("associations from {} to {}", from.name, to.name))
    })
}

/// `GET objects/{from}/{id}/associations/{to}`: 200, the connected records by id, each with the kinds of connection.
pub(crate) fn list(
    call: &Call<'_>,
    from_type: &ObjectType,
    id: &str,
    to: &str,
) -> Result<Response<Body>, ApiError> {
    let to_type = call.object_type(to)?;
    let direction = between(from_type, to_type)?;
    let limit = call.limit(500, 500)?;
    let after = call
        .query
        .get("after")
        .and_then(|after| call.portal.serial(after));
    let store = call.portal.tenant().read();
    let from = living(call, &store, from_type, id).ok_or(ApiError::NotFound)?;
    let all = connected(&store, from, direction).into_iter();
    let mut page: Vec<_> = all
        .filter(|(to, _)| after.is_none_or(|after| *to >= after))
        .take(limit + 1)
        .collect();
    let next = (page.len() > limit).then(|| page.pop()).flatten();
    let number = |serial| call.portal.record_ids.id(serial);
    let results: Vec<Value> = page
        .iter()
        .map(|(to, types)| {
            let id = match call.version {
                Version::Dated => json!(number(*to).to_string()),
                Version::One | Version::Three | Version::Four => json!(number(*to)),
            };
            let types: Vec<Value> = types
                .iter()
                .map(|type_id| direction.described(*type_id))
                .collect();
            json!({ "toObjectId": id, "associationTypes": types })
        })
        .collect();
    let mut body = json!({ "results": results });
    if let Some((next, _)) = next {
        body["paging"] = json!({ "next": { "after": number(next).to_string() } });
    }
    Ok(json_response(StatusCode::OK, body.to_string().into_bytes()))
}

/// The living records at the other end, with the types of the connection.
fn connected(store: &Store, from: Serial, direction: Direction) -> BTreeMap<Serial, Vec<u32>> {
    let mut connected: BTreeMap<Serial, Vec<u32>> = BTreeMap::new();
    for link in store
        .links_from(from)
        .filter(|link| direction.types().contains(&link.type_id))
    {
        if store.get(link.to).is_some_and(|record| !record.deleted) {
            connected.entry(link.to).or_default().push(link.type_id);
        }
    }
    connected
}

/// `PUT objects/{from}/{id}/associations/default/{to}/{toId}`: 200.
pub(crate) fn put_default(
    call: &Call<'_>,
    from_type: &ObjectType,
    id: &str,
    (to, to_id): (&str, &str),
) -> Result<Response<Body>, ApiError> {
    let to_type = call.object_type(to)?;
    let mut store = call.portal.tenant().write();
    let ends = ends(call, &store, (from_type, id), (to_type, to_id))?;
    let new = NewLink {
        direction: ends.direction,
        other: ends.to,
        primary: false,
    };
    connect(&mut store, ends.from, &[new]);
    let now = call.portal.now().iso().to_string();
    let (there, back) = ends.direction.plain_types();
    let result = |from: &str, to: &str, type_id: u32| {
        let spec =
            json!({ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id });
        json!({ "from": { "id": from }, "to": { "id": to }, "associationSpec": spec })
    };
    let body = json!({
        "status": "COMPLETE",
        "results": [result(id, to_id, there), result(to_id, id, back)],
        "startedAt": now,
        "completedAt": now,
    });
    Ok(json_response(StatusCode::OK, body.to_string().into_bytes()))
}

/// `PUT objects/{from}/{id}/associations/{to}/{toId}`: 201.
pub(crate) fn put(
    call: &Call<'_>,
    from_type: &ObjectType,
    id: &str,
    (to, to_id): (&str, &str),
) -> Result<Response<Body>, ApiError> {
    let to_type = call.object_type(to)?;
    let types: Vec<AssociationType> = serde_json::from_slice(call.body)?;
    let mut store = call.portal.tenant().write();
    let ends = ends(call, &store, (from_type, id), (to_type, to_id))?;
    let links = types
        .iter()
        .map(|wanted| resolve_one(call, &store, from_type, to_id, wanted));
    let links: Result<Vec<NewLink>, String> = links.collect();
    let links = links.map_err(|problem| ApiError::InvalidAssociations(vec![problem]))?;
    connect(&mut store, ends.from, &links);
    let body = json!({
        "fromObjectTypeId": from_type.type_id,
        "fromObjectId": call.portal.record_ids.id(ends.from),
        "toObjectTypeId": to_type.type_id,
        "toObjectId": call.portal.record_ids.id(ends.to),
        "labels": [],
    });
    Ok(json_response(
        StatusCode::CREATED,
        body.to_string().into_bytes(),
    ))
}

/// `DELETE objects/{from}/{id}/associations/{to}/{toId}`: 204.
pub(crate) fn delete(
    call: &Call<'_>,
    from_type: &ObjectType,
    id: &str,
    (to, to_id): (&str, &str),
) -> Result<Response<Body>, ApiError> {
    let to_type = call.object_type(to)?;
    let mut store = call.portal.tenant().write();
    let ends = ends(call, &store, (from_type, id), (to_type, to_id))?;
    for (from, to) in [(ends.from, ends.to), (ends.to, ends.from)] {
        let links: Vec<Link> = store
            .links_from(from)
            .filter(|link| link.to == to)
            .collect();
        for link in links {
            store.unlink(link);
        }
    }
    Ok(no_content())
}

/// The `associations` of a record that is read with the names of types.
pub(crate) fn shown(call: &Call<'_>, store: &Store, from: Serial, types: &[&str]) -> Option<Value> {
    let from_type = call.setup.type_of(store.get(from)?.object)?;
    let mut blocks = serde_json::Map::new();
    for to in types {
        let Some(to_type) = call.setup.catalog.find(to) else {
            continue;
        };
        let Some(direction) = direction(&from_type.name, &to_type.name) else {
            continue;
        };
        let mut results = Vec::new();
        for (to, types) in connected(store, from, direction) {
            let id = call.portal.record_ids.id(to).to_string();
            for type_id in types {
                let name = direction.name(&from_type.singular, &to_type.singular, type_id);
                results.push(json!({ "id": id, "type": name }));
            }
        }
        if !results.is_empty() {
            blocks.insert(to_type.name.to_string(), json!({ "results": results }));
        }
    }
    (!blocks.is_empty()).then_some(Value::Object(blocks))
}
