//! Stored reports: one shown again, and the parts of a run put together.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use crm_conformance::report::{Exit, Part, RunReport, json, merge, terminal};

use super::reports;
use super::{Failure, github, output};

#[derive(Debug, Subcommand)]
pub(super) enum ReportCommand {
    /// Print a report that `run --json` has written, and end with its exit code.
    Show {
        /// The report.
        file: PathBuf,
    },
    /// Put the reports of all shards of a run together, print the whole, and end with its exit code.
    ///
    /// All parts have to be there, finished, and of one run: the same version, system under test, features, edition, strictness,
    /// seed, required rows and known failures. Anything else is exit code 2, since what was not run proves nothing.
    Merge(MergeOptions),
}

#[derive(Debug, Args)]
pub(super) struct MergeOptions {
    /// The JSON reports of all parts, in any order.
    #[arg(required = true, value_name = "PART.json")]
    parts: Vec<PathBuf>,
    /// Also write the whole report as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Also write the whole report as JUnit XML.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Annotations and a step summary, as `run --github` has them; on where GitHub runs this.
    #[arg(long)]
    github: bool,
}

/// Does what was asked of stored reports.
pub(super) fn report(command: &ReportCommand) -> Result<Exit, Failure> {
    match command {
        ReportCommand::Show { file } => show(file),
        ReportCommand::Merge(options) => merge_parts(options),
    }
}

fn show(file: &Path) -> Result<Exit, Failure> {
    let report = read(file)?;
    print(&report)
}

fn merge_parts(options: &MergeOptions) -> Result<Exit, Failure> {
    let write = |report: &RunReport| {
        reports::write(options.json.as_deref(), options.junit.as_deref(), report)
    };
    match merged(&options.parts) {
        Ok(report) => {
            write(&report)?;
            let exit = print(&report)?;
            github::tell(options.github, &report)?;
            Ok(exit)
        }
        Err(wrong) => {
            // Whoever reads the files alone is not to find those of an earlier run, or none.
            write(&RunReport {
                harness_version: env!("CARGO_PKG_VERSION").to_owned(),
                feature_errors: wrong.clone(),
                ..RunReport::default()
            })?;
            Err(Failure::usage(wrong.join("\nerror: ")))
        }
    }
}

/// The whole run; or everything that is wrong with its parts.
fn merged(paths: &[PathBuf]) -> Result<RunReport, Vec<String>> {
    let (mut parts, mut wrong) = (Vec::new(), Vec::new());
    for path in paths {
        match read(path) {
            Ok(report) => parts.push(Part {
                file: path.display().to_string(),
                report,
            }),
            Err(failure) => wrong.push(failure.what),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    merge(parts).map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

fn print(report: &RunReport) -> Result<Exit, Failure> {
    output::print(|to| terminal::write(report, terminal::width(), to))?;
    Ok(report.exit())
}

fn read(path: &Path) -> Result<RunReport, Failure> {
    let shown = path.display();
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("could not read {shown}: {error}")))?;
    json::read(&text).map_err(|error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
        let hint = "a report is what `crm-conformance run --json FILE` writes";
        let cause = cause.unwrap_or_default();
        Failure::usage(format!("{shown}: {error}{cause}\nhint: {hint}"))
    })
}
