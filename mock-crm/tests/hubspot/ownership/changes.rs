//! What later writes do to owner and creator.

use serde_json::{Value, json};

use crate::harness::{CONTACTS, TestPortal};
use crate::ownership::STAMPS;

#[tokio::test]
async fn an_empty_text_takes_the_owner_away() {
    let crm = TestPortal::new();
    let owner = crm.owner_id("Dana Reyes");
    let id = crm
        .given_contact(json!({ "hubspot_owner_id": owner }))
        .await;

    crm.patch(
        &format!("{CONTACTS}/{id}"),
        json!({ "properties": { "hubspot_owner_id": "" } }),
    )
    .await
    .expect(200);

    let stamps = crm.contact(&id, STAMPS).await;
    assert_eq!(stamps["hubspot_owner_id"], Value::Null);
    let [change] = &crm.changes()[..] else {
        panic!("one change")
    };
    assert_eq!(
        (change.owner_before.as_deref(), change.owner.as_deref()),
        (Some(&*owner), None)
    );
    assert_eq!(change.owner_reason, "blank");
}

#[tokio::test]
async fn changing_something_else_leaves_owner_and_creator_alone() {
    let mut crm = TestPortal::new();
    let id = crm
        .given_contact(json!({ "hubspot_owner_id": crm.owner_id("Dana Reyes") }))
        .await;
    let before = crm.contact(&id, STAMPS).await;
    crm.use_token(&crm.token_of("Sam Low", "other"));
    crm.advance(60);

    crm.patch(
        &format!("{CONTACTS}/{id}"),
        json!({ "properties": { "firstname": "Ann" } }),
    )
    .await
    .expect(200);

    let after = crm.contact(&id, STAMPS).await;
    for name in STAMPS.split(',').map(str::trim) {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert!(crm.changes().is_empty());
}

#[tokio::test]
async fn a_new_owner_is_a_row_among_the_changes_and_moves_the_stamps() {
    let crm = TestPortal::new();
    let id = crm
        .given_contact(json!({ "hubspot_owner_id": crm.owner_id("Dana Reyes") }))
        .await;
    crm.advance(60);

    let sam = crm.owner_id("Sam Low");
    let answer = crm
        .patch(
            &format!("{CONTACTS}/{id}"),
            json!({ "properties": { "hubspot_owner_id": sam } }),
        )
        .await
        .expect(200);

    assert_eq!(
        answer.property("hubspot_owner_assigneddate"),
        "2026-01-01T00:01:00.000Z"
    );
    assert_eq!(
        answer.property("hs_user_ids_of_all_owners"),
        &crm.user_id("Sam Low")
    );
    let [change] = &crm.changes()[..] else {
        panic!("one change")
    };
    assert_eq!(change.owner.as_deref(), Some(&*sam));
}

#[tokio::test]
async fn the_date_of_a_cleared_owner_goes_unless_the_switch_keeps_it() {
    for keeps in [false, true] {
        let crm = TestPortal::with(|spec| spec.switches.cleared_owner_keeps_assigned_date = keeps);
        let dana = crm.owner_id("Dana Reyes");
        let from_the_start = json!({ "hubspot_owner_id": dana });
        let from_the_start = crm.given_contact(from_the_start).await;
        let later = crm.given_contact(json!({})).await;
        crm.advance(60);
        let set = |owner: &str| json!({ "properties": { "hubspot_owner_id": owner } });
        let path = |id: &str| format!("{CONTACTS}/{id}");
        crm.patch(&path(&later), set(&dana)).await.expect(200);

        for (id, minute) in [(from_the_start, 0), (later, 1)] {
            crm.patch(&path(&id), set("")).await.expect(200);
            let read = crm.contact(&id, STAMPS).await;
            let date = format!("2026-01-01T00:0{minute}:00.000Z");
            let expected = keeps.then_some(&*date);
            assert_eq!(read["hubspot_owner_assigneddate"].as_str(), expected);
        }
    }
}

#[tokio::test]
async fn a_record_keeps_an_owner_who_is_deactivated_later() {
    let crm = TestPortal::new();
    let sam = crm.owner_id("Sam Low");
    let id = crm.given_contact(json!({ "hubspot_owner_id": sam })).await;

    assert!(crm.portal.set_user_active("Sam Low", false));

    assert_eq!(crm.contact(&id, STAMPS).await["hubspot_owner_id"], sam);
    let body = json!({ "properties": { "hubspot_owner_id": sam } });
    crm.post(CONTACTS, body).await.expect(400);
}

#[tokio::test]
async fn the_history_of_an_owner_names_each_with_its_app() {
    let mut crm = TestPortal::new();
    let (dana, sam) = (crm.owner_id("Dana Reyes"), crm.owner_id("Sam Low"));
    let id = crm.given_contact(json!({ "hubspot_owner_id": dana })).await;
    let path = format!("{CONTACTS}/{id}");
    crm.use_token(&crm.token_of("Sam Low", "other"));
    for owner in [&sam, ""] {
        crm.advance(60);
        let body = json!({ "properties": { "hubspot_owner_id": owner } });
        crm.patch(&path, body).await.expect(200);
    }

    let read = crm
        .get(&format!("{path}?propertiesWithHistory=hubspot_owner_id"))
        .await;

    let entry = |value: &str, minute, app| {
        json!({
            "value": value, "timestamp": format!("2026-01-01T00:0{minute}:00.000Z"),
            "sourceType": "INTEGRATION", "sourceId": app,
        })
    };
    let history = json!([
        entry("", 2, "9280841"),
        entry(&sam, 1, "9280841"),
        entry(&dana, 0, "9280840"),
    ]);
    assert_eq!(
        read.body["propertiesWithHistory"]["hubspot_owner_id"],
        history
    );
}

#[tokio::test]
async fn the_same_owner_again_is_no_new_assignment() {
    let crm = TestPortal::new();
    let sam = crm.owner_id("Sam Low");
    let from_the_start = crm.given_contact(json!({ "hubspot_owner_id": sam })).await;
    let later = crm.given_contact(json!({})).await;
    let set = json!({ "properties": { "hubspot_owner_id": sam } });
    let path = |id: &str| format!("{CONTACTS}/{id}");
    crm.advance(60);
    crm.patch(&path(&later), set.clone()).await.expect(200);
    let changes = crm.changes().len();
    crm.advance(60);

    for (id, minute) in [(from_the_start, 0), (later, 1)] {
        let answer = crm.patch(&path(&id), set.clone()).await.expect(200);

        let assigned = format!("2026-01-01T00:0{minute}:00.000Z");
        let names = [
            "hubspot_owner_id",
            "hubspot_owner_assigneddate",
            "lastmodifieddate",
        ];
        assert_eq!(
            names.map(|name| answer.property(name).as_str().unwrap_or_default()),
            [&*sam, &*assigned, "2026-01-01T00:02:00.000Z"]
        );
        let read = crm.contact(&id, STAMPS).await;
        assert_eq!(read["hubspot_owner_assigneddate"], assigned);
    }
    assert_eq!(changes, 1);
    assert_eq!(crm.changes().len(), changes);
}

#[tokio::test]
async fn the_row_of_a_new_owner_names_the_user_behind_and_whoever_is_archived() {
    use mock_crm::hubspot::spec::ArchivedOwnerPolicy;
    let crm = TestPortal::with(|spec| {
        spec.switches.archived_owner_policy = ArchivedOwnerPolicy::Accept;
    });
    let id = crm.given_contact(json!({})).await;
    let path = format!("{CONTACTS}/{id}");

    for name in ["Sam Low", "Gone Girl", "Ext Owner"] {
        let body = json!({ "properties": { "hubspot_owner_id": crm.owner_id(name) } });
        crm.patch(&path, body).await.expect(200);
    }

    let rows = crm.changes();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.owner_user.clone(), &*row.owner_reason))
        .collect();
    assert_eq!(
        rows,
        [
            (Some(crm.user_id("Sam Low")), "requested"),
            (Some(crm.user_id("Gone Girl")), "requested_archived"),
            (None, "requested"),
        ]
    );
}
