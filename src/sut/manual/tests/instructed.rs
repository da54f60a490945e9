//! The text of each instruction.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{Scene, ann, push};

/// What is shown for one message; the person does it, and owns what is saved.
async fn shown(method: &str, params: Value) -> String {
    let mut scene = Scene::saved("\n1\n").await;
    scene.say(method, params).await.unwrap();
    let text = scene.shown.take();
    let question = text.find("[Enter = done").unwrap();
    text[..question].trim().to_owned()
}

#[tokio::test]
async fn how_to_begin() {
    let mut scene = Scene::begun("\n\n").await;

    scene
        .say("team_sync.disconnect", json!({ "crm": "hubspot" }))
        .await
        .unwrap();

    assert_snapshot!(scene.shown.take().trim(), @r#"
    === Scenario 3 of 12 ===

    Begin afresh: in the product, disconnect team sync and every CRM login, and delete what earlier scenarios left there.
    Set: Salesforce assignment rules may choose owners: no.
    Salesforce is at http://sf (log in at http://sf).
      The product's connected app there: client id c, client secret x.
      Where it keeps its own id: Apollo_Id__c.
    HubSpot is at http://hs, portal 62515.
      The product's app there: client id c, client secret x.
      Where it keeps its own id: apollo_id.
    Add these people to the team in the product:
      Dana Reyes <dana@x.example>
      Lee Park <lee@x.example>, as an admin
    [Enter = done, r = it was refused, u = the product can't do this, b = show again, q = save and stop] 

    In the product, as an admin, disconnect team sync from HubSpot.
    [Enter = done, r = it was refused, u = the product can't do this, b = show again, q = save and stop]
    "#);
}

#[tokio::test]
async fn how_to_link_and_unlink_a_login() {
    // Nobody answers there, so nobody says whose login it is.
    let grant = json!({ "access_token": "00D!abc", "refresh_token": "5Ae", "instance_url": "http://127.0.0.1:9" });
    let link = json!({ "user": "u1", "crm": "salesforce", "grant": grant });

    let linked = shown("credential.link", link).await;
    let team = shown(
        "team_sync.connect",
        json!({ "crm": "salesforce", "grant": grant }),
    )
    .await;
    let unlinked = shown(
        "credential.unlink",
        json!({ "user": "u1", "crm": "hubspot" }),
    )
    .await;

    assert_snapshot!([linked, team, unlinked].join("\n\n"), @r#"
    In the product, as Dana Reyes, connect a personal Salesforce login.
      Salesforce does not say whose login this is: log in as the user whom the token belongs to.
      If the product takes tokens in place of a login:
        access token   00D!abc
        refresh token  5Ae

    In the product, as an admin, connect team sync to Salesforce, in place of an earlier connection.
      Salesforce does not say whose login this is: log in as the user whom the token belongs to.
      If the product takes tokens in place of a login:
        access token   00D!abc
        refresh token  5Ae

    In the product, as Dana Reyes, take the personal HubSpot login away.
    "#);
}

#[tokio::test]
async fn how_to_save_from_each_source() {
    let mut texts = Vec::new();
    for source in [
        "manual",
        "csv",
        "gmail",
        "linkedin",
        "prospecting",
        "jobchange",
    ] {
        texts.push(shown("record.create", ann(source)).await);
    }
    let account = json!({ "kind": "account", "source": "manual", "user": "u2", "fields": { "name": "Acme", "domain": "acme.example" } });
    texts.push(shown("record.create", account).await);
    let mut with_account = ann("manual");
    with_account["account"] = json!("a1");
    texts.push(shown("record.create", with_account).await);

    assert_snapshot!(texts.join("\n\n"), @r#"
    In the product, as Dana Reyes, add this contact by hand:
      Company: Acme, Inc.
      E-mail: ann@x.example
      First name: Ann
      Last name: Lee
    Push nothing yet.

    In the product, as Dana Reyes, import this contact from a CSV file with these lines:
        company,email,first_name,last_name
        "Acme, Inc.",ann@x.example,Ann,Lee
    Push nothing yet.

    As Dana Reyes, save this contact with the product's Chrome extension in Gmail, from a message of Ann Lee <ann@x.example>:
      Company: Acme, Inc.
      E-mail: ann@x.example
      First name: Ann
      Last name: Lee
    Push nothing yet.

    As Dana Reyes, save this contact with the product's Chrome extension in LinkedIn:
      Company: Acme, Inc.
      E-mail: ann@x.example
      First name: Ann
      Last name: Lee
    Push nothing yet.

    In the product, as Dana Reyes, find this contact by prospecting (search), and save it:
      Company: Acme, Inc.
      E-mail: ann@x.example
      First name: Ann
      Last name: Lee
    Push nothing yet.

    In the product, let job change enrichment bring this contact, and confirm it as Dana Reyes:
      Company: Acme, Inc.
      E-mail: ann@x.example
      First name: Ann
      Last name: Lee
    Push nothing yet.

    In the product, as Lee Park, add this account by hand:
      Domain: acme.example
      Name: Acme
    Push nothing yet.

    In the product, as Dana Reyes, add this contact by hand:
      Company: Acme, Inc.
      E-mail: ann@x.example
      First name: Ann
      Last name: Lee
      It belongs to the contact Ann Lee <ann@x.example>.
    Push nothing yet.
    "#);
}

#[tokio::test]
async fn how_to_change_push_and_log() {
    let update =
        json!({ "record": "a1", "user": "u2", "fields": { "phone": "+1 555 1" }, "owner": "u2" });
    let mut lead = push("bulk", &["a1"]);
    lead["as"] = json!("lead");
    let mut nobody = push("single", &["a1"]);
    nobody["user"] = Value::Null;
    let call = json!({ "type": "call", "user": "u1", "about": "a1", "crm": "hubspot", "fields": { "subject": "Intro", "at": "2026-01-01T09:00:00Z" } });
    let mut automatic = call.clone();
    automatic["user"] = Value::Null;
    automatic["type"] = json!("email");

    let texts = [
        shown("record.update", update).await,
        shown("push", push("single", &["a1"])).await,
        shown("push", push("bulk", &["a1", "a1"])).await,
        shown("push", lead).await,
        shown("push", nobody).await,
        shown("activity.log", call).await,
        shown("activity.log", automatic).await,
    ];

    assert_snapshot!(texts.join("\n\n"), @r#"
    In the product, as Lee Park, change the contact Ann Lee <ann@x.example>, and push nothing yet:
      Phone: +1 555 1
      Owner: Lee Park

    In the product, as Dana Reyes, push the contact Ann Lee <ann@x.example> to Salesforce, on its own.
    Go on once the product says that it has finished, one way or the other.

    In the product, as Dana Reyes, push these 2 together to Salesforce, in bulk.
      the contact Ann Lee <ann@x.example>
      the contact Ann Lee <ann@x.example>
    Go on once the product says that it has finished, one way or the other.

    In the product, as Dana Reyes, push the contact Ann Lee <ann@x.example> to Salesforce, as a lead, in bulk (by selecting it, as for many).
    Go on once the product says that it has finished, one way or the other.

    Press nothing: let the product push the contact Ann Lee <ann@x.example> to Salesforce by itself, and wait until it has.
    Go on once the product says that it has finished, one way or the other.

    In the product, as Dana Reyes, log a call about the contact Ann Lee <ann@x.example> in HubSpot:
      Subject: Intro
      At: 2026-01-01T09:00:00Z, or as near as the product lets you
    Go on once the product says that it has finished, one way or the other.

    Let the product by itself log an e-mail about the contact Ann Lee <ann@x.example> in HubSpot:
      Subject: Intro
      At: 2026-01-01T09:00:00Z, or as near as the product lets you
    Go on once the product says that it has finished, one way or the other.
    "#);
}
