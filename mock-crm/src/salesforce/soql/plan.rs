//! What a query means for an org: names are resolved, literals are values.

use std::sync::Arc;

use super::syntax::Function;
use crate::query::{Filter, Order};
use crate::salesforce::schema::SObject;

/// A field of the object, or of a record it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::salesforce) struct FieldPath {
    /// The place of the first field in the object.
    pub(in crate::salesforce) first: usize,
    /// Names of the fields from there on: what the reference leads to is known only per record.
    pub(in crate::salesforce) rest: Vec<Box<str>>,
}

impl FieldPath {
    /// The place in the object, where the path does not leave it.
    pub(super) fn own(&self) -> Option<usize> {
        self.rest.is_empty().then_some(self.first)
    }
}

/// The name of the pseudo-field that says what an owner is: `User`, or what kind of group: `Queue`.
pub(in crate::salesforce) const TYPE: &str = "Type";

/// What of a record is answered.
#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Node {
    Field(Box<str>),
    /// The record behind a reference.
    Parent {
        relationship: Box<str>,
        field: Box<str>,
        nodes: Vec<Node>,
    },
    /// The records that refer to this one by `field`.
    Children {
        relationship: Box<str>,
        field: usize,
        plan: Box<Plan>,
    },
}

/// One column of an aggregate query.
#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Column {
    /// A field that is grouped by: its place in the list of them.
    Group { name: String, place: usize },
    /// A function over the group.
    Aggregate { name: String, place: usize },
}

/// What is computed of the rows of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::salesforce) struct Computed {
    pub(super) function: Function,
    pub(super) path: Option<FieldPath>,
}

/// What is answered.
#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Shape {
    /// The number of records.
    Count,
    /// Records.
    Records(Vec<Node>),
    /// Groups.
    Groups {
        by: Vec<FieldPath>,
        computed: Vec<Computed>,
        columns: Vec<Column>,
    },
}

/// A key of the order of groups.
#[derive(Clone, Copy, Debug)]
pub(in crate::salesforce) enum GroupKey {
    Group(usize),
    Aggregate(usize),
}

/// A query, ready to run.
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Plan {
    pub(in crate::salesforce) object: Arc<SObject>,
    pub(super) shape: Shape,
    pub(super) filter: Filter<FieldPath>,
    pub(super) order: Vec<Order<FieldPath>>,
    pub(super) group_order: Vec<Order<GroupKey>>,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
}
