//! Records that others bring along, people who look like others, and what no record can tell.

use http::Method;
use serde_json::{Value, json};

use super::{audit, owned_by};
use crate::harness::{CONTACTS, TestPortal};

#[tokio::test]
async fn v18_an_activity_does_not_inherit_the_owner_of_its_contact() {
    let crm = TestPortal::new();
    let contact = owned_by(&crm, &crm.owner_id("Sam Low"))
        .await
        .expect(201)
        .id();

    for (object, type_id) in [
        ("tasks", 204),
        ("calls", 194),
        ("emails", 198),
        ("notes", 202),
        ("meetings", 200),
    ] {
        let types =
            json!([{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id }]);
        let body = json!({
            "properties": { "hs_timestamp": "2026-01-01T09:00:00Z" },
            "associations": [{ "to": { "id": contact }, "types": types }],
        });
        let path = format!("/crm/v3/objects/{object}");
        let id = crm.post(&path, body).await.expect(201).id();
        let read = crm
            .get(&format!(
                "{path}/{id}?properties=hubspot_owner_id,hs_all_owner_ids"
            ))
            .await;
        assert_eq!(read.property("hubspot_owner_id"), &Value::Null, "{object}");
        assert_eq!(read.property("hs_all_owner_ids"), &Value::Null, "{object}");
    }
}

#[tokio::test]
async fn v19_a_company_that_hubspot_makes_has_no_owner_and_not_the_apps_source() {
    let crm = TestPortal::with(|spec| spec.switches.contact_company_autoassociate = true);

    let owner = crm.owner_id("Dana Reyes");
    crm.given_contact(json!({ "email": "ada@acme.example", "hubspot_owner_id": owner }))
        .await;

    let path = format!("/crm/v3/objects/companies?properties={}", super::AUDIT);
    let list = crm.get(&path).await.expect(200);
    let company = &list.body["results"][0]["properties"];
    assert_eq!(company["hubspot_owner_id"], Value::Null);
    assert_eq!(company["hs_object_source"], "AUTO_ASSOCIATE_BY_DOMAIN");
    assert_eq!(company["hs_object_source_id"], Value::Null);
    let rows = crm.creates();
    assert_eq!(rows[1].object, "companies");
    assert_eq!(rows[1].created_by_reason, "auto_associate_by_domain");
}

/// Dana is an active super admin with an owner; Noa is one without, Gone is archived, Ola has a role that only sounds like it.
#[tokio::test]
async fn v20_of_those_who_look_like_admins_one_can_be_the_owner() {
    let crm = TestPortal::new();

    let users = crm.get("/settings/v3/users/?limit=100").await.expect(200);
    let mut owners = Vec::new();
    for user in users.body["results"].as_array().unwrap() {
        if user["superAdmin"] == true {
            let id = user["id"].as_str().unwrap();
            let path = format!("/crm/v3/owners/{id}?idProperty=userId&archived=false");
            owners.push(crm.get(&path).await);
        }
    }

    let found: Vec<&str> = owners
        .iter()
        .filter(|owner| owner.status == 200)
        .map(|owner| owner.body["id"].as_str().unwrap())
        .collect();
    assert!(owners.len() > 1, "one candidate is no choice");
    assert_eq!(found, [crm.owner_id("Dana Reyes")]);
}

#[tokio::test]
async fn v21_a_queue_is_never_a_person() {
    let crm = TestPortal::new();
    let queue = crm.owner_id("Inbound");

    let owner = crm
        .get(&format!("/crm/v3/owners/{queue}"))
        .await
        .expect(200);
    let id = owned_by(&crm, &queue).await.expect(201).id();

    assert_eq!(owner.body["type"], "QUEUE");
    assert_eq!(owner.body["userId"], Value::Null);
    let read = audit(&crm, &id).await;
    assert_eq!(read["hubspot_owner_id"], queue);
    assert_eq!(read["hs_user_ids_of_all_owners"], Value::Null);
    assert_eq!(crm.creates()[0].owner_user, None);
}

#[tokio::test]
async fn v22_the_owner_of_an_engagement_is_the_same_through_both_doors() {
    let crm = TestPortal::new();
    let owner = crm.owner_id("Sam Low");
    let number: u64 = owner.parse().unwrap();
    let engagement =
        json!({ "type": "NOTE", "ownerId": number, "timestamp": 1_767_225_600_000_i64 });
    let body = json!({ "engagement": engagement, "metadata": { "body": "Hello" } });

    let old = crm
        .post("/engagements/v1/engagements", body)
        .await
        .expect(200);

    assert_eq!(old.body["engagement"]["ownerId"], number);
    let id = old.body["engagement"]["id"].to_string();
    let path = format!("/crm/v3/objects/notes/{id}?properties=hubspot_owner_id");
    let new = crm.get(&path).await.expect(200);
    assert_eq!(new.property("hubspot_owner_id"), &owner);
    assert_eq!(crm.creates()[0].owner.as_deref(), Some(&*owner));
}

#[tokio::test]
async fn v23_a_search_by_owner_finds_the_owned_and_not_the_ownerless() {
    let crm = TestPortal::new();
    let owner = crm.owner_id("Sam Low");
    crm.given_contact(json!({})).await;
    let owned = owned_by(&crm, &owner).await.expect(201).id();

    let filter = json!({ "propertyName": "hubspot_owner_id", "operator": "EQ", "value": owner });
    let body = json!({ "filterGroups": [{ "filters": [filter] }] });
    let path = format!("{CONTACTS}/search");
    let found = crm.post(&path, body).await.expect(200);

    assert_eq!(found.body["total"], 1);
    assert_eq!(found.body["results"][0]["id"], owned);
}

#[tokio::test]
async fn v24_a_merge_keeps_owner_and_creator_of_the_primary() {
    let mut crm = TestPortal::new();
    let (dana, sam) = (crm.owner_id("Dana Reyes"), crm.owner_id("Sam Low"));
    let primary = owned_by(&crm, &dana).await.expect(201).id();
    let before = audit(&crm, &primary).await;
    crm.use_token(&crm.token_of("Sam Low", "other"));
    let other = owned_by(&crm, &sam).await.expect(201).id();

    crm.advance(60);

    let body = json!({ "primaryObjectId": primary, "objectIdToMerge": other });
    let path = format!("{CONTACTS}/merge");
    let merged = crm.post(&path, body).await.expect(200);

    let after = audit(&crm, &merged.id()).await;
    for name in super::AUDIT.split(',') {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert!(crm.changes().is_empty());
    assert_eq!(crm.creates()[0].created_by, crm.user_id("Dana Reyes"));
}

#[tokio::test]
async fn v25_who_reconnected_an_app_only_the_ledger_tells() {
    let mut crm = TestPortal::new();
    let mut seen = Vec::new();

    for user in ["Dana Reyes", "Sam Low"] {
        let token = crm.token_of(user, "main");
        let form = format!("client_id=main&client_secret=secret&token={token}");
        let path = "/oauth/2026-03/token/introspect";
        let introspected = crm.send(Method::POST, path, form).await.expect(200);
        let user_id = introspected.body["user_id"].to_string();
        assert_eq!(user_id, crm.user_id(user));
        crm.use_token(&token);
        let id = crm.given_contact(json!({})).await;
        seen.push(audit(&crm, &id).await);
    }

    for name in super::AUDIT.split(',') {
        assert_eq!(seen[0][name], seen[1][name], "{name}");
    }
    let rows = crm.creates();
    assert_eq!(rows[0].created_by, crm.user_id("Dana Reyes"));
    assert_eq!(rows[1].created_by, crm.user_id("Sam Low"));
}
