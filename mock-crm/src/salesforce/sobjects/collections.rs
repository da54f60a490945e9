//! `/composite/sobjects`: up to 200 records of any objects in one call, as one user.

mod rows;

use axum::body::{Body, Bytes};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;

use super::read::push_record;
use super::upsert::key_field;
use crate::ids::SalesforceId;
use crate::salesforce::answer;
use crate::salesforce::body::{self, Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::row::Row;
use crate::salesforce::records::visible;
use crate::salesforce::rest::{Caller, QueryString, Segments};
use crate::tenant::Hosted;
use rows::{Outcome, Prepared, run};

/// The ledger's name of this door.
const API: &str = "collections";

/// Records in one call. REST guide, "Using sObject Collections".
const LIMIT: usize = 200;

/// Records in one read.
const READ_LIMIT: usize = 2000;

/// The records of a request, and whether all are to be written or none.
struct Records<'a> {
    all_or_none: bool,
    records: Vec<Given<'a>>,
}

impl<'a> Records<'a> {
    fn read(body: &'a [u8]) -> Result<Self, ApiError> {
        let mut read = Self {
            all_or_none: false,
            records: Vec::new(),
        };
        for (name, value) in body::object(body)? {
            match (&*name, value) {
                ("allOrNone", Given::Boolean(value)) => read.all_or_none = value,
                ("records", Given::List(records)) => read.records = records,
                (name, value) => {
                    return Err(ApiError::JsonParser {
                        message: format!("Unrecognized field \"{name}\" or value {value}"),
                        line: 1,
                        column: 1,
                    });
                }
            }
        }
        match read.records.len() > LIMIT {
            true => Err(ApiError::TooManyRecords { limit: LIMIT }),
            false => Ok(read),
        }
    }
}

/// `POST /composite/sobjects`
pub(in crate::salesforce) async fn create(
    caller: Caller,
    body: Bytes,
) -> Result<Response<Body>, Refused> {
    let Records {
        all_or_none,
        records,
    } = Records::read(&body)?;
    let write = caller.write(API);
    Ok(run(
        &write,
        records,
        all_or_none,
        Outcome::Saved,
        |store, record| {
            let (object, pairs) = rows::typed(&write, record)?;
            let draft = write.draft_of_create(&object, pairs)?;
            let creation = write.creation(store, draft)?;
            Ok(Prepared::Create(object.clone(), creation))
        },
    ))
}

/// `PATCH /composite/sobjects`
pub(in crate::salesforce) async fn update(
    caller: Caller,
    body: Bytes,
) -> Result<Response<Body>, Refused> {
    let Records {
        all_or_none,
        records,
    } = Records::read(&body)?;
    let write = caller.write(API);
    Ok(run(
        &write,
        records,
        all_or_none,
        Outcome::Saved,
        |store, record| {
            let (object, mut pairs) = rows::typed(&write, record)?;
            let id = rows::take_id(&mut pairs)?;
            let draft = write.draft_of_update(&object, pairs)?;
            let (serial, change) = write.change(store, id, draft)?;
            Ok(Prepared::Change(object.clone(), serial, change))
        },
    ))
}

/// `PATCH /composite/sobjects/{object}/{field}`
pub(in crate::salesforce) async fn upsert(
    caller: Caller,
    Segments([object, field]): Segments<2>,
    body: Bytes,
) -> Result<Response<Body>, Refused> {
    let Records {
        all_or_none,
        records,
    } = Records::read(&body)?;
    let write = caller.write(API);
    let object = write.object(&object)?;
    key_field(&object, &field)?;
    Ok(run(
        &write,
        records,
        all_or_none,
        Outcome::Upserted,
        |store, record| rows::prepared_upsert(&write, store, &object, &field, record),
    ))
}

/// `?ids=a,b&allOrNone=true`
#[derive(Debug, Deserialize)]
pub(in crate::salesforce) struct DeleteOptions {
    ids: String,
    #[serde(rename = "allOrNone", default)]
    all_or_none: bool,
}

/// `DELETE /composite/sobjects`
pub(in crate::salesforce) async fn delete(
    caller: Caller,
    QueryString(options): QueryString<DeleteOptions>,
) -> Result<Response<Body>, Refused> {
    let ids: Vec<Given<'_>> = options
        .ids
        .split(',')
        .map(|id| Given::Text(id.trim().into()))
        .collect();
    if ids.len() > LIMIT {
        return Err(ApiError::TooManyRecords { limit: LIMIT }.into());
    }
    let write = caller.write(API);
    Ok(run(
        &write,
        ids,
        options.all_or_none,
        Outcome::Saved,
        |store, id| {
            let text = id.to_string();
            let malformed = || ApiError::MalformedId { id: text.clone() };
            let id = SalesforceId::parse(&text).ok_or_else(malformed)?;
            let object = caller
                .org()
                .schema()
                .by_prefix(id.prefix())
                .ok_or_else(malformed)?;
            let object = write.object(&object.name)?;
            let serial = write.deletable(store, &object, id)?;
            Ok(Prepared::Delete(object, serial))
        },
    ))
}

/// `?ids=a,b&fields=Name,OwnerId`
#[derive(Debug, Deserialize)]
pub(in crate::salesforce) struct ReadOptions {
    ids: String,
    fields: String,
}

/// `GET /composite/sobjects/{object}`
pub(in crate::salesforce) async fn get(
    caller: Caller,
    Segments([object]): Segments<1>,
    QueryString(options): QueryString<ReadOptions>,
) -> Result<Response<Body>, Refused> {
    let split = |text: &str| text.split(',').map(|part| part.trim().to_owned()).collect();
    read(
        &caller,
        &object,
        split(&options.ids),
        split(&options.fields),
    )
}

/// `POST /composite/sobjects/{object}`: the same with a body, since an address holds only so many ids.
pub(in crate::salesforce) async fn get_by_post(
    caller: Caller,
    Segments([object]): Segments<1>,
    body: Bytes,
) -> Result<Response<Body>, Refused> {
    let pairs: Pairs<'_> = body::object(&body)?;
    let texts = |key: &str| match body::get(&pairs, key) {
        Some(Given::List(items)) => items.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    read(&caller, &object, texts("ids"), texts("fields"))
}

fn read(
    caller: &Caller,
    object: &str,
    ids: Vec<String>,
    fields: Vec<String>,
) -> Result<Response<Body>, Refused> {
    if ids.len() > READ_LIMIT {
        return Err(ApiError::TooManyRecords { limit: READ_LIMIT }.into());
    }
    let (org, object) = (
        caller.org(),
        visible(caller.org(), &caller.principal, object)?,
    );
    let names = fields.iter().map(|name| {
        object
            .field(name)
            .map(|field| &*field.name)
            .ok_or_else(|| ApiError::NoSuchColumn {
                field: name.clone(),
                object: object.name.to_string(),
            })
    });
    let names = names.collect::<Result<Vec<_>, _>>()?;
    let (store, base) = (org.tenant().read(), caller.version.base());
    let mut json = vec![b'['];
    for (place, id) in ids.iter().enumerate() {
        if place > 0 {
            json.push(b',');
        }
        let serial = SalesforceId::parse(id).and_then(|id| org.serial(&store, object.key, id));
        match serial.and_then(|serial| Some((serial, store.get(serial)?))) {
            Some((serial, record)) if !record.deleted => {
                push_record(
                    &mut json,
                    &Row::new(org, &store, &object, serial, record),
                    &names,
                    &base,
                );
            }
            _ => json.extend_from_slice(b"null"),
        }
    }
    json.push(b']');
    Ok(answer::json(StatusCode::OK, json))
}
