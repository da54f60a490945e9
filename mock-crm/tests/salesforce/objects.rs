//! What is special about single objects.

use http::StatusCode;
use serde_json::{Value, json};

use crate::harness::{TestOrg, spec};
use crate::ownership::lead;

#[tokio::test]
async fn an_activity_belongs_to_the_account_of_what_it_is_about_else_of_whom() {
    let crm = TestOrg::new();
    let user = "Dana Reyes";
    let account = crm.given(user, "Account", json!({ "Name": "Acme" })).await;
    let person = json!({ "LastName": "Lee", "AccountId": account });
    let contact = crm.given(user, "Contact", person).await;
    let lead = crm.given(user, "Lead", lead(json!({}))).await;
    for (object, about, expected) in [
        ("Task", json!({ "WhatId": account }), json!(account)),
        ("Task", json!({ "WhoId": contact }), json!(account)),
        (
            "Event",
            json!({ "WhoId": contact, "ActivityDateTime": "2026-01-01T10:00:00Z", "DurationInMinutes": 30 }),
            json!(account),
        ),
        ("Task", json!({ "WhoId": lead }), Value::Null),
    ] {
        let id = crm.given(user, object, about.clone()).await;
        let path = format!("/sobjects/{object}/{id}?fields=AccountId");
        assert_eq!(
            crm.get(user, &path).await.body["AccountId"],
            expected,
            "{about}"
        );
    }
    let wrong = json!({ "WhoId": account });
    let refused = crm.post(user, "/sobjects/Task", wrong).await;
    assert_eq!(refused.code(), "MALFORMED_ID");
}

#[tokio::test]
async fn start_and_length_of_an_event_give_its_end() {
    let crm = TestOrg::new();
    let fields = json!({ "Subject": "Demo", "StartDateTime": "2026-01-01T23:30:00Z", "DurationInMinutes": 45 });

    let id = crm.given("Dana Reyes", "Event", fields).await;

    let event = crm
        .get("Dana Reyes", &format!("/sobjects/Event/{id}"))
        .await
        .body;
    assert_eq!(event["EndDateTime"], "2026-01-02T00:15:00.000+0000");
    assert_eq!(event["EndDate"], "2026-01-02");
    assert_eq!(
        (&event["ActivityDate"], &event["ShowAs"]),
        (&json!("2026-01-01"), &json!("Busy"))
    );
    assert_eq!(event["OwnerId"], crm.id("Dana Reyes"));
}

#[tokio::test]
async fn an_event_is_owned_by_a_user_and_a_message_by_nobody() {
    let crm = TestOrg::new();
    let queue = json!({ "OwnerId": crm.id("Lead Queue") });

    let event = crm.post("Sam Sync", "/sobjects/Event", queue.clone()).await;
    let message = crm.post("Sam Sync", "/sobjects/EmailMessage", queue).await;

    assert_eq!(event.code(), "MALFORMED_ID");
    assert_eq!(
        message.body[0]["message"],
        "No such column 'OwnerId' on sobject of type EmailMessage"
    );
}

#[tokio::test]
async fn a_message_leaves_a_task_only_where_the_switch_says_so() {
    for tasks in [0, 1] {
        let mut spec = spec();
        spec.switches.email_makes_task = tasks == 1;
        let crm = TestOrg::of(spec);

        let id = crm
            .given("Dana Reyes", "EmailMessage", json!({ "Subject": "Hi" }))
            .await;

        let found = crm
            .query("Dana Reyes", "SELECT Subject, Status, OwnerId FROM Task")
            .await
            .body;
        assert_eq!(found["totalSize"], tasks);
        let message = crm
            .get("Dana Reyes", &format!("/sobjects/EmailMessage/{id}"))
            .await
            .body;
        assert_eq!(message["ActivityId"].is_string(), tasks == 1);
        if tasks == 1 {
            assert_eq!(found["records"][0]["Status"], "Completed");
            assert_eq!(found["records"][0]["OwnerId"], crm.id("Dana Reyes"));
        }
    }
}

#[tokio::test]
async fn closing_is_remembered_until_it_is_opened_again() {
    let crm = TestOrg::new();
    let case = crm
        .given("Dana Reyes", "Case", json!({ "Status": "Closed" }))
        .await;
    let path = format!("/sobjects/Case/{case}");
    let closed = async || {
        let case = crm.get("Dana Reyes", &path).await.body;
        (case["IsClosed"].clone(), case["ClosedDate"].clone())
    };

    assert_eq!(
        closed().await,
        (json!(true), json!("2026-01-01T00:00:03.000+0000"))
    );
    crm.patch("Dana Reyes", &path, json!({ "Status": "Working" }))
        .await;
    assert_eq!(closed().await, (json!(false), Value::Null));
}

#[tokio::test]
async fn a_case_shows_how_its_contact_is_reached() {
    let crm = TestOrg::new();
    let person = json!({ "LastName": "Lee", "Email": "lee@acme.example", "Phone": "1" });
    let contact = crm.given("Dana Reyes", "Contact", person).await;
    let case = crm
        .given("Dana Reyes", "Case", json!({ "ContactId": contact }))
        .await;

    let case = crm
        .get("Dana Reyes", &format!("/sobjects/Case/{case}"))
        .await
        .body;

    assert_eq!(
        (
            &case["ContactEmail"],
            &case["ContactPhone"],
            &case["ContactFax"]
        ),
        (&json!("lee@acme.example"), &json!("1"), &Value::Null)
    );
}

#[tokio::test]
async fn a_converted_lead_stays_as_it_is() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Lead", lead(json!({ "IsConverted": true })))
        .await;

    let answer = crm
        .patch(
            "Dana Reyes",
            &format!("/sobjects/Lead/{id}"),
            json!({ "Title": "x" }),
        )
        .await;

    assert_eq!(answer.code(), "CANNOT_UPDATE_CONVERTED_LEAD");
}

#[tokio::test]
async fn a_user_can_not_be_deleted() {
    let crm = TestOrg::new();

    let answer = crm
        .delete(
            "Ada Min",
            &format!("/sobjects/User/{}", crm.id("Dana Reyes")),
        )
        .await;

    assert_eq!(
        (answer.status, answer.code()),
        (StatusCode::FORBIDDEN, "INSUFFICIENT_ACCESS_OR_READONLY")
    );
}

#[tokio::test]
async fn an_org_that_makes_scratch_orgs_is_not_pretended() {
    let crm = TestOrg::new();

    let answer = crm
        .query("Dana Reyes", "SELECT Id FROM ScratchOrgInfo limit 1")
        .await;

    assert_eq!(
        (answer.status, answer.code()),
        (StatusCode::BAD_REQUEST, "INVALID_TYPE")
    );
}
