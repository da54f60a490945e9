//! A random history: people link, save, push, change and lose things, in one CRM, in any order that makes sense.

mod act;
mod generate;
mod shrink;
mod story;
mod thens;

pub(super) use act::{Act, RecordNumber};
pub(super) use generate::generate;
pub(super) use shrink::simpler;
pub(super) use story::Story;

use super::running::Case;
use crate::observe::Observation;
use crate::rules::{Crm, RowId};
use crate::suite::feature;

/// What people do, one thing after another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct History {
    pub(super) crm: Crm,
    pub(super) acts: Vec<Act>,
}

/// Tags and Thens of a feature.
pub(super) type Claims = (Vec<String>, Vec<String>);

impl History {
    /// Whether each act makes sense where it stands, and the last one writes something.
    pub(super) fn makes_sense(&self) -> bool {
        let mut story = Story::new(self.crm);
        self.acts.last().is_some_and(Act::writes) && self.acts.iter().all(|act| story.goes_on(act))
    }

    /// The history up to each of its pushes: each push is judged in the situation that it happened in.
    pub(super) fn stages(&self) -> Vec<Self> {
        let ends = (1..=self.acts.len()).filter(|end| self.acts[end - 1].writes());
        ends.map(|end| Self {
            crm: self.crm,
            acts: self.acts[..end].to_vec(),
        })
        .collect()
    }

    /// How much there is in it; shrinking makes it less.
    pub(super) fn size(&self) -> usize {
        self.acts.iter().map(|act| 100 + act.strangeness()).sum()
    }

    /// The history as something to run. What it has to prove is not known before it has run: that what was reported is so is
    /// the one thing that every history has evidence for.
    pub(super) fn case(&self, name: &str) -> Case {
        let claims = (
            vec!["@N2".to_owned()],
            vec!["what was reported is so".to_owned()],
        );
        self.case_with(name, &claims)
    }

    /// The same, with the Thens of one row for what has been observed of it. `None` where it can't be put into words.
    pub(super) fn proving(&self, name: &str, row: RowId, seen: &Observation) -> Option<Case> {
        let claims = thens::of_row(self, row, seen)?;
        Some(self.case_with(name, &claims))
    }

    fn case_with(&self, name: &str, (tags, thens): &Claims) -> Case {
        let mut text = format!(
            "Feature: A history in {}\n\n  {}\n  Scenario: {}\n",
            self.crm,
            tags.join(" "),
            title(name)
        );
        let story = Story::of(self);
        let begins = self.acts.iter().position(Act::writes).unwrap_or_default();
        for (index, act) in self.acts.iter().enumerate() {
            let given = index < begins;
            let keyword = match index {
                0 if given => "Given",
                _ if index == begins => "When",
                _ => "And",
            };
            text.push_str(&format!(
                "    {keyword} {}\n",
                act.words(self.crm, given, &story)
            ));
        }
        for (index, then) in thens.iter().enumerate() {
            let keyword = if index == 0 { "Then" } else { "And" };
            text.push_str(&format!("    {keyword} {then}\n"));
        }
        Case {
            words: format!("{}: {}", title(name), self.in_short(&story)),
            source: feature::Source {
                path: format!("{name}.feature"),
                text,
            },
        }
    }

    /// All acts in one line.
    fn in_short(&self, story: &Story) -> String {
        let acts = self.acts.iter();
        let words: Vec<String> = acts.map(|act| act.words(self.crm, false, story)).collect();
        words.join("; ")
    }
}

/// `history-12` is the title `History 12`.
fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
