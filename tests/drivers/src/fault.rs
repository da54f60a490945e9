//! What is wrong with the driver, one thing at a time; above all with single answers.

use clap::ValueEnum;
use serde_json::{Value, json};

/// A fault, in the words of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Fault {
    None,
    AnotherProtocol,
    MisspeltCapability,
    NoCapability,
    OwnerLeftOut,
    NullResult,
    NoTrace,
    UnknownErrorCode,
    IdAsText,
    NoId,
    AnswersTwice,
    OutOfOrder,
    AnyMethodWillDo,
    UnknownMethodRaises,
    KeyErrorIsAnUnknownMethod,
    DeclaresActivities,
    PushIsNotThere,
    AnswersTooEarly,
    PushesEverything,
    KeepsRecords,
    KeepsUsers,
    KeepsLogins,
    KeepsErrors,
    DiesOfTheThirdReset,
    HangsInReset,
    DiesOfALongLine,
    Ascii,
    LeavesALock,
    OutlivesItsInput,
    LeavesAChild,
    Chatty,
    Buffered,
    NoLineBreak,
    Indented,
}

impl Fault {
    /// An answer in place of the client's.
    pub(super) fn before(self, request: &Value) -> Option<Value> {
        let method = request["method"].as_str().unwrap_or_default();
        let result =
            |result: Value| json!({ "jsonrpc": "2.0", "id": request["id"], "result": result });
        let error = |error: Value| json!({ "jsonrpc": "2.0", "id": request["id"], "error": error });
        match self {
            Self::AnyMethodWillDo if method.ends_with("frobnicate") => Some(result(json!({}))),
            Self::DeclaresActivities if method == "activity.log" => {
                let data = json!({ "capability": "activity:email" });
                Some(error(
                    json!({ "code": 2, "message": "not yet", "data": data }),
                ))
            }
            Self::PushIsNotThere if method == "push" => Some(error(
                json!({ "code": -32601, "message": "no method push" }),
            )),
            Self::AnswersTooEarly if method == "push" => {
                let records = request["params"]["records"].as_array().cloned();
                let results = records.unwrap_or_default().into_iter().map(
                    |record| json!({ "record": record, "outcome": "pushed", "crm_id": "later" }),
                );
                Some(result(json!({ "results": results.collect::<Vec<_>>() })))
            }
            Self::HangsInReset if method == "reset" => {
                std::thread::sleep(std::time::Duration::from_secs(60));
                None
            }
            _ => None,
        }
    }

    /// Spoils an answer.
    pub(super) fn after(self, request: &Value, answer: &mut Value) {
        let method = request["method"].as_str().unwrap_or_default();
        match self {
            Self::AnotherProtocol if method == "hello" => answer["result"]["protocol"] = 2.into(),
            Self::MisspeltCapability if method == "hello" => {
                answer["result"]["capabilities"][0] = "crm:saleforce".into();
            }
            Self::NoCapability if method == "hello" => answer["result"]["capabilities"] = json!([]),
            Self::OwnerLeftOut if method == "record.read" && answer["result"].is_object() => {
                answer["result"] = json!({ "record": request["params"]["record"] });
            }
            Self::NullResult if method == "credential.link" => answer["result"] = Value::Null,
            Self::NoTrace if answer["error"].is_object() => {
                answer["error"] = json!({ "code": 1, "message": "KeyError" });
            }
            Self::UnknownErrorCode if method == "record.read" && answer["error"].is_object() => {
                answer["error"]["code"] = 500.into();
            }
            Self::IdAsText => answer["id"] = answer["id"].to_string().into(),
            Self::NoId if request["id"].is_string() => answer["id"] = Value::Null,
            Self::UnknownMethodRaises if answer["error"]["code"] == -32601 => {
                let data = json!({ "trace": "KeyError" });
                answer["error"] = json!({ "code": 1, "message": "KeyError", "data": data });
            }
            Self::KeyErrorIsAnUnknownMethod if answer["error"]["code"] == -32602 => {
                answer["error"]["code"] = (-32601).into();
            }
            Self::Ascii => *answer = ascii(answer),
            _ => {}
        }
    }
}

/// What it takes to write a text where only ASCII is understood.
fn ascii(value: &Value) -> Value {
    let text = |text: &str| text.replace(|letter: char| !letter.is_ascii(), "?");
    match value {
        Value::String(string) => text(string).into(),
        Value::Array(items) => items.iter().map(ascii).collect(),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| (key.clone(), ascii(value)));
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}
