//! `columns=true`: what a query answers, without running it.
//!
//! The keys are those that the Salesforce CLI reads and those of a recorded answer of the Tooling API; the values of
//! `foreignKeyName` and `apexType` are unverified.

use serde_json::{Value, json};

use super::functions::{Aggregate, Shown};
use super::plan::{Column, Groups, Node, Plan, Shape};
use crate::salesforce::schema::{Field, Flags, Kind, SObject, Schema};

/// The description of what a plan answers.
pub(in crate::salesforce) fn columns(plan: &Plan, schema: &Schema) -> Value {
    let metadata = columns_of(plan, schema);
    let selects_id = match &plan.shape {
        Shape::Records(nodes) => nodes
            .iter()
            .any(|node| matches!(node, Node::Field(name) if &**name == "Id")),
        _ => false,
    };
    let grouped = matches!(&plan.shape, Shape::Groups(groups) if !groups.by.is_empty());
    json!({
        "columnMetadata": metadata,
        "entityName": plan.object.name,
        "groupBy": grouped,
        "idSelected": selects_id,
        "keyPrefix": String::from_utf8_lossy(&plan.object.prefix),
    })
}

fn columns_of(plan: &Plan, schema: &Schema) -> Vec<Value> {
    match &plan.shape {
        Shape::Count => Vec::new(),
        Shape::Records(nodes) => nodes
            .iter()
            .map(|node| of_node(node, &[&plan.object], schema))
            .collect(),
        Shape::Groups(groups) => of_groups(groups, plan),
    }
}

/// `objects`: those that the record may be of.
fn of_node(node: &Node, objects: &[&SObject], schema: &Schema) -> Value {
    let field = |name: &str| objects.iter().find_map(|object| object.field(name));
    let joined = |name: &str, aggregate: bool, columns: Vec<Value>| {
        let mut column = column(name, name, Kind::Reference, None);
        column["aggregate"] = aggregate.into();
        column["joinColumns"] = columns.into();
        column
    };
    match node {
        Node::Field(name) => of_field(name, field(name)),
        Node::Shown {
            name,
            field: of,
            how,
        } => match how {
            Shown::Format => column(name, name, Kind::String, None),
            Shown::Label | Shown::Currency => of_field(name, field(of)),
        },
        Node::Parent {
            relationship,
            field: by,
            nodes,
        } => {
            let above: Vec<_> = objects_above(field(by), schema);
            let columns = nodes.iter().map(|node| of_node(node, &above, schema));
            joined(relationship, false, columns.collect())
        }
        Node::TypeOf {
            relationship,
            field: by,
            branches,
            otherwise,
        } => {
            let above: Vec<_> = objects_above(field(by), schema);
            let nodes = branches
                .iter()
                .flat_map(|(_, nodes)| nodes)
                .chain(otherwise);
            let mut columns: Vec<Value> = Vec::new();
            for column in nodes.map(|node| of_node(node, &above, schema)) {
                if !columns.contains(&column) {
                    columns.push(column);
                }
            }
            joined(relationship, false, columns)
        }
        Node::Children {
            relationship, plan, ..
        } => joined(relationship, true, columns_of(plan, schema)),
    }
}

fn objects_above<'s>(field: Option<&Field>, schema: &'s Schema) -> Vec<&'s SObject> {
    let names = field.into_iter().flat_map(Field::referenced);
    names
        .filter_map(|name| schema.object(name).map(|object| &**object))
        .collect()
}

fn of_groups(groups: &Groups, plan: &Plan) -> Vec<Value> {
    let columns = groups.columns.iter().map(|shown| match shown {
        Column::Group { name, place, kind } => {
            let own = groups.by.get(*place).and_then(super::FieldPath::own);
            let field = own.and_then(|place| plan.object.fields().get(place));
            column(name, name, *kind, field)
        }
        Column::Subtotal { name, .. } => aggregate(name, "GROUPING", Kind::Int),
        Column::Aggregate {
            name, place, kind, ..
        } => {
            let function = groups
                .computed
                .get(*place)
                .map(|computed| computed.function);
            aggregate(name, function.map_or("", function_name), *kind)
        }
    });
    columns.collect()
}

fn aggregate(name: &str, function: &str, kind: Kind) -> Value {
    let mut column = column(function, name, kind, None);
    column["aggregate"] = true.into();
    column
}

fn function_name(function: Aggregate) -> &'static str {
    match function {
        Aggregate::Count => "Count",
        Aggregate::CountDistinct => "CountDistinct",
        Aggregate::Sum => "Sum",
        Aggregate::Average => "Avg",
        Aggregate::Minimum => "Min",
        Aggregate::Maximum => "Max",
    }
}

fn of_field(name: &str, field: Option<&Field>) -> Value {
    column(
        name,
        name,
        field.map_or(Kind::String, |field| field.kind),
        field,
    )
}

fn column(name: &str, shown: &str, kind: Kind, field: Option<&Field>) -> Value {
    let has = |flag| field.is_some_and(|field| field.flags.has(flag));
    let apex = match kind {
        Kind::Id | Kind::Reference => "Id",
        Kind::Boolean => "Boolean",
        Kind::Int => "Integer",
        Kind::Double | Kind::Currency | Kind::Percent => "Double",
        Kind::Date => "Date",
        Kind::DateTime => "Datetime",
        Kind::Address => "Address",
        _ => "String",
    };
    json!({
        "aggregate": false,
        "apexType": apex,
        "booleanType": kind == Kind::Boolean,
        "columnName": name,
        "custom": name.ends_with("__c"),
        "displayName": shown,
        "foreignKeyName": field.and_then(|field| field.relationship.as_deref()),
        "insertable": has(Flags::CREATEABLE),
        "joinColumns": [],
        "numberType": kind == Kind::Int || kind.fractional(),
        "textType": kind.textual(),
        "updatable": has(Flags::UPDATEABLE),
    })
}
