//! `/sobjects/{object}/{field}/{value}`: records by a field that identifies them.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;

use super::read::{Fields, record};
use super::related::{self, Start};
use super::{API, created, missing_as_not_found, url};
use crate::ids::SalesforceId;
use crate::salesforce::answer;
use crate::salesforce::body::{self, Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::{Write, find_by_key, visible};
use crate::salesforce::rest::{Caller, Payload, QueryString, Segments};
use crate::salesforce::schema::{Field, SObject, Source};
use crate::store::Serial;
use crate::tenant::Hosted;

/// `?updateOnly=true`, which exists since version 50 or so.
#[derive(Debug, Deserialize)]
pub(in crate::salesforce) struct Options {
    #[serde(rename = "updateOnly", default)]
    update_only: bool,
    #[serde(rename = "_HTTP_METHOD")]
    method: Option<String>,
}

/// What an upsert did.
#[derive(Debug)]
pub(super) enum Upserted {
    Created(SalesforceId),
    Updated(SalesforceId),
    /// Several records have the value.
    Several(Vec<Serial>),
}

/// `PATCH /sobjects/{object}/{field}/{value}`
pub(in crate::salesforce) async fn upsert(
    caller: Caller,
    method: http::Method,
    Segments([object, field, value]): Segments<3>,
    QueryString(options): QueryString<Options>,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    if method == http::Method::POST {
        super::MethodOverride {
            method: options.method,
        }
        .check()?;
    }
    let write = caller.write(API);
    let object = write.object(&object)?;
    if let Some(start) = Start::find(&caller, &object, &field) {
        let (parent, id) = parent(&caller, start, &value)?;
        let updated = write.update(&parent, id, body::object(&body)?);
        updated.map_err(|refused| refused.located(&body))?;
        return Ok(answer::no_content());
    }
    let key = key_field(&object, &field)?;
    let pairs = body::object(&body)?;
    if pairs
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case(&key.name))
    {
        return Err(ApiError::KeyInBody {
            field: key.name.to_string(),
        }
        .into());
    }
    let upserted = write.upsert(&object, key, &value, pairs, options.update_only);
    let upserted = upserted.map_err(|refused| missing_as_not_found(refused).located(&body))?;
    if let Upserted::Created(id) | Upserted::Updated(id) = upserted {
        caller.looked_at(&object, id);
    }
    // The `created` key came with version 46; before it, an update had no body.
    let tells = caller.version.major >= 46;
    Ok(match upserted {
        Upserted::Created(id) => created(
            &caller,
            &object,
            id,
            if tells { r#","created":true"# } else { "" },
        ),
        Upserted::Updated(id) if tells => {
            let json = format!(r#"{{"id":"{id}","success":true,"errors":[],"created":false}}"#);
            answer::json(StatusCode::OK, json)
        }
        Upserted::Updated(_) => answer::no_content(),
        Upserted::Several(serials) => several(&caller, &object, &serials),
    })
}

/// `GET /sobjects/{object}/{field}/{value}`
pub(in crate::salesforce) async fn by_key_get(
    caller: Caller,
    Segments([object, field, value]): Segments<3>,
    QueryString(fields): QueryString<Fields>,
) -> Result<Response<Body>, Refused> {
    let object = visible(caller.org(), &caller.principal, &object)?;
    if let Some(start) = Start::find(&caller, &object, &field) {
        return related::get(&caller, &start?, &value, &fields);
    }
    let key = key_field(&object, &field)?;
    let found = {
        let store = caller.org().tenant().read();
        find_by_key(caller.org(), &store, &object, &key.name, &value)
    };
    match found.as_slice() {
        [] => Err(ApiError::NotFound.into()),
        [serial] => record(&caller, &object, *serial, &fields),
        serials => Ok(several(&caller, &object, serials)),
    }
}

/// `DELETE /sobjects/{object}/{field}/{value}`
pub(in crate::salesforce) async fn by_key_delete(
    caller: Caller,
    Segments([object, field, value]): Segments<3>,
) -> Result<Response<Body>, Refused> {
    let write = caller.write(API);
    let object = write.object(&object)?;
    if let Some(start) = Start::find(&caller, &object, &field) {
        let (parent, id) = parent(&caller, start, &value)?;
        write.delete(&parent, id)?;
        return Ok(answer::no_content());
    }
    let key = key_field(&object, &field)?;
    let found = {
        let store = caller.org().tenant().read();
        find_by_key(caller.org(), &store, &object, &key.name, &value)
    };
    match found.as_slice() {
        [] => Err(ApiError::NotFound.into()),
        [serial] => {
            write.delete(&object, caller.org().record_id(object.key, *serial))?;
            Ok(answer::no_content())
        }
        serials => Ok(several(&caller, &object, serials)),
    }
}

/// The record that a path through a reference leads to.
fn parent(
    caller: &Caller,
    start: Result<Start, ApiError>,
    name: &str,
) -> Result<(Arc<SObject>, SalesforceId), ApiError> {
    let (object, serial) = start?.parent(caller, name)?;
    let id = caller.org().record_id(object.key, serial);
    Ok((object, id))
}

/// 300 with the addresses of all of them.
fn several(caller: &Caller, object: &SObject, serials: &[Serial]) -> Response<Body> {
    let id = |serial: &Serial| caller.org().record_id(object.key, *serial);
    let urls: Vec<_> = serials
        .iter()
        .map(|serial| url(caller, object, id(serial)))
        .collect();
    answer::json(StatusCode::MULTIPLE_CHOICES, answer::to_json(&urls))
}

/// The field that records are looked up by.
pub(super) fn key_field<'o>(object: &'o SObject, name: &str) -> Result<&'o Field, ApiError> {
    let field = object.field(name).filter(|field| field.upsert_key());
    field.ok_or_else(|| ApiError::NoExternalId {
        field: name.to_owned(),
    })
}

impl Write<'_> {
    /// Updates the one record that has the value, or creates one: the owner of a record that is there stays.
    pub(super) fn upsert(
        &self,
        object: &SObject,
        key: &Field,
        value: &str,
        pairs: Pairs<'_>,
        update_only: bool,
    ) -> Result<Upserted, Refused> {
        // The record is looked for and written under one lock: two upserts of one value make one record.
        let mut store = self.org.tenant().write();
        let found = find_by_key(self.org, &store, object, &key.name, value);
        match found.as_slice() {
            [serial] => {
                let id = self.org.record_id(object.key, *serial);
                let draft = self.draft_of_update(object, pairs)?;
                let (serial, change) = self.change(&store, id, draft)?;
                self.apply(&mut store, object, serial, change);
                Ok(Upserted::Updated(id))
            }
            [] if key.source == Source::Id => Err(ApiError::NoSuchRecord.into()),
            [] if update_only => Err(ApiError::NotFound.into()),
            [] => {
                let mut pairs: Pairs<'_> = pairs
                    .into_iter()
                    .map(|(name, value)| (name.into_owned().into(), value.owned()))
                    .collect();
                pairs.push((
                    key.name.to_string().into(),
                    Given::Text(value.to_owned().into()),
                ));
                let draft = self.draft_of_upsert(object, pairs)?;
                let creation = self.creation(&store, draft)?;
                Ok(Upserted::Created(self.put(&mut store, object, creation)))
            }
            several => Ok(Upserted::Several(several.to_vec())),
        }
    }
}
