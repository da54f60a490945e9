//! The records that sub-queries answer below those that a query found.

use std::sync::Arc;

use super::{Row, matching, value};
use crate::query::sort;
use crate::salesforce::soql::bind::Scope;
use crate::salesforce::soql::plan::{Node, Plan, Shape};
use crate::store::Serial;

/// For each node of a plan the records that it finds below others, where it is a sub-query.
///
/// Found for all records at once, in one pass over the children: asking for those of each record would pass over them
/// once for each.
#[derive(Debug, Default)]
pub(in crate::salesforce) struct Below(Vec<Option<Children>>);

#[derive(Debug)]
pub(super) struct Children {
    /// Parent and child, by parent.
    pairs: Vec<(Serial, Serial)>,
    pub(super) below: Arc<Below>,
}

impl Below {
    pub(super) fn node(&self, place: usize) -> Option<&Children> {
        self.0.get(place)?.as_ref()
    }
}

impl Children {
    /// The children of a record, in their order.
    pub(super) fn of(&self, parent: Serial) -> Vec<Serial> {
        let start = self.pairs.partition_point(|(known, _)| *known < parent);
        let pairs = self.pairs[start..].iter();
        let own = pairs.take_while(|(known, _)| *known == parent);
        own.map(|(_, child)| *child).collect()
    }
}

/// Finds what is below the records that a plan found.
pub(in crate::salesforce) fn below(plan: &Plan, scope: Scope<'_>, parents: &[Serial]) -> Below {
    let Shape::Records(nodes) = &plan.shape else {
        return Below::default();
    };
    let has_children = |node: &Node| matches!(node, Node::Children { .. });
    if parents.is_empty() || !nodes.iter().any(has_children) {
        return Below::default();
    }
    let mut parents = parents.to_vec();
    parents.sort_unstable();
    let nodes = nodes.iter().map(|node| match node {
        Node::Children { field, plan, .. } => Some(children(plan, scope, *field, &parents)),
        _ => None,
    });
    Below(nodes.collect())
}

/// `parents` in order.
fn children(plan: &Plan, scope: Scope<'_>, field: usize, parents: &[Serial]) -> Children {
    let parent_of = |row: &Row<'_>| {
        let parent = row.follow(row.object.fields().get(field)?)?.serial;
        parents.binary_search(&parent).ok().map(|_| parent)
    };
    let mut keyed: Vec<_> = matching(plan, scope)
        .filter_map(|row| {
            let keys = plan.order.iter().map(|order| value(&row, &order.field));
            Some((keys.collect::<Vec<_>>(), (parent_of(&row)?, row.serial)))
        })
        .collect();
    sort(&mut keyed, &plan.order);
    let mut pairs: Vec<_> = keyed.into_iter().map(|(_, pair)| pair).collect();
    pairs.sort_by_key(|(parent, _)| *parent);
    let pairs = windows(pairs, plan);
    let found: Vec<_> = pairs.iter().map(|(_, child)| *child).collect();
    Children {
        below: Arc::new(below(plan, scope, &found)),
        pairs,
    }
}

/// Offset and limit count for each parent.
fn windows(pairs: Vec<(Serial, Serial)>, plan: &Plan) -> Vec<(Serial, Serial)> {
    if plan.offset == 0 && plan.limit.is_none() {
        return pairs;
    }
    let of_one = pairs.chunk_by(|left, right| left.0 == right.0);
    let kept = of_one.flat_map(|pairs| super::window(pairs.iter().copied(), plan));
    kept.collect()
}
