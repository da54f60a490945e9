#![no_main]

//! Requests of any method, path, headers and body: each is answered, and each refusal has the shape of its door.

use arbitrary::Arbitrary;
use axum::body::Body;
use http::{Method, StatusCode};
use libfuzzer_sys::{Corpus, fuzz_target};
use org::{Org, check_error};
use serde_json::Value;

#[derive(Arbitrary, Debug)]
struct Sent<'a> {
    method: u8,
    door: Door,
    path: &'a str,
    /// Whether the user's token comes with it.
    known: bool,
    headers: Vec<(Header, &'a str)>,
    body: &'a [u8],
}

#[derive(Arbitrary, Clone, Copy, Debug)]
enum Door {
    Anywhere,
    Data,
    Object,
    Composite,
    Jobs,
    Async,
    OAuth,
    Soap,
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

impl Door {
    fn start(self) -> &'static str {
        match self {
            Self::Anywhere => "/",
            Self::Data => "/services/data/v60.0/",
            Self::Object => "/services/data/v60.0/sobjects/Contact/",
            Self::Composite => "/services/data/v60.0/composite/",
            Self::Jobs => "/services/data/v60.0/jobs/",
            Self::Async => "/services/async/60.0/",
            Self::OAuth => "/services/oauth2/",
            Self::Soap => "/services/Soap/u/60.0",
        }
    }
}

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

thread_local! {
    // Opened again for each run of requests, so that what they create does not pile up.
    static ORG: std::cell::RefCell<(usize, Org)> = std::cell::RefCell::new((0, Org::open()));
}

const REQUESTS_OF_AN_ORG: usize = 2000;

fuzz_target!(|sent: Sent<'_>| -> Corpus {
    ORG.with_borrow_mut(|(count, org)| {
        *count += 1;
        if *count > REQUESTS_OF_AN_ORG {
            (*count, *org) = (0, Org::open());
        }
        check(org, &sent)
    })
});

fn check(org: &Org, sent: &Sent<'_>) -> Corpus {
    let method = METHODS[usize::from(sent.method) % METHODS.len()].clone();
    let path = format!("{}{}", sent.door.start(), sent.path);
    let request = org.request(method.clone(), &path, Body::from(sent.body.to_vec()));
    let Some(mut request) = request else {
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
    let data = request.uri().path().starts_with("/services/data/v");
    let oauth = request.uri().path() == "/services/oauth2/token";
    let (status, body) = org.send(request);
    assert!(
        status != StatusCode::INTERNAL_SERVER_ERROR || body.starts_with(b"<?xml"),
        "{status}"
    );
    let refused = status.is_client_error() || status.is_server_error();
    if refused && method != Method::HEAD && (data || oauth) {
        let text = String::from_utf8_lossy(&body);
        let body: Value = serde_json::from_slice(&body)
            .unwrap_or_else(|_| panic!("{method} {path}: {status} {text}"));
        match oauth {
            true => assert!(
                status == StatusCode::METHOD_NOT_ALLOWED || body["error"].is_string(),
                "{body}"
            ),
            false => check_error(status, &body),
        }
    }
    Corpus::Keep
}
