//! `type` of an engagement: which object type it is a record of.

use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::facts::Facts;
use crate::hubspot::refusal::ApiError;

/// Engagement types and the object types that they are. E-mails have one for each direction.
const KINDS: [(&str, &str); 7] = [
    ("NOTE", "notes"),
    ("TASK", "tasks"),
    ("CALL", "calls"),
    ("MEETING", "meetings"),
    ("EMAIL", "emails"),
    ("INCOMING_EMAIL", "emails"),
    ("FORWARDED_EMAIL", "emails"),
];

/// Where an e-mail keeps which of the three it is.
pub(super) const DIRECTION: &str = "hs_email_direction";

/// The object type of an engagement type.
pub(super) fn object_type<'a>(call: &Call<'a>, kind: &str) -> Result<&'a ObjectType, ApiError> {
    let found = KINDS.iter().find(|(name, _)| *name == kind);
    match found {
        Some((_, object)) => call.object_type(object),
        None => Err(ApiError::Invalid(format!(
            "{kind} is not a valid engagement type"
        ))),
    }
}

/// The object types that are engagements.
pub(super) fn object_types<'a>(call: &Call<'a>) -> impl Iterator<Item = &'a ObjectType> {
    let names = ["notes", "tasks", "calls", "meetings", "emails"];
    let catalog = &call.setup.catalog;
    names.into_iter().filter_map(|name| catalog.find(name))
}

/// The engagement type of a record.
pub(super) fn of(facts: &Facts<'_>) -> String {
    if let Some(direction) = facts.named(DIRECTION) {
        return direction.into_owned();
    }
    let mut kinds = KINDS.iter();
    let found = kinds.find(|(_, object)| *object == facts.object_type.name);
    found.map_or_else(String::new, |(kind, _)| (*kind).to_owned())
}
