//! A Salesforce sandbox and a HubSpot test portal in a process of their own, and what can be counted in them from outside.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};
use tempfile::TempDir;

const SEED: &str = include_str!("seed.yaml");

/// The process, the target file of its org and portal, and an administrator to count with.
pub(crate) struct Crm {
    process: Child,
    folder: TempDir,
    /// What `mock-crm --json` said.
    line: Value,
}

/// The people of features, by the names in the seed.
const PEOPLE: [(&str, &str); 9] = [
    ("Dana Reyes", "Dana"),
    ("Dana Reyes-Two", "Dana's second user"),
    ("Lee Park", "Lee"),
    ("Integration User", "the integration user"),
    ("New Integration", "the new integration user"),
    ("Avery Admin", "the most permitted user"),
    ("Blake Admin", "the other most permitted user"),
    ("Lou Least", "the least permitted user"),
    ("Alex Apollo", "the Apollo admin"),
];

/// The binary beside those of this package, where plain `cargo test` has just put it; a test of this package alone builds it.
fn mock_crm() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let beside = Path::new(env!("CARGO_BIN_EXE_crm-conformance")).with_file_name("mock-crm");
        match beside.exists() {
            true => beside,
            false => built(),
        }
    })
}

fn built() -> PathBuf {
    let mut command = Command::new(env!("CARGO"));
    command
        .args([
            "build",
            "--offline",
            "--package",
            "mock-crm",
            "--bin",
            "mock-crm",
        ])
        .args(["--message-format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = said
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let mut binaries =
        messages.filter_map(|message: Value| Some(PathBuf::from(message["executable"].as_str()?)));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    binaries
        .next()
        .unwrap_or_else(|| panic!("mock-crm is not built: {errors}"))
}

impl Crm {
    pub(crate) fn start() -> Self {
        Self::seeded(|seed| seed)
    }

    /// The same, with another seed.
    pub(crate) fn seeded(edit: impl FnOnce(String) -> String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let seed = folder.path().join("seed.yaml");
        std::fs::write(&seed, edit(SEED.to_owned())).unwrap();
        let mut process = Command::new(mock_crm())
            .args(["--json", "--no-control", "--ca-dir", "ca", "--seed"])
            .arg(&seed)
            .args([
                "--salesforce-port",
                "0",
                "--hubspot-port",
                "0",
                "--proxy-port",
                "0",
            ])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        lines.read_line(&mut said).unwrap();
        let line: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(
            line["control"]["url"],
            Value::Null,
            "the control API is off"
        );
        let crm = Self {
            process,
            folder,
            line,
        };
        crm.write_target(|target| target);
        crm
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes the target file, changed as wanted.
    pub(crate) fn write_target(&self, edit: impl FnOnce(Value) -> Value) {
        let (salesforce, hubspot) = (&self.line["salesforce"], &self.line["hubspot"]);
        let url = &salesforce["url"];
        let target = json!({
            "salesforce": {
                "instance_url": url, "login_url": url,
                "client_id": "apollo", "client_secret": "${LIVE_TEST_SECRET}",
                "external_id_field": "Apollo_Id__c",
                "observer": tokens(user(salesforce, "Olive Observer")),
                "people": people(salesforce, "username"),
            },
            "hubspot": {
                "url": hubspot["url"], "portal": hubspot["portal"],
                "client_id": "apollo", "client_secret": "${LIVE_TEST_SECRET}",
                "unique_property": "apollo_id",
                "search_patience_seconds": 2,
                "observer": tokens(user(hubspot, "Olive Observer")),
                "people": people(hubspot, "email"),
            },
        });
        // JSON is YAML.
        let text = serde_json::to_string_pretty(&edit(target)).unwrap();
        std::fs::write(self.folder().join("target.yaml"), text).unwrap();
    }

    /// The records in Salesforce and HubSpot whose address or name starts with this, counted by SOQL and by a list of all.
    pub(crate) fn count(&self, start: &str) -> usize {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async { self.in_salesforce(start).await + self.in_hubspot(start).await })
    }

    async fn in_salesforce(&self, start: &str) -> usize {
        let (url, token) = self.door("salesforce");
        let mut count = 0;
        for (object, field) in [
            ("Contact", "Email"),
            ("Lead", "Email"),
            ("Account", "Name"),
            ("Task", "Subject"),
        ] {
            let soql = format!("SELECT Id FROM {object} WHERE {field} LIKE '{start}%'");
            let answer = http()
                .get(format!("{url}/services/data/v60.0/query"))
                .query(&[("q", soql)])
                .bearer_auth(&token)
                .send()
                .await
                .unwrap();
            let body: Value = answer.error_for_status().unwrap().json().await.unwrap();
            count += body["records"].as_array().unwrap().len();
        }
        count
    }

    async fn in_hubspot(&self, start: &str) -> usize {
        let (url, token) = self.door("hubspot");
        let mut count = 0;
        for (kind, property) in [
            ("contacts", "email"),
            ("companies", "name"),
            ("emails", "hs_email_subject"),
            ("tasks", "hs_task_subject"),
            ("calls", "hs_call_title"),
        ] {
            let answer = http()
                .get(format!("{url}/crm/v3/objects/{kind}"))
                .query(&[("limit", "100"), ("properties", property)])
                .bearer_auth(&token)
                .send()
                .await
                .unwrap();
            let body: Value = answer.error_for_status().unwrap().json().await.unwrap();
            let all = body["results"].as_array().unwrap().iter();
            let value = |one: &&Value| {
                one["properties"][property]
                    .as_str()
                    .unwrap_or_default()
                    .starts_with(start)
            };
            count += all.filter(value).count();
        }
        count
    }

    fn door(&self, crm: &str) -> (String, String) {
        let vendor = &self.line[crm];
        let token = user(vendor, "Olive Observer")["token"].as_str().unwrap();
        (vendor["url"].as_str().unwrap().to_owned(), token.to_owned())
    }
}

impl Drop for Crm {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn http() -> reqwest::Client {
    rustls::crypto::ring::default_provider()
        .install_default()
        .ok();
    reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .unwrap()
}

fn user<'a>(vendor: &'a Value, name: &str) -> &'a Value {
    let mut users = vendor["users"].as_array().unwrap().iter();
    users.find(|user| user["name"] == name).unwrap()
}

fn tokens(user: &Value) -> Value {
    json!({ "access_token": user["token"], "refresh_token": user["refresh_token"] })
}

fn people(vendor: &Value, key: &str) -> Value {
    let entry = |(name, called): (&str, &str)| {
        let user = user(vendor, name);
        let mut entry = tokens(user);
        entry[key] = user[key].clone();
        (called.to_owned(), entry)
    };
    Value::Object(PEOPLE.into_iter().map(entry).collect())
}
