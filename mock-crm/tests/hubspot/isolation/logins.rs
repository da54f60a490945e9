//! Who a token, a refresh token and a code belong to.

use serde_json::{Value, json};

use super::two_portals::TwoPortals;
use crate::harness::{Answer, CONTACTS};

const CLIENT: &str = "client_id=main&client_secret=secret";

async fn form(two: &mut TwoPortals, path: &str, form: &str) -> Answer {
    two.ask("", "POST", path, &format!("{CLIENT}&{form}")).await
}

#[tokio::test]
async fn a_token_is_of_one_portal_whoever_asks() {
    let mut two = TwoPortals::new().await;
    for (token, hub) in [
        (two.red_token.clone(), 62_515),
        (two.blue_token.clone(), 70_000),
    ] {
        let asked = form(
            &mut two,
            "/oauth/v3/token/introspect",
            &format!("token={token}"),
        )
        .await
        .expect(200);
        let told = two
            .ask("", "GET", &format!("/oauth/v1/access-tokens/{token}"), "")
            .await
            .expect(200);
        let account = two
            .ask(&token, "GET", "/account-info/v3/details", "")
            .await
            .expect(200);

        assert_eq!(asked.body["hub_id"], hub);
        assert_eq!(told.body["hub_id"], hub);
        assert_eq!(account.body["portalId"], hub);
    }
}

#[tokio::test]
async fn a_refresh_token_and_a_code_lead_to_their_own_portal() {
    let mut two = TwoPortals::new().await;
    for (portal, hub) in [(two.crm.portal.clone(), 62_515), (two.blue.clone(), 70_000)] {
        let issued = two.crm.hubspot.issue(&portal, "Sam Low", "main").unwrap();
        let sam = portal.user("Sam Low").unwrap().user_id.clone().unwrap();
        let consent = format!(
            "/oauth/authorize?client_id=main&redirect_uri=http://app.example/cb&scope=crm.objects.contacts.read&portal={hub}&user={sam}"
        );
        let consent = two.ask("", "GET", &consent, "").await.expect(302);
        let location = consent.headers["location"].to_str().unwrap().to_owned();
        let code = location
            .split("code=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap()
            .to_owned();
        let refresh = format!(
            "grant_type=refresh_token&refresh_token={}",
            issued.refresh.grant.text
        );
        let code = format!(
            "grant_type=authorization_code&redirect_uri=http%3A%2F%2Fapp.example%2Fcb&code={code}"
        );
        for grant in [refresh, code] {
            let token = form(&mut two, "/oauth/v3/token", &grant).await.expect(200);
            assert_eq!(token.body["hub_id"], hub, "{grant}");
            let text = token.body["access_token"].as_str().unwrap().to_owned();
            let found = two
                .ask(&text, "GET", &format!("{CONTACTS}?properties=lastname"), "")
                .await
                .expect(200);
            let name = if hub == 62_515 { "Red" } else { "Blue" };
            assert_eq!(found.body["results"][0]["properties"]["lastname"], name);
        }
    }
}

#[tokio::test]
async fn a_user_of_one_portal_consents_for_no_other() {
    let mut two = TwoPortals::new().await;
    let red = two.crm.user_id("Sam Low");
    let blue = two.blue.user("Sam Low").unwrap().user_id.clone().unwrap();
    assert_ne!(red.as_str(), &*blue);
    let consent = |user: &str| {
        format!(
            "/oauth/authorize?client_id=main&redirect_uri=http://app.example/cb&scope=oauth&portal=70000&user={user}"
        )
    };

    let other = two.ask("", "GET", &consent(&red), "").await;
    two.ask("", "GET", &consent(&blue), "").await.expect(302);

    assert_ne!(other.status, 302);
}

#[tokio::test]
async fn revoking_and_closing_end_what_is_their_own() {
    let mut two = TwoPortals::new().await;
    let (red, blue) = (two.red_token.clone(), two.blue_token.clone());
    let issued = two
        .crm
        .hubspot
        .issue(&two.crm.portal, "Sam Low", "main")
        .unwrap();
    let (sam, refresh) = (
        issued.access.grant.text.to_string(),
        issued.refresh.grant.text.to_string(),
    );
    let refresh = format!("token={refresh}");

    form(&mut two, "/oauth/v3/token/revoke", &refresh)
        .await
        .expect(200);
    two.ask(&blue, "GET", CONTACTS, "").await.expect(200);
    two.ask(&red, "GET", CONTACTS, "").await.expect(200);
    two.crm.hubspot.close("62515");
    for token in [red, sam] {
        let answer = two.ask(&token, "GET", CONTACTS, "").await.expect(401);
        assert_eq!(answer.body["category"], "INVALID_AUTHENTICATION");
    }
    two.ask(&blue, "GET", CONTACTS, "").await.expect(200);
}

#[tokio::test]
async fn a_private_apps_token_is_told_to_itself_only() {
    let mut two = TwoPortals::new().await;
    let private = |portal| {
        let tokens = two.crm.hubspot.tokens(portal);
        let token = tokens
            .iter()
            .find(|token| token.grant.text.starts_with("pat-"));
        token.unwrap().grant.text.to_string()
    };
    let (red, blue) = (private(&two.crm.portal), private(&two.blue));
    let path = "/oauth/v2/private-apps/get/access-token-info";
    let body = json!({ "tokenKey": red }).to_string();

    let other = two.ask(&blue, "POST", path, &body).await;
    let own = two.ask(&red, "POST", path, &body).await.expect(200);

    assert_eq!(other.status, 400, "{}", other.body);
    assert_eq!(other.body.get("hubId"), None::<&Value>);
    assert_eq!(own.body["hubId"], 62_515);
}
