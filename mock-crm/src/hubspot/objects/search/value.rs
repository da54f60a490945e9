//! Values as searches compare them.

use std::cmp::Ordering;

use crate::clock::Timestamp;
use crate::hubspot::catalog::Kind;
use crate::hubspot::objects::accept::instant;

/// A value, ready to be compared with others of the same property.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Instant(Timestamp),
    Text(String),
}

impl Value {
    /// The form in which values of this kind are compared: numbers by value, instants by time, texts without case, and
    /// options and owners to the letter. `None` where the text is no value of the kind.
    pub(super) fn of(kind: Kind, text: &str) -> Option<Self> {
        match kind {
            Kind::Number => {
                let number = text.trim().parse::<f64>().ok();
                number.filter(|number| number.is_finite()).map(Self::Number)
            }
            Kind::DateTime | Kind::Date => instant(text.trim()).map(Self::Instant),
            Kind::Enumeration | Kind::Owner => Some(Self::Text(text.to_owned())),
            Kind::String | Kind::PhoneNumber | Kind::Bool => Some(Self::Text(text.to_lowercase())),
        }
    }

    /// A value of a list: as [`Value::of`], but texts are taken as they are. HubSpot documents that lists have to be in
    /// lower case, as its index is, so what is not is found nowhere (unverified).
    pub(super) fn listed(kind: Kind, text: &str) -> Option<Self> {
        match kind {
            Kind::String | Kind::PhoneNumber => Some(Self::Text(text.to_owned())),
            _ => Self::of(kind, text),
        }
    }

    /// The order of two values of one property.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => {
                // None of them is NaN.
                one.partial_cmp(other).unwrap_or(Ordering::Equal)
            }
            (Self::Instant(one), Self::Instant(other)) => one.cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            // Values of one property are of one form.
            _ => Ordering::Equal,
        }
    }
}
