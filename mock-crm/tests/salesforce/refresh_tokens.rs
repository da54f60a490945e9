//! How many refresh tokens a user holds, and what ends with them.

use http::StatusCode;
use mock_crm::identity::Session;
use mock_crm::salesforce::{AppSpec, Issued, Org};
use serde_json::json;

use crate::harness::{Answer, CLIENT_ID, SECRET, TestOrg, spec, works};

fn approved(crm: &TestOrg, user: &str) -> Issued {
    crm.salesforce.issue(&crm.org, user, CLIENT_ID).unwrap()
}

async fn refresh(crm: &TestOrg, token: &str) -> Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT_ID),
        ("client_secret", SECRET),
        ("refresh_token", token),
    ];
    crm.form("/services/oauth2/token", &form).await
}

async fn refreshes(crm: &TestOrg, token: &Session<Org>) -> bool {
    refresh(crm, &token.grant.text).await.status == StatusCode::OK
}

#[tokio::test]
async fn the_sixth_approval_of_an_app_ends_the_oldest() {
    let mut spec = spec();
    for user in &mut spec.users {
        user.token = false;
    }
    spec.apps.push(AppSpec::default());
    let crm = TestOrg::of(spec);
    let first = approved(&crm, "Dana Reyes");
    let robins = approved(&crm, "Robin Cole");
    let others: Vec<_> = (0..4).map(|_| approved(&crm, "Dana Reyes")).collect();
    let another_app = crm
        .salesforce
        .issue(&crm.org, "Dana Reyes", "mock-client")
        .unwrap();
    assert!(refreshes(&crm, &first.refresh).await);

    let sixth = approved(&crm, "Dana Reyes");

    assert!(!refreshes(&crm, &first.refresh).await);
    assert!(!works(&crm, &first.access.grant.text).await);
    for issued in others.iter().chain([&robins, &sixth]) {
        assert!(refreshes(&crm, &issued.refresh).await);
    }
    assert!(works(&crm, &another_app.access.grant.text).await);
}

#[tokio::test]
async fn a_rotated_token_counts_once() {
    let mut spec = spec();
    spec.apps[0].rotate_refresh_tokens = true;
    let crm = TestOrg::of(spec);
    let first = crm.salesforce.tokens_of(&crm.org, "Dana Reyes").unwrap();
    let mut token = first.refresh.grant.text.to_string();
    for _ in 0..7 {
        let answer = refresh(&crm, &token).await;
        token = answer.body["refresh_token"].as_str().unwrap().to_owned();
    }

    for _ in 0..4 {
        approved(&crm, "Dana Reyes");
    }

    assert_eq!(refresh(&crm, &token).await.status, StatusCode::OK);
    assert!(works(&crm, &first.access.grant.text).await);
}

#[tokio::test]
async fn a_token_of_the_middle_that_comes_back_ends_all_generations() {
    let mut spec = spec();
    spec.apps[0].rotate_refresh_tokens = true;
    let crm = TestOrg::of(spec);
    let first = crm.salesforce.tokens_of(&crm.org, "Dana Reyes").unwrap();
    let second = refresh(&crm, &first.refresh.grant.text).await.body;
    let second_refresh = second["refresh_token"].as_str().unwrap();
    let third = refresh(&crm, second_refresh).await.body;

    let reused = refresh(&crm, second_refresh).await;

    assert_eq!(
        reused.body,
        json!({ "error": "invalid_grant", "error_description": "expired access/refresh token" })
    );
    for access in [
        &*first.access.grant.text,
        second["access_token"].as_str().unwrap(),
        third["access_token"].as_str().unwrap(),
    ] {
        assert!(!works(&crm, access).await);
    }
}

#[tokio::test]
async fn a_user_who_was_deactivated_gets_no_new_token() {
    let crm = TestOrg::new();
    let token = crm
        .salesforce
        .tokens_of(&crm.org, "Dana Reyes")
        .unwrap()
        .refresh;
    crm.org.set_user_active("Dana Reyes", false).unwrap();

    let answer = refresh(&crm, &token.grant.text).await;

    assert_eq!(answer.body["error_description"], "inactive user");
}
