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

/// Each of these is found by an index, or by what the store has of every record.
#[tokio::test]
async fn what_is_indexed_is_found_by_each_operator() {
    let crm = given_people().await;
    let all = crm.post(SEARCH, json!({})).await.expect(200);
    let ids: Vec<String> = (all.body["results"].as_array().unwrap().iter())
        .map(|record| record["id"].as_str().unwrap().to_owned())
        .collect();
    let (sam, dana) = (crm.owner_id("Sam Low"), crm.owner_id("Dana Reyes"));
    for (property, operator, value, names) in [
        ("hs_object_id", "EQ", json!(ids[1]), vec!["Bea"]),
        (
            "hs_object_id",
            "IN",
            json!([ids[0], ids[3], "7"]),
            vec!["Ada", "Dee"],
        ),
        ("hs_object_id", "GT", json!(ids[1]), vec!["Cid", "Dee"]),
        (
            "hs_object_id",
            "NOT_IN",
            json!([ids[0]]),
            vec!["Bea", "Cid", "Dee"],
        ),
        (
            "hubspot_owner_id",
            "IN",
            json!([sam, dana]),
            vec!["Bea", "Cid"],
        ),
        (
            "hubspot_owner_id",
            "NEQ",
            json!(sam),
            vec!["Ada", "Cid", "Dee"],
        ),
        (
            "hubspot_owner_id",
            "EQ",
            json!(crm.user_id("Sam Low")),
            vec![],
        ),
        (
            "email",
            "IN",
            json!(["ada@acme.example", "bea@other.example"]),
            vec!["Ada", "Bea"],
        ),
        ("email", "IN", json!(["Ada@acme.example"]), vec![]),
        (
            "email",
            "CONTAINS_TOKEN",
            json!("*@acme.example"),
            vec!["Ada"],
        ),
        (
            "lastmodifieddate",
            "LT",
            json!("2026-01-01T00:00:00Z"),
            vec![],
        ),
        (
            "createdate",
            "LTE",
            json!("2026-01-01"),
            vec!["Ada", "Bea", "Cid", "Dee"],
        ),
    ] {
        let several = value.is_array();
        let filter = json!({
            "propertyName": property, "operator": operator, if several { "values" } else { "value" }: value,
        });
        assert_eq!(found(&crm, one(filter.clone())).await, names, "{filter}");
    }
}

#[tokio::test]
async fn an_index_serves_each_group_and_forgets_what_was_changed() {
    let crm = given_people().await;
    let (sam, dana) = (crm.owner_id("Sam Low"), crm.owner_id("Dana Reyes"));
    let owned = |owner: &str| json!({ "propertyName": "hubspot_owner_id", "operator": "EQ", "value": owner });
    let either =
        json!({ "filterGroups": [{ "filters": [owned(&sam)] }, { "filters": [owned(&dana)] }] });
    let both = json!({ "filterGroups": [{ "filters": [owned(&sam), owned(&dana)] }] });
    let bea = crm.post(SEARCH, one(owned(&sam))).await.expect(200);
    let bea = bea.body["results"][0]["id"].as_str().unwrap().to_owned();

    assert_eq!(found(&crm, either.clone()).await, ["Bea", "Cid"]);
    assert_eq!(found(&crm, both).await, [""; 0]);
    crm.patch(
        &format!("{CONTACTS}/{bea}"),
        json!({ "properties": { "hubspot_owner_id": dana, "email": "new@other.example" } }),
    )
    .await
    .expect(200);

    assert_eq!(found(&crm, one(owned(&sam))).await, [""; 0]);
    assert_eq!(found(&crm, either).await, ["Bea", "Cid"]);
    for (email, names) in [
        ("bea@other.example", vec![]),
        ("NEW@other.example", vec!["Bea"]),
    ] {
        let filter = json!({ "propertyName": "email", "operator": "EQ", "value": email });
        assert_eq!(found(&crm, one(filter)).await, names);
    }
}

#[tokio::test]
async fn records_are_found_by_what_they_are_linked_to() {
    let crm = given_people().await;
    let company = crm
        .post(
            "/crm/v3/objects/companies",
            json!({ "properties": { "name": "Acme" } }),
        )
        .await;
    let company = company.expect(201).id();
    let types = json!([{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279 }]);
    let linked = json!({
        "properties": { "firstname": "Eve" },
        "associations": [{ "to": { "id": company }, "types": types }],
    });
    crm.post(CONTACTS, linked).await.expect(201);
    for (operator, value, names) in [
        ("EQ", json!(company), vec!["Eve"]),
        ("IN", json!([company, "1"]), vec!["Eve"]),
        ("EQ", json!("1"), vec![]),
        ("HAS_PROPERTY", Value::Null, vec!["Eve"]),
        (
            "NOT_HAS_PROPERTY",
            Value::Null,
            vec!["Ada", "Bea", "Cid", "Dee"],
        ),
        ("NEQ", json!(company), vec!["Ada", "Bea", "Cid", "Dee"]),
    ] {
        let several = value.is_array();
        let filter = json!({
            "propertyName": "associations.company", "operator": operator,
            if several { "values" } else { "value" }: value,
        });
        assert_eq!(found(&crm, one(filter.clone())).await, names, "{filter}");
    }
    for (name, operator) in [
        ("associations.company", "GT"),
        ("associations.nothing", "EQ"),
    ] {
        let filter = json!({ "propertyName": name, "operator": operator, "value": "1" });
        crm.post(SEARCH, one(filter)).await.expect(400);
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
        .post(SEARCH, json!({ "limit": "3", "after": 3 }))
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
        json!({ "limit": -1 }),
        json!({ "limit": 100, "after": "9950" }),
        json!({ "sorts": ["score", "email"] }),
        json!({ "filterGroups": vec![group(1); 6] }),
        json!({ "filterGroups": [group(7)] }),
        json!({ "filterGroups": vec![group(5); 4] }),
        one(json!({ "propertyName": "nonsense", "operator": "EQ", "value": "1" })),
        one(json!({ "propertyName": "score", "operator": "EQ" })),
        one(json!({ "propertyName": "score", "operator": "LIKE", "value": "1" })),
        one(json!({ "propertyName": "score", "operator": "GT", "value": "many" })),
        one(json!({ "propertyName": "createdate", "operator": "GT", "value": "yesterday" })),
        one(json!({ "propertyName": "score", "operator": "BETWEEN", "value": "1" })),
        json!({ "sorts": ["nonsense"] }),
        json!({ "after": "next" }),
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
