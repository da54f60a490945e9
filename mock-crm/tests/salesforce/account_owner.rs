//! A new owner of an account, and what belongs to the account.

use mock_crm::salesforce::{OrgSpec, Switches};
use serde_json::{Value, json};

use crate::composite::{composite, sub};
use crate::harness::{TestOrg, spec};

fn org(follow: bool) -> TestOrg {
    TestOrg::of(OrgSpec {
        switches: Switches {
            contacts_follow_account_owner: follow,
            ..Switches::default()
        },
        ..spec()
    })
}

/// An account of Dana's with records of hers and one of Robin's; their objects and ids.
async fn given_family(crm: &TestOrg) -> (String, Vec<(&'static str, String)>) {
    let account = crm
        .given("Dana Reyes", "Account", json!({ "Name": "Acme" }))
        .await;
    let contact = json!({ "LastName": "Lee", "AccountId": account });
    let opportunity = |stage: &str| json!({ "Name": "Deal", "StageName": stage, "CloseDate": "2026-02-01", "AccountId": account });
    let family = [
        ("Contact", "Dana Reyes", contact.clone()),
        ("Contact", "Robin Cole", contact),
        ("Contact", "Dana Reyes", json!({ "LastName": "Else" })),
        ("Opportunity", "Dana Reyes", opportunity("Prospecting")),
        ("Opportunity", "Dana Reyes", opportunity("Closed Won")),
    ];
    let mut ids = Vec::new();
    for (object, user, fields) in family {
        ids.push((object, crm.given(user, object, fields).await));
    }
    (account, ids)
}

async fn owners(crm: &TestOrg, family: &[(&str, String)]) -> Vec<String> {
    let mut owners = Vec::new();
    for (object, id) in family {
        owners.push(crm.owner_and_creator(object, id).await.0);
    }
    owners
}

#[tokio::test]
async fn by_default_the_account_moves_alone() {
    let crm = org(false);
    let (account, family) = given_family(&crm).await;
    let before = owners(&crm, &family).await;

    let fields = json!({ "OwnerId": crm.id("Sam Sync") });
    crm.patch(
        "Dana Reyes",
        &format!("/sobjects/Account/{account}"),
        fields,
    )
    .await;

    assert_eq!(owners(&crm, &family).await, before);
    assert_eq!(crm.changes().len(), 1);
}

#[tokio::test]
async fn contacts_and_open_opportunities_of_the_old_owner_may_follow() {
    let crm = org(true);
    let (account, family) = given_family(&crm).await;
    let (dana, robin, sam) = (
        crm.id("Dana Reyes"),
        crm.id("Robin Cole"),
        crm.id("Sam Sync"),
    );

    let fields = json!({ "OwnerId": sam });
    crm.patch(
        "Dana Reyes",
        &format!("/sobjects/Account/{account}"),
        fields,
    )
    .await;

    assert_eq!(
        owners(&crm, &family).await,
        [&sam, &robin, &dana, &sam, &dana].map(String::clone)
    );
    let changes: Vec<_> = crm
        .changes()
        .into_iter()
        .map(|row| (row.object, row.owner_reason, row.user))
        .collect();
    let row = |object: &str, reason: &str| (object.to_owned(), reason.to_owned(), dana.clone());
    assert_eq!(
        changes,
        [
            row("Account", "requested"),
            row("Contact", "account_owner"),
            row("Opportunity", "account_owner")
        ]
    );
}

#[tokio::test]
async fn the_owner_it_has_moves_nothing_and_a_rollback_moves_all_back() {
    let crm = org(true);
    let (account, family) = given_family(&crm).await;
    let path = format!("/sobjects/Account/{account}");
    let before = owners(&crm, &family).await;
    let to = |name: &str| json!({ "OwnerId": crm.id(name) });

    crm.patch("Dana Reyes", &path, to("Dana Reyes")).await;
    let subs = [
        sub("move", "PATCH", &path, to("Sam Sync")),
        sub("bad", "DELETE", "/sobjects/Contact/nobody", Value::Null),
    ];
    composite(&crm, true, &subs).await;

    assert_eq!(owners(&crm, &family).await, before);
    assert_eq!(crm.changes(), []);
}
