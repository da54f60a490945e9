use serde::Serialize;

use super::model::{Ended, RunReport, Signal, Stopped};
use crate::observe::{Judgement, Verdict};
use crate::rules::Status;

/// What a run comes to. The numbers are the process's exit codes and never change their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Exit {
    /// Every row that was judged is kept; warnings do not count.
    Conformant = 0,
    /// A row or an invariant is broken, a required row is unsupported, or the system under test crashed or hung.
    NotConformant = 1,
    /// The command line or a feature is wrong.
    FeatureError = 2,
    /// The harness broke, so that nothing can be said of the system under test.
    HarnessBroke = 3,
    /// No selected scenario reached a verdict, or an unfiltered run of the built-in features judged no documented row, or a
    /// run by hand was left off before its last scenario.
    NothingProved = 4,
    /// The list of known failures has an entry that passes, fits nothing, or is past its date.
    StaleKnownFailures = 5,
    /// Ended by Ctrl-C before the last scenario; as shells number it: 128 and the signal.
    Interrupted = 130,
    /// Ended by SIGTERM before the last scenario.
    Terminated = 143,
}

impl From<Signal> for Exit {
    fn from(signal: Signal) -> Self {
        match signal {
            Signal::Interrupt => Self::Interrupted,
            Signal::Terminate => Self::Terminated,
        }
    }
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// One line for people.
    pub fn says(self) -> &'static str {
        match self {
            Self::Conformant => "conformant",
            Self::NotConformant => "not conformant",
            Self::FeatureError => "a feature or the command line is wrong",
            Self::HarnessBroke => "the harness broke",
            Self::NothingProved => "nothing was proved",
            Self::StaleKnownFailures => "the known-failures list is stale",
            Self::Interrupted => "interrupted",
            Self::Terminated => "terminated",
        }
    }
}

impl RunReport {
    /// What the run comes to. Where several apply, the first of: interrupted, feature error, harness, not conformant, stale,
    /// nothing proved.
    pub fn exit(&self) -> Exit {
        if let Some(Stopped::Interrupted { signal }) = self.stopped {
            return signal.into();
        }
        let order = [
            (Exit::FeatureError, self.has_feature_error()),
            (Exit::HarnessBroke, self.has_harness_error()),
            (Exit::NotConformant, self.has_failure()),
            (Exit::StaleKnownFailures, !self.stale_entries().is_empty()),
            (Exit::NothingProved, !self.proved_something()),
        ];
        order
            .into_iter()
            .find(|(_, applies)| *applies)
            .map_or(Exit::Conformant, |(exit, _)| exit)
    }

    fn has_feature_error(&self) -> bool {
        !self.feature_errors.is_empty()
            || self.any_ended(|ended| matches!(ended, Ended::FeatureError { .. }))
    }

    fn has_harness_error(&self) -> bool {
        let in_verdict = self
            .verdicts()
            .any(|(_, verdict)| verdict.judgement == Judgement::Error);
        let in_scenario = self.any_ended(|ended| matches!(ended, Ended::HarnessError { .. }));
        // A report of a run that is still going on says so; whoever finds it later knows that the process is gone.
        let unfinished = self.stopped == Some(Stopped::Unfinished);
        !self.harness_errors.is_empty() || in_verdict || in_scenario || unfinished
    }

    fn has_failure(&self) -> bool {
        let crashed = self.any_ended(|ended| matches!(ended, Ended::SystemFailed { .. }));
        let gave_up = matches!(
            self.stopped,
            Some(Stopped::NoHello { .. } | Stopped::Hangs { .. } | Stopped::FirstFailure)
        );
        gave_up
            || crashed
            || self.unexpected().next().is_some()
            || !self.missing_required().is_empty()
    }

    /// The required rows that have no verdict, or only such as were not tried or could not be observed. A shard does not tell: another
    /// one may have tried them.
    pub fn missing_required(&self) -> Vec<crate::rules::RowId> {
        if self.selection.shard.is_some() {
            return Vec::new();
        }
        let tried =
            |judgement| !matches!(judgement, Judgement::Unsupported | Judgement::NotObservable);
        let tried = |row| {
            self.verdicts()
                .any(|(_, v)| v.row == Some(row) && tried(v.judgement))
        };
        self.required
            .iter()
            .copied()
            .filter(|row| !tried(*row))
            .collect()
    }

    fn proved_something(&self) -> bool {
        if self.stopped == Some(Stopped::LeftOff) {
            return false;
        }
        let unjudged = [
            Judgement::Unsupported,
            Judgement::NotObservable,
            Judgement::Error,
        ];
        // What is judged in every scenario, whatever it claims, proves nothing by itself.
        let claimed = |v: &Verdict| v.line.is_some() || v.row.is_some_and(|row| !row.invariant());
        let judged = |v: &Verdict| claimed(v) && !unjudged.contains(&v.judgement);
        let documented = |v: &Verdict| judged(v) && v.level == Some(Status::Documented);
        let whole = self.selection.built_in && self.selection.whole();
        self.verdicts().any(|(_, verdict)| {
            if whole {
                documented(verdict)
            } else {
                judged(verdict)
            }
        })
    }

    fn any_ended(&self, how: fn(&Ended) -> bool) -> bool {
        self.scenarios.iter().any(|scenario| how(&scenario.ended))
    }
}
