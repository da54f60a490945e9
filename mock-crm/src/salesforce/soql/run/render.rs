//! Found records as JSON.

use std::sync::Arc;

use super::below::Below;
use super::format::push_formatted;
use crate::salesforce::answer;
use crate::salesforce::records::row::{Row, push_attributes, push_named};
use crate::salesforce::soql::bind::Scope;
use crate::salesforce::soql::functions::Shown;
use crate::salesforce::soql::plan::{Node, Plan, Shape};
use crate::store::Serial;

/// What is written in one answer.
pub(in crate::salesforce) struct Renderer<'r> {
    pub(in crate::salesforce) scope: Scope<'r>,
    /// `/services/data/v60.0`
    pub(in crate::salesforce) base: &'r str,
    /// Records of a sub-query that come with the record above them.
    pub(in crate::salesforce) page: usize,
    /// Keeps what is not on the page; the address under which it can be read.
    pub(in crate::salesforce) keep: &'r dyn Fn(Rest) -> String,
}

/// The records of a sub-query, of which the answer has the first page.
pub(in crate::salesforce) struct Rest {
    pub(in crate::salesforce) plan: Arc<Plan>,
    pub(in crate::salesforce) serials: Vec<Serial>,
    pub(in crate::salesforce) below: Arc<Below>,
}

impl Renderer<'_> {
    /// Appends a found record.
    pub(in crate::salesforce) fn record(
        &self,
        json: &mut Vec<u8>,
        plan: &Plan,
        below: &Below,
        serial: Serial,
    ) {
        let store = self.scope.store;
        let (Shape::Records(nodes), Some(record)) = (&plan.shape, store.get(serial)) else {
            return;
        };
        let row = Row::new(self.scope.org, store, &plan.object, serial, record);
        self.row(json, &row, nodes, below);
    }

    fn row(&self, json: &mut Vec<u8>, row: &Row<'_>, nodes: &[Node], below: &Below) {
        json.push(b'{');
        push_attributes(json, row, self.base);
        for (place, node) in nodes.iter().enumerate() {
            json.push(b',');
            match node {
                Node::Field(name) => push_named(json, row, name),
                Node::Shown { name, field, how } => shown(json, row, name, field, *how),
                Node::Parent {
                    relationship,
                    field,
                    nodes,
                } => self.parent(json, row, (relationship, field), |_| Some(nodes)),
                Node::TypeOf {
                    relationship,
                    field,
                    branches,
                    otherwise,
                } => self.parent(json, row, (relationship, field), |parent| {
                    let key = parent.object.key;
                    let branch = branches.iter().find(|(keys, _)| keys.contains(&key));
                    // Without ELSE the other objects come as null.
                    let otherwise = Some(otherwise).filter(|nodes| !nodes.is_empty());
                    branch.map(|(_, nodes)| nodes).or(otherwise)
                }),
                Node::Children {
                    relationship, plan, ..
                } => {
                    answer::push_text(json, relationship);
                    json.push(b':');
                    self.children(json, row.serial, plan, below, place);
                }
            }
        }
        json.push(b'}');
    }

    /// The record behind a reference, and what `nodes` says of it.
    fn parent<'n>(
        &self,
        json: &mut Vec<u8>,
        row: &Row<'_>,
        (relationship, field): (&str, &str),
        nodes: impl Fn(&Row<'_>) -> Option<&'n Vec<Node>>,
    ) {
        answer::push_text(json, relationship);
        json.push(b':');
        let parent = row.object.field(field).and_then(|field| row.follow(field));
        match parent.and_then(|parent| Some((nodes(&parent)?, parent))) {
            // Sub-queries are below records of the query itself only.
            Some((nodes, parent)) => self.row(json, &parent, nodes, &Below::default()),
            None => json.extend_from_slice(b"null"),
        }
    }

    fn children(
        &self,
        json: &mut Vec<u8>,
        parent: Serial,
        plan: &Arc<Plan>,
        below: &Below,
        place: usize,
    ) {
        let children = below.node(place);
        let serials = children.map_or_else(Vec::new, |children| children.of(parent));
        let Some(children) = children.filter(|_| !serials.is_empty()) else {
            json.extend_from_slice(b"null");
            return;
        };
        let (total, first) = (serials.len(), serials.len().min(self.page));
        let mut records = Vec::new();
        for (place, serial) in serials.iter().take(first).enumerate() {
            if place > 0 {
                records.push(b',');
            }
            self.record(&mut records, plan, &children.below, *serial);
        }
        let done = first == total;
        json.extend_from_slice(format!(r#"{{"totalSize":{total},"done":{done}"#).as_bytes());
        if !done {
            let next = (self.keep)(Rest {
                plan: plan.clone(),
                serials,
                below: children.below.clone(),
            });
            json.extend_from_slice(format!(r#","nextRecordsUrl":"{next}""#).as_bytes());
        }
        json.extend_from_slice(br#","records":["#);
        json.extend_from_slice(&records);
        json.extend_from_slice(b"]}");
    }
}

/// A field as it is shown, under its own name or an alias.
fn shown(json: &mut Vec<u8>, row: &Row<'_>, name: &str, field: &str, how: Shown) {
    answer::push_text(json, name);
    json.push(b':');
    let (value, kind) = (row.named(field), row.kind(field));
    match how {
        Shown::Format => push_formatted(json, &value, kind),
        Shown::Label | Shown::Currency => {
            crate::salesforce::records::row::push_value(json, &value, kind);
        }
    }
}
