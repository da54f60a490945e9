//! Conditions to filters.

use super::{Binder, Resolved, Scope, bind, is_id};
use crate::clock::Timestamp;
use crate::ids::SalesforceId;
use crate::query::{Filter, Pattern, Test, Value, Values};
use crate::salesforce::schema::{Field, Kind};
use crate::salesforce::soql::dates::{self, Period};
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::lexer::TokenKind;
use crate::salesforce::soql::plan::FieldPath;
use crate::salesforce::soql::run;
use crate::salesforce::soql::syntax::{Condition, Literal, Operator, Query, Set};

/// A literal as its field's type has it.
enum Bound {
    Value(Value<'static>),
    Period(Period),
}

impl Binder<'_> {
    pub(super) fn condition(
        &self,
        condition: &Condition<'_>,
    ) -> Result<Filter<FieldPath>, SoqlError> {
        let all = |conditions: &[Condition<'_>]| -> Result<Vec<_>, SoqlError> {
            conditions
                .iter()
                .map(|condition| self.condition(condition))
                .collect()
        };
        Ok(match condition {
            Condition::And(conditions) => Filter::All(all(conditions)?),
            Condition::Or(conditions) => Filter::Any(all(conditions)?),
            Condition::Not(condition) => Filter::Not(Box::new(self.condition(condition)?)),
            Condition::Compare {
                path,
                operator,
                literal,
            } => self.comparison(&self.filterable(path)?, *operator, literal)?,
            Condition::In { path, negated, set } => {
                let resolved = self.filterable(path)?;
                let values = match set {
                    Set::Literals(literals) => literals
                        .iter()
                        .map(|literal| self.listed(&resolved, literal))
                        .collect::<Result<Values, _>>()?,
                    Set::Select(query) => self.selected(query)?,
                };
                let test = if *negated {
                    Test::NotIn(values)
                } else {
                    Test::In(values)
                };
                Filter::Test(resolved.path, test)
            }
        })
    }

    fn comparison(
        &self,
        resolved: &Resolved<'_>,
        operator: Operator,
        literal: &Literal<'_>,
    ) -> Result<Filter<FieldPath>, SoqlError> {
        let path = resolved.path.clone();
        if operator == Operator::Like {
            return match &literal.kind {
                TokenKind::Text { raw, .. } => {
                    Ok(Filter::Test(path, Test::Like(Pattern::new(raw))))
                }
                _ => Err(SoqlError::field(
                    literal.at,
                    format!("invalid operator on {} field", kind_name(resolved.field)),
                )),
            };
        }
        Ok(match self.literal(resolved, literal)? {
            Bound::Value(value) => Filter::Test(path, test(operator, value)),
            Bound::Period(period) => within(path, resolved.field, operator, period),
        })
    }

    fn listed(
        &self,
        resolved: &Resolved<'_>,
        literal: &Literal<'_>,
    ) -> Result<Value<'static>, SoqlError> {
        match self.literal(resolved, literal)? {
            Bound::Value(value) => Ok(value),
            Bound::Period(_) => Err(SoqlError::not_simulated(
                literal.at,
                "a date literal in a list",
            )),
        }
    }

    fn literal(&self, resolved: &Resolved<'_>, literal: &Literal<'_>) -> Result<Bound, SoqlError> {
        let kind = resolved.field.map_or(Kind::String, |field| field.kind);
        let value = match (&literal.kind, kind) {
            (TokenKind::Word(word), _) if word.eq_ignore_ascii_case("null") => Value::Null,
            (TokenKind::Word(word), Kind::Boolean) if word.eq_ignore_ascii_case("true") => {
                Value::Boolean(true)
            }
            (TokenKind::Word(word), Kind::Boolean) if word.eq_ignore_ascii_case("false") => {
                Value::Boolean(false)
            }
            (TokenKind::Word(word), Kind::Date | Kind::DateTime) => {
                return dates::period(word, literal.count, self.now)
                    .map(Bound::Period)
                    .ok_or_else(|| SoqlError::unexpected(literal.at, word));
            }
            (TokenKind::Text { content, .. }, Kind::Id | Kind::Reference) => id_value(content)?,
            (TokenKind::Text { content, .. }, kind) if textual(kind) => match content.as_str() {
                "" => Value::Null,
                text => Value::Text(text.to_owned().into()),
            },
            (
                TokenKind::Number(number),
                Kind::Int | Kind::Double | Kind::Currency | Kind::Percent,
            ) => Value::Number(*number),
            (TokenKind::Date(text), Kind::Date) => Value::Text((*text).to_owned().into()),
            (TokenKind::DateTime(text), Kind::DateTime) => {
                Timestamp::parse(text).map(Value::Instant).ok_or_else(|| {
                    SoqlError::malformed(
                        literal.at,
                        format!("line 1:{} no viable alternative at '{text}'", literal.at),
                    )
                })?
            }
            _ => return Err(mismatch(resolved.field, literal)),
        };
        Ok(Bound::Value(value))
    }

    /// The ids of a sub-select: what its one field has.
    fn selected(&self, query: &Query<'_>) -> Result<Values, SoqlError> {
        let Some(scope) = self.scope else {
            return Err(SoqlError::not_simulated(query.from.at, "a sub-select here"));
        };
        let hidden = Scope {
            deleted: false,
            ..scope
        };
        let plan = bind(query, hidden)?;
        run::column(&plan, hidden)
            .ok_or_else(|| SoqlError::malformed(query.from.at, "a sub-select selects one field"))
    }
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
fn within(
    path: FieldPath,
    field: Option<&Field>,
    operator: Operator,
    period: Period,
) -> Filter<FieldPath> {
    let (first, end) = match field.map(|field| field.kind) {
        Some(Kind::DateTime) => {
            let (first, end) = period.instants();
            (Value::Instant(first), Value::Instant(end))
        }
        _ => {
            let text = |date: jiff::civil::Date| Value::Text(date.to_string().into());
            (text(period.first), text(period.end))
        }
    };
    let test = |test| Filter::Test(path.clone(), test);
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

fn id_value(text: &str) -> Result<Value<'static>, SoqlError> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    SalesforceId::parse(text)
        .map(|id| Value::Text(id.to_string().into()))
        .ok_or_else(|| SoqlError::id_filter(text))
}

fn textual(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::String
            | Kind::TextArea
            | Kind::Picklist
            | Kind::Combobox
            | Kind::Email
            | Kind::Phone
            | Kind::Url
    )
}

fn kind_name(field: Option<&Field>) -> &'static str {
    match field.map_or(Kind::String, |field| field.kind) {
        Kind::Id | Kind::Reference => "id",
        Kind::DateTime => "dateTime",
        kind => kind.names().0,
    }
}

fn mismatch(field: Option<&Field>, literal: &Literal<'_>) -> SoqlError {
    let quotes = match (&literal.kind, field) {
        (TokenKind::Text { .. }, _) => "should not be enclosed in quotes",
        (_, field) if is_id(field) || field.is_none_or(|field| textual(field.kind)) => {
            "should be enclosed in quotes"
        }
        _ => "should not be enclosed in quotes",
    };
    SoqlError::field(
        literal.at,
        format!(
            "value of filter criterion for field '{}' must be of type {} and {quotes}",
            field.map_or("Type", |field| &field.name),
            kind_name(field),
        ),
    )
}
