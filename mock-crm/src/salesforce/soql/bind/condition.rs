//! Conditions to filters.

use super::Binder;
use super::literal::{Bound, kind_name};
use super::operand::{Target, Use};
use crate::query::{Filter, Pattern, Test, Value, Values};
use crate::salesforce::schema::Kind;
use crate::salesforce::soql::dates::Period;
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::lexer::{TokenKind, pattern};
use crate::salesforce::soql::plan::FieldPath;
use crate::salesforce::soql::syntax::{Condition, Literal, Operand, Operator, Set};

/// Looks operands up: those of records and those of groups are different.
pub(super) type Lookup<'l, F> = &'l dyn Fn(&Operand<'_>) -> Result<Target<F>, SoqlError>;

impl Binder<'_> {
    /// A condition on records.
    pub(super) fn condition(
        &self,
        condition: &Condition<'_>,
    ) -> Result<Filter<FieldPath>, SoqlError> {
        self.condition_of(condition, &|operand| self.target(operand, Use::Filter))
    }

    pub(super) fn condition_of<F: Clone>(
        &self,
        condition: &Condition<'_>,
        lookup: Lookup<'_, F>,
    ) -> Result<Filter<F>, SoqlError> {
        let all = |conditions: &[Condition<'_>]| -> Result<Vec<_>, SoqlError> {
            conditions
                .iter()
                .map(|condition| self.condition_of(condition, lookup))
                .collect()
        };
        Ok(match condition {
            Condition::And(conditions) => Filter::All(all(conditions)?),
            Condition::Or(conditions) => Filter::Any(all(conditions)?),
            Condition::Not(condition) => {
                Filter::Not(Box::new(self.condition_of(condition, lookup)?))
            }
            Condition::Compare {
                operand,
                operator,
                literal,
            } => self.comparison(&lookup(operand)?, *operator, literal)?,
            Condition::In {
                operand,
                negated,
                set,
            } => self.membership(operand, &lookup(operand)?, *negated, set)?,
            Condition::Includes {
                operand,
                negated,
                literals,
            } => {
                let includes = includes(operand.at(), &lookup(operand)?, literals)?;
                match negated {
                    true => Filter::Not(Box::new(includes)),
                    false => includes,
                }
            }
        })
    }

    fn comparison<F: Clone>(
        &self,
        target: &Target<F>,
        operator: Operator,
        literal: &Literal<'_>,
    ) -> Result<Filter<F>, SoqlError> {
        let field = target.field.clone();
        let ordered = !matches!(operator, Operator::Equal | Operator::NotEqual);
        let unordered = matches!(target.kind, Kind::Boolean | Kind::MultiPicklist);
        if ordered && unordered && operator != Operator::Like {
            return Err(invalid_operator(target.kind, literal.at));
        }
        if operator == Operator::Like {
            return match &literal.kind {
                TokenKind::Text { raw, .. } if target.kind.textual() => {
                    Ok(Filter::Test(field, Test::Like(Pattern::new(&pattern(raw)))))
                }
                _ => Err(invalid_operator(target.kind, literal.at)),
            };
        }
        Ok(match self.literal(target, literal)? {
            Bound::Value(value) => Filter::Test(field, test(operator, value)),
            Bound::Period(period) => within(&field, target.kind, operator, period),
        })
    }

    fn membership<F: Clone>(
        &self,
        operand: &Operand<'_>,
        target: &Target<F>,
        negated: bool,
        set: &Set<'_>,
    ) -> Result<Filter<F>, SoqlError> {
        let (mut values, mut periods) = (Vec::new(), Vec::new());
        match set {
            Set::Select(query) => values.extend(self.selected(operand, query)?.listed().to_vec()),
            Set::Literals(literals) => {
                for literal in literals {
                    match self.literal(target, literal)? {
                        Bound::Value(value) => values.push(value),
                        Bound::Period(period) => periods.push(period),
                    }
                }
            }
        }
        let values: Values = values.into_iter().collect();
        if periods.is_empty() {
            let test = if negated {
                Test::NotIn(values)
            } else {
                Test::In(values)
            };
            return Ok(Filter::Test(target.field.clone(), test));
        }
        let periods = periods.into_iter();
        let within = |period| within(&target.field, target.kind, Operator::Equal, period);
        let any = periods
            .map(within)
            .chain([Filter::Test(target.field.clone(), Test::In(values))]);
        let any = Filter::Any(any.collect());
        Ok(match negated {
            true => Filter::Not(Box::new(any)),
            false => any,
        })
    }
}

/// `INCLUDES ('A;B', 'C')`: both A and B, or C.
fn includes<F: Clone>(
    at: usize,
    target: &Target<F>,
    literals: &[Literal<'_>],
) -> Result<Filter<F>, SoqlError> {
    if target.kind != Kind::MultiPicklist {
        return Err(invalid_operator(target.kind, at));
    }
    let text = |text: &str| Value::Text(text.trim().to_owned().into());
    let sets = literals.iter().map(|literal| match &literal.kind {
        TokenKind::Text { content, .. } => Ok(content.split(';').map(text).collect()),
        _ => Err(SoqlError::mismatch(target.kind, &target.name, literal)),
    });
    let sets = sets.collect::<Result<Vec<Values>, _>>()?;
    Ok(Filter::Test(target.field.clone(), Test::Includes(sets)))
}

fn invalid_operator(kind: Kind, at: usize) -> SoqlError {
    let message = format!("invalid operator on {} field", kind_name(kind));
    SoqlError::field(at, message)
}

fn test(operator: Operator, value: Value<'static>) -> Test {
    match operator {
        Operator::Equal => Test::Equal(value),
        Operator::NotEqual => Test::NotEqual(value),
        Operator::Less => Test::Less(value),
        Operator::AtMost => Test::AtMost(value),
        Operator::Greater => Test::Greater(value),
        // LIKE is read elsewhere: its right side is a pattern, not a value.
        Operator::AtLeast | Operator::Like => Test::AtLeast(value),
    }
}

/// A field against a period: equal is inside, less is before it, greater is after it.
fn within<F: Clone>(field: &F, kind: Kind, operator: Operator, period: Period) -> Filter<F> {
    let (first, end) = match kind {
        Kind::DateTime => {
            let (first, end) = period.instants();
            (Value::Instant(first), Value::Instant(end))
        }
        _ => {
            let text = |date: jiff::civil::Date| Value::Text(date.to_string().into());
            (text(period.first), text(period.end))
        }
    };
    let test = |test| Filter::Test(field.clone(), test);
    let inside = || {
        Filter::All(vec![
            test(Test::AtLeast(first.clone())),
            test(Test::Less(end.clone())),
        ])
    };
    match operator {
        Operator::Equal | Operator::Like => inside(),
        Operator::NotEqual => Filter::Not(Box::new(inside())),
        Operator::Less => test(Test::Less(first)),
        Operator::AtMost => test(Test::Less(end)),
        Operator::Greater => test(Test::AtLeast(end)),
        Operator::AtLeast => test(Test::AtLeast(first)),
    }
}
