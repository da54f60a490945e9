//! Generated searches over generated contacts, against an evaluation that knows nothing of the mock's: it goes over all
//! contacts and looks at what was sent.

use std::cmp::Ordering;

use mock_crm::hubspot::spec::PropertySpec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

/// What a contact was made with; texts, as they are on the wire.
type Row = Vec<Option<String>>;

/// One property of each kind, and the values that it is given and looked for with.
const PROPERTIES: [(&str, Kind, &[&str]); 6] = [
    (
        "firstname",
        Kind::Text,
        &["a", "A", "ab", "b A", "Äb", "a-b"],
    ),
    ("score", Kind::Number, &["-1", "0", "2", "10", "2.5"]),
    ("hue", Kind::Option, &["red", "Red", "green"]),
    ("vip", Kind::Option, &["true", "false"]),
    (
        "day",
        Kind::Date,
        &["2025-12-31", "2026-01-01", "2026-02-01"],
    ),
    ("hubspot_owner_id", Kind::Option, &["Dana Reyes", "Sam Low"]),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Text,
    Number,
    Option,
    Date,
}

const OPERATORS: [&str; 13] = [
    "EQ",
    "NEQ",
    "LT",
    "LTE",
    "GT",
    "GTE",
    "BETWEEN",
    "IN",
    "NOT_IN",
    "HAS_PROPERTY",
    "NOT_HAS_PROPERTY",
    "CONTAINS_TOKEN",
    "NOT_CONTAINS_TOKEN",
];

#[derive(Clone, Debug)]
struct Filter {
    property: usize,
    operator: &'static str,
    values: Vec<String>,
}

fn portal() -> TestPortal {
    let property = |name: &str, kind: &str, options: &[&str]| PropertySpec {
        object: "contacts".to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        ..PropertySpec::default()
    };
    TestPortal::with(|spec| {
        spec.properties.extend([
            property("hue", "enumeration", PROPERTIES[2].2),
            property("vip", "bool", &[]),
            property("day", "date", &[]),
        ]);
    })
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let cells: Vec<_> = PROPERTIES
        .iter()
        .map(|(_, _, values)| {
            prop::option::of(prop::sample::select(values.to_vec()).prop_map(str::to_owned))
        })
        .collect();
    prop::collection::vec(cells, 0..10)
}

fn filter() -> impl Strategy<Value = Filter> {
    let property = 0..PROPERTIES.len();
    let operator = prop::sample::select(OPERATORS.to_vec());
    (property, operator).prop_flat_map(|(property, operator)| {
        let (_, kind, values) = PROPERTIES[property];
        let mut values = values.to_vec();
        if kind == Kind::Text {
            // Words, patterns, and the lower case that lists want.
            values.extend(["b", "a*", "*b", "äb", "b a", "none"]);
        }
        let values = prop::collection::vec(prop::sample::select(values), 2..4);
        (Just(property), Just(operator), values).prop_map(|(property, operator, values)| Filter {
            property,
            operator,
            values: values.into_iter().map(str::to_owned).collect(),
        })
    })
}

/// As the wire wants it, with owners by id.
fn json_of(crm: &TestPortal, filter: &Filter) -> Value {
    let value = |value: &String| wire(crm, filter.property, value);
    let mut json = json!({
        "propertyName": PROPERTIES[filter.property].0, "operator": filter.operator, "value": value(&filter.values[0]),
    });
    match filter.operator {
        "BETWEEN" => json["highValue"] = value(&filter.values[1]),
        "IN" | "NOT_IN" => json["values"] = filter.values.iter().map(value).collect(),
        _ => {}
    }
    json
}

fn wire(crm: &TestPortal, property: usize, value: &str) -> Value {
    match PROPERTIES[property].0 {
        "hubspot_owner_id" => json!(crm.owner_id(value)),
        _ => json!(value),
    }
}

fn compare(crm: &TestPortal, property: usize, one: &str, other: &str) -> Ordering {
    let text = |value: &str| wire(crm, property, value).as_str().unwrap().to_owned();
    match PROPERTIES[property].1 {
        Kind::Text => one.to_lowercase().cmp(&other.to_lowercase()),
        Kind::Number => {
            let number = |text: &str| text.parse::<f64>().unwrap();
            number(one).partial_cmp(&number(other)).unwrap()
        }
        Kind::Option | Kind::Date => text(one).cmp(&text(other)),
    }
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words = lower.split([' ', '-', '.']).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn contains(text: &str, wanted: &str) -> bool {
    words(wanted).iter().all(|wanted| {
        words(text).iter().any(|word| {
            if let Some(start) = wanted.strip_suffix('*') {
                word.starts_with(start)
            } else if let Some(end) = wanted.strip_prefix('*') {
                word.ends_with(end)
            } else {
                word == wanted
            }
        })
    })
}

fn passes(crm: &TestPortal, filter: &Filter, row: &Row) -> bool {
    let Filter {
        property,
        operator,
        values,
    } = filter;
    let Some(has) = &row[*property] else {
        return ["NEQ", "NOT_IN", "NOT_HAS_PROPERTY", "NOT_CONTAINS_TOKEN"].contains(operator);
    };
    let order = |other: &str| compare(crm, *property, has, other);
    let listed = || match PROPERTIES[*property].1 {
        Kind::Text => values.contains(&has.to_lowercase()),
        _ => values.iter().any(|value| order(value).is_eq()),
    };
    let text = || {
        let text = wire(crm, *property, has);
        let wanted = wire(crm, *property, &values[0]);
        contains(text.as_str().unwrap(), wanted.as_str().unwrap())
    };
    match *operator {
        "EQ" => order(&values[0]).is_eq(),
        "NEQ" => order(&values[0]).is_ne(),
        "LT" => order(&values[0]).is_lt(),
        "LTE" => order(&values[0]).is_le(),
        "GT" => order(&values[0]).is_gt(),
        "GTE" => order(&values[0]).is_ge(),
        "BETWEEN" => order(&values[0]).is_ge() && order(&values[1]).is_le(),
        "IN" => listed(),
        "NOT_IN" => !listed(),
        "HAS_PROPERTY" => true,
        "NOT_HAS_PROPERTY" => false,
        "CONTAINS_TOKEN" => text(),
        _ => !text(),
    }
}

/// Numbers of the rows that a search should find, in order.
fn expected(
    crm: &TestPortal,
    rows: &[Row],
    groups: &[Vec<Filter>],
    sort: Option<(usize, bool)>,
) -> Vec<String> {
    let wanted = |row: &Row| {
        let group = |group: &Vec<Filter>| group.iter().all(|filter| passes(crm, filter, row));
        groups.is_empty() || groups.iter().any(group)
    };
    let mut found: Vec<(usize, &Row)> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| wanted(row))
        .collect();
    if let Some((property, descending)) = sort {
        found.sort_by(
            |(_, one), (_, other)| match (&one[property], &other[property]) {
                (Some(one), Some(other)) if descending => compare(crm, property, other, one),
                (Some(one), Some(other)) => compare(crm, property, one, other),
                (one, other) => other.is_some().cmp(&one.is_some()),
            },
        );
    }
    found
        .into_iter()
        .map(|(number, _)| number.to_string())
        .collect()
}

async fn check(
    rows: &[Row],
    groups: &[Vec<Filter>],
    sort: Option<(usize, bool)>,
    (limit, offset): (usize, usize),
) -> Result<(), TestCaseError> {
    let crm = portal();
    for (number, row) in rows.iter().enumerate() {
        let mut properties = json!({ "lastname": number.to_string() });
        for (property, value) in row.iter().enumerate() {
            if let Some(value) = value {
                properties[PROPERTIES[property].0] = wire(&crm, property, value);
            }
        }
        crm.given_contact(properties).await;
    }
    let group = |group: &Vec<Filter>| json!({ "filters": group.iter().map(|one| json_of(&crm, one)).collect::<Vec<_>>() });
    let mut body = json!({
        "filterGroups": groups.iter().map(group).collect::<Vec<_>>(),
        "properties": ["lastname"], "limit": limit, "after": offset,
    });
    if let Some((property, descending)) = sort {
        let direction = if descending {
            "DESCENDING"
        } else {
            "ASCENDING"
        };
        body["sorts"] = json!([{ "propertyName": PROPERTIES[property].0, "direction": direction }]);
    }

    let answer = crm.post(&format!("{CONTACTS}/search"), body.clone()).await;

    let expected = expected(&crm, rows, groups, sort);
    let page: Vec<_> = expected.iter().skip(offset).take(limit).collect();
    let results = answer.body["results"].as_array();
    let found: Vec<_> = results
        .into_iter()
        .flatten()
        .map(|record| {
            record["properties"]["lastname"]
                .as_str()
                .unwrap_or_default()
        })
        .collect();
    prop_assert_eq!(found, page, "{}\n{}", body, answer.body);
    prop_assert_eq!(&answer.body["total"], expected.len(), "{}", body);
    let more = offset + limit < expected.len();
    let next = &answer.body["paging"]["next"]["after"];
    let wanted = if more {
        json!((offset + limit).to_string())
    } else {
        Value::Null
    };
    prop_assert_eq!(next, &wanted, "{}", body);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_agree_with_a_naive_evaluation(
        rows in rows(),
        groups in prop::collection::vec(prop::collection::vec(filter(), 0..3), 0..4),
        sort in prop::option::of((0..PROPERTIES.len(), any::<bool>())),
        page in (1..8_usize, 0..4_usize),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(check(&rows, &groups, sort, page))?;
    }
}
