//! What is searched, listed and followed.

use http::{Method, StatusCode};
use serde_json::json;

use super::two_orgs::TwoOrgs;

/// Doors that tell of the red contact, or of the red Dana, to the red org.
const DOORS: [(&str, &str, &str); 10] = [
    (
        "GET",
        "/search?q=FIND+%7BRed%7D+RETURNING+Contact(Id,LastName)",
        "",
    ),
    (
        "GET",
        "/parameterizedSearch?q=Red&sobject=Contact&Contact.fields=Id,LastName",
        "",
    ),
    (
        "POST",
        "/parameterizedSearch",
        r#"{"q":"Red","fields":["Id"],"sobjects":[{"name":"Contact"}]}"#,
    ),
    (
        "GET",
        "/sobjects/Contact/updated?start=2025-12-31T00:00:00Z&end=2026-01-01T00:05:00Z",
        "",
    ),
    (
        "GET",
        "/sobjects/Contact/deleted?start=2025-12-31T00:00:00Z&end=2026-01-01T00:05:00Z",
        "",
    ),
    ("GET", "/recent?limit=200", ""),
    ("GET", "/sobjects/Contact", ""),
    ("GET", "/sobjects/Contact/{contact}/Owner", ""),
    ("GET", "/sobjects/Contact/{contact}/CreatedBy?fields=Id", ""),
    ("GET", "/sobjects/Contact/{contact}/ReportsTo", ""),
];

#[tokio::test]
async fn searches_lists_and_paths_lead_to_records_of_their_own_org() {
    let two = TwoOrgs::new().await;
    let (red, blue) = (two.token(&two.crm.org), two.token(&two.blue));
    let gone = json!({ "LastName": "Red", "ReportsToId": two.red_contact });
    let gone = two.crm.given("Dana Reyes", "Contact", gone).await;
    let boss = two
        .crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Boss" }))
        .await;
    let contact = format!("/sobjects/Contact/{}", two.red_contact);
    let reports = format!(r#"{{"ReportsToId":"{boss}"}}"#);
    two.rest(&red, Method::PATCH, &contact, &reports).await;
    two.rest(
        &red,
        Method::DELETE,
        &format!("/sobjects/Contact/{gone}"),
        "",
    )
    .await;
    let recent = [("Sforce-Mru", "updateMru=true")];
    two.crm
        .call_with("Dana Reyes", Method::GET, &contact, "", &recent)
        .await;
    for (method, path, body) in DOORS {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let ask = async |token: &str| {
            two.rest(token, method.clone(), &two.fill(path), &two.fill(body))
                .await
        };

        let (own, foreign) = (ask(&red).await, ask(&blue).await);

        let ids = [&two.red_contact, &gone, &boss, &two.crm.id("Dana Reyes")];
        let tells = |text: &str| ids.iter().any(|id| text.contains(id.as_str()));
        assert!(
            own.status == StatusCode::OK && tells(&own.text),
            "{path}: {}",
            own.text
        );
        assert!(
            !tells(&foreign.text) && !foreign.text.contains("Boss"),
            "{path}: {}",
            foreign.text
        );
    }
}

#[tokio::test]
async fn records_are_counted_and_planned_for_in_their_own_org() {
    let two = TwoOrgs::new().await;
    for _ in 0..3 {
        let more = json!({ "LastName": "Red" });
        two.crm.given("Dana Reyes", "Contact", more).await;
    }
    let mut counts = Vec::new();
    for org in [&two.crm.org, &two.blue] {
        let token = two.token(org);
        let get = async |path: &str| two.rest(&token, Method::GET, path, "").await.body;
        let counted = get("/limits/recordCount?sObjects=Contact").await;
        let plans = get("/query?explain=SELECT+Id+FROM+Contact").await;
        counts.push((
            counted["sObjects"][0]["count"].as_u64(),
            plans["plans"][0]["sobjectCardinality"].as_u64(),
        ));
    }

    assert_eq!(counts, [(Some(4), Some(4)), (Some(1), Some(1))]);
}
