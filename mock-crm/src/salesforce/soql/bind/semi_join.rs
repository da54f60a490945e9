//! Sub-selects in conditions: `AccountId IN (SELECT Id FROM Account …)`.
//!
//! What is not allowed: SOQL reference, "Comparison Operators", semi-joins and anti-joins. Wordings from reports where
//! there are any; those of the limits are unverified.

use super::{Binder, Nesting, Scope, bind_object, visible};
use crate::query::Values;
use crate::salesforce::schema::{Field, Kind};
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::run;
use crate::salesforce::soql::syntax::{Condition, Item, Operand, Query, Set};

/// Most sub-selects in one query.
const MOST: usize = 2;

/// Where the sub-selects of a condition stand, and how many there are.
pub(super) fn check(condition: Option<&Condition<'_>>, nested: bool) -> Result<(), SoqlError> {
    let mut found = Vec::new();
    if let Some(condition) = condition {
        collect(condition, Place::Top, &mut found)?;
    }
    match found.get(MOST) {
        _ if nested && !found.is_empty() => Err(SoqlError::malformed(
            found[0],
            "Nesting of semi join sub-selects is not supported",
        )),
        Some(at) => Err(SoqlError::malformed(
            *at,
            format!("Maximum {MOST} semi join sub-selects are allowed"),
        )),
        None => Ok(()),
    }
}

/// Refuses sub-selects in HAVING.
pub(super) fn absent(condition: &Condition<'_>) -> Result<(), SoqlError> {
    let mut found = Vec::new();
    collect(condition, Place::Top, &mut found)?;
    match found.first() {
        Some(at) => Err(SoqlError::malformed(
            *at,
            "Semi-joins are only supported in WHERE clauses",
        )),
        None => Ok(()),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    InAnd,
    InOr,
    Nested,
}

fn collect(
    condition: &Condition<'_>,
    place: Place,
    found: &mut Vec<usize>,
) -> Result<(), SoqlError> {
    let (conditions, inside) = match condition {
        Condition::And(conditions) => (conditions.as_slice(), Place::InAnd),
        Condition::Or(conditions) => (conditions.as_slice(), Place::InOr),
        Condition::Not(condition) => (std::slice::from_ref(&**condition), Place::Nested),
        Condition::In {
            set: Set::Select(query),
            ..
        } => {
            let at = query.from.at;
            found.push(at);
            return match place {
                Place::Top | Place::InAnd => Ok(()),
                Place::InOr => Err(SoqlError::malformed(
                    at,
                    "Semi join sub-selects are not allowed with the 'OR' operator",
                )),
                Place::Nested => Err(SoqlError::malformed(
                    at,
                    "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.",
                )),
            };
        }
        Condition::Compare { .. } | Condition::In { .. } | Condition::Includes { .. } => {
            return Ok(());
        }
    };
    let inside = match place {
        Place::Top => inside,
        _ if inside == Place::InOr => Place::InOr,
        _ => Place::Nested,
    };
    conditions
        .iter()
        .try_for_each(|condition| collect(condition, inside, found))
}

impl Binder<'_> {
    /// The ids of a sub-select: what its one field has.
    pub(super) fn selected(
        &self,
        operand: &Operand<'_>,
        query: &Query<'_>,
    ) -> Result<Values, SoqlError> {
        let at = query.from.at;
        let Some(scope) = self.scope else {
            return Err(SoqlError::not_simulated(at, "a sub-select here"));
        };
        let hidden = Scope {
            deleted: false,
            ..scope
        };
        let nesting = Nesting {
            semi_join: true,
            ..self.nesting
        };
        let object = visible(query.from, hidden)?;
        let plain = query.order_by.is_empty()
            && query.limit.is_none()
            && query.offset == 0
            && query.group_by.operands.is_empty();
        if !plain {
            let message =
                "ORDER BY, LIMIT, OFFSET and GROUP BY are not allowed in a semi join sub-select";
            return Err(SoqlError::malformed(at, message));
        }
        if object.key == self.object.key {
            let message = "The inner and outer selects should not be on the same object type";
            return Err(SoqlError::malformed(at, message));
        }
        let ([Item::Operand(Operand::Path(inner), None)], Operand::Path(outer)) =
            (query.select.as_slice(), operand)
        else {
            return Err(SoqlError::malformed(at, "a sub-select selects one field"));
        };
        let outer = self.path(outer)?;
        let plan = bind_object(query, object.clone(), hidden, nesting)?;
        let inner = inner.names.last().and_then(|name| object.field(name));
        let (Some(inner), Some(outer)) = (inner, outer.field) else {
            return Err(SoqlError::malformed(at, "a sub-select selects one field"));
        };
        for field in [inner, outer] {
            if !matches!(field.kind, Kind::Id | Kind::Reference) {
                let message = format!(
                    "Semi join sub-selects can only query id fields, cannot use: '{}'",
                    field.name
                );
                return Err(SoqlError::malformed(at, message));
            }
        }
        let outer_objects = objects(outer, &self.object.name);
        let shared = objects(inner, &object.name)
            .iter()
            .any(|name| outer_objects.contains(name));
        // An id at the end of a path is that of whatever the path leads to.
        let far = matches!(operand, Operand::Path(path) if path.names.len() > 1);
        if !shared && !far {
            let message = format!(
                "The selected field '{}' in the subquery and the left operand field in the where expression in the \
                 outer query '{}' should point to the same object type",
                inner.name, outer.name
            );
            return Err(SoqlError::malformed(at, message));
        }
        run::column(&plan, hidden)
            .ok_or_else(|| SoqlError::malformed(at, "a sub-select selects one field"))
    }
}

/// The objects whose ids a field has.
fn objects<'f>(field: &'f Field, own: &'f str) -> Vec<&'f str> {
    match field.kind {
        Kind::Id => vec![own],
        _ => field.referenced().collect(),
    }
}
