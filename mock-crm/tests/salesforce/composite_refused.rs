//! What a composite call can't be, and what can't be in one.

use http::Method;
use serde_json::{Value, json};

use crate::composite::{composite, contact, statuses, sub};
use crate::harness::TestOrg;

#[tokio::test]
async fn what_is_wrong_with_the_call_as_a_whole_refuses_it() {
    let crm = TestOrg::new();
    let one = |id: &str| sub(id, "POST", "/sobjects/Contact", contact("A"));
    let query = |id: usize| {
        sub(
            &format!("q{id}"),
            "GET",
            "/query?q=SELECT+Id+FROM+Contact",
            Value::Null,
        )
    };
    let many: Vec<_> = (0..26).map(|id| one(&format!("r{id}"))).collect();
    let queries: Vec<_> = (0..6).map(query).collect();
    let mut header = one("h");
    header["httpHeaders"] = json!({ "authorization": "Bearer x" });
    let code = async |subs: &[Value]| composite(&crm, false, subs).await.code().to_owned();

    assert_eq!(code(&many).await, "LIMIT_EXCEEDED");
    assert_eq!(code(&queries).await, "LIMIT_EXCEEDED");
    assert_eq!(code(&[one("a"), one("a")]).await, "INVALID_INPUT");
    assert_eq!(code(&[one("a[1]")]).await, "INVALID_INPUT");
    assert_eq!(code(&[header]).await, "INVALID_INPUT");
    for body in [
        "",
        "[]",
        "{}",
        r#"{"compositeRequest":7}"#,
        r#"{"compositeRequest":[{}]}"#,
        "{\"a\":",
    ] {
        let answer = crm
            .call("Dana Reyes", Method::POST, "/composite", body)
            .await;
        assert_eq!(
            answer.code(),
            "JSON_PARSER_ERROR",
            "{body}: {}",
            answer.text
        );
    }
    assert_eq!(crm.creates(), []);
    assert_eq!(
        composite(&crm, true, &[]).await.text,
        r#"{"compositeResponse":[]}"#
    );
}

#[tokio::test]
async fn bad_requests_inside_are_answered_each_for_itself() {
    let crm = TestOrg::new();
    let raw = |id: &str, method: &str, url: &str| json!({ "method": method, "url": url, "referenceId": id });
    let subs = [
        raw(
            "a",
            "POST",
            "http://other.test/services/data/v60.0/sobjects/Contact",
        ),
        raw("b", "DO IT", "/services/data/v60.0/sobjects/Contact"),
        raw("c", "GET", ""),
        raw("d", "GET", "/services/oauth2/userinfo"),
        raw("e", "PUT", "/services/data/v60.0/sobjects/Contact"),
        raw("f", "POST", "/services/data/v60.0/composite"),
        raw("g", "GET", "/services/data/v60.0/limits"),
        raw("h", "GET", "/services/data/v60.0/sobjects/Contact/\u{0}ü?%"),
    ];

    let answer = composite(&crm, false, &subs).await;

    assert_eq!(
        statuses(&answer),
        [404, 404, 404, 501, 405, 501, 501, 404],
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn a_token_that_no_longer_works_answers_nothing() {
    let crm = TestOrg::new();
    let subs = [sub("a", "POST", "/sobjects/Contact", contact("A"))];
    crm.org.set_user_active("Dana Reyes", false).unwrap();

    let answer = composite(&crm, false, &subs).await;

    assert_eq!(answer.code(), "INVALID_SESSION_ID");
    assert_eq!(crm.creates(), []);
}
