//! Found records as JSON.

use super::{Rows, run_children};
use crate::salesforce::answer;
use crate::salesforce::records::row::{Row, push_attributes, push_named};
use crate::salesforce::soql::bind::Scope;
use crate::salesforce::soql::plan::{Node, Plan, Shape};
use crate::store::Serial;

/// Appends a found record. `base`: `/services/data/v60.0`.
pub(in crate::salesforce) fn record(
    json: &mut Vec<u8>,
    plan: &Plan,
    scope: Scope<'_>,
    serial: Serial,
    base: &str,
) {
    let (Shape::Records(nodes), Some(record)) = (&plan.shape, scope.store.get(serial)) else {
        return;
    };
    let row = Row::new(scope.org, scope.store, &plan.object, serial, record);
    push_row(json, &row, nodes, scope, base);
}

fn push_row(json: &mut Vec<u8>, row: &Row<'_>, nodes: &[Node], scope: Scope<'_>, base: &str) {
    json.push(b'{');
    push_attributes(json, row, base);
    for node in nodes {
        json.push(b',');
        match node {
            Node::Field(name) => push_named(json, row, name),
            Node::Parent {
                relationship,
                field,
                nodes,
            } => {
                answer::push_text(json, relationship);
                json.push(b':');
                match row.object.field(field).and_then(|field| row.follow(field)) {
                    Some(parent) => push_row(json, &parent, nodes, scope, base),
                    None => json.extend_from_slice(b"null"),
                }
            }
            Node::Children {
                relationship,
                field,
                plan,
            } => {
                answer::push_text(json, relationship);
                json.push(b':');
                let id = row.id();
                match run_children(plan, scope, *field, id.as_str()) {
                    Rows::Records(serials) if !serials.is_empty() => {
                        push_page(json, plan, scope, &serials, base);
                    }
                    _ => json.extend_from_slice(b"null"),
                }
            }
        }
    }
    json.push(b'}');
}

/// The records below one; all of them, since a page of them holds more than the tests of a mock make.
fn push_page(json: &mut Vec<u8>, plan: &Plan, scope: Scope<'_>, serials: &[Serial], base: &str) {
    json.extend_from_slice(
        format!(r#"{{"totalSize":{},"done":true,"records":["#, serials.len()).as_bytes(),
    );
    for (place, serial) in serials.iter().enumerate() {
        if place > 0 {
            json.push(b',');
        }
        record(json, plan, scope, *serial, base);
    }
    json.extend_from_slice(b"]}");
}
