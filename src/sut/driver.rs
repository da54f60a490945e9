//! The caller's side of the driver protocol: typed calls that leave as text.

use super::heard::shortened;
use super::message::{
    ActivityLog, ActivityResult, AddUser, Connect, Created, CredentialLink, CredentialUnlink,
    Disconnect, ErrorLog, Hello, HelloAnswer, Method, PushRecords, PushResult, RecordRead,
    RecordUpdate, Reset,
};
use super::rpc::{ErrorObject, PROTOCOL, Request, Response, Version, code};
use super::schema::{Direction, validate};
use super::{
    Crm, Grant, Heard, InProcess, LogEntry, NewRecord, RecordId, Reference, Transport,
    TransportError, UserId,
};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A system under test, at the other end of a transport.
#[derive(Debug)]
pub struct Driver {
    transport: Box<dyn Transport>,
    calls: Arc<AtomicU64>,
    /// Whether every message is held against the schema.
    validates: bool,
}

/// Why a call has no result. One variant per thing that a suite reports differently.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// It says that it cannot do this.
    #[error("the system under test does not support {capability}")]
    Unsupported {
        /// The capability it lacks.
        capability: String,
    },
    /// It failed.
    #[error("the system under test failed: {message}")]
    Raised {
        /// In one line.
        message: String,
        /// Where and why, as far as it tells.
        trace: String,
    },
    /// It does not know the method.
    #[error("the system under test does not know the method {method}")]
    UnknownMethod {
        /// The method.
        method: &'static str,
    },
    /// It does not understand the params.
    #[error("the system under test refuses the params of {method}: {message}")]
    InvalidParams {
        /// The method.
        method: &'static str,
        /// What it says.
        message: String,
    },
    /// It is gone, or can't be reached.
    #[error("there is no answer to {method}")]
    NoAnswer {
        /// The method.
        method: &'static str,
        /// What the transport says.
        #[source]
        source: TransportError,
    },
    /// What it said is not an answer to the call.
    #[error("malformed answer to {method}: {why}: {answer}")]
    MalformedAnswer {
        /// The method.
        method: &'static str,
        /// What is wrong with it.
        why: String,
        /// The line.
        answer: String,
    },
}

impl Driver {
    /// A driver over any transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self::numbered(transport, Arc::default())
    }

    /// A driver whose calls are numbered together with those of others, since a system gets them all.
    pub(super) fn numbered(transport: impl Transport + 'static, calls: Arc<AtomicU64>) -> Self {
        Driver {
            transport: Box::new(transport),
            calls,
            validates: false,
        }
    }

    /// Holds every message, in either direction, against the schema of the protocol.
    #[must_use]
    pub fn validating(mut self, validates: bool) -> Self {
        self.validates = validates;
        self
    }

    /// A driver of the reference client in this process.
    pub fn in_process(reference: Reference) -> Self {
        Self::new(InProcess(reference))
    }

    /// Begins a run. A system that has answered this before is not asked again.
    pub async fn hello(&mut self, run: &str) -> Result<HelloAnswer, DriverError> {
        let known = self.transport.introduction().await;
        if let Some(known) = known.map_err(no_answer::<Hello>)? {
            return Ok(known);
        }
        let answer = self
            .call(&Hello {
                protocols: vec![PROTOCOL],
                run: run.into(),
            })
            .await?;
        let kept = self.transport.introduced(&answer);
        kept.map_err(|error| {
            let now = format!("now it is {} {}", answer.name, answer.version);
            malformed::<Hello>(&error.to_string(), now)
        })?;
        Ok(answer)
    }

    /// What the system wrote beside its answers, since the last time.
    pub fn heard(&mut self) -> Heard {
        self.transport.heard()
    }

    /// Begins a scenario.
    pub async fn reset(&mut self, reset: &Reset) -> Result<(), DriverError> {
        self.call(reset).await.map(|_| ())
    }

    /// Adds a person to the Apollo team.
    pub async fn add_user(&mut self, user: &AddUser) -> Result<(), DriverError> {
        self.call(user).await.map(|_| ())
    }

    /// Links a user's personal login.
    pub async fn link(&mut self, user: &UserId, crm: Crm, grant: Grant) -> Result<(), DriverError> {
        self.call(&CredentialLink {
            user: user.clone(),
            crm,
            grant,
        })
        .await
        .map(|_| ())
    }

    /// Unlinks it.
    pub async fn unlink(&mut self, user: &UserId, crm: Crm) -> Result<(), DriverError> {
        self.call(&CredentialUnlink {
            user: user.clone(),
            crm,
        })
        .await
        .map(|_| ())
    }

    /// Connects team sync, in place of an earlier connection.
    pub async fn connect_team_sync(&mut self, crm: Crm, grant: Grant) -> Result<(), DriverError> {
        self.call(&Connect { crm, grant }).await.map(|_| ())
    }

    /// Disconnects team sync.
    pub async fn disconnect_team_sync(&mut self, crm: Crm) -> Result<(), DriverError> {
        self.call(&Disconnect { crm }).await.map(|_| ())
    }

    /// Saves a contact or an account in Apollo.
    pub async fn create_record(&mut self, record: &NewRecord) -> Result<Created, DriverError> {
        self.call(record).await
    }

    /// Changes values, or the owner, in Apollo.
    pub async fn update_record(&mut self, update: &RecordUpdate) -> Result<Created, DriverError> {
        self.call(update).await
    }

    /// Reads a record back from Apollo.
    pub async fn read_record(&mut self, record: &RecordId) -> Result<Created, DriverError> {
        self.call(&RecordRead {
            record: record.clone(),
        })
        .await
    }

    /// Pushes records to a CRM. One result a record asked for, in that order.
    pub async fn push(&mut self, push: &PushRecords) -> Result<Vec<PushResult>, DriverError> {
        let results = self.call(push).await?.results;
        let answered: Vec<_> = results.iter().map(|result| &result.record).collect();
        if answered != push.records.iter().collect::<Vec<_>>() {
            return Err(malformed::<PushRecords>(
                "results are not one a record, in order",
                format!("{answered:?}"),
            ));
        }
        Ok(results)
    }

    /// Logs an activity in a CRM.
    pub async fn log_activity(
        &mut self,
        activity: &ActivityLog,
    ) -> Result<ActivityResult, DriverError> {
        let mut results = self.call(activity).await?.results;
        match (results.pop(), results.len()) {
            (Some(result), 0) => Ok(result),
            (_, more) => Err(malformed::<ActivityLog>(
                "not exactly one result",
                format!("{more} more"),
            )),
        }
    }

    /// Reads the sync error log.
    pub async fn error_log(&mut self) -> Result<Vec<LogEntry>, DriverError> {
        Ok(self.call(&ErrorLog {}).await?.entries)
    }

    /// Any method: out as a line, in as a line.
    async fn call<M: Method>(&mut self, params: &M) -> Result<M::Answer, DriverError> {
        let id = Value::from(self.calls.fetch_add(1, Ordering::Relaxed) + 1);
        let line = request_line(params, id.clone())?;
        self.validate::<M>(Direction::Request, &line)?;
        let answer = self.transport.exchange(line).await;
        let answer = answer.map_err(no_answer::<M>)?;
        self.validate::<M>(Direction::Answer, &answer)?;
        let response: Response = serde_json::from_str(&answer)
            .map_err(|error| malformed::<M>(&error.to_string(), answer.clone()))?;
        match (response.result, response.error) {
            _ if response.id != id => Err(malformed::<M>("its id is not the request's", answer)),
            (Some(result), None) => serde_json::from_value(result)
                .map_err(|error| malformed::<M>(&error.to_string(), answer)),
            (None, Some(error)) => Err(refusal::<M>(error, answer)),
            _ => Err(malformed::<M>("neither a result nor an error", answer)),
        }
    }
}

impl Driver {
    fn validate<M: Method>(&self, direction: Direction, line: &str) -> Result<(), DriverError> {
        // What is no JSON at all is told by whoever reads it.
        let message = match serde_json::from_str::<Value>(line) {
            Ok(message) if self.validates => message,
            _ => return Ok(()),
        };
        validate(M::NAME, direction, &message).map_err(|violations| {
            let all: Vec<String> = violations.iter().take(3).map(ToString::to_string).collect();
            let broken = match direction {
                Direction::Request => "the suite's own request is not as the schema says, at",
                Direction::Answer => "not as the schema says, at",
            };
            malformed::<M>(&format!("{broken} {}", all.join("; ")), line.to_owned())
        })
    }
}

fn request_line<M: Method>(params: &M, id: Value) -> Result<String, DriverError> {
    let params = serde_json::to_value(params)
        .map_err(|error| malformed::<M>(&error.to_string(), String::new()))?;
    let request = Request {
        jsonrpc: Version::Two,
        id,
        method: M::NAME.into(),
        params,
    };
    let text = serde_json::to_string(&request)
        .map_err(|error| malformed::<M>(&error.to_string(), String::new()))?;
    Ok(one_line_for_everybody(&text))
}

/// JSON leaves these two letters as they are, and Node's `readline`, among others, ends a line there. They stand in strings alone,
/// where they may as well be escaped.
fn one_line_for_everybody(json: &str) -> String {
    json.replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn refusal<M: Method>(error: ErrorObject, answer: String) -> DriverError {
    let text = |name: &str| error.data[name].as_str().map(str::to_owned);
    match error.code {
        code::UNKNOWN_METHOD => DriverError::UnknownMethod { method: M::NAME },
        code::INVALID_PARAMS => DriverError::InvalidParams {
            method: M::NAME,
            message: error.message,
        },
        code::RAISED => DriverError::Raised {
            trace: text("trace").unwrap_or_default(),
            message: error.message,
        },
        code::UNSUPPORTED => DriverError::Unsupported {
            capability: text("capability").unwrap_or(error.message),
        },
        other => malformed::<M>(&format!("error {other}"), answer),
    }
}

fn no_answer<M: Method>(source: TransportError) -> DriverError {
    DriverError::NoAnswer {
        method: M::NAME,
        source,
    }
}

fn malformed<M: Method>(why: &str, answer: String) -> DriverError {
    DriverError::MalformedAnswer {
        method: M::NAME,
        why: why.into(),
        answer: shortened(&answer, 500),
    }
}
