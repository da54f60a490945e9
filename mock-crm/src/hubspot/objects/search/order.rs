//! The order of search results.

use std::cmp::Ordering;

use serde::Deserialize;

use super::filter::compare;
use crate::hubspot::catalog::{Kind, ObjectType};
use crate::hubspot::facts::Facts;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::setup::Setup;

/// One of `sorts`: a name, a name after a minus sign, or both parts apart.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Order {
    Text(String),
    #[serde(rename_all = "camelCase")]
    Parts {
        property_name: String,
        #[serde(default)]
        direction: Option<String>,
    },
}

/// A property to order by.
#[derive(Debug)]
pub(super) struct By {
    name: String,
    kind: Kind,
    descending: bool,
}

/// HubSpot takes one order at most.
pub(super) fn check(
    setup: &Setup,
    object_type: &ObjectType,
    sorts: Vec<Order>,
) -> Result<Option<By>, ApiError> {
    if sorts.len() > 1 {
        return Err(ApiError::Invalid(
            "A search can have one sort at most.".to_owned(),
        ));
    }
    let Some(sort) = sorts.into_iter().next() else {
        return Ok(None);
    };
    let (name, descending) = match sort {
        Order::Text(text) => match text.strip_prefix('-') {
            Some(name) => (name.to_owned(), true),
            None => (text, false),
        },
        Order::Parts {
            property_name,
            direction,
        } => {
            let descending =
                direction.is_some_and(|direction| direction.eq_ignore_ascii_case("descending"));
            (property_name, descending)
        }
    };
    match setup.catalog.property(object_type, &name) {
        Some(property) => Ok(Some(By {
            name,
            kind: property.kind,
            descending,
        })),
        None => Err(super::filter::problem()),
    }
}

/// Sorts by the property; records without it come last, and equal ones in the order of their ids.
pub(super) fn sort(found: &mut [Facts<'_>], by: Option<&By>) {
    let Some(by) = by else {
        return;
    };
    found.sort_by(
        |one, other| match (one.named(&by.name), other.named(&by.name)) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(other)) => {
                let order = compare(by.kind, &one, &other).unwrap_or(Ordering::Equal);
                if by.descending {
                    order.reverse()
                } else {
                    order
                }
            }
        },
    );
}
