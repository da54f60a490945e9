//! A small org to throw requests at, and what every answer of it must look like.

pub mod portal;

use std::sync::Arc;

use axum::body::Body;
use http::{Method, Request, StatusCode};
use mock_crm::clock::{Clock, Timestamp};
use mock_crm::salesforce::{AppSpec, CustomFieldSpec, FieldType, OrgSpec, Salesforce, UserSpec};
use mock_crm::serve::{Host, Server};
use serde_json::{Value, json};

/// An org with a user, two accounts, three contacts and a task.
pub struct Org {
    host: Host<Salesforce>,
    server: Arc<Server>,
    runtime: tokio::runtime::Runtime,
    /// The user's access token.
    pub token: String,
}

impl Org {
    /// Opens it. The same every time.
    pub fn open() -> Self {
        let clock = Clock::fixed(Timestamp(1_767_225_600_000));
        let server = Arc::new(Server::new(Arc::new(clock), 1, None));
        let salesforce = Arc::new(Salesforce::new(server.clone()));
        let org = salesforce
            .open(spec(), None)
            .expect("the specification is right");
        let tokens = salesforce
            .tokens_of(&org, "Ada Min")
            .expect("Ada has tokens");
        let token = tokens.access.grant.text.to_string();
        let runtime = tokio::runtime::Builder::new_current_thread();
        let opened = Self {
            host: Host::new(salesforce, server.clone()),
            server,
            runtime: { runtime }.build().expect("a runtime starts"),
            token,
        };
        opened.fill();
        opened
    }

    fn fill(&self) {
        let create = |object: &str, fields: Value| {
            let path = format!("/services/data/v60.0/sobjects/{object}");
            let request = self.request(Method::POST, &path, fields.to_string());
            let (status, body) = self.send(request.expect("a path"));
            assert_eq!(
                status,
                StatusCode::CREATED,
                "{}",
                String::from_utf8_lossy(&body)
            );
            let created: Value = serde_json::from_slice(&body).expect("JSON");
            created["id"].clone()
        };
        let acme = create("Account", json!({ "Name": "Acme", "AnnualRevenue": 5 }));
        create("Account", json!({ "Name": "beta" }));
        let contact = |last: &str, account: &Value| {
            json!({ "LastName": last, "Email": format!("{last}@x.example"), "AccountId": account,
                "Languages__c": "English;Dutch" })
        };
        let lee = create("Contact", contact("Lee", &acme));
        create("Contact", contact("Ash", &Value::Null));
        create("Contact", contact("Oak", &acme));
        create(
            "Task",
            json!({ "Subject": "Call", "WhoId": lee, "WhatId": acme }),
        );
    }

    /// A request of the user; `None` where the path is none.
    pub fn request(
        &self,
        method: Method,
        path: &str,
        body: impl Into<Body>,
    ) -> Option<Request<Body>> {
        Request::builder()
            .method(method)
            .uri(format!("http://crm.test{path}"))
            .header("authorization", format!("Bearer {}", self.token))
            .body(body.into())
            .ok()
    }

    /// Sends a request; no handler may have panicked.
    pub fn send(&self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        self.runtime.block_on(async {
            let response = self.host.handle(request).await.expect("an answer");
            let (parts, body) = response.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX)
                .await
                .expect("a body");
            assert_eq!(self.server.panics(), []);
            (parts.status, body.to_vec())
        })
    }

    /// Asks `path` with `text` as the parameter `name`, and checks that the answer has `found` or is the vendor's error.
    pub fn ask(&self, path: &str, name: &str, text: &str, found: &str) {
        let text = percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
        let path = format!("/services/data/v60.0/{path}?{name}={text}");
        // Longer than an address may be: nothing to ask.
        let Some(request) = self.request(Method::GET, &path, "") else {
            return;
        };
        let (status, body) = self.send(request);
        let body: Value = serde_json::from_slice(&body).expect("the answer is JSON");
        match status {
            StatusCode::OK => assert!(body.get(found).is_some(), "{body}"),
            status => check_error(status, &body),
        }
    }
}

/// The shape of an error: `[{"message": "…", "errorCode": "…"}]`.
pub fn check_error(status: StatusCode, body: &Value) {
    assert!(
        status.is_client_error() || status == StatusCode::NOT_IMPLEMENTED,
        "{status} {body}"
    );
    let errors = body.as_array().expect("a list of errors");
    assert!(!errors.is_empty());
    for error in errors {
        assert!(
            error["message"].is_string() && error["errorCode"].is_string(),
            "{body}"
        );
    }
}

fn spec() -> OrgSpec {
    let field = |name: &str| CustomFieldSpec {
        object: "Contact".to_owned(),
        name: name.to_owned(),
        ..CustomFieldSpec::default()
    };
    OrgSpec {
        users: vec![UserSpec {
            name: "Ada Min".to_owned(),
            username: Some("ada@x.example".to_owned()),
            password: "secret".to_owned(),
            profile: "System Administrator".to_owned(),
            token: true,
            ..UserSpec::default()
        }],
        apps: vec![AppSpec {
            client_id: "app".to_owned(),
            client_secret: "app-secret".to_owned(),
            run_as: Some("Ada Min".to_owned()),
            ..AppSpec::default()
        }],
        custom_fields: vec![
            CustomFieldSpec {
                kind: FieldType::MultiPicklist,
                ..field("Languages__c")
            },
            CustomFieldSpec {
                external_id: true,
                ..field("Ext__c")
            },
        ],
        ..OrgSpec::default()
    }
}
