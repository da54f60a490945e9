//! Salesforce, by script.

mod accounts;
mod batch;
mod patience;
mod tokens;

use super::scripted::{Reply, Script, Seen};
use super::{Team, pushed, reason};
use crate::apollo::{Crm, Mode, Source, UserId};
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
