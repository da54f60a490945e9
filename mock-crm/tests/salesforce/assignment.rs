//! Assignment rules: on by default, whoever the caller names.

use http::Method;
use mock_crm::salesforce::{AssignmentRuleSpec, OrgSpec};
use serde_json::json;

use crate::harness::{TestOrg, spec};
use crate::ownership::lead;

/// An org with an active rule that gives leads from the web to Robin.
fn with_rule(criteria: Option<&str>) -> OrgSpec {
    OrgSpec {
        assignment_rules: vec![AssignmentRuleSpec {
            owner: "Robin Cole".to_owned(),
            criteria: criteria.map(str::to_owned),
            ..AssignmentRuleSpec::default()
        }],
        default_lead_owner: Some("Lead Queue".to_owned()),
        ..spec()
    }
}

#[tokio::test]
async fn an_active_rule_takes_the_lead_from_whoever_was_named() {
    let crm = TestOrg::of(with_rule(None));

    let named = crm
        .given(
            "Sam Sync",
            "Lead",
            lead(json!({ "OwnerId": crm.id("Dana Reyes") })),
        )
        .await;
    let unnamed = crm.given("Dana Reyes", "Lead", lead(json!({}))).await;

    for id in [named, unnamed] {
        assert_eq!(
            crm.owner_and_creator("Lead", &id).await.0,
            crm.id("Robin Cole")
        );
    }
    let reasons: Vec<_> = crm
        .creates()
        .into_iter()
        .map(|row| (row.owner_reason, row.owner_requested))
        .collect();
    assert_eq!(
        reasons,
        [
            ("assignment_rule".to_owned(), Some(crm.id("Dana Reyes"))),
            ("assignment_rule".to_owned(), None)
        ]
    );
}

#[tokio::test]
async fn a_rule_says_nothing_about_contacts() {
    let crm = TestOrg::of(with_rule(None));

    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;

    assert_eq!(
        crm.owner_and_creator("Contact", &id).await.0,
        crm.id("Dana Reyes")
    );
}

#[tokio::test]
async fn the_header_turns_the_rule_off_or_names_another_one() {
    let crm = TestOrg::of(with_rule(None));
    let rule = crm
        .query("Dana Reyes", "SELECT Id FROM AssignmentRule")
        .await
        .body["records"][0]["Id"]
        .clone();
    let create = async |header: &str| {
        let headers = [("Sforce-Auto-Assign", header)];
        crm.call_with(
            "Dana Reyes",
            Method::POST,
            "/sobjects/Lead",
            lead(json!({})),
            &headers,
        )
        .await
    };
    let owner = async |header: &str| {
        crm.owner_and_creator("Lead", &create(header).await.id())
            .await
            .0
    };

    assert_eq!(owner("false").await, crm.id("Dana Reyes"));
    assert_eq!(owner("TRUE").await, crm.id("Robin Cole"));
    assert_eq!(owner(rule.as_str().unwrap()).await, crm.id("Robin Cole"));
    assert_eq!(create("maybe").await.code(), "MALFORMED_ID");
}

#[tokio::test]
async fn what_no_entry_matches_goes_to_the_default_owner() {
    let crm = TestOrg::of(with_rule(Some("LeadSource = 'Web' AND Company LIKE 'A%'")));

    let matching = crm
        .given("Dana Reyes", "Lead", lead(json!({ "LeadSource": "web" })))
        .await;
    let other = crm
        .given("Dana Reyes", "Lead", lead(json!({ "LeadSource": "Other" })))
        .await;

    assert_eq!(
        crm.owner_and_creator("Lead", &matching).await.0,
        crm.id("Robin Cole")
    );
    assert_eq!(
        crm.owner_and_creator("Lead", &other).await.0,
        crm.id("Lead Queue")
    );
    assert_eq!(crm.creates().pop().unwrap().owner_reason, "default_owner");
}

#[tokio::test]
async fn any_update_runs_the_rule_again_unless_the_header_says_no() {
    let crm = TestOrg::of(with_rule(None));
    let off = [("sforce-auto-assign", "FALSE")];
    let id = crm
        .call_with(
            "Dana Reyes",
            Method::POST,
            "/sobjects/Lead",
            lead(json!({})),
            &off,
        )
        .await
        .id();
    let path = format!("/sobjects/Lead/{id}");

    crm.call_with(
        "Dana Reyes",
        Method::PATCH,
        &path,
        json!({ "Title": "CEO" }),
        &off,
    )
    .await;
    assert_eq!(
        crm.owner_and_creator("Lead", &id).await.0,
        crm.id("Dana Reyes")
    );

    crm.patch("Dana Reyes", &path, json!({ "Title": "CTO" }))
        .await;
    assert_eq!(
        crm.owner_and_creator("Lead", &id).await.0,
        crm.id("Robin Cole")
    );
    let change = crm.changes().pop().unwrap();
    assert_eq!(
        (change.owner_reason.as_str(), change.owner_before),
        ("assignment_rule", Some(crm.id("Dana Reyes")))
    );
}
