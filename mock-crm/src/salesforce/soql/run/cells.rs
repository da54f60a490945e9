//! Found records as rows of a table, which is what the Bulk API answers.

use super::format::formatted;
use crate::query::Value;
use crate::salesforce::records::row::Row;
use crate::salesforce::schema::{Kind, SObject, Schema, Source};
use crate::salesforce::soql::bind::Scope;
use crate::salesforce::soql::functions::Shown;
use crate::salesforce::soql::plan::{Node, Plan, Shape};
use crate::salesforce::soql::syntax::{Item, Operand, Query};
use crate::store::Serial;

/// Why a query has no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum NoTable {
    /// Functions, groups, a count.
    Aggregate,
    /// `OFFSET`
    Offset,
    /// Records below records.
    Subquery,
    /// An address.
    Compound,
    /// Fields that depend on what a record is.
    TypeOf,
}

/// The names of the columns: `Id`, `Account.Name`.
///
/// # Errors
/// Where the query answers something else than records, or records with something else than values in them.
pub(in crate::salesforce) fn table_columns(
    plan: &Plan,
    schema: &Schema,
) -> Result<Vec<String>, NoTable> {
    let Shape::Records(nodes) = &plan.shape else {
        return Err(NoTable::Aggregate);
    };
    if plan.offset > 0 {
        return Err(NoTable::Offset);
    }
    let mut names = Vec::new();
    add_columns(&mut names, nodes, "", &[&plan.object], schema)?;
    Ok(names)
}

/// `objects`: what the records may be of.
fn add_columns(
    names: &mut Vec<String>,
    nodes: &[Node],
    prefix: &str,
    objects: &[&SObject],
    schema: &Schema,
) -> Result<(), NoTable> {
    for node in nodes {
        match node {
            Node::Field(name) => {
                let fields = objects.iter().filter_map(|object| object.field(name));
                if fields
                    .into_iter()
                    .any(|field| field.source == Source::Address)
                {
                    return Err(NoTable::Compound);
                }
                names.push(format!("{prefix}{name}"));
            }
            Node::Parent {
                relationship,
                field,
                nodes,
            } => {
                let fields = objects.iter().filter_map(|object| object.field(field));
                let parents: Vec<&SObject> = fields
                    .flat_map(|field| field.referenced())
                    .filter_map(|name| schema.object(name).map(|object| &**object))
                    .collect();
                let prefix = format!("{prefix}{relationship}.");
                add_columns(names, nodes, &prefix, &parents, schema)?;
            }
            Node::Shown { name, .. } => names.push(format!("{prefix}{name}")),
            Node::TypeOf { .. } => return Err(NoTable::TypeOf),
            Node::Children { .. } => return Err(NoTable::Subquery),
        }
    }
    Ok(())
}

/// The places of the columns in the order in which the query selects them: a plan has the fields of one parent together.
pub(in crate::salesforce) fn selected_order(query: &Query<'_>, columns: &[String]) -> Vec<usize> {
    let own = |name: &str| {
        let named = |known: &str| known.eq_ignore_ascii_case(name);
        named(query.from.text) || query.alias.is_some_and(named)
    };
    let selected = query.select.iter().filter_map(|item| match item {
        Item::Operand(_, Some(alias)) => Some((*alias).to_owned()),
        Item::Operand(Operand::Path(path), None) => match path.names.as_slice() {
            [first, rest @ ..] if !rest.is_empty() && own(first) => Some(rest.join(".")),
            names => Some(names.join(".")),
        },
        _ => None,
    });
    let selected: Vec<String> = selected.collect();
    let place = |column: &String| {
        let mut names = selected.iter();
        names
            .position(|name| name.eq_ignore_ascii_case(column))
            .unwrap_or(usize::MAX)
    };
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|column| place(&columns[*column]));
    order
}

/// Gives the values of a found record, column by column.
pub(in crate::salesforce) fn cells(
    plan: &Plan,
    scope: Scope<'_>,
    serial: Serial,
    put: &mut dyn FnMut(&Value<'_>, Kind),
) {
    let (Shape::Records(nodes), Some(record)) = (&plan.shape, scope.store.get(serial)) else {
        return;
    };
    let row = Row::new(scope.org, scope.store, &plan.object, serial, record);
    put_row(Some(&row), nodes, put);
}

fn put_row(row: Option<&Row<'_>>, nodes: &[Node], put: &mut dyn FnMut(&Value<'_>, Kind)) {
    for node in nodes {
        match node {
            Node::Field(name) => put_field(row, name, put),
            Node::Shown {
                field,
                how: Shown::Format,
                ..
            } => {
                let text = row.and_then(|row| formatted(&row.named(field), row.kind(field)));
                put(
                    &text.map_or(Value::Null, |text| Value::Text(text.into())),
                    Kind::String,
                );
            }
            Node::Shown { field, .. } => put_field(row, field, put),
            Node::Parent { field, nodes, .. } => {
                let parent = row.and_then(|row| row.follow(row.object.field(field)?));
                put_row(parent.as_ref(), nodes, put);
            }
            // A query with these has no columns.
            Node::TypeOf { .. } | Node::Children { .. } => {}
        }
    }
}

fn put_field(row: Option<&Row<'_>>, field: &str, put: &mut dyn FnMut(&Value<'_>, Kind)) {
    match row {
        Some(row) => put(&row.named(field), row.kind(field)),
        None => put(&Value::Null, Kind::String),
    }
}
