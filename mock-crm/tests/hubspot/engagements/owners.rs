//! Whose an engagement is: owner, creator and ledger are those of the same record by v3.

use mock_crm::hubspot::spec::{CreatedByPolicy, Switches};
use serde_json::{Value, json};

use super::{AT, ENGAGEMENTS, create, id, note, v3};
use crate::harness::TestPortal;

#[tokio::test]
async fn both_doors_show_one_record_with_one_owner() {
    let crm = TestPortal::new();
    let owner = crm.owner_id("Sam Low");
    let number: u64 = owner.parse().unwrap();

    let old = create(&crm, note(json!({ "ownerId": number }))).await;
    let new = crm
        .post(
            "/crm/v3/objects/notes",
            json!({ "properties": { "hs_timestamp": AT, "hs_note_body": "Hello", "hubspot_owner_id": owner } }),
        )
        .await
        .expect(201);

    assert_eq!(old.body["engagement"]["ownerId"], number);
    let names = "hubspot_owner_id,hs_note_body,hs_object_source,hubspot_owner_assigneddate,hs_all_owner_ids";
    let mut seen = Vec::new();
    for id in [id(&old), new.id().parse().unwrap()] {
        let mut properties = v3(&crm, "notes", id, names).await;
        properties.as_object_mut().unwrap().remove("hs_object_id");
        let mut engagement = crm
            .get(&format!("{ENGAGEMENTS}/{id}"))
            .await
            .expect(200)
            .body;
        engagement["engagement"]
            .as_object_mut()
            .unwrap()
            .remove("id");
        seen.push((properties, engagement));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].0["hubspot_owner_id"], owner);
}

#[tokio::test]
async fn the_ledger_names_the_door_and_the_user_of_the_token() {
    let crm = TestPortal::new();
    let owner = crm.owner_id("Sam Low");
    let number: u64 = owner.parse().unwrap();

    create(&crm, note(json!({ "ownerId": number }))).await;
    create(&crm, note(json!({}))).await;

    let rows = crm.creates();
    let seen: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                &*row.api,
                &*row.object,
                &row.created_by,
                row.owner.as_deref(),
            )
        })
        .collect();
    let dana = crm.user_id("Dana Reyes");
    assert_eq!(
        seen,
        [
            ("engagements", "notes", &dana, Some(&*owner)),
            ("engagements", "notes", &dana, None),
        ]
    );
}

#[tokio::test]
async fn an_owner_is_never_given_by_default_nor_taken_from_the_contact() {
    let crm = TestPortal::new();
    let contact = crm
        .given_contact(json!({ "hubspot_owner_id": crm.owner_id("Sam Low") }))
        .await;
    let mut body = note(json!({}));
    body["associations"] = json!({ "contactIds": [contact.parse::<u64>().unwrap()] });

    let answer = create(&crm, body).await;

    assert!(answer.body["engagement"].get("ownerId").is_none());
    let properties = v3(&crm, "notes", id(&answer), "hubspot_owner_id").await;
    assert_eq!(properties["hubspot_owner_id"], Value::Null);
}

#[tokio::test]
async fn who_is_no_owner_is_refused_and_nothing_is_written() {
    let crm = TestPortal::new();
    let user: u64 = crm.user_id("Dana Reyes").parse().unwrap();
    let gone: u64 = crm.owner_id("Gone Girl").parse().unwrap();

    for wrong in [
        json!(user),
        json!(gone),
        json!("dana.reyes@example.com"),
        json!(0),
    ] {
        let answer = crm
            .post(ENGAGEMENTS, note(json!({ "ownerId": wrong })))
            .await
            .expect(400);
        let error = &answer.body["errors"][0];
        assert_eq!(error["code"], "INVALID_OWNER_ID");
        assert_eq!(error["context"]["propertyName"][0], "hubspot_owner_id");
    }
    assert_eq!(crm.creates().len(), 0);
}

#[tokio::test]
async fn the_creator_is_shown_as_v3_shows_it() {
    let shown = async |policy| {
        let crm = TestPortal::with(|spec| {
            spec.switches = Switches {
                created_by_policy: policy,
                ..Switches::default()
            };
        });
        let answer = create(&crm, note(json!({}))).await;
        let v3 = v3(&crm, "notes", id(&answer), "hs_created_by_user_id").await;
        let old = answer.body["engagement"]
            .get("createdBy")
            .map(Value::to_string);
        let new = v3["hs_created_by_user_id"].as_str().map(str::to_owned);
        (old == new, new == Some(crm.user_id("Dana Reyes")))
    };

    assert_eq!(shown(CreatedByPolicy::Observed).await, (true, false));
    assert_eq!(shown(CreatedByPolicy::InstallingUser).await, (true, true));
}

#[tokio::test]
async fn owners_who_are_mentioned_have_to_be_there_and_own_nothing() {
    let crm = TestPortal::new();
    let sam: u64 = crm.owner_id("Sam Low").parse().unwrap();
    let user: u64 = crm.user_id("Sam Low").parse().unwrap();
    let about = |owner: u64| {
        let mut body = note(json!({}));
        body["associations"] = json!({ "ownerIds": [owner] });
        body
    };

    let refused = crm.post(ENGAGEMENTS, about(user)).await.expect(400);
    assert_eq!(refused.body["errors"][0]["code"], "INVALID_OWNER_ID");
    assert_eq!(crm.creates().len(), 0);
    let made = create(&crm, about(sam)).await;

    assert_eq!(made.body["associations"]["ownerIds"], json!([sam]));
    assert!(made.body["engagement"].get("ownerId").is_none());
    assert_eq!(crm.creates()[0].owner, None);
}
