use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::binary::Binary;

/// How often the program is killed. The longer run, a minute or two:
/// `MOCK_CRM_KILLS=50 cargo test -p mock-crm --test durability killed -- --nocapture`
fn kills() -> u64 {
    std::env::var("MOCK_CRM_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok())
        .unwrap_or(4)
}

/// Where contacts are created, and how many were.
struct Stream<'a> {
    crm: &'a Binary,
    path: String,
    token: String,
    answers: AtomicU64,
}

impl Stream<'_> {
    /// Creates until there is no answer any more; the ids that were answered.
    async fn run(&self, body: impl Fn(u32) -> Value) -> Vec<String> {
        let mut answered = Vec::new();
        for number in 0.. {
            let request = self.crm.http.post(&self.path).bearer_auth(&self.token);
            let Ok(answer) = request.json(&body(number)).send().await else {
                break;
            };
            let status = answer.status();
            // An answer that is cut off acknowledges nothing.
            let Ok(body) = answer.json::<Value>().await else {
                break;
            };
            assert_eq!(status, 201, "{body}");
            answered.push(body["id"].as_str().unwrap().to_owned());
            self.answers.fetch_add(1, Ordering::Relaxed);
        }
        answered
    }

    async fn answered(&self, wanted: u64) {
        while self.answers.load(Ordering::Relaxed) < wanted {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

/// Creates on several connections to both CRMs until the program is killed; the answered ids of each CRM.
async fn until_killed(mut crm: Binary, round: u64) -> (Vec<String>, Vec<String>) {
    let stream = |vendor: &str, path: &str| Stream {
        crm: &crm,
        path: crm.text(&format!("/{vendor}/url")) + path,
        token: crm.text(&format!("/{vendor}/users/1/token")),
        answers: AtomicU64::new(0),
    };
    let salesforce = stream("salesforce", "/services/data/v62.0/sobjects/Contact");
    let hubspot = stream("hubspot", "/crm/v3/objects/contacts");
    let pid = crm.process.id().unwrap().to_string();
    let kill = async {
        // At another point of the stream every time.
        let wanted = 1 + 17 * round % 61;
        futures::join!(salesforce.answered(wanted), hubspot.answered(wanted));
        let kill = tokio::process::Command::new("kill")
            .args(["-9", &pid])
            .status();
        assert!(kill.await.unwrap().success());
    };
    let to_salesforce = (0..8).map(|_| salesforce.run(|_| json!({ "LastName": "Lee" })));
    let to_hubspot = (0..8).map(|connection| {
        let email = move |number| format!("{round}-{connection}-{number}@x.example");
        hubspot.run(move |number| json!({ "properties": { "email": email(number) } }))
    });
    let ((), of_salesforce, of_hubspot) = futures::join!(
        kill,
        futures::future::join_all(to_salesforce),
        futures::future::join_all(to_hubspot)
    );
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
