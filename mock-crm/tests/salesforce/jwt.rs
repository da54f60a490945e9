//! The JWT bearer grant, with what real clients put into their assertions.

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{Method, Request, StatusCode};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::pem::PemObject;
use serde_json::{Value, json};

use crate::harness::{Answer, CALLBACK, CLIENT_ID, TestOrg, query, spec, works};

/// The instant of the fixed clock, in seconds.
const NOW: i64 = 1_767_225_603;

fn crm(admin_approved: bool) -> TestOrg {
    let mut spec = spec();
    spec.apps[0].certificate = Some("demo".to_owned());
    spec.apps[0].admin_approved = admin_approved;
    TestOrg::of(spec)
}

fn claims(crm: &TestOrg, user: &str) -> Value {
    let username = crm.org.user(user).unwrap().username;
    json!({ "iss": CLIENT_ID, "sub": username, "aud": "https://login.salesforce.com", "exp": NOW + 60 })
}

fn signed(claims: &Value, algorithm: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(&json!({ "alg": algorithm })), part(claims));
    let pem = mock_crm::salesforce::demo_private_key();
    let der = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes()).unwrap();
    let key = RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        text.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

async fn send(crm: &TestOrg, assertion: &str) -> Answer {
    let form = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("assertion", assertion),
    ];
    crm.form("/services/oauth2/token", &form).await
}

/// Changes one claim.
fn with(mut claims: Value, name: &str, value: impl Into<Value>) -> Value {
    claims[name] = value.into();
    claims
}

#[tokio::test]
async fn an_assertion_gives_a_token_of_its_user() {
    let crm = crm(true);

    let answer = send(&crm, &signed(&claims(&crm, "Dana Reyes"), "RS256")).await;

    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(
        answer.body["id"]
            .as_str()
            .unwrap()
            .ends_with(&crm.id("Dana Reyes"))
    );
    assert_eq!(
        (&answer.body["refresh_token"], &answer.body["scope"]),
        (&json!(null), &json!("api web id"))
    );
    assert!(works(&crm, answer.body["access_token"].as_str().unwrap()).await);
}

#[tokio::test]
async fn what_real_clients_deviate_in_is_taken() {
    let crm = crm(true);
    let base = || claims(&crm, "Dana Reyes");
    for claims in [
        with(base(), "exp", NOW * 1000 + 300),
        with(base(), "exp", (NOW + 60).to_string()),
        with(base(), "exp", NOW - 170),
        with(base(), "aud", "https://test.salesforce.com/"),
        with(base(), "aud", "http://crm.test/services/oauth2/token"),
        with(
            base(),
            "aud",
            json!(["https://elsewhere.example", "http://crm.test"]),
        ),
        with(
            base(),
            "sub",
            crm.org.user("Dana Reyes").unwrap().username.to_uppercase(),
        ),
    ] {
        let answer = send(&crm, &signed(&claims, "RS256")).await;

        assert_eq!(answer.status, StatusCode::OK, "{claims}: {}", answer.text);
    }
}

#[tokio::test]
async fn refusals_say_what_is_wrong() {
    let crm = crm(true);
    let base = || claims(&crm, "Dana Reyes");
    let good = signed(&base(), "RS256");
    let (head, _) = good.rsplit_once('.').unwrap();
    let ours = |claims| signed(&claims, "RS256");
    for (assertion, expected) in [
        (
            ours(with(base(), "aud", "https://elsewhere.example")),
            "audience is invalid",
        ),
        (
            ours(with(base(), "exp", NOW - 181)),
            "expired authorization code",
        ),
        (ours(with(base(), "exp", 1e300)), "invalid assertion"),
        (ours(with(base(), "exp", "soon")), "invalid assertion"),
        (
            ours(with(base(), "sub", "nobody@x.example")),
            "user hasn't approved this consumer",
        ),
        (ours(claims(&crm, "Ina Active")), "inactive user"),
        (
            ours(with(base(), "iss", "nobody")),
            "client identifier invalid",
        ),
        (signed(&base(), "none"), "invalid assertion"),
        (format!("{head}.AAAA"), "invalid assertion"),
        ("nonsense".to_owned(), "invalid assertion"),
        ("..".to_owned(), "invalid assertion"),
        (String::new(), "missing required parameter: assertion"),
    ] {
        let answer = send(&crm, &assertion).await;

        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(answer.body["error_description"], expected);
    }
}

#[tokio::test]
async fn an_app_without_a_key_takes_no_assertion() {
    let crm = TestOrg::new();

    let answer = send(&crm, &signed(&claims(&crm, "Dana Reyes"), "RS256")).await;

    assert_eq!(answer.body["error_description"], "invalid assertion");
}

#[tokio::test]
async fn without_an_administrator_a_user_approves_first() {
    let crm = crm(false);
    let assertion = signed(&claims(&crm, "Dana Reyes"), "RS256");
    let refresh = crm
        .salesforce
        .tokens_of(&crm.org, "Dana Reyes")
        .unwrap()
        .refresh;

    assert_eq!(send(&crm, &assertion).await.status, StatusCode::OK);
    crm.form("/services/oauth2/revoke", &[("token", &refresh.grant.text)])
        .await;

    let answer = send(&crm, &assertion).await;
    assert_eq!(
        answer.body["error_description"],
        "user hasn't approved this consumer"
    );
}

#[tokio::test]
async fn an_app_may_bring_a_certificate() {
    // `openssl req -x509 -key mock-crm-demo-key.pem -subj /CN=app`
    let mut spec = spec();
    spec.apps[0].certificate = Some(include_str!("jwt/certificate.pem").to_owned());
    let crm = TestOrg::of(spec);

    let answer = send(&crm, &signed(&claims(&crm, "Dana Reyes"), "RS256")).await;

    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

#[tokio::test]
async fn a_form_of_any_bytes_is_answered() {
    let crm = crm(true);
    for body in [
        &b"grant_type=\xff%zz&&&=&"[..],
        b"\0",
        &query(&[("grant_type", CALLBACK)]).into_bytes(),
    ] {
        let request = Request::builder()
            .method(Method::POST)
            .uri("/services/oauth2/token");

        let answer = crm
            .send(request.body(Body::from(body.to_vec())).unwrap())
            .await;

        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
    }
}
