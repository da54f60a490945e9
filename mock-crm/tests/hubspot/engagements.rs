//! Activities by the door of v1: the same records as by v3.

mod owners;

use mock_crm::hubspot::spec::AppSpec;
use serde_json::{Value, json};

use crate::harness::{Answer, TestPortal};

const ENGAGEMENTS: &str = "/engagements/v1/engagements";
const AT: i64 = 1_767_225_600_000;

fn note(engagement: Value) -> Value {
    let mut head = json!({ "type": "NOTE", "timestamp": AT });
    head.as_object_mut()
        .unwrap()
        .extend(engagement.as_object().unwrap().clone());
    json!({ "engagement": head, "metadata": { "body": "Hello" } })
}

async fn create(crm: &TestPortal, body: Value) -> Answer {
    crm.post(ENGAGEMENTS, body).await.expect(200)
}

fn id(answer: &Answer) -> u64 {
    answer.body["engagement"]["id"].as_u64().unwrap()
}

async fn v3(crm: &TestPortal, object: &str, id: u64, properties: &str) -> Value {
    let path = format!("/crm/v3/objects/{object}/{id}?properties={properties}");
    crm.get(&path).await.expect(200).body["properties"].clone()
}

#[tokio::test]
async fn metadata_are_properties_of_each_type() {
    let crm = TestPortal::new();
    let cases = [
        (
            "TASK",
            "tasks",
            json!({ "subject": "Call", "status": "WAITING", "priority": "HIGH", "reminders": [AT], "body": "b",
                "taskType": "CALL", "forObjectType": "CONTACT" }),
            ("hs_task_reminders", "1767225600000"),
        ),
        (
            "CALL",
            "calls",
            json!({ "toNumber": "1", "durationMilliseconds": 38000, "status": "COMPLETED", "title": "t" }),
            ("hs_call_duration", "38000"),
        ),
        (
            "MEETING",
            "meetings",
            json!({ "startTime": AT, "endTime": AT + 1000, "title": "t", "internalMeetingNotes": "n" }),
            ("hs_meeting_end_time", "2026-01-01T00:00:01.000Z"),
        ),
        (
            "INCOMING_EMAIL",
            "emails",
            json!({ "subject": "s", "html": "<p>", "from": { "email": "a@b.co" }, "to": [{ "email": "c@d.co" }] }),
            ("hs_email_direction", "INCOMING_EMAIL"),
        ),
    ];
    for (kind, object, metadata, (property, value)) in cases {
        let body = json!({ "engagement": { "type": kind, "timestamp": AT }, "metadata": metadata });

        let answer = create(&crm, body).await;

        assert_eq!(answer.body["engagement"]["type"], kind);
        assert_eq!(answer.body["engagement"]["timestamp"], AT);
        for (name, value) in metadata.as_object().unwrap() {
            assert_eq!(&answer.body["metadata"][name], value, "{kind} {name}");
        }
        assert_eq!(
            v3(&crm, object, id(&answer), property).await[property],
            value
        );
    }
}

#[tokio::test]
async fn an_engagement_is_connected_with_what_it_is_about() {
    let crm = TestPortal::new();
    let contact: u64 = crm.given_contact(json!({})).await.parse().unwrap();
    let owner: u64 = crm.owner_id("Sam Low").parse().unwrap();
    let mut body = note(json!({ "uid": "u1" }));
    body["associations"] =
        json!({ "contactIds": [contact], "companyIds": [], "ownerIds": [owner] });

    let answer = create(&crm, body.clone()).await;

    assert_eq!(answer.body["associations"]["contactIds"], json!([contact]));
    assert_eq!(answer.body["associations"]["ownerIds"], json!([owner]));
    assert_eq!(answer.body["engagement"]["uid"], "u1");
    let about = crm
        .get(&format!("{ENGAGEMENTS}/associated/CONTACT/{contact}/paged"))
        .await
        .expect(200);
    assert_eq!(about.body["results"][0]["engagement"]["id"], id(&answer));
    body["associations"] = json!({ "contactIds": [1] });
    crm.post(ENGAGEMENTS, body.clone()).await.expect(400);
    body["associations"] = json!({ "ticketIds": [1] });
    crm.post(ENGAGEMENTS, body).await.expect(501);
    assert_eq!(crm.creates().len(), 2);
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_the_ledger_has_the_new_owner() {
    let crm = TestPortal::new();
    let (first, second) = (
        crm.given_contact(json!({})).await,
        crm.given_contact(json!({})).await,
    );
    let mut body = note(json!({ "uid": "u1" }));
    body["associations"] = json!({ "contactIds": [first] });
    let created = create(&crm, body).await;
    let path = format!("{ENGAGEMENTS}/{}", id(&created));
    let owner: u64 = crm.owner_id("Sam Low").parse().unwrap();

    let change =
        json!({ "engagement": { "ownerId": owner }, "associations": { "contactIds": [second] } });
    let changed = crm.patch(&path, change).await.expect(200);
    crm.patch(&path, json!({ "engagement": { "ownerId": 1 } }))
        .await
        .expect(400);
    let body = crm
        .patch(&path, json!({ "metadata": { "body": "New" } }))
        .await
        .expect(200);
    let cleared = crm
        .patch(&path, json!({ "engagement": { "ownerId": null } }))
        .await
        .expect(200);

    let second: u64 = second.parse().unwrap();
    assert_eq!(changed.body["associations"]["contactIds"], json!([second]));
    assert_eq!(body.body["engagement"]["ownerId"], owner);
    assert_eq!(body.body["engagement"]["uid"], "u1");
    assert_eq!(body.body["metadata"]["body"], "New");
    assert!(cleared.body["engagement"].get("ownerId").is_none());
    let rows: Vec<_> = crm
        .changes()
        .iter()
        .map(|row| (row.api.clone(), row.owner.clone()))
        .collect();
    let engagements = || "engagements".to_owned();
    assert_eq!(
        rows,
        [
            (engagements(), Some(owner.to_string())),
            (engagements(), None)
        ]
    );
}

#[tokio::test]
async fn a_deleted_engagement_is_archived_for_both_doors() {
    let crm = TestPortal::new();
    let created = create(&crm, note(json!({}))).await;
    let path = format!("{ENGAGEMENTS}/{}", id(&created));

    crm.delete(&path).await.expect(204);

    crm.get(&path).await.expect(404);
    crm.delete(&path).await.expect(404);
    crm.get(&format!("/crm/v3/objects/notes/{}", id(&created)))
        .await
        .expect(404);
    let contact = crm.given_contact(json!({})).await;
    crm.get(&format!("{ENGAGEMENTS}/{contact}"))
        .await
        .expect(404);
}

fn ids(page: &Value) -> Vec<u64> {
    let results = page["results"].as_array().unwrap().iter();
    results
        .map(|one| one["engagement"]["id"].as_u64().unwrap())
        .collect()
}

#[tokio::test]
async fn all_engagements_are_paged_by_id_whatever_their_type() {
    let crm = TestPortal::new();
    let mut made = Vec::new();
    for kind in ["NOTE", "CALL", "NOTE", "TASK", "EMAIL"] {
        made.push(id(
            &create(&crm, json!({ "engagement": { "type": kind } })).await
        ));
    }

    let first = crm
        .get(&format!("{ENGAGEMENTS}/paged?limit=3"))
        .await
        .expect(200)
        .body;
    let next = format!("{ENGAGEMENTS}/paged?limit=3&offset={}", first["offset"]);
    let second = crm.get(&next).await.expect(200).body;

    assert_eq!([ids(&first), ids(&second)].concat(), made);
    assert_eq!(
        (&first["hasMore"], &second["hasMore"]),
        (&json!(true), &json!(false))
    );
}

#[tokio::test]
async fn changes_are_told_newest_first_or_from_an_instant_on() {
    let crm = TestPortal::new();
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(id(&create(&crm, note(json!({}))).await));
        crm.advance(1);
    }
    let path = format!("{ENGAGEMENTS}/{}", made[0]);
    crm.patch(&path, json!({ "metadata": { "body": "New" } }))
        .await
        .expect(200);

    let recent = crm
        .get(&format!("{ENGAGEMENTS}/recent/modified?count=2"))
        .await
        .expect(200)
        .body;
    assert_eq!(ids(&recent), [made[0], made[2]]);
    assert_eq!(
        (&recent["total"], &recent["hasMore"]),
        (&json!(3), &json!(true))
    );
    let first = format!("{ENGAGEMENTS}/modified/after?after={AT}&limit=1");
    let first = crm.get(&first).await.expect(200).body;
    let after = first["after"].as_str().unwrap();
    let second = format!("{ENGAGEMENTS}/modified/after?after={after}");
    let second = crm.get(&second).await.expect(200).body;
    assert_eq!(
        (ids(&first), ids(&second)),
        (vec![made[1]], vec![made[2], made[0]])
    );
    crm.get(&format!("{ENGAGEMENTS}/modified/after?after=x-y"))
        .await
        .expect(400);
}

#[tokio::test]
async fn scopes_are_those_of_contacts_and_emails_are_redacted_without_theirs() {
    let crm = TestPortal::with(|spec| {
        spec.apps.push(AppSpec {
            client_id: Some("no emails".to_owned()),
            client_secret: Some("secret".to_owned()),
            scopes: vec!["crm.objects.contacts.read".to_owned()],
            ..AppSpec::default()
        });
    });
    let owner: u64 = crm.owner_id("Sam Low").parse().unwrap();
    let email = json!({ "engagement": { "type": "EMAIL", "ownerId": owner }, "metadata": { "html": "secret" } });
    let created = create(&crm, email).await;
    let crm = crm.with_token_of("Dana Reyes", "no emails");

    let read = crm
        .get(&format!("{ENGAGEMENTS}/{}", id(&created)))
        .await
        .expect(200);
    let refused = crm.post(ENGAGEMENTS, note(json!({}))).await.expect(403);

    assert!(read.body["engagement"].get("ownerId").is_none());
    assert!(!read.body.to_string().contains("secret"));
    assert_eq!(refused.body["category"], "MISSING_SCOPES");
}

#[tokio::test]
async fn what_makes_no_engagement_is_refused() {
    let crm = TestPortal::new();
    let wrong = [
        json!({}),
        json!({ "engagement": {} }),
        json!({ "engagement": { "type": "SMOKE_SIGNAL" } }),
        json!({ "engagement": { "type": "NOTE" }, "metadata": { "body": {} } }),
        json!({ "engagement": { "type": "NOTE", "timestamp": "yesterday" } }),
        json!({ "engagement": { "type": "TASK" }, "metadata": { "status": "LATER" } }),
        json!({ "engagement": { "type": "NOTE" }, "associations": [] }),
    ];
    for body in wrong {
        let answer = crm.post(ENGAGEMENTS, body).await.expect(400);
        assert_eq!(answer.body["status"], "error");
    }
    assert_eq!(crm.creates().len(), 0);
}
