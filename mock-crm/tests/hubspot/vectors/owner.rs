//! What is an owner, and what is none.

use serde_json::{Value, json};

use super::{audit, nothing_written, owned_by, refused_as_owner};
use crate::harness::{CONTACTS, TestPortal, people_of_every_kind};
use mock_crm::hubspot::spec::ArchivedOwnerPolicy;

#[tokio::test]
async fn v01_a_create_without_owner_has_none() {
    let crm = TestPortal::new();

    let id = crm.given_contact(json!({})).await;

    let read = audit(&crm, &id).await;
    assert_eq!(read["hubspot_owner_id"], Value::Null);
    assert_eq!(read["hubspot_owner_assigneddate"], Value::Null);
}

#[tokio::test]
async fn v02_a_create_with_an_owner_is_stamped() {
    let crm = TestPortal::new();
    let (owner, user) = (crm.owner_id("Sam Low"), crm.user_id("Sam Low"));

    let id = owned_by(&crm, &owner).await.expect(201).id();

    let read = audit(&crm, &id).await;
    assert_eq!(read["hubspot_owner_id"], owner);
    assert_eq!(read["hs_all_owner_ids"], owner);
    assert_eq!(read["hs_user_ids_of_all_owners"], user);
    let now = "2026-01-01T00:00:00.000Z";
    assert_eq!(read["hubspot_owner_assigneddate"], now);
}

#[tokio::test]
async fn v03_a_user_id_is_no_owner() {
    let crm = TestPortal::new();

    refused_as_owner(owned_by(&crm, &crm.user_id("Dana Reyes")).await);

    nothing_written(&crm);
}

#[tokio::test]
async fn v04_a_record_of_the_users_object_is_no_owner() {
    let crm = TestPortal::new();
    let dana = crm.portal.user("Dana Reyes").unwrap();
    let record = crm.portal.user_record_id(&dana).unwrap();

    refused_as_owner(owned_by(&crm, &record).await);

    nothing_written(&crm);
}

#[tokio::test]
async fn v05_an_email_is_no_owner() {
    let crm = TestPortal::new();

    refused_as_owner(owned_by(&crm, "dana.reyes@example.com").await);

    nothing_written(&crm);
}

#[tokio::test]
async fn v06_an_archived_owner_goes_by_the_policy_and_the_ledger_shows_it() {
    let strict = TestPortal::new();
    let lenient =
        TestPortal::with(|spec| spec.switches.archived_owner_policy = ArchivedOwnerPolicy::Accept);

    refused_as_owner(owned_by(&strict, &strict.owner_id("Gone Girl")).await);
    let gone = lenient.owner_id("Gone Girl");
    owned_by(&lenient, &gone).await.expect(201);

    nothing_written(&strict);
    let row = &lenient.creates()[0];
    assert_eq!(row.owner.as_deref(), Some(&*gone));
    assert_eq!(row.owner_reason, "requested_archived");
}

#[tokio::test]
async fn v07_an_owner_of_another_portal_is_none_here() {
    let crm = TestPortal::new();
    let elsewhere = crm.hubspot.open(people_of_every_kind(), None).unwrap();
    let foreign = elsewhere.user("Dana Reyes").unwrap();
    let foreign = foreign.owner_id.as_deref().unwrap();

    refused_as_owner(owned_by(&crm, foreign).await);

    nothing_written(&crm);
}

#[tokio::test]
async fn v08_blanks_around_an_owner_are_refused_as_blanks() {
    let crm = TestPortal::new();
    let owner = format!(" {}", crm.owner_id("Dana Reyes"));

    let refused = owned_by(&crm, &owner).await.expect(400);

    let error = &refused.body["errors"][0];
    assert_eq!(error["code"], "LEADING_TRAILING_WHITESPACE");
    assert_eq!(error["context"]["propertyName"][0], "hubspot_owner_id");
    nothing_written(&crm);
}

#[tokio::test]
async fn v09_an_empty_text_clears_the_owner() {
    let crm = TestPortal::new();
    let owner = crm.owner_id("Dana Reyes");
    let id = owned_by(&crm, &owner).await.expect(201).id();

    let body = json!({ "properties": { "hubspot_owner_id": "" } });
    let path = format!("{CONTACTS}/{id}");
    crm.patch(&path, body).await.expect(200);

    let read = audit(&crm, &id).await;
    assert_eq!(read["hubspot_owner_id"], Value::Null);
    assert_eq!(read["hs_all_owner_ids"], Value::Null);
    let change = &crm.changes()[0];
    assert_eq!(change.owner_before.as_deref(), Some(&*owner));
    assert_eq!(change.owner, None);
}

#[tokio::test]
async fn v10_a_change_of_something_else_keeps_owner_and_creator() {
    let mut crm = TestPortal::new();
    let owner = crm.owner_id("Dana Reyes");
    let id = owned_by(&crm, &owner).await.expect(201).id();
    let before = audit(&crm, &id).await;
    crm.use_token(&crm.token_of("Sam Low", "other"));
    crm.advance(60);

    let body = json!({ "properties": { "city": "Oslo" } });
    let path = format!("{CONTACTS}/{id}");
    crm.patch(&path, body).await.expect(200);

    let after = audit(&crm, &id).await;
    for name in super::AUDIT.split(',') {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert!(crm.changes().is_empty());
}
