//! Literals to values of their fields' types.

use super::Binder;
use super::operand::Target;
use crate::clock::Timestamp;
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::salesforce::schema::Kind;
use crate::salesforce::soql::dates::{self, Period};
use crate::salesforce::soql::frame::SoqlError;
use crate::salesforce::soql::lexer::TokenKind;
use crate::salesforce::soql::syntax::Literal;

/// A literal as its field's type has it.
pub(super) enum Bound {
    Value(Value<'static>),
    Period(Period),
}

impl Binder<'_> {
    pub(super) fn literal<F>(
        &self,
        target: &Target<F>,
        literal: &Literal<'_>,
    ) -> Result<Bound, SoqlError> {
        let value = match (&literal.kind, target.kind) {
            (TokenKind::Word(word), _) if word.eq_ignore_ascii_case("null") => Value::Null,
            (TokenKind::Word(word), Kind::Boolean) => boolean(word)
                .map(Value::Boolean)
                .ok_or_else(|| SoqlError::unexpected(literal.at, word))?,
            (TokenKind::Word(word), Kind::Date | Kind::DateTime) => {
                return dates::period(word, literal.count, self.now)
                    .map(Bound::Period)
                    .ok_or_else(|| SoqlError::unexpected(literal.at, word));
            }
            (TokenKind::Word(word), _)
                if boolean(word).is_none()
                    && dates::period(word, literal.count, self.now).is_none() =>
            {
                return Err(SoqlError::unexpected(literal.at, word));
            }
            (TokenKind::Text { content, .. }, Kind::Id | Kind::Reference) => id_value(content)?,
            (TokenKind::Text { content, .. }, kind) if kind.textual() => match content.as_str() {
                "" => Value::Null,
                text => Value::Text(text.to_owned().into()),
            },
            (TokenKind::Number(number), kind) if kind == Kind::Int || kind.fractional() => {
                Value::Number(*number)
            }
            // An org of the mock has one currency: whichever is named, it is that.
            (TokenKind::Currency(number, _), Kind::Currency) => Value::Number(*number),
            (TokenKind::Date(text), Kind::Date) if text.parse::<jiff::civil::Date>().is_ok() => {
                Value::Text((*text).to_owned().into())
            }
            (TokenKind::DateTime(text), Kind::DateTime) => Timestamp::parse(text)
                .map(Value::Instant)
                .ok_or_else(|| no_date(literal.at, text))?,
            (TokenKind::Date(text), Kind::Date) => return Err(no_date(literal.at, text)),
            _ => return Err(SoqlError::mismatch(target.kind, &target.name, literal)),
        };
        Ok(Bound::Value(value))
    }
}

fn boolean(word: &str) -> Option<bool> {
    match word {
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// The wording is unverified.
fn no_date(at: usize, text: &str) -> SoqlError {
    SoqlError::malformed(at, format!("line 1:{at} no viable alternative at '{text}'"))
}

fn id_value(text: &str) -> Result<Value<'static>, SoqlError> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    SalesforceId::parse(text)
        .map(|id| Value::Text(id.to_string().into()))
        .ok_or_else(|| SoqlError::id_filter(text))
}

/// A type as error texts name it.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Id | Kind::Reference => "id",
        Kind::DateTime => "dateTime",
        kind => kind.names().0,
    }
}

impl SoqlError {
    pub(super) fn mismatch(kind: Kind, name: &str, literal: &Literal<'_>) -> Self {
        let text = matches!(literal.kind, TokenKind::Text { .. });
        let quoted = !text && (kind.textual() || matches!(kind, Kind::Id | Kind::Reference));
        let quotes = match quoted {
            true => "should be enclosed in quotes",
            false => "should not be enclosed in quotes",
        };
        let message = format!(
            "value of filter criterion for field '{name}' must be of type {} and {quotes}",
            kind_name(kind),
        );
        Self::field(literal.at, message)
    }
}
