//! The client, and what a driver may wrongly keep of the scenario before.

use std::io;
use std::sync::Arc;

use crm_conformance::sut::Reference;
use crm_conformance::sync::{Policy, TokioSleeper};
use serde_json::{Value, json};

use super::fault::Fault;

pub(super) struct Memory {
    fault: Fault,
    client: Reference,
    /// The client of the scenario before, where it is kept.
    former: Option<Reference>,
    /// Requests that are repeated after each reset.
    repeated: Vec<String>,
    /// Entries of the error log, of all scenarios.
    entries: Vec<Value>,
    /// Every record of this scenario.
    records: Vec<Value>,
    resets: usize,
}

impl Memory {
    pub(super) fn new(fault: Fault, client: Reference) -> Self {
        Self {
            fault,
            client,
            former: None,
            repeated: Vec::new(),
            entries: Vec::new(),
            records: Vec::new(),
            resets: 0,
        }
    }

    pub(super) async fn answer(&mut self, request: &Value, line: &str) -> io::Result<String> {
        let method = request["method"].as_str().unwrap_or_default();
        if method == "reset" {
            return self.reset(line).await;
        }
        let everything = self.everything(request);
        let line = everything.as_deref().unwrap_or(line);
        let answer = self.client.handle(line).await;
        let read: Value = serde_json::from_str(&answer)?;
        match (self.fault, method) {
            (Fault::KeepsRecords, "record.read") if read["error"].is_object() => {
                Ok(self.former_answer(line, answer).await)
            }
            (Fault::KeepsUsers, "user.add") | (Fault::KeepsLogins, "team_sync.connect") => {
                self.repeated.push(line.to_owned());
                Ok(answer)
            }
            (Fault::KeepsErrors, "error_log") => self.all_entries(read),
            (Fault::PushesEverything, "record.create") => {
                self.records.push(read["result"]["record"].clone());
                Ok(answer)
            }
            _ => Ok(answer),
        }
    }

    async fn reset(&mut self, line: &str) -> io::Result<String> {
        self.resets += 1;
        if self.fault == Fault::DiesOfTheThirdReset && self.resets == 3 {
            return Err(io::Error::other("too many open files"));
        }
        self.records.clear();
        if self.fault == Fault::KeepsErrors {
            let log = json!({ "jsonrpc": "2.0", "id": 0, "method": "error_log", "params": {} });
            let read: Value = serde_json::from_str(&self.client.handle(&log.to_string()).await)?;
            self.entries.extend(
                read["result"]["entries"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default(),
            );
        }
        if self.fault == Fault::KeepsRecords {
            let mut next = Reference::new(Policy::reference(), Arc::new(TokioSleeper));
            let hello = json!({ "jsonrpc": "2.0", "id": 0, "method": "hello", "params": { "protocols": [1], "run": "r" } });
            next.handle(&hello.to_string()).await;
            self.former = Some(std::mem::replace(&mut self.client, next));
        }
        let answer = self.client.handle(line).await;
        for line in &self.repeated {
            self.client.handle(line).await;
        }
        Ok(answer)
    }

    async fn former_answer(&mut self, line: &str, answer: String) -> String {
        match &mut self.former {
            Some(former) => former.handle(line).await,
            None => answer,
        }
    }

    fn all_entries(&self, mut read: Value) -> io::Result<String> {
        let mut entries = self.entries.clone();
        entries.extend(
            read["result"]["entries"]
                .as_array()
                .cloned()
                .unwrap_or_default(),
        );
        read["result"]["entries"] = entries.into();
        Ok(read.to_string())
    }

    /// A push of every record there is, in place of one of none.
    fn everything(&self, request: &Value) -> Option<String> {
        let none = request["params"]["records"]
            .as_array()
            .is_some_and(Vec::is_empty);
        let all = self.fault == Fault::PushesEverything && request["method"] == "push" && none;
        all.then(|| {
            let mut request = request.clone();
            request["params"]["records"] = self.records.clone().into();
            request.to_string()
        })
    }
}
