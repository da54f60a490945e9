//! A run that ended before its last scenario: why, and what has not been run.

use std::fmt;

use super::{RunReport, Signal, Stopped};

/// More than these would hide what the scenarios that did run came to; files name all of them.
const NAMED: usize = 10;

pub(super) fn lines(report: &RunReport) -> Vec<String> {
    let why = report.stopped.iter().map(ToString::to_string);
    let named = report
        .not_run
        .iter()
        .take(NAMED)
        .map(|scenario| format!("not run: {} ({})", scenario.name, scenario.location));
    let more = report.not_run.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| format!("not run: {more} more"));
    let warnings = report
        .warnings
        .iter()
        .map(|what| format!("warning: {what}"));
    warnings.chain(why).chain(named).chain(rest).collect()
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfinished => f.write_str(
                "the run has not ended: this is how far it had got when this was written",
            ),
            Self::Interrupted { signal } => write!(f, "the run was interrupted by {signal}"),
            Self::NoHello { what } => write!(
                f,
                "system under test: {what}, so that no scenario could be run"
            ),
            Self::Hangs { in_a_row: 1 } => {
                f.write_str("system under test: it hung in a scenario, so that no more were run")
            }
            Self::Hangs { in_a_row } => write!(
                f,
                "system under test: it hung in {in_a_row} scenarios one after the other, so that no more were run"
            ),
            Self::FirstFailure => {
                f.write_str("the run ended with the first failure, as was asked for")
            }
            Self::LeftOff => f.write_str("the run was left off, to go on another time"),
        }
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Interrupt => "Ctrl-C",
            Self::Terminate => "a request to terminate",
        })
    }
}
