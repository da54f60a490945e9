//! A person as the system under test, for products that nobody can script: the same messages, said in plain words.
//!
//! Each message becomes an instruction on a terminal, and the key that the person presses becomes its answer. What came of it
//! is read from the CRMs, as ever. One [`Desk`] is there for a whole run, one [`Manual`] for each scenario.

mod answer;
mod checklist;
mod conduct;
mod console;
mod desk;
mod instruction;
mod login;
mod scene;
#[cfg(test)]
mod tests;

pub use checklist::{Checklist, Group, Point};
pub use console::Console;
pub use desk::{Desk, Product};

use async_trait::async_trait;
use serde_json::Value;
use std::sync::Arc;

use super::rpc::{ErrorObject, Request, Response, code};
use super::{Transport, TransportError};
use scene::Scene;

/// One scenario, done by hand.
#[derive(Debug)]
pub struct Manual {
    desk: Arc<Desk>,
    scene: Scene,
}

/// Why an instruction has no result.
#[derive(Debug)]
enum Halt {
    /// The person goes on another time.
    Left,
    /// What the protocol calls an error.
    Error(ErrorObject),
}

impl Manual {
    /// For whoever sits at the desk.
    pub fn new(desk: Arc<Desk>) -> Self {
        Self {
            desk,
            scene: Scene::default(),
        }
    }

    async fn respond(&mut self, line: &str) -> Result<Response, Halt> {
        let request: Request = match serde_json::from_str(line) {
            Ok(request) => request,
            Err(error) => {
                let error = ErrorObject::new(code::INVALID_REQUEST, error.to_string());
                return Ok(Response::new(Value::Null, Err(error)));
            }
        };
        let id = request.id.clone();
        match self.conduct(request).await {
            Ok(result) => Ok(Response::new(id, Ok(result))),
            Err(Halt::Error(error)) => Ok(Response::new(id, Err(error))),
            Err(Halt::Left) => Err(Halt::Left),
        }
    }
}

#[async_trait]
impl Transport for Manual {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        match self.respond(&line).await {
            // A response is made of strings, numbers and maps with string keys, so writing it cannot fail.
            Ok(response) => Ok(serde_json::to_string(&response).unwrap_or_default()),
            Err(_) => Err(TransportError {
                message: "the person goes on another time".to_owned(),
                source: None,
            }),
        }
    }
}

/// How many instructions a person gets for these methods of a scenario, in their order.
///
/// The team is one of them, and whoever has just said who owns a record isn't asked again.
pub fn instructions(methods: &[String]) -> usize {
    let mut count = 0;
    let mut said_before = false;
    for method in methods {
        let asks = match method.as_str() {
            "hello" | "user.add" => continue,
            "record.read" => !said_before,
            _ => true,
        };
        count += usize::from(asks);
        said_before = matches!(method.as_str(), "record.create" | "record.read");
    }
    count
}
