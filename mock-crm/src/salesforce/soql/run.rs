//! Running a plan.

mod below;
mod cells;
mod format;
mod groups;
mod render;

use super::bind::Scope;
use super::plan::{FieldPath, Node, Plan, Shape};
use crate::ids::SalesforceId;
use crate::query::{Value, Values, sort};
use crate::salesforce::records::row::Row;
use crate::salesforce::schema::{Field, Source};
use crate::store::{Record, Serial, unique_key};

pub(in crate::salesforce) use below::{Below, below};
pub(in crate::salesforce) use cells::{NoTable, cells, selected_order, table_columns};
pub(in crate::salesforce) use render::{Renderer, Rest};

/// What a query found.
#[derive(Debug)]
pub(in crate::salesforce) enum Rows {
    /// So many.
    Count(usize),
    /// These, in order.
    Records(Vec<Serial>),
    /// The groups, as JSON.
    Groups(Vec<Vec<u8>>),
}

/// Runs a plan. Offset and limit have been applied to what it gives.
pub(in crate::salesforce) fn run(plan: &Plan, scope: Scope<'_>) -> Rows {
    let found = matching(plan, scope);
    match &plan.shape {
        Shape::Count => Rows::Count(window(found, plan).count()),
        Shape::Records(_) => Rows::Records(listed(found, plan)),
        Shape::Groups(shape) => Rows::Groups(groups::groups(found, plan, shape)),
    }
}

/// Runs a plan over the records that are wanted besides.
pub(in crate::salesforce) fn run_where(
    plan: &Plan,
    scope: Scope<'_>,
    wanted: &dyn Fn(&Row<'_>) -> bool,
) -> Vec<Serial> {
    listed(matching(plan, scope).filter(|row| wanted(row)), plan)
}

fn listed<'s>(rows: impl Iterator<Item = Row<'s>>, plan: &Plan) -> Vec<Serial> {
    match plan.order.as_slice() {
        [] => window(rows, plan).map(|row| row.serial).collect(),
        _ => ordered(rows, plan),
    }
}

/// The values of the one field that a sub-select selects; `None` where it selects something else.
pub(super) fn column(plan: &Plan, scope: Scope<'_>) -> Option<Values> {
    let Shape::Records(nodes) = &plan.shape else {
        return None;
    };
    let [Node::Field(name)] = nodes.as_slice() else {
        return None;
    };
    let field = plan.object.field(name)?;
    let values = window(matching(plan, scope), plan).map(|row| row.value(field).owned());
    // Nothing is in no sub-select, as nothing refers to nothing.
    Some(values.filter(|value| *value != Value::Null).collect())
}

fn window<T>(rows: impl Iterator<Item = T>, plan: &Plan) -> impl Iterator<Item = T> {
    rows.skip(plan.offset)
        .take(plan.limit.unwrap_or(usize::MAX))
}

fn ordered<'s>(rows: impl Iterator<Item = Row<'s>>, plan: &Plan) -> Vec<Serial> {
    let mut keyed: Vec<_> = rows
        .map(|row| {
            let keys = plan.order.iter().map(|order| value(&row, &order.field));
            (keys.collect::<Vec<_>>(), row.serial)
        })
        .collect();
    sort(&mut keyed, &plan.order);
    window(keyed.into_iter().map(|(_, serial)| serial), plan).collect()
}

/// The records that pass the filter, in id order.
fn matching<'s>(plan: &'s Plan, scope: Scope<'s>) -> Box<dyn Iterator<Item = Row<'s>> + 's> {
    let wanted = move |row: &Row<'s>| {
        (scope.deleted || !row.record.deleted) && plan.filter.matches(&|path| value(row, path))
    };
    match candidates(plan, scope) {
        Some(serials) => {
            let records = serials
                .into_iter()
                .filter_map(move |serial| Some((serial, scope.store.get(serial)?)));
            let of_object = records.filter(|(_, record)| record.object == plan.object.key);
            Box::new(
                of_object
                    .map(move |pair| row(plan, scope, pair))
                    .filter(wanted),
            )
        }
        None => Box::new(
            scope
                .store
                .scan(plan.object.key)
                .map(move |pair| row(plan, scope, pair))
                .filter(wanted),
        ),
    }
}

fn row<'s>(plan: &'s Plan, scope: Scope<'s>, (serial, record): (Serial, &'s Record)) -> Row<'s> {
    Row::new(scope.org, scope.store, &plan.object, serial, record)
}

/// How many records pass the filter.
pub(super) fn matching_count(plan: &Plan, scope: Scope<'_>) -> usize {
    matching(plan, scope).count()
}

/// What the smallest list of an index says about the filter; `None` where no index can be asked.
fn candidates(plan: &Plan, scope: Scope<'_>) -> Option<Vec<Serial>> {
    let lists = index_lists(plan, scope).map(|(_, serials)| serials);
    let mut serials = lists.min_by_key(Vec::len)?;
    serials.sort_unstable();
    serials.dedup();
    Some(serials)
}

/// The fields whose index can be asked, and how many records each finds.
pub(super) fn indexed_ways<'p>(plan: &'p Plan, scope: Scope<'p>) -> Vec<(&'p str, usize)> {
    let of_object = move |serial: &Serial| {
        let record = scope.store.get(*serial);
        record.is_some_and(|record| record.object == plan.object.key)
    };
    let lists = index_lists(plan, scope);
    lists
        .map(|(field, found)| (&*field.name, found.into_iter().filter(of_object).count()))
        .collect()
}

fn index_lists<'p>(
    plan: &'p Plan,
    scope: Scope<'p>,
) -> impl Iterator<Item = (&'p Field, Vec<Serial>)> {
    let equalities = plan.filter.equalities().into_iter();
    equalities.filter_map(move |(path, values)| {
        let field = plan.object.fields().get(path.own()?)?;
        let lists = values
            .iter()
            .map(|value| indexed(plan, scope, field, value));
        let serials = lists.collect::<Option<Vec<_>>>()?.concat();
        Some((field, serials))
    })
}

fn indexed(plan: &Plan, scope: Scope<'_>, field: &Field, value: &Value<'_>) -> Option<Vec<Serial>> {
    let Value::Text(text) = value else {
        return None;
    };
    match field.source {
        Source::Id => {
            let serial = SalesforceId::parse(text)
                .and_then(|id| scope.org.serial(scope.store, plan.object.key, id));
            Some(serial.into_iter().collect())
        }
        Source::OwnerId => Some(scope.store.owned_by(text)),
        Source::CreatedById => Some(scope.store.created_by(text)),
        Source::Body if field.indexed() => {
            let key = unique_key(plan.object.key, &field.name, text);
            Some(scope.store.find_unique(key).to_vec())
        }
        _ => None,
    }
}

/// The value at the end of a path; nothing where a reference on the way leads nowhere.
pub(super) fn value<'s>(row: &Row<'s>, path: &FieldPath) -> Value<'s> {
    let value = whole_value(row, path);
    match path.part {
        Some(part) => part.of(&value),
        None => value,
    }
}

fn whole_value<'s>(row: &Row<'s>, path: &FieldPath) -> Value<'s> {
    let Some(first) = row.object.fields().get(path.first) else {
        return Value::Null;
    };
    match path.rest.as_slice() {
        [] => row.value(first),
        [steps @ .., last] => {
            let start = row.follow(first);
            let end = steps.iter().try_fold(start, |row, step| {
                let row = row?;
                let field = row.object.field(step)?;
                Some(row.follow(field))
            });
            end.flatten().map_or(Value::Null, |row| row.named(last))
        }
    }
}
