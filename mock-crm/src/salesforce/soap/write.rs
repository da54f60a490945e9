//! create, update, upsert and delete: up to 200 records, each with a result of its own.

use std::fmt::Write as _;

use super::call::Call;
use super::envelope::Element;
use super::escaped;
use super::fault::Fault;
use super::sobject;
use crate::ids::SalesforceId;
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::{Write, find_by_key};
use crate::salesforce::schema::{SObject, Source};
use crate::tenant::Hosted;

/// What the ledger calls this door.
const API: &str = "soap";

/// Records in one call. SOAP API guide, "create()".
const LIMIT: usize = 200;

/// A record that was written.
struct Saved {
    id: SalesforceId,
    created: bool,
}

impl Call {
    /// One result after the other, in the order of the records.
    fn each(
        &self,
        operation: &Element,
        tag: &str,
        upsert: bool,
        save: impl Fn(&Element) -> Result<Saved, Refused>,
    ) -> Result<String, Fault> {
        if operation.all(tag).count() > LIMIT {
            return Err(ApiError::TooManyRecords { limit: LIMIT }.into());
        }
        let save_all = || {
            let saved: Vec<_> = operation.all(tag).map(save).collect();
            match self.all_or_none && saved.iter().any(Result::is_err) {
                true => Err(saved),
                false => Ok(saved),
            }
        };
        let saved = self.caller.org().tenant().transaction(save_all);
        let saved = saved.unwrap_or_else(|failed| failed.into_iter().map(rolled_back).collect());
        let mut results = String::new();
        for result in &saved {
            push_result(&mut results, result, upsert);
        }
        Ok(results)
    }

    pub(super) fn create(&self, operation: &Element) -> Result<String, Fault> {
        let write = self.caller.write(API);
        self.each(operation, "sObjects", false, |element| {
            let (object, pairs) = sobject::read(&write, element)?;
            let id = write.create(&object, pairs)?;
            Ok(Saved { id, created: true })
        })
    }

    pub(super) fn update(&self, operation: &Element) -> Result<String, Fault> {
        let write = self.caller.write(API);
        self.each(operation, "sObjects", false, |element| {
            let (object, mut pairs) = sobject::read(&write, element)?;
            let id = sobject::take_id(&mut pairs).ok_or_else(|| ApiError::InvalidReference {
                message: "Id not specified in an update call".to_owned(),
            })?;
            let id = parsed(&id)?;
            write.update(&object, id, pairs)?;
            Ok(Saved { id, created: false })
        })
    }

    pub(super) fn upsert(&self, operation: &Element) -> Result<String, Fault> {
        let write = self.caller.write(API);
        let field = operation
            .parameter("externalIDFieldName")
            .map_or("Id", str::trim);
        self.each(operation, "sObjects", true, |element| {
            let (object, pairs) = sobject::read(&write, element)?;
            upserted(&write, &object, field, pairs)
        })
    }

    pub(super) fn delete(&self, operation: &Element) -> Result<String, Fault> {
        let write = self.caller.write(API);
        // The parameter is called `ids`, and its type `ID`: clients write both.
        let tag = match operation.child("ID") {
            Some(_) => "ID",
            None => "ids",
        };
        self.each(operation, tag, false, |element| {
            let id = parsed(element.text.trim())?;
            let schema = self.caller.org().schema();
            let object = schema
                .by_prefix(id.prefix())
                .ok_or_else(|| malformed(&id))?;
            let object = write.object(&object.name)?;
            write.delete(&object, id)?;
            Ok(Saved { id, created: false })
        })
    }
}

fn rolled_back(saved: Result<Saved, Refused>) -> Result<Saved, Refused> {
    saved.and(Err(ApiError::RolledBack.into()))
}

fn parsed(text: &str) -> Result<SalesforceId, ApiError> {
    SalesforceId::parse(text).ok_or_else(|| malformed(text))
}

fn malformed(id: &(impl ToString + ?Sized)) -> ApiError {
    ApiError::MalformedId { id: id.to_string() }
}

/// By the key: found, it is changed; not found, created. Found and written under one lock.
fn upserted(
    write: &Write<'_>,
    object: &SObject,
    field: &str,
    mut pairs: Pairs<'_>,
) -> Result<Saved, Refused> {
    let key = object.field(field).filter(|key| key.upsert_key());
    let key = key.ok_or_else(|| ApiError::NoExternalId {
        field: field.to_owned(),
    })?;
    let by_id = key.source == Source::Id;
    let value = match by_id {
        true => sobject::take_id(&mut pairs),
        false => {
            let place = pairs
                .iter()
                .position(|(name, _)| name.eq_ignore_ascii_case(&key.name));
            match place.map(|place| pairs.remove(place).1) {
                Some(Given::Text(text)) => Some(text),
                _ => {
                    let message = format!("{} not specified", key.name);
                    return Err(ApiError::InvalidReference { message }.into());
                }
            }
        }
    };
    let mut store = write.org.tenant().write();
    let found = value.as_ref().map_or_else(Vec::new, |value| {
        find_by_key(write.org, &store, object, &key.name, value)
    });
    match (found.as_slice(), value) {
        ([serial], _) => {
            let id = write.org.record_id(object.key, *serial);
            let draft = write.draft_of_update(object, pairs)?;
            let (serial, change) = write.change(&store, id, draft)?;
            write.apply(&mut store, object, serial, change);
            Ok(Saved { id, created: false })
        }
        ([], Some(_)) if by_id => Err(ApiError::NoSuchRecord.into()),
        ([], value) => {
            if let Some(value) = value {
                pairs.push((key.name.to_string().into(), Given::Text(value)));
            }
            let draft = write.draft_of_upsert(object, pairs)?;
            let creation = write.creation(&store, draft)?;
            let id = write.put(&mut store, object, creation);
            Ok(Saved { id, created: true })
        }
        _ => Err(ApiError::DuplicateExternalId.into()),
    }
}

/// `SaveResult`, `UpsertResult`, `DeleteResult`: their elements stand in the order of the alphabet.
fn push_result(results: &mut String, result: &Result<Saved, Refused>, upsert: bool) {
    results.push_str("<result>");
    if upsert {
        let created = result.as_ref().is_ok_and(|saved| saved.created);
        // Writing into a string can't fail.
        let _ = write!(results, "<created>{created}</created>");
    }
    match result {
        Ok(saved) => {
            let _ = write!(results, "<id>{}</id><success>true</success>", saved.id);
        }
        Err(refused) => {
            for error in refused.errors() {
                push_error(results, error);
            }
            results.push_str("<id xsi:nil=\"true\"/><success>false</success>");
        }
    }
    results.push_str("</result>");
}

fn push_error(results: &mut String, error: &ApiError) {
    results.push_str("<errors>");
    for field in error.fields().unwrap_or_default() {
        let _ = write!(results, "<fields>{}</fields>", escaped(field));
    }
    let _ = write!(
        results,
        "<message>{}</message><statusCode>{}</statusCode></errors>",
        escaped(&error.to_string()),
        error.status_and_code().1
    );
}
