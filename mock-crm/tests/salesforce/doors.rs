//! Who owns what comes in by each door of the composite family.

use http::Method;
use mock_crm::ledger::CreateEntry;
use mock_crm::salesforce::{AssignmentRuleSpec, OrgSpec, Switches};
use serde_json::{Value, json};

use crate::collections::with_external_id;
use crate::harness::{TestOrg, spec};
use crate::{batch, composite, tree};

const DOORS: [&str; 5] = ["collections", "composite", "batch", "tree", "graph"];

/// The call that creates one record through a door.
fn create(door: &str, object: &str, fields: Value) -> (String, Value) {
    let path = format!("/sobjects/{object}");
    match door {
        "collections" => {
            let mut record = fields;
            record["attributes"] = json!({ "type": object });
            (
                "/composite/sobjects".to_owned(),
                json!({ "records": [record] }),
            )
        }
        "composite" => {
            let sub = composite::sub("a", "POST", &path, fields);
            ("/composite".to_owned(), composite::call(true, &[sub]))
        }
        "batch" => {
            let sub = batch::sub("POST", &format!("v60.0{path}"), fields);
            (
                "/composite/batch".to_owned(),
                json!({ "batchRequests": [sub] }),
            )
        }
        "tree" => {
            let node = tree::node(object, "a", fields);
            (
                format!("/composite/tree/{object}"),
                json!({ "records": [node] }),
            )
        }
        _ => {
            let sub = composite::sub("a", "POST", &path, fields);
            let graph = json!({ "graphId": "1", "compositeRequest": [sub] });
            ("/composite/graph".to_owned(), json!({ "graphs": [graph] }))
        }
    }
}

/// Sends it; the text of the answer, and the ledger's row if there is one.
async fn sent(
    crm: &TestOrg,
    (user, door): (&str, &str),
    (object, fields): (&str, Value),
    headers: &[(&str, &str)],
) -> (String, Option<CreateEntry>) {
    let before = crm.creates().len();
    let (path, body) = create(door, object, fields);
    let answer = crm
        .call_with(user, Method::POST, &path, body, headers)
        .await;
    (answer.text, crm.creates().into_iter().nth(before))
}

fn lead(fields: Value) -> (&'static str, Value) {
    ("Lead", crate::ownership::lead(fields))
}

fn contact(fields: Value) -> (&'static str, Value) {
    let mut contact = fields;
    contact["LastName"] = json!("Lee");
    ("Contact", contact)
}

#[tokio::test]
async fn the_owner_is_the_user_of_the_token_and_the_door_is_named() {
    let crm = TestOrg::new();
    let robin = crm.id("Robin Cole");
    for door in DOORS {
        let (text, row) = sent(&crm, ("Robin Cole", door), contact(json!({})), &[]).await;

        let row = row.unwrap_or_else(|| panic!("{door}: {text}"));
        assert_eq!(
            (row.api.as_str(), row.owner_reason.as_str()),
            (door, "caller_default")
        );
        assert_eq!(
            (row.owner.as_ref(), &row.created_by),
            (Some(&robin), &robin)
        );
    }
}

#[tokio::test]
async fn an_owner_that_is_named_is_taken_where_it_may_be() {
    let crm = TestOrg::new();
    let to = |name: &str| contact(json!({ "OwnerId": crm.id(name) }));
    for door in DOORS {
        let (text, row) = sent(&crm, ("Sam Sync", door), to("Dana Reyes"), &[]).await;
        let row = row.unwrap_or_else(|| panic!("{door}: {text}"));
        assert_eq!(
            (row.owner, row.owner_reason.as_str()),
            (Some(crm.id("Dana Reyes")), "requested")
        );
        assert_eq!(row.created_by, crm.id("Sam Sync"));

        let (text, row) = sent(&crm, ("Sam Sync", door), to("Ina Active"), &[]).await;
        assert!(
            row.is_none() && text.contains("INACTIVE_OWNER_OR_USER"),
            "{door}: {text}"
        );
        let (text, row) = sent(&crm, ("Sam Sync", door), to("Lead Queue"), &[]).await;
        assert!(
            row.is_none() && text.contains("MALFORMED_ID"),
            "{door}: {text}"
        );
        let (text, row) = sent(&crm, ("Dana Reyes", door), to("Robin Cole"), &[]).await;
        assert!(
            row.is_none() && text.contains("INSUFFICIENT_ACCESS"),
            "{door}: {text}"
        );
    }
}

#[tokio::test]
async fn a_queue_owns_leads() {
    let crm = TestOrg::new();
    for door in DOORS {
        let fields = lead(json!({ "OwnerId": crm.id("Lead Queue") }));

        let (text, row) = sent(&crm, ("Sam Sync", door), fields, &[]).await;

        let row = row.unwrap_or_else(|| panic!("{door}: {text}"));
        assert_eq!(
            (row.owner, row.owner_user),
            (Some(crm.id("Lead Queue")), None)
        );
    }
}

#[tokio::test]
async fn audit_fields_need_the_permission() {
    let crm = TestOrg::new();
    let fields = || contact(json!({ "CreatedById": crm.id("Robin Cole") }));
    for door in DOORS {
        let (text, row) = sent(&crm, ("Audi Ting", door), fields(), &[]).await;
        let row = row.unwrap_or_else(|| panic!("{door}: {text}"));
        assert_eq!(row.created_by, crm.id("Robin Cole"));
        assert_eq!(
            (row.created_by_reason.as_str(), row.owner),
            ("audit_field", Some(crm.id("Audi Ting")))
        );

        let (text, row) = sent(&crm, ("Dana Reyes", door), fields(), &[]).await;
        assert!(
            row.is_none() && text.contains("INVALID_FIELD_FOR_INSERT_UPDATE"),
            "{door}: {text}"
        );
    }
}

fn with_rule(inherit: bool) -> OrgSpec {
    OrgSpec {
        assignment_rules: vec![AssignmentRuleSpec {
            owner: "Robin Cole".to_owned(),
            ..AssignmentRuleSpec::default()
        }],
        switches: Switches {
            subrequests_inherit_auto_assign: inherit,
            ..Switches::default()
        },
        ..spec()
    }
}

#[tokio::test]
async fn the_assignment_rule_runs_unless_the_header_says_no() {
    let crm = TestOrg::of(with_rule(true));
    for door in DOORS {
        let reason = async |headers: &[(&str, &str)]| {
            let (text, row) = sent(&crm, ("Dana Reyes", door), lead(json!({})), headers).await;
            let row = row.unwrap_or_else(|| panic!("{door}: {text}"));
            (row.owner_reason, row.owner.unwrap())
        };

        let on = ("assignment_rule".to_owned(), crm.id("Robin Cole"));
        assert_eq!(reason(&[]).await, on, "{door}");
        let off = ("caller_default".to_owned(), crm.id("Dana Reyes"));
        assert_eq!(
            reason(&[("Sforce-Auto-Assign", "FALSE")]).await,
            off,
            "{door}"
        );
    }
}

#[tokio::test]
async fn a_header_of_the_request_inside_wins_and_that_of_the_call_may_count_for_nothing() {
    let (_, fields) = lead(json!({}));
    let mut own = composite::sub("a", "POST", "/sobjects/Lead", fields.clone());
    own["httpHeaders"] = json!({ "Sforce-Auto-Assign": "false" });
    let plain = composite::sub("b", "POST", "/sobjects/Lead", fields);
    let body = composite::call(false, &[own, plain]);

    for (inherit, outer, reasons) in [
        (true, "TRUE", ["caller_default", "assignment_rule"]),
        (true, "FALSE", ["caller_default", "caller_default"]),
        (false, "FALSE", ["caller_default", "assignment_rule"]),
    ] {
        let crm = TestOrg::of(with_rule(inherit));
        let headers = [("Sforce-Auto-Assign", outer)];
        crm.call_with("Dana Reyes", Method::POST, "/composite", &body, &headers)
            .await;

        let found: Vec<_> = crm
            .creates()
            .into_iter()
            .map(|row| row.owner_reason)
            .collect();
        assert_eq!(found, reasons, "inherited: {inherit}, outer: {outer}");
    }
}

#[tokio::test]
async fn an_upsert_leaves_the_owner_as_it_was() {
    let crm = TestOrg::of(with_external_id(true));
    let id = crm
        .given(
            "Dana Reyes",
            "Contact",
            json!({ "LastName": "Lee", "Apollo_Id__c": "a1" }),
        )
        .await;
    let key = "/sobjects/Contact/Apollo_Id__c/a1";
    let fields = |title: &str| json!({ "Title": title });
    let row = json!({
        "attributes": { "type": "Contact" }, "Apollo_Id__c": "a1", "Title": "collections",
    });
    let sub = |title: &str| composite::sub("a", "PATCH", key, fields(title));
    let graph = json!({ "graphId": "1", "compositeRequest": [sub("graph")] });
    let calls = [
        (
            Method::PATCH,
            "/composite/sobjects/Contact/Apollo_Id__c",
            json!({ "records": [row] }),
            "collections",
        ),
        (
            Method::POST,
            "/composite",
            composite::call(true, &[sub("composite")]),
            "composite",
        ),
        (
            Method::POST,
            "/composite/batch",
            json!({ "batchRequests": [batch::sub("PATCH", &format!("v60.0{key}"), fields("batch"))] }),
            "batch",
        ),
        (
            Method::POST,
            "/composite/graph",
            json!({ "graphs": [graph] }),
            "graph",
        ),
    ];
    for (method, path, body, title) in calls {
        let answer = crm.call("Robin Cole", method, path, body).await;

        let record = crm
            .get("Ada Min", &format!("/sobjects/Contact/{id}"))
            .await
            .body;
        assert_eq!(record["Title"], title, "{}", answer.text);
        assert_eq!(record["OwnerId"], crm.id("Dana Reyes"));
        assert_eq!(record["LastModifiedById"], crm.id("Robin Cole"));
    }
    assert_eq!(crm.changes(), []);
}
