use std::path::PathBuf;

use crm_conformance::report::Exit;
use crm_conformance::suite;
use crm_conformance::suite::diagnostic::{Diagnostic, summary};
use serde::Serialize;

use super::{Failure, LintOptions, output};

/// Says what is wrong with features.
pub(super) fn lint(paths: &[PathBuf], options: &LintOptions) -> Result<Exit, Failure> {
    let (scenarios, found) = match suite::scenarios(paths) {
        Ok(scenarios) => (Some(scenarios.len()), Vec::new()),
        Err(found) => (None, found),
    };
    if options.json {
        json(scenarios, &found)?;
    } else if let Some(scenarios) = scenarios {
        let plural = if scenarios == 1 { "" } else { "s" };
        output::print(|to| writeln!(to, "{scenarios} scenario{plural}, and nothing is wrong"))?;
    } else {
        say(&found);
    }
    Ok(match scenarios {
        Some(_) => Exit::Conformant,
        None => Exit::FeatureError,
    })
}

/// Each fault, and how many there are.
pub(super) fn say(found: &[Diagnostic]) {
    for diagnostic in found {
        anstream::eprintln!("{}", diagnostic.styled());
    }
    anstream::eprintln!("{}", summary(found));
}

/// Faults as editors and scripts read them.
#[derive(Debug, Serialize)]
struct Findings<'a> {
    /// `null` where something is wrong.
    scenarios: Option<usize>,
    errors: &'a [Diagnostic],
}

fn json(scenarios: Option<usize>, found: &[Diagnostic]) -> Result<(), Failure> {
    let findings = Findings {
        scenarios,
        errors: found,
    };
    output::print(|to| {
        serde_json::to_writer_pretty(&mut *to, &findings)?;
        writeln!(to)
    })
}
