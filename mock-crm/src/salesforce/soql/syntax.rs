//! The syntax of a query. Names are as they were written; `at` is the place in the text, in bytes.

use super::lexer::TokenKind;

/// `SELECT … FROM …`
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Query<'q> {
    pub(super) select: Vec<Item<'q>>,
    pub(super) from: Name<'q>,
    pub(super) alias: Option<&'q str>,
    pub(super) condition: Option<Condition<'q>>,
    pub(super) group_by: Vec<Path<'q>>,
    pub(super) order_by: Vec<OrderItem<'q>>,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'q> {
    pub(super) text: &'q str,
    pub(super) at: usize,
}

/// `Account.Owner.Name`
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Path<'q> {
    pub(super) names: Vec<&'q str>,
    pub(super) at: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Item<'q> {
    Path(Path<'q>, Option<&'q str>),
    Aggregate(Aggregate<'q>, Option<&'q str>),
    /// `FIELDS(ALL)`, `FIELDS(STANDARD)`, `FIELDS(CUSTOM)`
    Fields(&'q str, usize),
    Subquery(Box<Query<'q>>, usize),
}

/// `COUNT(Email)`; `COUNT()` has no path.
#[derive(Clone, Debug)]
pub(super) struct Aggregate<'q> {
    pub(super) function: Function,
    pub(super) path: Option<Path<'q>>,
    pub(super) at: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum Function {
    Count,
    CountDistinct,
    Sum,
    Average,
    Minimum,
    Maximum,
}

impl Function {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "COUNT" => Self::Count,
            "COUNT_DISTINCT" => Self::CountDistinct,
            "SUM" => Self::Sum,
            "AVG" => Self::Average,
            "MIN" => Self::Minimum,
            "MAX" => Self::Maximum,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Condition<'q> {
    And(Vec<Condition<'q>>),
    Or(Vec<Condition<'q>>),
    Not(Box<Condition<'q>>),
    Compare {
        path: Path<'q>,
        operator: Operator,
        literal: Literal<'q>,
    },
    In {
        path: Path<'q>,
        negated: bool,
        set: Set<'q>,
    },
}

#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Set<'q> {
    Literals(Vec<Literal<'q>>),
    Select(Box<Query<'q>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Like,
}

#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Literal<'q> {
    pub(super) kind: TokenKind<'q>,
    /// The n of `LAST_N_DAYS:n`.
    pub(super) count: Option<i64>,
    pub(super) at: usize,
}

#[derive(Clone, Debug)]
pub(super) struct OrderItem<'q> {
    pub(super) key: OrderKey<'q>,
    pub(super) descending: bool,
    pub(super) nulls_last: bool,
}

#[derive(Clone, Debug)]
pub(super) enum OrderKey<'q> {
    Path(Path<'q>),
    Aggregate(Aggregate<'q>),
}
