//! What a filter or a sort is about.

use super::problem;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{Derived, Kind, ObjectType, Property, Source};
use crate::hubspot::refusal::ApiError;

/// What a filter is about.
#[derive(Debug)]
pub(super) enum Subject<'s> {
    /// A fact that the store itself has of every record, so that no body has to be read.
    Known(Known),
    Property(&'s Property),
    /// `associations.{objectType}`: the records of this type that a record is linked to. No source but other mocks'.
    Linked(&'s ObjectType),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Id,
    CreatedAt,
    ModifiedAt,
    Owner,
}

impl<'s> Subject<'s> {
    /// What a filter's `propertyName` means.
    pub(super) fn of_filter(
        call: &Call<'s>,
        object_type: &'s ObjectType,
        name: &str,
    ) -> Result<Self, ApiError> {
        if let Some(linked) = name.strip_prefix("associations.") {
            let linked = call.setup.catalog.find(linked).ok_or_else(problem)?;
            return Ok(Self::Linked(linked));
        }
        Self::of_property(call, object_type, name)
    }

    /// The property of this name.
    pub(super) fn of_property(
        call: &Call<'s>,
        object_type: &'s ObjectType,
        name: &str,
    ) -> Result<Self, ApiError> {
        let property = call.setup.catalog.property(object_type, name);
        let property = property.ok_or_else(problem)?;
        Ok(known(property).map_or(Self::Property(property), Self::Known))
    }

    /// How its values compare.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Known(Known::Id) => Kind::Number,
            Self::Known(Known::CreatedAt | Known::ModifiedAt) => Kind::DateTime,
            Self::Known(Known::Owner) | Self::Linked(_) => Kind::Owner,
            Self::Property(property) => property.kind,
        }
    }

    /// Whether it takes a record's body to tell.
    pub(super) fn in_body(&self) -> bool {
        matches!(self, Self::Property(_))
    }
}

fn known(property: &Property) -> Option<Known> {
    match (property.source, property.kind) {
        (Source::Derived(Derived::ObjectId), _) if property.name == "hs_object_id" => {
            Some(Known::Id)
        }
        // What can be written may differ from what the store has.
        (Source::Derived(Derived::CreatedAt), _) if property.read_only => Some(Known::CreatedAt),
        (Source::Derived(Derived::ModifiedAt), _) if property.read_only => Some(Known::ModifiedAt),
        (Source::Derived(Derived::Owner), Kind::Owner) => Some(Known::Owner),
        _ => None,
    }
}
