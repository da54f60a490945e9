//! What a step of a GitHub Actions job can show of a run: annotations, and its summary.

use std::env;
use std::fs::File;
use std::io::Write;

use crm_conformance::report::{RunReport, github, markdown};

use super::{Failure, output};

/// Writes both, if asked to or where GitHub runs this process.
pub(super) fn tell(asked: bool, report: &RunReport) -> Result<(), Failure> {
    let in_actions = env::var("GITHUB_ACTIONS").is_ok_and(|set| set == "true");
    if !asked && !in_actions {
        return Ok(());
    }
    output::print(|to| github::write(report, to))?;
    match env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) {
        Some(path) => append(&path, report).map_err(|error| {
            let path = path.display();
            Failure::harness(format!("could not write the step summary {path}: {error}"))
        }),
        None => Ok(()),
    }
}

/// Other commands of the step may have written there.
fn append(path: &std::ffi::OsStr, report: &RunReport) -> std::io::Result<()> {
    let mut summary = Vec::new();
    markdown::write(report, &mut summary)?;
    let mut file = File::options().create(true).append(true).open(path)?;
    file.write_all(&summary)
}
