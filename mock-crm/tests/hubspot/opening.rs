//! From a specification to a portal.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mock_crm::clock::{Clock, Timestamp};
use mock_crm::durable::Durable;
use mock_crm::hubspot::spec::{
    ObjectSpec, PropertySpec, RecordSpec, ServiceKeySpec, SpecError, UserSpec,
};
use mock_crm::hubspot::{Hubspot, PortalSpec};
use mock_crm::serve::Server;
use mock_crm::tenant::Hosted;
use mock_crm::tenant::log::{Event, LogChannel};

use crate::harness::people_of_every_kind;

pub(crate) fn hubspot() -> Hubspot {
    let clock = Arc::new(Clock::fixed(Timestamp(1_767_225_600_000)));
    Hubspot::new(Arc::new(Server::new(clock, 7, None)))
}

#[track_caller]
fn refused(change: impl FnOnce(&mut PortalSpec)) -> SpecError {
    let mut spec = people_of_every_kind();
    change(&mut spec);
    hubspot().open(spec, None).unwrap_err()
}

#[test]
fn a_type_that_requires_a_property_that_it_has_not_is_refused() {
    let car = |spec: &mut PortalSpec| {
        spec.objects.push(ObjectSpec {
            name: "wagon".to_owned(),
            required: vec!["vin".to_owned()],
            ..ObjectSpec::default()
        });
    };

    let place = people_of_every_kind().objects.len();
    let error = refused(car);
    assert_eq!(error.path, format!("objects[{place}].required[0]"));

    let mut spec = people_of_every_kind();
    car(&mut spec);
    spec.properties.push(PropertySpec {
        object: "wagons".to_owned(),
        name: "vin".to_owned(),
        ..PropertySpec::default()
    });
    assert!(hubspot().open(spec, None).is_ok());
}

#[test]
fn the_place_of_a_contradiction_is_named() {
    let named = |name: &str| UserSpec {
        name: name.to_owned(),
        ..UserSpec::default()
    };
    let paths = [
        refused(|spec| spec.users[1].role = Some("Nobody".to_owned())),
        refused(|spec| spec.users.push(named("Sam Low"))),
        refused(|spec| spec.users.push(named(""))),
        refused(|spec| {
            spec.users[0].owner_id = Some(5);
            spec.users[1].owner_id = Some(5);
        }),
        refused(|spec| spec.private_apps[0].user = "Ext Owner".to_owned()),
        refused(|spec| {
            spec.service_keys.push(ServiceKeySpec {
                user: "Nobody".to_owned(),
                ..ServiceKeySpec::default()
            })
        }),
        refused(|spec| spec.apps[1].client_id = spec.apps[0].client_id.clone()),
        refused(|spec| {
            spec.properties.push(PropertySpec {
                object: "contacts".to_owned(),
                name: "email".to_owned(),
                ..PropertySpec::default()
            })
        }),
        refused(|spec| spec.properties[0].kind = "colour".to_owned()),
        refused(|spec| {
            spec.records.push(RecordSpec {
                object: "tickets".to_owned(),
                ..RecordSpec::default()
            })
        }),
        refused(|spec| {
            spec.records.push(RecordSpec {
                object: "contacts".to_owned(),
                properties: [("nonsense".to_owned(), "1".to_owned())].into(),
                ..RecordSpec::default()
            })
        }),
        refused(|spec| {
            let twin = RecordSpec {
                object: "contacts".to_owned(),
                properties: [("email".to_owned(), "a@x.example".to_owned())].into(),
                ..RecordSpec::default()
            };
            spec.records.extend([twin.clone(), twin]);
        }),
    ]
    .map(|error| error.path);

    assert_eq!(
        paths,
        [
            "users[1].role",
            "users[6].name",
            "users[6].name",
            "users[1].owner_id",
            "private_apps[0].user",
            "service_keys[0].user",
            "apps[1].client_id",
            "properties[2].name",
            "properties[0].type",
            "records[0].object",
            "records[0].properties",
            "records[1].properties",
        ]
    );
}

#[test]
fn a_portal_number_is_open_once() {
    let hubspot = hubspot();
    let spec = || PortalSpec {
        id: Some(9),
        ..PortalSpec::default()
    };
    hubspot.open(spec(), None).unwrap();

    assert_eq!(hubspot.open(spec(), None).unwrap_err().path, "id");
    assert!(hubspot.close("9").is_some());
    assert!(hubspot.open(spec(), None).is_ok());
}

#[test]
fn an_unknown_field_of_a_specification_is_refused() {
    let read = |text: &str| serde_json::from_str::<PortalSpec>(text).map(|_| ());

    assert!(read(r#"{ "users": [{ "name": "A B", "super_admin": true }] }"#).is_ok());
    assert!(read(r#"{ "users": [{ "name": "A B", "superadmin": true }] }"#).is_err());
    assert!(read(r#"{ "switches": { "archived_owner_policy": "accept" } }"#).is_ok());
}

#[test]
fn a_reopened_portal_has_the_same_numbers_and_says_nothing() {
    let (entries, log) = std::sync::mpsc::channel();
    let clock = Arc::new(Clock::fixed(Timestamp(1_767_225_600_000)));
    // No request is answered here, so nobody waits for this disk.
    let disk = tempfile::tempdir().unwrap();
    let (_, written) = Durable::open(disk.path(), 7).unwrap().log();
    let log_channel = Some((LogChannel::new(entries), written));
    let first = Hubspot::new(Arc::new(Server::new(clock, 7, log_channel)));
    let mut spec = people_of_every_kind();
    spec.users[0].token = true;
    spec.apps[1].client_id = None;
    let opened = first.open(spec, None).unwrap();
    let events: Vec<Event> = log
        .try_iter()
        .map(|entry| serde_json::from_str(&entry.event).unwrap())
        .collect();
    let Event::Opened {
        number,
        at,
        specification,
    } = &events[0]
    else {
        panic!("{events:?}")
    };
    // The private app's token, and Dana's two.
    assert!(matches!(
        &events[1..],
        [Event::Issued(_), Event::Issued(_), Event::Issued(_)]
    ));

    let spec = serde_json::from_value(specification.clone()).unwrap();
    let second = hubspot();
    let again = second.reopen(*number, *at, spec).unwrap();

    let numbers = |portal: &mock_crm::hubspot::Portal| {
        let people = portal.users();
        let people: Vec<_> = people
            .iter()
            .map(|person| {
                (
                    person.user_id.clone(),
                    person.owner_id.clone(),
                    portal.user_record_id(person),
                )
            })
            .collect();
        let apps: Vec<_> = portal
            .apps()
            .iter()
            .map(|app| (app.app_id.clone(), app.client_id().map(str::to_owned)))
            .collect();
        (
            portal.hub_id,
            people,
            apps,
            portal.tenant().read().next_serial(),
        )
    };
    assert_eq!(numbers(&opened), numbers(&again));
    assert!(second.tokens(&again).is_empty());
}

/// The target is under 1 ms in a release build; a debug build with several tests at once is given room.
#[test]
fn opening_a_portal_is_quick() {
    let hubspot = hubspot();
    hubspot.open(people_of_every_kind(), None).unwrap();
    let start = Instant::now();

    for _ in 0..100 {
        hubspot.open(people_of_every_kind(), None).unwrap();
    }

    assert!(
        start.elapsed() < Duration::from_millis(1_000),
        "{:?}",
        start.elapsed()
    );
}
