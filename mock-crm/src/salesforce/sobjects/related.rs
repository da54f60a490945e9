//! `/sobjects/{object}/{id}/{relationship}`: the record that a reference leads to, or those that refer to this one.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;

use super::read::{Fields, push_record, record};
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::salesforce::answer;
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::row::Row;
use crate::salesforce::records::visible;
use crate::salesforce::rest::Caller;
use crate::salesforce::schema::SObject;
use crate::store::{Serial, Store};
use crate::tenant::Hosted;

/// A record that a path starts from.
pub(super) struct Start {
    object: Arc<SObject>,
    serial: Serial,
}

impl Start {
    /// The record, if the segment is the id of one of the object; `None` where it is the name of a field.
    pub(super) fn find(
        caller: &Caller,
        object: &Arc<SObject>,
        segment: &str,
    ) -> Option<Result<Self, ApiError>> {
        let id = SalesforceId::parse(segment).filter(|id| id.prefix() == object.prefix)?;
        let org = caller.org();
        let store = org.tenant().read();
        let serial = org
            .serial(&store, object.key, id)
            .filter(|serial| store.get(*serial).is_some_and(|record| !record.deleted));
        let start = serial.map(|serial| Self {
            object: object.clone(),
            serial,
        });
        Some(start.ok_or(ApiError::NotFound))
    }

    /// The record that the reference of this name leads to, and its object.
    pub(super) fn parent(
        &self,
        caller: &Caller,
        name: &str,
    ) -> Result<(Arc<SObject>, Serial), ApiError> {
        let field = self.object.relationship(name).ok_or(ApiError::NotFound)?;
        let store = caller.org().tenant().read();
        let row = self.row(caller, &store).ok_or(ApiError::NotFound)?;
        let parent = row.follow(field).filter(|parent| !parent.record.deleted);
        let parent = parent.ok_or(ApiError::NotFound)?;
        let object = visible(caller.org(), &caller.principal, &parent.object.name)?;
        Ok((object, parent.serial))
    }

    fn row<'s>(&'s self, caller: &'s Caller, store: &'s Store) -> Option<Row<'s>> {
        let record = store.get(self.serial)?;
        Some(Row::new(
            caller.org(),
            store,
            &self.object,
            self.serial,
            record,
        ))
    }
}

/// `GET /sobjects/{object}/{id}/{relationship}`
pub(super) fn get(
    caller: &Caller,
    start: &Start,
    name: &str,
    fields: &Fields,
) -> Result<Response<Body>, Refused> {
    let children = caller.org().schema().child_relationships(&start.object);
    let child = children
        .into_iter()
        .find(|(_, _, known)| known.eq_ignore_ascii_case(name));
    match child {
        Some((object, place, _)) => children_of(caller, start, &object, place, fields),
        None => {
            let (object, serial) = start.parent(caller, name)?;
            record(caller, &object, serial, fields)
        }
    }
}

/// The records that refer to this one, as a query result of one page.
fn children_of(
    caller: &Caller,
    start: &Start,
    object: &SObject,
    place: usize,
    fields: &Fields,
) -> Result<Response<Body>, Refused> {
    let org = caller.org();
    let object = visible(org, &caller.principal, &object.name)?;
    let names = fields.of(&object)?;
    let parent = org.record_id(start.object.key, start.serial);
    let (store, base) = (org.tenant().read(), caller.version.base());
    let mut records = Vec::new();
    let mut count = 0;
    for (serial, record) in store.scan(object.key).filter(|(_, record)| !record.deleted) {
        let row = Row::new(org, &store, &object, serial, record);
        let value = object.fields().get(place).map(|field| row.value(field));
        if value == Some(Value::Text(parent.as_str().into())) {
            if count > 0 {
                records.push(b',');
            }
            count += 1;
            push_record(&mut records, &row, &names, &base);
        }
    }
    let mut json = format!(r#"{{"totalSize":{count},"done":true,"records":["#).into_bytes();
    json.append(&mut records);
    json.extend_from_slice(b"]}");
    Ok(answer::json(StatusCode::OK, json))
}
