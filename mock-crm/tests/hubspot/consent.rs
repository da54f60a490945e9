//! `/oauth/authorize`: who may be asked, what goes back to the app, and which portal the code is good for.

use http::Method;
use mock_crm::hubspot::spec::AppSpec;
use mock_crm::serve::Vendor;
use serde_json::json;

use crate::harness::{Answer, TestPortal, people_of_every_kind};

const PAGE: &str = "/oauth/authorize?client_id=main&redirect_uri=http://app.example/cb?x=1&scope=oauth%20crm.objects.contacts.read&state=s%26t";

/// Two portals, in which the same app is installed.
fn two_portals() -> TestPortal {
    let crm = TestPortal::new();
    let mut spec = people_of_every_kind();
    spec.id = Some(70_000);
    spec.name = "Second portal".to_owned();
    crm.hubspot.open(spec, None).unwrap();
    crm
}

fn location(answer: &Answer) -> &str {
    answer.headers["location"].to_str().unwrap()
}

async fn token(crm: &TestPortal, code: &str, more: &str) -> Answer {
    let form = format!(
        "client_id=main&client_secret=secret&grant_type=authorization_code&redirect_uri=http://app.example/cb?x=1&code={code}{more}"
    );
    crm.send(Method::POST, "/oauth/v1/token", form).await
}

async fn code(crm: &TestPortal, path: &str) -> String {
    let answer = crm.get(path).await.expect(302);
    let rest = location(&answer).strip_prefix("http://app.example/cb?x=1&code=");
    rest.unwrap().split('&').next().unwrap().to_owned()
}

#[tokio::test]
async fn who_says_no_sends_the_browser_back_without_a_code() {
    let crm = TestPortal::new();

    let page = crm.get(PAGE).await.expect(200);
    let answer = crm.get(&format!("{PAGE}&deny=true")).await.expect(302);

    assert!(page.body.as_str().unwrap().contains(">Cancel</a>"));
    assert_eq!(
        location(&answer),
        "http://app.example/cb?x=1&error=access_denied&error_description=the%20user%20denied%20the%20request&state=s%26t"
    );
}

#[tokio::test]
async fn a_link_of_the_page_leads_to_a_code_for_its_user() {
    let crm = TestPortal::new();
    let page = crm.get(PAGE).await.expect(200);
    let page = page.body.as_str().unwrap().replace("&amp;", "&");
    let to_sam = page
        .split("<a href=\"")
        .find(|rest| rest.contains("Sam Low"));
    let query = to_sam.unwrap().split('"').next().unwrap();

    let code = code(&crm, &format!("/oauth/authorize{query}")).await;

    let answer = token(&crm, &code, "").await.expect(200);
    assert_eq!(answer.body["user_id"].to_string(), crm.user_id("Sam Low"));
}

#[tokio::test]
async fn an_address_that_is_not_registered_is_never_gone_to() {
    let crm = TestPortal::with(|spec| {
        spec.apps[0].redirect_uris = vec!["https://app.example/cb".to_owned()];
    });

    for path in ["", "/62515"] {
        let path = format!(
            "/oauth/authorize{path}?client_id=main&redirect_uri=https://evil.example/%3Cb%3E"
        );
        let answer = crm.get(&path).await.expect(400);
        assert!(answer.headers.get("location").is_none());
        let text =
            "Authorization failed as the redirect URL https://evil.example/&lt;b> doesn't match";
        assert!(
            answer.body.as_str().unwrap().contains(text),
            "{}",
            answer.body
        );
    }
}

#[tokio::test]
async fn one_app_in_two_portals_is_offered_both_and_gets_a_token_of_the_chosen_one() {
    let mut crm = two_portals();
    let page = crm.get(PAGE).await.expect(200);
    let page = page.body.as_str().unwrap();
    assert!(page.contains("Mock portal (62515)") && page.contains("Second portal (70000)"));
    let only = crm.get(&PAGE.replace("authorize", "authorize/70000")).await;
    assert!(!only.body.as_str().unwrap().contains("62515"));
    crm.get(&PAGE.replace("authorize", "authorize/9"))
        .await
        .expect(400);
    let contact = crm.given_contact(json!({})).await;
    let second = crm.hubspot.directory().tenant("70000").unwrap();
    let robin = second.user("Sam Low").unwrap().user_id.clone().unwrap();

    let code = code(&crm, &format!("{PAGE}&portal=70000&user={robin}")).await;
    let answer = token(&crm, &code, "").await.expect(200);

    assert_eq!(answer.body["hub_id"], 70_000);
    assert_eq!(answer.body["user_id"].to_string(), *robin);
    crm.use_token(answer.body["access_token"].as_str().unwrap());
    crm.get(&format!("/crm/v3/objects/contacts/{contact}"))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_code_of_a_portal_that_closed_meanwhile_is_worth_nothing() {
    let crm = two_portals();
    let second = crm.hubspot.directory().tenant("70000").unwrap();
    let user = second.user("Sam Low").unwrap().user_id.clone().unwrap();
    let code = code(&crm, &format!("{PAGE}&portal=70000&user={user}")).await;

    crm.hubspot.close("70000");

    let answer = token(&crm, &code, "").await.expect(400);
    assert_eq!(answer.body["status"], "BAD_AUTH_CODE");
}

#[tokio::test]
async fn a_code_is_for_the_app_that_asked_and_the_verifier_that_was_promised() {
    let crm = TestPortal::new();
    let user = crm.user_id("Sam Low");
    let as_sam = format!("{PAGE}&portal=62515&user={user}");
    // The pair of RFC 7636, appendix B.
    let promised = format!(
        "{as_sam}&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    );

    let verified = code(&crm, &promised).await;
    let other_app = code(&crm, &as_sam).await;
    let other_method = crm
        .get(&format!(
            "{as_sam}&code_challenge_method=S1&code_challenge=x"
        ))
        .await
        .expect(302);

    token(
        &crm,
        &verified,
        "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    )
    .await
    .expect(200);
    let form = format!(
        "client_id=other&client_secret=secret&grant_type=authorization_code&redirect_uri=http://app.example/cb?x=1&code={other_app}"
    );
    let foreign = crm
        .send(Method::POST, "/oauth/v1/token", form)
        .await
        .expect(400);
    assert_eq!(foreign.body["status"], "BAD_AUTH_CODE");
    assert!(location(&other_method).contains("error=invalid_request"));
}

#[tokio::test]
async fn a_portal_may_know_the_app_by_another_secret() {
    let crm = TestPortal::new();
    let mut spec = people_of_every_kind();
    spec.id = Some(70_000);
    spec.apps = vec![AppSpec {
        client_secret: Some("other secret".to_owned()),
        ..spec.apps[0].clone()
    }];
    let second = crm.hubspot.open(spec, None).unwrap();
    let theirs = crm.hubspot.issue(&second, "Sam Low", "main").unwrap();
    let ask = async |secret: &str| {
        let form = format!(
            "client_id=main&client_secret={secret}&grant_type=refresh_token&refresh_token={}",
            theirs.refresh.grant.text
        );
        crm.send(Method::POST, "/oauth/v1/token", form).await
    };

    ask("other+secret").await.expect(200);
    let first_secret = ask("secret").await.expect(400);
    let no_secret = ask("nobody's").await.expect(400);

    assert_eq!(first_secret.body["status"], "BAD_REFRESH_TOKEN");
    assert_eq!(no_secret.body["status"], "BAD_CLIENT_SECRET");
}

#[tokio::test]
async fn a_code_works_up_to_its_last_moment_and_not_after() {
    for (seconds, status) in [(59, 200), (60, 400)] {
        let crm = TestPortal::new();
        let user = crm.user_id("Sam Low");
        let code = code(&crm, &format!("{PAGE}&portal=62515&user={user}")).await;

        crm.advance(seconds);

        let answer = token(&crm, &code, "").await.expect(status);
        let said = answer.body.get("status");
        let expired = json!("EXPIRED_AUTH_CODE");
        assert_eq!(said, (status == 400).then_some(&expired));
    }
}

#[tokio::test]
async fn a_plain_challenge_wants_its_own_text_and_a_code_is_used_up_by_a_wrong_one() {
    let crm = TestPortal::new();
    let user = crm.user_id("Sam Low");
    let promised = format!("{PAGE}&portal=62515&user={user}&code_challenge=abc");
    let right = code(&crm, &promised).await;
    let wrong = code(&crm, &promised).await;

    for verifier in ["", "&code_verifier=ab", "&code_verifier=abc"] {
        let answer = token(&crm, &wrong, verifier).await.expect(400);
        let said = match verifier {
            "" => "BAD_CODE_VERIFIER",
            _ => "BAD_AUTH_CODE",
        };
        assert_eq!(answer.body["status"], said, "{verifier}");
    }
    token(&crm, &right, "&code_verifier=abc").await.expect(200);
}

#[tokio::test]
async fn who_is_deactivated_gives_no_consent_and_takes_back_what_was_given() {
    let crm = TestPortal::new();
    let as_user = |user: &str| format!("{PAGE}&portal=62515&user={}", crm.user_id(user));
    let given = code(&crm, &as_user("Sam Low")).await;

    assert!(crm.portal.set_user_active("Sam Low", false));

    let answer = token(&crm, &given, "").await.expect(400);
    assert_eq!(answer.body["status"], "BAD_AUTH_CODE");
    for user in ["Sam Low", "Gone Girl"] {
        let page = crm.get(&as_user(user)).await;
        assert!(!page.headers.contains_key("location"), "{user}");
    }
}

#[tokio::test]
async fn an_address_that_only_begins_like_a_registered_one_is_another() {
    let crm = TestPortal::with(|spec| {
        spec.apps[0].redirect_uris = vec!["http://app.example".to_owned()];
    });
    let query = "/oauth/authorize?client_id=main&scope=oauth&portal=62515&redirect_uri=";
    let user = crm.user_id("Sam Low");
    for (uri, goes) in [
        ("http://app.example", true),
        ("http://app.example.evil.example", false),
        ("http://app.example/cb", false),
        ("HTTP://app.example", false),
    ] {
        let answer = crm.get(&format!("{query}{uri}&user={user}")).await;
        assert_eq!(answer.headers.contains_key("location"), goes, "{uri}");
    }
}

#[tokio::test]
async fn a_token_gets_what_was_asked_for_and_never_more_than_the_app_has() {
    let crm = TestPortal::new();
    let ask = |scope: &str| {
        format!(
            "/oauth/authorize?client_id=reader&redirect_uri=http://app.example/cb&portal=62515&user={}&{scope}",
            crm.user_id("Sam Low")
        )
    };
    let own = "crm.objects.contacts.read";
    let foreign = "crm.objects.deals.write";

    let refused = crm.get(&ask(&format!("scope={own}%20{foreign}"))).await;
    assert!(!refused.headers.contains_key("location"));
    assert!(refused.body.as_str().unwrap().contains(foreign));

    for (scope, granted) in [
        ("scope=oauth".to_owned(), vec!["oauth"]),
        (
            format!("scope=oauth&optional_scope={own}%20{foreign}"),
            vec![own, "oauth"],
        ),
        (
            format!("scope={own}&optional_scopes={foreign}"),
            vec![own, "oauth"],
        ),
    ] {
        let answer = crm.get(&ask(&scope)).await.expect(302);
        let code = location(&answer).split("code=").nth(1).unwrap();
        let form = format!(
            "client_id=reader&client_secret=secret&grant_type=authorization_code&redirect_uri=http://app.example/cb&code={code}"
        );
        let token = crm.send(Method::POST, "/oauth/v1/token", form).await;
        assert_eq!(token.expect(200).body["scopes"], json!(granted), "{scope}");
    }
}
