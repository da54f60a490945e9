//! Apollo's values under HubSpot's names.

use crate::apollo::{Activity, ActivityKind, CrmObject, Record};
use crate::sync::{Change, Creates, Write};
use serde_json::{Map, Value, json};

/// The properties of a contact or a company.
pub(in crate::sync) fn record_properties(record: &Record) -> Map<String, Value> {
    let named = record
        .fields
        .iter()
        .filter_map(|(name, value)| Some((property_name(name)?, value)));
    named
        .map(|(name, value)| (name.to_owned(), Value::from(value.as_str())))
        .collect()
}

fn property_name(apollo_name: &str) -> Option<&'static str> {
    Some(match apollo_name {
        "first_name" => "firstname",
        "last_name" => "lastname",
        "email" => "email",
        "phone" => "phone",
        "title" => "jobtitle",
        "company" => "company",
        "name" => "name",
        "domain" => "domain",
        _ => return None,
    })
}

/// The properties of an engagement; `hs_timestamp` is required of each.
pub(in crate::sync) fn activity_properties(activity: &Activity) -> Map<String, Value> {
    let (subject, body) = match activity.kind {
        ActivityKind::Email => ("hs_email_subject", "hs_email_text"),
        ActivityKind::Task => ("hs_task_subject", "hs_task_body"),
        ActivityKind::Call => ("hs_call_title", "hs_call_body"),
    };
    let mut properties = Map::new();
    properties.insert("hs_timestamp".into(), activity.details.at.as_str().into());
    properties.insert(subject.into(), activity.details.subject.as_str().into());
    if activity.kind == ActivityKind::Email {
        properties.insert("hs_email_direction".into(), "EMAIL".into());
    }
    if let Some(text) = &activity.details.body {
        properties.insert(body.into(), text.as_str().into());
    }
    properties
}

/// The properties of a write: values, owner, and Apollo's id in a create that is to be found again.
pub(super) fn properties(
    write: &Write,
    creates: Creates,
    unique_property: &str,
) -> Map<String, Value> {
    let mut properties = write.properties.clone();
    if let Some(owner) = &write.owner {
        properties.insert("hubspot_owner_id".into(), owner.as_str().into());
    }
    if let (Change::Create { external_id }, Creates::Findable) = (&write.change, creates) {
        properties.insert(unique_property.into(), external_id.as_str().into());
    }
    properties
}

/// What a new record hangs on, in HubSpot's own association types.
pub(super) fn associations(write: &Write) -> Value {
    let associations = write.related.iter().filter_map(|(object, id)| {
        let association = json!({ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": association_type(write.object, *object)? });
        Some(json!({ "to": { "id": id }, "types": [association] }))
    });
    associations.collect()
}

/// From the vendor's list of default association types; 279 is a contact's company.
fn association_type(from: CrmObject, to: CrmObject) -> Option<u16> {
    Some(match (from, to) {
        (CrmObject::Contact, CrmObject::Account) => 279,
        (CrmObject::Call, CrmObject::Contact) => 194,
        (CrmObject::Email, CrmObject::Contact) => 198,
        (CrmObject::Task, CrmObject::Contact) => 204,
        (CrmObject::Call, CrmObject::Account) => 182,
        (CrmObject::Email, CrmObject::Account) => 186,
        (CrmObject::Task, CrmObject::Account) => 192,
        _ => return None,
    })
}
