use super::{Outcome, ended, hangs};
use crate::report::Ended;
use crate::suite::feature::Scenario;
use crate::suite::run::unjudged;
use crate::suite::world::Problem;

/// Why a scenario came to no verdict.
pub(super) enum Stopped {
    Problem {
        line: Option<usize>,
        problem: Problem,
    },
    Hung {
        line: Option<usize>,
        took: String,
    },
    /// It was to be started for this scenario, and has not said hello.
    NotUp {
        took: String,
    },
}

impl Stopped {
    pub(super) fn outcome(self, scenario: &Scenario) -> Outcome {
        match self {
            Self::Problem { line, problem } => {
                unjudged(scenario, ended(scenario, line, problem)).into()
            }
            Self::NotUp { took } => {
                let place = scenario.location();
                let what =
                    format!("{place}: it hangs: {took} after its start it has not said hello");
                Outcome {
                    hung: true,
                    ..unjudged(scenario, Ended::SystemFailed { what }).into()
                }
            }
            Self::Hung { line, took } => {
                let what = hangs(scenario, line.unwrap_or(scenario.line), &took);
                Outcome {
                    hung: true,
                    ..unjudged(scenario, Ended::SystemFailed { what }).into()
                }
            }
        }
    }
}
