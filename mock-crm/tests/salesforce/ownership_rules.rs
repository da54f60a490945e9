//! Sentences of the help pages about owners and creators, one by one.

use http::{Method, StatusCode};
use mock_crm::salesforce::{
    AssignmentRuleSpec, CustomObjectSpec, OrgSpec, PermissionSpec, QueueSpec,
};
use serde_json::{Value, json};

use crate::collections::with_external_id;
use crate::harness::{TestOrg, spec};
use crate::ownership::lead;

/// The org where Sam may also do this.
fn sam_may(permission: &str) -> OrgSpec {
    let mut spec = spec();
    spec.permission_sets.push(PermissionSpec {
        name: "More".to_owned(),
        permissions: vec![permission.to_owned()],
        ..PermissionSpec::default()
    });
    let sam = spec
        .users
        .iter_mut()
        .find(|user| user.name == "Sam Sync")
        .unwrap();
    sam.permission_sets.push("More".to_owned());
    spec
}

#[tokio::test]
async fn a_new_record_was_changed_when_and_by_whom_it_was_created() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;

    let record = crm
        .get("Dana Reyes", &format!("/sobjects/Contact/{id}"))
        .await
        .body;

    assert_eq!(record["CreatedById"], record["LastModifiedById"]);
    for name in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
        assert_eq!(record[name], "2026-01-01T00:00:03.000+0000", "{name}");
    }
}

#[tokio::test]
async fn a_contact_or_a_task_does_not_take_the_owner_of_what_it_belongs_to() {
    let crm = TestOrg::new();
    let account = crm
        .given("Robin Cole", "Account", json!({ "Name": "Acme" }))
        .await;

    let contact = crm
        .given(
            "Dana Reyes",
            "Contact",
            json!({ "LastName": "Lee", "AccountId": account }),
        )
        .await;
    let task = crm
        .given(
            "Dana Reyes",
            "Task",
            json!({ "WhatId": account, "WhoId": contact }),
        )
        .await;

    for (object, id) in [("Contact", contact), ("Task", task)] {
        assert_eq!(
            crm.owner_and_creator(object, &id).await.0,
            crm.id("Dana Reyes"),
            "{object}"
        );
    }
}

#[tokio::test]
async fn queues_own_tasks_and_custom_records_that_they_are_for() {
    let mut spec = spec();
    spec.custom_objects = vec![CustomObjectSpec {
        name: "Room__c".to_owned(),
        ..CustomObjectSpec::default()
    }];
    spec.queues.push(QueueSpec {
        name: "Room Queue".to_owned(),
        objects: vec!["Room__c".to_owned(), "Task".to_owned()],
    });
    let crm = TestOrg::of(spec);
    let create = async |object: &str, queue: &str| {
        let fields = json!({ "OwnerId": crm.id(queue) });
        crm.post("Sam Sync", &format!("/sobjects/{object}"), fields)
            .await
    };

    for object in ["Room__c", "Task"] {
        assert_eq!(
            create(object, "Room Queue").await.status,
            StatusCode::CREATED,
            "{object}"
        );
        assert_eq!(
            create(object, "Lead Queue").await.code(),
            "INVALID_OPERATION",
            "{object}"
        );
    }
}

#[tokio::test]
async fn a_detail_has_no_owner_and_goes_with_its_master() {
    let mut spec = spec();
    let object = |name: &str| CustomObjectSpec {
        name: name.to_owned(),
        ..CustomObjectSpec::default()
    };
    spec.custom_objects = vec![object("Room__c"), object("Seat__c")];
    spec.custom_fields = serde_json::from_value(json!([
        { "object": "Seat__c", "name": "Room__c", "type": "masterdetail", "references": "Room__c" },
    ]))
    .unwrap();
    let crm = TestOrg::of(spec);
    let room = crm
        .given("Dana Reyes", "Room__c", json!({ "Name": "R" }))
        .await;
    let seat = |more: Value| json!({ "Name": "S", "Room__c": room, "OwnerId": more });

    let owned = crm
        .post(
            "Dana Reyes",
            "/sobjects/Seat__c",
            seat(json!(crm.id("Dana Reyes"))),
        )
        .await;
    assert_eq!(
        owned.body[0]["message"],
        "No such column 'OwnerId' on sobject of type Seat__c"
    );
    let alone = crm
        .post("Dana Reyes", "/sobjects/Seat__c", json!({ "Name": "S" }))
        .await;
    assert_eq!(alone.code(), "REQUIRED_FIELD_MISSING");

    let id = crm
        .given(
            "Dana Reyes",
            "Seat__c",
            json!({ "Name": "S", "Room__c": room }),
        )
        .await;
    assert_eq!(crm.creates().pop().unwrap().owner_reason, "blank");
    crm.delete("Dana Reyes", &format!("/sobjects/Room__c/{room}"))
        .await;
    let gone = crm
        .get("Dana Reyes", &format!("/sobjects/Seat__c/{id}"))
        .await;
    assert_eq!(gone.code(), "ENTITY_IS_DELETED");
}

#[tokio::test]
async fn an_account_takes_its_opportunities_and_activities_along_when_it_is_deleted() {
    let crm = TestOrg::new();
    let account = crm
        .given("Dana Reyes", "Account", json!({ "Name": "Acme" }))
        .await;
    let deal = json!({ "Name": "D", "StageName": "Prospecting", "CloseDate": "2026-02-01", "AccountId": account });
    let mut gone = Vec::new();
    for (object, fields) in [
        ("Opportunity", deal),
        ("Task", json!({ "WhatId": account })),
        ("Event", json!({ "WhatId": account })),
    ] {
        gone.push((object, crm.given("Robin Cole", object, fields).await));
    }
    let case = crm
        .given("Robin Cole", "Case", json!({ "AccountId": account }))
        .await;

    crm.delete("Dana Reyes", &format!("/sobjects/Account/{account}"))
        .await;

    for (object, id) in gone {
        let answer = crm
            .get("Ada Min", &format!("/sobjects/{object}/{id}"))
            .await;
        assert_eq!(answer.code(), "ENTITY_IS_DELETED", "{object}");
    }
    let case = crm.get("Ada Min", &format!("/sobjects/Case/{case}")).await;
    assert_eq!(case.status, StatusCode::OK);
}

#[tokio::test]
async fn records_of_inactive_owners_are_edited_with_the_permission_and_never_given_to_them() {
    let crm = TestOrg::of(sam_may("UpdateWithInactiveOwner"));
    let id = crm
        .given("Robin Cole", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let path = format!("/sobjects/Contact/{id}");
    crm.org.set_user_active("Robin Cole", false).unwrap();
    let robin = crm.id("Robin Cole");

    let edit = json!({ "Title": "CEO", "OwnerId": robin });
    assert_eq!(
        crm.patch("Ada Min", &path, edit.clone()).await.code(),
        "INACTIVE_OWNER_OR_USER"
    );
    assert_eq!(
        crm.patch("Sam Sync", &path, edit).await.status,
        StatusCode::NO_CONTENT
    );

    let other = json!({ "OwnerId": crm.id("Ina Active") });
    assert_eq!(
        crm.patch("Sam Sync", &path, other).await.code(),
        "INACTIVE_OWNER_OR_USER"
    );
    let new = json!({ "LastName": "Li", "OwnerId": robin });
    assert_eq!(
        crm.post("Sam Sync", "/sobjects/Contact", new).await.code(),
        "INACTIVE_OWNER_OR_USER"
    );
}

#[tokio::test]
async fn which_records_an_inactive_owner_freezes_is_a_switch() {
    let mut all = spec();
    all.switches.inactive_owner_blocks_edit = vec!["Account".to_owned()];
    for (spec, account, contact) in [(spec(), 204, 400), (all, 400, 204)] {
        let crm = TestOrg::of(spec);
        let mut paths = Vec::new();
        for (object, fields) in [
            ("Account", json!({ "Name": "A" })),
            ("Contact", json!({ "LastName": "L" })),
        ] {
            let id = crm.given("Robin Cole", object, fields).await;
            paths.push(format!("/sobjects/{object}/{id}"));
        }
        crm.org.set_user_active("Robin Cole", false).unwrap();

        let edit = json!({ "Description": "x" });
        let account_answer = crm
            .patch("Sam Sync", &paths[0], edit.clone())
            .await
            .status
            .as_u16();
        let contact_answer = crm.patch("Sam Sync", &paths[1], edit).await.status.as_u16();

        assert_eq!((account_answer, contact_answer), (account, contact));
    }
}

#[tokio::test]
async fn cases_follow_their_own_rule_and_default_owner() {
    let mut spec = spec();
    spec.assignment_rules = vec![AssignmentRuleSpec {
        object: "Case".to_owned(),
        owner: "Case Queue".to_owned(),
        criteria: Some("Origin = 'Web'".to_owned()),
        ..AssignmentRuleSpec::default()
    }];
    spec.default_case_owner = Some("Robin Cole".to_owned());
    let crm = TestOrg::of(spec);

    let web = crm
        .given("Dana Reyes", "Case", json!({ "Origin": "Web" }))
        .await;
    let phone = crm
        .given("Dana Reyes", "Case", json!({ "Origin": "Phone" }))
        .await;
    let lead = crm.given("Dana Reyes", "Lead", lead(json!({}))).await;

    assert_eq!(
        crm.owner_and_creator("Case", &web).await.0,
        crm.id("Case Queue")
    );
    assert_eq!(
        crm.owner_and_creator("Case", &phone).await.0,
        crm.id("Robin Cole")
    );
    assert_eq!(
        crm.owner_and_creator("Lead", &lead).await.0,
        crm.id("Dana Reyes")
    );
    let reasons: Vec<_> = crm
        .creates()
        .into_iter()
        .map(|row| row.owner_reason)
        .collect();
    assert_eq!(
        reasons,
        ["assignment_rule", "default_owner", "caller_default"]
    );
}

#[tokio::test]
async fn a_rule_that_is_not_active_runs_when_the_header_names_it() {
    let mut spec = spec();
    spec.assignment_rules = vec![AssignmentRuleSpec {
        active: false,
        owner: "Lead Queue".to_owned(),
        ..AssignmentRuleSpec::default()
    }];
    let crm = TestOrg::of(spec);
    let found = crm
        .query(
            "Dana Reyes",
            "SELECT Id FROM AssignmentRule WHERE Active = false",
        )
        .await;
    let rule = found.body["records"][0]["Id"].as_str().unwrap().to_owned();
    let create = async |headers: &[(&str, &str)]| {
        let answer = crm
            .call_with(
                "Dana Reyes",
                Method::POST,
                "/sobjects/Lead",
                lead(json!({})),
                headers,
            )
            .await;
        crm.owner_and_creator("Lead", &answer.id()).await.0
    };

    assert_eq!(create(&[]).await, crm.id("Dana Reyes"));
    assert_eq!(
        create(&[("Sforce-Auto-Assign", &rule[..15])]).await,
        crm.id("Lead Queue")
    );
}

#[tokio::test]
async fn a_lead_that_was_converted_elsewhere_says_so_with_the_audit_permission() {
    let crm = TestOrg::new();
    let fields = lead(json!({ "IsConverted": true, "ConvertedDate": "2020-01-01" }));

    let refused = crm
        .post("Dana Reyes", "/sobjects/Lead", fields.clone())
        .await;
    assert_eq!(refused.body[0]["fields"], json!(["ConvertedDate"]));
    let id = crm.given("Audi Ting", "Lead", fields).await;
    let lead = crm
        .get("Ada Min", &format!("/sobjects/Lead/{id}"))
        .await
        .body;
    assert_eq!(lead["ConvertedDate"], "2020-01-01");
}

#[tokio::test]
async fn the_last_change_of_a_task_about_somebody_can_not_be_set() {
    let crm = TestOrg::new();
    let contact = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let task = |who: Value| json!({ "WhoId": who, "LastModifiedById": crm.id("Dana Reyes"), "CreatedById": crm.id("Robin Cole") });
    for (who, last) in [(Value::Null, "Dana Reyes"), (json!(contact), "Audi Ting")] {
        let id = crm.given("Audi Ting", "Task", task(who)).await;
        let task = crm
            .get("Ada Min", &format!("/sobjects/Task/{id}"))
            .await
            .body;
        assert_eq!(
            (&task["LastModifiedById"], &task["CreatedById"]),
            (&json!(crm.id(last)), &json!(crm.id("Robin Cole")))
        );
    }
}

#[tokio::test]
async fn an_upsert_sets_no_audit_fields_whoever_sends_it() {
    let crm = TestOrg::of(with_external_id(true));
    let fields = json!({ "LastName": "Lee", "CreatedById": crm.id("Dana Reyes"), "CreatedDate": "2020-01-01T00:00:00Z" });

    let answer = crm
        .patch("Audi Ting", "/sobjects/Contact/Apollo_Id__c/a1", fields)
        .await;

    assert_eq!(answer.code(), "INVALID_FIELD_FOR_INSERT_UPDATE");
    assert_eq!(
        answer.body[0]["fields"],
        json!(["CreatedById", "CreatedDate"])
    );
}
