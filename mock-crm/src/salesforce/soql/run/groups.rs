//! `GROUP BY` and the functions over groups.

use std::collections::HashMap;
use std::collections::HashSet;

use super::format::push_formatted;
use super::value;
use crate::query::{Direction, Nulls, Order, Value, sort};
use crate::salesforce::answer;
use crate::salesforce::records::row::{Row, push_value};
use crate::salesforce::schema::Kind;
use crate::salesforce::soql::functions::Aggregate;
use crate::salesforce::soql::plan::{Column, Computed, GroupKey, Groups, Plan};

/// What has been seen of one group.
struct Group<'s> {
    keys: Vec<Value<'s>>,
    /// The place of its grouping among the sets.
    set: usize,
    sums: Vec<Sum<'s>>,
}

/// What a function has seen.
#[derive(Default)]
struct Sum<'s> {
    count: usize,
    total: f64,
    distinct: HashSet<String>,
    least: Option<Value<'s>>,
    greatest: Option<Value<'s>>,
}

pub(super) fn groups<'s>(
    rows: impl Iterator<Item = Row<'s>>,
    plan: &Plan,
    shape: &Groups,
) -> Vec<Vec<u8>> {
    let mut groups: Vec<Group<'s>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    // Without GROUP BY all records are one group, even if there are none.
    if shape.by.is_empty() {
        groups.push(Group::new(Vec::new(), 0, shape));
        places.insert("0".to_owned(), 0);
    }
    for row in rows {
        let keys: Vec<_> = shape.by.iter().map(|path| value(&row, path)).collect();
        for (set, kept) in shape.sets.iter().enumerate() {
            let name = group_name(set, kept, &keys);
            let place = *places.entry(name).or_insert_with(|| {
                groups.push(Group::new(masked(&keys, kept), set, shape));
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(place) {
                group.add(&row, &shape.computed);
            }
        }
    }
    groups.retain(|group| shape.having.matches(&|key| group.value(*key, shape)));
    let ordered = ordered(groups, shape);
    super::window(ordered.into_iter(), plan)
        .map(|group| group.render(shape))
        .collect()
}

/// The keys that count in a grouping; the others are nothing.
fn masked<'s>(keys: &[Value<'s>], kept: &[bool]) -> Vec<Value<'s>> {
    let keys = keys.iter().zip(kept);
    keys.map(|(key, kept)| if *kept { key.clone() } else { Value::Null })
        .collect()
}

fn group_name(set: usize, kept: &[bool], keys: &[Value<'_>]) -> String {
    let keys = keys.iter().zip(kept).filter(|(_, kept)| **kept);
    keys.fold(set.to_string(), |name, (key, _)| {
        let key = key_text(key);
        // With its length, so that no value can be taken for two.
        format!("{name} {}:{key}", key.len())
    })
}

/// In the order that the query asks for, or in that of the grouped values.
fn ordered<'s>(groups: Vec<Group<'s>>, shape: &Groups) -> Vec<Group<'s>> {
    let by_keys = |count| {
        (0..count).map(|place| Order {
            field: GroupKey::Group(place),
            direction: Direction::Ascending,
            nulls: Nulls::First,
        })
    };
    let order: Vec<_> = match shape.order.as_slice() {
        [] => by_keys(shape.by.len()).collect(),
        order => order.to_vec(),
    };
    let mut keyed: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let keys = order.iter().map(|order| group.value(order.field, shape));
            (keys.collect::<Vec<_>>(), group)
        })
        .collect();
    sort(&mut keyed, &order);
    keyed.into_iter().map(|(_, group)| group).collect()
}

/// Texts are the same group in any case.
fn key_text(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => format!("t{}", text.to_lowercase()),
        other => format!("{other:?}"),
    }
}

impl<'s> Group<'s> {
    fn new(keys: Vec<Value<'s>>, set: usize, shape: &Groups) -> Self {
        Self {
            keys,
            set,
            sums: shape.computed.iter().map(|_| Sum::default()).collect(),
        }
    }

    fn add(&mut self, row: &Row<'s>, computed: &[Computed]) {
        for (sum, computed) in self.sums.iter_mut().zip(computed) {
            match &computed.path {
                None => sum.count += 1,
                Some(path) => sum.add(value(row, path)),
            }
        }
    }

    fn value(&self, key: GroupKey, shape: &Groups) -> Value<'s> {
        match key {
            GroupKey::Group(place) => self.keys.get(place).cloned().unwrap_or(Value::Null),
            GroupKey::Aggregate(place) => match (self.sums.get(place), shape.computed.get(place)) {
                (Some(sum), Some(computed)) => sum.result(computed.function),
                _ => Value::Null,
            },
        }
    }

    fn render(&self, shape: &Groups) -> Vec<u8> {
        let mut json = br#"{"attributes":{"type":"AggregateResult"}"#.to_vec();
        let kept = shape.sets.get(self.set);
        for column in &shape.columns {
            let (name, value, kind, formatted) = match column {
                Column::Group { name, place, kind } => (
                    name,
                    self.value(GroupKey::Group(*place), shape),
                    *kind,
                    false,
                ),
                Column::Subtotal { name, place } => {
                    let kept = kept.and_then(|kept| kept.get(*place)).copied();
                    let left_out = u8::from(kept == Some(false));
                    (name, Value::Number(left_out.into()), Kind::Int, false)
                }
                Column::Aggregate {
                    name,
                    place,
                    kind,
                    formatted,
                } => {
                    let value = self.value(GroupKey::Aggregate(*place), shape);
                    (name, value, *kind, *formatted)
                }
            };
            json.push(b',');
            answer::push_text(&mut json, name);
            json.push(b':');
            match formatted {
                true => push_formatted(&mut json, &value, kind),
                false => push_value(&mut json, &value, kind),
            }
        }
        json.push(b'}');
        json
    }
}

impl<'s> Sum<'s> {
    fn add(&mut self, value: Value<'s>) {
        if value == Value::Null {
            return;
        }
        self.count += 1;
        if let Value::Number(number) = value {
            self.total += number;
        }
        self.distinct.insert(key_text(&value));
        let less = |than: &Option<Value<'_>>| {
            than.as_ref()
                .is_none_or(|than| value.compare(than).is_some_and(|o| o.is_lt()))
        };
        let more = |than: &Option<Value<'_>>| {
            than.as_ref()
                .is_none_or(|than| value.compare(than).is_some_and(|o| o.is_gt()))
        };
        let (least, greatest) = (less(&self.least), more(&self.greatest));
        if least {
            self.least = Some(value.clone());
        }
        if greatest {
            self.greatest = Some(value);
        }
    }

    fn result(&self, function: Aggregate) -> Value<'s> {
        match function {
            Aggregate::Count => Value::Number(self.count as f64),
            Aggregate::CountDistinct => Value::Number(self.distinct.len() as f64),
            Aggregate::Sum if self.count > 0 => Value::Number(self.total),
            Aggregate::Average if self.count > 0 => Value::Number(self.total / self.count as f64),
            Aggregate::Sum | Aggregate::Average => Value::Null,
            Aggregate::Minimum => self.least.clone().unwrap_or(Value::Null),
            Aggregate::Maximum => self.greatest.clone().unwrap_or(Value::Null),
        }
    }
}
