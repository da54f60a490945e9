#![no_main]

//! Requests of any method, path, headers and body: each is answered, and each refusal has the shape of its door.

use arbitrary::Arbitrary;
use http::{HeaderValue, Method, StatusCode};
use libfuzzer_sys::{Corpus, fuzz_target};
use org::{Org, check_error};
use serde_json::{Value, json};

#[derive(Arbitrary, Debug)]
struct Sent<'a> {
    method: u8,
    door: u8,
    path: &'a str,
    /// Whether the user's token comes with it.
    known: bool,
    headers: Vec<(Header, &'a str)>,
    opening: u8,
    body: &'a [u8],
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Header {
    ContentType,
    Accept,
    AutoAssign,
    QueryOptions,
    Session,
    Authorization,
    Other,
}

const METHODS: [Method; 7] = [
    Method::GET,
    Method::POST,
    Method::PATCH,
    Method::DELETE,
    Method::PUT,
    Method::HEAD,
    Method::OPTIONS,
];

/// How paths start; `{ingest}`, `{query}` and `{classic}` are jobs that there are.
const DOORS: [&str; 26] = [
    "/",
    "/services/data/v60.0/",
    "/services/data/v60.0/sobjects/Contact/",
    "/services/data/v60.0/sobjects/Contact/Ext__c/",
    "/services/data/v60.0/composite",
    "/services/data/v60.0/composite/batch",
    "/services/data/v60.0/composite/tree/Contact",
    "/services/data/v60.0/composite/graph",
    "/services/data/v60.0/composite/sobjects",
    "/services/data/v60.0/composite/sobjects/Contact",
    "/services/data/v60.0/composite/sobjects/Contact/Ext__c",
    "/services/data/v60.0/search",
    "/services/data/v60.0/parameterizedSearch",
    "/services/data/v60.0/jobs/ingest",
    "/services/data/v60.0/jobs/ingest/{ingest}",
    "/services/data/v60.0/jobs/ingest/{ingest}/batches",
    "/services/data/v60.0/jobs/query",
    "/services/data/v60.0/jobs/query/{query}",
    "/services/data/v60.0/jobs/query/{query}/results",
    "/services/async/60.0/job",
    "/services/async/60.0/job/{classic}",
    "/services/async/60.0/job/{classic}/batch",
    "/services/oauth2/",
    "/services/oauth2/token",
    "/services/Soap/u/60.0",
    "/services/Soap/c/60.0",
];

/// How bodies start, so that runs get behind the first check.
const OPENINGS: [&str; 20] = [
    "",
    r#"{"LastName":"#,
    r#"{"compositeRequest":[{"method":"POST","url":"/services/data/v60.0/sobjects/Contact","referenceId":"a","body":{"LastName":"x"}},"#,
    r#"{"batchRequests":[{"method":"GET","url":"v60.0/limits"},"#,
    r#"{"graphs":[{"graphId":"1","compositeRequest":["#,
    r#"{"records":[{"attributes":{"type":"Contact","referenceId":"a"},"LastName":"x","#,
    r#"{"ids":["003001000000001AAA","#,
    r#"{"q":"acme","sobjects":[{"name":"Contact","#,
    r#"{"object":"Contact","operation":"insert","#,
    r#"{"operation":"query","query":"SELECT Id FROM Contact "#,
    r#"{"state":"#,
    "LastName,Email\n",
    "<jobInfo><operation>insert</operation><object>Contact</object><contentType>CSV</contentType>",
    "<jobInfo><state>",
    "grant_type=password&client_id=app&client_secret=app-secret&username=ada@x.example&password=secret",
    "grant_type=client_credentials&client_id=app&client_secret=app-secret",
    "grant_type=refresh_token&client_id=app&client_secret=app-secret&refresh_token=",
    "grant_type=authorization_code&client_id=app&client_secret=app-secret&code=",
    "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=",
    "<Envelope><Header><SessionHeader><sessionId>{token}</sessionId></SessionHeader></Header><Body>",
];

impl Header {
    fn name(self) -> &'static str {
        match self {
            Self::ContentType => "content-type",
            Self::Accept => "accept",
            Self::AutoAssign => "sforce-auto-assign",
            Self::QueryOptions => "sforce-query-options",
            Self::Session => "x-sfdc-session",
            Self::Authorization => "authorization",
            Self::Other => "x-prettyprint",
        }
    }
}

/// An org, and what its jobs are called.
struct Opened {
    org: Org,
    /// What stands in braces, and what for.
    names: Vec<(&'static str, String)>,
}

impl Opened {
    fn new() -> Self {
        let org = Org::open();
        let job = |path: &str, job: Value| {
            let request = org.request(Method::POST, path, job.to_string());
            let mut request = request.expect("a path");
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().insert("content-type", json);
            let (_, answer) = org.send(request);
            let job: Value = serde_json::from_slice(&answer).expect("JSON");
            job["id"].as_str().expect("an id").to_owned()
        };
        let insert = json!({ "operation": "insert", "object": "Contact" });
        let query = json!({ "operation": "query", "query": "SELECT Id FROM Contact" });
        let csv = json!({ "operation": "insert", "object": "Contact", "contentType": "CSV" });
        let names = vec![
            ("{ingest}", job("/services/data/v60.0/jobs/ingest", insert)),
            ("{query}", job("/services/data/v60.0/jobs/query", query)),
            ("{classic}", job("/services/async/60.0/job", csv)),
            ("{token}", org.token.clone()),
        ];
        Self { org, names }
    }

    fn fill(&self, text: &str) -> String {
        let names = self.names.iter();
        names.fold(text.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        })
    }
}

thread_local! {
    // Opened again for each run of requests, so that what they create does not pile up.
    static OPENED: std::cell::RefCell<(usize, Opened)> = std::cell::RefCell::new((0, Opened::new()));
}

const REQUESTS_OF_AN_ORG: usize = 2000;

fuzz_target!(|sent: Sent<'_>| -> Corpus {
    OPENED.with_borrow_mut(|(count, opened)| {
        *count += 1;
        if *count > REQUESTS_OF_AN_ORG {
            (*count, *opened) = (0, Opened::new());
        }
        check(opened, &sent)
    })
});

fn check(opened: &Opened, sent: &Sent<'_>) -> Corpus {
    let org = &opened.org;
    let method = METHODS[usize::from(sent.method) % METHODS.len()].clone();
    let door = opened.fill(DOORS[usize::from(sent.door) % DOORS.len()]);
    let path = format!("{door}{}", sent.path);
    let opening = opened.fill(OPENINGS[usize::from(sent.opening) % OPENINGS.len()]);
    let body = [opening.as_bytes(), sent.body].concat();
    let Some(mut request) = org.request(method.clone(), &path, body) else {
        return Corpus::Reject;
    };
    if !sent.known {
        request.headers_mut().clear();
    }
    for (header, value) in &sent.headers {
        let Ok(value) = value.parse() else {
            return Corpus::Reject;
        };
        request.headers_mut().insert(header.name(), value);
    }
    let place = request.uri().path().to_owned();
    let (status, body) = org.send(request);
    if (status.is_client_error() || status.is_server_error()) && method != Method::HEAD {
        check_refusal(&method, &place, status, &body);
    }
    Corpus::Keep
}

/// A refusal in the form of its door.
fn check_refusal(method: &Method, place: &str, status: StatusCode, body: &[u8]) {
    let text = String::from_utf8_lossy(body);
    let json = || -> Value {
        serde_json::from_slice(body).unwrap_or_else(|_| panic!("{method} {place}: {status} {text}"))
    };
    if place.starts_with("/services/Soap/") {
        let fault = status == StatusCode::INTERNAL_SERVER_ERROR;
        assert!(!fault || text.contains("<faultcode>"), "{text}");
        return;
    }
    assert_ne!(
        status,
        StatusCode::INTERNAL_SERVER_ERROR,
        "{method} {place}: {text}"
    );
    if place.starts_with("/services/async/") && status == StatusCode::BAD_REQUEST {
        assert!(text.contains("exceptionCode"), "{method} {place}: {text}");
    }
    if place == "/services/oauth2/token" {
        let wrong_method = status == StatusCode::METHOD_NOT_ALLOWED;
        assert!(wrong_method || json()["error"].is_string(), "{text}");
    }
    if place.starts_with("/services/data/v") {
        let body = json();
        // A refused tree tells of each of its records.
        match body["hasErrors"] == true && place.contains("/composite/tree/") {
            true => assert!(body["results"].is_array(), "{body}"),
            false => check_error(status, &body),
        }
    }
}
