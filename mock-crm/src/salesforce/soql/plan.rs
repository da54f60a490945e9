//! What a query means for an org: names are resolved, literals are values.

use std::sync::Arc;

use super::functions::{Aggregate, DatePart, Shown};
use crate::query::{Filter, Order};
use crate::salesforce::schema::{Kind, SObject};
use crate::store::ObjectKey;

/// A field of the object, or of a record it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::salesforce) struct FieldPath {
    /// The place of the first field in the object.
    pub(in crate::salesforce) first: usize,
    /// Names of the fields from there on: what the reference leads to is known only per record.
    pub(in crate::salesforce) rest: Vec<Box<str>>,
    /// What of its value counts, where it is a day or an instant; `None`: all of it.
    pub(in crate::salesforce) part: Option<DatePart>,
}

impl FieldPath {
    /// A field of the object itself.
    pub(super) fn field(place: usize) -> Self {
        Self {
            first: place,
            rest: Vec::new(),
            part: None,
        }
    }

    /// The place in the object, where the path does not leave it and the whole value counts.
    pub(super) fn own(&self) -> Option<usize> {
        (self.rest.is_empty() && self.part.is_none()).then_some(self.first)
    }
}

/// The name of the pseudo-field that says what an owner is: `User`, or what kind of group: `Queue`.
pub(in crate::salesforce) const TYPE: &str = "Type";

/// What of a record is answered.
#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Node {
    Field(Box<str>),
    /// A field as it is shown, under a name of its own.
    Shown {
        name: Box<str>,
        field: Box<str>,
        how: Shown,
    },
    /// The record behind a reference.
    Parent {
        relationship: Box<str>,
        field: Box<str>,
        nodes: Vec<Node>,
    },
    /// The record behind a reference, and what of it depends on what it is.
    TypeOf {
        relationship: Box<str>,
        field: Box<str>,
        branches: Vec<(Vec<ObjectKey>, Vec<Node>)>,
        otherwise: Vec<Node>,
    },
    /// The records that refer to this one by `field`.
    Children {
        relationship: Box<str>,
        field: usize,
        plan: Arc<Plan>,
    },
}

/// One column of an aggregate query.
#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Column {
    /// A field that is grouped by: its place in the list of them.
    Group {
        name: String,
        place: usize,
        kind: Kind,
    },
    /// Whether the group is a subtotal over a field that is grouped by: 0 or 1.
    Subtotal { name: String, place: usize },
    /// A function over the group.
    Aggregate {
        name: String,
        place: usize,
        kind: Kind,
        formatted: bool,
    },
}

/// What is computed of the rows of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::salesforce) struct Computed {
    pub(super) function: Aggregate,
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
    Groups(Box<Groups>),
}

/// An aggregate query.
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Groups {
    pub(super) by: Vec<FieldPath>,
    /// For each grouping that is answered, which of `by` count in it.
    pub(super) sets: Vec<Vec<bool>>,
    pub(super) computed: Vec<Computed>,
    pub(super) columns: Vec<Column>,
    pub(super) having: Filter<GroupKey>,
    pub(super) order: Vec<Order<GroupKey>>,
}

/// What a group has a value of.
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
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
}

impl Plan {
    /// Whether it answers records, not a count or groups.
    pub(in crate::salesforce) fn answers_records(&self) -> bool {
        matches!(self.shape, Shape::Records(_))
    }
}
