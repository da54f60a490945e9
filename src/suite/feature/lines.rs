//! A first look at a feature file, line by line. It knows where everything stands, and lets nothing be swallowed.
//!
//! Gherkin takes any line that it doesn't know for a description, so that a mistyped `Givn` silently loses its step. Here
//! such a line is an error. Prose is welcome under `Feature:` and `Rule:`; anywhere else it is a comment (`#`).

use super::Source;
use crate::suite::diagnostic::{Diagnostic, nearest};

const STEP_WORDS: [&str; 6] = ["Given", "When", "Then", "And", "But", "*"];
const BLOCK_WORDS: [&str; 9] = [
    "Feature",
    "Rule",
    "Background",
    "Scenario Outline",
    "Scenario Template",
    "Scenario",
    "Example",
    "Examples",
    "Scenarios",
];
const FENCES: [&str; 2] = ["\"\"\"", "```"];

/// Where things stand in a file, each list in the order of the file. Lines count from 1.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The `Scenario:` and `Scenario Outline:` lines.
    pub(super) scenarios: Vec<usize>,
    /// Every step, of backgrounds too.
    pub(super) steps: Vec<usize>,
    /// Every `Examples:` line, with the lines of its table.
    pub(super) examples: Vec<(usize, Vec<usize>)>,
    /// Every tag, with its line; for messages.
    pub(super) tags: Vec<(String, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Nothing,
    Feature,
    Rule,
    Background,
    Scenario,
    Examples,
}

struct Scan<'a> {
    source: &'a Source,
    lines: Lines,
    found: Vec<Diagnostic>,
    block: Block,
    steps_in_block: usize,
    fence: Option<(&'static str, usize)>,
}

/// Looks at every line of the file.
pub(super) fn scan(source: &Source) -> Result<Lines, Vec<Diagnostic>> {
    let mut scan = Scan {
        source,
        lines: Lines::default(),
        found: Vec::new(),
        block: Block::Nothing,
        steps_in_block: 0,
        fence: None,
    };
    for (index, line) in source.text.lines().enumerate() {
        scan.line(index + 1, line.trim());
    }
    scan.end();
    if scan.found.is_empty() {
        Ok(scan.lines)
    } else {
        Err(scan.found)
    }
}

impl Scan<'_> {
    fn line(&mut self, number: usize, text: &str) {
        if let Some((fence, _)) = self.fence {
            if text.starts_with(fence) {
                self.fence = None;
            }
            return;
        }
        if let Some(fence) = FENCES.into_iter().find(|fence| text.starts_with(fence)) {
            self.fence = Some((fence, number));
            return self.argument(number, "a text block");
        }
        match text.chars().next() {
            None => {}
            Some('#') => self.comment(number, text),
            Some('@') => self.tags(number, text),
            Some('|') => self.table_row(number, text),
            _ => match (block_word(text), step_word(text)) {
                (Some(word), _) => self.block(number, word),
                (None, Some(word)) => self.step(number, word),
                (None, None) => self.prose(number, text),
            },
        }
    }

    fn comment(&mut self, number: usize, text: &str) {
        let language = text
            .trim_start_matches('#')
            .trim_start()
            .strip_prefix("language:");
        match language.map(str::trim) {
            Some("en") | None => {}
            Some(other) => self.error(
                number,
                format!("features are in English here, not in '{other}'"),
                None,
            ),
        }
    }

    fn tags(&mut self, number: usize, text: &str) {
        for word in text
            .split_whitespace()
            .take_while(|word| !word.starts_with('#'))
        {
            match word.strip_prefix('@') {
                Some(tag) if !tag.is_empty() && !tag.contains('@') => {
                    self.lines.tags.push((tag.to_owned(), number))
                }
                _ => self.error(
                    number,
                    format!("expected a tag such as @R01, found '{word}'"),
                    None,
                ),
            }
        }
    }

    fn table_row(&mut self, number: usize, text: &str) {
        if text.len() < 2 || !text.ends_with('|') {
            return self.error(number, "a row of a table ends with '|'".to_owned(), None);
        }
        match (self.block, self.lines.examples.last_mut()) {
            (Block::Examples, Some((_, rows))) => rows.push(number),
            _ => self.argument(number, "a table"),
        }
    }

    /// Tables and text blocks belong to the step above them.
    fn argument(&mut self, number: usize, what: &str) {
        let under_a_step =
            matches!(self.block, Block::Background | Block::Scenario) && self.steps_in_block > 0;
        if !under_a_step {
            self.error(number, format!("{what} belongs under a step"), None);
        }
    }

    fn block(&mut self, number: usize, word: &'static str) {
        self.steps_in_block = 0;
        let next = match word {
            "Feature" => Block::Feature,
            "Rule" => Block::Rule,
            "Background" => Block::Background,
            "Examples" | "Scenarios" => Block::Examples,
            _ => Block::Scenario,
        };
        match (self.block, next) {
            (Block::Nothing, Block::Feature) => {}
            (Block::Nothing, _) => self.error(number, "expected 'Feature:' first".to_owned(), None),
            (_, Block::Feature) => self.error(
                number,
                "expected one feature in a file, found a second".to_owned(),
                None,
            ),
            (Block::Scenario | Block::Examples, Block::Examples) => {
                self.lines.examples.push((number, Vec::new()))
            }
            (_, Block::Examples) => self.error(
                number,
                "examples belong under a scenario outline".to_owned(),
                None,
            ),
            (Block::Scenario | Block::Examples, Block::Background) => {
                self.error(
                    number,
                    "a background stands before the first scenario".to_owned(),
                    None,
                );
            }
            _ => {}
        }
        if next == Block::Scenario {
            self.lines.scenarios.push(number);
        }
        self.block = next;
    }

    fn step(&mut self, number: usize, word: &str) {
        match self.block {
            Block::Background | Block::Scenario => {
                if self.steps_in_block == 0 && matches!(word, "And" | "But" | "*") {
                    self.error(
                        number,
                        format!("'{word}' has no step to join"),
                        Some("start with Given, When or Then".to_owned()),
                    );
                }
                self.steps_in_block += 1;
                self.lines.steps.push(number);
            }
            Block::Examples => self.error(
                number,
                "expected a row of examples or a new scenario, found a step".to_owned(),
                None,
            ),
            _ => self.error(
                number,
                "expected 'Scenario:' before the first step".to_owned(),
                None,
            ),
        }
    }

    fn prose(&mut self, number: usize, text: &str) {
        let suggestion = meant(text);
        let allowed = matches!(self.block, Block::Feature | Block::Rule);
        if allowed && suggestion.is_none_or(|word| STEP_WORDS.contains(&word)) {
            return;
        }
        // It stands for a step in what follows, so that one mistake is told once.
        self.steps_in_block += 1;
        let expected = match self.block {
            Block::Nothing => "expected 'Feature:' first",
            Block::Feature | Block::Rule => "this line would be taken for a description",
            Block::Examples => "expected a row of examples, such as '| source | mode |'",
            Block::Background | Block::Scenario => {
                "expected a step that starts with Given, When, Then, And or But"
            }
        };
        let hint = match suggestion {
            Some(word) if BLOCK_WORDS.contains(&word) => format!("did you mean \"{word}:\"?"),
            Some(word) => format!("did you mean \"{word}\"?"),
            None => "a comment starts with '#'".to_owned(),
        };
        self.error(number, expected.to_owned(), Some(hint));
    }

    fn end(&mut self) {
        if let Some((fence, number)) = self.fence {
            self.error(
                number,
                format!("this text block is never closed: expected {fence}"),
                None,
            );
        }
        if self.block == Block::Nothing && self.found.is_empty() {
            self.found.push(Diagnostic::of_file(
                &self.source.path,
                "this file has no feature in it",
            ));
        }
    }

    fn error(&mut self, number: usize, message: String, hint: Option<String>) {
        self.found
            .push(self.source.first_word(number, message).maybe_hint(hint));
    }
}

fn block_word(text: &str) -> Option<&'static str> {
    let (word, _) = text.split_once(':')?;
    BLOCK_WORDS.into_iter().find(|known| *known == word)
}

fn step_word(text: &str) -> Option<&'static str> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    let known = STEP_WORDS.into_iter().find(|known| *known == word)?;
    (!rest.trim().is_empty()).then_some(known)
}

/// The keyword that the line may have been meant to start with.
fn meant(text: &str) -> Option<&'static str> {
    let before_colon = text.split_once(':').map(|(word, _)| word.trim());
    let block = before_colon.and_then(|word| nearest(word, BLOCK_WORDS));
    let bare = || BLOCK_WORDS.into_iter().find(|word| *word == text);
    let first = text
        .split_whitespace()
        .next()
        .unwrap_or(text)
        .trim_end_matches(':');
    block.or_else(bare).or_else(|| nearest(first, STEP_WORDS))
}
