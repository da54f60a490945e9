//! One filter, and the record that it looks at.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Ordering;

use super::problem;
use super::request::{Filter, Operator};
use super::subject::{Known, Subject};
use super::value::Value;
use super::words::Tokens;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{ObjectType, Property, Source};
use crate::hubspot::facts::Opened;
use crate::hubspot::objects::wire::Id;
use crate::hubspot::refusal::ApiError;
use crate::store::{Record, Serial, Store};

/// A filter that makes sense.
#[derive(Debug)]
pub(super) struct Check<'s> {
    pub(super) subject: Subject<'s>,
    pub(super) test: Test,
}

/// What a value has to be like.
#[derive(Debug)]
pub(super) enum Test {
    /// One of these orders to the value.
    Compared(Value, &'static [Ordering]),
    /// Different, or nothing.
    Different(Value),
    Between(Value, Value),
    /// In order, each once.
    In(Vec<Value>),
    NotIn(Vec<Value>),
    Contains(Tokens),
    ContainsNot(Tokens),
    Something,
    Nothing,
}

impl<'s> Check<'s> {
    /// Refuses a filter of what is not there, without the value that its operator wants, or with one of another type.
    pub(super) fn new(
        call: &Call<'s>,
        object_type: &'s ObjectType,
        filter: &Filter<'_>,
    ) -> Result<Self, ApiError> {
        let subject = Subject::of_filter(call, object_type, &filter.property_name)?;
        let test = test(&subject, filter).ok_or_else(problem)?;
        Ok(Self { subject, test })
    }

    /// Whether a record passes.
    pub(super) fn passes(&self, seen: &Seen<'_, '_>) -> bool {
        match &self.subject {
            Subject::Linked(object_type) => self.test.passes_any(seen.linked(object_type)),
            Subject::Known(known) => {
                let value = seen.known(*known);
                self.test.passes(value.as_ref(), || seen.known_text(*known))
            }
            Subject::Property(property) => {
                let text = seen.text(property);
                let value = |text: &Cow<'_, str>| Value::of(property.kind, text);
                let several = property.field_type == "checkbox";
                match (&text, &self.test) {
                    // A list looks for each of several options (unverified).
                    (Some(text), Test::In(_) | Test::NotIn(_)) if several => {
                        let options = text.split(';').map(|one| Value::Text(one.to_owned()));
                        self.test.passes_any(options)
                    }
                    _ => self
                        .test
                        .passes(text.as_ref().and_then(value).as_ref(), || text.clone()),
                }
            }
        }
    }
}

fn test(subject: &Subject<'_>, filter: &Filter<'_>) -> Option<Test> {
    use Ordering::{Equal, Greater, Less};
    let kind = subject.kind();
    let one = || Value::of(kind, filter.value.as_deref()?);
    let list = || {
        let values = filter.values.as_ref()?.iter();
        let values = values.map(|Id(value)| Value::listed(kind, value));
        let mut values = values.collect::<Option<Vec<Value>>>()?;
        // Lists can be long: each record looks its value up, and no index is asked twice for the same one.
        values.sort_unstable_by(Value::compare);
        values.dedup();
        Some(values)
    };
    let tokens = || Tokens::new(filter.value.as_deref()?);
    let compared = |orders| Some(Test::Compared(one()?, orders));
    let linked = matches!(subject, Subject::Linked(_));
    match filter.operator {
        Operator::Eq => compared(&[Equal]),
        Operator::Neq => Some(Test::Different(one()?)),
        Operator::In => Some(Test::In(list()?)),
        Operator::NotIn => Some(Test::NotIn(list()?)),
        Operator::HasProperty => Some(Test::Something),
        Operator::NotHasProperty => Some(Test::Nothing),
        // Associations have no order and no words.
        _ if linked => None,
        Operator::Lt => compared(&[Less]),
        Operator::Lte => compared(&[Less, Equal]),
        Operator::Gt => compared(&[Greater]),
        Operator::Gte => compared(&[Greater, Equal]),
        Operator::Between => {
            let high = Value::of(kind, filter.high_value.as_deref()?)?;
            Some(Test::Between(one()?, high))
        }
        Operator::ContainsToken => Some(Test::Contains(tokens()?)),
        Operator::NotContainsToken => Some(Test::ContainsNot(tokens()?)),
    }
}

impl Test {
    /// Whether a value passes. What is empty is different from everything, and contains nothing (unverified).
    fn passes<'t>(&self, value: Option<&Value>, text: impl Fn() -> Option<Cow<'t, str>>) -> bool {
        let compare = |other: &Value| value.map(|value| value.compare(other));
        let equal = |other: &Value| compare(other) == Some(Ordering::Equal);
        let listed = |others: &[Value]| {
            let found = |value| others.binary_search_by(|other| other.compare(value));
            value.is_some_and(|value| found(value).is_ok())
        };
        let contains = |tokens: &Tokens| text().is_some_and(|text| tokens.all_in(&text));
        match self {
            Self::Compared(other, orders) => {
                compare(other).is_some_and(|order| orders.contains(&order))
            }
            Self::Different(other) => !equal(other),
            Self::Between(low, high) => {
                compare(low).is_some_and(Ordering::is_ge)
                    && compare(high).is_some_and(Ordering::is_le)
            }
            Self::In(values) => listed(values),
            Self::NotIn(values) => !listed(values),
            Self::Contains(tokens) => contains(tokens),
            Self::ContainsNot(tokens) => !contains(tokens),
            Self::Something => value.is_some(),
            Self::Nothing => value.is_none(),
        }
    }

    /// The same for several values: one of them has to be as wanted, and none as not wanted.
    fn passes_any(&self, values: impl Iterator<Item = Value>) -> bool {
        let nothing = || None;
        let mut values = values.peekable();
        match self {
            Self::Different(_) | Self::NotIn(_) => {
                values.all(|value| self.passes(Some(&value), nothing))
            }
            Self::Nothing => values.peek().is_none(),
            _ => values.any(|value| self.passes(Some(&value), nothing)),
        }
    }
}

/// A record that is looked at: its body is read once, and only where something asks for what is in it.
pub(super) struct Seen<'r, 'c> {
    call: &'r Call<'c>,
    store: &'r Store,
    pub(super) serial: Serial,
    record: &'r Record,
    opened: OnceCell<Opened<'r>>,
}

impl<'r, 'c> Seen<'r, 'c> {
    pub(super) fn new(
        call: &'r Call<'c>,
        store: &'r Store,
        (serial, record): (Serial, &'r Record),
    ) -> Self {
        Self {
            call,
            store,
            serial,
            record,
            opened: OnceCell::new(),
        }
    }

    /// The value of a property as a text.
    pub(super) fn text(&self, property: &Property) -> Option<Cow<'_, str>> {
        let opened = self
            .opened
            .get_or_init(|| Opened::new(self.serial, self.record));
        match (opened.values.get(&property.name), property.source) {
            // Empty: cleared by somebody, which a default does not undo.
            (Some(written), _) => Some(written)
                .filter(|value| !value.is_empty())
                .map(Cow::Borrowed),
            (None, Source::Written) => None,
            (None, _) => {
                let facts = opened.facts((self.call.portal, self.call.setup), self.store)?;
                Some(Cow::Owned(facts.value(property)?.into_owned()))
            }
        }
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "record ids have far fewer than 53 bits"
    )]
    pub(super) fn known(&self, known: Known) -> Option<Value> {
        Some(match known {
            Known::Id => Value::Number(self.call.portal.record_ids.id(self.serial) as f64),
            Known::CreatedAt => Value::Instant(self.record.created_at),
            Known::ModifiedAt => Value::Instant(self.record.modified_at),
            Known::Owner => Value::Text(self.owner()?.to_owned()),
        })
    }

    fn known_text(&self, known: Known) -> Option<Cow<'_, str>> {
        Some(match known {
            Known::Id => (self.call.portal.record_ids.id(self.serial).to_string()).into(),
            Known::CreatedAt => self.record.created_at.iso().to_string().into(),
            Known::ModifiedAt => self.record.modified_at.iso().to_string().into(),
            Known::Owner => self.owner()?.into(),
        })
    }

    fn owner(&self) -> Option<&'r str> {
        self.record
            .owner
            .map(|owner| self.store.symbols.text(owner))
    }

    /// The ids of the records of a type that it is linked to.
    fn linked(&self, object_type: &ObjectType) -> impl Iterator<Item = Value> {
        let links = self.store.links_from(self.serial).map(|link| link.to);
        let others = links.filter(|other| {
            let other = self.store.get(*other);
            other.is_some_and(|other| other.object == object_type.key && !other.deleted)
        });
        others.map(|other| Value::Text(self.call.portal.record_ids.id(other).to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_each_value_once_and_in_order() {
        let owners = ["30", "4", "30", "30", "4"].map(|id| format!("{id:?}"));
        let filter = format!(
            r#"{{"propertyName":"hubspot_owner_id","operator":"IN","values":[{}]}}"#,
            owners.join(",")
        );
        let filter: Filter<'_> = serde_json::from_str(&filter).unwrap();

        let Some(Test::In(values)) = test(&Subject::Known(Known::Owner), &filter) else {
            panic!("it is a list");
        };

        assert_eq!(values, ["30", "4"].map(|id| Value::Text(id.to_owned())));
    }
}
