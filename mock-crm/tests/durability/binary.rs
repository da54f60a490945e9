//! The real program on a data directory, and what its two CRMs and its ledger say.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

use reqwest::Client;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::client;

/// A running `mock-crm --data`.
pub(crate) struct Binary {
    pub(crate) process: Child,
    pub(crate) ready: Value,
    pub(crate) http: Client,
}

/// Records by id, with their owner and creator.
pub(crate) type Records = BTreeMap<String, (Option<String>, Option<String>)>;

impl Binary {
    pub(crate) async fn start(folder: &Path) -> Self {
        Self::launch(Command::new(env!("CARGO_BIN_EXE_mock-crm")), folder).await
    }

    /// Starts what `command` leads to with the arguments of a `mock-crm`.
    pub(crate) async fn launch(mut command: Command, folder: &Path) -> Self {
        let seed = folder.join("seed.yaml");
        std::fs::write(&seed, crate::SEED).unwrap();
        for port in ["salesforce", "hubspot", "proxy", "control"] {
            command.args([format!("--{port}-port"), "0".to_owned()]);
        }
        let mut process = command
            .args(["--json", "--seed"])
            .arg(seed)
            .arg("--ca-dir")
            .arg(folder)
            .arg("--data")
            .arg(folder.join("data"))
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = lines.next_line().await.unwrap().expect("it prints a line");
        Self {
            process,
            ready: serde_json::from_str(&line).unwrap(),
            http: client(),
        }
    }

    pub(crate) fn text(&self, pointer: &str) -> String {
        let found = self.ready.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no {pointer}")).to_owned()
    }

    /// What the ledger has of an object.
    pub(crate) async fn rows(&self, crm: &str, object: &str) -> Records {
        let mut rows = Records::new();
        let mut after = 0;
        loop {
            let url = self.text("/control/url");
            let url = format!("{url}/creates?crm={crm}&object={object}&after={after}");
            let page = self.get(&url, &self.text("/control/token")).await;
            let creates = page["creates"].as_array().unwrap();
            for row in creates {
                let text = |name: &str| row[name].as_str().map(str::to_owned);
                let record = text("record").unwrap();
                let known = rows.insert(record, (text("owner"), text("created_by")));
                assert_eq!(known, None, "a record has two rows: {row}");
            }
            if creates.is_empty() {
                return rows;
            }
            after = page["last_sequence"].as_u64().unwrap();
        }
    }

    /// The contacts that Salesforce has.
    pub(crate) async fn salesforce_contacts(&self) -> Records {
        let mut records = Records::new();
        let root = self.text("/salesforce/url");
        let soql = "SELECT+Id,OwnerId,CreatedById+FROM+Contact";
        let mut path = format!("/services/data/v62.0/query?q={soql}");
        loop {
            let token = self.text("/salesforce/users/0/token");
            let page = self.get(&format!("{root}{path}"), &token).await;
            for record in page["records"].as_array().unwrap() {
                let text = |name: &str| record[name].as_str().map(str::to_owned);
                let of = (text("OwnerId"), text("CreatedById"));
                records.insert(text("Id").unwrap(), of);
            }
            match page["nextRecordsUrl"].as_str() {
                Some(next) => path = next.to_owned(),
                None => return records,
            }
        }
    }

    /// The ids of the contacts that HubSpot has.
    pub(crate) async fn hubspot_contacts(&self) -> Vec<String> {
        let mut ids = Vec::new();
        let root = self.text("/hubspot/url");
        let mut after = String::new();
        loop {
            let url = format!("{root}/crm/v3/objects/contacts?limit=100{after}");
            let page = self.get(&url, &self.text("/hubspot/users/0/token")).await;
            let results = page["results"].as_array().unwrap().iter();
            ids.extend(results.map(|record| record["id"].as_str().unwrap().to_owned()));
            match page.pointer("/paging/next/after").and_then(Value::as_str) {
                Some(next) => after = format!("&after={next}"),
                None => return ids,
            }
        }
    }

    async fn get(&self, url: &str, token: &str) -> Value {
        let answer = self.http.get(url).bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{url}");
        answer.json().await.unwrap()
    }
}
