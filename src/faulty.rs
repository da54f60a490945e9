//! The wrong variations of the reference client, small and named: each replaces one choice of its policy.
//!
//! A suite that lets one of them pass does not test what it claims. None of them changes the client itself.

mod batches;
mod duplicates;
mod guesses;
mod leads;
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
    /// The rows that it breaks. It counts as caught only if a scenario of one of them turns red, by that row.
    pub breaks: &'static [&'static str],
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
        batches::faults(),
        duplicates::faults(),
        guesses::faults(),
        leads::faults(),
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
    use crate::apollo::{Credentials, Crm, CrmObject, Grant, Holder, Mode, Source, UserId};
    use crate::sync::{Candidate, Case, Change, Identity, Permission, Verb, Write};
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

    /// Everything that the documents could ask about a push.
    fn every_case() -> impl Iterator<Item = Case> {
        use CrmObject::{Account, Call, Contact, Email, Lead, Task};
        use Source::{Csv, Gmail, Jobchange, Linkedin, Manual, Prospecting};
        let verbs = [
            Verb::Create,
            Verb::Update {
                owner_changed: false,
            },
        ];
        let crms = [Crm::Salesforce, Crm::Hubspot].into_iter();
        let modes = crms.flat_map(|crm| [Mode::Single, Mode::Bulk].map(|mode| (crm, mode)));
        let objects = [Contact, Account, Lead, Email, Task, Call];
        let with_objects =
            modes.flat_map(move |(crm, mode)| objects.map(|object| (crm, mode, object)));
        let sources = [Manual, Csv, Gmail, Linkedin, Prospecting, Jobchange];
        with_objects.flat_map(move |(crm, mode, object)| {
            sources.into_iter().flat_map(move |source| {
                verbs.map(|verb| Case {
                    crm,
                    mode,
                    object,
                    source,
                    verb,
                })
            })
        })
    }

    /// Whether two policies differ in a login or an owner, in the handling of tokens or creates, or in what they send.
    fn differ(one: &Policy, other: &Policy) -> bool {
        let choices = |policy: &Policy, case| ((policy.credentials)(&case), (policy.owners)(&case));
        let identity = Identity {
            user_id: "101".into(),
            owner_id: Some("9".into()),
        };
        let rest = |policy: &Policy| {
            let sent = writes(&identity).map(|mut write| {
                (policy.last_look)(&mut write);
                (write.owner, write.assignment_rules)
            });
            (
                (policy.refresh, policy.creates, policy.batches),
                (policy.recognition, policy.look_up),
                (policy.owner_id)(&identity),
                sent.collect::<Vec<_>>(),
                (policy.highest)(&candidates()),
            )
        };
        every_case().any(|case| choices(one, case) != choices(other, case))
            || rest(one) != rest(other)
    }

    /// Creates and updates of leads and accounts, alone and in bulk.
    fn writes(writer: &Identity) -> impl Iterator<Item = Write> {
        let create = Change::Create {
            external_id: "a1".into(),
        };
        let update = Change::Update {
            crm_id: "c1".into(),
        };
        let changes = [create, update].into_iter();
        let modes = changes
            .flat_map(|change| [Mode::Single, Mode::Bulk].map(|mode| (change.clone(), mode)));
        let objects = modes.flat_map(|(change, mode)| {
            [CrmObject::Lead, CrmObject::Account].map(|object| (change.clone(), mode, object))
        });
        let writer = writer.clone();
        objects.map(move |(change, mode, object)| Write {
            crm: Crm::Salesforce,
            mode,
            object,
            change,
            properties: Default::default(),
            owner: Some("9".into()),
            related: vec![],
            assignment_rules: false,
            writer: writer.clone(),
        })
    }

    /// A weak user who connected first, and a strong one.
    fn candidates() -> Vec<Candidate> {
        let mut credentials = Credentials::default();
        [Permission::Ordinary, Permission::ChangesEverything]
            .map(|permission| {
                let user = UserId(format!("{permission:?}"));
                let grant = Grant {
                    access_token: String::new(),
                    refresh_token: None,
                    instance_url: None,
                    expires_in: None,
                };
                let credential =
                    credentials.connect(Crm::Salesforce, Holder::User(user.clone()), grant);
                Candidate {
                    credential,
                    user,
                    permission,
                }
            })
            .to_vec()
    }

    #[test]
    fn every_variation_does_something_that_the_reference_does_not() {
        let reference = Policy::reference();
        let harmless: Vec<_> = catalogue()
            .iter()
            .filter(|client| !differ(&client.policy, &reference))
            .map(|client| client.name)
            .collect();

        assert!(!differ(&reference, &Policy::reference()));
        assert_eq!(harmless, Vec::<&str>::new());
    }
}
