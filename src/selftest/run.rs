use std::collections::HashMap;
use std::io;
use std::time::Instant;

use super::weaken::{self, Weakened};
use super::{
    Client, Diagnosis, Kind, Outcome, Recording, SelfTest, Tested, canary, hopeless, kill,
};
use crate::faulty;
use crate::observe::Settings;
use crate::report::{Ended, Exit, RunReport, Selection, failure};
use crate::rules::RowId;
use crate::suite::diagnostic::nearest;
use crate::suite::feature::Scenario;
use crate::suite::run::Stop;
use crate::suite::{self, run as suite_run};

/// What to test, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// What names and companies are drawn from.
    pub seed: u64,
    /// How many scenarios at a time.
    pub concurrency: usize,
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    /// The clients.
    pub clients: Vec<Client>,
    /// Which scenarios faulty clients run.
    pub scope: Scope,
    /// Whether to find out which weakened features would be noticed, too.
    pub weaken: bool,
    /// How many clients there are, wanted or not.
    pub known: usize,
    /// Ends it from outside, before its last client.
    pub stop: Stop,
}

/// Which scenarios a client runs. The reference client runs all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All, so that everything which turns red is seen.
    Everything,
    /// A faulty client those of the rows that it breaks, which decide whether it is caught, and those of no row; the others a
    /// few of each row.
    OwnRows,
}

/// Columns of a narrow terminal.
const NARROW: usize = 80;

/// Why there is no self-test.
#[derive(Debug, thiserror::Error)]
pub enum SelfTestError {
    /// The features are not in order.
    #[error("the features are not in order: {0}")]
    Features(String),
    /// A client breaks a row that there is not.
    #[error("the client {client} says that it breaks {row}, and there is no such row")]
    NoSuchRow {
        /// The client.
        client: String,
        /// What it says.
        row: String,
    },
    /// A client names a cause that there is not.
    #[error("the client {client} names the cause {cause}, and there is no such cause")]
    NoSuchCause {
        /// The client.
        client: String,
        /// What it names.
        cause: String,
    },
    /// A name that no client has.
    #[error("there is no client '{name}'; 'self-test --list' lists them all{}", .near.as_ref().map(|near| format!("\nhint: did you mean {near}?")).unwrap_or_default())]
    NoSuchClient {
        /// What was asked for.
        name: String,
        /// The name most like it.
        near: Option<String>,
    },
    /// The mocks can't be started.
    #[error("could not start the mocks")]
    Mocks(#[from] io::Error),
}

impl Options {
    /// The built-in features, and every client that there is.
    ///
    /// # Errors
    /// Where the features or the catalogue are not in order.
    pub fn new(seed: u64) -> Result<Self, SelfTestError> {
        let scenarios = suite::scenarios(&[]).map_err(|found| {
            let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
            SelfTestError::Features(lines.join("; "))
        })?;
        let mut clients = vec![Client::reference()];
        let alike = faulty::alike();
        clients.extend(
            alike
                .iter()
                .map(|one| Client::permitted(one.name, one.description, one.policy)),
        );
        for client in faulty::catalogue() {
            clients.push(Client::faulty(&client)?);
        }
        for client in faulty::warned() {
            clients.push(Client::faulty(&client)?.strictly());
        }
        let permitted = faulty::permitted();
        let permitted = permitted
            .iter()
            .map(|client| Client::permitted(client.name, client.description, client.policy));
        clients.extend(permitted);
        clients.extend(hopeless::clients());
        Ok(Self {
            seed,
            concurrency: suite_run::Options::new(seed).concurrency,
            scenarios,
            known: clients.len(),
            clients,
            scope: Scope::Everything,
            weaken: false,
            stop: Stop::default(),
        })
    }

    /// The same for one client alone, besides the canary.
    ///
    /// # Errors
    /// Where no client has the name.
    pub fn only(mut self, name: &str) -> Result<Self, SelfTestError> {
        let names = self.clients.iter().map(|client| client.name.as_str());
        let near = nearest(name, names).map(str::to_owned);
        self.clients.retain(|client| client.name == name);
        if self.clients.is_empty() {
            return Err(SelfTestError::NoSuchClient {
                name: name.to_owned(),
                near,
            });
        }
        Ok(self)
    }
}

/// Tests the suite, and tells `on_done` of each client as it ends.
///
/// # Errors
/// Where the mocks can't be started.
pub fn run(options: &Options, mut on_done: impl FnMut(&Tested)) -> Result<SelfTest, SelfTestError> {
    let mut found = SelfTest {
        seed: options.seed,
        scenarios: options.scenarios.len(),
        known: options.known,
        filtered: options.clients.len() < options.known,
        ..SelfTest::default()
    };
    let canary = canary::check(options)?;
    found.stopped = options.stop.asked();
    if found.stopped.is_some() {
        return Ok(found);
    }
    found.void = canary.wrong;
    if !found.void.is_empty() {
        return Ok(found);
    }
    found.trusted = true;
    for client in &options.clients {
        let tested = match client.kind {
            Kind::Reference => canary.reference.clone(),
            _ => one(client, options)?,
        };
        // What a client has done up to then is not all that it would have been caught by.
        found.stopped = options.stop.asked();
        if found.stopped.is_some() {
            return Ok(found);
        }
        on_done(&tested);
        found.clients.push(tested);
    }
    if options.weaken {
        let weakened = weaken(options, &found);
        found.stopped = options.stop.asked();
        if found.stopped.is_none() {
            found.weakened = Some(weakened?);
        }
    }
    Ok(found)
}

fn weaken(options: &Options, found: &SelfTest) -> Result<Weakened, SelfTestError> {
    let faulty: Vec<&Tested> = found.of(Kind::Faulty).collect();
    Ok(weaken::weaken(options, &faulty)?)
}

/// Runs one client.
pub(super) fn one(client: &Client, options: &Options) -> Result<Tested, SelfTestError> {
    let started = Instant::now();
    let scenarios = scenarios_of(client, options);
    let report = suite_run::run(scenarios, &how(client, options), |_| {})?;
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(Tested {
        milliseconds,
        ..Tested::of(client, &report)
    })
}

fn scenarios_of(client: &Client, options: &Options) -> Vec<Scenario> {
    let all = || options.scenarios.iter();
    match (options.scope, client.kind) {
        (Scope::Everything, _) | (_, Kind::Reference) => all().cloned().collect(),
        (Scope::OwnRows, Kind::Faulty) => {
            let wanted = |scenario: &&Scenario| {
                let rows = suite::lint::rows_of(scenario);
                rows.is_empty() || rows.iter().any(|row| client.breaks.contains(row))
            };
            all().filter(wanted).cloned().collect()
        }
        (Scope::OwnRows, _) => a_few_of_each_row(all()),
    }
}

/// The first two scenarios of every row.
fn a_few_of_each_row<'a>(scenarios: impl Iterator<Item = &'a Scenario>) -> Vec<Scenario> {
    let mut taken: HashMap<RowId, usize> = HashMap::new();
    let mut wanted = |scenario: &&Scenario| {
        let rows = suite::lint::rows_of(scenario);
        let few = rows
            .iter()
            .any(|row| taken.get(row).is_none_or(|count| *count < 2));
        for row in rows.iter().filter(|_| few) {
            *taken.entry(*row).or_default() += 1;
        }
        few
    };
    scenarios.filter(|one| wanted(one)).cloned().collect()
}

fn how(client: &Client, options: &Options) -> suite_run::Options {
    let mut how = suite_run::Options {
        concurrency: options.concurrency,
        connect: client.connect.clone(),
        settings: Settings {
            strict: client.strict,
            ..Settings::default()
        },
        selection: Selection {
            built_in: true,
            ..Selection::default()
        },
        stop: options.stop.clone(),
        ..suite_run::Options::new(options.seed)
    };
    if let Some(patience) = client.patience {
        how.step_deadline = patience;
    }
    how
}

impl Tested {
    /// What the suite made of a client, by its report.
    pub fn of(client: &Client, report: &RunReport) -> Self {
        let recording = Recording::of(report);
        let mut tested = Self {
            name: client.name.clone(),
            description: client.description.clone(),
            kind: client.kind,
            outcome: Outcome::Passed,
            kills: kill::kills(&recording, &client.breaks),
            diagnosis: Diagnosis::of(&recording, client),
            red_rows: kill::red_rows(&recording).into_iter().collect(),
            scenarios: report.scenarios.len(),
            failed: report.counts().failed,
            conformance: report.conformance(),
            longest_failure: failure::longest(report, NARROW),
            symptom: report.symptom(),
            errors: errors(report),
            milliseconds: 0,
            recording,
        };
        tested.outcome = tested.judge(report.exit());
        tested
    }

    fn judge(&self, exit: Exit) -> Outcome {
        let caught = |caught| {
            if caught {
                Outcome::Caught
            } else {
                Outcome::Missed
            }
        };
        match self.kind {
            _ if !self.errors.is_empty() => Outcome::Broke,
            Kind::Reference | Kind::Permitted if exit == Exit::Conformant => Outcome::Passed,
            Kind::Reference | Kind::Permitted => Outcome::FalseAlarm,
            Kind::Faulty => caught(self.kills.iter().any(|kill| kill.red > 0)),
            Kind::Hopeless => caught(self.conformance.kept == 0 && exit == Exit::NotConformant),
        }
    }
}

/// What broke in the suite, or is wrong with a feature.
fn errors(report: &RunReport) -> Vec<String> {
    let in_scenarios = report
        .scenarios
        .iter()
        .filter_map(|scenario| match &scenario.ended {
            Ended::FeatureError { what } | Ended::HarnessError { what } => {
                Some(format!("{}: {what}", scenario.location))
            }
            _ => None,
        });
    report
        .feature_errors
        .iter()
        .chain(&report.harness_errors)
        .cloned()
        .chain(in_scenarios)
        .collect()
}
