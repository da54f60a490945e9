//! The reference client as a system under test: a line in, a line out.

mod methods;

use super::message::{
    ActivityLog, AddUser, Connect, CredentialLink, CredentialUnlink, Disconnect, ErrorLog, Hello,
    Method, PushRecords, RecordRead, RecordUpdate, Reset,
};
use super::rpc::{ErrorObject, Request, Response, code};
use crate::apollo::{Apollo, NewRecord};
use crate::sync::{Policy, Sleeper, Sync};
use serde::Serialize;
use serde_json::{Value, json};
use std::error::Error;
use std::sync::Arc;

/// Everything that the reference client can do.
const CAPABILITIES: [&str; 18] = [
    "crm:salesforce",
    "crm:hubspot",
    "record:contact",
    "record:account",
    "record:lead",
    "source:manual",
    "source:csv",
    "source:gmail",
    "source:linkedin",
    "source:prospecting",
    "source:jobchange",
    "mode:single",
    "mode:bulk",
    "activity:email",
    "activity:task",
    "activity:call",
    "update",
    "error_log",
];

/// The reference client, or with another policy a wrong variation of it.
#[derive(Debug)]
pub struct Reference {
    policy: Policy,
    sleeper: Arc<dyn Sleeper>,
    run: String,
    scenario: Option<Scenario>,
}

/// What lives from one `reset` to the next.
#[derive(Debug)]
struct Scenario {
    apollo: Apollo,
    sync: Sync,
}

type Answer<T> = Result<T, ErrorObject>;

impl Reference {
    /// Waits through `sleeper` wherever a CRM asks for patience.
    pub fn new(policy: Policy, sleeper: Arc<dyn Sleeper>) -> Self {
        Reference {
            policy,
            sleeper,
            run: String::new(),
            scenario: None,
        }
    }

    /// Answers one JSON-RPC line with one line. Never fails: whatever goes wrong is in the answer.
    pub async fn handle(&mut self, line: &str) -> String {
        let response = match serde_json::from_str::<Value>(line) {
            Err(error) => Response::new(
                Value::Null,
                Err(ErrorObject::new(code::PARSE_ERROR, error.to_string())),
            ),
            Ok(message) => self.respond(message).await,
        };
        // A response is made of strings, numbers and maps with string keys, so writing it cannot fail.
        serde_json::to_string(&response).unwrap_or_default()
    }

    async fn respond(&mut self, message: Value) -> Response {
        let id = message.get("id").cloned().unwrap_or_default();
        match serde_json::from_value::<Request>(message) {
            Ok(request) => Response::new(request.id.clone(), self.dispatch(request).await),
            Err(error) => Response::new(
                id,
                Err(ErrorObject::new(code::INVALID_REQUEST, error.to_string())),
            ),
        }
    }

    async fn dispatch(&mut self, request: Request) -> Answer<Value> {
        let params = request.params;
        match request.method.as_str() {
            Hello::NAME => answer(self.hello(parse(params)?)),
            Reset::NAME => answer(self.reset(parse(params)?)),
            AddUser::NAME => answer(self.add_user(parse(params)?)),
            CredentialLink::NAME => answer(self.link(parse(params)?)),
            CredentialUnlink::NAME => answer(self.unlink(parse(params)?)),
            Connect::NAME => answer(self.connect_team_sync(parse(params)?)),
            Disconnect::NAME => answer(self.disconnect_team_sync(parse(params)?)),
            NewRecord::NAME => answer(self.create_record(parse(params)?)),
            RecordUpdate::NAME => answer(self.update_record(parse(params)?)),
            RecordRead::NAME => answer(self.read_record(parse(params)?)),
            PushRecords::NAME => answer(self.push(parse(params)?).await),
            ActivityLog::NAME => answer(self.log_activity(parse(params)?).await),
            ErrorLog::NAME => answer(self.error_log(parse(params)?)),
            unknown => Err(ErrorObject::new(
                code::UNKNOWN_METHOD,
                format!("there is no method {unknown:?}"),
            )),
        }
    }
}

/// Null params are `{}`, since JSON-RPC lets a caller leave them out.
fn parse<M: Method>(params: Value) -> Answer<M> {
    let params = if params.is_null() { json!({}) } else { params };
    serde_json::from_value(params)
        .map_err(|error| ErrorObject::new(code::INVALID_PARAMS, error.to_string()))
}

fn answer<T: Serialize>(answer: Answer<T>) -> Answer<Value> {
    serde_json::to_value(answer?).map_err(|error| raised(&error))
}

fn raised(error: &dyn Error) -> ErrorObject {
    let mut trace = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        trace.push_str(&format!(": {error}"));
        cause = error.source();
    }
    ErrorObject {
        data: json!({ "trace": trace }),
        ..ErrorObject::new(code::RAISED, error.to_string())
    }
}
