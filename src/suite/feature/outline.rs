//! Outlines into scenarios: one per row of examples, each with its own line and title, in time linear in the rows.

use std::collections::BTreeSet;

use cucumber::gherkin::Examples;

use super::{Scenario, Source};
use crate::suite::diagnostic::{Diagnostic, nearest};

pub(super) struct Outline<'a> {
    pub(super) source: &'a Source,
    /// The scenario with its placeholders.
    pub(super) template: Scenario,
    /// Whether the keyword says that it is an outline.
    pub(super) outline: bool,
    /// Each `Examples:` with its line and the lines of its table.
    pub(super) examples: Vec<(&'a Examples, &'a (usize, Vec<usize>))>,
}

/// The scenarios of an outline, or the one that it is itself.
pub(super) fn expand(outline: &Outline<'_>) -> Result<Vec<Scenario>, Vec<Diagnostic>> {
    let mut found = Vec::new();
    let used = outline.placeholders();
    if outline.examples.is_empty() {
        if outline.outline {
            found.push(outline.complain(
                outline.template.line,
                "this scenario outline has no examples",
            ));
        }
        for (name, line) in &used {
            let message = format!("<{name}> stands for nothing: there are no examples");
            found.push(outline.source.at(*line, &format!("<{name}>"), message));
        }
        return if found.is_empty() {
            Ok(vec![outline.template.clone()])
        } else {
            Err(found)
        };
    }
    let mut scenarios = Vec::new();
    for (examples, (line, rows)) in &outline.examples {
        match table_of(examples) {
            Some(table) => {
                scenarios.extend(outline.rows(table, rows, &examples.tags, &used, &mut found))
            }
            None => found.push(outline.complain(*line, "these examples have no rows")),
        }
    }
    if found.is_empty() {
        Ok(scenarios)
    } else {
        Err(found)
    }
}

type Table = Vec<Vec<String>>;

fn table_of(examples: &Examples) -> Option<&Table> {
    let table = &examples.table.as_ref()?.rows;
    (table.len() > 1).then_some(table)
}

impl Outline<'_> {
    fn complain(&self, line: usize, message: &str) -> Diagnostic {
        self.source.first_word(line, message)
    }

    /// Every `<name>`, with the line of its first use.
    fn placeholders(&self) -> Vec<(String, usize)> {
        let template = &self.template;
        let mut used: Vec<(String, usize)> = Vec::new();
        let mut note = |text: &str, line: usize| {
            for name in names_in(text) {
                if used.iter().all(|(known, _)| *known != name) {
                    used.push((name, line));
                }
            }
        };
        note(&template.name, template.line);
        for tag in &template.tags {
            note(tag, template.line);
        }
        for step in &template.steps {
            note(&step.gherkin.value, step.line);
            note(
                step.gherkin.docstring.as_deref().unwrap_or_default(),
                step.line,
            );
            for cell in step
                .gherkin
                .table
                .iter()
                .flat_map(|table| table.rows.iter().flatten())
            {
                note(cell, step.line);
            }
        }
        used
    }

    fn rows(
        &self,
        table: &Table,
        lines: &[usize],
        tags: &[String],
        used: &[(String, usize)],
        found: &mut Vec<Diagnostic>,
    ) -> Vec<Scenario> {
        let columns = &table[0];
        let header_line = lines.first().copied().unwrap_or(self.template.line);
        self.check_columns(columns, header_line, used, found);
        let mut seen = BTreeSet::new();
        let mut scenarios = Vec::new();
        for (row, line) in table.iter().zip(lines).skip(1) {
            if !seen.insert(row) {
                found.push(self.complain(*line, "this row stands here twice"));
            }
            scenarios.push(self.row(columns, row, *line, tags));
        }
        scenarios
    }

    fn check_columns(
        &self,
        columns: &[String],
        line: usize,
        used: &[(String, usize)],
        found: &mut Vec<Diagnostic>,
    ) {
        let mut seen = BTreeSet::new();
        for column in columns {
            let message = if column.is_empty() {
                "this table has a column without a name".to_owned()
            } else if !seen.insert(column) {
                format!("two columns are named '{column}'")
            } else if used.iter().all(|(name, _)| name != column) {
                format!("column '{column}' is never used: no step has <{column}> in it")
            } else {
                continue;
            };
            found.push(self.source.at(line, column, message));
        }
        for (name, at) in used {
            if !columns.contains(name) {
                let hint = nearest(name, columns.iter().map(String::as_str))
                    .map(|near| format!("did you mean <{near}>?"));
                let message = format!(
                    "<{name}> stands for nothing: the examples in line {line} have no such column"
                );
                found.push(
                    self.source
                        .at(*at, &format!("<{name}>"), message)
                        .maybe_hint(hint),
                );
            }
        }
    }

    fn row(&self, columns: &[String], row: &[String], line: usize, tags: &[String]) -> Scenario {
        let fill = |text: &str| {
            columns
                .iter()
                .zip(row)
                .fold(text.to_owned(), |text, (column, value)| {
                    text.replace(&format!("<{column}>"), value)
                })
        };
        let mut scenario = self.template.clone();
        scenario.line = line;
        scenario.name = self.title(columns, row, &fill);
        scenario.tags.extend(tags.iter().cloned());
        for tag in &mut scenario.tags {
            *tag = fill(tag);
        }
        for step in &mut scenario.steps {
            step.gherkin.value = fill(&step.gherkin.value);
            step.gherkin.docstring = step.gherkin.docstring.as_deref().map(fill);
            for cell in step
                .gherkin
                .table
                .iter_mut()
                .flat_map(|table| table.rows.iter_mut().flatten())
            {
                *cell = fill(cell);
            }
        }
        scenario
    }

    /// The title with its placeholders filled, and with the values that it doesn't mention behind it.
    fn title(&self, columns: &[String], row: &[String], fill: &dyn Fn(&str) -> String) -> String {
        let unmentioned: Vec<&str> = columns
            .iter()
            .zip(row)
            .filter(|(column, value)| {
                !self.template.name.contains(&format!("<{column}>")) && !value.is_empty()
            })
            .map(|(_, value)| value.as_str())
            .collect();
        let title = fill(&self.template.name);
        if unmentioned.is_empty() {
            title
        } else {
            format!("{title} ({})", unmentioned.join(", "))
        }
    }
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
