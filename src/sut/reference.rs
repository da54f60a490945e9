//! The reference client as a system under test: a line in, a line out.

use super::message::{
    ActivityLog, ActivityResult, ActivityResults, AddUser, Connect, Created, CredentialLink,
    CredentialUnlink, Disconnect, ErrorEntries, ErrorLog, Hello, HelloAnswer, Method, Nothing,
    PushRecords, PushResult, PushResults, RecordRead, RecordUpdate, Reset,
};
use super::rpc::{ErrorObject, PROTOCOL, Request, Response, code};
use crate::apollo::{
    Apollo, ApolloError, Crm, Holder, NewActivity, NewRecord, PushedAs, Record, User,
};
use crate::sync::{Apps, Policy, Push, Sleeper, Sync};
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

    fn hello(&mut self, hello: Hello) -> Answer<HelloAnswer> {
        if !hello.protocols.contains(&PROTOCOL) {
            return Err(unsupported(format!("protocol:{PROTOCOL}")));
        }
        self.run = hello.run;
        Ok(HelloAnswer {
            protocol: PROTOCOL,
            name: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            capabilities: CAPABILITIES.map(String::from).to_vec(),
        })
    }

    fn reset(&mut self, reset: Reset) -> Answer<Nothing> {
        let namespace: Vec<&str> = [&self.run, &reset.scenario]
            .into_iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect();
        let apollo = Apollo::new(namespace.join("-"), reset.settings);
        let apps = Apps {
            salesforce: reset.salesforce,
            hubspot: reset.hubspot,
            ca_file: reset.ca_file,
        };
        let sync = Sync::new(self.policy, Arc::clone(&self.sleeper), apps)
            .map_err(|error| raised(&error))?;
        self.scenario = Some(Scenario { apollo, sync });
        Ok(Nothing {})
    }

    fn add_user(&mut self, add: AddUser) -> Answer<Nothing> {
        let user = User {
            id: add.user,
            name: add.name,
            email: add.email,
            role: add.role,
        };
        self.apollo()?.add_user(user).map_err(refused)?;
        Ok(Nothing {})
    }

    fn link(&mut self, link: CredentialLink) -> Answer<Nothing> {
        let apollo = self.apollo()?;
        apollo.user(&link.user).map_err(refused)?;
        apollo
            .credentials
            .connect(link.crm, Holder::User(link.user), link.grant);
        Ok(Nothing {})
    }

    fn unlink(&mut self, unlink: CredentialUnlink) -> Answer<Nothing> {
        let holder = Holder::User(unlink.user);
        self.disconnect(unlink.crm, &holder)
    }

    fn connect_team_sync(&mut self, connect: Connect) -> Answer<Nothing> {
        self.apollo()?
            .credentials
            .connect(connect.crm, Holder::TeamSync, connect.grant);
        Ok(Nothing {})
    }

    fn disconnect_team_sync(&mut self, disconnect: Disconnect) -> Answer<Nothing> {
        self.disconnect(disconnect.crm, &Holder::TeamSync)
    }

    fn disconnect(&mut self, crm: Crm, holder: &Holder) -> Answer<Nothing> {
        match self.apollo()?.credentials.disconnect(crm, holder) {
            true => Ok(Nothing {}),
            false => Err(ErrorObject::new(
                code::INVALID_PARAMS,
                format!("{holder} has no {crm} login to disconnect"),
            )),
        }
    }

    fn create_record(&mut self, new: NewRecord) -> Answer<Created> {
        self.apollo()?
            .create_record(new)
            .map(created)
            .map_err(refused)
    }

    fn update_record(&mut self, update: RecordUpdate) -> Answer<Created> {
        let apollo = self.apollo()?;
        apollo.user(&update.user).map_err(refused)?;
        apollo
            .update_record(&update.record, update.fields, update.owner)
            .map(created)
            .map_err(refused)
    }

    fn read_record(&mut self, read: RecordRead) -> Answer<Created> {
        self.apollo()?
            .record(&read.record)
            .map(created)
            .map_err(refused)
    }

    async fn push(&mut self, push: PushRecords) -> Answer<PushResults> {
        // No sentence speaks of leads in HubSpot, and what is a lead there is not a contact.
        if (push.crm, push.pushed_as) == (Crm::Hubspot, PushedAs::Lead) {
            return Err(unsupported("record:lead in HubSpot".into()));
        }
        let scenario = self.scenario()?;
        let PushRecords {
            records,
            crm,
            mode,
            user,
            pushed_as,
        } = push;
        let push = Push {
            records,
            crm,
            mode,
            user,
            pushed_as,
        };
        let outcomes = scenario
            .sync
            .push(&mut scenario.apollo, &push)
            .await
            .map_err(refused)?;
        Ok(PushResults {
            results: outcomes
                .into_iter()
                .map(|(record, outcome)| PushResult { record, outcome })
                .collect(),
        })
    }

    async fn log_activity(&mut self, log: ActivityLog) -> Answer<ActivityResults> {
        let scenario = self.scenario()?;
        let new = NewActivity {
            kind: log.kind,
            user: log.user,
            about: log.about,
            details: log.fields,
        };
        let activity = scenario
            .apollo
            .log_activity(new)
            .map_err(refused)?
            .id
            .clone();
        let outcome = scenario
            .sync
            .log(&mut scenario.apollo, log.crm, &activity)
            .await
            .map_err(refused)?;
        Ok(ActivityResults {
            results: vec![ActivityResult { activity, outcome }],
        })
    }

    fn error_log(&mut self, _: ErrorLog) -> Answer<ErrorEntries> {
        Ok(ErrorEntries {
            entries: self.apollo()?.error_log.entries().to_vec(),
        })
    }

    fn apollo(&mut self) -> Answer<&mut Apollo> {
        Ok(&mut self.scenario()?.apollo)
    }

    fn scenario(&mut self) -> Answer<&mut Scenario> {
        self.scenario
            .as_mut()
            .ok_or_else(|| ErrorObject::new(code::INVALID_REQUEST, "there was no reset yet"))
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

fn created(record: &Record) -> Created {
    Created {
        record: record.id.clone(),
        owner: record.owner.clone(),
    }
}

fn refused(error: ApolloError) -> ErrorObject {
    ErrorObject::new(code::INVALID_PARAMS, error.to_string())
}

fn unsupported(capability: String) -> ErrorObject {
    ErrorObject {
        data: json!({ "capability": capability }),
        ..ErrorObject::new(code::UNSUPPORTED, format!("no {capability}"))
    }
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
