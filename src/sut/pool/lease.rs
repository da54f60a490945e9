//! A system under test in the hands of one scenario.

use std::sync::Arc;

use async_trait::async_trait;

use super::addresses::Listed;
use super::processes::Employed;
use super::{Kind, Systems};
use crate::sut::heard::Heard;
use crate::sut::http::Connection;
use crate::sut::{HelloAnswer, Transport, TransportError};

/// Takes hold of a system when it is first asked, and gives it back when dropped.
#[derive(Debug)]
pub(super) struct Lease {
    systems: Arc<Systems>,
    held: Option<Held>,
    /// A call is under way. One that is given up leaves a system behind that nobody can rely on.
    asking: bool,
    /// A call failed for good: there is nothing left to ask.
    useless: bool,
}

#[derive(Debug)]
enum Held {
    Process(Employed),
    Address {
        listed: Listed,
        connection: Connection,
    },
}

impl Lease {
    pub(super) fn new(systems: Arc<Systems>) -> Self {
        Self {
            systems,
            held: None,
            asking: false,
            useless: false,
        }
    }

    async fn take(&mut self) -> Result<&mut Held, TransportError> {
        let held = match self.held.take() {
            Some(held) => held,
            None => self.systems.take().await?,
        };
        Ok(self.held.insert(held))
    }
}

impl Systems {
    async fn take(&self) -> Result<Held, TransportError> {
        match &self.kind {
            Kind::Processes(processes) => Ok(Held::Process(processes.take()?)),
            Kind::Addresses(addresses) => {
                let listed = addresses.take().await;
                match Connection::to(listed.address.clone()) {
                    Ok(connection) => Ok(Held::Address { listed, connection }),
                    Err(error) => {
                        addresses.give_back(listed);
                        Err(error)
                    }
                }
            }
        }
    }

    fn give_back(&self, held: Held, owes_an_answer: bool, useless: bool) {
        match (&self.kind, held) {
            (Kind::Processes(processes), Held::Process(employed)) => {
                processes.give_back(employed, owes_an_answer, useless);
            }
            // Nobody here can end it; a call that was given up is cut off with its connection.
            (Kind::Addresses(addresses), Held::Address { listed, .. }) => {
                addresses.give_back(listed);
            }
            _ => {}
        }
    }
}

impl Held {
    fn introduction(&mut self) -> &mut Option<HelloAnswer> {
        match self {
            Self::Process(employed) => &mut employed.introduction,
            Self::Address { listed, .. } => &mut listed.introduction,
        }
    }

    async fn exchange(&self, line: String) -> Result<String, TransportError> {
        match self {
            Self::Process(employed) => employed.process.exchange(line).await,
            Self::Address { connection, .. } => connection.exchange(line).await,
        }
    }
}

#[async_trait]
impl Transport for Lease {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        // Waiting for a system to be free is no call.
        self.take().await?;
        self.asking = true;
        let answer = self.take().await?.exchange(line).await;
        self.asking = false;
        self.useless |= answer.is_err();
        answer
    }

    async fn introduction(&mut self) -> Result<Option<HelloAnswer>, TransportError> {
        Ok(self.take().await?.introduction().clone())
    }

    fn introduced(&mut self, answer: &HelloAnswer) -> Result<(), TransportError> {
        self.systems.introduced(answer)?;
        if let Some(held) = &mut self.held {
            *held.introduction() = Some(answer.clone());
        }
        Ok(())
    }

    fn heard(&mut self) -> Heard {
        match &self.held {
            Some(Held::Process(employed)) => employed.process.heard(),
            _ => Heard::default(),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(held) = self.held.take() {
            self.systems.give_back(held, self.asking, self.useless);
        }
    }
}
