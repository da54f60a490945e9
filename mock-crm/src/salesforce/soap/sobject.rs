//! Records as SOAP writes them: an element per field, all of them texts.

use std::sync::Arc;

use super::envelope::Element;
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::ApiError;
use crate::salesforce::records::Write;
use crate::salesforce::schema::{Kind, SObject};

/// The object of a record and its fields, in the order of the call.
///
/// An element that is nil says nothing: to clear a field, `fieldsToNull` names it. SOAP API guide, "Resetting Values to
/// null".
pub(super) fn read<'e>(
    write: &Write<'_>,
    element: &'e Element,
) -> Result<(Arc<SObject>, Pairs<'e>), ApiError> {
    let name = type_name(element).unwrap_or_default();
    let object = write.object(name).map_err(|_| ApiError::InvalidType {
        message: format!("sObject type '{name}' is not supported."),
    })?;
    let mut pairs: Pairs<'e> = Vec::with_capacity(element.children.len());
    for child in &element.children {
        match child.name.as_str() {
            "type" => {}
            "fieldsToNull" => pairs.push((child.text.trim().into(), Given::Null)),
            _ if child.nil => {}
            name => pairs.push((name.into(), value(&object, child))),
        }
    }
    Ok((object, pairs))
}

/// The partner API has an element for it, the enterprise API an attribute.
fn type_name(element: &Element) -> Option<&str> {
    let named = element.parameter("type").map(str::trim);
    let typed = element.kind.as_deref().filter(|kind| *kind != "sObject");
    named.or(typed)
}

fn value<'e>(object: &SObject, element: &'e Element) -> Given<'e> {
    if !element.children.is_empty() {
        return reference(element);
    }
    let kind = object.field(&element.name).map(|field| field.kind);
    match (kind, element.text.trim()) {
        (Some(Kind::Boolean), "1") => Given::Boolean(true),
        (Some(Kind::Boolean), "0") => Given::Boolean(false),
        (Some(Kind::Boolean), text) => Given::Text(text.into()),
        _ => Given::Text(element.text.as_str().into()),
    }
}

/// `<Account><type>Account</type><Ext__c>x</Ext__c></Account>`: another record, by one of its fields.
fn reference(element: &Element) -> Given<'_> {
    let mut pairs: Pairs<'_> = Vec::new();
    if let Some(name) = type_name(element) {
        let name = Given::Text(name.into());
        pairs.push((
            "attributes".into(),
            Given::Object(vec![("type".into(), name)]),
        ));
    }
    let keys = element
        .children
        .iter()
        .filter(|child| child.name != "type" && !child.nil);
    pairs.extend(keys.map(|child| {
        let value = Given::Text(child.text.trim().into());
        (child.name.as_str().into(), value)
    }));
    Given::Object(pairs)
}

/// Takes the id out of a record's fields.
pub(super) fn take_id<'e>(pairs: &mut Pairs<'e>) -> Option<std::borrow::Cow<'e, str>> {
    let place = pairs
        .iter()
        .position(|(name, _)| name.eq_ignore_ascii_case("Id"))?;
    match pairs.remove(place).1 {
        Given::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned().into()),
        _ => None,
    }
}
