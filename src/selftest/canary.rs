//! Whether the self-test can be trusted: it has to catch what is plainly wrong, to pass what is right, and to own up to a miss.

use super::run::one;
use super::{Client, Kind, Options, Outcome, Scope, SelfTestError, Tested};
use crate::suite::lint::rows_of;
use crate::suite::run::Connect;
use crate::sync::Policy;

/// What became of the canaries.
#[derive(Debug)]
pub struct Canary {
    /// Everything that the self-test gets wrong about clients that it can't get wrong. Empty: it can be trusted.
    pub wrong: Vec<String>,
    /// The reference client, which has run every scenario.
    pub reference: Tested,
}

/// Runs them.
///
/// # Errors
/// Where the mocks can't be started.
pub fn check(options: &Options) -> Result<Canary, SelfTestError> {
    let own_rows = Options {
        scope: Scope::OwnRows,
        ..options.clone()
    };
    let mut wrong = Vec::new();
    for (client, wanted) in canaries(options) {
        wrong.extend(differs(&one(&client, &own_rows)?, wanted));
    }
    let reference = one(&Client::reference(), options)?;
    wrong.extend(differs(&reference, Outcome::Passed));
    Ok(Canary { wrong, reference })
}

fn differs(tested: &Tested, wanted: Outcome) -> Option<String> {
    let (name, description, found) = (&tested.name, &tested.description, tested.outcome);
    (found != wanted)
        .then(|| format!("{name} ({description}): expected to be {wanted}, and is {found}"))
}

/// Each with what the self-test has to make of it.
fn canaries(options: &Options) -> Vec<(Client, Outcome)> {
    // The first row that a scenario is tagged with will do.
    let breaks: Vec<_> = options.scenarios.iter().flat_map(rows_of).take(1).collect();
    let faulty = |name: &str, description: &str, policy| Client {
        name: name.to_owned(),
        description: description.to_owned(),
        kind: Kind::Faulty,
        breaks: breaks.clone(),
        causes: Vec::new(),
        connect: Connect::reference(policy),
        strict: false,
        patience: None,
    };
    let refusing = Policy {
        credentials: |_| vec![],
        ..Policy::reference()
    };
    vec![
        (
            faulty("canary-refuses", "finds no login, ever", refusing),
            Outcome::Caught,
        ),
        (
            faulty(
                "canary-in-disguise",
                "the reference client, said to be faulty",
                Policy::reference(),
            ),
            Outcome::Missed,
        ),
    ]
}
