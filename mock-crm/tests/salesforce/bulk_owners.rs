//! Who owns and who created the rows of Bulk API 2.0.

use http::StatusCode;
use mock_crm::salesforce::{AssignmentRuleSpec, OrgSpec};
use serde_json::json;

use crate::bulk_ingest::{complete, created, failed, insert, over, run, successful, upload};
use crate::harness::{TestOrg, spec};

#[tokio::test]
async fn rows_are_created_by_the_jobs_creator_whoever_uploads_them() {
    let crm = TestOrg::new();
    let job = created(&crm, "Dana Reyes", insert("Contact")).await;

    let refused = upload(&crm, "Robin Cole", &job, "LastName\nLee\n").await;
    let uploaded = upload(&crm, "Ada Min", &job, "LastName\nLee\n").await;
    complete(&crm, "Ada Min", &job).await;
    over(&crm, "Ada Min", &job).await;

    assert_eq!(refused.code(), "INVALIDUSER");
    assert_eq!(uploaded.status, StatusCode::CREATED);
    let row = crm.creates().remove(0);
    let dana = crm.id("Dana Reyes");
    let uploader = crm.server.last_request();
    assert_eq!(
        (
            row.created_by.as_str(),
            row.created_by_reason.as_str(),
            row.api.as_str()
        ),
        (dana.as_str(), "job_creator", "bulk2")
    );
    assert_eq!(
        (row.owner.as_deref(), row.owner_reason.as_str()),
        (Some(&*dana), "caller_default")
    );
    assert_eq!(row.user, dana);
    // The third request is the upload, after the creation and the refused one.
    assert!(uploader > 3);
    assert_eq!(row.request, "q3");
    let token = crm.salesforce.tokens_of(&crm.org, "Dana Reyes").unwrap();
    assert_eq!(row.token, *token.access.grant.id);
    assert_eq!(
        crm.owner_and_creator("Contact", &row.record).await,
        (dana.clone(), dana)
    );
}

#[tokio::test]
async fn an_owner_column_is_a_named_owner_with_the_rules_of_one() {
    let crm = TestOrg::new();
    let (robin, ina) = (crm.id("Robin Cole"), crm.id("Ina Active"));
    let csv = format!("LastName,OwnerId\nA,{robin}\nB,{ina}\nC,\nD,nobody\n");

    let job = run(&crm, "Sam Sync", insert("Contact"), &csv).await;

    let owners: Vec<_> = crm
        .creates()
        .into_iter()
        .map(|row| row.owner.unwrap())
        .collect();
    assert_eq!(owners, [robin, crm.id("Sam Sync")]);
    let failed = failed(&crm, "Sam Sync", &job)
        .await
        .replace(&ina, "[ina]")
        .replace(&ina[..15], "ina");
    insta::assert_snapshot!(failed, @r#"
    "sf__Id","sf__Error","LastName","OwnerId"
    "","INACTIVE_OWNER_OR_USER:operation performed with inactive user [ina] as owner of contact:--","B","[ina]"
    "","MALFORMED_ID:Owner ID: id value of incorrect type: nobody:OwnerId --","D","nobody"
    "#);
}

#[tokio::test]
async fn a_queue_can_own_a_lead() {
    let crm = TestOrg::new();
    let queue = crm.id("Lead Queue");
    let csv = format!("LastName,Company,OwnerId\nLee,Acme,{queue}\n");

    run(&crm, "Sam Sync", insert("Lead"), &csv).await;

    let row = crm.creates().remove(0);
    assert_eq!((row.owner, row.owner_user), (Some(queue), None));
}

#[tokio::test]
async fn an_assignment_rule_runs_only_where_the_job_names_it() {
    let crm = TestOrg::of(OrgSpec {
        assignment_rules: vec![AssignmentRuleSpec {
            owner: "Lead Queue".to_owned(),
            ..AssignmentRuleSpec::default()
        }],
        ..spec()
    });
    let rules = crm.query("Ada Min", "SELECT Id FROM AssignmentRule").await;
    let rule = rules.body["records"][0]["Id"].as_str().unwrap().to_owned();
    let csv = "LastName,Company\nLee,Acme\n";

    run(&crm, "Dana Reyes", insert("Lead"), csv).await;
    let mut with_rule = insert("Lead");
    with_rule["assignmentRuleId"] = json!(rule);
    run(&crm, "Dana Reyes", with_rule, csv).await;

    let reasons: Vec<_> = crm
        .creates()
        .into_iter()
        .map(|row| (row.owner, row.owner_reason))
        .collect();
    assert_eq!(
        reasons,
        [
            (Some(crm.id("Dana Reyes")), "caller_default".to_owned()),
            (Some(crm.id("Lead Queue")), "assignment_rule".to_owned()),
        ]
    );
}

#[tokio::test]
async fn audit_fields_are_for_inserts_with_the_permission() {
    let crm = TestOrg::new();
    let dana = crm.id("Dana Reyes");
    let csv = format!("LastName,CreatedById,CreatedDate\nLee,{dana},2020-01-01T00:00:00Z\n");
    let mut upsert = json!({ "object": "Contact", "operation": "upsert" });
    upsert["externalIdFieldName"] = json!("Id");

    run(&crm, "Audi Ting", insert("Contact"), &csv).await;
    let without = run(&crm, "Robin Cole", insert("Contact"), &csv).await;
    let upserted = run(&crm, "Audi Ting", upsert, &csv).await;

    let rows = crm.creates();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (
            rows[0].created_by.as_str(),
            rows[0].created_by_reason.as_str()
        ),
        (dana.as_str(), "audit_field")
    );
    assert_eq!(rows[0].owner, Some(crm.id("Audi Ting")));
    for (user, job) in [("Robin Cole", without), ("Audi Ting", upserted)] {
        let failed = failed(&crm, user, &job).await;
        assert!(
            failed.contains("INVALID_FIELD_FOR_INSERT_UPDATE:"),
            "{failed}"
        );
        assert!(failed.contains(":CreatedById, CreatedDate --"), "{failed}");
    }
}

#[tokio::test]
async fn an_upsert_keeps_the_owner_and_the_creator_of_what_is_there() {
    let crm = TestOrg::new();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let upsert = json!({ "object": "Contact", "operation": "upsert", "externalIdFieldName": "id" });
    let csv = format!("Id,LastName\n{id},Li\n,New\n003000000000000AAA,Gone\n");

    let job = run(&crm, "Sam Sync", upsert, &csv).await;

    let dana = crm.id("Dana Reyes");
    assert_eq!(
        crm.owner_and_creator("Contact", &id).await,
        (dana.clone(), dana)
    );
    let new = crm.creates().pop().unwrap();
    assert_eq!(new.created_by, crm.id("Sam Sync"));
    let expected = format!(
        "\"sf__Id\",\"sf__Created\",\"Id\",\"LastName\"\n\"{id}\",\"false\",\"{id}\",\"Li\"\n\"{}\",\"true\",\"\",\"New\"\n",
        new.record
    );
    assert_eq!(successful(&crm, "Sam Sync", &job).await, expected);
    assert!(
        failed(&crm, "Sam Sync", &job)
            .await
            .contains("INVALID_CROSS_REFERENCE_KEY")
    );
}
