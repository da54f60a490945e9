//! What a vendor's query comes down to: a filter, an order and a page over records, whatever the syntax was.
//!
//! `F` is the vendor's idea of a field. The vendor gives a field's value for a record; everything else is here.

mod pattern;
mod value;

use std::cmp::Ordering;
use std::collections::HashSet;

pub use pattern::Pattern;
pub use value::Value;

/// Which records are wanted.
#[derive(Clone, Debug)]
pub enum Filter<F> {
    /// All of these hold; an empty list holds.
    All(Vec<Filter<F>>),
    /// One of these holds.
    Any(Vec<Filter<F>>),
    /// It does not hold.
    Not(Box<Filter<F>>),
    /// The field passes the test.
    Test(F, Test),
}

/// A test of one value. Comparisons with nothing fail, except where the text says otherwise.
#[derive(Clone, Debug)]
pub enum Test {
    /// Equal; nothing equals nothing.
    Equal(Value<'static>),
    /// Not equal; nothing differs from something.
    NotEqual(Value<'static>),
    /// Less.
    Less(Value<'static>),
    /// Less or equal.
    AtMost(Value<'static>),
    /// Greater.
    Greater(Value<'static>),
    /// Greater or equal.
    AtLeast(Value<'static>),
    /// A text of this pattern.
    Like(Pattern),
    /// One of these.
    In(Values),
    /// None of these; nothing is none of them.
    NotIn(Values),
    /// A list, joined by `;`, that has all texts of one of these sets.
    Includes(Vec<Values>),
}

/// A set of values.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// Lower case, since texts compare that way.
    texts: HashSet<String>,
    others: Vec<Value<'static>>,
    listed: Vec<Value<'static>>,
}

impl Values {
    /// The values in the order in which they were given.
    pub fn listed(&self) -> &[Value<'static>] {
        &self.listed
    }

    /// Whether all of the texts are among those of a list that is joined by `;`.
    fn within(&self, list: &str) -> bool {
        let list: HashSet<String> = list.split(';').map(str::to_lowercase).collect();
        self.texts.is_subset(&list)
    }

    fn contains(&self, value: &Value<'_>) -> bool {
        match value {
            Value::Text(text)
                if text
                    .bytes()
                    .all(|b| b.is_ascii() && !b.is_ascii_uppercase()) =>
            {
                self.texts.contains(&**text)
            }
            Value::Text(text) => self.texts.contains(&text.to_lowercase()),
            other => self.others.iter().any(|known| known.same(other)),
        }
    }
}

impl FromIterator<Value<'static>> for Values {
    fn from_iter<I: IntoIterator<Item = Value<'static>>>(values: I) -> Self {
        let mut set = Self::default();
        for value in values {
            match &value {
                Value::Text(text) => {
                    set.texts.insert(text.to_lowercase());
                }
                other => set.others.push(other.clone()),
            }
            set.listed.push(value);
        }
        set
    }
}

impl Test {
    fn passes(&self, value: &Value<'_>) -> bool {
        let ordered = |other: &Value<'_>, wanted: &[Ordering]| {
            value
                .compare(other)
                .is_some_and(|order| wanted.contains(&order))
        };
        match self {
            Self::Equal(other) => value.same(other),
            Self::NotEqual(other) => !value.same(other),
            Self::Less(other) => ordered(other, &[Ordering::Less]),
            Self::AtMost(other) => ordered(other, &[Ordering::Less, Ordering::Equal]),
            Self::Greater(other) => ordered(other, &[Ordering::Greater]),
            Self::AtLeast(other) => ordered(other, &[Ordering::Greater, Ordering::Equal]),
            Self::Like(pattern) => matches!(value, Value::Text(text) if pattern.matches(text)),
            Self::In(values) => values.contains(value),
            Self::NotIn(values) => !values.contains(value),
            Self::Includes(sets) => {
                matches!(value, Value::Text(text) if sets.iter().any(|set| set.within(text)))
            }
        }
    }
}

impl<F> Filter<F> {
    /// Whether a record is wanted, whose values `value` gives.
    pub fn matches<'r>(&self, value: &dyn Fn(&F) -> Value<'r>) -> bool {
        match self {
            Self::All(filters) => filters.iter().all(|filter| filter.matches(value)),
            Self::Any(filters) => filters.iter().any(|filter| filter.matches(value)),
            Self::Not(filter) => !filter.matches(value),
            Self::Test(field, test) => test.passes(&value(field)),
        }
    }

    /// Fields that every wanted record has one of these values in: what an index can be asked for.
    pub fn equalities(&self) -> Vec<(&F, &[Value<'static>])> {
        match self {
            Self::All(filters) => filters.iter().flat_map(Self::equalities).collect(),
            Self::Test(field, Test::Equal(value)) => vec![(field, std::slice::from_ref(value))],
            Self::Test(field, Test::In(values)) => vec![(field, values.listed())],
            _ => Vec::new(),
        }
    }
}

/// One key of an order.
#[derive(Clone, Copy, Debug)]
pub struct Order<F> {
    /// By which field.
    pub field: F,
    /// Which way.
    pub direction: Direction,
    /// Where records without a value come.
    pub nulls: Nulls,
}

/// Which way an order goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Greatest first.
    Descending,
}

/// Where records without a value come, in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// Before all others.
    First,
    /// After all others.
    Last,
}

/// Sorts records whose keys have been read, key by key. What is equal stays in its order.
pub fn sort<F, R>(records: &mut [(Vec<Value<'_>>, R)], orders: &[Order<F>]) {
    records.sort_by(|(left, _), (right, _)| {
        let keys = orders.iter().zip(left.iter().zip(right));
        keys.map(|(order, (left, right))| order.compare(left, right))
            .find(|ordering| ordering.is_ne())
            .unwrap_or(Ordering::Equal)
    });
}

impl<F> Order<F> {
    fn compare(&self, left: &Value<'_>, right: &Value<'_>) -> Ordering {
        let (null_left, null_right) = (*left == Value::Null, *right == Value::Null);
        if null_left || null_right {
            let nulls_last = null_left.cmp(&null_right);
            return match self.nulls {
                Nulls::First => nulls_last.reverse(),
                Nulls::Last => nulls_last,
            };
        }
        let ordering = left.compare(right).unwrap_or(Ordering::Equal);
        match self.direction {
            Direction::Ascending => ordering,
            Direction::Descending => ordering.reverse(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value<'static> {
        Value::Text(text.to_owned().into())
    }

    #[track_caller]
    fn check(test: Test, value: &Value<'_>, expected: bool) {
        let filter = Filter::Test((), test);

        assert_eq!(filter.matches(&|()| value.clone()), expected, "{filter:?}");
    }

    #[test]
    fn nothing_passes_no_comparison_but_differs_from_something() {
        check(Test::Equal(Value::Null), &Value::Null, true);
        check(Test::NotEqual(text("x")), &Value::Null, true);
        check(
            Test::NotIn([text("x")].into_iter().collect()),
            &Value::Null,
            true,
        );
        check(Test::Less(Value::Number(1.0)), &Value::Null, false);
        check(
            Test::In([text("x")].into_iter().collect()),
            &Value::Null,
            false,
        );
    }

    #[test]
    fn texts_compare_in_any_case() {
        check(Test::Equal(text("LEE")), &text("lee"), true);
        check(
            Test::In([text("Ann"), text("Élan")].into_iter().collect()),
            &text("éLAN"),
            true,
        );
        check(Test::Greater(text("alpha")), &text("Beta"), true);
    }

    #[test]
    fn a_list_includes_all_texts_of_a_set() {
        let set = |texts: &[&str]| texts.iter().copied().map(text).collect::<Values>();
        let includes = |sets: &[Values]| Test::Includes(sets.to_vec());

        check(includes(&[set(&["b"])]), &text("A;B"), true);
        check(includes(&[set(&["a", "c"])]), &text("A;B"), false);
        check(
            includes(&[set(&["a", "c"]), set(&["B", "A"])]),
            &text("A;B"),
            true,
        );
        check(includes(&[set(&["a"])]), &Value::Null, false);
    }

    #[test]
    fn nulls_come_where_they_are_wanted_in_either_direction() {
        let sorted = |direction, nulls| {
            let order = Order {
                field: (),
                direction,
                nulls,
            };
            let mut records: Vec<_> = [text("b"), Value::Null, text("A")]
                .into_iter()
                .map(|value| (vec![value.clone()], value))
                .collect();
            sort(&mut records, &[order]);
            records
                .into_iter()
                .map(|(_, value)| value)
                .collect::<Vec<_>>()
        };

        assert_eq!(
            sorted(Direction::Descending, Nulls::First),
            [Value::Null, text("b"), text("A")]
        );
        assert_eq!(
            sorted(Direction::Ascending, Nulls::Last),
            [text("A"), text("b"), Value::Null]
        );
    }
}
