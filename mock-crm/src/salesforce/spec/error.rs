//! What is wrong with a specification.

use std::fmt;

/// A specification that no org can be opened with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct SpecError {
    /// Where in the specification: `users[2].profile`.
    pub path: String,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl SpecError {
    pub(crate) fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
            hint: None,
        }
    }

    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// A name that is not among those that are known.
    pub(crate) fn unknown<'n>(
        path: impl Into<String>,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) -> Self {
        let mut known: Vec<_> = known.collect();
        known.sort_unstable();
        let hint = match known.as_slice() {
            [] => format!("there is no {what} in the specification"),
            known => format!("known: {}", known.join(", ")),
        };
        Self::new(path, format!("no {what} is called \"{name}\"")).hint(hint)
    }
}

impl fmt::Display for SpecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}
