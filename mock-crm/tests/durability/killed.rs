use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use crate::binary::Binary;

/// How often the program is killed: more in the longer run that the README names.
fn kills() -> u64 {
    std::env::var("MOCK_CRM_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(4)
}

/// Creates until there is no answer any more; the ids that were answered.
async fn stream(
    crm: &Binary,
    path: String,
    token: String,
    body: impl Fn(u32) -> Value,
) -> Vec<String> {
    let mut answered = Vec::new();
    for number in 0.. {
        let request = crm.http.post(&path).bearer_auth(&token).json(&body(number));
        let Ok(answer) = request.send().await else {
            break;
        };
        let status = answer.status();
        // An answer that is cut off acknowledges nothing.
        let Ok(body) = answer.json::<Value>().await else {
            break;
        };
        assert_eq!(status, 201, "{body}");
        answered.push(body["id"].as_str().unwrap().to_owned());
    }
    answered
}

/// Creates on several connections to both CRMs until the program is killed; the answered ids of each CRM.
async fn until_killed(mut crm: Binary, round: u64) -> (Vec<String>, Vec<String>) {
    let salesforce = format!(
        "{}/services/data/v62.0/sobjects/Contact",
        crm.text("/salesforce/url")
    );
    let hubspot = format!("{}/crm/v3/objects/contacts", crm.text("/hubspot/url"));
    let pid = crm.process.id().unwrap();
    let kill = async {
        tokio::time::sleep(Duration::from_millis(80 + 37 * (round % 7))).await;
        let kill = tokio::process::Command::new("kill")
            .args(["-9", &pid.to_string()])
            .status();
        assert!(kill.await.unwrap().success());
    };
    let to_salesforce = futures::future::join_all((0..8).map(|_| {
        let token = crm.text("/salesforce/users/1/token");
        stream(
            &crm,
            salesforce.clone(),
            token,
            |_| json!({ "LastName": "Lee" }),
        )
    }));
    let to_hubspot = futures::future::join_all((0..8).map(|connection| {
        let token = crm.text("/hubspot/users/1/token");
        let email = move |number| format!("{round}-{connection}-{number}@x.example");
        stream(
            &crm,
            hubspot.clone(),
            token,
            move |number| json!({ "properties": { "email": email(number) } }),
        )
    }));
    let ((), of_salesforce, of_hubspot) = futures::join!(kill, to_salesforce, to_hubspot);
    crm.process.wait().await.unwrap();
    (of_salesforce.concat(), of_hubspot.concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answered_create_survives_a_kill_together_with_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let (mut salesforce, mut hubspot) = (BTreeSet::new(), BTreeSet::new());

    for round in 0..kills() {
        let (of_salesforce, of_hubspot) =
            until_killed(Binary::start(folder.path()).await, round).await;
        assert!(!of_salesforce.is_empty() && !of_hubspot.is_empty());
        salesforce.extend(of_salesforce);
        hubspot.extend(of_hubspot);

        let crm = Binary::start(folder.path()).await;
        let rows = crm.rows("salesforce", "Contact").await;
        assert_eq!(crm.salesforce_contacts().await, rows);
        assert!(salesforce.iter().all(|id| rows.contains_key(id)));
        let rows = crm.rows("hubspot", "contacts").await;
        let records: BTreeSet<String> = crm.hubspot_contacts().await.into_iter().collect();
        assert_eq!(records, rows.keys().cloned().collect());
        assert!(hubspot.is_subset(&records));
    }
    eprintln!(
        "{} kills; {} and {} answered creates are all there",
        kills(),
        salesforce.len(),
        hubspot.len()
    );
}
