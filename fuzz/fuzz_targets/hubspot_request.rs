#![no_main]

//! Requests of any method, path and body to HubSpot: each is answered, and each refusal has HubSpot's shape.

use arbitrary::Arbitrary;
use http::{Method, StatusCode};
use libfuzzer_sys::{Corpus, fuzz_target};
use org::portal::{Portal, check_refusal};

#[derive(Arbitrary, Debug)]
struct Sent<'a> {
    method: u8,
    door: u8,
    path: &'a str,
    /// Whether Dana's token comes with it.
    known: bool,
    opening: u8,
    body: &'a [u8],
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

/// How paths start.
const DOORS: [&str; 36] = [
    "/",
    "/crm/v3/objects/",
    "/crm/v3/objects/contacts",
    "/crm/v3/objects/contacts/",
    "/crm/v3/objects/contacts/{contact}",
    "/crm/objects/2026-03/0-1/{contact}",
    "/crm/v3/objects/contacts/search",
    "/crm/v3/objects/deals/batch/",
    "/crm/v3/objects/contacts/batch/create",
    "/crm/v3/objects/contacts/batch/read",
    "/crm/v3/objects/contacts/batch/update",
    "/crm/v3/objects/contacts/batch/upsert",
    "/crm/v3/objects/contacts/batch/archive",
    "/crm/v3/objects/contacts/merge",
    "/crm/v3/objects/contacts/gdpr-delete",
    "/crm/v3/objects/leads",
    "/crm/v3/objects/tasks",
    "/crm/v3/objects/users",
    "/crm/v4/objects/contacts/{contact}/associations/",
    "/crm/v4/associations/contacts/companies/",
    "/crm/v4/associations/contacts/companies/batch/create",
    "/crm/v4/associations/contacts/companies/batch/read",
    "/crm/v4/associations/contacts/companies/batch/archive",
    "/crm/v3/associations/contacts/companies/batch/create",
    "/crm/associations/2026-03/contacts/companies/",
    "/crm/v3/owners",
    "/crm/v3/properties/contacts",
    "/crm-object-schemas/v3/schemas",
    "/crm/v3/pipelines/deals",
    "/settings/v3/users",
    "/account-info/v3/",
    "/oauth/",
    "/oauth/v1/token",
    "/oauth/2026-03/token/introspect",
    "/webhooks/v3/",
    "/engagements/v1/engagements",
];

/// How bodies start, so that runs get behind the first check.
const OPENINGS: [&str; 20] = [
    "",
    r#"{"properties":{"email":"n@x.example","#,
    r#"{"properties":{"hubspot_owner_id":"{owner}","#,
    r#"{"properties":{"firstname":"x"},"associations":[{"to":{"id":"{company}"},"types":["#,
    r#"{"inputs":[{"properties":{"email":"n@x.example"},"objectWriteTraceId":"1"},"#,
    r#"{"inputs":[{"id":"{contact}","properties":{"#,
    r#"{"inputs":[{"id":"a@x.example","idProperty":"email","properties":{"#,
    r#"{"inputs":[{"from":{"id":"{contact}"},"to":{"id":"{company}"},"#,
    r#"{"inputs":[{"id":"{contact}"},"#,
    r#"{"primaryObjectId":"{contact}","objectIdToMerge":"#,
    r#"{"filterGroups":[{"filters":[{"propertyName":"#,
    r#"{"objectId":"#,
    r#"{"name":"x","label":"x","type":"string","fieldType":"text","groupName":"#,
    r#"{"email":"n@x.example","#,
    r#"[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":"#,
    r#"{"engagement":{"active":true,"type":"NOTE","ownerId":{owner}},"#,
    "grant_type=refresh_token&client_id=app&client_secret=app-secret&refresh_token={refresh}",
    "grant_type=authorization_code&client_id=app&client_secret=app-secret&code=",
    "client_id=app&client_secret=app-secret&token_type_hint=access_token&token={token}",
    r#"{"tokenKey":"#,
];

thread_local! {
    // Opened again for each run of requests, so that what they create does not pile up.
    static PORTAL: std::cell::RefCell<(usize, Portal)> = std::cell::RefCell::new((0, Portal::open()));
}

const REQUESTS_OF_A_PORTAL: usize = 2000;

fuzz_target!(|sent: Sent<'_>| -> Corpus {
    PORTAL.with_borrow_mut(|(count, portal)| {
        *count += 1;
        if *count > REQUESTS_OF_A_PORTAL {
            (*count, *portal) = (0, Portal::open());
        }
        check(portal, &sent)
    })
});

fn check(portal: &Portal, sent: &Sent<'_>) -> Corpus {
    let method = METHODS[usize::from(sent.method) % METHODS.len()].clone();
    let door = portal.named(DOORS[usize::from(sent.door) % DOORS.len()]);
    let opening = portal.named(OPENINGS[usize::from(sent.opening) % OPENINGS.len()]);
    let body = [opening.as_bytes(), sent.body].concat();
    let path = format!("{door}{}", sent.path);
    let Some(mut request) = portal.request(method.clone(), &path, body) else {
        return Corpus::Reject;
    };
    if !sent.known {
        request.headers_mut().clear();
    }
    // Pages for people have no shape.
    let page = request.uri().path().contains("authorize");
    let (status, body) = portal.send(request);
    assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR);
    let refused = status.is_client_error() || status.is_server_error();
    if refused && method != Method::HEAD && !page {
        check_refusal(status, &body);
    }
    Corpus::Keep
}
