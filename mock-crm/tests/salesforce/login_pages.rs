//! The web server flow, page by page, as a scripted browser goes through it.

use axum::body::Body;
use http::{Request, StatusCode};
use insta::assert_snapshot;

use crate::harness::{Answer, CALLBACK, CLIENT_ID, TestOrg, query, spec};

async fn get(crm: &TestOrg, path: &str) -> Answer {
    let request = Request::builder().uri(path).header("host", "crm.test");
    crm.send(request.body(Body::empty()).unwrap()).await
}

async fn authorize(crm: &TestOrg, pairs: &[(&str, &str)]) -> Answer {
    get(crm, &format!("/services/oauth2/authorize?{}", query(pairs))).await
}

fn wanted<'a>(client_id: &'a str, callback: &'a str) -> [(&'a str, &'a str); 3] {
    [
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", callback),
    ]
}

fn path(answer: &Answer) -> String {
    let location = answer
        .header("location")
        .unwrap_or_else(|| panic!("{}", answer.text));
    location
        .strip_prefix("http://crm.test")
        .unwrap_or(location)
        .to_owned()
}

#[tokio::test]
async fn a_user_logs_in_approves_and_is_sent_back_with_a_code() {
    let crm = TestOrg::new();
    let username = crm.org.user("Dana Reyes").unwrap().username;
    let pairs = [
        wanted(CLIENT_ID, CALLBACK).as_slice(),
        &[("state", "x y"), ("login_hint", "d@x")],
    ]
    .concat();

    let start = authorize(&crm, &pairs).await;
    let login_path = path(&start);
    let login = get(&crm, &login_path).await;
    let start_url = form_urlencoded::parse(login_path.split_once('?').unwrap().1.as_bytes())
        .find(|(name, _)| name == "startURL")
        .unwrap()
        .1
        .into_owned();
    let logged_in = crm
        .form(
            "/",
            &[
                ("startURL", &start_url),
                ("username", &username),
                ("password", "password1"),
                ("Login", "Log In"),
            ],
        )
        .await;
    let approval_path = path(&logged_in);
    let approval = get(&crm, &approval_path).await;
    let (page, source) = approval_path.split_once("?source=").unwrap();
    let done = crm
        .form(page, &[("source", source), ("save", " Allow ")])
        .await;
    let again = crm
        .form(page, &[("source", source), ("save", " Allow ")])
        .await;

    assert!(login_path.starts_with("/?ec=302&startURL="), "{login_path}");
    for part in [
        r#"id="username" name="username" value="d@x""#,
        r#"id="password""#,
        r#"name="Login""#,
    ] {
        assert!(login.text.contains(part), "{}", login.text);
    }
    assert_eq!(page, "/setup/secur/RemoteAccessAuthorizationPage.apexp");
    assert!(
        approval.text.contains(r#"id="oaapprove""#),
        "{}",
        approval.text
    );
    let back = path(&done);
    assert!(
        back.starts_with(&format!("{CALLBACK}?code=aPrx")) && back.ends_with("&state=x%20y"),
        "{back}"
    );
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_user_who_denies_is_sent_back_without_a_code() {
    let crm = TestOrg::new();
    let username = crm.org.user("Dana Reyes").unwrap().username;
    let start = format!(
        "/services/oauth2/authorize?{}",
        query(&wanted(CLIENT_ID, CALLBACK))
    );
    let logged_in = crm
        .form(
            "/",
            &[
                ("startURL", &start),
                ("username", &username),
                ("password", "password1"),
            ],
        )
        .await;
    let approval_path = path(&logged_in);
    let (page, source) = approval_path.split_once("?source=").unwrap();

    let denied = crm
        .form(page, &[("source", source), ("cancel", " Deny ")])
        .await;

    assert_snapshot!(path(&denied), @r#"http://localhost:1717/done?error=access_denied&error_description=end-user%20denied%20authorization"#);
}

#[tokio::test]
async fn who_can_not_log_in_stays_on_the_login_page() {
    let crm = TestOrg::new();
    let start = format!(
        "/services/oauth2/authorize?{}",
        query(&wanted(CLIENT_ID, CALLBACK))
    );
    for (user, password) in [("Dana Reyes", "wrong"), ("Ina Active", "password1")] {
        let username = crm.org.user(user).unwrap().username;

        let answer = crm
            .form(
                "/",
                &[
                    ("startURL", &start),
                    ("username", &username),
                    ("password", password),
                ],
            )
            .await;

        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::OK, None)
        );
        assert!(
            answer
                .text
                .contains("Please check your username and password."),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn nobody_is_sent_to_strangers() {
    let mut spec = spec();
    spec.apps[0].redirect_uris = vec![CALLBACK.to_owned()];
    let crm = TestOrg::of(spec);

    let app = authorize(&crm, &wanted("nobody", CALLBACK)).await;
    let address = authorize(&crm, &wanted(CLIENT_ID, "http://evil.example/")).await;

    for answer in [&app, &address] {
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::BAD_REQUEST, None)
        );
    }
    assert!(app.text.contains("error=invalid_client_id"), "{}", app.text);
    assert!(
        address.text.contains("error=redirect_uri_mismatch"),
        "{}",
        address.text
    );
    assert_eq!(get(&crm, "/").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_an_app_may_not_ask_for_is_told_to_it() {
    let crm = TestOrg::new();
    for (name, value, expected) in [
        ("scope", "api chatter_api", "error=invalid_scope"),
        ("code_challenge_method", "plain", "error=invalid_grant"),
        ("response_type", "magic", "error=unsupported_response_type"),
    ] {
        let pairs = [&[(name, value)], wanted(CLIENT_ID, CALLBACK).as_slice()].concat();

        let answer = authorize(&crm, &pairs).await;

        assert!(
            path(&answer).starts_with(&format!("{CALLBACK}?{expected}&")),
            "{}",
            path(&answer)
        );
    }
    let implicit = [
        &[("response_type", "token")],
        wanted(CLIENT_ID, CALLBACK).as_slice(),
    ]
    .concat();
    assert_eq!(
        authorize(&crm, &implicit).await.status,
        StatusCode::NOT_IMPLEMENTED
    );
}
