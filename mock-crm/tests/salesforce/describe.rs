//! What the org says about itself.

use axum::body::Body;
use http::{Request, StatusCode};
use insta::assert_compact_json_snapshot;
use serde_json::{Value, json};

use crate::collections::with_external_id;
use crate::harness::TestOrg;

fn field<'d>(describe: &'d Value, name: &str) -> &'d Value {
    let fields = describe["fields"].as_array().unwrap();
    fields.iter().find(|field| field["name"] == name).unwrap()
}

#[tokio::test]
async fn versions_are_listed_without_a_token_in_rising_order() {
    let crm = TestOrg::new();

    let answer = crm
        .send(
            Request::builder()
                .uri("/services/data/")
                .body(Body::empty())
                .unwrap(),
        )
        .await;

    assert_eq!(answer.status, StatusCode::OK);
    assert_compact_json_snapshot!(answer.body[0], @r#"{"label": "Summer '14", "url": "/services/data/v31.0", "version": "31.0"}"#);
    let last = answer.body.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["version"], &last["label"]),
        (&json!("64.0"), &json!("Summer '25"))
    );
}

#[tokio::test]
async fn a_describe_has_the_flags_of_ownership_fields() {
    let crm = TestOrg::of(with_external_id(true));

    let describe = crm
        .get("Dana Reyes", "/sobjects/contact/describe")
        .await
        .body;
    let flags = |name: &str| {
        let field = field(&describe, name);
        ["createable", "updateable", "nillable", "defaultedOnCreate"]
            .map(|flag| field[flag].as_bool().unwrap())
    };

    assert_eq!(
        (&describe["name"], &describe["keyPrefix"]),
        (&json!("Contact"), &json!("003"))
    );
    assert_eq!(flags("OwnerId"), [true, true, false, true]);
    assert_eq!(flags("CreatedById"), [false, false, false, true]);
    assert_eq!(flags("LastName"), [true, true, false, false]);
    assert_eq!(field(&describe, "OwnerId")["referenceTo"], json!(["User"]));
    assert_eq!(field(&describe, "Apollo_Id__c")["externalId"], true);
    assert_eq!(
        field(&describe, "MailingCity")["compoundFieldName"],
        "MailingAddress"
    );
}

#[tokio::test]
async fn audit_fields_show_as_createable_to_who_may_set_them() {
    let crm = TestOrg::new();

    let describe = crm
        .get("Audi Ting", "/sobjects/Contact/describe")
        .await
        .body;

    assert_eq!(field(&describe, "CreatedById")["createable"], true);
    assert_eq!(field(&describe, "SystemModstamp")["createable"], false);
}

#[tokio::test]
async fn an_account_knows_its_children() {
    let crm = TestOrg::new();

    let describe = crm
        .get("Dana Reyes", "/sobjects/Account/describe")
        .await
        .body;

    let children = describe["childRelationships"].as_array().unwrap();
    let names: Vec<_> = children
        .iter()
        .map(|child| child["relationshipName"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "ChildAccounts",
            "Contacts",
            "Opportunities",
            "Cases",
            "Tasks",
            "Events",
            "Emails"
        ]
    );
}

#[tokio::test]
async fn lists_resources_and_limits_are_there() {
    let crm = TestOrg::new();

    let list = crm.get("Dana Reyes", "/sobjects/").await.body;
    let basic = crm.get("Dana Reyes", "/sobjects/Lead").await.body;
    let resources = crm.get("Dana Reyes", "/").await.body;
    let limits = crm.get("Dana Reyes", "/limits").await.body;

    assert!(
        list["sobjects"]
            .as_array()
            .unwrap()
            .iter()
            .any(|object| object["name"] == "Task")
    );
    assert_eq!(basic["objectDescribe"]["labelPlural"], "Leads");
    assert!(
        resources["identity"]
            .as_str()
            .unwrap()
            .ends_with(&crm.id("Dana Reyes"))
    );
    assert!(
        limits["DailyApiRequests"]["Remaining"].as_u64()
            < limits["DailyApiRequests"]["Max"].as_u64()
    );
}
