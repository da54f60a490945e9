//! The steps as their source files define them: doc comment with an example, attributes, function.

use super::{Entry, SOURCES};

/// Every step of every file, in the order of the files' names.
pub(super) fn all() -> Vec<Entry> {
    let mut files: Vec<_> = SOURCES.files().collect();
    files.sort_by_key(|file| file.path());
    files
        .into_iter()
        .flat_map(|file| {
            let name = file.path().to_string_lossy().replace('\\', "/");
            entries(&name, file.contents_utf8().unwrap_or_default())
        })
        .collect()
}

/// The steps that a source file defines.
pub(super) fn entries(file: &str, source: &str) -> Vec<Entry> {
    let mut reader = Reader::default();
    for (index, line) in source.lines().enumerate() {
        reader.line(index + 1, line.trim_end());
    }
    let noun = file.strip_suffix(".rs").unwrap_or(file);
    let entry = |step: Step| Entry {
        keyword: step.keyword,
        expression: step.expression,
        help: step.comment.help,
        examples: step.comment.examples,
        noun: noun.to_owned(),
        line: step.line,
    };
    reader.steps.into_iter().map(entry).collect()
}

#[derive(Default)]
struct Reader {
    comment: Comment,
    attributes: Vec<Attribute>,
    steps: Vec<Step>,
}

struct Attribute {
    line: usize,
    text: String,
}

struct Step {
    keyword: &'static str,
    expression: String,
    comment: Comment,
    line: usize,
}

impl Reader {
    fn line(&mut self, number: usize, text: &str) {
        if let Some(comment) = text.strip_prefix("///") {
            self.comment.line(comment.trim());
        } else if text.starts_with("#[") {
            self.attributes.push(Attribute {
                line: number,
                text: text.to_owned(),
            });
        } else if !text.contains("fn ")
            && let Some(open) = self.attributes.last_mut()
        {
            open.text.push_str(text);
        } else {
            if text.contains("fn ") {
                self.function();
            }
            self.comment = Comment::default();
            self.attributes.clear();
        }
    }

    fn function(&mut self) {
        for attribute in &self.attributes {
            if let Some((keyword, expression)) = expression(&attribute.text) {
                self.steps.push(Step {
                    keyword,
                    expression,
                    comment: self.comment.clone(),
                    line: attribute.line,
                });
            }
        }
    }
}

/// A doc comment: what the step does, and what stands between fences.
#[derive(Clone, Default)]
struct Comment {
    help: String,
    examples: Vec<Vec<String>>,
    within_example: bool,
}

impl Comment {
    fn line(&mut self, text: &str) {
        match (text.starts_with("```"), self.within_example) {
            (true, within) => {
                self.within_example = !within;
                if !within {
                    self.examples.push(Vec::new());
                }
            }
            (false, true) => {
                if let Some(example) = self.examples.last_mut() {
                    example.push(text.to_owned());
                }
            }
            (false, false) if !text.is_empty() => {
                if !self.help.is_empty() {
                    self.help.push(' ');
                }
                self.help.push_str(text);
            }
            (false, false) => {}
        }
    }
}

fn expression(attribute: &str) -> Option<(&'static str, String)> {
    let (name, rest) = attribute.strip_prefix("#[")?.split_once('(')?;
    let keyword = match name {
        "given" => "Given",
        "when" => "When",
        "then" => "Then",
        _ => return None,
    };
    Some((keyword, rest.split('"').nth(1)?.to_owned()))
}
