//! A client that makes every record a second time, under another id of its own, so that the CRM can't tell.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use serde_json::{Value, json};

use super::line::{Call, result_of};
use crate::sut::{InProcess, Transport, TransportError};

#[derive(Debug)]
pub(super) struct Twice {
    inside: InProcess,
    /// What each record was saved with.
    saved: HashMap<String, Value>,
    /// Which records were made in which CRM already.
    made: HashSet<(String, String)>,
}

impl Twice {
    pub(super) fn new(inside: InProcess) -> Self {
        Self {
            inside,
            saved: HashMap::new(),
            made: HashSet::new(),
        }
    }

    /// Pushes a twin of every record that this push has made.
    async fn push_twins(&mut self, push: &Call, results: &Value) -> Result<(), TransportError> {
        let crm = push.params["crm"].as_str().unwrap_or_default().to_owned();
        let made = results["results"].as_array().cloned().unwrap_or_default();
        for result in made.iter().filter(|result| result["outcome"] == "pushed") {
            let record = result["record"].as_str().unwrap_or_default().to_owned();
            let first_time = self.made.insert((crm.clone(), record.clone()));
            let Some(saved) = self.saved.get(&record).filter(|_| first_time) else {
                continue;
            };
            let twin = Call {
                method: "record.create".to_owned(),
                params: twin(saved, &crm),
                ..Call::default()
            };
            let twin = result_of(&self.inside.exchange(twin.line()).await?);
            let mut again = push.clone();
            again.params["records"] = json!([twin["record"]]);
            self.inside.exchange(again.line()).await?;
        }
        Ok(())
    }
}

/// HubSpot refuses a second contact of one e-mail address, so the twin has none there.
fn twin(saved: &Value, crm: &str) -> Value {
    let mut twin = saved.clone();
    if crm == "hubspot"
        && let Some(fields) = twin["fields"].as_object_mut()
    {
        fields.remove("email");
    }
    twin
}

#[async_trait]
impl Transport for Twice {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        let call = Call::read(&line);
        let answer = self.inside.exchange(line).await?;
        match call.method.as_str() {
            "record.create" => {
                let record = result_of(&answer)["record"].take();
                let record = record.as_str().unwrap_or_default().to_owned();
                self.saved.insert(record, call.params);
            }
            "push" => self.push_twins(&call, &result_of(&answer)).await?,
            "activity.log" => drop(self.inside.exchange(call.line()).await?),
            _ => {}
        }
        Ok(answer)
    }
}
