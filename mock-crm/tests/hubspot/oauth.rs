//! Getting tokens, and learning whose they are.

use http::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, TestPortal};

async fn token(crm: &TestPortal, version: &str, form: &str) -> Answer {
    let client = "client_id=main&client_secret=secret";
    crm.send(
        Method::POST,
        &format!("/oauth/{version}/token"),
        format!("{client}&{form}"),
    )
    .await
}

fn refresh_of(crm: &TestPortal, user: &str, client_id: &str) -> String {
    crm.hubspot
        .issue(&crm.portal, user, client_id)
        .unwrap()
        .refresh
        .grant
        .text
        .to_string()
}

/// The code that consent sends the browser back with.
async fn consent(crm: &TestPortal, more: &str) -> String {
    let user = crm.user_id("Sam Low");
    let path = format!(
        "/oauth/authorize?client_id=main&redirect_uri=http://app.example/cb&scope=crm.objects.contacts.read&state=s%201&portal=62515&user={user}{more}"
    );
    let answer = crm.get(&path).await.expect(302);
    let location = answer.headers["location"].to_str().unwrap().to_owned();
    let code = location
        .strip_prefix("http://app.example/cb?code=")
        .unwrap();
    code.strip_suffix("&state=s%201").unwrap().to_owned()
}

#[tokio::test]
async fn consent_leads_to_a_token_of_the_user_who_gave_it() {
    let mut crm = TestPortal::new();
    let page = crm
        .get("/oauth/authorize?client_id=main&redirect_uri=http://app.example/cb&scope=oauth")
        .await
        .expect(200);
    assert!(page.body.as_str().unwrap().contains("Sam Low</a>"));
    assert!(!page.body.as_str().unwrap().contains("Gone Girl"));
    let code = consent(&crm, "").await;

    let form = format!(
        "grant_type=authorization_code&redirect_uri=http%3A%2F%2Fapp.example%2Fcb&code={code}"
    );
    let answer = token(&crm, "v3", &form).await.expect(200);

    assert_eq!(answer.body["user_id"].to_string(), crm.user_id("Sam Low"));
    assert_eq!(answer.body["hub_id"], 62515);
    assert_eq!(
        (&answer.body["token_use"], &answer.body["expires_in"]),
        (&json!("access_token"), &json!(1800))
    );
    assert_eq!(
        answer.body["scopes"],
        json!(["crm.objects.contacts.read", "oauth"])
    );
    crm.use_token(answer.body["access_token"].as_str().unwrap());
    crm.get("/crm/v3/objects/contacts").await.expect(200);
    crm.get("/crm/v3/objects/companies").await.expect(403);
    let again = token(&crm, "v1", &form).await.expect(400);
    assert_eq!(again.body["status"], "BAD_AUTH_CODE");
}

#[tokio::test]
async fn a_code_is_short_lived_and_bound_to_its_address_and_verifier() {
    let crm = TestPortal::new();
    let ask = async |code: &str, form: &str| {
        let form = format!("grant_type=authorization_code&code={code}&{form}");
        token(&crm, "v1", &form).await.expect(400).body["status"]
            .as_str()
            .unwrap()
            .to_owned()
    };

    let address = consent(&crm, "").await;
    let verifier = consent(&crm, "&code_challenge=abc&code_challenge_method=S256").await;
    let late = consent(&crm, "").await;

    assert_eq!(
        ask(&address, "redirect_uri=http://elsewhere.example").await,
        "MISMATCH_REDIRECT_URI_AUTH_CODE"
    );
    assert_eq!(
        ask(
            &verifier,
            "redirect_uri=http://app.example/cb&code_verifier=xyz"
        )
        .await,
        "BAD_CODE_VERIFIER"
    );
    crm.advance(61);
    assert_eq!(
        ask(&late, "redirect_uri=http://app.example/cb").await,
        "EXPIRED_AUTH_CODE"
    );
}

#[tokio::test]
async fn a_refresh_keeps_app_portal_user_and_refresh_token() {
    let mut crm = TestPortal::new();
    let refresh = refresh_of(&crm, "Sam Low", "main");
    crm.advance(4000);

    for version in ["v1", "v3", "2026-03", "2026-09"] {
        let answer = token(
            &crm,
            version,
            &format!("grant_type=refresh_token&refresh_token={refresh}"),
        )
        .await
        .expect(200);
        assert_eq!(answer.body["refresh_token"], *refresh, "{version}");
        assert_eq!(answer.body["user_id"].to_string(), crm.user_id("Sam Low"));
        assert_eq!(answer.body.get("token_use").is_some(), version != "v1");
        crm.use_token(answer.body["access_token"].as_str().unwrap());
        crm.given_contact(json!({})).await;
    }
    let rows = crm.creates();
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(
        |row| row.created_by == crm.user_id("Sam Low") && row.app.as_deref() == Some("9280840")
    ));
}

#[tokio::test]
async fn a_rotating_app_gets_a_new_refresh_token_and_the_old_one_is_dead() {
    let crm = TestPortal::new();
    let refresh = refresh_of(&crm, "Sam Low", "rotating");
    let form = |refresh: &str| {
        format!(
            "grant_type=refresh_token&client_id=rotating&client_secret=secret&refresh_token={refresh}"
        )
    };

    let first = crm
        .send(Method::POST, "/oauth/v1/token", form(&refresh))
        .await
        .expect(200);
    let second = crm
        .send(Method::POST, "/oauth/v1/token", form(&refresh))
        .await
        .expect(400);
    let new = first.body["refresh_token"].as_str().unwrap();
    crm.send(Method::POST, "/oauth/v1/token", form(new))
        .await
        .expect(200);

    assert_ne!(new, refresh);
    assert_eq!(second.body["status"], "BAD_REFRESH_TOKEN");
}

#[tokio::test]
async fn what_is_wrong_with_a_refresh_is_told_by_the_status_of_the_body() {
    let crm = TestPortal::new();
    let refresh = refresh_of(&crm, "Sam Low", "main");
    let other = refresh_of(&crm, "Sam Low", "other");
    let ask = async |form: String| {
        let answer = crm
            .send(Method::POST, "/oauth/v1/token", form)
            .await
            .expect(400);
        answer.body["status"].as_str().unwrap().to_owned()
    };

    for (form, status) in [
        (
            format!(
                "grant_type=refresh_token&client_id=nobody&client_secret=secret&refresh_token={refresh}"
            ),
            "BAD_CLIENT_ID",
        ),
        (
            format!(
                "grant_type=refresh_token&client_id=main&client_secret=wrong&refresh_token={refresh}"
            ),
            "BAD_CLIENT_SECRET",
        ),
        (
            format!(
                "grant_type=refresh_token&client_id=main&client_secret=secret&refresh_token={other}"
            ),
            "BAD_REFRESH_TOKEN",
        ),
        (
            "grant_type=refresh_token&client_id=main&client_secret=secret&refresh_token=x"
                .to_owned(),
            "BAD_REFRESH_TOKEN",
        ),
        (
            "grant_type=password&client_id=main&client_secret=secret".to_owned(),
            "BAD_GRANT_TYPE",
        ),
    ] {
        assert_eq!(ask(form).await, status);
    }
    assert!(crm.portal.set_user_active("Sam Low", false));
    let dead = token(
        &crm,
        "2026-03",
        &format!("grant_type=refresh_token&refresh_token={refresh}"),
    )
    .await
    .expect(400);
    assert_eq!(
        (&dead.body["status"], &dead.body["error"]),
        (&json!("BAD_REFRESH_TOKEN"), &json!("invalid_grant"))
    );
}

#[tokio::test]
async fn a_token_tells_whose_it_is() {
    let crm = TestPortal::new();
    let issued = crm
        .hubspot
        .issue(&crm.portal, "Sam Low", "personal")
        .unwrap();
    let (access, refresh) = (&issued.access.grant.text, &issued.refresh.grant.text);

    let early = crm
        .get(&format!("/oauth/v1/access-tokens/{access}"))
        .await
        .expect(200);
    let early_refresh = crm
        .get(&format!("/oauth/v1/refresh-tokens/{refresh}"))
        .await
        .expect(200);
    let form = |token: &str| format!("client_id=personal&client_secret=secret&token={token}");
    let now = crm
        .send(
            Method::POST,
            "/oauth/2026-03/token/introspect",
            form(access),
        )
        .await
        .expect(200);
    let now_refresh = crm
        .send(Method::POST, "/oauth/v3/token/introspect", form(refresh))
        .await
        .expect(200);
    let unknown = crm
        .send(Method::POST, "/oauth/v3/token/introspect", form("x"))
        .await
        .expect(200);

    let user: Value = crm.user_id("Sam Low").parse::<u32>().unwrap().into();
    for body in [
        &early.body,
        &early_refresh.body,
        &now.body,
        &now_refresh.body,
    ] {
        assert_eq!(
            (&body["user_id"], &body["user"], &body["hub_id"]),
            (&user, &json!("sam.low@example.com"), &json!(62515))
        );
    }
    assert_eq!(
        (&early.body["token_type"], &early_refresh.body["token_type"]),
        (&json!("access"), &json!("refresh"))
    );
    assert_eq!(now.body["signed_access_token"]["isUserLevel"], true);
    assert_eq!(now.body["signed_access_token"]["installingUserId"], user);
    assert_eq!(
        (&now.body["token_use"], &now_refresh.body["token_use"]),
        (&json!("access_token"), &json!("refresh_token"))
    );
    assert_eq!(unknown.body, json!({ "active": false }));
    crm.advance(1800);
    crm.get(&format!("/oauth/v1/access-tokens/{access}"))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_revoked_token_stops_and_a_deleted_refresh_token_leaves_access_alone() {
    let mut crm = TestPortal::new();
    let issued = crm.hubspot.issue(&crm.portal, "Sam Low", "main").unwrap();
    let access = issued.access.grant.text.to_string();
    crm.use_token(&access);

    crm.delete(&format!(
        "/oauth/v1/refresh-tokens/{}",
        issued.refresh.grant.text
    ))
    .await
    .expect(204);
    crm.get("/crm/v3/owners").await.expect(200);
    crm.get(&format!(
        "/oauth/v1/refresh-tokens/{}",
        issued.refresh.grant.text
    ))
    .await
    .expect(404);
    crm.send(
        Method::POST,
        "/oauth/v3/token/revoke",
        format!("client_id=main&client_secret=secret&token={access}"),
    )
    .await
    .expect(200);

    crm.get("/crm/v3/owners").await.expect(401);
}

#[tokio::test]
async fn a_refresh_token_is_good_for_no_call() {
    let mut crm = TestPortal::new();
    crm.use_token(&refresh_of(&crm, "Sam Low", "main"));

    crm.get("/crm/v3/owners").await.expect(401);
}

#[tokio::test]
async fn a_private_app_asks_about_its_own_token_only() {
    let mut crm = TestPortal::new();
    let path = "/oauth/v2/private-apps/get/access-token-info";
    let token = crm.hubspot.tokens(&crm.portal)[0].grant.text.to_string();
    crm.use_token(&token);

    let answer = crm
        .post(path, json!({ "tokenKey": token }))
        .await
        .expect(200);
    crm.post(path, json!({ "tokenKey": "pat-na1-other" }))
        .await
        .expect(400);

    assert_eq!(answer.body["userId"].to_string(), crm.user_id("Sam Low"));
    assert_eq!(
        (&answer.body["hubId"], &answer.body["isUserToken"]),
        (&json!(62515), &json!(false))
    );
}

#[tokio::test]
async fn the_journal_knows_whose_token_call_it_was() {
    use mock_crm::tenant::Hosted;
    let crm = TestPortal::new();
    let refresh = refresh_of(&crm, "Sam Low", "main");

    token(
        &crm,
        "v1",
        &format!("grant_type=refresh_token&refresh_token={refresh}"),
    )
    .await
    .expect(200);

    let journal = crm.portal.tenant().journal.lock();
    let exchange = journal.exchanges().last().unwrap();
    assert_eq!(exchange.user.as_deref(), Some(&*crm.user_id("Sam Low")));
}
