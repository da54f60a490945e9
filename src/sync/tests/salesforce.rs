//! Salesforce, by script.

use super::scripted::{Reply, Script, Seen};
use super::{Team, pushed, reason};
use crate::apollo::{Crm, Kind, Mode, NewRecord, Source, UserId};
use crate::sync::{Policy, Refresh};
use serde_json::{Value, json};

/// Tokens are `user` or `user-2`, and so on; the CRM user of `dana` is `005dana`.
fn user_of(token: &str) -> &str {
    token.split('-').next().unwrap_or_default()
}

/// An org without trouble.
fn healthy(request: &Seen) -> Reply {
    if request.path.ends_with("/userinfo") {
        return Reply::Json(
            200,
            json!({ "user_id": format!("005{}", user_of(&request.token)), "active": true }),
        );
    }
    if request.path.ends_with("/query") {
        return Reply::Json(200, json!({ "records": [] }));
    }
    if request.path.contains("/composite/sobjects") {
        let rows = request.body["records"].as_array().unwrap();
        return Reply::Json(200, rows.iter().map(row_created).collect());
    }
    Reply::Json(
        201,
        json!({ "id": "003x", "success": true, "created": true, "errors": [] }),
    )
}

fn row_created(row: &Value) -> Value {
    json!({ "id": format!("003{}", row["LastName"].as_str().unwrap_or_default()), "success": true, "errors": [] })
}

fn dead_token() -> Reply {
    Reply::Json(
        401,
        json!([{ "errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid" }]),
    )
}

#[tokio::test]
async fn a_table_source_is_written_by_team_sync_and_owned_by_you() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let contact = team.contact("dana", Source::Prospecting, "Reyes");

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    let writes: Vec<_> = script
        .seen()
        .into_iter()
        .filter(|seen| seen.method == "PATCH")
        .collect();
    assert_eq!(outcomes, [pushed("003x")]);
    assert_eq!(
        script.lines("/sobjects/"),
        ["PATCH /services/data/v60.0/sobjects/Contact/Apollo_Id__c/run-a1 sync"]
    );
    assert_eq!(
        writes[0].body,
        json!({ "Email": "reyes@y.example", "LastName": "Reyes", "OwnerId": "005dana" })
    );
    assert_eq!(writes[0].auto_assign.as_deref(), Some("FALSE"));
}

#[tokio::test]
async fn who_a_token_belongs_to_is_asked_once_per_login() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .link(Crm::Salesforce, "lee", "lee");
    let contacts = [
        team.contact("dana", Source::Manual, "A"),
        team.contact("lee", Source::Manual, "B"),
        team.contact("dana", Source::Manual, "C"),
    ];

    team.push(Crm::Salesforce, Mode::Single, &contacts).await;

    let asked: Vec<_> = script
        .lines("/userinfo")
        .iter()
        .filter_map(|line| line.split(' ').nth(2).map(str::to_owned))
        .collect();
    let owners: Vec<_> = script
        .seen()
        .iter()
        .filter_map(|seen| seen.body["OwnerId"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(asked, ["dana", "lee"]);
    assert_eq!(owners, ["005dana", "005lee", "005dana"]);
}

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
        crate::sync::Outcome::Pushed {
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

#[tokio::test]
async fn later_means_later_and_with_the_same_login() {
    let script = Script::start(|request, before| match (request.method.as_str(), before) {
        ("PATCH", 0) => Reply::Later(429, 7),
        ("PATCH", 1) => Reply::Later(503, 3),
        ("PATCH", 2) => Reply::Json(
            400,
            json!([{ "errorCode": "UNABLE_TO_LOCK_ROW", "message": "locked" }]),
        ),
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let contact = team.contact("dana", Source::Manual, "A");

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    assert_eq!(outcomes, [pushed("003x")]);
    assert_eq!(team.naps.seconds(), [7, 3, 4]);
    assert!(
        script
            .lines("/sobjects/")
            .iter()
            .all(|line| line.ends_with(" dana"))
    );
}

#[tokio::test]
async fn a_server_that_is_never_ready_is_given_up_and_logged() {
    let script = Script::start(|request, _| match request.method.as_str() {
        "PATCH" => Reply::Later(503, 1),
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let contact = team.contact("dana", Source::Manual, "A");

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    assert_eq!(
        (reason(&outcomes[0]), script.lines("/sobjects/").len()),
        ("crm_unreachable", 5)
    );
    assert_eq!(team.log(), ["a1 crm_unreachable"]);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_by_the_same_external_id() {
    let script = Script::start(|request, before| match (request.method.as_str(), before) {
        ("PATCH", 0) => Reply::CutOff,
        ("PATCH", _) => Reply::Json(
            200,
            json!({ "id": "003x", "success": true, "created": false, "errors": [] }),
        ),
        _ => healthy(request),
    })
    .await;
    let mut team = Team::new(&script).link(Crm::Salesforce, "dana", "dana");
    let contact = team.contact("dana", Source::Manual, "A");

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    assert_eq!(outcomes, [pushed("003x")]);
    assert_eq!(
        script.lines("/sobjects/"),
        ["PATCH /services/data/v60.0/sobjects/Contact/Apollo_Id__c/run-a1 dana"; 2]
    );
}

#[tokio::test]
async fn a_bulk_push_is_grouped_by_login_and_a_bad_row_stays_alone() {
    let script = Script::start(|request, before| {
        if request.path.contains("/composite/") && request.token == "dana" && before == 0 {
            let locked = json!({ "success": false, "errors": [{ "statusCode": "UNABLE_TO_LOCK_ROW", "message": "locked", "fields": [] }] });
            let bad = json!({ "success": false, "errors": [{ "statusCode": "INVALID_EMAIL_ADDRESS", "message": "no", "fields": [] }] });
            return Reply::Json(200, json!([{ "id": "003A", "success": true, "errors": [] }, bad, locked]));
        }
        healthy(request)
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let sources = [
        ("A", Source::Manual),
        ("B", Source::Manual),
        ("C", Source::Linkedin),
        ("D", Source::Csv),
    ];
    let contacts = sources.map(|(name, source)| team.contact("dana", source, name));
    let unlinked = team.contact("lee", Source::Manual, "E");

    let outcomes = team
        .push(
            Crm::Salesforce,
            Mode::Bulk,
            &[&contacts[..], &[unlinked]].concat(),
        )
        .await;

    let rows = |seen: &Seen| {
        let rows = seen.body["records"].as_array().unwrap().iter();
        rows.map(|row| {
            format!(
                "{} {}",
                row["LastName"].as_str().unwrap(),
                row["OwnerId"].as_str().unwrap()
            )
        })
        .collect::<Vec<_>>()
    };
    let batches: Vec<_> = script
        .seen()
        .iter()
        .filter(|seen| seen.path.contains("/composite/"))
        .map(|seen| (seen.token.clone(), rows(seen)))
        .collect();
    assert_eq!(
        outcomes.iter().map(reason).collect::<Vec<_>>(),
        ["pushed", "crm_refused", "pushed", "pushed", "pushed"]
    );
    assert_eq!(
        batches,
        [
            (
                "dana".to_owned(),
                vec![
                    "A 005dana".to_owned(),
                    "B 005dana".into(),
                    "D 005dana".into()
                ]
            ),
            ("dana".to_owned(), vec!["D 005dana".to_owned()]),
            (
                "sync".to_owned(),
                vec!["C 005dana".to_owned(), "E 005sync".into()]
            ),
        ]
    );
    assert_eq!(team.log(), ["a2 crm_refused"]);
}

#[tokio::test]
async fn a_batch_holds_200_rows() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script).link(Crm::Salesforce, "dana", "dana");
    let contacts: Vec<_> = (0..201)
        .map(|number| team.contact("dana", Source::Csv, &format!("N{number}")))
        .collect();

    let outcomes = team.push(Crm::Salesforce, Mode::Bulk, &contacts).await;

    let sizes: Vec<_> = script
        .seen()
        .iter()
        .filter_map(|seen| Some(seen.body["records"].as_array()?.len()))
        .collect();
    assert_eq!(sizes, [200, 1]);
    assert_eq!(outcomes[200], pushed("003N200"));
}

#[tokio::test]
async fn a_contact_brings_its_account_along_with_its_own_login_and_owner() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let account = team.account("lee", "Acme");
    let contact = team.save(NewRecord {
        kind: Kind::Contact,
        source: Source::Linkedin,
        user: UserId("dana".into()),
        account: Some(account),
        fields: [("last_name".to_owned(), "Reyes".to_owned())].into(),
    });

    team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    let written: Vec<_> = script
        .seen()
        .into_iter()
        .filter(|seen| seen.method == "PATCH")
        .collect();
    assert_eq!(
        written
            .iter()
            .map(|seen| seen.token.as_str())
            .collect::<Vec<_>>(),
        ["sync", "sync"]
    );
    assert_eq!(
        written[0].body,
        json!({ "Name": "Acme", "OwnerId": "005dana" })
    );
    assert_eq!(
        written[1].body,
        json!({ "LastName": "Reyes", "OwnerId": "005dana", "AccountId": "003x" })
    );
}

#[tokio::test]
async fn without_an_account_there_is_no_contact() {
    let script = Script::start(|request, _| match request.path.contains("/Account/") {
        true => Reply::Json(
            403,
            json!([{ "errorCode": "INSUFFICIENT_ACCESS_OR_READONLY", "message": "no" }]),
        ),
        false => healthy(request),
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let account = team.account("dana", "Acme");
    let mut new = team.apollo.record(&account).unwrap().clone();
    new.fields = [("last_name".to_owned(), "Reyes".to_owned())].into();
    let contact = team.save(NewRecord {
        kind: Kind::Contact,
        source: Source::Manual,
        user: UserId("dana".into()),
        account: Some(account),
        fields: new.fields,
    });

    let outcomes = team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    assert_eq!(reason(&outcomes[0]), "account_refused");
    assert_eq!(team.log(), ["a1 crm_refused", "a2 account_refused"]);
}

#[tokio::test]
async fn an_update_leaves_the_owner_unless_apollos_owner_changed() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .link(Crm::Salesforce, "lee", "lee");
    let contact = team.contact("dana", Source::Manual, "A");
    let records = [contact.clone()];

    team.push(Crm::Salesforce, Mode::Single, &records).await;
    team.push(Crm::Salesforce, Mode::Single, &records).await;
    team.apollo
        .update_record(&contact, [].into(), Some(UserId("lee".into())))
        .unwrap();
    team.push(Crm::Salesforce, Mode::Single, &records).await;

    let owners: Vec<_> = script
        .seen()
        .iter()
        .filter(|seen| seen.method == "PATCH")
        .map(|seen| seen.body["OwnerId"].clone())
        .collect();
    assert_eq!(owners, [json!("005dana"), Value::Null, json!("005lee")]);
    assert_eq!(script.lines("/sobjects/Contact/003x").len(), 2);
}

#[tokio::test]
async fn without_team_sync_the_most_permitted_user_stands_in() {
    let script = Script::start(|request, _| {
        if request.path.ends_with("/query") {
            let sets = json!([{ "PermissionSet": { "PermissionsModifyAllData": request.token == "lee", "PermissionsViewAllData": true } }]);
            return Reply::Json(200, json!({ "records": sets }));
        }
        healthy(request)
    })
    .await;
    let mut team = Team::new(&script);
    team.apollo
        .add_user(crate::apollo::User {
            id: UserId("kim".into()),
            name: "Kim".into(),
            email: String::new(),
            role: Default::default(),
        })
        .unwrap();
    let mut team = team
        .link(Crm::Salesforce, "dana", "dana")
        .link(Crm::Salesforce, "lee", "lee");
    let contact = team.contact("kim", Source::Manual, "A");

    team.push(Crm::Salesforce, Mode::Single, &[contact]).await;

    let write = script
        .seen()
        .into_iter()
        .find(|seen| seen.method == "PATCH")
        .unwrap();
    assert_eq!(
        (write.token.as_str(), &write.body["OwnerId"]),
        ("lee", &json!("005lee"))
    );
}

#[tokio::test]
async fn nobody_authenticated_means_refused_and_logged() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script);
    let contact = team.contact("dana", Source::Manual, "A");

    let outcomes = team.push(Crm::Salesforce, Mode::Bulk, &[contact]).await;

    assert_eq!(reason(&outcomes[0]), "no_credential");
    assert_eq!(team.log(), ["a1 no_credential"]);
    assert!(script.seen().is_empty());
}
