//! Which records a search finds, in which order, and how it pages.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

const SEARCH: &str = "/crm/v3/objects/contacts/search";

/// First names of what a search finds.
async fn found(crm: &TestPortal, body: Value) -> Vec<String> {
    let answer = crm.post(SEARCH, body).await.expect(200);
    let results = answer.body["results"].as_array().unwrap();
    assert_eq!(answer.body["total"], results.len());
    let name = |record: &Value| {
        record["properties"]["firstname"]
            .as_str()
            .unwrap_or("-")
            .to_owned()
    };
    results.iter().map(name).collect()
}

fn one(filter: Value) -> Value {
    json!({ "filterGroups": [{ "filters": [filter] }] })
}

async fn given_people() -> TestPortal {
    let crm = TestPortal::new();
    for properties in [
        json!({ "firstname": "Ada", "email": "ada@acme.example", "score": 9, "company": "Acme Rockets" }),
        json!({ "firstname": "Bea", "email": "bea@other.example", "score": 10, "hubspot_owner_id": crm.owner_id("Sam Low") }),
        json!({ "firstname": "Cid", "score": 100, "hubspot_owner_id": crm.owner_id("Dana Reyes") }),
        json!({ "firstname": "Dee" }),
    ] {
        crm.given_contact(properties).await;
    }
    crm
}

#[tokio::test]
async fn each_operator_finds_what_it_says() {
    let crm = given_people().await;
    for (filter, names) in [
        (
            json!({ "propertyName": "firstname", "operator": "EQ", "value": "ada" }),
            vec!["Ada"],
        ),
        (
            json!({ "propertyName": "email", "operator": "EQ", "value": "ADA@acme.example" }),
            vec!["Ada"],
        ),
        (
            json!({ "propertyName": "score", "operator": "NEQ", "value": "9" }),
            vec!["Bea", "Cid", "Dee"],
        ),
        (
            json!({ "propertyName": "score", "operator": "LT", "value": 10 }),
            vec!["Ada"],
        ),
        (
            json!({ "propertyName": "score", "operator": "LTE", "value": "10" }),
            vec!["Ada", "Bea"],
        ),
        (
            json!({ "propertyName": "score", "operator": "GT", "value": "10" }),
            vec!["Cid"],
        ),
        (
            json!({ "propertyName": "score", "operator": "GTE", "value": "10" }),
            vec!["Bea", "Cid"],
        ),
        (
            json!({ "propertyName": "score", "operator": "BETWEEN", "value": "9", "highValue": "10" }),
            vec!["Ada", "Bea"],
        ),
        (
            json!({ "propertyName": "firstname", "operator": "IN", "values": ["ada", "dee"] }),
            vec!["Ada", "Dee"],
        ),
        (
            json!({ "propertyName": "firstname", "operator": "NOT_IN", "values": ["ada", "dee"] }),
            vec!["Bea", "Cid"],
        ),
        (
            json!({ "propertyName": "email", "operator": "HAS_PROPERTY" }),
            vec!["Ada", "Bea"],
        ),
        (
            json!({ "propertyName": "email", "operator": "NOT_HAS_PROPERTY" }),
            vec!["Cid", "Dee"],
        ),
        (
            json!({ "propertyName": "company", "operator": "CONTAINS_TOKEN", "value": "rock*" }),
            vec!["Ada"],
        ),
        (
            json!({ "propertyName": "company", "operator": "CONTAINS_TOKEN", "value": "rock" }),
            vec![],
        ),
        (
            json!({ "propertyName": "company", "operator": "NOT_CONTAINS_TOKEN", "value": "acme" }),
            vec!["Bea", "Cid", "Dee"],
        ),
        (
            json!({ "propertyName": "createdate", "operator": "GTE", "value": "1767225600000" }),
            vec!["Ada", "Bea", "Cid", "Dee"],
        ),
        (
            json!({ "propertyName": "hubspot_owner_id", "operator": "EQ", "value": crm.owner_id("Sam Low") }),
            vec!["Bea"],
        ),
        (
            json!({ "propertyName": "hubspot_owner_id", "operator": "NOT_HAS_PROPERTY" }),
            vec!["Ada", "Dee"],
        ),
    ] {
        assert_eq!(found(&crm, one(filter.clone())).await, names, "{filter}");
    }
}

#[tokio::test]
async fn one_group_has_to_match_whole() {
    let crm = given_people().await;
    let body = json!({ "filterGroups": [
        { "filters": [{ "propertyName": "score", "operator": "GT", "value": "9" }, { "propertyName": "email", "operator": "HAS_PROPERTY" }] },
        { "filters": [{ "propertyName": "firstname", "operator": "EQ", "value": "Dee" }] },
    ] });

    assert_eq!(found(&crm, body).await, ["Bea", "Dee"]);
}

#[tokio::test]
async fn a_query_looks_into_the_beginnings_of_words() {
    let crm = given_people().await;

    assert_eq!(found(&crm, json!({ "query": "acm" })).await, ["Ada"]);
    assert_eq!(
        found(&crm, json!({ "query": "rockets ada" })).await,
        ["Ada"]
    );
    assert_eq!(found(&crm, json!({ "query": "nobody" })).await, [""; 0]);
}

#[tokio::test]
async fn results_are_sorted_by_value_and_the_empty_ones_come_last() {
    let crm = given_people().await;

    let up = found(
        &crm,
        json!({ "sorts": [{ "propertyName": "score", "direction": "ASCENDING" }] }),
    )
    .await;
    let down = found(&crm, json!({ "sorts": ["-score"] })).await;

    assert_eq!(up, ["Ada", "Bea", "Cid", "Dee"]);
    assert_eq!(down, ["Cid", "Bea", "Ada", "Dee"]);
}

#[tokio::test]
async fn a_search_pages_by_offset() {
    let crm = given_people().await;

    let first = crm
        .post(SEARCH, json!({ "limit": 3, "after": "0" }))
        .await
        .expect(200);
    let second = crm
        .post(SEARCH, json!({ "limit": 3, "after": 3 }))
        .await
        .expect(200);

    assert_eq!(
        (&first.body["total"], &first.body["paging"]["next"]["after"]),
        (&json!(4), &json!("3"))
    );
    assert_eq!(second.body["results"].as_array().unwrap().len(), 1);
    assert_eq!(second.body.get("paging"), None);
}

#[tokio::test]
async fn what_a_search_may_not_ask_is_refused() {
    let crm = TestPortal::new();
    let filter = json!({ "propertyName": "score", "operator": "HAS_PROPERTY" });
    let group = |filters: usize| json!({ "filters": vec![filter.clone(); filters] });
    for body in [
        json!({ "limit": 201 }),
        json!({ "limit": 0 }),
        json!({ "limit": 100, "after": "9950" }),
        json!({ "sorts": ["score", "email"] }),
        json!({ "filterGroups": vec![group(1); 6] }),
        json!({ "filterGroups": [group(7)] }),
        json!({ "filterGroups": vec![group(5); 4] }),
        one(json!({ "propertyName": "nonsense", "operator": "EQ", "value": "1" })),
        one(json!({ "propertyName": "score", "operator": "EQ" })),
        one(json!({ "propertyName": "score", "operator": "LIKE", "value": "1" })),
        json!({ "query": "x".repeat(3001) }),
    ] {
        crm.post(SEARCH, body).await.expect(400);
    }
}

#[tokio::test]
async fn archived_records_and_those_too_new_are_not_found() {
    let crm = TestPortal::with(|spec| spec.switches.search_lag_milliseconds = 5_000);
    let archived = crm.given_contact(json!({ "firstname": "Old" })).await;
    crm.delete(&format!("{CONTACTS}/{archived}"))
        .await
        .expect(204);
    crm.given_contact(json!({ "firstname": "New" })).await;

    let at_once = found(&crm, json!({})).await;
    crm.advance(5);
    let later = found(&crm, json!({})).await;

    assert_eq!((at_once.len(), later), (0, vec!["New".to_owned()]));
}
