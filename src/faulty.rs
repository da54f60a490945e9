//! The wrong variations of the reference client, small and named: each replaces one choice of its policy.
//!
//! A suite that lets one of them pass does not test what it claims. None of them changes the client itself.
//! Beside them, variations that are permitted: a suite that fails one of those claims more than the documents do.

mod activities;
mod alike;
mod apollo;
mod batches;
mod columns;
mod duplicates;
mod guesses;
mod later;
mod leads;
mod logins;
mod modes;
mod owner_values;
mod owners;
mod permitted;
mod sessions;
mod tokens;
mod trouble;
mod unobserved;
mod unusable;
mod updates;
mod warned;

pub use alike::{AlikeClient, alike};
pub use permitted::{PermittedClient, permitted};
pub use unobserved::{UNOBSERVED, Unobserved};

use crate::sync::{Case, Owner, Policy, Verb};

/// A client that gets one thing wrong.
#[derive(Clone, Copy, Debug)]
pub struct FaultyClient {
    /// Unique, in words joined by hyphens.
    pub name: &'static str,
    /// What it gets wrong.
    pub description: &'static str,
    /// Its number in the list of faults, and where the fault was seen: a public tracker, a document, or derived from the rules.
    pub source: &'static str,
    /// The rows that it breaks. It counts as caught only if a scenario of one of them turns red, by that row.
    pub breaks: &'static [&'static str],
    /// The causes that a right diagnosis names, by their ids, judged by what the client does; several where each is as right.
    pub causes: &'static [&'static str],
    /// The policy that does it.
    pub policy: Policy,
}

/// Every wrong variation.
pub fn catalogue() -> Vec<FaultyClient> {
    [
        columns::faults(),
        logins::faults(),
        unusable::faults(),
        owners::faults(),
        owner_values::faults(),
        tokens::faults(),
        modes::faults(),
        activities::faults(),
        apollo::faults(),
        batches::faults(),
        duplicates::faults(),
        guesses::faults(),
        leads::faults(),
        later::faults(),
        sessions::faults(),
        trouble::faults(),
        updates::faults(),
    ]
    .concat()
}

/// Those of them that were written after the patterns of likely causes were frozen.
pub fn later() -> Vec<FaultyClient> {
    later::faults()
}

/// Wrong variations that break inferred rows alone. A run warns of them, and only a strict one fails.
pub fn warned() -> Vec<FaultyClient> {
    warned::faults()
}

/// The variation of this name.
pub fn find(name: &str) -> Option<FaultyClient> {
    let all = [catalogue(), warned()].concat();
    all.into_iter().find(|client| client.name == name)
}

/// Every variation there is, wrong, permitted or alike, by its name.
pub fn variations() -> Vec<(&'static str, Policy)> {
    let wrong = [catalogue(), warned()].concat().into_iter();
    let wrong = wrong.map(|client| (client.name, client.policy));
    let permitted = permitted().into_iter();
    let alike = alike().into_iter();
    wrong
        .chain(permitted.map(|client| (client.name, client.policy)))
        .chain(alike.map(|client| (client.name, client.policy)))
        .collect()
}

/// These owners for a new record. Updates stay as they are in the reference client.
fn on_create(case: &Case, owners: Vec<Owner>) -> Vec<Owner> {
    match case.verb {
        Verb::Create => owners,
        Verb::Update { .. } => (Policy::reference().owners)(case),
    }
}

/// Whoever creates a record becomes its owner.
fn owned_by_writer(case: &Case) -> Vec<Owner> {
    on_create(case, vec![Owner::Writer])
}

#[cfg(test)]
mod tests;
