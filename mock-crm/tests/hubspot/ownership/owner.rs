//! What a create makes of `hubspot_owner_id`.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};
use crate::ownership::STAMPS;
use mock_crm::hubspot::spec::ArchivedOwnerPolicy;

/// The private app has token t1; Dana's pair is t2 (refresh) and t3 (access).
#[tokio::test]
async fn a_record_without_owner_stays_without_one_and_the_ledger_knows_whose_token_it_was() {
    let crm = TestPortal::new();

    let id = crm.given_contact(json!({ "email": "a@x.example" })).await;

    let stamps = crm.contact(&id, STAMPS).await;
    assert_eq!(stamps["hubspot_owner_id"], Value::Null);
    assert_eq!(stamps["hubspot_owner_assigneddate"], Value::Null);
    let [row] = &crm.creates()[..] else {
        panic!("one row")
    };
    assert_eq!(
        (row.owner.as_deref(), row.owner_user.as_deref()),
        (None, None)
    );
    assert_eq!(
        (&*row.owner_reason, &*row.created_by_reason),
        ("blank", "token")
    );
    assert_eq!(row.created_by, crm.user_id("Dana Reyes"));
    assert_eq!(
        (&*row.object, &*row.record, &*row.api),
        ("contacts", &*id, "single")
    );
    assert_eq!(
        (row.token.as_str(), row.app.as_deref()),
        ("t3", Some("9280840"))
    );
}

#[tokio::test]
async fn a_named_owner_is_stamped_with_everything_that_hubspot_derives_from_it() {
    let crm = TestPortal::new();
    let (owner, user) = (crm.owner_id("Dana Reyes"), crm.user_id("Dana Reyes"));

    let answer = crm
        .post(
            CONTACTS,
            json!({ "properties": { "hubspot_owner_id": owner } }),
        )
        .await
        .expect(201);

    for (name, value) in [
        ("hubspot_owner_id", owner.as_str()),
        ("hs_all_owner_ids", &owner),
        ("hs_user_ids_of_all_owners", &user),
        ("hubspot_owner_assigneddate", "2026-01-01T00:00:00.000Z"),
        ("hubspot_team_id", "178500"),
    ] {
        assert_eq!(answer.property(name), value, "{name}");
    }
    let [row] = &crm.creates()[..] else {
        panic!("one row")
    };
    assert_eq!(row.owner_requested.as_deref(), Some(&*owner));
    assert_eq!(
        (row.owner.as_deref(), row.owner_user.as_deref()),
        (Some(&*owner), Some(&*user))
    );
    assert_eq!(row.owner_reason, "requested");
}

#[tokio::test]
async fn only_the_owner_id_of_this_portal_is_an_owner() {
    let crm = TestPortal::new();
    let dana = crm.portal.user("Dana Reyes").unwrap();
    let record = crm.portal.user_record_id(&dana).unwrap();
    let elsewhere = crm
        .hubspot
        .open(crate::harness::people_of_every_kind(), None)
        .unwrap();
    let foreign = elsewhere
        .user("Dana Reyes")
        .unwrap()
        .owner_id
        .as_deref()
        .unwrap()
        .to_owned();

    for wrong in [
        crm.user_id("Dana Reyes"),
        record,
        "dana.reyes@example.com".to_owned(),
        foreign,
        "1".to_owned(),
    ] {
        let answer = crm
            .post(
                CONTACTS,
                json!({ "properties": { "hubspot_owner_id": wrong } }),
            )
            .await
            .expect(400);
        assert_eq!(answer.body["category"], "VALIDATION_ERROR");
        assert_eq!(
            answer.body["errors"][0]["code"], "INVALID_OWNER_ID",
            "{wrong}"
        );
        assert_eq!(
            answer.body["errors"][0]["context"]["propertyName"][0],
            "hubspot_owner_id"
        );
    }
    assert!(crm.creates().is_empty());
}

#[tokio::test]
async fn a_user_id_that_is_the_owner_id_of_somebody_else_makes_that_one_the_owner() {
    let crm = TestPortal::with(|spec| {
        spec.users[0].user_id = Some(4711);
        spec.users[1].owner_id = Some(4711);
    });

    crm.given_contact(json!({ "hubspot_owner_id": "4711" }))
        .await;

    assert_eq!(
        crm.creates()[0].owner_user.as_deref(),
        Some(&*crm.user_id("Sam Low"))
    );
}

#[tokio::test]
async fn blanks_around_an_owner_id_are_refused_as_blanks() {
    let crm = TestPortal::new();
    let owner = format!(" {}", crm.owner_id("Dana Reyes"));

    let answer = crm
        .post(
            CONTACTS,
            json!({ "properties": { "hubspot_owner_id": owner } }),
        )
        .await
        .expect(400);

    assert_eq!(
        answer.body["errors"][0]["code"],
        "LEADING_TRAILING_WHITESPACE"
    );
}

#[tokio::test]
async fn an_archived_owner_is_refused_unless_the_portal_accepts_it() {
    let strict = TestPortal::new();
    let lenient =
        TestPortal::with(|spec| spec.switches.archived_owner_policy = ArchivedOwnerPolicy::Accept);
    let body = |crm: &TestPortal| json!({ "properties": { "hubspot_owner_id": crm.owner_id("Gone Girl") } });

    let refused = strict.post(CONTACTS, body(&strict)).await.expect(400);
    lenient.post(CONTACTS, body(&lenient)).await.expect(201);

    assert_eq!(refused.body["errors"][0]["code"], "INVALID_OWNER_ID");
    assert_eq!(
        lenient.creates()[0].owner.as_deref(),
        Some(&*lenient.owner_id("Gone Girl"))
    );
}

#[tokio::test]
async fn a_queue_can_own_and_is_no_user() {
    let crm = TestPortal::new();
    let queue = crm.owner_id("Inbound");

    crm.given_contact(json!({ "hubspot_owner_id": queue }))
        .await;

    let row = &crm.creates()[0];
    assert_eq!(
        (row.owner.as_deref(), row.owner_user.as_deref()),
        (Some(&*queue), None)
    );
}

#[tokio::test]
async fn an_activity_does_not_take_the_owner_of_the_contact_it_is_about() {
    let crm = TestPortal::new();
    let contact = crm
        .given_contact(json!({ "hubspot_owner_id": crm.owner_id("Sam Low") }))
        .await;

    for (object, type_id) in [
        ("tasks", 204),
        ("calls", 194),
        ("emails", 198),
        ("notes", 202),
        ("meetings", 200),
    ] {
        let body = json!({
            "properties": { "hs_timestamp": "2026-01-01T09:00:00Z" },
            "associations": [{ "to": { "id": contact }, "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id }] }],
        });
        let id = crm
            .post(&format!("/crm/v3/objects/{object}"), body)
            .await
            .expect(201)
            .id();
        let read = crm
            .get(&format!(
                "/crm/v3/objects/{object}/{id}?properties=hubspot_owner_id"
            ))
            .await;
        assert_eq!(read.property("hubspot_owner_id"), &Value::Null, "{object}");
    }
    assert_eq!(
        crm.creates()
            .iter()
            .filter(|row| row.owner.is_none())
            .count(),
        5
    );
}
