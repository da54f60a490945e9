//! The order of search results.

use std::cmp::Ordering;

use super::check::Seen;
use super::request::Sort;
use super::subject::Subject;
use super::value::Value;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::refusal::ApiError;
use crate::store::Serial;

/// The property that results are in the order of, if one was named; else it is their ids.
pub(super) struct Order<'s> {
    by: Option<Subject<'s>>,
    descending: bool,
}

/// What a record is sorted by; `None`: it has no such value.
pub(super) type Key = Option<Value>;

impl<'s> Order<'s> {
    /// HubSpot takes one order at most.
    pub(super) fn new(
        call: &Call<'s>,
        object_type: &'s ObjectType,
        sorts: &[Sort],
    ) -> Result<Self, ApiError> {
        let (name, descending) = match sorts {
            [] => {
                return Ok(Self {
                    by: None,
                    descending: false,
                });
            }
            [Sort::Text(text)] => match text.strip_prefix('-') {
                Some(name) => (name, true),
                None => (text.as_str(), false),
            },
            [
                Sort::Parts {
                    property_name,
                    direction,
                },
            ] => {
                let direction = direction.as_deref().unwrap_or_default();
                let descending = direction.eq_ignore_ascii_case("descending");
                (property_name.as_str(), descending)
            }
            // The text of this one is not known.
            _ => {
                let text = "A search can have one sort at most.";
                return Err(ApiError::Invalid(text.to_owned()));
            }
        };
        Ok(Self {
            by: Some(Subject::of_property(call, object_type, name)?),
            descending,
        })
    }

    pub(super) fn key(&self, seen: &Seen<'_, '_>) -> Key {
        match self.by.as_ref()? {
            Subject::Known(known) => seen.known(*known),
            Subject::Property(property) => Value::of(property.kind, &seen.text(property)?),
            // Nothing can be sorted by associations.
            Subject::Linked(_) => None,
        }
    }

    /// Sorts records that are in the order of their ids: those without the value come last, and equal ones stay.
    pub(super) fn sort(&self, mut found: Vec<(Key, Serial)>) -> Vec<Serial> {
        if self.by.is_some() {
            found.sort_by(|(one, _), (other, _)| self.compare(one.as_ref(), other.as_ref()));
        }
        found.into_iter().map(|(_, serial)| serial).collect()
    }

    fn compare(&self, one: Option<&Value>, other: Option<&Value>) -> Ordering {
        match (one, other) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Greater,
            (Some(_), None) => Ordering::Less,
            (Some(one), Some(other)) if self.descending => other.compare(one),
            (Some(one), Some(other)) => one.compare(other),
        }
    }
}
