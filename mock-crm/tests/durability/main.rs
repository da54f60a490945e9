//! `--data`: what was answered is there again, whatever happens in between.

#![allow(
    clippy::unwrap_used,
    reason = "a test panics where something is not as it has to be"
)]

mod acknowledged;
mod binary;
mod full_disk;
mod killed;
mod replayed;
mod setup;
mod webhooks;

use std::path::Path;

use mock_crm::durable::{Durable, Gate};
use mock_crm::seed::Seed;
use mock_crm::{MockCrm, Options};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

/// An org and a portal with Dana and Robin in both, and no records.
pub(crate) const SEED: &str = "
salesforce:
  - apps: [{client_id: c, client_secret: x}]
    users:
      - {name: Dana Reyes, token: true, profile: System Administrator}
      - {name: Robin Park, token: true}
hubspot:
  - apps: [{client_id: c, client_secret: x}]
    users:
      - {name: Dana Reyes, token: true}
      - {name: Robin Park, token: true}
";

pub(crate) fn client() -> Client {
    // Tests run in one process: whoever comes first installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .unwrap()
}

/// A mock in this process on a data directory, seeded where that is empty.
pub(crate) async fn started(directory: &Path, gate: Option<Gate>) -> MockCrm {
    let mut durable = opened(directory).await;
    if let Some(gate) = gate {
        durable = durable.gated(gate);
    }
    let options = Options {
        durable: Some(durable),
        ..Options::default()
    };
    let crm = MockCrm::start_with(options).await.unwrap();
    if crm.hosted(None, None).is_empty() {
        Seed::parse(SEED, "seed").unwrap().open(&crm).unwrap();
    }
    crm
}

/// The writer of a mock that is gone lets go of the file a moment later.
async fn opened(directory: &Path) -> Durable {
    for _ in 0..400 {
        if let Ok(durable) = Durable::open(directory, 1) {
            return durable;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the data directory is still in use");
}

/// The token of a user of the first org.
pub(crate) fn salesforce_token(crm: &MockCrm, user: usize) -> String {
    crm.orgs()[0].users[user].token.clone().unwrap()
}

/// `POST` of a contact to Salesforce.
pub(crate) fn contact(http: &Client, url: &str, token: &str, last_name: &str) -> RequestBuilder {
    http.post(format!("{url}/services/data/v62.0/sobjects/Contact"))
        .bearer_auth(token)
        .json(&json!({ "LastName": last_name }))
}

pub(crate) async fn created(request: RequestBuilder) -> String {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let body: Value = answer.json().await.unwrap();
    body["id"].as_str().unwrap().to_owned()
}
