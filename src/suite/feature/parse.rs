//! One pass over the lines of a file. It knows where everything stands, lets nothing be swallowed, and goes on after a fault.

mod blocks;
mod steps;

use cucumber::gherkin::StepType;

use super::draft::{Draft, Row};
use super::grammar::{Line, Meant, cells, meant};
use super::{Scenario, Source, Step};
use crate::suite::diagnostic::Diagnostic;

/// What a file says, and everything that is wrong with how it says it.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Scenarios of which every line was understood, outlines expanded.
    pub scenarios: Vec<Scenario>,
    /// Those with a line that was not: good for nothing but to look for further faults in them.
    pub damaged: Vec<Scenario>,
    /// Every tag that is written in the file, with its line.
    pub tags: Vec<(String, usize)>,
    /// What is wrong.
    pub found: Vec<Diagnostic>,
}

/// The scenarios of a file.
///
/// # Errors
/// With what would be misread, ignored or empty.
pub fn parse(source: &Source) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    let parsed = examine(source);
    if parsed.found.is_empty() {
        Ok(parsed.scenarios)
    } else {
        Err(parsed.found)
    }
}

/// Reads a file to its end, whatever is wrong with it.
pub fn examine(source: &Source) -> Parsed {
    let mut reader = Reader::new(source);
    for (index, line) in source.text.lines().enumerate() {
        reader.number = index + 1;
        reader.line(line);
    }
    reader.end()
}

/// What the lines that come next belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Before the feature.
    Start,
    /// Where a description may stand.
    Feature,
    Rule,
    Background,
    Scenario,
    Examples,
    /// Behind a fault: steps and rows are passed over until the next block.
    Astray,
}

struct Reader<'a> {
    source: &'a Source,
    parsed: Parsed,
    number: usize,
    place: Place,
    /// Where the block began that this line stands in.
    block_line: usize,
    feature: Around,
    rule: Option<Around>,
    /// Tags of the block that comes next, with their lines.
    tags: Vec<(String, usize)>,
    draft: Option<Draft>,
    /// The kind of the last step, which And and But go on with.
    kind: Option<StepType>,
    fence: Option<(&'static str, usize)>,
    /// Whether the last line was a row of a table under a step, so that the table is told once.
    in_table: bool,
}

/// What scenarios inherit from the feature or rule that they stand in.
#[derive(Debug, Default)]
struct Around {
    title: String,
    line: usize,
    tags: Vec<String>,
    background: Vec<Step>,
    scenarios: usize,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source) -> Self {
        Self {
            source,
            parsed: Parsed::default(),
            number: 0,
            place: Place::Start,
            block_line: 0,
            feature: Around::default(),
            rule: None,
            tags: Vec::new(),
            draft: None,
            kind: None,
            fence: None,
            in_table: false,
        }
    }

    fn line(&mut self, whole: &str) {
        let text = whole.trim();
        if let Some((fence, _)) = self.fence {
            if text.starts_with(fence) {
                self.close_text_block();
            }
            return;
        }
        if let Some(control) = whole.chars().find(|c| c.is_control() && *c != '\t') {
            let code = u32::from(control);
            let message = format!("this line has a control character in it (U+{code:04X})");
            let diagnostic = self.source.at(self.number, &control.to_string(), message);
            self.parsed.found.push(
                diagnostic.hint("save the file as plain text, with a line feed after each line"),
            );
        }
        let line = Line::of(text);
        let in_table = std::mem::replace(&mut self.in_table, matches!(line, Line::Row(_)));
        match line {
            Line::Blank => {}
            Line::Comment(text) => self.comment(text),
            Line::Tags(text) => self.tag_line(text),
            Line::Row(text) => self.row(text, in_table),
            Line::Fence(fence) => {
                self.fence = Some((fence, self.number));
                self.damage();
            }
            Line::Block(block, title) => self.block(block, title),
            Line::Step(word, text) => self.step(word, text),
            Line::Prose(text) => self.prose(text),
        }
    }

    fn close_text_block(&mut self) {
        if let Some((_, line)) = self.fence.take() {
            let message = "no step takes a text block";
            self.parsed
                .found
                .push(self.source.first_word(line, message));
        }
    }

    fn comment(&mut self, text: &str) {
        let text = text.trim_start_matches('#').trim_start();
        let language = text.strip_prefix("language:").map(str::trim);
        if let Some(other) = language.filter(|language| *language != "en") {
            let message = format!("features are in English here, not in '{other}'");
            self.error(message);
        }
    }

    fn tag_line(&mut self, text: &str) {
        let words = text.split_whitespace();
        for word in words.take_while(|word| !word.starts_with('#')) {
            let tag = word.strip_prefix('@').filter(|tag| is_tag(tag));
            let Some(tag) = tag else {
                let message = format!("expected a tag such as @R01, found '{word}'");
                self.error_at(word, message);
                continue;
            };
            if self.tags.iter().any(|(known, _)| known == tag) {
                self.error_at(word, format!("@{tag} stands here twice"));
            }
            self.tags.push((tag.to_owned(), self.number));
            self.parsed.tags.push((tag.to_owned(), self.number));
        }
    }

    fn row(&mut self, text: &str, in_table: bool) {
        let (cells, closed) = cells(text);
        if !closed {
            self.error("a row of a table ends with '|'");
        }
        let number = self.number;
        let draft = self.draft.as_mut();
        let examples = draft.and_then(|draft| draft.examples.last_mut());
        match (self.place, examples) {
            (Place::Examples, Some(examples)) => examples.rows.push(Row {
                line: number,
                cells,
            }),
            _ if in_table => {}
            _ => self.misplaced("no step takes a table"),
        }
    }

    /// Something that has its place under a step elsewhere, and here has none.
    fn misplaced(&mut self, message: &str) {
        self.damage();
        if self.place == Place::Astray {
            return;
        }
        self.error(message);
    }

    fn prose(&mut self, text: &str) {
        let meant = meant(text);
        let describes = matches!(self.place, Place::Feature | Place::Rule);
        if describes && is_description(text, meant) {
            return;
        }
        let expected = match self.place {
            Place::Start => "expected 'Feature:' first",
            Place::Feature | Place::Rule => "this line would be taken for a description",
            Place::Examples => "expected a row of examples, such as '| source | mode |'",
            Place::Background | Place::Scenario | Place::Astray => {
                "expected a step that starts with Given, When, Then, And or But"
            }
        };
        let hint = match meant {
            Meant::Block(word, ..) => format!("did you mean \"{word}:\"?"),
            Meant::Step(word) if text == word => format!("say what comes after \"{word}\""),
            Meant::Step(word) => format!("did you mean \"{word}\"?"),
            Meant::NoSuchBlock | Meant::Prose => "a comment starts with '#'".to_owned(),
        };
        let diagnostic = self.source.first_word(self.number, expected).hint(hint);
        self.parsed.found.push(diagnostic);
        self.recover(meant);
    }

    /// Goes on as if the line had been written as it was meant, so that one fault is told once.
    fn recover(&mut self, meant: Meant<'_>) {
        match meant {
            Meant::Block(_, block, title) => self.block(block, title),
            Meant::Step(_) if matches!(self.place, Place::Start | Place::Feature | Place::Rule) => {
            }
            Meant::Step(word) => {
                self.damage();
                self.kind = super::grammar::kind_of(word)
                    .or(self.kind)
                    .or(Some(StepType::Given));
            }
            Meant::NoSuchBlock | Meant::Prose => {
                self.damage();
                self.kind.get_or_insert(StepType::Given);
            }
        }
    }

    fn damage(&mut self) {
        if let Some(draft) = &mut self.draft {
            draft.damaged = true;
        }
    }

    fn error(&mut self, message: impl Into<String>) {
        let diagnostic = self.source.first_word(self.number, message);
        self.parsed.found.push(diagnostic);
    }

    fn error_at(&mut self, part: &str, message: impl Into<String>) {
        let diagnostic = self.source.at_word(self.number, part, message);
        self.parsed.found.push(diagnostic);
    }

    fn end(mut self) -> Parsed {
        self.finish_block();
        self.finish_rule();
        self.check_tags_used();
        if let Some((fence, line)) = self.fence {
            let message = format!("this text block is never closed: expected {fence}");
            self.parsed
                .found
                .push(self.source.first_word(line, message));
        }
        let nothing_wrong = self.parsed.found.is_empty();
        let missing = if self.place == Place::Start {
            "this file has no feature in it"
        } else {
            "this feature has no scenario"
        };
        if nothing_wrong && self.parsed.scenarios.is_empty() {
            let diagnostic = Diagnostic::of_file(&self.source.path, missing);
            self.parsed.found.push(diagnostic);
        }
        self.parsed
    }
}

/// A letter first, then letters, digits and a little more: a comma or semicolon between tags is a fault.
fn is_tag(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "-_.:/()<>".contains(c);
    let begins = |c: char| c.is_alphabetic() || c == '<';
    text.starts_with(begins) && text.chars().all(allowed)
}

/// A description is a sentence. What looks like a keyword or a tag without its mark would be lost as one.
fn is_description(text: &str, meant: Meant<'_>) -> bool {
    let one_word = !text.contains(char::is_whitespace);
    let row = |word: &str| {
        word.trim_matches(',')
            .parse::<crate::rules::RowId>()
            .is_ok()
    };
    let like_tags = text.contains('@') || text.split_whitespace().all(row);
    matches!(meant, Meant::Prose | Meant::Step(_)) && !one_word && !like_tags
}
