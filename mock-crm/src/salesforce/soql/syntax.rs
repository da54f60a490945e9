//! The syntax of a query. Names are as they were written; `at` is the place in the text, in bytes.

use super::functions::Function;
use super::lexer::TokenKind;

/// `SELECT … FROM …`
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Query<'q> {
    pub(in crate::salesforce) select: Vec<Item<'q>>,
    pub(in crate::salesforce) from: Name<'q>,
    pub(super) alias: Option<&'q str>,
    /// `FROM Contact c, c.Account a`: more names for records above this one.
    pub(super) joined: Vec<(Path<'q>, Name<'q>)>,
    /// `USING SCOPE mine`
    pub(super) scope: Option<Name<'q>>,
    pub(super) condition: Option<Condition<'q>>,
    pub(super) group_by: GroupBy<'q>,
    pub(super) having: Option<Condition<'q>>,
    pub(super) order_by: Vec<OrderItem<'q>>,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::salesforce) struct Name<'q> {
    pub(in crate::salesforce) text: &'q str,
    pub(in crate::salesforce) at: usize,
}

/// `Account.Owner.Name`
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Path<'q> {
    pub(super) names: Vec<&'q str>,
    pub(super) at: usize,
}

/// A function of something: `CALENDAR_YEAR(CreatedDate)`; `COUNT()` has no argument.
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct Call<'q> {
    pub(super) function: Function,
    pub(super) argument: Option<Box<Operand<'q>>>,
    pub(super) at: usize,
}

/// What can be compared, grouped by or ordered by.
#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Operand<'q> {
    Path(Path<'q>),
    Call(Call<'q>),
}

impl Operand<'_> {
    pub(super) fn at(&self) -> usize {
        match self {
            Self::Path(path) => path.at,
            Self::Call(call) => call.at,
        }
    }

    /// As error texts name it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Path(path) => path.names.join("."),
            Self::Call(call) => {
                let argument = call.argument.as_ref().map(|operand| operand.text());
                format!("{}({})", call.function.name(), argument.unwrap_or_default())
            }
        }
    }
}

#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Item<'q> {
    Operand(Operand<'q>, Option<&'q str>),
    /// `FIELDS(ALL)`, `FIELDS(STANDARD)`, `FIELDS(CUSTOM)`
    Fields(&'q str, usize),
    Subquery(Box<Query<'q>>, usize),
    TypeOf(TypeOf<'q>),
}

/// `TYPEOF What WHEN Account THEN Phone ELSE Name END`
#[derive(Clone, Debug)]
pub(in crate::salesforce) struct TypeOf<'q> {
    pub(super) relationship: Path<'q>,
    pub(super) branches: Vec<(Vec<Name<'q>>, Vec<Path<'q>>)>,
    pub(super) otherwise: Vec<Path<'q>>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct GroupBy<'q> {
    pub(super) operands: Vec<Operand<'q>>,
    pub(super) sets: GroupingSets,
}

/// Which of the groupings are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum GroupingSets {
    /// The one by all of the fields.
    #[default]
    All,
    /// That, and those without the last fields: subtotals and a total.
    Rollup,
    /// Those by any of the fields.
    Cube,
}

#[derive(Clone, Debug)]
pub(in crate::salesforce) enum Condition<'q> {
    And(Vec<Condition<'q>>),
    Or(Vec<Condition<'q>>),
    Not(Box<Condition<'q>>),
    Compare {
        operand: Operand<'q>,
        operator: Operator,
        literal: Literal<'q>,
    },
    In {
        operand: Operand<'q>,
        negated: bool,
        set: Set<'q>,
    },
    /// `Languages__c INCLUDES ('English;French', 'Dutch')`
    Includes {
        operand: Operand<'q>,
        negated: bool,
        literals: Vec<Literal<'q>>,
    },
}

impl Condition<'_> {
    /// Where its first operand is.
    pub(super) fn at(&self) -> usize {
        match self {
            Self::And(conditions) | Self::Or(conditions) => {
                conditions.first().map_or(0, Condition::at)
            }
            Self::Not(condition) => condition.at(),
            Self::Compare { operand, .. }
            | Self::In { operand, .. }
            | Self::Includes { operand, .. } => operand.at(),
        }
    }
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
    pub(super) key: Operand<'q>,
    pub(super) descending: bool,
    pub(super) nulls_last: bool,
}
