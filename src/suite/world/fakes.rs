//! Names, companies and addresses, drawn from a seed: a driver that has learnt them by heart fails the next run.

use std::collections::BTreeSet;

use fake::Fake;
use fake::faker::company::en::CompanyName;
use fake::faker::name::en::{FirstName, LastName};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

use crate::live::Prefix;
use crate::rules::Kind;

/// A stream of made-up things. The same seed gives the same stream.
#[derive(Debug)]
pub(super) struct Fakes {
    random: StdRng,
    made: u32,
    names: BTreeSet<String>,
    /// What everything that gets into a live CRM has to bear.
    prefix: Option<Prefix>,
}

/// A person who does not exist.
#[derive(Clone, Debug)]
pub(super) struct FakePerson {
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) email: String,
    /// Below a million, and nobody else's: for ids.
    pub(super) number: u32,
}

impl FakePerson {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

impl Fakes {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            random: StdRng::seed_from_u64(seed),
            made: 0,
            names: BTreeSet::new(),
            prefix: None,
        }
    }

    /// From here on, whatever gets into a CRM bears this.
    pub(super) fn mark(&mut self, prefix: Prefix) {
        self.prefix = Some(prefix);
    }

    /// A text that gets into a CRM.
    pub(super) fn titled(&self, text: &str) -> String {
        match &self.prefix {
            Some(prefix) => format!("{prefix} {text}"),
            None => text.to_owned(),
        }
    }

    /// An address, of e-mail or of a company.
    fn addressed(&self, address: String) -> String {
        match &self.prefix {
            Some(prefix) => format!("{prefix}.{address}"),
            None => address,
        }
    }

    /// Somebody who gets into a CRM.
    pub(super) fn contact(&mut self) -> FakePerson {
        let person = self.person(None);
        if self.prefix.is_none() {
            return person;
        }
        let (_, domain) = person.email.split_once('@').unwrap_or_default();
        // A portal may make a company of the domain. Salesforce takes addresses of 80 letters, so the name is left out.
        let domain = self.addressed(domain.to_owned());
        FakePerson {
            last_name: self.titled(&person.last_name),
            email: self.addressed(format!("{}@{domain}", self.made)),
            ..person
        }
    }

    /// What an activity is about.
    pub(super) fn subject_line(&mut self, kind: Kind) -> String {
        let word = self.word();
        self.titled(&format!("{kind} {word}"))
    }

    /// A company's place in the web.
    pub(super) fn domain(&mut self) -> String {
        let domain = format!("{}.example", self.word());
        self.addressed(domain)
    }

    /// From here on, another stream; what was made so far is not made again.
    pub(super) fn go_on_from(&mut self, seed: u64) {
        self.random = StdRng::seed_from_u64(seed);
    }

    /// A person; name, address and number are unique in the scenario.
    pub(super) fn person(&mut self, first_name: Option<&str>) -> FakePerson {
        let (first_name, last_name) = self.name(first_name);
        let plain = |name: &str| {
            name.chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_lowercase()
        };
        self.made += 1;
        let domain = self.word();
        let email = format!(
            "{}.{}{}@{domain}.example",
            plain(&first_name),
            plain(&last_name),
            self.made
        );
        FakePerson {
            first_name,
            last_name,
            email,
            number: self.made * 1_000 + self.random.random_range(0..1_000),
        }
    }

    /// A name that nobody else of the scenario has.
    fn name(&mut self, first_name: Option<&str>) -> (String, String) {
        loop {
            let first_name = first_name.map_or_else(
                || FirstName().fake_with_rng(&mut self.random),
                str::to_owned,
            );
            let last_name: String = LastName().fake_with_rng(&mut self.random);
            if self.names.insert(format!("{first_name} {last_name}")) {
                return (first_name, last_name);
            }
        }
    }

    /// A company; the name is unique in the scenario.
    pub(super) fn company(&mut self) -> String {
        let name: String = CompanyName().fake_with_rng(&mut self.random);
        self.made += 1;
        self.titled(&format!("{name} {}", self.made))
    }

    /// In another order.
    pub(super) fn shuffled<T, const N: usize>(&mut self, mut things: [T; N]) -> [T; N] {
        things.shuffle(&mut self.random);
        things
    }

    /// A number that comes only once in the scenario.
    pub(super) fn number(&mut self) -> u32 {
        self.made += 1;
        self.made * 100 + self.random.random_range(0..100)
    }

    /// Some letters.
    pub(super) fn word(&mut self) -> String {
        (0..8)
            .map(|_| char::from(self.random.random_range(b'a'..=b'z')))
            .collect()
    }
}
