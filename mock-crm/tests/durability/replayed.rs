use mock_crm::crms::{ChangeQuery, CreateQuery};
use mock_crm::identity::End;
use serde_json::json;

use crate::{client, contact, created, salesforce_token, started};

#[tokio::test]
async fn records_ledger_and_tokens_are_there_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let http = client();
    let crm = started(directory.path(), None).await;
    let (dana, robin) = (salesforce_token(&crm, 0), salesforce_token(&crm, 1));
    let robin_id = crm.orgs()[0].users[1].id.clone();
    let kept = created(contact(&http, &crm.salesforce_url(), &dana, "Kept")).await;
    let gone = created(contact(&http, &crm.salesforce_url(), &dana, "Gone")).await;
    let path = |crm: &mock_crm::MockCrm, id: &str| {
        format!(
            "{}/services/data/v62.0/sobjects/Contact/{id}",
            crm.salesforce_url()
        )
    };
    let owner = json!({ "OwnerId": robin_id });
    let changed = http
        .patch(path(&crm, &kept))
        .bearer_auth(&dana)
        .json(&owner);
    assert_eq!(changed.send().await.unwrap().status(), 204);
    let deleted = http.delete(path(&crm, &gone)).bearer_auth(&dana);
    assert_eq!(deleted.send().await.unwrap().status(), 204);
    let robin_token = crm.orgs()[0].users[1].token_id.clone().unwrap();
    assert!(crm.end_token(&robin_token, End::Revoked));
    crm.server.written().await.unwrap();
    let before = (
        crm.creates(&CreateQuery::default()),
        crm.changes(&ChangeQuery::default()),
        serde_json::to_value((crm.orgs(), crm.portals())).unwrap(),
    );
    drop(crm);

    let crm = started(directory.path(), None).await;

    let after = (
        crm.creates(&CreateQuery::default()),
        crm.changes(&ChangeQuery::default()),
        serde_json::to_value((crm.orgs(), crm.portals())).unwrap(),
    );
    assert_eq!(after, before);
    let read = async |id: &str, token: &str| {
        let request = http.get(path(&crm, id)).bearer_auth(token);
        request.send().await.unwrap()
    };
    let record: serde_json::Value = read(&kept, &dana).await.json().await.unwrap();
    assert_eq!(record["OwnerId"], json!(robin_id));
    assert_eq!(read(&gone, &dana).await.status(), 404);
    assert_eq!(read(&kept, &robin).await.status(), 401);
}

#[tokio::test]
async fn a_transaction_is_there_after_a_restart_and_what_was_taken_back_is_not() {
    let directory = tempfile::tempdir().unwrap();
    let http = client();
    let crm = started(directory.path(), None).await;
    let dana = salesforce_token(&crm, 0);
    let create = |id: &str, fields: serde_json::Value| {
        let url = "/services/data/v62.0/sobjects/Contact";
        json!({ "method": "POST", "url": url, "referenceId": id, "body": fields })
    };
    let send = async |last: serde_json::Value| {
        let subs = [
            create("a", json!({ "LastName": "First" })),
            create("b", last),
        ];
        let body = json!({ "allOrNone": true, "compositeRequest": subs });
        let url = format!("{}/services/data/v62.0/composite", crm.salesforce_url());
        let request = http.post(url).bearer_auth(&dana).json(&body);
        request.send().await.unwrap().status()
    };
    assert_eq!(send(json!({})).await, 200);
    assert_eq!(send(json!({ "LastName": "Second" })).await, 200);
    let before = crm.creates(&CreateQuery::default());
    assert_eq!(before.creates.len(), 2);
    crm.server.written().await.unwrap();
    drop(crm);

    let crm = started(directory.path(), None).await;

    assert_eq!(crm.creates(&CreateQuery::default()), before);
    let next = created(contact(&http, &crm.salesforce_url(), &dana, "Third")).await;
    let rows = crm.creates(&CreateQuery::default()).creates;
    assert_eq!(rows[2].record, next);
    assert!(rows[2].request > rows[1].request);
}

#[tokio::test]
async fn a_record_and_what_the_system_writes_with_it_are_one_entry_of_the_log() {
    let directory = tempfile::tempdir().unwrap();
    let http = client();
    let crm = started(directory.path(), None).await;
    let dana = salesforce_token(&crm, 0);
    let url = |path: &str| {
        format!(
            "{}/services/data/v62.0/sobjects/{path}",
            crm.salesforce_url()
        )
    };
    let create = async |object: &str, fields: serde_json::Value| {
        let request = http.post(url(object)).bearer_auth(&dana).json(&fields);
        created(request).await
    };
    let account = create("Account", json!({ "Name": "Acme" })).await;
    for name in ["Lee", "Ash"] {
        create("Contact", json!({ "LastName": name, "AccountId": account })).await;
    }
    let sent = || crm.server.log.as_ref().unwrap().sent();
    let robin = url(&format!("User/{}", crm.orgs()[0].users[1].id));
    let profiles = http
        .get(format!(
            "{}/services/data/v62.0/query?q=SELECT+Id+FROM+Profile+WHERE+Name='System+Administrator'",
            crm.salesforce_url()
        ))
        .bearer_auth(&dana);
    let profiles: serde_json::Value = profiles.send().await.unwrap().json().await.unwrap();
    let before = sent();

    let deleted = http
        .delete(url(&format!("Account/{account}")))
        .bearer_auth(&dana);
    assert_eq!(deleted.send().await.unwrap().status(), 204);
    let after_delete = sent();
    let profile = json!({ "ProfileId": profiles["records"][0]["Id"] });
    let promoted = http.patch(robin).bearer_auth(&dana).json(&profile);
    assert_eq!(promoted.send().await.unwrap().status(), 204);

    assert_eq!((after_delete - before, sent() - after_delete), (1, 1));
}

#[tokio::test]
async fn what_comes_after_a_restart_has_new_numbers_and_tokens() {
    let directory = tempfile::tempdir().unwrap();
    let http = client();
    let mut tokens = Vec::new();
    let mut records = Vec::new();
    for start in 1..=3 {
        let crm = started(directory.path(), None).await;
        let org = crm.orgs()[0].org.clone();
        let issued = crm.issue(&org, "Dana Reyes", None).unwrap();
        records.push(created(contact(&http, &crm.salesforce_url(), &issued.token, "New")).await);
        tokens.extend([issued.token, issued.token_id, issued.refresh_token]);

        let creates = crm.creates(&CreateQuery::default()).creates;
        let sequences: Vec<u64> = creates.iter().map(|row| row.sequence).collect();
        assert_eq!(sequences, (1..=start).collect::<Vec<u64>>());
        let mut requests: Vec<&str> = creates.iter().map(|row| &*row.request).collect();
        requests.dedup();
        assert_eq!(
            requests.len() as u64,
            start,
            "each create has a request of its own"
        );
        crm.server.written().await.unwrap();
    }

    for given in [&mut tokens, &mut records] {
        let all = given.len();
        given.sort();
        given.dedup();
        assert_eq!(given.len(), all);
    }
}

#[tokio::test]
async fn a_closed_org_stays_closed_and_a_new_one_gets_another_id() {
    let directory = tempfile::tempdir().unwrap();
    let crm = started(directory.path(), None).await;
    let (first, token) = (crm.orgs()[0].org.clone(), salesforce_token(&crm, 0));
    crm.close(&first).unwrap();
    crm.server.written().await.unwrap();
    drop(crm);

    let crm = started(directory.path(), None).await;

    assert!(crm.orgs().is_empty());
    assert_eq!(crm.portals().len(), 1);
    crm.salesforce.open(Default::default(), None).unwrap();
    assert_ne!(crm.orgs()[0].org, first);
    let late = contact(&client(), &crm.salesforce_url(), &token, "Late");
    assert_eq!(late.send().await.unwrap().status(), 401);
}
