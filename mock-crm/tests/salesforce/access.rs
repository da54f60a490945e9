//! What profiles and permission sets allow, and how an integration finds out.

use http::{Method, StatusCode};
use mock_crm::salesforce::{OrgSpec, PermissionSpec, UserSpec};
use serde_json::{Value, json};

use crate::harness::{TestOrg, spec};

/// The org with an integration user: bare, or with permission sets.
fn with_integration(sets: Vec<PermissionSpec>) -> OrgSpec {
    let mut spec = spec();
    spec.users.push(UserSpec {
        name: "Bot Integration".to_owned(),
        profile: "Minimum Access - API Only Integrations".to_owned(),
        permission_sets: sets.iter().map(|set| set.name.clone()).collect(),
        token: true,
        ..UserSpec::default()
    });
    spec.permission_sets.extend(sets);
    spec
}

fn set(objects: &[&str], read_only: &[&str]) -> PermissionSpec {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    PermissionSpec {
        name: "Bot Access".to_owned(),
        objects: names(objects),
        read_only_objects: names(read_only),
        ..PermissionSpec::default()
    }
}

fn names(answer: &Value, path: &[&str]) -> Vec<String> {
    let value = |record: &Value| path.iter().fold(record.clone(), |at, key| at[*key].clone());
    let records = answer["records"].as_array().unwrap();
    records
        .iter()
        .map(|record| value(record).as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_fresh_integration_user_sees_nothing() {
    let crm = TestOrg::of(with_integration(vec![]));
    let bot = "Bot Integration";

    let describe = crm.get(bot, "/sobjects/Contact/describe").await;
    let create = crm
        .post(bot, "/sobjects/Contact", json!({ "LastName": "Lee" }))
        .await;
    let query = crm.query(bot, "SELECT Id FROM Contact").await;

    assert_eq!(
        (describe.status, describe.code()),
        (StatusCode::NOT_FOUND, "NOT_FOUND")
    );
    assert_eq!(create.code(), "NOT_FOUND");
    assert_eq!(query.code(), "INVALID_TYPE");
}

#[tokio::test]
async fn a_permission_set_opens_its_objects_as_far_as_it_says() {
    let crm = TestOrg::of(with_integration(vec![set(&["Contact"], &["Account"])]));
    let bot = "Bot Integration";
    let account = crm
        .given("Dana Reyes", "Account", json!({ "Name": "Acme" }))
        .await;

    crm.given(
        bot,
        "Contact",
        json!({ "LastName": "Lee", "AccountId": account }),
    )
    .await;
    let read = crm.get(bot, &format!("/sobjects/Account/{account}")).await;
    let create = crm
        .post(bot, "/sobjects/Account", json!({ "Name": "B" }))
        .await;
    let edit = crm
        .patch(
            bot,
            &format!("/sobjects/Account/{account}"),
            json!({ "Site": "x" }),
        )
        .await;

    assert_eq!(read.status, StatusCode::OK);
    assert_eq!(
        (create.status, create.code()),
        (StatusCode::FORBIDDEN, "INSUFFICIENT_ACCESS")
    );
    assert_eq!(
        create.body[0]["message"],
        "insufficient access rights on entity: Account"
    );
    assert_eq!(edit.code(), "INSUFFICIENT_ACCESS");
}

#[tokio::test]
async fn an_account_that_the_caller_can_not_see_is_no_account_of_theirs() {
    let crm = TestOrg::of(with_integration(vec![set(&["Contact"], &[])]));
    let account = crm
        .given("Dana Reyes", "Account", json!({ "Name": "Acme" }))
        .await;

    let fields = json!({ "LastName": "Lee", "AccountId": account });
    let answer = crm
        .post("Bot Integration", "/sobjects/Contact", fields)
        .await;

    assert_eq!(
        answer.code(),
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"
    );
    assert!(answer.text.contains(&account), "{}", answer.text);
}

#[tokio::test]
async fn rights_follow_the_rows_of_object_permissions() {
    let crm = TestOrg::of(with_integration(vec![set(&[], &[])]));
    let sets = crm
        .query(
            "Ada Min",
            "SELECT Id FROM PermissionSet WHERE Name = 'Bot_Access'",
        )
        .await;
    let row = json!({
        "ParentId": sets.body["records"][0]["Id"], "SobjectType": "Lead", "PermissionsCreate": true, "PermissionsRead": true,
    });

    crm.given("Ada Min", "ObjectPermissions", row).await;

    let lead = json!({ "LastName": "Lee", "Company": "Acme" });
    let answer = crm.post("Bot Integration", "/sobjects/Lead", lead).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
}

#[tokio::test]
async fn one_query_finds_who_has_a_permission_by_profile_or_set() {
    let crm = TestOrg::new();
    let found = async |permission: &str| {
        let soql = format!(
            "SELECT AssigneeId, Assignee.Name, Assignee.IsActive, PermissionSet.Name, PermissionSet.IsOwnedByProfile, \
             PermissionSet.Profile.Name FROM PermissionSetAssignment WHERE PermissionSet.{permission} = true \
             AND Assignee.IsActive = true"
        );
        crm.query("Dana Reyes", &soql).await.body
    };

    let all = found("PermissionsModifyAllData").await;
    assert_eq!(names(&all, &["Assignee", "Name"]), ["Ada Min"]);
    assert_eq!(
        all["records"][0]["PermissionSet"]["Profile"]["Name"],
        "System Administrator"
    );
    let audit = found("PermissionsCreateAuditFields").await;
    assert_eq!(names(&audit, &["Assignee", "Name"]), ["Audi Ting"]);
    assert_eq!(
        audit["records"][0]["PermissionSet"]["IsOwnedByProfile"],
        false
    );
}

#[tokio::test]
async fn the_other_documented_queries_about_rights_are_answered() {
    let crm = TestOrg::new();
    let query = async |soql: &str| crm.query("Dana Reyes", soql).await.body;

    let sets = query("SELECT Name, (SELECT AssigneeId FROM Assignments) FROM PermissionSet WHERE PermissionsModifyAllData=true").await;
    assert_eq!(
        sets["records"][0]["Assignments"]["records"][0]["AssigneeId"],
        crm.id("Ada Min")
    );

    let users = query("SELECT Id, Name FROM User WHERE ProfileId IN (SELECT Id FROM Profile WHERE PermissionsModifyAllData = true)").await;
    assert_eq!(names(&users, &["Name"]), ["Ada Min"]);

    let dana = format!(
        "SELECT Id, Profile.Name, Profile.UserLicense.Name, UserType FROM User WHERE Id = '{}'",
        crm.id("Dana Reyes")
    );
    let dana = query(&dana).await;
    assert_eq!(
        names(&dana, &["Profile", "UserLicense", "Name"]),
        ["Salesforce"]
    );

    let objects = query("SELECT SobjectType FROM ObjectPermissions WHERE Parent.Profile.Name = 'Standard User' AND PermissionsCreate = true").await;
    assert!(names(&objects, &["SobjectType"]).contains(&"Contact".to_owned()));

    let system = query(
        "SELECT Name FROM User WHERE UserType IN ('AutomatedProcess', 'CloudIntegrationUser')",
    )
    .await;
    assert_eq!(
        names(&system, &["Name"]),
        ["Automated Process", "Platform Integration User"]
    );
}

#[tokio::test]
async fn a_new_owner_must_read_the_object_where_the_switch_says_so() {
    let mut strict = with_integration(vec![]);
    strict.switches.new_owner_must_read = true;
    for (spec, status) in [(with_integration(vec![]), 201), (strict, 400)] {
        let crm = TestOrg::of(spec);
        let fields = json!({ "LastName": "Lee", "OwnerId": crm.id("Bot Integration") });

        let answer = crm
            .call("Sam Sync", Method::POST, "/sobjects/Contact", fields)
            .await;

        assert_eq!(answer.status.as_u16(), status);
        if status == 400 {
            assert_eq!(
                answer.body[0]["message"],
                "The new owner must have read permission"
            );
            assert_eq!(answer.code(), "TRANSFER_REQUIRES_READ");
        }
    }
}
