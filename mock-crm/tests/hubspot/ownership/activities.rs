//! What calls, emails, notes, tasks and meetings tell of who made them.

use serde_json::{Value, json};

use crate::harness::TestPortal;
use mock_crm::hubspot::spec::UpdatedByPolicy;

const ACTIVITIES: [&str; 5] = ["tasks", "calls", "emails", "notes", "meetings"];
const CREATORS: [&str; 4] = [
    "hs_created_by",
    "hs_modified_by",
    "hs_created_by_user_id",
    "hs_updated_by_user_id",
];

async fn activity(crm: &TestPortal, object: &str) -> String {
    let body = json!({ "properties": { "hs_timestamp": "2026-01-02T09:00:00Z" } });
    let answer = crm.post(&format!("/crm/v3/objects/{object}"), body).await;
    answer.expect(201).id()
}

async fn creators(crm: &TestPortal, object: &str, id: &str) -> [Value; 4] {
    let path = format!(
        "/crm/v3/objects/{object}/{id}?properties={}",
        CREATORS.join(",")
    );
    let read = crm.get(&path).await.expect(200);
    CREATORS.map(|name| read.property(name).clone())
}

#[tokio::test]
async fn an_activity_of_an_app_of_the_account_names_no_user() {
    let crm = TestPortal::new();

    for object in ACTIVITIES {
        let id = activity(&crm, object).await;
        let named = creators(&crm, object, &id).await;
        assert_eq!(named, [const { Value::Null }; 4], "{object}");
    }
}

#[tokio::test]
async fn an_activity_of_a_user_level_app_names_its_user_as_creator_and_updater() {
    let crm = TestPortal::new().with_token_of("Sam Low", "personal");
    let sam = crm.user_id("Sam Low");

    for object in ACTIVITIES {
        let id = activity(&crm, object).await;
        let named = creators(&crm, object, &id).await;
        assert_eq!(named, [(); 4].map(|()| json!(sam)), "{object}");
    }
}

#[tokio::test]
async fn a_change_by_another_user_moves_the_updater_and_not_the_creator() {
    let mut crm = TestPortal::new().with_token_of("Sam Low", "personal");
    let id = activity(&crm, "calls").await;
    crm.use_token(&crm.token_of("Dana Reyes", "personal"));

    let body = json!({ "properties": { "hs_call_title": "Again" } });
    let path = format!("/crm/v3/objects/calls/{id}");
    crm.patch(&path, body).await.expect(200);

    let sam = json!(crm.user_id("Sam Low"));
    let dana = json!(crm.user_id("Dana Reyes"));
    let named = creators(&crm, "calls", &id).await;
    assert_eq!(named, [sam.clone(), dana.clone(), sam, dana]);
}

#[tokio::test]
async fn an_app_of_the_account_leaves_the_updater_alone_unless_the_switch_says_otherwise() {
    for (policy, user) in [
        (UpdatedByPolicy::Unchanged, "Sam Low"),
        (UpdatedByPolicy::InstallingUser, "Dana Reyes"),
    ] {
        let crm = TestPortal::with(|spec| spec.switches.updated_by_policy = policy);
        let mut crm = crm.with_token_of("Sam Low", "personal");
        let id = activity(&crm, "notes").await;
        crm.use_token(&crm.token_of("Dana Reyes", "main"));

        let body = json!({ "properties": { "hs_note_body": "More" } });
        let path = format!("/crm/v3/objects/notes/{id}");
        crm.patch(&path, body).await.expect(200);

        let sam = json!(crm.user_id("Sam Low"));
        let user = json!(crm.user_id(user));
        let named = creators(&crm, "notes", &id).await;
        assert_eq!(named, [sam.clone(), user.clone(), sam, user]);
    }
}

#[tokio::test]
async fn a_call_answers_as_recorded() {
    let crm = TestPortal::new();
    let owner = crm.owner_id("Dana Reyes");
    let body = json!({ "properties": {
        "hs_timestamp": "2026-01-02T09:00:00Z", "hs_call_title": "Test call", "hs_call_body": "Test call",
        "hs_call_direction": "OUTBOUND", "hs_call_status": "CONNECTING", "hubspot_owner_id": owner,
    } });

    let call = crm.post("/crm/v3/objects/calls", body).await.expect(201);

    insta::assert_json_snapshot!(call.body["properties"], @r#"
    {
      "hs_all_owner_ids": "1100010016",
      "hs_all_team_ids": "178500",
      "hs_body_preview": "Test call",
      "hs_body_preview_html": "<html>\n <head></head>\n <body>\n Test call\n </body>\n</html>",
      "hs_body_preview_is_truncated": "false",
      "hs_call_body": "Test call",
      "hs_call_direction": "OUTBOUND",
      "hs_call_source": "INTEGRATIONS_PLATFORM",
      "hs_call_status": "CONNECTING",
      "hs_call_title": "Test call",
      "hs_connected_count": "0",
      "hs_createdate": "2026-01-01T00:00:00.000Z",
      "hs_engagements_last_contacted": "2026-01-02T09:00:00Z",
      "hs_lastmodifieddate": "2026-01-01T00:00:00.000Z",
      "hs_obj_coords": "0-48-210453397509",
      "hs_object_id": "210453397509",
      "hs_object_source": "INTEGRATION",
      "hs_object_source_id": "9280840",
      "hs_object_source_label": "INTEGRATION",
      "hs_owning_teams": "178500",
      "hs_timestamp": "2026-01-02T09:00:00Z",
      "hs_user_ids_of_all_owners": "10010010",
      "hs_voicemail_count": "0",
      "hubspot_owner_assigneddate": "2026-01-01T00:00:00.000Z",
      "hubspot_owner_id": "1100010016",
      "hubspot_team_id": "178500"
    }
    "#);
}

#[tokio::test]
async fn a_task_answers_as_recorded() {
    let crm = TestPortal::new();
    let body = json!({ "properties": {
        "hs_timestamp": "2026-01-02T09:00:00Z", "hs_task_subject": "Follow up", "hs_task_body": "<p>Call <b>her</b></p>",
    } });

    let task = crm.post("/crm/v3/objects/tasks", body).await.expect(201);

    insta::assert_json_snapshot!(task.body["properties"], @r#"
    {
      "hs_body_preview": "Call her",
      "hs_body_preview_html": "<html>\n <head></head>\n <body>\n <p>Call <b>her</b></p>\n </body>\n</html>",
      "hs_body_preview_is_truncated": "false",
      "hs_createdate": "2026-01-01T00:00:00.000Z",
      "hs_lastmodifieddate": "2026-01-01T00:00:00.000Z",
      "hs_object_id": "210453397509",
      "hs_object_source": "INTEGRATION",
      "hs_object_source_id": "9280840",
      "hs_object_source_label": "INTEGRATION",
      "hs_task_body": "<p>Call <b>her</b></p>",
      "hs_task_completion_count": "0",
      "hs_task_family": "SALES",
      "hs_task_for_object_type": "OWNER",
      "hs_task_is_all_day": "false",
      "hs_task_is_completed": "0",
      "hs_task_is_completed_call": "0",
      "hs_task_is_completed_email": "0",
      "hs_task_is_completed_linked_in": "0",
      "hs_task_is_completed_sequence": "0",
      "hs_task_is_overdue": "false",
      "hs_task_is_past_due_date": "false",
      "hs_task_missed_due_date": "false",
      "hs_task_missed_due_date_count": "0",
      "hs_task_priority": "NONE",
      "hs_task_status": "NOT_STARTED",
      "hs_task_subject": "Follow up",
      "hs_task_type": "TODO",
      "hs_timestamp": "2026-01-02T09:00:00Z"
    }
    "#);
}

#[tokio::test]
async fn an_engagement_is_about_records_of_each_type_that_its_body_names() {
    let crm = TestPortal::new();
    let mut ids = Vec::new();
    for (object, properties) in [
        ("contacts", json!({})),
        ("companies", json!({ "name": "Acme" })),
        ("deals", json!({ "dealname": "Rockets" })),
    ] {
        let path = format!("/crm/v3/objects/{object}");
        let made = crm.post(&path, json!({ "properties": properties })).await;
        ids.push(made.expect(201).id().parse::<u64>().unwrap());
    }
    let about = json!({ "contactIds": [ids[0]], "companyIds": [ids[1]], "dealIds": [ids[2]] });
    let body = json!({ "engagement": { "type": "NOTE" }, "associations": about });

    let made = crm
        .post("/engagements/v1/engagements", body)
        .await
        .expect(200);

    for name in ["contactIds", "companyIds", "dealIds"] {
        assert_eq!(made.body["associations"][name], about[name], "{name}");
    }
    let id = &made.body["engagement"]["id"];
    let path = format!("/crm/v4/objects/notes/{id}/associations/deals");
    let deals = crm.get(&path).await.expect(200);
    assert_eq!(deals.body["results"][0]["toObjectId"], ids[2]);
}
