//! A run by hand takes longer than anybody sits there: what has been done is kept, and the same command goes on with it.

use std::io::ErrorKind;
use std::path::Path;

use crm_conformance::report::{Ended, ScenarioReport};
use crm_conformance::rules::Edition;
use crm_conformance::suite::feature::Scenario;
use crm_conformance::suite::run::Options;
use crm_conformance::sut::manual::Product;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cli::Failure;
use crate::cli::whole_file::WholeFile;

/// The version of the file's form.
const FORMAT: u32 = 1;

/// A file with what has been done so far.
pub(super) struct Progress {
    path: String,
    file: WholeFile,
    pub(super) kept: Kept,
}

/// What is in it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kept {
    format: u32,
    /// What the run is of: none of it may change in the middle.
    run: Run,
    /// What is tested, once that has been asked.
    pub(super) product: Option<Product>,
    /// The scenarios to be done, once they have been chosen.
    pub(super) chosen: Option<Vec<Title>>,
    /// Those that have been done.
    pub(super) done: Vec<ScenarioReport>,
}

/// What decides what a scenario comes to.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Run {
    harness_version: String,
    seed: u64,
    edition: Edition,
    strict: bool,
    /// What the command line says of features and system.
    arguments: Vec<String>,
    each_row_once: bool,
    /// Of the text of all scenarios that fit the command line.
    features: String,
}

/// A scenario; no two have the same.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Title {
    feature: String,
    name: String,
}

impl Title {
    pub(super) fn of(scenario: &Scenario) -> Self {
        Self {
            feature: scenario.feature.clone(),
            name: scenario.name.clone(),
        }
    }

    pub(super) fn is(&self, report: &ScenarioReport) -> bool {
        (&self.feature, &self.name) == (&report.feature, &report.name)
    }
}

/// The seed of a run that was left off, so that going on needs no number.
pub(crate) fn seed_of(path: &Path) -> Result<Option<u64>, Failure> {
    Ok(read(path)?.map(|kept| kept.run.seed))
}

fn read(path: &Path) -> Result<Option<Kept>, Failure> {
    let shown = path.display();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::usage(format!("could not read {shown}: {error}"))),
    };
    let kept: Kept = serde_json::from_str(&text).map_err(|error| {
        Failure::usage(format!(
            "{shown} is not the progress of a run by hand: {error}\nhint: name another file by --progress"
        ))
    })?;
    match kept.format {
        FORMAT => Ok(Some(kept)),
        other => Err(Failure::usage(format!(
            "{shown} is of form {other}, and this version knows form {FORMAT}\nhint: name another file by --progress"
        ))),
    }
}

impl Progress {
    /// What an earlier run has left there, if it was one of the same; else a new one.
    pub(super) fn open(
        path: &Path,
        scenarios: &[Scenario],
        options: &Options,
        each_row_once: bool,
    ) -> Result<Self, Failure> {
        let run = Run {
            harness_version: env!("CARGO_PKG_VERSION").to_owned(),
            seed: options.seed,
            edition: options.settings.edition,
            strict: options.settings.strict,
            arguments: options.arguments.clone(),
            each_row_once,
            features: digest(scenarios),
        };
        let kept = match read(path)? {
            None => Kept {
                format: FORMAT,
                run,
                ..Kept::default()
            },
            Some(kept) => {
                let differences = kept.run.differences(&run);
                if !differences.is_empty() {
                    return Err(other_run(path, &differences));
                }
                kept
            }
        };
        Ok(Self {
            path: path.display().to_string(),
            file: WholeFile::at(path)?,
            kept,
        })
    }

    /// Where it is kept.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// What a scenario has come to, if it has been done.
    pub(super) fn done(&self, scenario: &Scenario) -> Option<&ScenarioReport> {
        let title = Title::of(scenario);
        self.kept.done.iter().find(|report| title.is(report))
    }

    /// Whether it is one of those to be done.
    pub(super) fn is_chosen(&self, scenario: &Scenario) -> bool {
        let title = Title::of(scenario);
        self.kept.chosen.iter().flatten().any(|one| *one == title)
    }

    /// Whether they are one for each row.
    pub(super) fn each_row_once(&self) -> bool {
        self.kept.run.each_row_once
    }

    pub(super) fn keep_product(&mut self, product: &Product) -> Result<(), Failure> {
        self.kept.product = Some(product.clone());
        self.save()
    }

    pub(super) fn keep_chosen(
        &mut self,
        chosen: impl Iterator<Item = Title>,
    ) -> Result<(), Failure> {
        self.kept.chosen = Some(chosen.collect());
        self.save()
    }

    /// A scenario has been done, or more has become known of it. Where the harness broke it begins again another time.
    pub(super) fn keep(&mut self, report: &ScenarioReport) -> Result<(), Failure> {
        let same =
            |one: &ScenarioReport| (&one.feature, &one.name) == (&report.feature, &report.name);
        self.kept.done.retain(|one| !same(one));
        if !matches!(report.ended, Ended::HarnessError { .. }) {
            self.kept.done.push(report.clone());
        }
        self.save()
    }

    fn save(&mut self) -> Result<(), Failure> {
        let kept = &self.kept;
        self.file
            .write(|to| Ok(serde_json::to_writer_pretty(to, kept)?))
    }
}

impl Run {
    /// What is otherwise than it was, in plain words.
    fn differences(&self, now: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let mut differs = |what: &str, then: String, now: String| {
            if then != now {
                found.push(format!("{what} was {then}, and is {now}"));
            }
        };
        differs(
            "the version of crm-conformance",
            self.harness_version.clone(),
            now.harness_version.clone(),
        );
        differs(
            "the random seed",
            self.seed.to_string(),
            now.seed.to_string(),
        );
        differs(
            "the edition",
            self.edition.to_string(),
            now.edition.to_string(),
        );
        differs("--strict", on(self.strict), on(now.strict));
        differs(
            "--each-row-once",
            on(self.each_row_once),
            on(now.each_row_once),
        );
        differs(
            "the command line",
            said(&self.arguments),
            said(&now.arguments),
        );
        if found.is_empty() && self.features != now.features {
            found.push(
                "the features, or which of their scenarios are chosen, have changed".to_owned(),
            );
        }
        found
    }
}

fn on(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}

fn said(arguments: &[String]) -> String {
    format!("'{}'", arguments.join(" "))
}

fn other_run(path: &Path, differences: &[String]) -> Failure {
    Failure::usage(format!(
        "{} is the progress of another run: {}\nhint: go on with the command it was begun with, or begin anew with another file: --progress FILE",
        path.display(),
        differences.join("; ")
    ))
}

/// Of everything that a scenario's report depends on.
fn digest(scenarios: &[Scenario]) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    };
    for scenario in scenarios {
        add(&scenario.feature);
        add(&scenario.name);
        scenario.tags.iter().for_each(|tag| add(tag));
        for step in &scenario.steps {
            add(&step.gherkin.keyword);
            add(&step.gherkin.value);
        }
    }
    let bytes = hash.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
