//! What a system under test writes beside its answers: evidence for people, never a verdict.

use std::collections::VecDeque;

/// Lines of one scenario that are kept of each stream: its last ones, since they say how it ended.
const MOST_LINES: usize = 200;

/// Letters of a line that are kept.
const MOST_LETTERS: usize = 2_000;

/// What was written beside the answers during one scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Its standard error, the last lines.
    pub standard_error: Vec<String>,
    /// What stood on its standard output and is no answer, the last lines.
    pub noise: Vec<String>,
    /// Lines that were not kept, before these.
    pub left_out: usize,
}

/// Lines as they come, no more than are kept.
#[derive(Debug, Default)]
pub(super) struct Listening {
    standard_error: Kept,
    noise: Kept,
}

#[derive(Debug, Default)]
struct Kept {
    lines: VecDeque<String>,
    left_out: usize,
}

impl Listening {
    pub(super) fn on_standard_error(&mut self, line: &str) {
        self.standard_error.push(line);
    }

    pub(super) fn on_noise(&mut self, line: &str) {
        self.noise.push(line);
    }

    /// The last lines on standard error, to be said in an error.
    pub(super) fn last_words(&self, count: usize) -> Vec<String> {
        let lines = &self.standard_error.lines;
        let spoken = lines.iter().filter(|line| !line.trim().is_empty());
        let mut last: Vec<String> = spoken.rev().take(count).cloned().collect();
        last.reverse();
        last
    }

    /// Everything since the last time.
    pub(super) fn take(&mut self) -> Heard {
        let left_out = self.standard_error.left_out + self.noise.left_out;
        Heard {
            standard_error: self.standard_error.take(),
            noise: self.noise.take(),
            left_out,
        }
    }
}

impl Kept {
    fn push(&mut self, line: &str) {
        if self.lines.len() == MOST_LINES {
            self.lines.pop_front();
            self.left_out += 1;
        }
        self.lines.push_back(shortened(line, MOST_LETTERS));
    }

    fn take(&mut self) -> Vec<String> {
        std::mem::take(self).lines.into()
    }
}

/// The first letters, and how many more there are.
pub(super) fn shortened(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        None => text.to_owned(),
        Some((end, _)) => {
            let more = text[end..].chars().count();
            format!("{}… ({more} more letters)", &text[..end])
        }
    }
}
