//! Records, people and definitions.

use serde_json::json;

use super::two_portals::{SAME, TwoPortals};
use crate::harness::CONTACTS;

/// Doors: method, path and body, with the red contact, its company and the red Dana in braces.
///
/// Each is tried with a token of the blue portal.
const DOORS: [(&str, &str, &str); 43] = [
    ("GET", "/crm/v3/objects/contacts?properties=lastname", ""),
    (
        "GET",
        "/crm/v3/objects/contacts/{contact}?properties=lastname",
        "",
    ),
    ("GET", "/crm/objects/2026-03/0-1/{contact}", ""),
    (
        "GET",
        "/crm/v3/objects/contacts/same@x.example?idProperty=email&properties=lastname",
        "",
    ),
    (
        "GET",
        "/crm/v3/objects/contacts/a1?idProperty=apollo_id&properties=lastname",
        "",
    ),
    (
        "PATCH",
        "/crm/v3/objects/contacts/{contact}",
        r#"{"properties":{"lastname":"Stolen"}}"#,
    ),
    (
        "PATCH",
        "/crm/v3/objects/contacts/same@x.example?idProperty=email",
        r#"{"properties":{"lastname":"Other"}}"#,
    ),
    ("DELETE", "/crm/v3/objects/contacts/{contact}", ""),
    (
        "POST",
        "/crm/v3/objects/contacts",
        r#"{"properties":{"lastname":"New","email":"new@x.example"}}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts",
        r#"{"properties":{"hubspot_owner_id":"{owner}"}}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts",
        r#"{"properties":{},"associations":[{"to":{"id":"{company}"},"types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]}]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/batch/create",
        r#"{"inputs":[{"properties":{"hubspot_owner_id":"{owner}"}}]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/batch/read",
        r#"{"inputs":[{"id":"{contact}"}],"properties":["lastname"]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/batch/read",
        r#"{"idProperty":"email","inputs":[{"id":"same@x.example"}],"properties":["lastname"]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/batch/update",
        r#"{"inputs":[{"id":"{contact}","properties":{"lastname":"Stolen"}}]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/batch/upsert",
        r#"{"inputs":[{"id":"same@x.example","idProperty":"email","properties":{"lastname":"Other"}}]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/batch/archive",
        r#"{"inputs":[{"id":"{contact}"}]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/search",
        r#"{"properties":["lastname"]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/search",
        r#"{"query":"same","properties":["lastname"]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/search",
        r#"{"filterGroups":[{"filters":[{"propertyName":"email","operator":"EQ","value":"same@x.example"}]}],"properties":["lastname"]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/search",
        r#"{"filterGroups":[{"filters":[{"propertyName":"hs_object_id","operator":"EQ","value":"{contact}"}]}]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/contacts/search",
        r#"{"filterGroups":[{"filters":[{"propertyName":"associations.company","operator":"EQ","value":"{company}"}]}]}"#,
    ),
    (
        "POST",
        "/crm/v3/objects/companies/search",
        r#"{"query":"red"}"#,
    ),
    ("GET", "/crm/v3/objects/companies/{company}", ""),
    (
        "GET",
        "/crm/v4/objects/contacts/{contact}/associations/companies",
        "",
    ),
    (
        "PUT",
        "/crm/v4/objects/contacts/{contact}/associations/default/companies/{company}",
        "",
    ),
    (
        "PUT",
        "/crm/v4/objects/contacts/{contact}/associations/companies/{company}",
        r#"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]"#,
    ),
    (
        "DELETE",
        "/crm/v4/objects/contacts/{contact}/associations/companies/{company}",
        "",
    ),
    (
        "POST",
        "/crm/v3/associations/contacts/companies/batch/create",
        r#"{"inputs":[{"from":{"id":"{contact}"},"to":{"id":"{company}"},"type":"contact_to_company"}]}"#,
    ),
    (
        "POST",
        "/crm/v4/associations/contacts/companies/batch/read",
        r#"{"inputs":[{"id":"{contact}"}]}"#,
    ),
    (
        "POST",
        "/crm/v4/associations/contacts/companies/batch/associate/default",
        r#"{"inputs":[{"from":{"id":"{contact}"},"to":{"id":"{company}"}}]}"#,
    ),
    ("GET", "/crm/v3/owners/{owner}", ""),
    ("GET", "/crm/v3/owners/{user}?idProperty=userId", ""),
    ("GET", "/crm/v3/owners", ""),
    ("GET", "/settings/v3/users/{user}", ""),
    ("GET", "/settings/v3/users", ""),
    ("GET", "/settings/v3/users/teams", ""),
    ("GET", "/crm/v3/objects/users", ""),
    ("GET", "/crm/v3/properties/contacts", ""),
    ("GET", "/crm/v3/properties/contacts/apollo_id", ""),
    (
        "POST",
        "/crm/v3/objects/contacts/gdpr-delete",
        r#"{"objectId":"{contact}"}"#,
    ),
    ("GET", "/crm-object-schemas/v3/schemas/contacts", ""),
    ("GET", "/account-info/v3/details", ""),
];

#[tokio::test]
async fn a_token_opens_no_door_of_the_other_portal() {
    for door in DOORS {
        TwoPortals::new().await.check_door(door).await;
    }
}

#[tokio::test]
async fn the_other_portals_ids_are_as_good_as_none() {
    let mut two = TwoPortals::new().await;
    let (red, blue) = (two.red_token.clone(), two.blue_token.clone());
    let path = format!("{CONTACTS}/{}", two.contact);
    let owner = two.fill(r#"{"properties":{"hubspot_owner_id":"{owner}"}}"#);

    let read = two.ask(&blue, "GET", &path, "").await.expect(404);
    let owned = two.ask(&blue, "POST", CONTACTS, &owner).await.expect(400);
    two.ask(&blue, "DELETE", &path, "").await.expect(204);
    two.ask(&red, "GET", &path, "").await.expect(200);
    two.ask(&red, "POST", CONTACTS, &owner).await.expect(201);

    assert_eq!(read.body["category"], "OBJECT_NOT_FOUND");
    assert_eq!(owned.body["errors"][0]["code"], "INVALID_OWNER_ID");
}

#[tokio::test]
async fn a_record_of_the_other_portal_is_not_merged() {
    let mut two = TwoPortals::new().await;
    let (red, blue) = (two.red_token.clone(), two.blue_token.clone());
    let path = format!("{CONTACTS}/merge");
    let contact = json!({ "properties": { "email": "n@x.example" } }).to_string();
    let other = two
        .ask(&blue, "POST", CONTACTS, &contact)
        .await
        .expect(201)
        .id();
    let merge = |primary: &str, merged: &str| {
        json!({ "primaryObjectId": primary, "objectIdToMerge": merged }).to_string()
    };
    for (primary, merged) in [
        (&two.contact.clone(), &other),
        (&other, &two.contact.clone()),
    ] {
        let answer = two.ask(&blue, "POST", &path, &merge(primary, merged)).await;
        assert!(answer.status.is_client_error(), "{}", answer.body);
        two.check_red("merge").await;
    }
    let own = two
        .ask(&red, "POST", CONTACTS, &contact)
        .await
        .expect(201)
        .id();
    let body = merge(&two.contact, &own);
    two.ask(&red, "POST", &path, &body).await.expect(200);
}

#[tokio::test]
async fn an_address_is_taken_in_its_own_portal_only() {
    let mut two = TwoPortals::new().await;
    let blue = two.blue_token.clone();
    let new = json!({ "properties": { "email": "only@red.example" } }).to_string();
    let same = json!({ "properties": { "email": SAME } }).to_string();
    let red = two.red_token.clone();
    two.ask(&red, "POST", CONTACTS, &new).await.expect(201);

    two.ask(&blue, "POST", CONTACTS, &new).await.expect(201);
    let taken = two.ask(&blue, "POST", CONTACTS, &same).await.expect(409);

    let message = taken.body["message"].as_str().unwrap();
    assert!(!message.ends_with(&two.contact), "{message}");
}
