//! How far a run has got, on a terminal only.

use crm_conformance::observe::Judgement;
use crm_conformance::report::ScenarioReport;
use indicatif::{ProgressBar, ProgressStyle};

/// A line on standard error that counts scenarios. Into a file or pipe it writes nothing.
pub(super) struct Progress {
    bar: ProgressBar,
    broken: usize,
}

impl Progress {
    pub(super) fn new(scenarios: usize) -> Self {
        let bar = ProgressBar::new(u64::try_from(scenarios).unwrap_or(u64::MAX));
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {pos}/{len} scenarios, {elapsed}{msg}")
        {
            bar.set_style(style);
        }
        Self { bar, broken: 0 }
    }

    pub(super) fn done(&mut self, report: &ScenarioReport) {
        if matches!(report.worst(), Some(Judgement::Failed | Judgement::Error)) {
            self.broken += 1;
            self.bar
                .set_message(format!(", {} not as expected", self.broken));
        }
        self.bar.inc(1);
    }

    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
