//! Contacts in HubSpot: by batches of 100, and found again by an index and without one.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::http::Client;
use crate::server::{HUBSPOT, Server};
use crate::{MEBIBYTE, figure, per, rate};

const BATCH: usize = 100;
/// One contact in so many is Robin's; the others are Dana's.
const RARE: usize = 1000;

/// Loads the contacts and searches them.
pub(crate) fn measure(records: usize) {
    let server = Server::start();
    let mut client = Client::connect(&server.address(HUBSPOT), "", server.token(HUBSPOT));
    let owners = [0, 1].map(|user| server.text(&format!("/hubspot/users/{user}/owner_id")));
    let idle = server.memory();
    server.forget_peak();

    let started = Instant::now();
    (0..records)
        .step_by(BATCH)
        .for_each(|first| create(&mut client, first..records.min(first + BATCH), &owners));
    rate("HubSpot batches of 100", records, started.elapsed());
    let kept = server.memory().saturating_sub(idle);
    figure("memory per record, by HubSpot batches", per(kept, records));
    searches(&mut client, records, &owners);
    let above = server.peak().saturating_sub(idle).saturating_sub(kept);
    figure(
        "peak of batches and searches above the records",
        format!("{:.1} MiB", above as f64 / MEBIBYTE),
    );
}

fn email(number: usize) -> String {
    format!("ann.{number}@acme.example")
}

fn create(client: &mut Client, numbers: std::ops::Range<usize>, owners: &[String; 2]) {
    let wanted = numbers.len();
    let input = |number: usize| {
        json!({ "properties": {
            "email": email(number),
            "firstname": "Ann",
            "lastname": format!("Lee {number}"),
            "jobtitle": "Director of Sales",
            "phone": "+1 555 0100",
            "hubspot_owner_id": owners[usize::from(number.is_multiple_of(RARE))],
        } })
    };
    let inputs: Vec<Value> = numbers.map(input).collect();
    let body = json!({ "inputs": inputs });
    let answer = client.json("POST", "/crm/v3/objects/contacts/batch/create", &body);
    let created = answer["results"].as_array().map_or(0, Vec::len);
    assert_eq!(created, wanted, "{answer}");
}

/// What searches of all the contacts take: the median of five.
fn searches(client: &mut Client, records: usize, owners: &[String; 2]) {
    let one = records / 2;
    let rare = records.div_ceil(RARE);
    let filter = |name: &str, operator: &str, value: &str| json!([{ "propertyName": name, "operator": operator, "value": value }]);
    let since = "2020-01-01T00:00:00Z";
    let cases = [
        ("e-mail", filter("email", "EQ", &email(one)), None, 1),
        (
            "an owner of few",
            filter("hubspot_owner_id", "EQ", &owners[1]),
            None,
            rare,
        ),
        (
            "an owner of many",
            filter("hubspot_owner_id", "EQ", &owners[0]),
            None,
            records - rare,
        ),
        (
            "the time of the last change, sorted",
            filter("lastmodifieddate", "GTE", since),
            Some("lastmodifieddate"),
            records,
        ),
        (
            "an unindexed property (lastname)",
            filter("lastname", "EQ", &format!("Lee {one}")),
            None,
            1,
        ),
    ];
    for (name, filters, sort, wanted) in cases {
        let body = json!({
            "filterGroups": [{ "filters": filters }], "limit": 100, "sorts": Vec::from_iter(sort),
        });
        let mut times: Vec<Duration> = (0..5).map(|_| search(client, &body, wanted)).collect();
        times.sort();
        let milliseconds = times[2].as_secs_f64() * 1e3;
        figure(
            &format!("HubSpot search by {name}, {wanted} found, median"),
            format!("{milliseconds:.2} ms"),
        );
    }
}

/// Asks for the contacts; the seed may have more than those that were loaded.
fn search(client: &mut Client, body: &Value, wanted: usize) -> Duration {
    let started = Instant::now();
    let answer = client.json("POST", "/crm/v3/objects/contacts/search", body);
    let elapsed = started.elapsed();
    let total = answer["total"].as_u64().unwrap_or_default();
    let found = usize::try_from(total).unwrap_or_default();
    assert!(
        (wanted..wanted + 10).contains(&found),
        "{found} of {wanted}"
    );
    elapsed
}
