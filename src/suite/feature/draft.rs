//! A scenario while its file is being read, and what it becomes: one scenario, or one per row of its examples.

use std::collections::BTreeSet;

use super::{Scenario, Source};
use crate::suite::diagnostic::{Diagnostic, nearest};

/// A scenario as it is written, with its examples.
#[derive(Debug)]
pub(super) struct Draft {
    /// With its placeholders.
    pub(super) template: Scenario,
    /// How many of its steps are a background's.
    pub(super) inherited: usize,
    /// Whether the keyword says that it is an outline.
    pub(super) outline: bool,
    pub(super) examples: Vec<Examples>,
    /// Whether one of its lines was not understood, so that what it lacks is no second fault.
    pub(super) damaged: bool,
}

/// A table of examples.
#[derive(Debug)]
pub(super) struct Examples {
    pub(super) line: usize,
    pub(super) tags: Vec<String>,
    /// The first is the header.
    pub(super) rows: Vec<Row>,
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

/// A placeholder, and the line of its first use.
type Placeholder = (String, usize);

impl Draft {
    /// The scenarios that it stands for. What is wrong with it goes to `found`.
    pub(super) fn scenarios(&self, source: &Source, found: &mut Vec<Diagnostic>) -> Vec<Scenario> {
        self.check_itself(source, found);
        let used = self.placeholders();
        if self.examples.is_empty() {
            self.check_without_examples(source, &used, found);
            return vec![self.template.clone()];
        }
        let mut scenarios = Vec::new();
        for examples in &self.examples {
            match examples.rows.split_first() {
                Some((header, rows)) if !rows.is_empty() => {
                    self.check_columns(source, header, &used, found);
                    check_rows(source, header, rows, found);
                    let filled = rows.iter().map(|row| self.row(header, row, &examples.tags));
                    scenarios.extend(filled);
                }
                _ => found.push(source.first_word(examples.line, "these examples have no rows")),
            }
        }
        scenarios
    }

    fn check_itself(&self, source: &Source, found: &mut Vec<Diagnostic>) {
        let line = self.template.line;
        if self.template.steps.len() == self.inherited && !self.damaged {
            found.push(source.first_word(line, "this scenario has no step"));
        }
        if self.template.name.is_empty() && !self.damaged {
            found.push(source.first_word(line, "this scenario has no title"));
        }
    }

    fn check_without_examples(
        &self,
        source: &Source,
        used: &[Placeholder],
        found: &mut Vec<Diagnostic>,
    ) {
        if self.outline && !self.damaged {
            let message = "this scenario outline has no examples";
            found.push(source.first_word(self.template.line, message));
        }
        for (name, line) in used {
            let message = format!("<{name}> stands for nothing: there are no examples");
            found.push(source.at(*line, &format!("<{name}>"), message));
        }
    }

    fn placeholders(&self) -> Vec<Placeholder> {
        let template = &self.template;
        let title = [(&template.name, template.line)];
        let tags = template.tags.iter().map(|tag| (tag, template.line));
        let own = template.steps.iter().skip(self.inherited);
        let steps = own.map(|step| (&step.gherkin.value, step.line));
        let mut used: Vec<Placeholder> = Vec::new();
        for (text, line) in title.into_iter().chain(tags).chain(steps) {
            for name in names_in(text) {
                if used.iter().all(|(known, _)| *known != name) {
                    used.push((name, line));
                }
            }
        }
        used
    }

    fn check_columns(
        &self,
        source: &Source,
        header: &Row,
        used: &[Placeholder],
        found: &mut Vec<Diagnostic>,
    ) {
        let mut seen = BTreeSet::new();
        for column in &header.cells {
            let message = if column.is_empty() {
                "this table has a column without a name".to_owned()
            } else if !seen.insert(column) {
                format!("two columns are named '{column}'")
            } else if used.iter().all(|(name, _)| name != column) && !self.damaged {
                format!("column '{column}' is never used: no step has <{column}> in it")
            } else {
                continue;
            };
            found.push(source.at_cell(header.line, column, message));
        }
        for (name, line) in used.iter().filter(|(name, _)| !header.cells.contains(name)) {
            let columns = header.cells.iter().map(String::as_str);
            let hint = nearest(name, columns).map(|near| format!("did you mean <{near}>?"));
            let message = format!(
                "<{name}> stands for nothing: the examples in line {} have no such column",
                header.line
            );
            let diagnostic = source.at(*line, &format!("<{name}>"), message);
            found.push(diagnostic.maybe_hint(hint));
        }
    }

    fn row(&self, header: &Row, row: &Row, tags: &[String]) -> Scenario {
        let fill = |text: &str| filled(text, header, row);
        let mut scenario = self.template.clone();
        scenario.line = row.line;
        scenario.name = self.title(header, row);
        scenario.tags.extend(tags.iter().cloned());
        for tag in &mut scenario.tags {
            *tag = fill(tag);
        }
        for step in scenario.steps.iter_mut().skip(self.inherited) {
            step.gherkin.value = fill(&step.gherkin.value);
        }
        scenario
    }

    /// The title with its placeholders filled, and with the values that it doesn't mention behind it.
    fn title(&self, header: &Row, row: &Row) -> String {
        let template = &self.template.name;
        let unmentioned: Vec<&str> = header
            .cells
            .iter()
            .zip(&row.cells)
            .filter(|(column, value)| {
                !template.contains(&format!("<{column}>")) && !value.is_empty()
            })
            .map(|(_, value)| value.as_str())
            .collect();
        let title = filled(template, header, row);
        if unmentioned.is_empty() {
            title
        } else {
            format!("{title} ({})", unmentioned.join(", "))
        }
    }
}

fn check_rows(source: &Source, header: &Row, rows: &[Row], found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for row in rows {
        if row.cells.len() != header.cells.len() {
            let (has, wanted) = (row.cells.len(), header.cells.len());
            let message = format!(
                "this row has {has} cells, and the header in line {} {wanted}",
                header.line
            );
            found.push(source.first_word(row.line, message));
        } else if !seen.insert(&row.cells) {
            found.push(source.first_word(row.line, "this row stands here twice"));
        }
    }
}

/// Each placeholder once; what is filled in is not looked at again.
fn filled(text: &str, header: &Row, row: &Row) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        done.push_str(before);
        let value = after.split_once('>').and_then(|(name, behind)| {
            let column = header.cells.iter().position(|column| column == name)?;
            Some((row.cells.get(column)?, behind))
        });
        match value {
            Some((value, behind)) => {
                done.push_str(value);
                rest = behind;
            }
            None => {
                done.push('<');
                rest = after;
            }
        }
    }
    done + rest
}

/// The names between `<` and `>`.
fn names_in(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        match after.split_once('>') {
            Some((name, behind))
                if !name.is_empty() && !name.contains('<') && !name.starts_with(' ') =>
            {
                names.push(name.to_owned());
                rest = behind;
            }
            _ => rest = after,
        }
    }
    names
}
