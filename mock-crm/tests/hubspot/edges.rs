//! The last page, the last filter and the last word that are allowed, and the first ones that are not.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

const SEARCH: &str = "/crm/v3/objects/contacts/search";

#[tokio::test]
async fn a_search_pages_to_the_ten_thousandth_result() {
    let crm = TestPortal::new();
    for (limit, after, status) in [
        (200, 9_800, 200),
        (1, 9_999, 200),
        (200, 9_801, 400),
        (1, 10_000, 400),
    ] {
        let body = json!({ "limit": limit, "after": after });
        let answer = crm.post(SEARCH, body).await;
        assert_eq!(answer.status, status, "{limit} {after}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_search_takes_five_groups_of_six_filters_and_eighteen_in_all() {
    let crm = TestPortal::new();
    let filter = json!({ "propertyName": "score", "operator": "HAS_PROPERTY" });
    for (sizes, status) in [
        (vec![6, 6, 6], 200),
        (vec![4, 4, 4, 4, 2], 200),
        (vec![4, 4, 4, 4, 3], 400),
        (vec![7], 400),
        (vec![1, 1, 1, 1, 1, 1], 400),
    ] {
        let groups: Vec<Value> = sizes
            .iter()
            .map(|size| json!({ "filters": vec![filter.clone(); *size] }))
            .collect();
        let answer = crm.post(SEARCH, json!({ "filterGroups": groups })).await;
        assert_eq!(answer.status, status, "{sizes:?}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_query_has_three_thousand_characters_at_most() {
    let crm = TestPortal::new();
    for (length, status) in [(3000, 200), (3001, 400)] {
        let body = json!({ "query": "\u{e9}".repeat(length) });
        crm.post(SEARCH, body).await.expect(status);
    }
}

#[tokio::test]
async fn the_page_that_ends_with_the_last_result_is_the_last_one() {
    let crm = TestPortal::new();
    for _ in 0..4 {
        crm.given_contact(json!({})).await;
    }

    for (limit, after, next) in [
        (4, 0, None),
        (2, 2, None),
        (3, 0, Some("3")),
        (2, 1, Some("3")),
    ] {
        let body = json!({ "limit": limit, "after": after });
        let page = crm.post(SEARCH, body).await.expect(200);
        let told = page.body.pointer("/paging/next/after");
        assert_eq!(told.and_then(Value::as_str), next, "{limit} {after}");
    }
    let list = crm.get(&format!("{CONTACTS}?limit=4")).await.expect(200);
    assert_eq!(list.body.get("paging"), None);
}

#[tokio::test]
async fn a_page_with_history_has_fifty_records_at_most_and_any_other_a_hundred() {
    let crm = TestPortal::new();
    for (query, status) in [
        ("limit=100", 200),
        ("limit=101", 400),
        ("limit=0", 400),
        ("limit=50&propertiesWithHistory=email", 200),
        ("limit=51&propertiesWithHistory=email", 400),
    ] {
        let answer = crm.get(&format!("{CONTACTS}?{query}")).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_connection_to_an_archived_record_is_not_searched_by() {
    let crm = TestPortal::new();
    let company = crm
        .post(
            "/crm/v3/objects/companies",
            json!({ "properties": { "name": "Acme" } }),
        )
        .await
        .expect(201)
        .id();
    let contact = crm.given_contact(json!({})).await;
    let path =
        format!("/crm/v4/objects/contacts/{contact}/associations/default/companies/{company}");
    crm.put(&path, Value::Null).await.expect(200);
    let search = async |operator: &str| {
        let filter = json!({ "propertyName": "associations.company", "operator": operator, "value": company });
        let body = json!({ "filterGroups": [{ "filters": [filter] }] });
        crm.post(SEARCH, body).await.expect(200).body["total"].clone()
    };
    let operators = ["EQ", "HAS_PROPERTY", "NEQ", "NOT_HAS_PROPERTY"];
    for (operator, total) in operators.into_iter().zip([1, 1, 0, 0]) {
        assert_eq!(search(operator).await, total, "{operator}");
    }

    let path = format!("/crm/v3/objects/companies/{company}");
    crm.delete(&path).await.expect(204);

    for (operator, total) in operators.into_iter().zip([0, 0, 1, 1]) {
        assert_eq!(search(operator).await, total, "{operator}");
    }
}

#[tokio::test]
async fn an_archived_record_is_read_under_its_own_type_only() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({})).await;
    crm.advance(60);
    crm.delete(&format!("{CONTACTS}/{id}")).await.expect(204);

    let read = crm.get(&format!("{CONTACTS}/{id}?archived=true")).await;
    let times = ["createdAt", "updatedAt", "archivedAt"];
    assert_eq!(
        times.map(|name| read.body[name].as_str().unwrap_or_default()),
        [
            "2026-01-01T00:00:00.000Z",
            "2026-01-01T00:01:00.000Z",
            "2026-01-01T00:01:00.000Z"
        ]
    );
    for (object, status) in [("contacts", 200), ("companies", 404), ("deals", 404)] {
        let path = format!("/crm/v3/objects/{object}/{id}");
        crm.get(&format!("{path}?archived=true"))
            .await
            .expect(status);
        crm.get(&path).await.expect(404);
    }
}
