//! An org with people in it, and requests to it.

use std::sync::Arc;

use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use mock_crm::clock::{Clock, Timestamp};
use mock_crm::ledger::{ChangeEntry, CreateEntry};
use mock_crm::salesforce::{
    AppSpec, Org, OrgSpec, PermissionSpec, QueueSpec, Salesforce, UserSpec,
};
use mock_crm::serve::{Host, Server};
use mock_crm::tenant::Hosted;
use serde_json::Value;

pub(crate) const CLIENT_ID: &str = "app";
pub(crate) const SECRET: &str = "app-secret";

/// Dana and Robin are reps; Sam is the integration user and may transfer records; Ada is the administrator; Ina is
/// inactive; Audi may set audit fields. The queues are "Lead Queue" (leads) and "Case Queue" (cases).
pub(crate) fn spec() -> OrgSpec {
    let user = |name: &str| UserSpec {
        name: name.to_owned(),
        token: true,
        ..UserSpec::default()
    };
    let with_set = |name: &str, set: &str| UserSpec {
        permission_sets: vec![set.to_owned()],
        ..user(name)
    };
    let set = |name: &str, permission: &str| PermissionSpec {
        name: name.to_owned(),
        permissions: vec![permission.to_owned()],
        ..PermissionSpec::default()
    };
    let queue = |name: &str, object: &str| QueueSpec {
        name: name.to_owned(),
        objects: vec![object.to_owned()],
    };
    OrgSpec {
        apps: vec![AppSpec {
            client_id: CLIENT_ID.to_owned(),
            client_secret: SECRET.to_owned(),
            ..AppSpec::default()
        }],
        permission_sets: vec![
            set("Transfer", "TransferAnyEntity"),
            set("Audit", "CreateAuditFields"),
        ],
        users: vec![
            user("Dana Reyes"),
            user("Robin Cole"),
            with_set("Sam Sync", "Transfer"),
            with_set("Audi Ting", "Audit"),
            UserSpec {
                profile: "System Administrator".to_owned(),
                ..user("Ada Min")
            },
            UserSpec {
                active: false,
                ..user("Ina Active")
            },
        ],
        queues: vec![queue("Lead Queue", "Lead"), queue("Case Queue", "Case")],
        ..OrgSpec::default()
    }
}

/// An org on a server of its own, at a fixed instant.
pub(crate) struct TestOrg {
    pub(crate) host: Host<Salesforce>,
    pub(crate) salesforce: Arc<Salesforce>,
    pub(crate) org: Arc<Org>,
    pub(crate) server: Arc<Server>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    /// The body as JSON; null where it is none.
    pub(crate) body: Value,
}

impl Answer {
    /// The code of the first error.
    pub(crate) fn code(&self) -> &str {
        self.body[0]["errorCode"].as_str().unwrap_or_default()
    }

    /// The id of a create.
    #[track_caller]
    pub(crate) fn id(&self) -> String {
        self.body["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no id in {}", self.text))
            .to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Where the app of an authorization wants its code.
pub(crate) const CALLBACK: &str = "http://localhost:1717/done";

/// A form, or a query string.
pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// Whether REST takes a token.
pub(crate) async fn works(crm: &TestOrg, token: &str) -> bool {
    let request = Request::builder()
        .uri("/services/data/v60.0/limits")
        .header("authorization", format!("Bearer {token}"));
    let answer = crm.send(request.body(Body::empty()).unwrap()).await;
    answer.status == StatusCode::OK
}

pub(crate) const NOW: &str = "2026-01-01T00:00:03Z";

impl TestOrg {
    pub(crate) fn new() -> Self {
        Self::of(spec())
    }

    pub(crate) fn of(spec: OrgSpec) -> Self {
        let clock = Clock::fixed(Timestamp::parse(NOW).unwrap());
        let server = Arc::new(Server::new(Arc::new(clock), 1, None));
        let salesforce = Arc::new(Salesforce::new(server.clone()));
        let org = salesforce
            .open(spec, None)
            .unwrap_or_else(|error| panic!("{error}"));
        Self {
            host: Host::new(salesforce.clone(), server.clone()),
            salesforce,
            org,
            server,
        }
    }

    /// The id of a user or queue.
    #[track_caller]
    pub(crate) fn id(&self, name: &str) -> String {
        self.org.named(name).unwrap().to_string()
    }

    /// The access token of a user.
    pub(crate) fn token(&self, user: &str) -> String {
        let tokens = self.salesforce.tokens_of(&self.org, user).unwrap();
        tokens.access.grant.text.to_string()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.host.handle(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        assert_eq!(self.server.panics(), []);
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        }
    }

    /// A call of the REST API, version 60.0, as `user`.
    pub(crate) async fn call(
        &self,
        user: &str,
        method: Method,
        path: &str,
        body: impl ToString,
    ) -> Answer {
        self.call_with(user, method, path, body, &[]).await
    }

    pub(crate) async fn call_with(
        &self,
        user: &str,
        method: Method,
        path: &str,
        body: impl ToString,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://crm.test/services/data/v60.0{path}"))
            .header("authorization", format!("Bearer {}", self.token(user)));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_string())).unwrap())
            .await
    }

    pub(crate) async fn get(&self, user: &str, path: &str) -> Answer {
        self.call(user, Method::GET, path, "").await
    }

    pub(crate) async fn post(&self, user: &str, path: &str, body: Value) -> Answer {
        self.call(user, Method::POST, path, body).await
    }

    pub(crate) async fn patch(&self, user: &str, path: &str, body: Value) -> Answer {
        self.call(user, Method::PATCH, path, body).await
    }

    pub(crate) async fn delete(&self, user: &str, path: &str) -> Answer {
        self.call(user, Method::DELETE, path, "").await
    }

    pub(crate) async fn query(&self, user: &str, soql: &str) -> Answer {
        let soql = percent_encoding::utf8_percent_encode(soql, percent_encoding::NON_ALPHANUMERIC);
        self.get(user, &format!("/query?q={soql}")).await
    }

    /// A record that `user` creates; its id.
    #[track_caller]
    pub(crate) fn given<'a>(
        &'a self,
        user: &'a str,
        object: &'a str,
        fields: Value,
    ) -> impl Future<Output = String> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let answer = self
                .post(user, &format!("/sobjects/{object}"), fields)
                .await;
            assert_eq!(
                answer.status,
                StatusCode::CREATED,
                "{caller}: {}",
                answer.text
            );
            answer.id()
        }
    }

    /// A form sent to an OAuth endpoint.
    pub(crate) async fn form(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("host", "crm.test")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(query(pairs)))
            .unwrap();
        self.send(request).await
    }

    /// The ledger's rows of creates.
    pub(crate) fn creates(&self) -> Vec<CreateEntry> {
        let tenant = self.org.tenant();
        let store = tenant.read();
        let rows = store.ledger.creates_after(0);
        rows.map(|row| tenant.create_entry(&store, row)).collect()
    }

    /// The ledger's rows of changes of ownership.
    pub(crate) fn changes(&self) -> Vec<ChangeEntry> {
        let tenant = self.org.tenant();
        let store = tenant.read();
        let rows = store.ledger.changes_after(0);
        rows.map(|row| tenant.change_entry(&store, row)).collect()
    }

    /// Owner and creator of a record, as the API answers them.
    pub(crate) async fn owner_and_creator(&self, object: &str, id: &str) -> (String, String) {
        let answer = self
            .get("Ada Min", &format!("/sobjects/{object}/{id}"))
            .await;
        let text = |name: &str| answer.body[name].as_str().unwrap_or_default().to_owned();
        (text("OwnerId"), text("CreatedById"))
    }
}
