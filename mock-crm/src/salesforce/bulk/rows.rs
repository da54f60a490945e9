//! One row of a job: the same rules as a record that comes by REST.

use super::job::{Description, Operation};
use crate::ids::SalesforceId;
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::{Write, find_by_key};
use crate::salesforce::schema::{SObject, Source};
use crate::store::Store;

/// A row that was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) id: SalesforceId,
    pub(super) created: bool,
}

/// What became of a row.
pub(super) type Outcome = Result<Written, Refused>;

/// Writes a row.
pub(super) fn write(
    write: &Write<'_>,
    store: &mut Store,
    job: &Description,
    mut pairs: Pairs<'_>,
) -> Outcome {
    let object = &*job.object;
    match job.operation {
        Operation::Insert => {
            let draft = write.draft_of_create(object, pairs)?;
            let creation = write.creation(store, draft)?;
            Ok(Written {
                id: write.put(store, object, creation),
                created: true,
            })
        }
        Operation::Update => {
            let id = record_id(&mut pairs, "update")?;
            update(write, store, object, id, pairs)
        }
        Operation::Upsert => upsert(write, store, job, pairs),
        Operation::Delete => {
            let id = record_id(&mut pairs, "delete")?;
            let serial = write.deletable(store, object, id)?;
            write.remove(store, object, serial);
            let created = false;
            Ok(Written { id, created })
        }
        // Neither gets so far: they are told apart where the job is created.
        Operation::HardDelete | Operation::Query | Operation::QueryAll => {
            Err(ApiError::NotSimulated {
                what: format!("rows of {:?}", job.operation),
            }
            .into())
        }
    }
}

fn update(
    write: &Write<'_>,
    store: &mut Store,
    object: &SObject,
    id: SalesforceId,
    pairs: Pairs<'_>,
) -> Outcome {
    let draft = write.draft_of_update(object, pairs)?;
    let (serial, change) = write.change(store, id, draft)?;
    write.apply(store, object, serial, change);
    Ok(Written {
        id: write.org.record_id(object.key, serial),
        created: false,
    })
}

/// By `Id`, a row without one is created. Audit fields are for inserts only (help article 000176484).
fn upsert(
    write: &Write<'_>,
    store: &mut Store,
    job: &Description,
    mut pairs: Pairs<'_>,
) -> Outcome {
    let object = &*job.object;
    let key = job.key.as_deref().and_then(|name| object.field(name));
    let key = key.ok_or_else(|| missing("The external ID field"))?;
    let by_id = key.source == Source::Id;
    let value = take(&mut pairs, &key.name);
    let found = match &value {
        Some(value) => find_by_key(write.org, store, object, &key.name, value),
        None if by_id => Vec::new(),
        None => return Err(missing(&key.name).into()),
    };
    match found.as_slice() {
        [serial] => {
            let id = write.org.record_id(object.key, *serial);
            update(write, store, object, id, pairs)
        }
        [] if by_id && value.is_some() => Err(ApiError::NoSuchRecord.into()),
        [] => {
            if let Some(value) = value.filter(|_| !by_id) {
                pairs.push((key.name.to_string().into(), Given::Text(value.into())));
            }
            let draft = write.draft_of_upsert(object, pairs)?;
            let creation = write.creation(store, draft)?;
            Ok(Written {
                id: write.put(store, object, creation),
                created: true,
            })
        }
        _ => Err(ApiError::DuplicateExternalId.into()),
    }
}

/// Takes a field out of the row; nothing where it is null or not there.
fn take(pairs: &mut Pairs<'_>, field: &str) -> Option<String> {
    let place = pairs
        .iter()
        .position(|(name, _)| name.eq_ignore_ascii_case(field))?;
    match pairs.remove(place).1 {
        Given::Null => None,
        value => Some(value.to_string()),
    }
}

fn record_id(pairs: &mut Pairs<'_>, call: &str) -> Result<SalesforceId, ApiError> {
    let text = take(pairs, "Id").ok_or_else(|| ApiError::NotSpecified {
        message: format!("Id not specified in {call} call"),
    })?;
    SalesforceId::parse(&text).ok_or(ApiError::MalformedId { id: text })
}

fn missing(field: &str) -> ApiError {
    ApiError::NotSpecified {
        message: format!("{field} not specified"),
    }
}

/// `CODE:message:fields --` of each refusal.
pub(super) fn error_text(refused: &Refused) -> String {
    let texts = refused.errors().map(|error| {
        let code = error.status_and_code().1;
        match error.fields().unwrap_or_default().join(", ") {
            fields if fields.is_empty() => format!("{code}:{error}:--"),
            fields => format!("{code}:{error}:{fields} --"),
        }
    });
    // How several refusals of one row are joined is unverified.
    texts.collect::<Vec<_>>().join(";")
}
