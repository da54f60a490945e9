//! `/sobjects`: one record at a time.

pub(super) mod collections;
pub(super) mod read;
mod related;
pub(super) mod replication;
mod upsert;

use axum::body::Body;
use axum::response::Response;
use http::{StatusCode, header};
use serde::Deserialize;

use super::answer;
use super::body;
use super::error::{ApiError, Refused};
use super::rest::{Caller, Payload, QueryString, Segments};
use super::schema::SObject;
use crate::ids::SalesforceId;

pub(super) use upsert::{by_key_delete, by_key_get, upsert};

/// The ledger's name of this door.
const API: &str = "rest";

/// `?_HTTP_METHOD=PATCH`: for clients that can't send a PATCH.
#[derive(Debug, Deserialize)]
pub(super) struct MethodOverride {
    #[serde(rename = "_HTTP_METHOD")]
    method: Option<String>,
}

impl MethodOverride {
    pub(super) fn check(&self) -> Result<(), ApiError> {
        match self.method.as_deref() {
            Some(method) if method.eq_ignore_ascii_case("PATCH") => Ok(()),
            _ => Err(ApiError::MethodNotAllowed {
                method: "POST".to_owned(),
                allowed: "HEAD,GET,PATCH,DELETE",
            }),
        }
    }
}

/// `POST /sobjects/{object}`
pub(super) async fn create(
    caller: Caller,
    Segments([object]): Segments<1>,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let write = caller.write(API);
    let object = write.object(&object)?;
    let created_id = write.create(&object, body::object(&body)?);
    let id = created_id.map_err(|refused| refused.located(&body))?;
    caller.looked_at(&object, id);
    Ok(created(&caller, &object, id, ""))
}

/// 201 with the id, and where the record is.
fn created(caller: &Caller, object: &SObject, id: SalesforceId, more: &str) -> Response<Body> {
    let mut json = Vec::with_capacity(80);
    for part in [
        r#"{"id":""#,
        id.as_str(),
        r#"","success":true,"errors":[]"#,
        more,
        "}",
    ] {
        json.extend_from_slice(part.as_bytes());
    }
    let location = url(caller, object, id);
    answer::with_header(
        answer::json(StatusCode::CREATED, json),
        header::LOCATION,
        &location,
    )
}

/// `/services/data/v60.0/sobjects/Contact/003…`
fn url(caller: &Caller, object: &SObject, id: SalesforceId) -> String {
    let base = caller.version.base();
    [&base, "/sobjects/", &object.name, "/", id.as_str()].concat()
}

/// `PATCH /sobjects/{object}/{id}`
pub(super) async fn update(
    caller: Caller,
    Segments([object, id]): Segments<2>,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let write = caller.write(API);
    let object = write.object(&object)?;
    let id = read_id(&object, &id)?;
    let result = write.update(&object, id, body::object(&body)?);
    result.map_err(|refused| missing_as_not_found(refused).located(&body))?;
    caller.looked_at(&object, id);
    Ok(answer::no_content())
}

/// `POST /sobjects/{object}/{id}?_HTTP_METHOD=PATCH`; `POST /sobjects/{object}/Id` creates, as upsert does.
pub(super) async fn update_by_post(
    caller: Caller,
    segments: Segments<2>,
    QueryString(method): QueryString<MethodOverride>,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let Segments([object, id]) = segments;
    if method.method.is_none() && id.eq_ignore_ascii_case("Id") {
        return create(caller, Segments([object]), body).await;
    }
    method.check()?;
    update(caller, Segments([object, id]), body).await
}

/// `DELETE /sobjects/{object}/{id}`
pub(super) async fn delete(
    caller: Caller,
    Segments([object, id]): Segments<2>,
) -> Result<Response<Body>, Refused> {
    let write = caller.write(API);
    let object = write.object(&object)?;
    write.delete(&object, read_id(&object, &id)?)?;
    Ok(answer::no_content())
}

/// An id in the path of a write.
fn read_id(object: &SObject, text: &str) -> Result<SalesforceId, ApiError> {
    let id = SalesforceId::parse(text).ok_or_else(|| ApiError::MalformedId {
        id: text.to_owned(),
    })?;
    match id.prefix() == object.prefix {
        true => Ok(id),
        false => Err(ApiError::NotFound),
    }
}

/// An update of a record that is not there is a call of a resource that is not there.
fn missing_as_not_found(refused: Refused) -> Refused {
    let missing = matches!(refused.errors().next(), Some(ApiError::NoSuchRecord));
    if missing {
        ApiError::NotFound.into()
    } else {
        refused
    }
}
