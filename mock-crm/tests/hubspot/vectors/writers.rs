//! Who wrote: apps, tokens, portals.

use http::Method;
use serde_json::{Value, json};

use super::{audit, nothing_written};
use crate::harness::{CONTACTS, TestPortal, people_of_every_kind};
use mock_crm::hubspot::spec::ServiceKeySpec;
use mock_crm::identity::TokenKind;

/// The app id of a public app.
fn app_id(crm: &TestPortal, client_id: &str) -> String {
    let apps = crm.portal.apps();
    let mut found = apps.iter().filter(|app| app.client_id() == Some(client_id));
    found.next().unwrap().app_id.to_string()
}

#[tokio::test]
async fn v11_an_upsert_stamps_a_creator_only_where_it_creates() {
    let mut crm = TestPortal::new();
    let upsert = json!({ "inputs": [
        { "idProperty": "email", "id": "a@x.example", "properties": { "city": "Oslo" } },
    ] });
    let path = format!("{CONTACTS}/batch/upsert");

    let first = crm.post(&path, upsert.clone()).await.expect(200);
    crm.use_token(&crm.token_of("Sam Low", "other"));
    let second = crm.post(&path, upsert).await.expect(200);

    let record = |body: &Value| body["results"][0].clone();
    assert_eq!(record(&first.body)["new"], true);
    assert_eq!(record(&second.body)["new"], false);
    let id = record(&second.body)["id"].as_str().unwrap().to_owned();
    let read = audit(&crm, &id).await;
    assert_eq!(read["hs_object_source_id"], app_id(&crm, "main"));
    let [row] = &crm.creates()[..] else {
        panic!("one create")
    };
    assert_eq!(row.created_by, crm.user_id("Dana Reyes"));
}

#[tokio::test]
async fn v12_one_bad_owner_fails_a_batch_whole() {
    let crm = TestPortal::new();
    let good = crm.owner_id("Dana Reyes");
    let input = |owner: &str| json!({ "properties": { "hubspot_owner_id": owner } });
    let inputs = [input(&good), input(&crm.user_id("Sam Low")), input(&good)];

    let path = format!("{CONTACTS}/batch/create");
    let refused = crm.post(&path, json!({ "inputs": inputs })).await;

    super::refused_as_owner(refused);
    nothing_written(&crm);
    let list = crm.get(CONTACTS).await.expect(200);
    assert_eq!(list.body["results"], json!([]));
}

#[tokio::test]
async fn v13_the_source_stays_with_the_first_app_and_history_names_the_second() {
    let mut crm = TestPortal::new();
    let id = crm.given_contact(json!({ "city": "Oslo" })).await;
    crm.use_token(&crm.token_of("Sam Low", "other"));

    let path = format!("{CONTACTS}/{id}");
    let body = json!({ "properties": { "city": "Bergen" } });
    crm.patch(&path, body).await.expect(200);

    let (a, b) = (app_id(&crm, "main"), app_id(&crm, "other"));
    let read = audit(&crm, &id).await;
    assert_eq!(read["hs_object_source_id"], a);
    let history = crm.get(&format!("{path}?propertiesWithHistory=city")).await;
    let sources: Vec<&str> = history.body["propertiesWithHistory"]["city"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["sourceId"].as_str().unwrap())
        .collect();
    assert_eq!(sources, [b, a]);
}

#[tokio::test]
async fn v14_a_refreshed_token_is_the_same_app_portal_and_user() {
    let mut crm = TestPortal::new();
    let issued = crm.hubspot.issue(&crm.portal, "Sam Low", "main").unwrap();
    let form = format!(
        "grant_type=refresh_token&client_id=main&client_secret=secret&refresh_token={}",
        issued.refresh.grant.text
    );

    let answer = crm.send(Method::POST, "/oauth/v1/token", form).await;
    let answer = answer.expect(200);
    crm.use_token(answer.body["access_token"].as_str().unwrap());
    let id = crm.given_contact(json!({})).await;

    let sam = crm.user_id("Sam Low");
    assert_eq!(answer.body["user_id"].to_string(), sam);
    assert_eq!(answer.body["hub_id"], 62515);
    let read = audit(&crm, &id).await;
    assert_eq!(read["hs_object_source_id"], app_id(&crm, "main"));
    assert_eq!(crm.creates()[0].created_by, sam);
}

#[tokio::test]
async fn v15_one_app_in_two_portals_is_two_worlds() {
    let mut crm = TestPortal::new();
    let here = crm.given_contact(json!({})).await;
    let elsewhere = crm.hubspot.open(people_of_every_kind(), None).unwrap();
    let foreign = crm.hubspot.issue(&elsewhere, "Sam Low", "main").unwrap();
    crm.use_token(&foreign.access.grant.text);

    let there = crm.given_contact(json!({})).await;

    assert_ne!(here, there);
    crm.get(&format!("{CONTACTS}/{here}")).await.expect(404);
    crm.get(&format!("{CONTACTS}/{there}")).await.expect(200);
    let rows = crm.creates();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].org, "62515");
    assert_eq!(rows[0].created_by, crm.user_id("Dana Reyes"));
}

#[tokio::test]
async fn v16_a_private_app_and_a_service_key_are_their_own_sources() {
    let mut crm = TestPortal::with(|spec| {
        spec.service_keys.push(ServiceKeySpec {
            user: "Sam Low".to_owned(),
            ..ServiceKeySpec::default()
        });
    });
    let tokens = crm.hubspot.tokens(&crm.portal);
    let mut sources = Vec::new();

    for kind in [TokenKind::PrivateApp, TokenKind::ServiceKey] {
        let own = tokens.iter().find(|token| token.grant.kind == kind);
        let grant = &own.unwrap().grant;
        crm.use_token(&grant.text);
        let id = crm.given_contact(json!({})).await;

        let read = audit(&crm, &id).await;
        assert_eq!(read["hs_object_source"], "INTEGRATION");
        assert_eq!(read["hs_object_source_id"], grant.app.as_deref().unwrap());
        for name in ["hs_object_source_user_id", "hs_created_by_user_id"] {
            assert_eq!(read[name], Value::Null, "{name}");
        }
        sources.push(read["hs_object_source_id"].clone());
    }

    assert_ne!(sources[0], sources[1]);
    let creators: Vec<String> = crm
        .creates()
        .into_iter()
        .map(|row| row.created_by)
        .collect();
    assert_eq!(creators, [crm.user_id("Sam Low"), crm.user_id("Sam Low")]);
}

#[tokio::test]
async fn v17_creator_and_source_are_read_only_on_every_door() {
    let crm = TestPortal::new();
    let id = crm.given_contact(json!({ "email": "a@x.example" })).await;

    for name in [
        "hs_created_by_user_id",
        "hs_updated_by_user_id",
        "hs_object_source",
        "hs_object_source_label",
        "hs_object_source_id",
        "hs_object_source_user_id",
        "hs_object_source_detail_1",
        "hs_createdate",
    ] {
        let properties = json!({ name: "1" });
        let input = |id: &str| json!({ "inputs": [{ "id": id, "properties": properties }] });
        let by_email = json!({ "inputs": [
            { "id": "b@x.example", "idProperty": "email", "properties": properties },
        ] });
        let single = json!({ "properties": properties });
        let batch = |action: &str| format!("{CONTACTS}/batch/{action}");
        let answers = [
            crm.post(CONTACTS, single.clone()).await,
            crm.patch(&format!("{CONTACTS}/{id}"), single).await,
            crm.post(&batch("create"), input(&id)).await,
            crm.post(&batch("update"), input(&id)).await,
            crm.post(&batch("upsert"), by_email).await,
        ];
        for answer in answers {
            let answer = answer.expect(400);
            assert_eq!(
                answer.body["errors"][0]["code"], "READ_ONLY_VALUE",
                "{name}"
            );
        }
    }
    assert_eq!(crm.creates().len(), 1);
}
