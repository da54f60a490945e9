//! From what a client sent to a definition, new or changed.

use std::collections::HashSet;

use super::wire::{SentOption, SentProperty};
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{Choice, Details, Kind, ObjectType, Property, Stamp};
use crate::hubspot::refusal::ApiError;
use crate::hubspot::setup::Setup;

/// Own properties without two equal values that an object type has at most. Documented.
const MOST_UNIQUE: usize = 10;

/// Types and the field types that go with each, as HubSpot's guide to properties lists them.
const FIELD_TYPES: [(&str, &[&str]); 7] = [
    ("bool", &["booleancheckbox"]),
    ("date", &["date"]),
    ("datetime", &["date"]),
    (
        "enumeration",
        &["booleancheckbox", "checkbox", "radio", "select"],
    ),
    ("number", &["number"]),
    ("phone_number", &["phonenumber"]),
    (
        "string",
        &["file", "html", "phonenumber", "text", "textarea"],
    ),
];

/// A new definition of a type, with all of its fields checked but the group.
pub(crate) fn new(
    call: &Call<'_>,
    sent: &SentProperty,
    first_group: String,
) -> Result<Property, ApiError> {
    let name = sent.name.clone().unwrap_or_default();
    plain_name("Property", &name)?;
    simulated(sent)?;
    let label = sent.label.clone().unwrap_or_default();
    let (kind, field_type) = kind(sent)?;
    let mut property = Property::new(name, label, kind, field_type);
    property.standard = false;
    property.unique = sent.has_unique_value.unwrap_or(false);
    property.options = options(kind, sent.options.as_deref().unwrap_or_default())?;
    if property.unique && !matches!(kind, Kind::String | Kind::Number) {
        let text = "hasUniqueValue is for properties of type string or number only";
        return Err(ApiError::Invalid(text.to_owned()));
    }
    let mut details = Details::new(first_group, stamp(call));
    describe(&mut details, sent);
    property.details = Some(Box::new(details));
    Ok(property)
}

/// The definition after a change. Name and uniqueness stay what they were.
pub(super) fn changed(
    call: &Call<'_>,
    before: &Property,
    (sent, first_group): (&SentProperty, String),
) -> Result<Property, ApiError> {
    simulated(sent)?;
    let mut property = before.clone();
    if let Some(label) = &sent.label {
        property.label = label.clone().into();
    }
    if sent.kind.is_some() || sent.field_type.is_some() {
        let sent = SentProperty {
            kind: Some(
                sent.kind
                    .clone()
                    .unwrap_or_else(|| before.kind.name().to_owned()),
            ),
            field_type: Some(
                (sent.field_type.clone()).unwrap_or_else(|| before.field_type.to_string()),
            ),
            external_options: Some(before.kind == Kind::Owner),
            ..SentProperty::default()
        };
        let (kind, field_type) = kind(&sent)?;
        property.kind = kind;
        property.field_type = field_type.into();
    }
    if let Some(sent) = &sent.options {
        property.options = options(property.kind, sent)?;
    }
    let mut details = match property.details.take() {
        Some(details) => details,
        // It was in the portal's specification.
        None => Box::new(Details::new(
            first_group,
            Stamp {
                at: call.portal.opened_at,
                user: String::new(),
            },
        )),
    };
    describe(&mut details, sent);
    details.updated = stamp(call);
    property.details = Some(details);
    Ok(property)
}

/// Refuses a definition that can't be where it is to be.
pub(crate) fn fits(
    setup: &Setup,
    object_type: &ObjectType,
    property: &Property,
) -> Result<(), ApiError> {
    let groups = setup.catalog.groups(object_type);
    let wanted = property
        .details
        .as_ref()
        .map_or("", |details| &details.group);
    let group = groups.iter().find(|group| group.name == wanted);
    match group {
        Some(group) if !group.archived => Ok(()),
        _ => Err(no_such_group(wanted)),
    }
}

/// The text is not known.
pub(crate) fn no_such_group(name: &str) -> ApiError {
    ApiError::Invalid(format!("Property group '{name}' does not exist"))
}

/// Refuses an eleventh property that forbids equal values. The text is not known.
pub(crate) fn not_too_many_unique(unique: usize) -> Result<(), ApiError> {
    match unique > MOST_UNIQUE {
        true => Err(ApiError::Invalid(format!(
            "An object type can have at most {MOST_UNIQUE} properties with hasUniqueValue"
        ))),
        false => Ok(()),
    }
}

/// The rule of internal names. Its text is not known.
pub(crate) fn plain_name(what: &str, name: &str) -> Result<(), ApiError> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let first = name.chars().next().is_some_and(|c| c.is_ascii_lowercase());
    match first && name.len() <= 100 && name.chars().all(plain) {
        true => Ok(()),
        false => Err(ApiError::Invalid(format!(
            "{what} name '{name}' is not valid: it starts with a letter and has up to 100 lower-case letters, digits and \
             underscores"
        ))),
    }
}

fn simulated(sent: &SentProperty) -> Result<(), ApiError> {
    let calculated = (sent.field_type.as_deref())
        .is_some_and(|field_type| field_type.starts_with("calculation_"));
    if calculated || sent.calculation_formula.is_some() {
        return Err(ApiError::NotSimulated("calculated properties".to_owned()));
    }
    match sent.data_sensitivity.as_deref() {
        None | Some("non_sensitive") => Ok(()),
        Some(_) => Err(ApiError::NotSimulated("sensitive properties".to_owned())),
    }
}

fn kind(sent: &SentProperty) -> Result<(Kind, String), ApiError> {
    let word = sent.kind.as_deref().unwrap_or_default();
    let field_type = sent.field_type.clone().unwrap_or_default();
    let known = FIELD_TYPES.iter().find(|(name, _)| *name == word);
    let (Some((kind, _)), Some((_, field_types))) = (Kind::parse(word), known) else {
        return Err(ApiError::Invalid(format!(
            "'{word}' is not a type of properties"
        )));
    };
    if !field_types.contains(&&*field_type) {
        return Err(ApiError::Invalid(format!(
            "fieldType '{field_type}' does not go with type '{word}': [{}]",
            field_types.join(", ")
        )));
    }
    match (kind, sent.external_options.unwrap_or(false)) {
        (Kind::Enumeration, true) => match sent.referenced_object_type.as_deref() {
            None | Some("OWNER") => Ok((Kind::Owner, field_type)),
            Some(other) => {
                let what = format!("properties with options from {other}");
                Err(ApiError::NotSimulated(what))
            }
        },
        (kind, _) => Ok((kind, field_type)),
    }
}

fn options(kind: Kind, sent: &[SentOption]) -> Result<Vec<Choice>, ApiError> {
    if kind == Kind::Enumeration && sent.is_empty() {
        let text = "Enumeration properties need at least one option";
        return Err(ApiError::Invalid(text.to_owned()));
    }
    let (mut values, mut labels) = (HashSet::new(), HashSet::new());
    for option in sent {
        let new = values.insert(&*option.value) & labels.insert(&*option.label);
        if option.value.is_empty() || !new {
            return Err(ApiError::Invalid(format!(
                "Option '{}' is empty, or its value or label is another option's, too",
                option.value
            )));
        }
    }
    let choice = |option: &SentOption| Choice {
        value: option.value.clone().into(),
        label: option.label.clone().into(),
        description: option.description.clone().unwrap_or_default(),
        display_order: option.display_order,
        hidden: option.hidden.unwrap_or(false),
    };
    Ok(sent.iter().map(choice).collect())
}

fn describe(details: &mut Details, sent: &SentProperty) {
    let text = |into: &mut String, from: &Option<String>| {
        if let Some(from) = from {
            into.clone_from(from);
        }
    };
    text(&mut details.description, &sent.description);
    text(&mut details.group, &sent.group_name);
    details.display_order = sent.display_order.or(details.display_order);
    details.hidden = sent.hidden.unwrap_or(details.hidden);
    details.form_field = sent.form_field.unwrap_or(details.form_field);
    let or = |new: &Option<String>, old: Option<String>| new.clone().or(old);
    details.number_display_hint = or(
        &sent.number_display_hint,
        details.number_display_hint.take(),
    );
    details.currency_property_name = or(
        &sent.currency_property_name,
        details.currency_property_name.take(),
    );
    details.show_currency_symbol = sent.show_currency_symbol.or(details.show_currency_symbol);
}

/// Who makes or changes a definition, and when.
pub(crate) fn stamp(call: &Call<'_>) -> Stamp {
    Stamp {
        at: call.portal.now(),
        // Definitions name the user even where the token is a service key's. Records do not.
        user: call.user().to_string(),
    }
}
