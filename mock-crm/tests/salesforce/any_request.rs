//! Requests of any method, path, headers and body: each is answered, no handler panics, and each refusal has the shape
//! of its door.

use axum::body::Body;
use http::{HeaderValue, Method, Request, StatusCode};
use proptest::prelude::*;
use serde_json::Value;

use crate::harness::TestOrg;

#[derive(Clone, Debug)]
struct Sent {
    method: Method,
    path: String,
    token: u8,
    headers: Vec<(&'static str, String)>,
    body: String,
}

fn path() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec![
        "/services/data/v60.0",
        "/services/data/v60.0/sobjects",
        "/services/data/v60.0/composite",
        "/services/data/v60.0/jobs",
        "/services/data",
        "/services/oauth2",
        "/services/async/60.0",
        "/services/Soap/u/60.0",
        "/services/Soap/c",
        "/id",
        "",
        "//services/data/v60.0",
        "/services/data/vXX",
    ]);
    let segment = prop_oneof![
        8 => prop::sample::select(vec![
            "query", "queryAll", "search", "parameterizedSearch", "limits", "recent", "sobjects", "composite", "batch",
            "tree", "graph", "Contact", "contact", "Account", "Lead", "User", "Nothing", "describe", "updated",
            "deleted", "Id", "Email", "Ext__c", "003000000000001", "00300100000000UAAQ", "00500100000000BAAQ",
            "01g001000000001-200", "ingest", "job", "token", "userinfo", "revoke", "authorize", "introspect", "", "%",
            "%C3%A9", "%00", "..", "a@x.example", "recordCount",
        ])
        .prop_map(str::to_owned),
        1 => "[a-zA-Z0-9%_.~-]{0,12}",
    ];
    let pair = (
        prop::sample::select(vec![
            "q",
            "explain",
            "columns",
            "fields",
            "ids",
            "start",
            "end",
            "limit",
            "_HTTP_METHOD",
            "token",
            "x",
        ]),
        prop_oneof![
            prop::sample::select(vec![
                "",
                "SELECT+Id+FROM+Contact",
                "FIND+{acme}",
                "Id,Name",
                "PATCH",
                "true",
                "%",
                "%FF",
                "2026-01-01T00:00:00Z"
            ])
            .prop_map(str::to_owned),
            "[a-zA-Z0-9%+,.{}'-]{0,12}",
        ],
    );
    let query = prop::collection::vec(
        pair.prop_map(|(name, value)| format!("{name}={value}")),
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
        Just("\"00300100000000UAAQ\"".to_owned()),
    ];
    let key = prop::sample::select(vec![
        "LastName",
        "FirstName",
        "OwnerId",
        "CreatedById",
        "Email",
        "AccountId",
        "Account",
        "attributes",
        "type",
        "records",
        "allOrNone",
        "compositeRequest",
        "batchRequests",
        "graphs",
        "method",
        "url",
        "referenceId",
        "body",
        "object",
        "operation",
        "Nothing__c",
        "Id",
        "id",
        "ids",
        "fields",
        "q",
        "sobjects",
        "name",
        "BillingAddress",
    ]);
    let json = leaf.prop_recursive(4, 24, 4, move |inner| {
        let pair = (key.clone(), inner.clone()).prop_map(|(key, value)| format!("\"{key}\":{value}"));
        prop_oneof![
            1 => prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            3 => prop::collection::vec(pair, 0..5).prop_map(|pairs| format!("{{{}}}", pairs.join(","))),
        ]
    });
    prop_oneof![
        6 => json,
        1 => ".{0,20}",
        1 => Just("[".repeat(20_000)),
        1 => Just("grant_type=password&username=a&password=b&client_id=app".to_owned()),
        1 => Just("<a><b>".repeat(2_000)),
    ]
}

fn sent() -> impl Strategy<Value = Sent> {
    let method = prop::sample::select(vec![
        Method::GET,
        Method::POST,
        Method::PATCH,
        Method::DELETE,
        Method::PUT,
        Method::HEAD,
        Method::OPTIONS,
    ]);
    let header = (
        prop::sample::select(vec![
            "content-type",
            "accept",
            "sforce-auto-assign",
            "sforce-query-options",
            "sforce-call-options",
            "x-sfdc-session",
            "if-modified-since",
            "if-none-match",
            "x-prettyprint",
            "expect",
        ]),
        prop_oneof![
            prop::sample::select(vec![
                "application/json",
                "text/csv",
                "application/xml",
                "application/x-www-form-urlencoded",
                "batchSize=200",
                "batchSize=x",
                "TRUE",
                "Thu, 01 Jan 2026 00:00:00 GMT",
                "multipart/form-data; boundary=b",
            ])
            .prop_map(str::to_owned),
            "[ -~]{0,12}",
        ],
    );
    (
        method,
        path(),
        0..5_u8,
        prop::collection::vec(header, 0..3),
        body(),
    )
        .prop_map(|(method, path, token, headers, body)| Sent {
            method,
            path,
            token,
            headers,
            body,
        })
}

fn request(crm: &TestOrg, sent: &Sent) -> Option<Request<Body>> {
    let mut request = Request::builder()
        .method(sent.method.clone())
        .uri(format!("http://crm.test{}", sent.path));
    let authorization = match sent.token {
        0 => None,
        1 => Some("Bearer nobody".to_owned()),
        2 => Some(format!("OAuth {}", crm.token("Ada Min"))),
        _ => Some(format!("Bearer {}", crm.token("Dana Reyes"))),
    };
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    for (name, value) in &sent.headers {
        request = request.header(*name, HeaderValue::from_str(value).ok()?);
    }
    request.body(Body::from(sent.body.clone())).ok()
}

async fn check(crm: &TestOrg, sent: &Sent) -> Result<(), TestCaseError> {
    let Some(request) = request(crm, sent) else {
        return Ok(());
    };
    let path = request.uri().path().to_owned();
    // Fails where a handler panicked.
    let answer = crm.send(request).await;
    let shown = format!("{sent:?}: {} {}", answer.status, answer.text);
    prop_assert!(
        answer.status != StatusCode::INTERNAL_SERVER_ERROR || path.contains("Soap"),
        "{}",
        shown
    );
    let refused = answer.status.is_client_error() || answer.status.is_server_error();
    if !refused || sent.method == Method::HEAD {
        return Ok(());
    }
    if path.contains("/services/data/v") {
        let errors = answer.body.as_array();
        prop_assert!(errors.is_some_and(|errors| !errors.is_empty()), "{}", shown);
        for error in errors.into_iter().flatten() {
            prop_assert!(
                error["message"].is_string() && error["errorCode"].is_string(),
                "{}",
                shown
            );
        }
    }
    if path == "/services/oauth2/token" && sent.method == Method::POST {
        prop_assert!(answer.body["error"].is_string(), "{}", shown);
    }
    if path.starts_with("/services/Soap/u/60.0")
        && sent.method == Method::POST
        && path.split('/').count() < 7
    {
        prop_assert!(
            answer.text.contains("faultcode") || answer.status == StatusCode::NOT_IMPLEMENTED,
            "{}",
            shown
        );
    }
    Ok(())
}

#[test]
fn any_request_is_answered_in_the_vendors_shape() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let crm = TestOrg::new();
    let config = ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mut runner = proptest::test_runner::TestRunner::new(config);

    let result = runner.run(&sent(), |sent| runtime.block_on(check(&crm, &sent)));

    result.unwrap_or_else(|error| panic!("{error}"));
}
