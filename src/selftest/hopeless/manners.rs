//! Clients that differ from the reference client in what they reply, and need no memory for it.

use async_trait::async_trait;
use serde_json::{Value, json};

use super::line::Call;
use crate::suite::run::Connect;
use crate::sut::{Driver, InProcess, Transport, TransportError};

/// What becomes of a call.
pub(super) enum Reply {
    /// The reference client answers.
    PassOn,
    /// This is the answer.
    Say(Value),
    /// The system ends.
    End,
    /// There is no answer, ever.
    Never,
}

type Manner = fn(&Call) -> Reply;

#[derive(Debug)]
struct IllMannered {
    inside: InProcess,
    manner: Manner,
}

#[async_trait]
impl Transport for IllMannered {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        let call = Call::read(&line);
        match (self.manner)(&call) {
            Reply::PassOn => self.inside.exchange(line).await,
            Reply::Say(result) => Ok(call.answer(&result)),
            Reply::End => Err(TransportError {
                message: "the pipe is closed".to_owned(),
                source: None,
            }),
            Reply::Never => std::future::pending().await,
        }
    }
}

pub(super) fn connect(manner: Manner) -> Connect {
    Connect::around_reference(move |inside| Driver::new(IllMannered { inside, manner }))
}

pub(super) fn refuse(call: &Call) -> Reply {
    let refused = json!({ "outcome": "refused", "reason": "no_credential" });
    instead_of_writing(call, &refused)
}

pub(super) fn lie(call: &Call) -> Reply {
    let pushed = json!({ "outcome": "pushed", "crm_id": "003000000000001AAA" });
    instead_of_writing(call, &pushed)
}

fn instead_of_writing(call: &Call, outcome: &Value) -> Reply {
    if call.writes() {
        Reply::Say(call.outcome(outcome))
    } else {
        Reply::PassOn
    }
}

pub(super) fn end(call: &Call) -> Reply {
    if call.writes() {
        Reply::End
    } else {
        Reply::PassOn
    }
}

pub(super) fn hang(_: &Call) -> Reply {
    Reply::Never
}

pub(super) fn echo(call: &Call) -> Reply {
    match call.method.as_str() {
        // Without a hello nothing would run.
        "hello" => Reply::PassOn,
        _ => Reply::Say(call.params.clone()),
    }
}
