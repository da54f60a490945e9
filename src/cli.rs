//! Commands and options; what they come to is an exit code of [`crm_conformance::report::Exit`].

mod driver;
mod explore;
mod gate;
mod github;
mod lint;
mod live;
mod manual;
mod output;
mod progress;
mod report;
mod reports;
mod run;
mod self_test;
mod signals;
mod steps;
mod sut;
mod whole_file;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use crm_conformance::report::Exit;
use crm_conformance::rules;
use crm_conformance::suite::vocabulary;

/// Who becomes Owner and Created By of a record that Apollo pushes to Salesforce or HubSpot, and is that what the documents say?
///
/// Without a command, runs the built-in features against the reference client, on mocks of both CRMs in this process.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: RunOptions,
}

const EXIT_CODES: &str = "Exit codes: 0 conformant, 1 not conformant, 2 the command line or a feature is wrong, \
3 the harness broke, 4 nothing was proved, 5 the list of known failures is stale, 130 interrupted, 143 terminated.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Run features, and judge what the CRMs recorded.
    Run {
        /// Feature files, or folders of them; none: the built-in features.
        paths: Vec<PathBuf>,
        #[command(flatten)]
        options: Box<RunOptions>,
    },
    /// Say what is wrong with features, and run nothing.
    Lint {
        /// Feature files, or folders of them; none: the built-in features.
        paths: Vec<PathBuf>,
        #[command(flatten)]
        options: LintOptions,
    },
    /// List every step that a feature can use, with its help and an example.
    Steps(StepsOptions),
    /// Test the suite itself: every faulty client is caught by the rule that it breaks, every right one passes.
    SelfTest(self_test::SelfTestOptions),
    /// For whoever writes a driver, and so brings a system under test of their own.
    #[command(subcommand)]
    Driver(driver::DriverCommand),
    /// Delete what runs against live CRMs have left behind, and nothing else. Exit codes: 0 nothing is left, 1 something could
    /// not be deleted, 2 the command line or the target file is wrong, 3 a CRM could not be asked.
    Sweep(live::SweepOptions),
    /// Go through every cell of the decision table, and through random histories, and judge them by the same rules.
    Explore(explore::ExploreOptions),
    /// Show a stored report, or put the reports of the shards of a run together.
    #[command(subcommand)]
    Report(report::ReportCommand),
}

/// How to say what is wrong.
#[derive(Debug, Args)]
struct LintOptions {
    /// As JSON on standard output, for editors and scripts.
    #[arg(long)]
    json: bool,
}

/// Which steps to list, and how.
#[derive(Debug, Args)]
struct StepsOptions {
    /// Only steps that have all of these words in them, or in their help.
    words: Vec<String>,
    /// Each with its example as a whole scenario, to copy.
    #[arg(long)]
    examples: bool,
    /// As JSON, for editors and scripts.
    #[arg(long, conflicts_with = "examples")]
    json: bool,
}

/// What to run, how strictly, and where to report it.
#[derive(Debug, Args)]
struct RunOptions {
    /// Only scenarios about this CRM.
    #[arg(long, value_enum)]
    crm: Option<CrmName>,
    /// Only scenarios whose tags fit: '@R01', '@R05 and not @smoke'.
    #[arg(long, value_name = "EXPRESSION")]
    tags: Option<String>,
    /// Only scenarios with this in their title, in any case.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Only the scenario, or the row of examples, at this place, as reports name it: 'features/updates.feature:12'. Can be repeated.
    #[arg(long, value_name = "FILE:LINE")]
    at: Vec<String>,
    /// What is only inferred has to hold, too, and of several readings the recommended one.
    #[arg(long)]
    strict: bool,
    /// The document that decides.
    #[arg(long, value_enum, default_value = "newer")]
    edition: EditionName,
    /// Also write the report, with all evidence, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Also write the report as JUnit XML.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Also annotate the run as GitHub Actions reads it, and write the step's summary where $GITHUB_STEP_SUMMARY names a file [default: where $GITHUB_ACTIONS is true].
    #[arg(long)]
    github: bool,
    /// Scenarios at a time [default: as many as cores].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: Option<u16>,
    /// A step without an answer after so many seconds hangs, and its scenario has failed [default: 20; by hand: none].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    step_deadline: Option<Duration>,
    /// The same for a whole scenario [default: 60; by hand: none].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    scenario_deadline: Option<Duration>,
    /// End the run once so many scenarios have hung one after the other.
    #[arg(long, value_name = "N", default_value = "3", value_parser = clap::value_parser!(u16).range(1..))]
    most_hangs: u16,
    /// End the run with the first scenario that fails.
    #[arg(long)]
    fail_fast: bool,
    /// Names, companies and ids are drawn from it; the same number gives the same run [default: another one each time].
    #[arg(long, value_name = "N")]
    random_seed: Option<u64>,
    /// The system under test: a command, run by `sh -c`, that speaks the driver protocol on its standard input and output; or the
    /// URL of one that runs already, repeated for as many scenarios at a time; or `manual`: you do what it is asked for, in a
    /// product that nobody can script [default: the reference client, in this process].
    #[arg(long, value_name = "COMMAND|URL", conflicts_with = "faulty")]
    sut: Vec<String>,
    /// Don't hold every message, in either direction, against the schema of the driver protocol, which 'driver schema' prints.
    #[arg(long, requires = "sut")]
    no_validate: bool,
    /// Lead the command of --sut through a proxy, for libraries that have the hosts of the CRMs built in: sets HTTPS_PROXY and NO_PROXY.
    #[arg(long, requires = "sut")]
    proxy: bool,
    /// Observe a Salesforce sandbox and a HubSpot test portal in place of the mocks: who is who there, as docs/live-crm.md shows.
    /// Scenarios run one after another, and they and their steps have five times as long.
    #[arg(long, value_name = "FILE", conflicts_with = "proxy")]
    crm_target: Option<PathBuf>,
    /// Run a client that gets one thing wrong, in place of the reference client: to see the suite catch it. `self-test --list` lists them.
    #[arg(long, value_name = "NAME")]
    faulty: Option<String>,
    /// Add your own custom objects, fields and properties to every scenario's org and portal; docs/org-seed.md has the form.
    #[arg(long, value_name = "FILE")]
    org_seed: Option<PathBuf>,
    #[command(flatten)]
    manual: manual::ManualOptions,
    #[command(flatten)]
    gate: gate::GateOptions,
}

/// A deadline: more than nothing, and no more than a day.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "expected a number of seconds")?;
    if seconds > 0.0 && seconds <= 86_400.0 {
        Ok(Duration::from_secs_f64(seconds))
    } else {
        Err("expected more than 0 and no more than 86400 seconds".to_owned())
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CrmName {
    Salesforce,
    Hubspot,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EditionName {
    Newer,
    Older,
}

impl From<CrmName> for rules::Crm {
    fn from(name: CrmName) -> Self {
        match name {
            CrmName::Salesforce => Self::Salesforce,
            CrmName::Hubspot => Self::Hubspot,
        }
    }
}

impl From<EditionName> for rules::Edition {
    fn from(name: EditionName) -> Self {
        match name {
            EditionName::Newer => Self::Newer,
            EditionName::Older => Self::Older,
        }
    }
}

/// Does what the command line asks for.
pub(crate) fn main() -> ExitCode {
    let cli = Cli::parse();
    let _last = NoOrphans;
    let done = whole_vocabulary().and_then(|()| run(cli));
    let exit = done.unwrap_or_else(|failure| failure.say());
    ExitCode::from(exit.code())
}

/// However a command ends, no driver is left behind.
struct NoOrphans;

impl Drop for NoOrphans {
    fn drop(&mut self) {
        crm_conformance::sut::kill_all();
    }
}

fn run(cli: Cli) -> Result<Exit, Failure> {
    match cli.command {
        None => run::run(&[], &cli.run),
        Some(Command::Run { paths, options }) => run::run(&paths, &options),
        Some(Command::Lint { paths, options }) => lint::lint(&paths, &options),
        Some(Command::Steps(options)) => steps::list(&options),
        Some(Command::SelfTest(options)) => self_test::self_test(&options),
        Some(Command::Driver(command)) => driver::driver(command),
        Some(Command::Sweep(options)) => live::sweep(&options),
        Some(Command::Explore(options)) => explore::explore(&options),
        Some(Command::Report(command)) => report::report(&command),
    }
}

/// A binary that lacks steps misreads features, so it does nothing at all.
fn whole_vocabulary() -> Result<(), Failure> {
    let differences = vocabulary::vocabulary().differences();
    if differences.is_empty() {
        Ok(())
    } else {
        Err(Failure::harness(differences.join("\nerror: ")))
    }
}

/// Why a command did not get through.
#[derive(Debug)]
struct Failure {
    exit: Exit,
    what: String,
}

impl Failure {
    /// The user asked for something that can't be.
    fn usage(what: impl Into<String>) -> Self {
        Self {
            exit: Exit::FeatureError,
            what: what.into(),
        }
    }

    /// Something broke here.
    fn harness(what: impl Into<String>) -> Self {
        Self {
            exit: Exit::HarnessBroke,
            what: what.into(),
        }
    }

    fn say(self) -> Exit {
        anstream::eprintln!("error: {}", self.what);
        self.exit
    }
}
