//! Live CRMs on the command line: run against them, and sweep up after runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use crm_conformance::live::{
    self, Leftover, Live, LiveError, RunName, Sweep, Swept, Target, TargetError, Whose,
};
use crm_conformance::report::Exit;
use crm_conformance::suite::run::Options;

use super::{Failure, output};

/// How much more time than a mock a live CRM gets: it is further away, and is asked by the suite, too.
const SLOWER: u32 = 5;

/// What to delete, and where.
#[derive(Debug, Args)]
pub(super) struct SweepOptions {
    /// The file that says where the org and the portal are, and holds the observer's tokens.
    #[arg(long, value_name = "FILE")]
    crm_target: PathBuf,
    /// Only the records of this run, as its first line and its report name it: crmc1a2b3c4d. Left out: of every run, of one that
    /// is still going on, too.
    #[arg(long, value_name = "NAME")]
    run: Option<RunName>,
    /// Delete nothing: list what would be deleted.
    #[arg(long)]
    dry_run: bool,
}

/// Lets the run observe live CRMs, one scenario after another unless said otherwise.
pub(super) fn observe(
    path: &Path,
    concurrency: Option<u16>,
    options: &mut Options,
) -> Result<(), Failure> {
    let target = Target::read(path).map_err(unreadable)?;
    let live = waited(Live::open(&target))?;
    let run = live.run();
    anstream::eprintln!(
        "run {run}: every record of it bears this name, and is deleted when its scenario ends; after a kill, \
         'crm-conformance sweep --crm-target {} --run {run}' deletes what is left",
        path.display()
    );
    options.live = Some(Arc::new(live));
    options.concurrency = concurrency.map_or(1, usize::from);
    options.step_deadline = options.step_deadline.saturating_mul(SLOWER);
    options.scenario_deadline = options.scenario_deadline.saturating_mul(SLOWER);
    Ok(())
}

/// Deletes what runs have left behind, and lists it.
pub(super) fn sweep(options: &SweepOptions) -> Result<Exit, Failure> {
    let target = Target::read(&options.crm_target).map_err(unreadable)?;
    let live = waited(Live::open_to_sweep(&target))?;
    let whose = options.run.clone().map_or(Whose::AnyRun, Whose::Run);
    let how = match options.dry_run {
        true => Sweep::List,
        false => Sweep::Delete,
    };
    let swept = waited(live::sweep(&live, &whose, how))?;
    output::print(|to| {
        let mut lines: Vec<String> = swept.found.iter().map(line).collect();
        lines.push(last_line(&swept, how));
        lines.iter().try_for_each(|line| writeln!(to, "{line}"))
    })?;
    Ok(match swept.kept().next() {
        Some(_) => Exit::NotConformant,
        None => Exit::Conformant,
    })
}

/// `Salesforce Contact 003…  crmc1a2b3c4dx000001.ann@…  of run crmc1a2b3c4d`
fn line(one: &Leftover) -> String {
    let kept = one.kept.as_ref();
    let kept = kept.map_or_else(String::new, |why| format!(": NOT DELETED: {why}"));
    let (crm, object, id) = (one.crm, &one.object, &one.id);
    format!(
        "{crm} {object} {id} {} of run {}{kept}",
        one.called, one.run
    )
}

fn last_line(swept: &Swept, how: Sweep) -> String {
    let (found, kept) = (swept.found.len(), swept.kept().count());
    let records = if found == 1 { "record" } else { "records" };
    match how {
        Sweep::List => format!("{found} {records} found, none deleted"),
        Sweep::Delete => format!("{found} {records} found, {} deleted", found - kept),
    }
}

fn waited<T>(asked: impl Future<Output = Result<T, LiveError>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::harness(format!("there is no runtime: {error}")))?;
    runtime.block_on(asked).map_err(|error| match error {
        LiveError::Misfit { .. } => Failure::usage(error.to_string()),
        _ => Failure::harness(error.to_string()),
    })
}

fn unreadable(error: TargetError) -> Failure {
    let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
    Failure::usage(format!("{error}{}", cause.unwrap_or_default()))
}
