//! The records of a tree, by level.

use std::collections::HashMap;
use std::sync::Arc;

use super::Outcome;
use crate::salesforce::body::{Given, Pairs};
use crate::salesforce::error::ApiError;
use crate::salesforce::records::Write;
use crate::salesforce::schema::SObject;

/// Levels of a tree. REST guide, "sObject Tree".
const LEVELS: usize = 5;

/// One record to create.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// Its place among all, level by level.
    pub(super) number: usize,
    pub(super) reference: String,
    pub(super) object: Arc<SObject>,
    pub(super) pairs: Pairs<'a>,
    /// The parent's number, and the field that refers to it.
    pub(super) parent: Option<(usize, String)>,
}

/// The records that are as deep.
pub(super) type Level<'a> = Vec<Node<'a>>;

/// A record that was not read yet.
struct Unread<'a> {
    given: Given<'a>,
    object: Arc<SObject>,
    parent: Option<(usize, String)>,
}

/// Reads the tree. The inner error: a refusal for each record whose reference id is not its own.
pub(super) fn levels<'a>(
    write: &Write<'_>,
    object: &Arc<SObject>,
    records: Vec<Given<'a>>,
) -> Result<Result<Vec<Level<'a>>, Vec<Outcome>>, ApiError> {
    let mut levels: Vec<Level<'a>> = Vec::new();
    let mut number = 0;
    let unread = |given| Unread {
        given,
        object: object.clone(),
        parent: None,
    };
    let mut waiting: Vec<Unread<'a>> = records.into_iter().map(unread).collect();
    while !waiting.is_empty() {
        if levels.len() == LEVELS {
            return Err(ApiError::TreeTooDeep { limit: LEVELS });
        }
        let (mut level, mut deeper) = (Vec::new(), Vec::new());
        for unread in std::mem::take(&mut waiting) {
            let (node, children) = read(write, number, unread)?;
            number += 1;
            level.push(node);
            deeper.extend(children);
        }
        levels.push(level);
        waiting = deeper;
    }
    let twins = twins(&levels);
    Ok(match twins.is_empty() {
        true => Ok(levels),
        false => Err(twins),
    })
}

fn read<'a>(
    write: &Write<'_>,
    number: usize,
    unread: Unread<'a>,
) -> Result<(Node<'a>, Vec<Unread<'a>>), ApiError> {
    let Given::Object(pairs) = unread.given else {
        return Err(not_a_record(&unread.given));
    };
    let reference = reference_id(&unread.object, &pairs)?;
    let (mut fields, mut children) = (Vec::new(), Vec::new());
    for (name, value) in pairs {
        match (records_of(value), child_of(write, &unread.object, &name)) {
            (Ok(records), Some((object, field))) => {
                children.extend(records.into_iter().map(|given| Unread {
                    given,
                    object: object.clone(),
                    parent: Some((number, field.clone())),
                }));
            }
            (Ok(_), None) => {
                return Err(ApiError::NoSuchColumn {
                    field: name.into_owned(),
                    object: unread.object.name.to_string(),
                });
            }
            (Err(value), _) => fields.push((name, value)),
        }
    }
    let node = Node {
        number,
        reference,
        object: unread.object,
        pairs: fields,
        parent: unread.parent,
    };
    Ok((node, children))
}

/// The `referenceId` of the attributes, whose `type` must be the object that stands in this place.
fn reference_id(object: &SObject, pairs: &Pairs<'_>) -> Result<String, ApiError> {
    let attributes = pairs.iter().find_map(|(name, value)| match value {
        Given::Object(attributes) if name == "attributes" => Some(attributes),
        _ => None,
    });
    let attribute = |key: &str| {
        let found = attributes?.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.to_string())
    };
    let kind = attribute("type").ok_or_else(|| missing("type"))?;
    if !object.name.eq_ignore_ascii_case(&kind) {
        return Err(ApiError::InvalidType {
            message: format!("The type {kind} is not {}, which belongs here", object.name),
        });
    }
    attribute("referenceId").ok_or_else(|| missing("referenceId"))
}

/// The text is unverified.
fn missing(attribute: &str) -> ApiError {
    ApiError::InvalidInput {
        message: format!("Include a {attribute} in the attributes of each record"),
    }
}

fn not_a_record(given: &Given<'_>) -> ApiError {
    ApiError::JsonParser {
        message: format!(
            "Can not deserialize SObject out of {} token",
            given.token_name()
        ),
        line: 1,
        column: 1,
    }
}

/// The records of `{"records":[…]}`, else the value as it was.
fn records_of(value: Given<'_>) -> Result<Vec<Given<'_>>, Given<'_>> {
    let Given::Object(mut pairs) = value else {
        return Err(value);
    };
    let place = pairs
        .iter()
        .position(|(name, value)| name == "records" && matches!(value, Given::List(_)));
    match place.map(|place| pairs.remove(place).1) {
        Some(Given::List(records)) => Ok(records),
        _ => Err(Given::Object(pairs)),
    }
}

/// The object behind a relationship downwards, and its field that leads back.
fn child_of(write: &Write<'_>, parent: &SObject, name: &str) -> Option<(Arc<SObject>, String)> {
    let children = write.org.schema().child_relationships(parent);
    let mut children = children.into_iter();
    let (child, place, _) = children.find(|(_, _, known)| known.eq_ignore_ascii_case(name))?;
    let child = write.object(&child.name).ok()?;
    let field = child.fields().get(place)?.name.to_string();
    Some((child, field))
}

/// Two records with one reference id are both refused. REST guide, "sObject Tree Response Body".
fn twins(levels: &[Level<'_>]) -> Vec<Outcome> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let references = || levels.iter().flatten().map(|node| &*node.reference);
    references().for_each(|reference| *counts.entry(reference).or_default() += 1);
    let twins =
        references().filter(|reference| counts.get(reference).is_some_and(|count| *count > 1));
    let refused = |reference: &str| {
        let error = ApiError::DuplicateReferenceId {
            id: reference.to_owned(),
        };
        (reference.to_owned(), Err(error.into()))
    };
    twins.map(refused).collect()
}
