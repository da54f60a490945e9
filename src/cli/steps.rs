use std::io::Write;

use crm_conformance::report::Exit;
use crm_conformance::suite::parameter;
use crm_conformance::suite::vocabulary::{Entry, Example, vocabulary};
use serde::Serialize;

use super::{Failure, StepsOptions, output};

/// Lists the vocabulary.
pub(super) fn list(options: &StepsOptions) -> Result<Exit, Failure> {
    let listed = chosen(&options.words);
    if listed.is_empty() {
        let words = options.words.join(" ");
        return Err(Failure::usage(format!("no step speaks of '{words}'")));
    }
    output::print(|to| {
        if options.json {
            json(&listed, to)
        } else {
            text(&listed, options, to)
        }
    })?;
    Ok(Exit::Conformant)
}

/// One step, as `--json` shows it.
#[derive(Debug, Serialize)]
struct Listed {
    keyword: &'static str,
    expression: &'static str,
    noun: &'static str,
    help: &'static str,
    /// The step itself, in its example.
    example: Option<String>,
    /// The whole example.
    scenario: Vec<String>,
}

/// The steps that have every word in them, in any case; of no word, all.
fn chosen(words: &[String]) -> Vec<Listed> {
    let wanted: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let fits = |entry: &&Entry| {
        let noun = entry.noun.replace('_', " ");
        let text = format!(
            "{noun} {} {} {}",
            entry.keyword, entry.expression, entry.help
        );
        let text = text.to_lowercase();
        wanted.iter().all(|word| text.contains(word))
    };
    vocabulary()
        .entries()
        .iter()
        .filter(fits)
        .map(listed)
        .collect()
}

fn listed(entry: &'static Entry) -> Listed {
    let example = vocabulary().example(entry);
    let (example, scenario) = example
        .map_or((None, Vec::new()), |Example { step, steps, .. }| {
            (Some(step), steps)
        });
    Listed {
        keyword: entry.keyword,
        expression: &entry.expression,
        noun: &entry.noun,
        help: &entry.help,
        example,
        scenario,
    }
}

fn json(listed: &[Listed], out: &mut dyn Write) -> std::io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, listed)?;
    writeln!(out)
}

fn text(listed: &[Listed], options: &StepsOptions, out: &mut dyn Write) -> std::io::Result<()> {
    let mut noun = "";
    for step in listed {
        if noun != step.noun {
            let blank = if noun.is_empty() { "" } else { "\n" };
            noun = step.noun;
            writeln!(out, "{blank}{}", noun.replace('_', " "))?;
        }
        writeln!(out, "  {} {}", step.keyword, step.expression)?;
        writeln!(out, "      {}", step.help)?;
        example(step, options.examples, out)?;
    }
    parameters(listed, out)
}

fn example(step: &Listed, whole: bool, out: &mut dyn Write) -> std::io::Result<()> {
    match &step.example {
        Some(_) if whole => {
            let mut lines = step.scenario.iter();
            lines.try_for_each(|line| writeln!(out, "        {line}"))
        }
        Some(line) => writeln!(out, "      example: {line}"),
        None => Ok(()),
    }
}

/// The words of the parameters that these steps have.
fn parameters(listed: &[Listed], out: &mut dyn Write) -> std::io::Result<()> {
    let used = |name: &str| {
        let braced = format!("{{{name}}}");
        listed.iter().any(|step| step.expression.contains(&braced))
    };
    writeln!(out, "\nparameters")?;
    for (name, choices) in parameter::choices() {
        if used(name) {
            writeln!(out, "  {{{name}}}: {}", choices.join(", "))?;
        }
    }
    Ok(())
}
