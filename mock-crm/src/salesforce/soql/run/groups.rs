//! `GROUP BY` and the functions over groups.

use std::collections::HashMap;
use std::collections::HashSet;

use super::value;
use crate::query::{Direction, Nulls, Order, Value, sort};
use crate::salesforce::answer;
use crate::salesforce::records::row::{Row, push_value};
use crate::salesforce::schema::Kind;
use crate::salesforce::soql::plan::{Column, Computed, FieldPath, GroupKey, Plan};
use crate::salesforce::soql::syntax::Function;

/// What has been seen of one group.
struct Group<'s> {
    keys: Vec<Value<'s>>,
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
    by: &[FieldPath],
    computed: &[Computed],
    columns: &[Column],
) -> Vec<Vec<u8>> {
    let mut groups: Vec<Group<'s>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    // Without GROUP BY all records are one group, even if there are none.
    if by.is_empty() {
        groups.push(Group::new(Vec::new(), computed));
        places.insert(String::new(), 0);
    }
    for row in rows {
        let keys: Vec<_> = by.iter().map(|path| value(&row, path)).collect();
        let name = keys.iter().map(key_text).collect::<Vec<_>>().join("\u{0}");
        let place = *places.entry(name).or_insert_with(|| {
            groups.push(Group::new(keys, computed));
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.add(&row, computed);
        }
    }
    let ordered = ordered(groups, plan, computed);
    super::window(ordered.into_iter(), plan)
        .map(|group| group.render(plan, by, computed, columns))
        .collect()
}

/// In the order that the query asks for, or in that of the grouped values.
fn ordered<'s>(groups: Vec<Group<'s>>, plan: &Plan, computed: &[Computed]) -> Vec<Group<'s>> {
    let by_keys = |count| {
        (0..count).map(|place| Order {
            field: GroupKey::Group(place),
            direction: Direction::Ascending,
            nulls: Nulls::First,
        })
    };
    let order: Vec<_> = match plan.group_order.as_slice() {
        [] => by_keys(groups.first().map_or(0, |group| group.keys.len())).collect(),
        order => order.to_vec(),
    };
    let mut keyed: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let keys = order.iter().map(|order| match order.field {
                GroupKey::Group(place) => group.keys.get(place).cloned().unwrap_or(Value::Null),
                GroupKey::Aggregate(place) => group.result(place, computed),
            });
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
    fn new(keys: Vec<Value<'s>>, computed: &[Computed]) -> Self {
        Self {
            keys,
            sums: computed.iter().map(|_| Sum::default()).collect(),
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

    fn result(&self, place: usize, computed: &[Computed]) -> Value<'s> {
        match (self.sums.get(place), computed.get(place)) {
            (Some(sum), Some(computed)) => sum.result(computed.function),
            _ => Value::Null,
        }
    }

    fn render(
        &self,
        plan: &Plan,
        by: &[FieldPath],
        computed: &[Computed],
        columns: &[Column],
    ) -> Vec<u8> {
        let mut json = br#"{"attributes":{"type":"AggregateResult"}"#.to_vec();
        for column in columns {
            let (name, value, kind) = match column {
                Column::Group { name, place } => {
                    let own = by.get(*place).and_then(FieldPath::own);
                    let kind = own
                        .and_then(|place| plan.object.fields().get(place))
                        .map_or(Kind::String, |f| f.kind);
                    (
                        name,
                        self.keys.get(*place).cloned().unwrap_or(Value::Null),
                        kind,
                    )
                }
                Column::Aggregate { name, place } => {
                    let kind = match computed.get(*place).map(|computed| computed.function) {
                        Some(Function::Count | Function::CountDistinct) => Kind::Int,
                        Some(Function::Minimum | Function::Maximum) => Kind::String,
                        _ => Kind::Double,
                    };
                    (name, self.result(*place, computed), kind)
                }
            };
            json.push(b',');
            answer::push_text(&mut json, name);
            json.push(b':');
            push_value(&mut json, &value, kind);
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

    fn result(&self, function: Function) -> Value<'s> {
        match function {
            Function::Count => Value::Number(self.count as f64),
            Function::CountDistinct => Value::Number(self.distinct.len() as f64),
            Function::Sum if self.count > 0 => Value::Number(self.total),
            Function::Average if self.count > 0 => Value::Number(self.total / self.count as f64),
            Function::Sum | Function::Average => Value::Null,
            Function::Minimum => self.least.clone().unwrap_or(Value::Null),
            Function::Maximum => self.greatest.clone().unwrap_or(Value::Null),
        }
    }
}
