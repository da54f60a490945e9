//! What a create costs, beside a bare handler that does nothing but parse and keep, in one run on one machine.
//!
//! `cargo bench -p mock-crm` takes about two minutes; `cargo bench -p mock-crm -- --seconds 1 --rounds 1 --records 100000`
//! a few seconds. Nothing is asserted: the table has the targets beside the figures.

mod baseline;
mod child;
mod http;
mod load;
mod scenarios;
mod table;

use std::time::{Duration, Instant};

use clap::Parser;
use serde_json::Value;

use child::Server;
use load::{Numbers, Target, Until};
use table::Table;

/// Options of the benchmark
#[derive(Debug, Parser)]
struct Settings {
    /// Seconds of each measurement
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
    /// Measurements of each kind; the median counts
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Keep-alive connections
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Records to fill up to, for memory, flatness and the query
    #[arg(long, default_value_t = 1_000_000)]
    records: u64,
    #[arg(long, hide = true)]
    serve_baseline: bool,
    // What cargo adds to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let settings = Settings::parse();
    if settings.serve_baseline {
        return baseline::serve();
    }
    let mut table = Table::default();
    let bare = rates(&settings, &mut table);
    durable(&settings, &mut table, bare);
    full(&settings, &mut table);
    start(&mut table);
    scenarios::measure(&mut table);
    print!("{table}");
}

/// Creates a second and processor time a create.
#[derive(Clone, Copy, Debug)]
struct Cost {
    rate: f64,
    processor: Option<Duration>,
}

fn measured(settings: &Settings, server: &Server, target: &Target, numbers: &Numbers) -> Cost {
    let time = Until::Time(Duration::from_secs_f64(settings.seconds));
    cost(settings, server, (target, numbers), time)
}

fn cost(
    settings: &Settings,
    server: &Server,
    (target, numbers): (&Target, &Numbers),
    until: Until,
) -> Cost {
    let before = server.processor_time();
    let done = load::run(target, numbers, settings.connections, until);
    let used = server.processor_time().zip(before);
    Cost {
        rate: done.rate(),
        processor: used.map(|(after, before)| {
            Duration::from_secs_f64((after - before).as_secs_f64() / done.creates as f64)
        }),
    }
}

/// Rounds in turn, so that what else the machine does hits all of them alike; each on a server that is warm.
fn rates(settings: &Settings, table: &mut Table) -> Cost {
    let (bare, mock) = (Server::baseline(), Server::mock(&[]));
    let kinds = [
        ("bare handler", &bare, of_baseline(&bare)),
        ("Salesforce", &mock, of_salesforce(&mock)),
        ("HubSpot", &mock, of_hubspot(&mock)),
    ];
    let numbers = Numbers::default();
    let mut costs = [const { Vec::new() }; 3];
    for round in 0..=settings.rounds {
        for ((_, server, target), costs) in kinds.iter().zip(&mut costs) {
            let cost = measured(settings, server, target, &numbers);
            // The first round warms up.
            if round > 0 {
                costs.push(cost);
            }
        }
    }
    let medians = costs.map(median);
    for ((name, _, _), cost) in kinds.iter().zip(medians) {
        let ratio = cost.rate / medians[0].rate;
        table.rate(name, cost.rate, ratio, "0.9");
        table.processor(name, cost.processor, medians[0].processor);
    }
    medians[0]
}

fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by(|one, other| one.rate.total_cmp(&other.rate));
    costs[costs.len() / 2]
}

/// In the folder of the build, which is on a disk: a folder for temporary files often is not.
fn durable(settings: &Settings, table: &mut Table, bare: Cost) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder can be made");
    let path = folder.path().display().to_string();
    let server = Server::mock(&["--data", &path]);
    let numbers = Numbers::default();
    let target = of_salesforce(&server);
    measured(settings, &server, &target, &numbers);
    let costs = (0..settings.rounds).map(|_| measured(settings, &server, &target, &numbers));
    let cost = median(costs.collect());
    table.rate(
        "Salesforce, durable",
        cost.rate,
        cost.rate / bare.rate,
        "0.3",
    );
}

/// Fills a server up, and looks at memory, at the rate at either end, and at the query.
fn full(settings: &Settings, table: &mut Table) {
    let server = Server::mock(&[]);
    let target = of_salesforce(&server);
    let numbers = Numbers::default();
    let run = |count| cost(settings, &server, (&target, &numbers), Until::Count(count));
    let tenth = settings.records / 10;
    // Warm code and a full journal first: what comes after is the records' doing.
    run(tenth);
    let before = server.memory();
    let first = run(tenth);
    run(settings.records.saturating_sub(3 * tenth));
    let last = run(tenth);
    let creates = settings.records - tenth;
    if let Some((after, before)) = server.memory().zip(before) {
        let bytes = after.saturating_sub(before) as f64 / creates as f64;
        table.row(
            "memory of a retained create",
            format!("{bytes:.0} B"),
            "450 B",
        );
    }
    let what = format!("rate at {} against the start", settings.records);
    let ratio = last.rate / first.rate;
    table.row(&what, format!("{ratio:.2}, {:.0}/s", last.rate), "about 1");
    if let Some((last, first)) = last.processor.zip(first.processor) {
        let ratio = last.as_secs_f64() / first.as_secs_f64();
        table.row(
            "processor time there against the start",
            format!("{ratio:.2}"),
            "about 1",
        );
    }
    newest(table, &server);
}

/// "Created by X and owned by Y, newest 50", the whole round trip.
fn newest(table: &mut Table, server: &Server) {
    let user = server.ready["salesforce"]["users"][0]["id"].clone();
    let user = user.as_str().expect("a user has an id");
    let (url, token) = (text(server, "/control/url"), text(server, "/control/token"));
    let path = format!("/creates?created_by={user}&owner={user}&order=newest&limit=50");
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let started = Instant::now();
            let answer = http::get(&url, &path, &token);
            let rows = answer["creates"].as_array().map(Vec::len);
            assert_eq!(rows, Some(50), "{answer}");
            started.elapsed()
        })
        .collect();
    times.sort();
    table.row(
        "newest 50 by creator and owner, median",
        format!("{:.2?}", times[10]),
        "5 ms",
    );
}

fn start(table: &mut Table) {
    let mut times: Vec<Duration> = (0..11)
        .map(|_| {
            let started = Instant::now();
            let server = Server::mock(&[]);
            http::get(&text(&server, "/control/url"), "/health", "");
            started.elapsed()
        })
        .collect();
    times.sort();
    table.row(
        "first answer of the binary, median",
        format!("{:.1?}", times[5]),
        "10 ms",
    );
    let server = Server::mock(&[]);
    std::thread::sleep(Duration::from_millis(300));
    if let Some(memory) = server.memory() {
        let mebibytes = memory as f64 / f64::from(1 << 20);
        table.row("memory when idle", format!("{mebibytes:.1} MiB"), "10 MiB");
    }
}

fn text(server: &Server, pointer: &str) -> String {
    let found = server.ready.pointer(pointer).and_then(Value::as_str);
    found
        .unwrap_or_else(|| panic!("no {pointer} in {}", server.ready))
        .to_owned()
}

fn address(url: &str) -> String {
    url.trim_start_matches("http://").to_owned()
}

const FIELDS: &str = r#"{"FirstName":"Ann","LastName":"Lee","Email":"ann.lee.%@acme.example","Title":"Director of Sales","Phone":"+1 555 0100","MailingCity":"Springfield","LeadSource":"Web","Description":"Met at the fair"}"#;
const PROPERTIES: &str = r#"{"properties":{"firstname":"Ann","lastname":"Lee","email":"ann.lee.%@acme.example","jobtitle":"Director of Sales","phone":"+1 555 0100","city":"Springfield","company":"Acme"}}"#;

fn of_baseline(server: &Server) -> Target {
    Target {
        address: text(server, "/address"),
        path: baseline::PATH,
        token: "a-token-as-long-as-those-of-the-vendors".to_owned(),
        body: FIELDS,
    }
}

fn of_salesforce(server: &Server) -> Target {
    Target {
        address: address(&text(server, "/salesforce/url")),
        path: "/services/data/v62.0/sobjects/Contact",
        token: text(server, "/salesforce/users/0/token"),
        body: FIELDS,
    }
}

fn of_hubspot(server: &Server) -> Target {
    Target {
        address: address(&text(server, "/hubspot/url")),
        path: "/crm/v3/objects/contacts",
        token: text(server, "/hubspot/users/0/token"),
        body: PROPERTIES,
    }
}
