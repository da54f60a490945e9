//! A create that is several writes is one entry of the durable log.

use std::sync::Arc;

use axum::body::Body;
use http::Request;
use mock_crm::clock::{Clock, Timestamp};
use mock_crm::durable::Durable;
use mock_crm::hubspot::Hubspot;
use mock_crm::identity::Found;
use mock_crm::serve::{Identified, Server, Vendor};
use mock_crm::tenant::log::{Event, LogChannel};
use serde_json::json;
use tower::util::ServiceExt;

use crate::harness::{CONTACTS, people_of_every_kind};

/// What a portal with the setting "create and associate companies" tells the log of creating this contact.
///
/// The request goes past the server, which would wait until somebody had written the log.
async fn logged(email: &str) -> Vec<Event> {
    let (entries, log) = std::sync::mpsc::channel();
    let clock = Arc::new(Clock::fixed(Timestamp(1_767_225_600_000)));
    let disk = tempfile::tempdir().unwrap();
    let (_, written) = Durable::open(disk.path(), 7).unwrap().log();
    let channel = Some((LogChannel::new(entries), written));
    let hubspot = Arc::new(Hubspot::new(Arc::new(Server::new(clock, 7, channel))));
    let mut spec = people_of_every_kind();
    spec.switches.contact_company_autoassociate = true;
    let portal = hubspot.open(spec, None).unwrap();
    let issued = hubspot.issue(&portal, "Dana Reyes", "main").unwrap();
    assert!(log.try_iter().count() > 0, "it was opened");

    let body = json!({ "properties": { "email": email } }).to_string();
    let mut request = Request::post(CONTACTS).body(Body::from(body)).unwrap();
    let identified = Identified(Found::Token(issued.access));
    request.extensions_mut().insert(identified);
    let answer = hubspot.router().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 201);
    let events = log
        .try_iter()
        .map(|entry| serde_json::from_str(&entry.event).unwrap());
    events.collect()
}

#[tokio::test]
async fn a_contact_with_its_company_is_one_entry() {
    let events = logged("ada@acme.example").await;

    let [Event::Together(events)] = &events[..] else {
        panic!("{events:?}")
    };
    let created = |event: &&Event| matches!(event, Event::Created { .. });
    let linked = |event: &&Event| matches!(event, Event::Linked(_));
    assert_eq!(events.iter().filter(created).count(), 2);
    assert_eq!(events.iter().filter(linked).count(), 4);
    assert_eq!(events.len(), 6);
}

#[tokio::test]
async fn a_contact_alone_is_one_create() {
    let events = logged("ada@gmail.com").await;

    let one = match &events[..] {
        [Event::Together(events)] => &events[..],
        events => events,
    };
    assert!(matches!(one, [Event::Created { .. }]), "{one:?}");
}
