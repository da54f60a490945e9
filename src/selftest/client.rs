use std::time::Duration;

use serde::Serialize;

use super::SelfTestError;
use crate::faulty::FaultyClient;
use crate::observe::Cause;
use crate::rules::RowId;
use crate::suite::run::Connect;
use crate::sync::Policy;

/// What the suite has to make of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The reference client: it passes.
    Reference,
    /// Looks wrong, and is permitted: it passes.
    Permitted,
    /// Gets one thing wrong: a row that it breaks turns red.
    Faulty,
    /// Gets nothing right: no documented row counts as kept.
    Hopeless,
}

/// A client to run the features against.
#[derive(Clone, Debug)]
pub struct Client {
    /// Unique, in words joined by hyphens.
    pub name: String,
    /// What it does.
    pub description: String,
    /// What the suite has to make of it.
    pub kind: Kind,
    /// The rows that a faulty client breaks; of the others none.
    pub breaks: Vec<RowId>,
    /// The causes that a right diagnosis of a faulty client names; of the others none.
    pub causes: Vec<Cause>,
    /// How to get at it.
    pub connect: Connect,
    /// Whether it is judged strictly, since what it breaks is only inferred.
    pub strict: bool,
    /// How long it may take over a step, where that is to be less than usual.
    pub patience: Option<Duration>,
}

impl Client {
    /// The reference client.
    pub fn reference() -> Self {
        Self::right(
            Kind::Reference,
            "reference",
            "the recommended readings, with good manners",
            Policy::reference(),
        )
    }

    /// A behaviour that is permitted, by its policy.
    pub fn permitted(name: &str, description: &str, policy: Policy) -> Self {
        Self::right(Kind::Permitted, name, description, policy)
    }

    /// A faulty client.
    ///
    /// # Errors
    /// Where it names a row or a cause that there is not.
    pub fn faulty(client: &FaultyClient) -> Result<Self, SelfTestError> {
        let row = |id: &&'static str| {
            id.parse().map_err(|_| SelfTestError::NoSuchRow {
                client: client.name.to_owned(),
                row: (*id).to_owned(),
            })
        };
        let cause = |id: &&'static str| {
            id.parse().map_err(|_| SelfTestError::NoSuchCause {
                client: client.name.to_owned(),
                cause: (*id).to_owned(),
            })
        };
        Ok(Self {
            kind: Kind::Faulty,
            breaks: client.breaks.iter().map(row).collect::<Result<_, _>>()?,
            causes: client.causes.iter().map(cause).collect::<Result<_, _>>()?,
            ..Self::right(Kind::Faulty, client.name, client.description, client.policy)
        })
    }

    /// The same, judged strictly: what it breaks is only inferred, and a warning would be no catch.
    pub fn strictly(self) -> Self {
        Self {
            strict: true,
            ..self
        }
    }

    fn right(kind: Kind, name: &str, description: &str, policy: Policy) -> Self {
        Self {
            name: name.to_owned(),
            description: description.to_owned(),
            kind,
            breaks: Vec::new(),
            causes: Vec::new(),
            connect: Connect::reference(policy),
            strict: false,
            patience: None,
        }
    }
}
