//! Wrong clients for the relations that no client of the catalogue breaks.

use async_trait::async_trait;
use crm_conformance::suite::run::Connect;
use crm_conformance::sut::{Driver, InProcess, Reference, Source, Transport, TransportError};
use crm_conformance::sync::{Policy, TokioSleeper, Whose};
use serde_json::Value;
use std::sync::Arc;

/// A CSV upload goes through team sync; by hand it does not.
pub(crate) fn csv_through_team_sync() -> Connect {
    Connect::reference(Policy {
        credentials: |case| match case.source {
            Source::Csv => vec![Whose::TeamSync, Whose::You, Whose::Highest],
            _ => (Policy::reference().credentials)(case),
        },
        ..Policy::reference()
    })
}

/// An owner whose id is odd is left out.
pub(crate) fn odd_ids_are_nobody() -> Connect {
    Connect::reference(Policy {
        owner_id: |identity| {
            let owner = identity.owner_id.clone()?;
            let odd = owner.bytes().map(u32::from).sum::<u32>() % 2 == 1;
            (!odd).then_some(owner)
        },
        ..Policy::reference()
    })
}

/// Whoever linked first stands in for team sync.
pub(crate) fn first_linked_stands_in() -> Connect {
    Connect::reference(Policy {
        highest: |candidates| (!candidates.is_empty()).then_some(0),
        ..Policy::reference()
    })
}

/// Whoever linked last does.
pub(crate) fn last_linked_stands_in() -> Connect {
    Connect::reference(Policy {
        highest: |candidates| candidates.len().checked_sub(1),
        ..Policy::reference()
    })
}

/// The first push decides who all later ones are by.
pub(crate) fn everybody_is_whoever_pushed_first() -> Connect {
    Connect::new(|| {
        let reference = Reference::new(Policy::reference(), Arc::new(TokioSleeper));
        Driver::new(OnePusher {
            inside: InProcess(reference),
            first: None,
        })
    })
}

#[derive(Debug)]
struct OnePusher {
    inside: InProcess,
    first: Option<Value>,
}

#[async_trait]
impl Transport for OnePusher {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        let mut message: Value = serde_json::from_str(&line).expect("a driver message is JSON");
        if message["method"] == "push" {
            let user = message["params"]["user"].clone();
            message["params"]["user"] = self.first.get_or_insert(user).clone();
        }
        self.inside.exchange(message.to_string()).await
    }
}
