//! Values as queries compare them.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::clock::Timestamp;

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// Yes or no.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A text, an id, or a date (`2026-01-01`, which sorts as text).
    Text(Cow<'a, str>),
    /// An instant.
    Instant(Timestamp),
}

impl Value<'_> {
    /// The value without a borrow.
    pub fn owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Boolean(value),
            Self::Number(value) => Value::Number(value),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Instant(at) => Value::Instant(at),
        }
    }

    /// Whether the two are equal; texts in any case.
    pub fn same(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Self::Null, Value::Null) => true,
            _ => self.compare(other) == Some(Ordering::Equal),
        }
    }

    /// The order of the two; `None` where there is none, since one is nothing or they are of different kinds.
    pub fn compare(&self, other: &Value<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Boolean(left), Value::Boolean(right)) => Some(left.cmp(right)),
            (Self::Number(left), Value::Number(right)) => left.partial_cmp(right),
            (Self::Text(left), Value::Text(right)) => Some(compare_texts(left, right)),
            (Self::Instant(left), Value::Instant(right)) => Some(left.cmp(right)),
            _ => None,
        }
    }
}

fn compare_texts(left: &str, right: &str) -> Ordering {
    if left.is_ascii() && right.is_ascii() {
        let lower = |text: &'_ str| {
            text.as_bytes()
                .iter()
                .map(u8::to_ascii_lowercase)
                .collect::<smallvec::SmallVec<[u8; 64]>>()
        };
        if left.eq_ignore_ascii_case(right) {
            return Ordering::Equal;
        }
        return lower(left).cmp(&lower(right));
    }
    let lower = |text: &str| {
        text.chars()
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    lower(left).cmp(&lower(right))
}
