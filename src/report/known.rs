//! Known failures: what a team has looked at and will mend by a date. The list's entries speak of single verdicts, never of
//! scenarios: a scenario in which one thing is known to be wrong still fails when another goes wrong.
//!
//! Which verdicts an entry covers, and whether it is still needed, follows from the run, and is stored nowhere.

mod stale;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
pub use stale::{KnownStanding, KnownVerdict, Stale};

use super::{Ended, RunReport, ScenarioReport};
use crate::observe::{Field, Judgement, Verdict};
use crate::rules::{Crm, Kind, Mode, RowId, Situation};

/// The list of a run, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFailures {
    /// The file, as the command line named it.
    pub file: String,
    /// The day on which it was read, in UTC.
    pub today: Date,
    /// In the order of the file.
    pub entries: Vec<KnownFailure>,
}

/// One entry. What it leaves open, it leaves to any value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFailure {
    /// The line of the file that it begins at.
    pub line: usize,
    /// The row that is broken. `None`: what the words of a feature claim beside the rows.
    pub row: Option<RowId>,
    /// The CRM.
    pub crm: Option<Crm>,
    /// What is pushed.
    pub kind: Option<Kind>,
    /// How it is pushed.
    pub mode: Option<Mode>,
    /// What is recorded wrongly.
    pub field: Option<Field>,
    /// The scenario's title, with the values of its example.
    pub scenario: Option<String>,
    /// Why it is as it is.
    pub reason: String,
    /// Where the work on it is followed.
    pub link: String,
    /// The last day on which it is accepted, in UTC.
    pub expires: Date,
}

impl KnownFailure {
    /// Whether it speaks of this verdict, however that came out.
    pub fn fits(&self, scenario: &ScenarioReport, verdict: &Verdict) -> bool {
        let fits_crm = self.crm.is_none_or(|crm| verdict.crm == Some(crm));
        let fits_field = self.field.is_none_or(|field| verdict.field == field);
        let fits_scenario = self.scenario.as_ref().is_none_or(|s| *s == scenario.name);
        self.row == verdict.row
            && fits_crm
            && fits_field
            && fits_scenario
            && self.fits_situation(scenario.situation(verdict))
    }

    fn fits_situation(&self, situation: Option<&Situation>) -> bool {
        let kind = situation.map(|situation| situation.kind);
        let mode = situation.map(|situation| situation.mode);
        self.kind.is_none_or(|wanted| kind == Some(wanted))
            && self.mode.is_none_or(|wanted| mode == Some(wanted))
    }
}

/// `R05 Owner of a contact, in bulk, Salesforce`
impl fmt::Display for KnownFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match (self.row, self.field) {
            (Some(row), Some(field)) => format!("{row} {field}"),
            (Some(row), None) => row.to_string(),
            (None, Some(field)) => format!("{field}, without a row"),
            (None, None) => "anything, without a row".to_owned(),
        };
        let mode = self.mode.map(|mode| match mode {
            Mode::Single => "pushed on its own".to_owned(),
            Mode::Bulk => "pushed in bulk".to_owned(),
        });
        let scenario = self.scenario.as_ref();
        let rest = [
            self.crm.map(|crm| crm.to_string()),
            self.kind.map(|kind| kind.to_string()),
            mode,
            scenario.map(|title| format!("in '{title}'")),
        ];
        let parts: Vec<String> = Some(what)
            .into_iter()
            .chain(rest.into_iter().flatten())
            .collect();
        f.write_str(&parts.join(", "))
    }
}

impl KnownFailures {
    /// The first entry that covers a verdict that fails.
    pub fn covering(&self, scenario: &ScenarioReport, verdict: &Verdict) -> Option<&KnownFailure> {
        let mut entries = self.entries.iter();
        entries.find(|entry| verdict.broken() && entry.fits(scenario, verdict))
    }
}

impl RunReport {
    /// The entry that lists this failure; `None` for one that nobody knew of, and for what did not fail.
    pub fn known(&self, scenario: &ScenarioReport, verdict: &Verdict) -> Option<&KnownFailure> {
        self.known_failures.as_ref()?.covering(scenario, verdict)
    }

    /// The failures that are on no list.
    pub fn unexpected(&self) -> impl Iterator<Item = (&ScenarioReport, &Verdict)> {
        self.verdicts().filter(|(scenario, verdict)| {
            verdict.broken() && self.known(scenario, verdict).is_none()
        })
    }

    /// Whether everything that fails in this scenario is listed. A system under test that crashed or hung is never a known failure.
    pub fn fails_as_known(&self, scenario: &ScenarioReport) -> bool {
        scenario.fails_as_listed(self.known_failures.as_ref())
    }
}

impl ScenarioReport {
    /// Whether it fails or can't be judged, and nobody knew before.
    pub fn failed(&self, known: Option<&KnownFailures>) -> bool {
        match self.worst() {
            Some(Judgement::Error) => true,
            Some(Judgement::Failed) => !self.fails_as_listed(known),
            _ => false,
        }
    }

    fn fails_as_listed(&self, known: Option<&KnownFailures>) -> bool {
        let listed =
            |verdict: &Verdict| known.is_some_and(|known| known.covering(self, verdict).is_some());
        self.worst() == Some(Judgement::Failed)
            && !matches!(self.ended, Ended::SystemFailed { .. })
            && self.verdicts.iter().filter(|v| v.broken()).all(listed)
    }

    /// The situation of the record that a verdict is about; `None` for what is about the whole scenario.
    fn situation(&self, verdict: &Verdict) -> Option<&Situation> {
        let subject = self.observation.as_ref()?.subject(&verdict.subject)?;
        Some(&subject.situation)
    }
}
