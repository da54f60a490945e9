//! The rows of a collection: each is written, and all are taken back where one that fails is to undo the others.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;

use crate::ids::SalesforceId;
use crate::salesforce::answer;
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::Write;
use crate::salesforce::schema::{SObject, Source};
use crate::salesforce::sobjects::upsert::Upserted;

/// A row that was written.
#[derive(Debug)]
pub(super) struct Row {
    id: SalesforceId,
    created: bool,
}

impl Row {
    pub(super) fn created(id: SalesforceId) -> Self {
        Self { id, created: true }
    }

    pub(super) fn changed(id: SalesforceId) -> Self {
        Self { id, created: false }
    }
}

/// What the rows of the answer look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Saved,
    /// With `created`, which says so of every row also when all of them were rolled back.
    Upserted,
}

/// Writes one row after the other, each seeing those before it. Where all or none are to be kept, one that fails takes
/// the others back.
pub(super) fn run<'a>(
    write: &Write<'_>,
    records: Vec<Given<'a>>,
    all_or_none: bool,
    outcome: Outcome,
    save: impl Fn(Given<'a>) -> Result<Row, Refused>,
) -> Response<Body> {
    let save_all = || {
        let results: Vec<_> = records.into_iter().map(save).collect();
        match all_or_none && results.iter().any(Result::is_err) {
            true => Err(results),
            false => Ok(results),
        }
    };
    let results = write.org.transaction(save_all);
    let results = results.unwrap_or_else(|failed| failed.into_iter().map(rolled_back).collect());
    answer::json(StatusCode::OK, body(&results, outcome))
}

fn rolled_back(row: Result<Row, Refused>) -> Result<Row, Refused> {
    row.and(Err(ApiError::RolledBack.into()))
}

fn body(results: &[Result<Row, Refused>], outcome: Outcome) -> Vec<u8> {
    let mut json = vec![b'['];
    for (place, result) in results.iter().enumerate() {
        if place > 0 {
            json.push(b',');
        }
        match result {
            Ok(row) => json.extend_from_slice(
                format!(r#"{{"id":"{}","success":true,"errors":[]"#, row.id).as_bytes(),
            ),
            Err(refused) => {
                json.extend_from_slice(br#"{"success":false,"errors":"#);
                json.extend_from_slice(&refused.row_errors());
            }
        }
        if outcome == Outcome::Upserted {
            let created = result.as_ref().map_or(true, |row| row.created);
            json.extend_from_slice(format!(r#","created":{created}"#).as_bytes());
        }
        json.push(b'}');
    }
    json.push(b']');
    json
}

/// The object that a row's attributes name, and its fields.
pub(super) fn typed<'a>(
    write: &Write<'_>,
    record: Given<'a>,
) -> Result<(Arc<SObject>, Pairs<'a>), Refused> {
    let Given::Object(pairs) = record else {
        return Err(not_an_object(&record));
    };
    let attributes = pairs.iter().find_map(|(name, value)| match value {
        Given::Object(attributes) if name.eq_ignore_ascii_case("attributes") => Some(attributes),
        _ => None,
    });
    let name = attributes.and_then(|attributes| attributes.iter().find(|(name, _)| name == "type"));
    let Some((_, Given::Text(name))) = name else {
        return Err(ApiError::InvalidReference {
            message: "The record has no attributes with a type".to_owned(),
        }
        .into());
    };
    let object = write.object(name).map_err(|_| ApiError::InvalidType {
        message: format!("sObject type '{name}' is not supported."),
    })?;
    Ok((object, pairs))
}

fn not_an_object(record: &Given<'_>) -> Refused {
    ApiError::JsonParser {
        message: format!(
            "Can not deserialize SObject out of {} token",
            record.token_name()
        ),
        line: 1,
        column: 1,
    }
    .into()
}

/// Takes the id of the record out of the fields.
pub(super) fn take_id(pairs: &mut Pairs<'_>) -> Result<SalesforceId, ApiError> {
    let place = pairs
        .iter()
        .position(|(name, _)| name.eq_ignore_ascii_case("Id"));
    let Some((_, Given::Text(text))) = place.map(|place| pairs.remove(place)) else {
        return Err(ApiError::InvalidReference {
            message: "Id not specified in an update call".to_owned(),
        });
    };
    SalesforceId::parse(&text).ok_or_else(|| ApiError::MalformedId {
        id: text.to_string(),
    })
}

/// A row of an upsert: by `Id`, a row without one is created.
pub(super) fn upsert(
    write: &Write<'_>,
    object: &Arc<SObject>,
    field: &str,
    record: Given<'_>,
) -> Result<Row, Refused> {
    let Given::Object(mut pairs) = record else {
        return Err(not_an_object(&record));
    };
    let key = super::key_field(object, field)?;
    let place = pairs
        .iter()
        .position(|(name, _)| name.eq_ignore_ascii_case(&key.name));
    let value = match place.map(|place| pairs.remove(place).1) {
        Some(Given::Null) | None if key.source == Source::Id => {
            return write.create_upserted(object, pairs).map(Row::created);
        }
        Some(Given::Null) | None => {
            return Err(ApiError::InvalidReference {
                message: format!("{} not specified", key.name),
            }
            .into());
        }
        Some(value) => value.to_string(),
    };
    match write.upsert(object, key, &value, pairs, false)? {
        Upserted::Created(id) => Ok(Row::created(id)),
        Upserted::Updated(id) => Ok(Row::changed(id)),
        Upserted::Several(_) => Err(ApiError::DuplicateExternalId.into()),
    }
}
