use mock_crm::crms::{CreateQuery, Order};
use serde_json::{Value, json};

use crate::document::assert_described;
use crate::seeded::{Seeded, seeded};

/// The sequences of the rows of an answer.
fn sequences(answer: &Value) -> Vec<u64> {
    let creates = answer["creates"].as_array().unwrap().iter();
    creates
        .map(|row| row["sequence"].as_u64().unwrap())
        .collect()
}

async fn rows(crm: &Seeded, query: &str) -> Vec<u64> {
    let (status, answer) = crm.control.get(&format!("/creates?{query}")).await;
    assert_eq!(status, 200, "{answer}");
    sequences(&answer)
}

#[tokio::test]
async fn a_row_says_who_created_it_who_owns_it_and_why() {
    let crm = seeded().await;
    let (dana, robin) = (crm.org_user("Dana"), crm.org_user("Robin"));
    let contact = crm.contact(&dana, json!({ "OwnerId": robin.id })).await;
    let (_, answer) = crm.control.get("/creates").await;

    let (_, document) = crm.control.get("/openapi.json").await;
    assert_described(&document, "Create", &answer["creates"][0]);
    assert_eq!(
        answer,
        json!({
            "creates": [{
                "sequence": 1,
                "created_at": "2026-01-01T00:00:00.000Z",
                "crm": "salesforce",
                "org": crm.org,
                "object": "Contact",
                "record": contact,
                "api": "rest",
                "owner_requested": robin.id,
                "owner": robin.id,
                "owner_user": robin.id,
                "owner_reason": "requested",
                "created_by": dana.id,
                "created_by_reason": "token",
                "token": dana.token_id,
                "app": answer["creates"][0]["app"],
                "user": dana.id,
                "request": "q1",
            }],
            "last_sequence": 1,
        })
    );
}

#[tokio::test]
async fn every_condition_narrows_the_rows() {
    let crm = seeded().await;
    let (dana, robin) = (crm.org_user("Dana"), crm.org_user("Robin"));
    let hub = crm.portal_user("Dana");
    let first = crm.contact(&dana, json!({})).await;
    crm.contact(&dana, json!({ "OwnerId": robin.id })).await;
    crm.contact(&robin, json!({})).await;
    crm.hub_contact(&hub, json!({ "hubspot_owner_id": hub.owner_id }))
        .await;
    crm.hub_contact(&hub, json!({})).await;

    for (query, expected) in [
        ("crm=salesforce".to_owned(), vec![1, 2, 3]),
        ("crm=hubspot".to_owned(), vec![4, 5]),
        (format!("org={}", crm.org), vec![1, 2, 3]),
        (format!("org={}", &crm.org[..15]), vec![1, 2, 3]),
        ("object=contact".to_owned(), vec![1, 2, 3]),
        (format!("record={first}"), vec![1]),
        (format!("record={}", &first[..15]), vec![1]),
        (format!("owner={}", robin.id), vec![2, 3]),
        ("owner=".to_owned(), vec![5]),
        (
            format!("owner={}", hub.owner_id.as_deref().unwrap()),
            vec![4],
        ),
        (format!("created_by={}", dana.id), vec![1, 2]),
        (
            format!("created_by={}&owner={}", dana.id, robin.id),
            vec![2],
        ),
        (
            format!("token={}", robin.token_id.as_deref().unwrap()),
            vec![3],
        ),
        ("after=3".to_owned(), vec![4, 5]),
        ("limit=2".to_owned(), vec![1, 2]),
        ("order=newest&limit=2".to_owned(), vec![5, 4]),
        (
            format!("order=newest&limit=1&created_by={}", dana.id),
            vec![2],
        ),
        ("owner=nobody".to_owned(), vec![]),
        ("object=Account".to_owned(), vec![]),
    ] {
        assert_eq!(rows(&crm, &query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_a_gap() {
    let crm = seeded().await;
    let (dana, hub) = (crm.org_user("Dana"), crm.portal_user("Dana"));
    for _ in 0..3 {
        crm.contact(&dana, json!({})).await;
        crm.hub_contact(&hub, json!({})).await;
    }

    let (mut after, mut seen) = (0, Vec::new());
    for _ in 0..4 {
        let (_, page) = crm
            .control
            .get(&format!("/creates?limit=2&after={after}"))
            .await;
        seen.extend(sequences(&page));
        after = page["last_sequence"].as_u64().unwrap();
    }

    assert_eq!((seen, after), ((1..=6).collect(), 6));
}

#[tokio::test]
async fn a_rust_test_asks_the_same_question() {
    let crm = seeded().await;
    let dana = crm.org_user("Dana");
    let contact = crm.contact(&dana, json!({})).await;

    let newest = crm.control.crm.creates(&CreateQuery {
        created_by: Some(dana.id.clone()),
        owner: Some(dana.id.clone()),
        order: Order::Newest,
        limit: 50,
        ..CreateQuery::default()
    });

    assert_eq!(newest.creates.len(), 1);
    assert_eq!(newest.creates[0].record, contact);
    assert_eq!(newest.creates[0].owner_reason, "caller_default");
}

#[tokio::test]
async fn a_change_of_ownership_is_a_row_of_its_own() {
    let crm = seeded().await;
    let (dana, robin) = (crm.org_user("Dana"), crm.org_user("Robin"));
    let contact = crm.contact(&dana, json!({})).await;
    crm.give(&dana, &contact, &robin.id).await;

    let (_, answer) = crm.control.get(&format!("/changes?record={contact}")).await;

    let row = &answer["changes"][0];
    let (_, document) = crm.control.get("/openapi.json").await;
    assert_described(&document, "Change", row);
    assert_eq!(row["sequence"], 2);
    assert_eq!(
        (&row["owner_before"], &row["owner"]),
        (&json!(dana.id), &json!(robin.id))
    );
    assert_eq!(
        rows(&crm, &format!("record={contact}&owner={}", dana.id)).await,
        [1]
    );
}
