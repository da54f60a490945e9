use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use crm_conformance::observe::Settings;
use crm_conformance::report::{Exit, RunReport, Selection, Shard, terminal};
use crm_conformance::suite::diagnostic::nearest;
use crm_conformance::suite::feature::Scenario;
use crm_conformance::suite::org_seed::OrgSeed;
use crm_conformance::suite::run::{self, Options};
use crm_conformance::suite::{self, feature};
use crm_conformance::{faulty, sync};

use super::progress::Progress;
use super::reports::Reports;
use super::{Failure, RunOptions, github, live, manual, output, signals, sut};

/// Runs features and reports on them.
pub(super) fn run(paths: &[PathBuf], asked: &RunOptions) -> Result<Exit, Failure> {
    let mut options = options(paths, asked)?;
    let selection = selection(asked)?;
    let mut reports = Reports::create(asked, header(&options))?;
    let report = match chosen(paths, &selection) {
        Ok(scenarios) => {
            options.selection.features = Some(suite::feature::digest(&scenarios));
            let scenarios = shard_of(scenarios, asked.gate.shard);
            if sut::by_hand(asked) {
                let report = manual::run(scenarios, &options, &asked.manual, &mut reports)?;
                output::print(|to| terminal::write(&report, terminal::width(), to))?;
                report
            } else {
                run_all(scenarios, &options, &mut reports)?
            }
        }
        Err(feature_errors) => RunReport {
            feature_errors,
            ..header(&options)
        },
    };
    reports.finish(&report)?;
    github::tell(asked.github, &report)?;
    Ok(report.exit())
}

fn selection(asked: &RunOptions) -> Result<feature::Selection, Failure> {
    let mut selection = feature::Selection::new(asked.tags.as_deref(), asked.name.as_deref())
        .map_err(|error| Failure::usage(error.to_string()))?;
    selection.at = asked.at.clone();
    selection.crm = asked.crm.map(Into::into);
    Ok(selection)
}

/// What to run; or what is wrong with it, which has been said by then.
fn chosen(paths: &[PathBuf], selection: &feature::Selection) -> Result<Vec<Scenario>, Vec<String>> {
    let scenarios = suite::scenarios(paths).map_err(|found| {
        super::lint::say(&found);
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    })?;
    selection.apply(scenarios).map_err(|error| {
        anstream::eprintln!("error: {error}");
        vec![error.to_string()]
    })
}

/// The part that was asked for. It may be empty: with many parts and few scenarios, one gets none, and says so in its report.
fn shard_of(mut scenarios: Vec<Scenario>, shard: Option<Shard>) -> Vec<Scenario> {
    if let Some(shard) = shard {
        scenarios.retain(|scenario| shard.holds(&scenario.feature, &scenario.name));
    }
    scenarios
}

fn run_all(
    scenarios: Vec<Scenario>,
    options: &Options,
    reports: &mut Reports,
) -> Result<RunReport, Failure> {
    signals::watch(options.stop.clone())
        .map_err(|error| Failure::harness(format!("could not listen to signals: {error}")))?;
    reports.chosen(scenarios.iter().map(run::not_run).collect())?;
    let mut progress = Progress::new(scenarios.len());
    let mut written = Ok(());
    let report = run::run(scenarios, options, |report| {
        progress.done(report);
        if written.is_ok() {
            written = reports.done(report);
        }
    });
    progress.finish();
    written?;
    let report =
        report.map_err(|error| Failure::harness(format!("could not start the mocks: {error}")))?;
    output::print(|to| terminal::write(&report, terminal::width(), to))?;
    Ok(report)
}

/// A run by hand goes on with the seed that it was begun with.
fn seed(asked: &RunOptions) -> Result<u64, Failure> {
    let kept = match sut::by_hand(asked) {
        true => manual::seed_of(asked.manual.progress())?,
        false => None,
    };
    Ok(asked.random_seed.or(kept).unwrap_or_else(rand::random))
}

fn options(paths: &[PathBuf], asked: &RunOptions) -> Result<Options, Failure> {
    let mut options = Options::new(seed(asked)?);
    options.settings = Settings {
        edition: asked.edition.into(),
        strict: asked.strict,
    };
    if let Some(concurrency) = asked.concurrency {
        options.concurrency = usize::from(concurrency);
    }
    let by_hand = sut::by_hand(asked).then_some(manual::NO_DEADLINE);
    let deadline = |asked: Option<Duration>| asked.or(by_hand);
    if let Some(step) = deadline(asked.step_deadline) {
        options.step_deadline = step;
    }
    if let Some(scenario) = deadline(asked.scenario_deadline) {
        options.scenario_deadline = scenario;
    }
    options.same_team = by_hand.is_some();
    options.mocks = asked.manual.mocks();
    if let Some(path) = &asked.org_seed {
        let seed = OrgSeed::read(path).map_err(|error| Failure::usage(error.to_string()))?;
        options.mocks.org_seed = Arc::new(seed);
    }
    options.most_hangs = usize::from(asked.most_hangs);
    options.fail_fast = asked.fail_fast;
    options.connect = sut::connect(asked)?;
    options.arguments = again(paths, asked);
    options.required = asked.gate.required(options.settings.edition);
    options.known_failures = asked.gate.known_failures()?;
    options.selection = Selection {
        built_in: paths.is_empty(),
        filtered: asked.crm.is_some()
            || asked.tags.is_some()
            || asked.name.is_some()
            || !asked.at.is_empty(),
        shard: asked.gate.shard,
        features: None,
    };
    if let Some(target) = &asked.crm_target {
        live::observe(target, asked.concurrency, &mut options)?;
    }
    Ok(options)
}

/// What has to be said to run the same features against the same system again; the report adds which scenario, and the seed.
fn again(paths: &[PathBuf], asked: &RunOptions) -> Vec<String> {
    let mut arguments: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let crm = asked.crm.and_then(|crm| crm.to_possible_value());
    arguments.extend(sut::again(asked));
    for (option, value) in [
        ("--faulty", asked.faulty.clone()),
        ("--crm-target", shown(asked.crm_target.as_deref())),
        ("--org-seed", shown(asked.org_seed.as_deref())),
        ("--crm", crm.map(|crm| crm.get_name().to_owned())),
    ] {
        arguments.extend(
            value
                .into_iter()
                .flat_map(|value| [option.to_owned(), value]),
        );
    }
    arguments
}

pub(super) fn policy(faulty: Option<&str>) -> Result<sync::Policy, Failure> {
    let Some(name) = faulty else {
        return Ok(sync::Policy::reference());
    };
    let variations = faulty::variations();
    let found = variations.iter().find(|(known, _)| *known == name);
    found.map(|(_, policy)| *policy).ok_or_else(|| {
        let near = nearest(name, variations.iter().map(|(known, _)| *known));
        let hint = near.map(|near| format!("\nhint: did you mean {near}?"));
        Failure::usage(format!(
            "there is no faulty client '{name}'; 'self-test --list' lists them all{}",
            hint.unwrap_or_default()
        ))
    })
}

/// What is known of a run before it begins.
pub(super) fn header(options: &Options) -> RunReport {
    RunReport {
        harness_version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: options.seed,
        edition: options.settings.edition,
        strict: options.settings.strict,
        selection: options.selection.clone(),
        arguments: options.arguments.clone(),
        required: options.required.clone(),
        known_failures: options.known_failures.clone(),
        ..RunReport::default()
    }
}

fn shown(path: Option<&Path>) -> Option<String> {
    path.map(|path| path.display().to_string())
}
