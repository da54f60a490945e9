//! Tokens that die, for a while or for good.

use super::super::scripted::{Reply, Script, Seen};
use super::super::{Team, pushed, reason};
use super::{dead_token, healthy};
use crate::apollo::{Crm, Mode, Source};
use crate::sync::{Outcome, Policy, Refresh};
use serde_json::json;

/// Answers the first token with "dead", and refreshes to `dana-2` with a rotated refresh token.
fn expiring(request: &Seen) -> Reply {
    match (request.path.as_str(), request.token.as_str()) {
        ("/services/oauth2/token", _)
            if request
                .body
                .as_str()
                .unwrap_or_default()
                .contains("refresh-dana") =>
        {
            Reply::Json(
                200,
                json!({ "access_token": "dana-2", "refresh_token": "rotated" }),
            )
        }
        ("/services/oauth2/token", _) => Reply::Json(
            400,
            json!({ "error": "invalid_grant", "error_description": "expired access/refresh token" }),
        ),
        ("/services/oauth2/userinfo", "dana") => Reply::Json(403, json!("Bad_OAuth_Token")),
        (_, "dana") => dead_token(),
        _ => healthy(request),
    }
}

#[tokio::test]
async fn a_dead_token_is_refreshed_once_and_the_rotated_one_is_kept() {
    let script = Script::start(|request, _| expiring(request)).await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let contacts = [
        team.contact("dana", Source::Manual, "A"),
        team.contact("dana", Source::Manual, "B"),
    ];

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &contacts).await;

    let kept: Vec<_> = team
        .apollo
        .credentials
        .personal(Crm::Salesforce)
        .map(|held| held.grant.refresh_token.clone())
        .collect();
    assert_eq!(outcomes, [pushed("003x"), pushed("003x")]);
    assert_eq!(script.lines("/oauth2/token").len(), 1);
    assert!(
        script
            .lines("/sobjects/")
            .iter()
            .all(|line| line.ends_with(" dana-2")),
        "{:?}",
        script.lines("/sobjects/")
    );
    assert_eq!(kept, [Some("rotated".to_owned())]);
}

#[tokio::test]
async fn a_client_that_drops_refreshed_tokens_refreshes_again() {
    let script = Script::start(|request, _| expiring(request)).await;
    let policy = Policy {
        refresh: Refresh::Forgotten,
        ..Policy::reference()
    };
    let mut team = Team::with_policy(&script, policy).link(Crm::Salesforce, "dana", "dana");
    let contact = team.contact("dana", Source::Manual, "A");

    team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    assert_eq!(script.lines("/oauth2/token").len(), 2);
}

#[tokio::test]
async fn a_revoked_login_is_passed_over_visibly_and_never_for_a_colleague() {
    let script = Script::start(|request, _| match request.path.as_str() {
        "/services/oauth2/token" => Reply::Json(
            400,
            json!({ "error": "invalid_grant", "error_description": "inactive user" }),
        ),
        _ if request.token == "dana" => dead_token(),
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "lee", "lee")
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let contact = team.contact("dana", Source::Manual, "A");

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    let [
        Outcome::Pushed {
            message: Some(message),
            ..
        },
    ] = &outcomes[..]
    else {
        panic!("{outcomes:?}")
    };
    assert_eq!(
        message,
        "the Salesforce login of user dana cannot be used: inactive user"
    );
    assert_eq!(
        script.lines("/sobjects/"),
        ["PATCH /services/data/v60.0/sobjects/Contact/Apollo_Id__c/run-a1 sync"]
    );
    assert!(script.seen().iter().all(|seen| seen.token != "lee"));
    assert_eq!(team.log(), ["a1 credential_unusable"]);
}

#[tokio::test]
async fn a_login_that_dies_between_two_rows_is_decided_anew() {
    let script = Script::start(|request, _| match request.path.as_str() {
        "/services/oauth2/token" => Reply::Json(400, json!({ "error": "invalid_grant" })),
        path if path.contains("/sobjects/") && request.token == "dana" => dead_token(),
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let contact = team.contact("dana", Source::Manual, "A");

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    let tokens: Vec<_> = script
        .lines("/sobjects/")
        .iter()
        .filter_map(|line| line.split(' ').nth(2).map(str::to_owned))
        .collect();
    assert_eq!(
        (reason(&outcomes[0]), tokens),
        ("pushed", vec!["dana".to_owned(), "sync".to_owned()])
    );
}
