#![no_main]

//! Rows of any bytes, as the upload of a Bulk API 2.0 job and as a batch of version 1.0: each job ends, no row is lost, and
//! what is said of the rows is CSV and agrees with the counts.

use std::time::Duration;

use arbitrary::Arbitrary;
use http::{Method, StatusCode};
use libfuzzer_sys::fuzz_target;
use org::Org;
use serde_json::{Value, json};

#[derive(Arbitrary, Debug)]
struct Upload<'a> {
    operation: u8,
    delimiter: u8,
    crlf: bool,
    head: u8,
    rows: &'a [u8],
}

const OPERATIONS: [&str; 4] = ["insert", "upsert", "update", "delete"];

const DELIMITERS: [(&str, u8); 6] = [
    ("COMMA", b','),
    ("SEMICOLON", b';'),
    ("TAB", b'\t'),
    ("PIPE", b'|'),
    ("CARET", b'^'),
    ("BACKQUOTE", b'`'),
];

/// First lines that are good ones; after the empty one, the bytes are all there is.
const HEADS: [&str; 6] = [
    "",
    "LastName,Email,Birthdate,Languages__c,DoNotCall\n",
    "Ext__c,LastName,AccountId\n",
    "Id,FirstName\n",
    "Id\n",
    "LastName,ReportsTo.Ext__c,Owner.Username\n",
];

impl Upload<'_> {
    fn operation(&self) -> &'static str {
        OPERATIONS[usize::from(self.operation) % OPERATIONS.len()]
    }

    /// The upload, with cells and lines apart as they are to be.
    fn data(&self, delimiter: u8, crlf: bool) -> Vec<u8> {
        let mut data = Vec::new();
        for byte in HEADS[usize::from(self.head) % HEADS.len()].bytes() {
            match byte {
                b',' => data.push(delimiter),
                b'\n' if crlf => data.extend_from_slice(b"\r\n"),
                _ => data.push(byte),
            }
        }
        data.extend_from_slice(self.rows);
        data
    }
}

thread_local! {
    // Opened again for each run of jobs, so that what they create does not pile up.
    static ORG: std::cell::RefCell<(usize, Org)> = std::cell::RefCell::new((0, Org::open()));
}

const JOBS_OF_AN_ORG: usize = 500;

fuzz_target!(|upload: Upload<'_>| {
    ORG.with_borrow_mut(|(count, org)| {
        *count += 1;
        if *count > JOBS_OF_AN_ORG {
            (*count, *org) = (0, Org::open());
        }
        ingest(org, &upload);
        batch(org, &upload);
    });
});

/// Bulk API 2.0.
fn ingest(org: &Org, upload: &Upload<'_>) {
    const JOBS: &str = "/services/data/v60.0/jobs/ingest";
    let (name, delimiter) = DELIMITERS[usize::from(upload.delimiter) % DELIMITERS.len()];
    let data = upload.data(delimiter, upload.crlf);
    let mut job = json!({
        "object": "Contact",
        "operation": upload.operation(),
        "columnDelimiter": name,
        "lineEnding": if upload.crlf { "CRLF" } else { "LF" },
    });
    if upload.operation() == "upsert" {
        job["externalIdFieldName"] = "Ext__c".into();
    }
    let created = read(&sent(
        org,
        Method::POST,
        JOBS,
        job.to_string(),
        StatusCode::OK,
    ));
    let path = format!("{JOBS}/{}", created["id"].as_str().expect("an id"));
    let batches = format!("{path}/batches");
    sent(
        org,
        Method::PUT,
        &batches,
        data.clone(),
        StatusCode::CREATED,
    );
    let complete = r#"{"state":"UploadComplete"}"#;
    sent(org, Method::PATCH, &path, complete, StatusCode::OK);

    let over = until(|| {
        let job = read(&sent(org, Method::GET, &path, "", StatusCode::OK));
        let ended = ["JobComplete", "Failed"].contains(&job["state"].as_str().unwrap_or(""));
        ended.then_some(job)
    });

    let result = |part: &str| {
        let path = format!("{path}/{part}");
        lines(
            &sent(org, Method::GET, &path, "", StatusCode::OK),
            delimiter,
        )
    };
    let (processed, failed) = (
        count(&over["numberRecordsProcessed"]),
        count(&over["numberRecordsFailed"]),
    );
    let unprocessed = result("unprocessedrecords");
    let rows = |part| {
        let lines = result(part);
        assert!(
            lines.windows(2).all(|pair| pair[0] == pair[1]),
            "{part}: {lines:?}"
        );
        lines.len().saturating_sub(1)
    };
    assert_eq!(rows("successfulResults"), processed - failed, "{over}");
    assert_eq!(rows("failedResults"), failed, "{over}");
    // The first line is among the unprocessed ones, as their head or as one that is no head.
    let all = lines(&data, delimiter).len();
    assert_eq!(unprocessed.len() + processed, all, "{over}");
    if over["state"] == "JobComplete" {
        assert_eq!(processed, all.saturating_sub(1), "{over}");
    }
}

/// Bulk API 1.0, which knows one delimiter, and takes lines as they end.
fn batch(org: &Org, upload: &Upload<'_>) {
    const JOBS: &str = "/services/async/60.0/job";
    let mut info = format!(
        "<operation>{}</operation><object>Contact</object><contentType>CSV</contentType>",
        upload.operation()
    );
    if upload.operation() == "upsert" {
        info += "<externalIdFieldName>Ext__c</externalIdFieldName>";
    }
    let info = format!("<jobInfo>{info}</jobInfo>");
    let created = sent(org, Method::POST, JOBS, info, StatusCode::CREATED);
    let batches = format!("{JOBS}/{}/batch", element(&created, "id"));
    let data = upload.data(b',', upload.crlf);
    let request = org.request(Method::POST, &batches, data.clone());
    let (status, added) = org.send(request.expect("a path"));
    if status == StatusCode::BAD_REQUEST {
        let nothing = data.iter().all(u8::is_ascii_whitespace);
        let text = String::from_utf8_lossy(&added);
        assert!(nothing && text.contains("<exceptionCode>"), "{text}");
        return;
    }
    assert_eq!(status, StatusCode::CREATED);
    let path = format!("{batches}/{}", element(&added, "id"));

    let over = until(|| {
        let info = sent(org, Method::GET, &path, "", StatusCode::OK);
        let ended = ["Completed", "Failed"].contains(&&*element(&info, "state"));
        ended.then_some(info)
    });

    let number = |name| element(&over, name).parse::<usize>().expect("a number");
    let (processed, failed) = (
        number("numberRecordsProcessed"),
        number("numberRecordsFailed"),
    );
    assert!(failed <= processed);
    assert!(processed <= lines(&data, b',').len().saturating_sub(1));
    if element(&over, "state") == "Completed" {
        let result = format!("{path}/result");
        let result = sent(org, Method::GET, &result, "", StatusCode::OK);
        assert_eq!(lines(&result, b',').len().saturating_sub(1), processed);
        assert_eq!(processed, lines(&data, b',').len().saturating_sub(1));
    }
    let echo = sent(
        org,
        Method::GET,
        &format!("{path}/request"),
        "",
        StatusCode::OK,
    );
    assert_eq!(echo, data);
}

/// The body of an answer that must have this status.
#[track_caller]
fn sent(
    org: &Org,
    method: Method,
    path: &str,
    body: impl Into<axum::body::Body>,
    expected: StatusCode,
) -> Vec<u8> {
    let request = org.request(method, path, body).expect("a path");
    let (status, answer) = org.send(request);
    let text = String::from_utf8_lossy(&answer);
    assert_eq!(status, expected, "{path}: {text}");
    answer
}

/// Asks until there is an answer, ten seconds long.
fn until<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    for _ in 0..200_000 {
        match ask() {
            Some(answer) => return answer,
            None => std::thread::sleep(Duration::from_micros(50)),
        }
    }
    panic!("a job does not end");
}

/// How many cells each line has.
fn lines(data: &[u8], delimiter: u8) -> Vec<usize> {
    let reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(data);
    let records = reader.into_byte_records();
    records.map(|record| record.expect("CSV").len()).collect()
}

fn read(answer: &[u8]) -> Value {
    serde_json::from_slice(answer).expect("JSON")
}

fn count(value: &Value) -> usize {
    let count = value.as_u64().expect("a count");
    usize::try_from(count).expect("a small count")
}

/// The text of the first element of this name.
fn element(xml: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(xml);
    let found = text
        .split_once(&format!("<{name}>"))
        .and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
    let (found, _) = found.unwrap_or_else(|| panic!("no {name} in {text}"));
    found.to_owned()
}
