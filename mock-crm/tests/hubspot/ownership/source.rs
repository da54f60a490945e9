//! What HubSpot shows of who and what created a record, by kind of credential.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};
use crate::ownership::STAMPS;
use mock_crm::hubspot::spec::CreatedByPolicy;

#[tokio::test]
async fn an_app_of_the_account_shows_the_app_and_no_user() {
    let crm = TestPortal::new();

    let id = crm.given_contact(json!({})).await;

    let stamps = crm.contact(&id, STAMPS).await;
    assert_eq!(stamps["hs_object_source"], "INTEGRATION");
    assert_eq!(stamps["hs_object_source_id"], "9280840");
    assert_eq!(stamps["hs_object_source_detail_1"], "Sync app");
    assert_eq!(stamps["hs_created_by_user_id"], Value::Null);
    assert_eq!(stamps["hs_object_source_user_id"], Value::Null);
}

#[tokio::test]
async fn the_policy_decides_which_user_is_shown() {
    let shown = async |client_id: &str, policy| {
        let crm = TestPortal::with(|spec| spec.switches.created_by_policy = policy);
        let crm = crm.with_token_of("Sam Low", client_id);
        let id = crm.given_contact(json!({})).await;
        let shown = crm.contact(&id, STAMPS).await["hs_created_by_user_id"].clone();
        shown == *crm.user_id("Sam Low")
    };

    assert!(shown("personal", CreatedByPolicy::Observed).await);
    assert!(shown("main", CreatedByPolicy::InstallingUser).await);
    assert!(!shown("main", CreatedByPolicy::Observed).await);
    assert!(!shown("personal", CreatedByPolicy::None).await);
}

#[tokio::test]
async fn the_source_stays_with_the_first_app_and_history_names_the_second() {
    let mut crm = TestPortal::new();
    let id = crm.given_contact(json!({ "firstname": "Ann" })).await;
    crm.use_token(&crm.token_of("Sam Low", "other"));
    crm.advance(60);

    crm.patch(
        &format!("{CONTACTS}/{id}"),
        json!({ "properties": { "firstname": "Anna" } }),
    )
    .await
    .expect(200);

    let read = crm
        .get(&format!(
            "{CONTACTS}/{id}?properties=hs_object_source_id&propertiesWithHistory=firstname"
        ))
        .await;
    assert_eq!(read.property("hs_object_source_id"), "9280840");
    let entry = |value, minute, app| {
        json!({
            "value": value, "timestamp": format!("2026-01-01T00:0{minute}:00.000Z"),
            "sourceType": "INTEGRATION", "sourceId": app,
        })
    };
    let history = json!([entry("Anna", 1, "9280841"), entry("Ann", 0, "9280840")]);
    assert_eq!(read.body["propertiesWithHistory"]["firstname"], history);
}

#[tokio::test]
async fn nobody_can_write_who_created_a_record() {
    let crm = TestPortal::new();

    for name in [
        "hs_created_by_user_id",
        "hs_object_source",
        "hs_object_source_id",
        "hs_object_source_user_id",
        "hs_createdate",
        "createdate",
    ] {
        let answer = crm
            .post(CONTACTS, json!({ "properties": { name: "1" } }))
            .await
            .expect(400);
        assert_eq!(
            answer.body["errors"][0]["code"], "READ_ONLY_VALUE",
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_private_app_is_its_own_source() {
    let mut crm = TestPortal::new();
    let token = crm.hubspot.tokens(&crm.portal)[0].grant.clone();
    crm.use_token(&token.text);

    let id = crm.given_contact(json!({})).await;

    let stamps = crm.contact(&id, STAMPS).await;
    assert_eq!(stamps["hs_object_source_id"], token.app.as_deref().unwrap());
    assert_eq!(crm.creates()[0].created_by, crm.user_id("Sam Low"));
}

#[tokio::test]
async fn a_token_of_one_portal_sees_nothing_of_another() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({})).await;
    let elsewhere = crm
        .hubspot
        .open(crate::harness::people_of_every_kind(), None)
        .unwrap();
    let foreign = crm.hubspot.issue(&elsewhere, "Dana Reyes", "main").unwrap();

    let mut crm = crm;
    crm.use_token(&foreign.access.grant.text);

    crm.get(&format!("{CONTACTS}/{id}")).await.expect(404);
}
