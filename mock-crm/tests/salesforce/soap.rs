//! SOAP login and what goes with it.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use insta::assert_snapshot;

use crate::harness::{Answer, TestOrg};

async fn call(crm: &TestOrg, header: &str, body: &str) -> Answer {
    let envelope = format!(
        "<?xml version=\"1.0\"?><env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:urn=\"urn:partner.soap.sforce.com\"><env:Header>{header}</env:Header><env:Body>{body}</env:Body></env:Envelope>"
    );
    let request = Request::builder()
        .method(Method::POST)
        .uri("/services/Soap/u/59.0")
        .header("host", "crm.test")
        .header("soapaction", "login")
        .body(Body::from(envelope));
    crm.send(request.unwrap()).await
}

async fn log_in(crm: &TestOrg, password: &str) -> Answer {
    let username = crm.org.user("Dana Reyes").unwrap().username;
    let body = format!(
        "<n1:login xmlns:n1=\"urn:partner.soap.sforce.com\"><n1:username>{username}</n1:username><n1:password>{password}</n1:password></n1:login>"
    );
    call(crm, "", &body).await
}

fn element<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let (_, rest) = answer.text.split_once(&format!("<{name}>")).unwrap();
    rest.split_once("</").unwrap().0
}

#[tokio::test]
async fn login_gives_a_session_that_is_good_for_rest() {
    let crm = TestOrg::new();

    let answer = log_in(&crm, "password1").await;

    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(element(&answer, "userId"), crm.id("Dana Reyes"));
    assert_eq!(element(&answer, "organizationId"), crm.org.id());
    assert_eq!(
        element(&answer, "serverUrl"),
        format!(
            "http://crm.test/services/Soap/u/59.0/{}",
            &crm.org.id()[..15]
        )
    );
    let request = Request::builder()
        .method(Method::POST)
        .uri("/services/data/v59.0/sobjects/Contact/")
        .header(
            "authorization",
            format!("Bearer {}", element(&answer, "sessionId")),
        )
        .body(Body::from(r#"{"LastName":"Lee"}"#));
    assert_eq!(crm.send(request.unwrap()).await.status, StatusCode::CREATED);
    let row = crm.creates().pop().unwrap();
    assert_eq!((row.created_by, row.app), (crm.id("Dana Reyes"), None));
}

#[tokio::test]
async fn a_wrong_password_is_a_fault_with_the_tags_clients_read() {
    let crm = TestOrg::new();

    let answer = log_in(&crm, "wrong").await;

    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_snapshot!(element(&answer, "sf:exceptionCode"), @r"INVALID_LOGIN");
    assert_snapshot!(element(&answer, "faultstring"), @r"INVALID_LOGIN: Invalid username, password, security token; or user locked out.");
}

#[tokio::test]
async fn an_inactive_user_can_not_log_in() {
    let crm = TestOrg::new();
    crm.org.set_user_active("Dana Reyes", false).unwrap();

    assert_eq!(
        element(&log_in(&crm, "password1").await, "faultcode"),
        "INVALID_LOGIN"
    );
}

#[tokio::test]
async fn a_session_tells_whose_it_is_until_it_is_logged_out() {
    let crm = TestOrg::new();
    let session = element(&log_in(&crm, "password1").await, "sessionId").to_owned();
    let header =
        format!("<urn:SessionHeader><urn:sessionId>{session}</urn:sessionId></urn:SessionHeader>");

    let info = call(&crm, &header, "<urn:getUserInfo/>").await;
    let out = call(&crm, &header, "<urn:logout/>").await;
    let after = call(&crm, &header, "<urn:getUserInfo/>").await;

    assert_eq!(element(&info, "userFullName"), "Dana Reyes");
    assert_eq!(out.status, StatusCode::OK);
    assert_eq!(element(&after, "faultcode"), "sf:INVALID_SESSION_ID");
}

#[tokio::test]
async fn other_operations_are_refused_by_name() {
    let crm = TestOrg::new();

    let answer = call(&crm, "", "<urn:convertLead/>").await;
    let garbage = call(&crm, "", "").await;

    assert_snapshot!(element(&answer, "faultstring"), @r"NOT_SIMULATED: mock-crm does not simulate the SOAP operation convertLead");
    assert_eq!(garbage.status, StatusCode::INTERNAL_SERVER_ERROR);
}
