//! `--sut manual`: a person does what a driver would do, for as long as it takes.

mod plan;
mod progress;
mod sitting;

use std::io::{self, BufReader, IsTerminal};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use crm_conformance::report::{Exit, RunReport};
use crm_conformance::suite::feature::Scenario;
use crm_conformance::suite::run::{Mocks, Options};
use crm_conformance::sut::manual::{Checklist, Console, Product};

use super::reports::Reports;
use super::{Failure, signals};
use plan::Plan;
use progress::Progress;
pub(super) use progress::seed_of;
use sitting::Sitting;

/// A person needs as long as it takes.
pub(super) const NO_DEADLINE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

const PROGRESS: &str = "crm-conformance-manual.json";

/// What only a run by hand needs.
#[derive(Clone, Debug, Args)]
pub(super) struct ManualOptions {
    /// With --sut manual: where what has been done is kept, so that the same command goes on with it another time
    /// [default: crm-conformance-manual.json].
    #[arg(long, value_name = "FILE")]
    progress: Option<PathBuf>,
    /// With --sut manual: only so many scenarios that every row which the document states is judged, of each row the one with the
    /// fewest steps. That is the default unless scenarios are chosen in another way; --each-row-once=false runs them all.
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    each_row_once: Option<bool>,
    /// Where the mock Salesforce listens, so that a product which was set up once finds it the next time, too [default: a free port].
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen_salesforce: Option<SocketAddr>,
    /// The same for the mock HubSpot.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen_hubspot: Option<SocketAddr>,
}

impl ManualOptions {
    /// Whether to choose one scenario for each row.
    fn each_row_once(&self, built_in: bool, filtered: bool) -> bool {
        self.each_row_once.unwrap_or(built_in && !filtered)
    }

    /// Where what has been done is kept.
    pub(super) fn progress(&self) -> &Path {
        self.progress.as_deref().unwrap_or(Path::new(PROGRESS))
    }

    /// Whether something is asked for that only a run by hand has.
    pub(super) fn only_by_hand(&self) -> bool {
        self.progress.is_some() || self.each_row_once.is_some()
    }

    /// Where the mocks listen.
    pub(super) fn mocks(&self) -> Mocks {
        Mocks {
            salesforce: self.listen_salesforce,
            hubspot: self.listen_hubspot,
            ..Mocks::default()
        }
    }
}

/// Runs scenarios by hand, beginning where an earlier run was left off.
pub(super) fn run(
    scenarios: Vec<Scenario>,
    options: &Options,
    asked: &ManualOptions,
    reports: &mut Reports,
) -> Result<RunReport, Failure> {
    let each_row = asked.each_row_once(options.selection.built_in, options.selection.filtered);
    let mut progress = Progress::open(asked.progress(), &scenarios, options, each_row)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| Failure::harness(format!("there is no runtime: {error}")))?;
    let console = Arc::new(console()?);
    let mut product = match progress.kept.product.clone() {
        Some(product) => product,
        None => runtime
            .block_on(ask_product(&console))
            .ok_or_else(not_begun)?,
    };
    progress.keep_product(&product)?;
    let mut begun = false;
    loop {
        let plan = Plan::make(&scenarios, options, &mut progress, &product, &console)?;
        if !begun && !plan.to_do.is_empty() {
            console.say(&plan.announced(&progress));
            let answer = runtime.block_on(console.ask("[Enter = begin, q = stop] "));
            answer
                .filter(|answer| answer != "q")
                .ok_or_else(not_begun)?;
            signals::watch(options.stop.clone()).map_err(|error| {
                Failure::harness(format!("could not listen to signals: {error}"))
            })?;
            begun = true;
        }
        let sitting = Sitting {
            plan,
            options,
            console: &console,
            product: &product,
        };
        let (report, lacks) = sitting.hold(&mut progress, reports)?;
        match lacks {
            None => return Ok(report),
            Some(capability) => {
                product.capabilities.retain(|word| *word != capability);
                progress.keep_product(&product)?;
                options.stop.go_on();
            }
        }
    }
}

fn console() -> Result<Console, Failure> {
    let echo = !io::stdin().is_terminal();
    Console::new(BufReader::new(io::stdin()), anstream::stderr(), echo)
        .map_err(|error| Failure::harness(format!("there is no thread for answers: {error}")))
}

fn not_begun() -> Failure {
    Failure {
        exit: Exit::NothingProved,
        what: "stopped before the first scenario: nothing was run".to_owned(),
    }
}

const WELCOME: &str = "\
You are going to do by hand what a driver would do: in the product that is tested, and nowhere else. After each step you tell
whether it is done. Who became Owner and Created By is read from the CRMs. First, what is tested, and what can it do?";

/// `None`: the person stopped, or the answers ended.
async fn ask_product(console: &Console) -> Option<Product> {
    console.say(WELCOME);
    let name = console
        .ask("\nWhat is the product called? [Enter = by hand] ")
        .await?;
    let version = console.ask("Which version? [Enter = not known] ").await?;
    let otherwise = |text: String, other: &str| {
        if text.is_empty() {
            other.to_owned()
        } else {
            text
        }
    };
    Some(Product {
        name: otherwise(name, "by hand"),
        version: otherwise(version, "not known"),
        capabilities: Checklist::ask(console).await?,
    })
}
