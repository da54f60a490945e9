//! How a client comes by a token, and how it loses it.

use std::time::Duration;

use http::StatusCode;
use insta::assert_compact_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{Answer, CALLBACK, CLIENT_ID, SECRET, TestOrg, query, spec, works};

const TOKEN: &str = "/services/oauth2/token";

async fn refresh(crm: &TestOrg, token: &str) -> Answer {
    let pairs = [
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("refresh_token", token),
    ];
    crm.form(TOKEN, &pairs).await
}

fn refresh_token(crm: &TestOrg, user: &str) -> String {
    crm.salesforce
        .tokens_of(&crm.org, user)
        .unwrap()
        .refresh
        .grant
        .text
        .to_string()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_refresh_gives_a_new_access_token_of_the_same_user() {
    let crm = TestOrg::new();

    let answer = refresh(&crm, &refresh_token(&crm, "Dana Reyes")).await;

    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(works(&crm, &text(&answer.body["access_token"])).await);
    assert_eq!(answer.body["instance_url"], "http://crm.test");
    assert_eq!(
        answer.body["id"],
        format!(
            "http://crm.test/id/{}/{}",
            crm.org.id(),
            crm.id("Dana Reyes")
        )
    );
    assert_eq!(
        (&answer.body["issued_at"], &answer.body["token_type"]),
        (&json!("1767225603000"), &json!("Bearer"))
    );
    assert_eq!(answer.body["refresh_token"], Value::Null);
}

#[tokio::test]
async fn access_tokens_expire_and_are_refreshed() {
    let crm = TestOrg::new();
    let (access, refresh_token) = (crm.token("Dana Reyes"), refresh_token(&crm, "Dana Reyes"));

    crm.server.clock.advance(Duration::from_secs(7200));

    assert!(!works(&crm, &access).await);
    let answer = refresh(&crm, &refresh_token).await;
    assert!(works(&crm, &text(&answer.body["access_token"])).await);
}

#[tokio::test]
async fn with_rotation_an_old_refresh_token_ends_the_whole_grant() {
    let mut spec = spec();
    spec.apps[0].rotate_refresh_tokens = true;
    let crm = TestOrg::of(spec);
    let first = refresh_token(&crm, "Dana Reyes");

    let second = refresh(&crm, &first).await.body;
    let third = refresh(&crm, &text(&second["refresh_token"])).await.body;
    assert!(works(&crm, &text(&third["access_token"])).await);
    let reused = refresh(&crm, &first).await;

    assert_compact_json_snapshot!(reused.body, @r#"{"error": "invalid_grant", "error_description": "expired access/refresh token"}"#);
    assert!(!works(&crm, &text(&third["access_token"])).await);
    assert_eq!(
        refresh(&crm, &text(&third["refresh_token"])).await.status,
        StatusCode::BAD_REQUEST
    );
    assert!(works(&crm, &crm.token("Robin Cole")).await);
}

#[tokio::test]
async fn refusals_say_what_is_wrong() {
    let crm = TestOrg::new();
    let token = refresh_token(&crm, "Dana Reyes");
    let inactive = refresh_token(&crm, "Ina Active");
    let base = |secret, token| {
        vec![
            ("grant_type", "refresh_token"),
            ("client_id", CLIENT_ID),
            ("client_secret", secret),
            ("refresh_token", token),
        ]
    };
    let access = crm.token("Dana Reyes");
    let cases = [
        (
            base("wrong", token.as_str()),
            "invalid_client",
            "invalid client credentials",
        ),
        (
            base(SECRET, "nonsense"),
            "invalid_grant",
            "expired access/refresh token",
        ),
        (
            base(SECRET, &access),
            "invalid_grant",
            "expired access/refresh token",
        ),
        (base(SECRET, &inactive), "invalid_grant", "inactive user"),
        (
            vec![("grant_type", "magic")],
            "unsupported_grant_type",
            "grant type not supported",
        ),
        (
            vec![],
            "invalid_request",
            "missing required parameter: grant_type",
        ),
        (
            vec![
                ("grant_type", "refresh_token"),
                ("client_id", "nobody"),
                ("refresh_token", &token),
            ],
            "invalid_client_id",
            "client identifier invalid",
        ),
    ];

    for (pairs, error, description) in cases {
        let answer = crm.form(TOKEN, &pairs).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert_eq!(
            answer.body,
            json!({ "error": error, "error_description": description })
        );
    }
}

/// The query string of an authorization.
fn wanted(more: &[(&str, &str)]) -> String {
    let base = [
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", CALLBACK),
        ("state", "s 1"),
    ];
    query(&[&base, more].concat())
}

/// Logs in on the login page; where that sends the browser.
async fn log_in(crm: &TestOrg, password: &str, challenge: Option<&str>) -> Answer {
    let challenge = challenge.map(|challenge| ("code_challenge", challenge));
    let wanted = wanted(challenge.as_slice());
    let username = crm.org.user("Dana Reyes").unwrap().username;
    let start = format!("/services/oauth2/authorize?{wanted}");
    let login = [
        ("startURL", start.as_str()),
        ("username", &username),
        ("password", password),
    ];
    crm.form("/", &login).await
}

/// Presses a button of the page that asks whether the app may; where that sends the browser.
async fn decide(crm: &TestOrg, logged_in: &Answer, button: &str) -> Answer {
    let (page, source) = logged_in
        .header("location")
        .unwrap()
        .split_once("?source=")
        .unwrap();
    crm.form(page, &[("source", source), (button, "1")]).await
}

/// A code that Dana has approved.
async fn code(crm: &TestOrg, challenge: Option<&str>) -> String {
    let logged_in = log_in(crm, "password1", challenge).await;
    code_of(&decide(crm, &logged_in, "save").await)
}

fn code_of(answer: &Answer) -> String {
    let location = answer.header("location").unwrap();
    let code = location.strip_prefix(&format!("{CALLBACK}?code=")).unwrap();
    code.strip_suffix("&state=s%201").unwrap().to_owned()
}

async fn exchange(crm: &TestOrg, code: &str, more: &[(&str, &str)]) -> Answer {
    let mut pairs = vec![
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("code", code),
        ("redirect_uri", CALLBACK),
    ];
    pairs.extend(more);
    crm.form(TOKEN, &pairs).await
}

#[tokio::test]
async fn a_code_from_the_login_page_is_good_once() {
    let crm = TestOrg::new();
    let code = code(&crm, None).await;
    let first = exchange(&crm, &code, &[]).await;
    let again = exchange(&crm, &code, &[]).await;

    assert_eq!(first.status, StatusCode::OK, "{}", first.text);
    assert!(works(&crm, &text(&first.body["access_token"])).await);
    assert_eq!(
        refresh(&crm, &text(&first.body["refresh_token"]))
            .await
            .status,
        StatusCode::OK
    );
    assert_eq!(
        again.body["error_description"],
        "invalid authorization code"
    );
}

#[tokio::test]
async fn a_code_asks_for_its_verifier_its_address_and_its_time() {
    let crm = TestOrg::new();
    // SHA-256 of "verifier", from RFC 7636's method S256.
    let challenge = "iMnq5o6zALKXGivsnlom_0F5_WYda32GHkxlV7mq7hQ";
    let code = async || code(&crm, Some(challenge)).await;

    let good = exchange(&crm, &code().await, &[("code_verifier", "verifier")]).await;
    let wrong = exchange(&crm, &code().await, &[("code_verifier", "other")]).await;
    let late = code().await;
    crm.server.clock.advance(Duration::from_secs(15 * 60));
    let late = exchange(&crm, &late, &[("code_verifier", "verifier")]).await;

    assert_eq!(good.status, StatusCode::OK, "{}", good.text);
    assert_eq!(wrong.body["error_description"], "invalid code verifier");
    assert_eq!(late.body["error_description"], "expired authorization code");
}

#[tokio::test]
async fn a_revoked_token_is_dead_and_a_refresh_token_takes_its_access_tokens_along() {
    let crm = TestOrg::new();
    let (access, token) = (crm.token("Dana Reyes"), refresh_token(&crm, "Dana Reyes"));

    let revoked = crm
        .form("/services/oauth2/revoke", &[("token", &token)])
        .await;
    let again = crm
        .form("/services/oauth2/revoke", &[("token", &token)])
        .await;

    assert_eq!(revoked.status, StatusCode::OK);
    assert_eq!(
        (again.status, again.text.starts_with("error=invalid_token")),
        (StatusCode::BAD_REQUEST, true)
    );
    assert!(!works(&crm, &access).await);
    assert_eq!(refresh(&crm, &token).await.body["error"], "invalid_grant");
}

#[tokio::test]
async fn the_password_grant_logs_in() {
    let crm = TestOrg::new();
    let username = crm.org.user("Robin Cole").unwrap().username;
    let log_in = async |password| {
        let pairs = [
            ("grant_type", "password"),
            ("client_id", CLIENT_ID),
            ("client_secret", SECRET),
            ("username", username.as_str()),
            ("password", password),
        ];
        crm.form(TOKEN, &pairs).await
    };

    let good = log_in("password1").await;
    let bad = log_in("wrong").await;

    assert!(works(&crm, &text(&good.body["access_token"])).await);
    assert_eq!(bad.body["error_description"], "authentication failure");
}
