use std::path::PathBuf;

use clap::Args;
use crm_conformance::report::Exit;
use crm_conformance::selftest::{Options, SelfTestError, json, run, terminal};
use indicatif::{ProgressBar, ProgressStyle};

use super::whole_file::WholeFile;
use super::{Failure, output, signals};

/// What to test, and where to report it.
#[derive(Debug, Args)]
pub(super) struct SelfTestOptions {
    /// Only this client, besides the canary.
    #[arg(long, value_name = "NAME", conflicts_with = "weaken")]
    only: Option<String>,
    /// List the clients, with what each does and the rows that it breaks, and test nothing.
    #[arg(long, conflicts_with_all = ["only", "weaken", "json"])]
    list: bool,
    /// Also drop each Then and loosen each person, and tell which of that nobody would notice.
    #[arg(long)]
    weaken: bool,
    /// Also write what was found as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Scenarios at a time [default: as many as cores].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: Option<u16>,
    /// Names, companies and ids are drawn from it; the same number gives the same runs [default: another one each time].
    #[arg(long, value_name = "N")]
    random_seed: Option<u64>,
}

/// Runs the features against clients that are known to be right or wrong.
pub(super) fn self_test(asked: &SelfTestOptions) -> Result<Exit, Failure> {
    let options = options(asked).map_err(failure)?;
    if asked.list {
        output::print(|to| terminal::list(&options.clients, to))?;
        return Ok(Exit::Conformant);
    }
    signals::watch(options.stop.clone())
        .map_err(|error| Failure::harness(format!("could not listen to signals: {error}")))?;
    let file = asked.json.as_deref().map(WholeFile::anew).transpose()?;
    let bar = progress(options.clients.len());
    let found = run(&options, |tested| {
        bar.set_message(tested.name.clone());
        bar.inc(1);
    });
    bar.finish_and_clear();
    let found = found.map_err(failure)?;
    if let Some(mut file) = file {
        file.write(|to| Ok(json::write(&found, to)?))?;
    }
    output::print(|to| terminal::write(&found, to))?;
    Ok(found.exit())
}

fn options(asked: &SelfTestOptions) -> Result<Options, SelfTestError> {
    let mut options = Options::new(asked.random_seed.unwrap_or_else(rand::random))?;
    if let Some(name) = &asked.only {
        options = options.only(name)?;
    }
    if let Some(concurrency) = asked.concurrency {
        options.concurrency = usize::from(concurrency);
    }
    options.weaken = asked.weaken;
    Ok(options)
}

/// A line on standard error that counts clients. Into a file or pipe it writes nothing.
fn progress(clients: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(clients).unwrap_or(u64::MAX));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} clients, {elapsed} {msg}")
    {
        bar.set_style(style);
    }
    bar.tick();
    bar
}

fn failure(error: SelfTestError) -> Failure {
    match error {
        SelfTestError::NoSuchClient { .. } => Failure::usage(error.to_string()),
        SelfTestError::Mocks(ref cause) => Failure::harness(format!("{error}: {cause}")),
        SelfTestError::Features(_)
        | SelfTestError::NoSuchRow { .. }
        | SelfTestError::NoSuchCause { .. } => Failure::harness(error.to_string()),
    }
}
