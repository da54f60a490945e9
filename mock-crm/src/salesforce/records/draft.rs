//! The body of a write, checked against the object's fields, before anybody looks at other records.

use std::borrow::Cow;
use std::sync::Arc;

use crate::clock::Timestamp;
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::org::Org;
use crate::salesforce::schema::{Field, Flags, Kind, SObject, Schema, Source};
use crate::salesforce::values;
use crate::store::Store;

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

    /// Puts ids in place of foreign keys, and makes sure that every record that is referred to is there.
    pub(super) fn settle(&mut self, org: &Org, store: &Store) -> Result<(), ApiError> {
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
            if let (Kind::Reference, Given::Text(id)) = (field.kind, value)
                && !exists(org, store, id)
            {
                return Err(ApiError::InvalidCrossReference);
            }
        }
        Ok(())
    }
}

fn exists(org: &Org, store: &Store, id: &str) -> bool {
    let found = SalesforceId::parse(id).and_then(|id| {
        let object = org.schema().by_prefix(id.prefix())?;
        store.get(org.serial(store, object.key, id)?)
    });
    found.is_some_and(|record| !record.deleted)
}

/// What reading a body gathers.
struct Reader<'s> {
    schema: &'s Schema,
    purpose: Purpose,
    not_writeable: Vec<String>,
    refused: Vec<ApiError>,
    /// Fields whose value was refused: they are not missing as well.
    bad: Vec<&'s str>,
}

impl<'s> Reader<'s> {
    fn pair<'a>(
        &mut self,
        draft: &mut Draft<'a, 's>,
        name: &str,
        given: Given<'a>,
    ) -> Result<(), ApiError> {
        let object = draft.object;
        let Some(field) = object.field(name) else {
            if name.eq_ignore_ascii_case("attributes") {
                return Ok(());
            }
            return match (object.relationship(name), given) {
                (Some(field), Given::Object(pairs)) => self.foreign_key(draft, field, pairs),
                _ => Err(ApiError::NoSuchColumn {
                    field: name.to_owned(),
                    object: object.name.to_string(),
                }),
            };
        };
        if field.source == Source::Id {
            return match self.purpose {
                Purpose::Update => Err(ApiError::InvalidReference {
                    message: "The Id field should not be specified in the sobject data.".to_owned(),
                }),
                _ => Err(ApiError::IdInInsert),
            };
        }
        if !self.writeable(object, field) {
            self.not_writeable.push(field.name.to_string());
            return Ok(());
        }
        self.value(draft, field, given);
        Ok(())
    }

    fn writeable(&self, object: &SObject, field: &Field) -> bool {
        match self.purpose {
            Purpose::Update => field.flags.has(Flags::UPDATEABLE),
            Purpose::InsertWithAudit if object.audit && field.flags.has(Flags::AUDIT) => true,
            _ => field.flags.has(Flags::CREATEABLE),
        }
    }

    fn value<'a>(&mut self, draft: &mut Draft<'a, 's>, field: &'s Field, given: Given<'a>) {
        if field.source == Source::OwnerId {
            // Which owners there are is asked later; what is no text can be none of them.
            match given {
                Given::Null => draft.owner = Some(None),
                Given::Text(text) if text.is_empty() => draft.owner = Some(None),
                Given::Text(text) => draft.owner = Some(Some(text)),
                other => self
                    .refused
                    .push(values::incorrect_id(field, &other.to_string())),
            }
            return;
        }
        match values::checked(self.schema, field, given) {
            Ok(value) => match (field.source, &value) {
                // An audit field that is null is set by the system, as if it were left out.
                (source, Given::Null) if source != Source::Body => {}
                (Source::CreatedById, Given::Text(id)) => {
                    draft.audit.created_by = Some(Arc::from(&**id))
                }
                (Source::CreatedDate, Given::Text(at)) => {
                    draft.audit.created_at = Timestamp::parse(at)
                }
                _ => draft.set(field, value),
            },
            Err(error) => {
                self.refused.push(error);
                self.bad.push(&field.name);
            }
        }
    }

    /// `"Account": { "Apollo_Id__c": "x" }`, with `attributes` where the reference leads to several objects.
    fn foreign_key<'a>(
        &mut self,
        draft: &mut Draft<'a, 's>,
        field: &'s Field,
        pairs: Pairs<'a>,
    ) -> Result<(), ApiError> {
        if !self.writeable(draft.object, field) {
            self.not_writeable.push(field.name.to_string());
            return Ok(());
        }
        let typed = pairs.iter().find_map(|(name, value)| match value {
            Given::Object(attributes) if name.eq_ignore_ascii_case("attributes") => attributes
                .iter()
                .find(|(name, _)| name == "type")
                .map(|(_, value)| value.to_string()),
            _ => None,
        });
        let mut objects = field
            .referenced()
            .filter_map(|name| self.schema.object(name));
        let object = match typed {
            Some(name) => objects.find(|object| object.name.eq_ignore_ascii_case(&name)),
            None => objects.next(),
        };
        let mut keys = pairs
            .into_iter()
            .filter(|(name, _)| !name.eq_ignore_ascii_case("attributes"));
        let (Some(object), Some((name, value)), None) = (object, keys.next(), keys.next()) else {
            return Err(ApiError::InvalidReference {
                message: format!(
                    "The relationship {} needs one external ID field of the other record",
                    field.relationship.as_deref().unwrap_or_default()
                ),
            });
        };
        let key = object.field(&name).filter(|key| key.upsert_key());
        let Some(key) = key else {
            return Err(ApiError::NoSuchColumn {
                field: name.into_owned(),
                object: object.name.to_string(),
            });
        };
        let value = match value {
            Given::Text(text) => text,
            other => Cow::Owned(other.to_string()),
        };
        draft.foreign_keys.push(ForeignKey {
            field,
            object,
            key,
            value,
        });
        Ok(())
    }
}
