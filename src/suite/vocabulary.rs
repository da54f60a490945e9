//! Every step there is, with its help: read from the sources of the step definitions, which the binary carries.
//!
//! cucumber keeps the regular expression of a step and forgets the expression it was written as, and its doc comment.

mod example;
mod guess;
mod linked;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cucumber::gherkin::{self, StepType};
use cucumber::{World as _, step};
use include_dir::{Dir, include_dir};

pub use example::Example;

use super::parameter;
use super::world::World;

static SOURCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/suite/steps");

/// One step that a feature can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Given, When or Then.
    pub keyword: &'static str,
    /// As features write it, with `{parameters}`.
    pub expression: String,
    /// What it does.
    pub help: String,
    /// Whole scenarios that it stands in, each line a step. A test runs every one of them.
    pub examples: Vec<Vec<String>>,
    /// What it speaks of: the name of its file.
    pub noun: String,
    /// Where it is defined, in that file.
    pub line: usize,
}

impl Entry {
    fn file(&self) -> String {
        format!("{}.rs", self.noun)
    }
}

/// What a text matches.
#[derive(Debug)]
pub enum Match {
    /// One step.
    One,
    /// None.
    Undefined,
    /// Several.
    Ambiguous(Vec<String>),
}

/// All steps: to look up, to list, to guess what was meant.
#[derive(Debug)]
pub struct Vocabulary {
    collection: step::Collection<World>,
    entries: Vec<Entry>,
    words: BTreeSet<String>,
}

/// The vocabulary of this binary. Its regular expressions are compiled once.
pub fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);
    &VOCABULARY
}

impl Vocabulary {
    fn new() -> Self {
        let entries = source::all();
        let literal = entries
            .iter()
            .flat_map(|entry| entry.expression.split([' ', '/']));
        let choices = parameter::choices()
            .into_iter()
            .flat_map(|(_, choices)| choices);
        let choices: Vec<String> = choices
            .flat_map(|choice| choice.split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let words = literal
            .filter(|word| !word.contains('{'))
            .map(str::to_owned)
            .chain(choices)
            .collect();
        Self {
            collection: World::collection(),
            entries,
            words,
        }
    }

    /// Every step, by noun.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The step functions.
    pub fn collection(&self) -> &step::Collection<World> {
        &self.collection
    }

    /// What the sources define and the binary lacks, or the reverse, a line each. Anything here is a defect of the build.
    pub fn differences(&self) -> Vec<String> {
        linked::differences(&self.entries, &linked::registered())
    }

    /// The step that a text is, if it is exactly one.
    pub fn entry_of(&self, step: &gherkin::Step) -> Option<&Entry> {
        let (_, _, place, _) = self.collection.find(step).ok().flatten()?;
        let place = place?;
        let file = linked::file_name(place.path);
        self.entries
            .iter()
            .find(|entry| entry.file() == file && entry.line == place.line as usize)
    }

    /// Whether exactly one step matches.
    pub fn look_up(&self, step: &gherkin::Step) -> Match {
        match self.collection.find(step) {
            Ok(Some(_)) => Match::One,
            Ok(None) => Match::Undefined,
            Err(ambiguous) => {
                let places = ambiguous
                    .possible_matches
                    .iter()
                    .filter_map(|(_, place)| place.as_ref());
                Match::Ambiguous(places.map(ToString::to_string).collect())
            }
        }
    }
}

/// Given, When or Then.
pub fn keyword_of(ty: StepType) -> &'static str {
    match ty {
        StepType::Given => "Given",
        StepType::When => "When",
        StepType::Then => "Then",
    }
}
