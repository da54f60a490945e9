//! What an app is told about its tokens, and how it lets them go.

use std::time::Duration;

use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::json;

use crate::harness::{Answer, CLIENT_ID, SECRET, TestOrg, query, works};

async fn introspect(crm: &TestOrg, token: &str, secret: &str) -> Answer {
    let form = [
        ("token", token),
        ("client_id", CLIENT_ID),
        ("client_secret", secret),
    ];
    crm.form("/services/oauth2/introspect", &form).await
}

#[tokio::test]
async fn a_token_that_works_is_described_to_its_app() {
    let crm = TestOrg::new();
    let refresh = crm
        .salesforce
        .tokens_of(&crm.org, "Dana Reyes")
        .unwrap()
        .refresh;

    let access = introspect(&crm, &crm.token("Dana Reyes"), SECRET).await;
    let refresh = introspect(&crm, &refresh.grant.text, SECRET).await;

    assert_eq!(
        access.body,
        json!({
            "active": true,
            "scope": "refresh_token api web id",
            "client_id": CLIENT_ID,
            "username": crm.org.user("Dana Reyes").unwrap().username,
            "sub": format!("http://crm.test/id/{}/{}", crm.org.id(), crm.id("Dana Reyes")),
            "token_type": "access_token",
            "iat": 1_767_225_603,
            "nbf": 1_767_225_603,
            "exp": 1_767_225_603 + 7200,
        })
    );
    assert_eq!(
        (
            &refresh.body["active"],
            &refresh.body["token_type"],
            &refresh.body["exp"]
        ),
        (&json!(true), &json!("refresh_token"), &json!(null))
    );
}

#[tokio::test]
async fn a_token_that_does_not_work_is_inactive_and_nothing_more() {
    let crm = TestOrg::new();
    let (dana, robin) = (crm.token("Dana Reyes"), crm.token("Robin Cole"));
    crm.org.set_user_active("Robin Cole", false).unwrap();

    for token in ["nonsense", &robin] {
        assert_eq!(
            introspect(&crm, token, SECRET).await.body,
            json!({ "active": false })
        );
    }
    crm.server.clock.advance(Duration::from_secs(7200));
    assert_eq!(
        introspect(&crm, &dana, SECRET).await.body,
        json!({ "active": false })
    );
    let stranger = introspect(&crm, &dana, "wrong").await;
    assert_eq!(
        (stranger.status, &stranger.body["error"]),
        (StatusCode::BAD_REQUEST, &json!("invalid_client"))
    );
}

#[tokio::test]
async fn a_token_is_revoked_by_form_or_address() {
    let crm = TestOrg::new();
    let (dana, robin) = (crm.token("Dana Reyes"), crm.token("Robin Cole"));
    let path = format!("/services/oauth2/revoke?{}", query(&[("token", &robin)]));
    let by_address = Request::builder().uri(path).body(Body::empty()).unwrap();

    let form = crm
        .form("/services/oauth2/revoke", &[("token", &dana)])
        .await;
    let address = crm.send(by_address).await;
    let again = crm
        .form("/services/oauth2/revoke", &[("token", &dana)])
        .await;

    for (answer, token) in [(form, dana), (address, robin)] {
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, ""));
        assert!(!works(&crm, &token).await);
    }
    assert_eq!(
        again.text,
        "error=invalid_token&error_description=invalid%20token"
    );
    assert_eq!(
        again.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
}
