//! The records of a specification.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use crate::clock::Timestamp;
use crate::salesforce::assignment::AutoAssign;
use crate::salesforce::body;
use crate::salesforce::error::Refused;
use crate::salesforce::org::Org;
use crate::salesforce::principals::{Principal, Principals};
use crate::salesforce::records::Write;
use crate::salesforce::records::draft::{Draft, Purpose};
use crate::salesforce::spec::{RecordSpec, SpecError};
use crate::store::Writer;
use crate::tenant::Hosted;

pub(super) fn seed(org: &Org, at: Timestamp) -> Result<(), SpecError> {
    if org.spec.records.is_empty() {
        return Ok(());
    }
    let principals = org.principals();
    let mut labels = HashMap::new();
    for (place, record) in org.spec.records.iter().enumerate() {
        let path = format!("records[{place}]");
        let creator = creator(org, &principals, record, &path)?;
        let write = Write {
            org,
            principal: &creator,
            principals: &principals,
            writer: Writer {
                token: "seed".into(),
                app: None,
                user: creator.id.clone(),
                api: "seed".into(),
                request: 0,
            },
            auto_assign: AutoAssign::Off,
        };
        let id = put(&write, record, &labels, at, &path)?;
        if let Some(label) = &record.label {
            labels.insert(label.as_str(), id);
        }
    }
    Ok(())
}

/// Who created it: a user of the specification, else the automated process, the first user there is.
fn creator(
    org: &Org,
    principals: &Principals,
    record: &RecordSpec,
    path: &str,
) -> Result<Arc<Principal>, SpecError> {
    let id = match &record.created_by {
        Some(name) => named(org, name, &format!("{path}.created_by"))?,
        None => {
            let key = super::user_key(&org.schema);
            org.ids.of(key, crate::store::Serial(1)).as_str().into()
        }
    };
    let user = principals.user(&id).cloned();
    user.ok_or_else(|| SpecError::new(format!("{path}.created_by"), "a queue creates nothing"))
}

fn named(org: &Org, name: &str, path: &str) -> Result<Arc<str>, SpecError> {
    let known = org.named.keys().map(String::as_str);
    org.named(name)
        .map_err(|_| SpecError::unknown(path, "user or queue", name, known))
}

fn put(
    write: &Write<'_>,
    record: &RecordSpec,
    labels: &HashMap<&str, String>,
    at: Timestamp,
    path: &str,
) -> Result<String, SpecError> {
    let org = write.org;
    let known = org.schema.objects().iter().map(|object| &*object.name);
    let object = org.schema.object(&record.object).ok_or_else(|| {
        SpecError::unknown(format!("{path}.object"), "object", &record.object, known)
    })?;
    let fields = with_labels(record, labels, path)?;
    let refused = |refused: Refused| SpecError::new(format!("{path}.fields"), refused.to_string());
    let pairs = body::object(fields.as_bytes()).map_err(|error| refused(error.into()))?;
    let mut draft =
        Draft::read(pairs, object, &org.schema, Purpose::InsertWithAudit).map_err(refused)?;
    if let Some(owner) = &record.owner {
        draft.owned_by(named(org, owner, &format!("{path}.owner"))?.to_string());
    }
    let mut store = org.tenant().write();
    let mut creation = write
        .seeded(&store, draft)
        .map_err(|error| refused(error.into()))?;
    creation.at = at;
    let serial = store.seed(creation);
    if object.setup {
        org.forget_principals();
    }
    Ok(org.record_id(object.key, serial).to_string())
}

/// The fields as JSON, with ids in place of `@labels`.
fn with_labels(
    record: &RecordSpec,
    labels: &HashMap<&str, String>,
    path: &str,
) -> Result<String, SpecError> {
    let mut fields = record.fields.clone();
    for (name, value) in &mut fields {
        let label = match &value {
            Value::String(text) => text
                .strip_prefix('@')
                .filter(|_| name.ends_with("Id") || name.ends_with("__c")),
            _ => None,
        };
        if let Some(label) = label {
            let id = labels.get(label).ok_or_else(|| {
                SpecError::unknown(
                    format!("{path}.fields.{name}"),
                    "earlier record",
                    label,
                    labels.keys().copied(),
                )
            })?;
            *value = Value::String(id.clone());
        }
    }
    Ok(Value::Object(fields).to_string())
}
