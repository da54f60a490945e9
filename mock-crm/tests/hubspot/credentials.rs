//! Every kind of credential: what it is good for, and what can be learned of it.

use http::Method;
use mock_crm::hubspot::spec::ServiceKeySpec;
use mock_crm::identity::TokenKind;
use mock_crm::serve::Vendor;
use serde_json::{Value, json};

use crate::harness::{Answer, CONTACTS, TestPortal};

const TOKEN_INFO: &str = "/oauth/v2/private-apps/get/access-token-info";

async fn form(crm: &TestPortal, path: &str, form: String) -> Answer {
    crm.send(Method::POST, path, form).await
}

async fn app_token(crm: &TestPortal, version: &str) -> Answer {
    let text = "client_id=main&client_secret=secret&grant_type=client_credentials&scope=a+b";
    form(crm, &format!("/oauth/{version}/token"), text.to_owned()).await
}

#[tokio::test]
async fn an_app_speaks_for_itself_and_opens_no_records() {
    let mut crm = TestPortal::new();

    let early = app_token(&crm, "v1").await.expect(200);
    let now = app_token(&crm, "2026-03").await.expect(200);

    assert_eq!(early.body.get("token_use"), None);
    assert_eq!(now.body["token_use"], "client_credentials");
    assert_eq!(
        (&now.body["scopes"], &now.body["expires_in"]),
        (&json!(["a", "b"]), &json!(1800))
    );
    assert_eq!(now.body.get("refresh_token"), None);
    let token = now.body["access_token"].as_str().unwrap();
    let introspected = form(
        &crm,
        "/oauth/v3/token/introspect",
        format!("client_id=main&client_secret=secret&token={token}"),
    )
    .await
    .expect(200);
    assert_eq!(introspected.body["token_use"], "client_credentials");
    assert_eq!(introspected.body.get("hub_id"), None);
    crm.use_token(token);
    crm.get(CONTACTS).await.expect(401);
}

#[tokio::test]
async fn a_service_key_is_of_its_own_kind_and_tells_whose_it_is() {
    let mut crm = TestPortal::with(|spec| {
        spec.service_keys.push(ServiceKeySpec {
            app_id: Some(77),
            user: "Dana Reyes".to_owned(),
            scopes: vec![
                "crm.objects.contacts.write".to_owned(),
                "crm.objects.contacts.sensitive.read".to_owned(),
            ],
            ..ServiceKeySpec::default()
        });
    });
    let keys = crm.hubspot.tokens(&crm.portal);
    let key = keys
        .iter()
        .find(|token| token.grant.kind == TokenKind::ServiceKey)
        .unwrap();
    let text = key.grant.text.to_string();
    assert!(text.starts_with("pat-na1-"));
    crm.use_token(&text);

    let told = crm.post(TOKEN_INFO, json!({ "tokenKey": text })).await;
    let id = crm.given_contact(json!({})).await;

    let user: u32 = crm.user_id("Dana Reyes").parse().unwrap();
    assert_eq!(
        told.expect(200).body,
        json!({
            "userId": user,
            "hubId": 62515,
            "appId": 77,
            "scopes": ["crm.objects.contacts.write", "crm.objects.contacts.sensitive.read.v2", "oauth"],
            "isUserToken": false,
        })
    );
    let row = crm.creates().pop().unwrap();
    assert_eq!((row.record, row.app.as_deref()), (id, Some("77")));
    assert_eq!(row.created_by, crm.user_id("Dana Reyes"));
    crm.get(CONTACTS).await.expect(403);
}

#[tokio::test]
async fn an_oauth_token_is_no_private_app_and_a_hapikey_opens_nothing() {
    let mut crm = TestPortal::with(|spec| spec.developer_api_key = Some("key".to_owned()));
    let token = crm.token_of("Sam Low", "main");
    crm.use_token(&token);
    crm.post(TOKEN_INFO, json!({ "tokenKey": token }))
        .await
        .expect(400);

    crm.use_token("");

    for path in [CONTACTS, "/crm/v3/owners", "/settings/v3/users"] {
        let answer = crm.get(&format!("{path}?hapikey=key")).await.expect(401);
        assert_eq!(answer.body["category"], "INVALID_AUTHENTICATION", "{path}");
    }
}

#[tokio::test]
async fn an_app_learns_nothing_of_another_apps_token() {
    let crm = TestPortal::new();
    let theirs = crm.token_of("Sam Low", "other");
    let body = |client: &str| format!("client_id={client}&client_secret=secret&token={theirs}");

    for path in [
        "/oauth/v3/token/introspect",
        "/oauth/2026-09/token/introspect",
    ] {
        let foreign = form(&crm, path, body("main")).await.expect(200);
        let own = form(&crm, path, body("other")).await.expect(200);
        let nobody = form(&crm, path, body("nobody")).await.expect(400);

        assert_eq!(foreign.body, json!({ "active": false }));
        assert_eq!(own.body["active"], true);
        assert_eq!(nobody.body["status"], "BAD_CLIENT_ID");
    }
    // Nor can it take the token away.
    form(&crm, "/oauth/v3/token/revoke", body("main"))
        .await
        .expect(200);
    assert_eq!(
        form(&crm, "/oauth/v3/token/introspect", body("other"))
            .await
            .body["active"],
        true
    );
}

#[tokio::test]
async fn a_description_of_a_token_is_complete() {
    let crm = TestPortal::new();
    let issued = crm.hubspot.issue(&crm.portal, "Sam Low", "main").unwrap();
    let ask = async |token: &str| {
        let text = format!("client_id=main&client_secret=secret&token={token}");
        let answer = form(&crm, "/oauth/2026-03/token/introspect", text).await;
        answer.expect(200).body
    };

    let access = ask(&issued.access.grant.text).await;
    let refresh = ask(&issued.refresh.grant.text).await;

    let names = |body: &Value| {
        let mut names: Vec<&str> = body
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        names.sort_unstable();
        names.join(" ")
    };
    assert_eq!(
        names(&access),
        "active app_id client_id expires_in hub_domain hub_id is_private_distribution scopes signed_access_token \
         token token_type token_use user user_id"
    );
    assert_eq!(
        names(&refresh),
        "active app_id client_id hub_domain hub_id scopes token token_type token_use user user_id"
    );
    assert_eq!(
        names(&access["signed_access_token"]),
        "appId appInstallId audience expiresAt hubId hublet installingUserId isPrivateDistribution isServiceAccount \
         isUserLevel newSignature scopeToScopeGroupPks scopes signature trialScopeToScopeGroupPks trialScopes userId"
    );
    assert_eq!(access["signed_access_token"]["isUserLevel"], false);
    assert!(access["signed_access_token"]["scopes"].is_string());
}

#[tokio::test]
async fn parameters_in_the_query_belong_to_v1() {
    let crm = TestPortal::new();
    let issued = crm.hubspot.issue(&crm.portal, "Sam Low", "main").unwrap();
    let query = format!(
        "client_id=main&client_secret=secret&grant_type=refresh_token&refresh_token={}",
        issued.refresh.grant.text
    );

    for (version, status) in [("v1", 200), ("v3", 400), ("2026-03", 400)] {
        let path = format!("/oauth/{version}/token?{query}");
        form(&crm, &path, String::new()).await.expect(status);
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_in_both_ways_where_the_version_has_both() {
    let crm = TestPortal::new();
    let bad = "grant_type=authorization_code&client_id=main&client_secret=secret&code=x";
    for (version, both) in [("v1", false), ("v3", true), ("2026-09", true)] {
        let path = format!("/oauth/{version}/token");
        let answer = form(&crm, &path, bad.to_owned()).await.expect(400);
        assert_eq!(answer.body["status"], "BAD_AUTH_CODE");
        assert_eq!(answer.body["message"], "missing or unknown auth code");
        assert_eq!(answer.body.get("error").is_some(), both, "{version}");
    }
    let asserted = format!("{bad}&client_assertion=x&client_assertion_type=jwt");
    let answer = form(&crm, "/oauth/2026-03/token", asserted)
        .await
        .expect(501);
    assert_eq!(answer.body["status"], "NOT_SIMULATED");
}

#[tokio::test]
async fn two_users_of_one_app_are_told_apart_by_the_ledger_alone() {
    let mut crm = TestPortal::new();
    let mut shown = Vec::new();
    for user in ["Dana Reyes", "Sam Low"] {
        let token = crm.token_of(user, "main");
        crm.use_token(&token);
        let id = crm.given_contact(json!({})).await;
        let names = "hs_object_source_id,hs_created_by_user_id,hs_updated_by_user_id";
        let mut properties = crm.contact(&id, names).await;
        properties["hs_object_id"] = Value::Null;
        shown.push(properties);
    }

    assert_eq!(shown[0], shown[1]);
    let users: Vec<String> = crm.creates().into_iter().map(|row| row.user).collect();
    assert_eq!(users, [crm.user_id("Dana Reyes"), crm.user_id("Sam Low")]);
}

#[tokio::test]
async fn the_directory_has_the_kind_of_every_token() {
    let crm = TestPortal::with(|spec| {
        spec.service_keys.push(ServiceKeySpec {
            user: "Dana Reyes".to_owned(),
            ..ServiceKeySpec::default()
        });
    });
    app_token(&crm, "v3").await.expect(200);

    let tokens = crm.hubspot.directory().tokens_of("62515");
    let kinds: Vec<TokenKind> = tokens.iter().map(|token| token.grant.kind).collect();

    use TokenKind as K;
    assert_eq!(
        kinds,
        [
            K::PrivateApp,
            K::ServiceKey,
            K::Refresh,
            K::Access,
            K::ClientCredentials
        ]
    );
}

#[tokio::test]
async fn an_access_token_is_no_refresh_token() {
    let mut crm = TestPortal::new();
    let access = crm.token_of("Sam Low", "main");

    let refresh = format!(
        "client_id=main&client_secret=secret&grant_type=refresh_token&refresh_token={access}"
    );
    let refreshed = form(&crm, "/oauth/v1/token", refresh).await.expect(400);
    let path = format!("/oauth/v1/refresh-tokens/{access}");
    crm.get(&path).await.expect(404);
    crm.delete(&path).await.expect(404);

    assert_eq!(refreshed.body["status"], "BAD_REFRESH_TOKEN");
    crm.use_token(&access);
    crm.get(CONTACTS).await.expect(200);
}
