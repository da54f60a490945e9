//! `/composite/sobjects`: up to 200 records of any objects in one call, as one user.

mod rows;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;

use super::read::push_record;
use super::upsert::key_field;
use crate::ids::SalesforceId;
use crate::salesforce::answer;
use crate::salesforce::body::{self, Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::{Write, row, visible};
use crate::salesforce::rest::{Caller, Payload, QueryString, Segments};
use crate::tenant::Hosted;
use rows::{Outcome, Row, run};

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
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let write = caller.write(API);
    save(&write, &body, Outcome::Saved, |record| {
        let (object, pairs) = rows::typed(&write, record)?;
        write.create(&object, pairs).map(Row::created)
    })
}

/// `PATCH /composite/sobjects`
pub(in crate::salesforce) async fn update(
    caller: Caller,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let write = caller.write(API);
    save(&write, &body, Outcome::Saved, |record| {
        let (object, mut pairs) = rows::typed(&write, record)?;
        let id = rows::take_id(&mut pairs)?;
        write.update(&object, id, pairs)?;
        Ok(Row::changed(id))
    })
}

/// `PATCH /composite/sobjects/{object}/{field}`
pub(in crate::salesforce) async fn upsert(
    caller: Caller,
    Segments([object, field]): Segments<2>,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let write = caller.write(API);
    let object = write.object(&object)?;
    key_field(&object, &field)?;
    save(&write, &body, Outcome::Upserted, |record| {
        rows::upsert(&write, &object, &field, record)
    })
}

fn save<'a>(
    write: &Write<'_>,
    body: &'a [u8],
    outcome: Outcome,
    row: impl Fn(Given<'a>) -> Result<Row, Refused>,
) -> Result<Response<Body>, Refused> {
    let Records {
        all_or_none,
        records,
    } = Records::read(body)?;
    Ok(run(write, records, all_or_none, outcome, row))
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
        |id| delete_one(&write, &id.to_string()),
    ))
}

/// The first three characters of an id say of which object the record is.
fn delete_one(write: &Write<'_>, id: &str) -> Result<Row, Refused> {
    let malformed = || ApiError::MalformedId { id: id.to_owned() };
    let id = SalesforceId::parse(id).ok_or_else(malformed)?;
    let object = write.org.schema().by_prefix(id.prefix());
    let object = write.object(&object.ok_or_else(malformed)?.name)?;
    write.delete(&object, id)?;
    Ok(Row::changed(id))
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
    body: Payload,
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
                    &row::Row::new(org, &store, &object, serial, record),
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
