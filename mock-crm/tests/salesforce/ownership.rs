//! Who becomes the owner and who the creator of a record.

use http::{Method, StatusCode};
use insta::assert_compact_json_snapshot;
use mock_crm::salesforce::{
    AssignmentRuleSpec, NullOwner, OrgSpec, OwnerOnInsert, QueueOnUserOwned,
};
use serde_json::{Value, json};

use crate::harness::{TestOrg, spec};

const LEAD: (&str, &str) = ("Lee", "Acme");

fn lead(more: Value) -> Value {
    let mut fields = json!({ "LastName": LEAD.0, "Company": LEAD.1 });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    fields
}

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
async fn without_an_owner_the_caller_owns_and_created_the_record() {
    let crm = TestOrg::new();
    for (object, fields) in [
        ("Contact", json!({ "LastName": "Lee" })),
        ("Account", json!({ "Name": "Acme" })),
        ("Lead", lead(json!({}))),
        ("Task", json!({ "Subject": "Call" })),
    ] {
        let id = crm.given("Dana Reyes", object, fields).await;

        let dana = crm.id("Dana Reyes");
        assert_eq!(
            crm.owner_and_creator(object, &id).await,
            (dana.clone(), dana),
            "{object}"
        );
    }
}

#[tokio::test]
async fn an_owner_may_be_named_in_either_length_of_id() {
    let crm = TestOrg::new();
    let dana = crm.id("Dana Reyes");
    for owner in [dana.as_str(), &dana[..15], &dana.to_lowercase()] {
        let id = crm
            .given(
                "Sam Sync",
                "Contact",
                json!({ "LastName": "Lee", "OwnerId": owner }),
            )
            .await;

        let expected = (dana.clone(), crm.id("Sam Sync"));
        assert_eq!(crm.owner_and_creator("Contact", &id).await, expected);
    }
    let create = crm.creates().pop().unwrap();
    assert_eq!(
        (create.owner_reason.as_str(), create.owner_requested),
        ("requested", Some(dana.clone()))
    );
    assert_eq!(
        (create.owner_user, create.created_by),
        (Some(dana), crm.id("Sam Sync"))
    );
}

#[tokio::test]
async fn naming_another_owner_takes_the_right_to_transfer() {
    let crm = TestOrg::new();
    let fields = json!({ "LastName": "Lee", "OwnerId": crm.id("Robin Cole") });

    let answer = crm
        .post("Dana Reyes", "/sobjects/Contact", fields.clone())
        .await;

    assert_eq!(
        answer.code(),
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"
    );
    assert_eq!(crm.creates(), []);

    let mut open = spec();
    open.switches.owner_on_insert = OwnerOnInsert::AnyUser;
    let crm = TestOrg::of(open);
    crm.given("Dana Reyes", "Contact", fields).await;
}

#[tokio::test]
async fn an_owner_that_is_no_user_is_refused() {
    let crm = TestOrg::new();
    for (owner, code) in [
        (json!("INVALID_OWNER"), "MALFORMED_ID"),
        (json!("003000000000001"), "MALFORMED_ID"),
        (json!(5), "MALFORMED_ID"),
        (json!("005zzz000000001"), "INVALID_CROSS_REFERENCE_KEY"),
        (json!(crm.id("Lead Queue")), "MALFORMED_ID"),
        (json!(crm.id("Ina Active")), "INACTIVE_OWNER_OR_USER"),
    ] {
        let fields = json!({ "LastName": "Lee", "OwnerId": owner });
        let answer = crm.post("Sam Sync", "/sobjects/Contact", fields).await;

        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::BAD_REQUEST, code),
            "{owner}"
        );
    }
    assert_eq!(crm.creates(), []);
}

#[tokio::test]
async fn the_texts_of_refused_owners_are_those_of_real_orgs() {
    let crm = TestOrg::new();
    let refused = async |owner: &str| {
        let fields = json!({ "LastName": "Lee", "OwnerId": owner });
        crm.post("Sam Sync", "/sobjects/Contact", fields).await.body
    };

    assert_compact_json_snapshot!(refused("INVALID_OWNER").await, @r#"[{"message": "Owner ID: id value of incorrect type: INVALID_OWNER", "errorCode": "MALFORMED_ID", "fields": ["OwnerId"]}]"#);
    assert_compact_json_snapshot!(refused(&crm.id("Ina Active")).await, @r#"
    [
      {
        "message": "operation performed with inactive user [00500100000000N] as owner of contact",
        "errorCode": "INACTIVE_OWNER_OR_USER",
        "fields": []
      }
    ]
    "#);
}

#[tokio::test]
async fn an_inactive_owner_is_allowed_where_the_switch_says_so() {
    let mut spec = spec();
    spec.switches.inactive_owner_allowed = vec!["account".to_owned()];
    let crm = TestOrg::of(spec);
    let owner = crm.id("Ina Active");

    crm.given(
        "Sam Sync",
        "Account",
        json!({ "Name": "Acme", "OwnerId": owner }),
    )
    .await;

    let contact = json!({ "LastName": "Lee", "OwnerId": owner });
    let answer = crm.post("Sam Sync", "/sobjects/Contact", contact).await;
    assert_eq!(answer.code(), "INACTIVE_OWNER_OR_USER");
}

#[tokio::test]
async fn a_null_owner_is_the_caller_unless_the_switch_refuses_it() {
    let fields = json!({ "LastName": "Lee", "OwnerId": null });
    let crm = TestOrg::new();
    let id = crm.given("Dana Reyes", "Contact", fields.clone()).await;
    assert_eq!(
        crm.owner_and_creator("Contact", &id).await.0,
        crm.id("Dana Reyes")
    );

    let mut strict = spec();
    strict.switches.null_owner_on_insert = NullOwner::Refuse;
    let crm = TestOrg::of(strict);
    let answer = crm.post("Dana Reyes", "/sobjects/Contact", fields).await;
    assert_compact_json_snapshot!(answer.body, @r#"[{"message": "Owner ID: owner cannot be blank", "errorCode": "INVALID_CROSS_REFERENCE_KEY", "fields": ["OwnerId"]}]"#);
}

#[tokio::test]
async fn a_queue_owns_what_it_is_for() {
    let crm = TestOrg::new();
    let off = [("Sforce-Auto-Assign", "FALSE")];
    let create = async |queue: &str| {
        let fields = lead(json!({ "OwnerId": crm.id(queue) }));
        crm.call_with("Sam Sync", Method::POST, "/sobjects/Lead", fields, &off)
            .await
    };

    let owned = create("Lead Queue").await;
    assert_eq!(owned.status, StatusCode::CREATED);
    let row = crm.creates().pop().unwrap();
    assert_eq!(
        (row.owner, row.owner_user),
        (Some(crm.id("Lead Queue")), None)
    );

    let refused = create("Case Queue").await;
    assert_compact_json_snapshot!(refused.body, @r#"[{"message": "Queue not associated with this SObject type", "errorCode": "INVALID_OPERATION", "fields": []}]"#);
}

#[tokio::test]
async fn a_queue_for_a_contact_is_refused_with_the_code_of_the_switch() {
    let mut spec = spec();
    spec.switches.queue_on_user_owned = QueueOnUserOwned::InvalidOperation;
    let crm = TestOrg::of(spec);

    let fields = json!({ "LastName": "Lee", "OwnerId": crm.id("Lead Queue") });
    let answer = crm.post("Sam Sync", "/sobjects/Contact", fields).await;

    assert_eq!(answer.code(), "INVALID_OPERATION");
}

#[tokio::test]
async fn an_object_without_owner_has_no_such_column() {
    let crm = TestOrg::new();

    let fields = json!({ "AssigneeId": crm.id("Dana Reyes"), "OwnerId": crm.id("Dana Reyes") });
    let answer = crm
        .post("Ada Min", "/sobjects/PermissionSetAssignment", fields)
        .await;

    assert_eq!(answer.code(), "INVALID_FIELD");
}

#[tokio::test]
async fn audit_fields_are_refused_all_at_once_without_the_permission() {
    let crm = TestOrg::new();
    let fields = json!({
        "LastName": "Lee", "CreatedDate": "2020-01-01T00:00:00Z", "CreatedById": crm.id("Dana Reyes"),
        "SystemModstamp": "2020-01-01T00:00:00Z",
    });

    let answer = crm.post("Dana Reyes", "/sobjects/Contact", fields).await;

    assert_eq!(
        answer.body[0]["fields"],
        json!(["CreatedDate", "CreatedById", "SystemModstamp"])
    );
    assert_compact_json_snapshot!(answer.body, @r#"
    [
      {
        "message": "Unable to create/update fields: CreatedDate, CreatedById, SystemModstamp. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
        "errorCode": "INVALID_FIELD_FOR_INSERT_UPDATE",
        "fields": [
          "CreatedDate",
          "CreatedById",
          "SystemModstamp"
        ]
      }
    ]
    "#);
}

#[tokio::test]
async fn with_the_permission_the_creator_can_be_set_and_nothing_else_moves() {
    let crm = TestOrg::new();
    let fields = json!({
        "LastName": "Lee", "CreatedById": crm.id("Dana Reyes"), "CreatedDate": "2020-01-01T00:00:00Z",
    });
    let id = crm.given("Audi Ting", "Contact", fields).await;

    let record = crm
        .get("Audi Ting", &format!("/sobjects/Contact/{id}"))
        .await
        .body;

    let audi = crm.id("Audi Ting");
    assert_eq!(record["CreatedById"], crm.id("Dana Reyes"));
    assert_eq!(record["CreatedDate"], "2020-01-01T00:00:00.000+0000");
    assert_eq!(
        (&record["OwnerId"], &record["LastModifiedById"]),
        (&json!(audi), &json!(audi))
    );
    let row = crm.creates().pop().unwrap();
    assert_eq!(
        (row.created_by_reason.as_str(), row.user),
        ("audit_field", audi)
    );
    assert_eq!(row.created_by, crm.id("Dana Reyes"));

    let update = json!({ "CreatedById": crm.id("Robin Cole") });
    let answer = crm
        .patch("Audi Ting", &format!("/sobjects/Contact/{id}"), update)
        .await;
    assert_eq!(answer.code(), "INVALID_FIELD_FOR_INSERT_UPDATE");
}

#[tokio::test]
async fn a_set_last_change_is_good_until_the_next_one() {
    let crm = TestOrg::new();
    let fields = json!({
        "LastName": "Lee", "LastModifiedById": crm.id("Dana Reyes"), "LastModifiedDate": "2020-01-01T00:00:00Z",
    });
    let id = crm.given("Audi Ting", "Contact", fields).await;
    let path = format!("/sobjects/Contact/{id}");
    let last = async || {
        let record = crm.get("Ada Min", &path).await.body;
        (
            record["LastModifiedById"].clone(),
            record["LastModifiedDate"].clone(),
        )
    };

    assert_eq!(
        last().await,
        (
            json!(crm.id("Dana Reyes")),
            json!("2020-01-01T00:00:00.000+0000")
        )
    );

    crm.patch("Robin Cole", &path, json!({ "Title": "CEO" }))
        .await;
    assert_eq!(
        last().await,
        (
            json!(crm.id("Robin Cole")),
            json!("2026-01-01T00:00:03.000+0000")
        )
    );
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

#[tokio::test]
async fn an_update_moves_the_owner_only_when_it_says_so_and_never_the_creator() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");
    let (dana, robin) = (crm.id("Dana Reyes"), crm.id("Robin Cole"));

    let answer = crm
        .patch("Robin Cole", &path, json!({ "Title": "CEO" }))
        .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(
        crm.owner_and_creator("Contact", &id).await,
        (dana.clone(), dana.clone())
    );
    assert_eq!(crm.changes(), []);

    crm.patch("Dana Reyes", &path, json!({ "OwnerId": robin }))
        .await;
    assert_eq!(
        crm.owner_and_creator("Contact", &id).await,
        (robin.clone(), dana.clone())
    );
    let change = crm.changes().pop().unwrap();
    assert_eq!(
        (change.owner, change.owner_before, change.user),
        (Some(robin), Some(dana.clone()), dana)
    );
}

#[tokio::test]
async fn a_record_of_others_is_given_away_by_who_may_transfer() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");
    let to_robin = json!({ "OwnerId": crm.id("Robin Cole") });

    let refused = crm.patch("Robin Cole", &path, to_robin.clone()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_compact_json_snapshot!(refused.body, @r#"[{"message": "insufficient access rights on object id", "errorCode": "INSUFFICIENT_ACCESS_OR_READONLY", "fields": []}]"#);

    let same = crm
        .patch(
            "Robin Cole",
            &path,
            json!({ "OwnerId": crm.id("Dana Reyes") }),
        )
        .await;
    assert_eq!(same.status, StatusCode::NO_CONTENT);

    let moved = crm.patch("Sam Sync", &path, to_robin).await;
    assert_eq!(moved.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn an_owner_can_not_be_cleared() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;

    let answer = crm
        .patch(
            "Dana Reyes",
            &format!("/sobjects/Contact/{id}"),
            json!({ "OwnerId": null }),
        )
        .await;

    assert_compact_json_snapshot!(answer.body, @r#"[{"message": "Owner ID: owner cannot be blank", "errorCode": "INVALID_CROSS_REFERENCE_KEY", "fields": ["OwnerId"]}]"#);
}

#[tokio::test]
async fn a_contact_of_an_inactive_owner_can_only_be_given_to_another() {
    let crm = TestOrg::new();
    let id = crm
        .given("Robin Cole", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");
    crm.org.set_user_active("Robin Cole", false).unwrap();

    let refused = crm
        .patch("Sam Sync", &path, json!({ "Title": "CEO" }))
        .await;
    assert_eq!(refused.code(), "INACTIVE_OWNER_OR_USER");

    let moved = json!({ "OwnerId": crm.id("Dana Reyes") });
    assert_eq!(
        crm.patch("Sam Sync", &path, moved).await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn an_account_deleted_takes_its_contacts_along_and_rights_are_asked() {
    let crm = TestOrg::new();
    let account = crm
        .given("Dana Reyes", "Account", json!({ "Name": "Acme" }))
        .await;
    let contact = crm
        .given(
            "Robin Cole",
            "Contact",
            json!({ "LastName": "Lee", "AccountId": account }),
        )
        .await;
    let path = format!("/sobjects/Account/{account}");

    let refused = crm.delete("Robin Cole", &path).await;
    assert_eq!(refused.code(), "INSUFFICIENT_ACCESS_OR_READONLY");

    assert_eq!(
        crm.delete("Dana Reyes", &path).await.status,
        StatusCode::NO_CONTENT
    );
    let gone = crm
        .get("Robin Cole", &format!("/sobjects/Contact/{contact}"))
        .await;
    assert_eq!(gone.code(), "ENTITY_IS_DELETED");
}
