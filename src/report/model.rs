use serde::{Deserialize, Serialize};

use super::{KnownFailures, Shard};
use crate::observe::{Judgement, Observation, Settings, Verdict};
use crate::rules::{Edition, RowId};

/// Everything that a run found out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunReport {
    /// Version of this package.
    pub harness_version: String,
    /// Who was judged.
    pub system: SystemUnderTest,
    /// What names and companies were drawn from; the same seed gives the same run.
    pub seed: u64,
    /// The document that decided.
    pub edition: Edition,
    /// Whether inferred rows failed and ambiguous ones were narrowed.
    pub strict: bool,
    /// What was chosen to run.
    pub selection: Selection,
    /// What the command line said of features and system, to say it again.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// Rows that must not be unsupported.
    #[serde(default)]
    pub required: Vec<RowId>,
    /// In the order of the features.
    pub scenarios: Vec<ScenarioReport>,
    /// What is wrong with the features or with how the run was asked for, outside any scenario.
    #[serde(default)]
    pub feature_errors: Vec<String>,
    /// What changes no verdict and should be mended all the same, outside any scenario.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// What broke in the harness, outside any scenario.
    #[serde(default)]
    pub harness_errors: Vec<String>,
    /// The list of known failures, if there is one.
    #[serde(default)]
    pub known_failures: Option<KnownFailures>,
    /// Why the run ended before its last scenario; `None` if it did not.
    #[serde(default)]
    pub stopped: Option<Stopped>,
    /// The scenarios that were chosen and have not ended.
    #[serde(default)]
    pub not_run: Vec<NotRun>,
}

/// Why a run ended before its last scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Stopped {
    /// The report was written while the run was still going on, and nobody has written another one since.
    Unfinished,
    /// Somebody asked for it.
    Interrupted {
        /// How.
        signal: Signal,
    },
    /// The system under test doesn't say who it is, so that there is nobody to run scenarios against.
    NoHello {
        /// What it did instead.
        what: String,
    },
    /// The system under test hung in so many scenarios that ended one after the other.
    Hangs {
        /// How many.
        in_a_row: usize,
    },
    /// A scenario failed, and the run was to end then.
    FirstFailure,
    /// Whoever does by hand what is tested goes on another time.
    LeftOff,
}

/// How a process is asked to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// As a service manager or a build server does it.
    Terminate,
}

/// A scenario that was chosen and has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotRun {
    /// The feature's name.
    pub feature: String,
    /// The scenario's.
    pub name: String,
    /// Where it stands.
    pub location: String,
}

/// Who was judged, as it names itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemUnderTest {
    /// Such as `reference client`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it declares.
    #[serde(default)]
    pub capabilities: Vec<String>,
}

/// Which features ran, and whether some of their scenarios were left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Whether these are the features that the binary carries.
    pub built_in: bool,
    /// Whether a CRM, tags or a name narrowed them.
    pub filtered: bool,
    /// The part that ran, of a run that was cut into several.
    #[serde(default)]
    pub shard: Option<Shard>,
    /// What the words of all chosen scenarios come to, those of other shards included.
    #[serde(default)]
    pub features: Option<String>,
}

/// One scenario that was selected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioReport {
    /// The feature's name.
    pub feature: String,
    /// The scenario's, with the values of its example.
    pub name: String,
    /// `features/hubspot.feature:12`: the scenario's line, or its example's.
    pub location: String,
    /// The rows that it is tagged with.
    pub rows: Vec<RowId>,
    /// Milliseconds that it took.
    pub duration_ms: u64,
    /// How it ended.
    pub ended: Ended,
    /// Every assertion, judged.
    pub verdicts: Vec<Verdict>,
    /// The evidence, to be judged again.
    #[serde(default)]
    pub observation: Option<Observation>,
    /// What the system under test wrote meanwhile.
    #[serde(default, skip_serializing_if = "SystemOutput::silent")]
    pub output: SystemOutput,
}

/// What a system under test wrote beside its answers during a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemOutput {
    /// The last lines on its standard error.
    pub standard_error: Vec<String>,
    /// The last lines on its standard output that are no answers.
    pub noise: Vec<String>,
    /// How many lines before these were not kept.
    #[serde(default)]
    pub left_out: usize,
}

impl SystemOutput {
    /// Whether there is nothing.
    pub fn silent(&self) -> bool {
        self.standard_error.is_empty() && self.noise.is_empty()
    }
}

/// How a scenario ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Ended {
    /// To its last step; its verdicts say the rest.
    Judged,
    /// Not begun: the system under test does not declare a capability.
    Unsupported {
        /// Which.
        capability: String,
    },
    /// Not run to its end: the CRM that is observed can't supply what the scenario needs.
    NotRunHere {
        /// What it needs.
        why: String,
    },
    /// The system under test crashed, hung or broke the protocol.
    SystemFailed {
        /// What it did.
        what: String,
    },
    /// The scenario itself is wrong: a step without meaning, words that differ from their row.
    FeatureError {
        /// What is wrong.
        what: String,
    },
    /// The harness broke.
    HarnessError {
        /// What broke.
        what: String,
    },
}

/// How many scenarios came out how. Each is counted once, by its worst verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names are those of the judgements")]
pub struct Counts {
    pub scenarios: usize,
    pub passed: usize,
    pub warnings: usize,
    pub failed: usize,
    pub known_failures: usize,
    pub unsupported: usize,
    /// The CRM that is observed can't supply what they need.
    pub not_run_here: usize,
    pub errors: usize,
    /// Reached their end without a verdict.
    pub unproved: usize,
    /// Chosen, and not among `scenarios`.
    pub not_run: usize,
    /// Assertions, not scenarios: what the CRM's public API does not show.
    pub not_observable: usize,
}

impl RunReport {
    /// Whether every scenario that was chosen has ended.
    pub fn complete(&self) -> bool {
        self.stopped.is_none() && self.not_run.is_empty()
    }

    /// The judge's settings, to judge stored observations again.
    pub fn settings(&self) -> Settings {
        Settings {
            edition: self.edition,
            strict: self.strict,
        }
    }

    /// Every verdict of every scenario, with its scenario.
    pub fn verdicts(&self) -> impl Iterator<Item = (&ScenarioReport, &Verdict)> {
        self.scenarios.iter().flat_map(|scenario| {
            scenario
                .verdicts
                .iter()
                .map(move |verdict| (scenario, verdict))
        })
    }

    /// How many scenarios came out how.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts {
            scenarios: self.scenarios.len(),
            not_run: self.not_run.len(),
            not_observable: self.not_observable().count(),
            ..Counts::default()
        };
        for scenario in &self.scenarios {
            *match scenario.worst() {
                _ if matches!(scenario.ended, Ended::NotRunHere { .. }) => &mut counts.not_run_here,
                Some(Judgement::Failed) if self.fails_as_known(scenario) => {
                    &mut counts.known_failures
                }
                Some(Judgement::Failed) => &mut counts.failed,
                Some(Judgement::Error) => &mut counts.errors,
                Some(Judgement::Warning) => &mut counts.warnings,
                Some(Judgement::Unsupported) => &mut counts.unsupported,
                Some(Judgement::Passed) => &mut counts.passed,
                Some(Judgement::NotObservable) | None => &mut counts.unproved,
            } += 1;
        }
        counts
    }
}

impl ScenarioReport {
    /// The worst of its verdicts, or of how it ended. `None`: it ended well and without a verdict, which proves nothing.
    ///
    /// What can't be observed counts where there is nothing else: it is told apart, and takes nothing from what was seen. But where
    /// nothing can be observed of what the scenario itself claims, that nothing else went wrong is no pass.
    pub fn worst(&self) -> Option<Judgement> {
        let ended = match self.ended {
            Ended::Judged | Ended::NotRunHere { .. } => None,
            Ended::Unsupported { .. } => Some(Judgement::Unsupported),
            Ended::SystemFailed { .. } => Some(Judgement::Failed),
            Ended::FeatureError { .. } | Ended::HarnessError { .. } => Some(Judgement::Error),
        };
        let all = self.verdicts.iter().map(|verdict| verdict.judgement);
        let worst = all
            .chain(ended)
            .max_by_key(|judgement| (*judgement != Judgement::NotObservable, *judgement));
        worst.map(|worst| match worst {
            Judgement::Passed if self.claims_what_nobody_sees() => Judgement::NotObservable,
            worst => worst,
        })
    }

    /// Whether its Thens speak of nothing that the CRM shows.
    fn claims_what_nobody_sees(&self) -> bool {
        let claims = || self.verdicts.iter().filter(|v| v.line.is_some());
        claims().next().is_some() && claims().all(|v| v.judgement == Judgement::NotObservable)
    }
}
