//! `explain=`: the ways in which the mock could find the records of a query, the one that it takes first.
//!
//! Real orgs answer estimates of their own planner; these are numbers of the mock's: how many records each way looks at.
//! Shape: REST guide, "Get Feedback on Query Performance".

use serde_json::{Value, json};

use super::bind::Scope;
use super::plan::Plan;
use super::run::{indexed_ways, matching_count};

/// The plans for a query.
pub(in crate::salesforce) fn explain(plan: &Plan, scope: Scope<'_>, query: &str) -> Value {
    let all = scope.store.scan(plan.object.key).count();
    let cost = |looked_at: usize| (looked_at as f64 / all.max(1) as f64).min(1.0);
    let mut plans: Vec<(usize, Value)> = indexed_ways(plan, scope)
        .into_iter()
        .map(|(field, found)| {
            let way = Way {
                cardinality: found,
                field: Some(field),
                operation: "Index",
                cost: cost(found),
                notes: Vec::new(),
            };
            (found, way.described(plan, all))
        })
        .collect();
    let notes = match plans.is_empty() {
        true => vec![note(plan)],
        false => Vec::new(),
    };
    let scan = Way {
        cardinality: matching_count(plan, scope),
        field: None,
        operation: "TableScan",
        cost: 1.0,
        notes,
    };
    let scan = scan.described(plan, all);
    plans.sort_by_key(|(looked_at, _)| *looked_at);
    let plans = plans.into_iter().map(|(_, plan)| plan).chain([scan]);
    json!({ "plans": plans.collect::<Vec<_>>(), "sourceQuery": query })
}

/// A way to find records.
struct Way<'w> {
    /// Records that come out of it.
    cardinality: usize,
    /// Whose index is asked.
    field: Option<&'w str>,
    operation: &'static str,
    /// 1: as much as looking at all records.
    cost: f64,
    notes: Vec<Value>,
}

impl Way<'_> {
    fn described(&self, plan: &Plan, all: usize) -> Value {
        json!({
            "cardinality": self.cardinality,
            "fields": self.field.into_iter().collect::<Vec<_>>(),
            "leadingOperationType": self.operation,
            "notes": self.notes,
            "relativeCost": self.cost,
            "sobjectCardinality": all,
            "sobjectType": plan.object.name,
        })
    }
}

/// Why no index is asked.
fn note(plan: &Plan) -> Value {
    json!({
        "description": "No index of the mock covers the filter: all records of the object are looked at",
        "fields": [],
        "tableEnumOrId": plan.object.name,
    })
}
