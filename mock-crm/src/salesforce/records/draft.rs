//! The body of a write, checked against the object's fields, before anybody looks at other records.

mod reader;

use std::borrow::Cow;
use std::sync::Arc;

use crate::clock::Timestamp;
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::org::Org;
use crate::salesforce::principals::Principal;
use crate::salesforce::schema::{Field, Kind, SObject, Schema, Source};
use crate::store::Store;
use reader::Reader;

/// What a write sets.
#[derive(Debug)]
pub(in crate::salesforce) struct Draft<'a, 's> {
    pub(super) object: &'s SObject,
    /// Fields of the body in the order of the request; `Null` clears.
    pub(super) values: Vec<(&'s Field, Given<'a>)>,
    /// `OwnerId`: `Some(None)` is a null.
    pub(super) owner: Option<Option<Cow<'a, str>>>,
    pub(super) audit: Audit,
    foreign_keys: Vec<ForeignKey<'a, 's>>,
}

/// What the permission to set audit fields lets a create set.
#[derive(Debug, Default)]
pub(super) struct Audit {
    pub(super) created_by: Option<Arc<str>>,
    pub(super) created_at: Option<Timestamp>,
}

/// A record that is referred to by one of its own fields: `"Account": { "Apollo_Id__c": "x" }`.
#[derive(Debug)]
struct ForeignKey<'a, 's> {
    field: &'s Field,
    object: &'s SObject,
    key: &'s Field,
    value: Cow<'a, str>,
}

/// What the write does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum Purpose {
    Insert,
    /// An insert by somebody who may set audit fields.
    InsertWithAudit,
    Update,
}

impl<'a, 's> Draft<'a, 's> {
    /// Checks names and values, but no other record.
    pub(in crate::salesforce) fn read(
        pairs: Pairs<'a>,
        object: &'s SObject,
        schema: &'s Schema,
        purpose: Purpose,
    ) -> Result<Self, Refused> {
        let mut draft = Self {
            object,
            values: Vec::with_capacity(pairs.len() + 1),
            owner: None,
            audit: Audit::default(),
            foreign_keys: Vec::new(),
        };
        let mut reader = Reader {
            schema,
            purpose,
            not_writeable: Vec::new(),
            refused: Vec::new(),
            bad: Vec::new(),
        };
        for (name, given) in pairs {
            reader.pair(&mut draft, &name, given)?;
        }
        if !reader.not_writeable.is_empty() {
            return Err(ApiError::NotWriteable {
                fields: reader.not_writeable,
            }
            .into());
        }
        let missing = draft.missing(purpose, &reader.bad);
        if !missing.is_empty() {
            reader
                .refused
                .push(ApiError::RequiredFieldMissing { fields: missing });
        }
        match Refused::of(reader.refused) {
            Some(refused) => Err(refused),
            None => {
                if purpose != Purpose::Update {
                    draft.add_defaults();
                }
                Ok(draft)
            }
        }
    }

    /// The fields that must have a value and have none, in the object's order.
    fn missing(&self, purpose: Purpose, bad: &[&str]) -> Vec<String> {
        let missing = |field: &&Field| match self.value(&field.name) {
            Some(given) => *given == Given::Null,
            None => {
                purpose != Purpose::Update && !self.refers(field) && !bad.contains(&&*field.name)
            }
        };
        let required = self.object.fields().iter().filter(|field| field.required());
        required
            .filter(missing)
            .map(|field| field.name.to_string())
            .collect()
    }

    fn refers(&self, field: &Field) -> bool {
        self.foreign_keys
            .iter()
            .any(|key| key.field.name == field.name)
    }

    fn add_defaults(&mut self) {
        for field in self.object.fields() {
            if let Some(default) = field.default
                && self
                    .value(&field.name)
                    .is_none_or(|given| *given == Given::Null)
            {
                self.set(field, Given::Text(Cow::Borrowed(default)));
            }
        }
    }

    pub(super) fn set(&mut self, field: &'s Field, value: Given<'a>) {
        match self
            .values
            .iter_mut()
            .find(|(known, _)| known.name == field.name)
        {
            Some((_, old)) => *old = value,
            None => self.values.push((field, value)),
        }
    }

    /// Names the owner, whatever the body says.
    pub(in crate::salesforce) fn owned_by(&mut self, owner: String) {
        self.owner = Some(Some(owner.into()));
    }

    pub(super) fn value(&self, name: &str) -> Option<&Given<'a>> {
        let found = self.values.iter().find(|(field, _)| field.name == name);
        found.map(|(_, value)| value)
    }

    /// The value of a field, as criteria compare it.
    pub(super) fn query_value(&self, name: &str) -> Value<'_> {
        match self.value(name) {
            Some(Given::Boolean(value)) => Value::Boolean(*value),
            Some(Given::Integer(number)) => Value::Number(*number as f64),
            Some(Given::Number(number)) => Value::Number(*number),
            Some(Given::Text(text)) => Value::Text(text.as_ref().into()),
            _ => Value::Null,
        }
    }

    /// The texts of indexed fields.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'s Field, &str)> {
        self.values.iter().filter_map(|(field, value)| match value {
            Given::Text(text) if field.indexed() => Some((*field, &**text)),
            _ => None,
        })
    }

    /// Puts ids in place of foreign keys, and makes sure that every record that is referred to is there, and that
    /// `reader`, if there is one, may see its object.
    pub(super) fn settle(
        &mut self,
        org: &Org,
        store: &Store,
        reader: Option<&Principal>,
    ) -> Result<(), ApiError> {
        for key in std::mem::take(&mut self.foreign_keys) {
            let found = super::find_by_key(org, store, key.object, &key.key.name, &key.value);
            let id = match found.as_slice() {
                [serial] => org.record_id(key.object.key, *serial).to_string(),
                _ => {
                    return Err(ApiError::ForeignKeyNotFound {
                        value: key.value.into_owned(),
                        field: key.key.name.to_string(),
                        object: key.object.name.to_string(),
                    });
                }
            };
            match key.field.source {
                Source::OwnerId => self.owner = Some(Some(id.into())),
                _ => self.set(key.field, Given::Text(id.into())),
            }
        }
        for (field, value) in &self.values {
            if let (Kind::Reference, Given::Text(id)) = (field.kind, value) {
                check_reference(org, store, reader, id)?;
            }
        }
        Ok(())
    }
}

/// A reference leads to a record that is there, of an object that the caller may see.
fn check_reference(
    org: &Org,
    store: &Store,
    reader: Option<&Principal>,
    id: &str,
) -> Result<(), ApiError> {
    let found = SalesforceId::parse(id).and_then(|id| {
        let object = org.schema().by_prefix(id.prefix())?;
        let record = store.get(org.serial(store, object.key, id)?)?;
        Some((object, record))
    });
    match found {
        Some((object, _)) if reader.is_some_and(|reader| !reader.sees(object)) => {
            Err(ApiError::InsufficientAccessOnReference { id: id.to_owned() })
        }
        Some((_, record)) if !record.deleted => Ok(()),
        _ => Err(ApiError::InvalidCrossReference),
    }
}
