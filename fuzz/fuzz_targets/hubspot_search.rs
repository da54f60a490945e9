#![no_main]

//! Searches and property values: a search finds what it says or is refused; a value is taken or refused, and what was
//! taken is read back and taken again.

use arbitrary::Arbitrary;
use http::{Method, StatusCode};
use libfuzzer_sys::fuzz_target;
use org::portal::{Portal, check_refusal};
use serde_json::{Value, json};

#[derive(Arbitrary, Debug)]
struct Search<'a> {
    filters: Vec<(u8, u8, u8, &'a str, &'a str)>,
    sort: (u8, &'a str),
    query: &'a str,
    page: (u8, u16),
    /// What is written to a property before.
    written: (u8, Written<'a>),
}

#[derive(Arbitrary, Debug)]
enum Written<'a> {
    Text(&'a str),
    Number(f64),
    Whole(i64),
    Flag(bool),
    Null,
    List,
}

const PROPERTIES: [&str; 17] = [
    "email",
    "firstname",
    "ext",
    "score",
    "vip",
    "day",
    "seen",
    "hues",
    "hubspot_owner_id",
    "lifecyclestage",
    "hs_object_id",
    "createdate",
    "lastmodifieddate",
    "hs_object_source",
    "associations.company",
    "associations.contacts",
    "nonsense",
];

const OPERATORS: [&str; 14] = [
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
    "NO_OPERATOR",
];

thread_local! {
    static PORTAL: std::cell::RefCell<(usize, Portal)> = std::cell::RefCell::new((0, Portal::open()));
}

const SEARCHES_OF_A_PORTAL: usize = 1000;
const CONTACTS: &str = "/crm/v3/objects/contacts";

fuzz_target!(|search: Search<'_>| {
    PORTAL.with_borrow_mut(|(count, portal)| {
        *count += 1;
        if *count > SEARCHES_OF_A_PORTAL {
            (*count, *portal) = (0, Portal::open());
        }
        write(portal, search.written.0, &search.written.1);
        check(portal, &search);
    });
});

fn pick<'a>(names: &[&'a str], number: u8) -> &'a str {
    names[usize::from(number) % names.len()]
}

fn json_of(written: &Written<'_>) -> Value {
    match written {
        Written::Text(text) => json!(text),
        Written::Number(number) => json!(number),
        Written::Whole(number) => json!(number),
        Written::Flag(flag) => json!(flag),
        Written::Null => Value::Null,
        Written::List => json!([]),
    }
}

fn ask(portal: &Portal, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = portal.request(method, &portal.named(path), body.to_string());
    let (status, body) = portal.send(request.expect("a path"));
    if !status.is_success() {
        check_refusal(status, &body);
    }
    (status, serde_json::from_slice(&body).expect("JSON"))
}

/// What is taken is shown as it is kept, and what is kept can be sent again and stays.
fn write(portal: &Portal, property: u8, written: &Written<'_>) {
    let name = pick(&PROPERTIES[..10], property);
    let contact = format!("{CONTACTS}/{{contact}}");
    let read = format!("{contact}?properties={name}");
    let body = json!({ "properties": { name: json_of(written) } });
    let (status, _) = ask(portal, Method::PATCH, &contact, &body);
    if status != StatusCode::OK {
        return;
    }
    let (_, kept) = ask(portal, Method::GET, &read, &Value::Null);
    let kept = &kept["properties"][name];
    assert!(kept.is_string() || kept.is_null(), "{name}: {kept}");
    let again = json!({ "properties": { name: kept } });
    let (status, answer) = ask(portal, Method::PATCH, &contact, &again);
    assert_eq!(status, StatusCode::OK, "{again} {answer}");
    let (_, twice) = ask(portal, Method::GET, &read, &Value::Null);
    assert_eq!(&twice["properties"][name], kept, "{body}");
}

fn check(portal: &Portal, search: &Search<'_>) {
    let mut groups: Vec<Vec<Value>> = Vec::new();
    for (property, operator, group, value, other) in &search.filters {
        let filter = json!({
            "propertyName": pick(&PROPERTIES, *property), "operator": pick(&OPERATORS, *operator),
            "value": value, "highValue": other, "values": [value, other],
        });
        match group % 3 {
            0 => groups.push(vec![filter]),
            _ => match groups.last_mut() {
                Some(last) => last.push(filter),
                None => groups.push(vec![filter]),
            },
        }
    }
    let groups: Vec<Value> = { groups.into_iter() }
        .map(|group| json!({ "filters": group }))
        .collect();
    let (limit, after) = search.page;
    let body = json!({
        "filterGroups": groups, "query": search.query, "limit": limit, "after": after,
        "sorts": [{ "propertyName": pick(&PROPERTIES, search.sort.0), "direction": search.sort.1 }],
        "properties": PROPERTIES,
    });
    let (status, found) = ask(portal, Method::POST, &format!("{CONTACTS}/search"), &body);
    if status != StatusCode::OK {
        return;
    }
    let shown = found["results"].as_array().expect("results").len() as u64;
    let total = found["total"].as_u64().expect("a total");
    let left = total.saturating_sub(u64::from(after));
    assert_eq!(shown, left.min(u64::from(limit)), "{body} {found}");
}
