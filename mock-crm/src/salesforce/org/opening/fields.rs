//! The custom objects and fields of a specification.

use std::borrow::Cow;
use std::sync::Arc;

use crate::salesforce::schema::{Field, Flags, Kind, Schema, Source};
use crate::salesforce::spec::{CustomFieldSpec, CustomObjectSpec, FieldType, OrgSpec, SpecError};

/// The standard objects, shared, and what the specification adds to them.
pub(super) fn schema(spec: &OrgSpec) -> Result<Arc<Schema>, SpecError> {
    if spec.custom_objects.is_empty() && spec.custom_fields.is_empty() {
        return Ok(Schema::standard());
    }
    let mut schema = Schema::clone(&Schema::standard());
    for (place, object) in spec.custom_objects.iter().enumerate() {
        schema = with_object(schema, object, &format!("custom_objects[{place}]"))?;
    }
    for (place, field) in spec.custom_fields.iter().enumerate() {
        schema = with_field(schema, field, &format!("custom_fields[{place}]"))?;
    }
    Ok(Arc::new(schema))
}

fn with_object(schema: Schema, spec: &CustomObjectSpec, path: &str) -> Result<Schema, SpecError> {
    let base = custom_name(&spec.name, path)?;
    if schema.object(&spec.name).is_some() {
        return Err(SpecError::new(
            format!("{path}.name"),
            format!("there are two objects \"{}\"", spec.name),
        ));
    }
    let label = spec.label.clone().unwrap_or_else(|| base.replace('_', " "));
    let plural = spec.plural.clone().unwrap_or_else(|| format!("{label}s"));
    Ok(schema.with_object(&spec.name, &label, &plural))
}

fn with_field(schema: Schema, spec: &CustomFieldSpec, path: &str) -> Result<Schema, SpecError> {
    let base = custom_name(&spec.name, path)?;
    let names = || schema.objects().iter().map(|object| &*object.name);
    let object = schema.object(&spec.object).ok_or_else(|| {
        SpecError::unknown(format!("{path}.object"), "object", &spec.object, names())
    })?;
    if object.field(&spec.name).is_some() {
        let message = format!("{} has two fields \"{}\"", object.name, spec.name);
        return Err(SpecError::new(format!("{path}.name"), message));
    }
    let reference = match (&spec.references, spec.kind) {
        (Some(name), FieldType::Reference | FieldType::MasterDetail) => {
            Some(schema.object(name).ok_or_else(|| {
                SpecError::unknown(format!("{path}.references"), "object", name, names())
            })?)
        }
        (None, FieldType::Reference | FieldType::MasterDetail) => {
            return Err(SpecError::new(path, "a reference refers to an object")
                .hint("add `references: Account`, say"));
        }
        _ => None,
    };
    let field = Field {
        name: spec.name.clone().into(),
        label: spec
            .label
            .clone()
            .unwrap_or_else(|| base.replace('_', " "))
            .into(),
        kind: kind(spec.kind),
        length: spec.length.into(),
        flags: flags(spec),
        references: Cow::Borrowed(&[]),
        custom_reference: reference.map(|object| object.name.as_ref().into()),
        relationship: reference.map(|_| format!("{base}__r").into()),
        values: Cow::Borrowed(&[]),
        default: None,
        source: Source::Body,
    };
    let (key, custom) = (object.key, object.custom);
    match spec.kind {
        FieldType::MasterDetail if !custom => Err(SpecError::new(
            format!("{path}.type"),
            format!("records of {} are no details of others", spec.object),
        )),
        FieldType::MasterDetail => Ok(schema.with_field(key, field).without_owner(key)),
        _ => Ok(schema.with_field(key, field)),
    }
}

/// The name without `__c`, which every custom name ends in.
fn custom_name<'n>(name: &'n str, path: &str) -> Result<&'n str, SpecError> {
    let base = name.strip_suffix("__c").filter(|base| {
        base.starts_with(|first: char| first.is_ascii_alphabetic())
            && base
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    base.ok_or_else(|| {
        SpecError::new(
            format!("{path}.name"),
            format!("\"{name}\" is no custom name"),
        )
        .hint("letters, digits and underscores, then __c: Apollo_Id__c")
    })
}

fn flags(spec: &CustomFieldSpec) -> Flags {
    // A detail stays with its master.
    if spec.kind == FieldType::MasterDetail {
        return Flags::CREATEABLE.with(Flags::MASTER);
    }
    [
        (!spec.required, Flags::NILLABLE),
        (spec.external_id, Flags::EXTERNAL_ID),
        (spec.unique, Flags::UNIQUE),
    ]
    .into_iter()
    .filter(|(set, _)| *set)
    .fold(
        Flags::CREATEABLE.with(Flags::UPDATEABLE),
        |flags, (_, flag)| flags.with(flag),
    )
}

fn kind(kind: FieldType) -> Kind {
    match kind {
        FieldType::String => Kind::String,
        FieldType::TextArea => Kind::TextArea,
        FieldType::Picklist => Kind::Picklist,
        FieldType::MultiPicklist => Kind::MultiPicklist,
        FieldType::Email => Kind::Email,
        FieldType::Phone => Kind::Phone,
        FieldType::Url => Kind::Url,
        FieldType::Reference | FieldType::MasterDetail => Kind::Reference,
        FieldType::Boolean => Kind::Boolean,
        FieldType::Int => Kind::Int,
        FieldType::Double => Kind::Double,
        FieldType::Currency => Kind::Currency,
        FieldType::Percent => Kind::Percent,
        FieldType::Date => Kind::Date,
        FieldType::DateTime => Kind::DateTime,
    }
}
