//! What one line of a feature is, by itself.

use cucumber::gherkin::StepType;

use crate::suite::diagnostic::nearest;

/// The words that begin a step.
pub(super) const STEP_WORDS: [&str; 6] = ["Given", "When", "Then", "And", "But", "*"];
const BLOCK_WORDS: [(&str, Block); 9] = [
    ("Feature", Block::Feature),
    ("Rule", Block::Rule),
    ("Background", Block::Background),
    ("Scenario Outline", Block::Outline),
    ("Scenario Template", Block::Outline),
    ("Scenario", Block::Scenario),
    ("Example", Block::Scenario),
    ("Examples", Block::Examples),
    ("Scenarios", Block::Examples),
];
const FENCES: [&str; 2] = ["\"\"\"", "```"];

/// What a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Feature,
    Rule,
    Background,
    Scenario,
    Outline,
    Examples,
}

/// One line, without the blanks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    Blank,
    Comment(&'a str),
    Tags(&'a str),
    Row(&'a str),
    /// The fence that has to close the text block.
    Fence(&'static str),
    Block(Block, &'a str),
    Step(&'static str, &'a str),
    /// Gherkin takes any other line for a description, and so loses a mistyped step.
    Prose(&'a str),
}

impl<'a> Line<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        if let Some(fence) = FENCES.into_iter().find(|fence| text.starts_with(fence)) {
            return Self::Fence(fence);
        }
        match text.chars().next() {
            None => Self::Blank,
            Some('#') => Self::Comment(text),
            Some('@') => Self::Tags(text),
            Some('|') => Self::Row(text),
            Some(_) => block(text)
                .or_else(|| step(text))
                .unwrap_or(Self::Prose(text)),
        }
    }
}

fn block(text: &str) -> Option<Line<'_>> {
    let (word, title) = text.split_once(':')?;
    let (_, block) = BLOCK_WORDS.into_iter().find(|(known, _)| *known == word)?;
    Some(Line::Block(block, title.trim()))
}

fn step(text: &str) -> Option<Line<'_>> {
    let (word, rest) = text.split_once([' ', '\t'])?;
    let known = STEP_WORDS.into_iter().find(|known| *known == word)?;
    let rest = rest.trim();
    (!rest.is_empty()).then_some(Line::Step(known, rest))
}

/// The kind of step that a keyword begins; `None` for those that join the step before.
pub(super) fn kind_of(word: &str) -> Option<StepType> {
    match word {
        "Given" => Some(StepType::Given),
        "When" => Some(StepType::When),
        "Then" => Some(StepType::Then),
        _ => None,
    }
}

/// What a line of prose may have been meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant<'a> {
    Block(&'static str, Block, &'a str),
    Step(&'static str),
    /// A block without a name that is like one: `Note: ...`.
    NoSuchBlock,
    Prose,
}

/// The keyword that the line may have been meant to start with.
pub(super) fn meant(text: &str) -> Meant<'_> {
    let words = || BLOCK_WORDS.into_iter().map(|(word, _)| word);
    let block = |word: &str, title| {
        let (name, block) = BLOCK_WORDS.into_iter().find(|(known, _)| *known == word)?;
        Some(Meant::Block(name, block, title))
    };
    let before_colon = text
        .split_once(':')
        .and_then(|(word, title)| block(nearest(word.trim(), words())?, title.trim()));
    // Longest first, so that "Scenario Outline of" is no "Scenario".
    let without_colon = || {
        let known = words().find(|word| {
            let rest = text.strip_prefix(word);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })?;
        block(known, text[known.len()..].trim())
    };
    let first = text.split_whitespace().next().unwrap_or(text);
    let step = || nearest(first.trim_end_matches(':'), STEP_WORDS).map(Meant::Step);
    before_colon
        .or_else(without_colon)
        .or_else(step)
        .unwrap_or(if first.ends_with(':') {
            Meant::NoSuchBlock
        } else {
            Meant::Prose
        })
}

/// The cells of a row of a table, and whether the row is closed.
pub(super) fn cells(row: &str) -> (Vec<String>, bool) {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut letters = row.chars().skip(1);
    let mut closed = false;
    while let Some(letter) = letters.next() {
        closed = letter == '|';
        match letter {
            '|' => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            '\\' => match letters.next() {
                Some('n') => cell.push('\n'),
                Some(escaped @ ('|' | '\\')) => cell.push(escaped),
                Some(other) => cell.extend(['\\', other]),
                None => cell.push('\\'),
            },
            other => cell.push(other),
        }
    }
    (cells, closed)
}
