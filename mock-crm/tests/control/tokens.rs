use reqwest::Method;
use serde_json::json;

use crate::code;
use crate::document::assert_described;
use crate::seeded::seeded;

#[tokio::test]
async fn a_token_is_issued_and_acts_as_its_user() {
    let crm = seeded().await;
    for org in [&crm.org, &crm.portal] {
        let path = format!("/orgs/{org}/tokens");

        let (status, issued) = crm
            .control
            .post(&path, json!({ "user": "Robin Park" }))
            .await;

        assert_eq!(status, 201, "{issued}");
        let (_, tokens) = crm.control.get(&path).await;
        let (_, document) = crm.control.get("/openapi.json").await;
        assert_described(&document, "Issued", &issued);
        assert_described(&document, "Token", &tokens["tokens"][0]);
        let listed = tokens["tokens"].as_array().unwrap();
        let listed = listed
            .iter()
            .find(|token| token["token"] == issued["token_id"])
            .unwrap();
        assert_eq!(
            (&listed["kind"], &listed["works"]),
            (&json!("access"), &json!(true))
        );
        assert!(
            !tokens
                .to_string()
                .contains(issued["token"].as_str().unwrap())
        );
    }
    let (_, issued) = crm
        .control
        .post(
            &format!("/orgs/{}/tokens", crm.org),
            json!({ "user": "Robin Park", "client_id": "c" }),
        )
        .await;
    assert_eq!(crm.status_of(issued["token"].as_str().unwrap()).await, 200);
}

#[tokio::test]
async fn a_token_is_ended_before_its_time() {
    let crm = seeded().await;
    for (first_name, end) in [("Dana", "expire"), ("Robin", "revoke")] {
        let user = crm.org_user(first_name);
        let (token, id) = (user.token.unwrap(), user.token_id.unwrap());

        let path = format!("/tokens/{id}/{end}");
        let (status, _) = crm.control.send(Method::POST, &path, None).await;

        assert_eq!(status, 204);
        assert_eq!(crm.status_of(&token).await, 401, "{end}");
    }
}

#[tokio::test]
async fn who_or_what_is_not_there_is_said() {
    let crm = seeded().await;
    let tokens = format!("/orgs/{}/tokens", crm.org);

    for (path, body, expected) in [
        (&*tokens, json!({ "user": "Nobody" }), (400, "bad_body")),
        (
            &tokens,
            json!({ "user": "Dana Reyes", "client_id": "z" }),
            (400, "bad_body"),
        ),
        (&tokens, json!({}), (400, "bad_body")),
        (
            "/orgs/1/tokens",
            json!({ "user": "Dana Reyes" }),
            (404, "unknown_org"),
        ),
        ("/tokens/t99999/expire", json!({}), (404, "unknown_token")),
    ] {
        let answer = crm.control.post(path, body).await;
        assert_eq!(code(&answer), expected, "{path}");
    }
}
