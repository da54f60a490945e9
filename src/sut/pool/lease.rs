//! A system under test in the hands of one scenario.

use std::sync::Arc;

use async_trait::async_trait;

use super::Systems;
use super::processes::Employed;
use crate::sut::heard::Heard;
use crate::sut::{HelloAnswer, Transport, TransportError};

/// Takes hold of a system when it is first asked, and gives it back when dropped.
#[derive(Debug)]
pub(super) struct Lease {
    systems: Arc<Systems>,
    held: Option<Employed>,
    /// A call is under way. One that is given up leaves a system behind that nobody can rely on.
    asking: bool,
}

impl Lease {
    pub(super) fn new(systems: Arc<Systems>) -> Self {
        Self {
            systems,
            held: None,
            asking: false,
        }
    }

    fn take(&mut self) -> Result<&mut Employed, TransportError> {
        let held = match self.held.take() {
            Some(held) => held,
            None => self.systems.processes.take()?,
        };
        Ok(self.held.insert(held))
    }
}

#[async_trait]
impl Transport for Lease {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        self.take()?;
        let Some(held) = &self.held else {
            return Err(TransportError {
                message: "there is no system under test".to_owned(),
                source: None,
            });
        };
        self.asking = true;
        let answer = held.process.exchange(line).await;
        self.asking = false;
        answer
    }

    async fn introduction(&mut self) -> Result<Option<HelloAnswer>, TransportError> {
        Ok(self.take()?.introduction.clone())
    }

    fn introduced(&mut self, answer: &HelloAnswer) -> Result<(), TransportError> {
        self.systems.introduced(answer)?;
        if let Some(held) = &mut self.held {
            held.introduction = Some(answer.clone());
        }
        Ok(())
    }

    fn heard(&mut self) -> Heard {
        self.held
            .as_ref()
            .map(|held| held.process.heard())
            .unwrap_or_default()
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(held) = self.held.take() {
            self.systems.processes.give_back(held, self.asking);
        }
    }
}
