//! Every step there is, with its help: read from the sources of the step definitions, which the binary carries.
//!
//! cucumber keeps the regular expression of a step and forgets the expression it was written as, and its doc comment.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cucumber::gherkin::{self, StepType};
use cucumber::{World as _, step};
use include_dir::{Dir, include_dir};

use super::diagnostic::distance;
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
    /// What it speaks of: the name of its file.
    pub noun: String,
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

/// How many ways to put a text right are tried.
const MOST_SPELLINGS: usize = 256;

/// The vocabulary of this binary. Its regular expressions are compiled once.
pub fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::new);
    &VOCABULARY
}

impl Vocabulary {
    fn new() -> Self {
        let mut files: Vec<_> = SOURCES.files().collect();
        files.sort_by_key(|file| file.path());
        let entries: Vec<Entry> = files
            .into_iter()
            .flat_map(|file| {
                let noun = file
                    .path()
                    .file_stem()
                    .and_then(|stem| stem.to_str())
                    .unwrap_or_default();
                entries(noun, file.contents_utf8().unwrap_or_default())
            })
            .collect();
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

    /// What an undefined step may have meant: the whole text put right, or the step that is most like it.
    pub fn guess(&self, step: &gherkin::Step) -> Option<String> {
        self.other_keyword(step)
            .or_else(|| self.respelt(step))
            .or_else(|| self.most_alike(step))
    }

    fn other_keyword(&self, step: &gherkin::Step) -> Option<String> {
        [
            ("Given", StepType::Given),
            ("When", StepType::When),
            ("Then", StepType::Then),
        ]
        .into_iter()
        .find(|(_, ty)| {
            matches!(
                self.look_up(&gherkin::Step {
                    ty: *ty,
                    ..step.clone()
                }),
                Match::One
            )
        })
        .map(|(keyword, _)| {
            format!(
                "this is a step of {keyword}, not of {}",
                keyword_of(step.ty)
            )
        })
    }

    /// Unknown words replaced by known ones that are spelt alike, if the text is a step then.
    fn respelt(&self, step: &gherkin::Step) -> Option<String> {
        let words = step.value.split(' ').map(|word| self.spellings(word));
        let mut texts = vec![String::new()];
        for spellings in words {
            let longer = texts.iter().flat_map(|text| {
                let join = move |word: &&str| {
                    if text.is_empty() {
                        (*word).to_owned()
                    } else {
                        format!("{text} {word}")
                    }
                };
                spellings.iter().map(join).collect::<Vec<_>>()
            });
            texts = longer.take(MOST_SPELLINGS).collect();
        }
        let defined = |value: &String| {
            let respelt = gherkin::Step {
                value: value.clone(),
                ..step.clone()
            };
            *value != step.value && matches!(self.look_up(&respelt), Match::One)
        };
        texts
            .into_iter()
            .find(defined)
            .map(|value| format!("did you mean \"{value}\"?"))
    }

    /// The word itself if it is known, else those that it may have meant.
    fn spellings<'a>(&'a self, word: &'a str) -> Vec<&'a str> {
        if self.words.contains(word) {
            return vec![word];
        }
        let mut near: Vec<(usize, &str)> = self
            .words
            .iter()
            .map(|known| (distance(word, known), known.as_str()))
            .collect();
        near.retain(|(distance, _)| *distance <= 2);
        near.sort_unstable();
        near.truncate(4);
        near.push((usize::MAX, word));
        near.into_iter().map(|(_, word)| word).collect()
    }

    fn most_alike(&self, step: &gherkin::Step) -> Option<String> {
        let keyword = keyword_of(step.ty);
        let text: Vec<&str> = step.value.split(' ').collect();
        let (shared, entry) = self
            .entries
            .iter()
            .filter(|entry| entry.keyword == keyword)
            .map(|entry| (shared_words(&text, &entry.expression), entry))
            .max_by_key(|(shared, _)| *shared)?;
        (shared * 2 >= text.len()).then(|| {
            let choices = parameter::choices()
                .into_iter()
                .filter(|(name, _)| entry.expression.contains(&format!("{{{name}}}")))
                .map(|(name, choices)| format!("\n      {{{name}}}: {}", choices.join(", ")));
            format!(
                "the nearest step is \"{}\"{}",
                entry.expression,
                choices.collect::<String>()
            )
        })
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

/// The length of the longest common subsequence of literal words.
fn shared_words(text: &[&str], expression: &str) -> usize {
    let literal: Vec<&str> = expression
        .split(' ')
        .filter(|word| !word.contains('{'))
        .collect();
    let mut last = vec![0; literal.len() + 1];
    for word in text {
        let mut row = vec![0];
        for (j, known) in literal.iter().enumerate() {
            let longer = if known.split('/').any(|one| one == *word) {
                last[j] + 1
            } else {
                0
            };
            row.push(longer.max(last[j + 1]).max(row[j]));
        }
        last = row;
    }
    last[literal.len()]
}

/// The steps that a source file defines: doc comment, attributes, function.
fn entries(noun: &str, source: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut help: Vec<&str> = Vec::new();
    let mut attributes = String::new();
    for line in source.lines() {
        let text = line.trim_end();
        if let Some(comment) = text.strip_prefix("///") {
            help.push(comment.trim());
        } else if text.starts_with("#[") || !attributes.is_empty() && !text.contains("fn ") {
            attributes.push_str(text);
        } else {
            if text.contains("fn ") {
                for (keyword, expression) in expressions(&attributes) {
                    found.push(Entry {
                        keyword,
                        expression,
                        help: help.join(" "),
                        noun: noun.to_owned(),
                    });
                }
            }
            help.clear();
            attributes.clear();
        }
    }
    found
}

fn expressions(attributes: &str) -> Vec<(&'static str, String)> {
    let pieces = attributes.split("#[").skip(1);
    pieces
        .filter_map(|piece| {
            let (name, rest) = piece.split_once('(')?;
            let keyword = match name {
                "given" => "Given",
                "when" => "When",
                "then" => "Then",
                _ => return None,
            };
            let text = rest.split('"').nth(1)?;
            Some((keyword, text.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests;
