//! Definitions many at a time: batches, groups, and the lists of older clients.

use serde_json::json;

use crate::harness::TestPortal;
use crate::properties::{PROPERTIES, definition, text};

#[tokio::test]
async fn batches_make_read_and_archive() {
    let crm = TestPortal::new();
    let inputs = json!({ "inputs": [text("one"), text("email"), text("two"), text("two")] });
    let names = json!({ "inputs": [{ "name": "one" }, { "name": "nothing" }] });

    let made = crm
        .post(&format!("{PROPERTIES}/batch/create"), inputs)
        .await
        .expect(207);
    let read = crm
        .post(&format!("{PROPERTIES}/batch/read"), names.clone())
        .await
        .expect(207);
    crm.post(&format!("{PROPERTIES}/batch/archive"), names.clone())
        .await
        .expect(204);

    assert_eq!(made.body["results"].as_array().map(Vec::len), Some(2));
    let expected = json!({
        "status": "error", "category": "OBJECT_ALREADY_EXISTS", "subCategory": "Properties.PROPERTY_WITH_NAME_EXISTS",
        "message": "A property named 'email' already exists.", "context": { "name": ["email"] },
    });
    assert_eq!(
        (&made.body["numErrors"], &made.body["errors"][0]),
        (&json!(2), &expected)
    );
    assert_eq!(read.body["results"][0]["name"], "one");
    assert_eq!(read.body["errors"][0]["category"], "OBJECT_NOT_FOUND");
    let archived = json!({ "archived": true, "inputs": [{ "name": "one" }] });
    let read = crm
        .post(&format!("{PROPERTIES}/batch/read"), archived)
        .await
        .expect(200);
    assert_eq!(read.body["results"][0]["archived"], true);
    let bad = json!({ "inputs": [text("three"), text("Bad Name")] });
    crm.post(&format!("{PROPERTIES}/batch/create"), bad)
        .await
        .expect(400);
    crm.get(&format!("{PROPERTIES}/three")).await.expect(404);
    let own = json!({ "inputs": [{ "name": "two" }, { "name": "email" }] });
    crm.post(&format!("{PROPERTIES}/batch/archive"), own)
        .await
        .expect(400);
    crm.get(&format!("{PROPERTIES}/two")).await.expect(200);
    crm.post(&format!("{PROPERTIES}/batch/read"), json!({ "inputs": [] }))
        .await
        .expect(400);
}

#[tokio::test]
async fn groups_are_made_changed_used_and_archived() {
    let crm = TestPortal::new();
    let groups = format!("{PROPERTIES}/groups");
    let new = json!({ "name": "sync", "label": "Sync" });

    let made = crm.post(&groups, new.clone()).await.expect(201);

    let expected =
        json!({ "name": "sync", "label": "Sync", "displayOrder": -1, "archived": false });
    assert_eq!(made.body, expected);
    assert!(made.headers.contains_key("location"));
    crm.post(&groups, new.clone()).await.expect(409);
    let path = format!("{groups}/sync");
    crm.patch(&path, json!({ "label": "Synced", "displayOrder": 2 }))
        .await
        .expect(200);
    assert_eq!(crm.get(&path).await.expect(200).body["label"], "Synced");
    let mut property = text("in_group");
    property["groupName"] = json!("sync");
    crm.post(PROPERTIES, property).await.expect(201);
    crm.delete(&path).await.expect(400);
    crm.delete(&format!("{PROPERTIES}/in_group"))
        .await
        .expect(204);
    crm.delete(&path).await.expect(204);
    crm.get(&path).await.expect(404);
    crm.post(&groups, new).await.expect(201);
    crm.delete(&format!("{groups}/contactinformation"))
        .await
        .expect(400);
    let list = crm.get(&groups).await.expect(200);
    assert_eq!(list.body["results"][0]["name"], "contactinformation");
}

#[tokio::test]
async fn older_clients_get_a_bare_list() {
    let crm = TestPortal::new();
    crm.post(PROPERTIES, definition("tier")).await.expect(201);

    let list = crm
        .get("/properties/v2/contacts/properties")
        .await
        .expect(200);
    let deals = crm.get("/properties/v1/deals/properties").await.expect(200);
    crm.get("/properties/v2/contacts/groups").await.expect(501);

    let all = list.body.as_array().unwrap();
    let tier = all
        .iter()
        .find(|property| property["name"] == "tier")
        .unwrap();
    assert_eq!(
        (&tier["deleted"], &tier["createdAt"]),
        (&json!(false), &json!(1_767_225_600_000_u64))
    );
    assert_eq!(tier["options"][0]["value"], "gold");
    assert!(
        deals
            .body
            .as_array()
            .unwrap()
            .iter()
            .any(|property| property["name"] == "dealstage")
    );
}

#[tokio::test]
async fn companies_have_a_path_of_their_own_for_their_properties() {
    let crm = TestPortal::new();

    let own = crm.get("/companies/v2/properties").await.expect(200);

    let same = crm.get("/properties/v1/companies/properties").await;
    assert_eq!(own.body, same.expect(200).body);
    assert!(own.body.as_array().is_some_and(|all| all.len() > 10));
    crm.get("/companies/v1/properties").await.expect(501);
    crm.get("/companies/v2/companies/paged").await.expect(501);
}
