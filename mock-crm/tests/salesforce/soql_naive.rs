//! Generated queries over generated records, against an evaluation that knows nothing of the mock's: it goes over all
//! records and looks at their values as JSON.

use std::cmp::Ordering;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::harness::TestOrg;

/// An account's name, site (or none) and number of employees (or none).
type Row = (String, Option<String>, Option<i64>);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let text = || {
        prop::sample::select(vec!["a", "A", "ab", "Ba", "b%", "a_b", "Äb", "c c", "zz"])
            .prop_map(str::to_owned)
    };
    let row = (
        text(),
        prop::option::of(text()),
        prop::option::of(-2..3_i64),
    );
    prop::collection::vec(row, 0..12)
}

#[derive(Clone, Debug)]
enum Condition {
    Compare(&'static str, &'static str, Value),
    Like(&'static str, String),
    In(&'static str, bool, Vec<Value>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
}

fn condition() -> impl Strategy<Value = Condition> {
    let literal = |field: &'static str| -> BoxedStrategy<Value> {
        match field {
            "NumberOfEmployees" => prop_oneof![4 => (-2..3_i64).prop_map(Value::from), 1 => Just(Value::Null)].boxed(),
            _ => prop_oneof![
                4 => prop::sample::select(vec!["a", "AB", "ba", "b%", "äB", "none"]).prop_map(Value::from),
                1 => Just(Value::Null)
            ]
            .boxed(),
        }
    };
    let field = prop::sample::select(vec!["Name", "Site", "NumberOfEmployees"]);
    let compare = field.clone().prop_flat_map(move |field| {
        let operator = prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
        (Just(field), operator, literal(field))
            .prop_map(|(field, operator, value)| Condition::Compare(field, operator, value))
    });
    let in_list = field.prop_flat_map(move |field| {
        let values = prop::collection::vec(literal(field), 1..4);
        (Just(field), any::<bool>(), values)
            .prop_map(|(field, not, values)| Condition::In(field, not, values))
    });
    let pattern = prop::collection::vec(
        prop::sample::select(vec!["a", "B", "%", "_", r"\%", r"\_", "c"]),
        0..4,
    );
    let like = (prop::sample::select(vec!["Name", "Site"]), pattern)
        .prop_map(|(field, pieces)| Condition::Like(field, pieces.concat()));
    let leaf = prop_oneof![compare, in_list, like];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::Or),
            inner.prop_map(|condition| Condition::Not(Box::new(condition))),
        ]
    })
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("'{text}'"),
        other => other.to_string(),
    }
}

fn soql(condition: &Condition) -> String {
    let joined = |conditions: &[Condition], word: &str| {
        conditions.iter().map(soql).collect::<Vec<_>>().join(word)
    };
    match condition {
        Condition::Compare(field, operator, value) => {
            format!("{field} {operator} {}", literal(value))
        }
        Condition::Like(field, pattern) => format!("{field} LIKE '{pattern}'"),
        Condition::In(field, not, values) => {
            let values: Vec<_> = values.iter().map(literal).collect();
            format!(
                "{field} {}IN ({})",
                if *not { "NOT " } else { "" },
                values.join(", ")
            )
        }
        Condition::And(conditions) => format!("({})", joined(conditions, " AND ")),
        Condition::Or(conditions) => format!("({})", joined(conditions, " OR ")),
        Condition::Not(condition) => format!("(NOT {})", soql(condition)),
    }
}

fn value(row: &Row, field: &str) -> Value {
    match field {
        "Name" => json!(row.0),
        "Site" => json!(row.1),
        _ => json!(row.2),
    }
}

/// `None`: one of the two is nothing.
fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => {
            Some(left.to_lowercase().cmp(&right.to_lowercase()))
        }
        (Value::Number(left), Value::Number(right)) => left.as_i64().partial_cmp(&right.as_i64()),
        _ => None,
    }
}

fn equal(left: &Value, right: &Value) -> bool {
    (left.is_null() && right.is_null()) || compare(left, right) == Some(Ordering::Equal)
}

/// By definition, without any cleverness.
fn like(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], text) => text.is_empty(),
        (['%', rest @ ..], text) => (0..=text.len()).any(|start| like(rest, &text[start..])),
        (['_', rest @ ..], [_, text @ ..]) => like(rest, text),
        (['\\', letter, rest @ ..], [found, text @ ..]) => letter == found && like(rest, text),
        ([letter, rest @ ..], [found, text @ ..]) => letter == found && like(rest, text),
        (_, []) => false,
    }
}

fn wanted(condition: &Condition, row: &Row) -> bool {
    match condition {
        Condition::Compare(field, operator, literal) => {
            let value = value(row, field);
            let order = compare(&value, literal);
            match *operator {
                "=" => equal(&value, literal),
                "!=" => !equal(&value, literal),
                "<" => order == Some(Ordering::Less),
                ">" => order == Some(Ordering::Greater),
                "<=" => order.is_some_and(Ordering::is_le),
                _ => order.is_some_and(Ordering::is_ge),
            }
        }
        Condition::Like(field, pattern) => match value(row, field) {
            Value::String(text) => {
                let letters = |text: &str| text.to_lowercase().chars().collect::<Vec<_>>();
                like(&letters(pattern), &letters(&text))
            }
            _ => false,
        },
        Condition::In(field, not, values) => {
            let value = value(row, field);
            values.iter().any(|listed| equal(&value, listed)) != *not
        }
        Condition::And(conditions) => conditions.iter().all(|condition| wanted(condition, row)),
        Condition::Or(conditions) => conditions.iter().any(|condition| wanted(condition, row)),
        Condition::Not(condition) => !wanted(condition, row),
    }
}

#[derive(Clone, Debug)]
struct Order {
    field: &'static str,
    descending: bool,
    nulls_last: bool,
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    let field = prop::sample::select(vec!["Name", "Site", "NumberOfEmployees"]);
    let order =
        (field, any::<bool>(), any::<bool>()).prop_map(|(field, descending, nulls_last)| Order {
            field,
            descending,
            nulls_last,
        });
    prop::collection::vec(order, 0..3)
}

fn ordered(orders: &[Order], left: &Row, right: &Row) -> Ordering {
    for order in orders {
        let (left, right) = (value(left, order.field), value(right, order.field));
        let ordering = match (left.is_null(), right.is_null()) {
            (true, true) => Ordering::Equal,
            (true, false) if order.nulls_last => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, true) if order.nulls_last => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                let ordering = compare(&left, &right).unwrap();
                if order.descending {
                    ordering.reverse()
                } else {
                    ordering
                }
            }
        };
        if ordering.is_ne() {
            return ordering;
        }
    }
    Ordering::Equal
}

fn order_by(orders: &[Order]) -> String {
    let keys: Vec<_> = orders
        .iter()
        .map(|order| {
            let direction = if order.descending { "DESC" } else { "ASC" };
            let nulls = if order.nulls_last {
                "NULLS LAST"
            } else {
                "NULLS FIRST"
            };
            format!("{} {direction} {nulls}", order.field)
        })
        .collect();
    match keys.is_empty() {
        true => String::new(),
        false => format!(" ORDER BY {}", keys.join(", ")),
    }
}

async fn answered(rows: &[Row], soql: &str) -> Vec<Row> {
    let crm = TestOrg::new();
    for (name, site, employees) in rows {
        let fields = json!({ "Name": name, "Site": site, "NumberOfEmployees": employees });
        crm.given("Dana Reyes", "Account", fields).await;
    }
    let answer = crm.query("Dana Reyes", soql).await;
    assert_eq!(answer.status, 200, "{soql}: {}", answer.text);
    let records = answer.body["records"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    records
        .map(|record| {
            let site = text(&record["Site"]);
            (
                text(&record["Name"]).unwrap(),
                site,
                record["NumberOfEmployees"].as_i64(),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_agree_with_a_naive_evaluation(
        rows in rows(),
        condition in condition(),
        orders in orders(),
        limit in 0..8_usize,
        offset in 0..4_usize,
    ) {
        let soql = format!(
            "SELECT Name, Site, NumberOfEmployees FROM Account WHERE {}{} LIMIT {limit} OFFSET {offset}",
            soql(&condition),
            order_by(&orders),
        );
        let mut expected: Vec<_> = rows.iter().filter(|row| wanted(&condition, row)).cloned().collect();
        expected.sort_by(|left, right| ordered(&orders, left, right));
        let expected: Vec<_> = expected.into_iter().skip(offset).take(limit).collect();

        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let found = runtime.block_on(answered(&rows, &soql));

        prop_assert_eq!(found, expected, "{}", soql);
    }
}
