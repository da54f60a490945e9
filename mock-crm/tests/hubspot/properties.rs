//! Definitions: made, changed, archived, and at work at once.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};

pub(crate) const PROPERTIES: &str = "/crm/v3/properties/contacts";

pub(crate) fn definition(name: &str) -> Value {
    json!({
        "name": name, "label": "Tier", "type": "enumeration", "fieldType": "select",
        "groupName": "contactinformation",
        "options": [{ "label": "Gold", "value": "gold" }, { "label": "Iron", "value": "iron", "hidden": true, "displayOrder": 7 }],
    })
}

pub(crate) fn text(name: &str) -> Value {
    json!({ "name": name, "label": name, "type": "string", "fieldType": "text", "groupName": "contactinformation" })
}

#[tokio::test]
async fn a_property_is_made_with_all_that_the_wire_shows() {
    let crm = TestPortal::new();
    crm.advance(60);

    let made = crm.post(PROPERTIES, definition("tier")).await.expect(201);

    let user = crm.user_id("Dana Reyes");
    let expected = json!({
        "name": "tier", "label": "Tier", "type": "enumeration", "fieldType": "select", "description": "",
        "groupName": "contactinformation",
        "options": [
            { "label": "Gold", "value": "gold", "displayOrder": 0, "hidden": false },
            { "label": "Iron", "value": "iron", "displayOrder": 7, "hidden": true },
        ],
        "displayOrder": -1, "calculated": false, "externalOptions": false, "hasUniqueValue": false, "hidden": false,
        "hubspotDefined": false, "formField": false, "dataSensitivity": "non_sensitive", "archived": false,
        "modificationMetadata": {
            "archivable": true, "readOnlyDefinition": false, "readOnlyValue": false, "readOnlyOptions": false,
        },
        "createdAt": "2026-01-01T00:01:00.000Z", "updatedAt": "2026-01-01T00:01:00.000Z",
        "createdUserId": user, "updatedUserId": user,
    });
    assert_eq!(made.body, expected);
    assert_eq!(
        made.headers["location"],
        "https://api.hubapi.com/crm/v3/properties/contacts/tier"
    );
    for path in [
        "/crm/v3/properties/0-1/tier",
        "/crm/properties/2026-03/contact/tier",
    ] {
        assert_eq!(crm.get(path).await.expect(200).body, expected);
    }
}

#[tokio::test]
async fn a_property_works_at_once_and_in_its_portal_only() {
    let crm = TestPortal::new();
    let other = TestPortal::with(|spec| spec.id = Some(99));
    let search = json!({ "filterGroups": [{ "filters": [{ "propertyName": "tier", "operator": "EQ", "value": "gold" }] }] });
    let new = json!({ "properties": { "email": "a@b.co", "tier": "gold" } });
    let refused = crm.post(CONTACTS, new.clone()).await.expect(400);
    assert_eq!(refused.body["errors"][0]["code"], "PROPERTY_DOESNT_EXIST");

    crm.post(PROPERTIES, definition("tier")).await.expect(201);

    let id = crm.post(CONTACTS, new.clone()).await.expect(201).id();
    let found = crm
        .post(&format!("{CONTACTS}/search"), search)
        .await
        .expect(200);
    assert_eq!(
        (&found.body["total"], &found.body["results"][0]["id"]),
        (&json!(1), &json!(id))
    );
    let wrong = json!({ "properties": { "tier": "lead" } });
    let wrong = crm
        .patch(&format!("{CONTACTS}/{id}"), wrong)
        .await
        .expect(400);
    assert_eq!(wrong.body["errors"][0]["code"], "INVALID_OPTION");
    other.post(CONTACTS, new).await.expect(400);
    other.get(&format!("{PROPERTIES}/tier")).await.expect(404);
}

#[tokio::test]
async fn a_name_that_is_taken_is_a_conflict() {
    let crm = TestPortal::new();
    crm.post(PROPERTIES, definition("tier")).await.expect(201);

    let own = crm.post(PROPERTIES, definition("tier")).await.expect(409);
    let hubspots = crm.post(PROPERTIES, text("email")).await.expect(409);

    assert_eq!(
        own.body["message"],
        "A property named 'tier' already exists."
    );
    for answer in [own, hubspots] {
        assert_eq!(answer.body["category"], "OBJECT_ALREADY_EXISTS");
        assert_eq!(
            answer.body["subCategory"],
            "Properties.PROPERTY_WITH_NAME_EXISTS"
        );
    }
}

#[tokio::test]
async fn what_has_to_be_there_is_named_and_nothing_wrong_gets_in() {
    let crm = TestPortal::new();

    let group = crm
        .post(&format!("{PROPERTIES}/groups"), json!({}))
        .await
        .expect(400);
    assert_eq!(
        group.body["message"],
        "Invalid input JSON on line 1, column 2. Some required fields were not set: [label, name]"
    );
    assert_eq!(group.body.get("category"), None);
    for (field, value) in [
        ("name", json!("Upper")),
        ("name", json!("")),
        ("name", json!("1st")),
        ("type", json!("text")),
        ("fieldType", json!("checkbox")),
        ("groupName", json!("nowhere")),
        ("dataSensitivity", json!("sensitive")),
        ("fieldType", json!("calculation_equation")),
        ("label", json!(["x"])),
    ] {
        let mut body = text("fine");
        body[field] = value;
        let answer = crm.post(PROPERTIES, body).await;
        assert!(
            [400, 501].contains(&answer.status.as_u16()),
            "{field}: {}",
            answer.body
        );
    }
    let mut twice = definition("tier");
    twice["options"][1]["value"] = json!("gold");
    crm.post(PROPERTIES, twice).await.expect(400);
    crm.get(&format!("{PROPERTIES}/fine")).await.expect(404);
}

#[tokio::test]
async fn a_property_changes_but_hubspots_own_do_not() {
    let crm = TestPortal::new();
    crm.post(PROPERTIES, definition("tier")).await.expect(201);
    crm.advance(60);
    let change = json!({
        "label": "Level", "options": [{ "label": "Lead", "value": "lead" }], "description": "d", "hidden": true,
        "displayOrder": 3, "name": "other", "hasUniqueValue": true,
    });

    let changed = crm
        .patch(&format!("{PROPERTIES}/tier"), change)
        .await
        .expect(200)
        .body;

    assert_eq!(changed["name"], "tier");
    assert_eq!(changed["label"], "Level");
    assert_eq!(changed["hasUniqueValue"], false);
    assert_eq!(
        (&changed["hidden"], &changed["displayOrder"]),
        (&json!(true), &json!(3))
    );
    assert_eq!(changed["createdAt"], "2026-01-01T00:00:00.000Z");
    assert_eq!(changed["updatedAt"], "2026-01-01T00:01:00.000Z");
    crm.given_contact(json!({ "email": "a@b.co", "tier": "lead" }))
        .await;
    crm.patch(&format!("{PROPERTIES}/email"), json!({ "label": "x" }))
        .await
        .expect(400);
    crm.delete(&format!("{PROPERTIES}/hubspot_owner_id"))
        .await
        .expect(400);
    crm.patch(&format!("{PROPERTIES}/nothing"), json!({ "label": "x" }))
        .await
        .expect(404);
    // One of the specification can be changed, too.
    let seeded = crm
        .patch(&format!("{PROPERTIES}/score"), json!({ "label": "Points" }))
        .await;
    assert_eq!(
        seeded.expect(200).body["createdAt"],
        "2026-01-01T00:00:00.000Z"
    );
}

#[tokio::test]
async fn an_archived_property_is_listed_apart_and_takes_no_values() {
    let crm = TestPortal::new();
    crm.post(PROPERTIES, definition("tier")).await.expect(201);
    let id = crm
        .given_contact(json!({ "email": "a@b.co", "tier": "gold" }))
        .await;

    crm.delete(&format!("{PROPERTIES}/tier")).await.expect(204);

    crm.get(&format!("{PROPERTIES}/tier")).await.expect(404);
    crm.delete(&format!("{PROPERTIES}/tier")).await.expect(404);
    let archived = crm
        .get(&format!("{PROPERTIES}/tier?archived=true"))
        .await
        .expect(200);
    assert_eq!(archived.body["archived"], true);
    assert_eq!(archived.body["archivedAt"], "2026-01-01T00:00:00.000Z");
    let list = crm
        .get(&format!("{PROPERTIES}?archived=True"))
        .await
        .expect(200);
    assert_eq!(list.body["results"], json!([archived.body]));
    assert_eq!(crm.contact(&id, "tier").await.get("tier"), None);
    let write = json!({ "properties": { "tier": "gold" } });
    crm.patch(&format!("{CONTACTS}/{id}"), write)
        .await
        .expect(400);
    crm.post(PROPERTIES, definition("tier")).await.expect(201);
    assert_eq!(crm.contact(&id, "tier").await["tier"], "gold");
}

#[tokio::test]
async fn a_unique_property_addresses_records_and_there_are_ten_at_most() {
    let crm = TestPortal::new();
    let unique = |name: &str| {
        let mut body = text(name);
        body["hasUniqueValue"] = json!(true);
        body
    };
    crm.post(PROPERTIES, unique("key_1")).await.expect(201);
    let id = crm
        .given_contact(json!({ "email": "a@b.co", "key_1": "k" }))
        .await;

    let found = crm
        .get(&format!("{CONTACTS}/k?idProperty=key_1"))
        .await
        .expect(200);
    let taken = json!({ "properties": { "email": "c@d.co", "key_1": "k" } });
    crm.post(CONTACTS, taken).await.expect(400);

    assert_eq!(found.id(), id);
    // The portal was opened with one.
    let batch: Vec<Value> = (2..=9)
        .map(|number| unique(&format!("key_{number}")))
        .collect();
    crm.post(
        &format!("{PROPERTIES}/batch/create"),
        json!({ "inputs": batch }),
    )
    .await
    .expect(201);
    crm.post(PROPERTIES, unique("key_11")).await.expect(400);
    crm.post("/crm/v3/properties/companies", {
        let mut body = unique("key_1");
        body["groupName"] = json!("companyinformation");
        body
    })
    .await
    .expect(201);
}

#[tokio::test]
async fn a_reference_to_owners_takes_owner_ids_and_leaves_the_owner_alone() {
    let crm = TestPortal::new();
    let body = json!({
        "name": "second_owner", "label": "Second owner", "type": "enumeration", "fieldType": "select",
        "groupName": "contactinformation", "externalOptions": true, "referencedObjectType": "OWNER",
    });

    let made = crm.post(PROPERTIES, body).await.expect(201).body;

    assert_eq!(
        (&made["externalOptions"], &made["referencedObjectType"]),
        (&json!(true), &json!("OWNER"))
    );
    let sam = crm.owner_id("Sam Low");
    let id = crm
        .given_contact(json!({ "email": "a@b.co", "second_owner": sam }))
        .await;
    let read = crm.contact(&id, "second_owner,hubspot_owner_id").await;
    assert_eq!(
        (&read["second_owner"], &read["hubspot_owner_id"]),
        (&json!(sam), &Value::Null)
    );
    let filter = json!({ "propertyName": "second_owner", "operator": "EQ", "value": sam });
    let search = json!({ "filterGroups": [{ "filters": [filter] }] });
    let found = crm
        .post(&format!("{CONTACTS}/search"), search)
        .await
        .expect(200);
    assert_eq!(found.body["total"], 1);
    let user = json!({ "properties": { "second_owner": crm.user_id("Sam Low") } });
    let refused = crm
        .patch(&format!("{CONTACTS}/{id}"), user)
        .await
        .expect(400);
    assert_eq!(refused.body["errors"][0]["code"], "INVALID_OWNER_ID");
}

#[tokio::test]
async fn definitions_need_a_scope_of_their_type() {
    let crm = TestPortal::new();
    let reader = crm.token_of("Dana Reyes", "reader");
    let mut crm = crm;
    crm.use_token(&reader);

    crm.get(PROPERTIES).await.expect(200);
    crm.get("/crm/v3/properties/companies").await.expect(403);
    let refused = crm.post(PROPERTIES, text("x")).await.expect(403);
    assert_eq!(refused.body["category"], "MISSING_SCOPES");
    crm.delete(&format!("{PROPERTIES}/score")).await.expect(403);
}

#[tokio::test]
async fn a_property_that_is_made_anew_is_archived_no_more() {
    let crm = TestPortal::new();
    crm.post(PROPERTIES, definition("tier")).await.expect(201);
    crm.delete(&format!("{PROPERTIES}/tier")).await.expect(204);

    crm.post(PROPERTIES, definition("tier")).await.expect(201);

    let archived = format!("{PROPERTIES}?archived=true");
    let archived = crm.get(&archived).await.expect(200);
    assert_eq!(archived.body["results"], json!([]));
    crm.get(&format!("{PROPERTIES}/tier?archived=true"))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_group_that_is_archived_takes_no_property() {
    let crm = TestPortal::new();
    let groups = format!("{PROPERTIES}/groups");
    let group = json!({ "name": "sync", "label": "Sync" });
    crm.post(&groups, group).await.expect(201);
    let in_group = |name: &str| {
        let mut body = text(name);
        body["groupName"] = json!("sync");
        body
    };
    crm.post(PROPERTIES, in_group("before")).await.expect(201);
    crm.delete(&format!("{PROPERTIES}/before"))
        .await
        .expect(204);

    crm.delete(&format!("{groups}/sync")).await.expect(204);

    crm.post(PROPERTIES, in_group("after")).await.expect(400);
}
