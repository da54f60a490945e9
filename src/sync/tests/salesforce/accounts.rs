//! Accounts that a contact brings along.

use super::super::scripted::{Reply, Script};
use super::super::{Team, reason};
use super::healthy;
use crate::apollo::{Crm, Kind, Mode, NewRecord, Source, UserId};
use serde_json::json;

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
