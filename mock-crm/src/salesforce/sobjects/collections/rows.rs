//! The rows of a collection: each is checked, then written or rolled back with the others.

use std::collections::HashSet;
use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;

use crate::ids::SalesforceId;
use crate::salesforce::answer;
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::{Write, find_by_key};
use crate::salesforce::schema::{SObject, Source};
use crate::store::{Change, Creation, Serial, Store};
use crate::tenant::Hosted;

/// A row that passed all checks.
pub(super) enum Prepared {
    Create(Arc<SObject>, Creation),
    Change(Arc<SObject>, Serial, Change),
    Delete(Arc<SObject>, Serial),
}

/// What the rows of the answer look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Saved,
    /// With `created`, which says so of every row also when all of them were rolled back.
    Upserted,
}

/// Checks and writes the rows. Rows are written one after the other unless all or none are to be.
pub(super) fn run<'a>(
    write: &Write<'_>,
    records: Vec<Given<'a>>,
    all_or_none: bool,
    outcome: Outcome,
    prepare: impl Fn(&Store, Given<'a>) -> Result<Prepared, Refused>,
) -> Response<Body> {
    let mut store = write.org.tenant().write();
    let mut results: Vec<Result<Row, Refused>> = Vec::new();
    if all_or_none {
        let prepared: Vec<_> = records
            .into_iter()
            .map(|record| prepare(&store, record))
            .collect();
        let prepared = without_twins(prepared);
        let valid = prepared.iter().all(Result::is_ok);
        for row in prepared {
            results.push(match row {
                Ok(row) if valid => Ok(put(write, &mut store, row)),
                Ok(_) => Err(ApiError::RolledBack.into()),
                Err(refused) => Err(refused),
            });
        }
    } else {
        for record in records {
            let prepared = prepare(&store, record);
            results.push(prepared.map(|row| put(write, &mut store, row)));
        }
    }
    drop(store);
    answer::json(StatusCode::OK, body(&results, outcome))
}

/// A row that was written.
struct Row {
    id: SalesforceId,
    created: bool,
}

fn put(write: &Write<'_>, store: &mut Store, row: Prepared) -> Row {
    match row {
        Prepared::Create(object, creation) => Row {
            id: write.put(store, &object, creation),
            created: true,
        },
        Prepared::Change(object, serial, change) => {
            write.apply(store, &object, serial, change);
            Row {
                id: write.org.record_id(object.key, serial),
                created: false,
            }
        }
        Prepared::Delete(object, serial) => {
            write.remove(store, &object, serial);
            Row {
                id: write.org.record_id(object.key, serial),
                created: false,
            }
        }
    }
}

/// Rows that are checked before any is written do not see each other: of two with the same unique value, the second
/// is refused here.
fn without_twins(rows: Vec<Result<Prepared, Refused>>) -> Vec<Result<Prepared, Refused>> {
    let mut seen: HashSet<u64> = HashSet::new();
    let mut check = |row: Prepared| -> Result<Prepared, Refused> {
        let (object, body) = match &row {
            Prepared::Create(object, creation) => (object, Some(creation.body.as_slice())),
            Prepared::Change(object, _, change) => (object, change.body.as_deref()),
            Prepared::Delete(object, _) => (object, None),
        };
        let pairs = crate::salesforce::body::stored(body.unwrap_or(b"{}"));
        for (name, value) in &pairs {
            let unique = object
                .field(name)
                .filter(|field| field.flags.has(crate::salesforce::schema::Flags::UNIQUE));
            if let (Some(field), Given::Text(text)) = (unique, value) {
                let key = crate::store::unique_key(object.key, &field.name, text);
                if !seen.insert(key) {
                    return Err(ApiError::DuplicateValue {
                        field: field.name.to_string(),
                        id: "<unknown>".to_owned(),
                    }
                    .into());
                }
            }
        }
        Ok(row)
    };
    rows.into_iter()
        .map(|row| row.and_then(&mut check))
        .collect::<Vec<_>>()
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
pub(super) fn prepared_upsert(
    write: &Write<'_>,
    store: &Store,
    object: &Arc<SObject>,
    field: &str,
    record: Given<'_>,
) -> Result<Prepared, Refused> {
    let Given::Object(mut pairs) = record else {
        return Err(not_an_object(&record));
    };
    let key = super::key_field(object, field)?;
    let place = pairs
        .iter()
        .position(|(name, _)| name.eq_ignore_ascii_case(&key.name));
    let value = match place.map(|place| pairs.remove(place).1) {
        Some(Given::Text(text)) => Some(text),
        Some(Given::Null) | None => None,
        Some(other) => Some(other.to_string().into()),
    };
    let by_id = key.source == Source::Id;
    let found = match &value {
        Some(value) => find_by_key(write.org, store, object, &key.name, value),
        None if by_id => Vec::new(),
        None => {
            return Err(ApiError::InvalidReference {
                message: format!("{} not specified", key.name),
            }
            .into());
        }
    };
    match found.as_slice() {
        [serial] => {
            let id = write.org.record_id(object.key, *serial);
            let draft = write.draft_of_update(object, pairs)?;
            let (serial, change) = write.change(store, id, draft)?;
            Ok(Prepared::Change(object.clone(), serial, change))
        }
        [] if by_id && value.is_some() => Err(ApiError::NoSuchRecord.into()),
        [] => {
            if let Some(value) = value.filter(|_| !by_id) {
                pairs.push((key.name.to_string().into(), Given::Text(value)));
            }
            let draft = write.draft_of_create(object, pairs)?;
            let creation = write.creation(store, draft)?;
            Ok(Prepared::Create(object.clone(), creation))
        }
        _ => Err(ApiError::DuplicateExternalId.into()),
    }
}
