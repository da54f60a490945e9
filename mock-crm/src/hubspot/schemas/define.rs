//! From what a client sent to an object type, new or changed.

use super::wire::SentSchema;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{NewType, ObjectType, Property, Schema, Stamp};
use crate::hubspot::properties::define::{self, stamp};
use crate::hubspot::properties::wire::SentProperty;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::setup::{Setup, SetupChange};

/// A new type, all of it checked.
pub(super) fn new(call: &Call<'_>, setup: &Setup, sent: &SentSchema) -> Result<NewType, ApiError> {
    let name = sent.name.clone().unwrap_or_default();
    define::plain_name("Object type", &name)?;
    if setup.catalog.taken(&name) {
        // Which category this has is not known.
        return Err(ApiError::AlreadyExists {
            message: format!("An object type named '{name}' already exists."),
            sub_category: None,
        });
    }
    let properties = properties(call, &name, sent.properties.as_deref().unwrap_or_default())?;
    let stamp = stamp(call);
    let mut schema = empty(stamp.clone(), stamp);
    schema.associated = associated(
        setup,
        sent.associated_objects.as_deref().unwrap_or_default(),
    )?;
    describe(&mut schema, sent);
    let required = sent.required_properties.clone().unwrap_or_default();
    let known = |name: &str| {
        let own = properties.iter().any(|property| property.name == name);
        own || setup.catalog.shared_property(name)
    };
    names_known(&schema, &required, known)?;
    Ok(NewType {
        name,
        required,
        schema,
        properties,
    })
}

/// A custom type after a change.
pub(super) fn changed(
    call: &Call<'_>,
    setup: &Setup,
    object_type: &ObjectType,
    sent: &SentSchema,
) -> Result<SetupChange, ApiError> {
    let mut schema = schema(call, object_type);
    describe(&mut schema, sent);
    schema.updated = stamp(call);
    let required = match &sent.required_properties {
        Some(required) => required.clone(),
        None => object_type
            .required
            .iter()
            .map(ToString::to_string)
            .collect(),
    };
    let known = |name: &str| setup.catalog.property(object_type, name).is_some();
    names_known(&schema, &required, known)?;
    Ok(SetupChange::Schema {
        object: object_type.key,
        required,
        schema: Box::new(schema),
    })
}

/// The same type with another definition.
pub(super) fn change(object_type: &ObjectType, schema: Schema) -> SetupChange {
    SetupChange::Schema {
        object: object_type.key,
        required: object_type
            .required
            .iter()
            .map(ToString::to_string)
            .collect(),
        schema: Box::new(schema),
    }
}

/// The definition of a custom type; one of the portal's specification has none yet.
pub(super) fn schema(call: &Call<'_>, object_type: &ObjectType) -> Schema {
    let at = call.portal.opened_at;
    let seeded = || {
        let user = String::new();
        let opened = Stamp { at, user };
        empty(opened.clone(), opened)
    };
    object_type
        .schema
        .as_deref()
        .cloned()
        .unwrap_or_else(seeded)
}

fn empty(created: Stamp, updated: Stamp) -> Schema {
    Schema {
        labels: (None, None),
        description: None,
        primary_display: None,
        secondary_display: Vec::new(),
        searchable: Vec::new(),
        associated: Vec::new(),
        allows_sensitive: false,
        created,
        updated,
        archived_at: None,
        purged: false,
    }
}

fn properties(
    call: &Call<'_>,
    type_name: &str,
    sent: &[SentProperty],
) -> Result<Vec<Property>, ApiError> {
    let mut properties: Vec<Property> = Vec::with_capacity(sent.len());
    for sent in sent {
        sent.complete_in_schema(call.body)?;
        let group = format!("{type_name}_information");
        if sent.group_name.as_ref().is_some_and(|name| *name != group) {
            let name = sent.group_name.clone().unwrap_or_default();
            return Err(define::no_such_group(&name));
        }
        let property = define::new(call, sent, group)?;
        if properties.iter().any(|other| other.name == property.name) {
            let text = format!("Property '{}' is there twice", property.name);
            return Err(ApiError::Invalid(text));
        }
        properties.push(property);
    }
    let unique = properties.iter().filter(|property| property.unique).count();
    define::not_too_many_unique(unique)?;
    Ok(properties)
}

/// Type ids of what was named as `CONTACT`, `contacts`, `0-1` or `p_car`.
fn associated(setup: &Setup, names: &[String]) -> Result<Vec<String>, ApiError> {
    let id = |name: &String| {
        let found = setup.catalog.find(name);
        let found = found.or_else(|| setup.catalog.find(&name.to_lowercase()));
        let found = found.map(|found| found.type_id.to_string());
        found.ok_or_else(|| ApiError::UnknownObjectType(name.clone()))
    };
    names.iter().map(id).collect()
}

fn describe(schema: &mut Schema, sent: &SentSchema) {
    if let Some(labels) = sent.labels.clone() {
        schema.labels.0 = labels.singular.or(schema.labels.0.take());
        schema.labels.1 = labels.plural.or(schema.labels.1.take());
    }
    if sent.clear_description == Some(true) {
        schema.description = None;
    }
    let text = |new: &Option<String>, old: &mut Option<String>| new.clone().or(old.take());
    schema.description = text(&sent.description, &mut schema.description);
    schema.primary_display = text(&sent.primary_display_property, &mut schema.primary_display);
    let list = |new: &Option<Vec<String>>, old: &mut Vec<String>| {
        new.clone().unwrap_or_else(|| std::mem::take(old))
    };
    schema.secondary_display = list(
        &sent.secondary_display_properties,
        &mut schema.secondary_display,
    );
    schema.searchable = list(&sent.searchable_properties, &mut schema.searchable);
    schema.allows_sensitive = (sent.allows_sensitive_properties).unwrap_or(schema.allows_sensitive);
}

/// Refuses the name of a property that the type does not have. The text is not known.
fn names_known(
    schema: &Schema,
    required: &[String],
    known: impl Fn(&str) -> bool,
) -> Result<(), ApiError> {
    let mut named = required
        .iter()
        .chain(&schema.searchable)
        .chain(&schema.secondary_display)
        .chain(&schema.primary_display);
    match named.find(|name| !known(name)) {
        Some(name) => Err(ApiError::Invalid(format!(
            "Property '{name}' does not exist"
        ))),
        None => Ok(()),
    }
}
