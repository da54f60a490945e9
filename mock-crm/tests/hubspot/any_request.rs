//! Requests of any method, path, headers and body: each is answered, no handler panics, and each refusal has HubSpot's
//! shape.

use http::{Method, StatusCode};
use proptest::prelude::*;
use serde_json::Value;

use crate::harness::TestPortal;

#[derive(Clone, Debug)]
struct Sent {
    method: Method,
    path: String,
    token: u8,
    body: String,
}

fn path() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        "/crm/v3/objects",
        "/crm/v3/objects/contacts",
        "/crm/v3/objects/contacts/batch",
        "/crm/v4/objects/contacts",
        "/crm/objects/2026-03/0-1",
        "/crm/v3/associations/contacts/companies",
        "/crm/v4/associations/contacts/companies",
        "/crm/associations/2026-03",
        "/crm/v3/owners",
        "/crm/v3/properties",
        "/crm/v3/pipelines",
        "/crm-object-schemas/v3/schemas",
        "/settings/v3/users",
        "/account-info/v3",
        "/oauth/v1",
        "/oauth/2026-03",
        "/webhooks/v3",
        "/engagements/v1/engagements",
        "",
        "//crm/v3/objects",
    ]);
    let segment = prop_oneof![
        8 => prop::sample::select(vec![
            "contacts", "contact", "0-1", "companies", "deals", "0-3", "leads", "tasks", "calls", "emails", "notes",
            "meetings", "users", "tickets", "p_thing", "2-1000000", "butterflies", "batch", "create", "read", "update",
            "upsert", "archive", "search", "merge", "gdpr-delete", "associations", "default", "labels", "types",
            "associate", "roles", "teams", "seats", "details", "groups", "stages", "token", "introspect", "revoke",
            "access-tokens", "refresh-tokens", "authorize", "subscriptions", "settings", "paged", "{contact}", "1",
            "hubspot_owner_id", "v3", "v4", "2026-03", "", "%", "%C3%A9", "%00", "..", "a@x.example",
        ])
        .prop_map(str::to_owned),
        1 => "[a-zA-Z0-9%_.~-]{0,12}",
    ];
    let name = prop::sample::select(vec![
        "limit",
        "after",
        "properties",
        "propertiesWithHistory",
        "associations",
        "archived",
        "idProperty",
        "email",
        "hapikey",
        "client_id",
        "grant_type",
        "x",
    ]);
    let value = prop_oneof![
        prop::sample::select(vec![
            "",
            "1",
            "100",
            "501",
            "-1",
            "true",
            "False",
            "email",
            "userId",
            "email,,firstname",
            "%",
            "%FF",
            "companies",
            "99999999999999999999999",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z0-9%+,.{}'-]{0,12}",
    ];
    let query = prop::collection::vec(
        (name, value).prop_map(|(name, value)| format!("{name}={value}")),
        0..3,
    );
    (start, prop::collection::vec(segment, 0..4), query).prop_map(|(start, segments, query)| {
        let path = segments
            .iter()
            .fold(start.to_owned(), |path, segment| path + "/" + segment);
        let path = if path.is_empty() {
            "/".to_owned()
        } else {
            path
        };
        match query.is_empty() {
            true => path,
            false => format!("{path}?{}", query.join("&")),
        }
    })
}

fn body() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>().prop_map(|number| Value::from(number).to_string()),
        ".{0,8}".prop_map(|text| Value::from(text).to_string()),
        prop::sample::select(vec![
            "\"{contact}\"",
            "\"email\"",
            "\"EQ\"",
            "\"BETWEEN\"",
            "\"a@x.example\"",
            "\"HUBSPOT_DEFINED\"",
            "279",
            "\"HAS_PROPERTY\"",
            "\"hubspot_owner_id\"",
            "\"associations.company\"",
            "\"string\"",
            "\"text\"",
        ])
        .prop_map(str::to_owned),
    ];
    let key = prop::sample::select(vec![
        "properties",
        "inputs",
        "id",
        "idProperty",
        "objectWriteTraceId",
        "associations",
        "to",
        "from",
        "types",
        "type",
        "associationCategory",
        "associationTypeId",
        "filterGroups",
        "filters",
        "propertyName",
        "operator",
        "value",
        "values",
        "highValue",
        "sorts",
        "direction",
        "query",
        "limit",
        "after",
        "email",
        "firstname",
        "score",
        "hubspot_owner_id",
        "hs_timestamp",
        "primaryObjectId",
        "objectIdToMerge",
        "objectId",
        "name",
        "label",
        "labels",
        "fieldType",
        "groupName",
        "options",
        "engagement",
        "metadata",
        "ownerId",
        "roleId",
        "tokenKey",
    ]);
    let json = leaf.prop_recursive(5, 32, 4, move |inner| {
        let pair = (key.clone(), inner.clone()).prop_map(|(key, value)| format!("\"{key}\":{value}"));
        prop_oneof![
            1 => prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            3 => prop::collection::vec(pair, 0..5).prop_map(|pairs| format!("{{{}}}", pairs.join(","))),
        ]
    });
    prop_oneof![
        4 => json.clone(),
        2 => json.clone().prop_map(|inner| format!("{{\"inputs\":[{inner}]}}")),
        2 => json.clone().prop_map(|inner| format!("{{\"properties\":{inner}}}")),
        1 => json.prop_map(|inner| format!("{{\"filterGroups\":[{{\"filters\":[{inner}]}}]}}")),
        1 => ".{0,20}",
        1 => Just("[".repeat(20_000)),
        1 => Just("{\"properties\":".repeat(2_000)),
        1 => Just("grant_type=refresh_token&client_id=main&client_secret=secret&refresh_token=x".to_owned()),
    ]
}

fn sent() -> impl Strategy<Value = Sent> {
    let method = prop::sample::select(vec![
        Method::GET,
        Method::POST,
        Method::POST,
        Method::PATCH,
        Method::DELETE,
        Method::PUT,
        Method::HEAD,
        Method::OPTIONS,
        Method::TRACE,
    ]);
    (method, path(), 0..6_u8, body()).prop_map(|(method, path, token, body)| Sent {
        method,
        path,
        token,
        body,
    })
}

struct World {
    crm: TestPortal,
    tokens: [String; 4],
    contact: String,
}

impl World {
    async fn new() -> Self {
        let mut crm = TestPortal::new();
        let contact = crm
            .given_contact(serde_json::json!({ "email": "a@x.example" }))
            .await;
        let private = crm.hubspot.tokens(&crm.portal);
        let private = private
            .iter()
            .find(|token| token.grant.text.starts_with("pat-"));
        let tokens = [
            String::new(),
            "nobody".to_owned(),
            private.unwrap().grant.text.to_string(),
            crm.token_of("Dana Reyes", "main"),
        ];
        crm.use_token(&tokens[3]);
        Self {
            crm,
            tokens,
            contact,
        }
    }

    async fn check(&mut self, sent: &Sent) -> Result<(), TestCaseError> {
        let fill = |text: &str| text.replace("{contact}", &self.contact);
        let (path, body) = (fill(&sent.path), fill(&sent.body));
        let Ok(uri) = path.parse::<http::Uri>() else {
            return Ok(());
        };
        self.crm
            .use_token(&self.tokens[usize::from(sent.token).min(3)].clone());

        // Fails where a handler panicked.
        let answer = self.crm.send(sent.method.clone(), &path, body).await;

        let shown = format!("{sent:?}: {} {}", answer.status, answer.body);
        prop_assert_ne!(
            answer.status,
            StatusCode::INTERNAL_SERVER_ERROR,
            "{}",
            shown
        );
        prop_assert_eq!(self.crm.hubspot.server.panics(), vec![], "{}", shown);
        let refused = answer.status.is_client_error() || answer.status.is_server_error();
        // Pages for people have no shape.
        let page = uri.path().contains("authorize");
        if refused && sent.method != Method::HEAD && !page {
            for name in ["status", "message", "correlationId"] {
                prop_assert!(answer.body[name].is_string(), "{}", shown);
            }
            let simulated = answer.status != StatusCode::NOT_IMPLEMENTED;
            prop_assert!(simulated || shown.contains("NOT_SIMULATED"), "{}", shown);
        }
        Ok(())
    }
}

#[test]
fn any_request_is_answered_in_the_vendors_shape() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let world = std::cell::RefCell::new(runtime.block_on(World::new()));
    let config = ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);

    let result = runner.run(&sent(), |sent| {
        runtime.block_on(world.borrow_mut().check(&sent))
    });

    result.unwrap_or_else(|error| panic!("{error}"));
}
