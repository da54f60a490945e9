//! The wrong variations of the reference client, small and named: each replaces one choice of its policy.
//!
//! A suite that lets one of them pass does not test what it claims. None of them changes the client itself.

mod logins;
mod modes;
mod owners;
mod tokens;

use crate::sync::Policy;

/// A client that gets one thing wrong.
#[derive(Clone, Copy, Debug)]
pub struct FaultyClient {
    /// Unique, in words joined by hyphens.
    pub name: &'static str,
    /// What it gets wrong.
    pub description: &'static str,
    /// Its number in the list of faults, and where the fault was seen: a public tracker, a document, or derived from the rules.
    pub source: &'static str,
    /// The policy that does it.
    pub policy: Policy,
}

/// Every wrong variation.
pub fn catalogue() -> Vec<FaultyClient> {
    [
        logins::faults(),
        owners::faults(),
        tokens::faults(),
        modes::faults(),
    ]
    .concat()
}

/// The variation of this name.
pub fn find(name: &str) -> Option<FaultyClient> {
    catalogue().into_iter().find(|client| client.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_variation_has_a_name_of_its_own_and_can_be_found() {
        let names: BTreeSet<_> = catalogue().iter().map(|client| client.name).collect();

        assert_eq!(names.len(), catalogue().len());
        assert!(
            names
                .iter()
                .all(|name| find(name).is_some_and(|client| client.name == *name))
        );
    }
}
