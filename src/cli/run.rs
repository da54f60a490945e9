use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crm_conformance::observe::Settings;
use crm_conformance::report::{Exit, RunReport, Selection, json, junit, terminal};
use crm_conformance::suite::run::{self, Connect, Options};
use crm_conformance::suite::{self, feature};
use crm_conformance::{faulty, sync};

use super::progress::Progress;
use super::{Failure, RunOptions};

/// Runs features and reports on them.
pub(super) fn run(paths: &[PathBuf], asked: &RunOptions) -> Result<Exit, Failure> {
    let files = Files::create(asked)?;
    let options = options(paths, asked)?;
    let mut selection = feature::Selection::new(asked.tags.as_deref(), asked.name.as_deref())
        .map_err(|error| Failure::usage(error.to_string()))?;
    selection.crm = asked.crm.map(Into::into);
    let report = match suite::scenarios(paths) {
        Err(found) => {
            for diagnostic in &found {
                anstream::eprintln!("{diagnostic}");
            }
            not_run(&options, found.iter().map(ToString::to_string).collect())
        }
        Ok(scenarios) => match selection.apply(scenarios) {
            Err(error) => {
                anstream::eprintln!("error: {error}");
                not_run(&options, vec![error.to_string()])
            }
            Ok(scenarios) => {
                let mut progress = Progress::new(scenarios.len());
                let report = run::run(scenarios, &options, |report| progress.done(report));
                progress.finish();
                let report = report.map_err(|error| {
                    Failure::harness(format!("could not start the mocks: {error}"))
                })?;
                print(&report)?;
                report
            }
        },
    };
    files.write(&report)?;
    Ok(report.exit())
}

fn options(paths: &[PathBuf], asked: &RunOptions) -> Result<Options, Failure> {
    let mut options = Options::new(asked.random_seed.unwrap_or_else(rand::random));
    options.settings = Settings {
        edition: asked.edition.into(),
        strict: asked.strict,
    };
    if let Some(concurrency) = asked.concurrency {
        options.concurrency = usize::from(concurrency);
    }
    options.connect = Connect::reference(policy(asked.faulty.as_deref())?);
    options.selection = Selection {
        built_in: paths.is_empty(),
        filtered: asked.crm.is_some() || asked.tags.is_some() || asked.name.is_some(),
    };
    Ok(options)
}

fn policy(faulty: Option<&str>) -> Result<sync::Policy, Failure> {
    let Some(name) = faulty else {
        return Ok(sync::Policy::reference());
    };
    faulty::find(name)
        .map(|client| client.policy)
        .ok_or_else(|| {
            let names: Vec<&str> = faulty::catalogue()
                .iter()
                .map(|client| client.name)
                .collect();
            Failure::usage(format!(
                "there is no faulty client '{name}'; there are {}",
                names.join(", ")
            ))
        })
}

/// The report of a run that could not begin.
fn not_run(options: &Options, feature_errors: Vec<String>) -> RunReport {
    RunReport {
        harness_version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: options.seed,
        edition: options.settings.edition,
        strict: options.settings.strict,
        selection: options.selection,
        feature_errors,
        ..RunReport::default()
    }
}

fn print(report: &RunReport) -> Result<(), Failure> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    let written = terminal::write(report, terminal::width(), &mut out).and_then(|()| out.flush());
    match written {
        // Whoever read the output has seen enough; the exit code still tells.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| Failure::output(&error)),
    }
}

/// The files to report to, opened before anything runs: a path that can't be written is told at once.
struct Files {
    json: Option<BufWriter<File>>,
    junit: Option<BufWriter<File>>,
}

impl Files {
    fn create(asked: &RunOptions) -> Result<Self, Failure> {
        let create = |path: &Option<PathBuf>| path.as_deref().map(create).transpose();
        Ok(Self {
            json: create(&asked.json)?,
            junit: create(&asked.junit)?,
        })
    }

    fn write(self, report: &RunReport) -> Result<(), Failure> {
        if let Some(mut file) = self.json {
            json::write(report, &mut file).map_err(|error| {
                Failure::harness(format!("could not write the JSON report: {error}"))
            })?;
            file.flush().map_err(|error| Failure::output(&error))?;
        }
        if let Some(mut file) = self.junit {
            junit::write(report, &mut file)
                .and_then(|()| file.flush())
                .map_err(|error| Failure::output(&error))?;
        }
        Ok(())
    }
}

fn create(path: &Path) -> Result<BufWriter<File>, Failure> {
    File::create(path)
        .map(BufWriter::new)
        .map_err(|error| Failure::usage(format!("could not write {}: {error}", path.display())))
}
