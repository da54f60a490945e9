//! What every record of a run bears at the start of a name, an address or a subject.
//!
//! It is one word of letters and digits: HubSpot's search looks for words, and a hyphen would cut it into pieces.

use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// What all of them begin with.
const MARK: &str = "crmc";
const RUN_LETTERS: usize = 8;
const SCENARIO_LETTERS: usize = 6;

/// One run.
///
/// Invariant: `crmc` and eight small letters or digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunName(String);

/// One scenario of a run.
///
/// Invariant: the name of its run, `x`, and six small letters or digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prefix(String);

/// A name of a run that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is no name of a run: expected {MARK} and {RUN_LETTERS} small letters or digits, as a report and `sweep` show it"
)]
pub struct NotARunName(String);

impl RunName {
    /// One that no other run has, whatever the seed.
    pub fn new() -> Self {
        // Random by the keys that the standard library gives every process for its hash maps.
        let random = RandomState::new().hash_one(std::process::id());
        Self(format!("{MARK}{}", letters(random, RUN_LETTERS)))
    }

    /// For the scenario of this number.
    pub fn scenario(&self, number: u64) -> Prefix {
        Prefix(format!("{}x{}", self.0, letters(number, SCENARIO_LETTERS)))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for RunName {
    fn default() -> Self {
        Self::new()
    }
}

impl TryFrom<&str> for RunName {
    type Error = NotARunName;

    fn try_from(text: &str) -> Result<Self, NotARunName> {
        let rest = text.strip_prefix(MARK);
        match rest.filter(|rest| rest.len() == RUN_LETTERS && plain(rest)) {
            Some(_) => Ok(Self(text.to_owned())),
            None => Err(NotARunName(text.to_owned())),
        }
    }
}

impl std::str::FromStr for RunName {
    type Err = NotARunName;

    fn from_str(text: &str) -> Result<Self, NotARunName> {
        Self::try_from(text)
    }
}

impl Prefix {
    /// The prefix that a text bears: at its start, and followed by something that is neither letter nor digit.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let end = text
            .find(|letter: char| !letter.is_ascii_alphanumeric())
            .unwrap_or(text.len());
        let word = text.get(..end)?;
        let (run, scenario) = word.split_at_checked(MARK.len() + RUN_LETTERS)?;
        RunName::try_from(run).ok()?;
        let scenario = scenario.strip_prefix('x')?;
        (scenario.len() == SCENARIO_LETTERS && plain(scenario)).then(|| Self(word.to_owned()))
    }

    /// Its run.
    pub fn run(&self) -> &str {
        self.0.get(..MARK.len() + RUN_LETTERS).unwrap_or(&self.0)
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Whose records are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of one scenario.
    Scenario(Prefix),
    /// Those of one run.
    Run(RunName),
    /// Those of any run.
    AnyRun,
}

impl Whose {
    /// What a search looks for: the start of a word.
    pub(super) fn start(&self) -> &str {
        match self {
            Self::Scenario(prefix) => prefix.as_str(),
            Self::Run(run) => run.as_str(),
            Self::AnyRun => MARK,
        }
    }

    /// Whether a text bears a prefix that is meant. A search is only a hint: this decides.
    pub(super) fn bears(&self, text: &str) -> bool {
        Prefix::of(text).is_some_and(|prefix| match self {
            Self::Scenario(scenario) => prefix == *scenario,
            Self::Run(run) => prefix.run() == run.as_str(),
            Self::AnyRun => true,
        })
    }
}

fn plain(text: &str) -> bool {
    let digit = |letter: char| letter.is_ascii_digit() || letter.is_ascii_lowercase();
    text.chars().all(digit)
}

/// The last digits of a number to the base of 36.
fn letters(number: u64, count: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut left = number;
    let mut letters = Vec::new();
    for _ in 0..count {
        let digit = usize::try_from(left % 36).unwrap_or_default();
        letters.push(char::from(DIGITS[digit]));
        left /= 36;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_prefix_at_the_start_counts() {
        let run = RunName::try_from("crmc0123abcd").unwrap();
        let prefix = run.scenario(7);
        let text = format!("{prefix}.ann.lee@x.example");

        assert_eq!(prefix.as_str(), "crmc0123abcdx000007");
        assert_eq!(Prefix::of(&text), Some(prefix.clone()));
        assert_eq!(Prefix::of(&text.to_uppercase()), Some(prefix));
        for other in [
            "crmc",
            "crmc0123abcd Acme",
            "crmc0123abcdx00000 Acme",
            "crmc0123abcdx0000071 Acme",
            "Acme crmc0123abcdx000007",
            "crmc-0123abcd",
            "crmc0123abcdé00007 Acme",
            "",
        ] {
            assert_eq!(Prefix::of(other), None, "{other}");
        }
    }

    #[test]
    fn another_scenarios_and_another_runs_records_are_told_apart() {
        let run = RunName::try_from("crmc0123abcd").unwrap();
        let text = format!("{} Acme", run.scenario(7));

        assert!(Whose::Scenario(run.scenario(7)).bears(&text));
        assert!(Whose::Run(run.clone()).bears(&text));
        assert!(Whose::AnyRun.bears(&text));
        assert!(!Whose::Scenario(run.scenario(8)).bears(&text));
        assert!(!Whose::Run(RunName::try_from("crmc0123abce").unwrap()).bears(&text));
    }

    #[test]
    fn a_run_has_a_name_of_its_own() {
        let name = RunName::new();
        assert_eq!(RunName::try_from(name.as_str()), Ok(name));
    }
}
