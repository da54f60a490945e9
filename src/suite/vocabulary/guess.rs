//! What an undefined step may have meant.

use cucumber::gherkin::{self, StepType};

use super::{Match, Vocabulary, keyword_of};
use crate::suite::diagnostic::distance;
use crate::suite::parameter;

/// How many ways to put a text right are tried.
const MOST_SPELLINGS: usize = 256;

impl Vocabulary {
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
