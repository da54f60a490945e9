//! The values of a target file.

use std::fmt;
use std::time::Duration;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::suite::people::Person;

/// A text or a number, in which `${NAME}` stands for an environment variable. It may be a secret, and so is never shown.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::live) struct Text(String);

impl Text {
    pub(in crate::live) fn get(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Scalar).map(Self)
    }
}

/// Ids are numbers to YAML, and texts to everybody else.
struct Scalar;

impl Visitor<'_> for Scalar {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        expanded(text, variable).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

/// The text with the values of its variables.
pub(super) fn expanded(
    text: &str,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<String, String> {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, behind) = after
            .split_once('}')
            .ok_or_else(|| "expected a '}' behind '${'".to_owned())?;
        let value = variable(name).ok_or_else(|| {
            format!(
                "the environment variable {name} is not set, or is empty; hint: export {name}=..."
            )
        })?;
        expanded.push_str(before);
        expanded.push_str(&value);
        rest = behind;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

/// What features call somebody: `Dana`, `the integration user`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::live) struct PersonName(Person);

impl PersonName {
    pub(in crate::live) fn get(self) -> Person {
        self.0
    }
}

impl<'de> Deserialize<'de> for PersonName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let found = Person::ALL.into_iter().find(|one| one.to_string() == word);
        found
            .map(Self)
            .ok_or_else(|| D::Error::custom(nobody(&word)))
    }
}

fn nobody(word: &str) -> String {
    let names = Person::ALL.map(|person| person.to_string());
    let known = names.iter().map(String::as_str);
    match crate::suite::diagnostic::nearest(word, known) {
        Some(near) => format!("features know nobody called '{word}'; hint: did you mean '{near}'?"),
        None => format!(
            "features know nobody called '{word}'; expected one of: {}",
            names.join(", ")
        ),
    }
}

/// Seconds, with a part behind the point where wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::live) struct Seconds(f64);

impl Seconds {
    pub(super) fn get(self) -> Duration {
        Duration::from_secs_f64(self.0)
    }
}

impl Default for Seconds {
    fn default() -> Self {
        Self(15.0)
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        if (0.0..=600.0).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(D::Error::custom("expected 0 to 600 seconds"))
        }
    }
}
