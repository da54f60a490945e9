//! How a line gets to the system under test and its answer back.

use super::Reference;
use async_trait::async_trait;
use std::fmt::Debug;

/// Carries one line there and one line back.
#[async_trait]
pub trait Transport: Debug + Send {
    /// Neither line holds a line break.
    async fn exchange(&mut self, line: String) -> Result<String, TransportError>;
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
