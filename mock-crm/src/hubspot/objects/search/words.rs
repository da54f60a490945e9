//! Words in texts: of `query`, and of `CONTAINS_TOKEN`.

use super::check::Seen;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::{ObjectType, Property};
use crate::hubspot::refusal::ApiError;

/// Characters of a query at most.
const LONGEST: usize = 3000;

/// The words of `query`, and the properties that they are looked for in.
pub(super) struct Words<'s> {
    words: Vec<String>,
    properties: Vec<&'s Property>,
}

impl<'s> Words<'s> {
    pub(super) fn new(
        call: &Call<'s>,
        object_type: &'s ObjectType,
        query: Option<&str>,
    ) -> Result<Self, ApiError> {
        let query = query.unwrap_or_default();
        if query.chars().count() > LONGEST {
            // The text of this one is not known.
            let text = format!("A query can have {LONGEST} characters at most.");
            return Err(ApiError::Invalid(text));
        }
        let property = |name: &'s str| call.setup.catalog.property(object_type, name);
        Ok(Self {
            words: query.split_whitespace().map(str::to_lowercase).collect(),
            properties: object_type.searched().filter_map(property).collect(),
        })
    }

    /// Every word starts a text or a word of one of the properties.
    pub(super) fn match_(&self, seen: &Seen<'_, '_>) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let texts: Vec<String> = (self.properties.iter())
            .filter_map(|property| seen.text(property))
            .map(|text| text.to_lowercase())
            .collect();
        let starts = |word: &String| {
            let word = word.as_str();
            texts.iter().any(|text| {
                text.starts_with(word) || tokens(text).any(|token| token.starts_with(word))
            })
        };
        self.words.iter().all(starts)
    }
}

/// Words of which each has to be in a text; `*` at an end of one stands for any letters.
#[derive(Debug)]
pub(super) struct Tokens(Vec<String>);

impl Tokens {
    /// `None` where there is no word in it.
    pub(super) fn new(wanted: &str) -> Option<Self> {
        let wanted = wanted.to_lowercase();
        let words = wanted.split(|c: char| !(c.is_alphanumeric() || c == '*'));
        let words: Vec<String> = words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        (!words.is_empty()).then_some(Self(words))
    }

    pub(super) fn all_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let words: Vec<&str> = tokens(&text).collect();
        let mut wanted = self.0.iter();
        wanted.all(|wanted| words.iter().any(|word| like(word, wanted)))
    }
}

fn like(word: &str, pattern: &str) -> bool {
    let inner = pattern.trim_matches('*');
    match (pattern.starts_with('*'), pattern.ends_with('*')) {
        (true, true) => word.contains(inner),
        (true, false) => word.ends_with(inner),
        (false, true) => word.starts_with(inner),
        (false, false) => word == inner,
    }
}

/// The words of a text: runs of letters and digits.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}
