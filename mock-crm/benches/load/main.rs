//! A million contacts by each way in for many, Salesforce's and HubSpot's, and out again: how fast, and in how much memory.
//!
//! `cargo bench -p mock-crm --bench load` takes a minute or two; `-- --records 20000` a second. Nothing is asserted but
//! that all records arrive: the table has the figures, and the target of the memory.

mod http;
mod hubspot;
mod server;

use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use clap::Parser;
use serde_json::{Value, json};

use http::Client;
use server::{SALESFORCE, Server};

/// Options of the benchmark
#[derive(Debug, Parser)]
struct Settings {
    /// Contacts to load
    #[arg(long, default_value_t = 1_000_000)]
    records: usize,
    // What cargo adds to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
}

const MEBIBYTE: f64 = (1 << 20) as f64;
const HEADER: &str = "FirstName,LastName,Email,Title,Phone\n";

/// A row of the upload; the number makes it one of its kind.
fn row(number: usize) -> String {
    format!("Ann,Lee {number},ann.{number}@acme.example,Director of Sales,+1 555 0100\n")
}

fn main() {
    let records = Settings::parse().records;
    println!("{records} contacts\n");
    let by_bulk = by_bulk(records);
    let by_collections = by_collections(records);
    figure("memory per record, by Bulk 2.0", per(by_bulk.kept, records));
    figure(
        "memory per record, by collections",
        per(by_collections, records),
    );
    // A server keeps some of what a job needed for later, so the records are weighed on both.
    let above = by_bulk.peak as f64 - by_bulk.kept.min(by_collections) as f64;
    figure(
        "peak of the bulk jobs above the records left (target: 64 MiB)",
        format!("{:.1} MiB", above / MEBIBYTE),
    );
    hubspot::measure(records);
}

fn connect(server: &Server) -> Client {
    let (address, token) = (server.address(SALESFORCE), server.token(SALESFORCE));
    Client::connect(&address, "/services/data/v60.0", token)
}

/// Memory in bytes above that of an idle server.
#[derive(Clone, Copy, Debug)]
struct Memory {
    peak: u64,
    kept: u64,
}

fn by_bulk(records: usize) -> Memory {
    let server = Server::start();
    let mut client = connect(&server);
    let idle = server.memory();
    server.forget_peak();

    let started = Instant::now();
    let job = ingest(&mut client, records);
    rate("Bulk 2.0 ingest", records, started.elapsed());
    let started = Instant::now();
    let length = download(&mut client, &format!("{job}/successfulResults")).1;
    figure("its results", throughput(length, started.elapsed()));
    client.json("DELETE", &job, &Value::Null);
    let started = Instant::now();
    let found = bulk_query(&mut client);
    assert!(found >= records, "the bulk query finds {found}");
    rate("Bulk 2.0 query", records, started.elapsed());

    let peak = server.peak().saturating_sub(idle);
    let kept = server.memory().saturating_sub(idle);
    let started = Instant::now();
    let found = paged(&mut client);
    assert!(found >= records, "paging finds {found}");
    rate("REST query, 2000 a page", records, started.elapsed());
    filters(&mut client, records);
    Memory { peak, kept }
}

/// The path of the job that has brought the records.
fn ingest(client: &mut Client, records: usize) -> String {
    let job = json!({ "object": "Contact", "operation": "insert" });
    let job = client.json("POST", "/jobs/ingest", &job);
    let path = format!("/jobs/ingest/{}", text(&job, "id"));
    let length = HEADER.len() + (0..records).map(|number| row(number).len()).sum::<usize>();
    let upload = client.send(
        "PUT",
        &format!("{path}/batches"),
        "text/csv",
        length,
        |stream| {
            let mut stream = BufWriter::with_capacity(1 << 16, stream);
            stream.write_all(HEADER.as_bytes())?;
            (0..records).try_for_each(|number| stream.write_all(row(number).as_bytes()))?;
            stream.flush()
        },
    );
    client.read(&upload, |_| {});
    assert_eq!(upload.status, 201, "the upload is taken");
    client.json("PATCH", &path, &json!({ "state": "UploadComplete" }));
    let job = over(client, &path);
    assert_eq!(job["numberRecordsProcessed"], records, "{job}");
    assert_eq!(job["numberRecordsFailed"], 0, "{job}");
    path
}

/// The job when it is over.
fn over(client: &mut Client, path: &str) -> Value {
    loop {
        let job = client.json("GET", path, &Value::Null);
        match text(&job, "state").as_str() {
            "JobComplete" => return job,
            "Failed" | "Aborted" => panic!("{job}"),
            _ => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

fn download(client: &mut Client, path: &str) -> (http::Head, usize) {
    let head = client.send("GET", path, "text/csv", 0, |_| Ok(()));
    let mut length = 0;
    client.read(&head, |bytes| length += bytes.len());
    (head, length)
}

/// How many records a bulk query of all of them brings.
fn bulk_query(client: &mut Client) -> usize {
    let query = "SELECT Id, FirstName, LastName, Email, OwnerId, CreatedById FROM Contact";
    let job = json!({ "operation": "query", "query": query });
    let job = client.json("POST", "/jobs/query", &job);
    let path = format!("/jobs/query/{}", text(&job, "id"));
    over(client, &path);
    let (mut found, mut locator) = (0, String::new());
    while locator != "null" {
        let page = download(client, &format!("{path}/results?locator={locator}")).0;
        found += page.header("sforce-numberofrecords").parse().unwrap_or(0);
        page.header("sforce-locator").clone_into(&mut locator);
    }
    client.json("DELETE", &path, &Value::Null);
    found
}

fn paged(client: &mut Client) -> usize {
    let query = "/query?q=SELECT+Id,FirstName,LastName,Email,OwnerId,CreatedById+FROM+Contact";
    let mut page = client.json("GET", query, &Value::Null);
    let mut found = page["records"].as_array().map_or(0, Vec::len);
    while let Some(next) = page["nextRecordsUrl"].as_str() {
        let path = next.trim_start_matches("/services/data/v60.0").to_owned();
        page = client.json("GET", &path, &Value::Null);
        found += page["records"].as_array().map_or(0, Vec::len);
    }
    found
}

/// One record of all, by an index and without one.
fn filters(client: &mut Client, records: usize) {
    let wanted = records / 2;
    let filters = [
        (
            "an indexed field (Email)",
            format!("Email+=+'ann.{wanted}@acme.example'"),
        ),
        (
            "an unindexed field (LastName)",
            format!("LastName+=+'Lee+{wanted}'"),
        ),
    ];
    for (name, filter) in filters {
        let path = format!("/query?q=SELECT+Id+FROM+Contact+WHERE+{filter}");
        let mut times: Vec<Duration> = (0..5)
            .map(|_| {
                let started = Instant::now();
                let found = client.json("GET", &path, &Value::Null);
                assert_eq!(found["totalSize"], 1, "{found}");
                started.elapsed()
            })
            .collect();
        times.sort();
        let milliseconds = times[2].as_secs_f64() * 1e3;
        figure(
            &format!("SOQL filter on {name}, median"),
            format!("{milliseconds:.2} ms"),
        );
    }
}

/// The memory that the records take.
fn by_collections(records: usize) -> u64 {
    let server = Server::start();
    let mut client = connect(&server);
    let idle = server.memory();
    let started = Instant::now();
    let mut created = 0;
    while created < records {
        let end = records.min(created + 200);
        let contacts: Vec<Value> = (created..end)
            .map(|number| {
                json!({
                    "attributes": { "type": "Contact" },
                    "FirstName": "Ann",
                    "LastName": format!("Lee {number}"),
                    "Email": format!("ann.{number}@acme.example"),
                    "Title": "Director of Sales",
                    "Phone": "+1 555 0100",
                })
            })
            .collect();
        let body = json!({ "allOrNone": false, "records": contacts });
        let answer = client.json("POST", "/composite/sobjects", &body);
        let results = answer.as_array();
        let saved = results.is_some_and(|results| results.iter().all(|row| row["success"] == true));
        assert!(saved, "{answer}");
        created = end;
    }
    rate("collections of 200", records, started.elapsed());
    server.memory().saturating_sub(idle)
}

fn text(answer: &Value, key: &str) -> String {
    answer[key].as_str().unwrap_or_default().to_owned()
}

fn figure(what: &str, figure: String) {
    println!("{what:62}  {figure}");
}

fn rate(what: &str, rows: usize, elapsed: Duration) {
    let rate = rows as f64 / elapsed.as_secs_f64();
    figure(
        what,
        format!("{rate:.0} rows/s, {:.2} s", elapsed.as_secs_f64()),
    );
}

fn throughput(bytes: usize, elapsed: Duration) -> String {
    let rate = bytes as f64 / MEBIBYTE / elapsed.as_secs_f64();
    format!("{:.1} MiB, {rate:.0} MiB/s", bytes as f64 / MEBIBYTE)
}

fn per(bytes: u64, records: usize) -> String {
    format!("{:.0} B", bytes as f64 / records.max(1) as f64)
}
