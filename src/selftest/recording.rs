//! What of a run is kept: which scenarios turned red, and by what. A hundred whole reports with their evidence would not fit.

use crate::observe::{Cause, Field, Judgement, Shown, Verdict};
use crate::report::{Ended, RunReport, ScenarioReport};
use crate::rules::{Crm, RowId};

/// One client's run, as far as it is needed later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recording {
    /// In the order of the features.
    pub scenes: Vec<Scene>,
}

/// One scenario of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// `features/hubspot.feature:12`.
    pub location: String,
    /// The rows that it is tagged with.
    pub rows: Vec<RowId>,
    /// Whether it got to its end, so that the verdicts say it all.
    pub judged: bool,
    /// The worst of its verdicts, or of how it ended.
    pub worst: Option<Judgement>,
    /// Every verdict worse than unsupported.
    pub red: Vec<Mark>,
}

/// A verdict that is worse than unsupported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// How bad it is.
    pub judgement: Judgement,
    /// The row that demands it.
    pub row: Option<RowId>,
    /// The CRM.
    pub crm: Option<Crm>,
    /// The record that it is about.
    pub subject: String,
    /// What is judged.
    pub field: Field,
    /// The line of the Then that claims it.
    pub line: Option<usize>,
    /// What was found.
    pub recorded: Shown,
    /// The likely cause that the report names.
    pub cause: Option<Cause>,
}

impl Recording {
    /// Keeps what is needed of a report.
    pub fn of(report: &RunReport) -> Self {
        Self {
            scenes: report.scenarios.iter().map(Scene::of).collect(),
        }
    }

    /// The scenario at this place.
    pub fn scene(&self, location: &str) -> Option<&Scene> {
        self.scenes.iter().find(|scene| scene.location == location)
    }
}

impl Scene {
    fn of(report: &ScenarioReport) -> Self {
        let red = report
            .verdicts
            .iter()
            .filter(|verdict| verdict.judgement > Judgement::Unsupported);
        Self {
            location: report.location.clone(),
            rows: report.rows.clone(),
            judged: report.ended == Ended::Judged,
            worst: report.worst(),
            red: red.map(Mark::of).collect(),
        }
    }

    /// Whether the scenario was judged to its end and failed: neither an error of the suite nor a crash of the client.
    pub fn failed(&self) -> bool {
        self.judged && self.worst == Some(Judgement::Failed)
    }
}

impl Mark {
    fn of(verdict: &Verdict) -> Self {
        Self {
            judgement: verdict.judgement,
            row: verdict.row,
            crm: verdict.crm,
            subject: verdict.subject.clone(),
            field: verdict.field,
            line: verdict.line,
            recorded: verdict.recorded.clone(),
            cause: verdict.cause.as_ref().map(|cause| cause.id),
        }
    }

    /// Whether both judge the same thing.
    pub fn about_the_same(&self, other: &Self) -> bool {
        (self.row, self.crm, self.field) == (other.row, other.crm, other.field)
            && self.subject == other.subject
    }
}
