//! Whose token it is decides what a call may do.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use insta::assert_compact_json_snapshot;
use mock_crm::faults::{Action, Fault, Refusal};
use mock_crm::salesforce::{OrgSpec, UserSpec};
use mock_crm::tenant::Hosted;
use serde_json::json;

use crate::harness::{Answer, CLIENT_ID, TestOrg, spec};

async fn with_header(crm: &TestOrg, header: Option<String>) -> Answer {
    let mut request = Request::builder().uri("/services/data/v60.0/limits");
    if let Some(header) = header {
        request = request.header("authorization", header);
    }
    crm.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_call_takes_a_token_that_works() {
    let crm = TestOrg::new();
    let token = crm.token("Dana Reyes");
    let refresh = crm
        .salesforce
        .tokens_of(&crm.org, "Dana Reyes")
        .unwrap()
        .refresh;

    for header in [
        None,
        Some("Bearer nonsense".to_owned()),
        Some(format!("Bearer {}", refresh.grant.text)),
    ] {
        let answer = with_header(&crm, header).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let expected =
            json!([{ "message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID" }]);
        assert_eq!(answer.body, expected);
    }
    for scheme in ["Bearer", "OAuth", "bearer"] {
        let answer = with_header(&crm, Some(format!("{scheme} {token}"))).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_token_works_in_its_own_org_only() {
    let crm = TestOrg::new();
    let other = crm.salesforce.open(spec(), None).unwrap();
    let token = crm
        .salesforce
        .tokens_of(&other, "Dana Reyes")
        .unwrap()
        .access
        .grant
        .text
        .to_string();
    let create = Request::builder()
        .method(Method::POST)
        .uri("/services/data/v60.0/sobjects/Contact")
        .header("authorization", format!("Bearer {token}"))
        .body(Body::from(r#"{"LastName":"Lee"}"#))
        .unwrap();

    crm.send(create).await;

    assert_eq!(crm.creates(), []);
    assert_eq!(other.tenant().read().ledger.creates_len(), 1);
    assert!(crm.salesforce.close(other.id()).is_some());
    assert_eq!(
        with_header(&crm, Some(format!("Bearer {token}")))
            .await
            .status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_deactivated_user_is_refused_until_active_again() {
    let crm = TestOrg::new();
    let path = format!("/sobjects/User/{}", crm.id("Dana Reyes"));

    let answer = crm
        .patch("Ada Min", &path, json!({ "IsActive": false }))
        .await;

    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(
        crm.get("Dana Reyes", "/limits").await.status,
        StatusCode::UNAUTHORIZED
    );

    crm.org.set_user_active("Dana Reyes", true).unwrap();
    assert_eq!(
        crm.get("Dana Reyes", "/limits").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn users_are_changed_by_those_who_manage_users() {
    let crm = TestOrg::new();
    let path = format!("/sobjects/User/{}", crm.id("Robin Cole"));

    assert_eq!(
        crm.patch("Dana Reyes", &path, json!({ "Title": "x" }))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        crm.patch("Robin Cole", &path, json!({ "Title": "x" }))
            .await
            .status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        crm.patch("Robin Cole", &path, json!({ "IsActive": false }))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        crm.delete("Ada Min", &path).await.code(),
        "INSUFFICIENT_ACCESS_OR_READONLY"
    );
}

#[tokio::test]
async fn a_permission_set_counts_as_soon_as_it_is_assigned() {
    let crm = TestOrg::new();
    let sets = crm
        .query(
            "Ada Min",
            "SELECT Id FROM PermissionSet WHERE Label = 'Transfer'",
        )
        .await;
    let assignment = json!({ "AssigneeId": crm.id("Dana Reyes"), "PermissionSetId": sets.body["records"][0]["Id"] });
    let fields = json!({ "LastName": "Lee", "OwnerId": crm.id("Robin Cole") });

    let assigned = crm
        .given("Ada Min", "PermissionSetAssignment", assignment)
        .await;
    let with_right = crm
        .post("Dana Reyes", "/sobjects/Contact", fields.clone())
        .await;
    crm.delete(
        "Ada Min",
        &format!("/sobjects/PermissionSetAssignment/{assigned}"),
    )
    .await;
    let without = crm.post("Dana Reyes", "/sobjects/Contact", fields).await;

    assert_eq!(
        (with_right.status, without.status),
        (StatusCode::CREATED, StatusCode::BAD_REQUEST)
    );
}

#[tokio::test]
async fn a_user_of_a_new_profile_has_its_permissions() {
    let crm = TestOrg::new();
    let profile = crm
        .query(
            "Ada Min",
            "SELECT Id FROM Profile WHERE Name = 'System Administrator'",
        )
        .await;
    let path = format!("/sobjects/User/{}", crm.id("Dana Reyes"));

    crm.patch(
        "Ada Min",
        &path,
        json!({ "ProfileId": profile.body["records"][0]["Id"] }),
    )
    .await;

    let fields = json!({ "LastName": "Lee", "OwnerId": crm.id("Robin Cole") });
    assert_eq!(
        crm.post("Dana Reyes", "/sobjects/Contact", fields)
            .await
            .status,
        StatusCode::CREATED
    );
    let soql = "SELECT Assignee.Name FROM PermissionSetAssignment WHERE PermissionSet.PermissionsModifyAllData = true ORDER BY Assignee.Name";
    let admins = crm.query("Dana Reyes", soql).await;
    assert_eq!(
        admins.body["records"][1]["Assignee"]["Name"], "Dana Reyes",
        "{}",
        admins.text
    );
}

#[tokio::test]
async fn an_integration_user_without_object_access_sees_no_contacts() {
    let crm = TestOrg::of(OrgSpec {
        users: vec![UserSpec {
            name: "Inte Gration".to_owned(),
            profile: "Minimum Access - API Only Integrations".to_owned(),
            token: true,
            ..UserSpec::default()
        }],
        ..spec()
    });

    let create = crm
        .post(
            "Inte Gration",
            "/sobjects/Contact",
            json!({ "LastName": "Lee" }),
        )
        .await;
    let query = crm.query("Inte Gration", "SELECT Id FROM Contact").await;

    assert_eq!(
        (create.status, create.code()),
        (StatusCode::NOT_FOUND, "NOT_FOUND")
    );
    assert_eq!(query.code(), "INVALID_TYPE");
}

#[tokio::test]
async fn every_answer_says_how_many_calls_there_were() {
    let crm = TestOrg::of(OrgSpec {
        api_request_limit: 2,
        ..spec()
    });

    let answers = [
        crm.get("Dana Reyes", "/limits").await,
        crm.get("Dana Reyes", "/sobjects/Unicorn").await,
        crm.get("Dana Reyes", "/limits").await,
    ];

    let info = answers
        .each_ref()
        .map(|answer| answer.header("sforce-limit-info").unwrap());
    assert_eq!(info, ["api-usage=1/2", "api-usage=2/2", "api-usage=2/2"]);
    assert_eq!(
        (answers[2].status, answers[2].code()),
        (StatusCode::FORBIDDEN, "REQUEST_LIMIT_EXCEEDED")
    );
}

#[tokio::test]
async fn a_call_that_is_refused_at_the_door_counts_too() {
    let crm = TestOrg::of(OrgSpec {
        api_request_limit: 9,
        ..spec()
    });
    let malformed = [("sforce-auto-assign", "perhaps")];

    let refused = crm
        .call_with("Dana Reyes", Method::GET, "/limits", "", &malformed)
        .await;

    assert_eq!(
        (refused.code(), refused.header("sforce-limit-info")),
        ("MALFORMED_ID", Some("api-usage=1/9"))
    );
}

#[tokio::test]
async fn faults_are_refused_in_the_vendors_shape() {
    let crm = TestOrg::new();
    for (refusal, status, code, retry_after) in [
        (
            Refusal::RateLimit {
                retry_after: Some(3),
            },
            403,
            "REQUEST_LIMIT_EXCEEDED",
            Some("3"),
        ),
        (Refusal::LockedRow, 400, "UNABLE_TO_LOCK_ROW", None),
        (
            Refusal::Unavailable { retry_after: None },
            503,
            "SERVER_UNAVAILABLE",
            None,
        ),
        (Refusal::ServerError, 500, "UNKNOWN_EXCEPTION", None),
    ] {
        let fault: Fault =
            serde_json::from_value(json!({ "action": { "refuse": refusal } })).unwrap();
        assert!(matches!(fault.action, Action::Refuse(_)));
        crm.server.faults.add(fault);

        let answer = crm.get("Dana Reyes", "/limits").await;

        assert_eq!((answer.status.as_u16(), answer.code()), (status, code));
        assert_eq!(answer.header("retry-after"), retry_after);
    }
}

#[tokio::test]
async fn what_is_not_simulated_says_so() {
    let crm = TestOrg::new();

    let answer = crm.get("Dana Reyes", "/chatter/feeds").await;

    assert_eq!(answer.status, StatusCode::NOT_IMPLEMENTED);
    assert_compact_json_snapshot!(answer.body, @r#"[{"message": "mock-crm does not simulate GET /services/data/v60.0/chatter/feeds", "errorCode": "NOT_SIMULATED"}]"#);
    assert_eq!(
        crm.get("Dana Reyes", "/unicorns").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn any_version_is_answered_and_what_is_none_is_not_found() {
    let crm = TestOrg::new();
    let get = async |path: &str| {
        let request = Request::builder().uri(path).header(
            "authorization",
            format!("Bearer {}", crm.token("Dana Reyes")),
        );
        crm.send(request.body(Body::empty()).unwrap()).await
    };

    assert_eq!(
        get("/services/data/v37.0/limits/").await.status,
        StatusCode::OK
    );
    assert_eq!(
        get("//services/data/v60.0/limits").await.status,
        StatusCode::OK
    );
    assert_eq!(
        get("/services/data/60/limits").await.status,
        StatusCode::NOT_FOUND
    );
    let put = crm
        .call("Dana Reyes", Method::PUT, "/sobjects/Contact/003", "")
        .await;
    assert_compact_json_snapshot!(put.body, @r#"[{"message": "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,PATCH,DELETE", "errorCode": "METHOD_NOT_ALLOWED"}]"#);
}

#[tokio::test]
async fn tokens_are_issued_for_apps_of_the_org_only() {
    let crm = TestOrg::new();

    assert!(
        crm.salesforce
            .issue(&crm.org, "Dana Reyes", CLIENT_ID)
            .is_ok()
    );
    assert!(
        crm.salesforce
            .issue(&crm.org, "Dana Reyes", "another")
            .is_err()
    );
    assert!(crm.salesforce.issue(&crm.org, "Nobody", CLIENT_ID).is_err());
}
