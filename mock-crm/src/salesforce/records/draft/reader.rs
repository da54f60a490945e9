//! One pair of a body after the other.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Draft, ForeignKey, Purpose};
use crate::clock::Timestamp;
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::ApiError;
use crate::salesforce::schema::{Field, Flags, SObject, Schema, Source};
use crate::salesforce::values;

/// What reading a body gathers.
pub(super) struct Reader<'s> {
    pub(super) schema: &'s Schema,
    pub(super) purpose: Purpose,
    pub(super) not_writeable: Vec<String>,
    pub(super) refused: Vec<ApiError>,
    /// Fields whose value was refused: they are not missing as well.
    pub(super) bad: Vec<&'s str>,
}

impl<'s> Reader<'s> {
    pub(super) fn pair<'a>(
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
        self.value(draft, field, given)
    }

    fn writeable(&self, object: &SObject, field: &Field) -> bool {
        match self.purpose {
            Purpose::Update => field.flags.has(Flags::UPDATEABLE),
            Purpose::InsertWithAudit if object.audit && field.flags.has(Flags::AUDIT) => true,
            _ => field.flags.has(Flags::CREATEABLE),
        }
    }

    fn value<'a>(
        &mut self,
        draft: &mut Draft<'a, 's>,
        field: &'s Field,
        given: Given<'a>,
    ) -> Result<(), ApiError> {
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
            return Ok(());
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
            // The parser of the text stops at the first value that it can't take.
            Err(error @ ApiError::CannotDeserialize { .. }) => return Err(error),
            Err(error) => {
                self.refused.push(error);
                self.bad.push(&field.name);
            }
        }
        Ok(())
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
            // Without a type it must be clear which object is meant.
            None => objects.next().filter(|_| objects.next().is_none()),
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
