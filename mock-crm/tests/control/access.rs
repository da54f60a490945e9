use mock_crm::crms::CreateQuery;

use crate::{code, controlled};

#[tokio::test]
async fn a_request_without_the_token_is_refused_with_a_hint() {
    let control = controlled().await;

    for authorization in [None, Some("Bearer wrong"), Some("secret")] {
        let request = control.http.get(control.url("/creates"));
        let request = match authorization {
            Some(value) => request.header("authorization", value),
            None => request,
        };
        let answer = request.send().await.unwrap();

        assert_eq!(answer.status(), 401);
        let body: serde_json::Value = answer.json().await.unwrap();
        assert!(
            body["error"]["hint"]
                .as_str()
                .unwrap()
                .contains("control token")
        );
    }
}

#[tokio::test]
async fn health_and_the_document_need_no_token() {
    let control = controlled().await;

    for path in ["/health", "/openapi.json"] {
        let answer = control.http.get(control.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn vendor_routes_are_not_on_the_control_listener_nor_the_reverse() {
    let control = controlled().await;

    let (status, _) = control.get("/crm/v3/owners").await;
    let creates = format!("{}/creates", control.crm.salesforce_url());
    let vendor = control.http.get(creates).bearer_auth("secret").send().await;

    assert_eq!(status, 404);
    assert_eq!(vendor.unwrap().status(), 404);
}

#[tokio::test]
async fn what_is_misspelt_is_refused_and_not_ignored() {
    let control = controlled().await;

    for path in [
        "/creates?ownr=5",
        "/creates?crm=zoho",
        "/creates?limit=0",
        "/creates?limit=10001",
        "/creates?after=x",
        "/requests?created_by=5",
        "/clock?orgs=1",
    ] {
        let answer = control.get(path).await;
        assert_eq!(code(&answer), (400, "bad_query"), "{path}");
    }
    for (path, expected) in [
        ("/creates?org=00D000000000001", (404, "unknown_org")),
        ("/create", (404, "no_such_path")),
        ("/requests/q9", (404, "unknown_request")),
        ("/requests/9", (404, "unknown_request")),
    ] {
        assert_eq!(code(&control.get(path).await), expected, "{path}");
    }
    let answer = control.post("/creates", serde_json::json!({})).await;
    assert_eq!(code(&answer), (405, "no_such_method"));
}

#[tokio::test]
async fn nothing_created_is_an_empty_list() {
    let control = controlled().await;

    let (status, body) = control.get("/creates").await;

    assert_eq!(status, 200);
    assert_eq!(
        body,
        serde_json::json!({ "creates": [], "last_sequence": 0 })
    );
    assert!(
        control
            .crm
            .creates(&CreateQuery::default())
            .creates
            .is_empty()
    );
}
