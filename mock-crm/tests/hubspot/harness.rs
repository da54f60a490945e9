//! A portal of its own for every test, and a client to ask it with.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use mock_crm::clock::{Clock, Timestamp};
use mock_crm::hubspot::spec::{
    AppSpec, PrivateAppSpec, PropertySpec, QueueOwnerSpec, RoleSpec, Switches, TeamSpec, UserSpec,
};
use mock_crm::hubspot::{Hubspot, Portal, PortalSpec};
use mock_crm::ledger::{ChangeEntry, CreateEntry};
use mock_crm::serve::{Host, Server};
use mock_crm::tenant::Hosted;
use serde_json::{Value, json};

pub(crate) const CONTACTS: &str = "/crm/v3/objects/contacts";

/// A portal with people of every kind, its clock fixed at 2026-01-01, and Dana's token at hand.
pub(crate) struct TestPortal {
    pub(crate) hubspot: Arc<Hubspot>,
    pub(crate) portal: Arc<Portal>,
    host: Host<Hubspot>,
    token: String,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// The value of a property of the record.
    #[track_caller]
    pub(crate) fn property(&self, name: &str) -> &Value {
        let property = self.body["properties"].get(name);
        property.unwrap_or_else(|| panic!("no {name} in {}", self.body))
    }

    pub(crate) fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }
}

fn user(name: &str) -> UserSpec {
    UserSpec {
        name: name.to_owned(),
        ..UserSpec::default()
    }
}

fn app(client_id: &str, name: &str) -> AppSpec {
    AppSpec {
        client_id: Some(client_id.to_owned()),
        client_secret: Some("secret".to_owned()),
        name: name.to_owned(),
        ..AppSpec::default()
    }
}

/// Dana and Noa are super admins, and Noa has no owner; Sam is nobody special; Gone is deactivated, a super admin once;
/// Ola has a role that says admin; Ext is an owner that is no user.
pub(crate) fn people_of_every_kind() -> PortalSpec {
    PortalSpec {
        apps: vec![
            app("main", "Sync app"),
            app("other", "Other app"),
            AppSpec {
                user_level: true,
                ..app("personal", "Personal app")
            },
            AppSpec {
                rotate_refresh_tokens: true,
                ..app("rotating", "Rotating app")
            },
            AppSpec {
                scopes: vec!["crm.objects.contacts.read".to_owned()],
                ..app("reader", "Reader")
            },
        ],
        private_apps: vec![PrivateAppSpec {
            user: "Sam Low".to_owned(),
            name: "Script".to_owned(),
            ..PrivateAppSpec::default()
        }],
        users: vec![
            UserSpec {
                super_admin: true,
                team: Some("West".to_owned()),
                ..user("Dana Reyes")
            },
            user("Sam Low"),
            UserSpec {
                super_admin: true,
                owner: false,
                ..user("Noa Kent")
            },
            UserSpec {
                super_admin: true,
                active: false,
                ..user("Gone Girl")
            },
            UserSpec {
                role: Some("Admin of sorts".to_owned()),
                ..user("Ola Nord")
            },
            UserSpec {
                user: false,
                ..user("Ext Owner")
            },
        ],
        queue_owners: vec![QueueOwnerSpec {
            name: "Inbound".to_owned(),
            owner_id: None,
        }],
        teams: vec![TeamSpec {
            id: None,
            name: "West".to_owned(),
        }],
        roles: vec![RoleSpec {
            id: None,
            name: "Admin of sorts".to_owned(),
        }],
        properties: vec![
            PropertySpec {
                object: "contacts".to_owned(),
                name: "apollo_id".to_owned(),
                unique: true,
                ..PropertySpec::default()
            },
            PropertySpec {
                object: "contacts".to_owned(),
                name: "score".to_owned(),
                kind: "number".to_owned(),
                ..PropertySpec::default()
            },
        ],
        switches: Switches {
            shuffle_batch_results: false,
            ..Switches::default()
        },
        ..PortalSpec::default()
    }
}

impl TestPortal {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// The usual portal, with something different about it.
    pub(crate) fn with(change: impl FnOnce(&mut PortalSpec)) -> Self {
        let mut spec = people_of_every_kind();
        change(&mut spec);
        Self::of(spec)
    }

    #[track_caller]
    pub(crate) fn of(spec: PortalSpec) -> Self {
        let clock = Arc::new(Clock::fixed(Timestamp(1_767_225_600_000)));
        let server = Arc::new(Server::new(clock, 7, None));
        let hubspot = Arc::new(Hubspot::new(server.clone()));
        let portal = hubspot.open(spec, None).unwrap();
        let host = Host::new(hubspot.clone(), server);
        let token = match hubspot.issue(&portal, "Dana Reyes", "main") {
            Ok(issued) => issued.access.grant.text.to_string(),
            Err(_) => String::new(),
        };
        Self {
            hubspot,
            portal,
            host,
            token,
        }
    }

    /// The same portal, asked with a token of this user for this app.
    #[track_caller]
    pub(crate) fn with_token_of(mut self, user: &str, client_id: &str) -> Self {
        self.token = self.token_of(user, client_id);
        self
    }

    #[track_caller]
    pub(crate) fn token_of(&self, user: &str, client_id: &str) -> String {
        let issued = self.hubspot.issue(&self.portal, user, client_id).unwrap();
        issued.access.grant.text.to_string()
    }

    pub(crate) fn use_token(&mut self, token: &str) {
        self.token = token.to_owned();
    }

    #[track_caller]
    pub(crate) fn owner_id(&self, user: &str) -> String {
        self.portal
            .user(user)
            .unwrap()
            .owner_id
            .as_deref()
            .unwrap()
            .to_owned()
    }

    #[track_caller]
    pub(crate) fn user_id(&self, user: &str) -> String {
        self.portal
            .user(user)
            .unwrap()
            .user_id
            .as_deref()
            .unwrap()
            .to_owned()
    }

    pub(crate) fn advance(&self, seconds: u64) {
        assert!(
            self.portal
                .tenant()
                .clock
                .advance(Duration::from_secs(seconds))
        );
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, String::new()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, body.to_string()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PATCH, path, body.to_string()).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(Method::PUT, path, body.to_string()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, String::new()).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: String) -> Answer {
        let request = Request::builder().method(method).uri(path);
        let request = match self.token.is_empty() {
            true => request,
            false => request.header("authorization", format!("Bearer {}", self.token)),
        };
        let response = self
            .host
            .handle(request.body(Body::from(body)).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
        }
    }

    /// A contact with these properties; its id.
    pub(crate) async fn given_contact(&self, properties: Value) -> String {
        let answer = self
            .post(CONTACTS, json!({ "properties": properties }))
            .await;
        answer.expect(201).id()
    }

    /// The properties of a contact that a read names.
    pub(crate) async fn contact(&self, id: &str, properties: &str) -> Value {
        let answer = self
            .get(&format!("{CONTACTS}/{id}?properties={properties}"))
            .await;
        answer.expect(200).body["properties"].clone()
    }

    pub(crate) fn creates(&self) -> Vec<CreateEntry> {
        let tenant = self.portal.tenant();
        let store = tenant.read();
        store
            .ledger
            .creates_after(0)
            .map(|row| tenant.create_entry(&store, row))
            .collect()
    }

    pub(crate) fn changes(&self) -> Vec<ChangeEntry> {
        let tenant = self.portal.tenant();
        let store = tenant.read();
        store
            .ledger
            .changes_after(0)
            .map(|row| tenant.change_entry(&store, row))
            .collect()
    }
}
