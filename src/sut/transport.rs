//! How a line gets to the system under test and its answer back.

use super::heard::Heard;
use super::{HelloAnswer, Reference};
use async_trait::async_trait;
use std::fmt::Debug;

/// Carries one line there and one line back.
#[async_trait]
pub trait Transport: Debug + Send {
    /// Neither line holds a line break.
    async fn exchange(&mut self, line: String) -> Result<String, TransportError>;

    /// What the system has said of itself, where it has been asked before this scenario: it is asked once.
    async fn introduction(&mut self) -> Result<Option<HelloAnswer>, TransportError> {
        Ok(None)
    }

    /// The system has said who it is.
    ///
    /// # Errors
    /// Where that can't be.
    fn introduced(&mut self, _: &HelloAnswer) -> Result<(), TransportError> {
        Ok(())
    }

    /// What the system wrote beside its answers, since the last time.
    fn heard(&mut self) -> Heard {
        Heard::default()
    }
}

/// The system under test is gone, or its pipe or connection is.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct TransportError {
    /// What was tried.
    pub message: String,
    /// What the system said.
    #[source]
    pub source: Option<std::io::Error>,
}

/// The reference client in this process: the same lines as over a pipe, without the pipe.
#[derive(Debug)]
pub struct InProcess(pub Reference);

#[async_trait]
impl Transport for InProcess {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        Ok(self.0.handle(&line).await)
    }
}
