//! Reading records.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;

use crate::ids::SalesforceId;
use crate::salesforce::answer;
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::row::{Row, push_attributes, push_named};
use crate::salesforce::records::visible;
use crate::salesforce::rest::{Caller, QueryString, Segments, Validator, Verdict};
use crate::salesforce::schema::SObject;
use crate::salesforce::spec::DeletedRow;
use crate::store::{Record, Serial};
use crate::tenant::Hosted;

/// `?fields=Name,OwnerId`
#[derive(Debug, Default, Deserialize)]
pub(in crate::salesforce) struct Fields {
    fields: Option<String>,
}

impl Fields {
    /// The canonical names of the fields that are asked for, or of all.
    pub(super) fn of<'o>(&self, object: &'o SObject) -> Result<Vec<&'o str>, ApiError> {
        let Some(fields) = &self.fields else {
            return Ok(object.fields().iter().map(|field| &*field.name).collect());
        };
        let names = fields.split(',').map(str::trim);
        let known = |name: &str| {
            object
                .field(name)
                .map(|field| &*field.name)
                .ok_or_else(|| ApiError::NoSuchColumn {
                    field: name.to_owned(),
                    object: object.name.to_string(),
                })
        };
        names.map(known).collect()
    }
}

/// `GET /sobjects/{object}/{id}`
pub(in crate::salesforce) async fn get(
    caller: Caller,
    Segments([object, id]): Segments<2>,
    QueryString(fields): QueryString<Fields>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refused> {
    let object = visible(caller.org(), &caller.principal, &object)?;
    // What is no id is taken for the name of an external id field.
    let id = SalesforceId::parse(&id).ok_or(ApiError::NoExternalId { field: id })?;
    let store = caller.org().tenant().read();
    let serial = caller
        .org()
        .serial(&store, object.key, id)
        .ok_or(ApiError::NotFound)?;
    let validator = store
        .get(serial)
        .filter(|record| !record.deleted)
        .map(|record| validator(&object, serial, record));
    drop(store);
    if let Some(validator) = &validator
        && let Verdict::NotModified = validator.check(&headers)?
    {
        return Ok(validator.not_modified());
    }
    let answer = record(&caller, &object, serial, &fields)?;
    caller.looked_at(&object, id);
    Ok(match validator {
        Some(validator) => validator.mark(answer),
        None => answer,
    })
}

/// The state of a record for conditional requests. Only accounts have marks.
fn validator(object: &SObject, serial: Serial, record: &Record) -> Validator {
    let tag = || format!("\"{:x}-{:x}\"", serial.0, record.modified_at.0);
    Validator {
        modified_at: record.modified_at,
        tag: (object.name == "Account").then(tag),
    }
}

/// The record as an answer.
pub(super) fn record(
    caller: &Caller,
    object: &SObject,
    serial: Serial,
    fields: &Fields,
) -> Result<Response<Body>, Refused> {
    let store = caller.org().tenant().read();
    let record = store.get(serial).ok_or(ApiError::NotFound)?;
    if record.deleted {
        let error = match caller.org().spec.switches.deleted_row_get {
            DeletedRow::EntityIsDeleted => ApiError::EntityIsDeleted,
            DeletedRow::NotFound => ApiError::NotFound,
        };
        return Err(error.into());
    }
    let row = Row::new(caller.org(), &store, object, serial, record);
    let mut json = Vec::with_capacity(2048);
    push_record(&mut json, &row, &fields.of(object)?, &caller.version.base());
    Ok(answer::json(StatusCode::OK, json))
}

/// Appends the record with its attributes and these fields; `Id` is among them, asked for or not.
pub(super) fn push_record(json: &mut Vec<u8>, row: &Row<'_>, fields: &[&str], base: &str) {
    json.push(b'{');
    push_attributes(json, row, base);
    for name in fields {
        json.push(b',');
        push_named(json, row, name);
    }
    if !fields.contains(&"Id") {
        json.push(b',');
        push_named(json, row, "Id");
    }
    json.push(b'}');
}
