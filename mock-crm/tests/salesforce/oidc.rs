//! OpenID Connect, userinfo and the identity URL.

use axum::body::Body;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{Request, StatusCode};
use insta::assert_json_snapshot;
use mock_crm::salesforce::{OrgSpec, UserSpec};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Value, json};

use crate::harness::{Answer, CALLBACK, CLIENT_ID, SECRET, TestOrg, query, spec};

async fn get(crm: &TestOrg, path: &str, token: Option<&str>) -> Answer {
    let mut request = Request::builder().uri(path).header("host", "crm.test");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    crm.send(request.body(Body::empty()).unwrap()).await
}

/// The token answer of a user who approved these scopes.
async fn approved(crm: &TestOrg, scope: &str) -> Answer {
    let username = crm.org.user("Dana Reyes").unwrap().username;
    let wanted = query(&[
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", CALLBACK),
        ("scope", scope),
        ("nonce", "n1"),
    ]);
    let start = format!("/services/oauth2/authorize?{wanted}");
    let login = [
        ("startURL", start.as_str()),
        ("username", &username),
        ("password", "password1"),
    ];
    let logged_in = crm.form("/", &login).await;
    let (page, source) = logged_in
        .header("location")
        .unwrap()
        .split_once("?source=")
        .unwrap();
    let done = crm.form(page, &[("source", source), ("save", "1")]).await;
    let (_, code) = done
        .header("location")
        .unwrap()
        .split_once("code=")
        .unwrap();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("code", code),
        ("redirect_uri", CALLBACK),
    ];
    crm.form("/services/oauth2/token", &form).await
}

fn with_openid() -> TestOrg {
    let mut spec = spec();
    spec.apps[0].scopes.push("openid".to_owned());
    TestOrg::of(spec)
}

fn decoded(part: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part).unwrap()
}

#[tokio::test]
async fn an_id_token_is_signed_with_the_key_that_discovery_leads_to() {
    let crm = with_openid();

    let answer = approved(&crm, "openid api").await;

    let discovery = get(&crm, "/.well-known/openid-configuration", None).await;
    let keys = get(&crm, discovery.body["jwks_uri"].as_str().unwrap(), None).await;
    let id_token = answer.body["id_token"]
        .as_str()
        .unwrap_or_else(|| panic!("{}", answer.text));
    let (signed, signature) = id_token.rsplit_once('.').unwrap();
    let part = |name: &str| decoded(keys.body["keys"][0][name].as_str().unwrap());
    let key = RsaPublicKeyComponents {
        n: part("n"),
        e: part("e"),
    };
    key.verify(
        &RSA_PKCS1_2048_8192_SHA256,
        signed.as_bytes(),
        &decoded(signature),
    )
    .unwrap();
    let claims: Value =
        serde_json::from_slice(&decoded(signed.split_once('.').unwrap().1)).unwrap();
    assert_eq!(
        (
            &claims["sub"],
            &claims["aud"],
            &claims["iss"],
            &claims["nonce"]
        ),
        (
            &answer.body["id"],
            &json!(CLIENT_ID),
            &discovery.body["issuer"],
            &json!("n1")
        )
    );
    let info = get(
        &crm,
        "/services/oauth2/userinfo",
        answer.body["access_token"].as_str(),
    )
    .await;
    assert_eq!(info.body["sub"], claims["sub"]);
}

#[tokio::test]
async fn an_answer_has_what_the_scopes_say_and_no_more() {
    let crm = with_openid();

    let answer = approved(&crm, "id").await;

    assert_eq!(answer.body["scope"], "id");
    assert_eq!(
        (&answer.body["refresh_token"], &answer.body["id_token"]),
        (&json!(null), &json!(null))
    );
    let token = answer.body["access_token"].as_str();
    assert_eq!(
        get(&crm, "/services/oauth2/userinfo", token).await.status,
        StatusCode::OK
    );
    let rest = get(&crm, "/services/data/v60.0/limits", token).await;
    assert_eq!(
        rest.body,
        json!([{ "message": "This session is not valid for use with the REST API", "errorCode": "INVALID_SESSION_ID" }])
    );
}

/// The body without addresses of resources, and with names for Dana's and the org's ids.
fn told(crm: &TestOrg, mut answer: Answer) -> Value {
    answer.body.as_object_mut().unwrap().remove("urls");
    let text = answer
        .body
        .to_string()
        .replace(&crm.id("Dana Reyes"), "USER");
    serde_json::from_str(&text.replace(crm.org.id(), "ORG")).unwrap()
}

#[tokio::test]
async fn userinfo_tells_the_user_of_the_token() {
    let crm = TestOrg::new();

    let info = get(
        &crm,
        "/services/oauth2/userinfo",
        Some(&crm.token("Dana Reyes")),
    )
    .await;

    assert_json_snapshot!(told(&crm, info), @r#"
    {
      "sub": "http://crm.test/id/ORG/USER",
      "user_id": "USER",
      "organization_id": "ORG",
      "preferred_username": "dana.reyes@example.com.org1",
      "nickname": "danareye",
      "name": "Dana Reyes",
      "email": "dana.reyes@example.com",
      "email_verified": true,
      "given_name": "Dana",
      "family_name": "Reyes",
      "zoneinfo": "America/Los_Angeles",
      "photos": {
        "picture": "http://crm.test/profilephoto/USER/F",
        "thumbnail": "http://crm.test/profilephoto/USER/T"
      },
      "profile": "http://crm.test/USER",
      "picture": "http://crm.test/profilephoto/USER/F",
      "address": {},
      "is_salesforce_integration_user": false,
      "is_app_installed": true,
      "active": true,
      "user_type": "STANDARD",
      "language": "en_US",
      "locale": "en_US",
      "utcOffset": -28800000,
      "updated_at": "2026-01-01T00:00:03Z"
    }
    "#);
}

#[tokio::test]
async fn the_identity_url_tells_its_own_user() {
    let crm = TestOrg::new();
    let path = format!("/id/{}/{}", crm.org.id(), crm.id("Dana Reyes"));
    let token = query(&[("oauth_token", &crm.token("Dana Reyes"))]);

    let identity = get(
        &crm,
        &format!("{path}?{token}&version=latest&format=json"),
        None,
    )
    .await;

    assert_eq!(
        identity.body["urls"]["rest"],
        "http://crm.test/services/data/v62.0/"
    );
    assert_json_snapshot!(told(&crm, identity), @r#"
    {
      "id": "http://crm.test/id/ORG/USER",
      "asserted_user": true,
      "user_id": "USER",
      "organization_id": "ORG",
      "username": "dana.reyes@example.com.org1",
      "nick_name": "danareye",
      "display_name": "Dana Reyes",
      "email": "dana.reyes@example.com",
      "email_verified": true,
      "first_name": "Dana",
      "last_name": "Reyes",
      "timezone": "America/Los_Angeles",
      "photos": {
        "picture": "http://crm.test/profilephoto/USER/F",
        "thumbnail": "http://crm.test/profilephoto/USER/T"
      },
      "addr_street": null,
      "addr_city": null,
      "addr_state": null,
      "addr_country": null,
      "addr_zip": null,
      "mobile_phone": null,
      "mobile_phone_verified": false,
      "is_lightning_login_user": false,
      "status": {
        "created_date": null,
        "body": null
      },
      "last_modified_date": "2026-01-01T00:00:03.000+0000",
      "active": true,
      "user_type": "STANDARD",
      "language": "en_US",
      "locale": "en_US",
      "utcOffset": -28800000
    }
    "#);
    let unversioned = get(&crm, &path, Some(&crm.token("Dana Reyes"))).await;
    assert_eq!(
        unversioned.body["urls"]["query"],
        "http://crm.test/services/data/v{version}/query/"
    );
    let xml = get(
        &crm,
        &format!("{path}?format=xml"),
        Some(&crm.token("Dana Reyes")),
    )
    .await;
    assert_eq!(xml.status, StatusCode::NOT_IMPLEMENTED);
}

#[tokio::test]
async fn other_tokens_are_refused_in_plain_words() {
    let crm = TestOrg::new();
    let id = format!("/id/{}/{}", crm.org.id(), crm.id("Dana Reyes"));
    let elsewhere = format!("/id/00D9z000000AAAAEA4/{}", crm.id("Dana Reyes"));
    for (path, header, expected) in [
        ("/services/oauth2/userinfo", None, "Missing_OAuth_Token"),
        (
            "/services/oauth2/userinfo",
            Some("nonsense"),
            "Bad_OAuth_Token",
        ),
        (&id, None, "Missing_OAuth_Token"),
        (&id, Some(&*crm.token("Robin Cole")), "Wrong_User"),
        (&elsewhere, Some(&*crm.token("Dana Reyes")), "Wrong_Org"),
        (&format!("{id}?oauth_token=x"), None, "Bad_OAuth_Token"),
    ] {
        let answer = get(&crm, path, header).await;

        assert_eq!(
            (answer.status, answer.text.as_str()),
            (StatusCode::FORBIDDEN, expected)
        );
    }
}

#[tokio::test]
async fn an_integration_user_is_known_by_the_profile() {
    let crm = TestOrg::of(OrgSpec {
        users: vec![UserSpec {
            name: "Inte Gration".to_owned(),
            profile: "Minimum Access - API Only Integrations".to_owned(),
            token: true,
            ..UserSpec::default()
        }],
        ..spec()
    });

    let info = get(
        &crm,
        "/services/oauth2/userinfo",
        Some(&crm.token("Inte Gration")),
    )
    .await;

    assert_eq!(info.body["is_salesforce_integration_user"], true);
}

#[tokio::test]
async fn addresses_are_those_that_the_client_can_reach() {
    let mut given = spec();
    given.instance_url = Some("http://10.0.0.1:8080/".to_owned());
    let mut named = spec();
    named.my_domain = Some("acme".to_owned());
    let refresh = async |spec: OrgSpec, host: &str| {
        let crm = TestOrg::of(spec);
        let token = crm
            .salesforce
            .tokens_of(&crm.org, "Dana Reyes")
            .unwrap()
            .refresh;
        let form = query(&[
            ("grant_type", "refresh_token"),
            ("client_id", CLIENT_ID),
            ("client_secret", SECRET),
            ("refresh_token", &token.grant.text),
        ]);
        let request = Request::builder()
            .method("POST")
            .uri("/services/oauth2/token")
            .header("host", host);
        let answer = crm.send(request.body(Body::from(form)).unwrap()).await;
        let (url, id) = (
            answer.body["instance_url"].clone(),
            answer.body["id"].as_str().unwrap().to_owned(),
        );
        (
            url.as_str().unwrap().to_owned(),
            id.split("/id/").next().unwrap().to_owned(),
        )
    };
    let pair = |url: &str, id: &str| (url.to_owned(), id.to_owned());

    assert_eq!(
        refresh(given, "crm.test").await,
        pair("http://10.0.0.1:8080/", "http://10.0.0.1:8080")
    );
    assert_eq!(
        refresh(named.clone(), "127.0.0.1:99").await,
        pair("http://127.0.0.1:99", "http://127.0.0.1:99")
    );
    assert_eq!(
        refresh(named, "login.salesforce.com").await,
        pair(
            "https://acme.my.salesforce.com",
            "https://login.salesforce.com"
        )
    );
}
