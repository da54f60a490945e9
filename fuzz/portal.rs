//! A small portal to throw requests at, and what every answer of it must look like.

use std::sync::Arc;

use axum::body::Body;
use http::{Method, Request, StatusCode};
use mock_crm::clock::{Clock, Timestamp};
use mock_crm::hubspot::spec::PropertySpec;
use mock_crm::hubspot::spec::{AppSpec, UserSpec};
use mock_crm::hubspot::{Hubspot, PortalSpec};
use mock_crm::serve::{Host, Server};
use serde_json::{Value, json};

/// A portal with two users, three contacts, a company, a deal and a task.
pub struct Portal {
    host: Host<Hubspot>,
    server: Arc<Server>,
    runtime: tokio::runtime::Runtime,
    /// Dana's access token.
    pub token: String,
    /// What stands in braces in paths and bodies, and what for.
    names: Vec<(&'static str, String)>,
}

impl Portal {
    /// Opens it. The same every time.
    pub fn open() -> Self {
        let clock = Clock::fixed(Timestamp(1_767_225_600_000));
        let server = Arc::new(Server::new(Arc::new(clock), 1, None));
        let hubspot = Arc::new(Hubspot::new(server.clone()));
        let portal = hubspot.open(spec(), None);
        let portal = portal.expect("the specification is right");
        let issued = hubspot
            .issue(&portal, "Dana Reyes", "app")
            .expect("Dana and the app are there");
        let token = issued.access.grant.text.to_string();
        let owner = portal
            .user("Dana Reyes")
            .and_then(|user| user.owner_id.clone());
        let names = vec![
            ("{token}", token.clone()),
            ("{refresh}", issued.refresh.grant.text.to_string()),
            ("{owner}", owner.expect("Dana is an owner").to_string()),
        ];
        let runtime = tokio::runtime::Builder::new_current_thread();
        let mut opened = Self {
            host: Host::new(hubspot, server.clone()),
            server,
            runtime: { runtime }.build().expect("a runtime starts"),
            token,
            names,
        };
        opened.fill();
        opened
    }

    fn fill(&mut self) {
        let create = |object: &str, properties: Value| {
            let path = format!("/crm/v3/objects/{object}");
            let body = json!({ "properties": properties }).to_string();
            let request = self.request(Method::POST, &path, self.named(&body));
            let (status, body) = self.send(request.expect("a path"));
            let body: Value = serde_json::from_slice(&body).expect("JSON");
            assert_eq!(status, StatusCode::CREATED, "{body}");
            body["id"].as_str().expect("an id").to_owned()
        };
        let contact = create(
            "contacts",
            json!({ "email": "a@x.example", "hubspot_owner_id": "{owner}", "score": 5, "hues": "red;blue" }),
        );
        create(
            "contacts",
            json!({ "email": "b@x.example", "day": "2026-01-01", "vip": true }),
        );
        create(
            "contacts",
            json!({ "firstname": "Zoë", "seen": "2026-01-01T00:00:00Z" }),
        );
        let company = create(
            "companies",
            json!({ "name": "Acme Rockets", "domain": "acme.example" }),
        );
        let deal = create("deals", json!({ "dealname": "Big", "amount": "10.5" }));
        create("tasks", json!({ "hs_timestamp": "2026-01-01T00:00:00Z" }));
        let path =
            format!("/crm/v4/objects/contacts/{contact}/associations/default/companies/{company}");
        let request = self.request(Method::PUT, &path, "");
        self.send(request.expect("a path"));
        self.names.extend([
            ("{contact}", contact),
            ("{company}", company),
            ("{deal}", deal),
        ]);
    }

    /// The text with what its names in braces stand for.
    pub fn named(&self, text: &str) -> String {
        let names = self.names.iter();
        names.fold(text.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        })
    }

    /// A request of Dana's; `None` where the path is none.
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
}

/// The shape of a refusal: `{"status": "error", "message": "…", "correlationId": "…"}`; those of tokens have a code for
/// a status.
pub fn check_refusal(status: StatusCode, body: &[u8]) {
    let text = String::from_utf8_lossy(body);
    assert!(
        status.is_client_error() || status == StatusCode::NOT_IMPLEMENTED,
        "{status} {text}"
    );
    let body: Value = serde_json::from_slice(body).unwrap_or_else(|_| panic!("{status} {text}"));
    for name in ["status", "message", "correlationId"] {
        assert!(body[name].is_string(), "{status} {text}");
    }
    let simulated = status != StatusCode::NOT_IMPLEMENTED;
    assert!(simulated || text.contains("NOT_SIMULATED"), "{text}");
}

fn spec() -> PortalSpec {
    let property = |name: &str, kind: &str| PropertySpec {
        object: "contacts".to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        ..PropertySpec::default()
    };
    PortalSpec {
        users: vec![
            UserSpec {
                name: "Dana Reyes".to_owned(),
                super_admin: true,
                ..UserSpec::default()
            },
            UserSpec {
                name: "Gone Girl".to_owned(),
                active: false,
                ..UserSpec::default()
            },
        ],
        apps: vec![AppSpec {
            client_id: Some("app".to_owned()),
            client_secret: Some("app-secret".to_owned()),
            ..AppSpec::default()
        }],
        properties: vec![
            PropertySpec {
                unique: true,
                ..property("ext", "string")
            },
            property("score", "number"),
            property("vip", "bool"),
            property("day", "date"),
            property("seen", "datetime"),
            PropertySpec {
                field_type: Some("checkbox".to_owned()),
                options: vec!["red".to_owned(), "blue".to_owned()],
                ..property("hues", "enumeration")
            },
        ],
        ..PortalSpec::default()
    }
}
