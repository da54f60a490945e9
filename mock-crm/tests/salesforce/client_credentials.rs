//! Client credentials: an app acts as the user that its administrator chose.

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{Method, Request, StatusCode};
use serde_json::json;

use crate::harness::{Answer, CLIENT_ID, SECRET, TestOrg, query, spec, works};

fn crm() -> TestOrg {
    let mut spec = spec();
    spec.apps[0].run_as = Some("Sam Sync".to_owned());
    TestOrg::of(spec)
}

async fn ask(crm: &TestOrg, host: &str, secret: &str) -> Answer {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", CLIENT_ID),
        ("client_secret", secret),
    ];
    let request = Request::builder()
        .method(Method::POST)
        .uri("/services/oauth2/token")
        .header("host", host);
    crm.send(request.body(Body::from(query(&form))).unwrap())
        .await
}

#[tokio::test]
async fn records_are_created_by_the_run_as_user() {
    let crm = crm();

    let answer = ask(&crm, "acme.my.salesforce.com", SECRET).await;

    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.body["refresh_token"], json!(null));
    let request = Request::builder()
        .method(Method::POST)
        .uri("/services/data/v60.0/sobjects/Contact")
        .header(
            "authorization",
            format!("Bearer {}", answer.body["access_token"].as_str().unwrap()),
        );
    crm.send(request.body(Body::from(r#"{"LastName":"Lee"}"#)).unwrap())
        .await;
    assert_eq!(crm.creates()[0].created_by, crm.id("Sam Sync"));
}

#[tokio::test]
async fn the_secret_may_stand_in_a_basic_header() {
    let crm = crm();
    let basic = STANDARD.encode(format!("{CLIENT_ID}:{SECRET}"));
    let request = Request::builder()
        .method(Method::POST)
        .uri("/services/oauth2/token")
        .header("authorization", format!("Basic {basic}"));

    let answer = crm
        .send(
            request
                .body(Body::from("grant_type=client_credentials"))
                .unwrap(),
        )
        .await;

    assert!(works(&crm, answer.body["access_token"].as_str().unwrap()).await);
}

#[tokio::test]
async fn refusals_say_why() {
    let (crm, without) = (crm(), TestOrg::new());
    crm.org.set_user_active("Sam Sync", false).unwrap();
    for (crm, host, secret, expected) in [
        (
            &crm,
            "login.salesforce.com",
            SECRET,
            "request not supported on this domain",
        ),
        (
            &crm,
            "test.salesforce.com:443",
            SECRET,
            "request not supported on this domain",
        ),
        (&crm, "crm.test", "wrong", "invalid client credentials"),
        (&crm, "crm.test", SECRET, "inactive user"),
        (
            &without,
            "crm.test",
            SECRET,
            "no client credentials user enabled",
        ),
    ] {
        let answer = ask(crm, host, secret).await;

        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.body["error_description"], expected);
    }
}
