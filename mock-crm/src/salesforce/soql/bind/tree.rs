//! The tree of what is answered of a record.

use super::Resolved;
use crate::salesforce::schema::Field;
use crate::salesforce::soql::functions::Shown;
use crate::salesforce::soql::plan::Node;

/// A node's last name: the field, or the field as it is shown under a name of its own.
pub(super) struct Leaf<'l> {
    pub(super) name: &'l str,
    pub(super) shown: Option<Shown>,
}

pub(super) fn named(node: &Node, name: &str) -> bool {
    match node {
        Node::Field(known) | Node::Shown { name: known, .. } => known.eq_ignore_ascii_case(name),
        _ => false,
    }
}

/// The names of the fields on a path from the object.
pub(super) fn fields_of(resolved: &Resolved<'_>, own: &[Field]) -> Vec<Box<str>> {
    let first = own.get(resolved.path.first);
    first
        .map(|field| field.name.as_ref().into())
        .into_iter()
        .chain(resolved.path.rest.iter().cloned())
        .collect()
}

/// Adds a field to the tree of what is answered; fields behind the same relationship come together. `false`: it was
/// there.
pub(super) fn add(
    nodes: &mut Vec<Node>,
    names: &[Box<str>],
    fields: &[Box<str>],
    leaf: &Leaf<'_>,
) -> bool {
    match (names, fields) {
        ([_], [field, ..]) => {
            let new = !nodes.iter().any(|node| named(node, leaf.name));
            if new {
                nodes.push(match leaf.shown {
                    None => Node::Field(field.clone()),
                    Some(how) => Node::Shown {
                        name: leaf.name.into(),
                        field: field.clone(),
                        how,
                    },
                });
            }
            new
        }
        ([relationship, names @ ..], [field, fields @ ..]) => {
            let known = nodes.iter().position(
                |node| matches!(node, Node::Parent { relationship: known, .. } if known == relationship),
            );
            let place = known.unwrap_or_else(|| {
                nodes.push(Node::Parent {
                    relationship: relationship.clone(),
                    field: field.clone(),
                    nodes: Vec::new(),
                });
                nodes.len() - 1
            });
            match nodes.get_mut(place) {
                Some(Node::Parent { nodes, .. }) => add(nodes, names, fields, leaf),
                _ => true,
            }
        }
        _ => true,
    }
}
