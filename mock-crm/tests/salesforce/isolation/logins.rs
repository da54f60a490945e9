//! Who logs in, and where.

use axum::body::Body;
use http::Request;
use serde_json::json;

use super::two_orgs::{DANA, ROBIN, TwoOrgs};
use crate::harness::{CALLBACK, CLIENT_ID, SECRET, query};

#[tokio::test]
async fn a_login_is_told_apart_by_host_and_password_and_else_refused() {
    let two = TwoOrgs::new().await;
    for (username, password, host, expected) in [
        (DANA, "same", "red.my.salesforce.com", Some(&two.crm.org)),
        (DANA, "same", "BLUE.my.salesforce.com:443", Some(&two.blue)),
        (ROBIN, "red", "login.salesforce.com", Some(&two.crm.org)),
        (ROBIN, "blue", "127.0.0.1:8080", Some(&two.blue)),
        (DANA, "same", "login.salesforce.com", None),
        (DANA, "same", "127.0.0.1", None),
        (ROBIN, "red", "blue.my.salesforce.com", None),
    ] {
        let login = format!(
            "<login><username>{username}</username><password>{password}</password></login>"
        );
        let by_password = [
            ("grant_type", "password"),
            ("client_id", CLIENT_ID),
            ("client_secret", SECRET),
            ("username", username),
            ("password", password),
        ];

        let soap = two.soap(host, "", &login).await;
        let oauth = two.form(host, "/services/oauth2/token", &by_password).await;

        let case = format!(
            "{username} {password} at {host}: {} {}",
            soap.text, oauth.text
        );
        match expected {
            Some(org) => {
                assert!(
                    soap.text
                        .contains(&format!("<organizationId>{}<", org.id())),
                    "{case}"
                );
                assert!(
                    oauth.body["id"].as_str().unwrap().contains(org.id()),
                    "{case}"
                );
            }
            None => {
                assert!(soap.text.contains("INVALID_LOGIN"), "{case}");
                assert_eq!(
                    oauth.body["error_description"], "authentication failure",
                    "{case}"
                );
            }
        }
    }
}

#[tokio::test]
async fn client_credentials_and_the_login_page_are_told_apart_by_host() {
    let two = TwoOrgs::new().await;
    let credentials = [
        ("grant_type", "client_credentials"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
    ];
    let wanted = query(&[
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", CALLBACK),
    ]);
    let start = format!("/services/oauth2/authorize?{wanted}");
    let login = [
        ("startURL", start.as_str()),
        ("username", DANA),
        ("password", "same"),
    ];

    for (host, org) in [
        ("red.my.salesforce.com", &two.crm.org),
        ("blue.my.salesforce.com", &two.blue),
    ] {
        let token = two.form(host, "/services/oauth2/token", &credentials).await;
        assert!(
            token.body["id"].as_str().unwrap().contains(org.id()),
            "{}",
            token.text
        );

        let logged_in = two.form(host, "/", &login).await;
        let (_, source) = logged_in
            .header("location")
            .unwrap()
            .split_once("source=")
            .unwrap();
        let page = "/setup/secur/RemoteAccessAuthorizationPage.apexp";
        let done = two
            .form(host, page, &[("source", source), ("save", "1")])
            .await;
        let (_, code) = done
            .header("location")
            .unwrap()
            .split_once("code=")
            .unwrap();
        let exchange = [
            ("grant_type", "authorization_code"),
            ("client_id", CLIENT_ID),
            ("client_secret", SECRET),
            ("code", code),
            ("redirect_uri", CALLBACK),
        ];
        // Whichever host it is brought to, a code is one of the org in which it was approved.
        let token = two
            .form("crm.test", "/services/oauth2/token", &exchange)
            .await;
        assert!(
            token.body["id"].as_str().unwrap().contains(org.id()),
            "{}",
            token.text
        );
    }
    let nowhere = two
        .form("crm.test", "/services/oauth2/token", &credentials)
        .await;
    assert_eq!(
        nowhere.body["error_description"],
        "request not supported on this domain"
    );
    let nobody = two.form("crm.test", "/", &login).await;
    assert_eq!(nobody.header("location"), None);
}

#[tokio::test]
async fn tokens_tell_and_end_their_own_org_only() {
    let two = TwoOrgs::new().await;
    let (red, blue) = (two.token(&two.crm.org), two.token(&two.blue));
    let red_refresh = two
        .crm
        .salesforce
        .tokens_of(&two.crm.org, "Dana Reyes")
        .unwrap()
        .refresh;
    let get = async |path: &str, token: &str| {
        let request = Request::builder()
            .uri(path)
            .header("authorization", format!("Bearer {token}"));
        two.crm.send(request.body(Body::empty()).unwrap()).await
    };
    let introspection = [
        ("token", red.as_str()),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
    ];
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("refresh_token", &red_refresh.grant.text),
    ];

    let elsewhere = two
        .form(
            "blue.my.salesforce.com",
            "/services/oauth2/introspect",
            &introspection,
        )
        .await;
    let refreshed = two
        .form("blue.my.salesforce.com", "/services/oauth2/token", &refresh)
        .await;
    let info = get("/services/oauth2/userinfo", &blue).await;
    let identity = get(
        &format!("/id/{}/{}", two.crm.org.id(), two.crm.id("Dana Reyes")),
        &blue,
    )
    .await;

    assert_eq!(elsewhere.body, json!({ "active": false }));
    assert!(
        refreshed.body["id"]
            .as_str()
            .unwrap()
            .contains(two.crm.org.id()),
        "{}",
        refreshed.text
    );
    assert_eq!(info.body["organization_id"], two.blue.id());
    assert_eq!(identity.text, "Wrong_Org");
    two.form("crm.test", "/services/oauth2/revoke", &[("token", &red)])
        .await;
    assert_eq!(
        get("/services/data/v60.0/limits", &red).await.code(),
        "INVALID_SESSION_ID"
    );
    assert_eq!(get("/services/data/v60.0/limits", &blue).await.code(), "");
}
