//! What every call of the REST API has in common: paths, methods, headers, lengths.

use std::io::Write;

use axum::body::Body;
use http::{Method, Request, StatusCode};
use serde_json::json;

use crate::harness::{Answer, TestOrg};

async fn at(
    crm: &TestOrg,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header(
        "authorization",
        format!("Bearer {}", crm.token("Dana Reyes")),
    );
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    crm.send(request.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn slashes_in_front_and_behind_do_not_matter_and_in_the_middle_they_do() {
    let crm = TestOrg::new();
    for (path, status) in [
        ("//services/data/v60.0/sobjects", 200),
        ("/services/data/v60.0/limits/", 200),
        ("/services/data/v60.0/sobjects/Contact//", 200),
        ("/services/data//v60.0/sobjects", 404),
        ("/services/data/v60.0/sobjects//Contact", 404),
        ("/services/data/v6.0/sobjects", 404),
        ("/services/data/60.0/sobjects", 404),
    ] {
        let answer = at(&crm, Method::GET, path, &[("accept", "text/csv")], "").await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text);
        if status == 404 {
            assert_eq!(answer.code(), "NOT_FOUND", "{path}");
        }
    }
}

#[tokio::test]
async fn a_method_that_a_resource_lacks_is_refused_by_name() {
    let crm = TestOrg::new();

    let answer = crm
        .call(
            "Dana Reyes",
            Method::PUT,
            "/sobjects/Contact/003000000000001",
            "",
        )
        .await;

    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(
        answer.body[0]["message"],
        "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,PATCH,DELETE"
    );
    assert_eq!(answer.header("allow"), Some("HEAD,GET,PATCH,DELETE"));
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused_by_its_type() {
    let crm = TestOrg::new();
    let create = async |kind: &str| {
        let headers = [("content-type", kind)];
        let body = json!({ "LastName": "Lee" });
        crm.call_with(
            "Dana Reyes",
            Method::POST,
            "/sobjects/Contact",
            body,
            &headers,
        )
        .await
    };

    assert_eq!(
        create("Application/JSON; charset=UTF-8").await.status,
        StatusCode::CREATED
    );
    let plain = create("text/plain").await;
    assert_eq!(
        (plain.status.as_u16(), plain.code()),
        (415, "UNSUPPORTED_MEDIA_TYPE")
    );
    assert_eq!(create("application/xml").await.code(), "NOT_SIMULATED");
    assert_eq!(crm.creates().len(), 1);
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn soap_and_bulk_unpack_their_xml_too() {
    let crm = TestOrg::new();
    let username = crm.org.user("Dana Reyes").unwrap().username;
    let login = format!(
        "<Envelope><Body><login><username>{username}</username><password>password1</password></login></Body></Envelope>"
    );
    let job = "<jobInfo><operation>insert</operation><object>Contact</object></jobInfo>";
    let headers = [("content-encoding", "gzip"), ("host", "crm.test")];
    let send = async |path: &str, body: Vec<u8>| at(&crm, Method::POST, path, &headers, body).await;

    let logged_in = send("/services/Soap/u/60.0", packed(&login)).await;
    let created = send("/services/async/60.0/job", packed(job)).await;
    let cut = packed(job)[..9].to_vec();
    let refused = [
        send("/services/Soap/u/60.0", cut.clone()).await.status,
        send("/services/async/60.0/job", cut).await.status,
    ];

    assert!(logged_in.text.contains("<sessionId>"), "{}", logged_in.text);
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text);
    assert_eq!(refused.map(|status| status.as_u16()), [500, 400]);
}

#[tokio::test]
async fn a_packed_body_is_unpacked() {
    let crm = TestOrg::new();
    let packed = packed(r#"{"LastName":"Lee"}"#);
    let path = "/services/data/v60.0/sobjects/Contact";
    let headers = [
        ("content-encoding", "gzip"),
        ("content-type", "application/json"),
    ];

    let good = at(&crm, Method::POST, path, &headers, packed.clone()).await;
    let cut = at(&crm, Method::POST, path, &headers, packed[..9].to_vec()).await;

    assert_eq!(good.status, StatusCode::CREATED, "{}", good.text);
    assert_eq!(cut.code(), "JSON_PARSER_ERROR");
}

#[tokio::test]
async fn json_is_laid_out_for_who_asks_for_it() {
    let crm = TestOrg::new();
    let path = "/services/data/v60.0/query?q=SELECT+Id+FROM+Contact";

    let answer = at(&crm, Method::GET, path, &[("x-prettyprint", "1")], "").await;

    assert_eq!(
        answer.text,
        "{\n  \"totalSize\" : 0,\n  \"done\" : true,\n  \"records\" : [ ]\n}"
    );
}

#[tokio::test]
async fn an_address_that_is_too_long_is_refused() {
    let crm = TestOrg::new();
    let get = async |length: usize| {
        let path = format!("/services/data/v60.0/query?q={}", "x".repeat(length));
        at(&crm, Method::GET, &path, &[], "").await.status.as_u16()
    };

    assert_eq!(get(15_000).await, 400);
    assert_eq!(get(16_300).await, 431);
    assert_eq!(get(17_000).await, 414);
}

#[tokio::test]
async fn another_scheme_of_authorization_is_told_apart() {
    let crm = TestOrg::new();
    for (value, code) in [
        ("Basic eDp5", "INVALID_AUTH_HEADER"),
        ("00D000000000001!x", "INVALID_AUTH_HEADER"),
        ("Bearer nobody", "INVALID_SESSION_ID"),
    ] {
        let request = Request::builder()
            .uri("/services/data/v60.0/limits")
            .header("authorization", value);
        let answer = crm.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::UNAUTHORIZED, code)
        );
    }
}

#[tokio::test]
async fn refusals_that_only_trouble_brings_are_played_by_faults() {
    let crm = TestOrg::new();
    for (refusal, status, code) in [
        (json!({ "rate_limit": {} }), 403, "REQUEST_LIMIT_EXCEEDED"),
        (json!("concurrent_limit"), 403, "REQUEST_LIMIT_EXCEEDED"),
        (json!("api_disabled"), 403, "API_DISABLED_FOR_ORG"),
        (json!("query_timeout"), 400, "QUERY_TIMEOUT"),
        (json!("query_too_complicated"), 400, "QUERY_TOO_COMPLICATED"),
        (json!("locked_row"), 400, "UNABLE_TO_LOCK_ROW"),
        (json!({ "unavailable": {} }), 503, "SERVER_UNAVAILABLE"),
        (json!("server_error"), 500, "UNKNOWN_EXCEPTION"),
        (json!("search_limit"), 403, "REQUEST_LIMIT_EXCEEDED"),
        (json!("daily_limit"), 403, "REQUEST_LIMIT_EXCEEDED"),
        (json!("not_public"), 403, "API_DISABLED_FOR_ORG"),
        (json!({ "migrating": {} }), 503, "SERVER_UNAVAILABLE"),
        (json!("empty_results"), 500, "UNKNOWN_EXCEPTION"),
        // What no server of Salesforce's answers has no code of its.
        (json!("uri_too_long"), 414, ""),
        (json!({ "gateway": { "status": 504 } }), 504, ""),
    ] {
        let fault = json!({ "action": { "refuse": refusal } });
        crm.server
            .faults
            .add(serde_json::from_value(fault).unwrap());

        let answer = crm
            .post(
                "Dana Reyes",
                "/sobjects/Contact",
                json!({ "LastName": "Lee" }),
            )
            .await;

        assert_eq!((answer.status.as_u16(), answer.code()), (status, code));
    }
    assert_eq!(crm.creates(), []);
}
