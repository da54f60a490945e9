//! The control API over HTTP.

#![allow(
    clippy::unwrap_used,
    reason = "a test panics where something is not as it has to be"
)]

mod access;
mod clock;
mod creates;
mod document;
mod faults;
mod live;
mod orgs;
mod requests;
mod seeded;
mod tokens;
mod webhooks;

use std::sync::Arc;

use mock_crm::clock::{Clock, Timestamp};
use mock_crm::mock::ControlOptions;
use mock_crm::{MockCrm, Options};
use reqwest::{Client, Method};
use serde_json::Value;

/// A mock with a control API, and a client of it.
pub(crate) struct Controlled {
    pub(crate) crm: MockCrm,
    pub(crate) http: Client,
}

/// Status and body of an answer.
pub(crate) type Answer = (u16, Value);

pub(crate) async fn controlled() -> Controlled {
    started(Options::default()).await
}

pub(crate) async fn with_fixed_clock() -> Controlled {
    let clock = Clock::fixed(Timestamp::parse("2026-01-01T00:00:00Z").unwrap());
    let options = Options {
        clock: Arc::new(clock),
        ..Options::default()
    };
    started(options).await
}

async fn started(options: Options) -> Controlled {
    let control = Some(ControlOptions {
        address: ([127, 0, 0, 1], 0).into(),
        token: "secret".to_owned(),
    });
    // Tests run in one process: whoever comes first installs it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Controlled {
        crm: MockCrm::start_with(Options { control, ..options })
            .await
            .unwrap(),
        http: Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .build()
            .unwrap(),
    }
}

impl Controlled {
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.crm.control_url().unwrap())
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.http.request(method, self.url(path));
        let request = request.bearer_auth("secret");
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        (
            status,
            serde_json::from_str(&text).unwrap_or(Value::String(text)),
        )
    }

    /// A request to HubSpot without a token.
    pub(crate) async fn stray(&self, path: &str) {
        let url = format!("{}{path}", self.crm.hubspot_url());
        self.http.get(url).send().await.unwrap();
    }
}

pub(crate) fn code(answer: &Answer) -> (u16, &str) {
    (answer.0, answer.1["error"]["code"].as_str().unwrap_or(""))
}
