//! The end of a run against live CRMs: nothing of it stays there.

use super::Options;
use crate::live::{Live, LiveError, Sweep, Swept, Whose, sweep};

/// Sweeps up after the run, and tells what is still there.
pub(super) fn leftovers(options: &Options) -> Vec<String> {
    let Some(live) = &options.live else {
        return Vec::new();
    };
    let run = live.run();
    let hint = format!("hint: crm-conformance sweep --crm-target FILE --run {run}");
    let kept = match swept(live) {
        Err(why) => vec![format!("records of the run may be left in the CRMs: {why}")],
        Ok(swept) => swept
            .kept()
            .map(|one| {
                let why = one.kept.as_deref().unwrap_or_default();
                format!("{} {} {} is left: {why}", one.crm, one.object, one.id)
            })
            .collect(),
    };
    let hint = (!kept.is_empty()).then_some(hint);
    kept.into_iter().chain(hint).collect()
}

fn swept(live: &Live) -> Result<Swept, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let whose = Whose::Run(live.run().clone());
    runtime
        .block_on(sweep(live, &whose, Sweep::Delete))
        .map_err(|error: LiveError| error.to_string())
}
