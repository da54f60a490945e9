//! Apollo's values under Salesforce's names.

use super::object_name;
use crate::apollo::{Activity, ActivityKind, CrmObject, Record};
use crate::sync::Write;
use serde_json::{Map, Value, json};

/// The fields of a Contact, Account or Lead.
pub(in crate::sync) fn record_properties(object: CrmObject, record: &Record) -> Map<String, Value> {
    let named = record
        .fields
        .iter()
        .filter_map(|(name, value)| Some((field_name(object, name)?, value)));
    named
        .map(|(name, value)| (name.to_owned(), Value::from(value.as_str())))
        .collect()
}

/// A contact's company is its account's name: only a Lead has a field for it.
fn field_name(object: CrmObject, apollo_name: &str) -> Option<&'static str> {
    Some(match (apollo_name, object) {
        ("first_name", _) => "FirstName",
        ("last_name", _) => "LastName",
        ("email", _) => "Email",
        ("phone", _) => "Phone",
        ("title", _) => "Title",
        ("company", CrmObject::Lead) => "Company",
        ("name", _) => "Name",
        ("domain", _) => "Website",
        _ => return None,
    })
}

/// A Task that says what it was. An e-mail or a call has happened; a task is still to be done.
pub(in crate::sync) fn activity_properties(activity: &Activity) -> Map<String, Value> {
    let (subtype, status) = match activity.kind {
        ActivityKind::Email => ("Email", "Completed"),
        ActivityKind::Call => ("Call", "Completed"),
        ActivityKind::Task => ("Task", "Not Started"),
    };
    let mut properties = Map::new();
    properties.insert("Subject".into(), activity.details.subject.as_str().into());
    properties.insert("TaskSubtype".into(), subtype.into());
    properties.insert("Status".into(), status.into());
    // `ActivityDate` is a date without a time.
    properties.insert(
        "ActivityDate".into(),
        activity.details.at.get(..10).unwrap_or_default().into(),
    );
    if let Some(body) = &activity.details.body {
        properties.insert("Description".into(), body.as_str().into());
    }
    properties
}

/// The body of a write: fields, owner, look-ups.
pub(super) fn body(write: &Write) -> Map<String, Value> {
    let mut body = write.properties.clone();
    if let Some(owner) = &write.owner {
        body.insert("OwnerId".into(), owner.as_str().into());
    }
    for (object, id) in &write.related {
        body.insert(lookup(write.object, *object).into(), id.as_str().into());
    }
    body
}

/// The same, as a row of a collection.
pub(super) fn row(write: &Write) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert(
        "attributes".into(),
        json!({ "type": object_name(write.object) }),
    );
    row.extend(body(write));
    row
}

/// A Task hangs on a person by `WhoId` and on anything else by `WhatId`.
fn lookup(from: CrmObject, to: CrmObject) -> &'static str {
    match (from, to) {
        (CrmObject::Contact, CrmObject::Account) => "AccountId",
        (_, CrmObject::Contact | CrmObject::Lead) => "WhoId",
        _ => "WhatId",
    }
}
