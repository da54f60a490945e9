use serde_json::{Value, json};

/// A line of the driver protocol, taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Call {
    pub(super) id: Value,
    pub(super) method: String,
    pub(super) params: Value,
}

impl Call {
    /// Reads a line; of one that is no call everything is empty.
    pub(super) fn read(line: &str) -> Self {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        Self {
            id: message["id"].clone(),
            method: message["method"].as_str().unwrap_or_default().to_owned(),
            params: message["params"].clone(),
        }
    }

    /// The line of a call.
    pub(super) fn line(&self) -> String {
        json!({ "jsonrpc": "2.0", "id": self.id, "method": self.method, "params": self.params })
            .to_string()
    }

    /// The line that answers it.
    pub(super) fn answer(&self, result: &Value) -> String {
        json!({ "jsonrpc": "2.0", "id": self.id, "result": result }).to_string()
    }

    /// Whether it asks for something to be written in a CRM.
    pub(super) fn writes(&self) -> bool {
        matches!(self.method.as_str(), "push" | "activity.log")
    }

    /// The well-formed answer to a call that writes, with one outcome for everything that it is about.
    pub(super) fn outcome(&self, outcome: &Value) -> Value {
        let about = match self.params["records"].as_array() {
            Some(records) => records.iter().map(|id| json!({ "record": id })).collect(),
            None => vec![json!({ "activity": "activity-1" })],
        };
        let with_outcome = |mut result: Value| {
            if let (Some(result), Some(outcome)) = (result.as_object_mut(), outcome.as_object()) {
                result.extend(outcome.clone());
            }
            result
        };
        let results: Vec<Value> = about.into_iter().map(with_outcome).collect();
        json!({ "results": results })
    }
}

/// The `result` of an answer.
pub(super) fn result_of(answer: &str) -> Value {
    serde_json::from_str::<Value>(answer).unwrap_or_default()["result"].take()
}
