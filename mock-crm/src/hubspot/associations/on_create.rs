//! The `associations` of a create: checked before anything is written.

use super::problem::Problem;
use super::{NewLink, living, ways, wire};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{AssociationType, ObjectType, TypeId};
use crate::hubspot::objects::wire::Association;
use crate::hubspot::refusal::ApiError;
use crate::store::{Serial, Store};

/// Checks the associations of a create: 400 where one names no record or no association type, or where one is missing
/// that the type needs.
pub(crate) fn resolve(
    call: &Call<'_>,
    store: &Store,
    object_type: &ObjectType,
    associations: &[Association<'_>],
) -> Result<Vec<NewLink>, ApiError> {
    let mut links = Vec::new();
    let mut problems = Vec::new();
    let mut needed = object_type.required_association;
    for association in associations {
        for wanted in &association.types {
            match one(call, store, object_type, (&association.to.id.0, wanted)) {
                Ok((way, link)) => {
                    links.push(link);
                    needed = needed.filter(|name| !leads_to(call, way, name));
                }
                Err(problem) => problems.push(problem.message()),
            }
        }
    }
    if let (Some(name), true) = (needed, problems.is_empty()) {
        problems.push(missing(object_type, name));
    }
    match problems.is_empty() {
        true => Ok(links),
        false => Err(ApiError::InvalidAssociations(problems)),
    }
}

/// Refuses a create without associations of a type that needs one.
pub(crate) fn required(object_type: &ObjectType) -> Result<(), ApiError> {
    match object_type.required_association {
        Some(name) => Err(ApiError::InvalidAssociations(vec![missing(
            object_type,
            name,
        )])),
        None => Ok(()),
    }
}

/// HubSpot's words for this are not known.
fn missing(object_type: &ObjectType, name: &str) -> String {
    let object = &object_type.singular;
    format!("a {object} has to be associated with one of the {name} when it is created")
}

fn leads_to(call: &Call<'_>, way: &AssociationType, name: &str) -> bool {
    let target = call.setup.catalog.by_key(way.to);
    target.is_some_and(|target| target.name == name)
}

fn one<'a>(
    call: &Call<'a>,
    store: &Store,
    object_type: &ObjectType,
    (id, wanted): (&str, &wire::AssociationSpec),
) -> Result<(&'a AssociationType, NewLink), Problem> {
    let number = wanted.association_type_id;
    let type_id = TypeId::named(&wanted.association_category, number);
    let way = type_id.and_then(|type_id| ways(call).get(type_id));
    let way = way.filter(|way| way.from == object_type.key);
    let way = way.ok_or_else(|| Problem::InvalidType {
        named: format!("{}={number}", wanted.association_category),
        from: object_type.name.to_string(),
        to: "any type".to_owned(),
    })?;
    let other = target(call, store, way, id).ok_or_else(|| Problem::InvalidId(id.to_owned()))?;
    let link = NewLink::new(ways(call), way, other);
    let link = link.ok_or_else(|| Problem::InvalidId(id.to_owned()))?;
    Ok((way, link))
}

fn target(call: &Call<'_>, store: &Store, way: &AssociationType, id: &str) -> Option<Serial> {
    living(call, store, call.setup.catalog.by_key(way.to)?, id)
}
