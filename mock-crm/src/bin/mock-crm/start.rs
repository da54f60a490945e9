//! From the options to a server that listens, and to its end.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use mock_crm::clock::Clock;
use mock_crm::durable::Durable;
use mock_crm::mock::ControlOptions;
use mock_crm::seed::Seed;
use mock_crm::tls::Tls;
use mock_crm::{MockCrm, Options};

use crate::cli::Cli;
use crate::screen::{self, Failure, Ready};

/// Prints to standard output; a reader that has gone away is no failure of ours.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::system("could not print", error))
        }
        _ => Ok(()),
    }
}

/// Runs until it is told to end.
pub(crate) fn run(cli: &Cli) -> Result<(), Failure> {
    log_to_stderr(cli.verbose);
    let seed = match &cli.seed {
        Some(path) => Some(Seed::read(path).map_err(Failure::usage)?),
        None => None,
    };
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::system("could not start threads", error))?;
    runtime.block_on(serve(cli, seed))
}

async fn serve(cli: &Cli, seed: Option<Seed>) -> Result<(), Failure> {
    let signals =
        Signals::catch().map_err(|error| Failure::system("could not catch signals", error))?;
    let token = cli.control_token.clone().unwrap_or_else(unguessable);
    let crm = MockCrm::start_with(options(cli, &token)?)
        .await
        .map_err(Failure::start)?;
    open(seed, &crm)?;
    crm.server.written().await.map_err(Failure::start)?;
    let ready = Ready::new(&crm, token);
    print(&match cli.json {
        true => ready.json()?,
        false => ready.screen(),
    })?;
    signals.received().await;
    // What is on its way gets a moment to reach the disk.
    let _ = tokio::time::timeout(Duration::from_secs(5), crm.server.written()).await;
    Ok(())
}

fn options(cli: &Cli, token: &str) -> Result<Options, Failure> {
    let at = |port| SocketAddr::new(cli.listen, port);
    let durable = match &cli.data {
        Some(directory) => Some(Durable::open(directory, cli.random_seed).map_err(Failure::start)?),
        None => None,
    };
    Ok(Options {
        clock: Arc::new(cli.clock.map_or(Clock::Real, Clock::fixed)),
        random_seed: cli.random_seed,
        salesforce: at(cli.salesforce_port),
        hubspot: at(cli.hubspot_port),
        proxy: Some(at(cli.proxy_port)),
        control: (!cli.no_control).then(|| ControlOptions {
            address: at(cli.control_port),
            token: token.to_owned(),
        }),
        tls: tls(cli)?,
        durable,
    })
}

/// A data directory that has orgs or portals keeps them: the seed is for one that is empty.
fn open(seed: Option<Seed>, crm: &MockCrm) -> Result<(), Failure> {
    if !crm.hosted(None, None).is_empty() {
        if seed.is_some() {
            screen::note("the data directory has orgs already, so the seed was not opened");
        }
        return Ok(());
    }
    let seed = match seed {
        Some(seed) => seed,
        None => Seed::parse(mock_crm::seed::EXAMPLE, "the demo seed").map_err(Failure::usage)?,
    };
    seed.open(crm).map_err(Failure::usage)
}

/// The authority that was asked for, or the user's own. Where the latter can't be kept, https still works.
fn tls(cli: &Cli) -> Result<Tls, Failure> {
    if let Some(directory) = &cli.ca_dir {
        return Tls::kept_in(directory).map_err(Failure::start);
    }
    let Some(directory) = state_folder() else {
        screen::note("there is no folder to keep the certificate authority in; --ca-dir names one");
        return Ok(Tls::in_memory());
    };
    Ok(Tls::kept_in(&directory).unwrap_or_else(|error| {
        screen::note(&format!(
            "{error}, so the certificate authority is not kept; --ca-dir names a folder"
        ));
        Tls::in_memory()
    }))
}

fn state_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let state = variable("XDG_STATE_HOME")
        .or_else(|| variable("LOCALAPPDATA"))
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(variable("HOME")?).join(".local/state")))?;
    Some(state.join("mock-crm"))
}

/// Random by the keys that the standard library gives every process for its hash maps.
fn unguessable() -> String {
    use std::hash::{BuildHasher, RandomState};
    let random = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", random(), random())
}

/// The signals that end it. They are caught from here on, so that one that comes early is not lost.
#[cfg(unix)]
struct Signals(tokio::signal::unix::Signal, tokio::signal::unix::Signal);

#[cfg(unix)]
impl Signals {
    fn catch() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self(
            signal(SignalKind::interrupt())?,
            signal(SignalKind::terminate())?,
        ))
    }

    async fn received(mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn catch() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn received(self) {
        // Where it can't be waited for, only the system can end the program.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

fn log_to_stderr(verbose: u8) {
    let level = match verbose {
        0 => tracing::Level::WARN,
        1 => tracing::Level::INFO,
        _ => tracing::Level::DEBUG,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .init();
}
